//! The corpus: how much of the text of each page is read, against what its authors expect.

use std::collections::BTreeMap;
use std::process::Command;

use super::measures::{corpus, macro_f1, read, read_bytes, shingles, text, text_of_html, token_f1};

/// Pages of readability: the mean token F1 of the body text.
#[test]
fn readability_pages() {
    let Some(corpus) = corpus() else { return };
    let mut folders: Vec<_> =
        std::fs::read_dir(corpus.join("readability")).unwrap().map(|e| e.unwrap().path()).collect();
    folders.sort();
    let (mut sum, mut count, mut titles, mut bylines) = (0.0, 0, 0, 0);
    folders.retain(|folder| folder.join("source.html").is_file());
    for folder in folders {
        let article = read(&folder.join("source.html"));
        let expected = std::fs::read_to_string(folder.join("expected.html")).unwrap();
        let f1 = token_f1(&text(&article), &text_of_html(&expected));
        let meta: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(folder.join("expected-metadata.json")).unwrap())
                .unwrap();
        let said = |key: &str| meta.get(key).and_then(|v| v.as_str()).unwrap_or("").trim().to_owned();
        titles += usize::from(article.meta.title == said("title"));
        bylines += usize::from(article.meta.authors.join(", ") == said("byline"));
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        println!(
            "{name:32} {f1:.3}  notes {:3} markers {:3}  {:?}",
            article.notes.len(),
            article.markers.len(),
            article.meta.title
        );
        sum += f1;
        count += 1;
    }
    let mean = sum / f64::from(count);
    println!("readability: {count} pages, token F1 {mean:.4}, titles {titles}, bylines {bylines}");
    assert!(mean >= 0.99, "{mean}");
}

/// Pages of the extraction benchmark: shingle F1, against the library alone.
#[test]
fn extraction_benchmark() {
    let Some(corpus) = corpus() else { return };
    let folder = corpus.join("article-extraction-benchmark");
    let truth: BTreeMap<String, serde_json::Value> =
        serde_json::from_str(&std::fs::read_to_string(folder.join("ground-truth.json")).unwrap()).unwrap();
    let (mut ours, mut library) = (Vec::new(), Vec::new());
    for (id, truth) in &truth {
        let path = folder.join(format!("html/{id}.html.gz"));
        if !path.is_file() {
            continue;
        }
        let bytes = Command::new("gzip").arg("-dc").arg(&path).output().unwrap().stdout;
        let expected = truth.get("articleBody").and_then(|v| v.as_str()).unwrap_or("");
        let html = String::from_utf8_lossy(&bytes).into_owned();
        let found = text(&read_bytes("page.html", bytes));
        let alone = dom_smoothie::Readability::new(html, None, None).unwrap().parse();
        let alone = alone.map(|a| text_of_html(&a.content)).unwrap_or_default();
        let (a, b) = (shingles(&found, expected), shingles(&alone, expected));
        if (a.0 - b.0).abs() > 0.05 {
            println!(
                "{id:.8} ours {:.3} {:.3} {:.3}  library {:.3} {:.3} {:.3}",
                a.0, a.1, a.2, b.0, b.1, b.2
            );
        }
        ours.push(a);
        library.push(b);
    }
    let (a, b) = (macro_f1(&ours), macro_f1(&library));
    println!("extraction benchmark: {} pages, shingle F1 {a:.4}, the library alone {b:.4}", ours.len());
    assert!(a >= b, "{a} {b}");
}

/// Articles of Distill: every marker, every target.
#[test]
fn distill() {
    let Some(corpus) = corpus() else { return };
    for (name, groups, targets, notes) in [("gnn-intro", 72, 64, 0), ("growing-ca", 29, 38, 5)] {
        let path = corpus.join("distill").join(name).join("index.html");
        let article = read(&path);
        let source = std::fs::read_to_string(path).unwrap();
        let mut keys = Vec::new();
        dom_query::Document::from(source).select("d-cite").iter().for_each(|c| {
            keys.extend(c.attr_or("key", "").split(',').map(|k| k.trim().to_owned()).collect::<Vec<_>>());
        });
        let mut found = Vec::new();
        for cite in article.markers.iter().flat_map(|m| &m.cites) {
            if let ibid::article::Target::Reference(id) = cite.target {
                found.push(article.references[id.index()].id.to_string());
            }
        }
        keys.sort();
        found.sort();
        assert_eq!(found, keys, "{name}");
        println!(
            "distill {name}: {} markers, {} references, {} notes, {:?} {:?} {:?}",
            article.markers.len(),
            article.references.len(),
            article.notes.len(),
            article.meta.title,
            article.meta.authors,
            article.complaints
        );
        assert_eq!(
            (article.markers.len(), article.references.len(), article.notes.len()),
            (groups + notes, targets, notes)
        );
    }
}

/// Whatever is left of a page is read.
#[test]
fn pages_that_break_off() {
    let Some(corpus) = corpus() else { return };
    let mut count = 0;
    for page in std::fs::read_dir(corpus.join("defuddle/fixtures")).unwrap().map(|e| e.unwrap().path()) {
        let bytes = std::fs::read(&page).unwrap();
        if bytes.len() > 40_000 {
            continue;
        }
        for sixteenth in 1..16 {
            let part = bytes[..bytes.len() * sixteenth / 16].to_vec();
            let article = read_bytes("page.html", part);
            assert!(!article.meta.format.is_empty());
            count += 1;
        }
    }
    assert!(count > 1000, "{count}");
}
