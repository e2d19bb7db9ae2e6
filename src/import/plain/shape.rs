//! How a plain text is set: the width that its lines are broken to, its indentation, and line ends.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::import::wrap;

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// The columns that lines were broken to, if they were.
    pub width: Option<usize>,
    /// The indentation of running text.
    pub indent: usize,
}

/// The longest lines that are taken for broken ones, in columns.
const WIDEST: usize = 120;

/// Looks at the beginning of a text.
pub fn of(head: &str) -> Shape {
    let lines: Vec<&str> = head.lines().take(4_000).collect();
    let mut widths = Vec::new();
    let mut indents: HashMap<usize, usize> = HashMap::new();
    for (at, line) in lines.iter().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        *indents.entry(indent(line)).or_default() += 1;
        if lines.get(at + 1).is_some_and(|next| !next.trim().is_empty()) {
            widths.push(wrap::columns(line.trim_end()));
        }
    }
    widths.sort_unstable();
    let usual = widths.get(widths.len() * 9 / 10).copied().unwrap_or(0);
    let width = (40..=WIDEST).contains(&usual).then_some(usual);
    let common = indents.into_iter().max_by_key(|(indent, count)| (*count, std::cmp::Reverse(*indent)));
    Shape { width, indent: common.map_or(0, |(indent, _)| indent) }
}

/// Columns before the first character that is no space.
pub fn indent(line: &str) -> usize {
    line.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 8 } else { 1 }).sum()
}

/// A text with `\n` at the end of every line, form feeds as blank lines, and overstruck letters as plain ones.
pub fn unix_lines(text: &str) -> Cow<'_, str> {
    if !text.contains(['\r', '\u{8}', '\u{c}']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\r' if rest.peek() == Some(&'\n') => {}
            '\r' => out.push('\n'),
            '\u{c}' => out.push_str("\n\n"),
            '\u{8}' if out.chars().next_back().is_some_and(|l| l != '\n') => {
                out.pop();
            }
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_become_one() {
        let cases = [
            ("a\r\nb\rc\n", "a\nb\nc\n"),
            ("page\u{c}next", "page\n\nnext"),
            ("N\u{8}NA\u{8}A _\u{8}x", "NA x"),
            ("\u{8}a", "\u{8}a"),
        ];
        for (text, expected) in cases {
            assert_eq!(unix_lines(text), expected);
        }
    }

    #[test]
    fn the_width_is_that_of_full_lines() {
        let paragraph = format!("   {}\n   end\n\n", "word ".repeat(13)).repeat(10);
        assert_eq!(of(&paragraph), Shape { width: Some(67), indent: 3 });
        assert_eq!(of(&"long ".repeat(100)), Shape { width: None, indent: 0 });
    }
}
