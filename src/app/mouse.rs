//! The mouse: the wheel scrolls, a click opens what it hits.

use super::event::{Effect, Mouse};
use super::{App, Overlay, card};
use crate::article::Place;

/// Rows that a notch of the wheel moves.
const NOTCH: i64 = 3;

impl App {
    pub(super) fn point(&mut self, mouse: Mouse) -> Vec<Effect> {
        match mouse {
            Mouse::Wheel { x, y, by } => self.wheel(x, y, by),
            Mouse::Press { x, y, drag } => return self.press(x, y, drag),
        }
        Vec::new()
    }

    fn wheel(&mut self, x: u16, y: u16, by: i32) {
        let by = i64::from(by) * NOTCH;
        if let Some(Overlay::Help(scroll)) = &mut self.overlay {
            *scroll = scroll.saturating_add_signed(by as isize);
        } else if let Some(Overlay::Picker(picker)) = &mut self.overlay {
            picker.move_by(by.signum());
        } else if self.view.card.as_ref().is_some_and(|c| c.area.holds(x, y) && (c.above || c.below)) {
            self.scroll_card(by > 0, 1);
        } else if self.view.geometry.pane.is_some_and(|a| a.holds(x, y)) {
            self.scroll_references(by);
        } else if self.view.geometry.outline.is_some_and(|a| a.holds(x, y)) {
            self.outline.scroll = self.outline.scroll.saturating_add_signed(by as isize);
            self.outline.scroll = self.outline.scroll.min(self.view.entries.len().saturating_sub(1));
        } else if let Some(at) = self.view.pins.iter().position(|p| p.area.holds(x, y)) {
            self.wheel_pin(at, by.signum());
        } else {
            self.scroll(by);
        }
    }

    fn press(&mut self, x: u16, y: u16, drag: bool) -> Vec<Effect> {
        if drag && self.drag_selection(x, y) {
            return Vec::new();
        }
        self.pressed = None;
        if let Some(bar) = self.view.geometry.scrollbar.filter(|a| a.holds(x, y)) {
            self.drag_scrollbar(y - bar.y, bar.height, drag);
            return Vec::new();
        }
        if drag {
            return Vec::new();
        }
        self.message.clear();
        match &self.overlay {
            Some(Overlay::Picker(_)) => return self.press_picker(x, y),
            Some(_) => {
                self.overlay = None;
                return Vec::new();
            }
            None => {}
        }
        if let Some(view) = self.view.card.as_ref().filter(|c| c.area.holds(x, y)) {
            let (column, row) = ((x - view.area.x).saturating_sub(3), (y - view.area.y).saturating_sub(1));
            let found =
                card::hits(view).into_iter().find(|h| h.1 == row && column >= h.2 && column - h.2 < h.3);
            let (letter, entry) = (card::letter_at(view, row), card::entry_at(view, row));
            match (found, letter, entry) {
                (Some((hit, ..)), _, _) => self.open_on_top(hit),
                (None, Some(letter), _) => self.go_to_mention(letter),
                (None, None, Some(entry)) => self.expand_entry(entry),
                (None, None, None) => {}
            }
            return Vec::new();
        }
        if self.view.geometry.pane.is_some_and(|a| a.holds(x, y)) {
            self.press_references(y);
        } else if self.view.geometry.outline.is_some_and(|a| a.holds(x, y)) {
            self.press_outline(y);
        } else if self.press_note(x, y) {
        } else if let Some(at) = self.view.pins.iter().position(|p| p.area.holds(x, y)) {
            self.press_pin(at, x, y);
        } else {
            self.press_text(x, y);
        }
        Vec::new()
    }

    /// The text: what can be opened opens, and from anywhere a drag selects.
    fn press_text(&mut self, x: u16, y: u16) {
        self.selection = None;
        self.pressed = self.place_under(x, y).filter(|_| self.view.geometry.body.holds(x, y));
        if let Some(found) = self.view.hits.iter().find(|h| h.y == y && x >= h.x && x - h.x < h.width) {
            self.open(found.hit);
        } else {
            self.cards.clear();
            self.give_back();
            self.lit = None;
        }
    }

    fn drag_scrollbar(&mut self, row: u16, height: u16, drag: bool) {
        if !drag {
            self.leave();
        }
        let bytes = u64::from(self.article.total_bytes()) * u64::from(row) / u64::from(height.max(1));
        let place = self.article.place_at(bytes as u32);
        let screen = self.view.geometry.body.height;
        self.top = self.walk().put(Place { byte: place.byte, ..place }, 0, screen);
    }

    fn press_picker(&mut self, _x: u16, y: u16) -> Vec<Effect> {
        let Some(Overlay::Picker(picker)) = &mut self.overlay else {
            return Vec::new();
        };
        let row = y.checked_sub(picker.first_row(self.view.geometry.screen)).map(usize::from);
        match row.map(|r| r + picker.scroll).filter(|&at| at < picker.matching().len()) {
            Some(at) => {
                picker.chosen = at;
                self.type_in(super::event::Input::Enter)
            }
            None => Vec::new(),
        }
    }
}
