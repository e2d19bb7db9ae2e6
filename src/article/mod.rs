//! What an article is: blocks of text in reading order, and what points from one place to another.
//!
//! An article grows: a large document is taken in part by part, and each [`Part`] is appended to what is
//! already being read, without moving a place.

pub mod block;
pub mod build;
pub mod citation;
pub mod complaint;
pub mod draft;
pub mod excerpt;
pub mod limits;
pub mod origin;
pub mod place;
pub mod reference;
pub mod safe;
pub mod script;
pub mod text;

use std::collections::HashMap;
use std::ops::Range;

use smol_str::SmolStr;

pub use block::{Align, Block, Figure, Item, Kind, Nest, Span, Table};
pub use build::Builder;
pub use citation::{Cite, Marker, Note, Target, is_dash};
pub use complaint::{Complaint, Sort};
pub use draft::{Draft, DraftCite, DraftMarker, Label, Mark, To};
pub use excerpt::Excerpt;
pub use origin::{Origins, Thing};
pub use place::{BlockId, FormulaId, LinkId, MarkerId, NoteId, Place, RefId};
pub use reference::{Csl, Reference};
pub use text::{Inline, InlineKind, Text};

/// What is known about an article as a whole. Every field has come through [`safe`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Meta {
    /// The title; empty when the document has none.
    pub title: String,
    /// The authors, each as it should be shown.
    pub authors: Vec<String>,
    /// The date as the document gives it, ISO 8601 where it can be.
    pub date: String,
    /// A BCP 47 language tag, or empty.
    pub language: String,
    /// The address the article came from, or empty.
    pub source: String,
    /// What the place calls itself that the article was published in, or empty.
    pub site: String,
    /// The name of the format it was read from (`markdown`, `bundle`, …).
    pub format: &'static str,
}

/// A heading and where it stands. Sections lie flat, in reading order; depth is `level`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Section {
    /// 1 is the top level below the title.
    pub level: u8,
    /// The block that holds the heading.
    pub heading: BlockId,
    /// True for a heading that the reader adds (Notes, References) where the source has none.
    pub added: bool,
}

