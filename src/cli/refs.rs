//! `ibid refs`: the references of an article, in a form for people or for other programs.

use std::process::ExitCode;

use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::{Fault, Name, open, out};
use crate::article::{Article, Reference};
use crate::cite::Form;
use crate::cite::style::{self, Style};
use crate::export;
use crate::export::inspect::references_in_order;
use crate::shell::styles;

/// What to list, and how.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  ibid refs paper.md\n  ibid refs paper.md --format bibtex > paper.bib\n  \
                  ibid refs paper.md --style apa --format markdown\n  ibid refs --style list\n\n\
                  Styles: apa, mla, chicago-author-date, chicago-notes, harvard-cite-them-right, ieee, vancouver,\n\
                  american-medical-association, nature and many more: --style list names them all. A path to a\n\
                  .csl file works too. The entries stand in the order of the style."
)]
pub struct Args {
    /// A file, a bundle, `-` for standard input, or the name of an article that comes with ibid
    #[arg(value_name = "FILE", default_value = open::INPUT)]
    pub file: Name,
    /// The form in which they are given
    #[arg(long, value_name = "FORM", default_value = "text", value_parser = form())]
    pub format: Form,
    /// Format them by a citation style: its name, a .csl file, or `list` for the names; with text and markdown
    #[arg(long, value_name = "STYLE")]
    pub style: Option<String>,
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
    if args.style.as_deref() == Some("list") {
        return out::print(|out| write!(out, "{}", names()));
    }
    let is_data = !matches!(args.format, Form::Text | Form::Markdown);
    if args.style.is_some() && is_data {
        return Err(Fault::usage("--style goes with --format text or markdown: data has no style"));
    }
    let (_, article) = open::article(&args.file)?;
    let text = match &args.style {
        Some(name) => in_style(&article, args.format, name)?,
        None => references(&article, args.format),
    };
    out::print(|out| write!(out, "{text}"))
}

/// The styles that come with the program, a line for each.
fn names() -> String {
    let styles = style::all();
    let width = styles.iter().map(|style| style.name.chars().count()).max().unwrap_or(0);
    styles.iter().map(|style| format!("{:width$}  {}\n", style.name, style.title)).collect()
}

fn in_style(article: &Article, form: Form, name: &str) -> Result<String, Fault> {
    let style = styles::load(name, &article.meta.language).map_err(|error| match error {
        styles::Error::Name(fault) => Fault::usage(&fault.to_string()),
        error => Fault::document("--style", &error),
    })?;
    quiet_where_guarded();
    Ok(styled(article, form, &style))
}

/// What is caught inside the processor of styles is not said on standard error.
fn quiet_where_guarded() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if !style::guarded() {
            usual(info);
        }
    }));
}

/// The references as a style has them, in its order.
pub fn styled(article: &Article, form: Form, style: &Style) -> String {
    export::styled(article, form, style, &in_order(article))
}

/// The references in the order of their list.
pub fn references(article: &Article, form: Form) -> String {
    export::references(article, form, &in_order(article))
}

fn in_order(article: &Article) -> Vec<&Reference> {
    references_in_order(article).filter_map(|id| article.references.get(id.index())).collect()
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
