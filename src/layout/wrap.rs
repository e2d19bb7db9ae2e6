//! Greedy lines: as much on each row as it holds, the right margin ragged.

use std::iter::Peekable;
use std::ops::Range;

use super::cells;
use super::flow::Flow;
use super::segment::{Cost, Segment, segments};

/// Breaks a range of the text into lines of at most `width` cells. Together they hold every byte; there is at least
/// one. The white space at the end of a line takes no cell.
pub fn lines(flow: &Flow<'_>, range: Range<usize>, width: u16) -> Vec<Range<usize>> {
    let text = &flow.text.as_bytes()[range.clone()];
    let short = text.len() <= usize::from(width) && flow.adds_nothing();
    if short && text.iter().all(|b| b.is_ascii() && *b != b'\n') {
        return vec![range];
    }
    let mut filler = Filler {
        flow,
        width: u32::from(width),
        lines: Vec::with_capacity(text.len() / usize::from(width.max(1)) + 1),
        start: range.start,
        used: 0,
        pending: 0,
    };
    filler.place(&segments(flow, range.clone(), width));
    if filler.start < range.end || filler.lines.is_empty() {
        filler.end_line(range.end);
    }
    filler.lines
}

/// The cells of the widest stretch that should not be broken: a word with its marker.
pub fn longest(flow: &Flow<'_>, range: Range<usize>) -> u32 {
    let segments = segments(flow, range, u16::MAX);
    segments.chunk_by(|a, _| a.cost > Cost::Nothing).map(|unit| extent(unit).0).max().unwrap_or(0)
}

/// Cells of segments in a row, and of the spaces at their end.
fn extent(segments: &[Segment]) -> (u32, u32) {
    let all: u32 = segments.iter().map(|s| s.solid + s.space).sum();
    let space = segments.last().map_or(0, |s| s.space);
    (all - space, space)
}

struct Filler<'f, 'a> {
    flow: &'f Flow<'a>,
    width: u32,
    lines: Vec<Range<usize>>,
    /// Where the line begins that is being filled.
    start: usize,
    /// Its cells, and those of the spaces at its end.
    used: u32,
    pending: u32,
}

impl Filler<'_, '_> {
    fn place(&mut self, segments: &[Segment]) {
        for line in segments.chunk_by(|a, _| a.cost > Cost::Must) {
            self.place_units(line, Cost::Nothing);
            if let Some(last) = line.last()
                && last.cost == Cost::Must
            {
                self.end_line(last.end);
            }
        }
    }

    /// Places what may be parted at this cost; what is wider than a line, at the next dearer one.
    fn place_units(&mut self, segments: &[Segment], cost: Cost) {
        let mut units = segments.chunk_by(|a, _| a.cost > cost).peekable();
        while let Some(unit) = units.next() {
            let (solid, space) = extent(unit);
            if self.used + self.pending + solid <= self.width {
                self.append(solid, space);
            } else if solid <= self.width {
                self.end_line(unit[0].start);
                self.append(solid, space);
            } else if let Some(dearer) = cost.next().filter(|_| unit.len() > 1) {
                self.place_units(unit, dearer);
            } else {
                let marker = if cost == Cost::AheadOfMarker { peek_solid(&mut units) } else { 0 };
                self.place_clusters(unit[0].start..unit[unit.len() - 1].end, space, marker);
            }
        }
    }

    fn append(&mut self, solid: u32, space: u32) {
        self.used += self.pending + solid;
        self.pending = space;
    }

    fn end_line(&mut self, at: usize) {
        self.lines.push(self.start..at);
        (self.start, self.used, self.pending) = (at, 0, 0);
    }

    /// Places a word that no line can hold, grapheme cluster by grapheme cluster. A marker of `marker` cells that is
    /// glued to it takes the last cluster along when it has to begin a line.
    fn place_clusters(&mut self, word: Range<usize>, space: u32, marker: u32) {
        let filled = self.used + self.pending;
        if filled > self.width / 2 {
            self.end_line(word.start);
        }
        self.append(0, 0);
        let end = word.end;
        let word = self.flow.trimmed(word);
        // A sign that joins the space behind it (U+0604) has made it a part of the word.
        let space = space.max(self.flow.width(word.end..end));
        let (mut at, mut last) = (word.start, (word.start, 0));
        while at < word.end {
            let (next, cells) = self.cluster(at, word.end);
            if self.used > 0 && self.used + cells > self.width {
                self.end_line(at);
            }
            self.used += cells;
            last = (at, cells);
            at = next;
        }
        let with_marker = space + marker;
        let too_wide = self.used + with_marker > self.width;
        if marker > 0 && too_wide && last.1 + with_marker <= self.width && last.0 > self.start {
            self.end_line(last.0);
            self.used = last.1;
        }
        self.pending = space;
    }

