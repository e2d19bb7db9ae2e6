//! From the pane into the text: the mentions of what is chosen, lit, ticked and walked, and its full entry.

use super::Item;
use crate::app::App;
use crate::app::card::{Card, Missing, Subject};
use crate::article::{BlockId, MarkerId, NoteId, Place};
use crate::layout::Hit;

impl App {
    /// Chooses the entry with this number.
    pub(super) fn choose_named(&mut self, number: i64) {
        let name = number.to_string();
        let note = self.article.notes.iter().position(|n| *n.label == *name);
        let note = note.map(|at| Item::Note(NoteId(at as u32)));
        let item = self.article.reference_named(&name).map(Item::Reference).or(note);
        match item.filter(|item| self.references.shown.contains(item)) {
            Some(item) => self.references.choose(item),
            None => self.message = format!("there is no [{name}]"),
        }
    }

    /// Goes to the next mention of the chosen entry, or to the one before; past an end it begins anew at the other.
    pub(super) fn walk_mentions(&mut self, by: i64) {
        let count = self.references.mentions(&self.article).len() as i64;
        if count == 0 {
            self.message = "the text does not cite it".to_owned();
            return;
        }
        let at = match self.references.mention {
            Some(at) => at as i64 + by,
            None if by > 0 => by - 1,
            None => count + by,
        };
        if at < 0 || at >= count {
            self.message = if by > 0 { "from the first mention" } else { "from the last mention" }.to_owned();
        }
        self.go_to_mention_at(at.rem_euclid(count) as usize);
    }

    /// Brings a mention of the chosen entry to the screen, and lights it. The pane keeps the keys.
    pub(super) fn go_to_mention_at(&mut self, at: usize) {
        let id = self.references.mentions(&self.article).get(at).copied();
        let Some((id, marker)) = id.and_then(|id| Some((id, self.article.marker(id)?))) else { return };
        let place = marker.place;
        self.references.mention = Some(at);
        (self.references.aside, self.references.follows) = (true, true);
        self.settle();
        let geometry = &self.view.geometry;
        let covered = geometry.pane.filter(|_| geometry.covers);
        let height = covered.map_or(geometry.body.height, |strip| strip.y.saturating_sub(geometry.body.y));
        let seen = self.view.row_of(place).is_some_and(|row| row < self.view.geometry.body.y + height);
        if !seen {
            self.leave();
            self.top = self.walk().put(place, height / 3, height.max(1));
        }
        self.lit = Some(Hit::Marker(id));
    }

    /// Goes to the full entry in the text, and gives the keys back to it.
    pub(super) fn enter_reference(&mut self) {
        let block = match self.references.chosen {
            Some(Item::Reference(id)) => self.article.references.get(id.index()).and_then(|r| r.entry),
            Some(Item::Note(id)) => {
                let blocks = self.article.notes.get(id.index()).map_or(0..0, |n| n.blocks.clone());
                (!blocks.is_empty()).then_some(BlockId(blocks.start))
            }
            Some(Item::Missing(_)) | None => None,
        };
        match block {
            Some(block) => {
                self.give_back();
                self.jump_to(Place::start_of(block));
                self.lit = None;
            }
            None => self.message = "there is no entry to go to".to_owned(),
        }
    }

    /// The card of the chosen entry, for what a card can say of it.
    pub(in crate::app) fn listed_card(&self) -> Option<Card> {
        let subject = match self.references.chosen? {
            Item::Reference(id) => Subject::Reference(id),
            Item::Note(id) => Subject::Note(id),
            Item::Missing(at) => Subject::Missing(Missing::work(self.references.index.missing(at))),
        };
        Some(Card::new(subject, None))
    }

    /// True for a marker that leads to what is chosen in the pane.
    pub fn is_mention(&self, id: MarkerId) -> bool {
        self.view.pane.is_some() && self.references.mentions(&self.article).binary_search(&id).is_ok()
    }

    /// Works out what is seen of the pane, and where its mentions stand on the scroll bar.
    pub(in crate::app) fn settle_references(&mut self) {
        let (article, geometry) = (&self.article, &self.view.geometry);
        self.view.ticks.clear();
        self.view.pane = None;
        let Some(area) = geometry.pane else { return };
        self.references.refresh(article, self.complete);
        self.view.pane = Some(self.references.view(article, area, geometry.covers && self.references.aside));
        let track = u64::from(geometry.scrollbar.map_or(0, |bar| bar.height));
        let total = u64::from(article.total_bytes().max(1));
        let markers = self.references.mentions(article).iter().filter_map(|&id| article.marker(id));
        let rows = markers.map(|m| u64::from(article.bytes_before(m.place)) * track / total);
        self.view.ticks.extend(rows.map(|row| row.min(track.saturating_sub(1)) as u16).filter(|_| track > 0));
        self.view.ticks.dedup();
    }
}
