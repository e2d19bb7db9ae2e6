//! Markdown as an article: CommonMark and GFM by the events of pulldown-cmark, pandoc's notes and citations by
//! rules of our own.

mod attributes;
mod blocks;
mod brackets;
mod caption;
mod cite;
mod csl_yaml;
mod events;
mod front;
mod html;
mod html_blocks;
mod inline;
mod key;
mod known;
mod line_count;
mod lines;
pub(super) mod locator;
mod meaning;
mod names;
mod parts;
mod pieces;
mod polish;
mod rebuild;
mod sources;
mod table;
mod tags;
mod writer;

use std::io::Read;

use crate::article::build::Uncited;
use crate::article::{Complaint, Csl, Draft, Part};

use super::Opening;

pub use front::{FrontMatter, front_matter};
pub use key::{is_cross_reference, key};

/// Everything an importer of Markdown needs beside the text.
#[derive(Clone, Debug)]
pub struct Markdown {
    /// The name of the format, for the article's [`crate::article::Meta`].
    pub name: &'static str,
    /// The works that can be cited.
    pub bibliography: Bibliography,
    /// How works and formulas are put in words.
    pub words: Words,
    /// How much is read at once.
    pub sizes: Sizes,
    /// True when it is to be noted where in the text everything stands. Only [`read`] does.
    pub origins: bool,
}

/// The works that stand beside the document. Its front matter may hold more.
#[derive(Clone, Debug, Default)]
pub struct Bibliography {
    /// Each with its key.
    pub works: Vec<(String, Csl)>,
    /// What becomes of those that nothing cites.
    pub uncited: Uncited,
    /// What was noticed when they were read.
    pub complaints: Vec<Complaint>,
}

/// How works and formulas are put in words. Given by the caller: this module knows no style.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// A work as the list of references shows it.
    pub entry: fn(&Csl) -> Draft,
    /// The authors of a work, as running text names them.
    pub author: fn(&Csl) -> String,
    /// A formula in the line, from its TeX.
    pub formula: fn(&str) -> String,
    /// A formula on lines of its own, from its TeX.
    pub display: fn(&str) -> String,
}

/// How much is read at once, in bytes.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    /// About this much makes a part.
    pub part: usize,
    /// A list or paragraph longer than this is cut where it must not be, rather than held.
    pub most: usize,
}

impl Default for Sizes {
    fn default() -> Self {
        Self { part: 32 << 10, most: 4 << 20 }
    }
}

/// Reads the whole text at once.
pub fn read(text: &str, how: Markdown) -> Part {
    parts::whole(text, how)
}

/// Reads a text in parts. `head` is its beginning (some tens of KiB: it becomes the first part), `rest` yields the
/// bytes that follow, if any.
pub fn open(head: String, rest: Option<Box<dyn Read + Send>>, how: Markdown) -> Opening {
    parts::open(head, rest, how)
}
