//! A draft becomes a text: its markers receive their labels, links and formulas their ids.

use std::ops::Range;

use smallvec::SmallVec;

use super::Builder;
use crate::article::citation::{Author, Cite, Detail, Marker, Target};
use crate::article::draft::{Draft, DraftCite, DraftMarker, Label, Mark, To};
use crate::article::place::{BlockId, FormulaId, LinkId, MarkerId, Place};
use crate::article::text::{Inline, InlineKind, Text};
use crate::article::{Kind, safe};

impl Builder {
    /// Turns a draft into a text: numbers its markers, gives ids, and moves the ranges of `kind` along.
    pub(super) fn text(&mut self, draft: Draft, block: BlockId, kind: &mut Kind) -> Text {
        let (raw, mut marks) = draft.into_parts();
        marks.sort_by(|(a, _), (b, _)| a.start.cmp(&b.start).then(b.end.cmp(&a.end)));
        let mut text = String::with_capacity(raw.len() + 8);
        let mut moved = Moved::default();
        let mut taken = 0;
        for (range, mark) in &mut marks {
            if let Mark::Marker(marker) = mark
                && marker.label != Label::Shown
                && range.start >= taken
            {
                let label = self.number(marker);
                text.push_str(&raw[taken..range.start]);
                text.push_str(&label);
                taken = range.end;
                moved.note(range.end, label.len() as isize - range.len() as isize);
            }
        }
        text.push_str(&raw[taken..]);
        moved.ranges_of(kind, text.len() as u32);
        let inlines = self.inlines(marks, &moved, block);
        Text { text: text.into(), inlines }
    }

    fn inlines(&mut self, marks: Vec<(Range<usize>, Mark)>, moved: &Moved, block: BlockId) -> Box<[Inline]> {
        let mut inlines = Vec::with_capacity(marks.len());
        for (range, mark) in marks {
            let (start, end) = (moved.at(range.start), moved.at(range.end));
            if let Some(kind) = self.inline_kind(mark, Place { block, byte: start }, end - start) {
                inlines.push(Inline { start, end, kind });
            }
        }
        in_order(inlines).into()
    }

    fn inline_kind(&mut self, mark: Mark, place: Place, len: u32) -> Option<InlineKind> {
        Some(match mark {
            Mark::Emphasis => InlineKind::Emphasis,
            Mark::Strong => InlineKind::Strong,
            Mark::Struck => InlineKind::Struck,
            Mark::Underline => InlineKind::Underline,
            Mark::Highlight => InlineKind::Highlight,
            Mark::Code => InlineKind::Code,
            Mark::Superscript => InlineKind::Superscript,
            Mark::Subscript => InlineKind::Subscript,
            Mark::SmallCaps => InlineKind::SmallCaps,
            Mark::Math(tex) => {
                self.part.formulas.push(super::tex::one_line(&tex).into());
                InlineKind::Math(FormulaId(self.count.formulas + self.part.formulas.len() as u32 - 1))
            }
            Mark::Link(address) => InlineKind::Link(self.link(&address)),
            Mark::Image(address) => InlineKind::Image(self.link(&address)),
            Mark::Anchor(name) => {
                self.note_name(&name, place.block);
                self.part.anchors.push((safe::line(&name).into(), place));
                return None;
            }
            Mark::Origin(thing, range) => {
                self.part.origins.as_mut()?.note(thing, place, range);
                return None;
            }
            Mark::Marker(marker) => {
                let cites: SmallVec<[Cite; 1]> = marker.cites.into_iter().map(|c| self.cite(c)).collect();
                let group = marker.group.or_else(|| self.group_of(cites.first()?));
                let group = group.filter(|g| !g.is_empty()).map(|g| safe::line(&g).into());
                self.part.markers.push(Marker { place, len, group, cites });
                InlineKind::Marker(MarkerId(self.count.markers + self.part.markers.len() as u32 - 1))
            }
        })
    }

    /// Gives a destination an id, for a [`super::Figure`] or a link.
    pub fn link(&mut self, address: &str) -> LinkId {
        self.part.links.push(safe::address(address).into());
        LinkId(self.count.links + self.part.links.len() as u32 - 1)
    }

