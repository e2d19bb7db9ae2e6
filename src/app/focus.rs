//! Which part of the screen takes the keys: never more than one.

use super::App;

/// The part of the screen that takes the keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    /// The text, and the cards over it.
    #[default]
    Text,
    /// The outline.
    Outline,
    /// The pane of references.
    References,
}

impl App {
    /// Gives the keys back to the text, which stays where it is. What covers the text has done its work.
    pub(super) fn give_back(&mut self) {
        match self.focus {
            Focus::Text => {}
            Focus::Outline => self.release_outline(),
            Focus::References => self.release_references(),
        }
        self.focus = Focus::Text;
    }

    /// What is not to be seen takes no keys.
    pub(super) fn keep_focus(&mut self) {
        let seen = !self.zen
            && match self.focus {
                Focus::Text => true,
                Focus::Outline => self.outline.open && !self.article.sections.is_empty(),
                Focus::References => self.references.open,
            };
        if !seen {
            self.give_back();
        }
    }
}
