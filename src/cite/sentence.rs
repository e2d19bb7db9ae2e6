//! The punctuation of an entry: sentences and commas that know how the words before them ended.

use crate::article::{Draft, Mark};

/// A sentence under way, which knows how the last one ended.
#[derive(Default)]
pub(super) struct Line {
    /// What has been written.
    pub draft: Draft,
}

impl Line {
    /// The last character that counts: closing quotes do not.
    fn last(&self) -> Option<char> {
        self.draft.as_str().trim_end_matches(['”', '’', '"', '\'', '»']).chars().next_back()
    }

    /// Begins a sentence.
    pub fn sentence(&mut self) {
        if !self.draft.is_empty() {
            let ended = self.last().is_some_and(|c| matches!(c, '.' | '?' | '!' | '…' | '。' | '？' | '！'));
            self.draft.push(if ended { " " } else { ". " });
        }
    }

    /// Goes on with the sentence.
    pub fn comma(&mut self) {
        if !self.draft.is_empty() {
            let asks = self.last().is_some_and(|c| matches!(c, '?' | '!'));
            self.draft.push(if asks { " " } else { ", " });
        }
    }

    /// Adds words to it.
    pub fn words(&mut self, words: &str) {
        self.draft.push_line(words);
    }

    /// Ends the last sentence; behind an address only if a `stop` there cannot be taken for a part of it.
    pub fn finish(mut self, stop: bool) -> Draft {
        let end = self.draft.len();
        let address =
            self.draft.marks().iter().any(|(range, mark)| range.end == end && matches!(mark, Mark::Link(_)));
        if end > 0 && (stop || !address) {
            self.sentence();
            self.draft.trim_end();
        }
        self.draft
    }
}
