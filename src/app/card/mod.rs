//! The card: what a marker or link leads to, shown where it stands.

mod missing;
mod preview;
mod rows;
mod subject;
mod view;

use crate::article::{Article, BlockId, Destination, InlineKind, MarkerId, Place, RefId, Target, limits};
use crate::cite;
use crate::layout::Hit;

pub use missing::{Missing, Sought};
pub use preview::Preview;
pub use rows::{CardRow, SECTION, shown};
pub use subject::Subject;
pub use view::{CardView, Setting, entry_at, hits, letter_at, view};

/// The letters that lead to the places where a work is cited. Letters that mean something else in a card are left out.
pub const LETTERS: &str = "abceimvwxzABCDEFHIJOQRUVWXZ";

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
    /// The place that is to be seen when it is first laid out.
    pub seek: Option<Place>,
    /// Columns that wide rows are moved by.
    pub pan: u16,
    /// In a list, the chosen entry.
    pub chosen: usize,
    /// In a list, the chosen entry is shown in full.
    pub expanded: bool,
    /// What is lit in its text, counted from 1; 0 is nothing.
    pub inside: usize,
}

impl Card {
    /// A card for this subject, opened from a place.
    pub fn new(subject: Subject, from: Option<Place>) -> Self {
        let seek = match &subject {
            // A part is seen from its beginning; a name inside a paragraph leads to its row.
            Subject::Preview(preview) => Some(preview.place).filter(|p| p.byte > 0),
            _ => None,
        };
        Self { subject, from, marker: None, scroll: 0, seek, pan: 0, chosen: 0, expanded: false, inside: 0 }
    }

    /// The card of a marker: what it cites, or the list of what its whole run cites.
    pub fn of_marker(article: &Article, id: MarkerId) -> Option<Self> {
        let marker = article.marker(id)?;
        let mut targets: Vec<(Target, String)> = Vec::new();
        let mut chosen = 0;
        for at in article.run_of(id) {
            if at == id.0 {
                chosen = targets.len();
            }
            for cite in article.marker(MarkerId(at)).iter().flat_map(|m| m.cites.iter()) {
                let locator = cite.detail.as_ref().map_or(String::new(), |d| d.locator.clone());
                let known = targets.iter().position(|(t, l)| *t == cite.target && *l == locator);
                match known {
                    Some(known) if at == id.0 && chosen == targets.len() => chosen = known,
                    Some(_) => {}
                    None if targets.len() < limits::RUN.most => targets.push((cite.target.clone(), locator)),
                    None => break,
                }
            }
        }
        let label = article.label(id);
        let subject = match targets.as_slice() {
            [] => Subject::Missing(Missing::work(label)),
            [(Target::Missing(name), _)] if label.starts_with("[^") => Subject::Missing(Missing::note(name)),
            [(target, _)] => Subject::of(target),
            _ => Subject::Several(targets),
        };
        let chosen = if subject.is_list() { chosen } else { 0 };
        Some(Self { marker: Some(id), chosen, ..Self::new(subject, Some(marker.place)) })
    }

    /// The card of a link of the article; `words` are those that it stands on.
    pub fn of_link(
        article: &Article,
        destination: &Destination<'_>,
        words: &str,
        from: Option<Place>,
    ) -> Self {
        let subject = match *destination {
            Destination::Place(place) => Subject::at(article, place, words),
            Destination::Address(address) => Subject::Address(address.to_owned()),
            Destination::Missing(name) => Subject::Missing(Missing::part(name)),
        };
        Self::new(subject, from)
    }

    /// What it is about: its subject, or in a list the chosen entry.
    pub fn about(&self) -> Subject {
        match &self.subject {
            Subject::Several(list) => {
                list.get(self.chosen).map_or_else(|| self.subject.clone(), |(t, _)| Subject::of(t))
            }
            subject => subject.clone(),
        }
    }

    /// What is shown in full: its subject, or in a list the chosen entry once it is expanded.
    pub fn opened(&self) -> Option<Subject> {
        (!self.subject.is_list() || self.expanded).then(|| self.about())
    }

    /// The markers and cross references in the text that it shows in full, in reading order.
    pub fn inner(&self, article: &Article) -> Vec<(Hit, Place)> {
        let blocks = self.opened().map_or_else(Vec::new, |s| s.blocks(article));
        blocks.into_iter().flatten().flat_map(|b| openable(article, BlockId(b))).collect()
    }

    /// What is lit in it, and where that stands.
    fn lit_inside(&self, article: &Article) -> Option<(Hit, Place)> {
        self.inner(article).get(self.inside.checked_sub(1)?).copied()
    }

    /// What is lit in it.
    pub fn lit(&self, article: &Article) -> Option<Hit> {
        self.lit_inside(article).map(|(hit, _)| hit)
    }

    /// Brings what is lit in it to be seen.
    pub fn seek_lit(&mut self, article: &Article) {
        self.seek = self.lit_inside(article).map(|(_, place)| place);
    }

    /// The reference that copying, exporting and opening are about.
    pub fn reference(&self) -> Option<RefId> {
        match self.about() {
            Subject::Reference(id) => Some(id),
            _ => None,
        }
    }

    /// The markers that lead to what it shows in full.
    pub fn mentions(&self, article: &Article) -> Vec<MarkerId> {
        self.opened().map_or_else(Vec::new, |s| s.mentions(article))
    }

    /// True for the marker that it was opened from, or another one of the same run.
    pub fn is_from(&self, article: &Article, id: MarkerId) -> bool {
        self.marker.is_some_and(|m| m == id || (self.subject.is_list() && article.run_of(m).contains(&id.0)))
    }

    /// Where in the work its marker points: `p. 4`; empty where it does not say.
    pub fn locator<'a>(&self, article: &'a Article) -> &'a str {
        let cites = self.marker.and_then(|id| article.marker(id)).map_or(&[][..], |m| &m.cites);
        let cite = cites.iter().find(|c| Subject::of(&c.target) == self.subject);
        cite.and_then(|c| c.detail.as_ref()).map_or("", |d| &d.locator)
    }

    /// The address of what it is about; that of a short note is its work's.
    pub fn address(&self, article: &Article) -> Option<String> {
        match self.about() {
            Subject::Address(address) => Some(address),
            Subject::Reference(id) => [Some(id), article.work_of(id)]
                .into_iter()
                .flatten()
                .find_map(|id| cite::short::address(&article.references.get(id.index())?.csl)),
            _ => None,
        }
    }

    /// How many letters of [`LETTERS`] lead somewhere.
    pub fn letters(&self, article: &Article) -> usize {
        match self.mentions(article).len() {
            0 | 1 => 0,
            n => n.min(LETTERS.len()),
        }
    }
}

/// The markers and cross references in a block, in reading order.
pub fn openable(article: &Article, block: BlockId) -> impl Iterator<Item = (Hit, Place)> + '_ {
    article.block(block).text.inlines().iter().filter_map(move |inline| {
        let hit = match inline.kind {
            InlineKind::Marker(id) => Hit::Marker(id),
            InlineKind::Link(id) if !matches!(article.destination(id), Destination::Address(_)) => {
                Hit::Link(id)
            }
            _ => return None,
        };
        Some((hit, Place { block, byte: inline.start }))
    })
}
