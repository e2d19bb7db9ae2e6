//! The lines of a pasted page: what a browser broke to fit its window is whole again.

use crate::import::wrap;

/// A line, or several that were one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Its text, without indentation and bullet.
    pub text: String,
    /// The column where it began.
    pub indent: usize,
    /// True when a blank line comes before it.
    pub gap: bool,
    /// The bullet or number of a list, where the page shows one.
    pub bullet: Option<Bullet>,
}

/// What stands before an item of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bullet {
    /// A sign.
    Sign,
    /// A number.
    Number(u64),
}

/// The lines of a page, and whether a text browser (lynx, w3m) wrote it.
pub struct Lines {
    /// The lines that are not blank.
    pub lines: Vec<Line>,
    /// True when lines were broken to a width, superscripts are written `^x`, and lists have their bullets.
    pub rendered: bool,
}

/// Reads the lines of a page.
pub fn of(text: &str) -> Lines {
    let raw: Vec<&str> = text.split('\n').map(|l| l.strip_suffix('\r').unwrap_or(l)).collect();
    let Some(width) = rendered_width(&raw) else {
        return Lines { lines: raw_lines(&raw), rendered: false };
    };
    let mut lines: Vec<Line> = Vec::new();
    let mut state = Unwrap { width, text_column: 0, last: "" };
    let mut gap = true;
    for line in raw {
        if line.trim().is_empty() {
            gap = true;
        } else {
            state.take(line, gap, &mut lines);
            gap = false;
        }
    }
    for line in &mut lines {
        line.text = without_carets(&line.text);
    }
    Lines { lines, rendered: true }
}

fn raw_lines(raw: &[&str]) -> Vec<Line> {
    let mut gap = true;
    let mut lines = Vec::new();
    for line in raw {
        let text = line.trim_matches([' ', '\u{a0}', '\u{3000}']);
        if text.trim().is_empty() {
            gap = true;
            continue;
        }
        let indent = line.len() - line.trim_start().len();
        lines.push(Line { text: text.to_owned(), indent, gap, bullet: None });
        gap = false;
    }
    lines
}

/// The width that a text browser wrote the page to, if one did.
fn rendered_width(raw: &[&str]) -> Option<usize> {
    let mut widths: Vec<usize> = raw.iter().map(|l| wrap::columns(l.trim_end())).filter(|w| *w > 0).collect();
    widths.sort_unstable();
    let most = *widths.last()?;
    let wide = widths.len() - widths.partition_point(|w| *w <= 60);
    let carets = raw.iter().filter(|l| l.contains("^[")).count();
    let narrow = widths[widths.len() * 99 / 100] <= 132;
    let broken = most <= 132 && widths.len() >= 20 && wide * 10 >= widths.len() * 3;
    (narrow && (carets > 0 || broken)).then(|| {
        let long = &widths[widths.partition_point(|w| *w <= 40)..];
        long.get(long.len() * 98 / 100).copied().unwrap_or(most)
    })
}

struct Unwrap<'a> {
    width: usize,
    /// Where the text of the last line begins; what goes on with it begins there too.
    text_column: usize,
    last: &'a str,
}

impl<'a> Unwrap<'a> {
    fn take(&mut self, raw: &'a str, gap: bool, lines: &mut Vec<Line>) {
        let text = raw.trim_start();
        let indent = wrap::columns(&raw[..raw.len() - text.len()]);
        let (bullet, skipped) = bullet(text, indent);
        let goes_on = !gap
            && bullet.is_none()
            && entry_number(text).is_none()
            && indent == self.text_column
            && wrap::was_wrapped(self.last, text, self.width);
        match lines.last_mut() {
            Some(line) if goes_on => wrap::join(&mut line.text, text),
            _ => {
                self.text_column =
                    indent + wrap::columns(&text[..skipped.max(entry_number(text).unwrap_or(0))]);
                let text = text[skipped..].to_owned();
                lines.push(Line { text, indent, gap, bullet });
            }
        }
        self.last = raw;
    }
}

/// A bullet at the beginning of a line, and the bytes that it takes.
fn bullet(text: &str, indent: usize) -> (Option<Bullet>, usize) {
    const SIGNS: &[char] = &['*', '+', 'o', '#', '@', '•', '□', '☆', '○', '■', '★', '◎', '●', '△', '-'];
    let mut chars = text.chars();
    if indent >= 2
        && let Some(c) = chars.next()
        && SIGNS.contains(&c)
        && matches!(chars.next(), Some(' ') | None)
    {
        let rest = text[c.len_utf8()..].trim_start();
        return (Some(Bullet::Sign), text.len() - rest.len());
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if indent >= 1
        && (1..=4).contains(&digits)
        && text[digits..].starts_with(". ")
        && entry_number(text).is_none()
    {
        let rest = text[digits + 1..].trim_start();
        let number = text[..digits].parse().unwrap_or(0);
        return (Some(Bullet::Number(number)), text.len() - rest.len());
    }
    (None, 0)
}

/// The bytes of the number before the caret of an entry: `12. ^`.
fn entry_number(text: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = if digits > 0 { text[digits..].strip_prefix(". ")?.trim_start() } else { text };
    let caret = rest.starts_with("^ ") || rest.starts_with('↑');
    caret.then(|| text.len() - rest.len())
}

/// Superscripts of text browsers: `word^[3]` is `word[3]`.
fn without_carets(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("^[") {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_lines_become_whole() {
        let page = "Title\n\n   A paragraph that goes on over the width of the window so that it is\n   \
            broken.^[1]^[2] And on it goes until the very last of all its many words\n   ends.\n   Short.\n     \
            * An item that is long enough to be broken by the width of the window\n       and goes on.\n     * Two\n\n    \
            1. ^ ^a ^b An entry with many words, so many that it must be broken to\n       fit.\n";
        let found = of(page);
        assert!(found.rendered);
        let texts: Vec<_> = found.lines.iter().map(|l| (l.bullet, l.gap, l.text.as_str())).collect();
        let expected = [
            (None, true, "Title"),
            (
                None,
                true,
                "A paragraph that goes on over the width of the window so that it is broken.[1][2] And on it goes until \
                the very last of all its many words ends.",
            ),
            (None, false, "Short."),
            (
                Some(Bullet::Sign),
                false,
                "An item that is long enough to be broken by the width of the window and goes on.",
            ),
            (Some(Bullet::Sign), false, "Two"),
            (None, true, "1. ^ ^a ^b An entry with many words, so many that it must be broken to fit."),
        ];
        assert_eq!(texts, expected);
    }

    #[test]
    fn a_browsers_lines_are_whole_already() {
        let long = "word ".repeat(60);
        let found = of(&format!("Title\r\n\r\n{long}\r\n  1. ^ Entry\r\n"));
        assert!(!found.rendered);
        assert_eq!(found.lines[2], Line { text: "1. ^ Entry".into(), indent: 2, gap: false, bullet: None });
    }
}
