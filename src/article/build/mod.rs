//! The builder: the only way to make an article. It gives numbers and ids, resolves markers, splits what is too
//! long, and hands over what is finished, part by part.

mod byline;
mod notes;
mod parents;
mod ranges;
mod references;
mod split;
mod tex;
#[cfg(test)]
mod tests;
mod text;

use std::collections::HashMap;
use std::hash::RandomState;
use std::mem::take;

use smol_str::SmolStr;

use super::citation::Target;
use super::draft::{Draft, PLACEHOLDER};
use super::place::{BlockId, NoteId, Place, RefId};
use super::{Complaint, Csl, Kind, Meta, Nest, Part, Reference, Section, Sort, limits, safe};

pub use byline::byline;
pub use notes::letters;
pub use references::names_references;
pub use tex::one_line;
pub use text::cite_label;

/// How notes are numbered, so that they are not taken for references.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NoteLabels {
    /// `[1]`, `[2]`: in an article that has no references.
    #[default]
    Numbers,
    /// `[a]`, `[b]`: beside numbered references.
    Letters,
}

/// What becomes of works in the bibliography that nothing cites.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Uncited {
    /// They are listed after the cited ones.
    #[default]
    Listed,
    /// They are left out: the bibliography is shared by many articles.
    LeftOut,
}

/// Makes an article. Blocks are given in reading order; notes may be defined anywhere.
#[derive(Debug, Default)]
pub struct Builder {
    /// What is known of the article as a whole. Strings are made safe when a part is taken.
    pub meta: Meta,
    /// How notes are labelled.
    pub note_labels: NoteLabels,
    /// What becomes of works that nothing cites.
    pub uncited: Uncited,
    /// The line of the source that is being read, for complaints; 0 where that is not known.
    pub line: u32,
    part: Part,
    count: Count,
    notes: Vec<notes::NoteDraft>,
    hasher: RandomState,
    /// By the hashes of their folded names: a large text has hundreds of thousands.
    note_ids: HashMap<u64, NoteId>,
    /// The notes in the order of their first use.
    used_notes: Vec<NoteId>,
    /// How far the list of notes is written.
    walked: Option<Walked>,
    /// The labels that the source shows for notes.
    shown_labels: HashMap<NoteId, SmolStr>,
    note_groups: HashMap<NoteId, String>,
    reference_groups: HashMap<RefId, String>,
    /// The notes that are being written, the innermost last; `None` for one that is left out.
    open_notes: Vec<Option<NoteId>>,
    works: HashMap<String, RefId>,
    listed: Vec<ListedWork>,
    waiting: HashMap<String, Work>,
    waiting_order: Vec<String>,
    next_number: u32,
    anchors: HashMap<String, u32>,
    last_heading: Option<(BlockId, String)>,
    numbered: ranges::Numbered,
    parents: parents::Parents,
    /// The body has ended.
    ended: bool,
    complained: usize,
}

/// How many of each have been handed over, so that ids go on counting.
#[derive(Debug, Default)]
struct Count {
    blocks: u32,
    markers: u32,
    links: u32,
    formulas: u32,
}

/// How many notes have been written: of those that are used, then of all.
#[derive(Clone, Copy, Debug, Default)]
struct Walked {
    used: usize,
    all: usize,
}

#[derive(Debug)]
struct Work {
    csl: Csl,
    entry: Draft,
}

/// A reference: `listed[id]` is the reference with that id.
#[derive(Debug)]
struct ListedWork {
    label: Box<str>,
    /// How the list shows it; `None` once it stands in the text.
    entry: Option<Draft>,
}

impl Builder {
    /// A builder for an article of this format.
    pub fn new(format: &'static str) -> Self {
        Self { meta: Meta { format, ..Meta::default() }, ..Self::default() }
    }

    /// From now on it is noted where in the source things stand.
    pub fn trace(&mut self) {
        self.part.origins = Some(Box::default());
    }

