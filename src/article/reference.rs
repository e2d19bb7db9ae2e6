//! An entry of the bibliography: CSL fields, and the words it was given in.

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
    pub mentions: Vec<MarkerId>,
}

impl Reference {
    /// A text field, or nothing.
    pub fn field(&self, name: &str) -> &str {
        self.csl.get(name).and_then(|v| v.as_str()).unwrap_or("")
    }
}
