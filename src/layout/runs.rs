//! A line of text becomes runs: stretches of one face, in the order of the screen.

use std::ops::Range;

use unicode_bidi::Level;

use super::bidi::{self, Levels};
use super::cells;
use super::flow::{Flow, Form, Span};
use super::row::Run;
use crate::article::script;

/// The runs of a line; white space at its end must have been trimmed.
pub fn runs(flow: &Flow<'_>, line: Range<usize>) -> Vec<Run> {
    let first = flow.spans.partition_point(|s| s.end < line.start);
    let spans = flow.spans[first..].iter().take_while(|s| s.start <= line.end);
    let mut cutter = Cutter { flow, line: line.clone(), at: line.start, pieces: Vec::new() };
    for span in spans {
        match span.form {
            Form::Before(sign) if line.contains(&span.start) => cutter.add(span, sign, span.start),
            Form::After(sign) if line.start < span.start => cutter.add(span, sign, span.start - 1),
            Form::Before(_) | Form::After(_) => {}
            Form::Plain | Form::Raised | Form::Lowered => cutter.cut(span),
        }
    }
    if flow.levels.is_some() {
        return bidi::reorder(cutter.pieces);
    }
    cutter.pieces.into_iter().map(|p| p.0).collect()
}

/// Cuts a line at the ends of spans, tabs, and changes of direction.
struct Cutter<'f, 'a> {
    flow: &'f Flow<'a>,
    line: Range<usize>,
    /// Everything ahead of this byte has been cut. A grapheme cluster belongs to the span in which it begins.
    at: usize,
    pieces: Vec<(Run, Level)>,
}

impl Cutter<'_, '_> {
    fn level(&self, byte: usize) -> Level {
        self.flow.levels.as_ref().map_or(Level::ltr(), |levels: &Levels| levels.at(byte))
    }

    fn add(&mut self, span: &Span, sign: &'static str, near: usize) {
        let level = self.level(near);
        let mut run = Run::added(sign, span.face);
        run.hit = span.hit;
        self.pieces.push((run, level));
    }

    fn cut(&mut self, span: &Span) {
        let end = span.end.min(self.line.end);
        while self.at < end {
            let start = self.at;
            let width = if self.flow.text.as_bytes()[start] == b'\t' {
                self.at += 1;
                1
            } else {
                self.advance(end)
            };
            self.push(span, start..self.at, width);
        }
    }

    /// Goes on to the end of the span, or to a tab or a change of direction. Returns the cells passed.
    fn advance(&mut self, end: usize) -> u32 {
        let text = &self.flow.text[..self.line.end];
        let stretch = &text.as_bytes()[self.at..end];
        let next_is_ascii = text.as_bytes().get(end).is_none_or(u8::is_ascii);
        if self.flow.levels.is_none() && next_is_ascii && stretch.is_ascii() {
            let start = self.at;
            self.at = start + stretch.iter().position(|&b| b == b'\t').unwrap_or(stretch.len());
            return (self.at - start) as u32;
        }
        let level = self.level(self.at);
        let mut width = 0;
        while self.at < end && text.as_bytes()[self.at] != b'\t' && self.level(self.at) == level {
            let (next, cells) = cells::cluster(text, self.at);
            width += u32::from(cells);
            self.at = next;
        }
        width
    }

    fn push(&mut self, span: &Span, bytes: Range<usize>, width: u32) {
        let level = self.level(bytes.start);
        let text = &self.flow.text[bytes.clone()];
        let drawn = match span.form {
            _ if text == "\t" => Some(" ".to_owned()),
            Form::Raised => script::raised(text),
            Form::Lowered => script::lowered(text),
            _ if level.is_rtl() => bidi::mirrored(text),
            _ => None,
        };
        let run = Run {
            bytes: bytes.start as u32..bytes.end as u32,
            drawn: drawn.map(Into::into),
            width: u16::try_from(width).unwrap_or(u16::MAX),
            face: span.face,
            hit: span.hit,
            reversed: level.is_rtl(),
        };
        self.pieces.push((run, level));
    }
}
