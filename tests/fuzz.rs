//! What the fuzz targets look for, looked for in an ordinary test: in everything that they have found
//! (`tests/fuzz/FORMAT/`), and in what they start from.

#![allow(clippy::unwrap_used)]

#[path = "../fuzz/src/lib.rs"]
mod fuzz;

use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

use fuzz::doors;

/// A target of `cargo fuzz`.
type Door = fn(&[u8]);

/// The targets, by the names of their folders.
const DOORS: [(&str, Door); 4] = [
    ("markdown", doors::markdown),
    ("html", doors::html),
    ("pasted", doors::pasted),
    ("bundle", doors::bundle),
];

fn files(folder: &str) -> Vec<PathBuf> {
    below(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder))
}

fn below(folder: &Path) -> Vec<PathBuf> {
    let (mut found, mut left) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = left.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() { left.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

/// Looks at an input; says what does not hold.
fn fault(door: Door, data: &[u8]) -> Option<String> {
    let panic = catch_unwind(|| door(data)).err()?;
    let said = panic.downcast_ref::<String>().cloned();
    Some(said.or_else(|| panic.downcast_ref::<&str>().map(|s| (*s).to_owned())).unwrap_or_default())
}

/// Fails with everything that does not hold.
fn none(faults: &[String]) {
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn what_was_found_once_is_mended() {
    let mut faults = Vec::new();
    for (name, door) in DOORS {
        let found = files(&format!("tests/fuzz/{name}"));
        assert!(!found.is_empty(), "no input of {name} is kept");
        for path in found {
            let said = fault(door, &fs::read(&path).unwrap());
            faults.extend(said.map(|said| format!("{}: {said}", path.display())));
        }
    }
    none(&faults);
}

/// Looks at everything that files are for the targets; there must be enough of it.
fn all_hold(paths: impl Iterator<Item = PathBuf>) {
    let (mut faults, mut count) = (Vec::new(), 0);
    for path in paths {
        let data = fs::read(&path).unwrap();
        for (at, input) in inputs(&path, &data) {
            count += 1;
            let said = fault(DOORS[at].1, &input);
            faults.extend(said.map(|said| format!("{} as {}: {said}", path.display(), DOORS[at].0)));
        }
    }
    assert!(count > 100, "only {count}");
    none(&faults);
}

#[test]
fn what_the_targets_start_from_holds() {
    all_hold(["tests/import", "tests/layout", "articles"].into_iter().flat_map(files));
}

/// What people have, as far as it is small: the material that stands beside the package.
#[test]
fn what_stands_beside_the_package_holds() {
    let Some(corpus) = corpus() else { return };
    let small = |path: &PathBuf| fs::metadata(path).unwrap().len() < SMALL;
    all_hold(FOLDERS.iter().flat_map(|f| below(&corpus.join(f))).filter(small));
}

/// Larger files take their time in a build without optimization.
const SMALL: u64 = 8 << 10;

/// Where documents of the formats lie.
const FOLDERS: [&str; 8] = [
    "arxiv-html",
    "evil",
    "markdown",
    "pasted-text",
    "references",
    "textbundle",
    "web-articles",
    "wikipedia-html",
];

/// The material beside the package; in continuous integration it must be there.
fn corpus() -> Option<PathBuf> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let there = corpus.exists();
    assert!(there || std::env::var("CI").as_deref() != Ok("true"), "the material is missing");
    there.then_some(corpus)
}

/// The inputs that a file of the tests makes: the target of each, and its bytes.
fn inputs(path: &Path, data: &[u8]) -> Vec<(usize, Vec<u8>)> {
    let chosen = |by: u8| [&[by], data].concat();
    match path.extension().and_then(|e| e.to_str()).unwrap_or("") {
        "md" | "markdown" | "qmd" => vec![(0, data.to_vec()), (3, in_bundle(path, data))],
        "html" | "htm" | "mhtml" => {
            [data.to_vec()].into_iter().chain(b"1234".map(chosen)).map(|d| (1, d)).collect()
        }
        "json" if data.starts_with(b"{\"mobileview\"") => vec![(1, data.to_vec()), (1, chosen(b'1'))],
        "textpack" | "zip" => vec![(3, data.to_vec())],
        "txt" => vec![(2, data.to_vec()), (2, chosen(b'1'))],
        _ => Vec::new(),
    }
}

/// A text, the references beside it, and what a bundle says of itself.
fn in_bundle(path: &Path, text: &[u8]) -> Vec<u8> {
    let works = fs::read(path.with_file_name("assets").join("references.json")).unwrap_or_default();
    [text, &works, br#"{"version":2}"#].join(&doors::PARTS)
}

#[test]
fn the_invariants_are_not_empty_words() {
    let wrong: [fn(); 4] = [
        || fuzz::words::is_line("a title", "\u{1b}[31m"),
        || fuzz::words::is_line("a title", "two\nlines"),
        || fuzz::words::is_message(""),
        || fuzz::model::check(&broken()),
    ];
    for (at, wrong) in wrong.iter().enumerate() {
        assert!(catch_unwind(wrong).is_err(), "{at} passes");
    }
}

/// An article with a table whose cells lie outside its text.
fn broken() -> ibid::article::Article {
    use ibid::article::{Align, Article, Block, Kind, Part, Table};
    let table =
        Table { cells: vec![0..9, 0..9], columns: vec![Align::Auto], header_rows: 0, ..Table::default() };
    let block = Block { kind: Kind::Table(Box::new(table)), ..Block::default() };
    let mut article = Article::default();
    article.append(Part { blocks: vec![block], ..Part::default() });
    article
}
