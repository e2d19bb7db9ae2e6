//! A table of data on its way into a block: spans become cells of one text each, and nothing is said twice.

use super::dialect::{Dialect, Shape};
use super::shape::Cell;
use super::walker::{Enter, Exit, Walker};
use crate::article::{Draft, Kind, Mark, limits};
use crate::import::table::TableDraft;

/// A table that is being read.
#[derive(Debug)]
pub struct Grid {
    shape: Shape,
    rows: Vec<Row>,
    /// For each column, how many more rows a cell from above takes.
    taken: Vec<usize>,
    caption: Option<Draft>,
    in_head: bool,
}

#[derive(Debug, Default)]
struct Row {
    /// The column of each text, the text, and how many columns and rows it spans.
    cells: Vec<(usize, Draft, (usize, usize))>,
    next: usize,
    /// It has cells, and all of them are header, or it stands in the table's head.
    head: bool,
}

impl Grid {
    fn new(shape: Shape) -> Self {
        Self { shape, rows: Vec::new(), taken: Vec::new(), caption: None, in_head: false }
    }

    /// True for a table of keys and values.
    pub fn is_pairs(&self) -> bool {
        self.shape == Shape::Pairs
    }

    fn begin_row(&mut self) {
        self.taken.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
        self.rows.push(Row { head: true, ..Row::default() });
    }

    fn cell(&mut self, cell: &Cell, draft: Option<Draft>) {
        if self.rows.is_empty() {
            self.begin_row();
        }
        let Some(row) = self.rows.last_mut() else { return };
        while self.taken.get(row.next).is_some_and(|rows| *rows > 0) {
            row.next += 1;
        }
        row.head &= cell.header || self.in_head;
        let end = row.next + cell.columns;
        if cell.rows > 1 && end <= limits::COLUMNS.most * 2 {
            self.taken.resize(self.taken.len().max(end), 0);
            self.taken[row.next..end].fill(cell.rows);
        }
        if let Some(mut draft) = draft {
            if cell.header && !row.head {
                draft.mark_range(0..draft.len(), Mark::Strong);
            }
            row.cells.push((row.next, draft, (cell.columns, cell.rows)));
        }
        row.next = end;
    }

    /// The columns that have a text in some row.
    fn columns(&self) -> Vec<usize> {
        let mut used: Vec<usize> = self.rows.iter().flat_map(|row| row.cells.iter().map(|c| c.0)).collect();
        used.sort_unstable();
        used.dedup();
        used
    }
}

/// A part of a table that becomes a block.
enum Piece {
    Rows(Box<Rows>),
    Across(Draft),
}

/// Rows that stand together.
#[derive(Default)]
struct Rows {
    cells: Vec<Vec<Draft>>,
    header: u32,
    /// Which rows of the grid they are.
    grid: Vec<usize>,
    /// Cells that span: their row and column here, how many columns, and how many rows of the grid.
    spans: Vec<((usize, usize), usize, usize)>,
}

impl Rows {
    fn push(&mut self, at: usize, row: Row, columns: &[usize]) {
        let mut cells = vec![Draft::default(); columns.len()];
        for (column, draft, (wide, high)) in row.cells {
            let Ok(place) = columns.binary_search(&column) else { continue };
            cells[place] = draft;
            let wide = columns.partition_point(|c| *c < column.saturating_add(wide)) - place;
            if wide > 1 || high > 1 {
                self.spans.push(((self.cells.len(), place), wide, high));
            }
        }
        self.cells.push(cells);
        self.grid.push(at);
    }

    fn table(self) -> TableDraft {
        let mut table = TableDraft::of(self.cells, self.header);
        for (place, wide, high) in self.spans {
            let first = self.grid[place.0];
            let high = self.grid[place.0..].partition_point(|at| *at < first.saturating_add(high));
            table.span(place, high, wide);
        }
        table
    }
}

