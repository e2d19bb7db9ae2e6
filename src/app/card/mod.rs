//! The card: what a marker or link leads to, shown where it stands.

mod rows;
mod view;

use crate::article::{Article, BlockId, MarkerId, NoteId, Place, RefId, Target};
use crate::cite;

pub use rows::{CardRow, SECTION};
pub use view::{CardView, Setting, hits, letter_at, view};

/// The letters that lead to the places where a work is cited. Letters that mean something else in a card are left out.
pub const LETTERS: &str = "abcehilmvwxzABDEFHIJOQRUVWXZ";

/// An open card.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// What it shows.
    pub subject: Subject,
    /// The place that it was opened from; it stands beside it.
    pub from: Option<Place>,
    /// The marker that it was opened from.
    pub marker: Option<MarkerId>,
    /// Rows scrolled past.
    pub scroll: usize,
    /// In a list, the chosen entry; in a note, the marker that is lit (counted from 1; 0 is none).
    pub chosen: usize,
}

/// What a card shows.
#[derive(Clone, Debug, PartialEq)]
pub enum Subject {
    /// A reference.
    Reference(RefId),
    /// A note.
    Note(NoteId),
    /// Several references or notes: a run of markers, or one that cites several.
    Several(Vec<(Target, String)>),
    /// A part of the article: a figure, a table, a formula, a section.
    Preview(std::ops::Range<u32>),
    /// An address outside the article.
    Address(String),
    /// Nothing that the document has.
    Missing(String),
}

impl Card {
    /// A card for this subject, opened from a place.
    pub fn new(subject: Subject, from: Option<Place>) -> Self {
        Self { subject, from, marker: None, scroll: 0, chosen: 0 }
    }

    /// The card of a marker: what it cites, or the list of what its whole run cites.
    pub fn of_marker(article: &Article, id: MarkerId) -> Option<Self> {
        let marker = article.marker(id)?;
        let run = article.run_of(id);
        let mut targets: Vec<(Target, String)> = Vec::new();
        let mut chosen = 0;
        for at in run {
            if at == id.0 {
                chosen = targets.len();
            }
            for cite in article.marker(MarkerId(at)).iter().flat_map(|m| m.cites.iter()) {
                let locator = cite.detail.as_ref().map_or(String::new(), |d| d.locator.clone());
                if !targets.iter().any(|(t, l)| *t == cite.target && *l == locator) {
                    targets.push((cite.target.clone(), locator));
                }
            }
        }
        let subject = match targets.as_slice() {
            [] => Subject::Missing(article.label(id).to_owned()),
            [(target, _)] => Subject::of(target),
            _ => Subject::Several(targets),
        };
        let chosen = if matches!(subject, Subject::Several(_)) { chosen } else { 0 };
        Some(Self { marker: Some(id), chosen, ..Self::new(subject, Some(marker.place)) })
    }

    /// The markers in the text that the card shows, in reading order.
    pub fn inner_markers(&self, article: &Article) -> std::ops::Range<u32> {
        match &self.subject {
            Subject::Note(id) => {
                article.notes.get(id.index()).map_or(0..0, |n| article.markers_in(n.blocks.clone()))
            }
            Subject::Preview(blocks) => article.markers_in(blocks.clone()),
            _ => 0..0,
        }
    }

    /// The marker in the card that is lit.
    pub fn lit(&self, article: &Article) -> Option<MarkerId> {
        let inner = self.inner_markers(article);
        let at = inner.start + u32::try_from(self.chosen.checked_sub(1)?).ok()?;
        inner.contains(&at).then_some(MarkerId(at))
    }

    /// The reference that copying, exporting and opening are about.
    pub fn reference(&self) -> Option<RefId> {
        match &self.subject {
            Subject::Reference(id) => Some(*id),
            Subject::Several(list) => match list.get(self.chosen)?.0 {
                Target::Reference(id) => Some(id),
                _ => None,
            },
            _ => None,
        }
    }

