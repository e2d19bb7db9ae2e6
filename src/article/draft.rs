//! Text on its way into an article: what an importer writes, before markers have numbers and links have ids.

use std::ops::Range;

use super::citation::Author;
use super::origin::Thing;
use super::safe;
use super::text::InlineKind;

/// What a numbered marker covers in a draft until the builder knows its number (U+FFFC, object replacement).
pub const PLACEHOLDER: char = '\u{fffc}';

/// A text being written. [`Draft::push`] is the only way in, and it goes through [`safe`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    text: String,
    marks: Vec<(Range<usize>, Mark)>,
}

/// What a stretch of a draft is.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// Stressed.
    Emphasis,
    /// Strongly stressed.
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
    /// A formula; holds its TeX, the text is what is shown.
    Math(String),
    /// A picture in the line; holds its address, the text is its description.
    Image(String),
    /// A link; holds its destination (`#name` for a part of the article).
    Link(String),
    /// A marker.
    Marker(DraftMarker),
    /// A name that links can lead to; its range may be empty.
    Anchor(String),
    /// What begins here stands at these bytes of the source. Shows nothing, and is only there when it was asked for.
    Origin(Thing, Range<u32>),
}

impl Mark {
    /// The mark of a stretch of text that says nothing more than what kind it is.
    pub const fn plain(kind: InlineKind) -> Option<Self> {
        Some(match kind {
            InlineKind::Emphasis => Self::Emphasis,
            InlineKind::Strong => Self::Strong,
            InlineKind::Struck => Self::Struck,
            InlineKind::Underline => Self::Underline,
            InlineKind::Highlight => Self::Highlight,
            InlineKind::Code => Self::Code,
            InlineKind::Superscript => Self::Superscript,
            InlineKind::Subscript => Self::Subscript,
            InlineKind::SmallCaps => Self::SmallCaps,
            InlineKind::Math(_) | InlineKind::Image(_) | InlineKind::Link(_) | InlineKind::Marker(_) => {
                return None;
            }
        })
    }

    /// True for what only says where something stands.
    const fn is_origin(&self) -> bool {
        matches!(self, Self::Origin(..))
    }
}

/// A marker before it has been numbered and resolved.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DraftMarker {
    /// What it shows.
    pub label: Label,
    /// The series it belongs to in the source.
    pub group: Option<String>,
    /// What it cites.
    pub cites: Vec<DraftCite>,
}

/// What a marker shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Label {
    /// The text that the mark covers, as in the source.
    Shown,
    /// `[number]`, given by the builder in place of [`PLACEHOLDER`].
    #[default]
    Numbered,
    /// As `Numbered`, after these words: `Doe [3]`.
    NumberedAfter(String),
}

/// A cite before its target is known.
#[derive(Clone, Debug, PartialEq)]
pub struct DraftCite {
    /// What it names.
    pub to: To,
    /// Words before.
    pub prefix: String,
    /// Page or chapter, as shown.
    pub locator: String,
    /// Words after.
    pub suffix: String,
    /// How the author's name was asked for.
    pub author: Author,
}

impl DraftCite {
    /// A cite of this target with nothing around it.
    pub fn new(to: To) -> Self {
        Self {
            to,
            prefix: String::new(),
            locator: String::new(),
            suffix: String::new(),
            author: Author::default(),
        }
    }
}

/// What a cite names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum To {
    /// A reference, by key.
    Reference(String),
    /// A note, by its name in the source.
    Note(String),
    /// Something that is known not to be there.
    Missing(String),
}

impl Draft {
    /// A draft that holds this text.
    pub fn of(text: &str) -> Self {
        let mut draft = Self::default();
        draft.push(text);
        draft
    }

    /// Adds text. Line breaks and tabs stay; see [`Draft::push_line`] for running text.
    pub fn push(&mut self, text: &str) {
        self.text.push_str(&safe::text(text));
    }

    /// Adds running text, in which every line break is a space.
    pub fn push_line(&mut self, text: &str) {
        self.text.push_str(&safe::line(text));
    }

    /// Adds text that is marked as a whole.
    pub fn push_marked(&mut self, text: &str, mark: Mark) {
        let start = self.len();
        self.push(text);
        self.mark(start, mark);
    }

    /// Adds a marker that the builder will number.
    pub fn push_marker(&mut self, marker: DraftMarker) {
        let start = self.len();
        self.text.push(PLACEHOLDER);
        self.mark(start, Mark::Marker(marker));
    }

    /// Marks everything from byte `start` to the end.
    pub fn mark(&mut self, start: usize, mark: Mark) {
        self.mark_range(start..self.len(), mark);
    }

    /// Marks a range of bytes; it is clipped to the text and to character boundaries.
    pub fn mark_range(&mut self, range: Range<usize>, mark: Mark) {
        let start = self.text.floor_char_boundary(range.start);
        let end = self.text.floor_char_boundary(range.end).max(start);
        self.marks.push((start..end, mark));
    }

