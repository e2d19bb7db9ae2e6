//! Bytes become text: by the byte order mark, else UTF-8, else windows-1252; what is damaged is counted.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use super::Error;
use crate::article::limits;

/// How a text is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8; what is not valid becomes U+FFFD, one for each run.
    Utf8,
    /// UTF-16, the lower byte first.
    Utf16Le,
    /// UTF-16, the higher byte first.
    Utf16Be,
    /// windows-1252, as the Encoding Standard has it.
    Windows1252,
}

/// How many bytes of a text could not be read as what it is; shared with the reader of its rest.
#[derive(Clone, Debug, Default)]
pub struct Damage(Arc<AtomicU32>);

impl Damage {
    /// The number of U+FFFD that were put in.
    pub fn count(&self) -> u32 {
        self.0.load(Ordering::Relaxed)
    }

    fn add(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// The encoding of a text, by its beginning, and the length of its byte order mark.
pub fn detect(head: &[u8], whole: bool) -> (Encoding, usize) {
    match head {
        [0xef, 0xbb, 0xbf, ..] => (Encoding::Utf8, 3),
        [0xff, 0xfe, ..] => (Encoding::Utf16Le, 2),
        [0xfe, 0xff, ..] => (Encoding::Utf16Be, 2),
        _ if is_mostly_utf8(head, whole) => (Encoding::Utf8, 0),
        _ => (Encoding::Windows1252, 0),
    }
}

/// True when the bytes are UTF-8, or UTF-8 with some damage: no more runs of bad bytes than good sequences.
fn is_mostly_utf8(head: &[u8], whole: bool) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in head.utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| *b >= 0xc0).count();
        bad += usize::from(!chunk.invalid().is_empty() && (bad == 0 || !chunk.valid().is_empty()));
    }
    let cut = !whole && head.utf8_chunks().last().is_some_and(|c| !c.invalid().is_empty());
    bad <= good + usize::from(cut)
}

/// Decodes as much as is complete (everything, when `last`), and tells how many bytes that was.
pub fn decode(encoding: Encoding, bytes: &[u8], last: bool, out: &mut String, damage: &Damage) -> usize {
    match encoding {
        Encoding::Utf8 => utf8(bytes, last, out, damage),
        Encoding::Utf16Le => utf16(bytes, u16::from_le_bytes, last, out, damage),
        Encoding::Utf16Be => utf16(bytes, u16::from_be_bytes, last, out, damage),
        Encoding::Windows1252 => {
            out.extend(bytes.iter().map(|&b| windows_1252(b)));
            bytes.len()
        }
    }
}

fn utf8(bytes: &[u8], last: bool, out: &mut String, damage: &Damage) -> usize {
    let mut taken = 0;
    let mut in_run = false;
    for chunk in bytes.utf8_chunks() {
        out.push_str(chunk.valid());
        taken += chunk.valid().len();
        let bad = chunk.invalid();
        if bad.is_empty() {
            break;
        }
        in_run &= chunk.valid().is_empty();
        if !last && taken + bad.len() == bytes.len() && is_cut(bad) {
            return taken;
        }
        if !in_run {
            out.push('\u{fffd}');
            damage.add();
        }
        in_run = true;
        taken += bad.len();
    }
    taken
}

/// True for the beginning of a sequence whose end may come with the next bytes.
fn is_cut(bad: &[u8]) -> bool {
    matches!(std::str::from_utf8(bad), Err(e) if e.error_len().is_none())
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16, last: bool, out: &mut String, damage: &Damage) -> usize {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
    let cut = !last && units.last().is_some_and(|u| (0xd800..0xdc00).contains(u));
    let units = &units[..units.len() - usize::from(cut)];
    for c in char::decode_utf16(units.iter().copied()) {
        out.push(c.unwrap_or_else(|_| {
            damage.add();
            '\u{fffd}'
        }));
    }
    let taken = units.len() * 2;
    if last && taken < bytes.len() {
        out.push('\u{fffd}');
        damage.add();
        return bytes.len();
    }
    taken
}

