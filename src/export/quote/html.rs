//! A passage in HTML: a block quotation, and below it what its markers lead to.

use super::blocks::{self, Around, Level, Syntax};
use super::inlines::Edge;
use crate::article::{Align, Article, InlineKind, Kind, Marker, MarkerId, Table, Target};

/// The passage, its notes and its references.
pub fn quote(article: &Article) -> String {
    let mut out = blocks::body(article, &Html { source: article.meta.source.clone() });
    let notes = blocks::notes(article, &Html::default());
    if !notes.is_empty() || !article.references.is_empty() {
        out.push_str("<ul>\n");
        for (id, texts) in notes {
            let note = &article.notes[id.index()];
            let texts = texts.join("<br>");
            let (name, label) = (escaped(&name(&note.id)), escaped(&note.label));
            out.push_str(&format!("<li id=\"note-{name}\">[{label}] {texts}</li>\n"));
        }
        for reference in &article.references {
            let entry = reference.entry.map(|entry| blocks::words(article, &Html::default(), entry));
            let (name, label) = (escaped(&name(&reference.id)), escaped(&reference.label));
            let entry = entry.unwrap_or_default();
            out.push_str(&format!("<li id=\"ref-{name}\">[{label}] {entry}</li>\n"));
        }
        out.push_str("</ul>\n");
    }
    out
}

#[derive(Default)]
struct Html {
    /// Where the passage is from.
    source: String,
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A name that an address can lead to.
fn name(id: &str) -> String {
    id.split_whitespace().collect::<Vec<_>>().join("-")
}

fn element(name: &str) -> (String, String) {
    (format!("<{name}>"), format!("</{name}>"))
}

fn within(name: &str, inner: &str) -> String {
    format!("<{name}>{inner}</{name}>")
}

impl Syntax for Html {
    fn words(&self, out: &mut String, words: &str) {
        out.push_str(&escaped(words));
    }

    fn mark(&self, article: &Article, kind: InlineKind, _: Edge) -> Option<(String, String)> {
        Some(element(match kind {
            InlineKind::Emphasis => "em",
            InlineKind::Strong => "strong",
            InlineKind::Struck => "s",
            InlineKind::Underline => "u",
            InlineKind::Highlight => "mark",
            InlineKind::Code => "code",
            InlineKind::Superscript => "sup",
            InlineKind::Subscript => "sub",
            InlineKind::Link(id) => {
                let to = article.links.get(id.index()).map_or("", |l| l);
                // A link that runs something is no link.
                let open = url::Url::parse(to)
                    .is_ok_and(|url| matches!(url.scheme(), "http" | "https" | "mailto"))
                    .then(|| format!("<a href=\"{}\">", escaped(to)))?;
                return Some((open, "</a>".to_owned()));
            }
            _ => return None,
        }))
    }

    fn code(&self, words: &str, _: Edge) -> String {
        within("code", &escaped(words))
    }

    fn formula(&self, tex: &str) -> String {
        escaped(&format!("\\({tex}\\)"))
    }

    fn marker(&self, article: &Article, (_, marker): (MarkerId, &Marker), label: &str) -> String {
        let place = marker.cites.iter().find_map(|cite| match cite.target {
            Target::Reference(id) => Some(format!("ref-{}", name(&article.references.get(id.index())?.id))),
            Target::Note(id) => Some(format!("note-{}", name(&article.notes.get(id.index())?.id))),
            Target::Missing(_) => None,
        });
        let shown = match place {
            Some(place) => format!("<a href=\"#{}\">{}</a>", escaped(&place), escaped(label)),
            None => escaped(label),
        };
        if label.starts_with('[') { within("sup", &shown) } else { shown }
    }

    fn line_break(&self) -> &'static str {
        "<br>\n"
    }

    fn around(&self, level: &Level<'_>) -> Around {
        let lines =
            |before: String, name: &str| Around { before, after: format!("</{name}>"), ..Around::default() };
        match level {
            Level::Passage if !self.source.is_empty() => {
                lines(format!("<blockquote cite=\"{}\">", escaped(&self.source)), "blockquote")
            }
            Level::Passage | Level::Quote | Level::Callout(_) => {
                lines("<blockquote>".to_owned(), "blockquote")
            }
            Level::List(item) => match item.number {
                None => lines("<ul>".to_owned(), "ul"),
                Some(1) => lines("<ol>".to_owned(), "ol"),
                Some(start) => lines(format!("<ol start=\"{start}\">"), "ol"),
            },
            Level::Item(item) => {
                let task = item.task.map_or("", |done| if done { "☑ " } else { "☐ " });
                lines(format!("<li>{task}"), "li")
            }
        }
    }

    fn running(&self, kind: &Kind, words: String) -> String {
        match kind {
            Kind::Heading(_) | Kind::Term => within("p", &within("strong", &words)),
            _ => within("p", &words),
        }
    }

    fn preformatted(&self, _: &str, code: &str) -> String {
        within("pre", &within("code", &escaped(code)))
    }

    fn display(&self, tex: &str) -> String {
        within("p", &escaped(&format!("\\[{}\\]", tex.replace('\n', " "))))
    }

    fn table(&self, table: &Table, cells: Vec<String>) -> String {
        let columns = table.columns.len().max(1);
        let mut out = "<table>\n".to_owned();
        for (at, row) in cells.chunks(columns).enumerate() {
            let name = if (at as u32) < table.header_rows { "th" } else { "td" };
            let row = row.iter().zip(&table.columns).map(|(cell, align)| {
                let align = match align {
                    Align::Auto => "",
                    Align::Left => " style=\"text-align:left\"",
                    Align::Centre => " style=\"text-align:center\"",
                    Align::Right => " style=\"text-align:right\"",
                };
                format!("<{name}{align}>{cell}</{name}>")
            });
            out.push_str(&format!("<tr>{}</tr>\n", row.collect::<String>()));
        }
        out + "</table>"
    }

    fn rule(&self) -> String {
        "<hr>".to_owned()
    }
}
