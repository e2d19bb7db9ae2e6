//! The references of an article as CSL-JSON, with what its fields do not say under `custom`.

use super::plan::Plan;
use crate::article::{Article, Csl};
use crate::cite::{self, Custom};
use crate::export::inspect::entry_text;

/// The works, in the order of the list.
pub fn works(article: &Article, plan: &Plan) -> Vec<Csl> {
    let work = |&id: &crate::article::RefId| {
        let reference = &article.references[id.index()];
        let mut csl = Csl::new();
        csl.insert("id".to_owned(), reference.id.to_string().into());
        csl.extend(reference.csl.clone());
        csl.insert("id".to_owned(), reference.id.to_string().into());
        csl.entry("type").or_insert_with(|| "document".into());
        let text = entry_text(article, reference);
        let worded = text == cite::entry::entry(&reference.csl).as_str();
        let custom = Custom {
            label: if plan.labelled { reference.label.to_string() } else { String::new() },
            text: if worded { String::new() } else { text },
            group: plan.groups.get(&id).cloned().unwrap_or_default(),
        };
        custom.put(&mut csl);
        csl
    };
    plan.references.iter().map(work).collect()
}
