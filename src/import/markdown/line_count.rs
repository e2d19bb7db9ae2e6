//! Which line of the file the current event stands on, for complaints.

/// The line that the current event stands on.
#[derive(Debug, Default)]
pub struct LineCount {
    /// Lines before the piece.
    pub base: usize,
    /// Line ends seen in the piece, up to a byte.
    seen: (usize, usize),
    /// The line, counted from 1.
    pub now: usize,
}

impl LineCount {
    /// Moves on to a byte of the piece; offsets only grow.
    pub fn advance(&mut self, text: &str, to: usize) {
        let (from, mut count) = self.seen;
        if to > from {
            count += memchr::memchr_iter(b'\n', &text.as_bytes()[from..to.min(text.len())]).count();
            self.seen = (to, count);
        }
        self.now = self.base + count + 1;
    }

    /// The piece is done; it had this many lines.
    pub fn end_piece(&mut self, lines: usize) {
        self.base += lines;
        self.seen = (0, 0);
    }
}
