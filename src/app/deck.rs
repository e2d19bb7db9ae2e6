//! The cards that lie on one another: what keys do in the topmost, and what opens on top of it.

use super::App;
use super::action::Action;
use super::card::{Card, LETTERS, Subject};
use super::event::Effect;
use crate::article::{MarkerId, limits};
use crate::layout::Hit;

/// Rows of a card that a page of it moves by.
const PAGE: usize = 4;

/// Columns that wide rows of a card are moved by at once.
const PAN: u16 = 8;

impl App {
    /// What an action does in a card; `None` when the card has no use for it and the text is meant.
    pub(super) fn act_in_card(&mut self, action: Action) -> Option<Vec<Effect>> {
        let (more, pans) = self.view.card.as_ref().map_or((false, 0), |v| (v.above || v.below, v.widest_pan));
        let lists = self.cards.last().is_some_and(|c| c.subject.is_list());
        match action {
            Action::LineDown | Action::LineUp if lists || more => {
                self.scroll_card(action == Action::LineDown, 1)
            }
            Action::PageDown | Action::HalfPageDown if more => self.scroll_card(true, PAGE),
            Action::PageUp | Action::HalfPageUp if more => self.scroll_card(false, PAGE),
            Action::PanRight | Action::PanLeft if lists => self.expand(action == Action::PanRight),
            Action::PanRight | Action::PanLeft if pans > 0 => self.pan_card(action == Action::PanRight, pans),
            Action::Enter => self.enter_card(),
            Action::NextMarker if self.step_inside(1) => {}
            Action::PreviousMarker if self.step_inside(-1) => {}
            Action::Back => self.leave_card(),
            Action::LineDown | Action::LineUp | Action::NextMarker | Action::PreviousMarker => return None,
            Action::OpenAddress | Action::Copy | Action::Export | Action::Pin | Action::Style => return None,
            Action::Help | Action::Palette | Action::Hints | Action::Notes => return None,
            Action::Theme | Action::Mouse | Action::Wider | Action::Narrower | Action::UsualWidth => {
                return None;
            }
            Action::Zen | Action::PanLeft | Action::PanRight | Action::SetMark => return None,
            _ => {
                self.cards.clear();
                return None;
            }
        }
        Some(Vec::new())
    }

    /// Moves through a card: row by row, or in a list from entry to entry, through what is longer than the card.
    pub(super) fn scroll_card(&mut self, down: bool, by: usize) {
        let goes_on = self.view.card.as_ref().map_or((false, false), |v| v.entry_goes_on);
        let Some(card) = self.cards.last_mut() else { return };
        let scrolls = if down { goes_on.1 } else { goes_on.0 };
        match &card.subject {
            Subject::Several(list) if !scrolls => {
                let most = list.len().saturating_sub(1);
                let to = if down { (card.chosen + by).min(most) } else { card.chosen.saturating_sub(by) };
                if to != card.chosen {
                    (card.chosen, card.expanded, card.inside) = (to, false, 0);
                }
            }
            _ => card.scroll = if down { card.scroll + by } else { card.scroll.saturating_sub(by) },
        }
    }

    /// Shows the chosen entry of a list in full, or in two rows again.
    fn expand(&mut self, onward: bool) {
        if let Some(card) = self.cards.last_mut() {
            (card.expanded, card.inside) = (onward && !card.expanded, 0);
        }
    }

    /// A click on an entry of a list: chooses and expands it, or makes it short again.
    pub(super) fn expand_entry(&mut self, at: usize) {
        if let Some(card) = self.cards.last_mut() {
            let expanded = card.chosen != at || !card.expanded;
            (card.chosen, card.expanded, card.inside) = (at, expanded, 0);
        }
    }

    fn pan_card(&mut self, right: bool, most: u16) {
        if let Some(card) = self.cards.last_mut() {
            card.pan = if right { (card.pan + PAN).min(most) } else { card.pan.saturating_sub(PAN) };
        }
    }

    /// One step back: an expanded entry becomes short again, a card on top of another goes, the last one closes.
    fn leave_card(&mut self) {
        match self.cards.last_mut() {
            Some(card) if card.expanded => (card.expanded, card.inside) = (false, 0),
            _ => drop(self.cards.pop()),
        }
    }

    /// Lights the next marker or cross reference inside the card; false when there is none further.
    fn step_inside(&mut self, by: i64) -> bool {
        let Some(card) = self.cards.last() else { return false };
        let inside = card.inner(&self.article).len() as i64;
        let next = card.inside as i64 + by;
        let steps = (1..=inside).contains(&next) || (next == 0 && card.inside > 0);
        if steps && let Some(card) = self.cards.last_mut() {
            card.inside = next as usize;
            card.seek_lit(&self.article);
        }
        steps
    }

    /// Enter in a card: opens what is lit on top, expands the chosen entry, or goes to the full entry.
    fn enter_card(&mut self) {
        let Some(card) = self.cards.last_mut() else { return };
        if let Some(hit) = card.lit(&self.article) {
            self.open_on_top(hit);
        } else if card.subject.is_list() && !card.expanded {
            self.expand(true);
        } else if let Some(place) = card.about().entry(&self.article) {
            self.cards.clear();
            self.jump_to(place);
            self.lit = None;
        } else if matches!(card.subject, Subject::Address(_)) {
            self.offer_address();
        }
    }

    /// Opens what a marker or link in a card leads to on top of it.
    pub(super) fn open_on_top(&mut self, hit: Hit) {
        let from = self.cards.last().and_then(|c| c.from);
        if let Some(card) = self.card_of(hit) {
            self.put_on_top(Card { from, ..card });
        }
    }

    /// Puts a card on top. One that lies in the stack already is returned to: notes may lead to one another.
    fn put_on_top(&mut self, card: Card) {
        match self.cards.iter().position(|c| c.subject == card.subject) {
            Some(at) => self.cards.truncate(at + 1),
            None => {
                if self.cards.len() >= limits::CARDS.most {
                    self.cards.remove(1);
                }
                self.cards.push(card);
            }
        }
    }

    /// A letter of the card: goes to that place of citation, with the card.
    pub(super) fn go_to_mention(&mut self, letter: char) {
        let Some(at) = LETTERS.chars().position(|l| l == letter) else { return };
        let Some(card) = self.cards.last() else { return };
        if let Some(&id) = card.mentions(&self.article).get(at) {
            let subject = card.about();
            self.go_to_marker(id, subject);
        }
    }

    fn go_to_marker(&mut self, id: MarkerId, subject: Subject) {
        let Some(place) = self.article.marker(id).map(|m| m.place) else { return };
        self.show(place);
        self.lit = Some(Hit::Marker(id));
        self.cards = vec![Card { marker: Some(id), ..Card::new(subject, Some(place)) }];
    }
}
