//! References in citation styles: what each style makes of them, word for word; whatever is in a reference or in a
//! style, no entry is lost, none takes another with it, and the processor never fails where it could be seen.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test stops where something is missing, and says what it measured"
)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Once;
use std::sync::atomic::{AtomicUsize, Ordering};

use ibid::article::{Article, Builder, Csl, Draft, Reference};
use ibid::cite::style::{self, Formatted, Style};
use ibid::cite::{Form, csl_json};
use ibid::export;
use ibid::import::{self, Source, shipped};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use serde_json::{Value, json};
use support::bibliographies::bibliographies;
use support::shared;

const STYLES: [&str; 8] = [
    "apa",
    "mla",
    "chicago-author-date",
    "chicago-notes",
    "ieee",
    "vancouver",
    "harvard-cite-them-right",
    "nature",
];

/// How often the processor has failed behind its guard.
static FAILED: AtomicUsize = AtomicUsize::new(0);

/// Counts what fails behind the guard, and lets everything else be said as usual.
fn count_failures() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if style::guarded() {
                println!("behind the guard: {info}");
                FAILED.fetch_add(1, Ordering::SeqCst);
            } else {
                usual(info);
            }
        }));
    });
}

fn own(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/styles").join(name)
}

/// Compares with the file, or writes it when asked to by `UPDATE=1`.
fn assert_file(name: &str, got: &str) {
    if std::env::var("UPDATE").as_deref() == Ok("1") {
        return fs::write(own(name), got).unwrap();
    }
    let expected = fs::read_to_string(own(name)).unwrap_or_default();
    for (got, expected) in got.lines().zip(expected.lines()) {
        assert_eq!(got, expected, "{name}");
    }
    assert_eq!(got, expected, "{name}");
}

fn showcase() -> Article {
    import::read(Source::shipped(shipped::find("showcase").unwrap())).unwrap()
}

fn odd() -> Vec<Csl> {
    let read = csl_json::read(&fs::read_to_string(own("odd.json")).unwrap()).unwrap();
    read.works.into_iter().map(|(_, csl)| csl).collect()
}

fn list(style: &Style, works: &[Csl]) -> Vec<Formatted> {
    style.list(&works.iter().collect::<Vec<_>>())
}

/// Each work has one entry, and every entry some text.
fn assert_whole(entries: &[Formatted], works: usize) {
    let mut seen: Vec<usize> = entries.iter().map(|entry| entry.at).collect();
    seen.sort_unstable();
    assert_eq!(seen, (0..works).collect::<Vec<_>>());
    for entry in entries {
        assert!(!entry.text.as_str().trim().is_empty());
        assert!(harmless(entry.text.as_str()) && harmless(&entry.number), "{:?}", entry.text);
        assert!(entry.text.marks().iter().all(|(range, _)| entry.text.as_str().get(range.clone()).is_some()));
    }
}

fn harmless(text: &str) -> bool {
    !text.chars().any(|c| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}'))
}

#[test]
fn the_showcase_in_eight_styles() {
    let article = showcase();
    let references: Vec<&Reference> = article.references.iter().collect();
    for name in STYLES {
        let style = Style::named(name).unwrap().in_language(&article.meta.language);
        let text = export::styled(&article, Form::Markdown, &style, &references);
        assert_eq!(text.lines().count(), references.len());
        assert_file(&format!("showcase-{name}.md"), &text);
    }
}

#[test]
fn odd_references_in_eight_styles() {
    let works = odd();
    let mut builder = Builder::new("test");
    for (at, work) in works.iter().enumerate() {
        builder.reference(&format!("r{at}"), "", work.clone(), Some(Draft::of("As the article has it.")));
    }
    let mut article = Article::default();
    article.append(builder.finish());
    let references: Vec<&Reference> = article.references.iter().collect();
    for name in STYLES {
        let text = export::styled(&article, Form::Markdown, &Style::named(name).unwrap(), &references);
        assert_file(&format!("odd-{name}.md"), &text);
    }
    let text = export::styled(&article, Form::Text, &Style::named("ieee").unwrap(), &references);
    assert!(
        text.starts_with("[1] A. Adler, “Days,”") && text.ends_with("\n\n[19] As the article has it.\n"),
        "{text}"
    );
}

