//! At which side of a block its margin stands: where its text begins.

use crate::article::{Article, Block, BlockId, Kind};

use super::bidi;
use super::gap::shared;

/// How many blocks are looked back at for the first one of a quotation or item.
const BACK: usize = 64;

/// For each thing that a block stands in, the outermost first: true where it begins at the right, by its first block.
pub fn sides(article: &Article, id: BlockId) -> Vec<bool> {
    let block = article.block(id);
    let mut first = vec![id; block.nest.len()];
    let (mut at, mut open) = (id, block.nest.len());
    for _ in 0..BACK {
        let Some(before) = at.0.checked_sub(1).map(BlockId).filter(|_| open > 0) else { break };
        open = open.min(shared(article.block(before), article.block(at)));
        first[..open].fill(before);
        at = before;
    }
    let own = runs_rtl(block);
    first.into_iter().map(|id| runs_rtl(article.block(id)).or(own).unwrap_or(false)).collect()
}

/// True for a block that runs right to left, by its first strong character (UAX #9, rules P2 and P3); `None` for one
/// that has none, or runs left to right in any case.
pub fn runs_rtl(block: &Block) -> Option<bool> {
    match block.kind {
        Kind::Code(_) | Kind::Math | Kind::Rule => None,
        _ => bidi::runs_rtl(block.text.as_str()),
    }
}
