//! What a document is, is told by what it holds: pieces of HTML without a head, whatever they are called, and Markdown
//! with HTML in it.

use std::path::PathBuf;

use ibid::import::{self, Source};

use super::reading::shared;

fn files(root: PathBuf, ends: &str) -> Vec<PathBuf> {
    let (mut found, mut left) = (Vec::new(), vec![root]);
    while let Some(folder) = left.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()) {
            if path.is_dir() {
                left.push(path);
            } else if path.to_string_lossy().ends_with(ends) {
                found.push(path);
            }
        }
    }
    found
}

fn format_of(name: &str, bytes: Vec<u8>) -> &'static str {
    import::read(Source::bytes(name, bytes).unwrap()).unwrap().meta.format
}

#[test]
fn markdown_stays_markdown_whatever_html_it_holds() {
    let own = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/import/markdown");
    let mut count = 0;
    for root in [Some(own), shared("corpus/markdown")].into_iter().flatten() {
        for path in files(root, ".md") {
            let bytes = std::fs::read(&path).unwrap();
            assert_eq!(format_of("a.md", bytes.clone()), "markdown", "{}", path.display());
            let unnamed = format_of("standard input", bytes);
            assert!(matches!(unnamed, "markdown" | "plain" | "pasted"), "{}: {unnamed}", path.display());
            count += 1;
        }
    }
    assert!(count > 20, "{count}");
}

#[test]
fn pieces_of_html_are_read_as_such() {
    let Some(corpus) = shared("corpus/web-articles/readability") else { return };
    let (mut all, mut named, mut unnamed) = (0, 0, 0);
    for path in files(corpus, "/expected.html") {
        let bytes = std::fs::read(&path).unwrap();
        all += 1;
        named += usize::from(format_of("a.md", bytes.clone()) == "web");
        unnamed += usize::from(format_of("standard input", bytes) == "web");
    }
    println!("of {all} pieces of HTML, {unnamed} are known without a name, {named} as .md");
    assert!(all > 20 && unnamed * 10 >= all * 8 && named * 10 >= all * 8, "{all}: {unnamed}, {named}");
}
