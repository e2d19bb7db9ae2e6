//! Notes: named before or after they are defined, labelled when they are first used, written at the end.

use std::hash::BuildHasher;
use std::mem::take;
use std::ops::Range;

use smol_str::SmolStr;
use unicase::UniCase;

use super::{Builder, NoteLabels};
use crate::article::citation::{Cite, Note, Target};
use crate::article::draft::Draft;
use crate::article::place::{NoteId, RefId};
use crate::article::{Kind, Nest, Sort, safe};

/// A note before it is written.
#[derive(Debug, Default)]
pub(super) struct NoteDraft {
    /// How many notes had a label before this one received its own; `None` until it is first used.
    place: Option<u32>,
    pub(super) blocks: NoteBlocks,
    defined: bool,
}

/// The blocks of a note that wait to be written.
#[derive(Debug, Default)]
pub(super) enum NoteBlocks {
    #[default]
    None,
    /// One plain paragraph: most notes are, and there may be very many.
    Plain(Box<str>),
    /// Any others.
    List(Vec<(Kind, Draft, Vec<Nest>)>),
}

impl NoteBlocks {
    pub(super) fn push(&mut self, kind: Kind, draft: Draft, nest: Vec<Nest>) {
        let plain = kind == Kind::Paragraph && draft.marks().is_empty() && nest.is_empty();
        *self = match take(self) {
            Self::None if plain => Self::Plain(draft.as_str().into()),
            blocks => {
                let mut list = blocks.into_list();
                list.push((kind, draft, nest));
                Self::List(list)
            }
        };
    }

    const fn is_empty(&self) -> bool {
        matches!(self, Self::None)
    }

    fn into_list(self) -> Vec<(Kind, Draft, Vec<Nest>)> {
        match self {
            Self::None => Vec::new(),
            Self::Plain(text) => vec![(Kind::Paragraph, Draft::of(&text), Vec::new())],
            Self::List(list) => list,
        }
    }
}

impl Builder {
    /// Begins a note; the blocks up to [`Builder::end_note`] are its text. The first definition of a name counts.
    /// A note may be defined in the text of another.
    pub fn begin_note(&mut self, name: &str) {
        let id = self.note_id(name);
        let known = std::mem::replace(&mut self.notes[id.index()].defined, true);
        if known {
            let what = "is defined twice: the first definition counts";
            self.complain_of(Sort::Twice, &format!("[^{name}]"), what);
        }
        self.open_notes.push((!known).then_some(id));
    }

    /// Says which bytes of the source define a note, if that is asked for.
    pub fn note_stands(&mut self, name: &str, range: Range<u32>) {
        let id = self.note_id(name);
        if let Some(origins) = &mut self.part.origins {
            origins.notes.push((id, range));
        }
    }

    /// Ends the note that was begun last.
    pub fn end_note(&mut self) {
        if let Some(Some(id)) = self.open_notes.pop()
            && self.notes[id.index()].blocks.is_empty()
        {
            self.notes[id.index()].blocks.push(Kind::Paragraph, Draft::default(), Vec::new());
        }
    }

    /// Ends the note, which stands where its list is in the text, instead of at the end.
    pub fn end_note_here(&mut self) {
        let id = self.open_notes.last().copied().flatten();
        self.end_note();
        if let Some(id) = id.filter(|_| self.open_notes.is_empty()) {
            self.write_note(id);
        }
    }

    /// Says which series the markers of a note belong to.
    pub fn group_note(&mut self, name: &str, group: &str) {
        let id = self.note_id(name);
        self.note_groups.insert(id, group.to_owned());
    }

    /// Says which series the markers of a reference belong to.
    pub fn group_reference(&mut self, id: RefId, group: &str) {
        self.reference_groups.insert(id, group.to_owned());
    }

    /// The series of a marker that says of none itself.
    pub(super) fn group_of(&self, cite: &Cite) -> Option<String> {
        match &cite.target {
            Target::Note(id) => self.note_groups.get(id).cloned(),
            Target::Reference(id) => self.reference_groups.get(id).cloned(),
            Target::Missing(_) => None,
        }
    }

