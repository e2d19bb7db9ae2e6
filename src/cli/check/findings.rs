//! What may be wrong with an article, found by looking at it alone.

use std::collections::{HashMap, HashSet};

use serde::Serialize;

use crate::article::{Article, BlockId, Destination, InlineKind, MarkerId, RefId, Reference, Target};
use crate::cite::short;
use crate::cli::convert::pictures;
use crate::export::inspect::references_in_order;
use crate::import::source::Beside;

/// Something that may be wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What sort of thing it is.
    pub kind: Kind,
    /// Where it is, as far as that is known: a line of the file, a section, a key.
    #[serde(rename = "where")]
    pub place: String,
    /// What it is, in words.
    pub what: String,
}

/// The sorts of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Something that could not be read well.
    Complaint,
    /// A marker that leads nowhere.
    DanglingMarker,
    /// A reference that nothing cites.
    UnusedReference,
    /// A note that nothing cites.
    UnusedNote,
    /// Two references to one work.
    DuplicateReference,
    /// A reference without a title.
    NoTitle,
    /// A reference without a date.
    NoDate,
    /// A link to a part of the article that is not there.
    BrokenLink,
    /// A picture whose file is not there.
    MissingFile,
    /// A heading that skips a level.
    SkippedLevel,
}

/// Everything that may be wrong; `place` is where the article's files lie.
pub fn findings(article: &Article, place: &Beside) -> Vec<Finding> {
    let mut found = complaints(article);
    found.extend(dangling(article));
    found.extend(links(article));
    found.extend(levels(article));
    found.extend(unused(article));
    found.extend(fields(article));
    found.extend(duplicates(article));
    found.extend(files(article, place));
    found
}

fn finding(kind: Kind, place: impl Into<String>, what: impl Into<String>) -> Finding {
    Finding { kind, place: place.into(), what: what.into() }
}

fn complaints(article: &Article) -> Vec<Finding> {
    article.complaints.iter().map(|c| finding(Kind::Complaint, &*c.place, &*c.what)).collect()
}

/// Markers that lead nowhere, unless the importer has said so already, and on which line.
fn dangling(article: &Article) -> Vec<Finding> {
    let markers = article.markers.iter().zip((0..).map(MarkerId));
    let unresolved = markers.filter(|(_, id)| !article.resolved(*id));
    let said: HashSet<&str> = article.complaints.iter().filter_map(|c| c.what.split(" is ").next()).collect();
    let said = |name: &str| said.contains(&*format!("@{name}")) || said.contains(&*format!("[^{name}]"));
    let unsaid = unresolved.filter(|(marker, _)| {
        !marker.cites.iter().any(|cite| matches!(&cite.target, Target::Missing(name) if said(name)))
    });
    unsaid
        .map(|(marker, id)| {
            let what = format!("the marker {} leads nowhere", article.label(id));
            finding(Kind::DanglingMarker, where_is(article, marker.place.block), what)
        })
        .collect()
}

/// A place in words: the section it is in.
fn where_is(article: &Article, block: BlockId) -> String {
    match article.section_of(block) {
        Some(section) => format!("“{}”", article.section_title(section).trim()),
        None => "the beginning".to_owned(),
    }
}

fn links(article: &Article) -> Vec<Finding> {
    let mut found = Vec::new();
    for (block, id) in article.blocks.iter().zip((0..).map(BlockId)) {
        for inline in block.text.inlines() {
            if let InlineKind::Link(link) = inline.kind
                && let Destination::Missing(name) = article.destination(link)
            {
                let what = format!("a link leads to #{name}, which is not there");
                found.push(finding(Kind::BrokenLink, where_is(article, id), what));
            }
        }
    }
    found
}

fn levels(article: &Article) -> Vec<Finding> {
    let own: Vec<_> = article.sections.iter().filter(|s| !s.added).collect();
    let before = std::iter::once(0).chain(own.iter().map(|s| s.level));
    let skipped = own.iter().zip(before).filter(|(section, before)| section.level > before + 1);
    skipped
        .map(|(section, before)| {
            let what = match before {
                0 => format!("the first heading is of level {}: there is none above it", section.level),
                _ => format!("a heading of level {} follows one of level {before}", section.level),
            };
            finding(Kind::SkippedLevel, where_is(article, section.heading), what)
        })
        .collect()
}

fn unused(article: &Article) -> Vec<Finding> {
    let parents: HashSet<RefId> = article.references.iter().filter_map(|r| r.parent).collect();
    let unused = |id: &RefId| article.references[id.index()].mentions.is_empty() && !parents.contains(id);
    let references = references_in_order(article).filter(unused);
    let references = references.map(|id| &article.references[id.index()]);
    let references = references.map(|r| finding(Kind::UnusedReference, key(r), "is listed, but never cited"));
    let notes = article.notes.iter().filter(|n| n.mentions.is_empty() && !n.blocks.is_empty());
    let notes =
        notes.map(|n| finding(Kind::UnusedNote, format!("[^{}]", n.id), "is written, but never cited"));
    references.chain(notes).collect()
}

fn in_order(article: &Article) -> impl Iterator<Item = &Reference> {
    references_in_order(article).filter_map(|id| article.references.get(id.index()))
}

fn key(reference: &Reference) -> String {
    format!("@{}", reference.id)
}

