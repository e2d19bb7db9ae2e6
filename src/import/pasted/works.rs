//! Short notes of a page (`Doe 2020, p. 4`) and the works they point to: other entries, or lines of its bibliography.

use std::collections::BTreeMap;

use super::page::{Page, Role};
use super::series::Series;
use super::words;
use crate::article::Csl;
use crate::cite::{ShortNote, Works};
use crate::import::entry;

/// Which work each short note is a part of.
#[derive(Debug, Default)]
pub struct Parents {
    /// Keys of short notes and of their works.
    pub pairs: Vec<(String, String)>,
    /// The lines of the text that are works: their keys and fields.
    pub lines: BTreeMap<usize, (String, Csl)>,
}

/// A work, where it stands.
#[derive(Clone, Copy, Debug)]
enum Place {
    /// An entry: the list, and its number.
    Entry(usize, u32),
    /// A line of the text.
    Line(usize),
}

impl Parents {
    /// Finds the works of the short notes of a page. Most pages have none.
    pub fn of(page: &Page, series: &Series) -> Self {
        let lists = || page.lists.iter().enumerate().filter(|(at, _)| !series.holds_notes(*at));
        let entries = || lists().flat_map(|(at, list)| list.entries.iter().map(move |e| (at, e)));
        let notes: Vec<(String, ShortNote)> = entries()
            .filter_map(|(at, e)| Some((series.key(at, e.number), ShortNote::parse(&e.text)?)))
            .collect();
        let mut parents = Self::default();
        if notes.is_empty() {
            return parents;
        }
        let (mut works, mut places, mut fields) = (Works::default(), Vec::new(), Vec::new());
        let full = entries().filter(|(_, e)| ShortNote::parse(&e.text).is_none());
        let full = full.map(|(at, e)| (Place::Entry(at, e.number), e.text.as_str()));
        for (place, text) in full.chain(lines(page)) {
            let csl = entry::read(text).0;
            works.add(&csl, text);
            places.push(place);
            fields.push(csl);
        }
        let mut found: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for (key, note) in notes {
            if let Some(at) = works.named_by(&note) {
                found.entry(at).or_default().push(key);
            }
        }
        for (at, keys) in found {
            let work = match places[at] {
                Place::Entry(list, number) => series.key(list, number),
                Place::Line(line) => {
                    let key = format!("work-{}", parents.lines.len() + 1);
                    parents.lines.insert(line, (key.clone(), std::mem::take(&mut fields[at])));
                    key
                }
            };
            parents.pairs.extend(keys.into_iter().map(|key| (key, work.clone())));
        }
        parents
    }
}

/// The lines of the text that may be works: those of its lists of works.
fn lines(page: &Page) -> impl Iterator<Item = (Place, &str)> {
    let mut works = false;
    page.lines.iter().zip(&page.roles).enumerate().filter_map(move |(at, (line, role))| {
        match role {
            Role::Heading(_) => works = words::is_list(&line.text) || words::is_references(&line.text),
            Role::Text if works && line.text.len() > 12 => {
                return Some((Place::Line(at), line.text.as_str()));
            }
            _ => {}
        }
        None
    })
}
