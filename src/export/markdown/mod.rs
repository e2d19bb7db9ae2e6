//! An article as Markdown that opens again as the same article.
//!
//! The text is CommonMark and GFM with pandoc's notes, citations and attributes. What Markdown has no sign for is
//! kept in the places where others keep such things: the title, authors, date and language in the front matter, a
//! reference's number and its words under `custom` in its CSL fields. Of our own are
//!
//! - `note-labels` in the front matter: what notes are labelled and which series they belong to, where their order
//!   does not say so;
//! - `[[@key]]{label="[3]" group="note"}`: a marker that shows something else than its targets give it, or that
//!   belongs to another series than they do.
//!
//! - `[@{^x}]` for the note `x` in the text of a picture, where `[^x]` is not read;
//! - `<div id="notes"></div>` before notes that stand in the text and not at its end; `<div id="refs"></div>`, which is
//!   pandoc's, stands for the list of references. Where there are several, each says how many it has
//!   (`data-entries`), and those after the first are of the class `refs`;
//! - `<!-- table header="2" spans="1,2:1x3" -->` before a table: how many of its rows are header, where that is not one;
//!   and which cells (row, column) go over several rows or columns (rows x columns);
//! - `title: ""` in the front matter: no heading is the title; `byline`: what stands below the title, where that is not
//!   authors and date;
//! - `<!-- caption -->` before a caption that no table stands before;
//! - a term that nothing defines has a comment for its definition, and so has the only item of a loose list behind it.
//!
//! Headings that the reader adds, the list of references and the byline are not written: whoever opens the text
//! makes them again.

mod blocks;
mod cites;
mod escape;
mod front;
mod inline;
mod plan;
mod references;
mod table;

use crate::article::{Article, Block, BlockId, Kind, Nest, NoteId};
use crate::cite::csl_json;
use crate::export::Anchors;
use plan::Plan;

/// Where the references go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bibliography<'a> {
    /// Into the front matter: the text is complete by itself.
    Inline,
    /// Into a file of this name beside the text; see [`references`].
    File(&'a str),
}

/// The article as Markdown.
pub fn markdown(article: &Article, bibliography: Bibliography<'_>) -> String {
    Writer::new(article, bibliography).write()
}

/// A passage as Markdown to paste: without front matter, and with citations that any reader of Markdown takes.
pub fn passage(article: &Article) -> String {
    Writer { bare: true, ..Writer::new(article, Bibliography::Inline) }.write()
}

/// The references as a file of CSL-JSON, in the order of their list; nothing when the article has none.
pub fn references(article: &Article) -> Option<String> {
    if article.references.is_empty() {
        return None;
    }
    let writer = Writer::new(article, Bibliography::Inline);
    let works = writer.works();
    let works: Vec<(&str, &crate::article::Csl)> =
        works.iter().map(|csl| (csl.get("id").and_then(|id| id.as_str()).unwrap_or(""), csl)).collect();
    Some(csl_json::write(&works))
}

/// An article on its way out.
struct Writer<'a> {
    article: &'a Article,
    bibliography: Bibliography<'a>,
    plan: Plan,
    anchors: Anchors<'a>,
    out: String,
    /// The block that was written last, in the body or in the same note.
    before: Option<BlockId>,
    /// The items that are open, by depth.
    items: Vec<OpenItem>,
    /// What the note that is being written is called.
    note_name: String,
    /// How many more signs a heading has than its level, because the title takes the first.
    rise: u8,
    /// True for a passage: nothing is said of what labels were shown, and there is no front matter.
    bare: bool,
}

/// The sign of an item.
#[derive(Debug, Default)]
struct OpenItem {
    /// Cells of its sign.
    width: usize,
    /// True for the second kind of signs: `*` and `1)`.
    other: bool,
}

impl<'a> Writer<'a> {
    fn new(article: &'a Article, bibliography: Bibliography<'a>) -> Self {
        let deepest = article.sections.iter().map(|s| s.level).max().unwrap_or(1);
        let mut writer = Self {
            article,
            bibliography,
            plan: Plan::of(article),
            anchors: Anchors::of(article),
            out: String::new(),
            before: None,
            items: Vec::new(),
            note_name: String::new(),
            rise: u8::from(!article.meta.title.is_empty() && deepest < 6),
            bare: false,
        };
        if writer.shows_other_labels() {
            writer.plan.label_all(article);
        }
        writer
    }

    fn write(mut self) -> String {
        self.out = if self.bare { String::new() } else { self.front_matter() };
        let article = self.article;
        let mut run = Vec::new();
        let mut noted = false;
        for (block, id) in article.blocks.iter().zip((0..).map(BlockId)) {
            match self.place_of(block, id) {
                Place::Here => {
                    run.push(id);
                    noted = false;
                }
                Place::Note(note) => {
                    self.blocks(run.drain(..));
                    if !std::mem::replace(&mut noted, true) {
                        self.list_here("notes");
                    }
                    self.note_text(note);
                }
                Place::References => {
                    self.blocks(run.drain(..));
                    self.references_here(id);
                }
                Place::Elsewhere => {}
            }
        }
        self.blocks(run.into_iter());
        for id in self.plan.notes.clone() {
            if !self.plan.is_placed(id) {
                self.note_text(id);
            }
        }
        let end = self.out.trim_end_matches('\n').len();
        self.out.truncate(end);
        self.out.push('\n');
        self.out
    }

    /// Where the text of a block is written.
    fn place_of(&self, block: &Block, id: BlockId) -> Place {
        if let Some(Nest::Note { first, .. }) = block.nest.first() {
            let note = self.plan.note_at(id).filter(|note| *first && self.plan.is_placed(*note));
            return note.map_or(Place::Elsewhere, Place::Note);
        }
        match block.kind {
            Kind::Entry(_) if self.plan.lists.contains_key(&id) => Place::References,
            Kind::Title | Kind::Byline | Kind::Entry(_) => Place::Elsewhere,
            Kind::Heading(_) if self.plan.is_added(id) => Place::Elsewhere,
            _ => Place::Here,
        }
    }

    /// Says that references stand here; where they stand in several places, how many.
    fn references_here(&mut self, first: BlockId) {
        let counts = &self.plan.lists;
        if counts.len() == 1 {
            return self.list_here("refs");
        }
        let name = if counts.keys().min() == Some(&first) { "id" } else { "class" };
        let count = counts.get(&first).copied().unwrap_or_default();
        self.begin_apart();
        self.out.push_str(&format!("<div {name}=\"refs\" data-entries=\"{count}\"></div>\n"));
    }

    /// Says that a list stands here: the place that pandoc gives to references, and its twin for notes.
    fn list_here(&mut self, name: &str) {
        self.begin_apart();
        self.out.push_str(&format!("<div id=\"{name}\"></div>\n"));
    }

    fn note_text(&mut self, id: NoteId) {
        let Some(name) = self.plan.name(id) else { return };
        self.note_name = name.to_owned();
        self.begin_apart();
        let blocks = self.article.notes[id.index()].blocks.clone();
        self.blocks(blocks.map(BlockId));
        self.begin_apart();
    }

    /// Begins something that has nothing in common with what was written last.
    fn begin_apart(&mut self) {
        self.before = None;
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// True when the front matter says where the references are.
    fn bibliography_is_named(&self) -> bool {
        !self.article.references.is_empty()
    }
}

/// Where the text of a block is written.
enum Place {
    Here,
    /// As the definition of this note.
    Note(NoteId),
    /// Nowhere: the list of references is made here again.
    References,
    Elsewhere,
}
