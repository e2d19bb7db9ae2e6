//! Finds in running text what our parser does not know: citations, undefined notes, notes in place, attributes.

use std::ops::Range;

use super::attributes::{Attributes, attributes};
use super::cite::Key;
use super::key::key;

/// The text to look through, with what must be left alone. All ranges are bytes of the text, in order.
#[derive(Clone, Copy, Debug)]
pub struct Text<'a> {
    /// The text.
    pub text: &'a str,
    /// Characters that were escaped in the source.
    pub escaped: &'a [usize],
    /// Code, formulas and markers: nothing is looked for in them.
    pub closed: &'a [Range<usize>],
    /// Links: only notes are looked for in them.
    pub links: &'a [Range<usize>],
    /// Where a link, picture or code ends: attributes may follow.
    pub ends: &'a [usize],
}

/// Something found.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// `[see @a; @b]`: the brackets, and the keys directly in them.
    Group(Range<usize>, Vec<Key>),
    /// `@a` or `@a [p. 3]`: the key, the brackets after it, and the keys in those.
    Bare(Key, Option<Range<usize>>, Vec<Key>),
    /// `[^x]` without a definition.
    Undefined(Range<usize>),
    /// `^[text]`: everything, with the text between the brackets.
    Note(Range<usize>, Range<usize>),
    /// `{#id}` after a link, picture or code that ends here.
    Attributes(Range<usize>, Attributes),
    /// `[text[^1]](address)`: the text, and the rest from the closing bracket on. Our parser knows no link that holds
    /// a marker.
    Link(Range<usize>, Range<usize>),
    /// `[text]{.class}`: the text, and the attributes from the closing bracket on.
    Span(Range<usize>, Range<usize>, Attributes),
}

impl Found {
    /// All that it takes.
    pub fn range(&self) -> Range<usize> {
        match self {
            Self::Group(range, _) | Self::Undefined(range) | Self::Note(range, _) => range.clone(),
            Self::Attributes(range, _) => range.clone(),
            Self::Bare(key, after, _) => key.start..after.as_ref().map_or(key.end, |r| r.end),
            Self::Span(text, end, _) | Self::Link(text, end) => text.start - 1..end.end,
        }
    }
}

/// An open bracket.
#[derive(Debug)]
struct Frame {
    start: usize,
    /// How many keys had been seen before it.
    keys: usize,
    /// A marker or citation stands inside: the whole is none.
    inner: bool,
    /// The key that it follows: `@a [`.
    follows: Option<usize>,
    /// `^[`.
    note: bool,
}

#[derive(Debug)]
struct Seeker<'a> {
    text: Text<'a>,
    frames: Vec<Frame>,
    keys: Vec<Key>,
    /// For each key: its brackets if it is in a group, or those that follow it.
    taken: Vec<bool>,
    after: Vec<Option<(Range<usize>, Range<usize>)>>,
    found: Vec<Found>,
}

/// Everything that is found, ordered by start; what lies in something else comes after it.
pub fn find(text: Text<'_>) -> Vec<Found> {
    let mut seeker = Seeker {
        text,
        frames: Vec::new(),
        keys: Vec::new(),
        taken: Vec::new(),
        after: Vec::new(),
        found: Vec::new(),
    };
    seeker.run();
    seeker.settle()
}

/// True for a text in which something may be found.
pub fn is_worth_it(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr3(b'@', b'^', b'{', bytes).is_some() || memchr::memmem::find(bytes, b"](").is_some()
}

