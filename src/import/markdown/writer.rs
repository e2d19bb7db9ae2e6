//! Writes an article by the parser's events: what stands in what, and where texts begin and end.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use unicase::UniCase;

use crate::article::{Builder, Draft, Item, Kind, Mark, Nest, limits};

use super::Words;
use super::blocks::Counts;
use super::events::{self, Events, Shape};
use super::html;
use super::inline::Inline;
use super::known::Known;
use super::line_count::LineCount;
pub use super::meaning::Into;
use super::meaning::{address, align, callout, language, level_of};
use super::pieces::Piece;
use super::polish::Works;
use super::sources::Sources;
use super::table::Told;
use crate::import::table::TableDraft;

/// Writes an article, piece by piece.
pub struct Writer {
    /// What is being made.
    pub builder: Builder,
    pub(super) words: Words,
    pub(super) works: Works,
    /// The running text of the current block.
    pub(super) inline: Inline,
    /// What the running text will be.
    pub(super) into: Into,
    /// What blocks stand in, the outermost first.
    pub(super) nest: Vec<Nest>,
    pub(super) counts: Counts,
    /// A caption that waits for its table, and what it stands in.
    pub(super) caption: Option<(Draft, Vec<Nest>)>,
    /// True right after a table: its caption may follow.
    pub(super) after_table: bool,
    /// It was said that the paragraph that follows is a caption.
    pub(super) lone_caption: bool,
    /// What was said of the table that follows.
    pub(super) told: Option<Told>,
    /// The TeX of a formula on lines of its own, whose label may follow.
    pub(super) formula: Option<String>,
    /// Names for the next block.
    pub(super) anchors: Vec<String>,
    /// The notes that follow stand here, not at the end.
    pub(super) notes_here: bool,
    /// The lines of code or HTML so far.
    raw: String,
    pub(super) table: Option<TableDraft>,
    containers: Vec<Container>,
    /// The front matter gave a title, so no heading is it.
    pub titled: bool,
    /// How many levels headings rise, because a title stands above them.
    pub rise: u8,
    /// A heading became the title.
    pub took_title: bool,
    pub(super) line: LineCount,
    /// Where in the source the current heading stands, when that was asked for.
    pub(super) heading: Option<Range<u32>>,
    source: Source,
}

/// What is needed of the source beside the events.
#[derive(Debug, Default)]
struct Source {
    /// Where the last event ended.
    end: usize,
    /// The length of the piece itself: definitions were added behind it.
    own: usize,
    /// Where the piece stands in the whole, when that was asked for.
    piece: Sources,
    /// Where the lines of code or HTML so far stand.
    raw: Sources,
}

/// Something that is open.
#[derive(Debug)]
enum Container {
    /// It shows in `nest`, unless that is full.
    Nested(bool),
    /// A list: the number of its next item.
    List(Option<u64>, Shape),
    /// A note; what it stands in does not count for its text.
    Note(Vec<Nest>),
}

impl Writer {
    /// A writer of an article.
    pub fn new(builder: Builder, words: Words, works: Works) -> Self {
        Self {
            builder,
            words,
            works,
            inline: Inline::default(),
            into: Into::default(),
            nest: Vec::new(),
            counts: Counts::default(),
            caption: None,
            after_table: false,
            told: None,
            lone_caption: false,
            formula: None,
            anchors: Vec::new(),
            notes_here: false,
            raw: String::new(),
            table: None,
            containers: Vec::new(),
            titled: false,
            rise: 0,
            took_title: false,
            line: LineCount::default(),
            heading: None,
            source: Source::default(),
        }
    }

    /// Skips lines that are not part of the text.
    pub fn skip_lines(&mut self, lines: usize) {
        self.line.base += lines;
    }

