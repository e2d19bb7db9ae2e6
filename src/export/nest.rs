//! What a block has in common with the one before it: which quotes, items and notes go on, and which lists.

use crate::article::{Block, Item, Nest};

/// How many of the things that a block stands in, the outermost first, it shares with the block before it.
pub fn shared(before: &Block, block: &Block) -> usize {
    let goes_on = |(a, b): &(&Nest, &Nest)| match (a, b) {
        (Nest::Item(_), Nest::Item(item)) => !item.first,
        (Nest::Note { label: a, .. }, Nest::Note { label: b, first }) => !first && a == b,
        (a, b) => a == b,
    };
    before.nest.iter().zip(&block.nest).take_while(goes_on).count()
}

/// True when one item follows the other in the same list: same kind of list, and the next number.
pub fn same_list(before: &Item, item: &Item) -> bool {
    let follows = match (before.number, item.number) {
        (None, None) => true,
        (Some(a), Some(b)) => a.checked_add(1) == Some(b),
        _ => false,
    };
    follows && before.tight == item.tight && before.width == item.width
}

/// True when the thing at this depth of a block begins a list: it is an item, and the block before it was in no item
/// of that list. `shared` is what both blocks have in common.
pub fn begins_list(before: Option<&Block>, block: &Block, shared: usize, depth: usize) -> bool {
    let Some(Nest::Item(item)) = block.nest.get(depth) else { return false };
    let sibling = before.and_then(|b| b.nest.get(depth)).filter(|_| depth == shared);
    depth >= shared && !matches!(sibling, Some(Nest::Item(before)) if same_list(before, item))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(number: Option<u64>, first: bool) -> Nest {
        Nest::Item(Item { number, task: None, first, tight: true, width: 2 })
    }

    fn block(nest: &[Nest]) -> Block {
        Block { nest: nest.into(), ..Block::default() }
    }

    #[test]
    fn lists_begin_where_items_do_not_follow() {
        let bullet = || item(None, true);
        let cases = [
            (vec![], vec![bullet()], vec![true]),
            (vec![bullet()], vec![bullet()], vec![false]),
            (vec![bullet()], vec![item(None, false), bullet()], vec![false, true]),
            (vec![item(None, false), bullet()], vec![bullet()], vec![false]),
            (vec![item(Some(1), true)], vec![item(Some(2), true)], vec![false]),
            (vec![item(Some(2), true)], vec![item(Some(1), true)], vec![true]),
            (vec![bullet()], vec![Nest::Quote, bullet()], vec![false, true]),
        ];
        for (before, nest, expected) in cases {
            let (before, block) = (block(&before), block(&nest));
            let shared = shared(&before, &block);
            let begins = |depth| begins_list(Some(&before), &block, shared, depth);
            let found: Vec<bool> = (0..nest.len()).map(begins).collect();
            assert_eq!(found, expected, "{:?} {:?}", before.nest, block.nest);
        }
    }
}