/// The rows of a table, in pieces: one, but for a table of pairs with rows that go across.
fn pieces(grid: Grid) -> Vec<Piece> {
    let columns = grid.columns();
    let too_many = grid.rows.len().saturating_mul(columns.len()) > limits::CELLS.most;
    let mut pieces = Vec::new();
    let mut heading = true;
    for (at, row) in grid.rows.into_iter().enumerate().filter(|(_, row)| !row.cells.is_empty()) {
        heading &= row.head;
        let across = row.cells.len() == 1 && (row.cells[0].2.0 > 1 || columns.len() < 2);
        if too_many || columns.len() < 2 || (grid.shape == Shape::Pairs && across) {
            let mut line = Draft::default();
            for (_, draft, _) in row.cells {
                line.push(if line.is_empty() { "" } else { " " });
                line.append(draft);
            }
            pieces.push(Piece::Across(line));
            continue;
        }
        if !matches!(pieces.last(), Some(Piece::Rows(_))) {
            pieces.push(Piece::Rows(Box::default()));
        }
        if let Some(Piece::Rows(rows)) = pieces.last_mut() {
            let begins = rows.cells.is_empty();
            rows.header += u32::from(heading && (!begins || grid.shape == Shape::Data));
            rows.push(at, row, &columns);
        }
    }
    pieces
}

impl<'a, D: Dialect> Walker<'a, D> {
    pub(super) fn enter_table(&mut self, shape: Shape) -> Enter {
        self.flush();
        if self.is_flat() || shape == Shape::Layout {
            return Enter::Into(Exit::Gap);
        }
        self.grid = Some(Grid::new(shape));
        Enter::Into(Exit::Table)
    }

    /// The rows that follow are in the head of the table, or are not.
    pub(super) fn enter_rows(&mut self, in_head: bool) -> Enter {
        let flat = self.is_flat();
        if let Some(grid) = self.grid.as_mut().filter(|_| !flat) {
            grid.in_head = in_head;
        }
        Enter::Into(Exit::Gap)
    }

    pub(super) fn enter_row(&mut self) -> Enter {
        self.flush();
        let flat = self.is_flat();
        if let Some(grid) = self.grid.as_mut().filter(|_| !flat) {
            grid.begin_row();
        }
        Enter::Into(Exit::Gap)
    }

    pub(super) fn enter_cell(&mut self, cell: Cell) -> Enter {
        if self.grid.is_none() || self.is_flat() {
            return self.enter_block();
        }
        self.item_before = false;
        self.enter_line(Exit::Cell(cell))
    }

    pub(super) fn leave_cell(&mut self, cell: &Cell) {
        let draft = self.take_line();
        if let Some(grid) = &mut self.grid {
            grid.cell(cell, draft);
        }
    }

    pub(super) fn enter_table_caption(&mut self) -> Enter {
        self.enter_line(Exit::TableCaption)
    }

    pub(super) fn leave_table_caption(&mut self) {
        let caption = self.take_line();
        if let Some(grid) = &mut self.grid {
            grid.caption = caption;
        }
    }

    pub(super) fn leave_table(&mut self) {
        let Some(mut grid) = self.grid.take() else { return };
        self.flush();
        let caption = grid.caption.take();
        let mut pieces = pieces(grid);
        let last = pieces.iter().rposition(|piece| matches!(piece, Piece::Rows(_)));
        if let Some(caption) = caption.as_ref().filter(|_| last.is_none() || pieces.len() > 1) {
            pieces.insert(0, Piece::Across(caption.clone()));
        }
        let several = pieces.len() > 1;
        for piece in pieces {
            match piece {
                Piece::Across(draft) => self.emit_line(draft),
                Piece::Rows(rows) => {
                    let table = rows.table();
                    if table.joined {
                        self.builder.complain("", limits::COLUMNS.message);
                    }
                    if let Some((kind, draft)) = table.finish() {
                        self.emit(kind, draft);
                    }
                }
            }
        }
        if let Some(caption) = caption.filter(|_| last.is_some() && !several) {
            self.emit(Kind::Caption, caption);
        }
    }
}
