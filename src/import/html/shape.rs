//! Tables that hold data, told from those that only lay a page out.

use dom_query::NodeRef;

use super::dialect::Shape;
use super::node;
use crate::article::limits;

/// A cell of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// How many columns it spans.
    pub columns: usize,
    /// How many rows it spans.
    pub rows: usize,
    /// `<th>`.
    pub header: bool,
}

impl Cell {
    /// What a cell says of itself. `rowspan="0"` is up to the end of the rows.
    pub fn of(node: &NodeRef<'_>) -> Self {
        let span = |name: &str| node::attr(node, name).trim().parse::<usize>().ok();
        Self {
            columns: span("colspan").unwrap_or(1).clamp(1, limits::COLUMNS.most),
            rows: match span("rowspan") {
                Some(0) => usize::MAX,
                rows => rows.unwrap_or(1).min(65_534),
            },
            header: node.has_name("th"),
        }
    }
}

/// What can be told of a table without going into its cells' tables.
#[derive(Default)]
struct Signs {
    rows: usize,
    /// Cells of the current row, and of the widest one.
    cells: usize,
    widest: usize,
    head: bool,
    /// Blocks that no cell of data holds.
    blocks: usize,
    nested: bool,
    /// Bytes of text.
    text: usize,
}

/// The kind of a table.
pub fn of(table: &NodeRef<'_>) -> Shape {
    let role = node::attr(table, "role");
    if role == "presentation" || role == "none" {
        return Shape::Layout;
    }
    let signs = signs(table);
    if signs.widest < 2 || signs.rows == 0 || (signs.nested && !signs.head) {
        return Shape::Layout;
    }
    let told = signs.head || table.has_attr("border") || node::has_class(table, &["wikitable", "table"]);
    // A page that is laid out has much text in few cells.
    let roomy = signs.blocks > signs.rows || signs.text / (signs.rows * signs.widest) > 400;
    let data = told || (signs.rows >= 2 && !roomy);
    if data && (signs.head || !roomy) { Shape::Data } else { Shape::Layout }
}

fn signs(table: &NodeRef<'_>) -> Signs {
    let mut signs = Signs::default();
    node::walk(table, |n| {
        if n.is_text() {
            signs.text += n.text().trim().len();
            return false;
        }
        match &*node::name(n) {
            "tr" => {
                signs.rows += 1;
                signs.cells = 0;
            }
            "td" | "th" => {
                signs.cells += Cell::of(n).columns;
                signs.widest = signs.widest.max(signs.cells);
                signs.head |= n.has_name("th");
            }
            "thead" => signs.head = true,
            "caption" => {
                signs.head = true;
                return false;
            }
            "h1" | "h2" | "h3" | "h4" | "blockquote" | "pre" | "form" | "article" | "section" => {
                signs.blocks += 2
            }
            "p" => signs.blocks += 1,
            "table" => {
                signs.nested = true;
                return false;
            }
            _ => {}
        }
        !node::is_hidden(n)
    });
    signs
}
