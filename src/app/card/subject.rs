//! What a card is about: a work, a note, several of them, a part of the article, an address, or nothing.

use std::ops::Range;

use super::missing::Missing;
use super::preview::Preview;
use crate::article::{Article, BlockId, Kind, MarkerId, NoteId, Place, RefId, Target};
use crate::cite;

/// What a card shows.
#[derive(Clone, Debug, PartialEq)]
pub enum Subject {
    /// A reference.
    Reference(RefId),
    /// A note.
    Note(NoteId),
    /// Several references or notes, each with its locator: a run of markers, or one that cites several.
    Several(Vec<(Target, String)>),
    /// A part of the article: a figure, a table, a formula, a section.
    Preview(Preview),
    /// An address outside the article.
    Address(String),
    /// Nothing that the document has.
    Missing(Missing),
}

impl Subject {
    /// What a target leads to.
    pub fn of(target: &Target) -> Self {
        match target {
            Target::Reference(id) => Self::Reference(*id),
            Target::Note(id) => Self::Note(*id),
            Target::Missing(key) => Self::Missing(Missing::work(key)),
        }
    }

    /// What a link to a place of the article shows; `words` are those that the link stands on.
    pub fn at(article: &Article, place: Place, words: &str) -> Self {
        let block = article.block(place.block);
        let note = article.notes.iter().position(|n| n.blocks.contains(&place.block.0));
        match (&block.kind, note) {
            (Kind::Entry(id), _) => Self::Reference(*id),
            (_, Some(at)) => Self::Note(NoteId(at as u32)),
            _ => Self::Preview(Preview::of(article, place, words)),
        }
    }

    /// True for a list.
    pub const fn is_list(&self) -> bool {
        matches!(self, Self::Several(_))
    }

    /// The blocks that show it: of a short note also those of its work.
    pub fn blocks(&self, article: &Article) -> Vec<Range<u32>> {
        self.parts(article).into_iter().map(|(_, blocks)| blocks).collect()
    }

    /// The same, each with the reference that it is the entry of.
    pub fn parts(&self, article: &Article) -> Vec<(Option<RefId>, Range<u32>)> {
        let entry = |id: RefId| {
            let block = article.references.get(id.index())?.entry?.0;
            let rest = (block + 1..article.len()).take_while(|b| article.block(BlockId(*b)).continued);
            Some((Some(id), block..block + 1 + rest.count() as u32))
        };
        match self {
            Self::Reference(id) => {
                [Some(*id), article.work_of(*id)].into_iter().flatten().filter_map(entry).collect()
            }
            Self::Note(id) => {
                let blocks = article.notes.get(id.index()).map_or(0..0, |n| n.blocks.clone());
                if blocks.is_empty() { Vec::new() } else { vec![(None, blocks)] }
            }
            Self::Preview(preview) => vec![(None, preview.blocks.clone())],
            _ => Vec::new(),
        }
    }

    /// The markers that lead to it: to a work also those of its short notes.
    pub fn mentions(&self, article: &Article) -> Vec<MarkerId> {
        match self {
            Self::Reference(id) => article.cited_by(*id),
            Self::Note(id) => article.notes.get(id.index()).map_or_else(Vec::new, |n| n.mentions.to_vec()),
            _ => Vec::new(),
        }
    }

    /// Where it stands in full.
    pub fn entry(&self, article: &Article) -> Option<Place> {
        match self {
            Self::Preview(preview) => Some(preview.place),
            _ => self.blocks(article).first().map(|blocks| Place::start_of(BlockId(blocks.start))),
        }
    }

    /// Its number or letter.
    pub fn label(&self, article: &Article) -> String {
        match self {
            Self::Reference(id) => {
                article.references.get(id.index()).map_or(String::new(), |r| r.label.to_string())
            }
            Self::Note(id) => article.notes.get(id.index()).map_or(String::new(), |n| n.label.to_string()),
            Self::Missing(missing) => missing.name.clone(),
            _ => String::new(),
        }
    }

    /// What it is called in the trail of cards: its label, or else its kind.
    pub fn name(&self, article: &Article) -> String {
        let label = self.label(article);
        if label.is_empty() { self.kind(article) } else { label }
    }

    /// What kind of thing it is: `News`, `Note`, `3 references`, `Figure 2`.
    pub fn kind(&self, article: &Article) -> String {
        match self {
            Self::Reference(id) => {
                let part = article.work_of(*id).is_some();
                let reference = article.references.get(article.work_of(*id).unwrap_or(*id).index());
                let kind = reference.map_or("Reference", |r| cite::short::kind(&r.csl));
                if part { format!("Short note · {kind}") } else { kind.to_owned() }
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
            Self::Preview(preview) => preview.title.clone(),
            Self::Address(_) => "Link".to_owned(),
            Self::Missing(_) => "Unresolved".to_owned(),
        }
    }

    /// How often it is cited: `cited 5×, 3 by short notes`; empty where nothing says.
    pub fn times_cited(&self, article: &Article) -> String {
        let all = self.mentions(article).len();
        let own = match self {
            Self::Reference(id) => article.references.get(id.index()).map_or(0, |r| r.mentions.len()),
            _ => all,
        };
        let by_notes = match all - own {
            0 => String::new(),
            1 => ", 1 by a short note".to_owned(),
            n => format!(", {n} by short notes"),
        };
        match all {
            0 => String::new(),
            1 => format!("cited once{by_notes}"),
            n => format!("cited {n}×{by_notes}"),
        }
    }

    /// What is copied by a key, where it is no reference.
    pub fn words(&self, article: &Article) -> String {
        match self {
            Self::Note(_) | Self::Preview(_) => {
                let blocks = self.blocks(article).into_iter().flatten();
                let texts: Vec<_> = blocks.map(|b| article.block(BlockId(b)).text.as_str()).collect();
                texts.join("\n\n")
            }
            Self::Address(address) => address.clone(),
            Self::Missing(missing) => missing.name.clone(),
            Self::Reference(_) | Self::Several(_) => String::new(),
        }
    }
}
