//! Markdown: the cases, the parts, the specifications, the corpus.

use std::io::Cursor;
use std::path::{Path, PathBuf};

use ibid::article::citation::Author;
use ibid::article::{Article, Cite, Csl, Draft, Kind, MarkerId, Target};
use ibid::import::More;
use ibid::import::markdown::{Bibliography, Markdown, Sizes, Words, open, read};

use super::dump::dump;

/// Formulas are shown as their TeX, works as their titles: how they are put in words is tested elsewhere.
fn how(bibliography: Bibliography) -> Markdown {
    let title = |csl: &Csl| Draft::of(csl.get("title").and_then(|t| t.as_str()).unwrap_or("untitled"));
    let author = |csl: &Csl| {
        let name = csl.get("author").and_then(|a| a.get(0)?.get("family")?.as_str());
        name.unwrap_or("Anonymous").to_owned()
    };
    let words = Words { entry: title, author, formula: str::to_owned, display: str::to_owned };
    Markdown { name: "markdown", bibliography, words, sizes: Sizes::default(), origins: false }
}

fn whole(text: &str) -> Article {
    let mut article = Article::default();
    article.append(read(text, how(Bibliography::default())));
    article
}

/// Reads with a beginning of `head` bytes and parts of about `part`; with how often the beginning was read again.
fn in_parts(text: &str, head: usize, part: usize) -> (Article, usize) {
    let (head, rest) = text.split_at(text.floor_char_boundary(head));
    let rest = (!rest.is_empty()).then(|| Box::new(Cursor::new(rest.as_bytes().to_vec())) as _);
    let how = Markdown { sizes: Sizes { part, ..Sizes::default() }, ..how(Bibliography::default()) };
    let opening = open(head.to_owned(), rest, how);
    let mut article = Article::default();
    article.append(opening.first);
    let mut again = 0;
    for more in opening.rest.into_iter().flatten() {
        match more {
            More::Append(part) => article.append(part),
            More::Restart(part) => {
                again += 1;
                article = Article::default();
                article.append(part);
            }
            More::Told(what) => panic!("{what}"),
        }
    }
    (article, again)
}

fn cases() -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/markdown");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "md"));
    paths.sort();
    assert!(paths.len() > 10, "the cases are not where they should be");
    paths.into_iter().map(|path| (path.clone(), std::fs::read_to_string(path).unwrap())).collect()
}

#[test]
fn cases_become_what_they_should() {
    for (path, text) in cases() {
        let found = dump(&whole(&text));
        let expected = path.with_extension("expected");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&expected, &found).unwrap();
        }
        let wanted = std::fs::read_to_string(&expected).unwrap_or_default();
        assert_eq!(found, wanted, "{}", path.display());
    }
}

#[test]
fn cases_become_the_same_in_parts() {
    for (path, text) in cases() {
        let wanted = dump(&whole(&text));
        for (head, part) in [(1, 1), (40, 30), (200, 100), (400, 1)] {
            let (article, _) = in_parts(&text, head, part);
            assert_eq!(dump(&article), wanted, "{} with a head of {head}, parts of {part}", path.display());
        }
    }
}

#[test]
fn a_well_made_text_is_not_read_again() {
    let body = "A paragraph with a note[^1] and [a link](https://a.example).\n\n".repeat(100);
    let text = format!("# Title\n\n{body}\n[^1]: The note.\n");
    let (article, again) = in_parts(&text, 1000, 500);
    assert_eq!(again, 0);
    assert_eq!(article.markers.len(), 100);
    assert!((0..100).all(|id| article.resolved(MarkerId(id))));
}

#[test]
fn the_beginning_is_read_again_when_its_meaning_changes() {
    let body = "Words of a paragraph.\n\n".repeat(40);
    for (start, end) in [
        ("[a link][x].", "[x]: https://a.example"),
        ("[^nowhere].", "The end."),
        ("# Title", "# Another"),
        ("- an item\n- an item", "The end."),
    ] {
        let text = format!("{start}\n\n{body}{end}\n");
        let (article, again) = in_parts(&text, 200, 100);
        assert_eq!(again, usize::from(!start.starts_with('-')), "{start}");
        assert_eq!(dump(&article), dump(&whole(&text)), "{start}");
    }
}

