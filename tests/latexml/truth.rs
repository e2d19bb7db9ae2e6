//! What a page's markup says, read without the importer: groups of cites, entries, headings, formulas.

use dom_query::{Document, NodeRef};

/// What there is to find in a page.
#[derive(Debug, Default)]
pub struct Truth {
    /// For each group of cites, the entries that it links to; author and year are one.
    pub groups: Vec<Vec<String>>,
    /// The last word before each group.
    pub before: Vec<String>,
    /// Links to entries.
    pub anchors: usize,
    /// Names of entries, and their words.
    pub entries: Vec<(String, String)>,
    /// Levels and titles.
    pub headings: Vec<(u8, String)>,
    /// Footnotes.
    pub notes: usize,
    /// The TeX of each formula.
    pub formulas: Vec<String>,
}

const BLOCKS: [&str; 16] = [
    "p",
    "div",
    "li",
    "ul",
    "ol",
    "dt",
    "dd",
    "table",
    "tr",
    "td",
    "section",
    "figure",
    "figcaption",
    "br",
    "h2",
    "h3",
];

fn is(n: &NodeRef<'_>, class: &str) -> bool {
    n.has_class(class)
}

/// Reads a page.
pub fn truth(html: &str) -> Truth {
    let document = Document::from(html);
    let mut truth = Truth::default();
    // Text that stands before a place: notes are no part of what is around them.
    let mut texts = vec![String::new()];
    let mut notes = Truth::default();
    visit(&document.body().unwrap(), &mut truth, &mut notes, &mut texts);
    // Notes are listed at the end of an article.
    truth.groups.append(&mut notes.groups);
    truth.before.append(&mut notes.before);
    truth.formulas.append(&mut notes.formulas);
    truth.anchors += notes.anchors;
    truth
}

fn visit(parent: &NodeRef<'_>, truth: &mut Truth, notes: &mut Truth, texts: &mut Vec<String>) {
    for n in parent.children_it(false) {
        if n.is_text() {
            texts.last_mut().unwrap().push_str(&n.text());
            continue;
        }
        let Some(name) = n.node_name() else { continue };
        if BLOCKS.contains(&&*name) {
            texts.last_mut().unwrap().push('\n');
        }
        let note = is(&n, "ltx_note");
        if note {
            truth.notes += usize::from(is(&n, "ltx_role_footnote"));
            texts.push(String::new());
        }
        let into = if texts.len() > 1 { &mut *notes } else { &mut *truth };
        if enter(&n, &name, into, texts.last_mut().unwrap()) {
            visit(&n, truth, notes, texts);
        }
        if note {
            texts.pop();
        }
    }
}

/// What an element says; false when nothing in it counts.
fn enter(n: &NodeRef<'_>, name: &str, truth: &mut Truth, text: &str) -> bool {
    if matches!(name, "script" | "style" | "button" | "footer") {
        return false;
    }
    if let Some(tex) = tex(n) {
        truth.formulas.push(tex);
        return false;
    }
    if is(n, "ltx_cite") {
        group(n, truth, text);
        return false;
    }
    if is(n, "ltx_bibitem") {
        let blocks = n.descendants_it().filter(|d| is(d, "ltx_bibblock"));
        let words = blocks.map(|b| words(&b)).collect::<Vec<_>>().join(" ");
        truth.entries.push((n.id_attr().unwrap().to_string(), words));
        return false;
    }
    let level = name.strip_prefix('h').and_then(|l| l.parse::<u8>().ok());
    let shown = ["document", "theorem", "proof", "keywords", "classification"];
    if let Some(level) = level.filter(|_| is(n, "ltx_title")) {
        if !shown.iter().any(|kind| is(n, &format!("ltx_title_{kind}"))) {
            let level = if is(n, "ltx_title_abstract") { 2 } else { level };
            truth.headings.push((level - 1, words(n)));
        }
        return !is(n, "ltx_title_document");
    }
    true
}

fn group(cite: &NodeRef<'_>, truth: &mut Truth, text: &str) {
    let links = cite.descendants_it().filter_map(|d| d.attr("href"));
    let mut keys: Vec<String> = links.map(|h| h.split_once('#').unwrap().1.to_owned()).collect();
    truth.anchors += keys.len();
    keys.dedup();
    truth.groups.push(keys);
    truth.before.push(last_word(text));
}

/// The TeX of a formula, without the line ends that the converter broke it with.
fn tex(n: &NodeRef<'_>) -> Option<String> {
    let told = if n.node_name().is_some_and(|name| &*name == "math") {
        n.attr("alttext")?
    } else if is(n, "ltx_Math") || is(n, "ltx_DisplayMath") {
        n.descendants_it().find_map(|d| d.attr("aria-label"))?
    } else {
        return None;
    };
    Some(told.replace("%\n", "").trim().trim_start_matches("\\displaystyle").trim().to_owned())
}

fn words(n: &NodeRef<'_>) -> String {
    let mut out = String::new();
    let mut open: Vec<NodeRef<'_>> = vec![*n];
    while let Some(at) = open.pop() {
        if at.is_text() {
            out.push_str(&at.text());
        } else if let Some(tex) = tex(&at) {
            out.push_str(&ibid::import::tex::inline(&tex));
        } else if !is(&at, "ltx_note") {
            let children: Vec<_> = at.children_it(false).collect();
            open.extend(children.into_iter().rev());
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn last_word(text: &str) -> String {
    let end = text.trim_end_matches(|c| !is_word(c));
    end.rsplit(|c| !is_word(c)).next().unwrap_or("").to_owned()
}
