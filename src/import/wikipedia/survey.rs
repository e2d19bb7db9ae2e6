//! What must be known of a page ahead: where its article is, which lists it has, what their entries are labelled, and
//! which works short notes point to.

use std::collections::{HashMap, HashSet};

use dom_query::{NodeId, NodeRef};

use super::{chrome, coins, labels, short};
use crate::article::{Builder, Csl, Draft};
use crate::import::folder;
use crate::import::html::{Page, node};

/// The lists, labels and works of a page.
#[derive(Debug, Default)]
pub struct Survey {
    /// The entries of its lists, by their keys.
    pub entries: HashMap<String, Listed>,
    /// The elements that hold the texts of entries, and the keys of these.
    pub texts: HashMap<NodeId, String>,
    /// Their items, and the lists that these are in.
    pub items: HashSet<NodeId>,
    /// Works in the text that short notes point to: their names, fields and words.
    works: Vec<(String, Csl, String)>,
    /// Short notes and their works.
    parents: Vec<(String, String)>,
}

/// An entry of a list.
#[derive(Debug, Default)]
pub struct Listed {
    /// Its label, without brackets.
    pub label: String,
    /// The series of its markers.
    pub group: Option<String>,
    /// It is a note by the author, not a reference.
    pub note: bool,
    /// Its fields.
    pub csl: Csl,
    /// Its position in its list, from 1.
    at: usize,
}

impl Survey {
    /// Looks through the article.
    pub fn of(page: &Page, root: &NodeRef<'_>) -> Self {
        let mut survey = Self::default();
        let mut texts = Vec::new();
        let mut positions: HashMap<NodeId, usize> = HashMap::new();
        node::walk(root, |n| {
            if n.has_name("li") && is_entry(n) {
                let list = n.parent().map_or(n.id, |p| p.id);
                survey.items.extend([n.id, list]);
                let at = positions.entry(list).or_insert(0);
                *at += 1;
                texts.extend(survey.list(n, *at).map(|key| (key, *n)));
            }
            true
        });
        survey.label(root);
        let told = survey.describe(page, &texts);
        survey.join_short_notes(root, &told);
        survey
    }

