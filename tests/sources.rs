//! Where documents come from: odd files, bundles and archives made on the spot, and the corpus's bundles.

#![allow(clippy::unwrap_used)]

use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use ibid::article::limits;
use ibid::import::{self, More, Patience, Source};
use zip::write::{SimpleFileOptions, ZipWriter};

fn opened(path: &Path) -> Result<usize, String> {
    let article = Source::open(path).and_then(import::read).map_err(|e| e.to_string())?;
    Ok(article.blocks.len())
}

/// The error of a document that must not open.
fn refused(path: &Path) -> String {
    let error = opened(path).expect_err("it opened");
    assert!(!error.contains(['\n', '\u{1b}']), "{error:?}");
    error
}

fn zipped(path: &Path, files: &[(&str, &[u8])]) {
    let mut zip = ZipWriter::new(std::fs::File::create(path).unwrap());
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap();
}

#[test]
fn odd_files_are_refused_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    std::os::unix::fs::symlink("nowhere", at("dangling.md")).unwrap();
    std::os::unix::fs::symlink("loop.md", at("loop.md")).unwrap();
    let fifo = rustix::fs::Mode::from_raw_mode(0o600);
    rustix::fs::mknodat(rustix::fs::CWD, at("fifo.md"), rustix::fs::FileType::Fifo, fifo, 0).unwrap();
    std::fs::File::create(at("sparse.md")).unwrap().set_len(4 << 30).unwrap();
    std::fs::write(at("a.pdf"), "%PDF-1.7 and so on").unwrap();
    let cases = [
        ("none.md", "no such file"),
        ("dangling.md", "no such file"),
        ("loop.md", "a link that leads to itself"),
        ("fifo.md", "a named pipe, not a regular file"),
        ("sparse.md", limits::TEXT.message),
        ("a.pdf", "looks like a PDF"),
        ("", "without a text"),
    ];
    for (name, expected) in cases {
        let error = refused(&at(name));
        assert!(error.contains(expected), "{name}: {error}");
    }
    assert!(refused(Path::new("/dev/zero")).contains("a device"));
}

#[test]
fn odd_names_open() {
    let dir = tempfile::tempdir().unwrap();
    for name in [&b"-rf.md"[..], b"odd-\xff.md", b"a\x1b[2J\n$(x).md"] {
        let path = dir.path().join(std::ffi::OsStr::from_bytes(name));
        std::fs::write(&path, "good text\n").unwrap();
        assert_eq!(opened(&path), Ok(1), "{name:?}");
        assert!(!Source::open(&path).unwrap().name().contains(['\n', '\u{1b}']));
    }
}

#[test]
fn the_limit_for_text_is_exact() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("large.txt");
    for (size, fits) in
        [(limits::TEXT.most - 1, true), (limits::TEXT.most, true), (limits::TEXT.most + 1, false)]
    {
        let file = std::fs::File::create(&path).unwrap();
        file.set_len(size as u64).unwrap();
        (&file).write_all(&[b'a'; 64 << 10]).unwrap();
        assert_eq!(Source::open(&path).is_ok(), fits, "{size}");
    }
}

#[test]
fn standard_input_stops_at_the_limit() {
    let endless = std::io::repeat(b'y');
    let error = Source::input(endless).err().map(|e| e.to_string());
    assert_eq!(error.as_deref(), Some(limits::TEXT.message));
    assert!(Source::input(&b"text"[..]).is_ok());
}

#[test]
fn the_beginning_needs_only_the_beginning() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("large.txt");
    let paragraph = format!("{}\n\n", "word ".repeat(200));
    let text = format!("A title\n\nFirst [1].\n\n{}References\n\n[1] Doe.\n", paragraph.repeat(4_000));
    std::fs::write(&path, &text).unwrap();
    let opening = import::open(Source::open(&path).unwrap(), Patience::Beginning).unwrap();
    let first = opening.first.blocks.len();
    assert!((10..100).contains(&first), "{first} blocks at first");
    let mut article = ibid::article::Article::default();
    article.append(opening.first);
    assert!(article.resolved(ibid::article::MarkerId(0)), "the marker is known before its entry is read");
    for more in opening.rest.unwrap() {
        let More::Append(part) = more else { panic!("it began again") };
        article.append(part);
    }
    let whole = import::read(Source::open(&path).unwrap()).unwrap();
    assert_eq!(article.blocks, whole.blocks);
    assert_eq!((whole.blocks.len(), whole.references.len()), (4_004, 1));
    assert_eq!(whole.references[0].mentions.len(), 1);
}

