//! References on their way out: as data, or as the article shows them.

use super::inspect::entry_text;
use crate::article::{Article, Reference};
use crate::cite::{self, Form};

/// These references in a form. As text, what the source gave in words stands as it was given.
pub fn references(article: &Article, form: Form, references: &[&Reference]) -> String {
    if form != Form::Text {
        return cite::export(form, references);
    }
    let entries: Vec<String> = references.iter().map(|reference| text(article, reference)).collect();
    entries.join("\n")
}

fn text(article: &Article, reference: &Reference) -> String {
    let words = entry_text(article, reference);
    if words == cite::entry::entry(&reference.csl).as_str() {
        return cite::export(Form::Text, &[reference]);
    }
    let label = if reference.label.is_empty() { String::new() } else { format!("[{}] ", reference.label) };
    format!("{label}{words}\n")
}
