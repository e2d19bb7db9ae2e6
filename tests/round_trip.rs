//! What is written opens again as the same article: import → Markdown or bundle → import.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use ibid::article::build::NoteLabels;
use ibid::article::{
    Align, Article, Builder, Draft, DraftCite, DraftMarker, Figure, Item, Kind, Mark, Nest, Table, To,
};
use ibid::cite::Form;
use ibid::export::inspect;
use ibid::export::markdown::{Bibliography, markdown};
use ibid::import::{Source, read};
use proptest::prelude::*;
use support::same::{differences, essence, through_a_bundle};

/// Files that do not come back the same, and why.
const EXPLAINED: &[(&str, &str)] = &[
    ("lynx/mv-de.Schweden.167705875.txt", COLUMNS),
    ("w3m/cat-2024.txt", COLUMNS),
    ("w3m/mv-de.Schweden.167705875.txt", COLUMNS),
    ("w3m/mv-en.Chris_Cornell.793305307.txt", COLUMNS),
    ("w3m/readability-wikipedia-2.txt", COLUMNS),
    ("w3m/readability-wikipedia-4.txt", COLUMNS),
];

const COLUMNS: &str =
    "markers in preformatted columns: Markdown knows none there, so the columns become lines of text";

fn through_markdown(article: &Article) -> (String, Article) {
    let text = markdown(article, Bibliography::Inline);
    let again = read(Source::bytes("again.md", text.clone().into_bytes()).unwrap()).unwrap();
    (text, again)
}

fn check(name: &str, article: &Article) -> Vec<String> {
    let before = essence(article);
    let (text, again) = through_markdown(article);
    let mut wrong = differences(&before, &essence(&again));
    if wrong.is_empty() {
        let (second, _) = through_markdown(&again);
        let differs = text.lines().zip(second.lines()).find(|(a, b)| a != b);
        if let Some((first, second)) = differs {
            let at = first.chars().zip(second.chars()).take_while(|(a, b)| a == b).count().saturating_sub(40);
            let cut = |line: &str| line.chars().skip(at).take(120).collect::<String>();
            wrong.push(format!("is written differently the second time: {} | {}", cut(first), cut(second)));
        }
    }
    let bundled = differences(&before, &essence(&through_a_bundle(article)));
    wrong.extend(bundled.into_iter().map(|d| format!("bundle {d}")));
    if let Ok(dir) = std::env::var("ROUND_TRIP_OUT") {
        let _ = std::fs::write(Path::new(&dir).join(name.replace('/', "_") + ".md"), text);
    }
    wrong.truncate(8);
    wrong.into_iter().map(|w| format!("{name}: {w}")).collect()
}

fn files_below(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![dir.to_owned()];
    while let Some(dir) = open.pop() {
        let Ok(entries) = std::fs::read_dir(&dir) else { continue };
        for path in entries.filter_map(|e| Some(e.ok()?.path())) {
            let extension = path.extension().and_then(|e| e.to_str()).unwrap_or("");
            match extension {
                "md" | "qmd" | "markdown" | "txt" | "textpack" | "html" | "json" | "gz" => found.push(path),
                "textbundle" => found.push(path),
                _ if path.is_dir() => open.push(path),
                _ => {}
            }
        }
    }
    found.sort();
    found
}

/// A file, unpacked where it is packed.
fn open(path: &Path) -> Option<Article> {
    if path.extension().is_some_and(|e| e == "gz") {
        let page = Command::new("gzip").arg("-dc").arg(path).output().unwrap().stdout;
        return read(Source::bytes("page.html", page).ok()?).ok();
    }
    Source::open(path).and_then(read).ok()
}

/// Opens everything below these folders, takes it there and back, and prints how much came back the same.
fn round_trips(root: &Path, folders: &[&str]) {
    let mut wrong = Vec::new();
    let (mut count, mut same) = (0, 0);
    for path in folders.iter().flat_map(|folder| files_below(&root.join(folder))) {
        let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
        let Some(article) = open(&path) else { continue };
        count += 1;
        let found = check(&name, &article);
        same += usize::from(found.is_empty());
        let explained = EXPLAINED.iter().any(|(file, _)| name.ends_with(file));
        if explained {
            assert!(!found.is_empty(), "{name} comes back the same: take it off the list");
        } else {
            wrong.extend(found);
        }
    }
    println!("{}: {same} of {count} come back the same", root.file_name().unwrap().display());
    assert!(count > 0, "nothing to read in {}", root.display());
    assert!(wrong.is_empty(), "{} differences in {count} files:\n{}", wrong.len(), wrong.join("\n"));
}