    /// Adds a block. Inside a note it becomes part of the note. A block that shows nothing is left out.
    pub fn block(&mut self, kind: Kind, mut draft: Draft, nest: Vec<Nest>) {
        draft.trim_end();
        let shows_nothing = draft.is_empty() && !matches!(kind, Kind::Rule | Kind::Figure(_) | Kind::Code(_));
        if shows_nothing && !nest.iter().any(|n| matches!(n, Nest::Item(i) if i.first)) {
            return;
        }
        match self.open_notes.last() {
            Some(Some(id)) => {
                self.notes[id.index()].blocks.push(kind, draft, nest);
            }
            Some(None) => {}
            None => self.emit(kind, draft, nest),
        }
    }

    /// Adds the title, and makes it the article's.
    pub fn title(&mut self, draft: Draft) {
        if self.meta.title.is_empty() {
            self.meta.title = draft.as_str().replace(PLACEHOLDER, "");
        }
        self.block(Kind::Title, draft, Vec::new());
    }

    /// Adds a heading (level 1 is the top level below the title) that links can name. Inside a quote, item or note
    /// it is shown as a heading but opens no section.
    pub fn heading(&mut self, level: u8, draft: Draft, name: Option<&str>, nest: Vec<Nest>) {
        let opens = nest.is_empty() && self.open_notes.is_empty() && !draft.is_empty();
        let block = self.next_block();
        if opens {
            self.anchor_heading(&draft, name);
            self.part.sections.push(Section { level: level.max(1), heading: block, added: false });
            self.last_heading = Some((block, draft.as_str().trim().to_lowercase()));
        }
        self.block(Kind::Heading(level.max(1)), draft, nest);
    }

    fn anchor_heading(&mut self, draft: &Draft, name: Option<&str>) {
        let slug = slug(draft.as_str());
        if let Some(name) = name {
            self.anchor(name);
        }
        let times = self.anchors.entry(slug.clone()).or_insert(0);
        let unique = if *times == 0 { slug } else { format!("{slug}-{times}") };
        *times += 1;
        self.anchor(&unique);
    }

    /// Names the place where the next block will begin.
    pub fn anchor(&mut self, name: &str) {
        let place = Place::start_of(self.next_block());
        self.note_name(name, place.block);
        self.part.anchors.push((safe::line(name).into(), place));
    }

    /// Makes a reference known now, with the label that the source shows for it, and says how the list shows it;
    /// without an entry the importer places one itself ([`Kind::Entry`]). The first of a key counts.
    pub fn reference(&mut self, key: &str, label: &str, csl: Csl, entry: Option<Draft>) -> RefId {
        if let Some(&id) = self.works.get(key) {
            self.complain_of(Sort::Twice, key, "is in the references twice: the first counts");
            return id;
        }
        let id = RefId(self.listed.len() as u32);
        self.works.insert(key.to_owned(), id);
        let label: Box<str> = safe::line(label).into();
        self.listed.push(ListedWork { label: label.clone(), entry });
        self.part.references.push(Reference {
            id: safe::line(key).into(),
            label,
            csl,
            ..Reference::default()
        });
        id
    }

    /// Makes a work of the bibliography known; it becomes a reference, with the next number, when it is first cited.
    pub fn work(&mut self, key: &str, csl: Csl, entry: Draft) {
        if self.waiting.contains_key(key) || self.works.contains_key(key) {
            self.complain_of(Sort::Twice, key, "is in the bibliography twice: the first counts");
            return;
        }
        self.waiting_order.push(key.to_owned());
        self.waiting.insert(key.to_owned(), Work { csl, entry });
    }

    /// Notes something that the reader of the article should know.
    pub fn complain(&mut self, of: &str, what: &str) {
        self.complain_of(Sort::Reading, of, what);
    }

    /// As [`Builder::complain`], of this sort.
    pub fn complain_of(&mut self, sort: Sort, of: &str, what: &str) {
        self.report(Complaint { sort, line: self.line, ..Complaint::new(of, what) });
    }