    /// Writes a piece of the text.
    pub fn piece(&mut self, piece: &Piece, known: &mut Known) {
        let (text, defined) = events::with_definitions(piece, known);
        self.works.defined =
            defined.into_iter().map(|label| UniCase::new(label.into_inner().to_owned())).collect();
        let own = piece.text.len();
        let known = std::cell::RefCell::new(known);
        let lookup = |link: pulldown_cmark::BrokenLink<'_>| {
            let address = known.borrow_mut().link_from_elsewhere(&link.reference)?;
            Some((address.into(), "".into()))
        };
        let mut events = Events::new(events::parser(&text, Some(lookup)));
        self.source = Source { own, piece: piece.sources.clone(), ..Source::default() };
        while let Some((event, range)) = events.next() {
            if range.start >= own && range.end > own {
                if matches!(event, Event::Start(Tag::List(_))) {
                    events.shape();
                }
                continue;
            }
            self.builder.line = self.line.advance(&text, range.start);
            if let Event::Start(Tag::List(start)) = event {
                let shape = events.shape();
                self.flush();
                self.containers.push(Container::List(start, shape));
                continue;
            }
            self.event(event, &range, &text, &known);
        }
        self.flush();
        self.line.end_piece(piece.lines);
    }

    /// A paragraph of Markdown as a text; what would be more than that is taken as it stands.
    pub fn single(&mut self, line: &str, into: Into) -> Draft {
        let mut nothing = Known::default();
        let known = std::cell::RefCell::new(&mut nothing);
        let mut events = events::plain_parser(line).into_offset_iter();
        if !matches!(events.next(), Some((Event::Start(Tag::Paragraph), _))) {
            return Draft::of(line);
        }
        self.source = Source::default();
        self.into = into;
        for (event, range) in events.take_while(|(event, _)| *event != Event::End(TagEnd::Paragraph)) {
            self.event(event, &range, line, &known);
        }
        self.into = Into::default();
        self.take_text()
    }

    /// True in the text of a note.
    pub(super) fn in_note(&self) -> bool {
        self.containers.iter().any(|c| matches!(c, Container::Note(_)))
    }

    fn event(
        &mut self,
        event: Event<'_>,
        range: &Range<usize>,
        text: &str,
        known: &std::cell::RefCell<&mut Known>,
    ) {
        // The range of a start is that of everything up to its end.
        let end = if matches!(event, Event::Start(_)) { range.start } else { range.end };
        self.inline.source = self.source.piece.range(&(range.start..range.end.min(self.source.own)));
        match event {
            Event::Start(tag) => self.start(tag, known),
            Event::End(tag) => {
                if matches!(tag, TagEnd::TableRow | TagEnd::TableHead) {
                    self.surplus(&text[self.source.end.min(range.end)..range.end]);
                }
                self.end(tag);
            }
            Event::Text(words) => self.text(&words, range, text),
            Event::Code(code) => self.inline.marked(&code, Mark::Code),
            Event::InlineMath(tex) => self.inline_math(&tex),
            Event::DisplayMath(tex) => self.display_math(&tex),
            Event::Html(html) => {
                if let Some(there) = self.source.piece.find(range.start) {
                    self.source.raw.push(self.raw.len(), there);
                }
                self.raw.push_str(&html);
            }
            Event::InlineHtml(html) => self.inline_html(&html),
            Event::FootnoteReference(label) => self.inline.note(&label),
            Event::SoftBreak => self.inline.text(" ", false),
            Event::HardBreak => self.hard_break(),
            Event::Rule => {
                self.flush();
                self.emit(Kind::Rule, Draft::default());
            }
            Event::TaskListMarker(done) => {
                if let Some(Nest::Item(item)) = self.nest.last_mut() {
                    item.task = Some(done);
                }
            }
        }
        self.source.end = end;
    }

    fn text(&mut self, words: &str, range: &Range<usize>, source: &str) {
        match self.into {
            Into::Code(_) | Into::Html => self.raw.push_str(words),
            _ => {
                let after = range.start > self.source.end || self.source.end == 0;
                let slashed = after && source[..range.start].ends_with('\\');
                self.inline.text(words, slashed || words.len() != range.len());
            }
        }
    }

    fn hard_break(&mut self) {
        if matches!(self.into, Into::Paragraph | Into::Entry) {
            self.inline.line_break()
        } else {
            self.inline.text(" ", false)
        }
    }

    fn inline_html(&mut self, html: &str) {
        match html::Tag::read(html) {
            Some(tag) if tag.name == "br" => self.hard_break(),
            Some(tag) => self.inline.tag(&tag),
            None => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, known: &std::cell::RefCell<&mut Known>) {
        match tag {
            Tag::Emphasis => self.inline.open(Mark::Emphasis),
            Tag::Strong => self.inline.open(Mark::Strong),
            Tag::Strikethrough => self.inline.open(Mark::Struck),
            Tag::Superscript => self.inline.open(Mark::Superscript),
            Tag::Subscript => self.inline.open(Mark::Subscript),
            Tag::Link { link_type, dest_url, id, .. } => {
                let address = address(link_type, &dest_url, &id, &known.borrow());
                self.inline.open(Mark::Link(address));
            }
            Tag::Image { link_type, dest_url, id, title } => {
                let address = address(link_type, &dest_url, &id, &known.borrow());
                self.inline.open_picture(address, title.to_string());
            }
            Tag::TableHead | Tag::TableRow => {}
            Tag::TableCell => self.into = Into::Cell,
            block => {
                self.flush();
                self.start_block(block);
            }
        }
    }

    fn start_block(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { level, id, .. } => {
                self.into = Into::Heading(level_of(level), id.map(|id| id.to_string()));
                self.heading = self.inline.source.clone();
            }
            Tag::BlockQuote(kind) => {
                self.enter(kind.map_or(Nest::Quote, |k| Nest::Callout(callout(k).into())))
            }
            Tag::CodeBlock(kind) => self.into = Into::Code(language(&kind)),
            Tag::HtmlBlock => self.into = Into::Html,
            Tag::Item => self.enter_item(),
            Tag::DefinitionListTitle => self.into = Into::Term,
            Tag::DefinitionListDefinition => self.enter(Nest::Definition),
            Tag::FootnoteDefinition(label) => {
                self.settle();
                self.builder.begin_note(&label);
                if let Some(source) = self.inline.source.clone() {
                    self.builder.note_stands(&label, source);
                }
                self.containers.push(Container::Note(std::mem::take(&mut self.nest)));
            }
            Tag::Table(columns) => {
                self.table = Some(TableDraft::new(columns.into_iter().map(align).collect()))
            }
            _ => {}
        }
    }

    /// Everything after this stands in it.
    pub(super) fn enter(&mut self, nest: Nest) {
        self.settle();
        let fits = self.nest.len() < limits::NESTING.most;
        if fits {
            self.nest.push(nest);
        } else if self.containers.len() == limits::NESTING.most {
            self.builder.complain("", limits::NESTING.message);
        }
        self.containers.push(Container::Nested(fits));
    }

    fn enter_item(&mut self) {
        let mut item = Item { number: None, task: None, first: true, tight: true, width: 1 };
        if let Some(Container::List(next, shape)) = self.containers.last_mut() {
            item = Item { number: *next, tight: shape.tight, width: shape.width, ..item };
            *next = next.map(|n| n.saturating_add(1));
        }
        self.enter(Nest::Item(item));
    }

    fn end(&mut self, tag: TagEnd) {
        let told = self.told.as_ref().is_some_and(|told| told.header.is_some());
        match tag {
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image => self.inline.close(),
            TagEnd::TableCell => self.end_cell(),
            TagEnd::TableRow => self.with_table(TableDraft::end_row),
            TagEnd::TableHead => self.with_table(|table| {
                table.end_row();
                table.end_head(told);
            }),
            TagEnd::Table => self.end_table(),
            TagEnd::CodeBlock => {
                let raw = std::mem::take(&mut self.raw);
                if let Into::Code(language) = std::mem::take(&mut self.into) {
                    self.emit(Kind::Code(language.into()), Draft::of(raw.trim_end_matches('\n')));
                }
            }
            TagEnd::HtmlBlock => {
                self.into = Into::default();
                let raw = std::mem::take(&mut self.raw);
                let sources = std::mem::take(&mut self.source.raw);
                self.html_block(&raw, &sources);
            }
            TagEnd::List(_) => {
                self.flush();
                self.containers.pop();
            }
            TagEnd::BlockQuote(_)
            | TagEnd::Item
            | TagEnd::DefinitionListDefinition
            | TagEnd::FootnoteDefinition => {
                self.flush();
                self.leave();
            }
            _ => self.flush(),
        }
    }

    /// Ends what [`Writer::enter`] began.
    pub(super) fn leave(&mut self) {
        self.settle();
        match self.containers.pop() {
            Some(Container::Nested(true)) => {
                if matches!(self.nest.last(), Some(Nest::Item(item)) if item.first) {
                    self.emit(Kind::Paragraph, Draft::default());
                }
                self.nest.pop();
            }
            Some(Container::Note(outer)) => {
                self.nest = outer;
                if self.notes_here { self.builder.end_note_here() } else { self.builder.end_note() }
            }
            _ => {}
        }
    }
}
