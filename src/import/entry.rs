//! An entry of a reference list that was given in words: its fields where the words allow it, its text as it stands.

use crate::article::{Csl, Draft};
use crate::cite;

/// The fields of a reference and its text, marked up. The text is kept word for word.
pub fn read(text: &str) -> (Csl, Draft) {
    let mut draft = Draft::default();
    draft.push_line(text);
    let parsed = cite::words::parse(draft.as_str());
    for (range, mark) in parsed.marks {
        draft.mark_range(range, mark);
    }
    (parsed.csl, draft)
}

/// The longest address that is looked for, in bytes.
const LONGEST: usize = 2_000;

/// Where addresses stand in running text; punctuation that ends a sentence does not belong to them.
pub fn addresses(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find("://").map(|at| at + from) {
        from = at + 3;
        let scheme = ["https", "http"].into_iter().find(|s| text[..at].ends_with(s));
        let Some(scheme) = scheme else { continue };
        let end = text[from..].find(|c: char| c.is_whitespace() || "<>[]\"“”«»".contains(c));
        let end = from + end.unwrap_or(text.len() - from).min(text[from..].floor_char_boundary(LONGEST));
        let address = trim_address(&text[at - scheme.len()..end]);
        if address.len() > scheme.len() + 3 {
            found.push(at - scheme.len()..at - scheme.len() + address.len());
        }
        from = end;
    }
    found
}

fn trim_address(address: &str) -> &str {
    let mut rest = address;
    loop {
        let unbalanced = rest.ends_with(')') && rest.matches(')').count() > rest.matches('(').count();
        match rest.char_indices().next_back() {
            Some((at, c)) if unbalanced || ".,;:!?'".contains(c) => rest = &rest[..at],
            _ => return rest,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_where_the_sentence_goes_on() {
        let cases: [(&str, &[&str]); 4] = [
            ("See https://a.example/b_(c), and", &["https://a.example/b_(c)"]),
            ("(http://a.example/x).[1]", &["http://a.example/x"]),
            ("https://a.example/q?. More", &["https://a.example/q"]),
            ("no://x and https:// alone", &[]),
        ];
        for (text, expected) in cases {
            let found: Vec<_> = addresses(text).into_iter().map(|r| &text[r]).collect();
            assert_eq!(found, expected);
        }
    }
}
