//! The cells of the screen, four bytes each: a frame is drawn, compared and kept in little memory.
//!
//! A cell names its sign (a character, or one of the grid's clusters), its ink (one of the grid's) and the columns it
//! takes. Signs and inks keep their numbers from frame to frame, so two cells look the same when they are equal.

use ratatui::style::Style;

use super::ink::Ink;
use crate::app::geometry::Area;

/// The cells of a screen.
#[derive(Clone, Debug)]
pub struct Grid {
    width: u16,
    height: u16,
    cells: Vec<Cell>,
    inks: Inks,
    clusters: Vec<Box<str>>,
}

/// The inks of a grid, by number.
#[derive(Clone, Debug)]
struct Inks(Vec<Ink>);

/// One cell, in four bytes. From the lowest bit on: its sign (21 bits: a character, or past the last one a number
/// into the grid's clusters), the columns that this takes (3; none where the sign before it reaches over it), its ink
/// (8: a number into the grid's inks).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell(u32);

const COLUMNS: u32 = 21;
const INK: u32 = 24;

/// The most columns that one sign can take.
pub const WIDEST: u16 = 7;

/// Nothing, in the terminal's own ink.
pub const BLANK: Cell = Cell::new(' ' as u32, 0, 1);

/// The first number of a sign that is no character.
const CLUSTERS: u32 = char::MAX as u32 + 1;

/// Clusters and inks that are kept; when there are more, the grid begins anew. A theme has some dozens of inks.
const MOST_CLUSTERS: usize = 4_096;
const MOST_INKS: usize = 128;

impl Grid {
    /// A grid of blanks.
    pub fn new(width: u16, height: u16) -> Self {
        let cells = vec![BLANK; usize::from(width) * usize::from(height)];
        Self { width, height, cells, inks: Inks(vec![Ink::default()]), clusters: Vec::new() }
    }

    /// Columns and rows.
    pub const fn size(&self) -> (u16, u16) {
        (self.width, self.height)
    }

    /// The rows of cells, top to bottom.
    pub fn rows(&self) -> impl Iterator<Item = &[Cell]> {
        (0..self.height).map(|y| &self.cells[self.at(0, y)..self.at(self.width, y)])
    }

    /// The cells, row after row.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// The ink of a cell of this grid.
    pub fn ink(&self, cell: Cell) -> Ink {
        self.inks.get(cell.ink())
    }

    /// True for a cell that shows nothing.
    pub fn is_blank(&self, cell: Cell) -> bool {
        cell == BLANK || cell.is_space() && self.ink(cell).is_bare()
    }

    /// The ink with this number.
    pub fn ink_of(&self, number: u8) -> Ink {
        self.inks.get(number)
    }

    /// The character of a cell, if its sign is a single one.
    pub fn char(&self, cell: Cell) -> Option<char> {
        char::from_u32(cell.sign())
    }

    /// The cluster of a cell whose sign is no single character.
    pub fn cluster(&self, cell: Cell) -> &str {
        let at = cell.sign().saturating_sub(CLUSTERS) as usize;
        self.clusters.get(at).map_or("", |cluster| cluster)
    }

    /// True when so many clusters or inks have been seen that the grid should begin anew.
    pub const fn is_full(&self) -> bool {
        self.clusters.len() > MOST_CLUSTERS || self.inks.0.len() > MOST_INKS
    }

    /// Writes characters of one byte each from a cell on, in at most `room` cells; control characters leave the cell
    /// as it is. Returns the cells taken.
    pub fn put_ascii(&mut self, x: u16, y: u16, text: &str, room: u16, style: Style) -> u16 {
        if x >= self.width || y >= self.height {
            return 0;
        }
        let taken = usize::from(room.min(self.width - x)).min(text.len());
        let start = self.at(x, y);
        self.part(start, start + taken);
        let cells = &mut self.cells[start..start + taken];
        let Some(first) = cells.first() else { return 0 };
        let mut over = Over::new(&mut self.inks, style, first.ink());
        for (cell, byte) in cells.iter_mut().zip(text.bytes()) {
            if !byte.is_ascii_control() {
                *cell = Cell::new(byte.into(), over.ink(cell.ink()), 1);
            }
        }
        taken as u16
    }