/// Text as hostile to a writer of Markdown as can be: signs, spaces, line starts, keys.
fn words() -> impl Strategy<Value = String> {
    let sign = prop::sample::select(vec![
        "*",
        "**",
        "_",
        "__",
        "`",
        "``",
        "[",
        "]",
        "(",
        ")",
        "<",
        ">",
        "&amp;",
        "&",
        "#",
        "##",
        "-",
        "--",
        "---",
        "+",
        "=",
        "===",
        "|",
        "~",
        "~~",
        "~~~",
        "$",
        "$$",
        "^",
        "!",
        "@",
        "@a",
        "@{",
        "}",
        "{#x}",
        "{.c}",
        ":",
        ":::",
        ": x",
        "\\",
        "\"",
        "'",
        "1.",
        "2)",
        "[^n]",
        "[^n]:",
        "[@a]",
        "^[x]",
        "![",
        "](",
        "<b>",
        "<!--",
        "<div>",
        "http://a.example/",
        "---",
        "[x]",
        "[ ]",
        "[!NOTE]",
        "\t",
        "é",
        "漢",
        "“",
        "”",
        "e\u{301}",
        "www.",
        "a@b.c",
        "Table: ",
    ]);
    let word = prop_oneof![3 => Just(" ".to_owned()), 3 => "[a-z]{1,3}", 4 => sign.prop_map(str::to_owned), 1 => Just("\n".to_owned())];
    prop::collection::vec(word, 1..14).prop_map(|words| words.concat())
}

/// A stretch of text and what marks it.
fn stretches() -> impl Strategy<Value = Vec<(String, u8)>> {
    prop::collection::vec((words(), 0u8..14), 1..5)
}

fn paragraph(stretches: &[(String, u8)]) -> Draft {
    let mut draft = Draft::default();
    for (text, kind) in stretches {
        let start = draft.len();
        draft.push(text);
        let mark = match kind {
            0 => Mark::Emphasis,
            1 => Mark::Strong,
            2 => Mark::Struck,
            3 => Mark::Code,
            4 => Mark::Superscript,
            5 => Mark::Link("https://a.example/(x)".into()),
            6 => Mark::Highlight,
            7 => {
                let cites = vec![DraftCite::new(To::Reference("a".into()))];
                draft.push_marker(DraftMarker { cites, ..DraftMarker::default() });
                continue;
            }
            8 => {
                let cites = vec![DraftCite::new(To::Note("n".into()))];
                draft.push_marker(DraftMarker { cites, ..DraftMarker::default() });
                continue;
            }
            9 => Mark::Underline,
            _ => continue,
        };
        draft.mark(start, mark);
        if kind % 2 == 0 && draft.len() > start + 4 {
            draft.mark_range(start + 1..draft.len() - 1, Mark::Strong);
        }
    }
    draft
}

/// A table of two columns with a text in it.
fn table(text: Draft) -> (Kind, Draft) {
    let mut draft = Draft::of("a\tb\n");
    let start = draft.len() as u32;
    draft.append(on_one_line(text));
    let end = draft.len() as u32;
    draft.push("\tc");
    let cells = vec![0..1, 2..3, start..end, end + 1..end + 2];
    (
        Kind::Table(Box::new(Table {
            cells,
            columns: vec![Align::Auto, Align::Right],
            header_rows: 1,
            ..Table::default()
        })),
        draft,
    )
}

/// A figure with a text as its caption.
fn figure(builder: &mut Builder, number: usize, text: Draft) -> (Kind, Draft) {
    let mut draft = Draft::of(&format!("Figure {number}. x"));
    draft.append(on_one_line(text));
    let caption = 0..draft.len() as u32;
    draft.push("\n");
    let start = draft.len() as u32;
    draft.push("What is \"seen\" & <more>");
    let description = start..draft.len() as u32;
    (Kind::Figure(Box::new(Figure { image: builder.link("a b.png"), caption, description })), draft)
}

