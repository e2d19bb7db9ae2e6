//! The free words of a reference, as an encyclopedia prints them, become CSL fields where the words allow it.
//!
//! Nothing is guessed: labels (`ISBN`, `Retrieved`) speak for themselves, a title is what stands in quotation marks
//! behind nothing or behind names, and a field that cannot be told is absent. The text itself is never changed.

mod claims;
mod labels;
mod layout;
mod names;
mod numbers;
mod pairs;
mod parts;
mod quotes;
mod shapes;

use std::ops::Range;

use crate::article::{Csl, Mark};

pub use names::particle;

use claims::Claims;
use pairs::Pairs;

/// What the words of a reference say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parsed {
    /// The fields. There is no `id`: the words have none.
    pub csl: Csl,
    /// Title, container and addresses, as byte ranges into the words.
    pub marks: Vec<(Range<usize>, Mark)>,
}

/// How much of a text is looked at: no reference is longer.
const LONGEST: usize = 8 << 10;

/// Reads the words of one reference, without its marker and back-references.
pub fn parse(text: &str) -> Parsed {
    let mut parsed = Parsed::default();
    let end = tail(&text[..text.floor_char_boundary(LONGEST)]);
    let mut claims = Claims::over(&text[..end]);
    labels::read(&mut claims, &mut parsed);
    numbers::read(&mut claims, &mut parsed);
    let layout = layout::read(&claims, &mut parsed);
    kind(&mut parsed.csl, layout);
    parsed.marks.sort_by_key(|(range, _)| (range.start, usize::MAX - range.end));
    parsed
}

/// Where the reference ends and what the encyclopedia's software has to say about it begins.
fn tail(text: &str) -> usize {
    const COMPLAINTS: [&str; 4] = ["{{", "Missing or empty |", "CS1 maint", "CS1 error"];
    let pairs = Pairs::of(text);
    let found =
        COMPLAINTS.iter().filter(|words| pairs.may_hold(words)).filter_map(|words| text.find(words)).min();
    let end = found.unwrap_or(text.len());
    // `Cite journal requires |journal= (help)`
    if !pairs.may_hold("Cite ") {
        return end;
    }
    let cite = text[..end].match_indices("Cite ").find(|(at, _)| {
        let words = &text[*at..text.floor_char_boundary(at + 60).min(end)];
        words.contains(" requires |") || words.contains(" uses deprecated")
    });
    cite.map_or(end, |(at, _)| at)
}

/// Which way the words are laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Layout {
    /// Nothing but labels could be told.
    #[default]
    Unknown,
    /// A title in quotation marks, then what it stands in.
    Quoted,
    /// A title in quotation marks, and `In` a book with editors.
    Part,
    /// Names, a date, and a title without quotation marks.
    Plain,
    /// A bare address.
    Address,
}

/// The type, where fields and layout leave no choice.
fn kind(csl: &mut Csl, layout: Layout) {
    let has = |field: &str| csl.contains_key(field);
    let numbered = has("volume") && (has("page") || has("issue") || has("DOI") || has("PMID"));
    let daily = csl.get("issued").is_some_and(|date| {
        date.get("date-parts").and_then(|d| d.get(0)).and_then(|d| d.as_array()).is_some_and(|d| d.len() == 3)
    });
    let genre = csl.get("genre").and_then(|g| g.as_str()).unwrap_or("").to_lowercase();
    let kind = match layout {
        _ if ["thesis", "phd", "ma", "msc"].contains(&genre.as_str()) || genre.contains(" thesis") => {
            "thesis"
        }
        _ if genre.ends_with("report") => "report",
        Layout::Part => "chapter",
        _ if has("container-title") && (numbered || (has("DOI") && !has("ISBN"))) => "article-journal",
        Layout::Quoted if has("container-title") && has("ISSN") && daily && !has("volume") => {
            "article-newspaper"
        }
        Layout::Quoted if has("ISBN") && has("container-title") => "chapter",
        Layout::Quoted if has("accessed") || has("URL") => "webpage",
        Layout::Plain if has("ISBN") || has("publisher") => "book",
        Layout::Plain if has("accessed") || has("URL") => "webpage",
        Layout::Address => "webpage",
        _ => return,
    };
    csl.insert("type".into(), kind.into());
}

#[cfg(test)]
mod tests;
