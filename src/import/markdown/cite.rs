//! One citation of pandoc's, from the words in its brackets to the cites of a marker.

use crate::article::citation::Author;
use crate::article::{DraftCite, To};

use super::locator::locator;

/// A key in a text, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The key itself.
    pub name: String,
    /// The byte where it begins, `@` (or the `-` before it) included.
    pub start: usize,
    /// The byte after it.
    pub end: usize,
    /// `-@key`.
    pub suppressed: bool,
}

impl Key {
    /// What it names: a work, or as `@{^x}` the note `x`, for places in which `[^x]` is not read.
    pub fn target(&self) -> To {
        match self.name.strip_prefix('^') {
            Some(note) => To::Note(note.to_owned()),
            None => To::Reference(self.name.clone()),
        }
    }
}

/// The cites between two brackets; `text[from..to]` is what stands there. The words around a key are its own up to
/// the next semicolon.
pub fn cites(text: &str, from: usize, to: usize, keys: &[Key]) -> Vec<DraftCite> {
    let mut cites: Vec<DraftCite> = Vec::new();
    let mut prefix = String::new();
    for (start, end) in segments(text, from, to, keys) {
        let words = &text[start..end];
        let Some(key) = keys.iter().find(|k| k.start >= start && k.end <= end) else {
            match cites.last_mut() {
                Some(cite) => cite.suffix = join(&cite.suffix, words.trim()),
                None => prefix = join(&prefix, words.trim()),
            }
            continue;
        };
        let (locator, suffix) = locator(&text[key.end..end]);
        cites.push(DraftCite {
            prefix: join(&std::mem::take(&mut prefix), text[start..key.start].trim()),
            locator,
            suffix,
            author: if key.suppressed { Author::Suppressed } else { Author::Styled },
            ..DraftCite::new(key.target())
        });
    }
    cites
}

/// A key in the running text, with what stands in the brackets after it.
pub fn in_text(key: &Key, text: &str, after: Option<(usize, usize)>, keys: &[Key]) -> Vec<DraftCite> {
    let mut first = DraftCite { author: Author::InText, ..DraftCite::new(key.target()) };
    let Some((from, to)) = after else { return vec![first] };
    let (start, end) = segments(text, from, to, keys).next().unwrap_or((from, to));
    if keys.iter().any(|k| k.start >= start && k.end <= end) {
        return std::iter::once(first).chain(cites(text, from, to, keys)).collect();
    }
    (first.locator, first.suffix) = locator(&text[start..end]);
    let later = if end < to { cites(text, end + 1, to, keys) } else { Vec::new() };
    std::iter::once(first).chain(later).collect()
}

/// The stretches between semicolons, those inside keys left alone.
fn segments<'a>(
    text: &'a str,
    from: usize,
    to: usize,
    keys: &'a [Key],
) -> impl Iterator<Item = (usize, usize)> + 'a {
    let in_key = |at: usize| {
        let before = keys.partition_point(|k| k.start <= at);
        before > 0 && at < keys[before - 1].end
    };
    let ends = memchr::memchr_iter(b';', &text.as_bytes()[from..to]).map(move |at| from + at);
    let mut start = from;
    ends.filter(move |&at| !in_key(at)).chain([to]).map(move |end| {
        let segment = (start, end);
        start = end + 1;
        segment
    })
}

fn join(before: &str, after: &str) -> String {
    if before.is_empty() || after.is_empty() {
        format!("{before}{after}")
    } else {
        format!("{before}; {after}")
    }
}
