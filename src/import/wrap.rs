//! Lines that were broken to fit a width become one again.

use unicode_width::UnicodeWidthStr;

/// How many columns a text takes.
pub fn columns(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.width() }
}

/// True when the line was broken because the next word did not fit into this many columns.
pub fn was_wrapped(line: &str, next: &str, width: usize) -> bool {
    columns(line.trim_end()) + 1 + columns(first_word(next)) > width
}

/// The first word; in scripts without spaces, the first character.
fn first_word(text: &str) -> &str {
    let text = text.trim_start();
    match text.chars().next() {
        Some(c) if is_wide(c) => &text[..c.len_utf8()],
        _ => text.split_whitespace().next().unwrap_or(""),
    }
}

/// Adds the next line: with a space between, unless the break came inside a word.
pub fn join(text: &mut String, next: &str) {
    let next = next.trim_start();
    let ended_in_space = text.ends_with(' ');
    text.truncate(text.trim_end().len());
    if ended_in_space || !continues_word(text, next) {
        text.push(' ');
    }
    text.push_str(next.trim_end_matches('\n'));
}

fn continues_word(text: &str, next: &str) -> bool {
    let mut before = text.chars().rev();
    let (last, previous) = (before.next(), before.next());
    let Some(first) = next.chars().next() else { return true };
    let glued = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
    match last {
        None => true,
        Some('^') => first == '[',
        Some('/') => glued(previous),
        Some('-') => previous.is_some_and(char::is_alphabetic) && first.is_lowercase(),
        Some(c) if is_wide(c) && is_wide(first) => true,
        Some(_) => next.starts_with("^[") || matches!(next, "." | "," | ")" | ";"),
    }
}

/// Characters of scripts that are written without spaces between words.
const fn is_wide(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_are_told_from_ends() {
        let cases = [
            ("a line that fills it", "nextword and", 24, true),
            ("a short line", "next", 24, false),
            ("wide 漢字漢字漢字漢", "字 and", 24, false),
            ("wide 漢字漢字漢字漢字漢字", "字 and", 24, true),
        ];
        for (line, next, width, expected) in cases {
            assert_eq!(was_wrapped(line, next, width), expected, "{line}|{next}");
        }
    }

    #[test]
    fn joining_keeps_words_whole() {
        let cases = [
            ("one", "two", "one two"),
            ("and/", "or", "and/or"),
            ("this /", "that", "this / that"),
            ("well-", "known", "well-known"),
            ("漢字", "漢字", "漢字漢字"),
            ("end.^", "[13]", "end.^[13]"),
            ("end.", "^[13] More", "end.^[13] More"),
            ("end. ", "^[13] More", "end. ^[13] More"),
            ("2008-10-20", ".", "2008-10-20."),
        ];
        for (text, next, expected) in cases {
            let mut joined = text.to_owned();
            join(&mut joined, next);
            assert_eq!(joined, expected);
        }
    }
}
