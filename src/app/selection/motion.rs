//! How the cursor of a selection moves: the actions that move through the text, at a finer grain.

use super::spans::{self, Spans};
use crate::app::App;
use crate::app::action::Action;
use crate::app::viewport::Walk;
use crate::article::{Article, BlockId, Place};
use unicode_segmentation::UnicodeSegmentation;

/// The most rows that one key moves the cursor by.
const MOST_ROWS: i64 = 10_000;

impl App {
    /// Moves the cursor as an action says; false for an action that moves nothing.
    pub(super) fn move_cursor(&mut self, action: Action, times: i64) -> bool {
        let Some(selection) = self.selection else { return false };
        let page = self.page();
        let rows = match action {
            Action::LineDown => Some(times),
            Action::LineUp => Some(-times),
            Action::PageDown => Some(times * page),
            Action::PageUp => Some(-times * page),
            Action::HalfPageDown => Some(times * page / 2),
            Action::HalfPageUp => Some(-times * page / 2),
            _ => None,
        };
        if let Some(by) = rows {
            self.move_cursor_by_rows(by);
            return true;
        }
        let mut cursor = selection.cursor;
        for _ in 0..times {
            match self.moved(cursor, action) {
                Some(next) if next != cursor => cursor = next,
                Some(_) => break,
                None => return false,
            }
        }
        self.put_cursor(cursor);
        let jumps = matches!(
            action,
            Action::Top
                | Action::End
                | Action::NextSection
                | Action::PreviousSection
                | Action::NextHit
                | Action::PreviousHit
        );
        if jumps {
            self.show(cursor);
        }
        self.reveal_cursor();
        true
    }

    /// Where an action leads from a place; `None` for one that leads nowhere in the text.
    fn moved(&mut self, from: Place, action: Action) -> Option<Place> {
        let article = &self.article;
        let unit = |spans: Spans, onward: bool| Some(unit(article, from, spans, onward));
        match action {
            Action::PanRight => Some(self.walk().character(from, true)),
            Action::PanLeft => Some(self.walk().character(from, false)),
            Action::NextWord => unit(spans::words, true),
            Action::PreviousWord => unit(spans::words, false),
            Action::NextSentence => unit(spans::sentences, true),
            Action::PreviousSentence => unit(spans::sentences, false),
            Action::NextParagraph => unit(spans::whole, true),
            Action::PreviousParagraph => unit(spans::whole, false),
            Action::NextSection => Some(section(article, from, true)),
            Action::PreviousSection => Some(section(article, from, false)),
            Action::NextMarker => Some(marker(article, from, true)),
            Action::PreviousMarker => Some(marker(article, from, false)),
            Action::NextHit | Action::PreviousHit => {
                self.step_search(if action == Action::NextHit { 1 } else { -1 });
                Some(self.hit_at.unwrap_or(from))
            }
            Action::RowStart => Some(self.walk().end_of_row(from, false)),
            Action::RowEnd => Some(self.walk().end_of_row(from, true)),
            Action::Top => Some(self.walk().seen_from(Place::default())),
            Action::End => Some(last_before(article, article.len()).unwrap_or(from)),
            _ => None,
        }
    }

    /// To the beginning of the row, as a key that is also a digit.
    pub(in crate::app) fn move_cursor_to_row_start(&mut self) {
        self.move_cursor(Action::RowStart, 1);
    }

    /// Brings the cursor to the hit that the search has come to.
    pub(in crate::app) fn extend_to_hit(&mut self) {
        if let (Some(_), Some(place)) = (self.selection, self.hit_at) {
            self.put_cursor(place);
        }
    }

    fn put_cursor(&mut self, to: Place) {
        let to = snapped(&self.article, to);
        if let Some(selection) = &mut self.selection {
            (selection.cursor, selection.column) = (to, None);
        }
    }

