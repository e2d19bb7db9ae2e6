//! What is found, and where: every finding points at what it speaks of.

use std::fs;

use proptest::prelude::*;

use super::*;

/// What is found in a file of this name and text.
fn found(name: &str, text: &str) -> Vec<Line> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    let document = Document::open(path.as_os_str()).unwrap();
    let args = Args { files: vec![], format: Format::Text, select: vec![], ignore: vec![], fix: false };
    report::lines(&document, findings(&document, &args))
}

fn shown(name: &str, text: &str) -> Vec<String> {
    let show = |l: Line| format!("{}:{} {}: {}", l.line.unwrap_or(0), l.column.unwrap_or(0), l.kind, l.what);
    found(name, text).into_iter().map(show).collect()
}

/// The text from a position on.
fn from(text: &str, line: &Line) -> String {
    let mut lines = text.split('\n').skip(line.line.unwrap() as usize - 1);
    let rest: Vec<&str> = lines.by_ref().collect();
    rest.join("\n").chars().skip(line.column.unwrap() as usize - 1).collect()
}

#[test]
fn an_article_without_faults_has_no_findings() {
    let text = "# T\n\nText[^n] and [a link](#part), <a@b.example>, `@code`, $a@b$, \\@handle, a@b.example and @fig-x.\n\n\
                ![x](data:,x){#fig-x}\n\n## Part\n\n[Up](#T) [down](#top) [out](../x.md) [b](https://a.example)\n\n[^n]: Note.\n";
    assert_eq!(shown("a.md", &text.replace("#T", "#t")), [""; 0]);
}

#[test]
fn each_fault_is_found_where_it_is() {
    let cases = [
        ("é x[^gone]", "1:4 dangling-marker: [^gone] is not defined"),
        ("x\n\n[^n]: Note.", "3:1 unused-note: [^n] is written, but never cited"),
        ("x [x](#gone)", "1:3 broken-link: a link leads to #gone, which is not there"),
        ("> x [*x*](a/b.md#c)", "1:5 broken-link: a link leads to a/b.md#c, which is not there"),
        ("- ![x](x.png)", "1:3 missing-file: the picture x.png is not there"),
        ("# T\n\n### Deep", "3:1 skipped-level: a heading of level 3 follows one of level 1"),
        ("# T\n\n## A\n\n#### B", "5:1 skipped-level: a heading of level 4 follows one of level 2"),
        ("---\na: [\n---\n\nText", "1:1 complaint: the front matter is no YAML: "),
        ("a ^[note [^b]]", "1:10 dangling-marker: [^b] is not defined"),
        ("| a |\n|---|\n| é [@b] |", "3:6 dangling-marker: @b is cited, but there is no bibliography"),
        (":a\n::: x\n:b [@c]", "3:5 dangling-marker: @c is cited, but there is no bibliography"),
        ("# A [@b]\n\nx", "1:6 dangling-marker: @b is cited, but there is no bibliography"),
        ("x[^a][^a]\n\n[^a]: n", "1:6 duplicate-marker: [^a] is cited twice in one place"),
        ("x[^a]\n\n[^a]: n\n\n[^A]: m", "5:1 duplicate-note: [^a] is defined twice: first on line 3"),
        (
            "---\ntitle: A [see @b]\n---\n\nx",
            "2:15 dangling-marker: @b is cited, but there is no bibliography",
        ),
        ("[[@b]]{label=x}", "1:3 dangling-marker: @b is cited, but there is no bibliography"),
        ("[x[^y]](#z)\n\n[^y]: n", "1:1 broken-link: a link leads to #z, which is not there"),
    ];
    for (text, expected) in cases {
        let found = shown("a.md", text);
        assert!(found.len() == 1 && found[0].starts_with(expected), "{text:?}: {found:?}");
    }
}

