//! From what the user calls a document to its bytes.

use std::ffi::OsStr;
use std::io::{self, IsTerminal};
use std::path::Path;

use super::Fault;
use crate::article::{Article, safe};
use crate::import::{self, Opening, Patience, Source, shipped};

/// Standard input, as the user calls it.
pub const INPUT: &str = "-";

/// A document that has been opened.
pub struct Opened {
    /// What it is called where it has no title, safe to show.
    pub name: String,
    /// What it is called in the state file; empty for what cannot be opened again.
    pub key: String,
    /// The article, or its beginning.
    pub opening: Opening,
}

/// Opens a document by name: `-`, a file or folder that exists, or an article that ships with the program.
///
/// # Errors
/// When there is none, or it is no article: one line.
pub fn open(name: &OsStr, patience: Patience) -> Result<Opened, Fault> {
    let shown = safe::name(name);
    // What is typed into a terminal is read to its end: afterwards the keys come from there.
    if name == INPUT && patience == Patience::Beginning && !io::stdin().is_terminal() {
        let opening = import::pipe::open().map_err(|error| Fault::document(&shown, &error))?;
        return Ok(Opened { name: "standard input".to_owned(), key: String::new(), opening });
    }
    let (source, key) = source(name).map_err(|error| Fault::document(&shown, &error))?;
    let opening = import::open(source, patience).map_err(|error| Fault::document(&shown, &error))?;
    let name = Path::new(name).file_name().map_or(shown, safe::name);
    Ok(Opened { name, key, opening })
}

/// A whole article, and what it is called.
///
/// # Errors
/// As for [`open`].
pub fn article(name: &OsStr) -> Result<(String, Article), Fault> {
    read(name, import::read)
}

fn read(name: &OsStr, how: fn(Source) -> Result<Article, import::Error>) -> Result<(String, Article), Fault> {
    if name == INPUT && io::stdin().is_terminal() {
        return Err(Fault::usage("nothing to read: name a file, or give text through a pipe"));
    }
    let shown = safe::name(name);
    let (source, _) = source(name).map_err(|error| Fault::document(&shown, &error))?;
    let article = how(source).map_err(|error| Fault::document(&shown, &error))?;
    Ok((shown, article))
}

/// As [`article`], with where in the source everything stands.
///
/// # Errors
/// As for [`open`].
pub fn article_with_origins(name: &OsStr) -> Result<(String, Article), Fault> {
    read(name, import::read_with_origins)
}

/// The bytes that the user calls by this name, and their key in the state file.
pub fn source(name: &OsStr) -> Result<(Source, String), import::Error> {
    if name == INPUT {
        return Ok((Source::input(io::stdin().lock())?, String::new()));
    }
    let path = Path::new(name);
    if !path.exists()
        && let Some(article) = name.to_str().and_then(|n| shipped::find(n).ok())
    {
        return Ok((Source::shipped(article), format!("shipped:{}", article.name)));
    }
    let whole = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    Ok((Source::open(path)?, whole.to_string_lossy().into_owned()))
}
