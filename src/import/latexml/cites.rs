//! Groups of cites: `[see 4, §2; 7]`, `Doe et al. (2020)`. One group is one marker; what stands outside of its links
//! is prefix, locator, suffix, or the author's name.

use dom_query::NodeRef;

use super::math;
use super::survey::Survey;
use crate::article::{DraftCite, DraftMarker, Label, To};
use crate::import::html::node;
use crate::import::markdown::locator;

/// A piece of a group.
#[derive(Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    /// What a link leads to, and its words.
    Cite(String, String),
    /// A key that the bibliography did not have.
    Missing(String),
}

/// A group of cites as a marker: what it shows, and what it cites. Nothing for a group that cites nothing.
pub fn group(cite: &NodeRef<'_>, survey: &Survey) -> Option<(String, DraftMarker)> {
    let cites = cites(joined(pieces(cite, survey)), survey);
    let shown = math::words(cite);
    let raised = cite.has_name("sup") || node::find(cite, |n| n.has_name("sup")).is_some();
    let bare = raised && shown.chars().all(|c| c.is_ascii_digit() || " ,–-".contains(c));
    let shown = if bare { format!("[{shown}]") } else { shown };
    let marker = DraftMarker { label: Label::Shown, group: None, cites };
    (!marker.cites.is_empty() && !shown.is_empty()).then_some((shown, marker))
}

/// A link to an entry that stands alone.
pub fn alone(key: String, survey: &Survey) -> DraftMarker {
    DraftMarker { label: Label::Shown, group: None, cites: vec![cite(key, survey)] }
}

fn cite(key: String, survey: &Survey) -> DraftCite {
    let there = survey.entries.contains_key(&key);
    DraftCite::new(if there { To::Reference(key) } else { To::Missing(key) })
}

fn pieces(cite: &NodeRef<'_>, survey: &Survey) -> Vec<Piece> {
    let mut pieces = Vec::new();
    node::walk(cite, |n| {
        if node::has_class(n, &["ltx_missing_citation"]) {
            pieces.push(Piece::Missing(math::words(n)));
            return false;
        }
        if let Some(key) = n.attr("href").and_then(|href| survey.cited(&href)) {
            pieces.push(Piece::Cite(key, math::words(n)));
            return false;
        }
        if n.is_text() {
            pieces.push(Piece::Text(n.text().to_string()));
        }
        true
    });
    pieces
}

/// Texts that follow one another become one, and so do author and year in two links to one entry.
fn joined(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for piece in pieces {
        match (out.as_mut_slice(), piece) {
            ([.., Piece::Text(before)], Piece::Text(text)) => before.push_str(&text),
            ([.., Piece::Cite(first, words), Piece::Text(gap)], Piece::Cite(key, year))
                if *first == key && is_gap(gap) =>
            {
                words.push_str(&format!("{gap}{year}"));
                out.pop();
            }
            ([.., Piece::Cite(first, words)], Piece::Cite(key, year)) if *first == key => {
                words.push_str(&year);
            }
            (_, piece) => out.push(piece),
        }
    }
    out
}

/// What may stand between author and year.
fn is_gap(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || "([,".contains(c))
}

fn cites(pieces: Vec<Piece>, survey: &Survey) -> Vec<DraftCite> {
    let mut out: Vec<DraftCite> = Vec::new();
    let mut before = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) => before = between(out.last_mut(), &text),
            Piece::Cite(key, words) => {
                let label = survey.entries.get(&key).map_or("", |entry| &entry.label);
                let prefix = prefix(&before, &words, label);
                out.push(DraftCite { prefix, ..cite(key, survey) });
                before.clear();
            }
            Piece::Missing(key) => {
                let prefix = prefix(&before, "", "");
                out.push(DraftCite { prefix, ..DraftCite::new(To::Missing(key)) });
                before.clear();
            }
        }
    }
    if let Some(last) = out.last_mut().filter(|last| last.suffix.is_empty() && last.locator.is_empty()) {
        last.suffix = said(&before).to_owned();
    }
    out
}

/// Text after a cite: its locator and suffix are kept with it; the rest belongs to the next one.
fn between(last: Option<&mut DraftCite>, text: &str) -> String {
    let Some(last) = last else { return text.to_owned() };
    let (own, next) = text.split_once(';').map_or((text, None), |(own, next)| (own, Some(next)));
    let own = own.trim_start_matches([')', ']']);
    let (locator, suffix) = locator::locator(own);
    if locator.is_empty() && next.is_none() {
        return text.to_owned();
    }
    last.suffix =
        if next.is_some() || !locator.is_empty() { said(&suffix).to_owned() } else { String::new() };
    last.locator = locator;
    next.unwrap_or("").to_owned()
}

/// Words without the punctuation and brackets around them.
fn said(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || "()[],;".contains(c))
}

/// Words that come before a work and are no one's name.
const LEADS: [&str; 14] = [
    "see also, e.g.,",
    "see also",
    "see, e.g.,",
    "see e.g.",
    "see for example",
    "see for instance",
    "see",
    "e.g.,",
    "e.g.",
    "cf.",
    "i.e.",
    "for example",
    "for instance",
    "in",
];

/// The words before a cite. An author's name before a year is a part of the label and no prefix.
fn prefix(before: &str, link: &str, label: &str) -> String {
    let before = said(before);
    let year = link.chars().take_while(char::is_ascii_digit).count() == 4
        && link.trim_end_matches(char::is_alphabetic).len() == 4;
    if !year {
        let joins = matches!(before, "and" | "&" | "–" | "-" | "—");
        return if joins { String::new() } else { before.to_owned() };
    }
    let author = label.split(['(', '[']).next().unwrap_or("").trim();
    if let Some(rest) = before.strip_suffix(author).filter(|_| !author.is_empty()) {
        return said(rest).to_owned();
    }
    let lower = before.to_lowercase();
    let lead = LEADS.iter().find(|lead| {
        lower
            .strip_prefix(**lead)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\u{a0}', ',']))
    });
    lead.and_then(|lead| before.get(..lead.len())).unwrap_or("").trim_end_matches(',').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_before_a_year_are_no_prefix() {
        let cases = [
            ("Doe & Roe (", "2001", "Doe & Roe (2001)", ""),
            ("see Doe (", "2001b", "Doe (2001)", "see"),
            ("e.g., A. Doe, ", "2001", "", "e.g."),
            ("[see ", "4", "4", "see"),
            (", and ", "5", "5", ""),
            ("(", "Doe et al. 2001", "", ""),
        ];
        for (before, link, label, expected) in cases {
            assert_eq!(prefix(before, link, label), expected, "{before:?}");
        }
    }

    #[test]
    fn words_after_a_cite_are_its_locator_or_the_next_ones() {
        let mut cite = DraftCite::new(To::Missing("a".to_owned()));
        assert_eq!(between(Some(&mut cite), ", p. 3, "), "");
        assert_eq!((cite.locator.as_str(), cite.suffix.as_str()), ("p. 3", ""));
        let mut cite = DraftCite::new(To::Missing("a".to_owned()));
        assert_eq!(between(Some(&mut cite), "); see Roe ("), " see Roe (");
        assert_eq!((cite.locator.as_str(), cite.suffix.as_str()), ("", ""));
        assert_eq!(between(Some(&mut cite), ", "), ", ");
    }
}
