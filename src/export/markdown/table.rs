//! Tables with bars between their cells (GFM 0.29, section 4.10).

use super::Writer;
use super::escape::Setting;
use crate::article::{Align, BlockId, Span, Table};

impl Writer<'_> {
    /// The lines of a table. One without a header gets an empty one: the form demands it.
    pub(super) fn table(&self, block: BlockId, table: &Table) -> String {
        let columns = table.columns.len();
        if columns == 0 {
            return String::new();
        }
        let mut out = String::new();
        let said = self.said(block, table);
        if !said.is_empty() {
            out.push_str(&format!("<!-- table{said} -->\n"));
        }
        if table.header_rows == 0 {
            out.push_str(&"|   ".repeat(columns));
            out.push_str("|\n");
            out.push_str(&rule(&table.columns));
        }
        for (number, row) in table.cells.chunks(columns).enumerate() {
            for cell in row {
                let mut text = String::new();
                self.inline(&mut text, block, cell.clone(), Setting::Cell);
                out.push_str("| ");
                out.push_str(&text);
                out.push(' ');
            }
            out.push_str("|\n");
            if number == 0 && table.header_rows > 0 {
                out.push_str(&rule(&table.columns));
            }
        }
        out
    }

    /// What the form cannot show of a table.
    fn said(&self, block: BlockId, table: &Table) -> String {
        let mut said = String::new();
        if self.header_is_told(block, table) {
            said.push_str(&format!(" header=\"{}\"", table.header_rows));
        }
        let span = |span: &Span| {
            let (row, column) =
                (span.cell as usize / table.columns.len(), span.cell as usize % table.columns.len());
            format!("{},{}:{}x{}", row + 1, column + 1, span.rows, span.columns)
        };
        let spans: Vec<String> = table.spans.iter().map(span).collect();
        if !spans.is_empty() {
            said.push_str(&format!(" spans=\"{}\"", spans.join(" ")));
        }
        said
    }

    /// True for a table whose header is not one row with words, which is all that the form knows.
    fn header_is_told(&self, block: BlockId, table: &Table) -> bool {
        let text = self.article.block(block).text.as_str();
        let says = |c: &std::ops::Range<u32>| {
            text.get(c.start as usize..c.end as usize).is_some_and(|t| !t.is_empty())
        };
        let empty = !table.cells.iter().take(table.columns.len()).any(says);
        table.header_rows > 1 || (table.header_rows == 1 && empty)
    }
}

fn rule(columns: &[Align]) -> String {
    let mut out = String::new();
    for align in columns {
        out.push_str(match align {
            Align::Auto => "|---",
            Align::Left => "|:---",
            Align::Centre => "|:---:",
            Align::Right => "|---:",
        });
    }
    out + "|\n"
}
