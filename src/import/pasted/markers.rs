//! Markers in running text: `[12]`, `[note 3]`, `[a]`, and what only looks like one.

use std::ops::Range;

/// Something in brackets that may be a marker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The bytes of the label, brackets included.
    pub range: Range<usize>,
    /// The series: empty for numbers, [`LETTERS`], or the word before the number.
    pub series: String,
    /// Its number in the series, from 1.
    pub number: u32,
    /// The page that is given after it (`[3]: 44`), or nothing.
    pub locator: String,
    /// True when a space comes before it, or nothing.
    pub loose: bool,
}

/// The series of `[a]`, `[b]`, ….
pub const LETTERS: &str = "a-z";

/// The longest label that is looked at, in bytes.
const LONGEST: usize = 40;

/// Everything in a text that may be a marker.
pub fn scan(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find('[').map(|at| at + from) {
        from = start + 1;
        let limit = text.floor_char_boundary(from + LONGEST);
        let Some(end) = text[from..limit].find([']', '[']).map(|at| at + from) else { continue };
        if !text[end..].starts_with(']') {
            continue;
        }
        if let Some((series, number)) = label(&text[from..end]) {
            let before = text[..start].chars().next_back();
            let loose = before.is_none_or(|c| c.is_whitespace() && c != '\t');
            let locator = locator(&text[end + 1..]).to_owned();
            found.push(Found { range: start..end + 1, series, number, locator, loose });
        }
        from = end + 1;
    }
    found
}

/// The series and the number of a label: `12`, `note 3`, `b`.
pub fn label(inner: &str) -> Option<(String, u32)> {
    let number = |digits: &str| -> Option<u32> {
        let plain = (1..=5).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        digits.parse().ok().filter(|n| plain && *n > 0)
    };
    if let Some(n) = number(inner) {
        return Some((String::new(), n));
    }
    if (1..=2).contains(&inner.len()) && inner.bytes().all(|b| b.is_ascii_lowercase()) {
        return Some((LETTERS.to_owned(), letter_number(inner)));
    }
    let (word, digits) = inner.rsplit_once([' ', '\u{a0}'])?;
    let is_word = word.chars().count() <= 12 && word.chars().all(|c| c.is_alphabetic() || c == '.');
    number(digits).filter(|_| is_word && !word.is_empty()).map(|n| (word.to_owned(), n))
}

fn letter_number(letters: &str) -> u32 {
    letters.bytes().fold(0, |sum, b| sum * 26 + u32::from(b - b'a') + 1)
}

/// How an entry of a series is labelled: the inverse of [`label`].
pub fn shown(series: &str, number: u32) -> String {
    match series {
        "" => number.to_string(),
        LETTERS => crate::article::build::letters(number.saturating_sub(1)),
        word => format!("{word} {number}"),
    }
}

/// A page number after a marker (`{{rp}}`): `:44`, `: 12–14`. After a space, words that go on with the sentence show
/// that it is none.
fn locator(after: &str) -> &str {
    let Some(rest) = after.strip_prefix(':') else { return "" };
    let pages = rest.trim_start_matches([' ', '\u{a0}', '\u{2009}', '\u{200a}', '\u{202f}']);
    let end = pages.find(|c: char| !(c.is_ascii_digit() || " ,–-".contains(c))).unwrap_or(pages.len());
    let close = pages.len() == rest.len();
    let pages = pages[..end].trim_end_matches([' ', ',', '-', '–']);
    let next = after[after.len() - rest.len()..].find(pages).map_or("", |at| &rest[at + pages.len()..]);
    let goes_on = |text: &str| text.trim_start().starts_with(|c: char| c.is_lowercase() || c == '%');
    let decimal = next.strip_prefix('.').is_some_and(|n| n.starts_with(|c: char| c.is_ascii_digit()));
    let starts = pages.starts_with(|c: char| c.is_ascii_digit());
    if starts && !decimal && (close || !goes_on(next)) { pages } else { "" }
}

/// Words that name a series of notes, so that `[note 3]` is a marker even when its list was not pasted.
pub fn names_a_series(series: &str) -> bool {
    const NAMES: [&str; 12] =
        ["note", "nb", "n", "fn", "nota", "anm.", "anm", "a", "注", "註", "注釈", "прим."];
    NAMES.contains(&series.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_told_from_words() {
        let cases = [
            ("12", Some(("", 12))),
            ("note 3", Some(("note", 3))),
            ("Note\u{a0}3", Some(("Note", 3))),
            ("注 2", Some(("注", 2))),
            ("b", Some((LETTERS, 2))),
            ("aa", Some((LETTERS, 27))),
            ("0", None),
            ("123456", None),
            ("citation needed", None),
            ("the", None),
            ("26 October 1907", None),
        ];
        for (inner, expected) in cases {
            assert_eq!(label(inner), expected.map(|(s, n)| (s.to_owned(), n)), "{inner}");
        }
    }

    #[test]
    fn markers_and_pages_are_found() {
        let found = scan("One[1][note 2] and [3]:44–45 then[4]: 12 The end[5]: 3 men [x [6]");
        let short: Vec<_> =
            found.iter().map(|f| (f.series.as_str(), f.number, f.locator.as_str(), f.loose)).collect();
        let expected = [
            ("", 1, "", false),
            ("note", 2, "", false),
            ("", 3, "44–45", true),
            ("", 4, "12", false),
            ("", 5, "", false),
            ("", 6, "", true),
        ];
        assert_eq!(short, expected);
    }

    #[test]
    fn pages_end_where_words_go_on() {
        let cases = [
            (":86", "86"),
            (": 11, 13 ", "11, 13"),
            (":202–207 If", "202–207"),
            (":207. Next", "207"),
            (": 44 people", ""),
            (": 3.5 of", ""),
            (" 44", ""),
            (":", ""),
        ];
        for (after, expected) in cases {
            assert_eq!(locator(after), expected, "{after}");
        }
    }
}
