//! Blocks of HTML: their text, in the blocks that their elements make of it.

use crate::article::{Draft, Item, Kind, Nest, limits};

use super::html::{Tag, Token, Tokens, tokens};
use super::names::decode;
use super::sources::Sources;
use super::table::Told;
use super::tags::is_block;
use super::writer::{Into, Writer};
use crate::import::table::TableDraft;

/// What is open in a block of HTML.
#[derive(Debug, Default)]
struct State {
    /// The text of a `<pre>` so far.
    pre: Option<String>,
    /// The elements that texts stand in, and for lists the number of the next item.
    open: Vec<(Element, Option<u64>)>,
    table: Option<Rows>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Element {
    List,
    Item,
    Quote,
    Definition,
}

/// The rows of a table so far.
#[derive(Debug, Default)]
struct Rows {
    rows: Vec<Vec<Draft>>,
    in_cell: bool,
    header: bool,
    header_rows: u32,
}

impl Writer {
    /// Writes a block of HTML.
    pub(super) fn html_block(&mut self, html: &str, sources: &Sources) {
        if let Some(told) = Told::read(html) {
            self.told = Some(told);
            return;
        }
        if html.trim() == "<!-- caption -->" {
            self.lone_caption = true;
            return;
        }
        let mut state = State::default();
        let mut tokens = tokens(html);
        while let Some(token) = tokens.next() {
            let end = html.len() - tokens.rest().len();
            let start = match &token {
                Token::Text(text) => end - text.len(),
                Token::Tag(_) => html[..end].rfind('<').unwrap_or(end),
            };
            self.inline.source = sources.range(&(start..end));
            match token {
                Token::Text(text) => self.html_text(&decode(text), (text, start, sources), &mut state),
                Token::Tag(tag) => self.html_tag(&tag, &mut tokens, &mut state),
            }
        }
        self.end_pre(&mut state);
        self.end_html_table(&mut state);
        self.flush();
        while self.leave_html(&mut state) {}
    }

    /// White space in HTML is one space, except in `<pre>`.
    fn html_text(&mut self, text: &str, source: (&str, usize, &Sources), state: &mut State) {
        if let Some(pre) = &mut state.pre {
            return pre.push_str(text);
        }
        let mut out = String::with_capacity(text.len());
        for word in text.split_ascii_whitespace() {
            if !out.is_empty() || text.starts_with(|c: char| c.is_ascii_whitespace()) {
                out.push(' ');
            }
            out.push_str(word);
        }
        if text.ends_with(|c: char| c.is_ascii_whitespace()) {
            out.push(' ');
        }
        let at_start = self.inline.as_str().is_empty() || self.inline.as_str().ends_with([' ', '\n']);
        let shown = if at_start { out.trim_start_matches(' ') } else { &out };
        if !shown.is_empty() {
            let (words, at, sources) = source;
            self.inline.html_text(shown, words, at, sources);
        }
    }

    fn html_tag(&mut self, tag: &Tag<'_>, tokens: &mut Tokens<'_>, state: &mut State) {
        let name = tag.name.as_str();
        if state.pre.is_some() && name != "pre" {
            return;
        }
        match name {
            "script" | "style" => {
                if !tag.closes && !tag.empty {
                    tokens.skip_to_end(name);
                }
            }
            "br" => self.html_break(state),
            "pre" => self.html_pre(tag, state),
            "table" | "tr" | "td" | "th" | "caption" => self.html_table(tag, state),
            _ if is_block(name) && state.table.as_ref().is_some_and(|t| t.in_cell) => {
                self.inline.text(" ", false);
            }
            _ if is_block(name) => self.html_element(tag, state),
            _ => self.inline.tag(tag),
        }
    }

    fn html_break(&mut self, state: &State) {
        if state.table.is_some() { self.inline.text(" ", false) } else { self.inline.line_break() }
    }

    fn html_pre(&mut self, tag: &Tag<'_>, state: &mut State) {
        self.end_pre(state);
        self.flush();
        if !tag.closes {
            state.pre = Some(String::new());
        }
    }

    fn end_pre(&mut self, state: &mut State) {
        if let Some(code) = state.pre.take() {
            self.emit(Kind::Code("".into()), Draft::of(code.trim_matches('\n')));
        }
    }

