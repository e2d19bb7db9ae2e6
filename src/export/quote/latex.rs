//! A passage for LaTeX: it compiles where it is pasted; the entries for BibTeX stand below it as comments.

use super::blocks::{self, Around, Level, Syntax, names_author};
use super::inlines::Edge;
use crate::article::{Align, Article, BlockId, InlineKind, Kind, Marker, MarkerId, NoteId, Table, Target};
use crate::cite::{self, Form, bibtex};

/// How deep notes stand in notes; deeper ones are named only.
const DEPTH: u8 = 3;

/// The passage and its entries.
pub fn quote(article: &Article) -> String {
    let mut out = blocks::body(article, &Latex::of(article));
    let works: Vec<_> = article.references.iter().collect();
    for line in cite::export(Form::Bibtex, &works).lines() {
        out.push_str(format!("% {line}").trim_end());
        out.push('\n');
    }
    out
}

struct Latex {
    /// The keys of the references, as BibTeX takes them.
    keys: Vec<String>,
    /// In how many notes one stands.
    depth: u8,
}

impl Latex {
    fn of(article: &Article) -> Self {
        let ids: Vec<&str> = article.references.iter().map(|r| &*r.id).collect();
        Self { keys: bibtex::keys(&ids), depth: 0 }
    }

    /// A note is written where its first marker stands; further ones show its label.
    fn note(&self, article: &Article, marker: MarkerId, id: NoteId, label: &str) -> String {
        let note = article.notes.get(id.index()).filter(|n| !n.blocks.is_empty());
        let Some(note) = note.filter(|n| n.mentions.first() == Some(&marker) && self.depth < DEPTH) else {
            return format!("\\textsuperscript{{{}}}", bibtex::encode(label));
        };
        let inner = Self { keys: self.keys.clone(), depth: self.depth + 1 };
        let texts = note.blocks.clone().map(|block| blocks::words(article, &inner, BlockId(block)));
        let text = texts.collect::<Vec<_>>().join("\\par ");
        if self.depth == 0 { format!("\\footnote{{{text}}}") } else { format!(" ({text})") }
    }

    /// `\cite[see][p.~4]{key}`; works without a page are cited together.
    fn cites(&self, marker: &Marker) -> String {
        let mut out = String::new();
        let mut together: Vec<&str> = Vec::new();
        for cite in &marker.cites {
            let Target::Reference(id) = cite.target else { continue };
            let key = self.keys.get(id.index()).map_or("", String::as_str);
            let detail = cite.detail.as_deref().cloned().unwrap_or_default();
            let after = [detail.locator.replace(". ", ".\u{a0}"), detail.suffix];
            let after = after.iter().filter(|part| !part.is_empty()).map(|p| bibtex::encode(p));
            let after = after.collect::<Vec<_>>().join(" ");
            if after.is_empty() && detail.prefix.is_empty() {
                together.push(key);
                continue;
            }
            finish(&mut out, &mut together);
            let before = if detail.prefix.is_empty() {
                String::new()
            } else {
                format!("[{}]", bracketed(&bibtex::encode(&detail.prefix)))
            };
            let after = bracketed(&after);
            out.push_str(&format!("\\cite{before}[{after}]{{{key}}}"));
        }
        finish(&mut out, &mut together);
        out
    }
}

fn finish(out: &mut String, together: &mut Vec<&str>) {
    if !together.is_empty() {
        out.push_str(&format!("\\cite{{{}}}", together.join(",")));
        together.clear();
    }
}

/// A bracket inside an optional argument would end it.
fn bracketed(text: &str) -> String {
    if text.contains(['[', ']']) { format!("{{{text}}}") } else { text.to_owned() }
}

/// An address as an argument of hyperref's.
fn address(address: &str) -> String {
    address
        .replace('\\', "%5C")
        .replace('{', "%7B")
        .replace('}', "%7D")
        .replace('%', "\\%")
        .replace('#', "\\#")
}

impl Syntax for Latex {
    fn words(&self, out: &mut String, words: &str) {
        out.push_str(&bibtex::encode(words));
    }

