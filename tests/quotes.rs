//! Passages on their way out: whole words, their citations, and what each form makes of them.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use ibid::article::{
    Align, Article, BlockId, Builder, Draft, DraftCite, DraftMarker, Item, Kind, Mark, MarkerId, Nest, Place,
    Table, Target, To,
};
use ibid::export::markdown;
use ibid::export::quote::{Form, quote};
use ibid::import::{Source, read};
use proptest::prelude::*;

const ARTICLE: &str = r#"---
title: "On *Water*"
source: "https://example.org/water"
references:
  - {"id":"doe-2020","type":"book","title":"The Book & its <i>Water</i>","author":[{"family":"Doe","given":"Jane"}],"issued":{"date-parts":[[2020]]}}
  - {"id":"roe_1999","type":"article-journal","title":"Rain","container-title":"Journal","author":[{"family":"Roe"}]}
---

# Rain

Rain falls *often*, and **hard**.[@doe-2020, p. 4; see @roe_1999] As @doe-2020 says, `a_b` costs 5% & more.[^dry] See [the next](#next).

- one item with $x^2$
- two[@roe_1999]
  1. nested

> A quote inside.

```rust
* star
```

| A | B |
|---|---|
| a | b_c |

# Next

More text here.

[^dry]: Except in deserts.[@roe_1999]
"#;

fn opened(text: &str) -> Article {
    read(Source::bytes("a.md", text.as_bytes().to_vec()).unwrap()).unwrap()
}

/// The place where a word begins, and the place where it ends.
fn word(article: &Article, word: &str) -> (Place, Place) {
    let blocks = article.blocks.iter().zip((0..).map(BlockId));
    let mut found = blocks.filter_map(|(block, id)| Some((id, block.text.as_str().find(word)? as u32)));
    let (block, byte) = found.next().unwrap();
    (Place { block, byte }, Place { block, byte: byte + word.len() as u32 })
}

fn passage(article: &Article, first: &str, last: &str, form: Form) -> String {
    quote(article, &(word(article, first).0..word(article, last).1), form)
}

// ------------------------------------------------------------------------------------------------------- every form

#[test]
fn text_is_the_bytes_between_the_ends() {
    let article = opened(ARTICLE);
    let text = passage(&article, "often", "nested", Form::Text);
    assert_eq!(
        text,
        "often, and hard.[1, p. 4; see 2] As Doe [1] says, a_b costs 5% & more.[a] See the next.\n\n\
         one item with x²\ntwo[2]\nnested"
    );
    assert_eq!(passage(&article, "wo[2", "nest", Form::Text), "wo[2]\nnest");
}

#[test]
fn below_the_text_stand_its_references() {
    let article = opened(ARTICLE);
    let text = passage(&article, "costs", "two[2", Form::TextWithReferences);
    // A marker that is not whole leads nowhere.
    assert_eq!(
        text,
        "costs 5% & more.[a] See the next.\n\none item with x²\ntwo[2\n\n[a] Except in deserts.[2]\n\n\
         [2] Roe. “Rain”. Journal."
    );
}

#[test]
fn a_markdown_quotation_cites_by_key() {
    let article = opened(ARTICLE);
    assert_eq!(
        passage(&article, "Rain falls", "star", Form::MarkdownKeys),
        "> Rain falls *often*, and **hard**.[@doe-2020, p. 4; see @roe_1999] As @doe-2020 says, `a_b` costs 5% & \
         more.[^dry] See [the next](https://example.org/water#next).\n>\n> - one item with $x^2$\n> - \
         two[@roe_1999]\n>   1. nested\n>\n> > A quote inside.\n>\n> ```rust\n> * star\n> ```\n>\n> — *On Water*, \
         “Rain”, <https://example.org/water>\n\n- `doe-2020`: Doe, Jane. *The Book & its* Water. 2020.\n- \
         `roe_1999`: Roe. “Rain”. *Journal*.\n\n[^dry]: Except in deserts.[@roe_1999]"
    );
}

#[test]
fn a_markdown_quotation_cites_in_footnotes() {
    let article = opened(ARTICLE);
    assert_eq!(
        passage(&article, "and hard", "says", Form::MarkdownNotes),
        "> and **hard**.[^doe-2020-p-4][^roe_1999-see] As Doe [^doe-2020] says\n>\n> — *On Water*, “Rain”, \
         <https://example.org/water>\n\n[^doe-2020-p-4]: Doe, Jane. *The Book & its* Water. 2020, p. 4\n\n\
         [^roe_1999-see]: see Roe. “Rain”. *Journal*.\n\n[^doe-2020]: Doe, Jane. *The Book & its* Water. 2020."
    );
}

#[test]
fn an_org_quotation_cites_as_org_does() {
    let article = opened(ARTICLE);
    let text = passage(&article, "Rain falls", "More", Form::Org);
    let (body, rest) = text.split_once("\n[fn:dry]").unwrap();
    assert_eq!(
        body,
        "#+begin_quote\nRain falls /often/, and *hard*.[cite:@doe-2020 p. 4;see @roe_1999] As [cite/t:@doe-2020] says, \
         ~a_b~ costs 5% & more.[fn:dry] See [[https://example.org/water#next][the next]].\n- one item with \
         \\(x^2\\)\n- two[cite:@roe_1999]\n  1. nested\n#+begin_quotation\nA quote inside.\n#+end_quotation\n\n\
         #+begin_src rust\n,* star\n#+end_src\n\n| A | B |\n|---+---|\n| a | b_c |\n\n*Next*\n\nMore\n\n— /On \
         Water/, “Rain”, [[https://example.org/water][https://example.org/water]]\n#+end_quote\n"
    );
    assert!(
        rest.starts_with(" Except in deserts.[cite:@roe_1999]\n\n#+begin_comment\n@book{doe-2020,"),
        "{rest}"
    );
    assert!(rest.ends_with("}\n#+end_comment"), "{rest}");
}

#[test]
fn a_latex_quotation_compiles_where_it_is_pasted() {
    let article = opened(ARTICLE);
    let text = passage(&article, "Rain falls", "More", Form::Latex);
    let (body, rest) = text.split_once("\\end{quote}\n%").unwrap();
    assert_eq!(
        body,
        "\\begin{quote}\nRain falls \\emph{often}, and \\textbf{hard}.\\cite[p.~4]{doe-2020}\\cite[see][]{roe_1999} As \
         Doe~\\cite{doe-2020} says, \\texttt{a\\_b} costs 5\\% \\& more.\\footnote{Except in \
         deserts.\\cite{roe_1999}} See \\href{https://example.org/water\\#next}{the \
         next}.\n\\begin{itemize}\n\\item one item with $x^2$\n\\item \
         two\\cite{roe_1999}\n\\begin{enumerate}\n\\item nested\n\\end{enumerate}\n\\end{itemize}\n\\begin{quote}\nA \
         quote inside.\n\\end{quote}\n\n\\begin{verbatim}\n* \
         star\n\\end{verbatim}\n\n\\begin{tabular}{ll}\nA & B \\\\\n\\hline\na & b\\_c \
         \\\\\n\\end{tabular}\n\n\\textbf{Next}\n\nMore\n\n— \\emph{On Water}, “Rain”, \
         \\href{https://example.org/water}{https://example.org/water}\n"
    );
    assert!(rest.starts_with(" @book{doe-2020,\n%   author = {Doe, Jane},"), "{rest}");
    assert!(rest.lines().skip(1).all(|line| line.starts_with('%')), "{rest}");
}

#[test]
fn an_html_quotation_lists_what_it_cites() {
    let article = opened(ARTICLE);
    assert_eq!(
        passage(&article, "5% ", "two[2]", Form::Html),
        "<blockquote cite=\"https://example.org/water\">\n<p>5% &amp; more.<sup><a href=\"#note-dry\">[a]</a></sup> See \
         <a href=\"https://example.org/water#next\">the next</a>.</p>\n<ul>\n<li>\n<p>one item with \
         \\(x^2\\)</p>\n</li>\n<li>\n<p>two<sup><a href=\"#ref-roe_1999\">[2]</a></sup></p>\n</li>\n</ul>\n\n<p>— \
         <em>On Water</em>, “Rain”, <a href=\"https://example.org/water\">https://example.org/water</a></p>\n\
         </blockquote>\n<ul>\n<li id=\"note-dry\">[a] Except in deserts.<sup><a \
         href=\"#ref-roe_1999\">[2]</a></sup></li>\n<li id=\"ref-roe_1999\">[2] Roe. “Rain”. \
         <em>Journal</em>.</li>\n</ul>"
    );
}

#[test]
fn what_a_syntax_would_take_for_its_own_is_escaped() {
    let odd = [
        "[3] is a label",
        "# no heading",
        "1. no item",
        "* no star",
        "| no | table",
        "#+end_quote",
        "a <b> & c_d {e} ^f ~g \\h $i #j %k",
        "x =y= /z/ [[w]] [fn:v]",
        "u ** t",
    ];
    let mut builder = Builder::new("test");
    for line in odd {
        builder.block(Kind::Paragraph, Draft::of(line), vec![]);
        let item = Item { number: None, task: None, first: true, tight: true, width: 1 };
        builder.block(Kind::Paragraph, Draft::of(line), vec![Nest::Item(item)]);
    }
    let mut article = Article::default();
    article.append(builder.finish());
    let whole = Place::default()..Place { block: BlockId(99), byte: 0 };
    let org = quote(&article, &whole, Form::Org);
    let lines: Vec<&str> = org.lines().collect();
    for bad in ["# no", "1. no", "* no", "| no", "#+end_quote", "- # no", "- #+end_quote"] {
        let last = lines.len() - 1;
        assert!(!lines[..last].iter().any(|l| l.starts_with(bad)), "{bad}: {org}");
    }
    for bad in ["[[w", "[fn:v", " =y", " /z"] {
        assert!(!org.contains(bad), "{bad}: {org}");
    }
    let latex = quote(&article, &whole, Form::Latex);
    assert!(latex.contains(
        "a <b> \\& c\\_d \\{e\\} \\textasciicircum{}f \\textasciitilde{}g \\textbackslash{}h \\$i"
    ));
    assert!(latex.contains("\\item {}[3] is a label"), "{latex}");
    let html = quote(&article, &whole, Form::Html);
    assert!(html.contains("a &lt;b&gt; &amp; c_d"), "{html}");
    let markdown = quote(&article, &whole, Form::MarkdownKeys);
    let again = opened(&markdown);
    let words: Vec<&str> = again.blocks.iter().map(|b| b.text.as_str()).collect();
    assert_eq!(words, odd.iter().flat_map(|line| [*line; 2]).collect::<Vec<_>>());
}

// ------------------------------------------------------------------------------------------------------------- cuts

#[test]
fn a_table_is_cut_between_its_rows_and_cells() {
    let article = opened("| A | B |\n|---|---|\n| a | b |\n| c | d |\n");
    let cut = |first, last| passage(&article, first, last, Form::MarkdownKeys);
    assert_eq!(cut("b", "c"), "> |   |   |\n> |---|---|\n> |  | b |\n> | c |  |");
    assert_eq!(cut("B", "a"), "> |  | B |\n> |---|---|\n> | a |  |");
    assert_eq!(cut("d", "d"), "> d");
    assert_eq!(
        passage(&article, "b", "c", Form::Latex),
        "\\begin{quote}\n\\begin{tabular}{ll}\n & b \\\\\nc &  \
         \\\\\n\\end{tabular}\n\\end{quote}"
    );
}

#[test]
fn of_a_mark_that_is_cut_the_words_stay() {
    let article = opened("One **two three** and $a+b$.\n");
    assert_eq!(passage(&article, "three", "a +", Form::MarkdownKeys), "> **three** and a +");
    assert_eq!(passage(&article, "wo", "a + b", Form::MarkdownKeys), "> **wo three** and $a+b$");
}

#[test]
fn a_passage_of_the_lists_at_the_end_is_a_passage() {
    let article = opened(ARTICLE);
    let text = passage(&article, "Except", "The Book", Form::MarkdownKeys);
    assert!(
        text.starts_with("> Except in deserts.[@roe_1999]\n>\n> # References\n>\n> Doe, Jane. **"),
        "{text}"
    );
    assert_eq!(passage(&article, "The Book", "its", Form::Text), "The Book & its");
}

// ------------------------------------------------------------------------------------------------------- properties

/// Words of an article, each of them once, and where markers stand among them.
#[derive(Clone, Debug)]
struct Plan {
    blocks: Vec<(u8, u8, Vec<u8>)>,
}

fn plan() -> impl Strategy<Value = Plan> {
    let block = (0_u8..9, 0_u8..4, prop::collection::vec(0_u8..12, 1..9));
    prop::collection::vec(block, 1..7).prop_map(|blocks| Plan { blocks })
}

fn build(plan: &Plan) -> Article {
    let mut b = Builder::new("test");
    b.meta.title = "Title".into();
    for key in ["keyone", "keytwo"] {
        let csl =
            serde_json::from_str(&format!("{{\"type\":\"book\",\"title\":\"Work of {key}\"}}")).unwrap();
        let entry = ibid::cite::entry::entry(&csl);
        b.work(key, csl, entry);
    }
    b.begin_note("note");
    let mut note = Draft::of("A note");
    note.push_marker(DraftMarker { cites: vec![reference("keytwo", "")], ..DraftMarker::default() });
    b.block(Kind::Paragraph, note, vec![]);
    b.end_note();
    let mut number = 0;
    for (kind, nest, words) in &plan.blocks {
        let item = Item { number: (*kind > 4).then_some(1), task: None, first: true, tight: true, width: 2 };
        let nest = match nest {
            1 => vec![Nest::Quote],
            2 => vec![Nest::Item(item)],
            3 => vec![Nest::Quote, Nest::Item(item)],
            _ => vec![],
        };
        if *kind == 8 {
            let (draft, cells) = cells(&mut number, words.len().min(3));
            let table = Table { cells, columns: vec![Align::Auto; 2], header_rows: 1, ..Table::default() };
            b.block(Kind::Table(Box::new(table)), draft, nest);
            continue;
        }
        let code = *kind == 7;
        let draft = words_of(&mut number, words, code);
        b.block(if code { Kind::Code("rust".into()) } else { Kind::Paragraph }, draft, nest);
    }
    let mut article = Article::default();
    article.append(b.finish());
    article
}

fn reference(key: &str, locator: &str) -> DraftCite {
    DraftCite { locator: locator.to_owned(), ..DraftCite::new(To::Reference(key.into())) }
}

fn next_word(number: &mut usize) -> String {
    *number += 1;
    format!("wort{number}x")
}

fn words_of(number: &mut usize, kinds: &[u8], code: bool) -> Draft {
    let mut draft = Draft::default();
    for (at, kind) in kinds.iter().enumerate() {
        if at > 0 {
            draft.push(" ");
        }
        let word = next_word(number);
        let mark = match kind {
            0 => Some(Mark::Emphasis),
            1 => Some(Mark::Strong),
            2 => Some(Mark::Code),
            3 => Some(Mark::Link("https://example.org/".into())),
            4 => Some(Mark::Superscript),
            _ => None,
        };
        match mark.filter(|_| !code) {
            Some(mark) => draft.push_marked(&word, mark),
            None => draft.push(&word),
        }
        let cites = match kind {
            5 => vec![reference("keyone", "")],
            6 => vec![reference("keyone", "p. 4"), reference("keytwo", "")],
            7 => vec![DraftCite::new(To::Note("note".into()))],
            _ => continue,
        };
        if !code {
            draft.push_marker(DraftMarker { cites, ..DraftMarker::default() });
        }
    }
    draft
}

fn cells(number: &mut usize, rows: usize) -> (Draft, Vec<std::ops::Range<u32>>) {
    let (mut draft, mut cells) = (Draft::default(), Vec::new());
    for row in 0..rows {
        for column in 0..2 {
            if row + column > 0 {
                draft.push(if column == 0 { "\n" } else { "\t" });
            }
            let start = draft.len() as u32;
            draft.push(&next_word(number));
            cells.push(start..draft.len() as u32);
        }
    }
    (draft, cells)
}

/// The places where words begin and end in the body.
fn ends(article: &Article) -> Vec<(Place, Place)> {
    let body = article.back.map_or(article.len(), |b| b.0);
    let blocks = (0..body).map(BlockId).flat_map(|block| {
        let text = article.block(block).text.as_str();
        text.match_indices("wort").map(move |(at, _)| {
            let end = at + text[at..].find('x').unwrap() + 1;
            (Place { block, byte: at as u32 }, Place { block, byte: end as u32 })
        })
    });
    blocks.collect()
}

fn how_often(text: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for (at, _) in text.match_indices("wort") {
        let end = at + text[at..].find('x').unwrap() + 1;
        *counts.entry(text[at..end].to_owned()).or_insert(0) += 1;
    }
    counts
}

/// What the markers lead to, in the order of the text.
fn targets(article: &Article, markers: impl Iterator<Item = MarkerId>) -> Vec<String> {
    let cites = markers.filter_map(|id| article.marker(id)).flat_map(|m| m.cites.iter());
    cites
        .map(|cite| match &cite.target {
            Target::Reference(id) => article.references[id.index()].id.to_string(),
            Target::Note(id) => article.notes[id.index()].id.to_string(),
            Target::Missing(key) => format!("missing {key}"),
        })
        .collect()
}

/// The markers that stand whole between two places.
fn inside(article: &Article, from: Place, to: Place) -> impl Iterator<Item = MarkerId> + '_ {
    let ends = move |id: &MarkerId| {
        let m = &article.markers[id.index()];
        from <= m.place && Place { byte: m.place.byte + m.len, ..m.place } <= to
    };
    (0..article.markers.len() as u32).map(MarkerId).filter(ends)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn every_form_holds_each_word_once_and_each_key(plan in plan(), a in 0_usize..99, b in 0_usize..99) {
        let article = build(&plan);
        let ends = ends(&article);
        prop_assume!(!ends.is_empty());
        let (a, b) = (a % ends.len(), b % ends.len());
        let range = ends[a.min(b)].0..ends[a.max(b)].1;
        let expected: BTreeMap<String, usize> = ends[a.min(b)..=a.max(b)]
            .iter()
            .map(|(from, to)| (article.words_at(from.block, from.byte..to.byte).to_owned(), 1))
            .collect();
        let keys = targets(&article, inside(&article, range.start, range.end));
        for form in Form::ALL {
            let text = quote(&article, &range, form);
            prop_assert_eq!(&how_often(&text), &expected, "{}: {}", form.title(), text);
            for key in keys.iter().filter(|_| form != Form::Text && form != Form::TextWithReferences) {
                prop_assert!(text.contains(key.as_str()), "{}: no {}: {}", form.title(), key, text);
            }
        }
    }

    #[test]
    fn a_markdown_quotation_opens_as_the_same_words_and_markers(plan in plan(), a in 0_usize..99, b in 0_usize..99) {
        let article = build(&plan);
        let ends = ends(&article);
        prop_assume!(!ends.is_empty());
        let (a, b) = (a % ends.len(), b % ends.len());
        let range = ends[a.min(b)].0..ends[a.max(b)].1;
        let wanted = targets(&article, inside(&article, range.start, range.end));

        // By key: beside the bibliography of whoever pastes it.
        let library = markdown::references(&article).unwrap_or("[]".to_owned()).replace('\n', " ");
        let text = format!("---\nreferences: {library}\n---\n\n{}", quote(&article, &range, Form::MarkdownKeys));
        let again = opened(&text);
        prop_assert!(again.complaints.is_empty(), "{:?}: {}", again.complaints, text);
        prop_assert_eq!(targets(&again, in_quote(&again)), wanted.clone(), "{}", text);
        prop_assert_eq!(words(&again), words_between(&article, &range), "{}", text);

        // In footnotes: by itself.
        let text = quote(&article, &range, Form::MarkdownNotes);
        let again = opened(&text);
        prop_assert!(again.complaints.is_empty(), "{:?}: {}", again.complaints, text);
        let found = targets(&again, in_quote(&again));
        prop_assert_eq!(found.len(), wanted.len(), "{}", text);
        for (found, wanted) in found.iter().zip(&wanted) {
            prop_assert!(found.starts_with(wanted.as_str()), "{found} for {wanted}: {text}");
        }
        prop_assert_eq!(words(&again), words_between(&article, &range), "{}", text);
    }
}

/// The markers of the quotation: those outside notes.
fn in_quote(article: &Article) -> impl Iterator<Item = MarkerId> + '_ {
    let quoted = |id: &MarkerId| {
        article.block(article.markers[id.index()].place.block).nest.first() == Some(&Nest::Quote)
    };
    (0..article.markers.len() as u32).map(MarkerId).filter(quoted)
}

fn words(article: &Article) -> Vec<String> {
    let blocks = article.blocks.iter().filter(|b| b.nest.first() == Some(&Nest::Quote));
    blocks.flat_map(|b| how_often(b.text.as_str()).into_keys().collect::<Vec<_>>()).collect()
}

fn words_between(article: &Article, range: &std::ops::Range<Place>) -> Vec<String> {
    let blocks = (range.start.block.0..=range.end.block.0).map(BlockId);
    let part = |id: BlockId| {
        let from = if id == range.start.block { range.start.byte } else { 0 };
        let to = if id == range.end.block { range.end.byte } else { article.block(id).text.len() };
        how_often(article.words_at(id, from..to)).into_keys().collect::<Vec<_>>()
    };
    blocks.flat_map(part).collect()
}
