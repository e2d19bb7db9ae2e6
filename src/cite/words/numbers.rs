//! Volumes, issues and pages: `12 (3): 45–67`, `Vol. 3, no. 2`, `pp. 3–5`.

use std::ops::Range;

use super::Parsed;
use super::claims::{ASIDE, CLAIMED, Claims};

/// Claims what counts, and fills `volume`, `issue` and `page`.
pub fn read(claims: &mut Claims<'_>, parsed: &mut Parsed) {
    run(claims, parsed);
    labelled(claims, parsed);
}

fn put(parsed: &mut Parsed, field: &str, value: &str) {
    if !parsed.csl.contains_key(field) && !value.is_empty() {
        parsed.csl.insert(field.to_owned(), value.into());
    }
}

/// Numbers with a word before them, and the field they belong to.
const LABELS: [(&str, &str); 12] = [
    ("Volume ", "volume"),
    ("Vol.", "volume"),
    ("vol.", "volume"),
    ("Band ", "volume"),
    ("Bd.", "volume"),
    ("No.", "issue"),
    ("no.", "issue"),
    ("Nr.", "issue"),
    ("Heft ", "issue"),
    ("pp.", "page"),
    ("p.", "page"),
    ("S.", "page"),
];

fn labelled(claims: &mut Claims<'_>, parsed: &mut Parsed) {
    for (label, field) in LABELS {
        if !claims.may_hold(label) {
            continue;
        }
        let mut from = 0;
        while let Some(found) = claims.free().get(from..).and_then(|rest| rest.find(label)) {
            let start = from + found;
            from = start + label.len();
            let rest = claims.free()[from..].trim_start_matches([' ', '\u{a0}']);
            from = claims.free().len() - rest.len();
            let length = if field == "page" { pages(rest) } else { number(rest) };
            let Some(length) = length.filter(|_| stands_apart(claims, start)) else {
                continue;
            };
            let value = claims.get(from..from + length).to_owned();
            if claims.claim(start..from + length) {
                put(parsed, field, &dashed(&value));
            }
        }
    }
}

/// True at the beginning, and behind a sign that ends a part of a reference.
fn stands_apart(claims: &Claims<'_>, at: usize) -> bool {
    let before = claims.free().get(..at).unwrap_or("");
    let spaced = before.is_empty() || before.ends_with([' ', '\u{a0}', '(', '[', ',', CLAIMED, ASIDE]);
    let before = before.trim_end_matches([' ', '\u{a0}']);
    spaced
        && (before.is_empty()
            || before.ends_with(['.', ',', ';', ':', ')', '(', '[', '?', '!', '"', '”', CLAIMED, ASIDE]))
}

/// The length of a number that may stand behind a label: digits, or Roman capitals.
fn number(rest: &str) -> Option<usize> {
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
    let word = &rest[..end];
    let roman = word.len() < 8 && word.bytes().all(|b| b"IVXLCDM".contains(&b));
    let digits = word.len() < 8 && word.starts_with(|c: char| c.is_ascii_digit());
    (!word.is_empty() && (roman || digits)).then_some(end)
}

/// The length of pages: `3`, `A1–A3`, `xii–xv`, `3–5, 9`.
fn pages(rest: &str) -> Option<usize> {
    let mut end = 0;
    loop {
        let more = page(&rest[end..])?;
        end += more;
        let after = &rest[end..];
        let dash = ["–", "-", "—", "‐", "−"].into_iter().find(|d| after.starts_with(d));
        if let Some(length) = dash.and_then(|d| Some(d.len() + page(&after[d.len()..])?)) {
            end += length;
        }
        let Some(next) = rest[end..].strip_prefix(", ").or_else(|| rest[end..].strip_prefix(',')) else {
            return Some(end);
        };
        let length = page(next).filter(|n| next[..*n].bytes().all(|b| b.is_ascii_digit()) && *n < 4);
        if length.is_none() {
            return Some(end);
        }
        end = rest.len() - next.len();
    }
}

/// True for a text that is pages and nothing else.
pub fn are_pages(text: &str) -> bool {
    let year = text.len() == 4 && text.starts_with(['1', '2']) && text.bytes().all(|b| b.is_ascii_digit());
    !year && text.starts_with(|c: char| c.is_ascii_digit()) && pages(text) == Some(text.len())
}