    fn mark(&self, article: &Article, kind: InlineKind, _: Edge) -> Option<(String, String)> {
        let command = match kind {
            InlineKind::Emphasis => "\\emph{",
            InlineKind::Strong => "\\textbf{",
            InlineKind::Underline => "\\underline{",
            InlineKind::Code => "\\texttt{",
            InlineKind::Superscript => "\\textsuperscript{",
            InlineKind::Subscript => "\\textsubscript{",
            InlineKind::SmallCaps => "\\textsc{",
            InlineKind::Link(id) => {
                let to = address(article.links.get(id.index()).map_or("", |l| l));
                return Some((format!("\\href{{{to}}}{{"), "}".to_owned()));
            }
            // Struck and highlighted words need a package, whose command would not compile without it.
            _ => return None,
        };
        Some((command.to_owned(), "}".to_owned()))
    }

    fn code(&self, words: &str, _: Edge) -> String {
        format!("\\texttt{{{}}}", bibtex::encode(words))
    }

    fn formula(&self, tex: &str) -> String {
        format!("${tex}$")
    }

    fn marker(&self, article: &Article, (id, marker): (MarkerId, &Marker), label: &str) -> String {
        let cited = self.cites(marker);
        let notes = marker.cites.iter().filter_map(|cite| match cite.target {
            Target::Note(note) => Some(self.note(article, id, note, label)),
            _ => None,
        });
        let notes: String = notes.collect();
        match (label.split_once(" ["), cited.is_empty() && notes.is_empty()) {
            (_, true) => bibtex::encode(label),
            (Some((author, _)), false) if names_author(marker) => {
                format!("{}~{cited}{notes}", bibtex::encode(author))
            }
            _ => cited + &notes,
        }
    }

    fn line_break(&self) -> &'static str {
        "\\\\{}\n"
    }

    fn around(&self, level: &Level<'_>) -> Around {
        let environment = |name: &str| Around {
            before: format!("\\begin{{{name}}}"),
            after: format!("\\end{{{name}}}"),
            ..Around::default()
        };
        match level {
            Level::Passage | Level::Quote | Level::Callout(_) => environment("quote"),
            Level::List(item) => environment(if item.number.is_some() { "enumerate" } else { "itemize" }),
            Level::Item(item) => {
                let task = item.task.map_or("", |done| if done { "[$\\boxtimes$]" } else { "[$\\square$]" });
                Around { first: format!("\\item{task} "), ..Around::default() }
            }
        }
    }

    fn running(&self, kind: &Kind, words: String) -> String {
        // A line may not end where the paragraph ends.
        let words = words.trim_end_matches("\\\\{}\n").to_owned();
        match kind {
            Kind::Heading(_) | Kind::Term => format!("\\textbf{{{words}}}"),
            // A bracket after the sign of an item would be its label.
            _ if words.starts_with('[') => format!("{{}}{words}"),
            _ => words,
        }
    }

    fn preformatted(&self, _: &str, code: &str) -> String {
        let code = code.replace("\\end{verbatim}", "\\end {verbatim}");
        format!("\\begin{{verbatim}}\n{code}\n\\end{{verbatim}}")
    }

    fn display(&self, tex: &str) -> String {
        let lines = tex.lines().filter(|line| !line.trim().is_empty());
        format!("\\[\n{}\n\\]", lines.collect::<Vec<_>>().join("\n"))
    }

    fn table(&self, table: &Table, cells: Vec<String>) -> String {
        let columns = table.columns.len().max(1);
        let align = table.columns.iter().map(|align| match align {
            Align::Auto | Align::Left => 'l',
            Align::Centre => 'c',
            Align::Right => 'r',
        });
        let mut out = format!("\\begin{{tabular}}{{{}}}\n", align.collect::<String>());
        for (at, row) in cells.chunks(columns).enumerate() {
            // A bracket or asterisk after the end of a row would belong to that end.
            let guard = if row.first().is_some_and(|cell| cell.starts_with(['[', '*'])) { "{}" } else { "" };
            out.push_str(&format!("{guard}{} \\\\\n", row.join(" & ")));
            if at as u32 + 1 == table.header_rows {
                out.push_str("\\hline\n");
            }
        }
        out + "\\end{tabular}"
    }

    fn rule(&self) -> String {
        "\\noindent\\rule{\\linewidth}{0.4pt}".to_owned()
    }
}
