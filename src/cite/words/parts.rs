//! A reference behind its title, cut where its stops and commas cut it.

use std::ops::Range;

use super::claims::{ASIDE, CLAIMED};
use crate::cite::{Date, date_words};

/// A part of a reference.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// Words, without the punctuation around them.
    Words(Range<usize>),
    /// A date that stands alone.
    Date(Date),
    /// Something with a label.
    Label,
}

/// What parts are parted by, and white space.
fn separates(c: char) -> bool {
    c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':' | '。' | '、' | ASIDE)
}

/// Cuts at stops (at commas too, where those part the reference) outside brackets, and at what has been claimed.
pub fn cut(free: &str, from: usize, commas: bool) -> Vec<Part> {
    let mut cutter = Cutter { free, start: from, out: Vec::new() };
    let (mut depth, mut at, mut blank) = (0_usize, from, true);
    while let Some(c) = free.get(at..).and_then(|rest| rest.chars().next()) {
        if blank && c.is_alphanumeric() {
            if let Some(length) = cutter.date(at) {
                at += length;
                continue;
            }
            blank = false;
        }
        let next = at + c.len_utf8();
        let ends = match c {
            CLAIMED => {
                depth = 0;
                true
            }
            '(' | '[' => {
                depth += usize::from(free[next..].contains([')', ']']));
                false
            }
            ')' | ']' => {
                depth = depth.saturating_sub(1);
                false
            }
            '.' => depth == 0 && stops(free, at),
            ',' => depth == 0 && commas && free[next..].starts_with([' ', CLAIMED]),
            _ => false,
        };
        if ends {
            cutter.words(at);
            cutter.start = next;
            blank = true;
        }
        if c == CLAIMED && cutter.out.last() != Some(&Part::Label) {
            cutter.out.push(Part::Label);
        }
        at = next;
    }
    cutter.words(free.len());
    cutter.out
}

struct Cutter<'a> {
    free: &'a str,
    start: usize,
    out: Vec<Part>,
}

impl Cutter<'_> {
    /// Takes the date at `at`, if it is a part of its own.
    fn date(&mut self, at: usize) -> Option<usize> {
        let (date, length) = date_words::at_start(&self.free[at..])?;
        let rest = &self.free[at + length..];
        let next = rest.trim_start_matches(' ').chars().next();
        let ends = rest.starts_with(['.', ',', ';', ':', ')'])
            || next.is_none_or(|c| matches!(c, CLAIMED | ASIDE | '[' | '('));
        if !ends {
            return None;
        }
        self.out.push(Part::Date(date));
        self.start = at + length;
        Some(length)
    }

    fn words(&mut self, end: usize) {
        let text = &self.free[self.start..end];
        let trimmed = text.trim_matches(separates);
        if trimmed.contains(char::is_alphanumeric) {
            let start = self.start + text.len() - text.trim_start_matches(separates).len();
            self.out.push(Part::Words(start..start + trimmed.len()));
        }
    }
}

/// True for a stop that ends a part, and not an initial or an abbreviation.
fn stops(free: &str, at: usize) -> bool {
    let rest = &free[at + 1..];
    if !(rest.is_empty() || rest.starts_with([' ', '\u{a0}', CLAIMED, ASIDE, '\n'])) {
        return false;
    }
    let before = &free[..at];
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let initial = word.chars().count() == 1 && word.starts_with(char::is_alphabetic);
    let more = rest.trim_start().chars().next().is_some_and(|c| !matches!(c, CLAIMED | ASIDE));
    !(more
        && (initial
            || matches!(
                word,
                "St" | "Dr" | "Mr" | "Mrs" | "Ms" | "Bros" | "vs" | "Mt" | "Ft" | "ed" | "eds" | "Jr" | "Sr"
            )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_cut() {
        let cases = [
            (
                ". Site News. The Broadcasting Company. 27 May 1999. ",
                false,
                "Site News|The Broadcasting Company|27 May 1999",
            ),
            (", The Paper (October 8, 2016). \u{1}\u{1}.", true, "The Paper (October 8, 2016)|#"),
            (". Things.co.nz. 21 May 2015", false, "Things.co.nz|21 May 2015"),
            (". J. Roe Ltd. 2010 World Fair. x", false, "J. Roe Ltd|2010 World Fair|x"),
            (" \u{2}\u{2}. A (b. c) d. \u{1}. e", false, "A (b. c) d|#|e"),
            (". Unclosed ( one. two", false, "Unclosed ( one|two"),
            (", June 24, 2025, Place", true, "24 June 2025|Place"),
        ];
        for (text, commas, expected) in cases {
            let shown: Vec<String> = cut(text, 0, commas)
                .into_iter()
                .map(|part| match part {
                    Part::Words(range) => text[range].to_owned(),
                    Part::Date(date) => date.words(),
                    Part::Label => "#".to_owned(),
                })
                .collect();
            assert_eq!(shown.join("|"), expected, "{text}");
        }
    }
}
