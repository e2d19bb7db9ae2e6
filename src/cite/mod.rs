//! References as data: CSL fields read from and written to CSL-JSON, BibTeX and RIS, read from free words, and shown.

pub mod bibtex;
pub mod brief;
pub mod csl;
pub mod csl_json;
mod custom;
pub mod date;
mod date_words;
pub mod entry;
mod export;
pub mod items;
mod markup;
pub mod ris;
mod sentence;
pub mod short;
mod short_note;
pub mod words;

pub use csl::Name;
pub use custom::Custom;
pub use date::{Date, Day};
pub use export::{Form, export};
pub use short_note::{ShortNote, Works};

use crate::article::{Complaint, Csl};

/// What was read from a bibliography: one bad item never takes another with it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Read {
    /// The works and their keys, in the order of the file. A key may occur twice.
    pub works: Vec<(String, Csl)>,
    /// What could not be read.
    pub complaints: Vec<Complaint>,
}

impl Read {
    fn complain(&mut self, line: usize, of: impl Into<String>, what: impl Into<String>) {
        let line = u32::try_from(line).unwrap_or(0);
        self.complaints.push(Complaint { line, ..Complaint::new(of, what) });
    }

    /// A key for a work that has none.
    fn made_key(&self) -> String {
        format!("item-{}", self.works.len() + 1)
    }
}

/// Why a text is no bibliography at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// It is not JSON, or nests deeper than any reference does.
    #[error("not JSON: {what} (line {line}, column {column})")]
    Json {
        /// What is wrong.
        what: String,
        /// Counted from 1.
        line: usize,
        /// Counted from 1, in bytes.
        column: usize,
    },
    /// It is JSON, but holds no items.
    #[error("holds no list of references")]
    NoList,
}
