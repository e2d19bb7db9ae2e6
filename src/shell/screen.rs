//! From one frame to the next in as few bytes as can be, in one write.
//!
//! Only cells that changed are written. A short stretch that did not change is written again where that is cheaper
//! than moving over it; blanks are erased, not written; a row that begins under the last one is come to by returning
//! to where that began; the cursor is placed anew after every cluster whose width terminals disagree about (joined
//! emoji, flags, variation selectors).

use ratatui::style::{Color, Modifier};

use crate::app::event::Size;
use crate::layout::Face;
use crate::ui::grid::{BLANK, Cell, Grid, Ink};
use crate::ui::theme::Theme;

/// The screen: what stands on the terminal, and what will.
pub struct Screen {
    shown: Vec<Cell>,
    next: Grid,
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
    ink: Ink,
    /// A cell that was come to, and nothing has been written there yet.
    begins: Option<(u16, u16)>,
    /// What the terminal has saved (DECSC): a cell and an ink.
    saved: Option<((u16, u16), Ink)>,
}

impl Screen {
    /// A screen of which nothing is known.
    pub fn new(size: Size) -> Self {
        let next = Grid::new(size.width, size.height);
        Self { shown: Vec::new(), next, bytes: Vec::new(), pen: Pen::default(), unknown: true }
    }

    /// Forgets what stands on the terminal: the next frame is written whole.
    pub fn forget(&mut self) {
        self.unknown = true;
    }

    /// Draws a frame, and gives the bytes that bring the terminal from the last one to it.
    pub fn frame(&mut self, size: Size, draw: impl FnOnce(&mut Grid)) -> &[u8] {
        self.unknown |= self.next.size() != (size.width, size.height) || self.next.is_full();
        self.bytes.clear();
        if self.unknown {
            self.next = Grid::new(size.width, size.height);
            self.shown = self.next.rows().flatten().copied().collect();
            self.pen = Pen::default();
            self.bytes.extend_from_slice(b"\x1b[0m\x1b[2J");
            self.unknown = false;
        }
        draw(&mut self.next);
        let width = usize::from(size.width.max(1));
        for ((y, new), old) in (0..).zip(self.next.rows()).zip(self.shown.chunks(width)) {
            let mut row = Row { y, old, new, grid: &self.next, bytes: &mut self.bytes, pen: &mut self.pen };
            row.write();
        }
        self.next.swap(&mut self.shown);
        &self.bytes
    }
}

/// A row of the screen, as it stands and as it will.
struct Row<'a> {
    y: u16,
    old: &'a [Cell],
    new: &'a [Cell],
    grid: &'a Grid,
    bytes: &'a mut Vec<u8>,
    pen: &'a mut Pen,
}