/// References without a title or a date. One that is part of another has them from that.
fn fields(article: &Article) -> Vec<Finding> {
    let mut found = Vec::new();
    for reference in in_order(article).filter(|r| r.parent.is_none()) {
        for (kind, field, what) in
            [(Kind::NoTitle, "title", "has no title"), (Kind::NoDate, "issued", "has no date")]
        {
            if !reference.csl.contains_key(field) {
                found.push(finding(kind, key(reference), what));
            }
        }
    }
    found
}

/// References to the same work, by DOI or address.
fn duplicates(article: &Article) -> Vec<Finding> {
    let mut seen: HashMap<String, &Reference> = HashMap::new();
    let mut found = Vec::new();
    for reference in in_order(article) {
        let names = [doi(reference), address(reference)];
        let other = names.iter().flatten().find_map(|name| seen.get(name));
        if let Some(other) = other {
            let what = format!("is the same work as {}", key(other));
            found.push(finding(Kind::DuplicateReference, key(reference), what));
        }
        for name in names.into_iter().flatten() {
            seen.entry(name).or_insert(reference);
        }
    }
    found
}

fn doi(reference: &Reference) -> Option<String> {
    let doi = reference.field("DOI").to_lowercase();
    let doi =
        doi.rsplit_once("doi.org/").map_or(doi.as_str(), |(_, doi)| doi).trim_start_matches("doi:").trim();
    (!doi.is_empty()).then(|| format!("doi:{doi}"))
}

/// An address without what does not tell works apart: the scheme, `www.`, a slash at the end.
fn address(reference: &Reference) -> Option<String> {
    let url = short::address(&reference.csl).filter(|_| !reference.field("URL").is_empty())?;
    let rest = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
    let rest = rest.strip_prefix("www.").unwrap_or(rest).trim_end_matches('/');
    // The front page of a site is where many works are.
    rest.contains(['/', '?']).then(|| rest.to_owned())
}

fn files(article: &Article, place: &Beside) -> Vec<Finding> {
    if matches!(place, Beside::Nothing) {
        return Vec::new();
    }
    let missing = pictures(article).into_iter().filter(|path| !place.has(path));
    missing.map(|path| finding(Kind::MissingFile, path, "is shown, but the file is not there")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{Source, read};

    fn found(text: &str) -> Vec<String> {
        let article = read(Source::bytes("a.md", text.as_bytes().to_vec()).unwrap()).unwrap();
        let show = |f: Finding| format!("{:?} {} {}", f.kind, f.place, f.what);
        findings(&article, &Beside::Nothing).into_iter().map(show).collect()
    }

    const WORKS: &str = "---\ntitle: T\nnocite: '@*'\nreferences:\n\
        - {id: a, type: book, title: A, issued: 2020, DOI: 10.1/X}\n\
        - {id: b, type: book, title: B, issued: 2020, DOI: 'https://doi.org/10.1/x'}\n\
        - {id: c, type: webpage, URL: 'https://www.a.example/p/'}\n\
        - {id: d, type: webpage, title: D, issued: 2021, URL: 'http://a.example/p'}\n\
        - {id: e, type: webpage, title: E, issued: 2021, URL: 'https://a.example/'}\n---\n";

    #[test]
    fn an_article_without_faults_has_no_findings() {
        assert_eq!(found("# T\n\nText[^n] and [a link](#part).\n\n## Part\n\n[^n]: Note.\n"), [""; 0]);
    }

    #[test]
    fn each_fault_is_found() {
        let cases = [
            ("x[^gone]", "Complaint line 1 [^gone] is not defined"),
            ("x\n\n[^n]: Note.", "UnusedNote [^n] is written, but never cited"),
            ("[x](#gone)", "BrokenLink the beginning a link leads to #gone, which is not there"),
            (
                "# T\n\n### Deep",
                "SkippedLevel “Deep” the first heading is of level 2: there is none above it",
            ),
            ("# T\n\n## A\n\n#### B", "SkippedLevel “B” a heading of level 3 follows one of level 1"),
        ];
        for (text, expected) in cases {
            assert_eq!(found(text), [expected], "{text:?}");
        }
    }

    #[test]
    fn references_are_looked_at() {
        let text = format!("{WORKS}Text [@a; @b; @c; @d].\n");
        let expected = [
            "UnusedReference @e is listed, but never cited",
            "NoTitle @c has no title",
            "NoDate @c has no date",
            "DuplicateReference @b is the same work as @a",
            "DuplicateReference @d is the same work as @c",
        ];
        assert_eq!(found(&text), expected);
    }

    #[test]
    fn a_work_is_used_by_its_short_notes() {
        let text = "---\ntitle: T\nnocite: '@*'\nreferences:\n\
            - {id: n, custom: {text: 'Doe 2020, p. 4', parent: w}}\n\
            - {id: w, type: book, title: W, issued: 2020}\n---\nText [@n].\n";
        assert_eq!(found(text), [""; 0]);
    }

    #[test]
    fn missing_pictures_are_found_where_files_lie() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("here.png"), "p").unwrap();
        let path = dir.path().join("a.md");
        std::fs::write(&path, "![a](here.png)\n\n![b](gone.png)\n\n![c](https://a.example/c.png)\n").unwrap();
        let source = Source::open(&path).unwrap();
        let place = source.beside().clone();
        let found = findings(&read(source).unwrap(), &place);
        let places: Vec<_> = found.iter().map(|f| (f.kind, f.place.as_str())).collect();
        assert_eq!(places, [(Kind::MissingFile, "gone.png")]);
    }
}
