//! The list of references: which works are in it, and where it stands.

use std::mem::take;

use super::{Builder, Uncited};
use crate::article::Kind;
use crate::article::place::{BlockId, RefId};

impl Builder {
    /// Adds the list of references here, instead of at the end: the first so many of those that are known and do not
    /// stand anywhere yet.
    pub fn place_references(&mut self, most: usize) {
        self.join_parents();
        self.list_uncited();
        self.write_references(false, most);
    }

    pub(super) fn list_uncited(&mut self) {
        if self.uncited == Uncited::Listed {
            for key in take(&mut self.waiting_order) {
                self.list(&key);
            }
        }
    }

    /// The heading at the very end under which the author wants the references.
    pub(super) fn empty_references_heading(&self) -> Option<BlockId> {
        let (block, title) = self.last_heading.as_ref()?;
        (block.0 + 1 == self.next_block().0 && names_references(title)).then_some(*block)
    }

    pub(super) fn write_references(&mut self, headed: bool, most: usize) {
        let entries =
            self.listed.iter_mut().zip(0..).filter_map(|(w, id)| Some((RefId(id), w.entry.take()?)));
        let works: Vec<_> = entries.take(most).collect();
        if works.is_empty() {
            return;
        }
        if headed {
            self.add_heading("References");
        }
        for (id, draft) in works {
            self.emit(Kind::Entry(id), draft, Vec::new());
        }
    }

    /// Lists a work as if it had been cited (`nocite`).
    pub fn list(&mut self, key: &str) -> Option<RefId> {
        if let Some(&id) = self.works.get(key) {
            return Some(id);
        }
        let work = self.waiting.remove(key)?;
        self.next_number += 1;
        let label = self.next_number.to_string();
        Some(self.reference(key, &label, work.csl, Some(work.entry)))
    }
}

/// True for a title under which a list of references is expected.
pub fn names_references(title: &str) -> bool {
    const NAMES: [&str; 8] = [
        "references",
        "bibliography",
        "works cited",
        "literature",
        "sources",
        "literatur",
        "références",
        "einzelnachweise",
    ];
    NAMES.contains(&title.trim().to_lowercase().as_str())
}