impl Row<'_> {
    /// Writes what changed.
    fn write(&mut self) {
        let (old, new) = (self.old, self.new);
        let Some(first) = old.iter().zip(new).position(|(old, new)| old != new) else {
            return;
        };
        let last = old.iter().zip(new).rposition(|(old, new)| old != new).unwrap_or(first);
        // A wide sign that begins before the change is written whole.
        let first = (0..=first).rev().find(|&x| new[x].columns() > 0).unwrap_or(first);
        let end = (first..new.len()).rev().find(|&x| !self.is_blank(new[x])).map_or(first, |x| x + 1);
        let mut x = first;
        let mut unchanged = 0;
        while x < end && x <= last + 1 {
            let blanks = new[x..end].iter().take_while(|c| self.is_blank(**c)).count();
            // Nothing is written behind the last change: there the cursor need not go.
            let (blanks, enough) = if x + blanks > last {
                ((last + 1).saturating_sub(x), ERASED_LAST)
            } else {
                (blanks, ERASED)
            };
            if blanks >= enough {
                self.erase(x, Some(blanks));
                x += blanks;
                unchanged = 0;
                continue;
            }
            let columns = new[x].columns().clamp(1, new.len() - x);
            if old[x..x + columns] == new[x..x + columns] {
                unchanged += columns;
                x += columns;
                continue;
            }
            self.bridge(x, unchanged);
            self.put(x, columns);
            unchanged = 0;
            x += columns;
            x += self.put_alike(x);
        }
        if last >= end && old[end..].iter().any(|c| !self.is_blank(*c)) {
            self.erase(end, None);
        }
    }

    fn is_blank(&self, cell: Cell) -> bool {
        cell == BLANK
            || cell.is_space() && {
                let ink = self.grid.ink(cell);
                ink.bg == Color::Reset && !ink.modifier.intersects(SHOWS)
            }
    }

    /// Comes to a cell: over the unchanged cells before it by writing them again, or by moving.
    fn bridge(&mut self, x: usize, unchanged: usize) {
        let (from, to) = ((x - unchanged, self.y), (x as u16, self.y));
        if self.pen.at == Some(to) {
            return;
        }
        let before = &self.new[from.0..x];
        let cheap = unchanged <= 4
            && self.pen.at == Some((from.0 as u16, self.y))
            && before
                .iter()
                .all(|c| self.grid.char(*c).is_some_and(|c| c.is_ascii()) && self.writes_like(*c));
        if cheap {
            self.bytes.extend(before.iter().filter_map(|c| self.grid.char(*c)).map(|c| c as u8));
            self.pen.at = Some(to);
        } else {
            self.pen.go(self.bytes, to);
        }
    }

    fn put(&mut self, x: usize, columns: usize) {
        let cell = self.new[x];
        if !self.writes_like(cell) {
            self.pen.style(self.bytes, self.grid.ink(cell));
        }
        self.pen.save(self.bytes);
        let after = ((x + columns) as u16, self.y);
        match self.grid.char(cell) {
            Some(sign) => {
                self.bytes.extend_from_slice(sign.encode_utf8(&mut [0; 4]).as_bytes());
                self.pen.at = Some(after);
            }
            None => {
                self.bytes.extend_from_slice(self.grid.cluster(cell).as_bytes());
                self.pen.at = None;
            }
        }
    }

    /// Writes the characters of one byte that follow in the same ink and have changed, too. Returns how many.
    fn put_alike(&mut self, x: usize) -> usize {
        let (old, new) = (self.old, self.new);
        let before = new[x - 1];
        // A blank may have been written in the ink of what stands before it.
        let Some((cursor, _)) = self.pen.at.filter(|_| self.pen.ink == self.grid.ink(before)) else {
            return 0;
        };
        let mut at = x;
        while let Some(cell) = new.get(at).filter(|c| **c != old[at]) {
            let Some(sign) = cell.ascii_like(before) else { break };
            // Several blanks may be erased.
            if sign == b' ' && new.get(at + 1).is_none_or(|next| next.is_space()) {
                break;
            }
            self.bytes.push(sign);
            at += 1;
        }
        self.pen.at = Some((cursor + (at - x) as u16, self.y));
        at - x
    }

    /// Erases blanks: this many, or all to the end of the row. The cursor stays before them.
    fn erase(&mut self, x: usize, blanks: Option<usize>) {
        self.pen.go(self.bytes, (x as u16, self.y));
        if self.pen.ink.bg != Color::Reset || self.pen.ink.modifier.intersects(SHOWS) {
            self.pen.style(self.bytes, Ink::default());
        }
        self.pen.save(self.bytes);
        match blanks {
            Some(count) => control(self.bytes, count, b'X'),
            None => self.bytes.extend_from_slice(b"\x1b[K"),
        }
    }

    fn writes_like(&self, cell: Cell) -> bool {
        let (ink, pen) = (self.grid.ink(cell), self.pen.ink);
        // The colour of a blank's foreground does not show.
        let fg = ink.fg == pen.fg || (cell.is_space() && !ink.modifier.contains(Modifier::REVERSED));
        fg && ink.bg == pen.bg && ink.modifier == pen.modifier
    }
}

/// From this many blanks on, erasing is shorter than writing; and where nothing follows them.
const ERASED: usize = 9;
const ERASED_LAST: usize = 5;

/// What shows on a blank.
const SHOWS: Modifier = Modifier::REVERSED.union(Modifier::UNDERLINED).union(Modifier::CROSSED_OUT);

/// From this column on, returning to the cell above is shorter than moving there.
const RETURNS: u16 = 10;

