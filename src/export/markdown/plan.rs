//! What an importer of Markdown cannot find out by itself: labels and orders that differ from what it would give.

use std::collections::{HashMap, HashSet};

use crate::article::build::{letters, names_references};
use crate::article::{Article, Block, BlockId, Kind, Marker, Nest, NoteId, RefId, Target};
use crate::export::inspect::{notes_in_order, references_in_order};

/// How an article's notes and references are named in Markdown, and what has to be said of them.
#[derive(Debug, Default)]
pub struct Plan {
    /// The references in the order of their list.
    pub references: Vec<RefId>,
    /// True when references must say their labels, for they are not numbered as they are first cited.
    pub labelled: bool,
    /// The notes in the order of their list.
    pub notes: Vec<NoteId>,
    /// For each note that cannot do without: what it is labelled, and the series it belongs to.
    pub note_labels: Vec<(NoteId, String, Option<String>)>,
    /// The first entries of the lists of references, where these do not stand where they would by themselves, and how
    /// many each has.
    pub lists: HashMap<BlockId, usize>,
    /// The series of references, where they have any.
    pub groups: HashMap<RefId, String>,
    note_groups: HashMap<NoteId, String>,
    names: HashMap<NoteId, String>,
    inline: HashSet<NoteId>,
    /// Notes by the blocks that they begin with.
    starts: HashMap<u32, NoteId>,
    /// Notes that stand in the text, and not in a list at its end.
    placed: HashSet<NoteId>,
    /// Headings that the reader adds.
    added: HashSet<BlockId>,
}

impl Plan {
    /// The plan for an article.
    pub fn of(article: &Article) -> Self {
        let mut plan = Self { references: references_in_order(article).collect(), ..Self::default() };
        let defined = article.notes.iter().zip((0..).map(NoteId)).filter(|(note, _)| !note.blocks.is_empty());
        plan.starts = defined.map(|(note, id)| (note.blocks.start, id)).collect();
        plan.notes =
            notes_in_order(article).filter_map(|n| plan.starts.get(&n.blocks.start).copied()).collect();
        plan.find_places(article);
        plan.find_groups(article);
        plan.find_inline(article);
        plan.name_notes(article);
        let given = !plan.references.is_empty();
        let (cited, used) = numbered(article);
        plan.labelled = !plan.lists.is_empty() || !plan.follows_first_use(article, &cited);
        if !plan.notes_follow(article, &used.order, given) || !plan.note_groups.is_empty() {
            plan.label_notes(article);
        }
        plan
    }

    /// Says all labels: a marker that shows something of its own is not numbered in its turn.
    pub fn label_all(&mut self, article: &Article) {
        self.labelled = true;
        self.label_notes(article);
    }

    fn label_notes(&mut self, article: &Article) {
        let group = |id: &NoteId| self.note_groups.get(id).cloned();
        let label = |id: &NoteId| (*id, article.notes[id.index()].label.to_string(), group(id));
        self.note_labels = self.notes.iter().map(label).collect();
    }

    /// What a note is called in Markdown; none for one that is written where it is cited.
    pub fn name(&self, note: NoteId) -> Option<&str> {
        self.names.get(&note).map(String::as_str)
    }

    /// True for a note that is written where it is cited.
    pub fn is_inline(&self, note: NoteId) -> bool {
        self.inline.contains(&note)
    }

    /// The note that begins with this block.
    pub fn note_at(&self, block: BlockId) -> Option<NoteId> {
        self.starts.get(&block.0).copied()
    }

    /// True for a note that stands in the text, and not in a list at its end.
    pub fn is_placed(&self, note: NoteId) -> bool {
        self.placed.contains(&note)
    }

    /// True for a heading that the reader adds.
    pub fn is_added(&self, heading: BlockId) -> bool {
        self.added.contains(&heading)
    }

    fn find_places(&mut self, article: &Article) {
        self.added = article.sections.iter().filter(|s| s.added).map(|s| s.heading).collect();
        let own = |block: BlockId| article.section_of(block).is_none_or(|at| !article.sections[at].added);
        let placed = |id: &NoteId| own(BlockId(article.notes[id.index()].blocks.start));
        self.placed = self.notes.iter().copied().filter(placed).collect();
        self.lists = entry_runs(article).filter(|(first, _)| own(*first)).collect();
        let only = if self.lists.len() == 1 { self.lists.keys().next() } else { None };
        if only.is_some_and(|entry| stands_at_the_end(article, *entry)) {
            self.lists.clear();
        }
    }

    /// The series that a marker will be in when nothing is said of it.
    pub fn group_of(&self, marker: &Marker) -> Option<&str> {
        match marker.cites.first()?.target {
            Target::Reference(r) => self.groups.get(&r).map(String::as_str),
            Target::Note(n) => self.note_groups.get(&n).map(String::as_str),
            Target::Missing(_) => None,
        }
    }

    /// A note or reference is in the series of the first marker that leads to it.
    fn find_groups(&mut self, article: &Article) {
        for marker in &article.markers {
            let (Some(group), Some(cite)) = (&marker.group, marker.cites.first()) else { continue };
            match cite.target {
                Target::Reference(r) => {
                    self.groups.entry(r).or_insert_with(|| group.to_string());
                }
                Target::Note(n) => {
                    self.note_groups.entry(n).or_insert_with(|| group.to_string());
                }
                Target::Missing(_) => {}
            }
        }
    }

