//! Takes what was found out of the page: markers become elements of their own, notes are cut out and kept as HTML.

use std::collections::HashSet;

use dom_query::NodeRef;

use super::{CITE, Definition, Found, beginning, is_heading, label, names_notes, shows};
use crate::import::folder;
use crate::import::html::{Page, node};

/// A note that was taken out of a page.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Its label, where the page shows one.
    pub label: String,
    /// Its text as HTML.
    pub html: String,
    /// It is an entry of a list of references.
    pub reference: bool,
}

pub(super) fn take(page: &Page, found: Found) -> Vec<Taken> {
    let tree = &page.document.tree;
    let mut names = HashSet::new();
    for mark in &found.markers {
        let Some(n) = tree.get(&mark.node) else { continue };
        names.extend(names_of(&n));
    }
    // Notes beside their markers are cut out first where they stand in what shows the marker.
    let notes: Vec<Taken> = found.notes.iter().map(|note| clean(page, note, &names)).collect();
    for mark in &found.markers {
        let Some(n) = tree.get(&mark.node) else { continue };
        let shown =
            if label::bare(&mark.label).is_empty() { "*".to_owned() } else { label::shown(&mark.label) };
        let sup = tree.new_element("sup");
        sup.set_attr(CITE, &mark.note.to_string());
        sup.set_text(shown);
        n.replace_with(&sup);
    }
    let notes =
        notes.into_iter().zip(&found.notes).map(|(taken, note)| Taken { html: html(page, note), ..taken });
    let notes = notes.collect();
    let ids = found.notes.iter().flat_map(|note| &note.nodes).chain(&found.surplus);
    let gone: Vec<NodeRef<'_>> = ids.filter_map(|id| tree.get(id)).collect();
    remove(&gone);
    notes
}

/// The names that links back lead to.
fn names_of(marker: &NodeRef<'_>) -> Vec<String> {
    let mut out = Vec::new();
    let mut own = |n: &NodeRef<'_>| {
        out.extend([n.id_attr(), n.attr("name")].into_iter().flatten().map(|v| v.to_string()))
    };
    own(marker);
    node::walk(marker, |n| {
        own(n);
        true
    });
    marker.ancestors_it(Some(2)).for_each(|n| own(&n));
    [marker.prev_element_sibling(), marker.next_element_sibling()].iter().flatten().for_each(own);
    out
}

/// Takes the links back and the label out of a note.
fn clean(page: &Page, note: &Definition, names: &HashSet<String>) -> Taken {
    let nodes: Vec<NodeRef<'_>> = note.nodes.iter().filter_map(|id| page.document.tree.get(id)).collect();
    let mut back = Vec::new();
    for root in &nodes {
        if is_back(root, names) {
            root.children().iter().for_each(|c| back.push(*c));
        }
        node::walk(root, |n| {
            let leads = is_back(n, names);
            if leads {
                back.push(*n);
            }
            !leads
        });
    }
    back.iter().for_each(|n| remove_back(n));
    if let Some(first) = nodes.first() {
        if first.is_element() {
            label::strip(first, &note.label);
        }
        if let Some(second) = nodes.get(1).filter(|_| node::words(first).is_empty() && first.is_element()) {
            label::strip(second, &note.label);
        }
    }
    let label = label::bare(&note.label).to_owned();
    Taken { label, html: String::new(), reference: note.reference }
}

/// Takes a link back out, with the brackets or the raised element that hold nothing else.
fn remove_back(n: &NodeRef<'_>) {
    let mut at = *n;
    while let Some(parent) = at.parent() {
        let inline = matches!(&*node::name(&parent), "sup" | "span" | "strong" | "b" | "small" | "em" | "i");
        if !inline || label::bare(&beginning(&parent, 200)) != label::bare(&beginning(n, 200)) {
            break;
        }
        at = parent;
    }
    at.remove_from_parent();
}

/// True for what only leads back.
fn is_back(n: &NodeRef<'_>, names: &HashSet<String>) -> bool {
    if !n.has_name("a") {
        return false;
    }
    let told = node::has_class(
        n,
        &[
            "footnote-backref",
            "footnote-back",
            "reversefootnote",
            "footnote-backlink",
            "backlink",
            "footnum",
            "easy-footnote-to-top",
        ],
    ) || ["role", "epub:type", "data-type"].iter().any(|a| node::attr(n, a).contains("backlink"));
    let href = node::attr(n, "href");
    let Some((_, name)) = href.split_once('#') else { return told };
    let words = node::words(n);
    told || ((names.contains(&folder::decoded(name)) || label::leads_back(&words))
        && (words.is_empty()
            || label::is_label(&words)
            || label::leads_back(&words)
            || words.chars().count() <= 3))
        || (words.is_empty() && names.contains(&folder::decoded(name)))
}

fn html(page: &Page, note: &Definition) -> String {
    let nodes: Vec<NodeRef<'_>> = note.nodes.iter().filter_map(|id| page.document.tree.get(id)).collect();
    let mut out = String::new();
    for n in nodes {
        match &*node::name(&n) {
            "p" | "ul" | "ol" | "pre" | "blockquote" | "table" | "figure" => out.push_str(&n.html()),
            "tr" => n
                .children_it(false)
                .for_each(|cell| out.push_str(&format!("<div>{}</div>", cell.inner_html()))),
            "li" | "div" | "aside" | "dd" | "dt" | "section" | "a" => out.push_str(&n.inner_html()),
            "span" if super::side::is_side(&n) => out.push_str(&n.inner_html()),
            _ => out.push_str(&n.html()),
        }
    }
    out
}

/// Takes nodes out, with what then holds nothing, and the headings or rules that stood over them. All that stand beside
/// one another go at once: what is left is looked at once.
fn remove(nodes: &[NodeRef<'_>]) {
    let mut nodes = nodes.to_vec();
    while !nodes.is_empty() {
        let mut left = Vec::new();
        let mut seen = HashSet::new();
        nodes.retain(|n| n.parent().is_some());
        for n in &nodes {
            let parent = n.parent().filter(|p| !matches!(&*node::name(p), "body" | "html" | ""));
            left.extend(parent.map(|parent| (parent, n.prev_element_sibling())));
        }
        nodes.iter().for_each(NodeRef::remove_from_parent);
        for (_, before) in &left {
            if let Some(before) = before.filter(|b| b.parent().is_some() && is_last(b)) {
                over(&before);
            }
        }
        let parents = left.into_iter().map(|(parent, _)| parent);
        nodes = parents.filter(|p| seen.insert(p.id) && !shows(p)).collect();
    }
}

/// True when nothing that shows anything follows, but headings.
fn is_last(n: &NodeRef<'_>) -> bool {
    let mut next = n.next_sibling();
    for _ in 0..STEPS {
        let Some(n) = next else { return true };
        if !is_heading(&n) && (shows(&n) || (n.is_text() && !n.text().trim().is_empty())) {
            return false;
        }
        next = n.next_sibling();
    }
    false
}

/// How far what follows is looked at.
const STEPS: usize = 2_000;

/// A heading of notes, and a rule, have nothing to stand over any more.
fn over(n: &NodeRef<'_>) {
    let mut at = Some(*n);
    while let Some(n) = at {
        at = n.prev_element_sibling();
        let goes = n.has_name("hr") || n.has_name("br") || (is_heading(&n) && names_notes(&node::words(&n)));
        if !goes && !n.text().trim().is_empty() {
            return;
        }
        if goes {
            n.remove_from_parent();
        }
    }
}
