//! One page in two renderings is one article: classic and Parsoid, mobileview and the apps' pages, HTML and pasted text.

use std::collections::HashMap;

use ibid::article::{Article, Block, Kind, MarkerId, Nest, Target};

use super::corpus::corpus;
use super::measures::{f1, read, read_html, target};

/// A marker: what it shows, its series, and where the entry stands that it cites.
type Cited = (String, String, String);

/// The markers of an article. Entries are known by their position, for their ids differ between renderings.
fn cited(article: &Article) -> Vec<Cited> {
    let mut markers: Vec<Cited> = Vec::new();
    let mut missing: Vec<String> = Vec::new();
    for (at, marker) in article.markers.iter().enumerate() {
        let to = &marker.cites[0].target;
        let there = article.leads(to);
        let entry = match to {
            Target::Reference(r) if there => words(article, article.references[r.index()].entry.map(|e| e.0)),
            Target::Note(n) if there => words(article, Some(article.notes[n.index()].blocks.start)),
            _ => {
                let key = target(article, to);
                let known = missing.iter().position(|k| *k == key).unwrap_or(missing.len());
                if known == missing.len() {
                    missing.push(key);
                }
                format!("nothing {known}")
            }
        };
        let label = article.label(MarkerId(at as u32)).to_owned();
        markers.push((label, marker.group.as_deref().unwrap_or("").to_owned(), entry));
    }
    markers
}

fn words(article: &Article, block: Option<u32>) -> String {
    let text = block.and_then(|b| article.blocks.get(b as usize)).map_or("", |b| b.text.as_str());
    // What the software has to say about an error stands in the text of one rendering, and beside that of the other.
    let text = text.split("Cite error").next().unwrap_or("");
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A case of MediaWiki's parser tests.
#[derive(Default)]
struct Case {
    name: String,
    parts: HashMap<String, String>,
}

fn cases(text: &str) -> Vec<Case> {
    let (mut cases, mut case, mut part): (Vec<Case>, Option<Case>, Option<String>) = (Vec::new(), None, None);
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("!!").map(str::trim) {
            match name {
                "test" => case = Some(Case::default()),
                "end" => cases.extend(case.take()),
                _ => {}
            }
            part = Some(name.to_owned());
            continue;
        }
        let (Some(case), Some(part)) = (&mut case, &part) else { continue };
        if part == "test" {
            case.name.push_str(line);
        } else {
            let text = case.parts.entry(part.clone()).or_default();
            text.push_str(line);
            text.push('\n');
        }
    }
    cases
}

/// Pairs that differ, and why.
const EXPLAINED: &[(&str, &str)] = &[
    ("No main content due to missing name or empty content", ERROR),
    ("Empty content and no name", ERROR),
    (
        "Unused list defined sub-ref with used main content (same as above but with #tag)",
        "the classic parser writes the entry without a name, so that its marker leads nowhere",
    ),
    (
        "Using `follow` with details on the \"follow\" part",
        "text that is refused by one, and taken by the other",
    ),
    ("Details include another, nested ref tag", UNKNOWN),
    ("T380979: Nesting another ref inside the details syntax", UNKNOWN),
    ("T380979: Nesting another sub-ref inside the details syntax", UNKNOWN),
];
const ERROR: &str = "the classic parser shows an error instead of the marker that Parsoid shows";
const UNKNOWN: &str = "one rendering does not know the markers within details";

