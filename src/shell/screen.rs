//! From one frame to the next in as few bytes as can be, in one write.
//!
//! Only cells that changed are written. Those in an ink that takes long to change to are written apart from the rest: to
//! move is shorter. A short stretch that did not change is written again where that is cheaper than moving over it;
//! blanks are erased, not written; a row that begins under the last one is come to by returning to where that began; the
//! cursor is placed anew after every cluster whose width terminals disagree about (joined emoji, flags, variation
//! selectors).

use super::pen::{Pen, control};
use crate::app::event::Size;
use crate::ui::grid::{BLANK, Cell, Grid};
use crate::ui::ink::Ink;

/// The screen: what stands on the terminal, and what may follow.
pub struct Screen {
    /// The cells that stand on the terminal; `None` where nothing is known of them.
    shown: Option<Vec<Cell>>,
    pen: Pen,
    grid: Grid,
    next: Frame,
    inks: Inks,
}

/// A frame that has been drawn and is not on the terminal.
#[derive(Default)]
struct Frame {
    cells: Vec<Cell>,
    /// What brings the terminal to it.
    bytes: Vec<u8>,
    pen: Pen,
    /// It follows what stands on the terminal.
    follows: bool,
}

impl Screen {
    /// A screen of which nothing is known.
    pub fn new(size: Size) -> Self {
        let grid = Grid::new(size.width, size.height);
        Self { shown: None, pen: Pen::default(), grid, next: Frame::default(), inks: Inks::default() }
    }

    /// Forgets what stands on the terminal: the next frame is written whole.
    pub fn forget(&mut self) {
        self.shown = None;
        self.next.follows = false;
    }

    /// Draws a frame, and gives the bytes that bring the terminal to it from the last one.
    pub fn frame(&mut self, size: Size, draw: impl FnOnce(&mut Grid)) -> &[u8] {
        self.prepare(size, draw);
        self.turn()
    }

    /// Draws a frame that may be wanted: [`Screen::turn`] gives it, as long as no other has been drawn.
    pub fn prepare(&mut self, size: Size, draw: impl FnOnce(&mut Grid)) {
        if self.grid.size() != (size.width, size.height) || self.grid.is_full() {
            self.grid = Grid::new(size.width, size.height);
            self.forget();
        }
        draw(&mut self.grid);
        let Frame { cells, bytes, pen, follows } = &mut self.next;
        *follows = true;
        bytes.clear();
        let blank;
        let shown = match &self.shown {
            Some(shown) => {
                *pen = self.pen.clone();
                shown
            }
            None => {
                *pen = Pen::default();
                bytes.extend_from_slice(b"\x1b[0m\x1b[2J");
                blank = vec![BLANK; self.grid.cells().len()];
                &blank
            }
        };
        let width = usize::from(size.width.max(1));
        let mut change = Change { old: shown, new: self.grid.cells(), width, grid: &self.grid, bytes, pen };
        self.inks.find(&change);
        change.write(&self.inks);
        self.grid.cells().clone_into(cells);
    }

    /// True when a frame has been prepared that follows what stands on the terminal.
    pub const fn is_ready(&self) -> bool {
        self.next.follows
    }

    /// Goes on to the frame that was prepared, if there is one: gives the bytes that bring the terminal to it.
    pub fn turn(&mut self) -> &[u8] {
        let Frame { cells, bytes, pen, follows } = &mut self.next;
        if !std::mem::take(follows) {
            return &[];
        }
        std::mem::swap(self.shown.get_or_insert_default(), cells);
        std::mem::swap(&mut self.pen, pen);
        bytes
    }
}

/// The inks of what has changed.
#[derive(Default)]
struct Inks {
    /// For each cell, the ink that it is written in.
    of: Vec<u8>,
    /// The inks that are written apart, the rows in which they are, and the columns in which they begin there.
    apart: Vec<(u8, u16, u16)>,
}

/// The ink of blanks that look like none of what stands before them.
const NONE: u8 = u8::MAX;

