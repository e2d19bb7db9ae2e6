//! References on their way out: the forms, and what each makes of a list of references.

use std::ops::Range;

use super::entry::{Links, with_links};
use super::{bibtex, csl_json, ris};
use crate::article::{Csl, Draft, Mark, Reference, script};

/// A form in which references are given out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// One paragraph for each: `[3] Doe, Jane. …`
    #[default]
    Text,
    /// A numbered Markdown list.
    Markdown,
    /// CSL-JSON, which loses nothing.
    CslJson,
    /// BibTeX.
    Bibtex,
    /// RIS.
    Ris,
}

impl Form {
    /// Every form, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Text, Self::Markdown, Self::CslJson, Self::Bibtex, Self::Ris];

    /// Its name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::CslJson => "csl-json",
            Self::Bibtex => "bibtex",
            Self::Ris => "ris",
        }
    }

    /// What it is called.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "Markdown",
            Self::CslJson => "CSL-JSON",
            Self::Bibtex => "BibTeX",
            Self::Ris => "RIS",
        }
    }

    /// The form of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.name() == name)
    }
}

/// Gives references out in a form. The text ends with a line break, and holds nothing a terminal would obey.
pub fn export(form: Form, references: &[&Reference]) -> String {
    let works: Vec<(&str, &Csl)> = references.iter().map(|r| (&*r.id, &r.csl)).collect();
    match form {
        Form::Text => {
            let entries: Vec<String> = references.iter().map(|r| text(r)).collect();
            entries.join("\n")
        }
        Form::Markdown => references.iter().map(|r| markdown(r)).collect(),
        Form::CslJson => csl_json::write(&works),
        Form::Bibtex => bibtex::write(&works),
        Form::Ris => ris::write(&works),
    }
}

fn shown(reference: &Reference) -> Draft {
    let draft = with_links(&reference.csl, Links::Full);
    if draft.is_empty() { Draft::of(&reference.id) } else { draft }
}

fn text(reference: &Reference) -> String {
    let draft = shown(reference);
    match &*reference.label {
        "" => format!("{}\n", script::of_draft(&draft)),
        label => format!("[{label}] {}\n", script::of_draft(&draft)),
    }
}

fn markdown(reference: &Reference) -> String {
    // Titles stand in their quotation marks, not in bold.
    let plain = |mark: &Mark| *mark != Mark::Strong;
    format!("{}{}\n", item_sign(&reference.label), to_markdown(&shown(reference), plain))
}

/// What a Markdown list has before an item: its number, or a hyphen.
fn item_sign(label: &str) -> String {
    let number = !label.is_empty() && label.len() < 10 && label.bytes().all(|b| b.is_ascii_digit());
    if number { format!("{label}. ") } else { "- ".to_owned() }
}

/// Formatted entries, each with its number or none, as text or as Markdown.
pub fn export_styled(form: Form, entries: &[(String, Draft)]) -> String {
    let lines: Vec<String> = entries
        .iter()
        .map(|(number, draft)| match form {
            Form::Markdown => {
                let digits = number.trim_matches(|c: char| !c.is_ascii_digit());
                format!("{}{}\n", item_sign(digits), to_markdown(draft, |_| true))
            }
            _ if number.is_empty() => format!("{}\n", script::of_draft(draft)),
            _ => format!("{number} {}\n", script::of_draft(draft)),
        })
        .collect();
    lines.join(if form == Form::Markdown { "" } else { "\n" })
}