impl Pen {
    fn go(&mut self, bytes: &mut Vec<u8>, to: (u16, u16)) {
        let (x, y) = to;
        match (self.at, self.saved) {
            (Some(at), _) if at == to => return,
            (Some((from, row)), _) if row == y && from < x => match x - from {
                1 => bytes.extend_from_slice(b"\x1b[C"),
                by => control(bytes, by.into(), b'C'),
            },
            (_, Some((cell, ink))) if cell == (x, y.wrapping_sub(1)) => {
                bytes.extend_from_slice(b"\x1b8\n");
                self.ink = ink;
                self.begins = Some(to);
            }
            (Some((_, row)), _) if row + 1 == y => {
                bytes.extend_from_slice(b"\r\n");
                if x > 0 {
                    control(bytes, x.into(), b'C');
                }
                self.begins = (x >= RETURNS).then_some(to);
            }
            _ if x == 0 => control(bytes, usize::from(y) + 1, b'H'),
            _ => {
                bytes.extend_from_slice(b"\x1b[");
                number(bytes, usize::from(y) + 1);
                bytes.push(b';');
                number(bytes, usize::from(x) + 1);
                bytes.push(b'H');
                self.begins = (x >= RETURNS).then_some(to);
            }
        }
        self.at = Some(to);
    }

    /// At the first cell that is written in a row: has the terminal remember it, and the ink.
    fn save(&mut self, bytes: &mut Vec<u8>) {
        if let Some(cell) = self.begins.take() {
            bytes.extend_from_slice(b"\x1b7");
            self.saved = Some((cell, self.ink));
        }
    }

    fn style(&mut self, bytes: &mut Vec<u8>, ink: Ink) {
        let mut codes = Codes { bytes, first: true };
        if !(self.ink.modifier - ink.modifier).is_empty() {
            codes.add(0);
            self.ink = Ink::default();
        }
        for (modifier, code) in [
            (Modifier::BOLD, 1),
            (Modifier::DIM, 2),
            (Modifier::ITALIC, 3),
            (Modifier::UNDERLINED, 4),
            (Modifier::REVERSED, 7),
            (Modifier::CROSSED_OUT, 9),
        ] {
            if (ink.modifier - self.ink.modifier).contains(modifier) {
                codes.add(code);
            }
        }
        if ink.fg != self.ink.fg {
            codes.colour(ink.fg, 30);
        }
        if ink.bg != self.ink.bg {
            codes.colour(ink.bg, 40);
        }
        codes.end();
        self.ink = ink;
    }
}

/// What a terminal is told before text that looks like this; nothing for text that looks like any other.
pub fn ink(theme: &Theme, face: Face) -> String {
    let mut bytes = Vec::new();
    Pen::default().style(&mut bytes, Ink::default().patched(theme.face(face)));
    String::from_utf8_lossy(&bytes).into_owned()
}

/// One `CSI … m`.
struct Codes<'a> {
    bytes: &'a mut Vec<u8>,
    first: bool,
}

impl Codes<'_> {
    fn add(&mut self, code: u8) {
        self.bytes.extend_from_slice(if self.first { b"\x1b[" } else { b";" });
        self.first = false;
        number(self.bytes, code.into());
    }

    /// `base` is 30 for the foreground, 40 for the background (ECMA-48, 8.3.117; xterm's extensions).
    fn colour(&mut self, colour: Color, base: u8) {
        let bright = base + 60;
        match colour {
            Color::Reset => self.add(base + 9),
            Color::Black => self.add(base),
            Color::Red => self.add(base + 1),
            Color::Green => self.add(base + 2),
            Color::Yellow => self.add(base + 3),
            Color::Blue => self.add(base + 4),
            Color::Magenta => self.add(base + 5),
            Color::Cyan => self.add(base + 6),
            Color::Gray => self.add(base + 7),
            Color::DarkGray => self.add(bright),
            Color::LightRed => self.add(bright + 1),
            Color::LightGreen => self.add(bright + 2),
            Color::LightYellow => self.add(bright + 3),
            Color::LightBlue => self.add(bright + 4),
            Color::LightMagenta => self.add(bright + 5),
            Color::LightCyan => self.add(bright + 6),
            Color::White => self.add(bright + 7),
            Color::Indexed(index) => [base + 8, 5, index].into_iter().for_each(|code| self.add(code)),
            Color::Rgb(r, g, b) => [base + 8, 2, r, g, b].into_iter().for_each(|code| self.add(code)),
        }
    }

    fn end(self) {
        if !self.first {
            self.bytes.push(b'm');
        }
    }
}

