//! From one frame to the next in as few bytes as can be, in one write.
//!
//! Only cells that changed are written. A short stretch that did not change is written again where that is cheaper
//! than moving over it; blanks are erased, not written; the cursor is placed anew after every cluster whose width
//! terminals disagree about (joined emoji, flags, variation selectors).

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

use crate::app::event::Size;
use crate::layout::Face;
use crate::ui::theme::Theme;

/// The screen: what stands on the terminal, and what will.
pub struct Screen {
    shown: Buffer,
    next: Buffer,
    bytes: Vec<u8>,
    pen: Pen,
    /// Nothing is known of what stands on the terminal.
    unknown: bool,
}

/// Where the terminal's cursor is and how it writes.
#[derive(Clone, Debug, Default)]
struct Pen {
    /// Column and row; `None` when not known.
    at: Option<(u16, u16)>,
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

impl Screen {
    /// A screen of which nothing is known.
    pub fn new(size: Size) -> Self {
        let empty = Buffer::empty(Rect::new(0, 0, size.width, size.height));
        Self { shown: empty.clone(), next: empty, bytes: Vec::new(), pen: Pen::default(), unknown: true }
    }

    /// Forgets what stands on the terminal: the next frame is written whole.
    pub fn forget(&mut self) {
        self.unknown = true;
    }

    /// Draws a frame, and gives the bytes that bring the terminal from the last one to it.
    pub fn frame(&mut self, size: Size, draw: impl FnOnce(&mut Buffer)) -> &[u8] {
        let area = Rect::new(0, 0, size.width, size.height);
        if self.next.area != area {
            self.next.resize(area);
            self.shown.resize(area);
            self.unknown = true;
        }
        draw(&mut self.next);
        self.bytes.clear();
        if self.unknown {
            self.shown.reset();
            self.pen = Pen { at: None, fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };
            self.bytes.extend_from_slice(b"\x1b[0m\x1b[2J");
            self.unknown = false;
        }
        for y in 0..area.height {
            self.row(y, area.width);
        }
        std::mem::swap(&mut self.shown, &mut self.next);
        &self.bytes
    }

    /// Writes what changed in a row.
    fn row(&mut self, y: u16, width: u16) {
        let start = self.next.index_of(0, y);
        let old = &self.shown.content[start..start + width as usize];
        let new = &self.next.content[start..start + width as usize];
        let Some(first) = (0..new.len()).find(|&x| !same(&old[x], &new[x])) else {
            return;
        };
        let last = (first..new.len()).rev().find(|&x| !same(&old[x], &new[x])).unwrap_or(first);
        // A wide character that begins before the change is written whole.
        let first = first - usize::from(first > 0 && cells_of(&new[first - 1]) > 1);
        let end = text_end(new);
        let mut x = first;
        let mut unchanged = 0;
        while x < end && x <= last + 1 {
            let blanks = new[x..end].iter().take_while(|c| is_blank(c)).count();
            if blanks >= ERASED && x <= last {
                self.pen.erase(&mut self.bytes, (x as u16, y), Some(blanks));
                x += blanks;
                unchanged = 0;
                continue;
            }
            let cells = cells_of(&new[x]).min(new.len() - x);
            if (x..x + cells).any(|at| !same(&old[at], &new[at])) || covered_before(old, x) {
                self.pen.bridge(&mut self.bytes, &new[x - unchanged..x], (x as u16, y));
                self.pen.put(&mut self.bytes, &new[x], cells as u16, (x as u16, y));
                unchanged = 0;
            } else {
                unchanged += cells;
            }
            x += cells;
        }
        if last >= end && old[end..].iter().any(|c| !is_blank(c)) {
            self.pen.erase(&mut self.bytes, (end as u16, y), None);
        }
    }
}

/// True for cells that look the same. Quicker than comparing all that a cell holds, and this is what a frame costs most.
fn same(a: &Cell, b: &Cell) -> bool {
    let (left, right) = (a.symbol().as_bytes(), b.symbol().as_bytes());
    let signs = match (left, right) {
        ([l], [r]) => l == r,
        _ => left == right,
    };
    signs && a.fg == b.fg && a.bg == b.bg && a.modifier == b.modifier
}

/// From this many blanks on, erasing is shorter than writing.
const ERASED: usize = 9;

/// The cells that a cell's cluster takes.
fn cells_of(cell: &Cell) -> usize {
    match cell.symbol() {
        one if one.len() == 1 => 1,
        cluster => cluster.width().max(1),
    }
}

/// True when the cell was the covered half of a wide character whose first half is gone.
fn covered_before(old: &[Cell], x: usize) -> bool {
    x > 0 && cells_of(&old[x - 1]) > 1
}

/// One past the last cell that shows anything; cells from there on can be erased.
fn text_end(row: &[Cell]) -> usize {
    let mut end = row.len();
    while end > 0 && is_blank(&row[end - 1]) && !covered_before(row, end - 1) {
        end -= 1;
    }
    end
}

fn is_blank(cell: &Cell) -> bool {
    cell.symbol() == " "
        && cell.bg == Color::Reset
        && !cell.modifier.intersects(Modifier::REVERSED | Modifier::UNDERLINED | Modifier::CROSSED_OUT)
}

impl Pen {
    /// Comes to a cell: over the unchanged cells before it by writing them again, or by moving.
    fn bridge(&mut self, bytes: &mut Vec<u8>, before: &[Cell], to: (u16, u16)) {
        if self.at == Some(to) {
            return;
        }
        let from = to.0.checked_sub(before.len() as u16).map(|x| (x, to.1));
        let cheap = before.len() <= 4
            && self.at.is_some()
            && self.at == from
            && before.iter().all(|c| c.symbol().len() == 1 && self.writes_like(c));
        if cheap {
            bytes.extend(before.iter().flat_map(|c| c.symbol().bytes()));
            self.at = Some(to);
        } else {
            self.go(bytes, to);
        }
    }

