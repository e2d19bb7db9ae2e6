//! What each element of the readable part is: markers and notes that were taken out before, formulas of scripts.

use dom_query::NodeRef;

use super::notes::{CITE, NOTE, Taken};
use crate::article::{DraftCite, DraftMarker, Label, To};
use crate::import::html::{Dialect, Entry, Meaning, Note, node};

/// The attribute that holds the TeX of a formula that a script would draw.
pub const TEX: &str = "data-ibid-tex";

/// Reads a page whose notes are known.
pub struct Reading<'a> {
    notes: &'a [Taken],
}

impl<'a> Reading<'a> {
    /// A reading with these notes.
    pub fn new(notes: &'a [Taken]) -> Self {
        Self { notes }
    }

    fn note(&self, n: &NodeRef<'_>, attribute: &str) -> Option<(usize, &Taken)> {
        let at = n.attr(attribute)?.parse::<usize>().ok()?;
        self.notes.get(at).map(|note| (at, note))
    }

    fn marker(&self, n: &NodeRef<'_>) -> Option<Meaning> {
        let (at, note) = self.note(n, CITE)?;
        let to = if note.reference { To::Reference(key(at)) } else { To::Note(key(at)) };
        let shown = Some(node::words(n)).filter(|_| !note.label.is_empty());
        let label = if shown.is_some() { Label::Shown } else { Label::Numbered };
        let marker = DraftMarker { label, group: None, cites: vec![DraftCite::new(to)] };
        Some(Meaning::Marker { shown, marker })
    }

    fn text(&self, n: &NodeRef<'_>) -> Option<Meaning> {
        let (at, note) = self.note(n, NOTE)?;
        let label = note.label.clone();
        if note.reference {
            return Some(Meaning::Entry(Entry { key: key(at), label, group: None, csl: None }));
        }
        let label = Some(label).filter(|label| !label.is_empty());
        Some(Meaning::Note(Note { name: key(at), label, ..Note::default() }))
    }
}

fn key(at: usize) -> String {
    format!("note-{}", at + 1)
}

impl Dialect for Reading<'_> {
    fn meaning(&mut self, n: &NodeRef<'_>) -> Meaning {
        if let Some(meaning) = self.marker(n).or_else(|| self.text(n)) {
            return meaning;
        }
        if let Some(tex) = n.attr(TEX) {
            return Meaning::Formula { tex: tex.to_string(), display: n.has_name("div") };
        }
        Meaning::Own
    }
}
