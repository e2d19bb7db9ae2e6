//! The readable part of a page, and what is known about it, by dom_smoothie: a port of readability.js.

use dom_query::NodeRef;
use dom_smoothie::{Config, Readability};

use super::notes::{self, CITE, NOTE, Taken, escaped};
use super::reading::{Reading, TEX};
use crate::article::{Builder, Draft, Part, Sort, limits};
use crate::import::Error;
use crate::import::html::{Page, Walker, node};

/// Reads a page.
///
/// # Errors
/// For a page that is too large.
pub fn read(page: Page) -> Result<Part, Error> {
    formulas(&page);
    unfold(&page);
    let taken = notes::take(&page);
    let around = around_markers(&page);
    let language = page.language();
    let address = page.address.as_ref().map(ToString::to_string);
    let base = page.base.as_ref().map(ToString::to_string);
    let all = page.body().html().to_string();
    let complaints = page.complaints.clone();
    // No article nests so deep, and the library would take long.
    let deep = complaints.iter().any(|c| c.what == limits::DEPTH.message);
    let most = if deep { 1 } else { limits::READABLE.most };
    let config = Config { keep_classes: true, max_elements_to_parse: most, ..Config::default() };
    let mut builder = Builder::new(super::NAME);
    let found = Readability::with_document(page.document, None, Some(config)).and_then(|mut r| r.parse());
    let body = match found {
        Ok(found) => {
            builder.meta.language =
                if language.is_empty() { found.lang.unwrap_or_default() } else { language };
            builder.meta.date = found.published_time.unwrap_or_default();
            builder.meta.site = found.site_name.unwrap_or_default();
            builder.meta.authors = found.byline.map(|by| authors(&by)).unwrap_or_default();
            if !found.title.trim().is_empty() {
                builder.title(Draft::of(found.title.trim()));
            }
            let content = found.content.to_string();
            let lost = |around: &(usize, String)| content.matches(CITE).count() * 4 < around.0 * 3;
            around.filter(lost).map_or(content, |(_, html)| html)
        }
        Err(_) => {
            builder.meta.language = language;
            builder.complain_of(Sort::Reading, "", "no article stands out in this page: all of it is shown");
            all
        }
    };
    builder.meta.source = address.clone().unwrap_or_default();
    let mut page = Page::parse(&whole(&body, base.as_deref(), address.as_deref(), &taken))?;
    page.complaints = complaints;
    let mut walker = Walker::new(&page, Reading::new(&taken), builder);
    walker.rise = 1;
    walker.read(&page.body());
    Ok(walker.finish())
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

/// How many markers there are, and the smallest part of the page that holds all of them: it is the article, whatever
/// else stands out. Nothing where that is the whole page.
fn around_markers(page: &Page) -> Option<(usize, String)> {
    let mut markers = Vec::new();
    node::walk(&page.body(), |n| {
        if n.has_attr(CITE) {
            markers.push(*n);
        }
        true
    });
    let (first, rest) = markers.split_first()?;
    let holds = |n: &NodeRef<'_>| rest.iter().all(|m| node::around(m, |a| a.id == n.id).is_some());
    let around = node::around(first, holds)?;
    let article = node::around(&around, |n| matches!(&*node::name(n), "article" | "main"));
    let around = article.unwrap_or(around);
    (!is_page(&around)).then(|| (markers.len(), around.html().to_string()))
}

fn is_page(n: &NodeRef<'_>) -> bool {
    matches!(&*node::name(n), "body" | "html" | "")
}

/// The readable part as a page of its own, with the notes at its end.
fn whole(body: &str, base: Option<&str>, address: Option<&str>, taken: &[Taken]) -> String {
    let mut out = String::from("<!DOCTYPE html><head>");
    if let Some(base) = base {
        out.push_str(&format!("<base href=\"{}\">", escaped(base)));
    }
    if let Some(address) = address {
        out.push_str(&format!("<link rel=canonical href=\"{}\">", escaped(address)));
    }
    out.push_str("</head><body>");
    out.push_str(body);
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
