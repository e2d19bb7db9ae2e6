//! An article as text, one line for each block, so that a test can be read.

use ibid::article::block::{Item, Nest};
use ibid::article::citation::{Author, Cite, Target};
use ibid::article::{Article, Block, InlineKind, Kind, MarkerId};

/// The whole article: what is known of it, its blocks, its complaints.
pub fn dump(article: &Article) -> String {
    let mut out = String::new();
    let meta = &article.meta;
    for (name, value) in [
        ("title", meta.title.clone()),
        ("authors", meta.authors.join(" + ")),
        ("date", meta.date.clone()),
        ("language", meta.language.clone()),
        ("site", meta.site.clone()),
    ] {
        if !value.is_empty() {
            out.push_str(&format!("{name}: {value}\n"));
        }
    }
    for (at, block) in article.blocks.iter().enumerate() {
        let back = article.back.is_some_and(|b| b.index() == at);
        out.push_str(if back { "---- back\n" } else { "" });
        out.push_str(&line(article, block));
    }
    let mut anchors: Vec<_> = article.anchors.iter().map(|(n, p)| (p.block.0, p.byte, n)).collect();
    anchors.sort();
    for (block, byte, name) in anchors {
        out.push_str(&format!("# {name} at {block}:{byte}\n"));
    }
    for complaint in &article.complaints {
        out.push_str(&format!("! {}: {}\n", complaint.place(), complaint.what));
    }
    out
}

fn line(article: &Article, block: &Block) -> String {
    let mut head = kind(article, &block.kind);
    for nest in &block.nest {
        head.push_str(" > ");
        head.push_str(&self::nest(nest));
    }
    if block.continued {
        head.push_str(" (continued)");
    }
    format!("{head} | {}\n", text(article, block).replace('\n', "⏎").replace('\t', "⇥"))
}

fn kind(article: &Article, kind: &Kind) -> String {
    match kind {
        Kind::Heading(level) => format!("heading {level}"),
        Kind::Code(language) => format!("code {language}").trim_end().to_owned(),
        Kind::Table(table) => {
            let columns: Vec<_> = table.columns.iter().map(|c| format!("{c:?}").to_lowercase()).collect();
            format!("table {} head {} cells {}", columns.join(","), table.header_rows, table.cells.len())
        }
        Kind::Figure(figure) => format!(
            "figure {} caption {:?} description {:?}",
            article.links[figure.image.index()],
            figure.caption,
            figure.description
        ),
        Kind::Entry(id) => format!("entry {}", article.references[id.index()].id),
        other => format!("{other:?}").to_lowercase(),
    }
}

fn nest(nest: &Nest) -> String {
    match nest {
        Nest::Item(Item { number, task, first, tight, width }) => {
            let mark = match (number, task) {
                (Some(number), _) => format!("{number}."),
                (None, Some(true)) => "[x]".to_owned(),
                (None, Some(false)) => "[ ]".to_owned(),
                (None, None) => "•".to_owned(),
            };
            let first = if *first { "" } else { " again" };
            format!("item {mark}{first} {} {width}", if *tight { "tight" } else { "loose" })
        }
        Nest::Callout(kind) => format!("callout {kind}"),
        Nest::Note { label, first } => format!("note {label}{}", if *first { "" } else { " again" }),
        other => format!("{other:?}").to_lowercase(),
    }
}

/// The text with what its stretches are: `‹strong:words›`.
fn text(article: &Article, block: &Block) -> String {
    let text = block.text.as_str();
    let mut marks: Vec<(u32, u8, u32, String)> = Vec::new();
    for (order, inline) in block.text.inlines().iter().enumerate() {
        let order = order as u32;
        marks.push((inline.start, 1, order, format!("‹{}:", name(article, inline.kind))));
        let close = if inline.start == inline.end { 2 } else { 0 };
        marks.push((inline.end, close, u32::MAX - order, "›".to_owned()));
    }
    marks.sort();
    let mut out = String::new();
    let mut at = 0;
    for (offset, _, _, mark) in marks {
        out.push_str(&text[at..offset as usize]);
        out.push_str(&mark);
        at = offset as usize;
    }
    out + &text[at..]
}

fn name(article: &Article, kind: InlineKind) -> String {
    match kind {
        InlineKind::Link(id) => format!("link {}", article.links[id.index()]),
        InlineKind::Image(id) => format!("image {}", article.links[id.index()]),
        InlineKind::Math(id) => format!("math {}", article.formulas[id.index()]),
        InlineKind::Marker(id) => marker(article, id),
        other => format!("{other:?}").to_lowercase(),
    }
}

fn marker(article: &Article, id: MarkerId) -> String {
    let cites: Vec<_> =
        article.marker(id).into_iter().flat_map(|m| &m.cites).map(|c| cite(article, c)).collect();
    let resolved = if article.resolved(id) { "" } else { " unresolved" };
    format!("marker{resolved} {}", cites.join(" + "))
}

fn cite(article: &Article, cite: &Cite) -> String {
    let mut out = match &cite.target {
        Target::Reference(id) => format!("@{}", article.references[id.index()].id),
        Target::Note(id) => format!("^{}", article.notes[id.index()].id),
        Target::Missing(key) => format!("?{key}"),
    };
    if let Some(detail) = &cite.detail {
        for (name, value) in
            [("prefix", &detail.prefix), ("locator", &detail.locator), ("suffix", &detail.suffix)]
        {
            if !value.is_empty() {
                out.push_str(&format!(" {name}={value}"));
            }
        }
        match detail.author {
            Author::Styled => {}
            Author::Suppressed => out.push_str(" -author"),
            Author::InText => out.push_str(" author"),
        }
    }
    out
}
