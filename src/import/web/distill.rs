//! Articles in the elements of Distill: `<d-cite>`, `<d-footnote>`, `<d-math>` (older: `<dt-cite>`, `<dt-fn>`), with a
//! bibliography in the page or beside it, and front matter in JSON or YAML.

use std::collections::HashSet;

use dom_query::NodeRef;
use serde_json::Value;

use super::NAME;
use crate::article::build::{NoteLabels, Uncited};
use crate::article::{Builder, Csl, Draft, DraftCite, DraftMarker, Part, Sort, To};
use crate::cite;
use crate::import::html::{Dialect, Meaning, Note, Page, Walker, node};
use crate::import::markdown::Bibliography;
use crate::import::source::Beside;
use crate::import::{bibliography, markdown};

/// True for an article of Distill.
pub fn is(page: &Page) -> bool {
    node::find(&page.document.root(), |n| n.has_name("d-article") || n.has_name("dt-article")).is_some()
}

/// Reads an article.
pub fn read(page: Page, beside: &Beside) -> Part {
    rename(&page);
    let root = page.document.root();
    let mut builder = Builder::new(NAME);
    builder.meta.language = page.language();
    builder.meta.source = page.address.as_ref().map(ToString::to_string).unwrap_or_default();
    front(&page, &mut builder);
    let bibliography = works(&root, beside);
    bibliography.complaints.iter().for_each(|c| builder.report(c.clone()));
    let reading = Reading {
        known: bibliography.works.iter().map(|(key, _)| key.clone()).collect(),
        ..Reading::default()
    };
    builder.uncited = Uncited::LeftOut;
    // References have numbers.
    builder.note_labels = NoteLabels::Letters;
    for (key, csl) in bibliography.works {
        let entry = cite::entry::entry(&csl);
        builder.work(&key, csl, entry);
    }
    let mut walker = Walker::new(&page, reading, builder);
    walker.rise = 1;
    let parts = ["d-title", "dt-article", "d-article", "d-appendix", "dt-appendix"];
    let mut found = Vec::new();
    node::walk(&root, |n| {
        let part = parts.iter().any(|name| n.has_name(name)) && !node::is_hidden(n);
        if part {
            found.push(*n);
        }
        !part
    });
    let titled = node::find(&root, |n| n.has_name("d-title")).is_some();
    if !titled && !walker.builder.meta.title.is_empty() {
        let title = Draft::of(&std::mem::take(&mut walker.builder.meta.title));
        walker.builder.title(title);
    }
    if !titled {
        walker.builder.byline();
    }
    for part in &found {
        if !part.has_name("d-title") {
            walker.read(part);
            continue;
        }
        // Who wrote it stands below the title, ahead of what it says of itself.
        let title = part.children().into_iter().position(|child| child.has_name("h1"));
        for (at, child) in part.children().iter().enumerate() {
            walker.read_element(child);
            if at == title.unwrap_or(0) {
                walker.builder.byline();
            }
        }
    }
    let missing = walker.dialect.missing;
    if missing > 0 {
        let what = match missing {
            1 => "1 key that is cited is not in the bibliography".to_owned(),
            n => format!("{n} keys that are cited are not in the bibliography"),
        };
        walker.builder.complain_of(Sort::Dangling, "", &what);
    }
    walker.finish()
}

/// Elements that are known under another name.
fn rename(page: &Page) {
    let mut found = Vec::new();
    node::walk(&page.document.root(), |n| {
        let block = n.has_attr("block");
        let name = match &*node::name(n) {
            "d-code" | "dt-code" if block => "pre",
            "d-code" | "dt-code" => "code",
            "d-figure" => "figure",
            _ => return true,
        };
        found.push((*n, name));
        true
    });
    for (n, name) in found {
        n.rename(name);
        let language = node::attr(&n, "language");
        if !language.is_empty() {
            n.set_attr("data-language", &language);
        }
    }
}

/// What the page says of itself, and what its front matter says.
fn front(page: &Page, builder: &mut Builder) {
    let root = page.document.root();
    let named =
        |n: &NodeRef<'_>| n.has_name("d-front-matter") || node::attr(n, "type") == "text/front-matter";
    let told = node::find(&root, named).map(|n| n.text().to_string()).unwrap_or_default();
    let said = |name: &str| page.said("meta", ("name", name), "content");
    builder.meta.site = page.said("meta", ("property", "og:site_name"), "content").unwrap_or_default();
    if let Ok(Value::Object(map)) = serde_json::from_str::<Value>(&told) {
        let text = |key: &str| map.get(key).and_then(Value::as_str).unwrap_or("").to_owned();
        builder.meta.title = text("title");
        builder.meta.date = [text("publishedDate"), text("published"), text("date")]
            .into_iter()
            .find(|d| !d.is_empty())
            .unwrap_or_default();
        let authors = map.get("authors").and_then(Value::as_array);
        builder.meta.authors = authors.map(|all| all.iter().filter_map(author).collect()).unwrap_or_default();
    } else if !told.trim().is_empty() {
        let front = markdown::front_matter(&format!("---\n{}\n---\n", told.trim()));
        (builder.meta.title, builder.meta.authors, builder.meta.date) =
            (front.title, front.authors, front.date);
    }
    if builder.meta.date.is_empty() {
        builder.meta.date = said("citation_publication_date")
            .or_else(|| page.said("meta", ("property", "article:published"), "content"))
            .unwrap_or_default();
    }
    if builder.meta.title.is_empty() {
        let title = node::find(&root, |n| n.has_name("title"));
        builder.meta.title = title.map(|t| t.text().trim().to_owned()).unwrap_or_default();
    }
    if node::find(&root, |n| n.has_name("d-title"))
        .is_some_and(|t| node::find(&t, |n| n.has_name("h1")).is_some())
    {
        builder.meta.title.clear();
    }
}

