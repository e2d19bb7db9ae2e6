//! Markers that are links, and the notes that they lead to: kramdown, pandoc, WordPress, Google Docs, Word, Texinfo,
//! O'Reilly, Substack, named anchors, and everything else that links so.

use std::collections::{HashMap, HashSet};

use dom_query::{NodeId, NodeRef};

use super::{Definition, Found, beginning, extent, holds_notes, is_block, is_heading, label};
use crate::import::folder;
use crate::import::html::{Page, node};

/// A link that may be a marker.
struct Link<'a> {
    node: NodeRef<'a>,
    target: NodeRef<'a>,
    label: String,
}

/// Finds them.
pub fn find(page: &Page, found: &mut Found) {
    let mut links = Vec::new();
    let mut known = Known::of(page);
    node::walk(&page.body(), |n| {
        if n.has_name("a") && !found.is_claimed(n) {
            let link =
                link(page, n).filter(|link| found.before(n.id, link.target.id) && is_note(link, &mut known));
            if let Some(link) = link {
                let home = extent::home(&link.target);
                if node::around(&link.node, |n| n.id == home.id).is_none() {
                    found.claimed.insert(link.target.id);
                    if !known.is_wide(&home) {
                        found.claimed.insert(home.id);
                    }
                    links.push(link);
                }
            }
        }
        !matches!(&*node::name(n), "nav" | "script" | "style" | "svg")
    });
    let targets: HashSet<NodeId> = links.iter().map(|link| link.target.id).collect();
    let mut notes: HashMap<NodeId, usize> = HashMap::new();
    let mut headings = extent::Headings::default();
    for link in &links {
        let note = match notes.get(&link.target.id) {
            Some(&note) => note,
            None => {
                let nodes = extent::of(&link.target, &targets);
                if nodes.is_empty() {
                    continue;
                }
                let reference = headings.names_references(&link.target);
                let nodes = nodes.iter().map(|n| n.id).collect();
                found.notes.push(Definition { label: link.label.clone(), nodes, reference });
                notes.insert(link.target.id, found.notes.len() - 1);
                found.notes.len() - 1
            }
        };
        let node = outermost(&link.node).id;
        found.add_marker(node, link.label.clone(), note);
    }
}

/// True for a block that may hold more than a note.
fn is_wide(n: &NodeRef<'_>) -> bool {
    matches!(&*node::name(n), "body" | "main" | "article" | "section" | "html" | "footer" | "td")
        || (n.has_name("div") && beginning(n, LONG).len() > LONG)
}

fn link<'a>(page: &'a Page, n: &NodeRef<'a>) -> Option<Link<'a>> {
    let href = n.attr("href")?;
    let (path, name) = href.split_once('#')?;
    let label = node::words(n);
    let label = if label.is_empty() { told(n)? } else { label };
    let name = folder::decoded(name);
    let short = label.chars().count() <= 24 && (label::is_label(&label) || is_noteref(n));
    let target = page.by_id(&name).filter(|_| short && !name.is_empty())?;
    let own = path.is_empty() || page.address.is_none() || name.starts_with("_ftn") || {
        page.resolve(&href).is_some_and(|to| to.starts_with('#'))
    };
    own.then_some(Link { node: *n, target, label })
}

/// The label of a link without words.
fn told(n: &NodeRef<'_>) -> Option<String> {
    n.attr("data-footnote-number").or_else(|| n.attr("data-note")).map(|v| v.to_string())
}

/// True for what says that it is the marker of a note.
fn is_noteref(n: &NodeRef<'_>) -> bool {
    let says = |n: &NodeRef<'_>| {
        ["role", "epub:type", "data-type"].iter().any(|a| {
            let told = node::attr(n, a);
            told.split_ascii_whitespace().any(|t| matches!(t, "doc-noteref" | "noteref" | "doc-biblioref"))
        }) || n.has_attr("data-fn")
            || n.has_attr("data-footnote-ref")
            || node::has_class(
                n,
                &[
                    "footnote-ref",
                    "footnote-reference",
                    "footnote-anchor",
                    "footref",
                    "easy-footnote",
                    "noteref",
                    "fnref",
                    "fn-ref",
                    "footnote",
                ],
            )
    };
    says(n) || n.ancestors_it(Some(3)).take_while(|n| !is_block(n)).any(|n| says(&n))
}

/// Whether a link with a label leads to a note, and not to a section, an equation, a figure.
fn is_note(link: &Link<'_>, known: &mut Known<'_>) -> bool {
    let home = extent::home(&link.target);
    let words = beginning(&home, SHORT);
    let heads = is_heading(&home) && label::bare(&words) != label::bare(&link.label);
    let shows = ["figure", "table", "img", "math", "tbody", "pre", "svg"];
    let target = node::name(&link.target);
    if heads || shows.contains(&&*target) || words.is_empty() || known.is_formula(&home) {
        return false;
    }
    let target_told = holds_notes(&link.target)
        || link.target.ancestors_it(Some(4)).any(|n| !n.has_name("body") && holds_notes(&n));
    if is_noteref(&link.node) || leads_back(link, &home, known) {
        return true;
    }
    let raised = is_raised(&link.node);
    let set_off = raised || label::is_bracketed(&link.label) || is_in_brackets(&link.node);
    let listed = home.has_name("li") && home.parent().is_some_and(|p| p.has_name("ol"));
    let named = target_told || names_note(&node::attr(&link.target, "id"));
    let begins = label::begins_with(&words, &link.label);
    (set_off && (named || listed || begins)) || (named && begins)
}

