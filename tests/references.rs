//! Bibliographies made by other programs: every file is read, nothing in it is lost, what is written reads the same.
//!
//! The files are not part of the project; where they are missing, the tests say so and stop.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test stops where something is missing, and says what it measured"
)]

mod support;

use std::path::{Path, PathBuf};

use ibid::article::{Csl, safe};
use ibid::cite::{Read, bibtex, csl_json, entry, ris, short, words};
use support::shared;

/// Every file below a folder with this ending, and its text.
fn files(folder: &Path, ending: &str) -> Vec<(PathBuf, String)> {
    let mut out = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
                out.push((path, text));
            }
        }
    }
    out.sort();
    out
}

/// How many references a file is known to hold.
fn known(corpus: &Path, path: &Path) -> Option<u64> {
    let truth: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(corpus.join("ground_truth.json")).unwrap()).unwrap();
    let name = path.strip_prefix(corpus).unwrap().to_string_lossy().into_owned();
    truth.get(name)?.get("references")?.as_u64()
}

fn borrowed(read: &Read) -> Vec<(&str, &Csl)> {
    read.works.iter().map(|(id, csl)| (id.as_str(), csl)).collect()
}

/// Every work can be shown and called something.
fn assert_shown(read: &Read, path: &Path) {
    for (id, csl) in &read.works {
        let draft = entry::entry(csl);
        assert!(!draft.is_empty() && !short::author(csl).is_empty(), "{id} in {}", path.display());
        let text = draft.as_str();
        for wrong in ["..", " .", ",,", "?.", "  ", ". .", "“”"] {
            let given = csl.values().any(|v| v.to_string().contains(wrong));
            assert!(given || !text.contains(wrong), "{wrong:?} in {text}");
        }
    }
}

#[test]
fn bibtex_files() {
    let Some(corpus) = shared("corpus") else { return };
    let (mut count, mut total) = (0, 0);
    for (path, text) in files(&corpus, ".bib") {
        let read = bibtex::read(&text);
        let expected = known(&corpus, &path);
        let got = read.works.len() as u64;
        // Two files hold entries without a key, which other programs leave out.
        let more = path.ends_with("errors.bib") || path.ends_with("Endnote_should_parse.bib");
        assert!(
            expected.is_none_or(|n| got == n || (more && got > n)),
            "{}: {got}, not {expected:?}",
            path.display()
        );
        assert_shown(&read, &path);
        let once = bibtex::read(&bibtex::write(&borrowed(&read)));
        let twice = bibtex::read(&bibtex::write(&borrowed(&once)));
        assert_eq!(once, twice, "{}", path.display());
        assert_eq!(once.works.len(), read.works.len(), "{}", path.display());
        for ((_, first), (_, again)) in read.works.iter().zip(&once.works) {
            for field in ["title", "author", "issued", "container-title", "DOI", "page"] {
                // What a terminal may not show is not written either.
                let shown = |csl: &Csl| csl.get(field).map(|v| safe::line(&v.to_string()).into_owned());
                assert_eq!(shown(again), shown(first), "{field} in {}", path.display());
            }
        }
        (count, total) = (count + 1, total + got);
    }
    println!("{count} files, {total} entries");
    assert!(count >= 70 && total >= 250, "{count} files, {total} entries");
}

#[test]
fn csl_json_files() {
    let Some(corpus) = shared("corpus") else { return };
    let mut count = 0;
    for (path, text) in files(&corpus.join("references/csl-json"), ".json") {
        let read = csl_json::read(&text).unwrap();
        assert_eq!(Some(read.works.len() as u64), known(&corpus, &path), "{}", path.display());
        assert!(read.complaints.is_empty(), "{:?}", read.complaints);
        assert_eq!(csl_json::read(&csl_json::write(&borrowed(&read))).unwrap(), read, "{}", path.display());
        assert_shown(&read, &path);
        let other = bibtex::read(&bibtex::write(&borrowed(&read)));
        assert_eq!(other.works.len(), read.works.len(), "{}", path.display());
        assert_eq!(bibtex::read(&bibtex::write(&borrowed(&other))), other, "{}", path.display());
        count += 1;
    }
    assert!(count >= 14, "{count} files");
}