    /// The names of the works in the text that notes are parts of.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.works.iter().map(|(name, ..)| name.as_str())
    }

    /// Joins short notes to their works where no link does.
    fn join_short_notes(&mut self, root: &NodeRef<'_>, told: &[(String, String)]) {
        let joined: HashSet<&str> = self.parents.iter().map(|(part, _)| part.as_str()).collect();
        let entries = told.iter().filter_map(|(key, words)| {
            let entry = self.entries.get(key).filter(|entry| !entry.note)?;
            Some(short::Told { key, words, csl: &entry.csl, joined: joined.contains(key.as_str()) })
        });
        let found = short::join(root, &entries.collect::<Vec<_>>(), &self.items);
        self.parents.extend(found.parents);
        self.works.extend(found.works);
    }

    /// Notes an entry, and gives its key; the first of a name counts.
    fn list(&mut self, item: &NodeRef<'_>, at: usize) -> Option<String> {
        let text = text_of(item);
        let id = node::attr(item, "id");
        let id = if id.is_empty() { node::attr(&text, "id").replace("mw-reference-text-", "") } else { id };
        let key = if id.is_empty() { format!("entry-{}", self.texts.len() + 1) } else { labels::key(&id) };
        if self.entries.contains_key(&key) {
            return None;
        }
        let list = node::around(item, |n| n.has_name("ol") && !node::has_class(n, &["mw-subreference-list"]));
        let group = list.map(|l| node::attr(&l, "data-mw-group")).filter(|g| !g.is_empty());
        self.texts.insert(text.id, key.clone());
        self.entries.insert(key.clone(), Listed { group, at, ..Listed::default() });
        Some(key)
    }

    /// Labels the entries as their markers are: nothing else in the page says how.
    fn label(&mut self, root: &NodeRef<'_>) {
        node::walk(root, |n| {
            let Some((key, label)) = marker(n) else { return true };
            if let Some(entry) = self.entries.get_mut(&key).filter(|entry| entry.label.is_empty()) {
                entry.label = labels::bare(&label).to_owned();
                entry.group = entry.group.take().or_else(|| labels::series(&label));
            }
            false
        });
        for entry in self.entries.values_mut() {
            if entry.label.is_empty() {
                let group = entry.group.as_deref().map_or(String::new(), |g| format!("{g} "));
                entry.label = labels::styled(&format!("{group}{}", entry.at));
            }
            entry.note = entry.group.is_some();
        }
    }

    /// Fields of entries and works, and which short note links to which work. Gives the words of the entries.
    fn describe(&mut self, page: &Page, items: &[(String, NodeRef<'_>)]) -> Vec<(String, String)> {
        let mut told = Vec::new();
        let mut inside: HashMap<String, String> = HashMap::new();
        let mut short: Vec<(String, String)> = Vec::new();
        let keys: HashMap<NodeId, &String> = items.iter().map(|(key, item)| (item.id, key)).collect();
        for (key, item) in items {
            let text = text_of(item);
            let main =
                node::around(item, |n| keys.contains_key(&n.id)).and_then(|n| keys.get(&n.id).copied());
            self.join(key, main);
            let (mut titles, mut link) = (Vec::new(), None);
            node::walk(&text, |n| {
                if node::has_class(n, &["Z3988"]) {
                    titles.push(node::attr(n, "title"));
                }
                if let Some(id) = n.id_attr().filter(|id| id.starts_with("CITEREF")) {
                    inside.insert(id.to_string(), key.clone());
                }
                link = link.take().or_else(|| work_linked(n));
                true
            });
            if let Some(entry) = self.entries.get_mut(key) {
                let words = node::words(&text);
                entry.csl = coins::entry(&titles, &words);
                told.push((key.clone(), words));
                short.extend(link.filter(|_| !entry.note).map(|link| (key.clone(), link)));
            }
        }
        self.find_works(page, &inside, short);
        told
    }

    /// A reference in the list of another (`[1.1]`) is a part of it.
    fn join(&mut self, part: &str, main: Option<&String>) {
        let is_reference = |key: &str| self.entries.get(key).is_some_and(|entry| !entry.note);
        if let Some(main) = main.filter(|main| is_reference(part) && is_reference(main)) {
            self.parents.push((part.to_owned(), main.clone()));
        }
    }

    fn find_works(&mut self, page: &Page, inside: &HashMap<String, String>, short: Vec<(String, String)>) {
        let mut known: HashMap<String, bool> = HashMap::new();
        for (key, name) in short {
            if let Some(work) = inside.get(&name) {
                let there = self.entries.get(work).is_some_and(|entry| !entry.note);
                self.parents.extend((there && *work != key).then(|| (key, work.clone())));
                continue;
            }
            let there = *known.entry(name.clone()).or_insert_with(|| {
                let Some(work) = page.by_id(&name) else { return false };
                let (csl, words) = described(&work);
                self.works.push((name.clone(), csl, words));
                true
            });
            self.parents.extend(there.then_some((key, name)));
        }
    }

    /// Makes the works known whose entries stand in the text, and joins the short notes to their works.
    pub fn announce(&self, builder: &mut Builder) {
        for (name, csl, words) in &self.works {
            let id = builder.reference(name, "", csl.clone(), None);
            builder.entry_named(name, id, Draft::of(words));
        }
        self.parents.iter().for_each(|(part, work)| builder.parent(part, work));
    }
}

/// The fields of a work, and the words of its entry.
fn described(work: &NodeRef<'_>) -> (Csl, String) {
    let data = |n: &NodeRef<'_>| node::has_class(n, &["Z3988"]);
    let beside = work.next_element_sibling().filter(data).or_else(|| node::find(work, data));
    let words = node::words(work);
    let titles: Vec<String> = beside.map(|n| node::attr(&n, "title")).into_iter().collect();
    (coins::entry(&titles, &words), words)
}

/// The name of the work that a link of a short note leads to.
fn work_linked(n: &NodeRef<'_>) -> Option<String> {
    let href = n.attr("href").filter(|_| n.has_name("a"))?;
    let (_, name) = href.split_once('#')?;
    name.starts_with("CITEREF").then(|| folder::decoded(name))
}

/// True for an item of a list of references.
fn is_entry(item: &NodeRef<'_>) -> bool {
    let list = item.parent();
    let listed =
        list.is_some_and(|l| node::has_class(&l, &["references", "mw-references", "mw-subreference-list"]));
    listed || item.id_attr().is_some_and(|id| id.starts_with("cite_note"))
}

/// The element that holds the text of an entry: the item itself, where nothing in it says more, or where words stand
/// beside it.
fn text_of<'a>(item: &NodeRef<'a>) -> NodeRef<'a> {
    let (mut found, mut beside) = (None, 0);
    node::walk(item, |n| {
        if n.is_text() {
            beside += n.text().chars().filter(|c| c.is_alphabetic()).count();
        }
        let holds = node::has_class(n, &["reference-text", "mw-reference-text"]);
        found = found.or_else(|| holds.then_some(*n));
        !holds && !n.has_name("ol") && !node::is_hidden(n) && !chrome::is(n)
    });
    let parts = node::find(item, |n| node::has_class(n, &["mw-subreference-list"])).is_some();
    found.filter(|_| beside < 3 || parts).unwrap_or(*item)
}