    /// The markers that lead to what the card shows.
    pub fn mentions<'a>(&self, article: &'a Article) -> &'a [MarkerId] {
        match &self.subject {
            Subject::Reference(id) => article.references.get(id.index()).map_or(&[], |r| &r.mentions),
            Subject::Note(id) => article.notes.get(id.index()).map_or(&[], |n| &n.mentions),
            _ => &[],
        }
    }

    /// Where in the work its marker points: `p. 4`; empty where it does not say.
    pub fn locator<'a>(&self, article: &'a Article) -> &'a str {
        let cites = self.marker.and_then(|id| article.marker(id)).map_or(&[][..], |m| &m.cites);
        let cite = cites.iter().find(|c| Subject::of(&c.target) == self.subject);
        cite.and_then(|c| c.detail.as_ref()).map_or("", |d| &d.locator)
    }

    /// How many letters of [`LETTERS`] lead somewhere.
    pub fn letters(&self, article: &Article) -> usize {
        match self.mentions(article).len() {
            0 | 1 => 0,
            n => n.min(LETTERS.len()),
        }
    }

    /// Where the full entry stands.
    pub fn entry(&self, article: &Article) -> Option<Place> {
        let block = match &self.subject {
            Subject::Reference(id) => article.references.get(id.index())?.entry?,
            Subject::Note(id) => {
                BlockId(article.notes.get(id.index()).filter(|n| !n.blocks.is_empty())?.blocks.start)
            }
            Subject::Preview(blocks) => BlockId(blocks.start),
            _ => return None,
        };
        Some(Place::start_of(block))
    }

    /// What is copied by a key.
    pub fn words(&self, article: &Article) -> String {
        let text = |blocks: std::ops::Range<u32>| {
            let texts: Vec<_> = blocks.map(|b| article.block(BlockId(b)).text.as_str()).collect();
            texts.join("\n\n")
        };
        match &self.subject {
            Subject::Note(id) => {
                article.notes.get(id.index()).map_or(String::new(), |n| text(n.blocks.clone()))
            }
            Subject::Preview(blocks) => text(blocks.clone()),
            Subject::Address(address) => address.clone(),
            Subject::Missing(label) => label.clone(),
            Subject::Reference(_) | Subject::Several(_) => String::new(),
        }
    }
}

impl Subject {
    /// What a target leads to.
    pub fn of(target: &Target) -> Self {
        match target {
            Target::Reference(id) => Self::Reference(*id),
            Target::Note(id) => Self::Note(*id),
            Target::Missing(key) => Self::Missing(key.to_string()),
        }
    }

    fn label(&self, article: &Article) -> String {
        match self {
            Self::Reference(id) => {
                article.references.get(id.index()).map_or(String::new(), |r| r.label.to_string())
            }
            Self::Note(id) => article.notes.get(id.index()).map_or(String::new(), |n| n.label.to_string()),
            Self::Missing(key) => key.clone(),
            _ => String::new(),
        }
    }

    fn kind(&self, article: &Article) -> String {
        match self {
            Self::Reference(id) => {
                let reference = article.references.get(id.index());
                reference.map_or("Reference", |r| cite::short::kind(&r.csl)).to_owned()
            }
            Self::Note(_) => "Note".to_owned(),
            Self::Several(list) => {
                let notes = list.iter().filter(|(t, _)| matches!(t, Target::Note(_))).count();
                let what = match notes {
                    0 => "references",
                    n if n == list.len() => "notes",
                    _ => "sources",
                };
                format!("{} {what}", list.len())
            }
            Self::Preview(blocks) => preview_kind(article, blocks.start).to_owned(),
            Self::Address(_) => "Link".to_owned(),
            Self::Missing(_) => "Unresolved".to_owned(),
        }
    }
}

fn preview_kind(article: &Article, block: u32) -> &'static str {
    use crate::article::Kind;
    match &article.block(BlockId(block)).kind {
        Kind::Figure(_) => "Figure",
        Kind::Table(_) => "Table",
        Kind::Math => "Formula",
        Kind::Code(_) => "Code",
        Kind::Heading(_) | Kind::Title => "Section",
        Kind::Term => "Definition",
        _ => "Passage",
    }
}
