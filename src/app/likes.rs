//! What the reader likes and changes with a key: the theme, and whose the mouse is.

use super::App;
use super::event::Effect;

impl App {
    pub(super) fn next_theme(&mut self) {
        let at = self.themes.iter().position(|t| *t == self.settings.theme);
        if let Some(next) = self.themes.get((at.map_or(0, |a| a + 1)) % self.themes.len().max(1)) {
            self.settings.theme.clone_from(next);
            self.message = format!("theme: {next}");
        }
    }

    pub(super) fn toggle_mouse(&mut self) -> Vec<Effect> {
        self.settings.mouse = !self.settings.mouse;
        let told =
            if self.settings.mouse { "the mouse is taken" } else { "the mouse is free: select with it" };
        self.message = told.to_owned();
        vec![Effect::Mouse(self.settings.mouse)]
    }
}