#[test]
fn ris_files() {
    let Some(corpus) = shared("corpus") else { return };
    let mut count = 0;
    for (path, text) in files(&corpus.join("references/ris"), ".ris") {
        let read = ris::read(&text);
        assert_eq!(Some(read.works.len() as u64), known(&corpus, &path), "{}", path.display());
        let named = |csl: &Csl| csl.contains_key("title") || csl.contains_key("container-title");
        let whole = |csl: &Csl| named(csl) && csl.contains_key("issued");
        assert!(read.works.iter().all(|(_, csl)| whole(csl)), "{}", path.display());
        assert_shown(&read, &path);
        let once = ris::read(&ris::write(&borrowed(&read)));
        assert_eq!(ris::read(&ris::write(&borrowed(&once))), once, "{}", path.display());
        assert_eq!(once.works, read.works, "{}", path.display());
        count += 1;
    }
    assert!(count >= 11, "{count} files");
}

/// The words of the references in a pasted text, without number, caret and letters.
fn reference_lines(text: &str) -> Vec<String> {
    let entries = text.lines().filter_map(|line| {
        let (number, words) = line.trim_start().split_once('^')?;
        number.trim().trim_end_matches('.').bytes().all(|b| b.is_ascii_digit()).then_some(words)
    });
    let without_letters = |words: &str| {
        let mut rest = words.trim_start();
        while let Some((letter, after)) =
            rest.split_once(' ').filter(|(l, _)| l.len() == 1 && l.as_bytes()[0].is_ascii_lowercase())
        {
            let _ = letter;
            rest = after;
        }
        rest.trim().to_owned()
    };
    entries.map(without_letters).collect()
}

#[test]
fn the_references_of_a_pasted_article() {
    let Some(corpus) = shared("corpus") else { return };
    let mut lines = Vec::new();
    for (_, text) in files(&corpus.join("pasted-text/real"), ".txt") {
        lines.extend(reference_lines(&text));
    }
    assert_eq!(lines.len(), 10);
    let parsed: Vec<_> = lines.iter().map(|line| words::parse(line)).collect();
    let having = |field: &str| parsed.iter().filter(|p| p.csl.contains_key(field)).count();
    let counts =
        ["title", "container-title", "issued", "accessed", "author", "ISSN", "URL", "language", "type"];
    assert_eq!(counts.map(having), [8, 8, 7, 8, 3, 3, 2, 1, 10]);
    let authors = parsed.iter().filter_map(|p| p.csl.get("author")?.as_array());
    assert_eq!(authors.map(Vec::len).collect::<Vec<_>>(), [1, 1, 5]);
    for (line, parsed) in lines.iter().zip(&parsed) {
        assert!(
            parsed
                .marks
                .iter()
                .all(|(range, _)| line.get(range.clone()).is_some_and(|m| !m.trim().is_empty()))
        );
        assert!(parsed.marks.len() >= 2 || parsed.csl.contains_key("URL"), "{line}");
    }
}

#[test]
fn the_references_of_many_pasted_articles() {
    let Some(corpus) = shared("corpus") else { return };
    let (mut quoted, mut titled, mut dated, mut contained, mut all) = (0, 0, 0, 0, 0);
    for (_, text) in files(&corpus.join("pasted-text/chromium"), ".txt") {
        for line in reference_lines(&text) {
            let parsed = words::parse(&line);
            for (range, _) in &parsed.marks {
                assert!(line.get(range.clone()).is_some_and(|m| !m.is_empty()), "{line}");
            }
            all += 1;
            if line.contains("\". ") && (line.contains("Retrieved") || line.contains("doi:")) {
                quoted += 1;
                titled += usize::from(parsed.csl.contains_key("title"));
                contained += usize::from(parsed.csl.contains_key("container-title"));
                dated +=
                    usize::from(parsed.csl.contains_key("issued") || parsed.csl.contains_key("accessed"));
            }
        }
    }
    println!(
        "{all} lines; of {quoted} with a quoted title: {titled} titles, {contained} containers, {dated} dates"
    );
    assert!(titled * 100 >= quoted * 97 && contained * 100 >= quoted * 95 && dated * 100 >= quoted * 97);
}
