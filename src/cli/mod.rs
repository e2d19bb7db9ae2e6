//! The command line: what can be asked for, and one clear line where it cannot be done.

pub mod cat;
mod check;
mod complete;
mod convert;
mod fault;
mod inspect;
mod open;
mod out;
mod read;
mod refs;
mod toc;

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand, ValueEnum};

pub use fault::Fault;

/// Read articles in the terminal, offline, and follow every citation.
#[derive(Debug, Parser)]
#[command(
    name = "ibid",
    version,
    args_conflicts_with_subcommands = true,
    after_help = "With no FILE, the articles that come with ibid are offered: begin with the guide.\n\
                  In the reader, ? shows the keys and q quits.\n\n\
                  Examples:\n  ibid guide                 read the manual, which teaches the keys\n  \
                  ibid paper.md              read a Markdown file\n  \
                  pandoc -t markdown a.docx | ibid    read what another program writes\n  \
                  ibid cat paper.md | less   the article as plain text"
)]
pub struct Cli {
    #[command(flatten)]
    read: read::Args,
    #[command(subcommand)]
    command: Option<Command>,
}

/// What can be asked for beside reading.
#[derive(Debug, Subcommand)]
enum Command {
    /// Print an article as plain text
    Cat(cat::Args),
    /// List the sections of an article
    Toc(toc::Args),
    /// List the references of an article, or export them
    Refs(refs::Args),
    /// Write an article as a bundle or as Markdown
    Convert(convert::Args),
    /// Look for dangling markers, unused references, broken links and the like
    Check(check::Args),
    /// Print everything about an article as JSON
    Inspect(inspect::Args),
    /// Print completions for a shell
    Completions(complete::Args),
    /// Print the manual page
    Man,
}

/// When to write colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// On a terminal, unless NO_COLOR is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Does what the command line asks for.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = match cli.command {
        None => read::run(&cli.read),
        Some(Command::Cat(args)) => cat::run(&args),
        Some(Command::Toc(args)) => toc::run(&args),
        Some(Command::Refs(args)) => refs::run(&args),
        Some(Command::Convert(args)) => convert::run(&args),
        Some(Command::Check(args)) => check::run(&args),
        Some(Command::Inspect(args)) => inspect::run(&args),
        Some(Command::Completions(args)) => complete::completions(&args, command()),
        Some(Command::Man) => complete::man(command()),
    };
    match done {
        Ok(code) => code,
        Err(fault) => {
            // Without standard error there is nobody to tell.
            let _ = writeln!(std::io::stderr(), "{fault}");
            ExitCode::from(fault.status)
        }
    }
}

/// The whole command line, for completions and the manual page.
pub fn command() -> clap::Command {
    Cli::command()
}

/// What the user calls a document: a file, `-`, or the name of an article that ships with the program.
pub type Name = OsString;
