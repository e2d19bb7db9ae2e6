//! Putting text into cells: the one place that writes to the grid. What does not fit is cut with a sign.

use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::grid::{Grid, WIDEST};
use crate::app::geometry::Area;

/// The cells of the screen.
pub struct Canvas<'a> {
    /// What is written to.
    pub grid: &'a mut Grid,
}

impl Canvas<'_> {
    /// Writes text from a column on, in at most `room` cells, without a sign where it is cut. Returns the cells taken.
    pub fn put(&mut self, x: u16, y: u16, text: &str, room: u16, style: Style) -> u16 {
        if text.is_ascii() {
            return self.grid.put_ascii(x, y, text, room, style);
        }
        let simple = text.bytes().take_while(u8::is_ascii).count();
        // The last of them may be the base of a cluster.
        let (simple, text) = text.split_at(simple.saturating_sub(1));
        let mut taken = self.grid.put_ascii(x, y, simple, room, style);
        for cluster in text.graphemes(true) {
            if taken >= room {
                break;
            }
            if cluster.len() == 1 {
                taken += self.grid.put_ascii(x + taken, y, cluster, room - taken, style);
                continue;
            }
            let width = cluster.width() as u16;
            if taken + width > room {
                break;
            }
            self.put_cluster(x + taken, y, cluster, width, style);
            taken += width;
        }
        taken
    }

    /// Writes one grapheme cluster of this width.
    pub fn put_cluster(&mut self, x: u16, y: u16, cluster: &str, width: u16, style: Style) {
        if cluster.chars().any(char::is_control) {
            return;
        }
        if width <= WIDEST {
            return self.grid.put_cluster(x, y, cluster, width, style);
        }
        // A long chain of conjuncts: sign by sign, as terminals show it.
        let (mut column, mut rest) = (x, cluster);
        while let Some(base) = rest.chars().next() {
            let marks = rest.chars().skip(1).take_while(|c| c.width() == Some(0)).map(char::len_utf8);
            let (sign, later) = rest.split_at(base.len_utf8() + marks.sum::<usize>());
            let columns = sign.width() as u16;
            if column + columns > x + width {
                return;
            }
            self.grid.put_cluster(column, y, sign, columns, style);
            column += columns;
            rest = later;
        }
    }

    /// Writes text in at most `room` cells; where it does not fit, it ends with an ellipsis.
    pub fn put_cut(&mut self, x: u16, y: u16, text: &str, room: u16, style: Style) -> u16 {
        if width(text) <= room {
            return self.put(x, y, text, room, style);
        }
        let taken = self.put(x, y, text, room.saturating_sub(1), style);
        taken + self.put(x + taken, y, "…", 1.min(room), style)
    }

    /// Empties an area and gives it a ground.
    pub fn fill(&mut self, area: Area, style: Style) {
        self.grid.fill(area, style);
    }

    /// Adds a style to an area, over what stands there.
    pub fn tint(&mut self, area: Area, style: Style) {
        self.grid.tint(area, style);
    }

    /// A vertical line of one sign.
    pub fn column(&mut self, area: Area, sign: char, style: Style) {
        self.grid.column(area, sign, style);
    }

    /// A rounded frame on a ground.
    pub fn frame(&mut self, area: Area, border: Style, ground: Style) {
        self.fill(area, ground);
        if area.width < 2 || area.height < 2 {
            return;
        }
        let (right, bottom) = (area.right() - 1, area.bottom() - 1);
        let style = ground.patch(border);
        for x in area.x + 1..right {
            self.put(x, area.y, "─", 1, style);
            self.put(x, bottom, "─", 1, style);
        }
        for y in area.y + 1..bottom {
            self.put(area.x, y, "│", 1, style);
            self.put(right, y, "│", 1, style);
        }
        for (x, y, sign) in
            [(area.x, area.y, "╭"), (right, area.y, "╮"), (area.x, bottom, "╰"), (right, bottom, "╯")]
        {
            self.put(x, y, sign, 1, style);
        }
    }
}

/// The cells that a text takes.
pub fn width(text: &str) -> u16 {
    let cells = if text.is_ascii() { text.len() } else { text.width() };
    u16::try_from(cells).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(text: &str, room: u16) -> String {
        let mut grid = Grid::new(10, 1);
        Canvas { grid: &mut grid }.put_cut(0, 0, text, room, Style::new());
        let cells = grid.rows().flatten().filter(|c| c.columns() > 0);
        let signs: String =
            cells.map(|c| grid.char(*c).map_or_else(|| grid.cluster(*c).to_owned(), String::from)).collect();
        signs.trim_end().to_owned()
    }

    #[test]
    fn what_does_not_fit_is_cut_with_a_sign() {
        for (text, room, expected) in [
            ("short", 10, "short"),
            ("a longer text", 8, "a longe…"),
            ("漢字漢字", 5, "漢字…"),
            ("x", 0, ""),
            ("a\u{1b}[2J", 10, "a [2J"),
            ("क्षक्षक्षक्ष", 10, "क्षक्षक्षक्ष"),
        ] {
            assert_eq!(row(text, room), expected, "{text:?}");
        }
    }
}
