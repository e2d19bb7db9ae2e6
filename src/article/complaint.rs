//! What an importer noticed, and where.

/// Something that an importer noticed and the reader should know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Complaint {
    /// The file beside the document that it is about; empty for the document itself.
    pub file: String,
    /// The line, counted from 1; 0 where that is not known.
    pub line: u32,
    /// What it is about: `[^x]`, `item 4`; may be empty.
    pub of: String,
    /// What, in one line.
    pub what: String,
    /// The sort of thing it is.
    pub sort: Sort,
}

/// The sorts of complaints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Something that could not be read well.
    #[default]
    Reading,
    /// A marker that leads nowhere.
    Dangling,
    /// A name that is given twice: a note, a key of the bibliography.
    Twice,
    /// A bibliography that is not there, or cannot be read.
    Bibliography,
}

impl Complaint {
    /// A complaint about this.
    pub fn new(of: impl Into<String>, what: impl Into<String>) -> Self {
        Self { of: of.into(), what: what.into(), ..Self::default() }
    }

    /// A complaint about a file beside the document.
    pub fn in_file(file: impl Into<String>, what: impl Into<String>) -> Self {
        Self { file: file.into(), what: what.into(), ..Self::default() }
    }

    /// Where, as far as that is known: `references.json: line 12`.
    pub fn place(&self) -> String {
        let line = if self.line > 0 { format!("line {}", self.line) } else { String::new() };
        let parts = [&self.file, &line, &self.of];
        parts.into_iter().filter(|p| !p.is_empty()).map(String::as_str).collect::<Vec<_>>().join(": ")
    }
}
