//! `ibid [FILE]`: reading on the screen, or as text where there is none.

use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::process::ExitCode;

use super::open::{self, INPUT, Opened};
use super::{Colour, Fault};
use crate::app::{App, Settings};
use crate::article::Article;
use crate::config::Config;
use crate::import::{Patience, shipped};
use crate::shell::state::State;
use crate::shell::{self, Ended, Session};
use crate::ui::theme::Depth;

/// What to read, and how.
#[derive(Debug, Default, clap::Args)]
pub struct Args {
    /// A file, a bundle, `-` for standard input, or the name of an article that comes with ibid
    #[arg(value_name = "FILE")]
    pub file: Option<OsString>,
    /// The widest column of text, in cells
    #[arg(long, value_name = "CELLS", value_parser = clap::value_parser!(u16).range(24..=160))]
    pub width: Option<u16>,
    /// A theme: dark, light, contrast, terminal
    #[arg(long, value_name = "NAME")]
    pub theme: Option<String>,
    /// When to use colours
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub color: Colour,
}

/// Reads on the screen, or writes text where there is no screen to read on.
///
/// # Errors
/// When the document cannot be read.
pub fn run(args: &Args) -> Result<ExitCode, Fault> {
    let piped = !io::stdin().is_terminal();
    let file = args.file.clone().or_else(|| piped.then(|| INPUT.into()));
    if !can_draw() {
        let file = file.unwrap_or_else(|| "guide".into());
        return super::cat::print(&file, args.width, args.color);
    }
    let config = Config::load(is_light());
    let mut next = file;
    loop {
        match session(next.take(), args, &config)? {
            Ended::Quit => return Ok(ExitCode::SUCCESS),
            Ended::Open(name) => next = Some(name.into()),
        }
    }
}

fn session(file: Option<OsString>, args: &Args, config: &Config) -> Result<Ended, Fault> {
    let state = State::load();
    let opened = file.as_ref().map(|file| open::open(file, Patience::Beginning)).transpose()?;
    let mut settings = state.settings(config);
    settings.measure = args.width.unwrap_or(settings.measure);
    settings.theme = args.theme.clone().unwrap_or(settings.theme);
    let (mut app, key, rest) = match opened {
        Some(opened) => begin(opened, settings, &state),
        None => (shelf(settings), String::new(), None),
    };
    let told = config.warnings.first().or(state.told.as_ref());
    app.message = told.cloned().unwrap_or_default();
    let session = Session { app, rest, key, keymap: config.keymap.clone(), depth: depth(args.color), state };
    shell::run(session).map_err(|error| Fault::state(&format!("the terminal: {error}")))
}

fn begin(opened: Opened, settings: Settings, state: &State) -> (App, String, Option<crate::import::Rest>) {
    let Opened { name, key, opening } = opened;
    let mut article = Article::default();
    article.append(opening.first);
    let complete = opening.rest.is_none();
    let app = App::new(article, complete, name, settings, state.saved(&key), shell::terminal_size());
    (app, key, opening.rest)
}

/// With nothing to read: the articles that come with the program.
fn shelf(settings: Settings) -> App {
    let mut app =
        App::new(Article::default(), true, "ibid".to_owned(), settings, None, shell::terminal_size());
    let articles = shipped::SHIPPED.iter();
    app.offer_articles(
        articles.map(|a| (a.name.to_owned(), a.title.to_owned(), format!("ibid {}", a.name))).collect(),
    );
    app
}

/// True when there is a terminal to draw on.
fn can_draw() -> bool {
    let term = std::env::var("TERM").unwrap_or_default();
    io::stdout().is_terminal() && !term.is_empty() && term != "dumb"
}

/// Whether the terminal says that its ground is light (`COLORFGBG`, by rxvt's convention). It is not asked.
fn is_light() -> bool {
    let colours = std::env::var("COLORFGBG").unwrap_or_default();
    matches!(colours.rsplit(';').next(), Some("7" | "15"))
}

/// How many colours to use: the flag, then `NO_COLOR`, then what the terminal is known to have.
fn depth(colour: Colour) -> Depth {
    let set = |name: &str| std::env::var(name).unwrap_or_default();
    if colour == Colour::Never || (colour == Colour::Auto && !set("NO_COLOR").is_empty()) {
        return Depth::None;
    }
    if colour == Colour::Auto && set("CLICOLOR") == "0" && matches!(set("CLICOLOR_FORCE").as_str(), "" | "0")
    {
        return Depth::None;
    }
    match (set("COLORTERM").as_str(), set("TERM").as_str()) {
        ("truecolor" | "24bit", _) => Depth::True,
        (_, term) if term.contains("256color") || term.contains("kitty") || term.contains("direct") => {
            Depth::Palette
        }
        _ => Depth::Sixteen,
    }
}