    /// Notes without a name, which stand in the text (`^[…]`), are written there again.
    fn find_inline(&mut self, article: &Article) {
        let is_inline = |id: &NoteId| {
            let note = &article.notes[id.index()];
            let mut blocks = article.blocks.iter().skip(note.blocks.start as usize).take(note.blocks.len());
            let plain = blocks.all(|b| b.kind == Kind::Paragraph && b.nest.len() == 1 && !b.continued);
            note.id.starts_with("^[") && note.mentions.len() == 1 && note.blocks.len() == 1 && plain
        };
        self.inline = self.notes.iter().copied().filter(is_inline).collect();
    }

    fn name_notes(&mut self, article: &Article) {
        let mut taken = HashSet::new();
        for (note, id) in article.notes.iter().zip(0..).map(|(note, id)| (note, NoteId(id))) {
            if self.inline.contains(&id) {
                continue;
            }
            let name = note_name(&note.id);
            let mut unique = name.clone();
            let mut number = 1;
            while !taken.insert(unique.to_lowercase()) {
                number += 1;
                unique = format!("{name}-{number}");
            }
            self.names.insert(id, unique);
        }
    }

    /// True when the list of references is in the order of their first citations, and numbered so.
    fn follows_first_use(&self, article: &Article, cited: &Ordered<RefId>) -> bool {
        let uncited = self.references.iter().filter(|id| !cited.seen.contains(id));
        let expected = cited.order.iter().chain(uncited);
        expected.eq(&self.references)
            && self
                .references
                .iter()
                .zip(1..)
                .all(|(id, number)| *article.references[id.index()].label == number.to_string())
    }

    fn notes_follow(&self, article: &Article, used: &[NoteId], given: bool) -> bool {
        let label = |at: u32| if given { letters(at) } else { (at + 1).to_string() };
        let defined = used.iter().filter(|id| !article.notes[id.index()].blocks.is_empty());
        defined.eq(&self.notes)
            && used.iter().zip(0..).all(|(id, at)| *article.notes[id.index()].label == label(at))
    }
}

/// References and notes in the order in which a builder numbers them: as they are first cited in the body, then in
/// the notes; notes that nothing cites come last.
fn numbered(article: &Article) -> (Ordered<RefId>, Ordered<NoteId>) {
    let (mut cited, mut used) = (Ordered::default(), Ordered::default());
    let mut cite = |markers: &mut dyn Iterator<Item = &Marker>, used: &mut Ordered<NoteId>| {
        for target in markers.flat_map(|m| &m.cites).map(|c| &c.target) {
            match *target {
                Target::Reference(r) => cited.add(r),
                Target::Note(n) => used.add(n),
                Target::Missing(_) => {}
            }
        }
    };
    let outside = |m: &&Marker| {
        let block = article.block(m.place.block);
        !matches!(block.kind, Kind::Entry(_)) && !matches!(block.nest.first(), Some(Nest::Note { .. }))
    };
    cite(&mut article.markers.iter().filter(outside), &mut used);
    let (mut at, mut rest) = (0, (0..article.notes.len() as u32).map(NoteId));
    loop {
        while let Some(&id) = used.order.get(at) {
            let blocks = article.notes[id.index()].blocks.clone();
            let markers = article.markers_in(blocks);
            cite(&mut article.markers[markers.start as usize..markers.end as usize].iter(), &mut used);
            at += 1;
        }
        let Some(next) = rest.next() else { break };
        used.add(next);
    }
    (cited, used)
}

/// Things in the order in which they were first added.
#[derive(Debug)]
struct Ordered<T> {
    order: Vec<T>,
    seen: HashSet<T>,
}

impl<T> Default for Ordered<T> {
    fn default() -> Self {
        Self { order: Vec::new(), seen: HashSet::new() }
    }
}

impl<T: Copy + Eq + std::hash::Hash> Ordered<T> {
    fn add(&mut self, thing: T) {
        if self.seen.insert(thing) {
            self.order.push(thing);
        }
    }
}

/// Entries that follow one another: the first, and how many they are.
fn entry_runs(article: &Article) -> impl Iterator<Item = (BlockId, usize)> {
    let is_entry = |block: &Block| matches!(block.kind, Kind::Entry(_));
    let runs = article.blocks.chunk_by(move |a, b| is_entry(a) == is_entry(b));
    let starts = runs.scan(0, |at, run| Some((std::mem::replace(at, *at + run.len() as u32), run)));
    starts
        .filter(move |(_, run)| run.first().is_some_and(is_entry))
        .map(|(start, run)| (BlockId(start), run.iter().filter(|block| !block.continued).count()))
}

/// True for a list of references that comes to stand where it is by itself: right below the last heading of the
/// author's, which names it, and with nothing else there.
fn stands_at_the_end(article: &Article, entry: BlockId) -> bool {
    let heading =
        entry.0.checked_sub(1).map(BlockId).filter(|id| matches!(article.block(*id).kind, Kind::Heading(_)));
    let rest = article.blocks.iter().skip(entry.index());
    let last = rest.take_while(|b| !matches!(b.nest.first(), Some(Nest::Note { .. }))).enumerate().all(
        |(at, block)| {
            let id = BlockId(entry.0 + at as u32);
            matches!(block.kind, Kind::Entry(_))
                || article.sections.iter().any(|s| s.added && s.heading == id)
        },
    );
    heading.is_some_and(|id| names_references(article.block(id).text.as_str())) && last
}

/// A note's name as the label of a footnote, which holds neither white space nor brackets.
fn note_name(id: &str) -> String {
    let fine = |c: char| if c.is_alphanumeric() || "-_.:#/+".contains(c) { c } else { '-' };
    let name: String = id.chars().map(fine).collect();
    if name.is_empty() { "note".to_owned() } else { name }
}
