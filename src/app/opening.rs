//! Opening: the card of a marker, what a link leads to, and what can be done with either.

use super::action::Action;
use super::address::{self, Verdict};
use super::card::{Card, LETTERS, Subject};
use super::event::Effect;
use super::known::Cited;
use super::picker::{Item, Picker, Purpose};
use super::{App, Overlay};
use crate::article::{BlockId, Destination, Kind, LinkId, MarkerId, Place, RefId};
use crate::cite::{self, Form};
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
        self.lit = Some(hit);
        self.cards.clear();
        match hit {
            Hit::Marker(id) => self.cards.extend(Card::of_marker(&self.article, id)),
            Hit::Link(id) => self.open_link(id),
        }
    }

    fn open_link(&mut self, id: LinkId) {
        let from = self.view.hits.iter().find(|v| v.hit == Hit::Link(id)).map(|v| v.place);
        let subject = match self.article.destination(id) {
            Destination::Place(place) => Subject::Preview(self.preview(place)),
            Destination::Address(address) => Subject::Address(address.to_owned()),
            Destination::Missing(name) => Subject::Missing(name.to_owned()),
        };
        self.cards.push(Card::new(subject, from));
    }

    /// The blocks that a preview of a place shows: a figure, a table with its caption, or a heading (and those right
    /// below it) with the first block that follows.
    fn preview(&self, place: Place) -> std::ops::Range<u32> {
        let start = place.block.0;
        let kind = |block: u32| &self.article.block(BlockId(block)).kind;
        let last = self.article.len();
        let end = match kind(start) {
            Kind::Heading(_) | Kind::Title | Kind::Byline | Kind::Term => {
                let headed =
                    |b: &u32| matches!(kind(*b), Kind::Heading(_) | Kind::Title | Kind::Byline | Kind::Term);
                (start + 1..last).find(|b| !headed(b)).map_or(last, |b| b + 1)
            }
            Kind::Table(_) if matches!(kind(start + 1), Kind::Caption) => start + 2,
            Kind::Caption if start > 0 => return start - 1..start + 1,
            _ => start + 1,
        };
        start..end.min(last)
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
    fn open_here(&mut self, subject: Subject) {
        let card = Card::new(subject, None);
        let seen = card
            .mentions(&self.article)
            .iter()
            .copied()
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

    /// What an action does in a card; `None` when the card has no use for it and the text is meant.
    pub(super) fn act_in_card(&mut self, action: Action) -> Option<Vec<Effect>> {
        let more = self.view.card.as_ref().is_some_and(|v| v.above || v.below);
        let lists = matches!(self.cards.last().map(|c| &c.subject), Some(Subject::Several(_)));
        match action {
            Action::LineDown | Action::LineUp if lists || more => {
                self.scroll_card(action == Action::LineDown, 1)
            }
            Action::PageDown | Action::HalfPageDown if more => self.scroll_card(true, 4),
            Action::PageUp | Action::HalfPageUp if more => self.scroll_card(false, 4),
            Action::Enter => self.enter_card(),
            Action::NextMarker if self.step_inside(1) => {}
            Action::PreviousMarker if self.step_inside(-1) => {}
            Action::Back if self.cards.len() > 1 => {
                self.cards.pop();
            }
            Action::Back => self.cards.clear(),
            Action::LineDown | Action::LineUp | Action::NextMarker | Action::PreviousMarker => return None,
            Action::OpenAddress
            | Action::Copy
            | Action::Export
            | Action::Help
            | Action::Palette
            | Action::Hints => {
                return None;
            }
            Action::Theme | Action::Mouse | Action::Wider | Action::Narrower | Action::UsualWidth => {
                return None;
            }
            Action::Notes => return None,
            Action::Zen | Action::PanLeft | Action::PanRight | Action::SetMark => return None,
            _ => {
                self.cards.clear();
                return None;
            }
        }
        Some(Vec::new())
    }

    fn scroll_card(&mut self, down: bool, by: usize) {
        if let Some(card) = self.cards.last_mut() {
            let most = match &card.subject {
                Subject::Several(list) => list.len().saturating_sub(1),
                _ => usize::MAX / 2,
            };
            let lists = matches!(card.subject, Subject::Several(_));
            let at = if lists { &mut card.chosen } else { &mut card.scroll };
            *at = if down { (*at + by).min(most) } else { at.saturating_sub(by) };
        }
    }

    /// Lights the next marker inside the card; false when there is none further.
    fn step_inside(&mut self, by: i64) -> bool {
        let Some(card) = self.cards.last_mut() else {
            return false;
        };
        let inside = match card.subject {
            Subject::Several(_) => 0,
            _ => card.inner_markers(&self.article).len() as i64,
        };
        let next = card.chosen as i64 + by;
        let steps = (1..=inside).contains(&next) || (next == 0 && card.chosen > 0);
        if steps {
            card.chosen = next as usize;
        }
        steps
    }

    /// Enter in a card: opens the chosen or lit entry on top, or goes to the full entry.
    fn enter_card(&mut self) {
        let Some(card) = self.cards.last() else {
            return;
        };
        if let Subject::Several(list) = &card.subject {
            if let Some((target, _)) = list.get(card.chosen) {
                let above = Card { marker: card.marker, ..Card::new(Subject::of(target), card.from) };
                self.cards.push(above);
            }
        } else if let Some(id) = card.lit(&self.article) {
            let above = Card::of_marker(&self.article, id).map(|c| Card { from: card.from, ..c });
            self.cards.extend(above);
        } else if let Some(place) = card.entry(&self.article) {
            self.cards.clear();
            self.jump_to(place);
            self.lit = None;
        } else if matches!(card.subject, Subject::Address(_)) {
            self.offer_address();
        }
    }

    /// A letter of the card: goes to that place of citation, with the card.
    pub(super) fn go_to_mention(&mut self, letter: char) {
        let Some(at) = LETTERS.chars().position(|l| l == letter) else {
            return;
        };
        let Some(id) = self.cards.last().and_then(|c| c.mentions(&self.article).get(at).copied()) else {
            return;
        };
        self.go_to_marker(id);
    }

    fn go_to_marker(&mut self, id: MarkerId) {
        let Some(place) = self.article.marker(id).map(|m| m.place) else {
            return;
        };
        let subject = self.cards.last().map(|c| c.subject.clone());
        self.show(place);
        self.lit = Some(Hit::Marker(id));
        self.cards =
            subject.map(|s| Card { marker: Some(id), ..Card::new(s, Some(place)) }).into_iter().collect();
    }

    /// The address that `o` is about: of the card's reference or link, or of what is lit.
    fn address(&self) -> Option<String> {
        let of =
            |id: RefId| self.article.references.get(id.index()).and_then(|r| cite::short::address(&r.csl));
        if let Some(card) = self.cards.last() {
            return match &card.subject {
                Subject::Address(address) => Some(address.clone()),
                _ => of(card.reference()?),
            };
        }
        match self.lit? {
            Hit::Link(id) => match self.article.destination(id) {
                Destination::Address(address) => Some(address.to_owned()),
                _ => None,
            },
            Hit::Marker(id) => of(Card::of_marker(&self.article, id)?.reference()?),
        }
    }

    /// Shows the host of the address before it is opened.
    pub(super) fn offer_address(&mut self) {
        match self.address().map(|a| address::judge(&a)) {
            Some(Verdict::Opens { address, .. }) => self.overlay = Some(Overlay::Address(address)),
            Some(Verdict::Stays(why)) => self.message = format!("stays closed: {why}"),
            None => self.message = "there is no address here".to_owned(),
        }
    }

    /// The reference that copying is about: of the card, or of the lit marker.
    fn reference_at_hand(&self) -> Option<RefId> {
        match (self.cards.last(), self.lit) {
            (Some(card), _) => card.reference(),
            (None, Some(Hit::Marker(id))) => Card::of_marker(&self.article, id)?.reference(),
            _ => None,
        }
    }

    pub(super) fn copy(&mut self) -> Vec<Effect> {
        if let Some(id) = self.reference_at_hand() {
            return self.copy_as(id, Form::Text);
        }
        let words = match (self.cards.last(), self.lit) {
            (Some(card), _) => card.words(&self.article),
            (None, Some(hit)) => {
                let card = match hit {
                    Hit::Marker(id) => Card::of_marker(&self.article, id),
                    Hit::Link(_) => None,
                };
                card.map_or_else(|| self.address().unwrap_or_default(), |c| c.words(&self.article))
            }
            (None, None) => String::new(),
        };
        if words.is_empty() {
            self.message = "nothing is chosen: Tab chooses a citation".to_owned();
            return Vec::new();
        }
        if let Some(Subject::Note(id)) = self.cards.last().map(|c| &c.subject) {
            self.note_exported(Cited::Note(*id));
        }
        self.message = "copied".to_owned();
        vec![Effect::Copy(words)]
    }

    pub(super) fn copy_as(&mut self, id: RefId, form: Form) -> Vec<Effect> {
        let Some(reference) = self.article.references.get(id.index()) else {
            return Vec::new();
        };
        self.message = format!("copied [{}] as {}", reference.label, form.title());
        let words = export::references(&self.article, form, &[reference]).trim_end().to_owned();
        self.note_exported(Cited::Reference(id));
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
