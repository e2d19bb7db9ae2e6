//! Proof that a change changes nothing but what it is meant to: the text before and after is read, and compared.

use std::collections::{HashMap, HashSet};

use super::document::Document;
use super::finding::Edit;
use super::works::items_of;
use crate::article::{Article, BlockId, Cite, Csl, Kind, Marker, Nest, Target, safe};
use crate::cite::{bibtex, csl_json};
use crate::import::bibliography::is_csl_json;
use crate::import::{Source, read_markdown};

/// True when the changed text is the same article: the same words in the same blocks, and every marker cites what it
/// cited, once each, under the names that the changes give.
pub fn article(document: &Document, changed: &str, edits: &[&Edit]) -> bool {
    let read = |text: &str| {
        let bytes = text.as_bytes().to_vec().into();
        let source = Source::within("text.md", bytes, document.beside.clone()).ok()?;
        read_markdown(source).ok()
    };
    let text = document.text();
    let renamed = edits.iter().filter(|e| !e.put.is_empty());
    let renamed = renamed.map(|e| (safe::line(&text[e.range.clone()]), e.put.as_str())).collect();
    match (read(text), read(changed)) {
        (Some(before), Some(after)) => shape(&before, &renamed) == shape(&after, &renamed),
        _ => false,
    }
}

/// Everything that the author wrote, block by block; markers by the names of what they cite.
fn shape(article: &Article, renamed: &HashMap<std::borrow::Cow<'_, str>, &str>) -> Vec<String> {
    let added: HashSet<BlockId> = article.sections.iter().filter(|s| s.added).map(|s| s.heading).collect();
    let blocks = article.blocks.iter().zip((0..).map(BlockId));
    let own = blocks.filter(|(b, id)| !matches!(b.kind, Kind::Entry(_)) && !added.contains(id));
    let mut lines = Vec::new();
    for (block, id) in own {
        let kind = match &block.kind {
            Kind::Heading(level) => format!("heading {level}"),
            Kind::Code(language) => format!("code {language}"),
            other => format!("{:?}", std::mem::discriminant(other)),
        };
        let mut line = format!("{kind} {:?} ", nests(&block.nest));
        let (text, mut taken) = (block.text.as_str(), 0);
        for at in article.markers_in(id.0..id.0 + 1) {
            let Some(marker) = article.markers.get(at as usize) else { continue };
            let (start, end) = (marker.place.byte as usize, (marker.place.byte + marker.len) as usize);
            line.push_str(text.get(taken..start).unwrap_or(""));
            line.push_str(&cites(article, marker, renamed));
            taken = end;
        }
        line.push_str(text.get(taken..).unwrap_or(""));
        lines.push(line);
    }
    lines
}

/// What a block stands in, without the labels of notes.
fn nests(nest: &[Nest]) -> Vec<String> {
    let shown = nest.iter().map(|nest| match nest {
        Nest::Note { first, .. } => format!("note {first}"),
        other => format!("{other:?}"),
    });
    shown.collect()
}

/// What a marker cites, each thing once.
fn cites(article: &Article, marker: &Marker, renamed: &HashMap<std::borrow::Cow<'_, str>, &str>) -> String {
    let mut seen: Vec<String> = Vec::new();
    for Cite { target, detail } in &marker.cites {
        let name = match target {
            Target::Reference(id) => article.references.get(id.index()).map_or("", |r| &r.id),
            Target::Note(id) => article.notes.get(id.index()).map_or("", |n| &n.id),
            Target::Missing(name) => renamed.get(&**name).copied().unwrap_or(name),
        };
        let cite = format!("{name} {detail:?}");
        if !seen.contains(&cite) {
            seen.push(cite);
        }
    }
    format!("⟨{}⟩", seen.join("|"))
}

/// True when the changed bibliography holds the same works in the same order, but for those that the changes take out.
pub fn works(text: &str, changed: &str, edits: &[&Edit]) -> bool {
    let (Some(before), Some(after)) = (read_works(text), read_works(changed)) else { return false };
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut gone: HashSet<(String, usize)> = HashSet::new();
    let ends: HashSet<usize> = edits.iter().map(|e| e.range.end).collect();
    let starts: HashSet<usize> = edits.iter().map(|e| e.range.start).collect();
    for item in items_of(text) {
        let count = seen.entry(item.key.clone()).or_default();
        if ends.contains(&item.range.end) || starts.contains(&item.range.start) {
            gone.insert((item.key, *count));
        }
        *count += 1;
    }
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let kept = before.iter().filter(|(key, _)| {
        let count = seen.entry(key).or_default();
        *count += 1;
        !gone.contains(&(key.clone(), *count - 1))
    });
    gone.len() == edits.len() && kept.eq(after.iter())
}

/// The works of a bibliography that can be read whole.
fn read_works(text: &str) -> Option<Vec<(String, Csl)>> {
    if !is_csl_json(text) {
        return Some(bibtex::read(text).works);
    }
    serde_json::from_str::<serde::de::IgnoredAny>(text).ok()?;
    csl_json::read(text).ok().map(|read| read.works)
}
