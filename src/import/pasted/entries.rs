//! The lists at the end of a page: `^ Text`, `^ a b c Text`, `12. ^ Text`, and which lines they take.

use std::collections::HashMap;

use super::words;

/// An entry of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The number that is shown, or the position in the list.
    pub number: u32,
    /// How many times it is cited, by the letters after its caret.
    pub uses: u32,
    /// Its text, word for word.
    pub text: String,
}

/// A list of entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// The heading above it, or the line that stands for one.
    pub heading: String,
    /// Its entries, in order.
    pub entries: Vec<Entry>,
    places: HashMap<u32, usize>,
}

impl List {
    /// True when its heading says that these are notes by the author.
    pub fn is_notes(&self) -> bool {
        words::is_notes(&self.heading)
    }

    /// An empty list under this heading.
    pub fn under(heading: String) -> Self {
        Self { heading, ..Self::default() }
    }

    /// Adds an entry, and gives its position. The first of a number counts.
    pub fn add(&mut self, entry: Entry) -> usize {
        let at = self.entries.len();
        self.places.entry(entry.number).or_insert(at);
        self.entries.push(entry);
        at
    }

    /// The position of the entry with this number.
    pub fn position(&self, number: u32) -> Option<usize> {
        self.places.get(&number).copied()
    }
}

/// What a line is that begins an entry: its number where one is shown, how often it is cited, its text (empty when it
/// stands on the next line).
pub fn parse(line: &str) -> Option<(Option<u32>, u32, &str)> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = match digits {
        0 => (None, line),
        1..=5 => (line[..digits].parse().ok(), line[digits..].strip_prefix('.')?.trim_start()),
        _ => return None,
    };
    let text = after_caret(rest, number.is_some())?;
    let text = strip_any(text, &["Jump up to:", "Jump up ↑", "Jump up^", "Jump up"]);
    let (uses, text) = letters(text);
    Some((number, uses.max(1), text))
}

fn after_caret(text: &str, numbered: bool) -> Option<&str> {
    if let Some(rest) = text.strip_prefix('↑') {
        return Some(rest.trim_start());
    }
    let rest = text.strip_prefix('^')?;
    let alone = rest.is_empty();
    let clear = numbered || alone || rest.starts_with([' ', '\u{a0}', '\t']) || rest.starts_with("Jump up");
    clear.then(|| rest.trim_start())
}

fn strip_any<'a>(text: &'a str, prefixes: &[&str]) -> &'a str {
    prefixes.iter().find_map(|p| text.strip_prefix(p)).map_or(text, str::trim_start)
}

/// The letters (or numbers) of the places where an entry is cited, and the text after them. One alone is none: it
/// may be a word.
fn letters(text: &str) -> (u32, &str) {
    for style in [Style::Letters, Style::Numbers, Style::Decimals] {
        let (count, rest) = count_uses(text, style);
        if count >= 2 {
            return (count, rest);
        }
    }
    (0, text)
}

#[derive(Clone, Copy)]
enum Style {
    /// `a b c`; text browsers write `^a ^b`.
    Letters,
    /// `1 2 3`.
    Numbers,
    /// `3.0 3.1`.
    Decimals,
}

fn count_uses(text: &str, style: Style) -> (u32, &str) {
    let (mut count, mut rest) = (0u32, text);
    while let Some(after) =
        use_here(rest, count, style).or_else(|| use_here(skip_link_word(rest, count), count, style))
    {
        rest = after;
        count += 1;
    }
    (count, rest)
}

/// What follows the letter with this number, if it stands here.
fn use_here(text: &str, number: u32, style: Style) -> Option<&str> {
    let end = text.find([' ', '\u{a0}', ',']).unwrap_or(text.len());
    let word = text[..end].strip_prefix('^').unwrap_or(&text[..end]);
    let expected = match style {
        Style::Letters => word == crate::article::build::letters(number),
        Style::Numbers => word == (number + 1).to_string(),
        Style::Decimals => word.split_once('.').is_some_and(|(entry, part)| {
            !entry.is_empty() && entry.bytes().all(|b| b.is_ascii_digit()) && part == number.to_string()
        }),
    };
    expected.then(|| text[end..].trim_start_matches([' ', '\u{a0}', ',']))
}

/// French and other pages join the last letter by a word: `a, b et c`.
fn skip_link_word(text: &str, count: u32) -> &str {
    if count == 0 {
        return text;
    }
    strip_any(text, &["et ", "and ", "und ", "y ", "e ", "en ", "и "])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_told_by_their_caret() {
        let cases = [
            ("^ Text", Some((None, 1, "Text"))),
            ("^ a b c Text", Some((None, 3, "Text"))),
            ("12. ^ a b Text", Some((Some(12), 2, "Text"))),
            ("3. ^ ^a ^b Text", Some((Some(3), 2, "Text"))),
            ("^ Jump up to: a b Text", Some((None, 2, "Text"))),
            ("↑ 1 2 Text", Some((None, 2, "Text"))),
            ("↑ 1984 and after", Some((None, 1, "1984 and after"))),
            ("^ 3.0 3.1 Text", Some((None, 2, "Text"))),
            ("↑ a, b et c Texte", Some((None, 3, "Texte"))),
            ("^ a study of things", Some((None, 1, "a study of things"))),
            ("↑ [1]", Some((None, 1, "[1]"))),
            ("^shipped, by the maker's own count", None),
            ("Text", None),
            ("1. Text", None),
            ("^", Some((None, 1, ""))),
        ];
        for (line, expected) in cases {
            assert_eq!(parse(line), expected, "{line}");
        }
    }

    #[test]
    fn letters_go_on_after_z() {
        let many: Vec<String> = (0..30).map(crate::article::build::letters).collect();
        let line = format!("^ {} Text", many.join(" "));
        assert_eq!(parse(&line), Some((None, 30, "Text")));
    }
}