/// Bytes that it takes to pass over a stretch of a row and to come back to it later.
const RETURN: usize = 14;

impl Inks {
    /// Finds out in which inks a change is written. A blank is written with what stands before it, if it looks the same
    /// in that ink.
    fn find(&mut self, change: &Change) {
        let mut used = [0_u32; 1 << u8::BITS];
        self.apart.clear();
        self.of.clear();
        self.of.resize(change.new.len(), NONE);
        let rows = change.new.chunks(change.width).zip(change.old.chunks(change.width));
        for ((y, (new, old)), of) in (0..).zip(rows).zip(self.of.chunks_mut(change.width)) {
            if new == old {
                continue;
            }
            let mut before = NONE;
            for (x, ((new, old), of)) in (0..).zip(new.iter().zip(old).zip(of)) {
                let ink = change.grid.ink(*new);
                let like =
                    before != NONE && new.is_space() && ink.is_alike_on_blanks(change.grid.ink_of(before));
                if !like {
                    before = if change.grid.is_blank(*new) { NONE } else { new.ink() };
                }
                *of = before;
                if new != old && before != NONE {
                    used[usize::from(before)] += 1;
                    if self.apart.last().is_none_or(|last| (last.0, last.1) != (before, y)) {
                        self.apart.push((before, y, x));
                    }
                }
            }
        }
        let most = used.iter().enumerate().max_by_key(|(_, count)| **count);
        let most = change.grid.ink_of(most.map_or(NONE, |(ink, _)| ink as u8));
        let apart: Vec<bool> = (0..=u8::MAX)
            .map(|ink| used[usize::from(ink)] > 0 && there_and_back(most, change.grid.ink_of(ink)) > RETURN)
            .collect();
        self.apart.retain(|(ink, ..)| apart[usize::from(*ink)]);
        self.apart.sort_unstable();
        self.apart.dedup_by_key(|(ink, y, _)| (*ink, *y));
        self.of.iter_mut().filter(|ink| !apart[usize::from(**ink)]).for_each(|ink| *ink = NONE);
    }
}

/// Bytes that it takes to change from one ink to another, and back.
fn there_and_back(one: Ink, other: Ink) -> usize {
    let (mut pen, mut bytes) = (Pen::default(), Vec::new());
    pen.ink = one;
    pen.style(&mut bytes, other);
    pen.style(&mut bytes, one);
    bytes.len()
}

/// From the cells that stand on the terminal to those that will.
struct Change<'a> {
    old: &'a [Cell],
    new: &'a [Cell],
    width: usize,
    grid: &'a Grid,
    bytes: &'a mut Vec<u8>,
    pen: &'a mut Pen,
}

impl Change<'_> {
    /// Writes it: all that is erased or not written apart, row after row; then the rest.
    fn write(&mut self, inks: &Inks) {
        let rows = self.new.len().div_ceil(self.width) as u16;
        self.pen.begin_row(true);
        (0..rows).for_each(|y| self.row(inks, NONE, y));
        let mut last = NONE;
        for (at, &(ink, y, x)) in inks.apart.iter().enumerate() {
            if ink != last {
                self.pen.drop_saved();
            }
            last = ink;
            self.pen.begin_row(inks.apart.get(at + 1) == Some(&(ink, y + 1, x)));
            self.row(inks, ink, y);
        }
    }

    fn row(&mut self, inks: &Inks, ink: u8, y: u16) {
        let start = usize::from(y) * self.width;
        let cells = start..(start + self.width).min(self.new.len());
        let (old, new, of) = (&self.old[cells.clone()], &self.new[cells.clone()], &inks.of[cells]);
        Row { y, ink, old, new, of, grid: self.grid, bytes: self.bytes, pen: self.pen }.write();
    }
}

