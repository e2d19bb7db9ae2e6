//! References that nothing cites, and references that lack a title or a date.

use std::collections::HashSet;

use super::document::Document;
use super::finding::{Finding, Kind, Spot};
use super::same;
use crate::article::{Place, RefId, Reference, Thing};
use crate::export::inspect::references_in_order;

/// Everything that is wrong with the references that the article lists.
pub fn findings(document: &Document) -> Vec<Finding> {
    let mut found = unused(document);
    // Fields that were read off the words of a page or a text say little of what its author left out.
    if document.is_markdown {
        found.extend(fields(document));
    }
    found.extend(twice(document));
    found
}

/// The references in the order of their list.
fn in_order(document: &Document) -> impl Iterator<Item = (RefId, &Reference)> {
    let article = &document.article;
    references_in_order(article).filter_map(|id| Some((id, article.references.get(id.index())?)))
}

/// A finding where a reference is defined.
fn finding(document: &Document, reference: &Reference, kind: Kind, what: &str) -> Finding {
    let what = format!("{} {what}", document.name(reference));
    if let Some(work) = document.work(&reference.id) {
        return Finding { file: work.file, ..Finding::new(kind, Spot::At(work.at), what) };
    }
    let entry = reference.entry.and_then(|id| document.source_of(Thing::Entry, Place::start_of(id)));
    Finding::new(kind, Spot::at(entry.map(|range| range.start)), what)
}

/// References that are listed though nothing cites them, and nothing asks for that (`nocite`).
fn unused(document: &Document) -> Vec<Finding> {
    let wanted: HashSet<&str> = document.front.nocite.iter().map(String::as_str).collect();
    if wanted.contains("*") {
        return Vec::new();
    }
    // A reference that is named as the whole of another is cited through it.
    let parents: HashSet<_> = document.article.references.iter().filter_map(|r| r.parent).collect();
    let unused = in_order(document).filter(|(_, r)| r.mentions.is_empty() && !wanted.contains(&*r.id));
    let unused = unused.filter(|(id, _)| !parents.contains(id));
    unused.map(|(_, r)| finding(document, r, Kind::UnusedReference, "is listed, but never cited")).collect()
}

/// References without a title or a date. One that is part of another has them from that; letters and talks have no
/// title.
fn fields(document: &Document) -> Vec<Finding> {
    let mut found = Vec::new();
    for (_, reference) in in_order(document).filter(|(_, r)| r.parent.is_none()) {
        let untitled = matches!(reference.field("type"), "personal_communication" | "interview");
        if !untitled && !reference.csl.contains_key("title") {
            found.push(finding(document, reference, Kind::NoTitle, "has no title"));
        }
        if !reference.csl.contains_key("issued") {
            found.push(finding(document, reference, Kind::NoDate, "has no date"));
        }
    }
    found
}

/// References to the same work.
fn twice(document: &Document) -> Vec<Finding> {
    let references: Vec<&Reference> = in_order(document).map(|(_, r)| r).collect();
    let pairs = same::pairs(&references).into_iter();
    let words = pairs.map(|(later, first, why)| {
        let what = format!("is the same work as {} (by {why})", document.name(references[first]));
        finding(document, references[later], Kind::DuplicateReference, &what)
    });
    words.collect()
}
