//! The window on the text: a place at the top, and the rows that follow from it.
//!
//! Nothing is counted over the whole article: rows are laid out from the top downwards, or from a place upwards,
//! as far as the screen reaches. So opening, resizing and jumping cost the same at any length.

use std::rc::Rc;

use crate::article::{Article, BlockId, Place};
use crate::layout::{Layout, Rows};

/// What stands at the top of the screen: the row of `place`, under `lead` rows without text of their own
/// (space above a block, a rule, a frame); or, where `lead` is negative, such a row below it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Top {
    /// The first text on the screen.
    pub place: Place,
    /// Rows above it that belong to the same block.
    pub lead: i16,
}

impl From<Place> for Top {
    fn from(place: Place) -> Self {
        Self { place, lead: 0 }
    }
}

/// A row on the screen.
#[derive(Clone, Debug)]
pub struct Line {
    /// The block it belongs to.
    pub block: BlockId,
    /// Which of the block's rows; `None` for the space above the block.
    pub row: Option<usize>,
    /// The rows of the block.
    pub rows: Rc<Rows>,
}

/// The rows of the article at one width, walked from a place.
pub struct Walk<'a> {
    /// What is walked.
    pub article: &'a Article,
    /// Lays blocks out, and remembers them.
    pub layout: &'a mut Layout,
}

/// A row of the article: a block, and an index that counts the space above it first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct At {
    block: u32,
    index: usize,
}

impl Walk<'_> {
    /// The rows of a block.
    pub(super) fn rows(&mut self, block: u32) -> Rc<Rows> {
        self.layout.rows(self.article, BlockId(block))
    }

    fn height(&mut self, block: u32) -> usize {
        let rows = self.rows(block);
        rows.gap as usize + rows.rows.len()
    }

    fn find(&mut self, top: Top) -> At {
        let place = self.article.clamp(top.place);
        let rows = self.rows(place.block.0);
        let row = rows.gap as usize + rows.row_of(place.byte);
        let last = (rows.gap as usize + rows.rows.len()).saturating_sub(1);
        At { block: place.block.0, index: row.saturating_add_signed(-isize::from(top.lead)).min(last) }
    }

    /// The top for a row: the first byte at or below it in its block, or else the last one above it.
    fn name(&mut self, at: At) -> Top {
        let rows = self.rows(at.block);
        let gap = rows.gap as usize;
        let first = at.index.max(gap) - gap;
        let shows = |r: &usize| rows.rows.get(*r).is_some_and(|r| !r.bytes.is_empty());
        let row = (first..rows.rows.len()).find(shows).or_else(|| (0..first).rev().find(shows)).unwrap_or(0);
        let byte = rows.rows.get(row).map_or(0, |r| r.bytes.start);
        let row = gap + rows.row_of(byte);
        Top { place: Place { block: BlockId(at.block), byte }, lead: (row as i64 - at.index as i64) as i16 }
    }

    fn down(&mut self, mut at: At, mut by: usize) -> At {
        loop {
            let height = self.height(at.block);
            if at.index + by < height {
                return At { index: at.index + by, ..at };
            }
            if at.block + 1 >= self.article.len() {
                return At { index: height.saturating_sub(1), ..at };
            }
            by -= height - at.index;
            at = At { block: at.block + 1, index: 0 };
        }
    }

    fn up(&mut self, mut at: At, mut by: usize) -> At {
        loop {
            if by <= at.index {
                return At { index: at.index - by, ..at };
            }
            if at.block == 0 {
                return At { block: 0, index: 0 };
            }
            by -= at.index + 1;
            let above = at.block - 1;
            at = At { block: above, index: self.height(above).saturating_sub(1) };
        }
    }

    /// The last row that can be at the top of a screen of this height.
    fn last_top(&mut self, height: u16) -> At {
        let last = self.article.len().saturating_sub(1);
        let bottom = At { block: last, index: self.height(last).saturating_sub(1) };
        self.up(bottom, height.saturating_sub(1) as usize)
    }

    /// The top after moving by this many rows, downwards if positive, never past either end.
    pub fn scroll(&mut self, top: Top, by: i64, height: u16) -> Top {
        if self.article.is_empty() {
            return top;
        }
        let at = self.find(top);
        let moved = if by < 0 {
            self.up(at, by.unsigned_abs() as usize)
        } else {
            let moved = self.down(at, by as usize);
            let last = self.last_top(height);
            // What is already shown past the last top (after a jump) is not taken back.
            if (moved.block, moved.index) > (last.block, last.index) {
                if (at.block, at.index) > (last.block, last.index) { at } else { last }
            } else {
                moved
            }
        };
        if moved == at { top } else { self.name(moved) }
    }

    /// The top from which a screen of this height ends with the article.
    pub fn end(&mut self, height: u16) -> Top {
        if self.article.is_empty() {
            return Top::default();
        }
        let at = self.last_top(height);
        self.name(at)
    }

    /// The top with the row of `place` this many rows below it.
    pub fn put(&mut self, place: Place, below: u16, height: u16) -> Top {
        if self.article.is_empty() {
            return Top::from(place);
        }
        let row = self.find(Top::from(place));
        let wanted = self.up(row, below as usize);
        let last = self.last_top(height);
        let at = if (wanted.block, wanted.index) > (last.block, last.index) { last } else { wanted };
        self.name(at)
    }

    /// The rows from `top` on, as many as fit.
    pub fn lines(&mut self, top: Top, height: u16) -> Vec<Line> {
        let mut lines = Vec::with_capacity(height as usize);
        if self.article.is_empty() {
            return lines;
        }
        let At { mut block, mut index } = self.find(top);
        while lines.len() < height as usize && block < self.article.len() {
            let rows = self.rows(block);
            let gap = rows.gap as usize;
            while index < gap + rows.rows.len() && lines.len() < height as usize {
                lines.push(Line { block: BlockId(block), row: index.checked_sub(gap), rows: rows.clone() });
                index += 1;
            }
            block += 1;
            index = 0;
        }
        lines
    }
}
