//! The markers of an article as data: what each one cites, and where it stands.

use serde::Serialize;

use super::sections::Listed;
use crate::article::{Article, BlockId, InlineKind, Marker, MarkerId, Target};
use crate::export::words;

/// A marker.
#[derive(Debug, Serialize)]
pub struct MarkerOut<'a> {
    /// What it shows.
    label: &'a str,
    /// The series it is numbered in, where the source has several.
    group: Option<&'a str>,
    /// `reference` or `note`.
    kind: &'static str,
    /// Ids of references or notes.
    targets: Vec<&'a str>,
    resolved: bool,
    /// `p. 4`.
    locator: Option<&'a str>,
    /// An index into `sections`.
    section: Option<usize>,
    /// The last word ahead of it.
    before: &'a str,
}

/// All markers, in reading order.
pub fn markers<'a>(article: &'a Article, listed: &Listed) -> Vec<MarkerOut<'a>> {
    let mut words = Words::of(article);
    let all = article.markers.iter().zip(0..);
    all.map(|(marker, id)| {
        let label = article.label(MarkerId(id));
        let details = marker.cites.iter().filter_map(|c| c.detail.as_ref());
        MarkerOut {
            label,
            group: marker.group.as_deref(),
            kind: kind(marker, label),
            targets: marker.cites.iter().filter_map(|c| id_of(article, &c.target)).collect(),
            resolved: article.resolved(MarkerId(id)),
            locator: details.map(|d| d.locator.as_str()).find(|l| !l.is_empty()),
            section: listed.section_of(article, marker.place.block),
            before: words.before(marker),
        }
    })
    .collect()
}

fn kind(marker: &Marker, label: &str) -> &'static str {
    match marker.cites.first().map(|c| &c.target) {
        Some(Target::Note(_)) => "note",
        Some(Target::Missing(_)) if label.starts_with("[^") => "note",
        _ => "reference",
    }
}

/// The id of what is there to be found.
fn id_of<'a>(article: &'a Article, target: &Target) -> Option<&'a str> {
    match target {
        Target::Reference(r) => article.references.get(r.index()).map(|r| &*r.id),
        Target::Note(n) => article.notes.get(n.index()).filter(|n| !n.blocks.is_empty()).map(|n| &*n.id),
        Target::Missing(_) => None,
    }
}

/// Walks along the markers of an article, and keeps the last word that has been passed.
struct Words<'a> {
    article: &'a Article,
    block: BlockId,
    /// The text of the block has been looked through up to this byte.
    at: usize,
    word: &'a str,
}

impl<'a> Words<'a> {
    fn of(article: &'a Article) -> Self {
        Self { article, block: BlockId(u32::MAX), at: 0, word: "" }
    }

    /// The last word ahead of a marker, which stands after those that were asked for before it.
    fn before(&mut self, marker: &Marker) -> &'a str {
        if marker.place.block != self.block {
            self.block = marker.place.block;
            self.at = 0;
            self.word = self.word_of_the_block_before().unwrap_or("");
        }
        let from = marker.place.byte as usize;
        let text = self.article.block(self.block).text.as_str();
        if let Some(word) = text.get(self.at..from).and_then(words::last_word) {
            self.word = word;
        }
        self.at = self.at.max(from + marker.len as usize);
        self.word
    }

    /// The last word of the block before, between the labels of its markers, where that is in the same section.
    fn word_of_the_block_before(&self) -> Option<&'a str> {
        let previous = BlockId(self.block.0.checked_sub(1)?);
        if self.article.section_of(previous) != self.article.section_of(self.block) {
            return None;
        }
        let text = &self.article.block(previous).text;
        let labels = text.inlines().iter().rev().filter(|i| matches!(i.kind, InlineKind::Marker(_)));
        let mut to = text.len() as usize;
        for label in labels {
            let between = text.as_str().get(label.end as usize..to).and_then(words::last_word);
            if between.is_some() {
                return between;
            }
            to = to.min(label.start as usize);
        }
        text.as_str().get(..to).and_then(words::last_word)
    }
}
