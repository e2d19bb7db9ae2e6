//! What a block is in a quotation, whole or cut.

use std::ops::Range;

use crate::article::{Block, Kind, Nest, Table};

/// What a block is in a quotation, when these bytes of it are quoted.
pub fn kind(block: &Block, bytes: Range<u32>) -> Kind {
    let whole = bytes == (0..block.text.len());
    match &block.kind {
        Kind::Table(table) => cut_table(table, bytes),
        Kind::Math if !whole => Kind::Paragraph,
        _ => whole_kind(block),
    }
}

/// What a block is outside its article: what has a meaning only there is a paragraph.
pub fn whole_kind(block: &Block) -> Kind {
    match &block.kind {
        Kind::Title => Kind::Heading(1),
        Kind::Byline | Kind::Entry(_) | Kind::Caption | Kind::Figure(_) => Kind::Paragraph,
        kind => kind.clone(),
    }
}

/// The rows of a table that these bytes touch; a paragraph where they touch one cell.
fn cut_table(table: &Table, bytes: Range<u32>) -> Kind {
    let columns = table.columns.len().max(1);
    let touched = |cell: &&Range<u32>| cell.start < bytes.end && bytes.start < cell.end;
    let rows: Vec<(usize, &[Range<u32>])> =
        table.cells.chunks(columns).enumerate().filter(|(_, row)| row.iter().any(|c| touched(&c))).collect();
    if table.cells.iter().filter(touched).count() < 2 {
        return Kind::Paragraph;
    }
    let place = |byte: u32| byte.clamp(bytes.start, bytes.end) - bytes.start;
    let cells = rows.iter().flat_map(|(_, row)| row.iter()).map(|c| place(c.start)..place(c.end)).collect();
    let header_rows = rows.iter().filter(|(at, _)| *at < table.header_rows as usize).count() as u32;
    Kind::Table(Box::new(Table { cells, columns: table.columns.clone(), header_rows, ..Table::default() }))
}

/// What a block stands in, all of it in a quotation. A definition without its term is a paragraph.
pub fn nest(block: &Block, defined: bool) -> Vec<Nest> {
    let kept = block.nest.iter().filter(|level| match level {
        Nest::Note { .. } => false,
        Nest::Definition => defined,
        _ => true,
    });
    std::iter::once(Nest::Quote).chain(kept.cloned()).collect()
}
