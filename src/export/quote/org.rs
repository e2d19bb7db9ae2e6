//! A passage for org: cited as org-cite does, its notes below, its entries for BibTeX in a comment.

use super::blocks::{self, Around, Level, Syntax, names_author};
use super::inlines::Edge;
use crate::article::citation::Author;
use crate::article::{Article, Cite, InlineKind, Kind, Marker, MarkerId, NoteId, Table, Target};
use crate::cite::{self, Form, bibtex};

/// What keeps a sign from being read as markup, in org's own manual: a space of no width.
const APART: char = '\u{200b}';

/// The passage, its notes and its entries.
pub fn quote(article: &Article) -> String {
    let org = Org::of(article);
    let mut out = blocks::body(article, &org);
    for (id, texts) in blocks::notes(article, &org) {
        out.push_str(&format!("\n[fn:{}] {}\n", note_name(article, id), texts.join("\n\n")));
    }
    let works: Vec<_> = article.references.iter().collect();
    if !works.is_empty() {
        let entries = cite::export(Form::Bibtex, &works);
        out.push_str(&format!("\n#+begin_comment\n{}\n#+end_comment\n", commas(entries.trim_end())));
    }
    out
}

struct Org {
    /// The keys of the references, as BibTeX takes them.
    keys: Vec<String>,
}

impl Org {
    fn of(article: &Article) -> Self {
        let ids: Vec<&str> = article.references.iter().map(|r| &*r.id).collect();
        Self { keys: bibtex::keys(&ids) }
    }

    /// `see @key p. 4 and more`
    fn one(&self, cite: &Cite) -> Option<String> {
        let Target::Reference(id) = cite.target else { return None };
        let detail = cite.detail.as_deref().cloned().unwrap_or_default();
        let key = format!("@{}", self.keys.get(id.index()).map_or("", String::as_str));
        let parts = [detail.prefix, key, detail.locator, detail.suffix];
        let parts =
            parts.iter().filter(|part| !part.is_empty()).map(|part| part.replace([';', '[', ']'], ","));
        Some(parts.collect::<Vec<_>>().join(" "))
    }
}

/// A note's name as org takes it.
fn note_name(article: &Article, id: NoteId) -> String {
    let name = article.notes.get(id.index()).map_or("", |n| &n.id);
    let name: String = name.chars().map(|c| if c.is_alphanumeric() || c == '_' { c } else { '-' }).collect();
    let name = name.trim_matches('-');
    if name.is_empty() { format!("n{}", id.0 + 1) } else { name.to_owned() }
}

