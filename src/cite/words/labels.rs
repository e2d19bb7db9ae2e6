//! What names itself: addresses, identifiers, days of access, languages, pages, editions.

use std::ops::Range;

use super::Parsed;
use super::claims::{ASIDE, CLAIMED, Claims};
use crate::article::Mark;
use crate::cite::short::{bare_doi, doi_address, host};
use crate::cite::{Date, date_words};

/// Claims everything that has a label, and fills the fields.
pub fn read(claims: &mut Claims<'_>, parsed: &mut Parsed) {
    addresses(claims, parsed);
    identifiers(claims, parsed);
    days(claims, parsed);
    asides(claims, parsed);
}

fn put(parsed: &mut Parsed, field: &str, value: &str) {
    if !parsed.csl.contains_key(field) && !value.is_empty() {
        parsed.csl.insert(field.to_owned(), value.into());
    }
}

/// Where a label stands at the beginning of a word.
fn find(claims: &Claims<'_>, label: &str, from: usize) -> Option<usize> {
    let free = Some(claims.free()).filter(|_| claims.may_hold(label))?;
    let mut at = from;
    loop {
        let found = at + free.get(at..)?.find(label)?;
        if claims.starts_word(found) {
            return Some(found);
        }
        at = found + label.len();
    }
}

fn addresses(claims: &mut Claims<'_>, parsed: &mut Parsed) {
    for scheme in ["https://", "http://"] {
        let mut from = 0;
        while let Some(start) = find(claims, scheme, from) {
            from = start + scheme.len();
            let rest = claims.get(start..claims.text().len());
            let url = address(rest);
            if host(url).is_empty() || !claims.claim(start..start + url.len()) {
                continue;
            }
            match bare_doi(url).filter(|doi| *doi != url) {
                Some(doi) => put(parsed, "DOI", doi),
                None => put(parsed, "URL", url),
            }
            parsed.marks.push((start..start + url.len(), Mark::Link(url.to_owned())));
        }
    }
}

/// The address at the beginning of `rest`, without the punctuation of the sentence it stands in.
fn address(rest: &str) -> &str {
    let end = rest.find(|c: char| c.is_whitespace() || c.is_control() || "<>\"“”«»[]{}|\\^`".contains(c));
    let mut url = &rest[..end.unwrap_or(rest.len())];
    loop {
        let shorter = url.trim_end_matches(['.', ',', ';', ':', '?', '!', '\'', '’', '…']);
        let opened = shorter.matches('(').count() < shorter.matches(')').count();
        let shorter = if opened { shorter.strip_suffix(')').unwrap_or(shorter) } else { shorter };
        if shorter.len() == url.len() {
            return url;
        }
        url = shorter;
    }
}

/// Identifiers by their labels; without a field, they are claimed so that nothing else is made of them.
const IDENTIFIERS: [(&str, &str); 15] = [
    ("doi:", "DOI"),
    ("DOI:", "DOI"),
    ("DOI ", "DOI"),
    ("ISBN", "ISBN"),
    ("ISSN", "ISSN"),
    ("PMID", "PMID"),
    ("PMC ", "PMCID"),
    ("OCLC", ""),
    ("S2CID", ""),
    ("JSTOR", ""),
    ("LCCN", ""),
    ("ASIN", ""),
    ("Bibcode:", ""),
    ("hdl:", ""),
    ("arXiv:", ""),
];

fn identifiers(claims: &mut Claims<'_>, parsed: &mut Parsed) {
    for (label, field) in IDENTIFIERS {
        let mut from = 0;
        while let Some(start) = find(claims, label, from) {
            from = start + label.len();
            let Some(value) = identifier(claims.free(), from, field) else {
                continue;
            };
            let text = claims.get(value.clone()).to_owned();
            if !claims.claim(start..value.end) {
                continue;
            }
            if field == "DOI" {
                parsed.marks.push((start..value.end, Mark::Link(doi_address(&text))));
            }
            match field {
                "" => {}
                "PMCID" => put(parsed, field, &format!("PMC{}", text.trim_start_matches("PMC"))),
                _ => put(parsed, field, &text),
            }
        }
    }
}