/// Where a link leads.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Destination<'a> {
    /// A place in this article.
    Place(Place),
    /// An address outside it.
    Address(&'a str),
    /// A part of this article that is not there.
    Missing(&'a str),
}

/// An article, or as much of it as has been taken in.
#[derive(Clone, Debug, Default)]
pub struct Article {
    /// Title, authors, date, language, source.
    pub meta: Meta,
    /// The outline.
    pub sections: Vec<Section>,
    /// Everything that is shown, in reading order.
    pub blocks: Vec<Block>,
    /// Every marker, in reading order.
    pub markers: Vec<Marker>,
    /// The notes, in the order in which their names were first seen.
    pub notes: Vec<Note>,
    /// The references, in the order of the list.
    pub references: Vec<Reference>,
    /// Destinations of links, as written.
    pub links: Vec<Box<str>>,
    /// TeX sources of formulas.
    pub formulas: Vec<Box<str>>,
    /// Places that links can lead to, by name.
    pub anchors: HashMap<Box<str>, Place>,
    /// What the importer noticed.
    pub complaints: Vec<Complaint>,
    /// Where the body ends and notes and references begin; `None` while the end has not been seen.
    pub back: Option<BlockId>,
    /// Where in the source everything stands, when that was asked for.
    pub origins: Option<Box<Origins>>,
    /// For each section the one that it is a part of.
    parents: Vec<Option<u32>>,
    /// Bytes of text before each block, and after the last: one more than there are blocks.
    starts: Vec<u32>,
}

/// What a [`Builder`] has finished since the last part: a slice of an article, its ids already final.
#[derive(Debug, Default)]
pub struct Part {
    /// New blocks.
    pub blocks: Vec<Block>,
    /// New sections.
    pub sections: Vec<Section>,
    /// New markers, in reading order.
    pub markers: Vec<Marker>,
    /// Notes first used (or defined) in this part.
    pub notes: Vec<Note>,
    /// Labels that notes received in this part, at their first use.
    pub note_labels: Vec<(NoteId, SmolStr)>,
    /// Blocks of notes whose text stands in this part.
    pub defined: Vec<(NoteId, Range<u32>)>,
    /// References first known in this part.
    pub references: Vec<Reference>,
    /// The blocks that show references, where they stand in this part: entries of the list, or others.
    pub entries: Vec<(RefId, BlockId)>,
    /// References that are parts of others, and what they are parts of.
    pub parents: Vec<(RefId, RefId)>,
    /// New destinations of links.
    pub links: Vec<Box<str>>,
    /// New formulas.
    pub formulas: Vec<Box<str>>,
    /// New anchors.
    pub anchors: Vec<(Box<str>, Place)>,
    /// New complaints.
    pub complaints: Vec<Complaint>,
    /// Where the body ends, once that is known.
    pub back: Option<BlockId>,
    /// What is known of the whole, as of this part.
    pub meta: Meta,
    /// Where in the source everything stands: in the only part of a document that was read for it.
    pub origins: Option<Box<Origins>>,
}

impl Article {
    /// Appends a part. Places, ids and everything already there stay as they are.
    pub fn append(&mut self, part: Part) {
        self.count_text(&part.blocks);
        let first_marker = self.markers.len() as u32;
        self.meta = part.meta;
        self.blocks.extend(part.blocks);
        self.sections.extend(part.sections);
        self.find_parents();
        self.notes.extend(part.notes);
        self.references.extend(part.references);
        self.links.extend(part.links);
        self.formulas.extend(part.formulas);
        self.complaints.extend(part.complaints);
        for (name, place) in part.anchors {
            self.anchors.entry(name).or_insert(place);
        }
        for (id, label) in part.note_labels {
            if let Some(note) = self.notes.get_mut(id.index()) {
                note.label = label;
            }
        }
        for (id, blocks) in part.defined {
            if let Some(note) = self.notes.get_mut(id.index()) {
                note.blocks = blocks;
            }
        }
        for (id, entry) in part.entries {
            if let Some(reference) = self.references.get_mut(id.index()) {
                reference.entry = Some(entry);
            }
        }
        for (id, parent) in part.parents {
            if let Some(reference) = self.references.get_mut(id.index()) {
                reference.parent = Some(parent);
            }
        }
        self.markers.extend(part.markers);
        self.count_mentions(first_marker);
        self.back = self.back.or(part.back);
        self.origins = self.origins.take().or(part.origins);
    }

    fn count_text(&mut self, blocks: &[Block]) {
        if self.starts.is_empty() {
            self.starts.push(0);
        }
        let mut sum = self.starts.last().copied().unwrap_or(0);
        self.starts.reserve(blocks.len());
        for block in blocks {
            sum += block.text.len();
            self.starts.push(sum);
        }
    }

    fn find_parents(&mut self) {
        for at in self.parents.len()..self.sections.len() {
            let level = self.sections[at].level;
            let before = at.checked_sub(1).map(|before| before as u32);
            let mut within = std::iter::successors(before, |&section| self.parents[section as usize]);
            let parent = within.find(|&section| self.sections[section as usize].level < level);
            self.parents.push(parent);
        }
    }

    fn count_mentions(&mut self, first: u32) {
        for (at, marker) in self.markers.iter().enumerate().skip(first as usize) {
            let id = MarkerId(at as u32);
            for cite in &marker.cites {
                let mentions = match cite.target {
                    Target::Reference(r) => self.references.get_mut(r.index()).map(|r| &mut r.mentions),
                    Target::Note(n) => self.notes.get_mut(n.index()).map(|n| &mut n.mentions),
                    Target::Missing(_) => None,
                };
                if let Some(mentions) = mentions
                    && mentions.last() != Some(&id)
                {
                    mentions.push(id);
                }
            }
        }
    }

    /// The block with this id. An id that this article did not give reads as an empty paragraph.
    pub fn block(&self, id: BlockId) -> &Block {
        static EMPTY: std::sync::LazyLock<Block> = std::sync::LazyLock::new(Block::default);
        self.blocks.get(id.index()).unwrap_or(&EMPTY)
    }

    /// The number of blocks.
    pub fn len(&self) -> u32 {
        self.blocks.len() as u32
    }

    /// True when nothing has been taken in.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// The nearest place that exists: inside the last block when `place` lies past the end, on a character boundary.
    pub fn clamp(&self, place: Place) -> Place {
        if self.blocks.is_empty() {
            return Place::default();
        }
        let last = self.len() - 1;
        if place.block.0 > last {
            return Place { block: BlockId(last), byte: self.blocks[last as usize].text.len() };
        }
        let text = self.block(place.block).text.as_str();
        let mut byte = (place.byte as usize).min(text.len());
        while !text.is_char_boundary(byte) {
            byte -= 1;
        }
        Place { block: place.block, byte: byte as u32 }
    }

    /// Bytes of text ahead of a place, from the beginning of the article.
    pub fn bytes_before(&self, place: Place) -> u32 {
        self.starts.get(place.block.index()).map_or(self.total_bytes(), |start| start + place.byte)
    }

    /// Bytes of text in all.
    pub fn total_bytes(&self) -> u32 {
        self.starts.last().copied().unwrap_or(0)
    }

    /// Bytes of text in the body, notes and references left out.
    pub fn body_bytes(&self) -> u32 {
        self.back.map_or(self.total_bytes(), |b| self.starts.get(b.index()).copied().unwrap_or(0))
    }

    /// The place with this many bytes of text ahead of it: the inverse of [`Article::bytes_before`].
    pub fn place_at(&self, bytes: u32) -> Place {
        if self.blocks.is_empty() {
            return Place::default();
        }
        let block = self.starts.partition_point(|&s| s <= bytes).clamp(1, self.blocks.len()) - 1;
        self.clamp(Place { block: BlockId(block as u32), byte: bytes.saturating_sub(self.starts[block]) })
    }

    /// The index of the section that a block belongs to; `None` ahead of the first heading.
    pub fn section_of(&self, block: BlockId) -> Option<usize> {
        self.sections.partition_point(|s| s.heading <= block).checked_sub(1)
    }

    /// The index of the section above this one.
    pub fn parent_of(&self, section: usize) -> Option<usize> {
        let parent = *self.parents.get(section)?;
        parent.map(|parent| parent as usize)
    }

    /// The blocks of a section up to the next heading of any level, its own heading first.
    pub fn section_blocks(&self, section: usize) -> Range<u32> {
        let start = self.sections.get(section).map_or(0, |s| s.heading.0);
        start..self.sections.get(section + 1).map_or(self.len(), |s| s.heading.0)
    }

    /// The title of a section.
    pub fn section_title(&self, section: usize) -> &str {
        self.sections.get(section).map_or("", |s| self.block(s.heading).text.as_str())
    }

    /// The markers that stand in a range of blocks.
    pub fn markers_in(&self, blocks: Range<u32>) -> Range<u32> {
        let at = |block: u32| self.markers.partition_point(|m| m.place.block.0 < block) as u32;
        at(blocks.start)..at(blocks.end)
    }

    /// The marker with this id.
    pub fn marker(&self, id: MarkerId) -> Option<&Marker> {
        self.markers.get(id.index())
    }

    /// The text that a marker shows: `[3]`.
    pub fn label(&self, id: MarkerId) -> &str {
        self.marker(id).map_or("", |m| self.words_at(m.place.block, m.place.byte..m.place.byte + m.len))
    }

    /// These bytes of a block's text; nothing where it has none such.
    pub fn words_at(&self, block: BlockId, bytes: Range<u32>) -> &str {
        self.block(block).text.as_str().get(bytes.start as usize..bytes.end as usize).unwrap_or("")
    }

    /// True when every cite of the marker leads somewhere.
    pub fn resolved(&self, id: MarkerId) -> bool {
        self.marker(id).is_some_and(|m| !m.cites.is_empty() && m.cites.iter().all(|c| self.leads(&c.target)))
    }

    /// True when a target is there.
    pub fn leads(&self, target: &Target) -> bool {
        match target {
            Target::Reference(r) => r.index() < self.references.len(),
            Target::Note(n) => self.notes.get(n.index()).is_some_and(|n| !n.blocks.is_empty()),
            Target::Missing(_) => false,
        }
    }

    /// The markers that stand in one run with this one (`[3][5]`, `[3]–[7]`), itself among them.
    /// Two belong together when nothing but punctuation of lists and spaces stands between them.
    pub fn run_of(&self, id: MarkerId) -> Range<u32> {
        let joined = |left: u32, right: u32| {
            let (Some(a), Some(b)) = (self.marker(MarkerId(left)), self.marker(MarkerId(right))) else {
                return false;
            };
            let between = (a.place.byte + a.len) as usize..b.place.byte as usize;
            a.place.block == b.place.block
                && self.block(a.place.block).text.as_str().get(between).is_some_and(|gap| {
                    gap.len() <= 4
                        && gap.chars().all(|c| matches!(c, ',' | ';' | ' ' | '\u{a0}') || is_dash(c))
                })
        };
        let (mut start, mut end) = (id.0, id.0 + 1);
        while start > 0 && joined(start - 1, start) {
            start -= 1;
        }
        while joined(end - 1, end) {
            end += 1;
        }
        start..end
    }

    /// Where a link leads.
    pub fn destination(&self, link: LinkId) -> Destination<'_> {
        let address = self.links.get(link.index()).map_or("", |l| l);
        match address.strip_prefix('#') {
            Some(name) => match self.anchors.get(name) {
                // What it names may not have been taken in yet.
                Some(&place) => Destination::Place(self.clamp(place)),
                None => Destination::Missing(name),
            },
            None => Destination::Address(address),
        }
    }

    /// The first reference with this label (`3`) or id.
    pub fn reference_named(&self, name: &str) -> Option<RefId> {
        let found = self.references.iter().position(|r| &*r.label == name);
        let found = found.or_else(|| self.references.iter().position(|r| &*r.id == name));
        found.map(|at| RefId(at as u32))
    }
}