/// A byte of windows-1252; the five bytes that mean nothing become U+FFFD, never C1 controls.
fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{fffd}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{fffd}', 'Ž', '\u{fffd}',
        '\u{fffd}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{fffd}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..0xa0 => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// Reads a text as UTF-8, whatever it is encoded in, up to the limit for text.
pub struct Decoder<R> {
    inner: R,
    encoding: Encoding,
    damage: Damage,
    /// Bytes that wait for the rest of their character.
    raw: Vec<u8>,
    text: String,
    /// How much of `text` has been handed over.
    given: usize,
    /// How many more bytes may come.
    left: usize,
    ended: bool,
}

/// How many bytes are decoded at once.
const CHUNK: usize = 64 << 10;

impl<R: Read> Decoder<R> {
    /// Goes on after `taken` bytes were read, of which `raw` could not be decoded yet.
    pub fn new(inner: R, encoding: Encoding, damage: Damage, raw: Vec<u8>, taken: usize) -> Self {
        let left = limits::TEXT.most.saturating_sub(taken);
        Self { inner, encoding, damage, raw, text: String::new(), given: 0, left, ended: false }
    }

    fn fill(&mut self) -> io::Result<()> {
        self.text.clear();
        self.given = 0;
        let read = (&mut self.inner).take(CHUNK as u64).read_to_end(&mut self.raw)?;
        self.left = self.left.checked_sub(read).ok_or_else(|| Error::over(limits::TEXT))?;
        self.ended = read == 0;
        let taken = decode(self.encoding, &self.raw, self.ended, &mut self.text, &self.damage);
        self.raw.drain(..taken);
        Ok(())
    }
}

impl<R: Read> Read for Decoder<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() && !self.ended {
            self.fill()?;
        }
        let ready = &self.text.as_bytes()[self.given..];
        let count = ready.len().min(into.len());
        into[..count].copy_from_slice(&ready[..count]);
        self.given += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(bytes: &[u8]) -> (String, u32) {
        let (encoding, mark) = detect(bytes, true);
        let damage = Damage::default();
        let mut text = String::new();
        Decoder::new(&bytes[mark..], encoding, damage.clone(), Vec::new(), 0)
            .read_to_string(&mut text)
            .unwrap();
        (text, damage.count())
    }

    #[test]
    fn bytes_become_text() {
        let cases: [(&[u8], &str, u32); 9] = [
            (b"plain", "plain", 0),
            ("\u{feff}Grüße".as_bytes(), "Grüße", 0),
            (b"\xff\xfeh\0i\0", "hi", 0),
            (b"\xfe\xff\0h\0i\xd8", "hi\u{fffd}", 1),
            (b"caf\xe9 \x93quoted\x94 \x81", "café “quoted” \u{fffd}", 0),
            ("gut ü\u{fffd}".as_bytes(), "gut ü\u{fffd}", 0),
            (b"\xc3\xa4 bad \xff\xff\xfe end", "ä bad \u{fffd} end", 1),
            (b"\xc3\xa4 overlong \xc0\x9b", "ä overlong \u{fffd}", 1),
            (b"\xc3\xa4 cut \xe2\x82", "ä cut \u{fffd}", 1),
        ];
        for (bytes, text, damaged) in cases {
            assert_eq!(whole(bytes), (text.to_owned(), damaged), "{bytes:x?}");
        }
    }

    #[test]
    fn a_character_may_come_in_two_parts() {
        let text = "€".repeat(CHUNK);
        let mut out = String::new();
        Decoder::new(text.as_bytes(), Encoding::Utf8, Damage::default(), Vec::new(), 0)
            .read_to_string(&mut out)
            .unwrap();
        assert!(out == text);
    }

    #[test]
    fn the_limit_is_counted_while_reading() {
        let taken = limits::TEXT.most - 3;
        let read = |text: &[u8]| {
            let mut decoder = Decoder::new(text, Encoding::Utf8, Damage::default(), Vec::new(), taken);
            decoder.read_to_string(&mut String::new())
        };
        assert_eq!(read(b"abc").unwrap(), 3);
        assert_eq!(Error::of(read(b"abcd").unwrap_err()).to_string(), limits::TEXT.message);
    }
}
