//! Tables: three horizontal rules, no vertical ones, cells wrapped side by side.

use std::ops::Range;

use crate::article::{Align, Article, Block, Table};

use super::columns::{BETWEEN, Grid};
use super::flow::{Flow, Setting};
use super::row::{Face, Role, Row, Run};
use super::runs::runs;
use super::side;
use super::wrap::lines;

/// From this width on, a column of air stands at each end of a row.
const AIRY: u16 = 30;

/// The rows of a table. Rules hold no bytes; see [`Row::bytes`] for the share of the others.
pub fn rows(article: &Article, block: &Block, table: &Table, width: u16) -> Vec<Row> {
    let head = table.header_rows as usize * table.columns.len();
    let body = table.cells.get(head).map_or(block.text.len(), |c| c.start);
    let roles = [(0, Role::TableHead), (body, Role::TableCell)];
    let roles = if head == 0 { &[(0, Role::TableCell)][..] } else { &roles[..] };
    let rtl = side::runs_rtl(block).unwrap_or(false);
    let flow = Flow::new(article, &block.text, &Setting { roles, width, paragraphs: rtl });
    let grid = Grid { flow: &flow, table };
    let air = u16::from(width >= AIRY);
    let widths = grid.widths(width - 2 * air);
    let aligns = (0..grid.columns()).map(|c| grid.align(c, rtl)).collect();
    let mut starts = vec![0_u16];
    starts.extend(widths.iter().scan(0_u16, |start, width| {
        *start = start.saturating_add(width + BETWEEN);
        Some(*start)
    }));
    let mut rows = Setter { grid, air, aligns, widths, starts, rtl }.rows();
    if rtl {
        push_right(&mut rows, width);
    }
    rows
}

/// A table that runs right to left stands at the right.
fn push_right(rows: &mut [Row], width: u16) {
    let widest = rows.iter().map(Row::width).max().unwrap_or(0);
    let left = u32::from(width).saturating_sub(widest) as u16;
    for row in rows.iter_mut().filter(|_| left > 0) {
        row.runs.insert(0, Run::blank(left, Face::default()));
    }
}

struct Setter<'g, 'a> {
    grid: Grid<'g, 'a>,
    /// Blank cells at each end of a row.
    air: u16,
    widths: Vec<u16>,
    /// Where each column begins when the first stands at the left, and where one more would.
    starts: Vec<u16>,
    aligns: Vec<Align>,
    /// The first column stands at the right.
    rtl: bool,
}

impl Setter<'_, '_> {
    fn rows(&self) -> Vec<Row> {
        let end = self.grid.flow.text.len();
        let mut out = vec![self.rule("━", 0)];
        let mut start = 0;
        for row in 0..self.grid.rows() {
            let next = row + 1;
            let until = if next < self.grid.rows() { self.grid.cell(next, 0).start } else { end };
            let until = until.clamp(start, end);
            self.row(row, start..until, &mut out);
            if next < self.grid.table.header_rows as usize {
                out.extend(self.rule_under(row, until));
            }
            if next == self.grid.table.header_rows as usize && next < self.grid.rows() {
                out.push(self.rule("─", until));
            }
            start = until;
        }
        if self.grid.rows() == 0 {
            out.push(Row { bytes: 0..end as u32, runs: Vec::new() });
        }
        out.push(self.rule("━", end));
        out
    }

    fn rule(&self, line: &str, at: usize) -> Row {
        let between = usize::from(BETWEEN) * (self.widths.len() - 1);
        let cells = self.widths.iter().map(|&w| usize::from(w)).sum::<usize>() + between;
        let rule = Run::added(line.repeat(cells + 2 * usize::from(self.air)), Face::of(Role::Rule));
        Row { bytes: at as u32..at as u32, runs: vec![rule] }
    }

    /// One row of the table: as many rows of the screen as its tallest cell has lines.
    fn row(&self, row: usize, bytes: Range<usize>, out: &mut Vec<Row>) {
        let flow = self.grid.flow;
        let columns = 0..self.widths.len();
        let cells: Vec<_> =
            columns.map(|c| lines(flow, self.grid.cell(row, c), self.across(row, c).1)).collect();
        let Some(tallest) = cells.iter().max_by_key(|lines| lines.len()) else { return };
        let mut start = bytes.start;
        for at in 0..tallest.len() {
            let end = tallest.get(at + 1).map_or(bytes.end, |l| l.start).clamp(start, bytes.end);
            out.push(Row { bytes: start as u32..end as u32, runs: self.side_by_side(row, &cells, at) });
            start = end;
        }
    }

    /// Where a cell begins, and how wide it is with all the columns that it takes.
    fn across(&self, row: usize, column: usize) -> (u16, u16) {
        let taken = column..column + self.grid.span(row, column);
        let before = if self.rtl { taken.end..self.widths.len() } else { 0..column };
        let wide = |columns: Range<usize>| self.starts[columns.end] - self.starts[columns.start];
        (self.air + wide(before), wide(taken).saturating_sub(BETWEEN))
    }

    /// The columns from left to right.
    fn in_order(&self) -> Vec<usize> {
        let columns = 0..self.widths.len();
        if self.rtl { columns.rev().collect() } else { columns.collect() }
    }