fn corpus() -> Option<PathBuf> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus")).join("markdown");
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(std::env::var("CI").as_deref() != Ok("true"), "the corpus is missing");
    eprintln!("skipped: the corpus is not here");
    None
}

/// Examples of a specification: Markdown, and the HTML it stands for.
fn examples(text: &str) -> Vec<(String, String)> {
    let mut examples = Vec::new();
    let mut current: Option<(String, String, bool)> = None;
    for line in text.lines() {
        let fence = line.len() > 20 && line.starts_with("````````````````");
        match &mut current {
            None if fence && line.contains("example") => current = Some(Default::default()),
            None => {}
            Some(_) if fence => {
                let (markdown, html, _) = current.take().unwrap_or_default();
                examples.push((markdown.replace('→', "\t"), html.replace('→', "\t")));
            }
            Some((_, _, in_html)) if line == "." => *in_html = true,
            Some((markdown, html, in_html)) => {
                let into = if *in_html { html } else { markdown };
                into.push_str(line);
                into.push('\n');
            }
        }
    }
    examples
}

/// The words that some HTML shows: tags stripped, characters decoded, descriptions of pictures kept.
fn words_of_html(html: &str) -> Vec<String> {
    let mut text = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let end =
            ["<!--", "<?", "<![CDATA["].iter().zip(["-->", "?>", "]]>"]).find(|(s, _)| rest.starts_with(**s));
        let close = end.map_or(">", |(_, close)| close);
        let Some(end) = rest.find(close).map(|end| end + close.len()) else { break };
        let tag = &rest[..end];
        if let Some(alt) = tag.strip_prefix("<img").and_then(|tag| tag.split("alt=\"").nth(1)) {
            text.push_str(alt.split('"').next().unwrap_or(""));
        }
        let silent = ["script", "style"].into_iter().find(|name| tag.starts_with(&format!("<{name}")));
        rest = &rest[end..];
        if let Some(name) = silent {
            rest = rest.find(&format!("</{name}")).map_or("", |at| &rest[at..]);
        }
        let inline =
            ["a", "em", "strong", "code", "del", "sup", "sub", "b", "i", "bab", "c2c", "x", "y", "/"];
        let name = tag.trim_matches(['<', '>', '/']).split([' ', '\n', '/']).next().unwrap_or("");
        if !inline.contains(&name) && !tag.starts_with("<img") {
            text.push(' ');
        }
    }
    text.push_str(rest);
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    words(&text)
}

fn words(text: &str) -> Vec<String> {
    let apart = |c: char| c.is_whitespace();
    let mut words: Vec<_> = text.split(apart).filter(|w| !w.is_empty()).map(str::to_owned).collect();
    words.sort();
    words
}

fn words_of(article: &Article) -> Vec<String> {
    let texts: Vec<_> = article.blocks.iter().map(|b| b.text.as_str()).collect();
    words(&texts.join("\n"))
}

/// Where words differ from those of the expected HTML, and no text is lost.
const ACCEPTED: [(&str, usize, &str); 12] = [
    ("commonmark-spec", 477, "a picture without description shows its file name, joined to the word before"),
    ("commonmark-spec", 493, "a tag over two lines parts no words"),
    ("commonmark-spec", 618, "a tag whose attributes hold tags: the comparison takes it apart wrongly"),
    ("gfm-spec", 484, "as 477 of CommonMark"),
    ("gfm-spec", 500, "as 493 of CommonMark"),
    ("gfm-spec", 635, "as 618 of CommonMark"),
    ("gfm-spec", 645, "a comment, since CommonMark 0.31"),
    ("gfm-spec", 646, "comments, since CommonMark 0.31"),
    ("gfm-spec", 653, "GitHub shows some tags as text; they are tags"),
    ("gfm-extensions", 22, "as 653"),
    ("gfm-extensions", 23, "markers stand in brackets; notes have no arrows back"),
    ("gfm-regression", 13, "as 23"),
];

