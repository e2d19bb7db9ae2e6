//! What keys and the mouse do in the pane, and how it opens and closes.

use super::PaneRow;
use crate::app::App;
use crate::app::action::Action;
use crate::app::card::Subject;
use crate::app::event::{Effect, Input};
use crate::app::focus::Focus;
use crate::app::typing::{Edited, edit};
use crate::article::Target;
use crate::layout::Hit;

impl App {
    /// Opens the pane and goes there; from there, closes it.
    pub(in crate::app) fn toggle_references(&mut self) {
        if self.focus == Focus::References {
            self.close_references();
            return;
        }
        if self.article.references.is_empty()
            && self.article.notes.is_empty()
            && self.article.markers.is_empty()
        {
            self.message = "this article cites nothing".to_owned();
            return;
        }
        if self.focus == Focus::Outline {
            self.leave_outline();
        }
        let wanted = self.item_at_hand();
        self.cards.clear();
        self.zen = false;
        if !std::mem::replace(&mut self.references.open, true) {
            self.references.grow();
        }
        self.focus = Focus::References;
        self.references.refresh(&self.article, true);
        let wanted = wanted.and_then(|target| self.references.item_of(&target));
        if let Some(item) = wanted.filter(|item| self.references.shown.contains(item)) {
            self.references.choose(item);
        }
    }

    /// What is cited by the open card or by what is lit.
    fn item_at_hand(&self) -> Option<Target> {
        let target = match self.cards.last().map(|card| &card.subject) {
            Some(Subject::Reference(id)) => Some(Target::Reference(*id)),
            Some(Subject::Note(id)) => Some(Target::Note(*id)),
            Some(Subject::Several(list)) => {
                list.get(self.cards.last()?.chosen).map(|(target, _)| target.clone())
            }
            _ => None,
        };
        let lit = match self.lit {
            Some(Hit::Marker(id)) => {
                self.article.marker(id).and_then(|m| Some(m.cites.first()?.target.clone()))
            }
            _ => None,
        };
        target.or(lit)
    }

    /// Closes the pane: the text has its measure again, and the same words at its top.
    pub(in crate::app) fn close_references(&mut self) {
        self.give_back();
        self.references.open = false;
        self.references.filter.clear();
    }

    /// What is left of the pane when the keys have gone elsewhere.
    pub(in crate::app) fn release_references(&mut self) {
        self.references.filtering = false;
        self.references.aside = false;
        // A pane that covers the text has done its work.
        self.references.open &= !self.view.geometry.covers;
    }

    /// One layer of the pane less: the filter, then its keys. It stays beside the text.
    pub(in crate::app) fn leave_references(&mut self) {
        if self.references.filter.is_empty() {
            self.give_back();
        } else {
            self.filter_references(String::new());
        }
    }

    /// What an action does in the pane; `None` when the pane has no use for it and the text is meant.
    pub(in crate::app) fn act_in_references(
        &mut self,
        action: Action,
        count: Option<u32>,
    ) -> Option<Vec<Effect>> {
        let times = i64::from(count.unwrap_or(1).clamp(1, 10_000));
        let area = self.view.geometry.pane.map_or(0, |a| i64::from(a.height));
        let page = (area / 4).max(1);
        match action {
            Action::LineDown | Action::NextMarker | Action::NextSection | Action::NextParagraph => {
                self.references.choose_by(times);
            }
            Action::LineUp | Action::PreviousMarker | Action::PreviousSection | Action::PreviousParagraph => {
                self.references.choose_by(-times);
            }
            Action::PageDown | Action::HalfPageDown => self.references.choose_by(page),
            Action::PageUp | Action::HalfPageUp => self.references.choose_by(-page),
            Action::Top => self.references.choose_by(i64::MIN / 2),
            Action::End => self.references.choose_by(i64::MAX / 2),
            Action::Search => {
                self.references.filtering = true;
                self.references.aside = false;
            }
            Action::NextHit => self.walk_mentions(times),
            Action::PreviousHit => self.walk_mentions(-times),
            Action::Enter | Action::Peek if count.is_some() => self.choose_named(times),
            Action::Enter => self.enter_reference(),
            Action::Copy => return Some(self.copy_listed()),
            Action::Export => self.offer_listed(),
            Action::OpenAddress => self.offer_address(),
            Action::References => self.toggle_references(),
            Action::ParentSection => {}
            Action::Outline
            | Action::Help
            | Action::Palette
            | Action::Zen
            | Action::Back
            | Action::Forward => {
                return None;
            }
            Action::Theme | Action::Mouse | Action::Wider | Action::Narrower | Action::UsualWidth => {
                return None;
            }
            Action::PanLeft | Action::PanRight | Action::SetMark => return None,
            // Everything else is about the text, which is to be seen then.
            _ => {
                self.give_back();
                return None;
            }
        }
        Some(Vec::new())
    }

    /// A key of the pane's own: see [`super::KEYS`].
    pub(in crate::app) fn type_in_references(&mut self, key: char) {
        match key {
            's' => self.sort_references(),
            ' ' => self.mark_reference(),
            'A' => self.mark_all_references(),
            _ => {}
        }
    }

    fn sort_references(&mut self) {
        self.references.sort = self.references.sort.next();
        self.references.arrange(&self.article);
        self.references.aside = false;
    }

    /// A key while the filter is being typed.
    pub(in crate::app) fn type_reference_filter(&mut self, input: Input) {
        let mut filter = self.references.filter.clone();
        match edit(&mut filter, &input) {
            Edited::Accepted => self.references.filtering = false,
            Edited::GivenUp => {
                self.references.filtering = false;
                self.filter_references(String::new());
            }
            Edited::Changed => self.filter_references(filter),
            Edited::Ignored => match input {
                Input::Up => self.references.choose_by(-1),
                Input::Down => self.references.choose_by(1),
                _ => {}
            },
        }
    }

    fn filter_references(&mut self, filter: String) {
        self.references.filter = filter;
        self.references.sift(&self.article);
    }

    /// A click in the pane: chooses an entry, goes to a mention, types a filter, puts in order.
    pub(in crate::app) fn press_references(&mut self, y: u16) {
        let Some(view) = &self.view.pane else { return };
        let line = y.checked_sub(view.first).and_then(|at| view.lines.get(at as usize));
        let (head, filter) = (view.head == Some(y), view.filter == Some(y));
        let (entry, mention) = match line.map(|line| (line.entry, &line.row)) {
            Some((entry, PaneRow::Mention { at, .. })) => (Some(entry), Some(*at)),
            Some((entry, PaneRow::Title(..) | PaneRow::About(..))) => (Some(entry), None),
            _ => (None, None),
        };
        if self.focus == Focus::Outline {
            self.leave_outline();
        }
        self.cards.clear();
        self.focus = Focus::References;
        if head {
            self.sort_references();
        } else if filter {
            self.references.filtering = true;
        } else if let Some(at) = mention {
            self.go_to_mention_at(at);
        } else if let Some(&item) = entry.and_then(|at| self.references.shown.get(at)) {
            self.references.choose(item);
        }
    }

    /// The wheel over the pane.
    pub(in crate::app) fn scroll_references(&mut self, by: i64) {
        self.references.scroll = self.references.scroll.saturating_add_signed(by as isize);
        self.references.follows = false;
    }
}
