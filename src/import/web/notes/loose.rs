//! Markers and notes that no link connects: a raised number, and a paragraph at the end, or an item beside the text,
//! that begins with the same number.

use std::collections::{HashMap, HashSet};

use dom_query::{NodeId, NodeRef};

use super::{Definition, Found, extent, holds_notes, is_heading, label, linked};
use crate::import::html::{Page, node};

/// A note, and the label it begins with.
struct Loose<'a> {
    label: String,
    nodes: Vec<NodeRef<'a>>,
}

/// Finds them.
pub fn find(page: &Page, found: &mut Found) {
    let mut raised = Vec::new();
    node::walk(&page.body(), |n| {
        if n.has_name("sup") && is_bare(n) && !found.is_claimed(n) && !found.is_marker(n) {
            raised.push(*n);
        }
        !matches!(&*node::name(n), "script" | "style" | "svg" | "math")
    });
    if raised.is_empty() {
        return;
    }
    let notes = notes(page, found);
    let mut by_label: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, note) in notes.iter().enumerate() {
        by_label.entry(&note.label).or_default().push(at);
    }
    let inside: HashSet<NodeId> = notes.iter().flat_map(|note| note.nodes.iter().map(|n| n.id)).collect();
    let mut taken: HashMap<usize, usize> = HashMap::new();
    for sup in raised {
        let shown = node::words(&sup);
        let starts = inside.contains(&sup.id) || node::around(&sup, |n| inside.contains(&n.id)).is_some();
        if starts || is_power(&sup) {
            continue;
        }
        let after = by_label.get(label::bare(&shown)).and_then(|all| {
            all.iter()
                .copied()
                .take(SAME)
                .find(|at| notes[*at].nodes.first().is_some_and(|n| found.before(sup.id, n.id)))
        });
        let Some(at) = after else { continue };
        let note = *taken.entry(at).or_insert_with(|| {
            let nodes = notes[at].nodes.iter().map(|n| n.id).collect();
            found.notes.push(Definition { label: shown.clone(), nodes, reference: false });
            found.notes.len() - 1
        });
        found.add_marker(linked::outermost(&sup).id, shown, note);
    }
}

/// True for a raised number or sign without a link.
fn is_bare(n: &NodeRef<'_>) -> bool {
    let words = node::words(n);
    let shown = label::bare(&words);
    let label = label::is_label(shown) && !shown.chars().any(char::is_alphabetic);
    label && node::find(n, |n| n.has_name("a")).is_none() && node::around(n, |n| n.has_name("a")).is_none()
}

/// True for a number that is a power: after a variable, a number, a unit, a bracket.
fn is_power(sup: &NodeRef<'_>) -> bool {
    if node::words(sup).starts_with(['*', '†', '‡']) {
        return false;
    }
    let Some(before) = sup.prev_sibling() else { return true };
    let text = before.text().to_string();
    let styled =
        before.is_element() && matches!(&*node::name(&before), "i" | "var" | "em" | "code" | "sub" | "math");
    let last = text.split(|c: char| c.is_whitespace() || "(+-−=*/×·".contains(c)).next_back().unwrap_or("");
    let short = !last.is_empty() && last.chars().count() <= 2 && last.chars().all(char::is_alphanumeric);
    let digit = last.ends_with(|c: char| c.is_ascii_digit());
    short || digit || (styled && text.trim().chars().count() <= 2)
}

/// Paragraphs and items that begin with a label where notes may stand.
fn notes<'a>(page: &'a Page, found: &Found) -> Vec<Loose<'a>> {
    let mut starts: Vec<(NodeRef<'a>, String)> = Vec::new();
    let mut out = Vec::new();
    node::walk(&page.body(), |n| {
        if n.has_name("p") && !found.is_claimed(n) {
            starts.extend(label_of(n).map(|label| (*n, label)));
        } else if n.has_name("aside") {
            out.extend(beside(n));
        }
        !found.claimed.contains(&n.id)
    });
    let ids: HashSet<NodeId> = starts.iter().map(|(n, _)| n.id).collect();
    let mut headings = extent::Headings::default();
    for (n, label) in starts {
        let first = run_start(&n, &ids);
        let delimited = is_delimited(&first, &mut headings);
        let raised = node::find(&n, |n| n.has_name("sup")).is_some();
        let counted = raised && label_of(&first).as_deref() == Some("1");
        if !delimited && !counted {
            continue;
        }
        let mut nodes = vec![n];
        let mut next = n.next_element_sibling();
        while let Some(more) =
            next.filter(|m| delimited && !is_heading(m) && !m.has_name("hr") && !ids.contains(&m.id))
        {
            nodes.push(more);
            next = more.next_element_sibling();
        }
        out.push(Loose { label, nodes });
    }
    out
}

/// The label that a paragraph begins with, raised or bold.
fn label_of(p: &NodeRef<'_>) -> Option<String> {
    let first = p.children_it(false).find(|n| !(n.is_text() && n.text().trim().is_empty()))?;
    let mut at = first;
    for _ in 0..3 {
        let words = node::words(&at);
        let named = matches!(&*node::name(&at), "sup" | "b" | "strong");
        if named && label::is_label(&words) && words.chars().any(|c| c.is_ascii_digit() || "*†‡".contains(c))
        {
            return Some(label::bare(&words).to_owned());
        }
        at = at.children_it(false).find(|n| !(n.is_text() && n.text().trim().is_empty()))?;
    }
    None
}

/// The first paragraph of the notes that this one is among.
fn run_start<'a>(n: &NodeRef<'a>, ids: &HashSet<NodeId>) -> NodeRef<'a> {
    let (mut first, mut at) = (*n, n.prev_element_sibling());
    for _ in 0..RUN {
        let Some(before) = at.filter(|b| !is_heading(b) && !b.has_name("hr")) else { break };
        if ids.contains(&before.id) {
            first = before;
        }
        at = before.prev_element_sibling();
    }
    first
}

/// True when a rule, a heading of notes, or what holds notes stands before or around it.
fn is_delimited(first: &NodeRef<'_>, headings: &mut extent::Headings) -> bool {
    let before = first.prev_element_sibling();
    let rule = before.as_ref().is_some_and(|b| b.has_name("hr"));
    let held = first.ancestors_it(Some(2)).any(|n| !n.has_name("body") && holds_notes(&n));
    let headed = before.as_ref().is_some_and(is_heading) && headings.names_notes(first);
    rule || held || headed
}

/// Items of a numbered list in the margin.
fn beside<'a>(aside: &NodeRef<'a>) -> Vec<Loose<'a>> {
    let Some(list) = node::find(aside, |n| n.has_name("ol")) else { return Vec::new() };
    let start: usize = node::attr(&list, "start").parse().unwrap_or(1);
    let items = list.children_it(false).filter(|n| n.has_name("li")).enumerate();
    items.map(|(at, n)| Loose { label: start.saturating_add(at).to_string(), nodes: vec![n] }).collect()
}

/// How many notes may have the same label.
const SAME: usize = 64;
/// How far back the first of the notes that one is among is looked for.
const RUN: usize = 500;
