//! Short notes that no link joins to their works (`Doe 2020, p. 4`): the work is told by names and year, among the
//! other entries, and in the lists of works of the same page.

use std::collections::{HashMap, HashSet};

use dom_query::{NodeId, NodeRef};

use super::coins;
use crate::article::Csl;
use crate::cite::{ShortNote, Works};
use crate::import::html::node;
use crate::import::pasted::words;

/// An entry of a list of references.
pub struct Told<'a> {
    /// Its key.
    pub key: &'a str,
    /// Its words.
    pub words: &'a str,
    /// Its fields.
    pub csl: &'a Csl,
    /// It is known to be a part of a work.
    pub joined: bool,
}

/// What short notes are parts of.
#[derive(Default)]
pub struct Found {
    /// Keys of short notes, and of their works.
    pub parents: Vec<(String, String)>,
    /// Works that stand in lists of the text: their names there, their fields and words.
    pub works: Vec<(String, Csl, String)>,
}

/// Finds the works of short notes. Items of the text that are works get a name.
pub fn join(root: &NodeRef<'_>, entries: &[Told<'_>], references: &HashSet<NodeId>) -> Found {
    let mut found = Found::default();
    let notes = entries.iter().filter(|e| !e.joined);
    let notes: Vec<_> = notes.filter_map(|e| Some((e.key, ShortNote::parse(e.words)?))).collect();
    if notes.is_empty() {
        return found;
    }
    let mut works = Works::default();
    let full: Vec<&Told<'_>> = entries.iter().filter(|e| ShortNote::parse(e.words).is_none()).collect();
    full.iter().for_each(|e| works.add(e.csl, e.words));
    let lines: Vec<_> = items(root, references).into_iter().map(|n| (n, described(&n))).collect();
    lines.iter().for_each(|(_, (csl, words))| works.add(csl, words));
    let mut named: HashMap<usize, String> = HashMap::new();
    for (key, note) in notes {
        let Some(at) = works.named_by(&note) else { continue };
        let work = match full.get(at) {
            Some(entry) => entry.key.to_owned(),
            None => {
                let (item, (csl, words)) = &lines[at - full.len()];
                let name = named.entry(at).or_insert_with(|| {
                    let name = name(item, found.works.len() + 1);
                    found.works.push((name.clone(), csl.clone(), words.clone()));
                    name
                });
                name.clone()
            }
        };
        found.parents.push((key.to_owned(), work));
    }
    found
}

/// The name of an item: its own, or one that it gets.
fn name(item: &NodeRef<'_>, number: usize) -> String {
    let own = node::attr(item, "id");
    if !own.is_empty() {
        return own;
    }
    let name = format!("work-{number}");
    item.set_attr("id", &name);
    name
}

/// The fields and words of an item.
fn described(item: &NodeRef<'_>) -> (Csl, String) {
    let data = node::find(item, |n| node::has_class(n, &["Z3988"]));
    let titles: Vec<String> = data.map(|n| node::attr(&n, "title")).into_iter().collect();
    let words = node::words(item);
    (coins::entry(&titles, &words), words)
}

/// Items of lists under a heading of works or references, but for those of the references themselves.
fn items<'a>(root: &NodeRef<'a>, references: &HashSet<NodeId>) -> Vec<NodeRef<'a>> {
    let (mut works, mut found) = (false, Vec::new());
    node::walk(root, |n| {
        if matches!(&*node::name(n), "h2" | "h3" | "h4" | "h5" | "h6") {
            let headline = node::find(n, |n| node::has_class(n, &["mw-headline"])).unwrap_or(*n);
            let title = node::words(&headline);
            works = words::is_list(&title) || words::is_references(&title);
        }
        let item = works && n.has_name("li") && !references.contains(&n.id);
        if item && node::words(n).len() > SHORTEST {
            found.push(*n);
        }
        !item && !references.contains(&n.id)
    });
    found
}

/// No entry of a work is shorter, in bytes.
const SHORTEST: usize = 12;
