//! Markers in running text: `[12]`, `[note 3]`, `[a]`, and what only looks like one.

use std::ops::Range;

use crate::import::numbers;

/// Something in brackets that may be a marker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The bytes of the label, brackets included.
    pub range: Range<usize>,
    /// The series: empty for numbers, [`LETTERS`], or the word before the number.
    pub series: String,
    /// Its number in the series, from 1.
    pub number: u32,
    /// Further numbers: `[3–5]`, `[3, 5]`.
    pub more: Vec<u32>,
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
        let before = text[..start].chars().next_back();
        let loose = before.is_none_or(|c| c.is_whitespace() && c != '\t');
        let one = || label(&text[from..end]).map(|(series, number)| (series, number, Vec::new()));
        let several = || several(&text[from..end]).filter(|_| follows_a_word(&text[..start]));
        if let Some((series, number, more)) = one().or_else(several) {
            let locator = locator(&text[end + 1..]).to_owned();
            found.push(Found { range: start..end + 1, series, number, more, locator, loose });
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

/// The numbers of `3–5` and `3, 5`, as [`Found`] has them.
fn several(inner: &str) -> Option<(String, u32, Vec<u32>)> {
    let mut numbers = numbers::list(inner)?.into_iter();
    Some((String::new(), numbers.next()?, numbers.collect()))
}

/// True where brackets are glued to a word or to what ends one. After a space, or after the single letter of a
/// function or a matrix, `[1, 2]` is an interval, a pair or an index.
fn follows_a_word(before: &str) -> bool {
    let mut last = before.chars().rev();
    match last.next() {
        Some(c) if c.is_alphabetic() => last.next().is_some_and(char::is_alphabetic),
        Some(c) => ".,;:!?)]\"”’»%".contains(c),
        None => false,
    }
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
    fn several_numbers_follow_a_word() {
        let cases: [(&str, &[u32]); 8] = [
            ("It is so.[3–5]", &[3, 4, 5]),
            ("It is so[3, 5, 9] now", &[3, 5, 9]),
            ("so[1][3,5]", &[3, 5]),
            ("in the interval [3, 5]", &[]),
            ("f[1, 2]", &[]),
            ("the years [1907–1910]", &[]),
            ("[1, 2] begins", &[]),
            ("so[5, 3]", &[]),
        ];
        for (text, expected) in cases {
            let found = scan(text).into_iter().filter(|f| !f.more.is_empty());
            let numbers: Vec<u32> = found.flat_map(|f| std::iter::once(f.number).chain(f.more)).collect();
            assert_eq!(numbers, expected, "{text}");
        }
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