#[test]
fn a_style_from_the_disk() {
    let style = ibid::shell::styles::load(own("plain.csl").to_str().unwrap(), "en").unwrap();
    let works = odd();
    let lines: Vec<String> =
        list(&style, &works).iter().map(|e| format!("{} {}\n", e.number, e.text.as_str())).collect();
    assert_file("odd-plain.txt", &lines.concat());
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("none.csl");
    let error = ibid::shell::styles::load(missing.to_str().unwrap(), "en").err().unwrap().to_string();
    assert!(error.contains("none.csl: "), "{error}");
    fs::write(&missing, "<a>").unwrap();
    let error = ibid::shell::styles::load(missing.to_str().unwrap(), "en").err().unwrap().to_string();
    assert!(error.contains("none.csl: not a CSL style"), "{error}");
}

/// Items that make the processor fail, or lose the whole list, when they reach it as they are.
fn hostile() -> Vec<Value> {
    let long = "x ".repeat(40_000);
    let names: Vec<Value> = (0..3_000).map(|n| json!({"family": format!("F{n}"), "given": "G."})).collect();
    vec![
        json!({"issued": {"date-parts": [[]]}}),
        json!({"issued": {"date-parts": []}}),
        json!({"issued": {"date-parts": [[1850], [1855, 3]]}}),
        json!({"issued": {"date-parts": [[1850], [1855], [1860]]}}),
        json!({"issued": {"date-parts": [[99999, 13, 77]]}}),
        json!({"issued": {"date-parts": [[-2147483648_i64]]}}),
        json!({"issued": {"date-parts": [["", "x"]]}}),
        json!({"issued": {"literal": "forthcoming"}}),
        json!({"issued": {"raw": "no date at all"}}),
        json!({"issued": {"date-parts": [[2020]], "season": "nonsense", "circa": {}}}),
        json!({"issued": null, "accessed": [], "event-date": 7}),
        json!({"custom": {"a": 1}, "categories": ["x"], "title": null}),
        json!({"author": [{}, null, 7, "", {"family": ""}, {"literal": "  "}]}),
        json!({"author": [{"family": "and", "given": ","}, {"given": "only"}, {"suffix": "Jr."}]}),
        json!({"author": names}),
        json!({"volume": 99999999999999999999.0, "issue": "999999999999999999999", "number": -1, "page": "--"}),
        json!({"page": "1-2-3--4,,&", "edition": "2147483648th", "number-of-pages": "99999999999"}),
        json!({"page": 1e300, "volume": "1–", "issue": "&"}),
        json!({"type": ["book"], "language": {}, "URL": "javascript:alert(1)", "DOI": "\u{1b}[2J"}),
        json!({"type": "nothing that exists", "genre": "<i>", "publisher": "\u{202e}fed"}),
        json!({"title": long, "container-title": long}),
        json!({"title": "<i>".repeat(2_000), "abstract": long}),
        json!({"title": "𗀀𗀁𗀂 <i>𗀀</i>"}),
    ]
}

#[test]
fn hostile_references_take_nothing_with_them() {
    count_failures();
    let before = FAILED.load(Ordering::SeqCst);
    let mut works = Vec::new();
    for (at, item) in hostile().into_iter().enumerate() {
        let Value::Object(mut csl) = item else { panic!("not an object") };
        csl.entry("type").or_insert_with(|| "article-journal".into());
        csl.entry("title").or_insert_with(|| format!("Hostile {at}").into());
        works.push(csl);
        works.push(
            serde_json::from_value(json!({"type": "book", "title": format!("Healthy {at:02}"), "id": at}))
                .unwrap(),
        );
    }
    for name in STYLES {
        let entries = list(&Style::named(name).unwrap(), &works);
        assert_whole(&entries, works.len());
        for at in 0..works.len() / 2 {
            let entry = entries.iter().find(|entry| entry.at == 2 * at + 1).unwrap();
            assert!(entry.text.as_str().contains(&format!("Healthy {at:02}")), "{name}: {:?}", entry.text);
        }
    }
    assert_eq!(FAILED.load(Ordering::SeqCst), before, "the processor failed");
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,12}",
        "[a-zA-Z0-9 .,:;/(){}\\\\&#_^\"'‘’“”<>=@\u{1b}\u{9b}\u{202e}\u{301}\u{17000}\n-]{0,20}",
        prop::sample::select(vec![
            "book",
            "webpage",
            "article-journal",
            "chapter",
            "https://a.example/b",
            "10.1/x",
            "2025-06-24",
            "1850~",
            "2020/2021",
            "1999/..",
            "-0043",
            "and",
            "others",
            "1–2",
            "12th",
            "van der Berg",
            "<i>x</i> y",
            "<sup>2</sup>",
            "<span class=\"nocase\">iOS</span>",
            "Jr.",
            "-1",
            "XIV",
            "2nd",
            "in press",
            "‘a’",
            "“b”",
            "Why?",
            "ein",
            "9876",
        ])
        .prop_map(str::to_owned),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (0..3_000_i64).prop_map(Value::from),
        words().prop_map(Value::from),
        vec(vec(-3_000_i64..3_000, 0..4), 0..3).prop_map(|parts| json!({ "date-parts": parts })),
        (1..2_500_i64, 0..14_i64, 0..33_i64, 0..6_i64, any::<bool>())
            .prop_map(|(y, m, d, s, c)| json!({"date-parts": [[y, m, d]], "season": s, "circa": c})),
        vec((words(), words(), words()), 0..4).prop_map(|names| {
            names
                .into_iter()
                .map(|(f, g, p)| json!({"family": f, "given": g, "non-dropping-particle": p}))
                .collect()
        }),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Value::from),
            btree_map(
                prop::sample::select(vec![
                    "family",
                    "given",
                    "literal",
                    "raw",
                    "date-parts",
                    "season",
                    "circa",
                    "suffix"
                ]),
                inner,
                0..4
            )
            .prop_map(|map| Value::Object(map.into_iter().map(|(k, v)| (k.to_owned(), v)).collect())),
        ]
    })
}

