//! An entry of the bibliography: CSL fields, and the words it was given in.

use super::Article;
use super::citation::Mentions;
use super::place::{BlockId, MarkerId, RefId};

/// The fields of a reference, as a CSL-JSON object (Citation Style Language 1.0.2, `csl-data.json`).
/// Fields that nobody knows survive.
pub type Csl = serde_json::Map<String, serde_json::Value>;

/// A reference.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reference {
    /// Its key.
    pub id: Box<str>,
    /// Its number or label as shown, without brackets.
    pub label: Box<str>,
    /// Its fields. A field that the source does not give is absent, never guessed.
    pub csl: Csl,
    /// The work that this reference is a part of (short notes: "Doe 2020, p. 4").
    pub parent: Option<RefId>,
    /// The block in the list of references that shows it.
    pub entry: Option<BlockId>,
    /// The markers that lead to it: computed, never authored.
    pub mentions: Mentions,
}

impl Reference {
    /// A text field, or nothing.
    pub fn field(&self, name: &str) -> &str {
        self.csl.get(name).and_then(|v| v.as_str()).unwrap_or("")
    }
}

impl Article {
    /// The work that a reference is a part of, if it is a short note.
    pub fn work_of(&self, id: RefId) -> Option<RefId> {
        let parent = self.references.get(id.index())?.parent?;
        (parent != id && parent.index() < self.references.len()).then_some(parent)
    }

    /// The short notes that are parts of a work.
    pub fn parts_of(&self, id: RefId) -> impl Iterator<Item = &Reference> {
        self.references.iter().filter(move |r| r.parent == Some(id))
    }

    /// The markers that lead to a reference, itself or by short notes of it, in reading order.
    pub fn cited_by(&self, id: RefId) -> Vec<MarkerId> {
        let own = self.references.get(id.index()).map_or(&[][..], |r| &r.mentions);
        let mut all: Vec<MarkerId> = own.to_vec();
        self.parts_of(id).for_each(|part| all.extend(&part.mentions));
        all.sort_unstable();
        all.dedup();
        all
    }
}