/// A text without breaks or pictures of its own.
fn on_one_line(draft: Draft) -> Draft {
    let (text, marks) = draft.into_parts();
    let mut out = Draft::of("");
    out.push(&text.replace(['\n', '\t'], " "));
    marks.into_iter().for_each(|(range, mark)| out.mark_range(range, mark));
    out
}

/// An article with these paragraphs, each standing in something else.
fn article_of(paragraphs: &[(Vec<(String, u8)>, u8)]) -> Article {
    let mut builder = Builder::new("test");
    builder.title(Draft::of("Title"));
    builder.work("a", Default::default(), Draft::of("a."));
    builder.note_labels = NoteLabels::Letters;
    let item = |number, first| Nest::Item(Item { number, task: None, first, tight: true, width: 1 });
    let mut figures = 0;
    for (stretches, place) in paragraphs {
        let draft = paragraph(stretches);
        let caption = ["Table:", "table:", ":"].iter().any(|start| draft.as_str().trim().starts_with(start));
        // The one thing that cannot be said in Markdown: a marked paragraph that looks like the caption of a table.
        if draft.as_str().trim().is_empty() || (caption && !draft.marks().is_empty()) {
            continue;
        }
        let (kind, nest) = match place {
            0 => (Kind::Paragraph, vec![Nest::Quote]),
            1 => (Kind::Paragraph, vec![item(None, true)]),
            2 => (Kind::Paragraph, vec![item(Some(1), true)]),
            3 => (Kind::Code("rust".into()), vec![]),
            4 => {
                let one_line = draft.as_str().trim().replace(['\n', '\t'], " ");
                builder.heading(1, Draft::of(&one_line), None, vec![]);
                continue;
            }
            5 => (Kind::Paragraph, vec![Nest::Quote, item(None, true), item(Some(3), true)]),
            6 => {
                let (kind, draft) = table(draft);
                builder.block(kind, draft, vec![]);
                continue;
            }
            7 => {
                builder.block(Kind::Term, Draft::of("Term"), vec![]);
                (Kind::Paragraph, vec![Nest::Definition])
            }
            8 => {
                figures += 1;
                let (kind, draft) = figure(&mut builder, figures, draft);
                builder.block(kind, draft, vec![]);
                continue;
            }
            _ => (Kind::Paragraph, vec![]),
        };
        let draft = if matches!(kind, Kind::Code(_)) { Draft::of(draft.as_str()) } else { draft };
        builder.block(kind, draft, nest);
    }
    builder.begin_note("n");
    builder.block(Kind::Paragraph, Draft::of("Note."), vec![]);
    builder.end_note();
    let mut article = Article::default();
    article.append(builder.finish());
    article
}

/// The texts of an article's own blocks, white space as good as a space.
fn texts(article: &Article) -> Vec<String> {
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let trimmed = |text: &str| text.trim().lines().map(words).collect::<Vec<_>>().join("\n");
    let own =
        article.blocks.iter().filter(|b| !matches!(b.kind, Kind::Title | Kind::Byline | Kind::Entry(_)));
    own.map(|b| format!("{:?} {}", b.nest.len(), trimmed(b.text.as_str()))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text_survives(paragraphs in prop::collection::vec((stretches(), 0u8..12), 1..5)) {
        let article = article_of(&paragraphs);
        let (text, again) = through_markdown(&article);
        prop_assert_eq!(texts(&article), texts(&again), "{}", &text);
        let markers = |a: &Article| inspect::inspect(a)["markers"].to_string();
        prop_assert_eq!(markers(&article), markers(&again), "{}", &text);
    }
}

#[test]
fn the_cases_of_the_importers_come_back() {
    round_trips(Path::new(env!("CARGO_MANIFEST_DIR")), &["tests/import/pasted"]);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/pasted/short-notes.txt");
    let article = through_a_bundle(&read(Source::open(&path).unwrap()).unwrap());
    let work = article.references[0].parent.map(|p| &article.references[p.index()]).unwrap();
    let entry = work.entry.unwrap();
    assert!(article.block(entry).text.as_str().starts_with("Stone, Ada (1998)"));
    let section = article.section_of(entry).map(|s| article.section_title(s));
    assert_eq!((section, work.label.as_ref()), (Some("Bibliography"), ""), "the work stays where it stood");
}

#[test]
fn the_shipped_articles_come_back() {
    round_trips(Path::new(env!("CARGO_MANIFEST_DIR")), &["articles"]);
}

#[test]
fn real_articles_come_back() {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus"));
    if !root.is_dir() {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "the corpus is missing");
        eprintln!("skipped: the corpus is not there");
        return;
    }
    round_trips(root, &["markdown/articles", "pasted-text", "textbundle"]);
}