    /// Writes one grapheme cluster, which takes this many columns, at most [`WIDEST`].
    pub fn put_cluster(&mut self, x: u16, y: u16, cluster: &str, columns: u16, style: Style) {
        let mut chars = cluster.chars();
        let sign = match (chars.next(), chars.next()) {
            (Some(only), None) => only as u32,
            _ => self.number(cluster),
        };
        self.set(x, y, sign, columns, style);
    }

    /// Writes one character of one column into every row of an area's first column.
    pub fn column(&mut self, area: Area, sign: char, style: Style) {
        if area.x >= self.width {
            return;
        }
        for y in area.y..area.bottom().min(self.height) {
            let at = self.at(area.x, y);
            self.part(at, at + 1);
        }
        let (first, width) = (self.at(area.x, area.y), usize::from(self.width));
        let rows = usize::from(area.bottom().min(self.height).saturating_sub(area.y));
        let Some(under) = self.cells.get(first).map(|cell| cell.ink()) else { return };
        let mut over = Over::new(&mut self.inks, style, under);
        for cell in self.cells.iter_mut().skip(first).step_by(width).take(rows) {
            *cell = Cell::new(sign.into(), over.ink(cell.ink()), 1);
        }
    }

    /// Empties an area and gives it a ground.
    pub fn fill(&mut self, area: Area, style: Style) {
        let right = area.right().min(self.width);
        let ink = self.inks.patched(0, style);
        for y in area.y..area.bottom().min(self.height) {
            let (start, end) = (self.at(area.x.min(right), y), self.at(right, y));
            self.part(start, end);
            self.cells[start..end].fill(BLANK.inked(ink));
        }
    }

    /// Adds a style to an area, over what stands there.
    pub fn tint(&mut self, area: Area, style: Style) {
        let right = area.right().min(self.width);
        for y in area.y..area.bottom().min(self.height) {
            let (start, end) = (self.at(area.x.min(right), y), self.at(right, y));
            let cells = &mut self.cells[start..end];
            let Some(first) = cells.first() else { continue };
            let mut over = Over::new(&mut self.inks, style, first.ink());
            for cell in cells {
                *cell = cell.inked(over.ink(cell.ink()));
            }
        }
    }

    fn at(&self, x: u16, y: u16) -> usize {
        usize::from(y) * usize::from(self.width) + usize::from(x)
    }

    #[inline]
    fn set(&mut self, x: u16, y: u16, sign: u32, columns: u16, style: Style) {
        if columns == 0 || columns > WIDEST || y >= self.height || x.saturating_add(columns) > self.width {
            return;
        }
        let start = self.at(x, y);
        let end = start + usize::from(columns);
        self.part(start, end);
        let ink = self.inks.patched(self.cells[start].ink(), style);
        self.cells[start..end].fill(Cell::new(' ' as u32, ink, 0));
        self.cells[start] = Cell::new(sign, ink, columns);
    }

    /// Signs that reach into these cells from one side, or out of them at the other, leave blanks.
    fn part(&mut self, start: usize, end: usize) {
        let mut lead = start;
        while self.cells.get(lead).is_some_and(|c| c.columns() == 0) && lead > 0 {
            lead -= 1;
        }
        for at in lead..start {
            self.cells[at] = BLANK.inked(self.cells[at].ink());
        }
        let mut after = end;
        while start < end && self.cells.get(after).is_some_and(|c| c.columns() == 0) {
            self.cells[after] = BLANK.inked(self.cells[after].ink());
            after += 1;
        }
    }

    fn number(&mut self, cluster: &str) -> u32 {
        let found = self.clusters.iter().position(|known| **known == *cluster).unwrap_or_else(|| {
            self.clusters.push(cluster.into());
            self.clusters.len() - 1
        });
        CLUSTERS + found as u32
    }
}

impl Inks {
    fn get(&self, ink: u8) -> Ink {
        self.0.get(usize::from(ink)).copied().unwrap_or_default()
    }

    /// The number of an ink with a style added to it.
    fn patched(&mut self, ink: u8, style: Style) -> u8 {
        let under = self.get(ink);
        let wanted = under.patched(style);
        if wanted == under {
            return ink;
        }
        let found = self.0.iter().position(|ink| *ink == wanted).unwrap_or_else(|| {
            self.0.push(wanted);
            self.0.len() - 1
        });
        u8::try_from(found).unwrap_or(ink)
    }
}

