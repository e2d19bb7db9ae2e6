//! Labels of notes: what a marker shows, and the same label where the note begins.

use dom_query::NodeRef;

use crate::import::html::node;

/// Signs that stand for numbers.
const SIGNS: &str = "*†‡§¶‖#※∗⁎";
/// What only leads back from a note.
const BACK: [&str; 16] = [
    "↩",
    "↵",
    "⏎",
    "↑",
    "^",
    "⤴",
    "⮐",
    "↲",
    "⬆",
    "back",
    "return",
    "jump up",
    "jump back",
    "go back",
    "back to text",
    "top",
];

/// A text without the brackets and points around it.
pub fn bare(text: &str) -> &str {
    let edge = |c: char| c.is_whitespace() || "[](){}.:,\u{fe0e}\u{fe0f}\u{200b}\u{2060}".contains(c);
    text.trim_matches(edge)
}

/// True for what a marker of a note may show: a number, a letter or two, signs.
pub fn is_label(text: &str) -> bool {
    let bare = bare(text);
    let count = bare.chars().count();
    let number = count <= 4 && bare.bytes().all(|b| b.is_ascii_digit());
    let letters = count <= 2 && bare.chars().all(char::is_alphanumeric);
    let roman = count <= 6 && bare.chars().all(|c| "ivxlcIVXLC".contains(c));
    let signs = count <= 4 && bare.chars().all(|c| SIGNS.contains(c));
    let told = ["note ", "nb ", "fn ", "n. "].iter().any(|word| {
        let rest = bare.to_ascii_lowercase().strip_prefix(word).map(str::to_owned);
        rest.is_some_and(|rest| rest.len() <= 3 && rest.bytes().all(|b| b.is_ascii_alphanumeric()))
    });
    !bare.is_empty() && (number || letters || roman || signs || told)
}

/// True for a text in square brackets.
pub fn is_bracketed(text: &str) -> bool {
    text.trim().starts_with('[') && text.trim().ends_with(']')
}

/// A label as a marker shows it.
pub fn shown(text: &str) -> String {
    // kramdown tells the markers of one note apart: `1:1`.
    let bare = bare(text).split(':').next().unwrap_or("");
    if bare.chars().all(|c| SIGNS.contains(c)) { bare.to_owned() } else { format!("[{bare}]") }
}

/// True for the words of a link that leads back from a note.
pub fn leads_back(text: &str) -> bool {
    let bare = bare(text).to_lowercase();
    let arrows = !bare.is_empty() && bare.chars().all(|c| "↩↵⏎↑^⤴⮐↲⬆0123456789 \u{fe0e}".contains(c));
    BACK.contains(&&*bare) || (arrows && !bare.chars().all(|c| c.is_ascii_digit()))
}

/// A text without the label that it begins with, and what stands between them.
pub fn without<'t>(text: &'t str, label: &str) -> &'t str {
    let label = bare(label);
    let begun = text.trim_start_matches(|c: char| c.is_whitespace() || "[(".contains(c));
    match begun.strip_prefix(label).filter(|_| !label.is_empty()) {
        Some("") => "",
        Some(rest) if rest.starts_with(|c: char| ".)]:".contains(c) || c.is_whitespace()) => {
            rest.trim_start_matches(|c: char| ".)]:".contains(c) || c.is_whitespace())
        }
        _ => text,
    }
}

/// True when a text begins with a label that is set off from what follows.
pub fn begins_with(text: &str, label: &str) -> bool {
    without(text, label).len() < text.len()
}

/// Takes the label off the beginning of a note; it may be raised, in brackets, or in bold.
pub fn strip(note: &NodeRef<'_>, label: &str) {
    let (label, mut gone, mut texts) = (bare(label), false, Vec::new());
    node::walk_on(note, |n| {
        if n.is_text() {
            texts.push(*n);
        }
        (texts.len() < TEXTS).then_some(true)
    });
    for text in texts {
        let words = text.text().to_string();
        let rest = if gone {
            words.trim_start_matches(|c: char| c.is_whitespace() || ".)]:".contains(c)).to_owned()
        } else if bare(&words) == label || words.trim().is_empty() || bare(&words).is_empty() {
            gone |= bare(&words) == label;
            if bare(&words) != label && words.trim().is_empty() { continue } else { String::new() }
        } else {
            let rest = without(&words, label);
            if rest.len() == words.len() {
                return;
            }
            rest.to_owned()
        };
        if rest.is_empty() {
            text.remove_from_parent();
        } else {
            if rest != words {
                text.replace_with_html(escaped(&rest));
            }
            return;
        }
    }
}

/// How many texts at its beginning a note's label may be spread over.
const TEXTS: usize = 8;

/// Text as HTML.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_short() {
        for label in ["1", "[12]", "(3)", "*", "†", "a", "iv", "note 2", "1."] {
            assert!(is_label(label), "{label}");
        }
        for text in ["", "[]", "12345", "see", "home", "a b"] {
            assert!(!is_label(text), "{text}");
        }
    }

    #[test]
    fn labels_go_from_the_beginning() {
        let cases = [
            ("1. Text", "1", "Text"),
            ("[2] Text", "2", "Text"),
            ("12 monkeys", "1", "12 monkeys"),
            ("* Text", "*", "Text"),
            ("1984 was", "1984x", "1984 was"),
        ];
        for (text, label, rest) in cases {
            assert_eq!(without(text, label), rest);
        }
        assert!(
            leads_back("↩︎")
                && leads_back("[^]")
                && leads_back("↩2")
                && !leads_back("2")
                && !leads_back("see")
        );
    }
}