/// The value behind a label, if it is one that the field can have.
fn identifier(free: &str, from: usize, field: &str) -> Option<Range<usize>> {
    let rest = free.get(from..)?;
    let rest = rest.strip_prefix(':').unwrap_or(rest).trim_start_matches([' ', '\u{a0}']);
    let start = free.len() - rest.len();
    let inside = |c: char| match field {
        "ISBN" => c.is_ascii_digit() || matches!(c, 'X' | 'x' | '-' | '‐' | '–' | ' '),
        "ISSN" => c.is_ascii_digit() || matches!(c, 'X' | 'x' | '-' | '‐' | '–'),
        _ => !c.is_whitespace() && !matches!(c, CLAIMED | ASIDE | ';' | '"' | '“' | '”'),
    };
    let end = rest.find(|c| !inside(c)).unwrap_or(rest.len());
    let end = if field == "ISBN" { isbn(&rest[..end]) } else { end };
    let mut value = rest[..end].trim_end_matches(['.', ',', ':', ' ', '-', '–']);
    while value.ends_with(')') && value.matches('(').count() < value.matches(')').count() {
        value = value[..value.len() - 1].trim_end_matches(['.', ',']);
    }
    let digits = value.bytes().filter(|b| b.is_ascii_digit() || matches!(b, b'X' | b'x')).count();
    let fits = match field {
        "DOI" => bare_doi(value) == Some(value),
        "ISBN" => matches!(digits, 10 | 13),
        "ISSN" => digits == 8,
        "PMID" | "PMCID" => digits > 0 && value.trim_start_matches("PMC").bytes().all(|b| b.is_ascii_digit()),
        _ => digits > 0 && value.len() <= 60,
    };
    fits.then_some(start..start + value.len())
}

/// The length of the ISBN with which a text of digits, hyphens and spaces begins.
fn isbn(text: &str) -> usize {
    let most = if text.starts_with("978") || text.starts_with("979") { 13 } else { 10 };
    let mut digits = text.char_indices().filter(|(_, c)| c.is_ascii_digit() || matches!(c, 'X' | 'x'));
    digits.nth(most - 1).map_or(text.len(), |(at, _)| at + 1)
}

/// Words before the day on which a page was looked up; a day in an archive is only claimed.
const DAYS: [(&str, &str); 20] = [
    ("Retrieved on ", "accessed"),
    ("Retrieved ", "accessed"),
    ("retrieved ", "accessed"),
    ("Accessed on ", "accessed"),
    ("Accessed ", "accessed"),
    ("accessed ", "accessed"),
    ("abgerufen am ", "accessed"),
    ("Abgerufen am ", "accessed"),
    ("Consultado el ", "accessed"),
    ("Consultado em ", "accessed"),
    ("consulté le ", "accessed"),
    ("Consulté le ", "accessed"),
    ("URL consultato il ", "accessed"),
    ("Geraadpleegd op ", "accessed"),
    ("Archived from the original on ", ""),
    ("Archived from the original (PDF) on ", ""),
    ("Archived (PDF) from the original on ", ""),
    ("Archived from the original (XLS) on ", ""),
    ("Archiviert vom Original am ", ""),
    ("Archived ", ""),
];

fn days(claims: &mut Claims<'_>, parsed: &mut Parsed) {
    for (label, field) in DAYS {
        let mut from = 0;
        while let Some(start) = find(claims, label, from) {
            from = start + label.len();
            let Some((date, length)) = claims.free().get(from..).and_then(date_words::at_start) else {
                continue;
            };
            let end = from + length;
            let rest = &claims.free()[end..];
            let keeper = [", at the Wayback Machine", " at the Wayback Machine", " at archive.today"];
            let keeper = keeper.iter().find(|words| rest.starts_with(**words)).map_or(0, |words| words.len());
            claims.claim(start..end + keeper);
            looked_up(claims, parsed, field, start, &date);
        }
    }
    if let Some((start, date, end)) = japanese_day(claims.free()) {
        claims.claim(start..end);
        looked_up(claims, parsed, "accessed", start, &date);
    }
    for label in ["Archived from the original", "Archived"] {
        if let Some(start) = find(claims, label, 0) {
            let end = start + label.len();
            if claims.free()[end..].starts_with(['.', ' ']) {
                claims.claim(start..end);
            }
        }
    }
}

