//! `ibid refs`: the references of an article, in a form for people or for other programs.

use std::process::ExitCode;

use clap::ValueEnum;

use super::{Fault, Name, open, out};
use crate::article::{Article, Reference};
use crate::cite::{self, Form};
use crate::export::inspect::{entry_text, references_in_order};

/// What to list, and how.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  ibid refs paper.md\n  ibid refs paper.md --format bibtex > paper.bib")]
pub struct Args {
    /// A file, a bundle, `-` for standard input, or the name of an article that comes with ibid
    #[arg(value_name = "FILE", default_value = open::INPUT)]
    pub file: Name,
    /// The form in which they are given
    #[arg(long, value_name = "FORM", default_value = "text")]
    pub format: Format,
}

/// The form in which references are given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// As the article shows them, one paragraph each.
    #[default]
    Text,
    /// A Markdown list.
    Markdown,
    /// CSL-JSON, which loses nothing.
    CslJson,
    /// BibTeX.
    Bibtex,
    /// RIS, for reference managers.
    Ris,
}

impl Format {
    const fn form(self) -> Form {
        match self {
            Self::Text => Form::Text,
            Self::Markdown => Form::Markdown,
            Self::CslJson => Form::CslJson,
            Self::Bibtex => Form::Bibtex,
            Self::Ris => Form::Ris,
        }
    }
}

/// Prints the references.
///
/// # Errors
/// When the article cannot be read.
pub fn run(args: &Args) -> Result<ExitCode, Fault> {
    let (_, article) = open::article(&args.file)?;
    let text = references(&article, args.format);
    out::print(|out| write!(out, "{text}"))
}

/// The references in the order of their list. What the source gave in words stands as it was given.
pub fn references(article: &Article, format: Format) -> String {
    let references: Vec<&Reference> =
        references_in_order(article).filter_map(|id| article.references.get(id.index())).collect();
    if format != Format::Text {
        return cite::export(format.form(), &references);
    }
    let entries: Vec<String> = references.iter().map(|reference| text(article, reference)).collect();
    entries.join("\n")
}

fn text(article: &Article, reference: &Reference) -> String {
    let words = entry_text(article, reference);
    if words == cite::entry::entry(&reference.csl).as_str() {
        return cite::export(Form::Text, &[reference]);
    }
    let label = if reference.label.is_empty() { String::new() } else { format!("[{}] ", reference.label) };
    format!("{label}{words}\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Builder, Csl, Draft};

    #[test]
    fn references_stand_as_they_were_given() {
        let mut builder = Builder::new("test");
        let csl = |title: &str| Csl::from_iter([("title".to_owned(), title.into())]);
        builder.reference("b", "2", csl("B"), Some(Draft::of("Word for word")));
        builder.reference("a", "", csl("A"), Some(cite::entry::entry(&csl("A"))));
        let mut article = Article::default();
        article.append(builder.finish());
        assert_eq!(references(&article, Format::Text), "[2] Word for word\n\n“A”.\n");
        let bibtex = references(&article, Format::Bibtex);
        assert!(bibtex.starts_with('@') && bibtex.contains("{b,"), "{bibtex}");
        assert_eq!(references(&Article::default(), Format::Text), "");
    }
}
