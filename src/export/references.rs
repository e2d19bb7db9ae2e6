//! References on their way out: as data, or as the article shows them.

use super::entries;
use crate::article::{Article, Csl, Draft, Reference};
use crate::cite::{self, Form, Style};

/// These references in a form. As text and as Markdown, what the source gave in words stands as it was given.
pub fn references(article: &Article, form: Form, references: &[&Reference]) -> String {
    if !matches!(form, Form::Text | Form::Markdown) {
        return cite::export(form, references);
    }
    let entries: Vec<String> = references.iter().map(|reference| entry(article, form, reference)).collect();
    entries.join(if form == Form::Text { "\n" } else { "" })
}

/// These references as a style has them, in its own order. What gave the style nothing to go by stands as it was given.
pub fn styled(article: &Article, form: Form, style: &Style, references: &[&Reference]) -> String {
    let works: Vec<&Csl> = references.iter().map(|reference| &reference.csl).collect();
    let entry = |entry: cite::style::Formatted| {
        let given = references.get(entry.at).map(|reference| entries::draft(article, reference));
        let given = given.filter(|text| !entry.styled && !text.is_empty());
        (entry.number, given.unwrap_or(entry.text))
    };
    let entries: Vec<(String, Draft)> = style.list(&works).into_iter().map(entry).collect();
    cite::export_styled(form, &entries)
}

fn entry(article: &Article, form: Form, reference: &Reference) -> String {
    let mut draft = entries::draft(article, reference);
    if entries::are_same(&draft, &cite::entry::entry(&reference.csl)) {
        return cite::export(form, &[reference]);
    }
    if entries::are_same(&draft, &entries::in_words(draft.as_str())) {
        // The marks are ours, for the screen.
        draft = Draft::of(draft.as_str());
    }
    let label = if reference.label.is_empty() { String::new() } else { format!("[{}]", reference.label) };
    cite::export_styled(form, &[(label, draft)])
}
