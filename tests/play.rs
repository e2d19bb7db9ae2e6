//! Plays keys to the real program, and compares the whole screen after each step with the one in the case's file.
//!
//! A case is a text file in `tests/play`:
//!
//! ```text
//! # What it shows, in a sentence.
//! file: articles/guide.textbundle
//! size: 60x20
//! env: NO_COLOR=1
//! styles: yes
//!
//! > <Tab> <Enter>
//! |the first row of the screen
//! ```
//!
//! A step is a line of keys (see `Terminal::keys`; an empty one is the first screen) and the rows that follow, each
//! after a bar. With `styles`, a row of signs after a `'` follows each row that is not plain (see
//! `Terminal::styles`). A `file` that is not in `articles/` stands beside the case. `UPDATE=1 cargo test --test play`
//! writes the screens anew; read the difference before you keep it.

#![allow(clippy::unwrap_used)]

mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use support::terminal::{Terminal, ibid};
use support::{Home, package};

/// One step: keys, and the lines that are expected after them.
#[derive(Debug, Default)]
struct Step {
    keys: String,
    screen: Vec<String>,
}

/// A case, as it stands in its file.
#[derive(Debug, Default)]
struct Case {
    head: Vec<String>,
    steps: Vec<Step>,
}

impl Case {
    fn read(text: &str) -> Self {
        let mut case = Self::default();
        for line in text.lines() {
            if let Some(keys) = line.strip_prefix('>') {
                case.steps.push(Step { keys: keys.trim().to_owned(), screen: Vec::new() });
            } else if line.starts_with(['|', '\'']) {
                case.steps.last_mut().expect("a screen before the first step").screen.push(line.to_owned());
            } else if case.steps.is_empty() {
                case.head.push(line.to_owned());
            } else {
                assert_eq!(line, "", "a line that is neither keys nor screen");
            }
        }
        assert!(!case.steps.is_empty(), "a case without steps");
        case
    }

    fn field<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.head.iter().filter_map(move |l| l.strip_prefix(name)?.strip_prefix(':')).map(str::trim)
    }

    fn open(&self, home: &Home) -> Terminal {
        let file = self.field("file").next().expect("file:");
        let path = if file.starts_with("articles/") { file.to_owned() } else { format!("tests/play/{file}") };
        let (columns, rows) = self.field("size").next().expect("size:").split_once('x').expect("size: 80x24");
        let mut setup = ibid(home, &[&path]).size(columns.parse().unwrap(), rows.parse().unwrap());
        for (name, value) in self.field("env").filter_map(|e| e.split_once('=')) {
            setup = setup.env(name, value);
        }
        setup.open()
    }

    /// Plays the keys, and gives the case as it really goes.
    fn play(&self) -> Self {
        let home = Home::new();
        let mut terminal = self.open(&home);
        let styles = self.field("styles").next() == Some("yes");
        let steps = self.steps.iter().map(|step| {
            terminal.keys(&step.keys);
            Step { keys: step.keys.clone(), screen: screen(&terminal, styles) }
        });
        let case = Self { steps: steps.collect(), head: self.head.clone() };
        terminal.quit();
        case
    }

    fn write(&self) -> String {
        let mut text = self.head.join("\n").trim_end().to_owned() + "\n";
        for step in &self.steps {
            write!(text, "\n> {}", step.keys).unwrap();
            text.truncate(text.trim_end().len());
            writeln!(text, "\n{}", step.screen.join("\n")).unwrap();
        }
        text
    }
}

fn screen(terminal: &Terminal, styles: bool) -> Vec<String> {
    let rows = terminal.rows().into_iter().zip(terminal.styles());
    rows.flat_map(|(row, style)| {
        let style = Some(format!("'{style}")).filter(|s| styles && s.len() > 1);
        [Some(format!("|{row}")), style]
    })
    .flatten()
    .collect()
}

/// What differs, one line of the case after the other.
fn difference(case: &Case, played: &Case) -> Option<String> {
    let mut told = String::new();
    for (wanted, is) in case.steps.iter().zip(&played.steps).filter(|(a, b)| a.screen != b.screen) {
        writeln!(told, "  after “{}”:", wanted.keys).unwrap();
        for at in 0..wanted.screen.len().max(is.screen.len()) {
            let (wanted, is) = (wanted.screen.get(at), is.screen.get(at));
            if wanted != is {
                let line = |l: Option<&String>| l.map_or("(nothing)", String::as_str).to_owned();
                writeln!(told, "    - {}\n    + {}", line(wanted), line(is)).unwrap();
            }
        }
    }
    Some(told).filter(|t| !t.is_empty())
}

/// Plays one file; says what is not as expected.
fn play(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_string_lossy().into_owned();
    let case = Case::read(&fs::read_to_string(path).unwrap());
    let played = std::panic::catch_unwind(|| case.play());
    let Ok(played) = played else { return Some(format!("{name}: it did not come to its end, see above")) };
    if std::env::var_os("UPDATE").is_some() {
        fs::write(path, played.write()).unwrap();
        return None;
    }
    difference(&case, &played).map(|told| format!("{name}:\n{told}"))
}

/// The files of cases; `PLAY=name` chooses some.
fn cases() -> Vec<PathBuf> {
    let wanted = std::env::var("PLAY").unwrap_or_default();
    let folder = fs::read_dir(package().join("tests/play")).unwrap();
    let mut paths: Vec<PathBuf> = folder
        .map(|entry| entry.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "play") && p.to_string_lossy().contains(&wanted))
        .collect();
    paths.sort();
    paths
}

#[test]
fn every_case_shows_the_screens_in_its_file() {
    let paths = cases();
    assert!(!paths.is_empty());
    let half = paths.len().div_ceil(2);
    // Two at a time: most of the time is waiting for the other side.
    let failures: Vec<String> = std::thread::scope(|scope| {
        let run = |paths: &[PathBuf]| paths.iter().filter_map(|p| play(p)).collect::<Vec<_>>();
        let threads: Vec<_> = paths.chunks(half).map(|paths| scope.spawn(move || run(paths))).collect();
        threads.into_iter().flat_map(|t| t.join().unwrap()).collect()
    });
    assert!(failures.is_empty(), "{}\nUPDATE=1 cargo test --test play writes them anew", failures.join("\n"));
}

#[test]
fn a_case_is_written_as_it_was_read() {
    let text = "# A case.\nfile: a.md\nsize: 20x5\n\n>\n|one\n'rr\n|\n\n> j <Tab>\n|two\n";
    assert_eq!(Case::read(text).write(), text);
}