#[test]
fn places_hold_in_a_long_text_of_any_encoding() {
    let mut text = "---\ntitle: T\n---\n\n".to_owned();
    while text.len() < 1_300_000 {
        text.push_str("Some words é.\n\n::: note\n:colon *and* words\n:::\n\n");
    }
    text.push_str("é [@gone]\n");
    let line = text.lines().count();
    let expected = [format!("{line}:4 dangling-marker: @gone is cited, but there is no bibliography")];
    assert_eq!(shown("a.md", &text), expected);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.md");
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    fs::write(&path, units.flat_map(u16::to_le_bytes).collect::<Vec<u8>>()).unwrap();
    let document = Document::open(path.as_os_str()).unwrap();
    let lines = report::lines(&document, markers::findings(&document));
    assert_eq!((lines[0].line, lines[0].column), (u32::try_from(line).ok(), Some(4)));
}

#[test]
fn who_only_reads_keeps_no_origins() {
    let source = crate::import::Source::bytes("a.md", b"# A\n\nx [@b] [y](#z)\n".to_vec()).unwrap();
    assert!(crate::import::read(source).unwrap().origins.is_none());
}

#[test]
fn what_would_read_otherwise_is_not_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.md");
    let text = "A paragraph [@a; @a].\n\nB [@A].\n\n[^n]: x\n\n[^n]: x\n";
    fs::write(&path, text).unwrap();
    let document = Document::open(path.as_os_str()).unwrap();
    let edit = |put: &str| finding::Edit {
        range: text.find("A]").map(|at| at..at + 1).unwrap(),
        put: put.into(),
        what: "".into(),
    };
    let same = |changed: &str| prove::article(&document, changed, &[&edit("")]);
    assert!(same(text) && same(&text.replace("[@a; @a]", "[@a]")));
    assert!(same("A paragraph [@a].\n\nB [@A].\n\n[^n]: x\n"));
    assert!(!same(&text.replace("[@a; @a]", "[@b]")) && !same(&text.replace(".\n\nB", ".\nB")));
    assert!(!same(&text.replace("paragraph", "Paragraph")) && !same(&text.replace("[@A]", "[@a]")));
    assert!(prove::article(&document, &text.replace("[@A]", "[@a]"), &[&edit("a")]));

    let bib = "@misc{a, title={A}}\n@misc{a, title={A}}\n@misc{b, title={B}}\n";
    let second = finding::Edit { range: 20..40, put: String::new(), what: String::new() };
    assert!(prove::works(bib, &[&bib[..20], &bib[40..]].concat(), &[&second]));
    assert!(!prove::works(bib, &bib[..40], &[&second]) && !prove::works(bib, &bib[..20], &[&second]));
}

#[test]
fn a_page_without_keys_is_looked_through_too() {
    let text = "A title\n\nCites [1][1], and that\n[2].\n\nReferences\n\n[1] Doe. Work.\n[2] Roe. Work.\n[3] Poe. Work.\n";
    let expected = [
        "3:10 duplicate-marker: [1] is cited twice in one place",
        "10:5 unused-reference: [3] is listed, but never cited",
    ];
    assert_eq!(shown("a.txt", text), expected);
}

#[test]
fn a_line_behind_a_tag_that_stands_alone_holds_no_links() {
    let text = "> <img src=\"k.png\">\n> [*w* @x](#k)\n";
    let expected = [
        "1:3 missing-file: the picture k.png is not there",
        "2:8 dangling-marker: @x is cited, but there is no bibliography",
    ];
    assert_eq!(shown("a.md", text), expected);
}

