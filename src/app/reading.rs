//! Moving: by rows, paragraphs, sections, markers, hits; and back again.

use super::App;
use super::card::openable;
use super::margin::Notes;
use super::trail::Stop;
use super::viewport::{Top, Walk};
use crate::article::{BlockId, Place};
use crate::layout::Hit;

impl App {
    /// The window on the text.
    pub(super) fn walk(&mut self) -> Walk<'_> {
        Walk { article: &self.article, layout: &mut self.layout }
    }

    /// Rows of a page: one less than the screen shows, so that the eye finds its way.
    pub(super) fn page(&self) -> i64 {
        i64::from(self.view.geometry.body.height.max(2) - 1)
    }

    fn height(&self) -> u16 {
        self.view.geometry.body.height
    }

    fn here(&self) -> Stop {
        Stop { top: self.top, lit: self.lit }
    }

    /// Remembers this place: a jump follows.
    pub(super) fn leave(&mut self) {
        self.awaited = None;
        self.sought = None;
        self.reading = false;
        self.trail.leave(self.here());
    }

    pub(super) fn scroll(&mut self, by: i64) {
        self.awaited = None;
        self.sought = None;
        self.reading = by > 0;
        let (top, height) = (self.top, self.height());
        self.top = self.walk().scroll(top, by, height);
    }

    pub(super) fn scroll_pages(&mut self, pages: i64) {
        self.scroll(pages * self.page());
    }

    /// Lays out the page below this one, so that turning to it takes no longer than to a page that was seen before.
    pub fn look_ahead(&mut self) {
        let (top, height, page) = (self.top, self.height(), self.page());
        let mut walk = self.walk();
        let below = walk.scroll(top, page, height);
        walk.lines(below, height);
    }

    pub(super) fn go_to_top(&mut self) {
        self.leave();
        self.top = Top::default();
    }

    pub(super) fn go_to_end(&mut self) {
        self.leave();
        let height = self.height();
        self.top = self.walk().end(height);
        if self.settings.notes == Notes::Strip {
            // The notes at the foot may take more rows there.
            self.settle();
            let height = height.min(self.height());
            self.top = self.walk().end(height);
        }
    }

    /// Puts a place at the top of the screen: where a section begins.
    pub(super) fn jump_to(&mut self, place: Place) {
        self.leave();
        let height = self.height();
        self.top = self.walk().put(place, 0, height);
    }

    /// Brings a place to the screen, if it is not there already, a third of the way down.
    pub(super) fn show(&mut self, place: Place) {
        if !self.shows(place) {
            self.leave();
            let height = self.height();
            self.top = self.walk().put(place, height / 3, height);
        }
    }

    /// True when the row of a place is on the screen.
    pub(super) fn shows(&self, place: Place) -> bool {
        self.view.row_of(place).is_some()
    }

    pub(super) fn step_paragraphs(&mut self, by: i64) {
        let block = i64::from(self.top.place.block.0);
        let inside = self.top.place.byte > 0 && by < 0;
        let target =
            (block + by + i64::from(inside)).clamp(0, i64::from(self.article.len().saturating_sub(1)));
        self.awaited = None;
        let height = self.height();
        self.top = self.walk().put(Place::start_of(BlockId(target as u32)), 0, height);
    }

    pub(super) fn step_sections(&mut self, by: i64) {
        let at_heading =
            |s: usize| self.article.sections.get(s).is_some_and(|s| s.heading == self.top.place.block);
        let current = self.current_section().map_or(-1, |s| s as i64);
        let from = match current {
            // Going back from inside a section leads to its own heading first.
            s if by < 0 && s >= 0 && !at_heading(s as usize) => s + 1,
            s => s,
        };
        let target = from + by;
        self.cards.clear();
        if target < 0 {
            self.jump_to(Place::default());
        } else if let Some(section) = self.article.sections.get(target as usize) {
            self.jump_to(Place::start_of(section.heading));
        } else {
            self.go_to_end();
        }
    }

    pub(super) fn go_to_parent(&mut self) {
        let parent = self.current_section().and_then(|s| self.article.parent_of(s));
        let place = parent.map_or(Place::default(), |p| Place::start_of(self.article.sections[p].heading));
        self.jump_to(place);
    }

    /// The section that is read: the one of the first text on the screen, or the heading that stands right there.
    pub fn current_section(&self) -> Option<usize> {
        let first =
            self.view.lines.iter().find(|l| l.row.is_some()).map_or(self.top.place.block, |l| l.block);
        self.article.section_of(first)
    }

    pub(super) fn go_back(&mut self) {
        let here = self.here();
        match self.trail.back(here) {
            Some(stop) => self.return_to(stop),
            None => self.message = "this is where you began".to_owned(),
        }
    }

    pub(super) fn go_forward(&mut self) {
        let here = self.here();
        match self.trail.forward(here) {
            Some(stop) => self.return_to(stop),
            None => self.message = "nothing further ahead".to_owned(),
        }
    }

    fn return_to(&mut self, stop: Stop) {
        self.awaited = None;
        self.cards.clear();
        (self.top, self.lit) = (stop.top, stop.lit);
    }

    pub(super) fn set_mark(&mut self, letter: char) {
        if letter.is_ascii_alphanumeric() {
            self.trail.marks.insert(letter, self.here());
            self.message = format!("marked as {letter}");
        }
    }

    pub(super) fn go_to_mark(&mut self, letter: char) {
        let stop = match letter {
            '\'' | '`' => self.trail.last(),
            letter => self.trail.marks.get(&letter).copied(),
        };
        match stop {
            Some(stop) => {
                self.leave();
                self.return_to(stop);
            }
            None => self.message = format!("nothing is marked as {letter}"),
        }
    }

    /// Lights the next marker or cross reference, `by` of them on; an open card goes along.
    pub(super) fn step_hits(&mut self, by: i64) {
        let mut from = self.lit_place();
        let mut found = None;
        for _ in 0..by.unsigned_abs() {
            match self.neighbour(from, by > 0) {
                Some((hit, place)) => {
                    found = Some((hit, place));
                    from = Some(place);
                }
                None => break,
            }
        }
        match found {
            Some((hit, place)) => {
                self.show(place);
                self.lit = Some(hit);
                if !self.cards.is_empty() {
                    self.cards.clear();
                    self.settle();
                    self.open_lit();
                }
            }
            // At either end, one step with nothing chosen: then it begins anew.
            None => {
                self.lit = None;
                self.message = match by > 0 {
                    _ if self.markers_hidden() => "citations are hidden",
                    true => "no further citation",
                    false => "no citation before this",
                }
                .to_owned();
            }
        }
    }

    /// Where the chosen thing stands, if it is on the screen.
    pub(super) fn lit_place(&self) -> Option<Place> {
        let lit = self.lit?;
        let place = match lit {
            Hit::Marker(id) => Some(self.article.marker(id)?.place),
            Hit::Link(_) => self.view.hits.iter().find(|v| v.hit == lit).map(|v| v.place),
        };
        place.filter(|&p| self.shows(p))
    }

    /// The next marker or cross reference after a place, or the one before; with no place, the first or last on the
    /// screen, or else beyond it.
    fn neighbour(&self, from: Option<Place>, onward: bool) -> Option<(Hit, Place)> {
        let (start, fresh) = match from {
            Some(place) => (place, false),
            None if onward => (self.view.first_place().unwrap_or(self.top.place), true),
            None => (self.view.last_place().unwrap_or(self.top.place), true),
        };
        let beyond = |p: Place| match onward {
            true => p > start || (fresh && p == start),
            false => p < start,
        };
        let hidden = self.markers_hidden();
        let seen = |hit: &Hit| !hidden || !matches!(hit, Hit::Marker(_));
        let last = self.article.len().checked_sub(1)?;
        let mut block = start.block.0.min(last);
        loop {
            let mut found = openable(&self.article, BlockId(block)).filter(|(h, p)| seen(h) && beyond(*p));
            let hit = if onward { found.next() } else { found.last() };
            if hit.is_some() {
                return hit;
            }
            block = if onward { block + 1 } else { block.checked_sub(1)? };
            if block > last {
                return None;
            }
        }
    }

    /// How far the widest block on the screen can be panned.
    pub(super) fn widest_pan(&self) -> u16 {
        let width = self.view.geometry.body.width;
        self.view.lines.iter().map(|l| l.rows.natural.saturating_sub(width)).max().unwrap_or(0)
    }

    /// Keeps the record of what has been read: a section whose end is on the screen while one reads on.
    pub(super) fn note_reading(&mut self) {
        if !self.reading {
            return;
        }
        let Some(last) = self.view.lines.iter().rev().find(|l| l.row.is_some()) else {
            return;
        };
        let at_end = last.row == last.rows.rows.len().checked_sub(1);
        let end = last.block.0 + u32::from(at_end);
        let first = self.view.lines.first().and_then(|l| self.article.section_of(l.block));
        if self.current_section().is_some() {
            self.outline.read.insert(None);
        }
        for at in first.unwrap_or(0)..self.article.sections.len() {
            let blocks = self.article.section_blocks(at);
            let whole = self.complete || at + 1 < self.article.sections.len();
            if blocks.end > end || !whole {
                break;
            }
            self.outline.read.insert(Some(at));
        }
    }
}
