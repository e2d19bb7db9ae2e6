//! A key with what is held down, its name in the key file, and its sign on the screen.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A key, and whether Ctrl or Alt is held. Shift is part of the character, or of Shift-Tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Chord {
    /// The key.
    pub code: KeyCode,
    /// Ctrl is held.
    pub ctrl: bool,
    /// Alt is held.
    pub alt: bool,
}

/// Names of keys that are no characters: in the key file, and on the screen.
const NAMED: &[(&str, &str, KeyCode)] = &[
    ("space", "space", KeyCode::Char(' ')),
    ("enter", "⏎", KeyCode::Enter),
    ("esc", "esc", KeyCode::Esc),
    ("tab", "tab", KeyCode::Tab),
    ("s-tab", "S-tab", KeyCode::BackTab),
    ("backspace", "⌫", KeyCode::Backspace),
    ("delete", "del", KeyCode::Delete),
    ("insert", "ins", KeyCode::Insert),
    ("up", "↑", KeyCode::Up),
    ("down", "↓", KeyCode::Down),
    ("left", "←", KeyCode::Left),
    ("right", "→", KeyCode::Right),
    ("home", "home", KeyCode::Home),
    ("end", "end", KeyCode::End),
    ("pgup", "pgup", KeyCode::PageUp),
    ("pgdn", "pgdn", KeyCode::PageDown),
];

impl Chord {
    /// The chord of a key event.
    pub fn of(event: &KeyEvent) -> Self {
        let held = |m| event.modifiers.contains(m);
        let code = match event.code {
            KeyCode::Tab if held(KeyModifiers::SHIFT) => KeyCode::BackTab,
            KeyCode::Char(c) if held(KeyModifiers::CONTROL) => KeyCode::Char(c.to_ascii_lowercase()),
            code => code,
        };
        Self { code, ctrl: held(KeyModifiers::CONTROL), alt: held(KeyModifiers::ALT) }
    }

    /// The chord of a name in the key file: `j`, `ctrl-o`, `alt-right`, `pgdn`, `f1`.
    pub fn named(name: &str) -> Option<Self> {
        let mut rest = name;
        let (mut ctrl, mut alt) = (false, false);
        loop {
            if let Some(after) = rest.strip_prefix("ctrl-").filter(|r| !r.is_empty()) {
                (rest, ctrl) = (after, true);
            } else if let Some(after) = rest.strip_prefix("alt-").filter(|r| !r.is_empty()) {
                (rest, alt) = (after, true);
            } else {
                break;
            }
        }
        let mut chars = rest.chars();
        let code = match (chars.next()?, chars.as_str()) {
            (c, "") if c.is_ascii_digit() && !ctrl && !alt => return None,
            (c, "") => KeyCode::Char(if ctrl { c.to_ascii_lowercase() } else { c }),
            ('f', number) if number.bytes().all(|b| b.is_ascii_digit()) => KeyCode::F(number.parse().ok()?),
            _ => NAMED.iter().find(|(n, ..)| *n == rest)?.2,
        };
        Some(Self { code, ctrl, alt })
    }

    /// How the chord is shown: `tab`, `C-o`, `A-→`.
    pub fn sign(self) -> String {
        let key = match self.code {
            KeyCode::Char(c) if c != ' ' => c.to_string(),
            KeyCode::F(n) => format!("F{n}"),
            code => NAMED
                .iter()
                .find(|(.., k)| *k == code)
                .map_or(String::new(), |(_, sign, _)| (*sign).to_owned()),
        };
        format!("{}{}{key}", if self.ctrl { "C-" } else { "" }, if self.alt { "A-" } else { "" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_signs() {
        for (name, sign) in [
            ("j", "j"),
            ("G", "G"),
            ("ctrl-o", "C-o"),
            ("alt-right", "A-→"),
            ("s-tab", "S-tab"),
            ("space", "space"),
            ("-", "-"),
            ("ctrl--", "C--"),
            ("f1", "F1"),
            ("f", "f"),
            ("'", "'"),
            ("alt-<", "A-<"),
        ] {
            assert_eq!(Chord::named(name).map(Chord::sign).as_deref(), Some(sign), "{name}");
        }
        for bad in ["", "7", "ctrl-", "hyper-x", "ff", "pagedown"] {
            assert_eq!(Chord::named(bad), None, "{bad}");
        }
    }
}
