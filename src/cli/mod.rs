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

impl Cli {
    /// The command line of most runs: the name of a document, or nothing. It is understood without the parser, whose
    /// making costs more than the first screen of a document (1 MB of memory).
    fn plain(mut words: impl Iterator<Item = OsString>) -> Option<Self> {
        let (file, None) = (words.next(), words.next()) else { return None };
        let is_name = |word: &str| {
            !word.is_empty()
                && (word == open::INPUT || !word.starts_with('-'))
                && !Command::has_subcommand(word)
                && word != "help"
        };
        let plain = file.as_ref().is_none_or(|word| word.to_str().is_some_and(is_name));
        plain.then(|| Self { read: read::Args { file, ..read::Args::default() }, command: None })
    }
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
    let cli = Cli::plain(std::env::args_os().skip(1)).unwrap_or_else(Cli::parse);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_command_line_means_what_the_parser_says() {
        let plain = |words: &[&str]| Cli::plain(words.iter().map(OsString::from));
        for words in [&[][..], &["guide"], &["-"], &["a b.md"], &["ä"], &["cats"], &["./cat"]] {
            let parsed = Cli::try_parse_from(["ibid"].iter().chain(words)).map(|cli| format!("{cli:?}"));
            assert_eq!(plain(words).map(|cli| format!("{cli:?}")), parsed.ok(), "{words:?}");
        }
        let names = command().get_subcommands().map(|c| c.get_name().to_owned()).collect::<Vec<_>>();
        let names = names.iter().map(String::as_str).chain(["help", "--help", "-h", "--version", "--", ""]);
        for word in names {
            assert!(plain(&[word]).is_none(), "{word}");
        }
        assert!(plain(&["a.md", "b.md"]).is_none());
    }
}
