//! How the reader likes it: the theme, and who has the mouse.

use super::App;
use super::event::Effect;

impl App {
    /// Goes to the next theme.
    pub(super) fn next_theme(&mut self) {
        let at = self.themes.iter().position(|t| *t == self.settings.theme);
        if let Some(next) = self.themes.get((at.map_or(0, |a| a + 1)) % self.themes.len().max(1)) {
            self.settings.theme.clone_from(next);
            self.message = format!("theme: {next}");
        }
    }

    /// Gives the mouse back to the terminal, or takes it again.
    pub(super) fn toggle_mouse(&mut self) -> Vec<Effect> {
        self.settings.mouse = !self.settings.mouse;
        let told =
            if self.settings.mouse { "the mouse is taken" } else { "the mouse is free: select with it" };
        self.message = told.to_owned();
        vec![Effect::Mouse(self.settings.mouse)]
    }
}
