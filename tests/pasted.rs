//! Pasted pages: small ones written by hand, and the corpus, counted against its ground truth.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use ibid::article::{Article, Destination, Kind, MarkerId, Nest, Target};
use ibid::import::{self, Source};

/// The corpus, where it is. A clone without it skips; a build server must have it.
fn corpus() -> Option<PathBuf> {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus"));
    let there = path.join("pasted-text").is_dir();
    assert!(there || std::env::var("CI").as_deref() != Ok("true"), "the corpus is missing");
    if !there {
        eprintln!("skipped: no corpus beside the project");
    }
    there.then(|| path.to_owned())
}

fn read(path: &Path) -> Article {
    import::read(Source::open(path).unwrap()).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// An article in lines: the kind of each block, its text, and what its markers cite.
fn dump(article: &Article) -> String {
    let mut out = format!(
        "format {}\ntitle {}\nsource {}\n",
        article.meta.format, article.meta.title, article.meta.source
    );
    for (at, block) in article.blocks.iter().enumerate() {
        let kind = match &block.kind {
            Kind::Heading(level) => format!("h{level}"),
            Kind::Entry(id) => format!("entry {}", article.references[id.index()].label),
            Kind::Table(table) => format!("table {}", table.columns.len()),
            other => format!("{other:?}").split(['(', ' ']).next().unwrap_or("").to_lowercase(),
        };
        let nest: String = block.nest.iter().map(nest_sign).collect();
        let _ = writeln!(out, "{nest}{kind}: {}", block.text.as_str().replace('\n', "⏎").replace('\t', "⇥"));
        for id in article.markers_in(at as u32..at as u32 + 1) {
            let _ = writeln!(out, "    {}", marker(article, MarkerId(id)));
        }
    }
    for (at, reference) in article.references.iter().enumerate() {
        if let Some(parent) = reference.parent.map(|p| &article.references[p.index()]) {
            let entry = article.block(parent.entry.unwrap()).text.as_str();
            let _ = writeln!(out, "reference {} is a part of {}: {entry}", at + 1, parent.id);
        }
    }
    for complaint in &article.complaints {
        let _ = writeln!(out, "! {}: {}", complaint.place(), complaint.what);
    }
    out
}

fn nest_sign(nest: &Nest) -> String {
    match nest {
        Nest::Quote => "> ".to_owned(),
        Nest::Item(item) => item.number.map_or("- ".to_owned(), |n| format!("{n}. ")),
        Nest::Note { label, .. } => format!("note {label} "),
        _ => "? ".to_owned(),
    }
}

fn marker(article: &Article, id: MarkerId) -> String {
    let marker = &article.markers[id.index()];
    let targets = marker.cites.iter().map(|cite| {
        let locator = cite.detail.as_ref().map_or(String::new(), |d| format!(" at {}", d.locator));
        let target = match &cite.target {
            Target::Reference(r) => format!("reference {}", article.references[r.index()].label),
            Target::Note(n) => format!("note {}", article.notes[n.index()].label),
            Target::Missing(key) => format!("nothing ({key})"),
        };
        target + &locator
    });
    format!("{} -> {}", article.label(id), targets.collect::<Vec<_>>().join(", "))
}

#[test]
fn small_pages_read_as_expected() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/import/pasted"));
    let mut names: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    names.retain(|n| n.extension().is_some_and(|e| e == "txt"));
    names.sort();
    assert!(names.len() >= 6, "the cases are missing");
    for path in names {
        let found = dump(&read(&path));
        let expected = std::fs::read_to_string(path.with_extension("expected")).unwrap_or_default();
        assert_eq!(found, expected, "{}:\n{found}", path.display());
    }
}

#[test]
fn the_first_article_is_whole() {
    let Some(corpus) = corpus() else { return };
    let path = corpus.join("pasted-text/real/private-messages-rutte-trump.txt");
    let article = read(&path);
    assert_eq!((article.meta.format, article.meta.source.as_str()), ("pasted", ""));
    assert!(article.meta.title.starts_with("Private Messages between"));
    assert_eq!(article.sections.len(), 8);
    assert!(article.sections.iter().all(|s| s.level == 1));
    let titles: Vec<_> = (0..8).map(|s| article.section_title(s)).collect();
    assert_eq!(titles[6..], ["See also", "References"]);
    assert_eq!((article.markers.len(), article.references.len()), (17, 10));
    assert!((0..17).all(|id| article.resolved(MarkerId(id))));
    let uses: Vec<_> = article.references.iter().map(|r| r.mentions.len()).collect();
    assert_eq!(uses, [1, 1, 2, 2, 1, 2, 3, 2, 1, 2]);
    assert_eq!(article.blocks.iter().filter(|b| b.nest.contains(&Nest::Quote)).count(), 7);
    assert_eq!(lost(&std::fs::read_to_string(&path).unwrap(), &article), Vec::<String>::new());
}

