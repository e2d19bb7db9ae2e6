//! The references of an article as CSL-JSON, with what its fields do not say under `custom`.

use super::plan::Plan;
use crate::article::{Article, Csl, Kind, Place};
use crate::cite::{self, Custom};
use crate::export::Anchors;
use crate::export::inspect::entry_text;

/// The works, in the order of the list.
pub fn works(article: &Article, plan: &Plan, anchors: &Anchors<'_>) -> Vec<Csl> {
    let work = |&id: &crate::article::RefId| {
        let reference = &article.references[id.index()];
        let mut csl = Csl::new();
        csl.insert("id".to_owned(), reference.id.to_string().into());
        csl.extend(reference.csl.clone());
        csl.insert("id".to_owned(), reference.id.to_string().into());
        csl.entry("type").or_insert_with(|| "document".into());
        let text = entry_text(article, reference);
        let parent = reference.parent.and_then(|p| article.references.get(p.index()));
        let entry = reference.entry.filter(|e| !matches!(article.block(*e).kind, Kind::Entry(_)));
        let entry = entry.and_then(|block| anchors.at(Place::start_of(block)).first());
        let worded = entry.is_some() || text == cite::entry::entry(&reference.csl).as_str();
        let custom = Custom {
            label: if plan.labelled { reference.label.to_string() } else { String::new() },
            text: if worded { String::new() } else { text },
            group: plan.groups.get(&id).cloned().unwrap_or_default(),
            parent: parent.map_or(String::new(), |p| p.id.to_string()),
            entry: entry.map_or(String::new(), |name| (*name).to_owned()),
        };
        custom.put(&mut csl);
        csl
    };
    plan.references.iter().map(work).collect()
}