const FIELDS: [&str; 40] = [
    "id",
    "type",
    "title",
    "title-short",
    "author",
    "editor",
    "translator",
    "director",
    "container-author",
    "recipient",
    "container-title",
    "collection-title",
    "collection-number",
    "issued",
    "accessed",
    "original-date",
    "event-date",
    "event-title",
    "event-place",
    "URL",
    "DOI",
    "PMID",
    "ISBN",
    "page",
    "volume",
    "issue",
    "number",
    "edition",
    "publisher",
    "publisher-place",
    "genre",
    "medium",
    "version",
    "archive",
    "note",
    "language",
    "status",
    "section",
    "chapter-number",
    "number-of-volumes",
];

fn item() -> impl Strategy<Value = Csl> {
    let kinds = vec![
        "book",
        "chapter",
        "article-journal",
        "article-newspaper",
        "webpage",
        "report",
        "thesis",
        "legal_case",
        "patent",
        "motion_picture",
        "interview",
        "dataset",
        "software",
        "classic",
        "entry-encyclopedia",
        "post",
        "treaty",
    ];
    let fields = btree_map(prop::sample::select(FIELDS.to_vec()), value(), 0..14);
    (fields, prop::sample::select(kinds)).prop_map(|(fields, kind)| {
        let mut csl: Csl = fields.into_iter().map(|(k, v)| (k.to_owned(), v)).collect();
        csl.entry("type").or_insert_with(|| kind.into());
        csl
    })
}

thread_local! {
    /// The styles are decoded once.
    static LOADED: Vec<Style> = STYLES
        .iter()
        .chain(&["american-chemical-society", "gb-7714-2015-numeric", "deutsche-sprache", "thieme"])
        .map(|name| Style::named(name).unwrap())
        .collect();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_references_in_any_style(works in vec(item(), 1..5)) {
        count_failures();
        let before = FAILED.load(Ordering::SeqCst);
        LOADED.with(|styles| {
            for style in styles {
                assert_whole(&list(style, &works), works.len());
                assert!(!style.format(&works[0]).as_str().trim().is_empty());
            }
        });
        prop_assert_eq!(FAILED.load(Ordering::SeqCst), before, "the processor failed");
    }

    #[test]
    fn any_damage_to_a_style_is_survived(cut in 0_usize..4_000, other in 0_usize..4_000, put in "[<>/\"a-z&; =]{0,6}") {
        let text = fs::read_to_string(own("plain.csl")).unwrap();
        let (from, to) = (cut.min(other).min(text.len()), cut.max(other).min(text.len()).min(cut.min(other) + 40));
        let damaged = format!("{}{put}{}", text.get(..from).unwrap_or(""), text.get(to..).unwrap_or(""));
        if let Ok(style) = Style::from_csl(&damaged) {
            let works = odd();
            assert_whole(&list(&style, &works), works.len());
        }
    }
}