fn looked_up(claims: &mut Claims<'_>, parsed: &mut Parsed, field: &str, at: usize, date: &Date) {
    if field == "accessed" {
        claims.closed = claims.closed.min(at);
        put_date(parsed, field, date);
    }
}

/// `2012年8月22日閲覧`: the word stands behind the day.
fn japanese_day(free: &str) -> Option<(usize, Date, usize)> {
    const WORD: &str = "閲覧";
    let word = free.find(WORD)?;
    let start = free[..word].rfind(|c: char| !(c.is_ascii_digit() || matches!(c, '年' | '月' | '日')));
    let start = start.map_or(0, |at| free.ceil_char_boundary(at + 1));
    let (date, length) = date_words::at_start(&format!("{} ", free.get(start..word)?))?;
    (start + length == word).then_some((start, date, word + WORD.len()))
}

/// Puts a date in, unless there is one already.
pub fn put_date(parsed: &mut Parsed, field: &str, date: &Date) {
    if !parsed.csl.contains_key(field) {
        parsed.csl.insert(field.to_owned(), date.to_csl());
    }
}

/// What stands in brackets and says something about the work: `(in French)`, `(PDF)`, `(2nd ed.)`.
fn asides(claims: &mut Claims<'_>, parsed: &mut Parsed) {
    let mut from = 0;
    while let Some(found) = claims.free().get(from..).and_then(|rest| rest.find('(')) {
        let start = from + found;
        from = start + 1;
        let Some(length) = claims.free()[start..].bytes().take(60).position(|b| b == b')') else {
            continue;
        };
        let end = start + length + 1;
        let inner = claims.get(start + 1..end - 1);
        let understood = if let Some(language) = inner.strip_prefix("in ").filter(|l| is_language(l)) {
            put(parsed, "language", tag(language));
            true
        } else if let Some(edition) = inner.strip_suffix(" ed.").filter(|e| e.len() < 20) {
            put(parsed, "edition", number(edition));
            true
        } else {
            let kind = is_kind(inner);
            if kind {
                put(parsed, "genre", inner);
            }
            kind || matches!(inner, "PDF" | "XLS" | "DOC" | "MP3" | "subscription required" | "help")
        };
        if understood {
            claims.claim_aside(start..end);
        }
    }
}

/// What a work can be called in brackets behind its title.
fn is_kind(words: &str) -> bool {
    matches!(
        words,
        "Press release" | "Report" | "Technical report" | "Thesis" | "PhD" | "MA" | "MSc" | "Speech"
    ) || words.ends_with(" thesis")
        || words.ends_with(" dissertation")
}

/// `2nd` is 2.
fn number(edition: &str) -> &str {
    let digits = edition.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) { digits } else { edition }
}

fn is_language(words: &str) -> bool {
    words.len() < 40
        && words.starts_with(char::is_uppercase)
        && words.chars().all(|c| c.is_alphabetic() || " -,".contains(c))
}

/// The BCP 47 tag of a language, where its English name is a common one; else the name.
fn tag(language: &str) -> &str {
    const TAGS: [(&str, &str); 34] = [
        ("Arabic", "ar"),
        ("Bulgarian", "bg"),
        ("Catalan", "ca"),
        ("Chinese", "zh"),
        ("Croatian", "hr"),
        ("Czech", "cs"),
        ("Danish", "da"),
        ("Dutch", "nl"),
        ("English", "en"),
        ("Estonian", "et"),
        ("Finnish", "fi"),
        ("French", "fr"),
        ("German", "de"),
        ("Greek", "el"),
        ("Hebrew", "he"),
        ("Hindi", "hi"),
        ("Hungarian", "hu"),
        ("Indonesian", "id"),
        ("Italian", "it"),
        ("Japanese", "ja"),
        ("Korean", "ko"),
        ("Latin", "la"),
        ("Norwegian Bokmål", "nb"),
        ("Norwegian Nynorsk", "nn"),
        ("Norwegian", "no"),
        ("Persian", "fa"),
        ("Polish", "pl"),
        ("Portuguese", "pt"),
        ("Romanian", "ro"),
        ("Russian", "ru"),
        ("Spanish", "es"),
        ("Swedish", "sv"),
        ("Turkish", "tr"),
        ("Ukrainian", "uk"),
    ];
    TAGS.iter().find(|(name, _)| *name == language).map_or(language, |(_, tag)| tag)
}
