//! Tables in two dimensions: matrices, cases, aligned lines.

use super::canvas::{self, Canvas};
use super::draw;
use super::node::{Align, Node, Shape, Table};
use super::parse::Parsed;
use super::symbols::Class;

/// Draws the cells of a table, without delimiters.
pub fn table(table: &Table) -> Parsed<Canvas> {
    let mut rows = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        let cells = row.iter().enumerate().map(|(at, cell)| cell_of(table, at, cell));
        rows.push(cells.collect::<Parsed<Vec<_>>>()?);
    }
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<_> =
        (0..columns).map(|at| rows.iter().filter_map(|row| row.get(at)).map(Canvas::width).max()).collect();
    canvas::check(rows.len(), widths.iter().flatten().sum())?;
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        lines.push(row_of(table, row, &widths)?);
    }
    let airy = table.shape != Shape::Stack && lines.iter().any(|line| line.height() > 1);
    let mut parts = Vec::with_capacity(lines.len() * 2);
    for line in lines {
        if airy && !parts.is_empty() {
            parts.push(Canvas::rule(' ', line.width()));
        }
        parts.push(line);
    }
    let alone = parts.len() == 1;
    let mut canvas = Canvas::stack(parts, Align::Left, 0)?;
    if !alone {
        canvas.base = canvas.height().saturating_sub(1) / 2;
    }
    Ok(canvas)
}

/// One cell. Where the lines of a formula are aligned, the second cell goes on where the first ends.
fn cell_of(table: &Table, at: usize, cell: &[Node]) -> Parsed<Canvas> {
    let goes_on = table.shape == Shape::Lines
        && at % 2 == 1
        && cell.first().is_some_and(|node| matches!(node.classes().0, Class::Relation | Class::Binary));
    if !goes_on {
        return draw::list(cell);
    }
    let mut whole = Vec::with_capacity(cell.len() + 1);
    whole.push(Node::atom("", Class::Ordinary));
    whole.extend_from_slice(cell);
    draw::list(&whole)
}

/// One row, its cells on one line and as wide as their columns.
fn row_of(table: &Table, row: Vec<Canvas>, widths: &[Option<usize>]) -> Parsed<Canvas> {
    let mut canvas = Canvas::line("");
    let mut cells = row.into_iter();
    for (at, width) in widths.iter().enumerate() {
        let mut cell = cells.next().unwrap_or_else(|| Canvas::line(""));
        cell.widen(width.unwrap_or(0), align(table, at));
        let bar = table.bars.contains(&at);
        if bar {
            canvas.put_beside(&Canvas::line("│"), usize::from(at > 0))?;
        }
        canvas.put_beside(&cell, if bar { 1 } else { gap(table, at) })?;
    }
    Ok(canvas)
}

/// How a column is aligned.
fn align(table: &Table, at: usize) -> Align {
    match (table.shape, &table.columns[..]) {
        (_, []) => Align::Centre,
        (Shape::Lines, columns) => columns[at % columns.len()],
        (_, columns) => columns.get(at).or(columns.last()).copied().unwrap_or(Align::Centre),
    }
}

/// Cells before a column.
fn gap(table: &Table, at: usize) -> usize {
    match (at, table.shape) {
        (0, _) => 0,
        (_, Shape::Lines) if table.columns.len() == 3 => 1,
        (at, Shape::Lines) if at % 2 == 1 => 0,
        (_, Shape::Lines) => 4,
        (_, Shape::Stack) => 1,
        (_, Shape::Matrix | Shape::Cases) => 2,
    }
}
