//! Saved web pages: the corpus in one table with its bars, cases of our own as files, and what must not be slow.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "web/corpus.rs"]
mod corpus;
#[path = "web/dialects.rs"]
mod dialects;
#[path = "web/footnotes.rs"]
mod footnotes;
#[path = "web/measures.rs"]
mod measures;