fn author(value: &Value) -> Option<String> {
    let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let whole = || Some(format!("{} {}", text("firstName")?, text("lastName")?));
    let first = || value.as_object()?.iter().next().map(|(name, _)| name.clone());
    value
        .as_str()
        .map(str::to_owned)
        .or_else(|| text("author"))
        .or_else(|| text("name"))
        .or_else(whole)
        .or_else(first)
}

/// The bibliography: in the page, or in the file that the page names.
fn works(root: &NodeRef<'_>, beside: &Beside) -> Bibliography {
    let (mut names, mut texts) = (Vec::new(), Vec::new());
    node::walk(root, |n| {
        if n.has_name("d-bibliography") || n.has_name("dt-bibliography") {
            names.extend(n.attr("src").map(|src| src.to_string()).filter(|src| !src.is_empty()));
            texts.push(n.text().to_string());
        } else if n.has_name("script")
            && matches!(&*node::attr(n, "type"), "text/bibliography" | "text/bibtex")
        {
            texts.push(n.text().to_string());
        }
        true
    });
    let mut out = Bibliography::default();
    for text in texts {
        add(&mut out, inline(&text));
    }
    if out.works.is_empty() && !names.is_empty() {
        let found = bibliography::works(beside, &names);
        out.complaints.extend(found.complaints);
        add(&mut out, found.works);
    }
    out
}

/// Adds works; the first of a key counts.
fn add(out: &mut Bibliography, works: Vec<(String, Csl)>) {
    let mut known: HashSet<String> = out.works.iter().map(|(key, _)| key.clone()).collect();
    out.works.extend(works.into_iter().filter(|(key, _)| known.insert(key.clone())));
}

/// A bibliography in the page: BibTeX, or the JSON that Distill's own script leaves.
fn inline(text: &str) -> Vec<(String, Csl)> {
    let text = text.trim();
    if !text.starts_with('[') {
        return if text.is_empty() { Vec::new() } else { cite::bibtex::read(text).works };
    }
    let Ok(Value::Array(pairs)) = serde_json::from_str::<Value>(text) else { return Vec::new() };
    let mut out = String::new();
    for pair in &pairs {
        let (Some(key), Some(fields)) =
            (pair.get(0).and_then(Value::as_str), pair.get(1).and_then(Value::as_object))
        else {
            continue;
        };
        let kind = fields.get("type").and_then(Value::as_str).unwrap_or("misc");
        out.push_str(&format!("@{kind}{{{key},\n"));
        for (name, value) in fields.iter().filter(|(name, _)| *name != "type") {
            out.push_str(&format!("{name} = {{{}}},\n", value.as_str().unwrap_or("")));
        }
        out.push_str("}\n");
    }
    cite::bibtex::read(&out).works
}

/// Reads the elements of Distill.
#[derive(Default)]
struct Reading {
    known: HashSet<String>,
    /// How many notes came so far.
    notes: usize,
    missing: usize,
}

impl Reading {
    fn cites(&mut self, n: &NodeRef<'_>) -> Meaning {
        let keys = ["key", "bibtex-key"].iter().map(|name| node::attr(n, name)).find(|keys| !keys.is_empty());
        let keys = keys.unwrap_or_default();
        let mut marker = DraftMarker::default();
        for key in keys.split(',').map(str::trim).filter(|key| !key.is_empty()) {
            let to = if self.known.contains(key) {
                To::Reference(key.to_owned())
            } else {
                self.missing += 1;
                To::Missing(key.to_owned())
            };
            marker.cites.push(DraftCite::new(to));
        }
        if marker.cites.is_empty() {
            return Meaning::Inside { block: false };
        }
        Meaning::Marker { shown: None, marker }
    }

    fn note(&mut self) -> Meaning {
        self.notes += 1;
        let name = format!("note-{}", self.notes);
        let cites = vec![DraftCite::new(To::Note(name.clone()))];
        let marker = DraftMarker { cites, ..DraftMarker::default() };
        Meaning::Note(Note { name, marker: Some((None, marker)), ..Note::default() })
    }
}

impl Dialect for Reading {
    fn meaning(&mut self, n: &NodeRef<'_>) -> Meaning {
        match &*node::name(n) {
            "d-cite" | "dt-cite" => self.cites(n),
            "d-footnote" | "dt-fn" => self.note(),
            "d-math" | "dt-math" => {
                Meaning::Formula { tex: n.text().trim().to_owned(), display: n.has_attr("block") }
            }
            "h1" if node::around(n, |n| n.has_name("d-title")).is_some() => Meaning::Title,
            "d-contents" | "d-toc" | "d-byline" | "dt-byline" | "d-bibliography" | "dt-bibliography"
            | "d-citation-list" | "d-footnote-list" | "dt-appendix-list" | "d-front-matter"
            | "d-hover-box" | "d-interstitial" | "distill-header" | "distill-footer" | "dt-header"
            | "dt-footer" | "dt-banner" => Meaning::Dropped,
            "d-abstract" | "dt-abstract" | "d-article" | "dt-article" => Meaning::Inside { block: true },
            _ => Meaning::Own,
        }
    }
}
