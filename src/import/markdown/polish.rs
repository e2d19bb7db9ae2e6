//! Turns what was found in running text into markers, notes and marks.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use unicase::UniCase;

use crate::article::{Csl, Draft, DraftCite, DraftMarker, Label, Mark, Thing, To};

use super::attributes::Attributes;
use super::brackets::{self, Found, Text};
use super::caption::{NO_NUMBER, UNNUMBERED};
use super::cite::{self, Key};
use super::inline::Written;
use super::key::is_cross_reference;
use super::rebuild::{Parts, Put, draft, rebuild, slice};
use super::sources::Sources;

/// How deep notes in place may stand in each other.
const NOTES: usize = 4;

/// The works that can be cited.
#[derive(Debug, Default)]
pub struct Works {
    /// By key, how running text names their authors.
    pub authors: HashMap<String, String>,
    /// True when the article says that it has a bibliography: `@key` alone is a citation.
    pub given: bool,
    /// Counts notes in place, to name them.
    pub notes: usize,
    /// The notes that the current piece uses and that are defined: the parser leaves `[^x][@a]` alone.
    pub defined: HashSet<UniCase<String>>,
}

/// A text with all its markers.
#[derive(Debug, Default)]
pub struct Polished {
    /// The text.
    pub draft: Draft,
    /// Notes that were written in place, with their names; inner ones before outer ones.
    pub notes: Vec<(String, Draft)>,
    /// What did not resolve.
    pub complaints: Vec<(String, &'static str)>,
}

impl Works {
    /// The works of a bibliography, named by `author`.
    pub fn new<'a>(
        works: impl Iterator<Item = &'a (String, Csl)>,
        author: fn(&Csl) -> String,
        given: bool,
    ) -> Self {
        let authors: HashMap<_, _> = works.map(|(key, csl)| (key.clone(), author(csl))).collect();
        Self { given: given || !authors.is_empty(), authors, ..Self::default() }
    }

    /// Finds the markers in a text.
    pub fn polish(&mut self, written: Written) -> Polished {
        let mut out = Polished::default();
        out.draft = self.refine(written, 0, &mut out.notes, &mut out.complaints);
        out
    }

    fn refine(
        &mut self,
        written: Written,
        depth: usize,
        notes: &mut Vec<(String, Draft)>,
        complaints: &mut Vec<(String, &'static str)>,
    ) -> Draft {
        if !brackets::is_worth_it(written.draft.as_str()) {
            return written.draft;
        }
        let Written { draft: text, escaped, sources } = written;
        let mut parts = text.into_parts();
        let found = look(&parts, &escaped);
        let markers = markers(&parts);
        let (text, edits, marks) = (parts.0.as_str(), Vec::new(), Vec::new());
        let (escaped_here, here) = (&escaped, &sources);
        let mut change =
            Change { works: self, text, escaped: escaped_here, sources: here, edits, marks, complaints };
        let inner = change.make_all(found, &markers, depth < NOTES);
        let Change { mut edits, marks, .. } = change;
        if !inner.is_empty() {
            parts.1.sort_by_key(|(range, _)| range.start);
        }
        for (name, range) in inner {
            let from = escaped.partition_point(|&e| e < range.start);
            let escaped = escaped[from..].iter().take_while(|e| **e < range.end).map(|e| e - range.start);
            let (escaped, sources) = (escaped.collect(), sources.slice(&range));
            let written = Written { escaped, sources, draft: draft(slice(&parts, &range)) };
            let note = self.refine(written, depth + 1, notes, complaints);
            notes.push((name, note));
        }
        parts.1.extend(marks);
        edits.sort_by_key(|(range, _)| range.start);
        rebuild(parts, edits)
    }
}

/// Looks through a text for what is not our parser's.
fn look(parts: &Parts, escaped: &[usize]) -> Vec<Found> {
    let ranges = |wanted: fn(&Mark) -> bool| {
        let mut ranges: Vec<Range<usize>> =
            parts.1.iter().filter(|(_, m)| wanted(m)).map(|(r, _)| r.clone()).collect();
        ranges.sort_by_key(|r| r.start);
        ranges
    };
    let closed = ranges(|m| matches!(m, Mark::Code | Mark::Math(_) | Mark::Marker(_)));
    let links = ranges(|m| matches!(m, Mark::Link(_)));
    let mut ends: Vec<usize> =
        ranges(|m| matches!(m, Mark::Code | Mark::Link(_) | Mark::Image(_))).iter().map(|r| r.end).collect();
    ends.sort_unstable();
    brackets::find(Text { text: &parts.0, escaped, closed: &closed, links: &links, ends: &ends })
}

/// The markers that the parser has found, in order.
fn markers(parts: &Parts) -> Vec<(Range<usize>, DraftMarker)> {
    let found = parts.1.iter().filter_map(|(range, mark)| match mark {
        Mark::Marker(marker) => Some((range.clone(), marker.clone())),
        _ => None,
    });
    let mut found: Vec<_> = found.collect();
    found.sort_by_key(|(range, _)| range.start);
    found
}

/// The changes to one text.
struct Change<'a> {
    works: &'a mut Works,
    text: &'a str,
    escaped: &'a [usize],
    sources: &'a Sources,
    edits: Vec<(Range<usize>, Put)>,
    marks: Vec<(Range<usize>, Mark)>,
    complaints: &'a mut Vec<(String, &'static str)>,
}