/// A style that is added to one cell after another: most of them had the ink of the one before.
struct Over<'a> {
    inks: &'a mut Inks,
    style: Style,
    under: u8,
    ink: u8,
}

impl<'a> Over<'a> {
    fn new(inks: &'a mut Inks, style: Style, under: u8) -> Self {
        let ink = inks.patched(under, style);
        Self { inks, style, under, ink }
    }

    #[inline]
    fn ink(&mut self, under: u8) -> u8 {
        if under != self.under {
            self.ink = self.inks.patched(under, self.style);
            self.under = under;
        }
        self.ink
    }
}

impl Cell {
    const fn new(sign: u32, ink: u8, columns: u16) -> Self {
        Self(sign | (columns as u32) << COLUMNS | (ink as u32) << INK)
    }

    const fn sign(self) -> u32 {
        self.0 & ((1 << COLUMNS) - 1)
    }

    /// The number of its ink.
    pub const fn ink(self) -> u8 {
        (self.0 >> INK) as u8
    }

    /// The same sign in another ink.
    const fn inked(self, ink: u8) -> Self {
        Self(self.0 & ((1 << INK) - 1) | (ink as u32) << INK)
    }

    /// The columns that its sign takes; none where the sign before it reaches over it.
    pub const fn columns(self) -> usize {
        (self.0 >> COLUMNS & 7) as usize
    }

    /// Its sign, where that is a character of one byte in one column, and in the same ink as another cell of the grid.
    pub const fn ascii_like(self, other: Self) -> Option<u8> {
        let sign = self.0 ^ (other.0 >> INK << INK | 1 << COLUMNS);
        if sign < 128 { Some(sign as u8) } else { None }
    }

    /// True where nothing is written: a ground, perhaps with a line through it.
    pub const fn is_space(self) -> bool {
        self.inked(0).0 == BLANK.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::{Color, Modifier};

    fn shown(grid: &Grid) -> String {
        let cells = grid.rows().flatten().filter(|c| c.columns() > 0);
        cells.map(|c| grid.char(*c).map_or_else(|| grid.cluster(*c).to_owned(), String::from)).collect()
    }

    #[test]
    fn half_of_a_wide_sign_is_a_blank() {
        let wide = |at: u16| {
            let mut grid = Grid::new(6, 1);
            grid.put_cluster(2, 0, "漢", 2, Style::new());
            grid.put_ascii(at, 0, "x", 1, Style::new());
            shown(&grid)
        };
        assert_eq!([wide(1), wide(2), wide(3), wide(4)], [" x漢  ", "  x   ", "   x  ", "  漢x "]);
        let mut grid = Grid::new(6, 1);
        grid.put_cluster(0, 0, "👩‍🔬", 2, Style::new());
        grid.put_cluster(4, 0, "👩‍🔬", 2, Style::new());
        assert_eq!(shown(&grid), "👩‍🔬  👩‍🔬");
        grid.fill(Area { x: 1, y: 0, width: 4, height: 1 }, Style::new());
        assert_eq!(shown(&grid), "      ");
    }

    #[test]
    fn a_style_is_added_to_what_stands_there() {
        let mut grid = Grid::new(2, 1);
        let area = Area { x: 0, y: 0, width: 2, height: 1 };
        grid.fill(area, Style::new().bg(Color::Blue));
        grid.put_ascii(0, 0, "x", 1, Style::new().fg(Color::Red).add_modifier(Modifier::BOLD));
        grid.tint(area, Style::new().fg(Color::Green).remove_modifier(Modifier::BOLD));
        let inks: Vec<Ink> = grid.rows().flatten().map(|c| grid.ink(*c)).collect();
        let wanted = Ink::default().patched(Style::new().fg(Color::Green).bg(Color::Blue));
        assert_eq!(inks, [wanted; 2]);
    }

    #[test]
    fn nothing_is_written_outside() {
        let mut grid = Grid::new(3, 1);
        for (x, y) in [(2, 0), (3, 0), (0, 1)] {
            grid.put_cluster(x, y, "漢", 2, Style::new());
        }
        assert_eq!((grid.put_ascii(1, 0, "abcdef", 9, Style::new()), shown(&grid)), (2, " ab".to_owned()));
    }
}
