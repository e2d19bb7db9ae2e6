//! What is kept of an article between runs: a value that the shell writes and reads.

use serde::{Deserialize, Serialize};

use super::App;
use super::known::{Kept, together};
use super::viewport::Top;
use crate::article::{BlockId, Place};

/// Where the reader was in an article.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Saved {
    /// The block at the top of the screen.
    pub block: u32,
    /// The byte in its text.
    pub byte: u32,
    /// Rows of the block above it.
    pub lead: i16,
    /// Headings of the sections read to their end, by block.
    pub read: Vec<u32>,
    /// Marks: a letter, a block, a byte.
    pub marks: Vec<(char, u32, u32)>,
    /// References and notes that have been opened, pinned or taken away.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub known: Vec<Kept>,
}

impl Saved {
    /// Takes over what another reader of the article has kept since, where both count.
    pub fn join(&mut self, other: &Self) {
        self.known = together(std::mem::take(&mut self.known), &other.known);
    }
}

impl App {
    /// What to keep of this article.
    pub fn saved(&self) -> Saved {
        if let Some(awaited) = &self.awaited {
            return Saved { known: self.known.kept(), ..awaited.clone() };
        }
        let read = self.outline.read.iter().filter_map(|&s| Some(self.article.sections.get(s?)?.heading.0));
        let marks =
            self.trail.marks.iter().map(|(&c, stop)| (c, stop.top.place.block.0, stop.top.place.byte));
        Saved {
            block: self.top.place.block.0,
            byte: self.top.place.byte,
            lead: self.top.lead,
            read: read.collect(),
            marks: marks.collect(),
            known: self.known.kept(),
        }
    }

    /// Goes to the remembered place, as soon as that much has been taken in. A key of the reader's ends the wait.
    pub(super) fn go_where_left(&mut self) {
        let Some(saved) = self.awaited.take_if(|s| self.complete || s.block < self.article.len()) else {
            return;
        };
        let place = self.article.clamp(Place { block: BlockId(saved.block), byte: saved.byte });
        self.top = Top { place, lead: saved.lead };
        let sections = self.article.sections.iter();
        let read =
            sections.enumerate().filter(|(_, s)| saved.read.contains(&s.heading.0)).map(|(at, _)| Some(at));
        self.outline.read = read.collect();
        for (letter, block, byte) in saved.marks {
            let place = self.article.clamp(Place { block: BlockId(block), byte });
            self.trail.marks.insert(letter, super::trail::Stop { top: Top::from(place), lit: None });
        }
    }
}
