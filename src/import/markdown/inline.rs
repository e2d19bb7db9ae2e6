//! The running text of a block while it is written: its words, and what is open over them.

use std::ops::Range;

use crate::article::{Draft, DraftCite, DraftMarker, Mark, Thing, To, limits};

use super::html::Tag;
use super::sources::Sources;

/// A text as written, before citations are looked for.
#[derive(Debug, Default)]
pub struct Written {
    /// The text.
    pub draft: Draft,
    /// The bytes of it that were escaped in the source.
    pub escaped: Vec<usize>,
    /// Where it stands in the source, when that was asked for.
    pub sources: Sources,
}

/// The text that is being written.
#[derive(Debug, Default)]
pub struct Inline {
    written: Written,
    open: Vec<Open>,
    /// The pictures in it.
    pub pictures: Vec<Picture>,
    /// The element whose text is not shown (`script`).
    silent: Option<String>,
    /// The bytes of the source that are being written, when that was asked for.
    pub source: Option<Range<u32>>,
}

/// A picture in the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    /// Where it is.
    pub address: String,
    /// Its title.
    pub title: String,
    /// The bytes that describe it.
    pub text: Range<usize>,
    /// Nothing describes it: its file name is shown instead.
    pub silent: bool,
}

#[derive(Debug)]
struct Open {
    start: usize,
    what: What,
    /// The HTML element that opened it; `None` for Markdown.
    element: Option<String>,
    source: Option<Range<u32>>,
}

#[derive(Debug)]
enum What {
    Mark(Mark),
    Picture(String, String),
    Quotes,
    Nothing,
}

impl Inline {
    /// True when nothing has been written.
    pub fn is_empty(&self) -> bool {
        self.written.draft.len() == 0 && self.open.is_empty() && self.written.draft.marks().is_empty()
    }

    /// True when a mark is open.
    pub fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// The text so far.
    pub fn as_str(&self) -> &str {
        self.written.draft.as_str()
    }

    /// Adds words.
    pub fn text(&mut self, text: &str, escaped: bool) {
        let start = self.written.draft.len();
        self.write(text, escaped);
        if let Some(from) = self.source.as_ref().map(|source| source.start as usize) {
            let shown = &self.written.draft.as_str()[start..];
            // Words that are shown as they stand need only their beginning.
            let (shown, words) = if shown == text { ("", "") } else { (shown, text) };
            self.written.sources.push_words(start, shown, words, |at| Some(from + at));
        }
    }

    /// Adds the words of HTML, which stand in the source from byte `at` of these sources on and were written there with
    /// other white space, or with characters by name.
    pub fn html_text(&mut self, text: &str, words: &str, at: usize, sources: &Sources) {
        let start = self.written.draft.len();
        self.write(text, false);
        if self.source.is_some() {
            let shown = &self.written.draft.as_str()[start..];
            self.written.sources.push_words(start, shown, words, |word| sources.find(at + word));
        }
    }

    fn write(&mut self, text: &str, escaped: bool) {
        if self.silent.is_some() {
            return;
        }
        let mut text = text;
        if escaped {
            self.written.escaped.push(self.written.draft.len());
        } else if self.as_str().ends_with([' ', '\n']) {
            // A comment between two spaces leaves one.
            text = text.trim_start_matches(' ');
        }
        self.written.draft.push_line(text);
    }

    /// Adds a line break.
    pub fn line_break(&mut self) {
        if self.silent.is_none() {
            self.written.draft.push("\n");
        }
    }

    /// Adds text that is marked as a whole.
    pub fn marked(&mut self, text: &str, mark: Mark) {
        if self.silent.is_none() {
            let start = self.written.draft.len();
            self.written.draft.push_line(text);
            self.written.draft.mark(start, mark);
        }
    }

    /// Adds the marker of a note.
    pub fn note(&mut self, label: &str) {
        let cites = vec![DraftCite::new(To::Note(label.to_owned()))];
        self.stands(Thing::Marker, self.written.draft.len(), self.source.clone());
        self.written.draft.push_marker(DraftMarker { cites, ..DraftMarker::default() });
    }

    /// Notes where in the source something stands that begins at this byte.
    fn stands(&mut self, thing: Thing, start: usize, source: Option<Range<u32>>) {
        if let Some(source) = source {
            self.written.draft.mark_range(start..start, Mark::Origin(thing, source));
        }
    }

    /// Names this place.
    pub fn anchor(&mut self, name: String) {
        let start = self.written.draft.len();
        self.written.draft.mark(start, Mark::Anchor(name));
    }

    /// Opens a mark of Markdown's.
    pub fn open(&mut self, mark: Mark) {
        self.push(What::Mark(mark), None);
    }

    /// Opens a picture; the text up to its end describes it.
    pub fn open_picture(&mut self, address: String, title: String) {
        self.push(What::Picture(address, title), None);
    }

