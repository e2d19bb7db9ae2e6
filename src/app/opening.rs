//! Opening: the card of a marker, what a link leads to, and what can be done with either.

use super::address::{self, Verdict};
use super::card::{Card, Subject};
use super::event::Effect;
use super::focus::Focus;
use super::known::Cited;
use super::picker::{Item, Picker, Purpose};
use super::{App, Overlay};
use crate::article::{Article, InlineKind, LinkId, Place, RefId};
use crate::cite::Form;
use crate::export;
use crate::layout::Hit;

impl App {
    /// Opens what is chosen; with nothing chosen, the first marker on the screen is lit.
    pub(super) fn open_lit(&mut self) {
        match self.lit {
            Some(hit) => self.open(hit),
            None => self.step_hits(1),
        }
    }

    /// Opens a marker's card, or what a link leads to.
    pub(super) fn open(&mut self, hit: Hit) {
        self.give_back();
        self.lit = Some(hit);
        self.cards = self.card_of(hit).into_iter().collect();
    }

    /// The card of a marker or link.
    pub(super) fn card_of(&self, hit: Hit) -> Option<Card> {
        match hit {
            Hit::Marker(id) => Card::of_marker(&self.article, id),
            Hit::Link(id) => {
                let from = self.view.hits.iter().find(|v| v.hit == hit).map(|v| v.place);
                let inside = || self.cards.last()?.inner(&self.article).into_iter().find(|(h, _)| *h == hit);
                let place = from.or_else(|| inside().map(|(_, place)| place));
                let words = place.map_or("", |place| words_of(&self.article, place, id));
                Some(Card::of_link(&self.article, &self.article.destination(id), words, from))
            }
        }
    }

    /// Opens the reference with this number, from anywhere.
    pub(super) fn open_reference(&mut self, name: &str) {
        match self.article.reference_named(name) {
            Some(id) => self.open_reference_card(id),
            None => {
                let note = self.article.notes.iter().position(|n| &*n.label == name);
                match note {
                    Some(at) => self.open_here(Subject::Note(crate::article::NoteId(at as u32))),
                    None => self.message = format!("there is no [{name}]"),
                }
            }
        }
    }

    fn open_reference_card(&mut self, id: RefId) {
        self.open_here(Subject::Reference(id));
    }

    /// Opens a card beside the first marker on the screen that leads there; without one, at the foot.
    pub(super) fn open_here(&mut self, subject: Subject) {
        self.give_back();
        let card = Card::new(subject, None);
        let seen = card
            .mentions(&self.article)
            .into_iter()
            .find(|&m| self.article.marker(m).is_some_and(|m| self.shows(m.place)));
        let place = seen.and_then(|m| self.article.marker(m)).map(|m| m.place);
        self.lit = seen.map(Hit::Marker);
        self.cards = vec![Card { from: place, marker: seen, ..card }];
    }

    /// Opens the marker nearest to the middle of the screen.
    pub(super) fn peek(&mut self) {
        let middle = self.view.geometry.body.y + self.view.geometry.body.height / 2;
        let markers = self.view.hits.iter().filter(|v| matches!(v.hit, Hit::Marker(_)));
        match markers.min_by_key(|v| v.y.abs_diff(middle)).map(|v| v.hit) {
            Some(hit) => self.open(hit),
            None if self.markers_hidden() => self.message = "citations are hidden".to_owned(),
            None => self.message = "no citation on the screen".to_owned(),
        }
    }

    /// The card that copying and opening are about: the topmost, or that of what is lit.
    fn card_at_hand(&self) -> Option<Card> {
        if self.focus == Focus::References {
            return self.listed_card();
        }
        self.cards.last().cloned().or_else(|| self.card_of(self.lit?))
    }

    /// Shows the host of the address before it is opened.
    pub(super) fn offer_address(&mut self) {
        let address = self.card_at_hand().and_then(|card| card.address(&self.article));
        match address.map(|a| address::judge(&a)) {
            Some(Verdict::Opens { address, .. }) => self.overlay = Some(Overlay::Address(address)),
            Some(Verdict::Stays(why)) => self.message = format!("stays closed: {why}"),
            None => self.message = "there is no address here".to_owned(),
        }
    }

    /// The reference that copying is about: of the card, or of the lit marker.
    fn reference_at_hand(&self) -> Option<RefId> {
        self.card_at_hand()?.reference()
    }

    pub(super) fn copy(&mut self) -> Vec<Effect> {
        let card = self.card_at_hand();
        if let Some(id) = card.as_ref().and_then(Card::reference) {
            return self.copy_styled(id);
        }
        let about = card.map(|card| card.about());
        let words = about.as_ref().map_or_else(String::new, |about| about.words(&self.article));
        if words.is_empty() {
            self.message = "nothing is chosen: Tab chooses a citation".to_owned();
            return Vec::new();
        }
        if let Some(Subject::Note(id)) = about {
            self.note_exported(Cited::Note(id));
        }
        self.message = "copied".to_owned();
        vec![Effect::Copy(words)]
    }

    /// Copies a reference in a form. A short note has no data: its work has; as text both are copied.
    pub(super) fn copy_as(&mut self, id: RefId, form: Form) -> Vec<Effect> {
        let work = self.article.work_of(id);
        let ids = match form {
            Form::Text => [Some(id), work],
            _ => [work.or(Some(id)), None],
        };
        let found: Vec<_> =
            ids.into_iter().flatten().filter_map(|id| self.article.references.get(id.index())).collect();
        let Some(first) = found.first() else { return Vec::new() };
        let name = if first.label.is_empty() { "the work".to_owned() } else { format!("[{}]", first.label) };
        self.message = format!("copied {name} as {}", form.title());
        let words = export::references(&self.article, form, &found).trim_end().to_owned();
        ids.into_iter().flatten().for_each(|id| self.note_exported(Cited::Reference(id)));
        vec![Effect::Copy(words)]
    }

    pub(super) fn offer_export(&mut self) {
        if self.reference_at_hand().is_none() {
            self.message = "no reference is chosen: Tab chooses a citation".to_owned();
            return;
        }
        let items = Form::ALL.iter().enumerate().map(|(value, form)| Item {
            label: form.title().to_owned(),
            detail: String::new(),
            indent: 0,
            value,
        });
        self.overlay = Some(Overlay::Picker(Picker::new(Purpose::Export, items.collect())));
    }

    /// Copies the reference at hand in the form that was chosen.
    pub(super) fn export_as(&mut self, form: usize) -> Vec<Effect> {
        match (self.reference_at_hand(), Form::ALL.get(form)) {
            (Some(id), Some(form)) => self.copy_as(id, *form),
            _ => Vec::new(),
        }
    }
}

/// The words that a link stands on.
fn words_of(article: &Article, place: Place, id: LinkId) -> &str {
    let text = &article.block(place.block).text;
    let link = text.inlines().iter().find(|i| i.kind == InlineKind::Link(id));
    link.and_then(|i| text.as_str().get(i.start as usize..i.end as usize)).unwrap_or("")
}
