//! The rows and cells of a table of Markdown, and what a comment before it says of them.

use super::writer::{Into, Writer};
use crate::article::limits;
use crate::import::table::TableDraft;

/// What a comment says of the table after it: `<!-- table header="2" spans="1,2:1x3" -->`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// How many rows are header.
    pub header: Option<u32>,
    /// Cells that span: row and column, counted from 0, and how many rows and columns they take.
    spans: Vec<((usize, usize), usize, usize)>,
}

impl Told {
    /// What an HTML comment says, if it says something of a table.
    pub fn read(html: &str) -> Option<Self> {
        let inner = html.trim().strip_prefix("<!-- table ")?.strip_suffix("-->")?;
        let value =
            |name: &str| inner.split_once(&format!("{name}=\""))?.1.split_once('"').map(|(value, _)| value);
        let (header, spans) = (value("header"), value("spans"));
        if header.is_none() && spans.is_none() {
            return None;
        }
        let spans = spans.unwrap_or("").split(' ').filter_map(span).take(limits::CELLS.most).collect();
        Some(Self { header: header.and_then(|rows| rows.parse().ok()), spans })
    }

    /// Tells the table.
    pub fn tell(self, table: &mut TableDraft) {
        if let Some(rows) = self.header {
            table.header(rows);
        }
        self.spans.into_iter().for_each(|(place, rows, columns)| table.span(place, rows, columns));
    }
}

/// `1,2:1x3`: the cell in row 1 and column 2 takes one row and three columns.
fn span(text: &str) -> Option<((usize, usize), usize, usize)> {
    let (place, size) = text.split_once(':')?;
    let pair = |text: &str, mark: char| {
        let (a, b) = text.split_once(mark)?;
        Some((a.parse::<usize>().ok()?, b.parse::<usize>().ok()?))
    };
    let ((row, column), (rows, columns)) = (pair(place, ',')?, pair(size, 'x')?);
    Some(((row.checked_sub(1)?, column.checked_sub(1)?), rows, columns))
}

impl Writer {
    pub(super) fn with_table(&mut self, change: impl FnOnce(&mut TableDraft)) {
        if let Some(table) = &mut self.table {
            change(table);
        }
    }

    /// The parser drops cells beyond the columns of the head; their words are kept.
    pub(super) fn surplus(&mut self, row: &str) {
        let words = row.trim_matches(['|', ' ', '\t', '\n', '\r']);
        if !words.is_empty() {
            self.with_table(|table| table.surplus(words));
        }
    }

    pub(super) fn end_cell(&mut self) {
        let cell = self.take_text();
        self.into = Into::default();
        self.with_table(|table| table.cell(cell));
    }

    pub(super) fn end_table(&mut self) {
        if let Some(table) = self.table.take() {
            self.emit_table(table);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_tells_of_a_table() {
        let told = Told::read("<!-- table header=\"2\" spans=\"1,2:1x3 x 0,1:2x2 3,1:2x1\" -->\n").unwrap();
        assert_eq!(told.header, Some(2));
        assert_eq!(told.spans, [((0, 1), 1, 3), ((2, 0), 2, 1)]);
        for other in ["<!-- -->", "<!-- table of contents -->", "<!-- a -->x", "<table>"] {
            assert_eq!(Told::read(other), None, "{other}");
        }
    }
}