    /// Adds another draft at the end.
    pub fn append(&mut self, other: Self) {
        let shift = self.len();
        self.text.push_str(&other.text);
        self.marks.extend(other.marks.into_iter().map(|(r, m)| (r.start + shift..r.end + shift, m)));
    }

    /// The text so far.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The marks so far, in no order.
    pub fn marks(&self) -> &[(Range<usize>, Mark)] {
        &self.marks
    }

    /// The marker that the text ends with.
    pub fn last_marker(&mut self) -> Option<&mut DraftMarker> {
        let end = self.text.trim_end().len();
        self.marks.iter_mut().rev().find_map(|(range, mark)| match mark {
            Mark::Marker(marker) if range.end >= end => Some(marker),
            _ => None,
        })
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// True when nothing would be shown: no text but white space, and no mark over any of it, nor a name.
    pub fn is_empty(&self) -> bool {
        let nothing = |(range, mark): &(Range<usize>, Mark)| {
            mark.is_origin() || (range.is_empty() && !matches!(mark, Mark::Anchor(_)))
        };
        self.marks.iter().all(nothing) && self.text.trim().is_empty()
    }

    /// Removes white space at the end, as far as no mark reaches into it.
    pub fn trim_end(&mut self) {
        let shown = self.marks.iter().filter(|(_, mark)| !mark.is_origin());
        let marked = shown.map(|(r, _)| r.end).max().unwrap_or(0);
        let end = self.text.trim_end().len().max(marked);
        self.text.truncate(end);
    }

    /// Splits the draft where byte `at` is; marks that reach across are on both sides.
    pub fn split_off(&mut self, at: usize) -> Self {
        let at = self.text.floor_char_boundary(at);
        let text = self.text.split_off(at);
        let mut later = Vec::new();
        self.marks.retain_mut(|(range, mark)| {
            let stays = range.start < at || (range.start == at && range.end == at && at == 0);
            if range.end > at || !stays {
                later.push((range.start.saturating_sub(at)..range.end - at, mark.clone()));
            }
            range.end = range.end.min(at);
            stays
        });
        Self { text, marks: later }
    }

    /// Splits the draft at these bytes, which are ordered; marks that reach across are on both sides. Takes time
    /// with the length of the draft and not with the number of pieces, as [`Draft::split_off`] would.
    pub fn split_at(self, points: &[usize]) -> Vec<Self> {
        let (text, mut marks) = (self.text, self.marks);
        marks.sort_by_key(|(range, _)| range.start);
        let mut marks = marks.into_iter().peekable();
        let mut across: Vec<(Range<usize>, Mark)> = Vec::new();
        let mut pieces = Vec::with_capacity(points.len() + 1);
        let mut from = 0;
        for &end in points.iter().chain([&text.len()]) {
            let last = pieces.len() == points.len();
            let mut here = std::mem::take(&mut across);
            here.extend(std::iter::from_fn(|| marks.next_if(|(range, _)| last || range.start < end)));
            across.extend(here.iter().filter(|(range, _)| range.end > end).cloned());
            for (range, _) in &mut here {
                *range = range.start.saturating_sub(from)..range.end.min(end) - from;
            }
            pieces.push(Self { text: text[from..end].to_owned(), marks: here });
            from = end;
        }
        pieces
    }

    /// The text and its marks, taken apart.
    pub fn into_parts(self) -> (String, Vec<(Range<usize>, Mark)>) {
        (self.text, self.marks)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splitting_keeps_marks_on_their_text() {
        let mut draft = Draft::of("one ");
        draft.push_marked("two three", Mark::Strong);
        draft.push(" four");
        let rest = draft.split_off(8);
        assert_eq!((draft.as_str(), draft.marks()), ("one two ", &[(4..8, Mark::Strong)][..]));
        assert_eq!((rest.as_str(), rest.marks()), ("three four", &[(0..5, Mark::Strong)][..]));
    }

    #[test]
    fn splitting_at_many_points_is_splitting_one_by_one() {
        let mut draft = Draft::of("one two three four five");
        for (start, end) in [(0, 23), (4, 13), (8, 8), (14, 18), (23, 23)] {
            draft.mark_range(start..end, Mark::Strong);
        }
        let pieces = draft.clone().split_at(&[4, 8, 14]);
        let mut expected = Vec::new();
        let mut rest = draft;
        for at in [4, 4, 6] {
            let later = rest.split_off(at);
            expected.push(rest);
            rest = later;
        }
        expected.push(rest);
        for (piece, expected) in pieces.into_iter().zip(expected) {
            let sorted = |draft: &Draft| {
                let mut ranges: Vec<_> = draft.marks().iter().map(|(r, _)| (r.start, r.end)).collect();
                ranges.sort_unstable();
                ranges
            };
            assert_eq!(piece.as_str(), expected.as_str());
            assert_eq!(sorted(&piece), sorted(&expected));
        }
    }

    #[test]
    fn what_is_pushed_is_safe() {
        let mut draft = Draft::of("a\u{1b}[2J");
        draft.push_line("b\nc");
        assert_eq!(draft.as_str(), "a␛[2Jb c");
    }
}
