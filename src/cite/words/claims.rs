//! The words of a reference, of which more and more is understood: what has been claimed is not read again.

use std::ops::Range;

use super::pairs::Pairs;

/// Stands for every byte that has been claimed, so that positions stay.
pub const CLAIMED: char = '\u{1}';

/// As [`CLAIMED`], for what stands aside in brackets (`(PDF)`): the reference goes on behind it as if it were not there.
pub const ASIDE: char = '\u{2}';

/// A text and what of it has been claimed.
pub struct Claims<'a> {
    text: &'a str,
    free: String,
    pairs: Pairs,
    /// Where the reference says when it was looked up: what follows is no part of it.
    pub closed: usize,
}

impl<'a> Claims<'a> {
    /// A text of which nothing has been claimed.
    pub fn over(text: &'a str) -> Self {
        let free = text.replace([CLAIMED, ASIDE], " ");
        Self { text, pairs: Pairs::of(&free), free, closed: text.len() }
    }

    /// False for words that the text certainly does not hold.
    pub fn may_hold(&self, words: &str) -> bool {
        self.pairs.may_hold(words)
    }

    /// The whole text.
    pub const fn text(&self) -> &'a str {
        self.text
    }

    /// The text with [`CLAIMED`] for each byte that has been claimed.
    pub fn free(&self) -> &str {
        &self.free
    }

    /// The text of a range; empty for what is no range of it.
    pub fn get(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or("")
    }

    /// Claims a range, if it lies on characters and nothing of it has been claimed.
    pub fn claim(&mut self, range: Range<usize>) -> bool {
        self.put(range, CLAIMED)
    }

    /// As [`Claims::claim`], for what stands aside.
    pub fn claim_aside(&mut self, range: Range<usize>) -> bool {
        self.put(range, ASIDE)
    }

    fn put(&mut self, range: Range<usize>, sign: char) -> bool {
        let fits = self.free.get(range.clone()).is_some_and(|part| !part.contains([CLAIMED, ASIDE]));
        if fits {
            let bytes = sign.to_string().repeat(range.len());
            self.free.replace_range(range, &bytes);
        }
        fits
    }

    /// True when a word could begin at `at`.
    pub fn starts_word(&self, at: usize) -> bool {
        !self.free.get(..at).is_some_and(|before| before.ends_with(|c: char| c.is_alphanumeric()))
    }
}
