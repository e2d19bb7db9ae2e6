//! What a dialect of HTML says of an element: the one place where the importers of Wikipedia, of the web and of
//! LaTeXML plug into the walker.

use dom_query::NodeRef;

pub use super::shape::Cell;
use crate::article::{Csl, Draft, DraftMarker, Kind, Mark};

/// Knows the elements of one kind of pages. It is asked of every element that is shown, before the walker looks at the
/// element itself, in the order of the document.
pub trait Dialect {
    /// What an element is. [`Meaning::Own`] leaves it to HTML.
    fn meaning(&mut self, node: &NodeRef<'_>) -> Meaning;

    /// True for an element that is hidden until a script shows it, and is part of the article all the same.
    fn shows(&self, _node: &NodeRef<'_>) -> bool {
        false
    }

    /// Where a link leads; nothing leaves that to the walker.
    fn address(&self, _href: &str) -> Option<String> {
        None
    }
}

/// Knows nothing but HTML.
#[derive(Debug, Default)]
pub struct Html;

impl Dialect for Html {
    fn meaning(&mut self, _node: &NodeRef<'_>) -> Meaning {
        Meaning::Own
    }
}

/// What an element is.
#[derive(Debug)]
pub enum Meaning {
    /// What HTML says.
    Own,
    /// No part of the article: left out with everything in it.
    Dropped,
    /// Nothing itself; what is in it counts, as blocks of their own where `block` is true.
    Inside {
        /// True for what begins and ends a block.
        block: bool,
    },
    /// A marker. What is in it is not looked at.
    Marker {
        /// What it shows; the builder numbers it where there is nothing.
        shown: Option<String>,
        /// What it cites.
        marker: DraftMarker,
    },
    /// A locator of the marker right before it (`p. 4`); where there is none, these words are shown.
    Locator {
        /// As it is kept.
        locator: String,
        /// As it stands.
        shown: String,
    },
    /// A note: what is in it is the note's text.
    Note(Note),
    /// An entry of the references: what is in it is the entry's text, on one line.
    Entry(Entry),
    /// A heading of this level (1 is the top level below the title).
    Heading(u8),
    /// The title of the article.
    Title,
    /// A figure; its first picture and its captions are found in it.
    Figure,
    /// The caption of the figure or table around it.
    Caption,
    /// A picture that a script would load (`data-src`, `data-alt`).
    Picture,
    /// A table of this kind.
    Table(Shape),
    /// A formula; what is in it is not looked at.
    Formula {
        /// Its TeX.
        tex: String,
        /// True for one on lines of its own.
        display: bool,
    },
    /// Running text that the dialect has read itself.
    Words(Draft),
    /// Names, dates: a line below the title.
    Byline,
    /// Running text that is marked so.
    Marked(Mark),
    /// A row of the table around it.
    Row,
    /// A cell of the row around it.
    Cell(Cell),
    /// A bold label at the beginning of a paragraph, or of an item.
    RunIn,
    /// A block that the dialect has read itself.
    Block(Kind, Draft),
    /// A picture of which nothing is said.
    Undescribed,
}

/// A note.
#[derive(Debug, Default)]
pub struct Note {
    /// Its name, as markers cite it.
    pub name: String,
    /// Its label, where the source shows one.
    pub label: Option<String>,
    /// The series of its markers.
    pub group: Option<String>,
    /// True where it stands in a list of the text; false for one that is listed at the end.
    pub here: bool,
    /// The marker that leads to it, where that stands in the same place; with what it shows.
    pub marker: Option<(Option<String>, DraftMarker)>,
}

/// An entry of the references.
#[derive(Debug, Default)]
pub struct Entry {
    /// Its key, as markers cite it.
    pub key: String,
    /// Its label as the source shows it, without brackets.
    pub label: String,
    /// The series of its markers.
    pub group: Option<String>,
    /// Its fields, where the source gives them; they are read from its words where it gives none.
    pub csl: Option<Csl>,
}

/// The kinds of tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Rows and columns of data.
    Data,
    /// Keys and values; a row that goes across is a line of its own.
    Pairs,
    /// No table at all: what is in its cells follows one another.
    Layout,
}
