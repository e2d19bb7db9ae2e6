//! Notes that stand beside their markers: sidenotes, notes in the margin, notes that a script unfolds.

use std::collections::HashSet;

use dom_query::{NodeId, NodeRef};

use super::{Definition, Found, holds_notes, is_block, label, linked};
use crate::import::html::{Page, node};

/// Classes of what holds the text.
const SIDE: [&str; 11] = [
    "sidenote",
    "marginnote",
    "side-note",
    "margin-note",
    "sidenote-content",
    "footnoteContent",
    "footnote-content-inline",
    "modern-footnotes-footnote__note",
    "footnote_tooltip",
    "inline-note",
    "tooltip-footnote",
];

/// Finds them.
pub fn find(page: &Page, found: &mut Found) {
    let mut sides = Vec::new();
    node::walk(&page.body(), |n| {
        let side = n.is_element() && !is_block(n) && node::has_class(n, &SIDE);
        if side {
            sides.push(*n);
        }
        if n.has_attr("data-definition") {
            hidden(page, n, found);
        }
        !side
    });
    let mut texts = HashSet::new();
    for side in sides {
        let says = !node::raw(&side).trim().is_empty() || is_shown_later(&side);
        if says && !found.is_claimed(&side) {
            texts.insert(words(&side));
            one(&side, found);
        }
    }
    if !texts.is_empty() {
        again(page, found, &texts);
    }
}

/// True for what holds the text of a note beside its marker.
pub fn is_side(n: &NodeRef<'_>) -> bool {
    node::has_class(n, &SIDE)
}

/// True for a text that is hidden until a script shows it.
fn is_shown_later(n: &NodeRef<'_>) -> bool {
    node::is_hidden(n) && !node::words(n).is_empty()
}

/// The words of a note, without its label.
fn words(n: &NodeRef<'_>) -> String {
    let all = node::words(n);
    let first = all.split_whitespace().next().unwrap_or("");
    let rest = if label::is_label(first) { label::without(&all, first) } else { &all };
    let rest = rest.trim_end_matches(|c: char| c.is_whitespace() || label::leads_back(&c.to_string()));
    rest.trim().to_owned()
}

/// A note whose text is a hidden element elsewhere.
fn hidden(page: &Page, marker: &NodeRef<'_>, found: &mut Found) {
    let Some(text) = page.by_id(&node::attr(marker, "data-definition")) else { return };
    let shown = node::words(marker);
    if !label::is_label(&shown) || found.is_claimed(&text) {
        return;
    }
    found.claimed.insert(text.id);
    found.notes.push(Definition { label: shown.clone(), nodes: vec![text.id], reference: false });
    found.add_marker(marker.id, shown, found.notes.len() - 1);
}

/// One note and its marker.
fn one(side: &NodeRef<'_>, found: &mut Found) {
    let parent = side
        .parent()
        .filter(|p| node::has_class(p, &["inline-footnote", "footnote-inline", "sidenote-wrapper"]));
    let (marker, shown): (Option<NodeId>, String) = match parent {
        Some(parent) => {
            let own: String =
                parent.children_it(false).filter(|n| n.id != side.id).map(|n| n.text().to_string()).collect();
            (Some(parent.id), own)
        }
        None => match before(side, found) {
            Before::Marker(note) => {
                let same = found.notes.get(note).is_some();
                if same {
                    found.surplus.push(side.id);
                    return;
                }
                (None, String::new())
            }
            Before::Element(id, shown) => (Some(id), shown),
            Before::Nothing => (None, String::new()),
        },
    };
    let shown = if label::is_label(&shown) { shown } else { String::new() };
    found.claimed.insert(side.id);
    found.notes.push(Definition { label: shown.clone(), nodes: vec![side.id], reference: false });
    let node = marker.unwrap_or(side.id);
    found.add_marker(node, shown, found.notes.len() - 1);
}

/// What stands before the text.
enum Before {
    /// The marker of this note, which is known already.
    Marker(usize),
    /// An element that shows the label, or nothing.
    Element(NodeId, String),
    Nothing,
}

fn before(side: &NodeRef<'_>, found: &mut Found) -> Before {
    let mut at = side.prev_sibling();
    while let Some(n) = at {
        if n.is_text() && n.text().trim().is_empty() {
            at = n.prev_sibling();
        } else if n.has_name("input") {
            found.surplus.push(n.id);
            at = n.prev_sibling();
        } else if let Some(&note) = found.marked.get(&n.id) {
            return Before::Marker(note);
        } else if n.has_name("label") || n.has_name("button") {
            return Before::Element(n.id, node::raw(&n).trim().to_owned());
        } else if n.is_element() && label::is_label(&node::words(&n)) {
            return Before::Element(linked::outermost(&n).id, node::words(&n));
        } else {
            return Before::Nothing;
        }
    }
    Before::Nothing
}

/// Finds what shows the same notes once more, at the end.
fn again(page: &Page, found: &mut Found, texts: &HashSet<String>) {
    let mut more = Vec::new();
    node::walk(&page.body(), |n| {
        let one = matches!(&*node::name(n), "li" | "p" | "div" | "dd") && !found.is_claimed(n);
        let held = one
            && (holds_notes(n)
                || node::has_class(n, &["footdef"])
                || n.ancestors_it(Some(3)).any(|n| holds_notes(&n)));
        if held && texts.contains(&words(n)) {
            more.push(n.id);
            return false;
        }
        true
    });
    found.surplus.extend(more);
}
