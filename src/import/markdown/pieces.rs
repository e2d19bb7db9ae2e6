//! A text in pieces that can be parsed by themselves, taken from a reader without holding it twice.

use std::io::Read;

use super::Sizes;
use super::lines::{Edit, Lines};
use super::sources::Sources;

/// A stretch of the text that begins and ends between blocks.
#[derive(Clone, Debug, Default)]
pub struct Piece {
    /// The text, as the parser should see it.
    pub text: String,
    /// What ends a block that the last line leaves open.
    pub closing: String,
    /// How many lines it has.
    pub lines: usize,
    /// Where it stands in the source, when that was asked for.
    pub sources: Sources,
}

/// Cuts a growing buffer into pieces.
#[derive(Clone, Debug, Default)]
pub struct Cutter {
    lines: Lines,
    /// Lines up to here have been taken in.
    scanned: usize,
    /// No line ends between `scanned` and here.
    searched: usize,
    /// Lines since the last cut.
    count: usize,
    edits: Vec<(usize, Edit)>,
    /// The last place where the buffer may be cut, and the lines before it.
    last: Option<(usize, usize)>,
    /// Where in the source the buffer begins, when that is asked for.
    from: Option<usize>,
}

impl Cutter {
    /// A cutter that notes where its pieces stand in the source; the first begins at this byte of it.
    pub fn tracing(from: usize) -> Self {
        Self { from: Some(from), ..Self::default() }
    }

    /// The next piece of about `sizes.part` bytes; `None` when the buffer holds less. `done` says that nothing
    /// follows, so that what is left is a piece.
    pub fn piece(&mut self, buffer: &mut String, done: bool, sizes: Sizes) -> Option<Piece> {
        while let Some((line, next)) = self.next_line(buffer, done) {
            let verdict = self.lines.line(&buffer[line.clone()]);
            let size = line.start;
            let cut = (verdict.cut && size >= sizes.part)
                || (verdict.loose && size >= sizes.most)
                || size >= sizes.most.saturating_mul(4);
            let before = self.count;
            if verdict.cut {
                self.last = Some((line.start, before));
            }
            self.edits.extend(verdict.edit.map(|edit| (line.start, edit)));
            self.scanned = next;
            self.count += 1;
            if cut && size > 0 {
                return Some(self.take(buffer, line.start, before));
            }
        }
        (done && !buffer.is_empty()).then(|| {
            let mut piece = self.take(buffer, buffer.len(), self.count);
            piece.closing = self.lines.closing();
            piece
        })
    }

    /// The piece up to the last place where the buffer may be cut.
    pub fn first(&mut self, buffer: &mut String) -> Option<Piece> {
        let all = Sizes { part: usize::MAX, most: usize::MAX };
        self.piece(buffer, false, all);
        let (at, before) = self.last?;
        Some(self.take(buffer, at, before))
    }

    /// The next whole line of the buffer without its end, and where the one after it begins.
    fn next_line(&mut self, buffer: &str, done: bool) -> Option<(std::ops::Range<usize>, usize)> {
        let bytes = buffer.as_bytes();
        let from = self.searched.max(self.scanned);
        let Some(end) = memchr::memchr2(b'\n', b'\r', &bytes[from..]).map(|at| from + at) else {
            self.searched = bytes.len();
            return (done && self.scanned < bytes.len()).then_some((self.scanned..bytes.len(), bytes.len()));
        };
        let next = match (bytes[end], bytes.get(end + 1)) {
            (b'\r', None) if !done => {
                self.searched = end;
                return None;
            }
            (b'\r', Some(b'\n')) => end + 2,
            _ => end + 1,
        };
        Some((self.scanned..end, next))
    }

    fn take(&mut self, buffer: &mut String, at: usize, lines: usize) -> Piece {
        let later = buffer.split_off(at);
        let mut text = std::mem::replace(buffer, later);
        text.shrink_to_fit();
        let behind = self.edits.partition_point(|e| e.0 < at);
        let edits: Vec<_> = self.edits.drain(..behind).collect();
        self.edits.iter_mut().for_each(|e| e.0 -= at);
        self.scanned = self.scanned.saturating_sub(at);
        self.searched = 0;
        self.count -= lines;
        self.last = None;
        let sources = self.from.map(|from| sources(from, &text, &edits)).unwrap_or_default();
        self.from = self.from.map(|from| from + text.len());
        Piece { text: edited(text, &edits), closing: String::new(), lines, sources }
    }
}

/// Where an edited text stands in the source.
fn sources(from: usize, text: &str, edits: &[(usize, Edit)]) -> Sources {
    let mut sources = Sources::default();
    sources.push(0, from);
    // How many bytes have gone, less those that were put in.
    let mut gone = 0_isize;
    for (line, edit) in edits {
        let at = match *edit {
            Edit::Blank(at) => {
                let end = line_end(text, line + at);
                gone += (end - (line + at)) as isize;
                end
            }
            Edit::Escape(at) => {
                gone -= 1;
                line + at
            }
        };
        sources.push(at.saturating_add_signed(-gone), from + at);
    }
    sources
}

