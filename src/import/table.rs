//! A table on its way into a block: one text, its cells parted by tabs and line ends.

use crate::article::{Align, Draft, Kind, Span, Table, limits};

/// A table that is being written, row by row.
#[derive(Debug, Default)]
pub struct TableDraft {
    columns: Vec<Align>,
    table: Table,
    draft: Draft,
    /// Cells of the current row so far.
    filled: usize,
    rows: u32,
    /// True when cells were joined because there are too many columns.
    pub joined: bool,
}

impl TableDraft {
    /// A table with these columns.
    pub fn new(mut columns: Vec<Align>) -> Self {
        let joined = columns.len() > limits::COLUMNS.most;
        columns.truncate(limits::COLUMNS.most);
        Self { columns, joined, ..Self::default() }
    }

    /// A table of whole rows; as wide as the widest.
    pub fn of(rows: Vec<Vec<Draft>>, header_rows: u32) -> Self {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let mut table = Self::new(vec![Align::Auto; columns]);
        for row in rows {
            row.into_iter().for_each(|cell| table.cell(cell));
            table.end_row();
        }
        table.table.header_rows = header_rows;
        table
    }

    /// Adds a cell to the row.
    pub fn cell(&mut self, mut cell: Draft) {
        cell.trim_end();
        if self.filled == self.columns.len() {
            if let Some(last) = self.table.cells.last_mut().filter(|_| !cell.is_empty()) {
                self.draft.push(" ");
                self.draft.append(cell);
                last.end = self.draft.len() as u32;
            }
            return;
        }
        if self.filled > 0 {
            self.draft.push("\t");
        } else if self.rows > 0 {
            self.draft.push("\n");
        }
        let start = self.draft.len() as u32;
        self.draft.append(cell);
        self.table.cells.push(start..self.draft.len() as u32);
        self.filled += 1;
    }

    /// Adds what stands in the row behind its last cell.
    pub fn surplus(&mut self, text: &str) {
        if self.filled == self.columns.len() {
            self.cell(Draft::of(&text.replace(['\n', '\t'], " ")));
        }
    }

    /// Ends the row; cells that are missing are empty.
    pub fn end_row(&mut self) {
        while self.filled < self.columns.len() {
            self.cell(Draft::default());
        }
        self.filled = 0;
        self.rows += 1;
    }

    /// Says that the cell at this row and column goes over so many rows and columns. What does not fit is left out when
    /// the table is finished.
    pub fn span(&mut self, (row, column): (usize, usize), rows: usize, columns: usize) {
        let width = self.columns.len();
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        if column < width && (rows > 1 || columns > 1) {
            let cell = number(row.saturating_mul(width).saturating_add(column));
            self.table.spans.push(Span { cell, rows: number(rows), columns: number(columns) });
        }
    }

    /// Says how many rows are header.
    pub fn header(&mut self, rows: u32) {
        self.table.header_rows = rows.min(self.rows);
    }

    /// Says that all rows so far are header. One without words is none, unless it is `told` that there is a header:
    /// GFM has no other form for such tables.
    pub fn end_head(&mut self, told: bool) {
        self.table.header_rows = self.rows;
        if self.draft.is_empty() && !told {
            *self = Self { joined: self.joined, ..Self::new(std::mem::take(&mut self.columns)) };
        }
    }

    /// The block; `None` for a table that shows nothing.
    pub fn finish(self) -> Option<(Kind, Draft)> {
        let mut table = Table { columns: self.columns, ..self.table };
        table.spans = fitting(&table);
        (!self.draft.is_empty()).then(|| (Kind::Table(Box::new(table)), self.draft))
    }
}

/// The spans that lie in the table, over empty cells and not over one another. Each place is looked at once, however
/// many spans claim it.
fn fitting(table: &Table) -> Vec<Span> {
    let width = table.columns.len().max(1);
    let height = table.cells.len() / width;
    let mut spans = table.spans.clone();
    spans.sort_by_key(|span| span.cell);
    spans.dedup_by_key(|span| span.cell);
    let mut taken = vec![false; if spans.is_empty() { 0 } else { table.cells.len() }];
    for span in &spans {
        if let Some(taken) = taken.get_mut(span.cell as usize) {
            *taken = true;
        }
    }
    let free = |taken: &mut Vec<bool>, at: usize| {
        let empty = table.cells.get(at).is_some_and(|cell| cell.is_empty());
        empty && !std::mem::replace(&mut taken[at], true)
    };
    let fit = |span: Span| {
        let (row, column) = (span.cell as usize / width, span.cell as usize % width);
        let rows = (span.rows as usize).min(height.saturating_sub(row));
        let columns = (span.columns as usize).min(width - column);
        let mut places =
            (row..row + rows).flat_map(|r| (column..column + columns).map(move |c| r * width + c));
        let fits = places.next().is_some() && places.all(|at| free(&mut taken, at));
        (fits && rows * columns > 1).then_some(Span { rows: rows as u32, columns: columns as u32, ..span })
    };
    spans.into_iter().filter_map(fit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_as_wide_as_the_table() {
        let cells = |texts: &[&str]| texts.iter().map(|t| Draft::of(t)).collect::<Vec<_>>();
        let table = TableDraft::of(vec![cells(&["a", "b"]), cells(&["c"])], 1).finish();
        let Some((Kind::Table(table), draft)) = table else { panic!("no table") };
        assert_eq!(draft.as_str(), "a\tb\nc\t");
        assert_eq!(table.cells, [0..1, 2..3, 4..5, 6..6]);
        assert_eq!((table.columns.len(), table.header_rows), (2, 1));
    }

    #[test]
    fn spans_that_do_not_fit_are_left_out() {
        let cells = |texts: &[&str]| texts.iter().map(|t| Draft::of(t)).collect::<Vec<_>>();
        let rows = vec![cells(&["a", "", "b"]), cells(&["", "", "c"]), cells(&["d", "e", ""])];
        let mut table = TableDraft::of(rows, 1);
        for (place, rows, columns) in [
            ((0, 0), 2, 2),
            ((0, 2), 2, 1),
            ((0, 9), 2, 1),
            ((9, 0), 2, 1),
            ((2, 1), 9, 9),
            ((2, 2), 1, 2),
            ((2, 0), 1, 1),
        ] {
            table.span(place, rows, columns);
        }
        let Some((Kind::Table(table), _)) = table.finish() else { panic!("no table") };
        let first = Span { cell: 0, rows: 2, columns: 2 };
        assert_eq!(table.spans, [first]);
        assert_eq!((table.span_of(0), table.span_of(1)), ((2, 2), (1, 1)));
    }

    #[test]
    fn a_header_without_words_is_none() {
        let mut table = TableDraft::new(vec![Align::Auto; 2]);
        table.end_row();
        table.end_head(false);
        table.cell(Draft::of("a"));
        table.end_row();
        let Some((Kind::Table(table), draft)) = table.finish() else { panic!("no table") };
        assert_eq!((draft.as_str(), table.header_rows, table.cells.len()), ("a\t", 0, 2));
    }

    #[test]
    fn columns_are_bounded() {
        let row: Vec<_> = (0..limits::COLUMNS.most + 2).map(|n| Draft::of(&n.to_string())).collect();
        let table = TableDraft::of(vec![row], 0);
        assert!(table.joined);
        let Some((Kind::Table(table), draft)) = table.finish() else { panic!("no table") };
        assert_eq!(table.cells.len(), limits::COLUMNS.most);
        assert!(draft.as_str().ends_with("\t255 256 257"));
    }
}
