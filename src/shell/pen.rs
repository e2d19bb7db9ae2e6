//! The terminal's cursor, and the shortest ways to move it and to change what it writes in.

use ratatui::style::{Color, Modifier};

use crate::layout::Face;
use crate::ui::ink::Ink;
use crate::ui::theme::Theme;

/// Where the terminal's cursor is and how it writes.
#[derive(Clone, Debug, Default)]
pub struct Pen {
    /// Column and row; `None` when not known.
    pub at: Option<(u16, u16)>,
    /// What it writes in.
    pub ink: Ink,
    /// A cell that was come to, and nothing has been written there yet.
    begins: Option<(u16, u16)>,
    /// What the terminal has saved (DECSC): a cell and an ink.
    saved: Option<((u16, u16), Ink)>,
    /// The next row will not begin under this one: there is nothing to save.
    passes: bool,
}

/// From this column on, returning to the cell above is shorter than moving there.
const RETURNS: u16 = 10;

impl Pen {
    /// Moves to a cell.
    pub fn go(&mut self, bytes: &mut Vec<u8>, to: (u16, u16)) {
        let (x, y) = to;
        match (self.at, self.saved) {
            (Some(at), _) if at == to => return,
            (Some((from, row)), _) if row == y && from < x => match x - from {
                1 => bytes.extend_from_slice(b"\x1b[C"),
                by => control(bytes, by.into(), b'C'),
            },
            (Some(at), _) if at == (x, y.wrapping_sub(1)) => {
                bytes.push(b'\n');
                self.begins = Some(to);
            }
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

    /// Says whether the next row begins under the one that is begun now.
    pub const fn begin_row(&mut self, next_is_under_it: bool) {
        self.passes = !next_is_under_it;
    }

    /// What has been saved is of no use any more.
    pub const fn drop_saved(&mut self) {
        self.saved = None;
    }

    /// At the first cell that is written in a row: has the terminal remember it, and the ink.
    pub fn save(&mut self, bytes: &mut Vec<u8>) {
        if let Some(cell) = self.begins.take()
            && self.at == Some(cell)
            && !self.passes
        {
            bytes.extend_from_slice(b"\x1b7");
            self.saved = Some((cell, self.ink));
        }
    }

    /// Goes on in another ink.
    pub fn style(&mut self, bytes: &mut Vec<u8>, ink: Ink) {
        let mut codes = Codes { bytes, first: true };
        if !(self.ink.modifier() - ink.modifier()).is_empty() {
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
            if (ink.modifier() - self.ink.modifier()).contains(modifier) {
                codes.add(code);
            }
        }
        if !ink.same_fg(self.ink) {
            codes.colour(ink.fg(), 30);
        }
        if ink.bg() != self.ink.bg() {
            codes.colour(ink.bg(), 40);
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
pub fn control(bytes: &mut Vec<u8>, count: usize, sign: u8) {
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