#[test]
fn specifications_are_read_without_loss_of_text() {
    let Some(folder) = corpus() else { return };
    let mut lost = Vec::new();
    let mut count = 0;
    for name in ["commonmark-spec", "gfm-spec", "gfm-extensions", "gfm-regression", "cmark-regression"] {
        let text = std::fs::read_to_string(folder.join(format!("specs/{name}.txt"))).unwrap();
        for (number, (markdown, html)) in examples(&text).into_iter().enumerate() {
            count += 1;
            let mut shown = words_of(&whole(&markdown));
            let missing: Vec<_> = words_of_html(&html)
                .into_iter()
                .filter(|word| match shown.binary_search(word) {
                    Ok(at) => {
                        shown.remove(at);
                        false
                    }
                    Err(_) => true,
                })
                .collect();
            let accepted = ACCEPTED.iter().any(|(spec, at, _)| *spec == name && *at == number + 1);
            assert!(!accepted || !missing.is_empty(), "{name} {} is accepted for nothing", number + 1);
            if !missing.is_empty() && !accepted {
                lost.push(format!("{name} {}: {missing:?} of {markdown:?}", number + 1));
            }
        }
    }
    assert!(count > 1300, "only {count} examples");
    assert!(lost.is_empty(), "{} lost:\n{}", lost.len(), lost.join("\n"));
}

/// Counts of the corpus, as far as they say something of the text and not of its source: the file, headings
/// (title and Notes among them), tables, markers of notes, citations, formulas.
const COUNTS: [(&str, [usize; 5]); 10] = [
    ("joss-AdaptiveResonance.jl/paper.md", [15, 0, 0, 13, 1]),
    ("pandoc-MANUAL.md", [256, 0, 4, 0, 0]),
    ("pandoc-markdown-citations.md", [3, 0, 3, 11, 0]),
    ("quarto/article-layout.qmd", [26, 0, 2, 0, 3]),
    ("quarto/citations.qmd", [9, 0, 0, 6, 0]),
    ("rust-blog/inside-rust__all-hands-2026-retrospective.md", [4, 0, 9, 0, 0]),
    ("rust-book/appendix-02-operators.md", [3, 10, 0, 0, 0]),
    ("rust-rfcs/3498-lifetime-capture-rules-2024.md", [39, 1, 3, 0, 0]),
    ("rust-rfcs/3559-rust-has-provenance.md", [16, 0, 5, 0, 0]),
    ("rust-rfcs/3668-async-closures.md", [36, 0, 4, 0, 0]),
];

#[test]
fn articles_of_the_corpus_have_what_was_counted() {
    let Some(folder) = corpus() else { return };
    for (name, expected) in COUNTS {
        let article = whole(&std::fs::read_to_string(folder.join("articles").join(name)).unwrap());
        let blocks = |wanted: fn(&Kind) -> bool| article.blocks.iter().filter(|b| wanted(&b.kind)).count();
        let notes = article.markers.iter().filter(|m| matches!(m.cites[0].target, Target::Note(_))).count();
        let found = [
            blocks(|k| matches!(k, Kind::Heading(_) | Kind::Title)),
            blocks(|k| matches!(k, Kind::Table(_))),
            notes,
            article.markers.len() - notes,
            article.formulas.len(),
        ];
        assert_eq!(found, expected, "{name}");
    }
}

/// The citations of a `.native` file of pandoc's: for each, the keys and how the author is named.
fn native(text: &str) -> Vec<String> {
    let groups = text.split("Cite\n").skip(1).map(|group| {
        let cites = group.split("{ citationId = \"").skip(1).map(|cite| {
            let key =
                cite.split('"').next().unwrap_or("").replace("\\1087\\1091\\1085\\1082\\1090\\&", "пункт");
            let mode = cite.split("citationMode = ").nth(1).and_then(|m| m.split_whitespace().next());
            format!("{key} {}", mode.unwrap_or(""))
        });
        cites.collect::<Vec<_>>().join(", ")
    });
    let mut groups: Vec<_> = groups.collect();
    groups.sort();
    groups
}