/// Writes a control sequence with one number: `ESC [ 12 C`.
fn control(bytes: &mut Vec<u8>, count: usize, sign: u8) {
    bytes.extend_from_slice(b"\x1b[");
    number(bytes, count);
    bytes.push(sign);
}

/// Writes a number in decimal: by hand, since a frame holds some hundreds of them.
fn number(bytes: &mut Vec<u8>, value: usize) {
    if value >= 10 {
        number(bytes, value / 10);
    }
    bytes.push(b'0' + (value % 10) as u8);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::geometry::Area;
    use ratatui::style::Style;
    use unicode_segmentation::UnicodeSegmentation;
    use unicode_width::UnicodeWidthStr;

    const SIZE: Size = Size { width: 24, height: 3 };

    /// Capital letters are bold, and every `b` is red.
    fn style(cluster: &str) -> Style {
        let style = if cluster.chars().all(char::is_uppercase) { Style::new().bold() } else { Style::new() };
        if cluster.eq_ignore_ascii_case("b") { style.fg(Color::Red) } else { style }
    }

    fn write(grid: &mut Grid, frame: &[&str; 3]) {
        grid.fill(Area { x: 0, y: 0, width: SIZE.width, height: SIZE.height }, Style::new());
        for (y, row) in (0..).zip(frame) {
            let mut x = 0;
            for cluster in row.graphemes(true) {
                let columns = cluster.width() as u16;
                grid.put_cluster(x, y, cluster, columns, style(cluster));
                x += columns;
            }
        }
    }

    /// Brings a real emulator from frame to frame, and compares what it shows.
    fn shows(frames: &[[&str; 3]]) {
        let cells = |n| std::num::NonZeroU16::new(n).unwrap();
        let mut terminal = vt100::Parser::new(cells(SIZE.height), cells(SIZE.width), 0);
        let mut screen = Screen::new(SIZE);
        for frame in frames {
            terminal.process(screen.frame(SIZE, |grid| write(grid, frame)));
            let rows: Vec<String> = terminal.screen().rows(0, SIZE.width).collect();
            for (y, (row, expected)) in (0..).zip(rows.iter().zip(frame)) {
                assert_eq!(row.trim_end(), expected.trim_end());
                let letters = expected.chars().enumerate().take_while(|(_, c)| c.is_ascii());
                for (x, letter) in letters.filter(|(_, c)| *c != ' ') {
                    let cell = terminal.screen().cell(y, x as u16).unwrap();
                    let red = cell.fgcolor() == vt100::Color::Idx(1);
                    let wanted = (letter.is_uppercase(), letter.eq_ignore_ascii_case(&'b'));
                    assert_eq!((cell.bold(), red), wanted, "{letter} of {expected}");
                }
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
            ["            abc", "            dEf", "            ghi"],
            ["            ABC", "            DEF", "            GHI"],
            ["            abc", "", "            ghiJ"],
        ]);
    }

    #[test]
    fn nothing_changed_is_nothing_written() {
        let mut screen = Screen::new(SIZE);
        let draw = |grid: &mut Grid| write(grid, &["same", "", ""]);
        assert!(!screen.frame(SIZE, draw).is_empty());
        assert!(screen.frame(SIZE, draw).is_empty());
    }

    #[test]
    fn rows_under_each_other_return_to_their_beginning() {
        let mut screen = Screen::new(SIZE);
        screen.frame(SIZE, |grid| write(grid, &["", "", ""]));
        let bytes =
            screen.frame(SIZE, |grid| write(grid, &["            aB", "            c", "            dE"]));
        assert_eq!(bytes, b"\x1b[1;13H\x1b7a\x1b[1;31mB\x1b8\n\x1b7c\x1b8\n\x1b7d\x1b[1mE");
    }

    proptest::proptest! {
        #[test]
        fn any_frame_follows_any_other(
            frames in proptest::collection::vec(proptest::array::uniform3("( {11,13})?[abAB 漢é]{0,6}"), 1..6)
        ) {
            let frames: Vec<[&str; 3]> = frames.iter().map(|f| [f[0].as_str(), f[1].as_str(), f[2].as_str()]).collect();
            shows(&frames);
        }
    }
}