    fn move_cursor_by_rows(&mut self, by: i64) {
        let Some(mut selection) = self.selection else { return };
        let mut walk = self.walk();
        let column = selection.column.unwrap_or_else(|| walk.column(selection.cursor));
        for _ in 0..by.abs().min(MOST_ROWS) {
            match walk.beside(selection.cursor, column, by > 0) {
                Some(next) => selection.cursor = next,
                None => break,
            }
        }
        selection.column = Some(column);
        self.selection = Some(selection);
        self.reveal_cursor();
    }

    /// Scrolls as little as shows the cursor.
    pub(super) fn reveal_cursor(&mut self) {
        let Some(cursor) = self.selection.map(|s| s.cursor) else { return };
        let height = self.view.geometry.body.height;
        self.settle();
        if !self.shows(cursor) {
            (self.awaited, self.sought, self.reading) = (None, None, false);
            let above = self.view.first_place().is_some_and(|first| cursor < first);
            let below = if above { 0 } else { height.saturating_sub(1) };
            self.top = self.walk().put(cursor, below, height);
        }
        let width = self.view.geometry.body.width;
        let mut walk = self.walk();
        let (rows, column) = (walk.rows(cursor.block.0), walk.column(cursor));
        if rows.natural > width && column >= rows.fixed {
            // A sign at either edge of what pans may lie over a cell.
            let most = (column - rows.fixed).saturating_sub(1);
            let least = (column + 3).saturating_sub(width);
            self.pan = self.pan.max(least.min(most)).min(most);
        }
    }
}

/// The place of the grapheme cluster that holds a byte.
fn snapped(article: &Article, place: Place) -> Place {
    let text = article.block(place.block).text.as_str();
    let before = text.grapheme_indices(true).map(|(at, _)| at as u32).take_while(|at| *at <= place.byte);
    Place { byte: before.last().unwrap_or(0), ..place }
}

/// The first byte of the last grapheme cluster of a text up to a byte.
fn last_cluster(text: &str, end: usize) -> u32 {
    text[..end].grapheme_indices(true).next_back().map_or(0, |(at, _)| at as u32)
}

/// The end of this piece or of the next one, whichever comes first; or the beginning of this or the one before.
fn unit(article: &Article, from: Place, spans: Spans, onward: bool) -> Place {
    let mut block = from.block;
    loop {
        let text = article.block(block).text.as_str();
        let mut pieces = spans(article, block).into_iter();
        let place = |byte| Place { block, byte };
        let found = if onward {
            pieces.map(|piece| place(last_cluster(text, piece.end))).find(|to| *to > from)
        } else {
            pieces.rfind(|piece| place(piece.start as u32) < from).map(|piece| place(piece.start as u32))
        };
        match (found, onward) {
            (Some(to), _) => return to,
            (None, true) if block.0 + 1 < article.len() => block.0 += 1,
            (None, false) if block.0 > 0 => block.0 -= 1,
            (None, _) => return from,
        }
    }
}

/// The last place of the text ahead of a block.
fn last_before(article: &Article, block: u32) -> Option<Place> {
    (0..block).rev().map(BlockId).find_map(|block| {
        let piece = spans::whole(article, block).pop()?;
        Some(Place { block, byte: last_cluster(article.block(block).text.as_str(), piece.end) })
    })
}

/// The end of this section or of the next one; or the beginning of this or the one before.
fn section(article: &Article, from: Place, onward: bool) -> Place {
    let headings = article.sections.iter().map(|s| s.heading.0);
    if onward {
        let mut ends = headings.filter(|h| *h > from.block.0).chain([article.len()]);
        ends.find_map(|end| last_before(article, end).filter(|to| *to > from)).unwrap_or(from)
    } else {
        let starts = headings.map(|h| Place::start_of(BlockId(h))).take_while(|start| *start < from);
        starts.last().unwrap_or_default()
    }
}

