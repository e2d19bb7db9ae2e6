//! TeX formulas into text that can be read: [`inline`] on one line, [`display`] in two dimensions.
//!
//! A formula is either understood whole or shown as its source; there is no half translation.

mod canvas;
mod chemistry;
mod command;
mod draw;
mod environment;
mod fence;
mod grid;
mod letters;
mod lex;
mod line;
mod node;
mod parse;
mod rows;
mod setting;
mod slash;
mod spacing;
mod symbols;

#[cfg(test)]
mod tests;

use unicode_width::UnicodeWidthStr;

use crate::article::safe;

/// How deep the parts of a formula nest; a deeper one is shown as its source.
const DEPTH: usize = 64;
/// Bytes of the longest formula that is read; a longer one is shown as its source.
const LONGEST: usize = 64 << 10;

/// A formula that cannot be shown as text: a command that is not known, braces that do not match, too deep, too large.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Unreadable;

/// The formula on one line. What is not known stays as TeX: the whole formula, or the name of a command that takes
/// no argument. A formula of which nothing would be seen is shown as its source too.
pub fn inline(tex: &str) -> String {
    let tex = unwrapped(tex);
    let shown = read(tex, true).map(|nodes| safe::line(line::text(&nodes).trim()).into_owned());
    shown.ok().filter(|shown| !shown.is_empty()).unwrap_or_else(|| source(tex).join(" "))
}

/// The formula in two dimensions: lines that end with `\n`, except the last, and are equally wide. With a command
/// that is not known, its source.
pub fn display(tex: &str) -> String {
    let tex = unwrapped(tex);
    let drawn = read(tex, false).and_then(|nodes| draw::list(&nodes)).map(canvas::Canvas::into_rows);
    let seen = drawn.ok().filter(|rows| rows.iter().any(|row| !row.trim().is_empty()));
    rectangle(seen.unwrap_or_else(|| source(tex)))
}

fn read(tex: &str, lenient: bool) -> parse::Parsed<Vec<node::Node>> {
    if tex.len() > LONGEST || is_prose(tex) {
        Err(Unreadable)
    } else {
        parse::formula(&safe::text(tex), lenient)
    }
}

/// The formula without what marks it as one: `$$ … $$`, `\[ … \]`, and the `{\displaystyle …}` of Wikipedia.
fn unwrapped(tex: &str) -> &str {
    const MARKS: [(&str, &str); 5] =
        [("$$", "$$"), ("$", "$"), ("\\[", "\\]"), ("\\(", "\\)"), ("{\\displaystyle", "}")];
    let mut tex = tex.trim();
    for (open, close) in MARKS {
        let inner = tex.strip_prefix(open).and_then(|tex| tex.strip_suffix(close));
        tex = inner.filter(|inner| is_balanced(inner) && !inner.ends_with('\\')).map_or(tex, str::trim);
    }
    tex
}

/// True for words that stood between dollar signs by mistake.
fn is_prose(tex: &str) -> bool {
    let word = |word: &&str| word.len() > 1 && word.chars().all(char::is_alphabetic);
    let mut words = tex.split_whitespace().map(|w| word(&w));
    !tex.contains(['\\', '^', '_', '{', '=', '+']) && words.any(|w| w) && words.next() == Some(true)
}

/// True when no brace closes what was not opened.
fn is_balanced(tex: &str) -> bool {
    let mut depth = 0_usize;
    let mut bytes = tex.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' => drop(bytes.next()),
            b'{' => depth += 1,
            b'}' if depth == 0 => return false,
            b'}' => depth -= 1,
            _ => {}
        }
    }
    depth == 0
}

/// The lines of the source.
fn source(tex: &str) -> Vec<String> {
    let lines = safe::text(tex).lines().map(|line| safe::line(line.trim()).into_owned()).collect::<Vec<_>>();
    lines.into_iter().filter(|line| !line.is_empty()).collect()
}

/// The rows, made equally wide.
fn rectangle(rows: Vec<String>) -> String {
    let mut rows: Vec<_> = rows.iter().map(|row| safe::line(row.trim_end())).collect();
    while rows.len() > 1 && rows.last().is_some_and(|row| row.is_empty()) {
        rows.pop();
    }
    let width = rows.iter().map(|row| row.width()).max().unwrap_or(0);
    let padded = rows.iter().map(|row| format!("{row}{}", " ".repeat(width - row.width())));
    padded.collect::<Vec<_>>().join("\n")
}
