//! The corpus, file by file: one table of what was found and how well, and the bars that it must reach.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use ibid::article::{Article, Builder, Destination, LinkId, Target};
use ibid::export::inspect;
use ibid::import::{self, Source};
use serde_json::Value;

use super::support::same::{differences, essence, through_a_bundle};
use super::truth::{Truth, truth};

/// The corpus, where it is. A clone without it skips; a build server must have it.
fn corpus() -> Option<PathBuf> {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus"));
    assert!(path.is_dir() || std::env::var("CI").as_deref() != Ok("true"), "the corpus is missing");
    if !path.is_dir() {
        eprintln!("skipped: no corpus beside the project");
    }
    path.is_dir().then(|| path.to_owned())
}

fn pages(corpus: &Path) -> Vec<PathBuf> {
    let folder = |at: &str| std::fs::read_dir(corpus.join(at)).unwrap().map(|e| e.unwrap().path());
    let papers = folder("arxiv-html/engrafo").filter(|p| p.extension().is_some_and(|e| e == "html"));
    let pieces = folder("web-articles/defuddle/fixtures").filter(|p| p.to_string_lossy().contains("-arxiv-"));
    let mut all: Vec<PathBuf> = papers.chain(pieces).collect();
    all.sort();
    all
}

fn read(path: &Path) -> Article {
    import::read(Source::open(path).unwrap()).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The entries that each marker of a reference cites.
fn groups(article: &Article) -> Vec<Vec<String>> {
    let key = |target: &Target| match target {
        Target::Reference(r) => Some(article.references[r.index()].id.to_string()),
        Target::Missing(key) => Some(key.to_string()),
        Target::Note(_) => None,
    };
    let groups = article.markers.iter().map(|m| m.cites.iter().filter_map(|c| key(&c.target)).collect());
    groups.filter(|keys: &Vec<String>| !keys.is_empty()).collect()
}

/// How many things two lists share, in order.
fn shared<T: PartialEq>(a: &[T], b: &[T]) -> usize {
    let mut row = vec![0; b.len() + 1];
    for x in a {
        let mut corner = 0;
        for (at, y) in b.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if x == y { corner + 1 } else { above.max(row[at]) };
            corner = above;
        }
    }
    row[b.len()]
}

fn f1(a: &str, b: &str) -> f64 {
    let tokens = |text: &str| {
        let mut counts: HashMap<String, usize> = HashMap::new();
        for word in text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|w| !w.is_empty()) {
            *counts.entry(word.to_lowercase()).or_default() += 1;
        }
        counts
    };
    let (a, b) = (tokens(a), tokens(b));
    let (all_a, all_b): (usize, usize) = (a.values().sum(), b.values().sum());
    let both: usize = a.iter().map(|(word, n)| b.get(word).copied().unwrap_or(0).min(*n)).sum();
    if all_a + all_b == 0 { 1.0 } else { 2.0 * both as f64 / (all_a + all_b) as f64 }
}

/// Formulas of the source that are in the article, in order: rows of equations have several cells.
fn formulas(article: &Article, truth: &Truth) -> usize {
    let mut found = 0;
    let (mut at, mut from) = (0, 0);
    let words = |tex: &String| tex.split_whitespace().collect::<Vec<_>>().join(" ");
    for tex in truth.formulas.iter().map(words).filter(|tex| !tex.is_empty()) {
        let here = (at..article.formulas.len()).find_map(|i| {
            let skip = if i == at { from } else { 0 };
            let place = article.formulas[i].get(skip..)?.find(tex.as_str())?;
            Some((i, skip + place + tex.len()))
        });
        if let Some(place) = here {
            (at, from) = place;
            found += 1;
        }
    }
    found
}

fn strings(value: &Value, of: &str, field: &str) -> Vec<String> {
    let all = value[of].as_array().unwrap().iter();
    all.map(|v| v[field].as_str().unwrap_or("").to_owned()).collect()
}

/// Spaces that do not break are spaces to whoever compares titles.
fn title(value: &Value) -> String {
    value.as_str().unwrap_or("").replace('\u{a0}', " ")
}

fn share(part: usize, of: usize) -> f64 {
    if of == 0 { 1.0 } else { part as f64 / of as f64 }
}

