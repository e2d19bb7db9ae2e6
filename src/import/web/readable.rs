//! The readable part of a page, and what is known about it, by dom_smoothie: a port of readability.js.

use dom_smoothie::{Config, Readability};

use super::notes::{self, NOTE, Taken, escaped};
use super::reading::{Reading, TEX};
use crate::article::{Builder, Draft, Part, Sort, limits};
use crate::import::html::{Page, Walker, node};
use crate::import::Error;

/// Reads a page.
///
/// # Errors
/// For a page that is too large.
pub fn read(page: Page) -> Result<Part, Error> {
    formulas(&page);
    let taken = notes::take(&page);
    let language = page.language();
    let address = page.address.as_ref().map(ToString::to_string);
    let base = page.base.as_ref().map(ToString::to_string);
    let all = page.body().html().to_string();
    let complaints = page.complaints.clone();
    let config = Config { keep_classes: true, max_elements_to_parse: limits::READABLE.most, ..Config::default() };
    let mut builder = Builder::new(super::NAME);
    let found = Readability::with_document(page.document, None, Some(config)).and_then(|mut r| r.parse());
    let body = match found {
        Ok(found) => {
            builder.meta.language = if language.is_empty() { found.lang.unwrap_or_default() } else { language };
            builder.meta.date = found.published_time.unwrap_or_default();
            builder.meta.site = found.site_name.unwrap_or_default();
            builder.meta.authors = found.byline.map(|by| authors(&by)).unwrap_or_default();
            if !found.title.trim().is_empty() {
                builder.title(Draft::of(found.title.trim()));
            }
            found.content.to_string()
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
    let mut headed = false;
    for (at, note) in taken.iter().enumerate() {
        if note.reference && !std::mem::replace(&mut headed, true) {
            out.push_str("<h2>References</h2>");
        }
        out.push_str(&format!("<div {NOTE}=\"{at}\">{}</div>", note.html));
    }
    out
}

/// The names in a byline.
fn authors(byline: &str) -> Vec<String> {
    let line = byline.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = ["By ", "by ", "BY ", "Von ", "Par "].iter().find_map(|by| line.strip_prefix(by)).unwrap_or(&line);
    vec![line.trim_matches([' ', ',', '|', '·']).to_owned()].into_iter().filter(|name| !name.is_empty()).collect()
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
fn drawn(script: &dom_query::NodeRef<'_>) {
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
