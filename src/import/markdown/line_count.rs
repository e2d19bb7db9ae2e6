//! Which line of the file the current event stands on, for complaints.

/// The line that the current event stands on.
#[derive(Debug, Default)]
pub struct LineCount {
    /// Lines before the piece.
    pub base: usize,
    /// Line ends seen in the piece, up to a byte.
    seen: (usize, usize),
}

impl LineCount {
    /// Moves on to a byte of the piece, and gives its line, counted from 1; offsets only grow.
    pub fn advance(&mut self, text: &str, to: usize) -> u32 {
        let (from, mut count) = self.seen;
        if to > from {
            count += memchr::memchr_iter(b'\n', &text.as_bytes()[from..to.min(text.len())]).count();
            self.seen = (to, count);
        }
        u32::try_from(self.base + count + 1).unwrap_or(0)
    }

    /// The piece is done; it had this many lines.
    pub fn end_piece(&mut self, lines: usize) {
        self.base += lines;
        self.seen = (0, 0);
    }
}