impl Seeker<'_> {
    fn run(&mut self) {
        let (mut closed, mut links, mut escaped) =
            (Ranges::new(self.text.closed), Ranges::new(self.text.links), 0);
        let mut at = 0;
        let bytes = self.text.text.as_bytes();
        while let Some(&byte) = bytes.get(at) {
            if let Some(range) = closed.at(at) {
                self.closed(&range);
                at = range.end.max(at + 1);
                // A range may end where attributes begin: they are looked at in the next round.
                continue;
            }
            while self.text.escaped.get(escaped).is_some_and(|&e| e < at) {
                escaped += 1;
            }
            let plain = self.text.escaped.get(escaped) != Some(&at);
            let linked = links.at(at).is_some();
            at = match byte {
                b'[' if plain => self.open(at, linked, escaped),
                b']' if plain && !linked => self.close(at),
                b'@' if plain && !linked => self.key(at),
                b'{' if plain && self.text.ends.binary_search(&at).is_ok() => self.attributes(at),
                _ => at + 1,
            };
        }
    }

    fn closed(&mut self, range: &Range<usize>) {
        // Only markers are a single placeholder.
        if self.text.text.get(range.clone()).is_some_and(|t| t.contains(crate::article::draft::PLACEHOLDER))
            && let Some(frame) = self.frames.last_mut()
        {
            frame.inner = true;
        }
    }

    fn open(&mut self, at: usize, linked: bool, escaped: usize) -> usize {
        if let Some(end) = undefined(&self.text.text[at..]) {
            self.found.push(Found::Undefined(at..at + end));
            if let Some(frame) = self.frames.last_mut() {
                frame.inner = true;
            }
            return at + end;
        }
        if linked {
            return at + 1;
        }
        let before = &self.text.text[..at];
        let caret_escaped = escaped > 0 && self.text.escaped[escaped - 1] + 1 == at;
        let follows =
            self.keys.last().filter(|k| matches!(&before[k.end..], "" | " ")).map(|_| self.keys.len() - 1);
        self.frames.push(Frame {
            start: at,
            keys: self.keys.len(),
            inner: false,
            follows,
            note: before.ends_with('^') && !caret_escaped,
        });
        at + 1
    }

    fn close(&mut self, at: usize) -> usize {
        let Some(frame) = self.frames.pop() else { return at + 1 };
        let cites = !frame.inner && self.keys.len() > frame.keys;
        let end = self.found_at(&frame, at, cites);
        if let Some(outer) = self.frames.last_mut() {
            outer.inner |= cites || frame.inner || frame.note;
        }
        end
    }

    /// What two brackets are; `at` is the closing one. With the byte after all of it.
    fn found_at(&mut self, frame: &Frame, at: usize, cites: bool) -> usize {
        let rest = &self.text.text[at + 1..];
        let range = frame.start..at + 1;
        let inner = frame.start + 1..at;
        if frame.note && !inner.is_empty() {
            self.found.push(Found::Note(frame.start - 1..at + 1, inner));
        } else if cites || (frame.follows.is_some() && !frame.inner && !rest.starts_with(['(', '['])) {
            self.taken[frame.keys..].fill(true);
            let keys = self.keys[frame.keys..].to_vec();
            if let Some(key) = frame.follows {
                self.after[key] = Some((range.clone(), frame.keys..self.keys.len()));
            }
            if !keys.is_empty() {
                self.found.push(Found::Group(range, keys));
            }
        } else if let Some(len) = destination(rest).filter(|_| frame.inner) {
            self.found.push(Found::Link(inner, at..at + 1 + len));
            return at + 1 + len;
        } else if let Some((what, len)) = attributes(rest) {
            self.found.push(Found::Span(inner, at..at + 1 + len, what));
            return at + 1 + len;
        }
        at + 1
    }

    fn key(&mut self, at: usize) -> usize {
        let before = &self.text.text[..at];
        let suppressed = before.ends_with('-') && !ends_word(&before[..at - 1]);
        let Some((name, len)) = key(&self.text.text[at + 1..]).filter(|_| suppressed || !ends_word(before))
        else {
            return at + 1;
        };
        let (start, end) = (at - usize::from(suppressed), at + 1 + len);
        self.keys.push(Key { name: name.to_owned(), start, end, suppressed });
        self.taken.push(false);
        self.after.push(None);
        end
    }

    fn attributes(&mut self, at: usize) -> usize {
        let Some((what, len)) = attributes(&self.text.text[at..]) else { return at + 1 };
        self.found.push(Found::Attributes(at..at + len, what));
        at + len
    }

    /// Keys that are in no group stand by themselves.
    fn settle(mut self) -> Vec<Found> {
        let keys = std::mem::take(&mut self.keys);
        for (at, key) in keys.iter().enumerate().filter(|(at, _)| !self.taken[*at]) {
            let after = self.after[at].take();
            let inner = after.as_ref().map(|(_, keys_in)| keys[keys_in.clone()].to_vec()).unwrap_or_default();
            self.found.push(Found::Bare(key.clone(), after.map(|a| a.0), inner));
        }
        self.found.sort_by_key(|f| (f.range().start, usize::MAX - f.range().end));
        self.found
    }
}

