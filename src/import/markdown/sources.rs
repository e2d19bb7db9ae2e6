//! Which byte of the source a byte of a text came from; empty unless somebody asked for origins.

use std::ops::Range;

use super::names;

/// Stretches of a text that were taken from the source as they stand: where each begins, here and there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources(Vec<(usize, usize)>);

impl Sources {
    /// Says that the text from byte `here` on stands in the source from byte `there` on.
    pub fn push(&mut self, here: usize, there: usize) {
        if self.find(here) != Some(there) {
            self.0.push((here, there));
        }
    }

    /// Says where a text stands that was made of these words: white space may have become other white space, what must
    /// not be shown may be gone. `there` knows where a byte of the words stands.
    pub fn push_words(
        &mut self,
        here: usize,
        shown: &str,
        words: &str,
        there: impl Fn(usize) -> Option<usize>,
    ) {
        let mut push = |at: usize, word: usize| {
            if let Some(there) = there(word) {
                self.push(here + at, there);
            }
        };
        push(0, 0);
        let signs = |text: &str| -> Vec<usize> {
            text.char_indices().filter(|(_, c)| c.is_ascii_graphic()).map(|(at, _)| at).collect()
        };
        let (now, mut then) = (signs(shown), signs(words));
        if now.len() != then.len() {
            then = named_signs(words);
        }
        // Where some have no pair, only the beginning is known.
        if now.len() == then.len() {
            now.into_iter().zip(then).for_each(|(at, word)| push(at, word));
        }
    }

    /// The byte of the source that a byte came from.
    pub fn find(&self, here: usize) -> Option<usize> {
        let before = self.0.partition_point(|(at, _)| *at <= here).checked_sub(1)?;
        let (at, source) = self.0[before];
        Some(source + (here - at))
    }

    /// The bytes of the source that a range came from.
    pub fn range(&self, range: &Range<usize>) -> Option<Range<u32>> {
        let start = self.find(range.start)?;
        let end = self.find(range.end.saturating_sub(1).max(range.start))? + 1;
        let number = |at: usize| u32::try_from(at).ok();
        Some(number(start)?..number(end.max(start))?)
    }

    /// Those of a stretch of the text.
    pub fn slice(&self, range: &Range<usize>) -> Self {
        let first = self.find(range.start).map(|there| (0, there));
        let from = self.0.partition_point(|(at, _)| *at <= range.start);
        let later = self.0[from..].iter().take_while(|(at, _)| *at < range.end);
        Self(first.into_iter().chain(later.map(|(at, there)| (at - range.start, *there))).collect())
    }
}

/// Where the signs stand of words in which some are written by name: each where its name begins.
fn named_signs(words: &str) -> Vec<usize> {
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(c) = words[at..].chars().next() {
        if let Some((shown, len)) = (c == '&').then(|| names::first(&words[at..])).flatten() {
            found.extend(shown.chars().filter(char::is_ascii_graphic).map(|_| at));
            at += len;
        } else {
            found.extend(c.is_ascii_graphic().then_some(at));
            at += c.len_utf8();
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_followed_to_their_source() {
        let mut sources = Sources::default();
        assert_eq!(sources.find(0), None);
        sources.push(0, 10);
        sources.push(5, 20);
        assert_eq!([0, 4, 5, 7].map(|at| sources.find(at)), [10, 14, 20, 22].map(Some));
        assert_eq!(sources.range(&(3..6)), Some(13..21));
        let slice = sources.slice(&(2..7));
        assert_eq!([0, 2, 3, 4].map(|at| slice.find(at)), [12, 14, 20, 21].map(Some));
    }

    #[test]
    fn what_is_not_shown_moves_nothing_else() {
        let (words, shown) = ("a\u{ad}b [@c]", "ab [@c]");
        let mut sources = Sources::default();
        sources.push_words(3, shown, words, |at| Some(100 + at));
        let source = |sign: char| sources.find(3 + shown.find(sign).unwrap()).unwrap() - 100;
        for sign in ['a', 'b', '[', '@', ']'] {
            assert_eq!(Some(source(sign)), words.find(sign), "{sign}");
        }
    }

    #[test]
    fn a_character_by_name_stands_where_its_name_begins() {
        let (words, shown) = ("&#64;a &auml; &nosuch; b", "@a ä &nosuch; b");
        let mut sources = Sources::default();
        sources.push_words(0, shown, words, Some);
        for (sign, there) in [("@", 0), ("a", 5), ("&", 14), ("b", 23)] {
            assert_eq!(sources.find(shown.find(sign).unwrap()), Some(there), "{sign}");
        }
    }
}
