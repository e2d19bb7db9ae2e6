//! What lies over the text, layer on layer: which of them the keys are for, and what closing one leaves.

use super::action::Action;
use super::event::{Effect, Listening};
use super::focus::Focus;
use super::{App, Overlay};

impl App {
    /// Which keys are wanted as text.
    pub fn listening(&self) -> Listening {
        match &self.overlay {
            Some(Overlay::Search(_) | Overlay::Picker(_) | Overlay::Hints(_) | Overlay::Mark { .. }) => {
                Listening::Text
            }
            None if self.focus == Focus::Outline && self.outline.filtering => Listening::Text,
            None if self.focus == Focus::References && self.references.filtering => Listening::Text,
            None if self.focus == Focus::References => Listening::References,
            Some(_) => Listening::Commands { letters: 0 },
            None => {
                Listening::Commands { letters: self.cards.last().map_or(0, |c| c.letters(&self.article)) }
            }
        }
    }

    /// Closes one layer. `Close` never quits.
    pub(super) fn close(&mut self, action: Action) -> Vec<Effect> {
        if self.overlay.is_some() {
            if matches!(self.overlay, Some(Overlay::Picker(_)))
                && !self.articles.is_empty()
                && self.article.is_empty()
            {
                return if action == Action::Quit { vec![Effect::Quit] } else { Vec::new() };
            }
            self.overlay = None;
        } else if self.focus == Focus::Outline {
            self.leave_outline();
        } else if self.focus == Focus::References {
            self.leave_references();
        } else if self.cards.pop().is_none() && self.selection.take().is_none() {
            match action {
                _ if self.view.geometry.pane.is_some() => self.close_references(),
                Action::Quit => return vec![Effect::Quit],
                // What is lit, and what was found, is a layer for Esc; it is no reason to press q twice.
                _ if self.lit.take().is_none() => self.search = None,
                _ => {}
            }
        }
        Vec::new()
    }
}
