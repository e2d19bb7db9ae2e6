//! What the parts of a reference look like: a date in brackets, the end of a title, a name that publishes.

use super::claims::{ASIDE, CLAIMED};
use crate::cite::Date;

/// What the bracket at `open` holds.
pub fn inner(free: &str, open: usize) -> Option<&str> {
    let rest = free.get(open + 1..)?;
    rest.get(..rest.find(')')?)
}

/// True where a title can end: behind it comes a stop, comma or bracket, or the next part of the reference.
pub fn ends_title(rest: &str, title: &str) -> bool {
    let next = rest.trim_start();
    let asks = title.ends_with(['.', '?', '!', '…']) && next.len() < rest.len();
    next.chars().next().is_none_or(|c| match c {
        '.' | ',' | ';' | ':' | '(' | '[' | CLAIMED | ASIDE => true,
        c => asks && !c.is_lowercase(),
    })
}

/// The stop of the sentence taken off, but not that of an initial.
pub fn without_stop(text: &str) -> &str {
    let text = text.trim();
    let Some(shorter) = text.strip_suffix('.') else {
        return text;
    };
    let word = shorter.rsplit([' ', '.', ',', '-']).next().unwrap_or("");
    let initial = word.chars().count() == 1 && word.starts_with(char::is_uppercase);
    if initial || matches!(word, "al" | "Jr" | "Sr" | "ed" | "eds") { text } else { shorter }
}

/// Cuts the date in brackets off the end, and a second one (`[1966]`) with it.
pub fn dated(text: &str) -> (&str, Option<Date>) {
    let mut text = text.trim_end();
    if text.ends_with(']')
        && let Some(open) = text.rfind('[')
    {
        text = text[..open].trim_end();
    }
    let found = text.strip_suffix(')').and_then(|inside| {
        let open = inside.rfind('(')?;
        Some((text[..open].trim_end(), Some(in_brackets(&inside[open + 1..])?)))
    });
    found.unwrap_or((text, None))
}

/// A date that is all there is; a letter behind the year (`2020a`) tells works of one year apart.
pub fn in_brackets(text: &str) -> Option<Date> {
    let text = text.trim();
    Date::parse(text).or_else(|| {
        let year = text.strip_suffix(|c: char| c.is_ascii_lowercase()).filter(|y| y.len() == 4)?;
        Date::parse(year)
    })
}

/// True for words that a container or publisher could be called by: few, and not the beginning of a sentence.
pub fn could_be_name(text: &str, most: usize) -> bool {
    let first = text.split_whitespace().next().unwrap_or("");
    let words = text.split_whitespace().count();
    let small =
        first.starts_with(char::is_lowercase) && !first.contains('.') && !first.contains(char::is_uppercase);
    (1..=most).contains(&words)
        && (!small || words <= 3)
        && text.len() <= 160
        && !is_number(text)
        && !text.contains(['"', '“', '”', '。'])
}

/// True for what is no name but a number (`12(S)`, `LXI`) or a date.
fn is_number(text: &str) -> bool {
    let sign = |c: char| !c.is_alphabetic() || "IVXLCDMS年月日".contains(c);
    text.chars().all(sign) || text.contains('年') || text.chars().count() < 3
}

/// True for words that say that they publish: a place before them, or what publishers are called.
pub fn publishes(text: &str) -> bool {
    const NAMES: [&str; 14] = [
        "Press",
        "Publish",
        "Books",
        "Verlag",
        "Edition",
        "Édition",
        "Editor",
        "University",
        "Institut",
        "Society",
        "Inc",
        "Ltd",
        "GmbH",
        "Company",
    ];
    text.contains(": ") || NAMES.iter().any(|name| text.contains(name))
}