#[test]
fn citations_are_those_that_pandoc_finds() {
    let Some(folder) = corpus() else { return };
    let path = folder.join("articles/pandoc-markdown-citations.md");
    let works = ["item1", "item2", "пункт3"].map(|key| (key.to_owned(), Csl::new()));
    let bibliography = Bibliography { works: works.to_vec(), ..Bibliography::default() };
    let mut article = Article::default();
    article.append(read(&std::fs::read_to_string(&path).unwrap(), how(bibliography)));
    let key = |cite: &Cite| match &cite.target {
        Target::Reference(id) => Some(article.references[id.index()].id.to_string()),
        Target::Missing(key) => Some(key.to_string()),
        Target::Note(_) => None,
    };
    let show = |cite: &Cite| {
        let mode = match cite.detail.as_ref().map(|d| d.author).unwrap_or_default() {
            Author::Styled => "NormalCitation",
            Author::Suppressed => "SuppressAuthor",
            Author::InText => "AuthorInText",
        };
        Some(format!("{} {mode}", key(cite)?))
    };
    let groups =
        article.markers.iter().map(|m| m.cites.iter().filter_map(show).collect::<Vec<_>>().join(", "));
    let mut groups: Vec<_> = groups.filter(|g| !g.is_empty()).collect();
    groups.sort();
    assert_eq!(groups, native(&std::fs::read_to_string(path.with_extension("native")).unwrap()));
}

/// Pieces of Markdown that may meet in any order.
const SNIPPETS: [&str; 44] = [
    "# Heading one\n\n",
    "## Heading two {#two}\n\n",
    "Setext\n===\n\n",
    "A paragraph with *stress*[^1] and [a link][ref].\n\n",
    "Two\nlines[^2] of [shortcut] text[^none].\n\n",
    "[^1]: The first note.\n\n",
    "[^1]: Once more.\n",
    "[^2]: A note[^3]\n\n    with two paragraphs\n\n    - and a list\n\n",
    "[^3]:\n    ```\n    code\n    ```\n\n",
    "[ref]: https://one.example\n\n",
    "[ref]: https://two.example\n[shortcut]: https://three.example\n\n",
    "- item\n- item\n",
    "- loose\n\n- item\n\n  second\n\n",
    "1. one\n2. two\n   - nested\n\n",
    "10) ten\n\n",
    "- ```\n  fenced\n\n  in an item\n  ```\n\n",
    "- ```\n  never closed\n\n",
    "* [ ] task\n* [x] done\n\n",
    "> quote\nlazy\n\n",
    "> - list in a quote[^1]\n>\n> [^3]: in a quote\n\n",
    "```rust\nfn main() {}\n\n# no heading\n[^1]: no note\n```\n\n",
    "~~~~\n```\n~~~\n\n~~~~\n\n",
    "    indented\n\n    code\n\n",
    "<div>\n```\n</div>\n\n",
    "<!-- comment\n\n# hidden\n-->\n\n",
    "<pre>\n\nkept\n\n</pre>\n\n",
    "<p>html <b>bold</b></p>\n\n",
    "| a | b[^2] |\n|---|---|\n| 1 | 2 |\n\n",
    "Table: Caption {#tbl}\n\n",
    ": Caption after\n\n",
    "Term\n: definition\n\n",
    "Term\n\n:   definition\n\n    more\n\n",
    "![figure](a.png \"described\"){#fig}\n\n",
    "$$\nx\n$$ {#eq}\n\n",
    "Inline $x$ and ^[a note in place[^1]].\n\n",
    "[@key, p. 3] and @key and [see @a; @b]\n\n",
    "::: {.note}\nin a div\n:::\n\n",
    ":smile: words\n\n",
    "---\n\n",
    "***\n",
    "a line\n",
    "\n\n\n",
    "  \n",
    "\u{a0}odd \u{2028} characters \u{202e}\u{1b}[31m ￼\n\n",
];

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 600, failure_persistence: None, ..Default::default() })]
    #[test]
    fn parts_make_the_same_article(
        picked in proptest::collection::vec(0..SNIPPETS.len(), 1..30),
        head in 1..300_usize,
        part in 1..300_usize,
    ) {
        let text: String = picked.iter().map(|&at| SNIPPETS[at]).collect();
        let (article, again) = in_parts(&text, head, part);
        proptest::prop_assert!(again <= 1);
        proptest::prop_assert_eq!(dump(&article), dump(&whole(&text)), "{:?}", text);
    }
}
