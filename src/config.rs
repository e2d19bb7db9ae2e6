//! What the user set: `$XDG_CONFIG_HOME/ibid/config.toml`. What it does not understand is a warning, never an end.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use crate::app::Settings;
use crate::app::margin::Notes;
use crate::app::markers::Markers;
use crate::article::safe;
use crate::cite;
use crate::keys::{Keymap, PRESETS};
use crate::ui::theme::THEMES;

/// What the user set, and what was not understood.
#[derive(Debug)]
pub struct Config {
    /// How the reader likes it.
    pub settings: Settings,
    /// Which of the settings the file names: these hold at every start, the others are remembered.
    pub fixed: Fixed,
    /// The keys.
    pub keymap: Keymap,
    /// What was not understood.
    pub warnings: Vec<String>,
}

/// Which settings the file names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fixed {
    /// The theme.
    pub theme: bool,
    /// The measure.
    pub width: bool,
    /// The outline.
    pub outline: bool,
    /// The mouse.
    pub mouse: bool,
    /// The citation style.
    pub style: bool,
    /// Notes beside the text.
    pub notes: bool,
    /// Markers.
    pub markers: bool,
}

impl Config {
    /// Reads the user's file, if there is one. `light` is the theme for a light terminal.
    pub fn load(light: bool) -> Self {
        let path = path();
        let text = path.as_ref().and_then(|p| std::fs::read_to_string(p).ok()).unwrap_or_default();
        Self::read(&text, light)
    }

    /// Reads the text of a configuration file.
    pub fn read(text: &str, light: bool) -> Self {
        let mut warnings = Vec::new();
        let table: toml::Table = text.parse().unwrap_or_else(|error: toml::de::Error| {
            warnings.push(format!("config.toml: {}", error.message()));
            toml::Table::new()
        });
        let theme = if light { "light" } else { "dark" };
        let mut settings = Settings { theme: theme.to_owned(), ..Settings::default() };
        let mut fixed = Fixed::default();
        let (mut preset, mut own) = ("default".to_owned(), toml::Table::new());
        for (name, value) in table {
            match (name.as_str(), value) {
                ("theme", toml::Value::String(name)) if THEMES.iter().any(|(n, _)| *n == name) => {
                    (settings.theme, fixed.theme) = (name, true);
                }
                ("width", toml::Value::Integer(width @ 24..=160)) => {
                    (settings.measure, fixed.width) = (width as u16, true)
                }
                ("outline", toml::Value::Boolean(open)) => (settings.outline, fixed.outline) = (open, true),
                ("mouse", toml::Value::Boolean(on)) => (settings.mouse, fixed.mouse) = (on, true),
                ("style", toml::Value::String(name)) => match style(&name) {
                    Ok(name) => (settings.style, fixed.style) = (name, true),
                    Err(why) => warnings.push(format!("config.toml: {why}")),
                },
                ("notes", toml::Value::String(name)) if Notes::named(&name).is_some() => {
                    (settings.notes, fixed.notes) = (Notes::named(&name).unwrap_or_default(), true)
                }
                ("markers", toml::Value::String(name)) if Markers::named(&name).is_some() => {
                    (settings.markers, fixed.markers) = (Markers::named(&name).unwrap_or_default(), true)
                }
                ("preset", toml::Value::String(name)) if PRESETS.iter().any(|(n, _)| *n == name) => {
                    preset = name
                }
                ("keys", toml::Value::Table(table)) => own = table,
                (
                    name @ ("theme" | "width" | "outline" | "mouse" | "style" | "notes" | "markers"
                    | "preset" | "keys"),
                    value,
                ) => {
                    warnings.push(format!("config.toml: {name} cannot be {value}"));
                }
                (name, _) => warnings.push(format!("config.toml: there is no setting “{name}”")),
            }
        }
        let (keymap, more) = Keymap::with(&preset, &own);
        warnings.extend(more.into_iter().map(|w| format!("config.toml: {w}")));
        Self { settings, fixed, keymap, warnings }
    }
}

/// A style by its name, or the path of a file: from the home directory (`~/`), or from where this file is.
fn style(name: &str) -> Result<String, String> {
    let shown = safe::line(name);
    if !name.ends_with(".csl") {
        let known = cite::style::known(name);
        return if known { Ok(name.to_lowercase()) } else { Err(format!("there is no style “{shown}”")) };
    }
    let home = || etcetera::home_dir().unwrap_or_default();
    let beside = || path().and_then(|p| p.parent().map(Path::to_owned)).unwrap_or_default();
    let file = name.strip_prefix("~/").map_or_else(|| beside().join(name), |rest| home().join(rest));
    let found = file.is_file().then(|| file.to_str().map(str::to_owned)).flatten();
    found.ok_or_else(|| format!("there is no file for the style “{shown}”"))
}

/// Where the file is.
pub fn path() -> Option<PathBuf> {
    let dirs = etcetera::choose_base_strategy().ok()?;
    Some(dirs.config_dir().join("ibid").join("config.toml"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::action::Action;

    #[test]
    fn what_is_set_holds_and_the_rest_is_usual() {
        let config = Config::read("theme = \"light\"\nwidth = 60\n[keys]\nhelp = \"H\"", false);
        assert_eq!((config.settings.theme.as_str(), config.settings.measure), ("light", 60));
        assert_eq!(config.fixed, Fixed { theme: true, width: true, ..Fixed::default() });
        assert_eq!(config.keymap.sign(Action::Help), "H");
        assert_eq!(config.warnings, Vec::<String>::new());
    }

    #[test]
    fn a_style_is_a_name_or_a_file() {
        let file = tempfile::Builder::new().suffix(".csl").tempfile().unwrap();
        let path = file.path().to_str().unwrap().to_owned();
        for (given, kept) in [("APA", "apa"), (path.as_str(), path.as_str())] {
            let config = Config::read(&format!("style = \"{given}\""), false);
            assert_eq!((config.settings.style.as_str(), config.fixed.style), (kept, true), "{given}");
            assert_eq!(config.warnings, Vec::<String>::new());
        }
    }

    #[test]
    fn notes_and_markers_can_be_set() {
        let config = Config::read("notes = \"strip\"\nmarkers = \"dim\"", false);
        assert_eq!((config.settings.notes, config.settings.markers), (Notes::Strip, Markers::Dim));
        assert_eq!(config.fixed, Fixed { notes: true, markers: true, ..Fixed::default() });
        assert_eq!(config.warnings, Vec::<String>::new());
    }

    #[test]
    fn what_is_not_understood_is_a_warning() {
        for text in [
            "theme = \"puce\"",
            "width = 5",
            "colour = 1",
            "[keys",
            "preset = \"nano\"",
            "notes = \"left\"",
            "markers = true",
            "[keys]\nfly = \"x\"",
            "style = \"nope\"",
            "style = \"nowhere.csl\"",
            "style = 3",
        ] {
            assert_eq!(Config::read(text, false).warnings.len(), 1, "{text}");
        }
    }
}
