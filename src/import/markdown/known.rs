//! What is known of the whole text while a piece of it is read: which notes and links are defined anywhere.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};

use pulldown_cmark::{Event, HeadingLevel, LinkType, Tag};
use unicase::UniCase;

use super::events;
use super::pieces::Piece;

/// Definitions, and headings of the first level.
#[derive(Debug, Default)]
pub struct Known {
    hasher: RandomState,
    /// Hashes of the folded labels: a large text defines hundreds of thousands.
    notes: HashSet<u64>,
    links: HashMap<UniCase<String>, Box<str>>,
    /// How many headings of the first level stand at the top.
    pub tops: usize,
    /// While the end has not been seen, every note is taken for defined.
    pub more_follows: bool,
    /// What was decided in ignorance of what follows.
    pub guesses: Guesses,
}

/// What would have been read differently, had the rest been known.
#[derive(Debug, Default)]
pub struct Guesses {
    /// Notes that were taken for defined.
    notes: HashSet<String>,
    /// Brackets that were taken for text.
    links: HashSet<UniCase<String>>,
}

impl Known {
    /// Takes in what a piece defines. The first definition of a label counts.
    pub fn learn(&mut self, piece: &Piece) {
        let mut depth = 0_usize;
        let mut parser = events::plain_parser(&piece.text);
        for (label, link) in parser.reference_definitions().iter() {
            let label = UniCase::new(label.to_owned());
            self.links.entry(label).or_insert_with(|| link.dest.as_ref().into());
        }
        for event in &mut parser {
            match event {
                Event::Start(tag) => {
                    match &tag {
                        Tag::Heading { level: HeadingLevel::H1, .. } if depth == 0 => self.tops += 1,
                        Tag::FootnoteDefinition(label) => {
                            self.notes.insert(self.hasher.hash_one(UniCase::new(label.as_ref())));
                        }
                        _ => {}
                    }
                    depth += 1;
                }
                Event::End(_) => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
    }

    /// True when a note with this label is defined anywhere, or may yet be.
    pub fn defines(&mut self, label: &str) -> bool {
        if self.notes.contains(&self.hasher.hash_one(UniCase::new(label))) {
            return true;
        }
        if self.more_follows {
            self.guesses.notes.insert(label.to_owned());
        }
        self.more_follows
    }

    /// Where a link with this label leads.
    pub fn link(&self, label: &str) -> Option<&str> {
        if self.links.is_empty() {
            return None;
        }
        self.links.get(&UniCase::new(label.to_owned())).map(|l| &**l)
    }

    /// As [`Known::link`], for a label that the piece itself does not define.
    pub fn link_from_elsewhere(&mut self, label: &str) -> Option<String> {
        let found = self.link(label).map(str::to_owned);
        if found.is_none() && self.more_follows {
            self.guesses.links.insert(UniCase::new(label.to_owned()));
        }
        found
    }

    /// True when what is known now bears out what was guessed.
    pub fn confirms(&self, guesses: &Guesses) -> bool {
        let defined = |label: &String| self.notes.contains(&self.hasher.hash_one(UniCase::new(&**label)));
        guesses.notes.iter().all(defined) && !guesses.links.iter().any(|l| self.links.contains_key(l))
    }
}

/// True for links that name a definition.
pub fn is_reference(kind: LinkType) -> bool {
    matches!(
        kind,
        LinkType::Reference
            | LinkType::ReferenceUnknown
            | LinkType::Collapsed
            | LinkType::CollapsedUnknown
            | LinkType::Shortcut
            | LinkType::ShortcutUnknown
    )
}
