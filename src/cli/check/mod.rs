//! `ibid check`: what a writer would want to know about an article's citations before anyone else does.

mod findings;

use std::io::Write;
use std::process::ExitCode;

use serde::Serialize;

use super::convert::files_of;
use super::{Fault, Name, open, out};

pub use findings::{Finding, findings};

/// What to look at.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "It reports markers that lead nowhere, references and notes that nothing cites, works that are\n\
                        listed twice, references without a title or date, links to parts that are not there, pictures\n\
                        that are missing, headings that skip a level, and whatever could not be read well.\n\
                        The exit status is 1 when there is anything to report.\n\n\
                        Examples:\n  ibid check paper.md\n  ibid check *.textbundle --json | jq length"
)]
pub struct Args {
    /// Files, bundles, `-` for standard input, or names of articles that come with ibid
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<Name>,
    /// Print one JSON array, for programs: `file`, `kind`, `where`, `what`
    #[arg(long)]
    pub json: bool,
}

/// A finding and its file.
#[derive(Debug, Serialize)]
struct Line {
    file: String,
    #[serde(flatten)]
    finding: Finding,
}

/// Prints what is found. A file that cannot be read is reported, and the others are looked at all the same.
///
/// # Errors
/// When standard output cannot be written.
pub fn run(args: &Args) -> Result<ExitCode, Fault> {
    let mut lines = Vec::new();
    let mut failed = false;
    for name in &args.files {
        match look(name) {
            Ok(found) => lines.extend(found),
            Err(fault) => {
                failed = true;
                // Without standard error there is nobody to tell.
                let _ = writeln!(std::io::stderr(), "{fault}");
            }
        }
    }
    let clean = lines.is_empty() && !failed;
    out::print(|out| {
        if args.json {
            return out::json(out, &lines);
        }
        lines.iter().try_for_each(|line| writeln!(out, "{}", in_words(line)))
    })?;
    Ok(ExitCode::from(u8::from(!clean)))
}

fn look(name: &Name) -> Result<Vec<Line>, Fault> {
    let place = files_of(name)?;
    let (file, article) = open::article(name)?;
    let found = findings(&article, &place).into_iter();
    Ok(found.map(|finding| Line { file: file.clone(), finding }).collect())
}

fn in_words(line: &Line) -> String {
    let Finding { place, what, .. } = &line.finding;
    if place.is_empty() {
        format!("{}: {what}", line.file)
    } else {
        format!("{}: {place}: {what}", line.file)
    }
}
