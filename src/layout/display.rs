//! What stands by itself and keeps its own lines: code, formulas, rules.

use std::ops::Range;

use crate::article::{Article, Block};

use super::cells;
use super::flow::{Flow, Setting};
use super::row::{Face, Role, Row, Run};
use super::runs::runs;
use super::wrap::lines;

/// A line of code or of a formula pans up to this many cells; what goes beyond begins another row.
const LONGEST: u16 = 1 << 13;
/// Columns between the stops of the tabulator.
const TAB: u16 = 4;

/// A thematic break: a short rule in the middle.
pub fn rule(width: u16) -> Row {
    let rule = "─".repeat(usize::from(width.min(8)));
    let run = Run::added(rule, Face::of(Role::Rule));
    Row { bytes: 0..0, runs: indented((width - run.width) / 2, vec![run]) }
}

/// A formula: its lines in the middle, as one block.
pub fn formula(article: &Article, block: &Block, width: u16) -> Vec<Row> {
    let mut rows = own_lines(article, block, Role::Formula);
    let left = u32::from(width).saturating_sub(widest(&rows)) as u16 / 2;
    for row in &mut rows {
        row.runs = indented(left, std::mem::take(&mut row.runs));
    }
    rows
}

/// Code on its ground, which has a column of padding on each side and fills the row. The language stands at the right
/// of the first row where there is room, and else above.
pub fn code(article: &Article, block: &Block, language: &str, width: u16) -> Vec<Row> {
    let mut rows = own_lines(article, block, Role::Code);
    for row in &mut rows {
        row.runs.insert(0, ground(1));
    }
    let right = width - 1;
    if !language.is_empty() && !block.continued && width >= 8 {
        let label = Run::added(cells::cut(language, width - 2), Face::of(Role::CodeLabel));
        let taken = rows.first().map_or(0, Row::width);
        if taken + 2 + u32::from(label.width) > u32::from(right) {
            rows.insert(0, Row::default());
        }
        fill(&mut rows[0], (right - label.width).into());
        rows[0].runs.push(label);
    }
    let end = (widest(&rows) + 1).max(width.into());
    for row in &mut rows {
        fill(row, end);
    }
    rows
}

/// The lines of a text, each a row as wide as it is.
fn own_lines(article: &Article, block: &Block, role: Role) -> Vec<Row> {
    let setting = Setting { roles: &[(0, role)], width: LONGEST, paragraphs: false };
    let flow = Flow::new(article, &block.text, &setting);
    let mut rows = Vec::new();
    let mut start = 0;
    for line in flow.text.split_inclusive('\n') {
        let shown = start..start + line.trim_end_matches('\n').len();
        start += line.len();
        for part in lines(&flow, shown, LONGEST) {
            rows.push(Row { bytes: part.start as u32..part.end as u32, runs: expanded(&flow, part) });
        }
        if let Some(last) = rows.last_mut() {
            last.bytes.end = start as u32;
        }
    }
    if rows.is_empty() {
        rows.push(Row::default());
    }
    rows
}

/// The runs of a line in which tabs reach to the next stop.
fn expanded(flow: &Flow<'_>, line: Range<usize>) -> Vec<Run> {
    let mut out = Vec::new();
    let (mut at, mut column) = (line.start, 0u16);
    for piece in flow.text[line].split_inclusive('\t') {
        let text = at..at + piece.trim_end_matches('\t').len();
        let tab = text.end..at + piece.len();
        out.extend(runs(flow, text.clone()));
        column = column.saturating_add(u16::try_from(flow.width(text)).unwrap_or(u16::MAX));
        if !tab.is_empty() {
            let mut run = runs(flow, tab).pop().unwrap_or_else(|| ground(1));
            // Rule L1: a tab has the direction of the whole, whatever stands beside it.
            run.reversed = false;
            run.width = TAB - column % TAB;
            run.drawn = Some(" ".repeat(run.width.into()).into());
            column = column.saturating_add(run.width);
            out.push(run);
        }
        at += piece.len();
    }
    out
}

fn widest(rows: &[Row]) -> u32 {
    rows.iter().map(Row::width).max().unwrap_or(0)
}

/// Goes on with the ground up to a column.
fn fill(row: &mut Row, column: u32) {
    let blank = column.saturating_sub(row.width()) as u16;
    if blank > 0 {
        row.runs.push(ground(blank));
    }
}

fn ground(width: u16) -> Run {
    Run::blank(width, Face::of(Role::Code))
}

fn indented(left: u16, mut runs: Vec<Run>) -> Vec<Run> {
    if left > 0 {
        runs.insert(0, Run::blank(left, Face::default()));
    }
    runs
}

#[cfg(test)]
mod tests {
    use crate::article::{BlockId, Draft, Kind, Mark, Nest};
    use crate::layout::sample::{article, assert_page, row};
    use crate::layout::{Role, lay};

    #[test]
    fn code_stands_on_its_ground() {
        let article =
            article(|b| b.block(Kind::Code("rust".into()), Draft::of("fn main() {\n\tok();\n\n}"), vec![]));
        let rows = lay(&article, BlockId(0), 24);
        let text = article.blocks[0].text.as_str();
        let drawn: Vec<_> = rows.rows.iter().map(|r| row(text, r)).collect();
        assert_eq!(
            drawn,
            [
                " fn main() {       rust ",
                "     ok();              ",
                "                        ",
                " }                      "
            ]
        );
        assert!(
            rows.rows
                .iter()
                .flat_map(|r| &r.runs)
                .all(|r| matches!(r.face.role, Role::Code | Role::CodeLabel))
        );
        let narrow = lay(&article, BlockId(0), 16);
        let drawn: Vec<_> = narrow.rows.iter().map(|r| row(text, r)).collect();
        assert_eq!(drawn[..2], ["           rust ", " fn main() {    "]);
    }

    #[test]
    fn long_code_pans() {
        let line = "x".repeat(50);
        let article =
            article(|b| b.block(Kind::Code("".into()), Draft::of(&format!("{line}\ny")), vec![Nest::Quote]));
        let rows = lay(&article, BlockId(0), 24);
        assert_eq!((rows.natural, rows.fixed, rows.rows.len()), (54, 2, 2));
        assert!(rows.rows.iter().all(|r| r.width() == 54), "the ground goes on");
    }

    #[test]
    fn formulas_stand_in_the_middle() {
        assert_page(
            24,
            |b| {
                let mut draft = Draft::default();
                draft.push_marked(" n\n ∑ i²\ni=0", Mark::Math("\\sum".into()));
                b.block(Kind::Math, draft, vec![]);
            },
            "
            |          n
            |          ∑ i²
            |         i=0
            ",
        );
    }

    #[test]
    fn a_tab_between_hebrew_words_runs_left_to_right() {
        let article = article(|b| b.block(Kind::Code("".into()), Draft::of("שלום\tשלום"), vec![]));
        let rows = lay(&article, BlockId(0), 24);
        let tab = rows.rows[0].runs.iter().find(|r| r.bytes == (8..9)).map(|r| (r.width, r.reversed));
        assert_eq!(tab, Some((4, false)));
        assert_eq!(rows.column_of(article.blocks[0].text.as_str(), 0, 8), 5);
    }
}
