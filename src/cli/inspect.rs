//! `ibid inspect`: the whole article for a program, as one JSON object.

use std::process::ExitCode;

use super::{Fault, Name, open, out};
use crate::export::inspect::to_json;

/// What to show, and how.
#[derive(Debug, clap::Args)]
#[command(after_help = "The names in the object are stable; the guide explains them: ibid guide.\n\n\
                        Examples:\n  ibid inspect paper.md --json | jq '.markers[] | select(.resolved | not)'")]
pub struct Args {
    /// A file, a bundle, `-` for standard input, or the name of an article that comes with ibid
    #[arg(value_name = "FILE", default_value = open::INPUT)]
    pub file: Name,
    /// On one line, for programs; without it, indented for people
    #[arg(long)]
    pub json: bool,
}

/// Prints the object.
///
/// # Errors
/// When the article cannot be read.
pub fn run(args: &Args) -> Result<ExitCode, Fault> {
    let (name, article) = open::article(&args.file)?;
    let text = to_json(&article, !args.json).map_err(|error| Fault::document(&name, &error))?;
    out::print(|out| writeln!(out, "{text}"))
}