/// The end of the next marker, or the beginning of the one before.
fn marker(article: &Article, from: Place, onward: bool) -> Place {
    let markers = &article.markers;
    let end = |m: &crate::article::Marker| {
        let text = article.block(m.place.block).text.as_str();
        Place { byte: last_cluster(text, (m.place.byte + m.len) as usize), ..m.place }
    };
    let found = if onward {
        let near = markers.partition_point(|m| m.place < from).saturating_sub(1);
        markers[near..].iter().map(end).find(|to| *to > from)
    } else {
        let before = markers.partition_point(|m| m.place < from).checked_sub(1);
        before.map(|at| markers[at].place)
    };
    found.unwrap_or(from)
}

impl Walk<'_> {
    /// This place, or the next one that can be seen.
    pub(super) fn seen_from(&mut self, place: Place) -> Place {
        let place = snapped(self.article, place);
        if self.shows(place) { place } else { self.character(place, true) }
    }

    fn shows(&mut self, place: Place) -> bool {
        let rows = self.rows(place.block.0);
        rows.shows(rows.row_of(place.byte), place.byte)
    }

    /// The next grapheme cluster that can be seen, or the one before; past an end of the article, the same.
    fn character(&mut self, from: Place, onward: bool) -> Place {
        let mut block = from.block;
        loop {
            let text = self.article.block(block).text.as_str();
            let here = block == from.block;
            let places: Box<dyn Iterator<Item = usize>> = match (onward, here) {
                (true, true) => {
                    let start = (from.byte as usize).min(text.len());
                    Box::new(text[start..].grapheme_indices(true).skip(1).map(move |(at, _)| start + at))
                }
                (true, false) => Box::new(text.grapheme_indices(true).map(|(at, _)| at)),
                (false, _) => {
                    let end = if here { (from.byte as usize).min(text.len()) } else { text.len() };
                    Box::new(text[..end].grapheme_indices(true).rev().map(|(at, _)| at))
                }
            };
            let found = places.map(|at| Place { block, byte: at as u32 }).find(|place| self.shows(*place));
            match (found, onward) {
                (Some(place), _) => return place,
                (None, true) if block.0 + 1 < self.article.len() => block.0 += 1,
                (None, false) if block.0 > 0 => block.0 -= 1,
                (None, _) => return from,
            }
        }
    }

    fn column(&mut self, place: Place) -> u16 {
        let rows = self.rows(place.block.0);
        let text = self.article.block(place.block).text.as_str();
        rows.column_of(text, rows.row_of(place.byte), place.byte)
    }

    /// The place nearest to a column on the next row that has text, or on the one before.
    fn beside(&mut self, from: Place, column: u16, onward: bool) -> Option<Place> {
        let mut block = from.block;
        let mut rows = self.rows(block.0);
        let mut row = Some(rows.row_of(from.byte));
        loop {
            row = if onward { row.map(|r| r + 1) } else { row.and_then(|r| r.checked_sub(1)) };
            if row.is_none_or(|r| r >= rows.rows.len()) {
                let next = if onward { Some(block.0 + 1) } else { block.0.checked_sub(1) };
                block = next.filter(|b| *b < self.article.len()).map(BlockId)?;
                rows = self.rows(block.0);
                row = Some(if onward { 0 } else { rows.rows.len().saturating_sub(1) });
            }
            let text = self.article.block(block).text.as_str();
            if let Some(byte) = row.and_then(|row| rows.byte_near(text, row, column)) {
                return Some(Place { block, byte });
            }
        }
    }

    fn end_of_row(&mut self, from: Place, last: bool) -> Place {
        let rows = self.rows(from.block.0);
        let text = self.article.block(from.block).text.as_str();
        let shown = rows.shown_on(rows.row_of(from.byte));
        let byte = |shown: std::ops::Range<u32>| {
            if last { last_cluster(text, shown.end as usize) } else { shown.start }
        };
        Place { byte: shown.map_or(from.byte, byte), ..from }
    }
}
