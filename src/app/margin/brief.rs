//! What a note in the margin says: a work in a few words, or the first words of a note, folded once for each width.

use std::collections::HashMap;
use std::rc::Rc;

use super::place::Shape;
use crate::app::known::Cited;
use crate::article::{Article, BlockId, NoteId, RefId};
use crate::cite;
use crate::layout::{cells, fold, unmarked_words};

/// A note in the words that there is room for. Of each shape the first row says what it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brief {
    /// Up to three rows.
    pub full: Vec<String>,
    /// Up to two.
    pub short: Vec<String>,
    /// One row: what it is, and where there is room also where it is from.
    pub line: (String, String),
}

impl Brief {
    /// The rows of a shape; of one row, what it is.
    pub fn rows(&self, shape: Shape) -> &[String] {
        match shape {
            Shape::Full => &self.full,
            Shape::Short => &self.short,
            Shape::Line => std::slice::from_ref(&self.line.0),
        }
    }
}

/// Rows of a note in full.
const FULL: usize = 3;
/// What a note says is not looked for in more than this many bytes of its text.
const LOOKED_AT: usize = 400;
/// Notes that are kept folded.
const MOST: usize = 1_024;

/// Notes that have been folded.
#[derive(Clone, Debug, Default)]
pub struct Briefs {
    kept: HashMap<(Cited, u16), Option<Rc<Brief>>>,
}

impl Briefs {
    /// What is said of it in rows of `width` cells; `None` for what has not been read yet.
    pub fn get(&mut self, article: &Article, cited: Cited, width: u16) -> Option<Rc<Brief>> {
        if self.kept.len() >= MOST {
            self.kept.clear();
        }
        self.kept.entry((cited, width)).or_insert_with(|| brief(article, cited, width).map(Rc::new)).clone()
    }

    /// Forgets all: more of the article is known.
    pub fn forget(&mut self) {
        self.kept.clear();
    }
}

fn brief(article: &Article, cited: Cited, width: u16) -> Option<Brief> {
    match cited {
        Cited::Reference(id) => of_reference(article, id, width),
        Cited::Note(id) => of_note(article, id, width),
    }
}

fn of_note(article: &Article, id: NoteId, width: u16) -> Option<Brief> {
    let mut words = String::new();
    for block in article.notes.get(id.index())?.blocks.clone() {
        if words.len() < LOOKED_AT {
            words.push_str(&unmarked_words(article, BlockId(block)).replace(['\n', '\t'], " "));
            words.push(' ');
        }
    }
    of_words(&words, width)
}

fn of_words(words: &str, width: u16) -> Option<Brief> {
    let line = fold(words, width, 1).pop()?;
    let (full, short) = (fold(words, width, FULL), fold(words, width, FULL - 1));
    Some(Brief { full, short, line: (line, String::new()) })
}

fn of_reference(article: &Article, id: RefId, width: u16) -> Option<Brief> {
    let reference = article.references.get(id.index())?;
    let about = cite::brief::brief(&reference.csl);
    if reference.field("title").is_empty()
        && let Some(entry) = reference.entry
    {
        // The source's own words say more than what was made out in them.
        return of_words(&unmarked_words(article, entry), width);
    }
    let head = about.head();
    if head.trim().is_empty() {
        return of_words(&reference.id, width);
    }
    let tail = tail(&about, width);
    let rest = usize::from(!tail.is_empty());
    let mut full = headed(&head, width, FULL - rest);
    let mut short = headed(&head, width, 1);
    full.extend(fold(&tail, width, 1));
    short.extend(fold(&tail, width, 1));
    let line =
        line(&about, width).unwrap_or_else(|| (short.first().cloned().unwrap_or_default(), String::new()));
    Some(Brief { full, short, line })
}

/// Where a work is from and when, as exactly as fits whole.
fn whence(about: &cite::brief::Brief, width: u16) -> Option<String> {
    let (place, year) = (about.place(), year(about));
    let ways = [(place, about.date.as_str()), (place, year), ("", year), (place, "")];
    let ways = ways.iter().map(|(place, date)| match (*place, *date) {
        ("", words) | (words, "") => words.to_owned(),
        (place, date) => format!("{place}, {date}"),
    });
    ways.filter(|words| !words.is_empty()).find(|words| cells::width(words) <= u32::from(width))
}

fn year(about: &cite::brief::Brief) -> &str {
    about.date.rsplit(' ').next().unwrap_or("")
}

/// The same on a row of its own: where it is from is cut rather than left out.
fn tail(about: &cite::brief::Brief, width: u16) -> String {
    let year = year(about);
    let room = width.saturating_sub(cells::width(year) as u16 + 2);
    match whence(about, width) {
        Some(words) if words != year || about.place().is_empty() => words,
        _ if year.is_empty() || room < width / 3 => about.place().to_owned(),
        _ => format!("{}, {year}", fold(about.place(), room, 1).concat()),
    }
}