/// A row of the screen, as it stands and as it will.
struct Row<'a> {
    y: u16,
    /// What is written now: an ink, or all that is not written apart.
    ink: u8,
    old: &'a [Cell],
    new: &'a [Cell],
    /// The inks that its cells are written in.
    of: &'a [u8],
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
        let end = (first..new.len()).rev().find(|&x| !self.grid.is_blank(new[x])).map_or(first, |x| x + 1);
        let mut x = first;
        let mut kept = 0;
        while x < end && x <= last + 1 {
            let blanks = new[x..end].iter().take_while(|c| self.grid.is_blank(**c)).count();
            // Nothing is written behind the last change: there the cursor need not go.
            let (blanks, enough) = if x + blanks > last {
                ((last + 1).saturating_sub(x), ERASED_LAST)
            } else {
                (blanks, ERASED)
            };
            if blanks >= enough {
                if self.ink == NONE {
                    self.erase(x, Some(blanks));
                }
                x += blanks;
                kept = 0;
                continue;
            }
            let columns = new[x].columns().clamp(1, new.len() - x);
            if old[x..x + columns] == new[x..x + columns] || self.of[x] != self.ink {
                kept += columns;
                x += columns;
                continue;
            }
            self.bridge(x, kept);
            self.put(x, columns);
            kept = 0;
            x += columns;
            x += self.put_alike(x);
        }
        if self.ink == NONE && last >= end && old[end..].iter().any(|c| !self.grid.is_blank(*c)) {
            self.erase(end, None);
        }
    }

    /// Comes to a cell: over the cells before it that are not written now by writing them nevertheless, or by moving.
    fn bridge(&mut self, x: usize, kept: usize) {
        let (from, to) = ((x - kept, self.y), (x as u16, self.y));
        if self.pen.at == Some(to) {
            return;
        }
        let before = &self.new[from.0..x];
        let cheap = kept <= BRIDGED
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

    /// Writes the characters of one byte that follow in the same ink, as far as they have changed; a few that have not
    /// are written again on the way. Returns how many.
    fn put_alike(&mut self, x: usize) -> usize {
        let before = self.new[x - 1];
        // A blank may have been written in the ink of what stands before it.
        let Some((cursor, _)) = self.pen.at.filter(|_| self.pen.ink == self.grid.ink(before)) else {
            return 0;
        };
        let (old, new) = (&self.old[x..], &self.new[x..]);
        let begun = self.bytes.len();
        let mut written = 0;
        for (at, (cell, old)) in new.iter().zip(old).enumerate() {
            let Some(sign) = cell.ascii_like(before) else { break };
            // Several blanks may be erased.
            if sign == b' ' && new.get(at + 1).is_none_or(|next| next.is_space()) {
                break;
            }
            self.bytes.push(sign);
            if cell != old {
                written = at + 1;
            } else if at - written >= BRIDGED {
                break;
            }
        }
        self.bytes.truncate(begun + written);
        self.pen.at = Some((cursor + written as u16, self.y));
        written
    }

    /// Erases blanks: this many, or all to the end of the row. The cursor stays before them.
    fn erase(&mut self, x: usize, blanks: Option<usize>) {
        self.pen.go(self.bytes, (x as u16, self.y));
        if !self.pen.ink.is_bare() {
            self.pen.style(self.bytes, Ink::default());
        }
        match blanks {
            Some(count) => control(self.bytes, count, b'X'),
            None => self.bytes.extend_from_slice(b"\x1b[K"),
        }
    }

    fn writes_like(&self, cell: Cell) -> bool {
        let (ink, pen) = (self.grid.ink(cell), self.pen.ink);
        ink == pen || cell.is_space() && ink.is_alike_on_blanks(pen)
    }
}

/// Unchanged characters that are sooner written again than moved over.
const BRIDGED: usize = 4;

