//! From a byte to its cell, and back: where a card is put, and what a click has hit.

use std::ops::Range;

use super::cells;
use super::row::{Hit, Row, Rows, Run};

/// Something that can be opened, where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// What it opens.
    pub hit: Hit,
    /// The index of its row.
    pub row: usize,
    /// Its first cell, from the left end of the row.
    pub column: u16,
    /// Its cells.
    pub width: u16,
    /// The first byte of the text that it shows on this row.
    pub byte: u32,
}

impl Rows {
    /// The index of the row that shows a byte of the text, or else of the row that holds it.
    pub fn row_of(&self, byte: u32) -> usize {
        let after = self.rows.partition_point(|r| r.bytes.start <= byte);
        let holder = (0..after).rev().find(|&at| !self.rows[at].bytes.is_empty());
        let holder = holder.unwrap_or(after.saturating_sub(1));
        if !self.beside || self.shows(holder, byte) {
            return holder;
        }
        // What stands beside is near: look further and further up and down.
        let mut around = (1..self.rows.len()).flat_map(|by| [holder.checked_sub(by), Some(holder + by)]);
        around.find_map(|at| at.filter(|&at| self.shows(at, byte))).unwrap_or(holder)
    }

    /// True when a row shows this byte: white space at its end, and what parts the cells of a table, is not seen.
    pub fn shows(&self, row: usize, byte: u32) -> bool {
        self.rows.get(row).is_some_and(|r| r.runs.iter().any(|run| run.bytes.contains(&byte)))
    }

    /// The first byte of a row's share of the text; for a row below the last, the end of the text.
    pub fn first_byte(&self, row: usize) -> u32 {
        let end = || self.rows.last().map_or(0, |r| r.bytes.end);
        self.rows.get(row).map_or_else(end, |r| r.bytes.start)
    }

    /// The first cell of the grapheme cluster at a byte, from the left end of the row; `text` is the block's. For a
    /// byte that the row does not show: where it would follow.
    pub fn column_of(&self, text: &str, row: usize, byte: u32) -> u16 {
        let runs = self.rows.get(row).map_or(&[][..], |r| &r.runs);
        let texts = || columns(runs).filter(|(_, run)| !run.bytes.is_empty());
        if let Some((column, run)) = texts().find(|(_, run)| run.bytes.contains(&byte)) {
            return column.saturating_add(within(run, text, byte));
        }
        let before = texts().filter(|(_, run)| run.bytes.end <= byte).max_by_key(|(_, run)| run.bytes.end);
        match before {
            Some((column, run)) => {
                if run.reversed {
                    column
                } else {
                    column.saturating_add(run.width)
                }
            }
            None => texts().map(|(column, _)| column).next().unwrap_or(self.fixed),
        }
    }

    /// The first byte of the grapheme cluster that is shown in a cell; `None` where the cell shows no text.
    pub fn byte_at(&self, text: &str, row: usize, column: u16) -> Option<u32> {
        let (start, run) = columns(&self.rows.get(row)?.runs)
            .find(|(start, run)| (*start..start.saturating_add(run.width)).contains(&column))?;
        let shown = &text.get(..run.bytes.end as usize)?;
        let cell = if run.reversed { run.width - 1 - (column - start) } else { column - start };
        let (mut at, mut passed, mut found) = (run.bytes.start as usize, 0u16, None);
        while at < shown.len() {
            let (next, width) = cells::cluster(shown, at);
            passed = passed.saturating_add(width);
            if width > 0 {
                found = Some(at as u32);
            }
            if cell < passed {
                break;
            }
            at = next;
        }
        found
    }

    /// The first byte of the grapheme cluster that is shown nearest to a cell; `None` for a row without text.
    pub fn byte_near(&self, text: &str, row: usize, column: u16) -> Option<u32> {
        let texts =
            columns(&self.rows.get(row)?.runs).filter(|(_, run)| !run.bytes.is_empty() && run.width > 0);
        let nearest = |(start, run): (u16, &Run)| column.clamp(start, start.saturating_add(run.width - 1));
        let cell = texts.map(nearest).min_by_key(|cell| cell.abs_diff(column))?;
        self.byte_at(text, row, cell)
    }

    /// The first and the last byte of the text that a row shows, in the order of the text.
    pub fn shown_on(&self, row: usize) -> Option<Range<u32>> {
        let runs = self.rows.get(row)?.runs.iter().filter(|run| !run.bytes.is_empty());
        let start = runs.clone().map(|run| run.bytes.start).min()?;
        Some(start..runs.map(|run| run.bytes.end).max()?)
    }

    /// Everything on one row that can be opened, from left to right.
    pub fn hits_on(&self, row: usize) -> impl Iterator<Item = Spot> + '_ {
        self.rows.get(row).into_iter().flat_map(move |r| hits_of(row, r))
    }

    /// Everything on these rows that can be opened, row by row from left to right. A marker that is broken over two
    /// rows comes twice.
    pub fn hits(&self) -> impl Iterator<Item = Spot> + '_ {
        self.rows.iter().enumerate().flat_map(|(row, r)| hits_of(row, r))
    }
}

/// Runs with their first cells.
fn columns(runs: &[Run]) -> impl Iterator<Item = (u16, &Run)> {
    runs.iter().scan(0u16, |column, run| {
        let start = *column;
        *column = start.saturating_add(run.width);
        Some((start, run))
    })
}

