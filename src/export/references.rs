//! References on their way out: as data, or as the article shows them.

use super::inspect::entry_text;
use crate::article::{Article, Csl, Draft, Reference};
use crate::cite::{self, Form, Style};

/// These references in a form. As text, what the source gave in words stands as it was given.
pub fn references(article: &Article, form: Form, references: &[&Reference]) -> String {
    if form != Form::Text {
        return cite::export(form, references);
    }
    let entries: Vec<String> = references.iter().map(|reference| text(article, reference)).collect();
    entries.join("\n")
}

/// These references as a style has them, in its own order. What gave the style nothing to go by stands as it was given.
pub fn styled(article: &Article, form: Form, style: &Style, references: &[&Reference]) -> String {
    let works: Vec<&Csl> = references.iter().map(|reference| &reference.csl).collect();
    let entry = |entry: cite::style::Formatted| {
        let given = references.get(entry.at).map(|reference| entry_text(article, reference));
        let given = given.filter(|text| !entry.styled && !text.is_empty());
        (entry.number, given.map_or(entry.text, |text| Draft::of(&text)))
    };
    let entries: Vec<(String, Draft)> = style.list(&works).into_iter().map(entry).collect();
    cite::export_styled(form, &entries)
}

fn text(article: &Article, reference: &Reference) -> String {
    let words = entry_text(article, reference);
    if words == cite::entry::entry(&reference.csl).as_str() {
        return cite::export(Form::Text, &[reference]);
    }
    let label = if reference.label.is_empty() { String::new() } else { format!("[{}] ", reference.label) };
    format!("{label}{words}\n")
}