/// From this many blanks on, erasing is shorter than writing; and where nothing follows them.
const ERASED: usize = 9;
const ERASED_LAST: usize = 5;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::geometry::Area;
    use ratatui::style::{Color, Style};
    use unicode_segmentation::UnicodeSegmentation;
    use unicode_width::UnicodeWidthStr;

    const SIZE: Size = Size { width: 24, height: 3 };

    /// Capital letters are bold, every `b` is red, every `c` is of a colour that it takes long to change to.
    fn style(cluster: &str) -> Style {
        let style = if cluster.chars().all(char::is_uppercase) { Style::new().bold() } else { Style::new() };
        match cluster {
            "b" | "B" => style.fg(Color::Red),
            "c" | "C" => style.fg(Color::Rgb(101, 102, 103)),
            _ => style,
        }
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
        for (at, frame) in frames.iter().enumerate() {
            // Frames that are prepared and come to nothing leave no trace.
            screen.prepare(SIZE, |grid| write(grid, &["b漢X", frame[0], ""]));
            if at % 2 == 0 {
                terminal.process(screen.frame(SIZE, |grid| write(grid, frame)));
            } else {
                screen.prepare(SIZE, |grid| write(grid, frame));
                terminal.process(screen.turn());
            }
            let rows: Vec<String> = terminal.screen().rows(0, SIZE.width).collect();
            for (y, (row, expected)) in (0..).zip(rows.iter().zip(frame)) {
                assert_eq!(row.trim_end(), expected.trim_end());
                let letters = expected.chars().enumerate().take_while(|(_, c)| c.is_ascii());
                for (x, letter) in letters.filter(|(_, c)| *c != ' ') {
                    let cell = terminal.screen().cell(y, x as u16).unwrap();
                    let colour = match letter {
                        'b' | 'B' => vt100::Color::Idx(1),
                        'c' | 'C' => vt100::Color::Rgb(101, 102, 103),
                        _ => vt100::Color::Default,
                    };
                    let wanted = (letter.is_uppercase(), colour);
                    assert_eq!((cell.bold(), cell.fgcolor()), wanted, "{letter} of {expected}");
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
    fn a_frame_is_turned_to_once_and_not_after_the_screen_is_forgotten() {
        let mut screen = Screen::new(SIZE);
        let draw = |grid: &mut Grid| write(grid, &["one", "", ""]);
        screen.prepare(SIZE, draw);
        assert!(screen.is_ready() && !screen.turn().is_empty());
        assert!(!screen.is_ready() && screen.turn().is_empty());
        screen.prepare(SIZE, |grid| write(grid, &["two", "", ""]));
        screen.forget();
        assert!(!screen.is_ready() && screen.turn().is_empty());
        assert!(screen.frame(SIZE, draw).starts_with(b"\x1b[0m\x1b[2J"));
    }

    #[test]
    fn rows_under_each_other_return_to_their_beginning() {
        let mut screen = Screen::new(SIZE);
        screen.frame(SIZE, |grid| write(grid, &["", "", ""]));
        let bytes =
            screen.frame(SIZE, |grid| write(grid, &["            aB", "            x", "            dE"]));
        assert_eq!(bytes, b"\x1b[1;13H\x1b7a\x1b[1;31mB\x1b8\n\x1b7x\x1b8\n\x1b7d\x1b[1mE");
    }

    #[test]
    fn what_is_long_to_change_to_is_written_in_one_go() {
        let mut screen = Screen::new(SIZE);
        screen.frame(SIZE, |grid| write(grid, &["", "", ""]));
        let bytes = screen.frame(SIZE, |grid| write(grid, &["aca", "bab", "ac c"]));
        let expected = "\x1b[1Ha\x1b[Ca\r\n\x1b[31mb\x1b[39ma\x1b[31mb\r\n\x1b[39ma\
            \x1b[1;2H\x1b[38;2;101;102;103mc\x1b[3;2Hc c";
        assert_eq!(String::from_utf8_lossy(bytes), expected);
    }

    proptest::proptest! {
        #[test]
        fn any_frame_follows_any_other(
            frames in proptest::collection::vec(proptest::array::uniform3("( {11,14}[abcABC 漢é]{0,5}|[abcABC 漢é]{0,12})"), 1..6)
        ) {
            let frames: Vec<[&str; 3]> = frames.iter().map(|f| [f[0].as_str(), f[1].as_str(), f[2].as_str()]).collect();
            shows(&frames);
        }
    }
}
