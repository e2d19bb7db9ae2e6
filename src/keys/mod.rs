//! Keys become actions. The table is read from a file in the user's own syntax, and feeds the help and the palette.

mod chord;

use std::collections::HashMap;

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind};

pub use chord::Chord;

use crate::app::action::{ACTIONS, Action};
use crate::app::card::LETTERS;
use crate::app::event::{Event, Input, Listening};
use crate::app::references;

/// The presets: a name, and what it changes.
pub const PRESETS: &[(&str, &str)] = &[
    ("default", ""),
    ("vim", include_str!("vim.toml")),
    ("less", include_str!("less.toml")),
    ("emacs", include_str!("emacs.toml")),
];

/// Which key does what.
#[derive(Clone, Debug, Default)]
pub struct Keymap {
    actions: HashMap<Chord, Action>,
    /// The keys of each action and their signs, the one to show first.
    chords: HashMap<Action, Vec<(Chord, String)>>,
}

impl Keymap {
    /// The usual keys.
    pub fn usual() -> Self {
        let mut keymap = Self::default();
        if let Ok(table) = include_str!("default.toml").parse() {
            keymap.bind(&table);
        }
        keymap
    }

    /// The usual keys under a preset and the user's own table; and what is wrong with the latter.
    pub fn with(preset: &str, own: &toml::Table) -> (Self, Vec<String>) {
        let mut keymap = Self::usual();
        let mut warnings = Vec::new();
        match PRESETS.iter().find(|(name, _)| *name == preset).map(|(_, text)| text.parse::<toml::Table>()) {
            Some(Ok(table)) => warnings.extend(keymap.bind(&table)),
            _ => warnings.push(format!("keys: there is no preset “{preset}”")),
        }
        warnings.extend(keymap.bind(own));
        (keymap, warnings)
    }

    /// Binds what a table says: `action = ["key", …]` or `action = "key"`. Each key leaves the action it had.
    fn bind(&mut self, table: &toml::Table) -> Vec<String> {
        let mut warnings = Vec::new();
        for (name, keys) in table {
            let Some(action) = Action::named(name) else {
                warnings.push(format!("keys: there is no action “{name}”"));
                continue;
            };
            let names: Vec<&str> = match keys {
                toml::Value::String(key) => vec![key],
                toml::Value::Array(keys) => keys.iter().filter_map(|k| k.as_str()).collect(),
                _ => Vec::new(),
            };
            self.unbind(action);
            for name in names {
                match Chord::named(name) {
                    Some(chord) => self.give(chord, action),
                    None => warnings.push(format!("keys: there is no key “{name}”")),
                }
            }
        }
        warnings
    }

    fn unbind(&mut self, action: Action) {
        for (chord, _) in self.chords.remove(&action).unwrap_or_default() {
            self.actions.remove(&chord);
        }
    }

    fn give(&mut self, chord: Chord, action: Action) {
        if let Some(before) = self.actions.insert(chord, action)
            && let Some(chords) = self.chords.get_mut(&before)
        {
            chords.retain(|(c, _)| *c != chord);
        }
        self.chords.entry(action).or_default().push((chord, chord.sign()));
    }

    /// The signs of the keys of an action, the first one first.
    pub fn signs(&self, action: Action) -> Vec<&str> {
        let chords = self.chords.get(&action).map_or(&[][..], |chords| chords);
        chords.iter().map(|(_, sign)| sign.as_str()).collect()
    }

    /// The sign of its first key; empty for an action without keys.
    pub fn sign(&self, action: Action) -> &str {
        self.chords.get(&action).and_then(|chords| chords.first()).map_or("", |(_, sign)| sign)
    }

    /// The actions that no key leads to.
    pub fn unbound(&self) -> Vec<Action> {
        ACTIONS.iter().map(|i| i.action).filter(|a| self.signs(*a).is_empty()).collect()
    }

    /// What a key means to a reader who listens in this way.
    pub fn event(&self, key: &KeyEvent, listening: Listening) -> Option<Event> {
        if key.kind == KeyEventKind::Release {
            return None;
        }
        let chord = Chord::of(key);
        match listening {
            Listening::Text => self.typed(chord),
            Listening::Commands { letters } => {
                self.command(chord, |c| LETTERS.chars().take(letters).any(|l| l == c))
            }
            Listening::References => self.command(chord, |c| references::KEYS.contains(c)),
        }
    }

