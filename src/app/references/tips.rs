//! The keys that matter in the pane.

use super::References;
use crate::app::action::Action;
use crate::app::tip::Tip;

impl References {
    /// The keys that matter in it.
    pub(in crate::app) fn tips(&self) -> Vec<Tip> {
        if self.filtering {
            return vec![
                Tip::Keys("type", "to filter"),
                Tip::Keys("enter", "keep"),
                Tip::Keys("esc", "clear"),
            ];
        }
        vec![
            Tip::Two(Action::LineDown, Action::LineUp, "choose"),
            Tip::Two(Action::NextHit, Action::PreviousHit, "walk its mentions"),
            Tip::One(Action::Enter, "go to entry"),
            Tip::Keys("s", "sort"),
            Tip::Keys("space", "mark"),
            Tip::One(Action::Export, "export"),
            Tip::One(Action::Search, "filter"),
            Tip::One(
                Action::Close,
                if self.filter.is_empty() { "back to the text" } else { "clear the filter" },
            ),
            Tip::One(Action::References, "close"),
        ]
    }
}
