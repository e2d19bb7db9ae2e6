//! One walk over the marks in a text: what is open ends before what is around it, whatever the document says.

use std::ops::Range;

use super::blocks::Syntax;
use crate::article::{Article, BlockId, Inline, InlineKind};

/// The characters on both sides of both ends of a stretch of text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Edge {
    /// Right before it.
    pub before: Option<char>,
    /// Its first and its last one.
    pub inside: Option<(char, char)>,
    /// Right after it.
    pub after: Option<char>,
}

impl Edge {
    fn of(text: &str, inline: &Inline) -> Self {
        let (start, end) = (inline.start as usize, inline.end as usize);
        let inner = text.get(start..end).unwrap_or("");
        Self {
            before: text.get(..start).and_then(|t| t.chars().next_back()),
            inside: inner.chars().next().zip(inner.chars().next_back()),
            after: text.get(end..).and_then(|t| t.chars().next()),
        }
    }
}

/// Writes the bytes `range` of a block's text.
pub fn write(article: &Article, syntax: &dyn Syntax, id: BlockId, range: Range<u32>) -> String {
    let text = &article.block(id).text;
    let mut run = Run { text: text.as_str(), syntax, at: range.start, out: String::new(), open: Vec::new() };
    let inside = |i: &&Inline| range.start <= i.start && i.start < i.end && i.end <= range.end;
    for inline in text.inlines().iter().filter(inside) {
        if inline.start < run.at {
            continue;
        }
        run.until(inline.start);
        let edge = Edge::of(run.text, inline);
        let inner = &run.text[inline.start as usize..inline.end as usize];
        let whole = match inline.kind {
            InlineKind::Marker(marker) => {
                article.marker(marker).map(|m| syntax.marker(article, (marker, m), inner))
            }
            InlineKind::Math(formula) => {
                let tex = article.formulas.get(formula.index()).map(|tex| tex.trim());
                tex.filter(|tex| !tex.is_empty()).map(|tex| syntax.formula(&tex.replace('\n', " ")))
            }
            InlineKind::Code if !holds_marker(text.inlines(), inline) => Some(syntax.code(inner, edge)),
            kind => {
                if let Some((open, close)) = syntax.mark(article, kind, edge) {
                    let end = run.open.last().map_or(inline.end, |(end, _)| inline.end.min(*end));
                    run.out.push_str(&open);
                    run.open.push((end, close));
                }
                None
            }
        };
        if let Some(whole) = whole {
            run.out.push_str(&whole);
            run.at = inline.end;
        }
    }
    run.until(range.end);
    run.out
}

fn holds_marker(inlines: &[Inline], code: &Inline) -> bool {
    let inside = |i: &&Inline| code.start <= i.start && i.end <= code.end;
    inlines.iter().filter(inside).any(|i| matches!(i.kind, InlineKind::Marker(_)))
}

struct Run<'a> {
    text: &'a str,
    syntax: &'a dyn Syntax,
    at: u32,
    out: String,
    /// Where what is open ends, and with what.
    open: Vec<(u32, String)>,
}

impl Run<'_> {
    /// Writes the text up to a byte, and ends what ends there.
    fn until(&mut self, to: u32) {
        while let Some((end, close)) = self.open.pop_if(|(end, _)| *end <= to) {
            self.words(end);
            self.out.push_str(&close);
        }
        self.words(to);
    }

    fn words(&mut self, to: u32) {
        let words = self.text.get(self.at as usize..to as usize).unwrap_or("");
        for (at, line) in words.split('\n').enumerate() {
            if at > 0 {
                self.out.push_str(self.syntax.line_break());
            }
            self.syntax.words(&mut self.out, line);
        }
        self.at = self.at.max(to);
    }
}
