//! Where a row may end: the text cut at every opportunity of UAX #14, each with what it would cost.

use std::ops::Range;

use unicode_linebreak::linebreaks;

use super::cells;
use super::flow::Flow;

/// A stretch of text that a row may end behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// First byte.
    pub start: usize,
    /// One past the last byte, the spaces at the end included.
    pub end: usize,
    /// Cells, without the spaces at the end.
    pub solid: u32,
    /// Cells of the spaces at the end.
    pub space: u32,
    /// What it costs to end a row behind it.
    pub cost: Cost,
}

/// What it costs to end a row: a row ends at a dearer place only where no cheaper one would keep it within the width.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cost {
    /// The text has a line break here: the row must end.
    Must,
    /// Between words.
    Nothing,
    /// Between two markers, or between the words of a marker that no row can hold.
    Markers,
    /// Ahead of a marker: it would begin a row.
    AheadOfMarker,
    /// Within a marker.
    InMarker,
}

impl Cost {
    /// The next dearer one.
    pub const fn next(self) -> Option<Self> {
        match self {
            Self::Must => Some(Self::Nothing),
            Self::Nothing => Some(Self::Markers),
            Self::Markers => Some(Self::AheadOfMarker),
            Self::AheadOfMarker => Some(Self::InMarker),
            Self::InMarker => None,
        }
    }
}

/// Cuts a range of the text for rows of this width.
pub fn segments(flow: &Flow<'_>, range: Range<usize>, width: u16) -> Vec<Segment> {
    let text = &flow.text[range.clone()];
    let mut costs = Costs::new(flow, &range, width);
    let mut measure = Measure { text: &flow.text[..range.end], at: range.start, solid: 0, space: 0 };
    let mut out = Vec::with_capacity(text.len() / 5 + 1);
    let mut start = range.start;
    for end in linebreaks(text).map(|(at, _)| range.start + at).filter(|&end| end > range.start) {
        measure.advance(end);
        // Within a grapheme cluster no row ends, whatever the characters are by themselves.
        if measure.at == end {
            let added = if flow.adds_nothing() { 0 } else { flow.added_to(&(start..end)) };
            let (solid, space) = measure.take();
            out.push(Segment { start, end, solid: solid + added, space, cost: costs.at(end) });
            start = end;
        }
    }
    out
}

/// Counts cells along the text.
struct Measure<'t> {
    text: &'t str,
    /// What lies ahead of this byte has been counted.
    at: usize,
    solid: u32,
    /// The spaces at the end.
    space: u32,
}

impl Measure<'_> {
    /// Goes on to byte `end`, or to the end of the grapheme cluster that it lies in.
    fn advance(&mut self, end: usize) {
        let bytes = self.text.as_bytes();
        let next_is_ascii = bytes.get(end).is_none_or(u8::is_ascii);
        if self.at < end && next_is_ascii && bytes[self.at..end].is_ascii() {
            let stretch = &bytes[self.at..end];
            let words = stretch.iter().rposition(|b| !is_space(*b)).map_or(0, |last| last + 1);
            if words > 0 {
                self.word(words as u32);
            }
            self.space += (stretch.len() - words) as u32;
            self.at = end;
        }
        while self.at < end {
            let (next, cells) = cells::cluster(self.text, self.at);
            if next == self.at + 1 && is_space(bytes[self.at]) {
                self.space += u32::from(cells);
            } else {
                self.word(cells.into());
            }
            self.at = next;
        }
    }

    /// Counts what is no space: the spaces ahead of it are no longer at the end.
    const fn word(&mut self, cells: u32) {
        self.solid += self.space + cells;
        self.space = 0;
    }

    fn take(&mut self) -> (u32, u32) {
        (std::mem::take(&mut self.solid), std::mem::take(&mut self.space))
    }
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n')
}

/// Says what it costs to end a row at one place after the other.
struct Costs<'f, 'a> {
    flow: &'f Flow<'a>,
    width: u32,
    /// The first marker that does not begin ahead of the place.
    next: usize,
    /// The last marker that was measured, and whether a row can hold it.
    held: Option<(usize, bool)>,
}

impl<'f, 'a> Costs<'f, 'a> {
    fn new(flow: &'f Flow<'a>, range: &Range<usize>, width: u16) -> Self {
        let next = flow.markers.partition_point(|m| m.start < range.start);
        Self { flow, width: u32::from(width), next, held: None }
    }

    fn at(&mut self, at: usize) -> Cost {
        let (text, markers) = (self.flow.text, &self.flow.markers);
        if text.as_bytes()[at - 1] == b'\n' {
            return Cost::Must;
        }
        while markers.get(self.next).is_some_and(|m| m.start < at) {
            self.next += 1;
        }
        let last = self.next.checked_sub(1).map(|last| (last, markers[last].clone()));
        if let Some((index, marker)) = &last
            && at < marker.end
        {
            let between_words = text.as_bytes()[at - 1] == b' ';
            return if between_words && !self.holds(*index) { Cost::Markers } else { Cost::InMarker };
        }
        if markers.get(self.next).is_none_or(|m| m.start != at) {
            return Cost::Nothing;
        }
        let follows = last.is_some_and(|(_, m)| text[m.end..at].bytes().all(|b| b == b' '));
        if follows { Cost::Markers } else { Cost::AheadOfMarker }
    }

    /// True when a row can hold the marker.
    fn holds(&mut self, index: usize) -> bool {
        match self.held {
            Some((known, held)) if known == index => held,
            _ => {
                let held = self.flow.width(self.flow.markers[index].clone()) <= self.width;
                self.held = Some((index, held));
                held
            }
        }
    }
}