    fn push(&mut self, what: What, element: Option<String>) {
        let source = self.source.clone();
        self.open.push(Open { start: self.written.draft.len(), what, element, source });
    }

    /// Elements that nobody closes may be many; only so many are remembered.
    fn push_element(&mut self, what: What, name: &str) {
        if self.open.len() < limits::NESTING.most {
            self.push(what, Some(name.to_owned()));
        }
    }

    /// Closes the innermost mark of Markdown's, and the elements that were left open in it.
    pub fn close(&mut self) {
        while let Some(open) = self.open.pop() {
            let markdown = open.element.is_none();
            let end = self.written.draft.len();
            self.finish(open, end);
            if markdown {
                break;
            }
        }
    }

    fn finish(&mut self, open: Open, end: usize) {
        match open.what {
            What::Mark(mark) if open.start < end => {
                if matches!(mark, Mark::Link(_)) {
                    self.stands(Thing::Link, open.start, open.source);
                }
                self.written.draft.mark_range(open.start..end, mark);
            }
            What::Picture(address, title) => {
                self.stands(Thing::Picture, open.start, open.source);
                self.picture(open.start, address, title);
            }
            What::Quotes => self.written.draft.push("”"),
            _ => {}
        }
    }

    /// A picture that nothing describes is shown by its file name.
    fn picture(&mut self, start: usize, address: String, title: String) {
        let silent = self.written.draft.as_str()[start..].trim().is_empty();
        if silent {
            let name =
                address.split(['?', '#']).next().unwrap_or("").rsplit(['/', '\\']).next().unwrap_or("");
            let name = if address.starts_with("data:") { "picture" } else { name };
            self.written.draft.push_line(name);
        }
        self.written.draft.mark(start, Mark::Image(address.clone()));
        self.pictures.push(Picture { address, title, text: start..self.written.draft.len(), silent });
    }

    /// Takes in a tag that stands in the line. Tags that say nothing to a reader go.
    pub fn tag(&mut self, tag: &Tag<'_>) {
        if let Some(silent) = &self.silent {
            if tag.closes && *silent == tag.name {
                self.silent = None;
            }
            return;
        }
        if tag.closes {
            return self.close_element(&tag.name);
        }
        let id = tag.attribute("id").or_else(|| (tag.name == "a").then(|| tag.attribute("name")).flatten());
        if let Some(id) = id {
            self.anchor(id);
        }
        match tag.name.as_str() {
            "script" | "style" if !tag.empty => self.silent = Some(tag.name.clone()),
            "img" => {
                let address = tag.attribute("src").unwrap_or_default();
                let start = self.written.draft.len();
                self.stands(Thing::Picture, start, self.source.clone());
                self.written.draft.push_line(&tag.attribute("alt").unwrap_or_default());
                self.picture(start, address, tag.attribute("title").unwrap_or_default());
            }
            _ if tag.empty => {}
            "q" => {
                self.written.draft.push("“");
                self.push_element(What::Quotes, &tag.name);
            }
            _ => {
                if let Some(what) = mark_of(tag) {
                    self.push_element(what, &tag.name);
                }
            }
        }
    }

    /// Closes the innermost element of this name; marks that began in it end with it or, being Markdown's, cut it
    /// short, so that all of them nest.
    fn close_element(&mut self, name: &str) {
        let Some(at) = self.open.iter().rposition(|o| o.element.as_deref() == Some(name)) else { return };
        let end = self.written.draft.len();
        let markdown = self.open[at + 1..].iter().position(|o| o.element.is_none());
        match markdown {
            Some(inner) => {
                let end = self.open[at + 1 + inner].start;
                let open = self.open.remove(at);
                if !matches!(open.what, What::Quotes) {
                    self.finish(open, end);
                }
            }
            None => {
                for open in self.open.split_off(at).into_iter().rev() {
                    self.finish(open, end);
                }
            }
        }
    }

    /// The whole text; everything open ends here.
    pub fn take(&mut self) -> (Written, Vec<Picture>) {
        while !self.open.is_empty() {
            self.close();
        }
        self.silent = None;
        (std::mem::take(&mut self.written), std::mem::take(&mut self.pictures))
    }
}

/// What an element says of the text in it.
fn mark_of(tag: &Tag<'_>) -> Option<What> {
    Some(What::Mark(match tag.name.as_str() {
        "em" | "i" | "cite" | "dfn" | "var" => Mark::Emphasis,
        "strong" | "b" => Mark::Strong,
        "s" | "del" | "strike" => Mark::Struck,
        "u" | "ins" | "kbd" => Mark::Underline,
        "mark" => Mark::Highlight,
        "code" | "tt" | "samp" => Mark::Code,
        "sup" => Mark::Superscript,
        "sub" => Mark::Subscript,
        "a" => Mark::Link(tag.attribute("href")?),
        "span" if tag.attribute("class").is_some_and(|c| c.contains("smallcaps")) => Mark::SmallCaps,
        "span" => return Some(What::Nothing),
        _ => return None,
    }))
}
