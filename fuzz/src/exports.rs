//! What is written of an article: it opens again, and none of the forms of writing fails.

use std::ops::Range;

use ibid::article::{Article, BlockId, Place};
use ibid::cite::{self, Form as Data};
use ibid::export::inspect;
use ibid::export::markdown::{Bibliography, markdown, references};
use ibid::export::quote::{Form, quote, words};
use ibid::import::{Source, read_markdown};

use super::model;

/// Writes an article as Markdown, JSON and data, and a passage of it in one of the forms.
pub fn check(article: &Article, dice: usize) {
    let text = markdown(article, Bibliography::Inline);
    let source = Source::bytes("again.md", text.clone().into_bytes()).expect("what is written is text");
    let again = read_markdown(source).expect("what is written is read");
    model::check(&again);
    drop(references(article));
    assert!(inspect::to_json(article, false).is_ok());
    let works: Vec<_> = article.references.iter().collect();
    let form = [Data::Bibtex, Data::CslJson, Data::Ris][dice % 3];
    drop(cite::export(form, &works));
    passage(article, dice / 3);
}

fn passage(article: &Article, dice: usize) {
    let len = article.total_bytes();
    let (a, b) = (place(article, dice as u32 % (len + 1)), place(article, (dice >> 16) as u32 % (len + 1)));
    let range: Range<Place> = a.min(b)..a.max(b);
    drop(quote(article, &range, Form::ALL[dice % Form::ALL.len()]));
    let end = article.len().saturating_sub(1);
    let all = Place::default()..Place { block: BlockId(end), byte: article.block(BlockId(end)).text.len() };
    assert!(words(article, &range) <= words(article, &all) + 1);
}

fn place(article: &Article, bytes: u32) -> Place {
    article.place_at(bytes)
}