    /// A line under each cell of the header that stands over several columns.
    fn rule_under(&self, row: usize, at: usize) -> Option<Row> {
        // Nothing stands under a cell that goes down to the end of the header.
        let flat = |c: usize| self.grid.table.span_of(row * self.grid.columns() + c).0 == 1;
        let over = |c: &usize| self.grid.span(row, *c) > 1 && flat(*c) && !self.grid.cell(row, *c).is_empty();
        let (mut runs, mut column) = (Vec::new(), 0);
        for (from, width) in self.in_order().into_iter().filter(over).map(|c| self.across(row, c)) {
            push_blank(&mut runs, from.saturating_sub(column));
            runs.push(Run::added("─".repeat(width.into()), Face::of(Role::Rule)));
            column = from + width;
        }
        (!runs.is_empty()).then_some(Row { bytes: at as u32..at as u32, runs })
    }

    fn align(&self, row: usize, column: usize) -> Align {
        let given = self.grid.table.columns.get(column).copied().unwrap_or_default();
        match (self.grid.span(row, column), given) {
            (1, _) => self.aligns[column],
            // What heads several columns stands over their middle; what goes across the body is text.
            _ if row < self.grid.table.header_rows as usize => Align::Centre,
            (_, Align::Auto) => {
                if self.rtl {
                    Align::Right
                } else {
                    Align::Left
                }
            }
            (_, given) => given,
        }
    }

    /// The lines at this height of the cells of a row.
    fn side_by_side(&self, row: usize, cells: &[Vec<Range<usize>>], height: usize) -> Vec<Run> {
        let flow = self.grid.flow;
        let (mut out, mut column) = (Vec::new(), 0);
        for at in self.in_order() {
            let (from, width) = self.across(row, at);
            let shown = cells[at].get(height).map_or_else(Vec::new, |l| runs(flow, flow.trimmed(l.clone())));
            let taken: u16 = shown.iter().map(|r| r.width).sum();
            let free = width.saturating_sub(taken);
            let left = match self.align(row, at) {
                Align::Right => free,
                Align::Centre => free / 2,
                Align::Left | Align::Auto => 0,
            };
            if taken > 0 {
                push_blank(&mut out, (from + left).saturating_sub(column));
                column = from + left + taken;
                out.extend(shown);
            }
        }
        out
    }
}

fn push_blank(out: &mut Vec<Run>, width: u16) {
    if width > 0 {
        out.push(Run::blank(width, Face::default()));
    }
}

#[cfg(test)]
mod tests {
    use crate::article::{Align, Builder, Draft, Kind, Span, Table};
    use crate::layout::sample::{assert_page, cells};

    fn spending(b: &mut Builder) {
        let (draft, cells) = cells(&[
            &["Year", "Target", "Agreed at", "Source"],
            &["2014", "2 %", "Newport", "{[7]}"],
            &["2025", "5 %{[6]}", "The Hague, after very long talks", "{[7]}"],
        ]);
        let table = Table { cells, columns: vec![Align::Auto; 4], header_rows: 1, ..Table::default() };
        b.block(Kind::Table(Box::new(table)), draft, vec![]);
        b.block(Kind::Caption, Draft::of("Table 1. Announced targets"), vec![]);
    }

    /// A header of two rows: the first one stands over two columns, or beside two rows.
    fn medals(b: &mut Builder) {
        let (draft, cells) = cells(&[
            &["Year", "Results of the teams", "", "Host"],
            &["", "Gold", "Silver", ""],
            &["1996", "1", "2", "Here"],
            &["", "3", "4", "There"],
            &["no games were held in these years", "", "", "–"],
        ]);
        let span = |cell, rows, columns| Span { cell, rows, columns };
        let spans = vec![span(0, 2, 1), span(1, 1, 2), span(3, 2, 1), span(8, 2, 1), span(16, 1, 3)];
        let table = Table { cells, columns: vec![Align::Auto; 4], header_rows: 2, spans };
        b.block(Kind::Table(Box::new(table)), draft, vec![]);
    }

    #[test]
    fn cells_go_over_their_columns() {
        assert_page(
            60,
            medals,
            "
            |━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
            |    Year    Results of the teams    Host
            |          ────────────────────────
            |                Gold        Silver
            |──────────────────────────────────────────
            |    1996           1             2  Here
            |                   3             4  There
            | no games were held in these years  –
            |━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
            ",
        );
    }

    #[test]
    fn tables_have_three_rules() {
        assert_page(
            72,
            spending,
            "
            |━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
            | Year  Target  Agreed at                         Source
            |────────────────────────────────────────────────────────
            | 2014     2 %  Newport                           [7]
            | 2025  5 %[6]  The Hague, after very long talks  [7]
            |━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
            |Table 1. Announced targets
            ",
        );
        assert_page(
            40,
            spending,
            "
            |━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
            | Year  Target  Agreed at         Source
            |────────────────────────────────────────
            | 2014     2 %  Newport           [7]
            | 2025  5 %[6]  The Hague, after  [7]
            |               very long talks
            |━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
            |Table 1. Announced targets
            ",
        );
        assert_page(
            24,
            spending,
            "
            |━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
            |Year  Target  Agreed   Source
            |              at
            |─────────────────────────────
            |2014     2 %  Newport  [7]
            |2025  5 %[6]  The      [7]
            |              Hague,
            |              after
            |              very
            |              long
            |              talks
            |━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
            |Table 1. Announced
            |targets
            ",
        );
    }
}