    fn html_element(&mut self, tag: &Tag<'_>, state: &mut State) {
        self.flush();
        if tag.closes {
            return self.close_html(&tag.name, state);
        }
        match tag.attribute("id").as_deref() {
            // Where pandoc puts the references; and our own place for notes, which follow it.
            Some("refs") if tag.name == "div" => return self.references_here(tag),
            Some("notes") if tag.name == "div" => return self.notes_here = true,
            None if tag.attribute("class").is_some_and(|c| c == "refs") => return self.references_here(tag),
            id => self.anchors.extend(id.map(str::to_owned)),
        }
        match tag.name.as_str() {
            "hr" => self.emit(Kind::Rule, Draft::default()),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = tag.name.bytes().last().map_or(1, |b| b - b'0');
                self.into = Into::Heading(level, self.anchors.pop());
                self.heading = self.inline.source.clone();
            }
            // Elements that nobody closes may be many.
            _ if state.open.len() >= limits::NESTING.most => {}
            "ul" => state.open.push((Element::List, None)),
            "ol" => {
                let start = tag.attribute("start").and_then(|s| s.trim().parse().ok()).unwrap_or(1);
                state.open.push((Element::List, Some(start)));
            }
            "li" => self.html_item(state),
            "blockquote" => self.enter_html(Element::Quote, Nest::Quote, state),
            "dt" => {
                self.leave_html_if(Element::Definition, state);
                self.into = Into::Term;
            }
            "dd" => {
                self.leave_html_if(Element::Definition, state);
                self.enter_html(Element::Definition, Nest::Definition, state);
            }
            _ => {}
        }
    }

    /// All references that stand nowhere yet, or as many as the element says.
    fn references_here(&mut self, tag: &Tag<'_>) {
        let most = tag.attribute("data-entries").and_then(|count| count.trim().parse().ok());
        self.builder.place_references(most.unwrap_or(usize::MAX));
    }

    fn html_item(&mut self, state: &mut State) {
        self.leave_html_if(Element::Item, state);
        let mut item = Item { number: None, task: None, first: true, tight: true, width: 1 };
        if let Some((Element::List, Some(next))) = state.open.last_mut() {
            item.number = Some(*next);
            item.width = next.checked_ilog10().unwrap_or(0) as u8 + 2;
            *next = next.saturating_add(1);
        }
        self.enter_html(Element::Item, Nest::Item(item), state);
    }

    fn enter_html(&mut self, element: Element, nest: Nest, state: &mut State) {
        self.enter(nest);
        state.open.push((element, None));
    }

    fn leave_html_if(&mut self, element: Element, state: &mut State) {
        if state.open.last().is_some_and(|(e, _)| *e == element) {
            self.leave_html(state);
        }
    }

    fn leave_html(&mut self, state: &mut State) -> bool {
        match state.open.pop() {
            Some((Element::List, _)) => true,
            Some(_) => {
                self.leave();
                true
            }
            None => false,
        }
    }

    fn close_html(&mut self, name: &str, state: &mut State) {
        let element = match name {
            "ul" | "ol" => Element::List,
            "li" => Element::Item,
            "blockquote" => Element::Quote,
            "dd" | "dl" => Element::Definition,
            _ => return,
        };
        if let Some(at) = state.open.iter().rposition(|(e, _)| *e == element) {
            while state.open.len() > at {
                self.leave_html(state);
            }
        }
    }

    fn html_table(&mut self, tag: &Tag<'_>, state: &mut State) {
        match (tag.name.as_str(), tag.closes) {
            ("table", false) if state.table.is_none() => {
                self.flush();
                self.anchors.extend(tag.attribute("id"));
                state.table = Some(Rows::default());
            }
            ("table", true) => self.end_html_table(state),
            ("table", false) => self.inline.text(" ", false),
            (name, closes) => {
                let Some(mut rows) = state.table.take() else { return self.flush() };
                self.end_html_cell(&mut rows);
                match name {
                    "tr" if !closes => rows.begin_row(),
                    "td" | "th" if !closes => rows.begin_cell(name == "th"),
                    "caption" if closes => {
                        let draft = self.take_text();
                        let mut caption = Draft::of(": ");
                        caption.append(draft);
                        self.settle();
                        self.caption = Some((caption, self.nest.clone()));
                    }
                    _ => {}
                }
                state.table = Some(rows);
            }
        }
    }

    fn end_html_cell(&mut self, rows: &mut Rows) {
        if std::mem::take(&mut rows.in_cell) {
            let cell = self.take_text();
            match rows.rows.last_mut() {
                Some(row) => row.push(cell),
                None => rows.rows.push(vec![cell]),
            }
        }
    }

    fn end_html_table(&mut self, state: &mut State) {
        let Some(mut rows) = state.table.take() else { return };
        self.end_html_cell(&mut rows);
        self.flush();
        rows.begin_row();
        rows.rows.retain(|row| !row.is_empty());
        self.emit_table(TableDraft::of(rows.rows, rows.header_rows));
    }
}

impl Rows {
    fn begin_row(&mut self) {
        if self.header && self.header_rows + 1 == self.rows.len() as u32 {
            self.header_rows += 1;
        }
        self.header = true;
        self.rows.push(Vec::new());
    }

    fn begin_cell(&mut self, header: bool) {
        if self.rows.is_empty() {
            self.begin_row();
        }
        self.header &= header;
        self.in_cell = true;
    }
}