    /// The cluster at byte `at`, or as much of it as a line can hold: its end and its cells.
    fn cluster(&self, at: usize, end: usize) -> (usize, u32) {
        let (next, cells) = cells::cluster(&self.flow.text[..end], at);
        let added = if self.flow.adds_nothing() { 0 } else { self.flow.added_to(&(at..next)) };
        let whole = (next, u32::from(cells) + added);
        if whole.1 <= self.width {
            return whole;
        }
        let text = &self.flow.text[at..next];
        let ends = text.char_indices().map(|(start, c)| at + start + c.len_utf8());
        let parts = ends.map(|end| (end, self.flow.width(at..end)));
        let mut parts = parts.enumerate().take_while(|(index, part)| *index == 0 || part.1 <= self.width);
        parts.by_ref().last().map_or(whole, |(_, part)| part)
    }
}

fn peek_solid<'s>(units: &mut Peekable<impl Iterator<Item = &'s [Segment]>>) -> u32 {
    units.peek().map_or(0, |unit| extent(unit).0)
}

#[cfg(test)]
mod tests {
    use super::super::flow::Setting;
    use super::*;
    use crate::article::Kind;
    use crate::layout::sample;

    fn wrapped(marked: &str, width: u16) -> Vec<String> {
        let article = sample::article(|b| b.block(Kind::Paragraph, sample::draft(marked), vec![]));
        let setting = Setting { roles: &[], width, paragraphs: true };
        let flow = Flow::new(&article, &article.blocks[0].text, &setting);
        let lines = lines(&flow, 0..flow.text.len(), width);
        assert_eq!(lines.iter().map(|l| &flow.text[l.clone()]).collect::<String>(), flow.text);
        lines.into_iter().map(|l| flow.text[flow.trimmed(l)].to_owned()).collect()
    }

    #[test]
    fn lines_are_filled() {
        let cases: &[(&str, u16, &[&str])] = &[
            ("one two three", 7, &["one two", "three"]),
            ("one two three", 8, &["one two", "three"]),
            ("one    two", 5, &["one", "two"]),
            ("a\nb\n\nc", 9, &["a", "b", "", "c"]),
            ("well-known em—dash", 6, &["well-", "known", "em—", "dash"]),
            ("一二三四五", 4, &["一二", "三四", "五"]),
            ("“一二”。三", 6, &["“一", "二”。", "三"]),
            ("incomprehensible", 6, &["incomp", "rehens", "ible"]),
            ("a incomprehensible", 6, &["a inco", "mprehe", "nsible"]),
            ("abcd incomprehensible", 6, &["abcd", "incomp", "rehens", "ible"]),
            ("e\u{301}e\u{301}e\u{301}", 2, &["e\u{301}e\u{301}", "e\u{301}"]),
            ("👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 2, &["👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"]),
        ];
        for (text, width, expected) in cases {
            assert_eq!(&wrapped(text, *width), expected, "{text:?} at {width}");
        }
    }

    #[test]
    fn a_marker_stays_with_its_word() {
        let cases: &[(&str, u16, &[&str])] = &[
            ("It was public.{[5]} So", 16, &["It was", "public.[5] So"]),
            ("It was public {[5]}. So", 16, &["It was", "public [5]. So"]),
            ("it was{[3]}{[5]}{[7]} so", 12, &["it", "was[3][5][7]", "so"]),
            ("it was{[3]}{[5]}{[7]} so", 9, &["it was[3]", "[5][7] so"]),
            ("一二三{[5]}四", 8, &["一二", "三[5]四"]),
            ("confidential.{[see 1, 2]}", 14, &["confidential.", "[see 1, 2]"]),
            ("so {[see one, and two]} and", 9, &["so [see", "one, and", "two] and"]),
            ("incomprehensible{[12]}", 8, &["incompre", "hensible", "[12]"]),
            ("incomprehensible.{[1]} so", 9, &["incompreh", "ensible", ".[1] so"]),
            ("{[1]} begins", 20, &["[1] begins"]),
        ];
        for (text, width, expected) in cases {
            assert_eq!(&wrapped(text, *width), expected, "{text:?} at {width}");
        }
    }
}
