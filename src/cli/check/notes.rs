//! Notes that nothing cites, and notes that are defined twice.

use std::collections::HashMap;
use std::ops::Range;

use super::document::Document;
use super::finding::{Edit, Finding, Kind, Spot};
use super::gone::whole_lines;
use super::lines::lines_of;
use crate::article::{BlockId, Note, NoteId, Place, Thing};

/// Everything that is wrong with the notes.
pub fn findings(document: &Document) -> Vec<Finding> {
    let defined = definitions(document);
    let mut found = unused(document, &defined);
    found.extend(twice(document, &defined));
    found
}

/// The definitions of each note, in the order of the source.
fn definitions(document: &Document) -> HashMap<NoteId, Vec<Range<usize>>> {
    let mut defined: HashMap<NoteId, Vec<Range<usize>>> = HashMap::new();
    for (id, range) in document.origins().into_iter().flat_map(|o| &o.notes) {
        defined.entry(*id).or_default().push(range.start as usize..range.end as usize);
    }
    defined
}

fn unused(document: &Document, defined: &HashMap<NoteId, Vec<Range<usize>>>) -> Vec<Finding> {
    let notes = document.article.notes.iter().zip((0..).map(NoteId));
    let notes = notes.filter(|(note, _)| note.mentions.is_empty() && !note.blocks.is_empty());
    let finding = |(note, id): (&Note, NoteId)| {
        let defined = defined.get(&id).and_then(|d| d.first()).cloned();
        let entry = || document.source_of(Thing::Entry, Place::start_of(BlockId(note.blocks.start)));
        let at = defined.or_else(entry).map(|range| range.start);
        let name = if document.is_markdown { format!("[^{}]", note.id) } else { format!("[{}]", note.label) };
        Finding::new(Kind::UnusedNote, Spot::at(at), format!("{name} is written, but never cited"))
    };
    notes.map(finding).collect()
}

fn twice(document: &Document, defined: &HashMap<NoteId, Vec<Range<usize>>>) -> Vec<Finding> {
    let text = document.text();
    let mut found = Vec::new();
    let several = || defined.iter().filter(|(_, ranges)| ranges.len() > 1);
    let lines = lines_of(text, several().map(|(_, ranges)| ranges[0].start));
    for (id, ranges) in several() {
        let name = document.article.notes.get(id.index()).map_or("", |n| &n.id);
        let first = &ranges[0];
        let line = lines.get(&first.start).copied().unwrap_or(0);
        for range in &ranges[1..] {
            let what = format!("[^{name}] is defined twice: first on line {line}");
            let finding = Finding::new(Kind::DuplicateNote, Spot::At(range.start), what);
            let same = words(text, range) == words(text, first);
            let all = range.start..range.start + words(text, range).len();
            let gone = same.then(|| whole_lines(text, &all)).flatten();
            let what = format!("[^{name}] is defined once");
            let fix = gone.map(|range| Edit { range, put: String::new(), what });
            found.push(Finding { fix, ..finding });
        }
    }
    found
}

fn words<'a>(text: &'a str, range: &Range<usize>) -> &'a str {
    text.get(range.clone()).unwrap_or("").trim_end()
}
