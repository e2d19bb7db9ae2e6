//! A text on its way to rows: its stretches of one face each, its markers, and its direction.

use std::ops::Range;

use crate::article::{Article, Destination, InlineKind, Text};

use super::bidi::Levels;
use super::cells;
use super::row::{Face, Hit, Role};
use super::sweep::Sweep;

/// A text, taken apart once and then broken into rows.
#[derive(Debug)]
pub struct Flow<'a> {
    /// The whole text of the block.
    pub text: &'a str,
    /// Stretches of one face, in order, and between them what layout adds.
    pub spans: Vec<Span>,
    /// The markers, ordered by start.
    pub markers: Vec<Range<usize>>,
    /// The direction of each byte, where not all run left to right.
    pub levels: Option<Levels>,
    /// Where `spans` adds signs.
    added: Vec<(usize, Form)>,
}

/// A stretch of text in one face.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte; `start` for what is added.
    pub end: usize,
    /// How it looks.
    pub face: Face,
    /// What it opens.
    pub hit: Option<Hit>,
    /// What becomes of its characters.
    pub form: Form,
}

impl Span {
    /// True when `next` looks the same and begins where this ends.
    pub fn joins(&self, next: &Self) -> bool {
        self.end == next.start
            && (self.face, self.hit, self.form) == (next.face, next.hit, next.form)
            && self.start < self.end
    }
}

/// What is drawn for a stretch of text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// The text.
    #[default]
    Plain,
    /// Its raised characters.
    Raised,
    /// Its lowered characters.
    Lowered,
    /// No text, but this sign ahead of the next character.
    Before(&'static str),
    /// No text, but this sign behind the last character.
    After(&'static str),
}

/// What the text is set as.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'s> {
    /// From each of these bytes on, the text plays another part. Sorted.
    pub roles: &'s [(u32, Role)],
    /// The cells of a row.
    pub width: u16,
    /// True for running text, which may run right to left as a whole.
    pub paragraphs: bool,
}

impl Setting<'_> {
    /// True when there is room for signs that layout adds to the text.
    pub const fn signs(&self) -> bool {
        self.width >= 8
    }
}

impl<'a> Flow<'a> {
    /// Takes the text of a block apart.
    pub fn new(article: &'a Article, text: &'a Text, setting: &Setting<'_>) -> Self {
        let inlines = text.inlines();
        let of_markers = inlines.iter().filter(|i| matches!(i.kind, InlineKind::Marker(_)));
        let markers: Vec<_> = of_markers.map(|i| i.start as usize..i.end as usize).collect();
        let text = text.as_str();
        let spans = Sweep::run(article, text, setting, inlines, &markers);
        let added = spans.iter().filter(|s| s.start == s.end).map(|s| (s.start, s.form)).collect();
        Self { text, spans, markers, levels: Levels::of(text, setting.paragraphs), added }
    }

    /// Words that nothing is said of.
    pub fn plain(text: &'a str) -> Self {
        let span =
            Span { start: 0, end: text.len(), face: Face::default(), hit: None, form: Form::default() };
        let levels = Levels::of(text, false);
        Self { text, spans: vec![span], markers: Vec::new(), levels, added: Vec::new() }
    }

    /// True when no cell is added to those of the text.
    pub const fn adds_nothing(&self) -> bool {
        self.added.is_empty()
    }

    /// The cells added to this range: ahead of one of its bytes, or behind one.
    pub fn added_to(&self, range: &Range<usize>) -> u32 {
        let first = self.added.partition_point(|a| a.0 < range.start);
        let near = self.added[first..].iter().take_while(|a| a.0 <= range.end);
        near.map(|&(at, form)| match form {
            Form::Before(sign) if at < range.end => sign.len() as u32,
            Form::After(sign) if at > range.start => sign.len() as u32,
            _ => 0,
        })
        .sum()
    }

    /// The cells that a range takes on one row.
    pub fn width(&self, range: Range<usize>) -> u32 {
        self.added_to(&range) + cells::width(&self.text[range])
    }

    /// The range without the white space at its end, which takes no cell where a row ends.
    pub fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        range.start..range.start + self.text[range].trim_end_matches([' ', '\t', '\n']).len()
    }

    /// True when the text as a whole runs right to left.
    pub fn is_rtl(&self) -> bool {
        self.levels.as_ref().is_some_and(Levels::is_rtl)
    }
}

/// The stress that an inline gives.
pub fn stress(article: &Article, kind: InlineKind) -> u16 {
    match kind {
        InlineKind::Emphasis | InlineKind::Image(_) => Face::EMPHASIS,
        InlineKind::Strong => Face::STRONG,
        InlineKind::Struck => Face::STRUCK,
        InlineKind::Underline => Face::UNDERLINE,
        InlineKind::Highlight => Face::HIGHLIGHT,
        InlineKind::Code => Face::CODE,
        InlineKind::Math(_) => Face::MATH,
        InlineKind::Superscript | InlineKind::Subscript | InlineKind::SmallCaps => 0,
        InlineKind::Link(id) => match article.destination(id) {
            Destination::Missing(_) => Face::LINK | Face::UNRESOLVED,
            Destination::Place(_) | Destination::Address(_) => Face::LINK,
        },
        InlineKind::Marker(id) if article.resolved(id) => Face::MARKER,
        InlineKind::Marker(_) => Face::MARKER | Face::UNRESOLVED,
    }
}
