//! Goes through a document once, and writes what it meets into a builder.

use std::mem::take;

use dom_query::NodeRef;

use super::dialect::{Dialect, Entry, Meaning, Note};
use super::figure::Frame;
use super::flow::Flow;
use super::grid::Grid;
use super::list::List;
use super::page::Page;
use super::{node, shape};
use crate::article::{Builder, Draft, DraftMarker, Kind, Mark, Nest, Part, RefId, limits};
use crate::import::entry as words;

/// Writes a page into a builder.
pub struct Walker<'a, D> {
    /// What is being made.
    pub builder: Builder,
    /// What knows the elements of this kind of page.
    pub dialect: D,
    /// By how much headings rise: 1 makes `<h2>` the top level.
    pub rise: u8,
    pub(super) page: &'a Page,
    pub(super) flow: Flow,
    pub(super) nest: Vec<Nest>,
    /// Texts that are on one line, each with the text that goes on after it.
    pub(super) held: Vec<Flow>,
    pub(super) lists: Vec<List>,
    pub(super) grid: Option<Grid>,
    pub(super) frames: Vec<Frame>,
    /// How many `<pre>` are open.
    pub(super) pre: usize,
    /// Pictures of which nothing is said: figures, where they stand alone.
    pub(super) silent: Vec<String>,
    /// An item of a list came before in the same cell.
    pub(super) item_before: bool,
    /// The last block is a table, or code.
    pub(super) after_table: bool,
    too_deep: bool,
}

/// What happens when an element ends.
pub(super) enum Exit {
    Nothing,
    /// The mark that was opened for it.
    Mark,
    /// As [`Exit::Mark`]; white space follows.
    RunIn,
    /// These words follow it.
    Words(&'static str),
    Block,
    Nest,
    List,
    Heading(u8, Option<String>),
    Title,
    /// A text on one line that becomes a block of this kind.
    Line(Kind),
    /// A line in bold.
    Bold,
    Code(String),
    Entry(RefId),
    Note(Box<Around>),
    Table,
    Cell(shape::Cell),
    TableCaption,
    Figure,
    FigureCaption,
    /// Ends nothing but a line of text.
    Gap,
}

/// What goes on after a note.
pub(super) struct Around {
    flow: Flow,
    nest: Vec<Nest>,
    held: Vec<Flow>,
    lists: Vec<List>,
    grid: Option<Grid>,
    frames: Vec<Frame>,
    here: bool,
}

/// Whether to go into an element.
pub(super) enum Enter {
    Skip,
    Into(Exit),
}

impl<'a, D: Dialect> Walker<'a, D> {
    /// A walker through this page.
    pub fn new(page: &'a Page, dialect: D, mut builder: Builder) -> Self {
        page.complaints.iter().for_each(|c| builder.report(c.clone()));
        Self {
            builder,
            dialect,
            rise: 0,
            page,
            flow: Flow::default(),
            nest: Vec::new(),
            held: Vec::new(),
            lists: Vec::new(),
            grid: None,
            frames: Vec::new(),
            pre: 0,
            silent: Vec::new(),
            item_before: false,
            after_table: false,
            too_deep: false,
        }
    }

    /// Reads what is below a node.
    pub fn read(&mut self, root: &NodeRef<'a>) {
        self.read_below(root);
        self.flush();
    }

    /// Reads an element itself, and what is in it.
    pub fn read_element(&mut self, node: &NodeRef<'a>) {
        if let Enter::Into(exit) = self.enter(node) {
            self.read_below(node);
            self.leave(exit);
        }
        self.flush();
    }