    fn go(&mut self, bytes: &mut Vec<u8>, to: (u16, u16)) {
        match self.at {
            Some(at) if at == to => {}
            Some((x, y)) if y == to.1 && x < to.0 => match to.0 - x {
                1 => bytes.extend_from_slice(b"\x1b[C"),
                by => write_all(bytes, format_args!("\x1b[{by}C")),
            },
            Some((_, y)) if y + 1 == to.1 => {
                bytes.extend_from_slice(b"\r\n");
                if to.0 > 0 {
                    write_all(bytes, format_args!("\x1b[{}C", to.0));
                }
            }
            _ if to.0 == 0 => write_all(bytes, format_args!("\x1b[{}H", to.1 + 1)),
            _ => write_all(bytes, format_args!("\x1b[{};{}H", to.1 + 1, to.0 + 1)),
        }
        self.at = Some(to);
    }

    fn put(&mut self, bytes: &mut Vec<u8>, cell: &Cell, cells: u16, at: (u16, u16)) {
        self.style(bytes, cell);
        bytes.extend_from_slice(cell.symbol().as_bytes());
        let plain = cell.symbol().len() == 1 || cell.symbol().chars().nth(1).is_none();
        self.at = plain.then_some((at.0 + cells, at.1));
    }

    /// Erases blanks: this many, or all to the end of the row. The cursor stays before them.
    fn erase(&mut self, bytes: &mut Vec<u8>, at: (u16, u16), blanks: Option<usize>) {
        self.go(bytes, at);
        let shows = Modifier::REVERSED | Modifier::UNDERLINED | Modifier::CROSSED_OUT;
        if self.bg != Color::Reset || self.modifier.intersects(shows) {
            self.style(bytes, &Cell::default());
        }
        match blanks {
            Some(count) => write_all(bytes, format_args!("\x1b[{count}X")),
            None => bytes.extend_from_slice(b"\x1b[K"),
        }
    }

    fn writes_like(&self, cell: &Cell) -> bool {
        // The colour of a blank's foreground does not show.
        let fg = cell.fg == self.fg || (cell.symbol() == " " && !cell.modifier.contains(Modifier::REVERSED));
        fg && cell.bg == self.bg && cell.modifier == self.modifier
    }

    fn style(&mut self, bytes: &mut Vec<u8>, cell: &Cell) {
        if self.writes_like(cell) {
            return;
        }
        let mut codes = Codes { bytes, first: true };
        if !(self.modifier - cell.modifier).is_empty() {
            codes.add(format_args!("0"));
            (self.fg, self.bg, self.modifier) = (Color::Reset, Color::Reset, Modifier::empty());
        }
        for (modifier, code) in [
            (Modifier::BOLD, 1),
            (Modifier::DIM, 2),
            (Modifier::ITALIC, 3),
            (Modifier::UNDERLINED, 4),
            (Modifier::REVERSED, 7),
            (Modifier::CROSSED_OUT, 9),
        ] {
            if (cell.modifier - self.modifier).contains(modifier) {
                codes.add(format_args!("{code}"));
            }
        }
        if cell.fg != self.fg {
            codes.colour(cell.fg, 30);
        }
        if cell.bg != self.bg {
            codes.colour(cell.bg, 40);
        }
        codes.end();
        (self.fg, self.bg, self.modifier) = (cell.fg, cell.bg, cell.modifier);
    }
}

/// What a terminal is told before text that looks like this; nothing for text that looks like any other.
pub fn ink(theme: &Theme, face: Face) -> String {
    let mut cell = Cell::new("x");
    cell.set_style(theme.face(face));
    let mut bytes = Vec::new();
    Pen::default().style(&mut bytes, &cell);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// One `CSI … m`.
struct Codes<'a> {
    bytes: &'a mut Vec<u8>,
    first: bool,
}

impl Codes<'_> {
    fn add(&mut self, code: std::fmt::Arguments) {
        self.bytes.extend_from_slice(if self.first { b"\x1b[" } else { b";" });
        self.first = false;
        write_all(self.bytes, code);
    }

