//! One string, and ranges over it that say what a stretch of it is.

use super::place::{FormulaId, LinkId, MarkerId};

/// The text of a block. It is made by [`super::Builder`] alone (and parts of it by [`super::Excerpt`]), so it has come
/// through [`super::safe`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    pub(super) text: Box<str>,
    pub(super) inlines: Box<[Inline]>,
}

impl Text {
    /// The whole string.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What stretches of it are, ordered by start; outer ones before inner ones.
    pub fn inlines(&self) -> &[Inline] {
        &self.inlines
    }

    /// Length in bytes.
    pub fn len(&self) -> u32 {
        self.text.len() as u32
    }

    /// True for no text at all.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

/// What the bytes `start..end` of a text are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inline {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// What they are.
    pub kind: InlineKind,
}

/// What a stretch of text is. Stretches nest, or follow one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InlineKind {
    /// Stressed; italics.
    Emphasis,
    /// Strongly stressed; bold.
    Strong,
    /// Struck out.
    Struck,
    /// Underlined, or a key to press.
    Underline,
    /// Marked by the author.
    Highlight,
    /// Code.
    Code,
    /// Raised.
    Superscript,
    /// Lowered.
    Subscript,
    /// Small capitals.
    SmallCaps,
    /// A formula, shown as Unicode; its TeX is kept.
    Math(FormulaId),
    /// The description of a picture that stands in the line.
    Image(LinkId),
    /// A link.
    Link(LinkId),
    /// A marker.
    Marker(MarkerId),
}

impl InlineKind {
    /// True for what says no more when it stands in one of its kind: stress, lines, colours.
    pub const fn is_plain(self) -> bool {
        matches!(self.rank(), 1..=6)
    }

    /// What stands in what where several marks cover the same words: the lowest is the outermost.
    pub const fn rank(self) -> u8 {
        match self {
            Self::Link(_) => 0,
            Self::Strong => 1,
            Self::Emphasis => 2,
            Self::Struck => 3,
            Self::Underline => 4,
            Self::Highlight => 5,
            Self::SmallCaps => 6,
            Self::Superscript => 7,
            Self::Subscript => 8,
            Self::Image(_) => 9,
            Self::Code | Self::Math(_) | Self::Marker(_) => 10,
        }
    }
}
