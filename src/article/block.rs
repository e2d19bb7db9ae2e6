//! A block: one text, what kind of block it is, and what it stands in.

use std::ops::Range;

use smol_str::SmolStr;

use super::place::{LinkId, RefId};
use super::text::Text;

/// A paragraph, heading, table, … Every block has exactly one text, so a place in it is one number.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Block {
    /// What it is.
    pub kind: Kind,
    /// Everything in it that can be read, searched and pointed at.
    pub text: Text,
    /// What it stands in, the outermost first; at most [`super::limits::NESTING`] deep.
    pub nest: Box<[Nest]>,
    /// True when this block goes on with the one before (a long paragraph was split): no space between.
    pub continued: bool,
}

/// The kinds of blocks.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Kind {
    /// Running text.
    #[default]
    Paragraph,
    /// The title of the article.
    Title,
    /// Authors and date, under the title.
    Byline,
    /// A heading; 1 is the top level below the title.
    Heading(u8),
    /// Preformatted text; lines end with `\n`. Holds the language, or nothing.
    Code(Box<str>),
    /// A formula on lines of its own; its TeX is the text's only [`super::InlineKind::Math`].
    Math,
    /// A table; the text holds its cells.
    Table(Box<Table>),
    /// A figure; the text is its caption, and after that its description.
    Figure(Box<Figure>),
    /// The caption of the table before it.
    Caption,
    /// A thematic break.
    Rule,
    /// The term of a definition list.
    Term,
    /// An entry of the list of references.
    Entry(RefId),
}

/// The structure of a table over the block's text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// One byte range for each cell, row after row; every row has `columns.len()` cells.
    /// In the text, cells of a row are parted by `\t` and rows by `\n`.
    pub cells: Vec<Range<u32>>,
    /// How each column is aligned.
    pub columns: Vec<Align>,
    /// How many of the first rows are header.
    pub header_rows: u32,
    /// The cells that take more than one place, in order. The other places that they take hold empty cells.
    pub spans: Vec<Span>,
}

/// A cell of a table that goes over several columns or rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Its index in the cells.
    pub cell: u32,
    /// How many rows it takes.
    pub rows: u32,
    /// How many columns it takes.
    pub columns: u32,
}

impl Table {
    /// How many rows and columns a cell takes.
    pub fn span_of(&self, cell: usize) -> (usize, usize) {
        let found = self.spans.binary_search_by_key(&cell, |span| span.cell as usize);
        found.map_or((1, 1), |at| (self.spans[at].rows as usize, self.spans[at].columns as usize))
    }
}

/// How a column of a table is aligned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// As its content suggests: numbers right, the rest left.
    #[default]
    Auto,
    /// Left.
    Left,
    /// Centred.
    Centre,
    /// Right.
    Right,
}

/// A picture and what is said of it. The pictures themselves come later.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Where the picture is, as written.
    pub image: LinkId,
    /// The bytes of the text that are the caption; the description follows, parted by `\n`.
    pub caption: Range<u32>,
    /// The bytes of the text that describe the picture.
    pub description: Range<u32>,
}

/// One of the things a block stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Nest {
    /// A quotation.
    Quote,
    /// A call-out of this kind (`note`, `warning`, …).
    Callout(Box<str>),
    /// An item of a list.
    Item(Item),
    /// The definition of the term before it.
    Definition,
    /// The text of a note with this label (`3`, `a`).
    Note {
        /// The label as it is shown: the note's own.
        label: SmolStr,
        /// True in the first block of the note: the label is drawn there.
        first: bool,
    },
}

/// An item of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The number, in an ordered list.
    pub number: Option<u64>,
    /// A task: done or not.
    pub task: Option<bool>,
    /// True in the first block of the item: the marker is drawn there.
    pub first: bool,
    /// True in a list without blank lines between its items.
    pub tight: bool,
    /// How wide the widest marker of the list is, in cells, so that all its texts line up.
    pub width: u8,
}
