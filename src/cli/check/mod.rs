//! `ibid check`: a linter of citations, for people who write and for what watches over them.

mod align;
mod bibliography;
mod document;
mod finding;
mod fix;
mod gone;
mod headings;
mod lines;
mod links;
mod markers;
mod notes;
mod prove;
mod references;
mod report;
mod same;
mod works;

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use super::convert::files_of;
use super::{Fault, Name, out};
use document::Document;
use finding::{Finding, Kind};
use report::{Format, Line};

use crate::article::safe;

/// What to look at, and how.
#[derive(Debug, clap::Args)]
#[command(after_help = "Each finding is one line: FILE:LINE:COLUMN: KIND: WHAT. Columns are characters. \
    The exit status is 0 when there is nothing to report, 1 when there is or when a file cannot be read, 2 when \
    the command line is wrong.\n\n\
    --fix changes files and unpacked bundles, and only what it can prove to read the same. It takes a source out of \
    a group that cites it twice ([@a; @a]); takes out a note, or an entry of a .bib or CSL-JSON file, that is \
    defined twice with the same words; and corrects a key in brackets that differs from exactly one other only in \
    its capitals. It changes no prose, renumbers nothing, and leaves front matter alone. What it did goes to \
    standard error, what is left to standard output.\n\n\
    Examples:\n  ibid check paper.md\n  ibid check --format github --ignore no-date docs/*.md\n  \
    ibid check *.textbundle --format json | jq length")]
pub struct Args {
    /// Files, bundles, `-` for standard input, or names of articles that come with ibid
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<Name>,
    /// The form of the findings
    #[arg(long, value_name = "FORM", default_value = "text")]
    pub format: Format,
    /// Report only these kinds
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    pub select: Vec<Kind>,
    /// Do not report these kinds
    #[arg(long, value_name = "KIND", value_delimiter = ',', hide_possible_values = true)]
    pub ignore: Vec<Kind>,
    /// Mend what can be mended safely
    #[arg(long)]
    pub fix: bool,
}

/// Prints what is found. A file that cannot be read is reported, and the others are looked at all the same.
///
/// # Errors
/// When standard output cannot be written, or when asked to mend what is no file.
pub fn run(args: &Args) -> Result<ExitCode, Fault> {
    if args.fix {
        args.files.iter().try_for_each(fixable)?;
    }
    let (mut lines, mut failed) = (Vec::new(), false);
    for name in &args.files {
        match look(name, args) {
            Ok(found) => lines.extend(found),
            Err(fault) => {
                failed = true;
                tell(&fault.to_string());
            }
        }
    }
    lines.sort();
    // Several documents may share a bibliography.
    lines.dedup();
    out::print(|out| report::write(out, &lines, args.format))?;
    if args.format == Format::Text && io::stderr().is_terminal() {
        tell(&report::summary(&lines));
    }
    Ok(ExitCode::from(u8::from(failed || !lines.is_empty())))
}

/// Without standard error there is nobody to tell.
fn tell(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Only files that lie in a folder can be changed. What cannot be opened is reported later.
fn fixable(name: &Name) -> Result<(), Fault> {
    match files_of(name) {
        Ok(beside) if !document::on_disk(name, &beside) => Err(Fault::usage(&format!(
            "{}: --fix changes files and unpacked bundles, not standard input, archives or what comes with ibid",
            safe::name(name)
        ))),
        _ => Ok(()),
    }
}

/// How often a document is looked at again after it has been changed: one change may bring forth another.
const ROUNDS: usize = 8;

fn look(name: &Name, args: &Args) -> Result<Vec<Line>, Fault> {
    let mut document = Document::open(name)?;
    let mut found = findings(&document, args);
    for _ in 0..ROUNDS {
        if !args.fix || found.iter().all(|f| f.fix.is_none()) {
            break;
        }
        let made = match fix::mend(&document, &found) {
            Ok(made) => made,
            Err(fault) => {
                tell(&fault.to_string());
                break;
            }
        };
        for line in report::lines(&document, made) {
            tell(&format!("{}: fixed: {}", line.place(), line.what));
        }
        document = Document::open(name)?;
        found = findings(&document, args);
    }
    Ok(report::lines(&document, found))
}

/// Everything that may be wrong, of the kinds that are asked for.
fn findings(document: &Document, args: &Args) -> Vec<Finding> {
    let all: [fn(&Document) -> Vec<Finding>; 6] = [
        bibliography::findings,
        markers::findings,
        notes::findings,
        references::findings,
        links::findings,
        headings::findings,
    ];
    let wanted =
        |kind: Kind| (args.select.is_empty() || args.select.contains(&kind)) && !args.ignore.contains(&kind);
    all.iter().flat_map(|find| find(document)).filter(|f| wanted(f.kind)).collect()
}

#[cfg(test)]
mod tests;