/// The edges of a mark in the text.
enum Edge<'a> {
    Open(&'a Mark),
    Close(&'a Mark),
}

/// A draft as Markdown, on one line, with the marks that are wanted.
fn to_markdown(draft: &Draft, wanted: impl Fn(&Mark) -> bool) -> String {
    let words = |range: &Range<usize>| trimmed(draft.as_str(), range);
    let all = draft.marks().iter().filter(|(_, mark)| wanted(mark));
    let all: Vec<(Range<usize>, Mark)> = all.map(|(range, mark)| (words(range), mark.clone())).collect();
    let mut marks: Vec<&(Range<usize>, Mark)> = all.iter().filter(|(range, _)| !range.is_empty()).collect();
    marks.sort_by_key(|(range, _)| (range.start, usize::MAX - range.end));
    let mut edges: Vec<(usize, Edge)> = Vec::new();
    let mut open: Vec<&(Range<usize>, Mark)> = Vec::new();
    for mark in marks {
        while let Some((range, kind)) = open.pop_if(|(range, _)| range.end <= mark.0.start) {
            edges.push((range.end, Edge::Close(kind)));
        }
        let inside_same = open.iter().any(|(_, kind)| *kind == mark.1);
        if !inside_same && open.last().is_none_or(|(range, _)| mark.0.end <= range.end) {
            edges.push((mark.0.start, Edge::Open(&mark.1)));
            open.push(mark);
        }
    }
    while let Some((range, kind)) = open.pop() {
        edges.push((range.end, Edge::Close(kind)));
    }
    write_edges(draft.as_str(), &edges)
}

/// A range without the spaces at its ends, beside which Markdown takes no sign for one.
fn trimmed(text: &str, range: &Range<usize>) -> Range<usize> {
    let words = text.get(range.clone()).unwrap_or("");
    let start = range.start + words.len() - words.trim_start().len();
    start..start + words.trim().len()
}

fn write_edges(text: &str, edges: &[(usize, Edge)]) -> String {
    let mut out = String::new();
    let (mut at, mut verbatim) = (0, false);
    for (next, edge) in edges {
        push_escaped(&mut out, text.get(at..*next).unwrap_or(""), verbatim);
        at = *next;
        match edge {
            Edge::Open(Mark::Link(address)) => {
                verbatim = text.get(*next..).is_some_and(|rest| rest.starts_with(address.as_str()));
                out.push(if verbatim { '<' } else { '[' });
            }
            Edge::Close(Mark::Link(_)) if verbatim => (verbatim, _) = (false, out.push('>')),
            Edge::Close(Mark::Link(address)) => {
                out.push_str(&format!("](<{}>)", address.replace(['<', '>'], "")))
            }
            Edge::Open(mark) => out.push_str(signs(mark).0),
            Edge::Close(mark) => out.push_str(signs(mark).1),
        }
    }
    push_escaped(&mut out, text.get(at..).unwrap_or(""), verbatim);
    out
}

fn signs(mark: &Mark) -> (&'static str, &'static str) {
    match mark {
        Mark::Emphasis => ("*", "*"),
        Mark::Strong => ("**", "**"),
        Mark::Superscript => ("<sup>", "</sup>"),
        Mark::Subscript => ("<sub>", "</sub>"),
        _ => ("", ""),
    }
}

fn push_escaped(out: &mut String, words: &str, verbatim: bool) {
    for c in words.chars() {
        if !verbatim && matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '$' | '~' | '|') {
            out.push('\\');
        }
        out.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reference(label: &str, json: &str) -> Reference {
        let csl = serde_json::from_str(json).unwrap();
        Reference { id: "k".into(), label: label.into(), csl, ..Reference::default() }
    }

    #[test]
    fn every_form_has_its_name() {
        for form in Form::ALL {
            assert_eq!(Form::named(form.name()), Some(form));
        }
        assert_eq!(Form::named("word"), None);
    }

    #[test]
    fn references_in_words() {
        let web = reference(
            "3",
            r#"{"type":"webpage","author":[{"family":"Doe"}],"title":"On <i>x_y</i>","container-title":"Site",
                "URL":"https://www.a.example/b_c"}"#,
        );
        let book = reference("doe", r#"{"type":"book","title":"A <i>Title</i>","publisher":"P"}"#);
        let bare = reference("", "{}");
        let text = export(Form::Text, &[&web, &book, &bare]);
        let expected = "[3] Doe. “On x_y”. Site. https://www.a.example/b_c\n\n[doe] A Title. P.\n\nk\n";
        assert_eq!(text, expected);
        let markdown = export(Form::Markdown, &[&web, &book, &bare]);
        let expected = "3. Doe. “On *x\\_y*”. *Site*. <https://www.a.example/b_c>\n- *A* Title. P.\n- k\n";
        assert_eq!(markdown, expected);
    }
}