/// A stretch of a document, with what is wrong in it: how the place of each fault begins.
fn stretch() -> impl Strategy<Value = (String, Vec<String>)> {
    let noise = prop::sample::select(vec![
        "",
        "é ",
        "*a* ",
        "&amp; ",
        "\\@x ",
        "a\u{ad}b ",
        "`@y` ",
        "$x^2$ ",
        "\u{202e}q ",
        "e\u{301} ",
        "[x]{.mark} ",
        "<b>t</b> ",
        "😀 ",
        "a@b.example ",
        "c <!-- c -->  ",
        "::: ",
        "~~s~~ ",
        "&#91; ",
        "[^ok] ",
        "^[in *place*] ",
    ]);
    let fault = (prop::sample::select(vec![0_u8, 1, 2, 3, 4, 5, 6]), any::<u16>());
    (noise.clone(), fault, noise).prop_map(|(before, (kind, n), after)| {
        let (text, begins) = match kind {
            0 => (format!("[see @k{n}, p. 3; and @l{n}]"), vec![format!("@k{n}"), format!("@l{n}")]),
            1 => (format!("[^k{n}]"), vec![format!("[^k{n}]")]),
            2 => (format!("[*w* @x](#k{n})"), vec![format!("[*w* @x](#k{n})")]),
            3 => (format!("![d](k{n}.png)"), vec![format!("![d](k{n}.png)")]),
            4 => (format!("**[-@{{k {n}}}]**"), vec![format!("@{{k {n}}}")]),
            5 => (format!("<img src=\"k{n}.png\">"), vec![format!("<img src=\"k{n}.png\">")]),
            _ => (format!("^[n [@k{n}]]"), vec![format!("@k{n}")]),
        };
        (format!("{before}{text} {after}"), begins)
    })
}

/// What the stretches stand in.
fn document() -> impl Strategy<Value = (String, Vec<String>)> {
    let frame = prop::sample::select(vec![
        "%\n\n",
        "> %\n> %\n\n",
        "- %\n\n  %\n\n",
        "1. %\n   > %\n\n",
        "## %\n\n",
        "| a | b |\n|---|---|\n| % | % |\n\n",
        "<div>\n\n%\n\n</div>\n\n",
        "<p>%</p>\n\n",
        "term\n:   %\n\n",
        "[^d#]: %\n\n    %\n\nx[^d#]\n\n",
        ":::\n%\n:::\n\n",
        ":w %\n::w %\n\n",
        "---\n\n%\n\n",
    ]);
    let ends = prop::sample::select(vec!["\n", "\r\n"]);
    let blocks = prop::collection::vec((frame, stretch(), stretch()), 1..8);
    (blocks, ends).prop_map(|(blocks, end)| {
        let (mut text, mut begins) = ("# T\n\nx[^ok]\n\n[^ok]: n\n\n".to_owned(), Vec::new());
        for (at, (frame, one, two)) in blocks.into_iter().enumerate() {
            let frame = frame.replace('#', if frame.starts_with("##") { "#" } else { "" });
            let frame = frame.replace("[^d", &format!("[^d{at}"));
            let mut parts = frame.split('%');
            text.push_str(parts.next().unwrap());
            // HTML holds no Markdown but citations and notes.
            let html = frame.starts_with("<p>");
            for (part, (words, faults)) in parts.zip([one, two]) {
                if !html {
                    // Alone on its line a tag makes the line behind it HTML.
                    let alone = words.starts_with("<img") && words.trim_end().ends_with('>');
                    text.push_str(if alone && part == "\n> " { "i " } else { "" });
                    text.push_str(&words);
                    begins.extend(faults);
                }
                text.push_str(part);
            }
        }
        (text.replace('\n', end), begins)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]
    #[test]
    fn every_finding_points_at_what_it_speaks_of((text, begins) in document()) {
        let lines = found("a.md", &text);
        let told: Vec<&Line> = lines.iter()
            .filter(|l| matches!(l.kind, Kind::DanglingMarker | Kind::BrokenLink | Kind::MissingFile)).collect();
        let mut places: Vec<String> = told.iter().map(|line| from(&text, line)).collect();
        for begin in begins {
            let at = places.iter().position(|place| place.starts_with(&begin));
            prop_assert!(at.is_some(), "{} is not pointed at in {:?}: {:?}", begin, text, lines);
            places.remove(at.unwrap());
        }
        prop_assert!(places.is_empty(), "nothing is wrong at {:?} in {:?}", places, text);
    }
}
