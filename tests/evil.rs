//! Hostile documents: made by a generator beside the package, read by the real program, and judged from outside.

#![allow(clippy::unwrap_used)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use support::terminal::ibid;
use support::{Home, IBID, package, shared, shipped};

/// Runs the program without a terminal.
fn run(home: &Home, args: &[&str]) -> Output {
    let mut command = Command::new(IBID);
    command.args(args).env_clear().envs(home.env()).env("NO_COLOR", "1").stdin(Stdio::null());
    command.output().unwrap()
}

fn python(home: &Home, script: &Path, args: &[&str]) -> Output {
    let mut command = Command::new("python3");
    command.arg(script).args(args).envs(home.env()).stdin(Stdio::null());
    command.output().expect("python3 is needed to make the hostile documents")
}

/// What may never stand in the output, and how the program may not end.
fn faults(output: &Output) -> Vec<String> {
    let mut faults = Vec::new();
    match output.status.code() {
        Some(0 | 1) => {}
        other => faults.push(format!("ended with {other:?}")),
    }
    for (name, bytes) in [("stdout", &output.stdout), ("stderr", &output.stderr)] {
        match std::str::from_utf8(bytes) {
            Err(_) => faults.push(format!("{name} is no UTF-8")),
            Ok(text) => {
                let foreign =
                    |c: &char| (c.is_control() && *c != '\n') || ('\u{202a}'..='\u{202e}').contains(c);
                faults.extend(text.chars().find(foreign).map(|c| format!("{c:?} in {name}")));
            }
        }
    }
    if output.status.code() == Some(1) && output.stderr.is_empty() {
        faults.push("status 1 without a word".to_owned());
    }
    faults
}

#[test]
fn the_hostile_documents_are_read_without_harm() {
    let home = Home::new();
    let Some(folder) = made(&home) else { return };
    let before = files(&home);
    let (out, generator) = (folder.to_str().unwrap(), package().join("../shared/evil/make_evil.py"));
    let run = format!("{IBID} cat {{}}");
    let judged = python(&home, &generator, &["--out", out, "--format", "md,html,bundle,odd", "--run", &run]);
    let report = String::from_utf8_lossy(&judged.stdout).into_owned();
    let failed: Vec<&str> = report.lines().filter(|l| l.contains(" FAIL ")).collect();
    let last = report.lines().last().unwrap_or_default();
    let ran: usize = last.split(' ').next().and_then(|n| n.parse().ok()).unwrap_or(0);
    assert!(judged.status.success() && failed.is_empty(), "{last}\n{}", failed.join("\n"));
    assert!(ran > 140, "only {ran} were run: {last}");
    inspected_and_checked(&home, &folder);
    assert_eq!(files(&home), before, "reading has written");
}

/// The files of html5lib are read as they are, by name and by content.
#[test]
fn the_files_of_html5lib_are_read_without_harm() {
    let (home, Some(corpus)) = (Home::new(), shared("corpus/evil/html5lib-tests")) else { return };
    let mut count = 0;
    for folder in ["tokenizer", "encoding", "encoding/chardet"] {
        for path in documents(&corpus, folder).into_iter().filter(|path| Path::new(path).is_file()) {
            let page = home.write("page.html", fs::read(&path).unwrap());
            let before = files(&home);
            for (name, args) in [&path, &page].into_iter().flat_map(|name| COMMANDS.map(|args| (name, args)))
            {
                let told = faults_of(&home, args, name);
                assert!(told.is_empty(), "{} {path}: {}", args[0], told.join("; "));
                count += 1;
            }
            assert_eq!(files(&home), before, "reading {path} has written");
        }
    }
    assert!(count > 80, "{count}");
}