impl Change<'_> {
    /// Takes everything in its turn, the outermost first; with the notes in place, whose texts are still to be
    /// looked through.
    fn make_all(
        &mut self,
        found: Vec<Found>,
        markers: &[(Range<usize>, DraftMarker)],
        notes: bool,
    ) -> Vec<(String, Range<usize>)> {
        let mut inner = Vec::new();
        let mut taken = 0;
        for one in found {
            let range = one.range();
            if range.start < taken {
                continue;
            }
            // Only the brackets of a span are taken: what stands in it is looked at in its turn.
            let mut end =
                if matches!(one, Found::Span(..) | Found::Link(..)) { range.start + 1 } else { range.end };
            let made = match one {
                Found::Span(ref text, ref tail, ref what) if self.labelled(text, tail, what, markers) => {
                    end = tail.end;
                    true
                }
                Found::Note(range, text) if notes => {
                    inner.push((self.note(range), text));
                    true
                }
                other => self.make(other),
            };
            if made {
                taken = end;
            }
        }
        inner
    }

    /// Takes what was found for what it seems, or leaves it as text.
    fn make(&mut self, found: Found) -> bool {
        match found {
            Found::Group(range, keys) => self.group(range, &keys),
            Found::Bare(key, after, keys) => return self.bare(&key, after, &keys),
            Found::Undefined(range) => self.undefined(range),
            Found::Attributes(range, what) => {
                self.name(range.start, &what);
                self.edits.push((range, Put::Nothing));
            }
            Found::Span(text, end, what) => self.span(text, end, &what),
            Found::Link(text, end) => self.link_around(text, end),
            Found::Note(..) => return false,
        }
        true
    }

    fn note(&mut self, range: Range<usize>) -> String {
        self.works.notes += 1;
        // No label can hold brackets.
        let name = format!("^[{}]", self.works.notes);
        self.mark_with(range, Label::Numbered, vec![DraftCite::new(To::Note(name.clone()))]);
        name
    }

    fn mark_with(&mut self, range: Range<usize>, label: Label, cites: Vec<DraftCite>) {
        self.stands(Thing::Marker, &range);
        let shown = label == Label::Shown;
        let marker = DraftMarker { label, group: None, cites };
        if shown {
            self.marks.push((range, Mark::Marker(marker)));
        } else {
            self.edits.push((range, Put::Marker(marker)));
        }
    }

    /// Notes where in the source something stands, if that was asked for.
    fn stands(&mut self, thing: Thing, range: &Range<usize>) {
        if let Some(source) = self.sources.range(range) {
            self.marks.push((range.start..range.start, Mark::Origin(thing, source)));
        }
    }

    fn group(&mut self, range: Range<usize>, keys: &[Key]) {
        if keys.iter().all(|k| self.refers(k)) {
            keys.iter().for_each(|k| self.link(k));
            return;
        }
        let cites = cite::cites(self.text, range.start + 1, range.end - 1, keys);
        self.check(keys);
        self.mark_with(range, Label::Numbered, cites);
    }

    fn bare(&mut self, key: &Key, after: Option<Range<usize>>, keys: &[Key]) -> bool {
        if self.refers(key) {
            self.link(key);
            return after.is_none();
        }
        if !self.works.given {
            return false;
        }
        // A work that nobody knows is no reason to swallow brackets that are no citation.
        let author = self.works.authors.get(&key.name).cloned();
        let after = after.filter(|_| author.is_some() || !keys.is_empty());
        let inner = after.as_ref().map(|r| (r.start + 1, r.end - 1));
        let mut cites = cite::in_text(key, self.text, inner, keys);
        let range = key.start..after.map_or(key.end, |r| r.end);
        if key.suppressed {
            cites.iter_mut().take(1).for_each(|c| c.author = crate::article::citation::Author::Suppressed);
        }
        self.check(std::slice::from_ref(key));
        self.check(keys);
        let label = match author {
            Some(_) if key.suppressed => Label::Numbered,
            Some(author) => Label::NumberedAfter(author),
            None => Label::Shown,
        };
        self.mark_with(range, label, cites);
        true
    }

    fn check(&mut self, keys: &[Key]) {
        let is_work = |key: &&Key| matches!(key.target(), To::Reference(_));
        for key in keys.iter().filter(is_work).filter(|k| !self.works.authors.contains_key(&k.name)) {
            self.complaints.push((format!("@{}", key.name), "is cited, but is not in the bibliography"));
        }
    }

    /// `@fig-x` of Quarto leads to a figure of the article.
    fn refers(&self, key: &Key) -> bool {
        is_cross_reference(&key.name) && !self.works.authors.contains_key(&key.name)
    }

    fn link(&mut self, key: &Key) {
        self.stands(Thing::Link, &(key.start..key.end));
        self.marks.push((key.start..key.end, Mark::Link(format!("#{}", key.name))));
    }

    fn link_around(&mut self, text: Range<usize>, end: Range<usize>) {
        let address = self.text[end.start + 2..end.end - 1].to_owned();
        self.edits.push((text.start - 1..text.start, Put::Nothing));
        if let Some(source) = self.sources.range(&(text.start - 1..end.end)) {
            self.marks.push((text.start..text.start, Mark::Origin(Thing::Link, source)));
        }
        self.edits.push((end, Put::Nothing));
        self.marks.push((text, Mark::Link(address)));
    }

    fn undefined(&mut self, range: Range<usize>) {
        let label = &self.text[range.start + 2..range.end - 1];
        if self.works.defined.contains(&UniCase::new(label.to_owned())) {
            let cites = vec![DraftCite::new(To::Note(label.to_owned()))];
            return self.mark_with(range, Label::Numbered, cites);
        }
        self.complaints.push((format!("[^{label}]"), "is not defined"));
        let cites = vec![DraftCite::new(To::Missing(label.to_owned()))];
        self.mark_with(range, Label::Shown, cites);
    }

    fn name(&mut self, at: usize, what: &Attributes) {
        if what.classes.iter().any(|class| class == UNNUMBERED) {
            self.marks.push((at..at, Mark::Anchor(NO_NUMBER.to_owned())));
        }
        if let Some(id) = &what.id {
            self.marks.push((at..at, Mark::Anchor(id.clone())));
        }
    }

    /// `[[@key]]{label="[3]" group="note"}`: the citations and notes in the brackets are one marker.
    fn labelled(
        &mut self,
        text: &Range<usize>,
        end: &Range<usize>,
        what: &Attributes,
        markers: &[(Range<usize>, DraftMarker)],
    ) -> bool {
        if what.label.is_none() && what.group.is_none() {
            return false;
        }
        let from = markers.partition_point(|(range, _)| range.start < text.start);
        let inside = markers[from..].iter().take_while(|(range, _)| range.end <= text.end);
        let mut marker = DraftMarker { group: what.group.clone(), ..DraftMarker::default() };
        marker.cites.extend(inside.flat_map(|(_, marker)| marker.cites.iter().cloned()));
        let (label, works) = self.works_in(text.clone());
        marker.cites.extend(works);
        if marker.cites.is_empty() {
            return false;
        }
        let put = match &what.label {
            Some(words) => Put::Shown(words.clone(), DraftMarker { label: Label::Shown, ..marker }),
            None => Put::Marker(DraftMarker { label, ..marker }),
        };
        self.name(text.start, what);
        self.stands(Thing::Marker, &(text.start - 1..end.end));
        self.edits.push((text.start - 1..end.end, put));
        true
    }

    /// The works that are cited in a stretch of the text, and how the first one is shown.
    fn works_in(&mut self, range: Range<usize>) -> (Label, Vec<DraftCite>) {
        let text = self.text;
        let inner = &text[range.clone()];
        let from = self.escaped.partition_point(|&e| e < range.start);
        let escaped: Vec<usize> =
            self.escaped[from..].iter().take_while(|e| **e < range.end).map(|e| e - range.start).collect();
        let plain = Text { text: inner, escaped: &escaped, closed: &[], links: &[], ends: &[] };
        let (mut label, mut cites) = (Label::Numbered, Vec::new());
        let mut taken = 0;
        for one in brackets::find(plain) {
            let range = one.range();
            if range.start < taken {
                continue;
            }
            taken = range.end;
            match one {
                Found::Group(range, keys) => {
                    self.check(&keys);
                    cites.extend(cite::cites(inner, range.start + 1, range.end - 1, &keys));
                }
                Found::Bare(key, after, keys) => {
                    self.check(std::slice::from_ref(&key));
                    self.check(&keys);
                    if let Some(author) = self.works.authors.get(&key.name) {
                        label = Label::NumberedAfter(author.clone());
                    }
                    let after = after.map(|r| (r.start + 1, r.end - 1));
                    cites.extend(cite::in_text(&key, inner, after, &keys));
                }
                Found::Undefined(range) => {
                    let name = inner[range.start + 2..range.end - 1].to_owned();
                    let known = self.works.defined.contains(&UniCase::new(name.clone()));
                    cites.push(DraftCite::new(if known { To::Note(name) } else { To::Missing(name) }));
                }
                _ => {}
            }
        }
        (label, cites)
    }

    fn span(&mut self, text: Range<usize>, end: Range<usize>, what: &Attributes) {
        self.name(text.start, what);
        for class in &what.classes {
            let mark = match class.as_str() {
                "smallcaps" => Mark::SmallCaps,
                "underline" | "ul" => Mark::Underline,
                "mark" => Mark::Highlight,
                _ => continue,
            };
            self.marks.push((text.clone(), mark));
        }
        self.edits.push((text.start - 1..text.start, Put::Nothing));
        self.edits.push((end, Put::Nothing));
    }
}