#[test]
fn pages_of_wikipedia_come_back() {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus/wikipedia-html"));
    if !root.is_dir() {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "the corpus is missing");
        eprintln!("skipped: the corpus is not there");
        return;
    }
    round_trips(root, &["legacy", "legacy-mobileview", "mobile-html", "parsoid", "parsoid-snippets", "pcs"]);
}

/// Saved pages of the web, packed ones too.
#[test]
fn pages_of_the_web_come_back() {
    let Some(root) = support::shared("corpus/web-articles") else { return };
    round_trips(&root, &["defuddle/fixtures", "distill", "readability", "article-extraction-benchmark/html"]);
}

/// What Markdown has no sign for: each of these was lost once.
const ODD: &str = r##"<div class="mw-parser-output">
<h2 id="foo=bar">Odd</h2>
<p>One line<br><br>and <code>x <a href="https://a.example/">y</a></code>, <i>a <i>b</i></i>.<sup
class="reference"><a href="#cite_note-1">[1]</a></sup></p>
<ul><li><p>Alone</p></li></ul>
<p>Between.</p>
<dl><dt>A term</dt></dl>
<p>After it, <a href="https://c.example/"><b>https://c.example/</b></a>.</p>
<table class="wikitable">
<tr><th rowspan="2">A</th><th colspan="2">B</th></tr>
<tr><th>C</th><th>D</th></tr>
<tr><td rowspan="2">1</td><td>2</td><td>3</td></tr>
<tr><td>4</td><td>5</td></tr>
<tr><td>6</td><td colspan="2">7</td></tr>
</table>
<ol class="references"><li id="cite_note-1"><span class="reference-text">On H<sub>2</sub>O at 10<sup>−3</sup></span></li></ol>
<h2 id="More">More</h2>
<p>More.<sup class="reference"><a href="#cite_note-2">[2]</a></sup></p>
<ol class="references"><li id="cite_note-2"><span class="reference-text"><i>It</i>, <a
href="https://b.example/">there</a>, 1<sup>st</sup></span></li></ol>
<p>The end.</p>
</div>"##;

#[test]
fn what_markdown_has_no_sign_for_comes_back() {
    let article = read(Source::bytes("odd.html", ODD.as_bytes().to_vec()).unwrap()).unwrap();
    assert_eq!(article.meta.format, "wikipedia-html");
    assert_eq!(check("odd", &article), [""; 0]);
    let table =
        article.blocks.iter().find_map(|b| if let Kind::Table(table) = &b.kind { Some(table) } else { None });
    let spans: Vec<(u32, u32, u32)> =
        table.unwrap().spans.iter().map(|s| (s.cell, s.rows, s.columns)).collect();
    assert_eq!(spans, [(0, 2, 1), (1, 1, 2), (6, 2, 1), (13, 1, 2)]);
    let listed: Vec<_> = article.references.iter().collect();
    let text = ibid::export::references(&article, Form::Text, &listed);
    assert_eq!(text, "[1] On H₂O at 10⁻³\n\n[2] It, there, 1ˢᵗ\n");
    let markdown = ibid::export::references(&article, Form::Markdown, &listed);
    let expected =
        "1. On H<sub>2</sub>O at 10<sup>−3</sup>\n2. *It*, [there](<https://b.example/>), 1<sup>st</sup>\n";
    assert_eq!(markdown, expected);
}