/// Every file of a home, its length, and when it was written last.
fn files(home: &Home) -> Vec<(PathBuf, u64, std::time::SystemTime)> {
    let (mut found, mut left) = (Vec::new(), vec![home.path("")]);
    while let Some(folder) = left.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            let about = fs::symlink_metadata(&path).unwrap();
            if about.is_dir() {
                left.push(path);
            } else {
                found.push((path, about.len(), about.modified().unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// Makes the documents; `None` where the generator is missing.
fn made(home: &Home) -> Option<PathBuf> {
    let generator = shared("evil/make_evil.py")?;
    let folder = home.path("evil");
    let made = python(home, &generator, &["--out", folder.to_str().unwrap()]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    Some(folder)
}

/// The documents of a kind whose names are text.
fn documents(folder: &Path, kind: &str) -> Vec<String> {
    let paths = fs::read_dir(folder.join(kind)).unwrap().map(|entry| entry.unwrap().path());
    let mut names: Vec<String> = paths.filter_map(|p| p.to_str().map(str::to_owned)).collect();
    names.sort();
    assert!(!names.is_empty());
    names
}

/// Each is read on the screen: pages, a card, a search, the outline; the terminal judges every byte.
#[test]
fn the_hostile_documents_write_nothing_to_the_terminal() {
    let home = Home::new();
    let Some(folder) = made(&home) else { return };
    let sizes = [(80, 24), (20, 5), (300, 100), (1, 1)];
    let names: Vec<String> =
        ["md", "html", "bundle", "odd"].iter().flat_map(|kind| documents(&folder, kind)).collect();
    for (name, (columns, rows)) in names.iter().zip(sizes.iter().cycle()) {
        eprintln!("{name} at {columns}x{rows}");
        let mut terminal = ibid(&home, &[name]).size(*columns, *rows).spawn();
        terminal.wait("a screen, or the end", |t| t.scanner.mode(1049) || t.ended());
        if !terminal.ended() {
            terminal.settle();
            terminal.keys("<Space> <Tab> <Enter> <Esc> f <Esc> / e <Enter> n <Esc> t j <Esc> G K o <Esc> g");
            terminal.quit();
        }
    }
}

/// The commands that only read.
const COMMANDS: [&[&str]; 5] = [&["cat"], &["inspect", "--json"], &["toc"], &["refs"], &["check"]];

/// What a command does with a document that it may not.
fn faults_of(home: &Home, args: &[&str], name: &str) -> Vec<String> {
    let since = Instant::now();
    let output = run(home, &[args, &[name]].concat());
    let slow = (since.elapsed() > Duration::from_secs(20)).then(|| "slow".to_owned());
    // What is found stands on standard output.
    let found = args[0] == "check" && !output.stdout.is_empty();
    let told_why = |fault: &String| !(found && fault.ends_with("without a word"));
    faults(&output).into_iter().filter(told_why).chain(slow).collect()
}

/// The other commands read the same files without harm.
fn inspected_and_checked(home: &Home, folder: &Path) {
    let mut told = Vec::new();
    for name in ["md", "html", "bundle"].iter().flat_map(|kind| documents(folder, kind)) {
        for args in &COMMANDS[1..] {
            let faults = faults_of(home, args, &name);
            if !faults.is_empty() {
                told.push(format!("{} {name}: {}", args[0], faults.join("; ")));
            }
        }
    }
    assert!(told.is_empty(), "{}", told.join("\n"));
}

#[test]
fn shipped_articles_cut_anywhere_are_read_as_far_as_they_go() {
    let home = Home::new();
    for article in shipped() {
        let from = package().join(&article);
        let text = fs::read(from.join("text.md")).unwrap();
        let references = fs::read(from.join("assets/references.json")).unwrap();
        for n in 0..16 {
            let bundle = home.path(&format!("cut-{n}.textbundle"));
            fs::create_dir_all(bundle.join("assets")).unwrap();
            fs::copy(from.join("info.json"), bundle.join("info.json")).unwrap();
            // Byte for byte: a cut may fall within a character.
            fs::write(bundle.join("text.md"), &text[..text.len() * n / 16]).unwrap();
            let kept = if n % 2 == 0 { references.len() } else { references.len() * n / 16 };
            fs::write(bundle.join("assets/references.json"), &references[..kept]).unwrap();

            let output = run(&home, &["cat", bundle.to_str().unwrap()]);
            assert_eq!(faults(&output), Vec::<String>::new(), "{article} cut at {n}/16");
            assert_eq!(output.status.code(), Some(0), "{article} cut at {n}/16: {output:?}");
            assert!(n < 2 || output.stdout.len() > 400, "{article} cut at {n}/16");
        }
    }
}

#[test]
fn packed_articles_cut_anywhere_are_one_line_or_a_text() {
    let home = Home::new();
    for article in shipped() {
        let packed = home.path("whole.textpack");
        let converted =
            run(&home, &["convert", package().join(&article).to_str().unwrap(), packed.to_str().unwrap()]);
        assert!(converted.status.success(), "{converted:?}");
        let whole = fs::read(&packed).unwrap();
        for n in 0..16 {
            let path = home.write("cut.textpack", &whole[..whole.len() * n / 16]);
            let output = run(&home, &["cat", &path]);
            assert_eq!(faults(&output), Vec::<String>::new(), "{article} packed, cut at {n}/16");
            let lines = String::from_utf8_lossy(&output.stderr).lines().count();
            assert!(lines <= 1 || output.status.code() == Some(0), "{output:?}");
        }
        fs::remove_file(&packed).unwrap();
    }
}
