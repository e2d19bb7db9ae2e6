//! Tables on one line: cells parted by a space or comma, rows by a semicolon.

use super::line::list;
use super::node::{Node, Shape, Table};
use super::spacing::Style;
use super::symbols::Class;

/// The rows of a table: cells parted by a space, rows by a semicolon.
pub fn rows(table: &Table, style: Style) -> String {
    let mut out = String::new();
    for row in &table.rows {
        let cells = row.iter().map(|cell| list(cell, style)).collect::<Vec<_>>();
        let line = match table.shape {
            Shape::Matrix => matrix_row(&cells, &table.bars),
            Shape::Cases => case(&cells, row),
            Shape::Lines | Shape::Stack => joined_cells(&cells, row),
        };
        if line.is_empty() {
            continue;
        }
        let continues = line.starts_with(['=', '<', '>', '≤', '≥', '≈', '≡', '+', '−', '→', '⇒']);
        out.push_str(match table.shape {
            _ if out.is_empty() => "",
            Shape::Stack => ", ",
            Shape::Lines if continues || out.ends_with([',', ';']) => " ",
            Shape::Cases if out.ends_with([',', ';']) => " ",
            _ => "; ",
        });
        out.push_str(&line);
    }
    out
}

fn matrix_row(cells: &[String], bars: &[usize]) -> String {
    let wide = cells.iter().any(|cell| cell.contains(' '));
    let mut out = String::new();
    for (at, cell) in cells.iter().enumerate() {
        let bar = bars.contains(&at) && at > 0;
        out.push_str(match (at, bar) {
            (0, _) => "",
            (_, true) => " | ",
            _ if wide => ", ",
            _ => " ",
        });
        out.push_str(cell);
    }
    out
}

/// A value and its condition.
fn case(cells: &[String], row: &[Vec<Node>]) -> String {
    let mut out = String::new();
    for (cell, nodes) in cells.iter().zip(row) {
        let cell = cell.trim();
        if !out.is_empty() && !cell.is_empty() {
            let words = matches!(nodes.first(), Some(Node::Text(_)));
            out.push_str(if words || out.ends_with([',', ';', ':']) { " " } else { ", " });
        }
        out.push_str(cell);
    }
    out
}

/// The parts of an aligned line, spaced as if `&` were not there.
fn joined_cells(cells: &[String], row: &[Vec<Node>]) -> String {
    let mut out = String::new();
    for (cell, nodes) in cells.iter().zip(row) {
        let relation =
            nodes.first().is_some_and(|n| matches!(n.classes().0, Class::Relation | Class::Binary));
        if !out.is_empty() && !cell.is_empty() && (relation || out.ends_with(['=', ','])) {
            out.push(' ');
        }
        out.push_str(cell);
    }
    out
}
