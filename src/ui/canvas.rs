//! Putting text into cells: the one place that writes to the buffer. What does not fit is cut with a sign.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::app::geometry::Area;

/// The cells of the screen.
pub struct Canvas<'a> {
    /// The buffer that is written to.
    pub buffer: &'a mut Buffer,
}

impl Canvas<'_> {
    /// Writes text from a column on, in at most `room` cells, without a sign where it is cut. Returns the cells taken.
    pub fn put(&mut self, x: u16, y: u16, text: &str, room: u16, style: Style) -> u16 {
        if text.is_ascii() {
            return self.put_ascii(x, y, text, room, style);
        }
        let mut taken = 0;
        for cluster in text.graphemes(true) {
            let width = cluster.width() as u16;
            if taken + width > room {
                break;
            }
            self.put_cluster(x + taken, y, cluster, width, style);
            taken += width;
        }
        taken
    }

    fn put_ascii(&mut self, x: u16, y: u16, text: &str, room: u16, style: Style) -> u16 {
        let area = self.buffer.area;
        if y >= area.bottom() || x >= area.right() {
            return 0;
        }
        let room = room.min(area.right() - x) as usize;
        let start = self.buffer.index_of(x, y);
        let mut taken = 0;
        for (cell, byte) in self.buffer.content[start..start + room].iter_mut().zip(text.bytes()) {
            if !byte.is_ascii_control() {
                cell.set_char(char::from(byte)).set_style(style);
            }
            taken += 1;
        }
        taken
    }

    /// Writes one grapheme cluster; the cells that a wide one covers are emptied.
    pub fn put_cluster(&mut self, x: u16, y: u16, cluster: &str, width: u16, style: Style) {
        if width == 0 || cluster.chars().any(char::is_control) {
            return;
        }
        let area = self.buffer.area;
        if y >= area.bottom() || x.saturating_add(width) > area.right() {
            return;
        }
        self.buffer[(x, y)].set_symbol(cluster).set_style(style);
        for covered in x + 1..x + width {
            self.buffer[(covered, y)].reset();
            self.buffer[(covered, y)].set_style(style);
        }
    }

    /// Writes text in at most `room` cells; where it does not fit, it ends with an ellipsis.
    pub fn put_cut(&mut self, x: u16, y: u16, text: &str, room: u16, style: Style) -> u16 {
        if text.width() <= room as usize {
            return self.put(x, y, text, room, style);
        }
        let taken = self.put(x, y, text, room.saturating_sub(1), style);
        taken + self.put(x + taken, y, "…", 1.min(room), style)
    }

    /// Empties an area and gives it a ground.
    pub fn fill(&mut self, area: Area, style: Style) {
        let rect = Rect { x: area.x, y: area.y, width: area.width, height: area.height };
        let rect = rect.intersection(self.buffer.area);
        if rect.is_empty() {
            return;
        }
        let mut blank = Cell::default();
        blank.set_style(style);
        for y in rect.top()..rect.bottom() {
            let start = self.buffer.index_of(rect.x, y);
            self.buffer.content[start..start + rect.width as usize].fill(blank.clone());
        }
        self.mend_edge(rect.x.checked_sub(1), rect);
    }

    /// A wide character that the area cuts through leaves a space.
    fn mend_edge(&mut self, left: Option<u16>, rect: Rect) {
        let Some(x) = left else { return };
        for y in rect.top()..rect.bottom() {
            let cell = &mut self.buffer[(x, y)];
            if cell.symbol().width() > 1 {
                cell.set_symbol(" ");
            }
        }
    }

    /// Adds a style to an area, over what stands there.
    pub fn tint(&mut self, area: Area, style: Style) {
        let rect = Rect { x: area.x, y: area.y, width: area.width, height: area.height };
        self.buffer.set_style(rect.intersection(self.buffer.area), style);
    }

    /// A vertical line of one sign.
    pub fn column(&mut self, area: Area, sign: &str, style: Style) {
        for y in area.y..area.bottom() {
            self.put(area.x, y, sign, 1, style);
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn row(text: &str, room: u16) -> String {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 10, 1));
        Canvas { buffer: &mut buffer }.put_cut(0, 0, text, room, Style::new());
        (0..10).map(|x| buffer[(x, 0)].symbol().to_owned()).collect::<String>().trim_end().to_owned()
    }

    #[test]
    fn what_does_not_fit_is_cut_with_a_sign() {
        for (text, room, expected) in [
            ("short", 10, "short"),
            ("a longer text", 8, "a longe…"),
            ("漢字漢字", 5, "漢 字 …"),
            ("x", 0, ""),
            ("a\u{1b}[2J", 10, "a [2J"),
        ] {
            assert_eq!(row(text, room), expected, "{text:?}");
        }
    }
}
