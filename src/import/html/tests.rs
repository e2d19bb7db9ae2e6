//! HTML becomes blocks: one small page for each thing that the walker knows.

use super::{Html, Page, Walker};
use crate::article::{Article, Builder, InlineKind, Kind, Nest};

fn article(html: &str) -> Article {
    let page = Page::parse(html).unwrap();
    let mut walker = Walker::new(&page, Html, Builder::new("test"));
    walker.read(&page.body());
    let mut article = Article::default();
    article.append(walker.finish());
    article
}

/// Blocks in lines: what they stand in, their kind, their text.
fn read(html: &str) -> String {
    let article = article(html);
    let lines = article.blocks.iter().map(|block| {
        let nest: String = block
            .nest
            .iter()
            .map(|nest| match nest {
                Nest::Quote => "> ".to_owned(),
                Nest::Item(item) if !item.first => "  ".to_owned(),
                Nest::Item(item) => {
                    let sign = item.number.map_or("-".to_owned(), |n| format!("{n}."));
                    let task = item.task.map_or("", |done| if done { "[x] " } else { "[ ] " });
                    format!("{sign}{} {task}", if item.tight { "" } else { "~" })
                }
                Nest::Definition => ": ".to_owned(),
                _ => "? ".to_owned(),
            })
            .collect();
        let kind = match &block.kind {
            Kind::Paragraph => String::new(),
            Kind::Heading(level) => format!("h{level} "),
            Kind::Code(language) => format!("code {language} "),
            Kind::Table(table) => format!("table {}x{} ", table.columns.len(), table.header_rows),
            other => format!("{other:?}").split(['(', ' ']).next().unwrap_or("").to_lowercase() + " ",
        };
        format!("{nest}{kind}{}", block.text.as_str().replace('\n', "⏎").replace('\t', "⇥"))
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn html_becomes_blocks() {
    let cases = [
        ("<p>one\n two<p>three <b>four </b> five", "one two\nthree four five"),
        ("<div>a<div>b</div>c</div>", "a\nb\nc"),
        ("<h2>A <i>b</i></h2><p>c</p><h3>d</h3>", "h2 A b\nc\nh3 d"),
        ("<ul><li>a<li>b<ul><li>c</ul>d</ul>", "- a\n- b\n  - c\n  d"),
        ("<ol start=3><li>a<li value=7>b<li><p>c<p>d</ol>", "3.~ a\n7.~ b\n8.~ c\n  d"),
        ("<ul><li><input type=checkbox checked> a<li><input type=checkbox>b</ul>", "- [x] a\n- [ ] b"),
        ("<dl><dt>a<dt>b<dd>c<dd>d</dl><dl><dd>e</dl><dl><dt>f</dl>", "term a\nterm b\n: c\n: d\ne\nf"),
        ("<blockquote>a<p>b</blockquote>", "> a\n> b"),
        ("<pre class=language-rust>\nlet a;\n  b &lt; c\n</pre>", "code rust let a;⏎  b < c"),
        ("<pre><code class='lang-c'>a<br>b</code></pre>", "code c a⏎b"),
        ("a<br>b<br><br>c<hr>d", "a⏎b\nc\nrule \nd"),
        (
            "a<script>b</script><style>c</style><p hidden>d<p style='display: none'>e<template>f</template>",
            "a",
        ),
        ("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby> <q>x</q>", "漢(kan) “x”"),
        ("<details><summary>More</summary>text</details>", "More\ntext"),
        ("<p>x <math><mfrac><mi>a</mi><mi>b</mi></mfrac></math> y", "x a/b y"),
        ("<select><option>a</select><button>b</button>c", "c"),
    ];
    for (html, expected) in cases {
        assert_eq!(read(html), expected, "{html}");
    }
}

#[test]
fn tables_keep_their_spans_and_heads() {
    let cases = [
        (
            "<table><caption>C</caption><tr><th>a<th>b<tr><td rowspan=2>1<td>2<tr><td>3</table>",
            "table 2x1 a⇥b⏎1⇥2⏎⇥3\ncaption C",
        ),
        ("<table><thead><tr><td>a<td colspan=2>b</thead><tr><td>1<td>2<td>3</table>", "table 3x1 a⇥b⇥⏎1⇥2⇥3"),
        ("<table><tr><td>only a column<tr><td>of text</table>", "only a column\nof text"),
        ("<table><tr><td><h2>Page</h2><p>text<td>menu</table>", "h2 Page\ntext\nmenu"),
        ("<table role=presentation><tr><td>a<td>b<tr><td>c<td>d</table>", "a\nb\nc\nd"),
        (
            "<table><tr><th>a<th>b<tr><td>x<br>y<ul><li>p<li>q</ul><td><table><tr><td>in</table></table>",
            "table 2x1 a⇥b⏎x y p · q⇥in",
        ),
        ("<table><tr><th>k<td>v<tr><th>l<td>w</table>", "table 2x0 k⇥v⏎l⇥w"),
    ];
    for (html, expected) in cases {
        assert_eq!(read(html), expected, "{html}");
    }
}

#[test]
fn pictures_are_figures_or_words() {
    let cases = [
        (
            "<figure><img src=a.png alt='A cat'><figcaption>One <b>cat</b></figcaption></figure>",
            "figure One cat⏎A cat",
        ),
        ("<figure><img src=a.png alt='One cat'><figcaption>One cat</figcaption></figure>", "figure One cat"),
        ("<p><a href=b><img src=a.png alt=Alone></a></p>", "figure Alone"),
        ("<p>An <img src=a.png alt=icon> in a line", "An icon in a line"),
        ("<p><img src=a.png> <p>x <img src=b.png> y", "figure \nx y"),
        ("<p>x<img src=a.gif width=1 height=1>", "x"),
        ("<noscript><img src=a.png alt=Late></noscript><span class=lazy></span>", "figure Late"),
        ("<figure><pre>code</pre><figcaption>What</figcaption></figure>", "code  code\ncaption What"),
    ];
    for (html, expected) in cases {
        assert_eq!(read(html), expected, "{html}");
    }
}

#[test]
fn links_lead_to_places_and_addresses() {
    let page = "<base href='https://a.example/dir/'><link rel=canonical href='page?q'>\
        <p><a href='#caf%C3%A9'>1</a> <a href='page?q#b'>2</a> <a href=other>3</a> <a href='javascript:x'>4</a> \
        <a href='//b.example'>5</a><p id=café>x<p>y<span id=b>z</span>";
    let article = article(page);
    assert_eq!(
        article.links.iter().map(|l| &**l).collect::<Vec<_>>(),
        ["#café", "#b", "https://a.example/dir/other", "https://b.example/"]
    );
    let saved = self::article("<p><a href='part2.html#b'>1</a> <a href='#nowhere'>2</a>");
    assert_eq!(saved.links.iter().map(|l| &**l).collect::<Vec<_>>(), ["part2.html#b", "#nowhere"]);
    let place = |name: &str| article.anchors.get(name).map(|p| (p.block.0, p.byte));
    assert_eq!((place("café"), place("b")), (Some((1, 0)), Some((2, 1))));
}

#[test]
fn marks_are_kept() {
    let article = article(
        "<p><em>a</em><strong>b</strong><del>c</del><kbd>d</kbd><mark>e</mark><code>f</code>\
        <sup>g</sup><sub>h</sub><span style='font-variant: small-caps'>i</span>",
    );
    let kinds: Vec<_> = article.blocks[0].text.inlines().iter().map(|i| i.kind).collect();
    use InlineKind as K;
    assert_eq!(
        kinds,
        [
            K::Emphasis,
            K::Strong,
            K::Struck,
            K::Underline,
            K::Highlight,
            K::Code,
            K::Superscript,
            K::Subscript,
            K::SmallCaps
        ]
    );
}

#[test]
fn nesting_is_bounded() {
    let deep = format!("{}x{}", "<div><blockquote>".repeat(3000), "</blockquote></div>".repeat(3000));
    let found = article(&deep);
    assert_eq!(found.blocks.len(), 1);
    assert!(found.blocks[0].nest.len() <= 64 && found.complaints.len() == 2, "{:?}", found.complaints);
    let wide = format!("<table>{}</table>", "<tr><td colspan=1000>a<td rowspan=0>b<td>c".repeat(3000));
    assert!(!article(&wide).is_empty());
}
