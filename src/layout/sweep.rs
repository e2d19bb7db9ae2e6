//! Overlapping inlines become stretches of one face: one walk over their beginnings and ends.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

use crate::article::{Article, Inline, InlineKind, script};

use super::flow::{Form, Setting, Span, stress};
use super::row::{Face, Hit, Role};

/// How many scripts within one another have signs: all of them fit around one character on the narrowest row.
const SIGNED: usize = 2;

/// The walk. Inlines come ordered by start, and may overlap in any way.
pub struct Sweep<'s> {
    article: &'s Article,
    text: &'s str,
    setting: &'s Setting<'s>,
    /// The markers of the text, ordered by start.
    markers: &'s [Range<usize>],
    spans: Vec<Span>,
    at: u32,
    role: Role,
    /// How many of the setting's roles have begun.
    roles: usize,
    /// How many open inlines give each bit of stress.
    open: [u32; 16],
    stress: u16,
    ends: BinaryHeap<Reverse<End>>,
    marker: Nested<Opens>,
    link: Nested<Opens>,
    form: Nested<Form>,
    /// The ends of the scripts that are open and have signs.
    signed: Vec<u32>,
}

/// The end of an inline: where, the stress it takes away, and the sign that stands behind it.
type End = (u32, u16, &'static str);

/// What a stretch opens, and [`Face::UNRESOLVED`] where that leads nowhere.
type Opens = (Hit, u16);

/// What is open, the innermost last; what has ended is dropped when it comes up.
struct Nested<T>(Vec<(u32, T)>);

impl<T: Copy> Nested<T> {
    fn innermost(&mut self, at: u32) -> Option<T> {
        while self.0.pop_if(|(end, _)| *end <= at).is_some() {}
        self.0.last().map(|l| l.1)
    }
}

impl<'s> Sweep<'s> {
    /// The stretches of a text, in order. The time is linear in the text and, but for keeping the ends sorted, in the
    /// inlines.
    pub fn run(
        article: &'s Article,
        text: &'s str,
        setting: &'s Setting<'s>,
        inlines: &[Inline],
        markers: &'s [Range<usize>],
    ) -> Vec<Span> {
        let mut sweep = Self {
            article,
            text,
            setting,
            markers,
            spans: Vec::with_capacity(2 * inlines.len() + 1),
            at: 0,
            role: Role::Text,
            roles: 0,
            open: [0; 16],
            stress: 0,
            ends: BinaryHeap::new(),
            marker: Nested(Vec::new()),
            link: Nested(Vec::new()),
            form: Nested(Vec::new()),
            signed: Vec::new(),
        };
        let len = text.len() as u32;
        for inline in inlines.iter().filter(|i| i.start < i.end.min(len)) {
            sweep.close_until(inline.start);
            sweep.reach(inline.start);
            sweep.begin(inline.kind, inline.start, inline.end.min(len));
        }
        sweep.close_until(len);
        sweep.reach(len);
        sweep.spans
    }

    fn begin(&mut self, kind: InlineKind, start: u32, end: u32) {
        let bits = stress(self.article, kind);
        self.count(bits, true);
        let mut sign = "";
        let unresolved = bits & Face::UNRESOLVED;
        match kind {
            InlineKind::Marker(id) => self.marker.0.push((end, (Hit::Marker(id), unresolved))),
            InlineKind::Link(id) => self.link.0.push((end, (Hit::Link(id), unresolved))),
            InlineKind::Superscript => sign = self.script(start, end, Form::Raised),
            InlineKind::Subscript => sign = self.script(start, end, Form::Lowered),
            _ => {}
        }
        self.ends.push(Reverse((end, bits, sign)));
    }

    /// Begins raised or lowered text. One that holds a marker stays as it is: `[3]` is known for what it is. Returns
    /// the sign that will stand behind it.
    fn script(&mut self, start: u32, end: u32, form: Form) -> &'static str {
        let range = start as usize..end as usize;
        let marked = self.markers.partition_point(|m| m.start < range.start);
        let text = &self.text[range.clone()];
        if self.markers.get(marked).is_some_and(|m| m.start < range.end) || text.trim().is_empty() {
            return "";
        }
        let raised = form == Form::Raised;
        if if raised { script::raised(text) } else { script::lowered(text) }.is_some() {
            self.form.0.push((end, form));
            return "";
        }
        self.signed.retain(|end| *end > start);
        if !self.setting.signs() || self.signed.len() >= SIGNED {
            return "";
        }
        self.signed.push(end);
        let (before, behind) = script::signs(text, raised);
        self.push(start, start, Form::Before(before));
        behind
    }

    fn close_until(&mut self, until: u32) {
        while let Some(&Reverse((end, bits, sign))) = self.ends.peek()
            && end <= until
        {
            self.reach(end);
            if !sign.is_empty() {
                self.push(end, end, Form::After(sign));
            }
            self.count(bits, false);
            self.ends.pop();
        }
    }

    fn count(&mut self, bits: u16, opens: bool) {
        for (bit, open) in self.open.iter_mut().enumerate().filter(|(bit, _)| bits & (1 << bit) != 0) {
            *open = if opens { *open + 1 } else { *open - 1 };
            let mask = 1 << bit;
            self.stress = if *open > 0 { self.stress | mask } else { self.stress & !mask };
        }
    }

    /// Finishes the stretch that ends at `to`.
    fn reach(&mut self, to: u32) {
        while let Some(&(from, role)) = self.setting.roles.get(self.roles)
            && from < to.max(1)
        {
            self.stretch(from);
            self.role = role;
            self.roles += 1;
        }
        self.stretch(to);
    }

    fn stretch(&mut self, to: u32) {
        if self.at < to {
            let form = self.form.innermost(self.at).unwrap_or_default();
            self.push(self.at, to, form);
            self.at = to;
        }
    }

    fn push(&mut self, start: u32, end: u32, form: Form) {
        let opens = self.marker.innermost(start).or_else(|| self.link.innermost(start));
        // A marker that leads somewhere may stand in a link that does not.
        let stress = opens.map_or(self.stress, |(_, nowhere)| self.stress & !Face::UNRESOLVED | nowhere);
        let face = Face { role: self.role, stress };
        let hit = opens.map(|(hit, _)| hit);
        let span = Span { start: start as usize, end: end as usize, face, hit, form };
        match self.spans.last_mut() {
            Some(last) if start < end && last.joins(&span) => last.end = span.end,
            _ => self.spans.push(span),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::flow::Flow;
    use super::*;
    use crate::article::{Draft, Kind, Mark};
    use crate::layout::sample;

    fn spans(draft: Draft, roles: &[(u32, Role)]) -> Vec<String> {
        let article = sample::article(|b| b.block(Kind::Paragraph, draft, vec![]));
        let text = &article.blocks[0].text;
        let setting = Setting { roles, width: 72, paragraphs: true };
        let flow = Flow::new(&article, text, &setting);
        let show = |s: &Span| {
            let text = match s.form {
                Form::Before(sign) | Form::After(sign) => sign,
                _ => &flow.text[s.start..s.end],
            };
            format!("{text}|{}", s.face.stress)
        };
        flow.spans.iter().map(show).collect()
    }

    #[test]
    fn stress_adds_up_where_inlines_overlap() {
        let mut draft = Draft::of("abcdef");
        draft.mark_range(0..4, Mark::Strong);
        draft.mark_range(2..6, Mark::Emphasis);
        draft.mark_range(3..5, Mark::Strong);
        assert_eq!(spans(draft, &[]), ["ab|1", "cde|3", "f|2"]);
    }

    #[test]
    fn what_has_no_raised_form_stands_between_signs() {
        let mut draft = Draft::of("x");
        draft.push_marked("2", Mark::Superscript);
        draft.push_marked("αβ", Mark::Superscript);
        draft.push_marked("q", Mark::Subscript);
        assert_eq!(spans(draft, &[]), ["x|0", "2|0", "^(|0", "αβ|0", ")|0", "_|0", "q|0"]);
    }

    #[test]
    fn scripts_in_scripts_have_signs_twice() {
        let mut draft = Draft::of("xq");
        (0..4).for_each(|_| draft.mark_range(1..2, Mark::Superscript));
        assert_eq!(spans(draft, &[]), ["x|0", "^|0", "^|0", "q|0"]);
    }

    #[test]
    fn what_leads_somewhere_stands_out_in_a_link_that_does_not() {
        let mut draft = Draft::of("ab");
        draft.mark_range(0..2, Mark::Link("#gone".into()));
        draft.mark_range(1..2, Mark::Link("https://a.example/".into()));
        let (link, nowhere) = (Face::LINK, Face::LINK | Face::UNRESOLVED);
        assert_eq!(spans(draft, &[]), [format!("a|{nowhere}"), format!("b|{link}")]);
    }

    #[test]
    fn roles_divide_the_text() {
        assert_eq!(
            spans(Draft::of("Figure 1. Words"), &[(0, Role::CaptionLabel), (9, Role::Caption)]),
            ["Figure 1.|0", " Words|0"]
        );
    }

    #[test]
    fn many_inlines_take_no_more_than_linear_time() {
        let mut draft = Draft::of(&"a ".repeat(20_000));
        for start in 0..20_000 {
            draft.mark_range(start..40_000, Mark::Superscript);
            draft.mark_range(start..start + 9, Mark::Link("#x".into()));
        }
        assert!(spans(draft, &[]).len() > 20_000);
    }
}
