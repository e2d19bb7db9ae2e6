//! The references of an article as CSL-JSON, with what its fields do not say under `custom`.

use super::Writer;
use super::escape::Setting;
use crate::article::{Csl, Kind, Place, Reference};
use crate::cite::{self, Custom};
use crate::export::entries;

impl Writer<'_> {
    /// The works, in the order of the list.
    pub(super) fn works(&self) -> Vec<Csl> {
        self.plan.references.iter().map(|id| self.work(&self.article.references[id.index()], id)).collect()
    }

    fn work(&self, reference: &Reference, id: &crate::article::RefId) -> Csl {
        let article = self.article;
        let mut csl = Csl::new();
        csl.insert("id".to_owned(), reference.id.to_string().into());
        csl.extend(reference.csl.clone());
        csl.insert("id".to_owned(), reference.id.to_string().into());
        csl.entry("type").or_insert_with(|| "document".into());
        let parent = reference.parent.and_then(|p| article.references.get(p.index()));
        let entry = reference.entry.filter(|e| !matches!(article.block(*e).kind, Kind::Entry(_)));
        let entry = entry.and_then(|block| self.anchors.at(Place::start_of(block)).first());
        let (text, markdown) = if entry.is_some() { Default::default() } else { self.entry(reference) };
        let custom = Custom {
            label: if self.plan.labelled { reference.label.to_string() } else { String::new() },
            text,
            markdown,
            group: self.plan.groups.get(id).cloned().unwrap_or_default(),
            parent: parent.map_or(String::new(), |p| p.id.to_string()),
            entry: entry.map_or(String::new(), |name| (*name).to_owned()),
        };
        custom.put(&mut csl);
        csl
    }

    /// What has to be said of an entry, as words or as Markdown: nothing where its fields say all of it.
    fn entry(&self, reference: &Reference) -> (String, String) {
        let Some(entry) = reference.entry else { return Default::default() };
        let shown = entries::draft(self.article, reference);
        let mut markdown = String::new();
        for block in entries::blocks(self.article, entry) {
            self.inline(&mut markdown, block, 0..u32::MAX, Setting::Entry);
        }
        // A name that links lead to is kept by the Markdown alone.
        let named = markdown.contains("<a id=");
        if !named && entries::are_same(&shown, &cite::entry::entry(&reference.csl)) {
            return Default::default();
        }
        let words = shown.as_str().to_owned();
        if !named && entries::are_same(&shown, &entries::in_words(&words)) {
            return (words, String::new());
        }
        (String::new(), markdown)
    }
}
