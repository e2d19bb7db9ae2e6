//! Pages of LaTeXML: small ones written by hand, and the corpus, measured against its own markup.

#![allow(clippy::unwrap_used)]

#[path = "latexml/cases.rs"]
mod cases;
#[path = "latexml/corpus.rs"]
mod corpus;
#[path = "import/dump.rs"]
mod dump;
mod support;
#[path = "latexml/truth.rs"]
mod truth;
