//! Blocks that have been laid out at the present width: what is near the reader is laid out once.

use std::collections::HashMap;
use std::rc::Rc;

use crate::article::{Article, BlockId};

use super::block::lay;
use super::row::Rows;
use super::unmarked::lay_unmarked;

/// Blocks that are kept.
const MOST: usize = 512;

/// Lays blocks out when they are first asked for, and keeps those asked for last.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    width: u16,
    /// The text is laid out as if no marker stood in it.
    unmarked: bool,
    /// Counts what has been asked for.
    clock: u64,
    kept: HashMap<BlockId, (Rc<Rows>, u64)>,
}

impl Layout {
    /// A layout for rows of `width` cells.
    pub fn new(width: u16) -> Self {
        Self { width, ..Self::default() }
    }

    /// Cells of a row.
    pub const fn width(&self) -> u16 {
        self.width
    }

    /// Changes the cells of a row.
    pub fn set_width(&mut self, width: u16) {
        if self.width != width {
            self.width = width;
            self.forget();
        }
    }

    /// Lays the text out without its markers, or with them again.
    pub fn set_unmarked(&mut self, unmarked: bool) {
        if self.unmarked != unmarked {
            self.unmarked = unmarked;
            self.forget();
        }
    }

    /// The rows of a block.
    pub fn rows(&mut self, article: &Article, block: BlockId) -> Rc<Rows> {
        self.clock += 1;
        if let Some((rows, asked)) = self.kept.get_mut(&block) {
            *asked = self.clock;
            return Rc::clone(rows);
        }
        if self.kept.len() >= MOST {
            let old = self.clock.saturating_sub(MOST as u64 / 2);
            self.kept.retain(|_, (_, asked)| *asked >= old);
        }
        let lay = if self.unmarked { lay_unmarked } else { lay };
        let rows = Rc::new(lay(article, block, self.width));
        self.kept.insert(block, (Rc::clone(&rows), self.clock));
        rows
    }

    /// Forgets every block: after a part has been appended, for markers may lead somewhere now.
    pub fn forget(&mut self) {
        self.kept.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Draft, Kind};
    use crate::layout::sample;

    #[test]
    fn blocks_asked_for_last_are_kept() {
        let article = sample::article(|b| {
            for n in 0..2000 {
                b.block(Kind::Paragraph, Draft::of(&format!("Paragraph {n}")), vec![]);
            }
        });
        let mut layout = Layout::new(40);
        let first = layout.rows(&article, BlockId(0));
        for n in 0..2000 {
            layout.rows(&article, BlockId(n));
            assert!(Rc::ptr_eq(&first, &layout.rows(&article, BlockId(0))), "{n}");
            assert!(layout.kept.len() <= MOST);
        }
    }

    #[test]
    fn another_width_is_another_layout() {
        let article = sample::article(|b| b.block(Kind::Paragraph, Draft::of(&"word ".repeat(20)), vec![]));
        let mut layout = Layout::new(40);
        let rows = layout.rows(&article, BlockId(0));
        layout.set_width(40);
        assert!(Rc::ptr_eq(&rows, &layout.rows(&article, BlockId(0))));
        layout.set_width(20);
        assert_eq!((layout.width(), layout.rows(&article, BlockId(0)).rows.len()), (20, 5));
    }
}
