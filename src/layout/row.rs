//! Laid-out text: rows of runs. A run points into the block's text; it names a role and no colour.

use std::ops::Range;

use crate::article::{LinkId, MarkerId};

use super::cells;

/// The rows of one block at one width.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    /// Blank rows above the block (none above the first block of an article). Where a bar runs on from the block
    /// before, the space between them is rows of this block, which show the bar.
    pub gap: u16,
    /// The rows, top to bottom. A block always has at least one.
    pub rows: Vec<Row>,
    /// The width of the widest row, in cells. Above the width that was asked for, the block pans sideways.
    pub natural: u16,
    /// The cells at the left of every row that stay while the rest pans (bars, indents of what it stands in).
    pub fixed: u16,
    /// True when pieces from several places of the text stand side by side, or not in the order of the text: cells of
    /// a table, the description above a caption. Then a run may show bytes that another row's share holds.
    pub beside: bool,
}

/// One row. Its runs follow one another from column 0; together they are never wider than `Rows::natural`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// The bytes of the block's text that stand on this row, white space at its end included: the rows of a block
    /// share out the whole text, in order. Empty for rules and frames.
    ///
    /// A row of a table that takes several rows of the screen is shared out along its tallest cell: each row holds
    /// what lies between its line of that cell and the next one, whatever else it shows.
    pub bytes: Range<u32>,
    /// What is drawn, left to right as the screen shows it.
    pub runs: Vec<Run>,
}

/// A stretch of a row in one face.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// The bytes of the block's text that it shows; empty for what layout adds (bullets, bars, rules, padding).
    pub bytes: Range<u32>,
    /// What to draw, where that is not the text itself: decoration, or another form of the bytes (² for 2).
    pub drawn: Option<Box<str>>,
    /// Cells it takes.
    pub width: u16,
    /// How it looks.
    pub face: Face,
    /// What a key or a click on it opens.
    pub hit: Option<Hit>,
    /// True for a right-to-left run: its grapheme clusters are drawn last to first.
    pub reversed: bool,
}

impl Row {
    /// The cells that its runs take.
    pub fn width(&self) -> u32 {
        self.runs.iter().map(|r| u32::from(r.width)).sum()
    }
}

impl Run {
    /// What layout adds to the text.
    pub fn added(drawn: impl Into<Box<str>>, face: Face) -> Self {
        let drawn = drawn.into();
        let width = u16::try_from(cells::width(&drawn)).unwrap_or(u16::MAX);
        Self { bytes: 0..0, drawn: Some(drawn), width, face, hit: None, reversed: false }
    }

    /// Blank cells.
    pub fn blank(width: u16, face: Face) -> Self {
        let drawn = Some(" ".repeat(width.into()).into());
        Self { bytes: 0..0, drawn, width, face, hit: None, reversed: false }
    }

    /// What to draw, given the text of the block.
    pub fn shown<'s>(&'s self, text: &'s str) -> &'s str {
        let own = || text.get(self.bytes.start as usize..self.bytes.end as usize).unwrap_or("");
        self.drawn.as_deref().unwrap_or_else(own)
    }
}

/// What can be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hit {
    /// A marker.
    Marker(MarkerId),
    /// A link.
    Link(LinkId),
}

/// How a run looks: what part it plays, and how it is stressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Face {
    /// The part it plays.
    pub role: Role,
    /// Stress, one bit each: the constants of [`Face`].
    pub stress: u16,
}

impl Face {
    /// Bold.
    pub const STRONG: u16 = 1;
    /// Italic.
    pub const EMPHASIS: u16 = 1 << 1;
    /// Struck out.
    pub const STRUCK: u16 = 1 << 2;
    /// Underlined.
    pub const UNDERLINE: u16 = 1 << 3;
    /// Marked by the author.
    pub const HIGHLIGHT: u16 = 1 << 4;
    /// Code in running text.
    pub const CODE: u16 = 1 << 5;
    /// A link.
    pub const LINK: u16 = 1 << 6;
    /// A marker.
    pub const MARKER: u16 = 1 << 7;
    /// A marker or link that leads nowhere.
    pub const UNRESOLVED: u16 = 1 << 8;
    /// A formula.
    pub const MATH: u16 = 1 << 9;

    /// This part, without stress.
    pub const fn of(role: Role) -> Self {
        Self { role, stress: 0 }
    }

    /// True when this stress is set.
    pub const fn is(self, stress: u16) -> bool {
        self.stress & stress != 0
    }
}

/// The part that a run plays on the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Role {
    /// Running text.
    #[default]
    Text,
    /// The title of the article.
    Title,
    /// The rule under the title: drawn in the accent.
    TitleRule,
    /// Authors and date.
    Byline,
    /// A heading of this level; 1 is the top level below the title.
    Heading(u8),
    /// Quoted text.
    Quote,
    /// Who is quoted.
    Attribution,
    /// The bar beside a quotation or call-out.
    Bar,
    /// The name of a call-out (`Note`, `Warning`).
    CalloutLabel,
    /// A bullet, number or check box.
    Bullet,
    /// The term of a definition.
    Term,
    /// Preformatted text, on its raised ground; the ground fills the row.
    Code,
    /// The language of preformatted text, on the same ground.
    CodeLabel,
    /// A cell of a table's header.
    TableHead,
    /// A cell of a table.
    TableCell,
    /// A rule of a table, or a thematic break.
    Rule,
    /// The frame of a figure.
    Frame,
    /// What is to be seen in a figure.
    Description,
    /// `Figure 1.`, `Table 2.`
    CaptionLabel,
    /// A caption.
    Caption,
    /// The number of a note or reference in its list.
    EntryLabel,
    /// A formula on its own lines.
    Formula,
}