#[test]
fn the_classic_parser_and_parsoid_say_the_same() {
    let Some(corpus) = corpus() else { return };
    let (mut pairs, mut wrong) = (0, Vec::new());
    let mut files: Vec<_> =
        std::fs::read_dir(corpus.join("cite-parser-tests")).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    for file in files {
        for case in cases(&std::fs::read_to_string(&file).unwrap()) {
            let part = |names: &[&str]| names.iter().find_map(|name| case.parts.get(*name));
            let classic = part(&["html/php", "html"]);
            let parsoid =
                part(&["html/parsoid", "html/parsoid+integrated", "html/parsoid+standalone", "html"]);
            let (Some(classic), Some(parsoid)) = (classic, parsoid) else { continue };
            if classic == parsoid || !classic.contains("cite") {
                continue;
            }
            pairs += 1;
            let wrap = |html: &str| format!("<div class=\"mw-parser-output\">{html}</div>");
            let (a, b) =
                (cited(&read_html("a.html", &wrap(classic))), cited(&read_html("b.html", &wrap(parsoid))));
            let explained = EXPLAINED.iter().any(|(name, _)| case.name.contains(name));
            if (a == b) == explained {
                wrong.push(format!(
                    "{}: {}\n   {a:?}\n   {b:?}",
                    file.file_name().unwrap().display(),
                    case.name
                ));
            }
        }
    }
    println!("{pairs} pairs of renderings, {} differ and are explained", EXPLAINED.len());
    assert!(pairs > 40, "only {pairs}");
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn mobileview_and_the_apps_pages_are_one_article() {
    let Some(corpus) = corpus() else { return };
    let mut wrong = Vec::new();
    for path in std::fs::read_dir(corpus.join("pcs")).unwrap().map(|e| e.unwrap().path()) {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let twin = corpus.join("legacy-mobileview").join(format!("{name}.json"));
        let (a, b) = (read(&path), read(&twin));
        // The apps move the first paragraph ahead of the table that stands before it.
        let keys = |article: &Article| {
            let keys = article.markers.iter().map(|m| target(article, &m.cites[0].target));
            let mut keys: Vec<String> = keys.map(|key| key.replace("--", "-")).collect();
            keys.sort();
            keys
        };
        let text = |article: &Article| {
            article.blocks.iter().filter(|b| is_body(b)).map(said).collect::<Vec<_>>().join("\n")
        };
        let titles = |article: &Article| {
            (0..article.sections.len()).map(|s| article.section_title(s).to_owned()).collect::<Vec<_>>()
        };
        let same = f1(&text(&a), &text(&b));
        println!("{name:<50} {:>4}/{:<4} markers, text {same:.3}", a.markers.len(), b.markers.len());
        let explained = ["en.Chess", "he."].iter().any(|n| name.starts_with(n));
        if keys(&a) != keys(&b) && !explained {
            wrong.push(format!("{name}: markers"));
        }
        // One title is in simplified characters here, and another word there.
        if (titles(&a) != titles(&b) && !name.starts_with("zh.")) || same < 0.97 {
            wrong.push(format!("{name}: {same:.3}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a block says; pictures that are not loaded yet have no description.
fn said(block: &Block) -> &str {
    let text = block.text.as_str();
    if let Kind::Figure(figure) = &block.kind { &text[..figure.caption.end as usize] } else { text }
}

fn is_body(block: &Block) -> bool {
    !matches!(block.kind, Kind::Entry(_)) && !matches!(block.nest.first(), Some(Nest::Note { .. }))
}

/// Where the pasted text and the page differ, and why.
const PASTED: &[(&str, &str)] = &[
    ("cat-2024.numbered", "three entries are damaged in the pasted text (UTF-8 read as something else)"),
    ("mv-en.Kill_Em_All", "boxes to listen to, with two markers, are not in the pasted text"),
    ("mv-en.Wikipedia_Graphs", "examples of code in the pasted text look like markers"),
    ("mv-he.21260858", "a number in brackets in the pasted text looks like a marker"),
    ("mv-ja.64929075", "two numbers in brackets in the pasted text look like markers"),
    ("readability-wikipedia-4", "the last entry has a second line, which is not in the pasted text"),
];

#[test]
fn a_page_and_what_is_pasted_of_it_are_one_article() {
    let Some(corpus) = corpus() else { return };
    let root = corpus.parent().unwrap();
    let json = std::fs::read_to_string(root.join("ground_truth.json")).unwrap();
    let truth: HashMap<String, serde_json::Value> = serde_json::from_str(&json).unwrap();
    let mut names: Vec<_> =
        truth.iter().filter(|(name, t)| t["format"] == "pasted" && name.contains("chromium")).collect();
    names.sort_by_key(|(name, _)| *name);
    let (mut pairs, mut wrong) = (0, Vec::new());
    for (name, found) in names {
        let Some(source) = found["source"].as_str().filter(|s| s.starts_with("wikipedia-html")) else {
            continue;
        };
        if !root.join(source).exists() {
            continue;
        }
        let (a, b) = (cited(&read(&root.join(name))), cited(&read(&root.join(source))));
        pairs += 1;
        let same = |(x, y): &(&Cited, &Cited)| {
            x.0 == y.0 && group(&x.1) == group(&y.1) && (f1(&x.2, &y.2) > 0.75 || x.2.starts_with("nothing"))
        };
        let agree = a.iter().zip(&b).filter(same).count();
        println!("{name:<60} {:>4}/{:<4} agree {agree}", a.len(), b.len());
        let explained = PASTED.iter().any(|(n, _)| name.contains(n));
        if (agree == a.len().max(b.len())) == explained {
            let first = a.iter().zip(&b).find(|pair| !same(pair));
            wrong.push(format!("{name}: {}/{}, {agree} agree: {first:?}", a.len(), b.len()));
        }
    }
    assert!(pairs > 10, "only {pairs}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Pasted letters do not say which style they are of.
fn group(name: &str) -> &str {
    if name == "a-z" { "lower-alpha" } else { name }
}
