//! BibTeX and BibLaTeX in and out.

mod escape;
mod fields;
mod inherit;
mod names;
mod read;
mod scan;
mod tex;
mod types;
mod write;

pub use escape::encode;
pub use read::read;
pub use scan::{Entry, entries};
pub use write::{keys, write};
