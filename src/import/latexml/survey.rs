//! What must be known of a page before it is read: the entries of its references, its notes, its own address.

use std::collections::{HashMap, HashSet};

use dom_query::{NodeId, NodeRef};

use super::math;
use crate::article::Csl;
use crate::import::html::{Page, node};
use crate::import::{entry, folder};

/// What a page holds.
#[derive(Debug, Default)]
pub struct Survey {
    /// The entries, by the names that links lead to.
    pub entries: HashMap<String, Listed>,
    /// The names of notes with text, by their elements.
    pub notes: HashMap<NodeId, String>,
    /// Names of notes by what marks them; a later one takes the mark over.
    marks: HashMap<String, Vec<(usize, String)>>,
    /// Where each note and each mark of a note stands, in the order of the page.
    order: HashMap<NodeId, usize>,
    /// Marks of notes that stand without their text.
    called: HashSet<String>,
    /// How links of the page write its own address.
    own: HashSet<String>,
    /// The names of the page.
    names: HashSet<String>,
}

/// An entry of the references.
#[derive(Debug, Default)]
pub struct Listed {
    /// Its label without brackets.
    pub label: String,
    /// What its words tell.
    pub csl: Csl,
}

/// Classes of notes that only repeat the mark of another.
const CALLS: [&str; 2] = ["ltx_role_footnotemark", "ltx_role_endnotemark"];

impl Survey {
    /// Looks through a page.
    pub fn of(page: &Page, root: &NodeRef<'_>) -> Self {
        let mut survey = Self::default();
        let mut internal: Vec<(String, String)> = Vec::new();
        node::walk(root, |n| {
            if node::has_class(n, &["ltx_bibitem"]) {
                survey.entry(n);
            } else if node::has_class(n, &["ltx_note"]) {
                survey.note(n);
            } else if n.has_name("a") && node::has_class(n, &["ltx_ref"]) {
                let href = node::attr(n, "href");
                let outside = node::has_class(n, &["ltx_href", "ltx_url"]);
                if let Some((before, name)) = href.split_once('#').filter(|_| !outside) {
                    internal.push((before.to_owned(), folder::decoded(name)));
                }
            }
            true
        });
        for (before, name) in internal {
            if page.by_id(&name).is_some() {
                survey.own.insert(before);
                survey.names.insert(name);
            }
        }
        survey
    }

    fn entry(&mut self, item: &NodeRef<'_>) {
        let Some(id) = item.id_attr() else { return };
        let tag = node::find(item, |n| node::has_class(n, &["ltx_tag_bibitem"]));
        let label = tag.map(|t| bare(&math::words(&t)).to_owned()).unwrap_or_default();
        let mut text = String::new();
        node::walk(item, |n| {
            let block = node::has_class(n, &["ltx_bibblock"]);
            if block && !node::has_class(n, &["ltx_bib_cited"]) {
                text.push_str(if text.is_empty() { "" } else { " " });
                text.push_str(&math::words(n));
            }
            !block
        });
        let csl = entry::read(&text).0;
        self.entries.entry(id.to_string()).or_insert(Listed { label, csl });
    }

    fn note(&mut self, n: &NodeRef<'_>) {
        let at = self.order.len();
        self.order.insert(n.id, at);
        let mark = mark(n);
        if node::has_class(n, &CALLS) {
            self.called.insert(mark);
            return;
        }
        let name = n.id_attr().map_or_else(|| format!("note-{}", at + 1), |id| id.to_string());
        self.marks.entry(mark).or_default().push((at, name.clone()));
        self.notes.insert(n.id, name);
    }

    /// The note whose mark an element repeats: the one with this mark that was begun last, else the next one.
    pub fn repeated(&self, n: &NodeRef<'_>) -> Option<&str> {
        let at = self.order.get(&n.id)?;
        let notes = self.marks.get(&mark(n))?;
        let before = notes.iter().rev().find(|(stands, _)| stands < at);
        before.or_else(|| notes.first()).map(|(_, name)| name.as_str())
    }

    /// True for the text of a note whose mark stands elsewhere.
    pub fn is_called(&self, n: &NodeRef<'_>) -> bool {
        node::has_class(n, &["ltx_role_footnotetext", "ltx_role_endnotetext"])
            && self.called.contains(&mark(n))
    }

    /// The name of the place of the page that a link leads to.
    pub fn place<'a>(&self, href: &'a str) -> Option<(&'a str, String)> {
        let (before, name) = href.split_once('#')?;
        let name = folder::decoded(name);
        let inside = before.is_empty() || (self.own.contains(before) && self.names.contains(&name));
        inside.then_some((before, name))
    }

    /// The entry that a link leads to.
    pub fn cited(&self, href: &str) -> Option<String> {
        let (_, name) = self.place(href)?;
        (self.entries.contains_key(&name) || name.starts_with("bib.")).then_some(name)
    }
}

/// What marks a note.
pub fn mark(n: &NodeRef<'_>) -> String {
    let found = node::find(n, |n| node::has_class(n, &["ltx_note_mark", "ltx_tag_note"]));
    found.map(|mark| bare(&math::words(&mark)).to_owned()).unwrap_or_default()
}

/// A label without its brackets: `3`.
pub fn bare(label: &str) -> &str {
    let label = label.trim();
    label.strip_prefix('[').and_then(|l| l.strip_suffix(']')).unwrap_or(label).trim()
}

/// The element that holds the article: of several, the one with most text.
pub fn content(page: &Page) -> NodeRef<'_> {
    let mut found = Vec::new();
    node::walk(&page.body(), |n| {
        let holds = n.is_element() && node::has_class(n, &["ltx_document", "ltx_page_content"]);
        if holds && !node::has_class(n, &["package-alerts"]) {
            found.push(*n);
        }
        !holds
    });
    let size = |n: &NodeRef<'_>| n.text().len();
    found.into_iter().max_by_key(size).unwrap_or_else(|| page.body())
}