#[test]
fn every_bibliography_in_some_styles() {
    let Some(corpus) = shared("corpus/references") else { return };
    count_failures();
    let before = FAILED.load(Ordering::SeqCst);
    let styles: Vec<Style> =
        ["apa", "mla", "ieee", "vancouver"].map(|name| Style::named(name).unwrap()).into();
    let (mut files, mut count, mut plain) = (0, 0, 0);
    for (path, read) in bibliographies(&corpus) {
        let works: Vec<Csl> = read.works.into_iter().map(|(_, csl)| csl).take(150).collect();
        let style = &styles[files % styles.len()];
        let entries = list(style, &works);
        assert_whole(&entries, works.len());
        plain += entries.iter().filter(|entry| !entry.styled).count();
        (files, count) = (files + 1, count + works.len());
        assert_eq!(FAILED.load(Ordering::SeqCst), before, "{}", path.display());
    }
    println!("{files} files, {count} references, {plain} of which say nothing");
    assert!(files > 90 && count > 240 && plain < 6, "{files} {count} {plain}");
}

#[test]
fn every_style_there_is() {
    count_failures();
    let before = FAILED.load(Ordering::SeqCst);
    let mut works = odd();
    works.truncate(14);
    for named in style::all() {
        let entries = list(&Style::named(named.name).unwrap(), &works);
        assert_whole(&entries, works.len());
        let authors = entries.iter().filter(|entry| {
            let family = works[entry.at].get("author").and_then(|a| a[0]["family"].as_str()).unwrap_or("");
            entry.text.as_str().to_lowercase().contains(&family.to_lowercase())
        });
        // A style may show no more than a label for some kinds, but never for many.
        assert!(authors.count() > 10, "{}: {entries:#?}", named.name);
    }
    assert_eq!(FAILED.load(Ordering::SeqCst), before, "the processor failed");
}

#[test]
fn styles_made_by_others() {
    let Some(corpus) = shared("corpus/references") else { return };
    let works = odd();
    let mut count = 0;
    for entry in fs::read_dir(corpus.join("pandoc-csl")).unwrap() {
        let path = entry.unwrap().path();
        let style = ibid::shell::styles::load(path.to_str().unwrap(), "en").unwrap();
        assert_whole(&list(&style, &works), works.len());
        count += 1;
    }
    assert!(count >= 8, "{count}");
}

/// What `ibid refs` says for these arguments: its status, standard output and standard error.
fn refs(arguments: &[&str]) -> (Option<i32>, String, String) {
    let out =
        std::process::Command::new(env!("CARGO_BIN_EXE_ibid")).arg("refs").args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (out.status.code(), text(out.stdout), text(out.stderr))
}

#[test]
fn the_command_says_what_it_can_and_cannot() {
    let (status, out, told) = refs(&["--style", "list"]);
    assert_eq!((status, told.as_str()), (Some(0), ""));
    assert!(out.starts_with("apa  ") && out.lines().count() == style::all().len());
    let (status, out, told) = refs(&["showcase", "--style", "IEEE", "--format", "markdown"]);
    assert_eq!((status, told.as_str()), (Some(0), ""));
    assert_eq!(out, fs::read_to_string(own("showcase-ieee.md")).unwrap());
    for (arguments, status, said) in [
        (["showcase", "--style", "nope"].as_slice(), 2, "there is no style “nope”"),
        (&["showcase", "--style", "nope.csl"], 1, "nope.csl: "),
        (&["showcase", "--style", "apa", "--format", "ris"], 2, "--style goes with"),
    ] {
        let (code, out, told) = refs(arguments);
        assert_eq!((code, out.as_str()), (Some(status), ""), "{arguments:?}");
        assert!(told.starts_with("ibid: ") && told.contains(said) && told.lines().count() == 1, "{told}");
    }
}

#[test]
fn hostile_references_of_an_article_are_listed_in_silence() {
    let folder = tempfile::tempdir().unwrap();
    let items: Vec<Value> = hostile()
        .into_iter()
        .enumerate()
        .map(|(at, mut item)| {
            item["id"] = format!("k{at}").into();
            item
        })
        .collect();
    let cites: String = (0..items.len()).map(|at| format!("Words.[@k{at}] ")).collect();
    fs::write(folder.path().join("refs.json"), Value::Array(items).to_string()).unwrap();
    let article = folder.path().join("a.md");
    fs::write(&article, format!("---\nbibliography: refs.json\n---\n\n{cites}\n")).unwrap();
    let (status, out, told) = refs(&[article.to_str().unwrap(), "--style", "vancouver"]);
    assert_eq!((status, told.as_str()), (Some(0), ""));
    assert_eq!(out.split("\n\n").count(), hostile().len());
}
