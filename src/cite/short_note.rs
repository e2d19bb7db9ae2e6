//! Short notes (`Doe 2020, p. 4`): which work of a bibliography one of them points to. Only a match that cannot be
//! meant otherwise counts.

use std::collections::HashMap;

use super::csl::{Name, date};
use super::short::creators;
use crate::article::Csl;

/// A short note: the family names, the year, and a letter that tells works of one year apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShortNote {
    /// Family names, in small letters.
    names: Vec<String>,
    /// `et al.`
    others: bool,
    /// Four digits.
    year: String,
    /// `a` of `2020a`.
    letter: Option<char>,
}

/// The longest short note, in bytes, and the longest that follows its year.
const LONGEST: (usize, usize) = (160, 90);
/// The most names that are looked at.
const NAMES: usize = 8;

impl ShortNote {
    /// Reads a short note; `None` for anything that says more than names, a year and a place in the work.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() > LONGEST.0 {
            return None;
        }
        let (at, end, letter) = year_in(text)?;
        let rest = text[end..].trim_start_matches(')');
        let says_more = rest.len() > LONGEST.1 || rest.contains(['“', '”', '"', '«', '»', '/', ';', '[']);
        // After a full stop a full entry would go on with its title.
        let place = matches!(rest, "" | ".") || rest.starts_with([',', ':', ' ']);
        if says_more || !place {
            return None;
        }
        let (names, others) = names_of(text[..at].trim_end_matches([' ', ',', '(', '\u{a0}']))?;
        Some(Self { names, others, year: text[at..at + 4].to_owned(), letter })
    }

    /// True when these names are all that a work has, or its first ones where the note says that there are more.
    fn fits(&self, families: &[String]) -> bool {
        families.starts_with(&self.names) && (self.others || families.len() == self.names.len())
    }
}

/// A work that a short note may point to.
#[derive(Clone, Debug)]
struct Work {
    /// Family names as a note gives them, in small letters; empty where its fields have none.
    families: Vec<String>,
    /// In small letters.
    text: String,
}

/// The works of a bibliography by the years that stand in them.
#[derive(Clone, Debug, Default)]
pub struct Works {
    works: Vec<Work>,
    years: HashMap<String, Vec<usize>>,
}

impl Works {
    /// Adds a work: its fields, and the words of its entry.
    pub fn add(&mut self, csl: &Csl, text: &str) {
        let dated = date(csl, "issued").and_then(|d| d.year());
        let (_, names) = creators(csl);
        let known = dated.is_some() && names.iter().all(|n| !n.family.is_empty());
        let families: Vec<String> = names.iter().map(Name::short).map(|n| n.to_lowercase()).collect();
        let at = self.works.len();
        let years = all_years(text).map(|(start, ..)| text[start..start + 4].to_owned());
        let mut years: Vec<String> = if known { dated.into_iter().collect() } else { years.collect() };
        years.sort_unstable();
        years.dedup();
        for year in years {
            self.years.entry(year).or_default().push(at);
        }
        let families = if known { families } else { Vec::new() };
        self.works.push(Work { families, text: text.to_lowercase() });
    }

    /// The one work that a note points to, counted as they were added.
    pub fn named_by(&self, note: &ShortNote) -> Option<usize> {
        let dated = self.years.get(&note.year)?;
        let exact = dated.iter().copied().filter(|&at| {
            let work = &self.works[at];
            !work.families.is_empty() && note.fits(&work.families)
        });
        let begins = dated.iter().copied().filter(|&at| self.works[at].begins_with(note));
        only(note, &self.works, exact.collect()).or_else(|| only(note, &self.works, begins.collect()))
    }
}

impl Work {
    /// For a work whose fields are not known: its words begin with the first name, and have the others soon after.
    fn begins_with(&self, note: &ShortNote) -> bool {
        const SOON: usize = 160;
        let head = &self.text[..self.text.floor_char_boundary(SOON)];
        let first = note.names.first().and_then(|name| head.strip_prefix(name.as_str()));
        let ends = first.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
        self.families.is_empty() && ends && note.names.iter().all(|name| head.contains(name.as_str()))
    }
}

/// The only one of some works; where the note has a letter, of those whose year has it too.
fn only(note: &ShortNote, works: &[Work], mut found: Vec<usize>) -> Option<usize> {
    if let Some(letter) = note.letter {
        let year = format!("{}{letter}", note.year);
        found.retain(|&at| works[at].text.contains(&year));
    }
    match found[..] {
        [one] => Some(one),
        _ => None,
    }
}

/// The first year in a text: where it begins, where it ends with its letter, and the letter.
fn year_in(text: &str) -> Option<(usize, usize, Option<char>)> {
    all_years(text).next()
}

