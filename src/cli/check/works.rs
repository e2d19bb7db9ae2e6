//! Where the works of a document are defined: in its front matter, and in the files of its bibliography.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::document::File;
use crate::cite::items::{self, Item};
use crate::import::bibliography::is_csl_json;
use crate::import::markdown::FrontMatter;

/// A definition of a work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work {
    /// The file: an index into the files of the document.
    pub file: usize,
    /// The byte to point at.
    pub at: usize,
    /// All its bytes; nothing where that is not known.
    pub range: Range<usize>,
}

/// The definitions, by key.
pub fn of(front: &FrontMatter, files: &[File]) -> HashMap<String, Vec<Work>> {
    let mut found: HashMap<String, Vec<Work>> = HashMap::new();
    if !front.references.is_empty() {
        let text = files.first().map_or("", |f| &f.text[..front.body_start]);
        let known: HashSet<&str> = front.references.iter().map(|(key, _)| key.as_str()).collect();
        for (key, at) in in_front_matter(text).into_iter().filter(|(key, _)| known.contains(key.as_str())) {
            found.entry(key).or_default().push(Work { file: 0, at, range: at..at });
        }
    }
    for (file, text) in files.iter().map(|f| f.text.as_str()).enumerate().skip(1) {
        for (Item { key, at, range }, number) in items_of(text).into_iter().zip(1..) {
            let work = Work { file, at, range };
            if key.trim().is_empty() {
                // The name that is made for one that has none.
                found.entry(format!("item-{number}")).or_insert_with(|| vec![work]);
            } else {
                found.entry(key).or_default().push(work);
            }
        }
    }
    found
}

/// The items of a bibliography, of whichever kind.
pub fn items_of(text: &str) -> Vec<Item> {
    if is_csl_json(text) { items::csl_json(text) } else { items::bibtex(text) }
}

/// The `id`s below `references:`, line by line: the YAML parser tells no places. Each with its byte.
fn in_front_matter(text: &str) -> Vec<(String, usize)> {
    let (mut found, mut inside, mut at) = (Vec::new(), false, 0);
    for line in text.split_inclusive('\n') {
        if line.starts_with(|c: char| c.is_alphabetic()) {
            inside = line.starts_with("references:");
        }
        if inside {
            found.extend(ids(line).map(|(key, from)| (key, at + from)));
        }
        at += line.len();
    }
    found
}

/// `id: key` in a line, also between braces.
fn ids(line: &str) -> impl Iterator<Item = (String, usize)> + '_ {
    line.match_indices("id:").filter_map(|(at, _)| {
        let before = line[..at].chars().next_back();
        let begins = before.is_none_or(|c| c.is_whitespace() || matches!(c, '{' | ','));
        let value = line[at + 3..].strip_prefix([' ', '\t'])?.trim();
        let key = match value.chars().next()? {
            quote @ ('"' | '\'') => value[1..].split(quote).next()?,
            _ => value.split([',', '}']).next()?.split(" #").next()?.trim(),
        };
        (begins && !key.is_empty()).then(|| (key.to_owned(), at))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_in_front_matter_are_found() {
        let text = "---\nid: no\nreferences:\n- id: a\n  title: \"id: x\"\n- {id: 'b c', type: book}\n\
                    -\n  id: d # e\nid: no\n---\n";
        let found: Vec<_> =
            in_front_matter(text).into_iter().map(|(key, at)| (key, &text[at..at + 4])).collect();
        let keys: Vec<_> = found.iter().map(|(key, id)| (key.as_str(), *id)).collect();
        assert_eq!(keys, [("a", "id: "), ("b c", "id: "), ("d", "id: ")]);
    }
}
