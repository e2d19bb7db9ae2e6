//! A document with all that is looked at: its article, the files it is written in, and where its works are defined.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::align::align;
use super::works::{self, Work};
use crate::article::{Article, Origins, Place, RefId, Reference, Thing, safe};
use crate::cli::convert::files_of;
use crate::cli::{Fault, open};
use crate::import::folder::decoded;
use crate::import::markdown::{FrontMatter, front_matter};
use crate::import::source::Beside;
use crate::import::{bibliography, bundle};

/// A document that is looked at.
pub struct Document {
    /// What was read.
    pub article: Article,
    /// What its front matter says; nothing for what is no Markdown.
    pub front: FrontMatter,
    /// Where the files lie that it names.
    pub beside: Beside,
    /// The text, and then the files of its bibliography and others that are spoken of.
    pub files: Vec<File>,
    /// Where works are defined, by their keys: in the front matter, then file by file.
    pub works: HashMap<String, Vec<Work>>,
    /// True for Markdown, alone or in a bundle.
    pub is_markdown: bool,
}

/// A file that findings are in.
#[derive(Debug, Default)]
pub struct File {
    /// What it is called, safe to show.
    pub name: String,
    /// What the document calls it; nothing for its text.
    pub written: String,
    /// Its text, without a byte order mark.
    pub text: String,
    /// Where it lies, if it can be written.
    pub path: Option<PathBuf>,
}

impl Document {
    /// Opens a document by the name that the user gives it.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn open(name: &OsStr) -> Result<Self, Fault> {
        let beside = files_of(name)?;
        let (shown, mut article) = open::article_with_origins(name)?;
        let is_bundle = article.meta.format == bundle::NAME;
        let is_markdown = is_bundle || article.meta.format == "markdown";
        if !is_markdown {
            align(&mut article);
        }
        let inner = is_bundle.then(|| bundle::text_of(&beside)).flatten();
        let base = Base { name: shown, path: Path::new(name), is_bundle, on_disk: on_disk(name, &beside) };
        let text = article.origins.as_ref().map(|o| o.text.clone()).unwrap_or_default();
        let front = if is_markdown { front_matter(&text) } else { FrontMatter::default() };
        let mut files = vec![base.text(inner.as_deref(), text)];
        if is_markdown {
            let found = bibliography::beside(&bibliography::place(&beside, &front), &front.bibliography);
            let read = found.texts.into_iter();
            files.extend(read.map(|(name, text)| File { text, ..base.file(name) }));
            let said = article.complaints.iter().map(|c| &c.file).filter(|f| !f.is_empty());
            for name in said {
                if files.iter().all(|f| f.written != *name) {
                    files.push(base.file(name.clone()));
                }
            }
        }
        let works = works::of(&front, &files);
        Ok(Self { article, front, beside, files, works, is_markdown })
    }

    /// The source text of the document.
    pub fn text(&self) -> &str {
        self.files.first().map_or("", |f| &f.text)
    }

    /// Where in the source its parts stand.
    pub fn origins(&self) -> Option<&Origins> {
        self.article.origins.as_deref()
    }

    /// The bytes of the source at which a thing stands that begins at this place.
    pub fn source_of(&self, thing: Thing, place: Place) -> Option<std::ops::Range<usize>> {
        self.origins()?.of(thing, place)
    }

    /// What a reference is called: `@key`, or `[3]` where the document knows no keys.
    pub fn name_of(&self, id: RefId) -> String {
        self.article.references.get(id.index()).map(|r| self.name(r)).unwrap_or_default()
    }

    /// As [`Document::name_of`].
    pub fn name(&self, reference: &Reference) -> String {
        if self.is_markdown { format!("@{}", reference.id) } else { format!("[{}]", reference.label) }
    }

    /// The first definition of a work.
    pub fn work(&self, key: &str) -> Option<&Work> {
        self.works.get(key)?.first()
    }
}

/// What names of files are made with.
struct Base<'a> {
    name: String,
    path: &'a Path,
    is_bundle: bool,
    on_disk: bool,
}

impl Base<'_> {
    /// The text of the document; in a bundle it has a name of its own.
    fn text(&self, inner: Option<&str>, text: String) -> File {
        let (name, path) = match inner {
            Some(inner) => {
                (format!("{}/{}", self.name.trim_end_matches('/'), safe::line(inner)), self.path.join(inner))
            }
            None => (self.name.clone(), self.path.to_owned()),
        };
        File { name, written: String::new(), text, path: self.on_disk.then_some(path) }
    }

    /// A file that the document names.
    fn file(&self, written: String) -> File {
        let inside = decoded(&written);
        let folder = if self.is_bundle { self.path } else { self.path.parent().unwrap_or(Path::new("")) };
        let shown = match self.name.trim_end_matches('/').rsplit_once('/') {
            _ if self.is_bundle => format!("{}/", self.name.trim_end_matches('/')),
            Some((folder, _)) => format!("{folder}/"),
            None => String::new(),
        };
        let name = format!("{shown}{}", safe::line(&inside));
        File { name, path: self.on_disk.then(|| folder.join(&inside)), written, text: String::new() }
    }
}

/// True for what lies in a folder and can be written.
pub fn on_disk(name: &OsStr, beside: &Beside) -> bool {
    name != open::INPUT && matches!(beside, Beside::Folder(_))
}