    /// `base` is 30 for the foreground, 40 for the background (ECMA-48, 8.3.117; xterm's extensions).
    fn colour(&mut self, colour: Color, base: u8) {
        let bright = base + 60;
        match colour {
            Color::Reset => self.add(format_args!("{}", base + 9)),
            Color::Black => self.add(format_args!("{base}")),
            Color::Red => self.add(format_args!("{}", base + 1)),
            Color::Green => self.add(format_args!("{}", base + 2)),
            Color::Yellow => self.add(format_args!("{}", base + 3)),
            Color::Blue => self.add(format_args!("{}", base + 4)),
            Color::Magenta => self.add(format_args!("{}", base + 5)),
            Color::Cyan => self.add(format_args!("{}", base + 6)),
            Color::Gray => self.add(format_args!("{}", base + 7)),
            Color::DarkGray => self.add(format_args!("{bright}")),
            Color::LightRed => self.add(format_args!("{}", bright + 1)),
            Color::LightGreen => self.add(format_args!("{}", bright + 2)),
            Color::LightYellow => self.add(format_args!("{}", bright + 3)),
            Color::LightBlue => self.add(format_args!("{}", bright + 4)),
            Color::LightMagenta => self.add(format_args!("{}", bright + 5)),
            Color::LightCyan => self.add(format_args!("{}", bright + 6)),
            Color::White => self.add(format_args!("{}", bright + 7)),
            Color::Indexed(index) => self.add(format_args!("{};5;{index}", base + 8)),
            Color::Rgb(r, g, b) => self.add(format_args!("{};2;{r};{g};{b}", base + 8)),
        }
    }

    fn end(self) {
        if !self.first {
            self.bytes.push(b'm');
        }
    }
}

fn write_all(bytes: &mut Vec<u8>, text: std::fmt::Arguments) {
    use std::io::Write;
    // Writing to a vector cannot fail.
    let _ = bytes.write_fmt(text);
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::Style;

    const SIZE: Size = Size { width: 12, height: 3 };

    /// Brings a real emulator from frame to frame, and compares what it shows.
    fn shows(frames: &[[&str; 3]]) {
        let cells = |n| std::num::NonZeroU16::new(n).unwrap();
        let mut terminal = vt100::Parser::new(cells(SIZE.height), cells(SIZE.width), 0);
        let mut screen = Screen::new(SIZE);
        for frame in frames {
            let bytes = screen.frame(SIZE, |buffer| {
                buffer.reset();
                for (y, row) in frame.iter().enumerate() {
                    let style = if y == 1 { Style::new().fg(Color::Red).bold() } else { Style::new() };
                    buffer.set_string(0, y as u16, row, style);
                }
            });
            terminal.process(bytes);
            let rows: Vec<String> = terminal.screen().rows(0, SIZE.width).collect();
            for (row, expected) in rows.iter().zip(frame) {
                assert_eq!(row.trim_end(), expected.trim_end());
            }
        }
    }

    #[test]
    fn the_terminal_shows_each_frame() {
        shows(&[
            ["hello world", "one two", "漢字 text"],
            ["hellO world", "one", "字漢 text"],
            ["", "two words", "a漢字b"],
            ["漢漢漢漢漢漢", "", "x"],
            ["abcdefghijkl", "漢", "🦀 e\u{301}x"],
            ["abc", "漢x", "❤️ f"],
        ]);
    }

    #[test]
    fn nothing_changed_is_nothing_written() {
        let mut screen = Screen::new(SIZE);
        let draw = |buffer: &mut Buffer| {
            buffer.reset();
            buffer.set_string(0, 0, "same", Style::new());
        };
        assert!(!screen.frame(SIZE, draw).is_empty());
        assert!(screen.frame(SIZE, draw).is_empty());
    }

    proptest::proptest! {
        #[test]
        fn any_frame_follows_any_other(frames in proptest::collection::vec(proptest::array::uniform3("[ab 漢é]{0,6}"), 1..6)) {
            let frames: Vec<[&str; 3]> = frames.iter().map(|f| [f[0].as_str(), f[1].as_str(), f[2].as_str()]).collect();
            shows(&frames);
        }
    }
}
