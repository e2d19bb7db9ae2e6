//! `ibid toc`: the sections of an article, and how many markers each has.

use std::process::ExitCode;

use serde::Serialize;

use super::{Fault, Name, open, out};
use crate::article::Article;
use crate::export::Anchors;

/// What to list.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Each line is a section, indented by its level, with the number of its citations.\n\n\
                        Examples:\n  ibid toc paper.md\n  ibid toc paper.md --json | jq -r '.[].title'"
)]
pub struct Args {
    /// A file, a bundle, `-` for standard input, or the name of an article that comes with ibid
    #[arg(value_name = "FILE", default_value = open::INPUT)]
    pub file: Name,
    /// Print JSON, for programs
    #[arg(long)]
    pub json: bool,
}

/// A line of the list.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Entry<'a> {
    /// 1 is the top level below the title.
    pub level: u8,
    /// The title.
    pub title: &'a str,
    /// The name that links lead to; empty for none.
    pub id: &'a str,
    /// How many markers stand in it, up to the next heading.
    pub markers: usize,
}

/// Prints the sections.
///
/// # Errors
/// When the article cannot be read.
pub fn run(args: &Args) -> Result<ExitCode, Fault> {
    let (_, article) = open::article(&args.file)?;
    let entries = entries(&article);
    out::print(|out| {
        if args.json {
            return out::json(out, &entries);
        }
        entries.iter().try_for_each(|entry| writeln!(out, "{}", line(entry)))
    })
}

/// The sections of an article, those that the reader adds (Notes, References) among them.
pub fn entries(article: &Article) -> Vec<Entry<'_>> {
    let anchors = Anchors::of(article);
    let sections = article.sections.iter().enumerate();
    sections
        .map(|(at, section)| {
            let title = article.section_title(at);
            let markers = article.markers_in(article.section_blocks(at)).len();
            Entry { level: section.level, title, id: anchors.section_id(section.heading, title), markers }
        })
        .collect()
}

fn line(entry: &Entry<'_>) -> String {
    let indent = "  ".repeat(usize::from(entry.level.saturating_sub(1)));
    let title = entry.title.replace('\n', " ");
    match entry.markers {
        0 => format!("{indent}{title}"),
        number => format!("{indent}{title}  {number}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Builder, Draft, DraftCite, DraftMarker, Kind, To};

    #[test]
    fn sections_are_indented_and_counted() {
        let mut builder = Builder::new("test");
        builder.heading(1, Draft::of("One"), None, vec![]);
        let mut draft = Draft::of("Text");
        for key in ["a", "b"] {
            let cites = vec![DraftCite::new(To::Missing(key.into()))];
            draft.push_marker(DraftMarker { cites, ..DraftMarker::default() });
        }
        builder.block(Kind::Paragraph, draft, vec![]);
        builder.heading(2, Draft::of("Two"), Some("x"), vec![]);
        let mut article = Article::default();
        article.append(builder.finish());
        let lines: Vec<String> = entries(&article).iter().map(line).collect();
        assert_eq!(lines, ["One  2", "  Two"]);
        assert_eq!(entries(&article)[1].id, "x");
    }
}