/// The cells from the left end of a run to the cluster at a byte of it.
fn within(run: &Run, text: &str, byte: u32) -> u16 {
    let shown = &text[..(run.bytes.end as usize).min(text.len())];
    let (mut at, mut passed) = (run.bytes.start as usize, 0u16);
    while at < shown.len() {
        let (next, width) = cells::cluster(shown, at);
        if byte < next as u32 {
            return if run.reversed {
                run.width.saturating_sub(passed.saturating_add(width))
            } else {
                passed
            };
        }
        passed = passed.saturating_add(width);
        at = next;
    }
    passed
}

fn hits_of(row: usize, r: &Row) -> impl Iterator<Item = Spot> + '_ {
    let mut runs = columns(&r.runs)
        .filter_map(|(column, run)| Some((run.hit?, column, run.width, run.bytes.start)))
        .peekable();
    std::iter::from_fn(move || {
        let (hit, column, mut width, mut byte) = runs.next()?;
        while let Some((_, _, more, start)) = runs.next_if(|next| next.0 == hit && next.1 == column + width) {
            width += more;
            byte = byte.min(start);
        }
        Some(Spot { hit, row, column, width, byte })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Align, Article, BlockId, Draft, Kind, MarkerId, Nest, Table};
    use crate::layout::{lay, sample};

    fn paragraph(marked: &str, nest: &[Nest]) -> Article {
        sample::article(|b| b.block(Kind::Paragraph, sample::draft(marked), nest.to_vec()))
    }

    fn marker(id: u32, row: usize, column: u16, width: u16, byte: u32) -> Spot {
        Spot { hit: Hit::Marker(MarkerId(id)), row, column, width, byte }
    }

    #[test]
    fn markers_are_found_where_they_stand() {
        let article = paragraph("Some words{[3]}{[5]} and others {[see 12]}.", &[Nest::Quote]);
        let spots: Vec<_> = lay(&article, BlockId(0), 24).hits().collect();
        assert_eq!(spots, [marker(0, 0, 12, 3, 10), marker(1, 0, 15, 3, 13), marker(2, 1, 9, 8, 28)]);
    }

    #[test]
    fn a_stressed_marker_is_one_spot() {
        let article = sample::article(|b| {
            let mut draft = sample::draft("So{[see 12]}.");
            draft.mark_range(4..7, crate::article::Mark::Emphasis);
            b.block(Kind::Paragraph, draft, vec![]);
        });
        assert_eq!(lay(&article, BlockId(0), 24).hits().collect::<Vec<_>>(), [marker(0, 0, 2, 8, 2)]);
    }

    #[test]
    fn cells_and_bytes_lead_to_one_another() {
        let article = paragraph("漢字 e\u{301}x\nבא c", &[Nest::Definition]);
        let text = article.blocks[0].text.as_str();
        let rows = lay(&article, BlockId(0), 24);
        let cases = [(0, 0, 4), (3, 0, 6), (7, 0, 9), (10, 0, 10), (12, 1, 5), (14, 1, 4), (17, 1, 7)];
        for (byte, row, column) in cases {
            assert_eq!((rows.row_of(byte), rows.column_of(text, row, byte)), (row, column), "byte {byte}");
            assert_eq!(rows.byte_at(text, row, column), Some(byte), "column {column}");
        }
        assert_eq!(rows.byte_at(text, 0, 5), Some(0), "the second cell of a wide character");
        assert_eq!([0, 5, 30].map(|column| rows.byte_near(text, 0, column)), [Some(0), Some(0), Some(10)]);
        assert_eq!(
            (rows.byte_near(text, 7, 0), rows.shown_on(1), rows.shown_on(7)),
            (None, Some(12..18), None)
        );
        assert!(rows.shows(0, 10) && !rows.shows(0, 11));
        assert_eq!(
            (rows.byte_at(text, 0, 2), rows.byte_at(text, 0, 11), rows.byte_at(text, 7, 0)),
            (None, None, None)
        );
        assert_eq!((rows.column_of(text, 0, 11), rows.column_of(text, 7, 0)), (11, 4));
    }

    #[test]
    fn a_byte_of_a_cell_is_on_the_row_that_shows_it() {
        let (draft, cells) = sample::cells(&[&["a", "one two three four five six"], &["b", "last"]]);
        let table = Table { cells, columns: vec![Align::Auto; 2], header_rows: 0, ..Table::default() };
        let article = sample::article(|b| b.block(Kind::Table(Box::new(table)), draft, vec![]));
        let rows = lay(&article, BlockId(0), 14);
        let text = article.blocks[0].text.as_str();
        let row_of = |word: &str| text.find(word).map(|at| rows.row_of(at as u32));
        assert_eq!(["a", "one", "three", "five", "b", "last"].map(row_of), [1, 1, 2, 3, 4, 4].map(Some));
        assert_eq!((0..=5).map(|r| rows.first_byte(r)).collect::<Vec<_>>(), [0, 0, 10, 21, 30, 36]);
    }

    #[test]
    fn without_text_the_last_row_is_meant() {
        let article = sample::article(|b| {
            b.block(Kind::Paragraph, Draft::of("x"), vec![Nest::Quote]);
            b.block(Kind::Rule, Draft::default(), vec![Nest::Quote]);
        });
        let rows = lay(&article, BlockId(1), 24);
        assert_eq!((rows.gap, rows.rows.len(), rows.row_of(0)), (0, 2, 1));
    }
}
