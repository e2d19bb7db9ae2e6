//! Notes of the pages of defuddle: how many, and their texts.

use std::path::Path;

use ibid::article::{Article, BlockId};

use super::measures::{corpus, read, token_f1};

/// Pages whose expectation is no matter of this format, and why.
const EXCEPT: [(&str, &str); 5] = [
    (
        "extractor--chatgpt-citations",
        "chips of a chat that lead to other sites: links, not notes of the page",
    ),
    ("issues--142-arxiv-multi-citations", "LaTeXML: another format"),
    ("footnotes--wikipedia-references", "MediaWiki: another format"),
    ("general--wikipedia", "MediaWiki: another format"),
    ("thin-section-before-see-also", "MediaWiki: another format"),
];

/// The texts of notes and references that markers lead to.
fn texts(article: &Article) -> Vec<String> {
    let text = |range: std::ops::Range<u32>| {
        range.map(|at| article.block(BlockId(at)).text.as_str().to_owned()).collect::<Vec<_>>().join("\n")
    };
    let notes = article.notes.iter().map(|note| text(note.blocks.clone()));
    let entries = article
        .references
        .iter()
        .filter_map(|r| r.entry)
        .map(|id| article.block(id).text.as_str().to_owned());
    notes.chain(entries).collect()
}

/// Definitions of notes in Markdown.
fn expected(path: &Path) -> (usize, Vec<String>) {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let text = text.replace('\r', "");
    let (mut out, mut inside): (Vec<String>, bool) = (Vec::new(), false);
    let mut markers = 0;
    for line in text.lines() {
        let begins = line.strip_prefix("[^").and_then(|rest| rest.split_once("]:"));
        markers += line.matches("[^").count() - usize::from(begins.is_some());
        if let Some((_, rest)) = begins {
            out.push(rest.to_owned());
            inside = true;
        } else if inside {
            // They stand at the end, and go on without being indented.
            let last = out.last_mut().unwrap();
            last.push('\n');
            last.push_str(line);
        }
    }
    (markers, out.iter().map(|note| plain(note)).collect())
}

/// Markdown without the addresses of its links.
fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("](") {
        out.push_str(&rest[..at]);
        rest = rest[at..].split_once(')').map_or("", |(_, rest)| rest);
    }
    out + rest
}

#[test]
fn defuddle_pages() {
    let Some(corpus) = corpus() else { return };
    let folder = corpus.join("defuddle");
    let mut pages: Vec<_> =
        std::fs::read_dir(folder.join("fixtures")).unwrap().map(|e| e.unwrap().path()).collect();
    pages.sort();
    let (mut right, mut all, mut f1, mut notes, mut invented) = (0, 0, 0.0, 0, 0);
    for page in pages {
        let name = page.file_stem().unwrap().to_string_lossy().into_owned();
        let article = read(&page);
        if article.meta.format != "web" {
            continue;
        }
        let told = folder.join(format!("expected/{name}.md"));
        if !told.is_file() && !name.contains("no-false-positive") {
            continue;
        }
        let (markers, wanted) = expected(&told);
        let found = texts(&article);
        if wanted.is_empty() {
            if !found.is_empty() {
                println!("{name:60} none expected, found {}: {:?}", found.len(), &found[0]);
                invented += 1;
            }
            continue;
        }
        if let Some((_, why)) = EXCEPT.iter().find(|(known, _)| *known == name) {
            println!("{name:60} left out: {why}");
            continue;
        }
        let same =
            wanted.iter().enumerate().map(|(at, text)| found.get(at).map_or(0.0, |f| token_f1(f, text)));
        let score: f64 = same.sum();
        println!(
            "{name:60} notes {}/{} markers {}/{markers} text {:.3}",
            found.len(),
            wanted.len(),
            article.markers.len(),
            score / wanted.len() as f64
        );
        if score / (wanted.len() as f64) < 0.95 || found.len() != wanted.len() {
            found.iter().zip(&wanted).for_each(|(f, w)| println!("    {f:?}\n    {w:?}"));
        }
        right += usize::from(found.len() == wanted.len() && article.markers.len() == markers);
        all += 1;
        f1 += score;
        notes += wanted.len();
    }
    let text = f1 / notes as f64;
    println!(
        "defuddle: {right} of {all} pages with every note and marker, text F1 {text:.4}, {invented} pages with notes that are none"
    );
    assert!(right * 100 >= all * 95 && text >= 0.95, "{right} of {all}, {text}");
    assert_eq!(invented, 0);
}