fn line_end(text: &str, from: usize) -> usize {
    memchr::memchr2(b'\n', b'\r', &text.as_bytes()[from..]).map_or(text.len(), |end| from + end)
}

fn edited(text: String, edits: &[(usize, Edit)]) -> String {
    if edits.is_empty() {
        return text;
    }
    let mut out = String::with_capacity(text.len() + edits.len());
    let mut taken = 0;
    for (line, edit) in edits {
        match *edit {
            Edit::Blank(at) => {
                out.push_str(&text[taken..line + at]);
                taken = line_end(&text, line + at);
            }
            Edit::Escape(at) => {
                out.push_str(&text[taken..line + at]);
                out.push('\\');
                taken = line + at;
            }
        }
    }
    out.push_str(&text[taken..]);
    out
}

/// The rest of a text, read as it is needed. Bytes that are no UTF-8 become U+FFFD and are counted.
pub struct Input {
    reader: Option<Box<dyn Read + Send>>,
    /// The beginning of a character whose end has not been read.
    carry: Vec<u8>,
    /// How many stretches were no UTF-8.
    pub bad: usize,
    /// Why reading ended early.
    pub error: Option<String>,
}

impl Input {
    /// Reads from this reader, if there is one.
    pub fn new(reader: Option<Box<dyn Read + Send>>) -> Self {
        Self { reader, carry: Vec::new(), bad: 0, error: None }
    }

    /// True when nothing is left to be read.
    pub fn is_empty(&self) -> bool {
        self.reader.is_none()
    }

    /// Adds about this many bytes more to the text.
    pub fn more(&mut self, text: &mut String, size: usize) {
        let Some(reader) = &mut self.reader else { return };
        let wanted = size as u64;
        match reader.take(wanted).read_to_end(&mut self.carry) {
            Ok(0) => self.reader = None,
            Ok(_) => {}
            Err(error) => {
                self.error = Some(error.to_string());
                self.reader = None;
            }
        }
        self.decode(text);
    }

    fn decode(&mut self, text: &mut String) {
        let bytes = std::mem::take(&mut self.carry);
        let mut chunks = bytes.utf8_chunks().peekable();
        while let Some(chunk) = chunks.next() {
            text.push_str(chunk.valid());
            let invalid = chunk.invalid();
            let cut_short = chunks.peek().is_none()
                && std::str::from_utf8(invalid).is_err_and(|error| error.error_len().is_none());
            if cut_short && self.reader.is_some() {
                self.carry = invalid.to_vec();
            } else if !invalid.is_empty() {
                self.bad += 1;
                text.push('\u{fffd}');
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str, part: usize) -> Vec<String> {
        let (mut cutter, mut buffer) = (Cutter::default(), text.to_owned());
        let sizes = Sizes { part, most: 1 << 20 };
        std::iter::from_fn(|| cutter.piece(&mut buffer, true, sizes)).map(|p| p.text).collect()
    }

    #[test]
    fn pieces_make_up_the_text() {
        let cases: [(&str, &[&str]); 5] = [
            ("a\n\nb\n\nc\n", &["a\n\n", "b\n\n", "c\n"]),
            ("a\r\n\r\nb\r\n", &["a\r\n\r\n", "b\r\n"]),
            ("a\r\rb", &["a\r\r", "b"]),
            ("- a\n\n- b\n", &["- a\n\n- b\n"]),
            ("x\n:y\n\n::: z\n\nw", &["x\n\\:y\n\n\n\n", "w"]),
        ];
        for (text, expected) in cases {
            assert_eq!(pieces(text, 1), expected, "{text:?}");
        }
    }

    #[test]
    fn pieces_know_where_they_stand() {
        let source = "---\nx\n:y é\n\n::: z\n\nw\n\n> ::: n\n> :v\n\n- a\n\n  :b\n\nend";
        let sizes = Sizes { part: 1, most: 1 << 20 };
        let (mut cutter, mut buffer) = (Cutter::tracing(4), source[4..].to_owned());
        let mut count = 0;
        while let Some(piece) = cutter.piece(&mut buffer, true, sizes) {
            count += 1;
            let escape = |at: usize| piece.text[at..].starts_with("\\:");
            for (at, c) in piece.text.char_indices().filter(|(at, _)| !escape(*at)) {
                let there = piece.sources.find(at).unwrap();
                assert!(
                    source[there..].starts_with(c),
                    "{c:?} at {at} of {:?} is not at {there}",
                    piece.text
                );
            }
        }
        assert!(count > 1);
    }

    #[test]
    fn bad_bytes_are_counted_and_cut_characters_wait() {
        let bytes = "aä€\u{1f600}".bytes().chain([0xff, b'b', 0xe2]).collect::<Vec<u8>>();
        let mut input = Input::new(Some(Box::new(std::io::Cursor::new(bytes))));
        let mut text = String::new();
        while !input.is_empty() {
            input.more(&mut text, 1);
        }
        assert_eq!((text.as_str(), input.bad), ("aä€\u{1f600}\u{fffd}b\u{fffd}", 2));
    }
}