/// One page: digits, a letter and digits, or a small Roman number.
fn page(rest: &str) -> Option<usize> {
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
    let word = &rest[..end];
    let roman = word.bytes().all(|b| b"ivxlc".contains(&b));
    let digits = word.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let numbered = word.len() - digits.len() <= 2 && digits.starts_with(|c: char| c.is_ascii_digit());
    (!word.is_empty() && word.len() <= 10 && (roman || numbered)).then_some(end)
}

fn dashed(pages: &str) -> String {
    pages.replace(['-', '—', '‐', '−'], "–")
}

/// A run of numbers without labels, as journals have them: `12 (3): 45–67`, `213: 104959`, `12(3), 45–67`, `74, 127–62`.
fn run(claims: &mut Claims<'_>, parsed: &mut Parsed) {
    let starts: Vec<usize> =
        claims.free().match_indices(|c: char| c.is_ascii_digit()).map(|(at, _)| at).collect();
    for start in starts {
        let behind_digit = claims.free()[..start].ends_with(|c: char| c.is_ascii_digit());
        if behind_digit || !stands_apart(claims, start) {
            continue;
        }
        if let Some(found) = Run::read(&claims.free()[start..])
            && claims.claim(start..start + found.end)
        {
            let at = |part: Range<usize>| claims.get(start + part.start..start + part.end).to_owned();
            put(parsed, "volume", &at(found.volume.clone()));
            put(parsed, "issue", &dashed(&at(found.issue.clone())));
            put(parsed, "page", &dashed(&at(found.pages.clone())));
            return;
        }
    }
}

/// `Supplement 2`, `S1`.
fn is_supplement(issue: &str) -> bool {
    let rest = issue.strip_prefix('S').unwrap_or("?");
    issue.starts_with("Suppl") || rest.bytes().all(|b| b.is_ascii_digit())
}

/// Byte ranges; empty where there is no such number.
struct Run {
    volume: Range<usize>,
    issue: Range<usize>,
    pages: Range<usize>,
    end: usize,
}

impl Run {
    fn read(text: &str) -> Option<Self> {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let mut run = Self { volume: 0..digits, issue: 0..0, pages: 0..0, end: digits };
        let rest = text.get(digits..).filter(|_| digits <= 4)?;
        let spaced = rest.trim_start_matches([' ', '\u{a0}']);
        if let Some(inner) = spaced.strip_prefix('(') {
            let length = inner.bytes().take(24).position(|b| b == b')')?;
            let start = text.len() - inner.len();
            let issue = &inner[..length];
            let plausible = issue.starts_with(|c: char| c.is_ascii_digit())
                || is_supplement(issue)
                || issue.starts_with("Pt");
            let year = issue.len() == 4 && issue.bytes().all(|b| b.is_ascii_digit()) && digits > 2;
            let paged = text[start + length + 1..].starts_with(':');
            if !plausible || (year && !paged) || issue.contains([CLAIMED, ASIDE]) {
                return None;
            }
            run.issue = start..start + length;
            run.end = start + length + 1;
        }
        run.add_pages(text);
        // A number alone, or a year with something in brackets, can be anything.
        let enough = !run.pages.is_empty() || (!run.issue.is_empty() && digits < 4);
        let ends = text[run.end..].chars().next().is_none_or(|c| !c.is_alphanumeric());
        (enough && ends).then_some(run)
    }

    /// Pages behind `:`, or behind a comma where it is sure that these are numbers of a journal.
    fn add_pages(&mut self, text: &str) {
        let rest = &text[self.end..];
        let after = match rest.strip_prefix(':') {
            Some(after) => after,
            None => rest.strip_prefix(',').unwrap_or(""),
        };
        let sure = !self.issue.is_empty() || rest.starts_with(':');
        let after = after.trim_start_matches([' ', '\u{a0}']);
        if let Some(length) = pages(after).filter(|n| sure || after[..*n].contains(['–', '-'])) {
            let start = text.len() - after.len();
            self.pages = start..start + length;
            self.end = start + length;
        }
    }
}
