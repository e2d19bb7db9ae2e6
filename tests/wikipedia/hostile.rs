//! Hostile pages, and real ones cut anywhere: they are read as far as they go, and nothing is left of what is not text.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use ibid::article::{Article, Builder};
use ibid::import::html::{self, Html, Walker};
use ibid::import::{Source, wikipedia};

use super::corpus::{corpus, pages};

/// Reads bytes as a page of any kind, and as one of a wiki.
fn both(name: &str, bytes: &[u8]) -> [Article; 2] {
    let source = || Source::bytes(name, bytes.to_vec());
    let (Ok(plain), Ok(wiki)) = (source(), source()) else { return Default::default() };
    let mut articles: [Article; 2] = Default::default();
    if let Ok(page) = html::open(plain) {
        let mut walker = Walker::new(&page, Html, Builder::new("test"));
        walker.read(&page.body());
        articles[0].append(walker.finish());
    }
    if let Ok(page) = html::open(wiki) {
        articles[1].append(wikipedia::read(page, None));
    }
    articles
}

fn is_safe(article: &Article) -> bool {
    let foreign =
        |c: char| (c.is_control() && c != '\n' && c != '\t') || ('\u{202a}'..='\u{202e}').contains(&c);
    !article.blocks.iter().any(|b| b.text.as_str().contains(foreign)) && !article.meta.title.contains(foreign)
}

#[test]
fn hostile_pages_are_read_without_harm() {
    let generator = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/evil/make_evil.py"));
    if !generator.exists() {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "the generator is missing");
        return eprintln!("skipped: no generator beside the project");
    }
    let dir = tempfile::tempdir().unwrap();
    let made = Command::new("python3")
        .arg(generator)
        .arg("--out")
        .arg(dir.path())
        .args(["--format", "html"])
        .output();
    assert!(made.unwrap().status.success());
    let mut count = 0;
    for path in std::fs::read_dir(dir.path().join("html")).unwrap().map(|e| e.unwrap().path()) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let since = Instant::now();
        for article in both(&name, &std::fs::read(&path).unwrap()) {
            assert!(is_safe(&article), "{name}");
        }
        // Twice, without optimization, beside others: only what hangs takes so long.
        assert!(since.elapsed() < Duration::from_secs(60), "{name}: {:?}", since.elapsed());
        count += 1;
    }
    assert!(count > 20, "only {count}");
}

#[test]
fn pages_cut_anywhere_are_read_as_far_as_they_go() {
    let Some(corpus) = corpus() else { return };
    let small = |path: &std::path::PathBuf| std::fs::metadata(path).unwrap().len() < 200_000;
    let pages: Vec<_> = pages(&corpus).into_iter().filter(small).collect();
    assert!(pages.len() > 10);
    for path in pages {
        let bytes = std::fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let mut last = 0;
        for n in 1..=16 {
            let article = &both(&name, &bytes[..bytes.len() * n / 16])[1];
            assert!(is_safe(article), "{name} at {n}/16");
            let words: usize = article.blocks.iter().map(|b| b.text.as_str().len()).sum();
            assert!(words * 10 >= last * 8, "{name} at {n}/16: {words} after {last}");
            last = words;
        }
    }
}
