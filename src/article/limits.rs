//! Every limit in one place: what it bounds, how much, and what is said when it is reached.

/// A bound on what a document may ask of the reader.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// What it bounds.
    pub name: &'static str,
    /// The largest amount that is taken.
    pub most: usize,
    /// What is said when there is more.
    pub message: &'static str,
}

const fn limit(name: &'static str, most: usize, message: &'static str) -> Limit {
    Limit { name, most, message }
}

/// Bytes of a document's text.
pub const TEXT: Limit = limit("text", 256 << 20, "larger than 256 MiB: split it, or read a part of it");
/// How deep blocks nest; deeper ones are shown at this depth.
pub const NESTING: Limit = limit("nesting", 64, "nested deeper than 64: shown flattened");
/// Bytes of one block; a longer one is split where a sentence, a word or a line ends.
pub const BLOCK: Limit = limit("block", 64 << 10, "a block over 64 KiB was split");
/// Combining marks on one character; more are left out.
pub const COMBINING: Limit = limit("combining marks", 8, "more than 8 marks on a character were left out");
/// Columns of a table; further ones are joined to the last.
pub const COLUMNS: Limit =
    limit("columns", 256, "a table has more than 256 columns: the rest is joined to the last");
/// Bytes that one file of an archive may unpack to.
pub const ENTRY: Limit = limit("archive entry", 64 << 20, "unpacks to more than 64 MiB");
/// Bytes that an archive may unpack to in all.
pub const ARCHIVE: Limit = limit("archive", 256 << 20, "unpacks to more than 256 MiB");
/// Files in an archive or bundle.
pub const ENTRIES: Limit = limit("archive entries", 20_000, "holds more than 20,000 files");
/// How many times its size a file of an archive may unpack to, above 1 MiB.
pub const RATIO: Limit = limit("compression", 200, "unpacks to more than 200 times its size");
/// Bytes of a bibliography.
pub const BIBLIOGRAPHY: Limit = limit("bibliography", 64 << 20, "a bibliography larger than 64 MiB");
/// Bytes of front matter.
pub const FRONT_MATTER: Limit = limit("front matter", 1 << 20, "front matter larger than 1 MiB");
/// Links, markers, notes, references and anchors: of each, at most this many.
pub const TARGETS: Limit = limit("targets", 2_000_000, "more than 2,000,000 links or notes");
/// Targets that a range of markers may hide.
pub const RANGE: Limit = limit("range", 200, "a range over more than 200 references is not taken for one");
/// Citations of a run of markers that are listed on one card.
pub const RUN: Limit = limit("run", 500, "a run of more than 500 citations: its card lists the first");
/// Cards that lie on one another.
pub const CARDS: Limit =
    limit("cards", 64, "more than 64 cards on one another: the middle of the trail is forgotten");
/// Complaints that are kept.
pub const COMPLAINTS: Limit =
    limit("complaints", 1_000, "more than 1,000 complaints: the rest is not listed");
/// Hits of a search that are kept.
pub const HITS: Limit = limit("hits", 100_000, "more than 100,000 hits: the rest is not counted");
/// Characters of text that are sent to the terminal's clipboard.
pub const CLIPBOARD: Limit = limit("clipboard", 74_994, "too long for the terminal's clipboard");
/// Bytes of a citation style.
pub const STYLE: Limit = limit("style", 1 << 20, "a citation style larger than 1 MiB");
/// What a citation style may weigh when its macros are put in; the heaviest that people use weighs a third of it.
pub const UNFOLDED: Limit = limit("unfolded style", 512 << 10, "a citation style that unfolds without end");
/// Bytes of a field that a citation style formats.
pub const FIELD: Limit = limit("field", 8 << 10, "a field longer than 8 KiB is shown cut");
/// Names of a list that a citation style formats.
pub const NAMES: Limit = limit("names", 500, "of more than 500 names, the first and the last are formatted");
/// Bytes of an HTML page.
pub const PAGE: Limit = limit("page", 64 << 20, "an HTML page larger than 64 MiB: save a part of it");
/// Elements of a page among which its readable part is looked for.
pub const READABLE: Limit = limit(
    "elements",
    60_000,
    "a page of more than 60,000 elements: all of it is shown, not only what is readable",
);
/// How deep the elements of a page nest; browsers stop at 512.
pub const DEPTH: Limit =
    limit("depth of HTML", 256, "elements nested deeper than 256: their text is shown, flattened");
/// Attributes of one element.
pub const ATTRIBUTES: Limit =
    limit("attributes", 256, "an element has more than 256 attributes: the rest was left out");
/// Elements for styling that are never closed.
pub const STYLING: Limit =
    limit("open styling", 64, "styling is opened again and again, and never closed: it was left out");
/// Cells of a table; a larger one is shown as lines of text.
pub const CELLS: Limit = limit("cells", 500_000, "a table of more than 500,000 cells is shown as text");
