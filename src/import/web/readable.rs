//! The readable part of a page, and what is known about it, by dom_smoothie: a port of readability.js.

use std::collections::HashMap;

use dom_query::{Document, NodeId, NodeRef};
use dom_smoothie::{Article, Config, Readability};

use super::notes::{self, CITE, NOTE, Taken, escaped};
use super::reading::{Reading, TEX};
use crate::article::{Builder, Draft, Part, Sort, limits};
use crate::import::html::{Page, Walker, node};

/// Reads a page.
pub fn read(mut page: Page) -> Part {
    formulas(&page);
    unfold(&page);
    let taken = notes::take(&page);
    let around = around_markers(&page);
    let mut builder = Builder::new(super::NAME);
    builder.meta.language = page.language();
    builder.meta.source = page.address.as_ref().map(ToString::to_string).unwrap_or_default();
    // No article nests so deep, and the library would take long.
    let deep = page.complaints.iter().any(|c| c.what == limits::DEPTH.message);
    let (document, root) = readable(std::mem::take(&mut page.document), around, deep, &mut builder);
    let html = listed(&taken);
    if !html.is_empty() {
        NodeRef::new(root, &document.tree).append_html(html);
    }
    let page = page.narrowed(document, root);
    let mut walker = Walker::new(&page, Reading::new(&taken), builder);
    walker.rise = 1;
    walker.read(&NodeRef::new(root, &page.document.tree));
    walker.finish()
}

/// The document, and in it what holds the article; what is known about it goes to the builder.
fn readable(
    document: Document,
    around: Option<Around>,
    deep: bool,
    builder: &mut Builder,
) -> (Document, NodeId) {
    let most = if deep { 1 } else { limits::READABLE.most };
    let config = Config { keep_classes: true, max_elements_to_parse: most, ..Config::default() };
    let mut library = Readability { doc: document, doc_url: None, config };
    let found = library.parse().ok().zip(content(&library.doc));
    let Some((found, content)) = found else {
        builder.complain_of(Sort::Reading, "", "no article stands out in this page: all of it is shown");
        let root = library.doc.body().map_or_else(|| library.doc.root().id, |body| body.id);
        return (library.doc, root);
    };
    about(found, builder);
    if let Some(around) = around.filter(|a| a.is_lost(&NodeRef::new(content, &library.doc.tree))) {
        return around.alone();
    }
    // What it stood in says nothing about it.
    library.doc.tree.remove_from_parent(&content);
    (library.doc, content)
}

/// What the library leaves as the article.
fn content(document: &Document) -> Option<NodeId> {
    node::find(&document.root(), |n| n.id_attr().as_deref() == Some("readability-page-1")).map(|n| n.id)
}

/// What the library knows about the article.
fn about(found: Article, builder: &mut Builder) {
    if builder.meta.language.is_empty() {
        builder.meta.language = found.lang.unwrap_or_default();
    }
    builder.meta.date = found.published_time.map(|time| day(&time)).unwrap_or_default();
    builder.meta.site = found.site_name.unwrap_or_default();
    builder.meta.authors = found.byline.map(|by| authors(&by)).unwrap_or_default();
    if !found.title.trim().is_empty() {
        builder.title(Draft::of(found.title.trim()));
    }
    builder.byline();
}

/// The day of a time in ISO 8601; anything else as it is.
fn day(time: &str) -> String {
    let form = |(at, b): (usize, u8)| if matches!(at, 4 | 7) { b == b'-' } else { b.is_ascii_digit() };
    let day = time.get(..10).filter(|day| day.bytes().enumerate().all(form));
    day.filter(|_| time[10..].starts_with(['T', ' '])).unwrap_or(time).to_owned()
}

/// Parts that a server sent late stand hidden at the end, where a script would fetch them from (React's streams).
fn unfold(page: &Page) {
    let mut late = Vec::new();
    node::walk(&page.body(), |n| {
        if n.has_attr("hidden") && n.id_attr().is_some_and(|id| id.starts_with("S:")) {
            late.push(*n);
        }
        true
    });
    late.iter().for_each(|n| n.remove_attr("hidden"));
}