#[test]
fn the_corpus_is_read_as_its_markup_says() {
    let Some(corpus) = corpus() else { return };
    let mut wrong = Vec::new();
    println!(
        "{:<42}{:>7}{:>7}{:>7}{:>7}{:>10}{:>10}{:>7}{:>8}{:>7}{:>7}{:>10}",
        "page",
        "groups",
        "cites",
        "recall",
        "prec.",
        "resolved",
        "entries",
        "text",
        "outline",
        "before",
        "notes",
        "formulas"
    );
    let (mut all_groups, mut all_anchors, mut all_entries) = (0, 0, 0);
    for path in pages(&corpus) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let truth = truth(&std::fs::read_to_string(&path).unwrap());
        let article = read(&path);
        assert_eq!(article.meta.format, "latexml", "{name}");
        let value = inspect::inspect(&article);
        let ours = groups(&article);
        let (flat, theirs) = (ours.concat(), truth.groups.concat());
        let both = shared(&flat, &theirs);
        let markers = value["markers"].as_array().unwrap();
        let cites = markers.iter().filter(|m| m["kind"] == "reference");
        let resolved = cites.clone().filter(|m| m["resolved"] == true).count();
        let known = |keys: &&Vec<String>| keys.iter().all(|k| truth.entries.iter().any(|(id, _)| id == k));
        let resolvable = truth.groups.iter().filter(known).count();
        let texts: HashMap<String, String> = strings(&value, "references", "id")
            .into_iter()
            .zip(strings(&value, "references", "text"))
            .collect();
        let scores: Vec<f64> =
            truth.entries.iter().filter_map(|(id, text)| Some(f1(texts.get(id)?, text))).collect();
        let text = scores.iter().copied().fold(1.0, f64::min);
        let outline: Vec<(u8, String)> = value["sections"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|s| s["title"] != "Notes")
            .map(|s| (s["level"].as_u64().unwrap() as u8, title(&s["title"])))
            .collect();
        let same = shared(&outline, &truth.headings);
        let outlined = share(2 * same, outline.len() + truth.headings.len());
        let before: Vec<String> = cites.map(|m| m["before"].as_str().unwrap_or("").to_owned()).collect();
        let right =
            share(before.iter().zip(&truth.before).filter(|(a, b)| a == b).count(), truth.before.len());
        let notes = value["notes"].as_array().unwrap().len();
        let texs = truth.formulas.iter().filter(|t| !t.is_empty()).count();
        let found = formulas(&article, &truth);
        println!(
            "{:<42}{:>7}{:>7}{:>7.3}{:>7.3}{:>6}/{:<3}{:>6}/{:<3}{:>7.3}{:>8.3}{:>7.3}{:>4}/{:<2}{:>6}/{:<4}",
            name.chars().take(41).collect::<String>(),
            ours.len(),
            flat.len(),
            share(both, theirs.len()),
            share(both, flat.len()),
            resolved,
            resolvable,
            scores.len(),
            truth.entries.len(),
            text,
            outlined,
            right,
            notes,
            truth.notes,
            found,
            texs
        );
        if std::env::var("TOLD").is_ok() {
            before.iter().zip(&truth.before).filter(|(a, b)| a != b).for_each(|p| println!("  before {p:?}"));
            truth.headings.iter().filter(|h| !outline.contains(h)).for_each(|h| println!("  heading {h:?}"));
            outline.iter().filter(|h| !truth.headings.contains(h)).for_each(|h| println!("  ours {h:?}"));
        }
        all_groups += truth.groups.len();
        all_anchors += truth.anchors;
        all_entries += truth.entries.len();
        for (measure, reached) in [
            ("groups", ours == truth.groups),
            ("resolution", resolved == resolvable),
            ("entries", scores.len() == truth.entries.len()),
            ("text", text >= 0.98),
            ("outline", outlined >= 0.99),
            ("before", right >= 0.99),
            ("notes", notes == truth.notes),
            ("formulas", found == texs),
        ] {
            if !reached {
                wrong.push(format!("{name}: {measure}"));
            }
        }
    }
    println!("in all {all_groups} groups, {all_anchors} links, {all_entries} entries");
    assert!(all_groups >= 100 && all_entries >= 90, "the corpus is smaller than it was");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn links_to_places_lead_there() {
    let Some(corpus) = corpus() else { return };
    let mut wrong = Vec::new();
    for path in pages(&corpus) {
        let article = read(&path);
        let html = std::fs::read_to_string(&path).unwrap();
        for (at, link) in article.links.iter().enumerate() {
            let missing = matches!(article.destination(LinkId(at as u32)), Destination::Missing(_));
            if missing && link.strip_prefix('#').is_some_and(|id| html.contains(&format!("id=\"{id}\""))) {
                wrong.push(format!("{}: {link}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_bundle_of_it_opens_as_the_same_article() {
    let Some(corpus) = corpus() else { return };
    let (mut count, mut same) = (0, 0);
    let mut wrong = Vec::new();
    for path in pages(&corpus) {
        let article = read(&path);
        let found = differences(&essence(&article), &essence(&through_a_bundle(&article)));
        count += 1;
        same += usize::from(found.is_empty());
        wrong.extend(
            found.into_iter().take(4).map(|f| format!("{}: {f}", path.file_name().unwrap().display())),
        );
    }
    println!("arXiv: {same} of {count} come back the same");
    assert!(count > 0 && wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_cut_off_is_read_all_the_same() {
    let Some(corpus) = corpus() else { return };
    for path in pages(&corpus) {
        let html = std::fs::read_to_string(&path).unwrap();
        for part in 1..16 {
            let cut = html.floor_char_boundary(html.len() * part / 16);
            let page = import::html::Page::parse(&html[..cut]).unwrap();
            let mut article = Article::default();
            article.append(import::latexml::read(&page));
            let all = article.markers.iter().all(|m| !m.cites.is_empty());
            assert!(all, "{} cut at {cut}", path.display());
        }
    }
    assert!(Builder::new("latexml").finish().blocks.is_empty());
}
