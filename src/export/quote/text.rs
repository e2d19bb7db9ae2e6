//! A passage as plain text: the bytes between its ends.

use std::ops::Range;

use super::passage::{self, Style};
use crate::article::{Article, Block, BlockId, Kind, Nest, Place};
use crate::cite::Form;
use crate::export::references;

/// What each block gives to a passage.
pub fn pieces<'a>(
    article: &'a Article,
    range: &Range<Place>,
) -> impl Iterator<Item = (BlockId, &'a str)> + use<'a> {
    let Range { start, end } = range.clone();
    let last = end.block.0.min(article.len().saturating_sub(1));
    (start.block.0..last + 1).map(BlockId).map(move |id| {
        let text = article.block(id).text.as_str();
        let from = if id == start.block { (start.byte as usize).min(text.len()) } else { 0 };
        let to = if id == end.block { (end.byte as usize).min(text.len()) } else { text.len() };
        (id, text.get(from..to).unwrap_or(""))
    })
}

/// The words of a passage, its blocks parted by blank lines, the items of a tight list by line breaks.
pub fn text(article: &Article, range: &Range<Place>) -> String {
    let mut out = String::new();
    for (id, words) in pieces(article, range).filter(|(_, words)| !words.is_empty()) {
        let block = article.block(id);
        if !out.is_empty() && !block.continued {
            let before = id.0.checked_sub(1).map(|before| article.block(BlockId(before)));
            out.push_str(if before.is_some_and(|before| is_tight(before, block)) { "\n" } else { "\n\n" });
        }
        out.push_str(words);
    }
    out
}

/// The words, and below them in full the references and notes that their markers lead to.
pub fn with_references(article: &Article, range: &Range<Place>) -> String {
    let mut out = text(article, range);
    let quoted = passage::quoted(article, range, Style::Keyed);
    for note in quoted.notes.iter().filter(|note| !note.blocks.is_empty()) {
        let blocks = note.blocks.clone().map(|id| quoted.block(BlockId(id)).text.as_str());
        let words: Vec<&str> = blocks.collect();
        out.push_str(&format!("\n\n[{}] {}", note.label, words.join("\n\n")));
    }
    let works: Vec<_> = quoted.references.iter().collect();
    if !works.is_empty() {
        out.push_str("\n\n");
        out.push_str(&references(&quoted, Form::Text, &works));
    }
    out
}

fn is_tight(before: &Block, block: &Block) -> bool {
    let tight = |block: &Block| matches!(block.nest.last(), Some(Nest::Item(item)) if item.tight);
    let listed = |block: &Block| matches!(block.kind, Kind::Entry(_));
    (tight(block) && (tight(before) || !before.nest.is_empty())) || (listed(before) && listed(block))
}