/// The smallest part of a page that holds all its markers: it is the article, whatever else stands out.
struct Around {
    /// The page as it was.
    document: Document,
    node: NodeId,
    markers: usize,
}

impl Around {
    /// True when what stands out leaves many of the markers out.
    fn is_lost(&self, content: &NodeRef<'_>) -> bool {
        markers(content).len() * 4 < self.markers * 3
    }

    /// It alone, in an element of its own.
    fn alone(self) -> (Document, NodeId) {
        let root = self.document.tree.new_element("div").id;
        self.document.tree.append_child_of(&root, &self.node);
        (self.document, root)
    }
}

fn markers<'a>(root: &NodeRef<'a>) -> Vec<NodeRef<'a>> {
    let mut markers = Vec::new();
    node::walk(root, |n| {
        if n.has_attr(CITE) {
            markers.push(*n);
        }
        true
    });
    markers
}

/// What is around the markers; nothing where that is the whole page.
fn around_markers(page: &Page) -> Option<Around> {
    let markers = markers(&page.body());
    let around = smallest(&markers)?;
    let article = node::around(&around, |n| matches!(&*node::name(n), "article" | "main"));
    let node = article.unwrap_or(around);
    (!is_page(&node)).then(|| Around {
        document: page.document.clone(),
        node: node.id,
        markers: markers.len(),
    })
}

/// The smallest element that holds all of these.
fn smallest<'a>(nodes: &[NodeRef<'a>]) -> Option<NodeRef<'a>> {
    let (first, rest) = nodes.split_first()?;
    let above: Vec<NodeRef<'a>> = first.ancestors_it(None).collect();
    let places: HashMap<NodeId, usize> = above.iter().enumerate().map(|(at, n)| (n.id, at)).collect();
    let shared = |n: &NodeRef<'a>| n.ancestors_it(None).find_map(|n| places.get(&n.id).copied());
    let at = rest.iter().filter_map(shared).max().unwrap_or(0);
    above.get(at).copied()
}

fn is_page(n: &NodeRef<'_>) -> bool {
    matches!(&*node::name(n), "body" | "html" | "")
}

/// The notes that were taken out, as they stand at the end.
fn listed(taken: &[Taken]) -> String {
    let mut out = String::new();
    let mut put = |reference: bool, title: &str| {
        let mut title = Some(title);
        for (at, note) in taken.iter().enumerate().filter(|(_, note)| note.reference == reference) {
            out.push_str(title.take().unwrap_or(""));
            out.push_str(&format!("<div {NOTE}=\"{at}\">{}</div>", note.html));
        }
    };
    put(false, "");
    put(true, "<h2>References</h2>");
    out
}

/// The names in a byline.
fn authors(byline: &str) -> Vec<String> {
    let line = byline.split_whitespace().collect::<Vec<_>>().join(" ");
    let line =
        ["By ", "by ", "BY ", "Von ", "Par "].iter().find_map(|by| line.strip_prefix(by)).unwrap_or(&line);
    vec![line.trim_matches([' ', ',', '|', '·']).to_owned()]
        .into_iter()
        .filter(|name| !name.is_empty())
        .collect()
}

/// Formulas that a script would draw keep their source: scripts are taken out of what is readable.
fn formulas(page: &Page) {
    let mut found = Vec::new();
    node::walk(&page.document.root(), |n| {
        if n.has_name("script") && node::attr(n, "type").starts_with("math/tex") {
            found.push(*n);
        }
        true
    });
    for script in found {
        let tex = script.text().to_string();
        let display = node::attr(&script, "type").contains("mode=display");
        drawn(&script);
        let name = if display { "div" } else { "span" };
        let tex = escaped(tex.trim());
        script.replace_with_html(format!("<{name} {TEX}=\"{tex}\">{tex}</{name}>"));
    }
}

/// What MathJax has drawn already stands before its source.
fn drawn(script: &NodeRef<'_>) {
    let mut at = script.prev_element_sibling();
    while let Some(n) = at {
        at = n.prev_element_sibling();
        let class = node::attr(&n, "class");
        if !class.starts_with("MathJax") && !class.starts_with("mjx") {
            return;
        }
        n.remove_from_parent();
    }
}
