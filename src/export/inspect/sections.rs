//! The outline of an article as data, and how many words it has.

use std::ops::Range;

use serde::Serialize;

use crate::article::{Article, BlockId, InlineKind, Kind, Nest, Text};
use crate::export::{Anchors, words};

/// A section; they lie flat, in reading order.
#[derive(Debug, Serialize)]
pub struct SectionOut<'a> {
    /// 1 is the top level below the title.
    level: u8,
    title: &'a str,
    /// The name that links lead to; empty for none.
    id: String,
    /// Words up to the next heading of any level, its own heading left out.
    words: usize,
}

/// The sections of the article's own, by the indices that programs see.
#[derive(Debug)]
pub struct Listed {
    /// For each section of the article, its index in the list.
    indices: Vec<Option<usize>>,
}

impl Listed {
    /// The sections of this article.
    pub fn of(article: &Article) -> Self {
        let mut next = 0;
        let index = |added: bool| {
            let index = (!added).then_some(next);
            next += usize::from(!added);
            index
        };
        Self { indices: article.sections.iter().map(|s| s.added).map(index).collect() }
    }

    /// The listed section that a block is in.
    pub fn section_of(&self, article: &Article, block: BlockId) -> Option<usize> {
        self.indices.get(article.section_of(block)?).copied().flatten()
    }
}

/// The sections that the author made.
pub fn sections(article: &Article) -> Vec<SectionOut<'_>> {
    let anchors = Anchors::of(article);
    let own = article.sections.iter().enumerate().filter(|(_, section)| !section.added);
    own.map(|(at, section)| {
        let blocks = article.section_blocks(at);
        let title = article.section_title(at);
        SectionOut {
            level: section.level,
            title,
            id: anchors.section_id(section.heading, title).to_owned(),
            words: words(article, blocks.start + 1..blocks.end),
        }
    })
    .collect()
}

/// The words of the author's text in these blocks.
pub fn words(article: &Article, blocks: Range<u32>) -> usize {
    let range = blocks.start as usize..(blocks.end as usize).min(article.blocks.len());
    let own = article.blocks.get(range).unwrap_or_default().iter().filter(|block| {
        !matches!(block.kind, Kind::Title | Kind::Byline | Kind::Entry(_) | Kind::Heading(_))
            && !matches!(block.nest.first(), Some(Nest::Note { .. }))
    });
    own.map(|block| words_of(&block.text)).sum()
}

/// The words of a text, the labels of its markers left out.
fn words_of(text: &Text) -> usize {
    let labels = text.inlines().iter().filter(|i| matches!(i.kind, InlineKind::Marker(_)));
    let count = |from: u32, to: u32| text.as_str().get(from as usize..to as usize).map_or(0, words::count);
    let (mut sum, mut from) = (0, 0);
    for label in labels {
        sum += count(from, label.start);
        from = from.max(label.end);
    }
    sum + count(from, text.len())
}
