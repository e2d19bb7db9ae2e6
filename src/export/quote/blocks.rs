//! One walk over the blocks of a passage for every syntax that has words for where things begin and end.

use super::inlines::{self, Edge};
use crate::article::citation::Author;
use crate::article::{
    Article, Block, BlockId, InlineKind, Item, Kind, Marker, MarkerId, Nest, NoteId, Table,
};
use crate::export::nest;

/// How a syntax writes what an article is made of.
pub trait Syntax {
    /// Adds words; what would be taken for markup is escaped.
    fn words(&self, out: &mut String, words: &str);
    /// What stands before and after words of this kind; `None` where the syntax has nothing for them.
    fn mark(&self, article: &Article, kind: InlineKind, edge: Edge) -> Option<(String, String)>;
    /// Code in the line.
    fn code(&self, words: &str, edge: Edge) -> String;
    /// A formula in the line.
    fn formula(&self, tex: &str) -> String;
    /// A marker.
    fn marker(&self, article: &Article, marker: (MarkerId, &Marker), label: &str) -> String;
    /// The end of a line in a paragraph.
    fn line_break(&self) -> &'static str;
    /// What something that blocks stand in begins and ends with.
    fn around(&self, level: &Level<'_>) -> Around;
    /// A block of running text: a paragraph, a heading, a term.
    fn running(&self, kind: &Kind, words: String) -> String;
    /// Preformatted text.
    fn preformatted(&self, language: &str, code: &str) -> String;
    /// A formula on lines of its own.
    fn display(&self, tex: &str) -> String;
    /// A table, its cells as they are written.
    fn table(&self, table: &Table, cells: Vec<String>) -> String;
    /// A thematic break.
    fn rule(&self) -> String;
}

/// Something that blocks stand in.
pub enum Level<'a> {
    /// The quotation that is the passage.
    Passage,
    /// A quotation in it.
    Quote,
    /// A call-out of this kind.
    Callout(&'a str),
    /// A list that begins with this item.
    List(&'a Item),
    /// An item of a list.
    Item(&'a Item),
}

/// What stands around blocks; empty lines are not written.
#[derive(Clone, Debug, Default)]
pub struct Around {
    /// The line before them.
    pub before: String,
    /// The line after them.
    pub after: String,
    /// What their first line begins with.
    pub first: String,
    /// What their further lines begin with.
    pub rest: String,
}

/// A level that is open, the list around an item with it.
struct Open {
    list: Around,
    own: Around,
}

struct Writer<'a> {
    article: &'a Article,
    syntax: &'a dyn Syntax,
    out: String,
    open: Vec<Open>,
    /// What the next line begins with, where that is not what all begin with.
    first: Option<String>,
    before: Option<&'a Block>,
}

/// The blocks of the body.
pub fn body(article: &Article, syntax: &dyn Syntax) -> String {
    let end = article.back.map_or(article.len(), |back| back.0);
    let (out, open) = (String::new(), Vec::new());
    let mut writer = Writer { article, syntax, out, open, first: None, before: None };
    for id in (0..end).map(BlockId) {
        writer.block(id);
    }
    writer.close_to(0);
    writer.out
}

/// The notes that the passage leads to, each with its number in the article and its blocks on one line each.
pub fn notes(article: &Article, syntax: &dyn Syntax) -> Vec<(NoteId, Vec<String>)> {
    let defined = article.notes.iter().zip((0..).map(NoteId)).filter(|(note, _)| !note.blocks.is_empty());
    defined
        .map(|(note, id)| (id, note.blocks.clone().map(|b| words(article, syntax, BlockId(b))).collect()))
        .collect()
}

/// True for a marker that names its author in the running text: `Doe [3]`.
pub fn names_author(marker: &Marker) -> bool {
    let detail = marker.cites.first().and_then(|cite| cite.detail.as_deref());
    detail.is_some_and(|detail| detail.author == Author::InText)
}

/// All that a block says, on one line.
pub fn words(article: &Article, syntax: &dyn Syntax, id: BlockId) -> String {
    let block = article.block(id);
    inlines::write(article, syntax, id, 0..block.text.len()).replace(['\n', '\t'], " ")
}

impl<'a> Writer<'a> {
    fn block(&mut self, id: BlockId) {
        let block = self.article.block(id);
        let shared = self.before.map_or(0, |before| nest::shared(before, block));
        let opened = self.turn_to(block, shared);
        if !opened && !self.out.is_empty() {
            self.line("");
        }
        let text = self.content(id, block);
        text.lines().for_each(|line| self.line(line));
        if text.is_empty() && self.first.is_some() {
            self.line("");
        }
        self.before = Some(block);
    }

    /// Closes what the block does not stand in, and opens what it does; true when something was opened.
    fn turn_to(&mut self, block: &'a Block, shared: usize) -> bool {
        let begins = |depth| nest::begins_list(self.before, block, shared, depth);
        let goes_on = matches!(block.nest.get(shared), Some(Nest::Item(_))) && !begins(shared);
        let lists: Vec<bool> = (0..block.nest.len()).map(begins).collect();
        let list = self.open.get(shared).filter(|_| goes_on).map(|open| open.list.clone());
        self.close_to(shared + usize::from(goes_on && self.open.len() > shared));
        if list.is_some()
            && let Some(open) = self.open.pop()
        {
            self.line_before(&open.own.after);
        }
        for (depth, level) in block.nest.iter().enumerate().skip(shared) {
            let kept = list.clone().filter(|_| depth == shared);
            self.open_level(level, lists[depth], kept);
        }
        block.nest.len() > shared
    }

    fn open_level(&mut self, level: &'a Nest, begins: bool, kept: Option<Around>) {
        let mut list = kept.unwrap_or_default();
        let own = match level {
            Nest::Quote if self.open.is_empty() => self.syntax.around(&Level::Passage),
            Nest::Quote => self.syntax.around(&Level::Quote),
            Nest::Callout(kind) => self.syntax.around(&Level::Callout(kind)),
            Nest::Item(item) => {
                if begins {
                    list = self.syntax.around(&Level::List(item));
                    self.line_before(&list.before);
                }
                self.syntax.around(&Level::Item(item))
            }
            Nest::Definition | Nest::Note { .. } => Around::default(),
        };
        self.line_before(&own.before);
        let outer = self.first.take().unwrap_or_else(|| self.margin());
        if !own.first.is_empty() {
            self.first = Some(outer + &own.first);
        } else if !outer.is_empty() {
            self.first = Some(outer);
        }
        self.open.push(Open { list, own });
    }

    fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth
            && let Some(open) = self.open.pop()
        {
            self.first = None;
            self.line_before(&open.own.after);
            self.line_before(&open.list.after);
        }
    }

    fn margin(&self) -> String {
        self.open.iter().map(|open| open.own.rest.as_str()).collect()
    }

    fn line_before(&mut self, line: &str) {
        if !line.is_empty() {
            self.line(line);
        }
    }

    fn line(&mut self, line: &str) {
        let margin = self.first.take().unwrap_or_else(|| self.margin());
        self.out.push_str(&margin);
        self.out.push_str(line);
        let end = self.out.trim_end_matches(' ').len();
        self.out.truncate(end);
        self.out.push('\n');
    }

    fn content(&self, id: BlockId, block: &Block) -> String {
        let (article, syntax) = (self.article, self.syntax);
        let text = block.text.as_str();
        match &block.kind {
            Kind::Code(language) if article.markers_in(id.0..id.0 + 1).is_empty() => {
                syntax.preformatted(language, text)
            }
            Kind::Math => match tex_of(article, block) {
                Some(tex) => syntax.display(tex),
                None => syntax.running(&Kind::Paragraph, words(article, syntax, id)),
            },
            Kind::Table(table) => {
                let cell = |cell: &std::ops::Range<u32>| {
                    inlines::write(article, syntax, id, cell.clone()).replace('\n', " ")
                };
                syntax.table(table, table.cells.iter().map(cell).collect())
            }
            Kind::Rule => syntax.rule(),
            kind => syntax.running(kind, inlines::write(article, syntax, id, 0..block.text.len())),
        }
    }
}

/// The TeX of a formula that is a block.
fn tex_of<'a>(article: &'a Article, block: &Block) -> Option<&'a str> {
    let formula = block.text.inlines().iter().find_map(|inline| match inline.kind {
        InlineKind::Math(id) => article.formulas.get(id.index()),
        _ => None,
    });
    formula.map(|tex| tex.trim()).filter(|tex| !tex.is_empty())
}
