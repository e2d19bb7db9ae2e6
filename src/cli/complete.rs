//! `ibid completions` and `ibid man`: what shells and manuals want to know, made from the command line itself.

use std::io::{self, Write};
use std::process::ExitCode;

use clap_complete::Shell;
use clap_mangen::Man;

use super::{Fault, out};
use crate::app::action::ACTIONS;

/// For which shell.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  ibid completions bash > ~/.local/share/bash-completion/completions/ibid\n  \
                        ibid completions zsh > ~/.zfunc/_ibid\n  \
                        ibid completions fish > ~/.config/fish/completions/ibid.fish"
)]
pub struct Args {
    /// The shell that is to complete what you type
    #[arg(value_name = "SHELL")]
    pub shell: Shell,
}

/// Prints completions.
///
/// # Errors
/// When standard output cannot be written.
pub fn completions(args: &Args, mut command: clap::Command) -> Result<ExitCode, Fault> {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut command, "ibid", &mut text);
    out::print(|out| out.write_all(&text))
}

/// Prints the manual page.
///
/// # Errors
/// When standard output cannot be written.
pub fn man(command: clap::Command) -> Result<ExitCode, Fault> {
    out::print(|out| page(command, out))
}

/// The manual page: the program, each command with its options, and the names of all actions for the key file.
fn page(command: clap::Command, out: &mut dyn Write) -> io::Result<()> {
    let commands: Vec<clap::Command> = command.get_subcommands().cloned().collect();
    let man = Man::new(command);
    let mut whole = Vec::new();
    man.render_title(&mut whole)?;
    man.render_name_section(&mut whole)?;
    man.render_synopsis_section(&mut whole)?;
    man.render_description_section(&mut whole)?;
    man.render_options_section(&mut whole)?;
    out.write_all(&whole)?;
    writeln!(out, ".SH COMMANDS")?;
    for command in commands.into_iter().filter(|c| c.get_name() != "help") {
        self::command(command, out)?;
    }
    writeln!(out, ".SH ACTIONS\nWhat a key can be given to in the file of keys.")?;
    for action in ACTIONS {
        writeln!(out, ".TP\n{}\n{}", roff(action.name), roff(action.help))?;
    }
    Ok(())
}

/// A command: how it is called, what it does, its options.
fn command(command: clap::Command, out: &mut dyn Write) -> io::Result<()> {
    let name = format!("ibid {}", command.get_name());
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    writeln!(out, ".SS \"{}\"\n{}", roff(&name), roff(&about))?;
    let mut options = Vec::new();
    Man::new(command).render_options_section(&mut options)?;
    let options = String::from_utf8_lossy(&options);
    options
        .lines()
        .filter(|line| !line.starts_with(".SH") && !line.starts_with(".ie") && !line.starts_with(".el"))
        .try_for_each(|line| writeln!(out, "{line}"))
}

/// Text for the formatter of manual pages.
fn roff(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('-', "\\-");
    if escaped.starts_with(['.', '\'']) { format!("\\&{escaped}") } else { escaped }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_commands_and_actions() {
        let mut out = Vec::new();
        page(super::super::command(), &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        for wanted in [".TH", "ibid cat", "next\\-section", ".SH ACTIONS"] {
            assert!(text.contains(wanted), "{wanted}: {text}");
        }
    }

    #[test]
    fn text_cannot_order_the_formatter() {
        let cases = [("plain", "plain"), (".SH x", "\\&.SH x"), ("a-b\\c", "a\\-b\\\\c")];
        for (text, expected) in cases {
            assert_eq!(roff(text), expected);
        }
    }
}
