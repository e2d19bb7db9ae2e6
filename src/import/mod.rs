//! Bytes become an article: the table of formats, and the way in.
//!
//! A format that reads a large document in parts shows its beginning first ([`Opening::first`]) and gives the rest
//! when asked ([`Opening::rest`], run on a worker).

pub mod bibliography;
pub mod bundle;
pub mod decode;
pub mod entry;
pub mod error;
pub mod folder;
pub mod formats;
pub mod html;
pub mod latexml;
pub mod looks;
pub mod markdown;
mod numbers;
pub mod pasted;
pub mod pipe;
pub mod plain;
pub mod shipped;
pub mod source;
mod table;
pub mod tex;
pub mod web;
pub mod wikipedia;
pub mod wrap;
pub mod zip;

use crate::article::{Article, Part};

pub use error::Error;
pub use formats::{FORMATS, Format};
pub use source::Source;

/// A document that is being opened.
pub struct Opening {
    /// The beginning: enough for a screen, or everything.
    pub first: Part,
    /// The rest, part by part; `None` when the first part was everything.
    pub rest: Option<Rest>,
}

/// The rest of a document. Each step takes some milliseconds.
pub type Rest = Box<dyn Iterator<Item = More> + Send>;

/// What follows the first part.
#[derive(Debug)]
pub enum More {
    /// Goes on where the last part ended.
    Append(Part),
    /// The beginning, read again in the light of what came later (a link defined at the end of the file).
    Restart(Part),
    /// Nothing, but a word on why there is no more.
    Told(String),
}

/// How much is wanted at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Patience {
    /// Everything: for `cat`, `convert`, `check`, `inspect`.
    Whole,
    /// The beginning, as soon as can be: for the screen.
    Beginning,
    /// Everything, and where in the source it stands ([`crate::article::Origins`]): for `check`.
    Origins,
}

impl Opening {
    /// A document of which everything is here.
    pub const fn whole(part: Part) -> Self {
        Self { first: part, rest: None }
    }

    /// Changes every part on its way, the first one included.
    pub fn each_part(mut self, mut change: impl FnMut(&mut Part) + Send + 'static) -> Self {
        change(&mut self.first);
        let rest = self.rest.take();
        self.rest = rest.map(|rest| -> Rest {
            Box::new(rest.map(move |mut more| {
                if let More::Append(part) | More::Restart(part) = &mut more {
                    change(part);
                }
                more
            }))
        });
        self
    }
}

/// Opens a document in the format that it looks like.
pub fn open(source: Source, patience: Patience) -> Result<Opening, Error> {
    formats::open(source, patience)
}

/// Reads a whole document.
pub fn read(source: Source) -> Result<Article, Error> {
    whole(open(source, Patience::Whole)?)
}

/// Reads a whole document, and notes where in it everything stands.
pub fn read_with_origins(source: Source) -> Result<Article, Error> {
    whole(open(source, Patience::Origins)?)
}

/// Reads a text that is said to be Markdown.
pub fn read_markdown(source: Source) -> Result<Article, Error> {
    whole(formats::open_markdown(source, Patience::Whole)?)
}

fn whole(opening: Opening) -> Result<Article, Error> {
    let mut article = Article::default();
    article.append(opening.first);
    for more in opening.rest.into_iter().flatten() {
        match more {
            More::Append(part) => article.append(part),
            More::Restart(part) => {
                article = Article::default();
                article.append(part);
            }
            More::Told(_) => {}
        }
    }
    Ok(article)
}
