//! What a finding is: its sort, where it stands, and how it can be mended.

use std::fmt;
use std::ops::Range;

use clap::ValueEnum;
use serde::Serialize;

/// Something that may be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What sort of thing it is.
    pub kind: Kind,
    /// The file it is in: an index into the files of the document.
    pub file: usize,
    /// Where in the file.
    pub spot: Spot,
    /// What it is, in words.
    pub what: String,
    /// What would mend it, where that is safe.
    pub fix: Option<Edit>,
}

/// A place in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// At this byte of its text.
    At(usize),
    /// On this line, counted from 1.
    Line(u32),
    /// Not known.
    Unknown,
}

/// A change to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes that are replaced.
    pub range: Range<usize>,
    /// What comes in their place.
    pub put: String,
    /// What is done, in words.
    pub what: String,
}

/// The sorts of findings. Their names are stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A marker that leads nowhere
    DanglingMarker,
    /// A source that is cited twice in one place
    DuplicateMarker,
    /// A note that is defined twice
    DuplicateNote,
    /// A key that is defined twice in the bibliography
    DuplicateKey,
    /// A bibliography that is not there, or cannot be read
    MissingBibliography,
    /// A link to a part or a file that is not there
    BrokenLink,
    /// A picture whose file is not there
    MissingFile,
    /// A reference that nothing cites
    UnusedReference,
    /// A note that nothing cites
    UnusedNote,
    /// Two references to one work
    DuplicateReference,
    /// A reference without a title
    NoTitle,
    /// A reference without a date
    NoDate,
    /// A heading that skips a level
    SkippedLevel,
    /// Something that could not be read well
    Complaint,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// A reader will miss something.
    Error,
    /// A reader will hardly notice.
    Warning,
}

impl Kind {
    /// How bad it is.
    pub const fn severity(self) -> Severity {
        match self {
            Self::DanglingMarker
            | Self::DuplicateNote
            | Self::DuplicateKey
            | Self::MissingBibliography
            | Self::BrokenLink
            | Self::MissingFile => Severity::Error,
            _ => Severity::Warning,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.to_possible_value().as_ref().map_or("", |value| value.get_name()))
    }
}

impl Finding {
    /// A finding in the text of the document.
    pub fn new(kind: Kind, spot: Spot, what: impl Into<String>) -> Self {
        Self { kind, file: 0, spot, what: what.into(), fix: None }
    }
}

impl Spot {
    /// At this byte, if it is known.
    pub fn at(byte: Option<usize>) -> Self {
        byte.map_or(Self::Unknown, Self::At)
    }
}