fn all_years(text: &str) -> impl Iterator<Item = (usize, usize, Option<char>)> {
    let bytes = text.as_bytes();
    let digit = move |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    (0..text.len()).filter_map(move |at| {
        let four = (at..at + 4).all(digit) && (at == 0 || !digit(at - 1)) && !digit(at + 4);
        let plausible = four && matches!(&text[at..at + 2], "15" | "16" | "17" | "18" | "19" | "20");
        let letter = bytes.get(at + 4).filter(|b| b.is_ascii_lowercase()).map(|&b| char::from(b));
        let next = text.get(at + 4 + usize::from(letter.is_some())..)?.chars().next();
        let ends = next.is_none_or(|c| !c.is_alphanumeric());
        (plausible && ends).then_some((at, at + 4 + usize::from(letter.is_some()), letter))
    })
}

/// The names before a year, in small letters, and whether there are more.
fn names_of(text: &str) -> Option<(Vec<String>, bool)> {
    const OTHERS: [&str; 6] = ["et al.", "et al", "и др.", "u. a.", "e.a.", "y otros"];
    let stripped = OTHERS.iter().find_map(|o| text.strip_suffix(o));
    let mut names = Vec::new();
    let joined = stripped.unwrap_or(text).replace(" & ", ", ").replace(';', ",");
    let joined =
        [" and ", " und ", " et ", " y ", " e ", " и "].iter().fold(joined, |t, w| t.replace(w, ", "));
    for name in joined.split(',').map(str::trim).filter(|n| !n.is_empty()) {
        names.push(is_name(name).then(|| name.to_lowercase())?);
    }
    ((1..=NAMES).contains(&names.len())).then_some((names, stripped.is_some()))
}

/// A family name: one to four words of letters, one of them with a capital. Initials are of a full entry.
fn is_name(name: &str) -> bool {
    let fine = |c: char| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '’' | '\u{a0}');
    name.len() <= 60
        && name.chars().all(fine)
        && name.split(' ').count() <= 4
        && name.chars().any(|c| c.is_uppercase() || (c.is_alphabetic() && !c.is_lowercase()))
        && name.chars().filter(|c| c.is_alphabetic()).count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cite::words;

    fn works(texts: &[&str]) -> Works {
        let mut works = Works::default();
        texts.iter().for_each(|text| works.add(&words::parse(text).csl, text));
        works
    }

    fn found(note: &str, texts: &[&str]) -> Option<usize> {
        works(texts).named_by(&ShortNote::parse(note)?)
    }

    #[test]
    fn short_notes_are_told_from_entries() {
        for short in [
            "Doe 2020, p. 4.",
            "Doe & Roe 2020, pp. 4–5",
            "Doe, Roe, & Poe (2004), pp. 14–15",
            "Mein Smith 2005, p. 6.",
            "Weir 2014, Chapter 3: 1981–1982.",
            "Кораблёв, 1981, с. 18.",
            "Doe et al. 2020a.",
            "de Groot (1965) page 7",
        ] {
            assert!(ShortNote::parse(short).is_some(), "{short}");
        }
        for long in [
            "Palmer, L.R. (1980), The Greek Language, London.",
            "Doe, J. 2020",
            "Delta, Eva (2011). Rivers. Weir Press.",
            "\"Rails\". Port Review. 1990",
            "Doe, no year",
            "1990 was a year",
            "Doe 2020, p. 4; Roe 2019, p. 7.",
            "Retrieved 12 March 2019",
            "Doe 20200",
        ] {
            assert_eq!(ShortNote::parse(long), None, "{long}");
        }
    }

    #[test]
    fn only_one_work_can_be_meant() {
        let list = [
            "Doe, John; Roe, Jane (2011). Weirs. Weir Press.",
            "Weir, Ada (2009). Beds. Weir Press.",
            "Weir, Ada (2014). Banks. Weir Press.",
            "Brook, Ben (1998a). Springs. Weir Press.",
            "Brook, Ben (1998b). Wells. Weir Press.",
            "Кораблёв И. Ганнибал. — М.: Наука, 1981. — 360 с.",
        ];
        let cases = [
            ("Doe & Roe 2011, p. 4", Some(0)),
            ("Doe et al. 2011, p. 4", Some(0)),
            ("Doe 2011, p. 4", None),
            ("Doe & Roe 2012", None),
            ("Weir 2014, Chapter 3: 1981–1982.", Some(2)),
            ("Weir (2009)", Some(1)),
            ("Brook 1998b, p. 2", Some(4)),
            ("Brook 1998, p. 2", None),
            ("Brook 1998c, p. 2", None),
            ("Кораблёв, 1981, с. 18.", Some(5)),
        ];
        for (note, expected) in cases {
            assert_eq!(found(note, &list), expected, "{note}");
        }
    }
}
