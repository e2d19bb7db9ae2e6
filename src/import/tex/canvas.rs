//! A drawing of part of a formula: rows of equal width, one of which is the line that it stands on.

use unicode_width::UnicodeWidthStr;

use super::Unreadable;
use super::node::Align;
use super::parse::Parsed;

/// Cells of the largest drawing; anything larger is shown as its source.
const MOST_CELLS: usize = 1 << 18;

/// Rows of equal width.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Canvas {
    rows: Vec<String>,
    width: usize,
    /// The row that stands on the line.
    pub base: usize,
}

impl Canvas {
    /// One row.
    pub fn line(text: &str) -> Self {
        Self { rows: vec![text.to_owned()], width: text.width(), base: 0 }
    }

    /// One character over the whole width.
    pub fn rule(c: char, width: usize) -> Self {
        Self { rows: vec![c.to_string().repeat(width)], width, base: 0 }
    }

    /// Rows that are equally wide.
    pub fn column(rows: Vec<String>, base: usize) -> Self {
        let width = rows.first().map_or(0, |row| row.width());
        Self { rows, width, base }
    }

    /// How many rows.
    pub const fn height(&self) -> usize {
        self.rows.len()
    }

    /// How many cells in each row.
    pub const fn width(&self) -> usize {
        self.width
    }

    /// The row on the line.
    pub fn middle(&self) -> &str {
        self.rows.get(self.base).map_or("", |row| row)
    }

    /// The rows.
    pub fn into_rows(self) -> Vec<String> {
        self.rows
    }

    /// Draws another to the right, on the same line.
    pub fn put_beside(&mut self, other: &Self, gap: usize) -> Parsed<()> {
        if self.rows.is_empty() {
            *self = other.clone();
            return Ok(());
        }
        let above = self.base.max(other.base);
        let below = (self.height() - self.base).max(other.height() - other.base);
        let width = self.width + gap + other.width;
        check(above + below, width)?;
        self.grow(above, above + below);
        for (at, row) in self.rows.iter_mut().enumerate() {
            pad(row, gap);
            match (at + other.base).checked_sub(above).and_then(|at| other.rows.get(at)) {
                Some(more) => row.push_str(more),
                None => pad(row, other.width),
            }
        }
        self.width = width;
        Ok(())
    }

    /// Adds blank rows until it has `height`, and its line is row `base`.
    pub fn grow(&mut self, base: usize, height: usize) {
        let blank = " ".repeat(self.width);
        let above = base.saturating_sub(self.base);
        self.rows.splice(0..0, std::iter::repeat_n(blank.clone(), above));
        self.base += above;
        while self.rows.len() < height {
            self.rows.push(blank.clone());
        }
    }

    /// Puts drawings one above the other; the line is that of number `base`.
    pub fn stack(parts: Vec<Self>, align: Align, base: usize) -> Parsed<Self> {
        let width = parts.iter().map(|part| part.width).max().unwrap_or(0);
        let height = parts.iter().map(Self::height).sum();
        check(height, width)?;
        let mut rows = Vec::with_capacity(height);
        let mut line = 0;
        for (at, mut part) in parts.into_iter().enumerate() {
            if at == base {
                line = rows.len() + part.base;
            }
            part.widen(width, align);
            rows.append(&mut part.rows);
        }
        Ok(Self { rows, width, base: line })
    }

    /// Adds space to its sides.
    pub fn widen(&mut self, width: usize, align: Align) {
        let missing = width.saturating_sub(self.width);
        let left = match align {
            Align::Left => 0,
            Align::Centre => missing / 2,
            Align::Right => missing,
        };
        for row in &mut self.rows {
            row.insert_str(0, &" ".repeat(left));
            pad(row, missing - left);
        }
        self.width += missing;
    }

    /// Adds a blank row below row `at`.
    pub fn split_after(&mut self, at: usize) {
        let at = (at + 1).min(self.rows.len());
        self.rows.insert(at, " ".repeat(self.width));
    }
}

/// Refuses what is too large to draw.
pub fn check(height: usize, width: usize) -> Parsed<()> {
    if height.saturating_mul(width) > MOST_CELLS { Err(Unreadable) } else { Ok(()) }
}

/// Adds spaces.
pub fn pad(row: &mut String, cells: usize) {
    row.extend(std::iter::repeat_n(' ', cells));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawings_stand_on_one_line() {
        let parts = vec![Canvas::line("a"), Canvas::rule('─', 3), Canvas::line("b")];
        let mut canvas = Canvas::line("x =");
        canvas.put_beside(&Canvas::stack(parts, Align::Centre, 1).unwrap(), 1).unwrap();
        canvas.put_beside(&Canvas::line("."), 0).unwrap();
        assert_eq!(canvas.into_rows(), ["     a  ", "x = ───.", "     b  "]);
    }

    #[test]
    fn what_is_too_large_is_refused() {
        let mut wide = Canvas::rule('x', MOST_CELLS);
        let tall = Canvas::column(vec!["y".into(), "y".into()], 0);
        assert_eq!(wide.put_beside(&tall, 0), Err(Unreadable));
        assert_eq!(Canvas::stack(vec![wide, tall], Align::Left, 0), Err(Unreadable));
    }
}
