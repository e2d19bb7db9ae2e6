//! Words as programs count them: runs of letters, digits, `_` and the marks on them (`\w+`).

use unicode_width::UnicodeWidthChar;

/// How many words a text has.
pub fn count(text: &str) -> usize {
    let mut inside = false;
    let begins = |c: char| {
        let was = std::mem::replace(&mut inside, is_word(c));
        is_word(c) && !was
    };
    text.chars().map(begins).filter(|begins| *begins).count()
}

/// The last word of a text.
pub fn last_word(text: &str) -> Option<&str> {
    let (last, c) = text.char_indices().rev().find(|(_, c)| is_word(*c))?;
    let start = text[..last].char_indices().rev().take_while(|(_, c)| is_word(*c)).last();
    text.get(start.map_or(last, |(at, _)| at)..last + c.len_utf8())
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || (c > '\u{2ff}' && c.width() == Some(0) && !c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        let cases = [
            ("", 0, None),
            ("one", 1, Some("one")),
            ("one, two.", 2, Some("two")),
            ("don't – stop…", 3, Some("stop")),
            ("e\u{301}te\u{301} 漢字。", 2, Some("漢字")),
            ("a_b 3.5", 3, Some("5")),
            ("— ", 0, None),
        ];
        for (text, number, last) in cases {
            assert_eq!((count(text), last_word(text)), (number, last), "{text:?}");
        }
    }
}