#[test]
fn time_grows_as_the_text_does() {
    let time = |paragraph: &str, times: usize, name: &str| {
        let source = Source::bytes(name, paragraph.repeat(times).into_bytes()).unwrap();
        let start = std::time::Instant::now();
        assert!(!import::read(source).unwrap().is_empty());
        start.elapsed().as_secs_f64()
    };
    let cases = [
        ("a line that is not wrapped [1]\n", "a.txt"),
        ("[1] an entry\n", "a.txt"),
        ("- item\n  - inner\n", "a.txt"),
        ("Word[edit]\n1. ^ a b entry[2]\ntext[1][note 3]\ta\t\n", "page.txt"),
        ("Notes\n^ entry\n\n— Name\nedit\n", "From Wikipedia.txt"),
        ("x", "a.txt"),
    ];
    for (paragraph, name) in cases {
        let once = 200_000 / paragraph.len();
        let small = time(paragraph, once, name).max(0.02);
        let large = time(paragraph, once * 4, name);
        assert!(large < small * 12.0, "{paragraph:?}: {small:.3} s, four times as much {large:.3} s");
    }
}

#[test]
fn archives_are_bundles_or_say_what_they_are() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.textpack");
    let info = br#"{"version":2}"#;
    let bundle = |prefix: &str| {
        vec![(format!("{prefix}info.json"), info.to_vec()), (format!("{prefix}text.md"), b"text".to_vec())]
    };
    type Files = Vec<(String, Vec<u8>)>;
    let cases: [(Files, &str); 6] = [
        (bundle("A.textbundle/"), ""),
        (bundle(""), ""),
        ([bundle("A.textbundle/"), bundle("__MACOSX/A.textbundle/")].concat(), ""),
        ([bundle("A.textbundle/"), bundle("B.textbundle/")].concat(), "an archive of 2 bundles"),
        (vec![("a.txt".into(), b"x".to_vec())], "without a TextBundle"),
        (vec![("META-INF/container.xml".into(), b"x".to_vec())], "EPUB"),
    ];
    for (files, expected) in cases {
        let files: Vec<(&str, &[u8])> = files.iter().map(|(n, b)| (n.as_str(), b.as_slice())).collect();
        zipped(&path, &files);
        let said = opened(&path).err().unwrap_or_default();
        assert!(said.contains(expected) && said.is_empty() == expected.is_empty(), "{files:?}: {said}");
    }
}

#[test]
fn archives_cannot_grow_without_end() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("bomb.textpack");
    zipped(&path, &[("text.md", &vec![b'a'; 80 << 20])]);
    assert!(refused(&path).contains(limits::RATIO.message), "{}", refused(&path));
    let noise: Vec<u8> =
        (0..(2u32 << 20)).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
    zipped(&path, &[("text.md", &vec![b'a'; 1 << 20]), ("assets/noise", &noise[..1 << 20])]);
    assert!(opened(&path).is_ok());
}

#[test]
fn damaged_archives_are_errors() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.textpack");
    zipped(
        &path,
        &[("text.md", b"a text that is long enough to be damaged somewhere inside, in its middle")],
    );
    let good = std::fs::read(&path).unwrap();
    let changed = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = good.clone();
        change(&mut bytes);
        std::fs::write(&path, bytes).unwrap();
        refused(&path)
    };
    assert!(changed(&|b| b.truncate(b.len() / 2)).contains("damaged or cut short"));
    assert!(changed(&|b| b[45] ^= 0xff).contains("text.md"));
    let directory = good.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
    assert!(changed(&|b| (b[6], b[directory + 8]) = (b[6] | 1, b[directory + 8] | 1)).contains("encrypted"));
    let end = good.len() - 22;
    assert!(changed(&|b| (b[end + 8], b[end + 10]) = (0, 0)).contains("zip archive"));
}

#[test]
fn the_corpus_of_bundles_opens() {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus/textbundle"));
    assert!(root.is_dir() || std::env::var("CI").as_deref() != Ok("true"), "the corpus is missing");
    if !root.is_dir() {
        eprintln!("skipped: no corpus beside the project");
        return;
    }
    let at = |name: &str| -> PathBuf { root.join(name) };
    for name in [
        "example-bundle-v1.zip",
        "example-bundle-v2.zip",
        "obsidian-importer/example.textpack",
        "obsidian-importer/Textbundle_Example_v1.textbundle",
        "obsidian-importer/Textbundle_Example_v2.textbundle",
        "textbundle-swift/Example/TextBundleExample/Textbundle_Example.textbundle",
        "textbundle-swift/textbundle-swift/TestContent/textbundle-md-extension.textbundle",
    ] {
        let article = import::read(Source::open(&at(name)).unwrap()).unwrap();
        assert_eq!(article.meta.format, "bundle", "{name}");
        assert!(article.len() >= 2 && article.meta.source.is_empty(), "{name}");
    }
    assert!(refused(&at("obsidian-importer/Ulysses_Export.zip")).contains("an archive of 2 bundles"));
    assert!(refused(&at("bear/backup.bear2bk")).contains("bundles"));
}
