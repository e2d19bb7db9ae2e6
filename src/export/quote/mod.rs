//! A passage on its way to a text of one's own: as plain words, or as a quotation whose citations go along.
//!
//! Every form but plain text is made from one thing: the passage as an article of its own ([`passage`]), quoted, with a
//! last line that says where it stands, and with the notes and references that its markers lead to.

mod blocks;
mod cut;
mod footnote;
mod html;
mod inlines;
mod latex;
mod org;
mod passage;
mod text;

use std::ops::Range;

use crate::article::{Article, Place};
use passage::Style;

/// A form in which a passage is copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The words, markers as they are shown.
    Text,
    /// The words, and below them what their markers lead to.
    TextWithReferences,
    /// A Markdown quotation that cites by key, as pandoc does.
    MarkdownKeys,
    /// A Markdown quotation that cites in footnotes, which need no bibliography.
    MarkdownNotes,
    /// A quotation for Emacs' org.
    Org,
    /// A quotation for LaTeX, its entries for BibTeX in comments.
    Latex,
    /// A quotation in HTML.
    Html,
}

impl Form {
    /// Every form, in the order in which they are offered.
    pub const ALL: [Self; 7] = [
        Self::Text,
        Self::TextWithReferences,
        Self::MarkdownKeys,
        Self::MarkdownNotes,
        Self::Org,
        Self::Latex,
        Self::Html,
    ];

    /// What it is called.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::TextWithReferences => "text with its references",
            Self::MarkdownKeys => "Markdown, cited by key",
            Self::MarkdownNotes => "Markdown, cited in footnotes",
            Self::Org => "org",
            Self::Latex => "LaTeX",
            Self::Html => "HTML",
        }
    }

    /// What its citations look like.
    pub const fn detail(self) -> &'static str {
        match self {
            Self::Text | Self::TextWithReferences => "[3]",
            Self::MarkdownKeys => "[@key, p. 4]",
            Self::MarkdownNotes => "[^key]",
            Self::Org => "[cite:@key p. 4]",
            Self::Latex => "\\cite[p. 4]{key}",
            Self::Html => "<sup>[3]</sup>",
        }
    }
}

/// A passage in a form.
pub fn quote(article: &Article, range: &Range<Place>, form: Form) -> String {
    let quoted = |style| passage::quoted(article, range, style);
    let text = match form {
        Form::Text => return text::text(article, range),
        Form::TextWithReferences => text::with_references(article, range),
        Form::MarkdownKeys => super::markdown::passage(&quoted(Style::Listed)),
        Form::MarkdownNotes => super::markdown::passage(&quoted(Style::Noted)),
        Form::Org => org::quote(&quoted(Style::Keyed)),
        Form::Latex => latex::quote(&quoted(Style::Keyed)),
        Form::Html => html::quote(&quoted(Style::Keyed)),
    };
    text.trim_end().to_owned()
}

/// How many words a passage has.
pub fn words(article: &Article, range: &Range<Place>) -> usize {
    text::pieces(article, range).map(|(_, words)| super::count(words)).sum()
}
