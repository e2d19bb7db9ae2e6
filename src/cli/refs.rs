//! `ibid refs`: the references of an article, in a form for people or for other programs.

use std::process::ExitCode;

use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::{Fault, Name, open, out};
use crate::article::{Article, Reference};
use crate::cite::Form;
use crate::export;
use crate::export::inspect::references_in_order;

/// What to list, and how.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  ibid refs paper.md\n  ibid refs paper.md --format bibtex > paper.bib")]
pub struct Args {
    /// A file, a bundle, `-` for standard input, or the name of an article that comes with ibid
    #[arg(value_name = "FILE", default_value = open::INPUT)]
    pub file: Name,
    /// The form in which they are given
    #[arg(long, value_name = "FORM", default_value = "text", value_parser = form())]
    pub format: Form,
}

/// Reads the name of a form.
fn form() -> impl TypedValueParser<Value = Form> {
    PossibleValuesParser::new(Form::ALL.map(Form::name)).map(|name| Form::named(&name).unwrap_or_default())
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

/// The references in the order of their list.
pub fn references(article: &Article, form: Form) -> String {
    let references: Vec<&Reference> =
        references_in_order(article).filter_map(|id| article.references.get(id.index())).collect();
    export::references(article, form, &references)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Builder, Csl, Draft};
    use crate::cite;

    #[test]
    fn references_stand_as_they_were_given() {
        let mut builder = Builder::new("test");
        let csl = |title: &str| Csl::from_iter([("title".to_owned(), title.into())]);
        builder.reference("b", "2", csl("B"), Some(Draft::of("Word for word")));
        builder.reference("a", "", csl("A"), Some(cite::entry::entry(&csl("A"))));
        let mut article = Article::default();
        article.append(builder.finish());
        assert_eq!(references(&article, Form::Text), "[2] Word for word\n\n“A”.\n");
        let bibtex = references(&article, Form::Bibtex);
        assert!(bibtex.starts_with('@') && bibtex.contains("{b,"), "{bibtex}");
        assert_eq!(references(&Article::default(), Form::Text), "");
    }
}
