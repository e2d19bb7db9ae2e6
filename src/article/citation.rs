//! Markers, what they cite, and notes.

use std::ops::Range;

use smallvec::SmallVec;
use smol_str::SmolStr;

use super::place::{MarkerId, NoteId, Place, RefId};

/// One thing in the text that can be opened: `[3]`, `[3, p. 4; 7]`, `Doe [2]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Marker {
    /// Where its label begins.
    pub place: Place,
    /// The length of its label in bytes; see [`super::Article::label`].
    pub len: u32,
    /// The series it is numbered in, where the source has several (`note`, `lower-alpha`).
    pub group: Option<Box<str>>,
    /// What it cites: one or more.
    pub cites: SmallVec<[Cite; 1]>,
}

/// A target of a marker, with what the author says around it.
#[derive(Clone, Debug, PartialEq)]
pub struct Cite {
    /// What is cited.
    pub target: Target,
    /// Page or chapter, and words around it; most cites have none.
    pub detail: Option<Box<Detail>>,
}

/// What an author adds to a cite (CSL: prefix, locator, suffix, suppress-author).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Detail {
    /// Words before.
    pub prefix: String,
    /// Where in the work, as shown: `p. 4`, `chap. 2`.
    pub locator: String,
    /// Words after.
    pub suffix: String,
    /// How the author's name was asked for.
    pub author: Author,
}

/// Whether a citation names its author.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Author {
    /// As the style has it.
    #[default]
    Styled,
    /// Left out: `[-@doe]`.
    Suppressed,
    /// In the running text: `@doe says`.
    InText,
}

/// What a cite leads to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// An entry of the references.
    Reference(RefId),
    /// A note.
    Note(NoteId),
    /// Nothing that the document has; holds the key as written.
    Missing(Box<str>),
}

/// The markers that lead to something, in reading order. Most notes have one, and there may be very many notes.
pub type Mentions = SmallVec<[MarkerId; 4]>;

/// A note: text by the author that stands outside the flow.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Note {
    /// Its name in the source.
    pub id: SmolStr,
    /// Its label as shown: `3`, `a`.
    pub label: SmolStr,
    /// The blocks that hold its text; empty while it has not been seen.
    pub blocks: Range<u32>,
    /// The markers that lead to it: computed, never authored.
    pub mentions: Mentions,
}

/// The dashes that join the ends of a range: hyphen, figure dash, en dash, minus. A long dash parts sentences.
pub const fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2013}' | '\u{2212}')
}
