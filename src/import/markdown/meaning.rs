//! What the parser's tags say, in our words.

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, HeadingLevel, LinkType};

use crate::article::Align;

use super::known::{Known, is_reference};
use super::names;

/// What the running text will be.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Into {
    /// A paragraph.
    #[default]
    Paragraph,
    /// A heading of this level with this name.
    Heading(u8, Option<String>),
    /// The term of a definition list.
    Term,
    /// A cell of a table.
    Cell,
    /// An entry of the references.
    Entry,
    /// Code in this language.
    Code(String),
    /// HTML.
    Html,
}

/// Where a link leads.
pub fn address(kind: LinkType, address: &str, id: &str, known: &Known) -> String {
    match kind {
        LinkType::Email => format!("mailto:{address}"),
        // The first definition in the whole text counts, not the first in the piece.
        _ if is_reference(kind) => known.link(id).unwrap_or(address).to_owned(),
        _ => address.to_owned(),
    }
}

/// The level of a heading, 1 to 6.
pub fn level_of(level: HeadingLevel) -> u8 {
    level as u8
}

/// The first word of the info string; pandoc and Quarto write it `{.rust}` and `{python}`.
pub fn language(kind: &CodeBlockKind<'_>) -> String {
    let CodeBlockKind::Fenced(info) = kind else { return String::new() };
    let info = names::decode(info.trim_start_matches([' ', '\t', '{', '.', '=']));
    info.split(|c: char| c.is_whitespace() || matches!(c, '}' | ',')).next().unwrap_or("").to_owned()
}

/// The kind of a call-out.
pub fn callout(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "note",
        BlockQuoteKind::Tip => "tip",
        BlockQuoteKind::Important => "important",
        BlockQuoteKind::Warning => "warning",
        BlockQuoteKind::Caution => "caution",
    }
}

/// How a column is aligned.
pub fn align(alignment: Alignment) -> Align {
    match alignment {
        Alignment::None => Align::Auto,
        Alignment::Left => Align::Left,
        Alignment::Center => Align::Centre,
        Alignment::Right => Align::Right,
    }
}