fn names_note(id: &str) -> bool {
    let id = id.to_ascii_lowercase();
    id.contains("note")
        || ["fn", "ftn", "_ftn", "_edn", "foot", "bib", "ref"].iter().any(|start| id.starts_with(start))
}

/// True for an equation.
fn is_formula(n: &NodeRef<'_>) -> bool {
    let class = node::attr(n, "class").to_ascii_lowercase();
    let math =
        || node::find(n, |n| n.has_name("math") || node::has_class(n, &["MathJax", "katex"])).is_some();
    class.contains("equation")
        || class.contains("mathjax_display")
        || (beginning(n, SHORT).split_whitespace().count() < 6 && math())
}

/// True when the note links back to its marker.
fn leads_back(link: &Link<'_>, home: &NodeRef<'_>, known: &mut Known<'_>) -> bool {
    let mut ids: Vec<String> = Vec::new();
    let around = link.node.ancestors_it(Some(8)).take_while(|n| !is_block(n) || n.has_name("p"));
    for n in std::iter::once(link.node).chain(around) {
        ids.extend([n.id_attr(), n.attr("name")].into_iter().flatten().map(|v| v.to_string()));
    }
    let near = [
        link.node.prev_element_sibling(),
        link.node.next_element_sibling(),
        outermost(&link.node).prev_element_sibling(),
    ];
    for n in near.into_iter().flatten().filter(|n| node::words(n).is_empty()) {
        ids.extend(n.id_attr().map(|v| v.to_string()));
    }
    let wide = known.is_wide(home);
    let mut back = ids.iter().flat_map(|id| known.leading(id));
    back.any(|n| n.id == link.target.id || (!wide && node::around(n, |n| n.id == home.id).is_some()))
}

/// What is asked of many links, and looked up once.
struct Known<'a> {
    /// The links of the page, by the names that they lead to.
    leading: HashMap<String, Vec<NodeRef<'a>>>,
    wide: HashMap<NodeId, bool>,
    formulas: HashMap<NodeId, bool>,
}

impl<'a> Known<'a> {
    fn of(page: &'a Page) -> Self {
        let mut all: HashMap<String, Vec<NodeRef<'a>>> = HashMap::new();
        node::walk(&page.body(), |n| {
            let href = n.attr("href").filter(|_| n.has_name("a"));
            if let Some((_, name)) = href.as_deref().and_then(|href| href.split_once('#')) {
                let links = all.entry(folder::decoded(name)).or_default();
                if links.len() < SAME {
                    links.push(*n);
                }
            }
            true
        });
        Self { leading: all, wide: HashMap::new(), formulas: HashMap::new() }
    }

    fn leading(&self, name: &str) -> &[NodeRef<'a>] {
        self.leading.get(name).map_or(&[], |links| links)
    }

    fn is_wide(&mut self, n: &NodeRef<'_>) -> bool {
        *self.wide.entry(n.id).or_insert_with(|| is_wide(n))
    }

    fn is_formula(&mut self, n: &NodeRef<'_>) -> bool {
        *self.formulas.entry(n.id).or_insert_with(|| is_formula(n))
    }
}

/// How many links to one name are looked at.
const SAME: usize = 64;

fn is_raised(n: &NodeRef<'_>) -> bool {
    let inside = node::find(n, |n| n.has_name("sup")).is_some();
    inside || n.ancestors_it(Some(3)).take_while(|n| !is_block(n)).any(|n| n.has_name("sup"))
}

fn is_in_brackets(n: &NodeRef<'_>) -> bool {
    let ends = |n: Option<NodeRef<'_>>, c: char, first: bool| {
        let text = n.filter(NodeRef::is_text).map(|n| n.text().to_string()).unwrap_or_default();
        if first { text.trim_start().starts_with(c) } else { text.trim_end().ends_with(c) }
    };
    ends(n.prev_sibling(), '[', false) && ends(n.next_sibling(), ']', true)
}

/// The outermost element that shows nothing but this one.
pub fn outermost<'a>(n: &NodeRef<'a>) -> NodeRef<'a> {
    let (mut at, words) = (*n, beginning(n, SHORT));
    while let Some(parent) = at.parent() {
        let inline = matches!(
            &*node::name(&parent),
            "sup" | "span" | "small" | "a" | "b" | "i" | "em" | "strong" | "label"
        );
        if !inline || label::bare(&beginning(&parent, SHORT)) != label::bare(&words) {
            break;
        }
        at = parent;
    }
    at
}

/// Enough of a text to see how it begins, in bytes.
const SHORT: usize = 200;
/// No note is longer, in bytes.
const LONG: usize = 20_000;
