//! Citation styles: found by name or in a file of the user's, and worked with on a thread of their own.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use super::inbox::{Message, Outbox};
use crate::article::{Csl, Draft, RefId, limits, safe};
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

/// A reference to be formatted.
pub struct Job {
    /// The style: a name, or the path of a file.
    pub style: String,
    /// The language of the article.
    pub language: String,
    /// Which reference it is.
    pub reference: RefId,
    /// Its fields.
    pub csl: Csl,
}

/// The thread that formats; it ends when this is dropped.
pub struct Formatter {
    jobs: Sender<Job>,
}

/// What the processor may need for a style that nests as deep as is let through.
const STACK: usize = 16 << 20;

impl Formatter {
    /// Begins the thread. Where there can be none, nothing is ever formatted.
    pub fn begin(to: &Outbox) -> Self {
        let (jobs, waiting) = channel();
        let to = to.clone();
        let _ = thread::Builder::new().stack_size(STACK).spawn(move || work(&waiting, &to));
        Self { jobs }
    }

    /// Has a reference formatted; the answer comes as a message.
    pub fn format(&self, job: Job) {
        // Nobody waits for what nobody can do.
        let _ = self.jobs.send(job);
    }
}

/// Formats until nobody asks any more. The last style is kept, since the next reference will be in the same.
fn work(jobs: &Receiver<Job>, to: &Outbox) {
    let mut loaded: Option<(String, String, Option<Style>)> = None;
    for job in jobs {
        let fits = |(style, language, _): &(String, String, Option<Style>)| {
            *style == job.style && *language == job.language
        };
        if !loaded.as_ref().is_some_and(fits) {
            let style =
                load(&job.style, &job.language).map_err(|error| to.put(Message::Say(error.to_string())));
            loaded = Some((job.style.clone(), job.language.clone(), style.ok()));
        }
        let style = loaded.as_ref().and_then(|(_, _, style)| style.as_ref());
        let entry = style.and_then(|style| entry(style, &job.csl));
        if !to.put(Message::Formatted { style: job.style, reference: job.reference, entry }) {
            return;
        }
    }
}

/// The entry, if the style has one of its own.
fn entry(style: &Style, csl: &Csl) -> Option<Draft> {
    let formatted = style.list(&[csl]).pop()?;
    formatted.styled.then_some(formatted.text)
}
