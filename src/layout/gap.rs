//! The rhythm of the page: how many blank rows stand between two blocks.

use crate::article::{Block, Item, Kind, Nest};

/// Blank rows between a block and the one before it; `None` for the first block of the article.
pub fn gap(before: Option<&Block>, block: &Block) -> u16 {
    let Some(before) = before else { return 0 };
    let shared = shared(before, block);
    match (&before.kind, &block.kind) {
        _ if block.continued => 0,
        (Kind::Title, Kind::Byline) | (Kind::Table(_), Kind::Caption) | (Kind::Entry(_), Kind::Entry(_)) => 0,
        (Kind::Heading(_) | Kind::Title | Kind::Byline, _) => 1,
        (_, Kind::Heading(_)) if block.nest.is_empty() => 2,
        (Kind::Term, Kind::Term) => 0,
        (Kind::Term, _) if matches!(block.nest.get(shared), Some(Nest::Definition)) => 0,
        _ if in_tight_list(before, block, shared) || in_notes(before, block, shared) => 0,
        _ => 1,
    }
}

/// How many of the things that the block stands in, from the outermost on, are the same that the block before it
/// stands in: the same quote, not another one beside it.
pub fn shared(before: &Block, block: &Block) -> usize {
    before.nest.iter().zip(&block.nest).take_while(|(a, b)| goes_on(a, b)).count()
}

fn goes_on(before: &Nest, nest: &Nest) -> bool {
    match (before, nest) {
        (Nest::Item(_), Nest::Item(item)) => !item.first,
        (Nest::Note { label: a, .. }, Nest::Note { label: b, first }) => !first && a == b,
        (a, b) => a == b,
    }
}

/// True when a tight list holds both: item after item, or one item and what stands in it.
fn in_tight_list(before: &Block, block: &Block, shared: usize) -> bool {
    let around = shared.checked_sub(1).and_then(|outer| item_at(block, outer));
    let in_tight_item = around.is_some_and(|item| item.tight);
    match (item_at(before, shared), item_at(block, shared)) {
        // The next item of the same list, or another list.
        (Some(last), Some(item)) if last.number.is_some() == item.number.is_some() => item.tight,
        // A list inside an item, or after another one in it.
        (_, Some(item)) => in_tight_item && item.tight,
        // Something else inside an item.
        (_, None) => in_tight_item,
    }
}

fn item_at(block: &Block, depth: usize) -> Option<&Item> {
    match block.nest.get(depth) {
        Some(Nest::Item(item)) => Some(item),
        _ => None,
    }
}

/// True for one note after another.
fn in_notes(before: &Block, block: &Block, shared: usize) -> bool {
    let is_note = |block: &Block| matches!(block.nest.get(shared), Some(Nest::Note { .. }));
    is_note(before) && is_note(block)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::RefId;

    fn block(kind: Kind, nest: &[Nest]) -> Block {
        Block { kind, nest: nest.into(), ..Block::default() }
    }

    fn item(first: bool, tight: bool) -> Nest {
        Nest::Item(Item { number: None, task: None, first, tight, width: 1 })
    }

    fn numbered(first: bool) -> Nest {
        Nest::Item(Item { number: Some(1), task: None, first, tight: true, width: 1 })
    }

    fn note(label: &str, first: bool) -> Nest {
        Nest::Note { label: label.into(), first }
    }

    #[test]
    fn the_first_block_has_no_gap() {
        assert_eq!(gap(None, &Block::default()), 0);
    }

    #[test]
    fn what_goes_on_is_not_parted() {
        let block = Block { continued: true, ..Block::default() };
        assert_eq!(gap(Some(&Block::default()), &block), 0);
    }

    #[test]
    fn kinds_keep_their_distance() {
        use Kind::{Byline, Caption, Entry, Heading, Paragraph, Rule, Table, Title};
        let table = || Table(Box::default());
        let cases = [
            (Paragraph, Paragraph, 1),
            (Paragraph, Heading(1), 2),
            (Heading(1), Heading(2), 1),
            (Heading(2), Paragraph, 1),
            (Title, Byline, 0),
            (Title, Heading(1), 1),
            (Byline, Paragraph, 1),
            (Title, Paragraph, 1),
            (Paragraph, table(), 1),
            (table(), Caption, 0),
            (Caption, Paragraph, 1),
            (Paragraph, Rule, 1),
            (Entry(RefId(0)), Entry(RefId(1)), 0),
            (Heading(1), Entry(RefId(0)), 1),
        ];
        for (before, kind, expected) in cases {
            let (before, block) = (block(before, &[]), block(kind, &[]));
            assert_eq!(gap(Some(&before), &block), expected, "{:?} {:?}", before.kind, block.kind);
        }
    }

    #[test]
    fn nests_bring_blocks_together() {
        use Nest::{Definition, Quote};
        let cases: &[(&[Nest], &[Nest], u16)] = &[
            (&[], &[item(true, true)], 1),
            (&[item(true, true)], &[item(true, true)], 0),
            (&[item(true, false)], &[item(true, false)], 1),
            (&[item(true, true)], &[item(false, true)], 0),
            (&[item(true, false)], &[item(false, false)], 1),
            (&[item(true, true)], &[item(false, true), item(true, true)], 0),
            (&[item(true, true)], &[item(false, true), item(true, false)], 1),
            (&[item(false, true), item(true, true)], &[item(true, true)], 0),
            (&[item(true, true)], &[numbered(true)], 1),
            (&[numbered(true)], &[numbered(true)], 0),
            (&[item(false, true), item(true, true)], &[item(false, true)], 0),
            (&[item(true, true)], &[], 1),
            (&[Quote], &[Quote], 1),
            (&[Quote, item(true, true)], &[Quote, item(true, true)], 0),
            (&[Definition], &[Definition], 1),
            (&[note("1", true)], &[note("2", true)], 0),
            (&[note("1", true)], &[note("1", false)], 1),
        ];
        for (before, nest, expected) in cases {
            let (before, block) = (block(Kind::Paragraph, before), block(Kind::Paragraph, nest));
            assert_eq!(gap(Some(&before), &block), *expected, "{:?} {:?}", before.nest, block.nest);
        }
    }

    #[test]
    fn a_definition_follows_its_term() {
        let gap = |before: (Kind, &[Nest]), next: (Kind, &[Nest])| {
            gap(Some(&block(before.0, before.1)), &block(next.0, next.1))
        };
        assert_eq!(gap((Kind::Term, &[]), (Kind::Paragraph, &[Nest::Definition])), 0);
        assert_eq!(gap((Kind::Term, &[]), (Kind::Term, &[])), 0);
        assert_eq!(gap((Kind::Paragraph, &[Nest::Definition]), (Kind::Term, &[])), 1);
        assert_eq!(gap((Kind::Term, &[]), (Kind::Paragraph, &[])), 1);
    }
}
