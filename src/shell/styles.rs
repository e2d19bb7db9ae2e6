//! Citation styles: found by name or in a file of the user's, and worked with on a thread of their own.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::article::{limits, safe};
use crate::cite::Style;
use crate::cite::style::Fault;

/// What is wrong with a style, in one line that can be shown.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The file cannot be read.
    #[error("{0}: {1}")]
    File(String, String),
    /// It is no style.
    #[error("{0}: {1}")]
    Style(String, Fault),
    /// There is none of that name.
    #[error("{0}")]
    Name(Fault),
}

/// The style of this name, or in this file; `language` is that of the article.
///
/// # Errors
/// When there is none.
pub fn load(name: &str, language: &str) -> Result<Style, Error> {
    let style = match path(name) {
        Some(path) => read(&path)?,
        None => Style::named(name).map_err(Error::Name)?,
    };
    Ok(style.in_language(language))
}

/// The file that is meant, if it is not a name.
fn path(name: &str) -> Option<PathBuf> {
    let is_file = name.ends_with(".csl") || name.contains('/');
    is_file.then(|| PathBuf::from(name))
}

fn read(path: &Path) -> Result<Style, Error> {
    let shown = safe::name(path.as_os_str());
    let mut bytes = Vec::new();
    let most = limits::STYLE.most as u64 + 1;
    let taken = File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes));
    taken.map_err(|error| Error::File(shown.clone(), error.to_string()))?;
    Style::from_csl(&String::from_utf8_lossy(&bytes)).map_err(|fault| Error::Style(shown, fault))
}
