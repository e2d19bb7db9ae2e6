//! Blocks on their way into the article: those that are too long are split where a line, sentence or word ends.

use std::borrow::Cow;

use super::Builder;
use crate::article::draft::{Draft, Mark};
use crate::article::{Block, Kind, Nest, limits, safe};

impl Builder {
    pub(super) fn emit(&mut self, kind: Kind, draft: Draft, mut nest: Vec<Nest>) {
        if nest.len() > limits::NESTING.most {
            nest.truncate(limits::NESTING.most);
            self.complain("", limits::NESTING.message);
        }
        let splits = matches!(kind, Kind::Paragraph | Kind::Code(_) | Kind::Entry(_));
        if draft.len() <= limits::BLOCK.most || !splits {
            return self.push(kind, draft, nest, false);
        }
        let points = split_points(&draft);
        for (at, piece) in draft.split_at(&points).into_iter().enumerate() {
            self.push(kind.clone(), piece, nest.clone(), at > 0);
            for level in &mut nest {
                match level {
                    Nest::Item(item) => item.first = false,
                    Nest::Note { first, .. } => *first = false,
                    _ => {}
                }
            }
        }
    }

    fn push(&mut self, mut kind: Kind, draft: Draft, mut nest: Vec<Nest>, continued: bool) {
        make_safe(&mut kind, &mut nest);
        let block = self.next_block();
        if let Kind::Entry(id) = kind
            && !continued
        {
            self.part.entries.push((id, block));
        }
        let text = self.text(draft, block, &mut kind);
        self.part.blocks.push(Block { kind, text, nest: nest.into(), continued });
    }
}

/// Names that stand beside the text come from the document, too. The label of a note is safe already.
fn make_safe(kind: &mut Kind, nest: &mut [Nest]) {
    let clean = |name: &mut Box<str>| {
        if let Cow::Owned(safe) = safe::line(name) {
            *name = safe.into();
        }
    };
    if let Kind::Code(language) = kind {
        clean(language);
    }
    for level in nest {
        if let Nest::Callout(name) = level {
            clean(name);
        }
    }
}

/// Where a long draft is split: at the last line, sentence or word that ends within the limit, outside every marker.
fn split_points(draft: &Draft) -> Vec<usize> {
    let text = draft.as_str();
    let markers = draft.marks().iter().filter(|(_, m)| matches!(m, Mark::Marker(_)));
    let mut markers: Vec<_> = markers.map(|(range, _)| range.clone()).collect();
    markers.sort_by_key(|r| r.start);
    let inside = |at: usize| {
        let before = markers.partition_point(|r| r.start < at);
        before > 0 && at < markers[before - 1].end
    };
    let mut points = Vec::new();
    let mut from = 0;
    while text.len() - from > limits::BLOCK.most {
        let head = &text[from..text.floor_char_boundary(from + limits::BLOCK.most)];
        let length = ["\n", ". ", " "]
            .iter()
            .filter_map(|end| head.rfind(end).map(|at| at + end.len()))
            .chain([head.len()])
            .find(|&at| at > head.len() / 2 && !inside(from + at))
            .unwrap_or(head.len());
        from += length;
        points.push(from);
    }
    points
}