    fn read_below(&mut self, root: &NodeRef<'a>) {
        let mut open: Vec<(NodeRef<'a>, Exit)> = Vec::new();
        let mut next = root.first_child();
        while next.is_some() || !open.is_empty() {
            next = match next {
                Some(node) => match self.enter(&node) {
                    Enter::Into(exit) => {
                        open.push((node, exit));
                        node.first_child()
                    }
                    Enter::Skip => node.next_sibling(),
                },
                None => open.pop().and_then(|(node, exit)| {
                    self.leave(exit);
                    node.next_sibling()
                }),
            };
        }
    }

    /// Hands over the article.
    pub fn finish(mut self) -> Part {
        self.flush();
        for name in self.flow.take_names() {
            self.builder.anchor(&name);
        }
        self.builder.finish()
    }

    fn enter(&mut self, node: &NodeRef<'a>) -> Enter {
        if node.is_text() {
            self.text(&node.text());
        }
        if !node.is_element() || (node::is_hidden(node) && !self.dialect.shows(node)) {
            return Enter::Skip;
        }
        match self.dialect.meaning(node) {
            Meaning::Dropped => Enter::Skip,
            meaning => {
                self.name(node);
                self.enter_as(node, meaning)
            }
        }
    }

    fn enter_as(&mut self, node: &NodeRef<'a>, meaning: Meaning) -> Enter {
        match meaning {
            Meaning::Own => self.enter_own(node),
            Meaning::Dropped => Enter::Skip,
            Meaning::Inside { block: false } => Enter::Into(Exit::Nothing),
            Meaning::Inside { block: true } => self.enter_block(),
            Meaning::Marker { shown, marker } => self.put(|flow| flow.marker(shown.as_deref(), marker)),
            Meaning::Locator { locator, shown } => self.locator(locator, &shown),
            Meaning::Note(note) => self.enter_note(note),
            Meaning::Entry(entry) => self.enter_entry(node, entry),
            Meaning::Heading(level) => self.enter_heading(node, level),
            Meaning::Title => self.enter_line(Exit::Title),
            Meaning::Byline => self.enter_line(Exit::Line(Kind::Byline)),
            Meaning::Figure => self.enter_figure(),
            Meaning::Picture => self.picture(node),
            Meaning::Caption => self.enter_caption(),
            Meaning::Table(shape) => self.enter_table(shape),
            Meaning::Formula { tex, display } => self.formula(&tex, display),
            Meaning::Words(draft) => self.put(|flow| flow.append(draft)),
            Meaning::Marked(mark) => self.marked(mark),
            Meaning::Row => self.enter_row(),
            Meaning::Cell(cell) => self.enter_cell(cell),
            Meaning::RunIn => {
                self.flow.open(Mark::Strong);
                Enter::Into(Exit::RunIn)
            }
            Meaning::Block(kind, draft) => self.block(node, kind, draft),
            Meaning::Undescribed => self.undescribed(node),
        }
    }

    fn put(&mut self, put: impl FnOnce(&mut Flow)) -> Enter {
        put(&mut self.flow);
        Enter::Skip
    }

    fn text(&mut self, text: &str) {
        if self.pre > 0 { self.flow.preformatted(text) } else { self.flow.text(text) }
    }

    /// The element's name, where something leads to it.
    fn name(&mut self, node: &NodeRef<'a>) {
        let named = node.attr("name").filter(|_| node.has_name("a"));
        for name in [node.id_attr(), named].into_iter().flatten() {
            if self.page.linked.contains(&*name) {
                self.flow.name(name.to_string());
            }
        }
    }

    fn locator(&mut self, locator: String, shown: &str) -> Enter {
        let cite = self.flow.last_marker().and_then(|marker: &mut DraftMarker| marker.cites.first_mut());
        if let Some(cite) = cite.filter(|cite| cite.locator.is_empty()) {
            cite.locator = locator;
        }
        self.flow.text(shown);
        Enter::Skip
    }

    fn enter_note(&mut self, note: Note) -> Enter {
        if let Some((shown, marker)) = note.marker {
            self.flow.marker(shown.as_deref(), marker);
        } else if note.here {
            self.flush();
        }
        if let Some(label) = &note.label {
            self.builder.label_note(&note.name, label);
        }
        if let Some(group) = &note.group {
            self.builder.group_note(&note.name, group);
        }
        self.builder.begin_note(&note.name);
        Enter::Into(Exit::Note(Box::new(Around {
            flow: take(&mut self.flow),
            nest: take(&mut self.nest),
            held: take(&mut self.held),
            lists: take(&mut self.lists),
            grid: self.grid.take(),
            frames: take(&mut self.frames),
            here: note.here,
        })))
    }

    fn leave_note(&mut self, around: Around) {
        self.flush();
        let names = self.flow.take_names();
        if around.here {
            self.builder.end_note_here()
        } else {
            self.builder.end_note()
        }
        self.flow = around.flow;
        names.into_iter().for_each(|name| self.flow.name(name));
        self.nest = around.nest;
        self.held = around.held;
        self.lists = around.lists;
        self.grid = around.grid;
        self.frames = around.frames;
    }

    fn enter_entry(&mut self, node: &NodeRef<'a>, entry: Entry) -> Enter {
        let csl = entry.csl.unwrap_or_else(|| words::read(&node::words(node)).0);
        let id = self.builder.reference(&entry.key, &entry.label, csl, None);
        if let Some(group) = &entry.group {
            self.builder.group_reference(id, group);
        }
        self.enter_line(Exit::Entry(id))
    }

    /// What is in it becomes one line of text.
    pub(super) fn enter_line(&mut self, exit: Exit) -> Enter {
        self.flush();
        let names = self.flow.take_names();
        self.held.push(take(&mut self.flow));
        names.into_iter().for_each(|name| self.flow.name(name));
        Enter::Into(exit)
    }

    /// The line that [`Walker::enter_line`] began; nothing when it shows nothing.
    pub(super) fn take_line(&mut self) -> Option<Draft> {
        let line = self.flow.take();
        let names = self.flow.take_names();
        self.flow = self.held.pop().unwrap_or_default();
        names.into_iter().for_each(|name| self.flow.name(name));
        line
    }

    /// True where blocks are one line of text.
    pub(super) fn is_flat(&self) -> bool {
        !self.held.is_empty()
    }

    pub(super) fn enter_block(&mut self) -> Enter {
        self.flush();
        Enter::Into(Exit::Block)
    }

    /// Everything in it stands in this.
    pub(super) fn enter_nest(&mut self, nest: Nest) -> Enter {
        self.flush();
        if self.is_flat() {
            return Enter::Into(Exit::Gap);
        }
        if self.nest.len() >= limits::NESTING.most {
            if !std::mem::replace(&mut self.too_deep, true) {
                self.builder.complain("", limits::NESTING.message);
            }
            return Enter::Into(Exit::Block);
        }
        self.nest.push(nest);
        Enter::Into(Exit::Nest)
    }

    fn leave(&mut self, exit: Exit) {
        match exit {
            Exit::Nothing => {}
            Exit::Mark => self.flow.close(),
            Exit::RunIn => {
                self.flow.close();
                self.flow.gap();
            }
            Exit::Words(words) => self.flow.text(words),
            Exit::Block | Exit::Gap => self.flush(),
            Exit::Nest => {
                self.flush();
                self.nest.pop();
            }
            Exit::List => {
                self.flush();
                self.lists.pop();
            }
            Exit::Heading(level, name) => self.leave_heading(level, name.as_deref()),
            Exit::Title => {
                if let Some(draft) = self.take_line() {
                    self.builder.title(draft);
                }
            }
            Exit::Line(kind) => self.leave_line(kind),
            Exit::Bold => self.leave_bold(),
            Exit::Code(language) => self.leave_code(language),
            Exit::Entry(id) => self.leave_entry(id),
            Exit::Note(around) => self.leave_note(*around),
            Exit::Table => self.leave_table(),
            Exit::Cell(cell) => self.leave_cell(&cell),
            Exit::TableCaption => self.leave_table_caption(),
            Exit::Figure => self.leave_figure(),
            Exit::FigureCaption => self.leave_caption(),
        }
    }

    fn leave_line(&mut self, kind: Kind) {
        if let Some(draft) = self.take_line() {
            self.emit(kind, draft);
        }
    }

    fn leave_bold(&mut self) {
        if let Some(mut draft) = self.take_line() {
            draft.mark_range(0..draft.len(), Mark::Strong);
            self.emit(Kind::Paragraph, draft);
        }
    }

    fn leave_entry(&mut self, id: RefId) {
        if let Some(draft) = self.take_line() {
            self.builder.block(Kind::Entry(id), draft, Vec::new());
        }
    }
}
