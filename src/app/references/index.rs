//! Everything that is cited, in any order, and what it is found by. It grows with the article.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::{Item, Sort};
use crate::article::{Article, BlockId, MarkerId, NoteId, RefId, Target};
use crate::cite::brief;

/// What the references, notes and unresolved keys of an article are put in order and found by.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// Keys that lead nowhere, and the markers that name them, in the order of the text.
    missing: Vec<(Box<str>, Vec<MarkerId>)>,
    missing_ids: HashMap<Box<str>, usize>,
    /// Markers that have been looked at.
    scanned: usize,
    references: Vec<Keys>,
    notes: Vec<Keys>,
    /// Everything, in the order that was asked for last.
    order: Vec<Item>,
}

/// What an item is put in order and found by.
#[derive(Clone, Debug, Default)]
struct Keys {
    filed: Box<str>,
    /// The latest come first; what has no year comes last.
    year: Reverse<Option<i32>>,
    words: Box<str>,
}

/// Bytes of a note that it is found by.
const NOTE: usize = 2_000;

impl Index {
    /// Takes in what the article has got since the last time.
    pub fn grow(&mut self, article: &Article) {
        for (at, marker) in article.markers.iter().enumerate().skip(self.scanned) {
            let id = MarkerId(at as u32);
            for cite in &marker.cites {
                if let Target::Missing(key) = &cite.target {
                    self.miss(key, id);
                }
            }
        }
        self.scanned = article.markers.len();
        // The text of a note may have come after its name.
        self.notes.clear();
    }

    fn miss(&mut self, key: &str, id: MarkerId) {
        let at = match self.missing_ids.get(key) {
            Some(&at) => at,
            None => {
                self.missing_ids.insert(key.into(), self.missing.len());
                self.missing.push((key.into(), Vec::new()));
                self.missing.len() - 1
            }
        };
        if self.missing[at].1.last() != Some(&id) {
            self.missing[at].1.push(id);
        }
    }

    /// A key that leads nowhere.
    pub fn missing(&self, at: u32) -> &str {
        self.missing.get(at as usize).map_or("", |(key, _)| key)
    }

    /// How many keys lead nowhere.
    pub fn missing_count(&self) -> usize {
        self.missing.len()
    }

    /// Which of the keys that lead nowhere this one is.
    pub fn missing_named(&self, key: &str) -> Option<u32> {
        self.missing_ids.get(key).map(|&at| at as u32)
    }

    /// The markers that lead to an item, in reading order.
    pub fn mentions<'a>(&'a self, article: &'a Article, item: Item) -> &'a [MarkerId] {
        match item {
            Item::Reference(id) => article.references.get(id.index()).map_or(&[], |r| &r.mentions),
            Item::Note(id) => article.notes.get(id.index()).map_or(&[], |n| &n.mentions),
            Item::Missing(at) => self.missing.get(at as usize).map_or(&[], |(_, mentions)| mentions),
        }
    }

    /// Works out about `most` more of what items are found by.
    pub fn prepare(&mut self, article: &Article, most: usize) {
        let references = article.references.iter().enumerate().skip(self.references.len());
        self.references.extend(references.take(most).map(|(at, _)| reference(article, RefId(at as u32))));
        let notes = (self.notes.len()..article.notes.len()).take(most);
        self.notes.extend(notes.map(|at| note(article, NoteId(at as u32))));
    }

    /// True when all of it has been worked out.
    pub fn is_prepared(&self, article: &Article) -> bool {
        self.references.len() >= article.references.len() && self.notes.len() >= article.notes.len()
    }

    /// How many items there were when they were put in order.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    fn keys(&self, item: Item) -> Option<&Keys> {
        match item {
            Item::Reference(id) => self.references.get(id.index()),
            Item::Note(id) => self.notes.get(id.index()),
            Item::Missing(_) => None,
        }
    }

    /// Puts everything in order.
    pub fn sort(&mut self, article: &Article, sort: Sort) {
        if matches!(sort, Sort::Author | Sort::Year) {
            self.prepare(article, usize::MAX);
        }
        let references = (0..article.references.len() as u32).map(|at| Item::Reference(RefId(at)));
        let notes = (0..article.notes.len() as u32).map(|at| Item::Note(NoteId(at)));
        let missing = (0..self.missing.len() as u32).map(Item::Missing);
        let mut order: Vec<Item> = references.chain(notes).chain(missing).collect();
        // Equal ones stay as they come: references, notes, unresolved keys, each in their own order.
        match sort {
            Sort::Order => {}
            Sort::Cited => order.sort_by_key(|&item| Reverse(self.mentions(article, item).len())),
            Sort::Author => order.sort_by_key(|&item| (item.class(), self.keys(item).map(|k| &*k.filed))),
            Sort::Year => order.sort_by_key(|&item| (item.class(), self.keys(item).map(|k| k.year))),
        }
        self.order = order;
    }

    /// Those that hold every word of the filter, in order.
    pub fn matching(&mut self, article: &Article, filter: &str) -> Vec<Item> {
        let filter = filter.to_lowercase();
        let words: Vec<&str> = filter.split_whitespace().collect();
        if words.is_empty() {
            return self.order.clone();
        }
        self.prepare(article, usize::MAX);
        let found = self.order.iter().filter(|&&item| match item {
            Item::Missing(at) => {
                let key = self.missing(at).to_lowercase();
                words.iter().all(|word| key.contains(word))
            }
            item => self.keys(item).is_some_and(|k| words.iter().all(|word| k.words.contains(word))),
        });
        found.copied().collect()
    }
}

fn reference(article: &Article, id: RefId) -> Keys {
    let Some(reference) = article.references.get(id.index()) else { return Keys::default() };
    let mut words = format!("{} {} ", reference.label, reference.id).to_lowercase();
    words.push_str(&brief::found_by(&reference.csl));
    let filed = brief::filed_under(&reference.csl);
    Keys { filed: filed.into(), year: Reverse(brief::year_number(&reference.csl)), words: words.into() }
}

fn note(article: &Article, id: NoteId) -> Keys {
    let Some(note) = article.notes.get(id.index()) else { return Keys::default() };
    let mut words = format!("{} {}", note.label, note.id);
    for block in note.blocks.clone() {
        let text = article.block(BlockId(block)).text.as_str();
        words.push(' ');
        words.push_str(&text[..text.floor_char_boundary(NOTE)]);
        if words.len() > NOTE {
            break;
        }
    }
    Keys { words: words.to_lowercase().into(), ..Keys::default() }
}
