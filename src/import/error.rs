//! Why a document cannot be opened: one line, without the name of the file, that says what to do.

use std::io;

use crate::article::{limits, safe};

/// Why a document cannot be opened. Content never is a reason: it gives complaints.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The system would not open or read it.
    #[error("{}", reason(.0))]
    System(#[from] io::Error),
    /// A pipe, a device, a socket, or a folder where a file should be; holds what it is.
    #[error("{0}, not a regular file: name a file, or use `-` for standard input")]
    NotRegular(&'static str),
    /// More than a limit allows; holds the limit's message.
    #[error("{0}")]
    TooLarge(&'static str),
    /// No text at all.
    #[error("empty: there is nothing to read")]
    Empty,
    /// A file that holds no text; holds what it looks like.
    #[error("not a text ({0}): ibid reads {READS}")]
    Binary(&'static str),
    /// A format that is not read yet; holds its name.
    #[error("{0}, which is not read yet: ibid reads {READS}")]
    NotYet(&'static str),
    /// A path that leads out of the folder of the document, or over a link; holds the path.
    #[error("leads out of its folder or over a link ({0}): not followed")]
    Leaves(String),
    /// A bundle without a text, or with several bundles in it; holds what is wrong.
    #[error("{0}")]
    Bundle(String),
    /// A zip archive that is damaged, encrypted or not what it says; holds what is wrong.
    #[error("zip archive: {0}")]
    Zip(String),
    /// A name that no article that ships with the program has.
    #[error("no article of this name ships with ibid: there are {0}")]
    NoSuchArticle(String),
}

/// What is read now, for messages.
const READS: &str = "Markdown, text bundles, saved web pages, pages of Wikipedia, as HTML or pasted from a browser, and plain text";

impl Error {
    /// The error for more than this limit allows.
    pub const fn over(limit: limits::Limit) -> Self {
        Self::TooLarge(limit.message)
    }

    /// The error that a reader carried through [`io::Error`], or the system's own.
    pub fn of(error: io::Error) -> Self {
        match error.downcast::<Self>() {
            Ok(ours) => ours,
            Err(system) => Self::System(system),
        }
    }
}

impl From<Error> for io::Error {
    fn from(error: Error) -> Self {
        Self::other(error)
    }
}

impl From<rustix::io::Errno> for Error {
    fn from(errno: rustix::io::Errno) -> Self {
        Self::System(errno.into())
    }
}

fn reason(error: &io::Error) -> String {
    use io::ErrorKind as Kind;
    match error.kind() {
        Kind::NotFound => "no such file or folder".to_owned(),
        Kind::PermissionDenied => "permission denied".to_owned(),
        _ if error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error()) => {
            "a link that leads to itself".to_owned()
        }
        _ => safe::line(&format!("cannot be read: {error}")).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_one_line() {
        let cases = [
            (Error::of(io::Error::from(io::ErrorKind::NotFound)), "no such file or folder"),
            (Error::of(Error::over(limits::TEXT).into()), limits::TEXT.message),
            (Error::from(rustix::io::Errno::LOOP), "a link that leads to itself"),
            (Error::of(io::Error::other("a\n\u{1b}b")), "cannot be read: a ␛b"),
        ];
        for (error, expected) in cases {
            assert_eq!(error.to_string(), expected);
        }
    }
}