    /// Notes something that has its own place.
    pub fn report(&mut self, complaint: Complaint) {
        // Whoever asks for origins finds these, each with its exact place.
        let found = matches!(complaint.sort, Sort::Dangling | Sort::Twice);
        if found && self.part.origins.is_some() {
            return;
        }
        self.complained += 1;
        let line = |text: &str| safe::line(text).into_owned();
        if self.complained < limits::COMPLAINTS.most {
            let (file, of, what) = (line(&complaint.file), line(&complaint.of), line(&complaint.what));
            self.part.complaints.push(Complaint { file, of, what, ..complaint });
        } else if self.complained == limits::COMPLAINTS.most {
            self.part.complaints.push(Complaint::new("", limits::COMPLAINTS.message));
        }
    }

    /// How many blocks are waiting to be taken.
    pub fn pending_blocks(&self) -> usize {
        self.part.blocks.len()
    }

    /// Hands over what has been built since the last time.
    pub fn take_part(&mut self) -> Part {
        self.join_parents();
        self.resolve();
        self.expand_ranges();
        self.part.meta = self.safe_meta();
        let part = take(&mut self.part);
        self.count.blocks += part.blocks.len() as u32;
        self.count.markers += part.markers.len() as u32;
        self.count.links += part.links.len() as u32;
        self.count.formulas += part.formulas.len() as u32;
        part
    }

    /// Ends the body, adds the notes and the list of references, and hands over the last part.
    pub fn finish(mut self) -> Part {
        self.write_notes(usize::MAX);
        self.join_parents();
        self.list_unfound();
        self.write_references(true, usize::MAX);
        let mut part = self.take_part();
        self.end_names(&mut part);
        part
    }

    /// Names of what would follow the last block lead to its end.
    fn end_names(&self, part: &mut Part) {
        let last = self.count.blocks.checked_sub(1).map_or_else(Place::default, |last| Place {
            block: BlockId(last),
            byte: part.blocks.last().map_or(0, |block| block.text.len()),
        });
        for (_, place) in part.anchors.iter_mut().filter(|(_, place)| place.block.0 >= self.count.blocks) {
            *place = last;
        }
    }

    /// Notes and references follow.
    fn end_body(&mut self) {
        if std::mem::replace(&mut self.ended, true) {
            return;
        }
        self.line = 0;
        while !self.open_notes.is_empty() {
            self.end_note();
        }
        let prepared = self.empty_references_heading();
        self.part.back = Some(prepared.unwrap_or_else(|| self.next_block()));
        self.join_parents();
        self.list_uncited();
        if prepared.is_some() {
            self.write_references(false, usize::MAX);
        }
    }

    fn add_heading(&mut self, title: &str) {
        self.part.sections.push(Section { level: 1, heading: self.next_block(), added: true });
        self.anchor(&slug(title));
        self.emit(Kind::Heading(1), Draft::of(title), Vec::new());
    }

    fn next_block(&self) -> BlockId {
        BlockId(self.count.blocks + self.part.blocks.len() as u32)
    }

    /// Markers whose reference became known after them.
    fn resolve(&mut self) {
        for marker in &mut self.part.markers {
            for cite in &mut marker.cites {
                if let Target::Missing(key) = &cite.target
                    && let Some(&id) = self.works.get(&**key)
                {
                    cite.target = Target::Reference(id);
                }
            }
        }
    }

    fn safe_meta(&self) -> Meta {
        let line = |s: &str| safe::line(s.trim()).into_owned();
        Meta {
            title: line(&self.meta.title),
            authors: self.meta.authors.iter().map(|a| line(a)).collect(),
            date: line(&self.meta.date),
            language: line(&self.meta.language),
            source: safe::address(&self.meta.source),
            site: line(&self.meta.site),
            format: self.meta.format,
        }
    }
}

/// The name that a heading is linked by: lower case, words joined by `-` (as GitHub and pandoc make them).
pub fn slug(title: &str) -> String {
    let mut out = String::with_capacity(title.len());
    for c in title.trim_matches(|c: char| c.is_whitespace() || c == PLACEHOLDER).chars() {
        match c {
            c if c.is_alphanumeric() || c == '_' => out.extend(c.to_lowercase()),
            ' ' | '-' => out.push('-'),
            _ => {}
        }
    }
    out
}
