//! How many paragraphs, lists, tables and so on an article has.

use serde::Serialize;

use crate::article::{Article, Block, InlineKind, Kind, Nest};
use crate::export::nest;

/// What is counted, in the body and in notes.
#[derive(Debug, Default, Serialize)]
pub struct Counts {
    /// Blocks of running text, in lists and quotes too. One that had to be split is one.
    paragraphs: usize,
    /// Lists, each list in a list for itself; definition lists are not among them.
    lists: usize,
    tables: usize,
    figures: usize,
    /// In the line and on lines of their own.
    formulas: usize,
    code_blocks: usize,
    /// Block quotes, each quote in a quote for itself.
    quotes: usize,
    links: usize,
}

/// Counts.
pub fn counts(article: &Article) -> Counts {
    let mut counts = Counts::default();
    let mut before: Option<&Block> = None;
    for block in article.blocks.iter().filter(|b| !matches!(b.kind, Kind::Entry(_))) {
        counts.inlines(block);
        if block.continued {
            continue;
        }
        counts.kind(block);
        counts.nest(before, block);
        before = Some(block);
    }
    counts
}

impl Counts {
    fn kind(&mut self, block: &Block) {
        match block.kind {
            Kind::Paragraph => self.paragraphs += usize::from(!block.text.is_empty()),
            Kind::Table(_) => self.tables += 1,
            Kind::Figure(_) => self.figures += 1,
            Kind::Code(_) => self.code_blocks += 1,
            _ => {}
        }
    }

    fn inlines(&mut self, block: &Block) {
        for inline in block.text.inlines() {
            match inline.kind {
                InlineKind::Math(_) => self.formulas += 1,
                InlineKind::Link(_) => self.links += 1,
                _ => {}
            }
        }
    }

    fn nest(&mut self, before: Option<&Block>, block: &Block) {
        let shared = before.map_or(0, |b| nest::shared(b, block));
        for depth in shared..block.nest.len() {
            self.quotes += usize::from(block.nest[depth] == Nest::Quote);
            self.lists += usize::from(nest::begins_list(before, block, shared, depth));
        }
    }
}
