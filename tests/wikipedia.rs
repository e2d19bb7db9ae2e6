//! Pages of Wikipedia as HTML: small ones written by hand, and the corpus, measured against its own markup.

#![allow(clippy::unwrap_used)]

#[path = "wikipedia/corpus.rs"]
mod corpus;
#[path = "wikipedia/measures.rs"]
mod measures;
#[path = "wikipedia/twins.rs"]
mod twins;