/// An e-mail address has a word before its `@`.
fn ends_word(before: &str) -> bool {
    before.chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_')
}

/// The bytes of `[^label]` at the start of a text.
fn undefined(text: &str) -> Option<usize> {
    let label = text.strip_prefix("[^")?;
    let end = label.bytes().take(1000).position(|b| matches!(b, b']' | b'[' | b' ' | b'\n' | b'\t'))?;
    (end > 0 && label.as_bytes()[end] == b']').then_some(end + 3)
}

/// The bytes of `(address)` at the start of a text.
fn destination(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('(')?;
    let end = inner.bytes().take(2000).position(|b| matches!(b, b')' | b'(' | b' ' | b'\n'))?;
    (end > 0 && inner.as_bytes()[end] == b')').then_some(end + 2)
}

/// Walks along ordered ranges.
struct Ranges<'a>(&'a [Range<usize>]);

impl<'a> Ranges<'a> {
    fn new(ranges: &'a [Range<usize>]) -> Self {
        Self(ranges)
    }

    /// The range that byte `at` is in; `at` only grows.
    fn at(&mut self, at: usize) -> Option<Range<usize>> {
        while self.0.first().is_some_and(|r| r.end <= at) {
            self.0 = &self.0[1..];
        }
        self.0.first().filter(|r| r.start <= at).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let all = Text { text, escaped: &[], closed: &[], links: &[], ends: &[] };
        let show = |f: Found| match &f {
            Found::Group(r, keys) => format!("group {} {}", &text[r.clone()], keys.len()),
            Found::Bare(..) => format!("bare {}", &text[f.range()]),
            Found::Undefined(r) => format!("undefined {}", &text[r.clone()]),
            Found::Note(_, r) => format!("note {}", &text[r.clone()]),
            Found::Attributes(r, _) => format!("attributes {}", &text[r.clone()]),
            Found::Link(r, _) => format!("link {}", &text[r.clone()]),
            Found::Span(r, ..) => format!("span {}", &text[r.clone()]),
        };
        find(all).into_iter().map(show).collect()
    }

    #[test]
    fn brackets_are_told_apart() {
        let cases: [(&str, &[&str]); 17] = [
            ("a [@b] c", &["group [@b] 1"]),
            ("[see @a, [5]; -@b]", &["group [see @a, [5]; -@b] 2"]),
            ("[bar [@doe]]", &["group [@doe] 1"]),
            ("[@a [@b]]", &["bare @a [@b]", "group [@b] 1"]),
            ("@a [p. 3] says", &["bare @a [p. 3]"]),
            ("@a [p. 3; @b]", &["bare @a [p. 3; @b]", "group [p. 3; @b] 1"]),
            ("@a [x](y)", &["bare @a"]),
            ("x@y.example and @z.", &["bare @z"]),
            ("[^x] and [^a b]", &["undefined [^x]"]),
            ("t^[a note [^y]] u", &["note a note [^y]", "undefined [^y]"]),
            ("[a]{.mark}", &["span a"]),
            ("{#x}", &[]),
            ("[[[@a", &["bare @a"]),
            ("]@a]", &["bare @a"]),
            ("(@{a b})", &["bare @{a b}"]),
            ("[-@a]", &["group [-@a] 1"]),
            ("pre-@a", &["bare @a"]),
        ];
        for (text, expected) in cases {
            assert_eq!(found(text), expected, "{text:?}");
        }
    }

    #[test]
    fn what_is_escaped_or_code_is_left_alone() {
        let text = "[@a] `@b` [@c] `@d` [@e]";
        let all = Text { text, escaped: &[1], closed: &[5..9, 15..19], links: &[10..14, 20..24], ends: &[] };
        assert_eq!(find(all), []);
    }
}
