//! How far a note goes that a link leads to.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use dom_query::{NodeId, NodeRef};

use super::{holds_notes, is_block, is_heading, names_notes};
use crate::article::build::names_references;
use crate::import::html::node;

/// The block that a note begins in.
pub fn home<'a>(target: &NodeRef<'a>) -> NodeRef<'a> {
    let block = if is_block(target) { *target } else { node::around(target, is_block).unwrap_or(*target) };
    let wide = !matches!(&*node::name(&block), "p" | "li" | "dd" | "dt" | "td") && !is_heading(&block);
    let inline = !is_block(target);
    // An empty name ahead of the block that it names.
    if inline && wide && node::words(target).is_empty() {
        let mut next = target.next_element_sibling();
        while let Some(n) = next {
            if !node::words(&n).is_empty() {
                return if is_block(&n) { n } else { block };
            }
            next = n.next_element_sibling();
        }
    }
    if block.has_name("td") {
        return node::around(&block, |n| n.has_name("tr")).unwrap_or(block);
    }
    block
}

/// The nodes of the note that begins here; the others are where other notes begin.
pub fn of<'a>(target: &NodeRef<'a>, targets: &HashSet<NodeId>) -> Vec<NodeRef<'a>> {
    let home = home(target);
    let is_other = |n: &NodeRef<'a>| n.id != target.id && targets.contains(&n.id);
    let has_other = |n: &NodeRef<'a>| is_other(n) || node::find(n, is_other).is_some();
    let inside = home.id == target.id || node::around(target, |n| n.id == home.id).is_some();
    if inside && home.id != target.id && has_other(&home) {
        return shared(target, &home, &has_other);
    }
    if is_heading(&home) {
        return following(&home, &|n| is_heading(n) || n.has_name("hr") || has_other(n));
    }
    if home.has_name("dt") {
        let mut out = vec![home];
        out.extend(following(&home, &|n| !n.has_name("dd")));
        return out;
    }
    let mut out = vec![home];
    if home.has_name("p") {
        out.extend(continued(&home, &has_other));
    }
    out
}

/// A note that stands in one block with others: up to the next one.
fn shared<'a>(
    target: &NodeRef<'a>,
    home: &NodeRef<'a>,
    has_other: &dyn Fn(&NodeRef<'a>) -> bool,
) -> Vec<NodeRef<'a>> {
    let mut start = *target;
    while let Some(parent) = start.parent().filter(|p| p.id != home.id && !has_other(p)) {
        start = parent;
    }
    let mut out = vec![start];
    let mut next = start.next_sibling();
    while let Some(n) = next.filter(|n| !has_other(n)) {
        out.push(n);
        next = n.next_sibling();
    }
    out
}

fn following<'a>(start: &NodeRef<'a>, ends: &dyn Fn(&NodeRef<'a>) -> bool) -> Vec<NodeRef<'a>> {
    let (mut out, mut next) = (Vec::new(), start.next_element_sibling());
    while let Some(n) = next.filter(|n| !ends(n)) {
        out.push(n);
        next = n.next_element_sibling();
    }
    out
}

/// What goes on after the first paragraph of a note: up to the next note, or to the end of what holds notes.
fn continued<'a>(first: &NodeRef<'a>, has_other: &dyn Fn(&NodeRef<'a>) -> bool) -> Vec<NodeRef<'a>> {
    let ends = |n: &NodeRef<'a>| is_heading(n) || n.has_name("hr") || has_other(n);
    let out = following(first, &ends);
    let last = out.last().unwrap_or(first);
    let other = last.next_element_sibling().is_some_and(|n| has_other(&n));
    let held = first.parent().is_some_and(|p| !p.has_name("body") && holds_notes(&p));
    if other || held { out } else { Vec::new() }
}

/// The headings that blocks stand under, remembered: most notes stand under the same one.
#[derive(Default)]
pub struct Headings {
    known: HashMap<NodeId, Option<Rc<str>>>,
}

impl Headings {
    /// True when the heading before it is one of references.
    pub fn names_references(&mut self, n: &NodeRef<'_>) -> bool {
        self.before(n).is_some_and(|title| names_references(&title))
    }

    /// True when the heading before it is one of notes or references.
    pub fn names_notes(&mut self, n: &NodeRef<'_>) -> bool {
        self.before(n).is_some_and(|title| names_notes(&title))
    }

    /// The nearest heading that stands before this, in the blocks around it.
    fn before(&mut self, n: &NodeRef<'_>) -> Option<Rc<str>> {
        let (mut at, mut passed) = (*n, Vec::new());
        let found = loop {
            if let Some(known) = self.known.get(&at.id) {
                break known.clone();
            }
            passed.push(at.id);
            let before = at.prev_element_sibling();
            if let Some(heading) = before.filter(is_heading) {
                break Some(node::words(&heading).into());
            }
            let Some(next) = before.or_else(|| at.parent()) else { break None };
            at = next;
        };
        self.known.extend(passed.into_iter().map(|id| (id, found.clone())));
        found
    }
}