/// What a marker cites, and what it shows; nothing for anything else.
pub fn marker(n: &NodeRef<'_>) -> Option<(String, String)> {
    let named = || n.has_name("sup") && n.id_attr().is_some_and(|id| id.starts_with("cite_ref"));
    if !node::has_class(n, &["reference", "mw-ref"]) && !named() {
        return None;
    }
    let link =
        node::find(n, |n| n.has_name("a") && n.attr("href").is_some_and(|href| href.contains("#cite")))?;
    let href = node::attr(&link, "href");
    let (_, name) = href.split_once('#')?;
    let label = labels::styled(&labels::bracketed(&node::words(&link)));
    Some((labels::key(&folder::decoded(name)), label))
}

/// The element that holds the article.
pub fn content(page: &Page) -> NodeRef<'_> {
    let around = ["mw-content-text", "bodyContent", "pcs"].into_iter().find_map(|id| page.by_id(id));
    let within = around.unwrap_or_else(|| page.body());
    if node::has_class(&within, &["mw-parser-output", "parsoid-body"]) {
        return within;
    }
    let mut roots = Vec::new();
    node::walk(&within, |n| {
        let root = node::has_class(n, &["mw-parser-output"]) && !chrome::is(n);
        if root {
            roots.push(*n);
        }
        !root
    });
    let size = |n: &NodeRef<'_>| n.text().len();
    match roots[..] {
        [] => within,
        [one] => one,
        _ => roots.into_iter().max_by_key(size).unwrap_or(within),
    }
}

/// The title that the page shows, or gives itself.
pub fn title(page: &Page) -> String {
    let heading = page.by_id("firstHeading").or_else(|| {
        node::find(&page.body(), |n| {
            n.has_name("h1") && node::has_class(n, &["pcs-edit-section-title", "pagelib_edit_section_title"])
        })
    });
    let shown = heading.map(|h| node::words(&h)).unwrap_or_default();
    if !shown.is_empty() {
        return shown;
    }
    let told = page.document.head().and_then(|head| node::find(&head, |n| n.has_name("title")));
    let told = told.map(|t| t.text().split_whitespace().collect::<Vec<_>>().join(" ")).unwrap_or_default();
    let site = [" - ", " – ", " — "].iter().filter_map(|dash| told.rsplit_once(dash));
    let cut =
        site.filter(|(_, site)| site.to_lowercase().contains("wiki")).map(|(title, _)| title.to_owned());
    cut.into_iter().next().unwrap_or(told)
}
