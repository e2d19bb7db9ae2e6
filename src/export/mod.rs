//! Articles on their way out: as data for programs, as Markdown, as the files of a bundle, as quotations.

mod anchors;
pub mod bundle;
mod entries;
pub mod inspect;
pub mod markdown;
mod nest;
pub mod quote;
mod references;
mod words;

pub use anchors::Anchors;
pub use references::{references, styled};
pub use words::{count, last_word};
