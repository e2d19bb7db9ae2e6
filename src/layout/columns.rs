//! The columns of a table: how wide each is, and to which side its cells go.

use std::ops::Range;

use crate::article::{Align, Table};

use super::flow::Flow;
use super::wrap::{lines, longest};

/// Cells between two columns.
pub const BETWEEN: u16 = 2;
/// No word makes a column wider than this: with the most columns a table can have, a row still has less than 2^16 cells.
const LONGEST_WORD: u32 = 200;

/// The cells of a table over its text.
#[derive(Clone, Copy, Debug)]
pub struct Grid<'g, 'a> {
    /// The text.
    pub flow: &'g Flow<'a>,
    /// Its structure.
    pub table: &'g Table,
}

impl Grid<'_, '_> {
    /// How many columns; at least one.
    pub fn columns(&self) -> usize {
        self.table.columns.len().max(1)
    }

    /// How many rows.
    pub fn rows(&self) -> usize {
        self.table.cells.len().div_ceil(self.columns())
    }

    /// The bytes of a cell.
    pub fn cell(&self, row: usize, column: usize) -> Range<usize> {
        let cell = self.table.cells.get(row * self.columns() + column);
        let range = cell.map_or(0..0, |c| c.start as usize..c.end as usize);
        if self.flow.text.get(range.clone()).is_some() { range } else { 0..0 }
    }

    /// The widths of the columns, for `width` cells in all with the space between them. Where not even the longest
    /// words fit, the table is wider.
    pub fn widths(&self, width: u16) -> Vec<u16> {
        let between = u32::from(BETWEEN) * (self.columns() as u32 - 1);
        let room = u32::from(width).saturating_sub(between);
        let natural = self.widest(|cell| self.natural(cell));
        if natural.iter().map(|&n| u64::from(n)).sum::<u64>() <= u64::from(room) {
            return natural.iter().map(|&n| n as u16).collect();
        }
        let most = u32::from(width).clamp(2, LONGEST_WORD);
        let words = self.widest(|cell| longest(self.flow, cell).min(most));
        share(&natural, &words, room)
    }

    /// For each column, the largest of what is measured of its cells; a cell over several columns widens all of them,
    /// where they have no room for it.
    fn widest(&self, measure: impl Fn(Range<usize>) -> u32) -> Vec<u32> {
        let alone = |r: &usize, c: usize| self.span(*r, c) == 1;
        let column = |c: usize| {
            let cells = (0..self.rows()).filter(|r| alone(r, c));
            cells.map(|r| measure(self.cell(r, c))).max().unwrap_or(0).max(1)
        };
        let mut widths: Vec<u32> = (0..self.columns()).map(column).collect();
        for span in self.table.spans.iter().filter(|span| span.columns > 1) {
            let (row, first) = (span.cell as usize / self.columns(), span.cell as usize % self.columns());
            let Some(under) = widths.get_mut(first..first + self.span(row, first)) else { continue };
            let many = under.len() as u32;
            let has = under.iter().sum::<u32>() + u32::from(BETWEEN) * (many - 1);
            let lacks = measure(self.cell(row, first)).saturating_sub(has);
            for (at, width) in under.iter_mut().enumerate() {
                *width += lacks / many + u32::from((at as u32) < lacks % many);
            }
        }
        widths
    }

    /// How many columns a cell takes.
    pub fn span(&self, row: usize, column: usize) -> usize {
        let (_, columns) = self.table.span_of(row * self.columns() + column);
        columns.clamp(1, self.columns() - column)
    }

    /// The cells that a cell's text takes unbroken.
    fn natural(&self, cell: Range<usize>) -> u32 {
        if !self.flow.text[cell.clone()].contains('\n') {
            return self.flow.width(self.flow.trimmed(cell));
        }
        let widths =
            lines(self.flow, cell, u16::MAX).into_iter().map(|l| self.flow.width(self.flow.trimmed(l)));
        widths.max().unwrap_or(0)
    }

    /// To which side the cells of a column go: left, centre or right. Numbers go to the right whichever way the table
    /// runs, so that their digits stand below one another.
    pub fn align(&self, column: usize, rtl: bool) -> Align {
        match self.table.columns.get(column).copied().unwrap_or_default() {
            Align::Auto if self.is_numeric(column) => Align::Right,
            Align::Auto if rtl => Align::Right,
            Align::Auto => Align::Left,
            given => given,
        }
    }

