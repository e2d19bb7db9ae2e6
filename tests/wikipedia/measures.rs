//! What a page's markup says, read without the importer: its markers, entries, headings, and the words before them.

use std::collections::HashMap;
use std::path::Path;

use dom_query::{Document, NodeRef};
use ibid::article::{Article, Target};
use ibid::export::inspect;
use ibid::import::{self, Source, folder};
use serde_json::Value;

/// What there is to find in a page.
#[derive(Debug, Default)]
pub struct Truth {
    /// The ids that the markers cite, in order.
    pub markers: Vec<String>,
    /// The last word before each.
    pub before: Vec<String>,
    /// Entries by their ids.
    pub entries: Vec<(String, String)>,
    /// Levels and titles.
    pub headings: Vec<(u8, String)>,
}

/// Reads a file as an article.
pub fn read(path: &Path) -> Article {
    import::read(Source::open(path).unwrap()).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// Reads HTML as an article.
pub fn read_html(name: &str, html: &str) -> Article {
    import::read(Source::bytes(name, html.as_bytes().to_vec()).unwrap()).unwrap()
}

fn has(n: &NodeRef<'_>, classes: &[&str]) -> bool {
    classes.iter().any(|class| n.has_class(class))
}

/// The HTML of a file: of mobileview, its sections with their headings.
pub fn html_of(path: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap();
    if path.extension().is_none_or(|e| e != "json") {
        return text;
    }
    let json: Value = serde_json::from_str(&text).unwrap();
    let sections = json["mobileview"]["sections"].as_array().cloned().unwrap_or_default();
    let html = sections.iter().map(|s| {
        let heading = s["line"].as_str().map(|line| {
            let level = s["level"].as_str().unwrap_or("2");
            format!("<h{level}>{line}</h{level}>")
        });
        heading.unwrap_or_default() + s["text"].as_str().unwrap_or("")
    });
    html.collect()
}

const BLOCKS: [&str; 26] = [
    "p",
    "div",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "table",
    "tr",
    "td",
    "th",
    "caption",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "section",
    "blockquote",
    "figure",
    "figcaption",
    "pre",
    "br",
    "hr",
];

/// Reads a page.
pub fn truth(html: &str) -> Truth {
    let document = Document::from(html);
    let body = document.body().unwrap();
    let content = document.select_single("#mw-content-text").nodes().first().copied();
    let body = content.unwrap_or(body);
    let mut truth = Truth::default();
    let mut text = String::new();
    let mut next = body.first_child();
    while let Some(n) = next {
        let mut inside = true;
        if n.is_text() {
            text.push_str(&n.text());
        } else if let Some(name) = n.node_name() {
            if BLOCKS.contains(&&*name) {
                text.push('\n');
            }
            inside = enter(&n, &name, &mut truth, &text);
        }
        next = if inside { n.first_child() } else { None };
        next = next.or_else(|| after(&n, &body));
    }
    truth
}

/// What an element says; false when nothing in it counts.
fn enter(n: &NodeRef<'_>, name: &str, truth: &mut Truth, text: &str) -> bool {
    let style = n.attr("style").unwrap_or_default().replace(' ', "");
    let folded =
        n.has_attr("data-mw-section-id") || name == "table" || has(n, &["pcs-collapse-table-content"]);
    if matches!(name, "script" | "style" | "noscript" | "template" | "math" | "header" | "audio" | "video")
        || (style.contains("display:none") && !folded)
        || has(n, &["mw-editsection", "mw-cite-backlink", "toc", "navbar", "mwe-math-element"])
    {
        return false;
    }
    if has(n, &["reference", "mw-ref"])
        && let Some(href) = link_in(n)
    {
        truth.markers.push(folder::decoded(href.split_once('#').unwrap().1).replace(' ', "_"));
        truth.before.push(last_word(text));
        return false;
    }
    let heading = name.strip_prefix('h').and_then(|l| l.parse::<u8>().ok());
    if let Some(level) = heading.filter(|_| !n.has_class("firstHeading")) {
        truth.headings.push((level.max(2) - 1, words(n)));
    }
    if let Some(id) = n.id_attr().filter(|id| name == "li" && id.starts_with("cite_note")) {
        let held = n.descendants_it().find(|d| has(d, &["reference-text", "mw-reference-text"]));
        truth.entries.push((id.replace(' ', "_"), words(&held.unwrap_or(*n))));
    }
    true
}

fn link_in(n: &NodeRef<'_>) -> Option<String> {
    let link = n.descendants_it().find(|d| d.attr("href").is_some_and(|h| h.contains("#cite_note")))?;
    Some(link.attr("href")?.to_string())
}

fn after<'a>(n: &NodeRef<'a>, root: &NodeRef<'a>) -> Option<NodeRef<'a>> {
    let mut at = *n;
    while at.id != root.id {
        if let Some(next) = at.next_sibling() {
            return Some(next);
        }
        at = at.parent()?;
    }
    None
}

/// The words that an element shows.
fn words(n: &NodeRef<'_>) -> String {
    let mut out = String::new();
    let mut next = n.first_child();
    while let Some(at) = next {
        let style = at.attr("style").unwrap_or_default().replace(' ', "");
        let hidden = style.contains("display:none")
            || has(&at, &["mw-editsection", "mw-cite-backlink", "mw-linkback-text"])
            || at.node_name().is_some_and(|n| matches!(&*n, "style" | "script" | "math" | "noscript"));
        if at.is_text() {
            out.push_str(&at.text());
        } else if at.node_name().is_some_and(|name| BLOCKS.contains(&&*name)) {
            out.push(' ');
        }
        next = if hidden { None } else { at.first_child() };
        next = next.or_else(|| after(&at, n));
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

/// How well an article agrees with its source.
#[derive(Debug, Default)]
pub struct Measures {
    pub markers: usize,
    pub recall: f64,
    pub precision: f64,
    pub resolved: usize,
    pub resolvable: usize,
    pub references: usize,
    pub found: usize,
    pub text: f64,
    pub residue: usize,
    pub outline: f64,
    pub before: f64,
    /// What differs, for the reader of the table.
    pub told: Vec<String>,
}

/// Measures an article.
pub fn measure(article: &Article, truth: &Truth) -> Measures {
    let inspected = inspect::inspect(article);
    let keys: Vec<String> = article.markers.iter().map(|m| target(article, &m.cites[0].target)).collect();
    let entries = entries(&inspected);
    let mut told = Vec::new();
    let common = shared(&keys, &truth.markers);
    let ids: HashMap<&str, &str> = truth.entries.iter().map(|(id, t)| (&**id, &**t)).collect();
    let (mut sum, mut found, mut residue) = (0.0, 0, 0);
    for (id, text) in &ids {
        let Some(ours) = entries.get(*id) else {
            told.push(format!("no entry {id}"));
            continue;
        };
        found += 1;
        let score = f1(ours, text);
        if score < 0.95 {
            told.push(format!("{score:.2} {id}: {ours} | {text}"));
        }
        sum += score;
        let head: String = ours.chars().take(4).collect();
        let rest = head.starts_with(['^', '↑', '↩']) || ours.contains('↩') || head.starts_with("a b");
        residue += usize::from(rest && !text.starts_with(&head));
    }
    let outline = outline(&inspected);
    let before = inspected["markers"].as_array().unwrap().iter().map(|m| m["before"].as_str().unwrap_or(""));
    let pairs: Vec<(&str, &str)> = before.zip(truth.before.iter().map(|b| &**b)).collect();
    let same = pairs.iter().filter(|(a, b)| a == b || a.is_empty()).count();
    told.extend(
        pairs.iter().filter(|(a, b)| a != b && !a.is_empty()).take(6).map(|(a, b)| format!("before {a}|{b}")),
    );
    let resolved = inspected["markers"].as_array().unwrap().iter().filter(|m| m["resolved"] == true).count();
    let share = |part: usize, of: usize| if of == 0 { 1.0 } else { part as f64 / of as f64 };
    let heads: Vec<String> = truth.headings.iter().map(|(l, t)| format!("{l} {t}")).collect();
    let same_heads = shared(&outline, &heads);
    told.extend(heads.iter().filter(|h| !outline.contains(h)).map(|h| format!("heading {h}")));
    Measures {
        markers: keys.len(),
        recall: share(common, truth.markers.len()),
        precision: share(common, keys.len()),
        resolved,
        resolvable: truth.markers.iter().filter(|m| ids.contains_key(m.as_str())).count(),
        references: ids.len(),
        found,
        text: if found == 0 { 1.0 } else { sum / found as f64 },
        residue,
        outline: share(2 * same_heads, heads.len() + outline.len()),
        before: share(same, pairs.len()),
        told,
    }
}

/// The id that a marker cites, there or not.
pub fn target(article: &Article, target: &Target) -> String {
    match target {
        Target::Reference(r) => article.references[r.index()].id.to_string(),
        Target::Note(n) => article.notes[n.index()].id.to_string(),
        Target::Missing(key) => key.to_string(),
    }
}

/// Texts of references and notes by their ids.
fn entries(inspected: &Value) -> HashMap<String, String> {
    let listed = ["references", "notes"].into_iter().flat_map(|of| inspected[of].as_array().unwrap());
    let word = |v: &Value| v.as_str().unwrap_or("").to_owned();
    listed.map(|entry| (word(&entry["id"]), word(&entry["text"]))).collect()
}

fn outline(inspected: &Value) -> Vec<String> {
    let sections = inspected["sections"].as_array().unwrap();
    let title =
        |s: &Value| s["title"].as_str().unwrap_or("").split_whitespace().collect::<Vec<_>>().join(" ");
    sections.iter().map(|s| format!("{} {}", s["level"], title(s))).collect()
}

/// How many things two lists share, in order.
fn shared(a: &[String], b: &[String]) -> usize {
    if a == b {
        return a.len();
    }
    let mut row = vec![0; b.len() + 1];
    for x in a {
        let mut corner = 0;
        for (at, y) in b.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if x == y { corner + 1 } else { above.max(row[at]) };
            corner = above;
        }
    }
    row[b.len()]
}

/// The F1 of the tokens of two texts.
pub fn f1(a: &str, b: &str) -> f64 {
    let tokens = |text: &str| {
        let mut counts: HashMap<String, usize> = HashMap::new();
        for word in text.split(|c| !is_word(c)).filter(|w| !w.is_empty()) {
            *counts.entry(word.to_lowercase()).or_default() += 1;
        }
        counts
    };
    let (a, b) = (tokens(a), tokens(b));
    let (all_a, all_b): (usize, usize) = (a.values().sum(), b.values().sum());
    let both: usize = a.iter().map(|(word, n)| b.get(word).copied().unwrap_or(0).min(*n)).sum();
    if all_a + all_b == 0 { 1.0 } else { 2.0 * both as f64 / (all_a + all_b) as f64 }
}
