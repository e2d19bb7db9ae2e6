//! HTML becomes blocks: the floor on which the importers of Wikipedia, of web pages and of LaTeXML stand.
//!
//! **The way**: bytes → [`charset`] → [`guard`] (what would make the parser slow goes) → [`Page`] (the document, its
//! address, its names) → [`Walker`] → [`crate::article::Builder`]. The walker goes through the document once, without
//! recursion, and knows what HTML says: paragraphs, headings, lists, tables, figures, code, formulas, links, marks,
//! white space, and what is hidden.
//!
//! **A dialect** is one type with one table of its own: [`Dialect::meaning`] is asked of every element before HTML is,
//! and answers with a [`Meaning`]: chrome to drop, a marker with its cites, a note, an entry of the references, a
//! locator, a formula, text that it has read itself, or [`Meaning::Own`]. To write an importer:
//!
//! 1. parse the page: [`Page::parse`], or [`open`] for a source;
//! 2. look through it once for what must be known ahead (which lists hold notes, which label an entry has), with
//!    [`node::walk`] and [`node::find`], and make the dialect from it;
//! 3. give a [`Walker`] the page, the dialect and a builder, and let it [`Walker::read`] the subtrees that are the
//!    article; set `builder.meta`; hand over [`Walker::finish`].
//!
//! A key that is cited before its entry comes needs nothing: the builder resolves it. What never comes stays a marker
//! that leads nowhere; the dialect says so with a complaint.

mod block;
pub mod charset;
pub mod dialect;
mod figure;
mod flow;
mod grid;
mod guard;
mod inline;
mod list;
pub mod mathml;
pub mod node;
mod page;
mod shape;
#[cfg(test)]
mod tests;
mod walker;

pub use dialect::{Cell, Dialect, Entry, Html, Meaning, Note, Shape};
pub use page::Page;
pub use walker::Walker;

use super::{Error, Source};

/// Parses a source as a page.
///
/// # Errors
/// For a page that cannot be read, or is too large.
pub fn open(source: Source) -> Result<Page, Error> {
    let (text, damaged) = charset::decode(&source.into_bytes()?);
    let mut page = Page::parse(&text)?;
    if damaged {
        let what = "some bytes are damaged, or not of the page's encoding: each is shown as \u{fffd}";
        page.complaints.push(crate::article::Complaint::new("", what));
    }
    Ok(page)
}
