//! Notes of a web page, in the dialects that pages are written in: they are taken out of the page before its readable
//! part is looked for, and their markers are left as elements that nothing else writes.

mod extent;
mod label;
mod linked;
mod loose;
mod side;
mod take;

use std::collections::{HashMap, HashSet};

use dom_query::{NodeId, NodeRef};

use crate::import::html::{Page, node};

pub use label::escaped;
pub use take::Taken;

/// The attribute of what stands for a marker; its value is the number of the note.
pub const CITE: &str = "data-ibid-cite";
/// The attribute of what holds a note.
pub const NOTE: &str = "data-ibid-note";

/// The notes of a page and their markers.
#[derive(Default)]
struct Found {
    notes: Vec<Definition>,
    markers: Vec<Mark>,
    /// The elements that show markers, and their notes.
    marked: HashMap<NodeId, usize>,
    /// What shows a note a second time, or works its showing.
    surplus: Vec<NodeId>,
    /// Where every node stands in the document.
    order: HashMap<NodeId, usize>,
    /// Elements that notes begin at.
    claimed: HashSet<NodeId>,
}

/// Where a note stands.
struct Definition {
    label: String,
    /// Nodes that follow one another.
    nodes: Vec<NodeId>,
    /// It is listed under a heading of references.
    reference: bool,
}

/// A marker: the element that shows it.
struct Mark {
    node: NodeId,
    label: String,
    note: usize,
}

/// Takes the notes out of a page.
pub fn take(page: &Page) -> Vec<Taken> {
    let mut found = Found::default();
    node::walk(&page.document.root(), |n| {
        let at = found.order.len();
        found.order.insert(n.id, at);
        true
    });
    linked::find(page, &mut found);
    side::find(page, &mut found);
    loose::find(page, &mut found);
    take::take(page, found)
}

impl Found {
    /// True when one stands before the other.
    fn before(&self, a: NodeId, b: NodeId) -> bool {
        self.order.get(&a) < self.order.get(&b)
    }

    /// True for what stands in a note.
    fn is_claimed(&self, n: &NodeRef<'_>) -> bool {
        self.claimed.contains(&n.id) || node::around(n, |n| self.claimed.contains(&n.id)).is_some()
    }

    fn add_marker(&mut self, node: NodeId, label: String, note: usize) {
        self.marked.insert(node, note);
        self.markers.push(Mark { node, label, note });
    }

    fn is_marker(&self, n: &NodeRef<'_>) -> bool {
        self.marked.contains_key(&n.id) || node::around(n, |n| self.marked.contains_key(&n.id)).is_some()
    }
}

/// The words that an element begins with, about so many bytes of them: asking for all again and again takes long.
fn beginning(n: &NodeRef<'_>, most: usize) -> String {
    let mut out = String::new();
    node::walk_on(n, |n| {
        if n.is_text() {
            out.push_str(&n.text());
        }
        (out.len() <= most).then(|| !node::is_hidden(n))
    });
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// True for an element that shows something.
fn shows(n: &NodeRef<'_>) -> bool {
    let media = |n: &NodeRef<'_>| matches!(&*node::name(n), "img" | "video" | "math" | "svg");
    n.descendants_it().any(|n| (n.is_text() && !n.text().trim().is_empty()) || (n.is_element() && media(&n)))
}

/// Elements that are blocks, as far as notes go.
fn is_block(n: &NodeRef<'_>) -> bool {
    const NAMES: [&str; 24] = [
        "p",
        "li",
        "div",
        "aside",
        "section",
        "dd",
        "dt",
        "tr",
        "td",
        "blockquote",
        "footer",
        "article",
        "main",
        "body",
        "ol",
        "ul",
        "dl",
        "table",
        "tbody",
        "details",
        "figure",
        "pre",
        "hr",
        "html",
    ];
    NAMES.contains(&&*node::name(n)) || is_heading(n)
}

fn is_heading(n: &NodeRef<'_>) -> bool {
    matches!(&*node::name(n), "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// True for the heading of a list of notes.
fn names_notes(title: &str) -> bool {
    const NAMES: [&str; 17] = [
        "notes",
        "footnotes",
        "endnotes",
        "note",
        "footnote",
        "references and notes",
        "notes and references",
        "sidenotes",
        "citations",
        "fußnoten",
        "anmerkungen",
        "einzelnachweise",
        "notas",
        "примечания",
        "脚注",
        "end notes",
        "foot notes",
    ];
    let title = label::bare(title).to_lowercase();
    NAMES.contains(&&*title) || crate::article::build::names_references(&title)
}

/// True for what holds notes, by its classes, id or role.
fn holds_notes(n: &NodeRef<'_>) -> bool {
    let told = format!(
        "{} {} {} {}",
        node::attr(n, "class"),
        node::attr(n, "id"),
        node::attr(n, "role"),
        node::attr(n, "data-type")
    );
    let told = told.to_ascii_lowercase();
    let word = |w: &str| ["notes", "references", "refs", "note"].contains(&w);
    ["footnote", "endnote", "foot-note", "end-note"].iter().any(|w| told.contains(w))
        || told.split(|c: char| !c.is_ascii_alphanumeric()).any(word)
}
