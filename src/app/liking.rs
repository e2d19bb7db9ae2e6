//! How the reader likes it: what is kept between runs, the theme, and who has the mouse.

use super::App;
use super::event::Effect;
use super::margin::Notes;
use super::markers::Markers;

/// How the reader likes it; kept between runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The widest column of text.
    pub measure: u16,
    /// The theme's name.
    pub theme: String,
    /// The outline is open.
    pub outline: bool,
    /// The mouse is taken.
    pub mouse: bool,
    /// The citation style of the cards: a name, or the path of a file; empty for the article's own entries.
    pub style: String,
    /// Where notes stand beside the text.
    pub notes: Notes,
    /// How markers are seen.
    pub markers: Markers,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            measure: 72,
            theme: String::new(),
            outline: true,
            mouse: true,
            style: String::new(),
            notes: Notes::default(),
            markers: Markers::default(),
        }
    }
}

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
