//! The whole article as one JSON object, for programs.
//!
//! The contract, beside what the fields say of themselves:
//!
//! - Texts are plain text. Indices count from 0. Everything is in the order of the document.
//! - Words are runs of letters, digits and `_` (`\w+`). They are counted in what the author wrote: not in the title,
//!   byline, headings, notes and references, nor in the labels of markers.
//! - Headings that the reader adds (Notes, References) are no sections; a marker below one has `section` null.
//! - `before` is the last word ahead of a marker in its block, the labels of other markers left out; where there is
//!   none, the last word of the block before, as long as that is in the same section (its heading included); else
//!   it is empty.
//! - A marker that does not resolve in full has `resolved` false; `targets` holds those of its ids that do exist.
//! - A marker is a `note` when its first cite leads to a note, or when it is written as one (`[^x]`).
//! - `locator` is the first one that a cite of the marker has.
//! - A reference without type is of the kind `document`. A work that short notes are parts of is a reference, too; one
//!   that the text lists, and no marker numbers, has no label.
//! - A list is a list again in each item that holds one. Lists, quotes and so on are counted in the body and in notes.

mod counts;
mod markers;
mod sections;

use serde::Serialize;
use serde_json::Value;

use crate::article::{Article, BlockId, Complaint, Csl, MarkerId, Note, RefId, Reference};
use crate::cite;
use crate::export::entries;

use counts::Counts;
use markers::MarkerOut;
use sections::{Listed, SectionOut};

/// The object that is printed.
#[derive(Debug, Serialize)]
struct Whole<'a> {
    title: &'a str,
    authors: &'a [String],
    /// As the document gives it; empty for none, like the next two.
    date: &'a str,
    language: &'a str,
    source: &'a str,
    /// What the place calls itself that the article was published in; empty for none.
    site: &'a str,
    /// The name of the format: `markdown`, `bundle`, `pasted`, `plain`.
    format: &'a str,
    words: usize,
    sections: Vec<SectionOut<'a>>,
    markers: Vec<MarkerOut<'a>>,
    references: Vec<ReferenceOut<'a>>,
    notes: Vec<NoteOut<'a>>,
    counts: Counts,
    complaints: Vec<ComplaintOut<'a>>,
}

/// A reference, in the order in which they are shown.
#[derive(Debug, Serialize)]
struct ReferenceOut<'a> {
    id: &'a str,
    label: &'a str,
    /// The CSL type.
    kind: &'a str,
    /// The entry as it is shown, without its label.
    text: String,
    /// The fields as an item of CSL-JSON, `id` and `type` included.
    csl: Csl,
    /// Indices into `markers`.
    cited_by: Vec<u32>,
    /// The id of the reference that it is a part of.
    parent: Option<&'a str>,
}

/// A note, in the order in which they are shown.
#[derive(Debug, Serialize)]
struct NoteOut<'a> {
    id: &'a str,
    label: &'a str,
    /// Its blocks, one on a line.
    text: String,
    /// Indices into `markers`.
    cited_by: Vec<u32>,
}

/// What the importer noticed.
#[derive(Debug, Serialize)]
struct ComplaintOut<'a> {
    #[serde(rename = "where")]
    place: String,
    what: &'a str,
}

/// The article as a JSON object; its keys keep the order of the contract when it is printed with
/// [`serde_json::to_string`].
pub fn inspect(article: &Article) -> Value {
    serde_json::to_value(whole(article)).unwrap_or_default()
}

/// The object as text, its keys in the order of the contract: on one line, or indented.
///
/// # Errors
/// None in practice: every field can be written as JSON.
pub fn to_json(article: &Article, pretty: bool) -> serde_json::Result<String> {
    let whole = whole(article);
    if pretty { serde_json::to_string_pretty(&whole) } else { serde_json::to_string(&whole) }
}

fn whole(article: &Article) -> Whole<'_> {
    let meta = &article.meta;
    let listed = Listed::of(article);
    Whole {
        title: &meta.title,
        authors: &meta.authors,
        date: &meta.date,
        language: &meta.language,
        source: &meta.source,
        site: &meta.site,
        format: meta.format,
        words: sections::words(article, 0..article.len()),
        sections: sections::sections(article),
        markers: markers::markers(article, &listed),
        references: references_in_order(article).map(|id| reference(article, id)).collect(),
        notes: notes_in_order(article).map(|note| self::note(article, note)).collect(),
        counts: counts::counts(article),
        complaints: article.complaints.iter().map(complaint).collect(),
    }
}

/// The references as the list shows them; those without an entry come last.
pub fn references_in_order(article: &Article) -> impl Iterator<Item = RefId> {
    let mut ids: Vec<RefId> = (0..article.references.len() as u32).map(RefId).collect();
    ids.sort_by_key(|id| article.references[id.index()].entry.map_or(u32::MAX, |entry| entry.0));
    ids.into_iter()
}

/// The notes that have a text, as they are shown.
pub fn notes_in_order(article: &Article) -> impl Iterator<Item = &Note> {
    let mut notes: Vec<&Note> = article.notes.iter().filter(|n| !n.blocks.is_empty()).collect();
    notes.sort_by_key(|note| note.blocks.start);
    notes.into_iter()
}

/// What the list shows for a reference, without its label; put together from its fields where there is no list.
pub fn entry_text(article: &Article, reference: &Reference) -> String {
    let Some(entry) = reference.entry else { return cite::entry::entry(&reference.csl).as_str().to_owned() };
    entries::blocks(article, entry).map(|block| article.block(block).text.as_str()).collect()
}

fn reference(article: &Article, id: RefId) -> ReferenceOut<'_> {
    let reference = &article.references[id.index()];
    let parent = reference.parent.and_then(|p| article.references.get(p.index()));
    let kind = match reference.field("type") {
        "" => "document",
        kind => kind,
    };
    ReferenceOut {
        id: &reference.id,
        label: &reference.label,
        kind,
        text: entry_text(article, reference),
        csl: item(reference, kind),
        cited_by: indices(&reference.mentions),
        parent: parent.map(|p| &*p.id),
    }
}

/// An item needs an `id` and a `type` (CSL 1.0.2, `csl-data.json`).
fn item(reference: &Reference, kind: &str) -> Csl {
    let mut csl = reference.csl.clone();
    csl.insert("id".to_owned(), reference.id.to_string().into());
    csl.insert("type".to_owned(), kind.into());
    csl
}

fn note<'a>(article: &Article, note: &'a Note) -> NoteOut<'a> {
    let mut text = String::new();
    for block in note.blocks.clone().map(|b| article.block(BlockId(b))) {
        if !text.is_empty() && !block.continued {
            text.push('\n');
        }
        text.push_str(block.text.as_str());
    }
    NoteOut { id: &note.id, label: &note.label, text, cited_by: indices(&note.mentions) }
}

fn indices(mentions: &[MarkerId]) -> Vec<u32> {
    mentions.iter().map(|m| m.0).collect()
}

fn complaint(complaint: &Complaint) -> ComplaintOut<'_> {
    ComplaintOut { place: complaint.place(), what: &complaint.what }
}

#[cfg(test)]
mod tests;
