//! Documents become articles: cases as files, `tests/import/<format>/<case>.md` with the article it becomes as
//! text beside it. `UPDATE=1` writes the expected files again.

#![allow(clippy::unwrap_used)]

#[path = "import/dump.rs"]
mod dump;
#[cfg(test)]
#[path = "import/markdown.rs"]
mod markdown;
#[cfg(test)]
#[path = "import/wikipedia.rs"]
mod wikipedia;