/// Lines that org would take for its own have a comma before them.
fn commas(text: &str) -> String {
    let line = |line: &str| {
        let own = line.trim_start().trim_start_matches(',');
        if own.starts_with('*') || own.starts_with("#+") { format!(",{line}") } else { line.to_owned() }
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// True for a line that would be a heading, an item, a table, a keyword or the like.
fn begins_something(line: &str) -> bool {
    let after = line.trim_start_matches(['*', '-', '+', '#', ':']);
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let spaced = |rest: &str| rest.is_empty() || rest.starts_with(' ');
    line.starts_with("#+")
        || line.starts_with('|')
        || line.starts_with(':')
        || (after.len() < line.len() && spaced(after))
        || (number.len() < line.len() && number.starts_with(['.', ')']) && spaced(&number[1..]))
}

/// True for a character after which markup may begin.
fn opens(before: Option<char>) -> bool {
    before.is_none_or(|c| c.is_whitespace() || "-('\"{".contains(c))
}

/// True where markup with these neighbours is read as such (Org Syntax, "Text Markup").
fn delimits(edge: Edge) -> bool {
    let inside = edge.inside.is_some_and(|(a, b)| !a.is_whitespace() && !b.is_whitespace());
    inside
        && opens(edge.before)
        && edge.after.is_none_or(|c| c.is_whitespace() || "-.,;:!?'\")}[\\".contains(c))
}

impl Syntax for Org {
    fn words(&self, out: &mut String, words: &str) {
        let mut before = out.chars().next_back();
        for (at, c) in words.char_indices() {
            let rest = &words[at..];
            let next = rest.chars().nth(1);
            let starts_line = before.is_none_or(|b| b == '\n');
            let is_markup = match c {
                '*' | '/' | '_' | '=' | '~' | '+' => opens(before) && next.is_none_or(|n| !n.is_whitespace()),
                '\\' => next.is_none_or(|n| n.is_alphabetic() || "([\\".contains(n)),
                '<' | '{' => next == Some(c),
                _ => false,
            };
            if is_markup || (starts_line && begins_something(rest)) {
                out.push(APART);
            }
            out.push(c);
            if ["[[", "[fn:", "[cite"].iter().any(|sign| rest.starts_with(sign)) {
                out.push(APART);
            }
            before = Some(c);
        }
    }

    fn mark(&self, article: &Article, kind: InlineKind, edge: Edge) -> Option<(String, String)> {
        let sign = match kind {
            InlineKind::Emphasis => "/",
            InlineKind::Strong => "*",
            InlineKind::Struck => "+",
            InlineKind::Underline | InlineKind::Highlight => "_",
            InlineKind::Superscript => return Some(("^{".to_owned(), "}".to_owned())),
            InlineKind::Subscript => return Some(("_{".to_owned(), "}".to_owned())),
            InlineKind::Link(id) => {
                let to = article.links.get(id.index()).map_or("", |l| l);
                let to = to.replace('[', "%5B").replace(']', "%5D");
                return Some((format!("[[{to}]["), "]]".to_owned()));
            }
            _ => return None,
        };
        delimits(edge).then(|| (sign.to_owned(), sign.to_owned()))
    }

    fn code(&self, words: &str, edge: Edge) -> String {
        let sign = ['~', '='].into_iter().find(|sign| !words.contains(*sign));
        match sign.filter(|_| delimits(edge)) {
            Some(sign) => format!("{sign}{words}{sign}"),
            None => {
                let mut out = String::new();
                self.words(&mut out, words);
                out
            }
        }
    }

    fn formula(&self, tex: &str) -> String {
        format!("\\({tex}\\)")
    }

    fn marker(&self, article: &Article, (_, marker): (MarkerId, &Marker), label: &str) -> String {
        let group: Vec<String> = marker.cites.iter().filter_map(|cite| self.one(cite)).collect();
        let style = match marker.cites.first().and_then(|c| c.detail.as_deref()).map(|d| d.author) {
            Some(Author::InText) => "/t",
            Some(Author::Suppressed) => "/na",
            _ => "",
        };
        let mut out =
            if group.is_empty() { String::new() } else { format!("[cite{style}:{}]", group.join(";")) };
        for cite in &marker.cites {
            if let Target::Note(id) = cite.target {
                out.push_str(&format!("[fn:{}]", note_name(article, id)));
            }
        }
        if out.is_empty() {
            self.words(&mut out, label);
        } else if let Some((author, _)) =
            label.split_once(" [").filter(|_| names_author(marker) && group.is_empty())
        {
            out = format!("{author} {out}");
        }
        out
    }

    fn line_break(&self) -> &'static str {
        "\\\\\n"
    }

    fn around(&self, level: &Level<'_>) -> Around {
        let block = |name: &str| Around {
            before: format!("#+begin_{name}"),
            after: format!("#+end_{name}"),
            ..Around::default()
        };
        match level {
            Level::Passage => block("quote"),
            // A block ends at the first end of its kind.
            Level::Quote => block("quotation"),
            Level::Callout(kind) => block(&kind.to_lowercase().replace(' ', "_")),
            Level::List(_) => Around::default(),
            Level::Item(item) => {
                let sign = item.number.map_or("- ".to_owned(), |number| format!("{number}. "));
                let task = item.task.map_or("", |done| if done { "[X] " } else { "[ ] " });
                Around { rest: " ".repeat(sign.len()), first: sign + task, ..Around::default() }
            }
        }
    }

    fn running(&self, kind: &Kind, words: String) -> String {
        match kind {
            Kind::Heading(_) | Kind::Term => format!("*{}*", words.trim()),
            _ => words,
        }
    }

    fn preformatted(&self, language: &str, code: &str) -> String {
        match language {
            "" => format!("#+begin_example\n{}\n#+end_example", commas(code)),
            language => format!("#+begin_src {language}\n{}\n#+end_src", commas(code)),
        }
    }

    fn display(&self, tex: &str) -> String {
        let lines = tex.lines().filter(|line| !line.trim().is_empty());
        format!("\\[\n{}\n\\]", lines.collect::<Vec<_>>().join("\n"))
    }

    fn table(&self, table: &Table, cells: Vec<String>) -> String {
        let columns = table.columns.len().max(1);
        let mut out = String::new();
        for (at, row) in cells.chunks(columns).enumerate() {
            let row: Vec<String> = row.iter().map(|cell| cell.replace('|', "\\vert{}")).collect();
            out.push_str(&format!("| {} |\n", row.join(" | ")));
            if at as u32 + 1 == table.header_rows {
                out.push_str(&format!("|{}|\n", vec!["---"; columns].join("+")));
            }
        }
        out
    }

    fn rule(&self) -> String {
        "-----".to_owned()
    }
}
