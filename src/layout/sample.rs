//! For tests: small articles, and rows as text.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::{Row, Run, lay};
use crate::article::{Article, BlockId, Builder, Draft, DraftCite, DraftMarker, Item, Label, Mark, Nest, To};

/// An article made by these calls.
pub fn article(build: impl FnOnce(&mut Builder)) -> Article {
    let mut builder = Builder::new("test");
    build(&mut builder);
    let mut article = Article::default();
    article.append(builder.finish());
    article
}

/// A draft in which `{…}` is a marker that shows what stands in the braces.
pub fn draft(marked: &str) -> Draft {
    let mut draft = Draft::default();
    for (at, part) in marked.split(['{', '}']).enumerate() {
        let marker = DraftMarker {
            label: Label::Shown,
            group: None,
            cites: vec![DraftCite::new(To::Reference("a".into()))],
        };
        if at % 2 == 1 {
            draft.push_marked(part, Mark::Marker(marker));
        } else {
            draft.push(part);
        }
    }
    draft
}

/// What a row shows.
pub fn row(text: &str, row: &Row) -> String {
    row.runs.iter().map(|run| shown(text, run)).collect::<String>()
}

fn shown(text: &str, run: &Run) -> String {
    let shown = run.shown(text);
    if run.reversed { shown.graphemes(true).rev().collect() } else { shown.to_owned() }
}

/// What a block shows at a width: its gap as empty lines, then its rows, without the blanks at their ends.
pub fn block(article: &Article, at: u32, width: u16) -> Vec<String> {
    let rows = lay(article, BlockId(at), width);
    let text = article.block(BlockId(at)).text.as_str();
    let gap = std::iter::repeat_n(String::new(), rows.gap.into());
    gap.chain(rows.rows.iter().map(|r| row(text, r).trim_end().to_owned())).collect()
}

/// What the whole article shows at a width.
pub fn page(article: &Article, width: u16) -> Vec<String> {
    (0..article.len()).flat_map(|at| block(article, at, width)).collect()
}

/// An item of a list.
pub fn item(number: Option<u64>, first: bool, tight: bool) -> Nest {
    let width = if number.is_some() { 3 } else { 1 };
    Nest::Item(Item { number, task: None, first, tight, width })
}

/// The text of a table with these cells, and where they are. A marker stands in braces.
pub fn cells(rows: &[&[&str]]) -> (Draft, Vec<Range<u32>>) {
    let (mut text, mut cells) = (Draft::default(), Vec::new());
    for row in rows {
        for (at, cell) in row.iter().enumerate() {
            let start = text.len() as u32;
            text.append(draft(cell));
            cells.push(start..text.len() as u32);
            text.push(if at + 1 < row.len() { "\t" } else { "\n" });
        }
    }
    (text, cells)
}

/// Compares a page with a drawing, line by line. In the drawing each line begins behind a `|`.
pub fn assert_page(width: u16, build: impl FnOnce(&mut Builder), expected: &str) {
    let drawn: Vec<&str> = expected.lines().map(|l| l.trim_start().trim_start_matches('|')).collect();
    let drawn = &drawn[1..drawn.len() - 1];
    let page = page(&article(build), width);
    assert_eq!(page, drawn, "at {width}:\n{}", page.join("\n"));
}