/// What a work is, in rows; where the title is cut, its quotation mark still closes.
fn headed(head: &str, width: u16, rows: usize) -> Vec<String> {
    let mut out = fold(head, width, rows);
    let quoted = head.ends_with('”') && out.iter().any(|row| row.contains('“'));
    if let Some(last) = out.last_mut().filter(|row| quoted && row.ends_with('…')) {
        if cells::width(last) >= u32::from(width) {
            // One cell less, and that goes to the quotation mark.
            *last = fold(&last.replace('…', " …"), width.saturating_sub(1), 1).pop().unwrap_or_default();
        }
        last.push('”');
    }
    out
}

/// Both in one row: where it is from takes what is left, or two fifths of the row if it must.
fn line(about: &cite::brief::Brief, width: u16) -> Option<(String, String)> {
    let left = u32::from(width).saturating_sub(cells::width(&about.head()) + 3) as u16;
    let tail = whence(about, left.max(width / 5 * 2)).filter(|_| width >= 40)?;
    let tail = fold(&tail, width, 1).pop()?;
    Some((headed(&about.head(), width.saturating_sub(cells::width(&tail) as u16 + 3), 1).pop()?, tail))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Builder, Draft, DraftCite, DraftMarker, Kind, To};

    fn article() -> Article {
        let mut b = Builder::new("test");
        let works = [
            r#"{"type":"article-newspaper","title":"NATO’s Trump flattery buys time but dodges the hard question","author":[{"family":"Gray"},{"family":"Roe"},{"family":"Poe"}],"container-title":"Reuters","issued":"2025-06-27"}"#,
            r#"{"type":"article-newspaper","title":"Short","container-title":"The New York Times Magazine, Weekend Edition","issued":"2025-06-24"}"#,
            r#"{"URL":"https://a.example/b"}"#,
        ];
        for (at, json) in works.iter().enumerate() {
            b.work(&format!("w{at}"), serde_json::from_str(json).unwrap(), Draft::of("Its entry, in words"));
        }
        b.begin_note("n");
        let mut note = Draft::of("A note of the author’s own that goes on");
        note.push_marker(DraftMarker {
            cites: vec![DraftCite::new(To::Reference("w0".into()))],
            ..DraftMarker::default()
        });
        note.push(" and on, for more than there is room for in a margin of this width.");
        b.block(Kind::Paragraph, note, vec![]);
        b.end_note();
        let mut draft = Draft::of("Words");
        for to in [
            To::Reference("w0".into()),
            To::Reference("w1".into()),
            To::Reference("w2".into()),
            To::Note("n".into()),
        ] {
            draft.push_marker(DraftMarker { cites: vec![DraftCite::new(to)], ..DraftMarker::default() });
        }
        b.block(Kind::Paragraph, draft, vec![]);
        let mut article = Article::default();
        article.append(b.finish());
        article
    }

    #[test]
    fn notes_are_shortened_well() {
        let article = article();
        let reference = |at, width| of_reference(&article, RefId(at), width).unwrap();
        assert_eq!(
            reference(0, 32),
            Brief {
                full: vec![
                    "Gray et al., “NATO’s Trump".into(),
                    "flattery buys time but dodges…”".into(),
                    "Reuters, 27 June 2025".into()
                ],
                short: vec!["Gray et al., “NATO’s Trump…”".into(), "Reuters, 27 June 2025".into()],
                line: ("Gray et al., “NATO’s Trump…”".into(), String::new()),
            }
        );
        assert_eq!(reference(1, 32).full, ["Short", "The New York Times…, 2025"]);
        assert_eq!(reference(1, 76).line.1, "The New York Times Magazine, Weekend Edition, 24 June 2025");
        assert_eq!(reference(2, 32).full, ["Its entry, in words"]);
        let note = of_note(&article, NoteId(0), 30).unwrap();
        assert_eq!(
            note.full,
            ["A note of the author’s own", "that goes on and on, for more", "than there is room for in a…"]
        );
        assert_eq!(note.short.len(), 2);
    }

    #[test]
    fn no_row_is_wider_than_its_margin() {
        let article = article();
        for width in 8..80 {
            for cited in
                [0, 1, 2].map(|at| Cited::Reference(RefId(at))).into_iter().chain([Cited::Note(NoteId(0))])
            {
                let brief = brief(&article, cited, width).unwrap();
                for row in brief.full.iter().chain(&brief.short).chain([&brief.line.0]) {
                    assert!(cells::width(row) <= u32::from(width), "{row} at {width}");
                }
                let (what, whence) = &brief.line;
                let both = if whence.is_empty() { 0 } else { cells::width(what) + 3 + cells::width(whence) };
                assert!(both <= u32::from(width), "{:?} at {width}", brief.line);
                assert!(
                    brief.full.len() <= FULL
                        && brief.short.len() < FULL
                        && brief.short.len() <= brief.full.len()
                );
            }
        }
    }
}