    /// Adds a note where its list stands in the text, instead of at the end.
    pub fn place_note(&mut self, name: &str, draft: Draft) {
        let id = self.note_id(name);
        let nest = vec![Nest::Note { label: self.note_label(id), first: true }];
        let start = self.next_block().0;
        self.block(Kind::Paragraph, draft, nest);
        self.part.defined.push((id, start..self.next_block().0));
    }

    /// Gives a note the label that the source shows for it.
    pub fn label_note(&mut self, name: &str, label: &str) {
        let id = self.note_id(name);
        let label = SmolStr::from(safe::line(label));
        self.shown_labels.insert(id, label.clone());
        self.set_note_label(id, label);
    }

    fn set_note_label(&mut self, id: NoteId, label: SmolStr) {
        let place = &mut self.notes[id.index()].place;
        if place.is_none() {
            *place = Some(self.used_notes.len() as u32);
            self.used_notes.push(id);
        }
        self.part.note_labels.push((id, label));
    }

    /// The label of a note; at its first use it is given the next one.
    pub(super) fn note_label(&mut self, id: NoteId) -> SmolStr {
        if let Some(label) = self.known_label(id) {
            return label;
        }
        let label = self.nth_label(self.used_notes.len() as u32);
        self.set_note_label(id, label.clone());
        label
    }

    /// The label of a note that has one.
    pub(super) fn known_label(&self, id: NoteId) -> Option<SmolStr> {
        let place = self.notes.get(id.index())?.place?;
        Some(self.shown_labels.get(&id).cloned().unwrap_or_else(|| self.nth_label(place)))
    }

    /// What notes are numbered by.
    fn nth_label(&self, place: u32) -> SmolStr {
        match self.note_labels {
            NoteLabels::Numbers => smol_str::format_smolstr!("{}", place + 1),
            NoteLabels::Letters => letters(place).into(),
        }
    }

    /// Ends the body and writes the list of notes, until about this many blocks wait to be taken; false once the list
    /// is complete.
    pub fn write_notes(&mut self, most: usize) -> bool {
        self.end_body();
        if self.walked.is_none() {
            if self.notes.iter().all(|n| n.blocks.is_empty()) {
                return false;
            }
            self.add_heading("Notes");
        }
        let mut walked = self.walked.unwrap_or_default();
        while self.pending_blocks() < most {
            // Notes that are first used in a note come to stand at the end of the list while it is walked.
            let id = match self.used_notes.get(walked.used) {
                Some(&id) if walked.all == 0 => {
                    walked.used += 1;
                    id
                }
                _ if walked.all == self.notes.len() => return false,
                _ => {
                    walked.all += 1;
                    NoteId(walked.all as u32 - 1)
                }
            };
            self.write_note(id);
            self.walked = Some(walked);
        }
        true
    }

    fn write_note(&mut self, id: NoteId) {
        let blocks = take(&mut self.notes[id.index()].blocks);
        if blocks.is_empty() {
            return;
        }
        let start = self.next_block().0;
        let label = self.note_label(id);
        for (at, (kind, draft, inner)) in blocks.into_list().into_iter().enumerate() {
            let mut nest = vec![Nest::Note { label: label.clone(), first: at == 0 }];
            nest.extend(inner);
            self.emit(kind, draft, nest);
        }
        self.part.defined.push((id, start..self.next_block().0));
    }

    /// The id of a note, given when its name is first seen.
    pub(super) fn note_id(&mut self, name: &str) -> NoteId {
        let next = NoteId(self.notes.len() as u32);
        let id = *self.note_ids.entry(self.hasher.hash_one(UniCase::new(name))).or_insert(next);
        if id == next {
            self.part.notes.push(Note { id: safe::line(name).into(), ..Note::default() });
            self.notes.push(NoteDraft::default());
        }
        id
    }
}

/// `a` … `z`, `aa`, `ab`, …: the label of the note with this number, counted from 0.
pub fn letters(number: u32) -> String {
    let mut out = Vec::new();
    let mut rest = number + 1;
    while rest > 0 {
        rest -= 1;
        out.push(b'a' + (rest % 26) as u8);
        rest /= 26;
    }
    out.iter().rev().map(|&b| char::from(b)).collect()
}