    fn cite(&mut self, cite: DraftCite) -> Cite {
        let target = match cite.to {
            To::Note(name) => {
                let id = self.note_id(&name);
                self.note_label(id);
                Target::Note(id)
            }
            To::Reference(key) => match self.list(&key) {
                Some(id) => Target::Reference(id),
                None => Target::Missing(safe::line(&key).into()),
            },
            To::Missing(key) => Target::Missing(safe::line(&key).into()),
        };
        let plain = cite.prefix.is_empty() && cite.locator.is_empty() && cite.suffix.is_empty();
        let detail = (!plain || cite.author != Author::Styled).then(|| {
            Box::new(Detail {
                prefix: safe::line(&cite.prefix).into(),
                locator: safe::line(&cite.locator).into(),
                suffix: safe::line(&cite.suffix).into(),
                author: cite.author,
            })
        });
        Cite { target, detail }
    }

    /// The label of a marker that the builder numbers: `[3]`, `[see 1, p. 4; 7]`, `Doe [2]`.
    fn number(&mut self, marker: &DraftMarker) -> String {
        let detailed = marker
            .cites
            .iter()
            .any(|c| !(c.prefix.is_empty() && c.locator.is_empty() && c.suffix.is_empty()));
        let labels: Vec<String> = marker.cites.iter().map(|c| self.number_one(c)).collect();
        let list = labels.join(if detailed { "; " } else { ", " });
        match &marker.label {
            Label::NumberedAfter(words) if !words.is_empty() => format!("{} [{list}]", safe::line(words)),
            _ => format!("[{list}]"),
        }
    }

    fn number_one(&mut self, cite: &DraftCite) -> String {
        let label = match &cite.to {
            To::Note(name) => {
                let id = self.note_id(name);
                self.note_label(id).to_string()
            }
            To::Reference(key) => match self.list(key) {
                Some(id) => self.listed[id.index()].label.to_string(),
                None => format!("{}?", safe::line(key)),
            },
            To::Missing(key) => format!("{}?", safe::line(key)),
        };
        let part = |text: &str| safe::line(text).into_owned();
        cite_label(&label, &part(&cite.prefix), &part(&cite.locator), &part(&cite.suffix))
    }
}

/// Inlines as they stand in one another. What covers nothing is nothing, and what is stressed already is not stressed
/// again by the same kind of mark.
fn in_order(mut inlines: Vec<Inline>) -> Vec<Inline> {
    inlines.sort_by_key(|i| (i.start, u32::MAX - i.end, i.kind.rank()));
    let mut reached = [0; 7];
    inlines.retain(|inline| {
        if inline.start == inline.end {
            return matches!(inline.kind, InlineKind::Marker(_));
        }
        match reached.get_mut(usize::from(inline.kind.rank())).filter(|_| inline.kind.is_plain()) {
            Some(end) if inline.end <= *end => false,
            Some(end) => {
                *end = inline.end;
                true
            }
            None => true,
        }
    });
    inlines
}

/// How byte offsets of a draft move when its markers receive their labels.
#[derive(Debug, Default)]
struct Moved {
    /// Offsets in the draft, and by how much everything from there on has moved.
    steps: Vec<(usize, isize)>,
}

impl Moved {
    fn note(&mut self, from: usize, by: isize) {
        let sum = self.steps.last().map_or(0, |s| s.1);
        self.steps.push((from, sum + by));
    }

    fn at(&self, offset: usize) -> u32 {
        let passed = self.steps.partition_point(|s| s.0 <= offset);
        let by = passed.checked_sub(1).map_or(0, |at| self.steps[at].1);
        offset.saturating_add_signed(by) as u32
    }

    /// Moves the ranges of a kind. White space that was cut off at the end of the text was part of them.
    fn ranges_of(&self, kind: &mut Kind, end: u32) {
        let at = |offset: u32| self.at(offset as usize).min(end);
        let shift = |r: &mut Range<u32>| *r = at(r.start)..at(r.end);
        match kind {
            Kind::Table(table) => table.cells.iter_mut().for_each(shift),
            Kind::Figure(figure) => {
                [&mut figure.caption, &mut figure.description].into_iter().for_each(shift)
            }
            _ => {}
        }
    }
}

/// What a marker shows for one of its cites: `see 3, p. 4 and more`.
pub fn cite_label(label: &str, prefix: &str, locator: &str, suffix: &str) -> String {
    let mut out = prefix.to_owned();
    for (part, glue) in [(label, " "), (locator, ", "), (suffix, " ")] {
        if !part.is_empty() {
            let glued = out.is_empty() || part.starts_with([',', ';', '.']);
            out.push_str(if glued { "" } else { glue });
            out.push_str(part);
        }
    }
    out
}
