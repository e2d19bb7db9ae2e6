//! Short notes and the works they are parts of, and works whose entries stand in the text, outside the list.

use std::collections::HashMap;

use super::Builder;
use crate::article::draft::Draft;
use crate::article::place::{BlockId, RefId};
use crate::article::safe;

/// What is known of parents and of entries before they have been seen.
#[derive(Debug, Default)]
pub struct Parents {
    /// Keys of a part and of its work, until both are references.
    pairs: Vec<(String, String)>,
    /// References whose entry is the block with this name, and how a list shows them if there is none.
    awaited: HashMap<Box<str>, (RefId, Draft)>,
}

impl Builder {
    /// Says that a reference is a part of another: a short note of the work that it names. The work is listed with it.
    pub fn parent(&mut self, key: &str, parent: &str) {
        if key != parent {
            self.parents.pairs.push((key.to_owned(), parent.to_owned()));
        }
    }

    /// Says that the next block shows this reference, which has no entry of its own in the list, and names it.
    pub fn entry_here(&mut self, id: RefId, name: &str) {
        self.anchor(name);
        self.part.entries.push((id, self.next_block()));
    }

    /// Makes a reference known whose entry is the block with this name. Without such a block it is listed after all.
    pub fn entry_named(&mut self, name: &str, id: RefId, entry: Draft) {
        self.parents.awaited.insert(safe::line(name).into(), (id, entry));
    }

    /// A block has a name: it may be the entry of a reference.
    pub(super) fn note_name(&mut self, name: &str, block: BlockId) {
        if let Some((id, _)) = self.parents.awaited.remove(name) {
            self.part.entries.push((id, block));
        }
    }

    /// Lists the references whose entry has not been found.
    pub(super) fn list_unfound(&mut self) {
        for (id, entry) in std::mem::take(&mut self.parents.awaited).into_values() {
            self.listed[id.index()].entry = Some(entry);
        }
    }

    /// Joins parts and works as far as both are known.
    pub(super) fn join_parents(&mut self) {
        let pairs = std::mem::take(&mut self.parents.pairs);
        for (key, parent) in pairs {
            let part = self.works.get(&key).copied();
            match part.and_then(|part| Some((part, self.list(&parent)?))) {
                Some(pair) => self.part.parents.push(pair),
                None => self.parents.pairs.push((key, parent)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::{Article, Csl, DraftCite, DraftMarker, Kind, To};
    use super::*;

    fn article(build: impl FnOnce(&mut Builder)) -> Article {
        let mut builder = Builder::new("test");
        build(&mut builder);
        let mut article = Article::default();
        article.append(builder.finish());
        article
    }

    fn cited(key: &str) -> Draft {
        let mut draft = Draft::of("Text.");
        let cites = vec![DraftCite::new(To::Reference(key.into()))];
        draft.push_marker(DraftMarker { cites, ..DraftMarker::default() });
        draft
    }

    #[test]
    fn a_part_lists_its_work() {
        let article = article(|b| {
            b.uncited = super::super::Uncited::LeftOut;
            for key in ["note", "work", "other"] {
                b.work(key, Csl::new(), Draft::of(key));
            }
            b.parent("note", "work");
            b.parent("other", "work");
            b.parent("work", "work");
            b.block(Kind::Paragraph, cited("note"), vec![]);
        });
        let parents: Vec<_> = article.references.iter().map(|r| r.parent).collect();
        assert_eq!(parents, [Some(RefId(1)), None]);
    }

    #[test]
    fn an_entry_may_stand_in_the_text() {
        let article = article(|b| {
            for key in ["a", "b"] {
                let id = b.reference(key, "", Csl::new(), None);
                b.entry_named(&format!("the-{key}"), id, Draft::of("Listed."));
            }
            b.anchor("the-a");
            b.block(Kind::Paragraph, Draft::of("Entry of a."), vec![]);
        });
        let texts: Vec<_> = article.blocks.iter().map(|b| b.text.as_str()).collect();
        assert_eq!(texts, ["Entry of a.", "References", "Listed."]);
        let entries: Vec<_> = article.references.iter().map(|r| r.entry.map(|e| e.0)).collect();
        assert_eq!(entries, [Some(0), Some(2)]);
    }
}
