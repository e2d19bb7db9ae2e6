//! Plain text: paragraphs, headings, lists and code by how they look; `[n]` lists at the end become references.
//!
//! A large text is read in pieces. Which labels the list at its end defines is read off its tail first, so that a
//! marker on the first screen already knows what it cites.

mod labels;
mod paragraph;
mod shape;

use std::io::{self, Read};

use self::labels::Labels;
use self::paragraph::Writer;
use super::{Error, More, Opening, Patience, Rest, Source};
use crate::article::{Builder, Part};

/// The name of the format.
pub const NAME: &str = "plain";

/// How much of the end of a text is looked at for a list of references, in bytes.
const TAIL: usize = 256 << 10;
/// How much is read at once after the beginning, in bytes.
const PIECE: usize = 1 << 20;

/// Opens a plain text; with patience for the beginning only, the rest is read in pieces.
pub fn open(mut source: Source, patience: Patience) -> Result<Opening, Error> {
    let labels = if source.is_whole() { Labels::of(source.head()) } else { Labels::of(&source.tail(TAIL)?) };
    let (head, rest) = source.into_text();
    let writer = Writer::new(Builder::new(NAME), labels, shape::of(&head));
    let mut pieces = Pieces { writer, rest, waiting: String::new(), bytes: head.into_bytes() };
    pieces.write(if pieces.rest.is_some() { Cut::Soon } else { Cut::End });
    if patience != Patience::Beginning {
        while pieces.rest.is_some() {
            pieces.read().map_err(Error::of)?;
            pieces.write(Cut::Late);
        }
    }
    if pieces.rest.is_none() {
        return Ok(Opening::whole(pieces.finish()));
    }
    let first = pieces.writer.builder.take_part();
    let rest: Rest = Box::new(Later(Some(pieces)));
    Ok(Opening { first, rest: Some(rest) })
}

/// A text that is read piece by piece.
struct Pieces {
    writer: Writer,
    rest: Option<Box<dyn Read + Send>>,
    /// Text that waits for the end of its paragraph.
    waiting: String,
    /// Bytes that wait for the end of their character.
    bytes: Vec<u8>,
}

impl Pieces {
    /// Reads the next piece.
    fn read(&mut self) -> io::Result<()> {
        let Some(rest) = &mut self.rest else { return Ok(()) };
        if rest.take(PIECE as u64).read_to_end(&mut self.bytes)? == 0 {
            self.rest = None;
        }
        Ok(())
    }

    /// Writes all paragraphs that are complete, as the cut asks.
    fn write(&mut self, cut: Cut) {
        let kept = usize::from(cut != Cut::End && self.bytes.ends_with(b"\r"));
        let end = self.bytes.len() - kept;
        let valid = match std::str::from_utf8(&self.bytes[..end]) {
            Ok(_) => end,
            Err(error) => error.valid_up_to(),
        };
        let text = String::from_utf8_lossy(&self.bytes[..valid]);
        self.waiting.push_str(&shape::unix_lines(&text));
        self.bytes.drain(..valid);
        let cut = match cut {
            Cut::End => self.waiting.len(),
            Cut::Soon => complete(&self.waiting, 0),
            Cut::Late => complete(&self.waiting, PIECE),
        };
        self.writer.write(&self.waiting[..cut]);
        self.waiting.drain(..cut);
    }

    fn finish(mut self) -> Part {
        self.write(Cut::End);
        self.writer.builder.finish()
    }
}

/// Where waiting text is cut when no paragraph ends in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cut {
    /// At a line or word: something must be shown.
    Soon,
    /// The same, once a whole piece waits.
    Late,
    /// Nowhere: this is the end.
    End,
}

/// How much of a text can be written: up to its last blank line; when there is none, and more than `patience` bytes
/// wait, up to a line or a word.
fn complete(text: &str, patience: usize) -> usize {
    if let Some(at) = text.rfind("\n\n") {
        return at + 2;
    }
    if text.len() < patience {
        return 0;
    }
    text.rfind('\n').or_else(|| text.rfind(' ')).map_or(text.len(), |at| at + 1)
}

/// The rest of a text, part by part.
struct Later(Option<Pieces>);

impl Iterator for Later {
    type Item = More;

    fn next(&mut self) -> Option<More> {
        let mut pieces = self.0.take()?;
        if let Err(error) = pieces.read() {
            pieces.writer.builder.complain("", &format!("the rest was not read: {}", Error::of(error)));
            pieces.rest = None;
        }
        if pieces.rest.is_none() {
            return Some(More::Append(pieces.finish()));
        }
        pieces.write(Cut::Late);
        let part = pieces.writer.builder.take_part();
        self.0 = Some(pieces);
        Some(More::Append(part))
    }
}
