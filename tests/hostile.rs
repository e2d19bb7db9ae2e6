//! Hostile pages, the files of html5lib, and real pages cut anywhere: each is read by every importer of HTML, nothing
//! is left of what is not text, and what is text survives.

#![allow(clippy::unwrap_used)]

#[path = "hostile/cut.rs"]
mod cut;
#[path = "hostile/encodings.rs"]
mod encodings;
#[path = "hostile/evil.rs"]
mod evil;
#[path = "hostile/html5lib.rs"]
mod html5lib;
#[path = "hostile/kinds.rs"]
mod kinds;
#[path = "hostile/reading.rs"]
mod reading;