    /// A key that is an action, unless it is a digit or one of those that mean something of their own here.
    fn command(&self, chord: Chord, own: impl Fn(char) -> bool) -> Option<Event> {
        if let KeyCode::Char(c) = chord.code
            && !chord.ctrl
            && !chord.alt
            && (c.is_ascii_digit() || own(c))
        {
            return Some(Event::Input(Input::Char(c)));
        }
        self.actions.get(&chord).map(|action| Event::Action(*action))
    }

    /// A key while something is being typed. Ctrl-C and Ctrl-Z keep their meaning.
    fn typed(&self, chord: Chord) -> Option<Event> {
        let input = match (chord.code, chord.ctrl) {
            (KeyCode::Char('w'), true) => Input::DeleteWord,
            (KeyCode::Char('u'), true) => Input::Clear,
            (KeyCode::Char('h'), true) | (KeyCode::Backspace, _) => Input::Backspace,
            (KeyCode::Char('n' | 'j'), true) | (KeyCode::Down | KeyCode::Tab, _) => Input::Down,
            (KeyCode::Char('p' | 'k'), true) | (KeyCode::Up | KeyCode::BackTab, _) => Input::Up,
            (KeyCode::Char('g' | 'c'), true) | (KeyCode::Esc, _) => Input::Escape,
            (KeyCode::Enter, _) => Input::Enter,
            (KeyCode::Char(c), false) if !chord.alt => Input::Char(c),
            _ => {
                let action = self.actions.get(&chord).copied();
                return action.filter(|a| matches!(a, Action::Suspend | Action::Redraw)).map(Event::Action);
            }
        };
        Some(Event::Input(input))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_has_a_key_and_the_file_has_no_fault() {
        for (preset, _) in PRESETS {
            let (keymap, warnings) = Keymap::with(preset, &toml::Table::new());
            assert_eq!(warnings, Vec::<String>::new(), "{preset}");
            assert_eq!(keymap.unbound(), [], "{preset}");
        }
    }

    #[test]
    fn the_usual_file_names_no_key_twice() {
        let table: toml::Table = include_str!("default.toml").parse().unwrap();
        let keys: Vec<&str> =
            table.values().flat_map(|v| v.as_array().unwrap()).map(|k| k.as_str().unwrap()).collect();
        for (at, key) in keys.iter().enumerate() {
            assert!(!keys[..at].contains(key), "{key} is bound twice");
        }
    }

    #[test]
    fn ones_own_keys_come_first() {
        let own: toml::Table =
            "next-marker = [\"ctrl-n\", \"j\"]\nfly = \"x\"\nhelp = \"7\"".parse().unwrap();
        let (keymap, warnings) = Keymap::with("default", &own);
        assert_eq!(keymap.signs(Action::NextMarker), ["C-n", "j"]);
        assert_eq!(keymap.sign(Action::LineDown), "↓");
        assert_eq!(warnings.len(), 2, "{warnings:?}");
    }

    #[test]
    fn letters_of_a_card_go_before_actions() {
        let keymap = Keymap::usual();
        let key = KeyEvent::from(KeyCode::Char('b'));
        let card = keymap.event(&key, Listening::Commands { letters: 2 });
        assert!(matches!(card, Some(Event::Input(Input::Char('b')))));
        let text = keymap.event(&key, Listening::Commands { letters: 0 });
        assert!(matches!(text, Some(Event::Action(Action::PageUp))));
    }

    #[test]
    fn no_letter_of_a_card_takes_a_key_that_is_needed_there() {
        let keymap = Keymap::usual();
        use Action::*;
        for action in [
            Enter,
            OpenAddress,
            Copy,
            Export,
            Close,
            Quit,
            Help,
            LineDown,
            LineUp,
            NextMarker,
            Theme,
            Outline,
        ] {
            for sign in keymap.signs(action) {
                assert!(
                    !(sign.chars().count() == 1 && LETTERS.contains(sign)),
                    "{sign} of {}",
                    action.info().name
                );
            }
        }
    }
}