/// Lines of text that are in no block.
fn lost(text: &str, article: &Article) -> Vec<String> {
    let blocks: BTreeSet<&str> = article.blocks.iter().map(|b| b.text.as_str()).collect();
    let chrome = ["Jump to content", "From Wikipedia, the free encyclopedia", "[edit]"];
    let is_there =
        |line: &str| blocks.contains(line) || blocks.iter().any(|b| line.contains('^') && line.ends_with(b));
    let lines = text.lines().map(str::trim).filter(|l| !l.is_empty() && !chrome.contains(l));
    lines.filter(|l| !is_there(l)).map(str::to_owned).collect()
}

/// The entries that the markers of a page's HTML lead to, in the order of the markers: the words of each.
fn twin(path: &Path) -> Vec<String> {
    let mut html = std::fs::read_to_string(path).unwrap();
    if path.extension().is_some_and(|e| e == "json") {
        let json: serde_json::Value = serde_json::from_str(&html).unwrap();
        let root = json.get("mobileview").unwrap_or(&json);
        let sections = root["sections"].as_array().cloned().unwrap_or_default();
        html = sections.iter().filter_map(|s| s["text"].as_str()).collect();
    }
    let html = html.replace("&#58;", ":").replace("&amp;", "&");
    let entry = regex::Regex::new(r#"(?s)<li id="(cite_note[^"]*)"[^>]*>(.*?)</li>"#).unwrap();
    let entries: HashMap<String, String> =
        entry.captures_iter(&html).map(|c| (decoded(&c[1]), plain_words(&c[2]))).collect();
    let anchor =
        regex::Regex::new(r##"(?s)<sup[^>]*id="cite_ref[^>]*>\s*<a[^>]*href="[^"#]*#(cite_note[^"]*)""##)
            .unwrap();
    anchor.captures_iter(&html).map(|c| entries.get(&decoded(&c[1])).cloned().unwrap_or_default()).collect()
}

fn decoded(id: &str) -> String {
    import::folder::decoded(&id.replace('_', " "))
}

fn plain_words(html: &str) -> String {
    let hidden =
        regex::Regex::new(r#"(?s)<style.*?</style>|<span class="mw-cite-backlink">.*?</span>|<[^>]*>"#)
            .unwrap();
    hidden.replace_all(html, " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The share of the markers that lead to the entry that the page's HTML gives them; both come in the page's order.
fn agreement(article: &Article, twin: &[String]) -> f64 {
    let targets = article.markers.iter().filter_map(|m| match m.cites[0].target {
        Target::Reference(r) => Some(article.block(article.references[r.index()].entry?).text.as_str()),
        Target::Note(n) => Some(article.blocks[article.notes[n.index()].blocks.start as usize].text.as_str()),
        Target::Missing(_) => None,
    });
    let (mut at, mut agree) = (0, 0);
    for ours in targets {
        if let Some(ahead) = twin[at..].iter().take(5).position(|theirs| is_same(ours, theirs)) {
            (at, agree) = (at + ahead + 1, agree + 1);
        }
    }
    agree as f64 / twin.len().max(1) as f64
}

fn is_same(ours: &str, theirs: &str) -> bool {
    let words = |t: &str| -> BTreeSet<String> {
        t.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 3).map(str::to_owned).collect()
    };
    let (ours, theirs) = (words(ours), words(theirs));
    theirs.is_empty() || ours.intersection(&theirs).count() * 10 >= theirs.len().min(ours.len()) * 6
}

struct Row {
    pairs: f64,
    name: String,
    markers: usize,
    resolved: usize,
    markers_truth: usize,
    references: usize,
    references_truth: usize,
    headings: usize,
    headings_truth: usize,
    words: f64,
}

fn row(
    corpus: &Path,
    name: &str,
    source: &str,
    truth: &HashMap<String, serde_json::Value>,
    twin: &[String],
) -> Row {
    let path = corpus.join(name);
    let article = read(&path);
    let number =
        |key: &str| truth.get(source).and_then(|t| t.get(key)).and_then(|v| v.as_u64()).unwrap_or(0) as usize;
    let text = std::fs::read_to_string(&path).unwrap();
    let notes = article.notes.iter().filter(|n| !n.blocks.is_empty()).count();
    Row {
        pairs: agreement(&article, twin),
        name: name.trim_start_matches("pasted-text/").trim_end_matches(".txt").to_owned(),
        markers: article.markers.len(),
        resolved: (0..article.markers.len() as u32).filter(|&i| article.resolved(MarkerId(i))).count(),
        markers_truth: number("citation_anchors"),
        references: article.references.iter().filter(|r| !r.label.is_empty()).count() + notes,
        references_truth: number("references"),
        headings: article.sections.len(),
        headings_truth: number("headings"),
        words: kept(&text, &article),
    }
}

/// The share of a text's words that are in the article.
fn kept(text: &str, article: &Article) -> f64 {
    let words = |text: &str| {
        let mut count: HashMap<String, usize> = HashMap::new();
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 2) {
            *count.entry(word.to_owned()).or_default() += 1;
        }
        count
    };
    let all: Vec<_> = article.blocks.iter().map(|b| b.text.as_str()).collect();
    let (wanted, found) = (words(text), words(&all.join("\n")));
    let sum: usize = wanted.values().sum();
    let hits: usize = wanted.iter().map(|(w, n)| found.get(w).copied().unwrap_or(0).min(*n)).sum();
    hits as f64 / sum.max(1) as f64
}

#[test]
fn the_corpus_is_read_as_its_markup_says() {
    let Some(corpus) = corpus() else { return };
    let json = std::fs::read_to_string(corpus.join("ground_truth.json")).unwrap();
    let truth: HashMap<String, serde_json::Value> = serde_json::from_str(&json).unwrap();
    let mut names: Vec<_> = truth.iter().filter(|(_, t)| t["format"] == "pasted").collect();
    names.sort_by_key(|(name, _)| *name);
    let mut twins: HashMap<&str, Vec<String>> = HashMap::new();
    let mut rows = Vec::new();
    for (name, found) in names {
        let source = found["source"].as_str().unwrap_or("");
        let there = || if source.is_empty() { Vec::new() } else { twin(&corpus.join(source)) };
        let twin = twins.entry(source).or_insert_with(there);
        rows.push(row(&corpus, name, source, &truth, twin));
    }
    println!("{:<58}{:>18}{:>14}{:>12}  words  pairs", "page", "markers (res.)", "references", "headings");
    for r in &rows {
        println!(
            "{:<58}{:>5}/{:<4} ({:<4}) {:>6}/{:<6}{:>6}/{:<5}  {:.3}  {:.3}",
            r.name,
            r.markers,
            r.markers_truth,
            r.resolved,
            r.references,
            r.references_truth,
            r.headings,
            r.headings_truth,
            r.words,
            r.pairs
        );
    }
    assert!(rows.len() >= 60);
    for r in rows.iter().filter(|r| r.references_truth > 0) {
        assert!(r.markers.abs_diff(r.markers_truth) <= 2 && r.resolved == r.markers, "{}: markers", r.name);
        assert!(r.references.abs_diff(r.references_truth) <= 2, "{}: references", r.name);
        assert!(r.pairs >= 0.98, "{}: {:.3} of the markers lead to the right entry", r.name, r.pairs);
        assert_eq!(r.headings, r.headings_truth, "{}: headings", r.name);
        assert!(r.words >= 0.83, "{}: {:.3} of the words are there", r.name, r.words);
    }
}

#[test]
fn links_lead_somewhere() {
    let article = import::read(
        Source::bytes("x.txt", &b"Title\n\nFrom Wikipedia, the free encyclopedia\n\nSee https://a.example/x.[1]\n\nReferences[edit]\n^ One.\n"[..])
            .unwrap(),
    )
    .unwrap();
    let first = article.links.first().map(|_| article.destination(ibid::article::LinkId(0)));
    assert_eq!(first, Some(Destination::Address("https://a.example/x")));
}
