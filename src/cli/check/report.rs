//! Findings as lines for people, as JSON for programs, and as commands for a workflow on GitHub.

use std::io::{self, Write};

use clap::ValueEnum;
use serde::Serialize;

use super::document::Document;
use super::finding::{Finding, Kind, Severity, Spot};
use super::lines::{Position, Walk};
use crate::article::safe;
use crate::cli::out;

/// The forms in which findings are given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// One line each: `FILE:LINE:COLUMN: KIND: WHAT`
    #[default]
    Text,
    /// One JSON array of objects: `file`, `line`, `column`, `severity`, `kind`, `what`
    Json,
    /// Commands for a workflow on GitHub, which shows them beside the lines
    Github,
}

/// A finding as it is told.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Line {
    /// The file.
    pub file: String,
    /// Counted from 1; nothing where it is not known.
    pub line: Option<u32>,
    /// In characters, counted from 1; nothing where it is not known.
    pub column: Option<u32>,
    /// The sort of thing it is.
    pub kind: Kind,
    /// What it is, in words.
    pub what: String,
}

/// Findings with their lines and columns, in the order of these.
pub fn lines(document: &Document, mut findings: Vec<Finding>) -> Vec<Line> {
    let byte = |spot: Spot| if let Spot::At(byte) = spot { byte } else { 0 };
    findings.sort_by_key(|f| (f.file, byte(f.spot)));
    let mut walks: Vec<Walk<'_>> = document.files.iter().map(|f| Walk::new(&f.text)).collect();
    let mut told = Vec::with_capacity(findings.len());
    for finding in findings {
        let position = match finding.spot {
            Spot::At(byte) => walks.get_mut(finding.file).map(|walk| walk.to(byte)),
            Spot::Line(line) => Some(Position { line, column: 1 }),
            Spot::Unknown => None,
        };
        told.push(Line {
            file: document.files.get(finding.file).map(|f| f.name.clone()).unwrap_or_default(),
            line: position.map(|p| p.line),
            column: position.map(|p| p.column),
            kind: finding.kind,
            what: safe::line(&finding.what).into_owned(),
        });
    }
    told.sort();
    told
}

impl Line {
    /// Where it is, as compilers say it.
    pub fn place(&self) -> String {
        match (self.line, self.column) {
            (Some(line), Some(column)) => format!("{}:{line}:{column}", self.file),
            _ => self.file.clone(),
        }
    }

    /// A command for a workflow on GitHub.
    fn github(&self) -> String {
        let mut out = match self.kind.severity() {
            Severity::Error => "::error".to_owned(),
            Severity::Warning => "::warning".to_owned(),
        };
        out.push_str(&format!(" file={}", property(&self.file)));
        if let (Some(line), Some(column)) = (self.line, self.column) {
            out.push_str(&format!(",line={line},col={column}"));
        }
        out.push_str(&format!(",title={}::{}", property(&self.kind.to_string()), message(&self.what)));
        out
    }
}

/// A message as the runner reads it (GitHub's `@actions/core`, `escapeData`).
fn message(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property as the runner reads it (`escapeProperty`).
fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}

/// Writes the findings.
///
/// # Errors
/// As for any writing.
pub fn write(out: &mut dyn Write, lines: &[Line], format: Format) -> io::Result<()> {
    match format {
        Format::Text => {
            lines.iter().try_for_each(|line| writeln!(out, "{}: {}: {}", line.place(), line.kind, line.what))
        }
        Format::Github => lines.iter().try_for_each(|line| writeln!(out, "{}", line.github())),
        Format::Json => out::json(out, &lines.iter().map(Object::of).collect::<Vec<_>>()),
    }
}

/// A finding as JSON.
#[derive(Serialize)]
struct Object<'a> {
    file: &'a str,
    line: Option<u32>,
    column: Option<u32>,
    severity: Severity,
    kind: Kind,
    what: &'a str,
}

impl<'a> Object<'a> {
    fn of(line: &'a Line) -> Self {
        let Line { file, line: number, column, kind, what } = line;
        Self { file, line: *number, column: *column, severity: kind.severity(), kind: *kind, what }
    }
}

/// How many there are, in words: `2 errors, 1 warning`.
pub fn summary(lines: &[Line]) -> String {
    let count = |severity| lines.iter().filter(|l| l.kind.severity() == severity).count();
    let counted = |n: usize, word: &str| match n {
        0 => None,
        1 => Some(format!("1 {word}")),
        n => Some(format!("{n} {word}s")),
    };
    let parts = [counted(count(Severity::Error), "error"), counted(count(Severity::Warning), "warning")];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { "nothing to report".to_owned() } else { parts.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(file: &str, position: Option<(u32, u32)>, kind: Kind, what: &str) -> Line {
        let (line, column) = (position.map(|p| p.0), position.map(|p| p.1));
        Line { file: file.into(), line, column, kind, what: what.into() }
    }

    #[test]
    fn github_reads_what_is_meant() {
        let cases = [
            (
                line("a.md", Some((3, 14)), Kind::DanglingMarker, "@x is 100% gone"),
                "::error file=a.md,line=3,col=14,title=dangling-marker::@x is 100%25 gone",
            ),
            (
                line("a:b,c%.md", None, Kind::NoDate, "a: b, c\r\nd"),
                "::warning file=a%3Ab%2Cc%25.md,title=no-date::a: b, c%0D%0Ad",
            ),
        ];
        for (line, expected) in cases {
            assert_eq!(line.github(), expected);
        }
    }

    #[test]
    fn lines_are_counted() {
        let error = line("a", None, Kind::BrokenLink, "");
        let warning = line("a", None, Kind::NoDate, "");
        assert_eq!(summary(&[]), "nothing to report");
        assert_eq!(summary(std::slice::from_ref(&warning)), "1 warning");
        assert_eq!(summary(&[error.clone(), warning, error]), "2 errors, 1 warning");
    }
}