    /// True when every cell below the header that says something says a number.
    fn is_numeric(&self, column: usize) -> bool {
        let rows = (self.table.header_rows as usize..self.rows()).filter(|r| self.span(*r, column) == 1);
        let cells = rows.map(|r| self.cell(r, column));
        let mut numbers = cells.filter_map(|cell| is_number(&self.without_markers(cell))).peekable();
        numbers.peek().is_some() && numbers.all(|is| is)
    }

    fn without_markers(&self, cell: Range<usize>) -> String {
        let markers = &self.flow.markers;
        let first = markers.partition_point(|m| m.start < cell.start);
        let mut out = String::new();
        let mut at = cell.start;
        for marker in markers[first..].iter().take_while(|m| m.start < cell.end) {
            out.push_str(self.flow.text.get(at..marker.start).unwrap_or(""));
            at = marker.end.clamp(at, cell.end);
        }
        out.push_str(&self.flow.text[at..cell.end]);
        out
    }
}

/// True for a number with its sign, unit sign or currency; `None` for a cell that says nothing (`–`, `n/a`, empty).
fn is_number(text: &str) -> Option<bool> {
    let text = text.trim();
    if matches!(text, "" | "-" | "–" | "—" | "−" | "…" | "n/a" | "N/A") {
        return None;
    }
    let fits = |c: char| {
        c.is_ascii_digit()
            || matches!(c, '.' | ',' | '\'' | '’' | ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' | ':' | '/')
            || matches!(c, '+' | '-' | '−' | '–' | '±' | '~' | '≈' | '<' | '>' | '≤' | '≥' | '×' | '(' | ')')
            || matches!(c, '%' | '‰' | '°' | '$' | '¢' | '£' | '¥' | '\u{20a0}'..='\u{20cf}')
    };
    Some(text.contains(|c: char| c.is_ascii_digit()) && text.chars().all(fits))
}

/// Shares out the room: columns that need little get it, the others get the same, and none less than its longest word.
fn share(natural: &[u32], words: &[u32], room: u32) -> Vec<u16> {
    let at_level = |level: u32| natural.iter().zip(words).map(move |(&n, &w)| n.min(w.max(level)));
    let sum = |level: u32| at_level(level).map(u64::from).sum::<u64>();
    let (mut low, mut high) = (0, room.saturating_add(1));
    while low + 1 < high {
        let middle = low.midpoint(high);
        if sum(middle) <= u64::from(room) { low = middle } else { high = middle }
    }
    let mut left = u64::from(room).saturating_sub(sum(low));
    let mut widths: Vec<u32> = at_level(low).collect();
    for (width, natural) in widths.iter_mut().zip(natural) {
        let more = u64::from(left > 0 && *width < *natural);
        *width += more as u32;
        left -= more;
    }
    widths.into_iter().map(|w| u16::try_from(w).unwrap_or(u16::MAX)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_known_by_their_signs() {
        for number in ["12", "1,234.5", "−3 %", "€ 20", "1 000", "5:0", "±0.3", "2014"] {
            assert_eq!(is_number(number), Some(true), "{number}");
        }
        for words in ["The Hague", "12 km", "A1", "%"] {
            assert_eq!(is_number(words), Some(false), "{words}");
        }
        for nothing in ["", " – ", "n/a"] {
            assert_eq!(is_number(nothing), None, "{nothing:?}");
        }
    }

    #[test]
    fn room_is_shared_fairly() {
        let cases = [
            ([4, 40, 40], [4, 8, 8], 44, [4, 20, 20]),
            ([4, 40, 40], [4, 8, 8], 45, [4, 21, 20]),
            ([1, 10, 100], [1, 10, 12], 31, [1, 10, 20]),
            ([1, 30, 30], [1, 25, 5], 41, [1, 25, 15]),
            ([1, 30, 30], [1, 25, 25], 41, [1, 25, 25]),
        ];
        for (natural, words, room, expected) in cases {
            assert_eq!(share(&natural, &words, room), expected);
        }
    }
}
