//! Headings that skip a level.

use super::document::Document;
use super::finding::{Finding, Kind, Spot};
use crate::article::{self, BlockId, Place, Thing};

/// A heading as its author wrote it.
struct Heading {
    /// In the article: 1 is the top level below the title.
    level: u8,
    source: Option<usize>,
}

/// Headings that are more than one level below the one before. The first one may be of any level: a text may be a
/// chapter of a larger one.
pub fn findings(document: &Document) -> Vec<Finding> {
    let headings: Vec<Heading> = headings(document);
    // Levels in the article lie this much above those in the source, where a title stands over all of them.
    let rise = headings.iter().filter_map(|h| Some(signs(document, h.source?)?.saturating_sub(h.level)));
    let rise = rise.max().unwrap_or(0);
    let pairs = headings.windows(2).filter(|pair| pair[1].level > pair[0].level + 1);
    pairs
        .map(|pair| {
            let (before, level) = (pair[0].level + rise, pair[1].level + rise);
            let what = format!("a heading of level {level} follows one of level {before}");
            Finding::new(Kind::SkippedLevel, Spot::at(pair[1].source), what)
        })
        .collect()
}

/// The title, if a heading gave it, and the headings that the source has.
fn headings(document: &Document) -> Vec<Heading> {
    let article = &document.article;
    let source = |block: BlockId| document.source_of(Thing::Heading, Place::start_of(block)).map(|r| r.start);
    let title = article.blocks.iter().zip((0..).map(BlockId)).find(|(b, _)| b.kind == article::Kind::Title);
    let title = title.and_then(|(_, id)| source(id)).map(|at| Heading { level: 0, source: Some(at) });
    let own = article.sections.iter().filter(|s| !s.added);
    let own = own.map(|s| Heading { level: s.level, source: source(s.heading) });
    title.into_iter().chain(own).collect()
}

/// The number of signs that a heading begins with: its level in the source.
fn signs(document: &Document, at: usize) -> Option<u8> {
    let count = document.text().get(at..)?.bytes().take_while(|b| *b == b'#').count();
    u8::try_from(count).ok().filter(|n| *n > 0)
}
