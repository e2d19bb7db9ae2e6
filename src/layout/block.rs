//! One block and a width become rows.

use std::ops::Range;

use crate::article::{Article, Block, BlockId, Kind, Nest};

use super::flow::{Flow, Setting};
use super::gap::gap;
use super::nest::Margin;
use super::row::{Face, Role, Row, Rows, Run};
use super::runs::runs;
use super::wrap::lines;
use super::{caption, display, figure, table};

/// Rows are never narrower than this, and never wider than that.
const WIDTHS: Range<u16> = 4..1 << 14;

/// Lays one block out. Pure. `width` in cells; below 4 it is taken for 4.
pub fn lay(article: &Article, block: BlockId, width: u16) -> Rows {
    let width = width.clamp(WIDTHS.start, WIDTHS.end);
    within(article, block, article.block(block), Margin::of(article, block, width), width)
}

/// As [`lay`], with another text of the block in place of its own: less of it is shown.
pub fn lay_instead(article: &Article, id: BlockId, block: &Block, width: u16) -> Rows {
    let width = width.clamp(WIDTHS.start, WIDTHS.end);
    within(article, id, block, Margin::of(article, id, width), width)
}

/// As [`lay`], without the label of the note or reference that the block is the text of: for a card, which shows the
/// label on its border.
pub fn lay_bare(article: &Article, block: BlockId, width: u16) -> Rows {
    let width = width.clamp(WIDTHS.start, WIDTHS.end);
    within(article, block, article.block(block), Margin::bare(article, block, width), width)
}

/// As [`lay`], without anything that the block stands in: for an entry that is an item of a list in the text.
pub fn lay_alone(article: &Article, block: BlockId, width: u16) -> Rows {
    let width = width.clamp(WIDTHS.start, WIDTHS.end);
    within(article, block, article.block(block), Margin::default(), width)
}

fn within(article: &Article, id: BlockId, block: &Block, mut margin: Margin, width: u16) -> Rows {
    let inner = width - margin.width;
    let mut rows = body(article, block, margin.attribution, inner);
    if rows.iter().any(|row| row.width() > u32::from(inner)) {
        margin.turn_left();
    }
    let before = id.0.checked_sub(1).map(|b| article.block(BlockId(b)));
    let gap = if margin.attribution { 0 } else { gap(before, block) };
    let gap = margin.dress(&mut rows, gap, width);
    let natural = rows.iter().map(Row::width).max().unwrap_or(0);
    let natural = u16::try_from(natural).unwrap_or(u16::MAX);
    let beside = matches!(block.kind, Kind::Table(_) | Kind::Figure(_));
    Rows { gap, rows, natural, fixed: margin.left(), beside }
}

fn body(article: &Article, block: &Block, attribution: bool, width: u16) -> Vec<Row> {
    let text = |role| paragraph(article, block, &[(0, role)], width);
    match &block.kind {
        Kind::Paragraph if attribution => text(Role::Attribution),
        Kind::Paragraph | Kind::Entry(_) if is_quoted(block) => text(Role::Quote),
        Kind::Paragraph | Kind::Entry(_) => text(Role::Text),
        Kind::Byline => text(Role::Byline),
        Kind::Heading(level) => text(Role::Heading(*level)),
        Kind::Term => text(Role::Term),
        Kind::Title => title(text(Role::Title), block.text.len()),
        Kind::Caption => paragraph(article, block, &caption::roles(block.text.as_str(), 0), width),
        Kind::Rule => vec![display::rule(width)],
        Kind::Math => display::formula(article, block, width),
        Kind::Code(language) => display::code(article, block, language, width),
        Kind::Table(table) => table::rows(article, block, table, width),
        Kind::Figure(figure) => figure::rows(article, block, figure, width),
    }
}

/// Quoted text looks so until something of the reader's own stands in between.
fn is_quoted(block: &Block) -> bool {
    let near = block.nest.iter().rev().find(|n| matches!(n, Nest::Quote | Nest::Callout(_)));
    near == Some(&Nest::Quote)
}

fn paragraph(article: &Article, block: &Block, roles: &[(u32, Role)], width: u16) -> Vec<Row> {
    let flow = Flow::new(article, &block.text, &Setting { roles, width, paragraphs: true });
    wrapped(&flow, 0..flow.text.len(), width)
}

/// A range of running text in rows. Text that runs right to left stands at the right.
pub fn wrapped(flow: &Flow<'_>, range: Range<usize>, width: u16) -> Vec<Row> {
    let row = |line: Range<usize>| {
        let mut row = Row { bytes: line.start as u32..line.end as u32, runs: runs(flow, flow.trimmed(line)) };
        if flow.is_rtl() {
            let left = u32::from(width).saturating_sub(row.width()) as u16;
            if left > 0 {
                row.runs.insert(0, Run::blank(left, Face::default()));
            }
        }
        row
    };
    lines(flow, range, width).into_iter().map(row).collect()
}

/// The title stands over a rule that is as long as its longest row.
fn title(mut rows: Vec<Row>, end: u32) -> Vec<Row> {
    let longest = rows.iter().map(Row::width).max().unwrap_or(0);
    let rule = Run::added("━".repeat(longest as usize), Face::of(Role::TitleRule));
    rows.push(Row { bytes: end..end, runs: vec![rule] });
    rows
}
