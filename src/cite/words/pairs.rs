//! Which pairs of bytes a text holds: dozens of labels are looked for in every reference, and most are in none.

/// Pairs of bytes that follow one another, each as one bit; some share one.
pub struct Pairs([u64; 16]);

impl Pairs {
    /// The pairs of a text.
    pub fn of(text: &str) -> Self {
        let mut bits = [0; 16];
        for pair in text.as_bytes().windows(2) {
            let (word, bit) = place(pair);
            bits[word] |= bit;
        }
        Self(bits)
    }

    /// False for words that the text certainly does not hold.
    pub fn may_hold(&self, words: &str) -> bool {
        words.as_bytes().windows(2).all(|pair| {
            let (word, bit) = place(pair);
            self.0[word] & bit != 0
        })
    }
}

fn place(pair: &[u8]) -> (usize, u64) {
    let sum = usize::from(pair[0]) * 37 + usize::from(pair[1]);
    (sum / 64 % 16, 1 << (sum % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_text_holds_is_never_denied() {
        let text = "Doe, J. „Über Häfen“. Retrieved 3 May 2020. 閲覧 doi:10.1/x";
        let pairs = Pairs::of(text);
        let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        for (n, start) in ends.iter().enumerate() {
            assert!(ends[n..].iter().all(|end| pairs.may_hold(&text[*start..*end])));
        }
        let absent = ["https://", "ISBN", "Archived", "abgerufen am ", "Vol."];
        assert!(absent.iter().all(|words| !pairs.may_hold(words)));
        assert!(Pairs::of("").may_hold("") && !Pairs::of("").may_hold("ab"));
    }
}
