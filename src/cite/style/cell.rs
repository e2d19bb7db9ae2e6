//! A formatted reference letter by letter, and how each looks, until it becomes a draft.

use hayagriva::citationberg::{Display, FontStyle, FontVariant, FontWeight, TextDecoration, VerticalAlign};
use hayagriva::{ElemChild, ElemChildren, ElemMeta, Formatting};

use crate::article::{Draft, Mark};
use crate::cite::short::is_web;

/// How a letter looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "each may be true or not beside any other")]
pub(super) struct Look {
    pub italic: bool,
    pub bold: bool,
    /// In small capitals.
    pub small: bool,
    pub underlined: bool,
    pub raised: bool,
    pub lowered: bool,
}

impl Look {
    /// Markup inside this look: what stresses stands out from what is stressed.
    pub fn with(self, other: Self) -> Self {
        Self {
            italic: self.italic != other.italic,
            bold: self.bold != other.bold,
            small: self.small != other.small,
            underlined: self.underlined || other.underlined,
            raised: self.raised || other.raised,
            lowered: self.lowered || other.lowered,
        }
    }

    fn of(formatting: Formatting) -> Self {
        Self {
            italic: matches!(formatting.font_style, FontStyle::Italic),
            bold: matches!(formatting.font_weight, FontWeight::Bold),
            small: matches!(formatting.font_variant, FontVariant::SmallCaps),
            underlined: matches!(formatting.text_decoration, TextDecoration::Underline),
            raised: matches!(formatting.vertical_align, VerticalAlign::Sup),
            lowered: matches!(formatting.vertical_align, VerticalAlign::Sub),
        }
    }

    fn marks(self) -> impl Iterator<Item = Mark> {
        let marks = [
            (self.italic, Mark::Emphasis),
            (self.bold, Mark::Strong),
            (self.small, Mark::SmallCaps),
            (self.underlined, Mark::Underline),
            (self.raised, Mark::Superscript),
            (self.lowered, Mark::Subscript),
        ];
        marks.into_iter().filter(|(is, _)| *is).map(|(_, mark)| mark)
    }
}

/// A letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub sign: char,
    pub look: Look,
    /// Which link it is a part of; 0 for none.
    pub link: usize,
    /// Which date it is a part of, counted from 1 in the order of the entry; 0 for none.
    pub date: usize,
}

impl Cell {
    /// A letter that is nothing but itself.
    pub fn plain(sign: char) -> Self {
        Self { sign, look: Look::default(), link: 0, date: 0 }
    }
}

/// What a style made of a reference.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub cells: Vec<Cell>,
    links: Vec<String>,
    dates: usize,
}

impl Line {
    /// The leaves of the processor's tree, in order.
    pub fn of(children: &ElemChildren) -> Self {
        let mut line = Self::default();
        line.children(children, 0);
        line
    }

    /// The same for a part of it.
    pub fn of_child(child: &ElemChild) -> Self {
        let mut line = Self::default();
        line.child(child, 0);
        line
    }

    fn children(&mut self, children: &ElemChildren, date: usize) {
        for child in &children.0 {
            self.child(child, date);
        }
    }

    /// The nesting is that of the style, which is bounded.
    fn child(&mut self, child: &ElemChild, date: usize) {
        match child {
            ElemChild::Text(text) => self.text(&text.text, Look::of(text.formatting), 0, date),
            ElemChild::Link { text, url } => {
                self.links.push(url.clone());
                self.text(&text.text, Look::of(text.formatting), self.links.len(), date);
            }
            ElemChild::Elem(elem) => {
                let own = matches!(elem.meta, Some(ElemMeta::Date));
                let date = if own { self.dates + 1 } else { date };
                self.dates += usize::from(own);
                if matches!(elem.display, Some(Display::Block | Display::Indent | Display::RightInline)) {
                    self.space();
                }
                self.children(&elem.children, date);
                if elem.display.is_some() {
                    self.space();
                }
            }
            ElemChild::Markup(text) => self.text(text, Look::default(), 0, date),
            ElemChild::Transparent { .. } => {}
        }
    }

    fn text(&mut self, text: &str, look: Look, link: usize, date: usize) {
        self.cells.extend(text.chars().map(|sign| Cell { sign, look, link, date }));
    }

    /// Parts that stand apart on a page are parted by a space in a line.
    fn space(&mut self) {
        if self.cells.last().is_some_and(|cell| !cell.sign.is_whitespace()) {
            self.cells.push(Cell::plain(' '));
        }
    }

    /// The cells of a date.
    pub fn date(&self, number: usize) -> Option<std::ops::Range<usize>> {
        let start = self.cells.iter().position(|cell| cell.date == number)?;
        let end = self.cells.iter().rposition(|cell| cell.date == number)? + 1;
        Some(start..end)
    }

    /// How many dates it shows.
    pub fn dates(&self) -> usize {
        self.dates
    }

    /// All its letters.
    pub fn all_words(&self) -> String {
        self.cells.iter().map(|cell| cell.sign).collect()
    }

    /// Quotation marks inside the same quotation marks become the other ones, where all of them open and close.
    pub fn turn_inner_quotes(&mut self) {
        let signs: Vec<char> = self.cells.iter().map(|cell| cell.sign).collect();
        for (at, sign) in turned(&signs) {
            self.cells[at].sign = sign;
        }
    }

    /// A draft of it: through the door for foreign text, without space at its ends, or twice anywhere.
    pub fn draft(&self) -> Draft {
        let mut draft = Draft::default();
        let runs = self.cells.chunk_by(|a, b| (a.look, a.link) == (b.look, b.link));
        let mut link: Option<(usize, usize)> = None;
        for run in runs {
            let here = run[0];
            if link.is_some_and(|(number, _)| number != here.link) {
                self.end_link(&mut draft, link.take());
            }
            if here.link > 0 && link.is_none() {
                link = Some((here.link, draft.len()));
            }
            let words = squeezed(run, draft.as_str().is_empty() || draft.as_str().ends_with(' '));
            let start = draft.len();
            draft.push_line(&words);
            if !words.trim().is_empty() {
                here.look.marks().for_each(|mark| draft.mark(start, mark));
            }
        }
        self.end_link(&mut draft, link);
        draft.trim_end();
        draft
    }

    fn end_link(&self, draft: &mut Draft, link: Option<(usize, usize)>) {
        let Some((number, start)) = link else { return };
        let address = number.checked_sub(1).and_then(|at| self.links.get(at)).filter(|url| is_web(url));
        if let Some(address) = address {
            draft.mark(start, Mark::Link(crate::article::safe::address(address)));
        }
    }
}

/// The quotation marks that have to be others, and what they have to be.
fn turned(signs: &[char]) -> Vec<(usize, char)> {
    let at = |at: Option<usize>| at.and_then(|at| signs.get(at)).copied().unwrap_or(' ');
    let mut open: Vec<(char, char)> = Vec::new();
    let mut out = Vec::new();
    for (here, &sign) in signs.iter().enumerate() {
        let (before, after) = (at(here.checked_sub(1)), at(Some(here + 1)));
        let opens = before.is_whitespace() || matches!(before, '(' | '[' | '“' | '‘' | '—' | '–');
        let sign = match sign {
            // Outside of others they stand as they were given; after a number they are inches.
            '"' if open.is_empty() || before.is_ascii_digit() => continue,
            '"' if opens => '“',
            '"' => '”',
            sign => sign,
        };
        let shown = match sign {
            '“' | '‘' => {
                let other = if sign == '“' { '‘' } else { '“' };
                let shown = if open.last().is_some_and(|(_, outer)| *outer == sign) { other } else { sign };
                open.push((sign, shown));
                shown
            }
            '”' | '’' => {
                let own = if sign == '”' { '“' } else { '‘' };
                let closes = open
                    .last()
                    .filter(|(given, _)| *given == own && (sign == '”' || !after.is_alphanumeric()));
                let Some((_, shown)) = closes.copied() else { continue };
                open.pop();
                if shown == '“' { '”' } else { '’' }
            }
            _ => continue,
        };
        if shown != signs[here] {
            out.push((here, shown));
        }
    }
    if open.is_empty() { out } else { Vec::new() }
}

/// The letters of a run, every stretch of white space in them one space.
fn squeezed(run: &[Cell], mut spaced: bool) -> String {
    let mut out = String::with_capacity(run.len());
    for cell in run {
        let space = cell.sign.is_whitespace() && cell.sign != '\u{a0}' && cell.sign != '\u{202f}';
        if !space {
            out.push(cell.sign);
        } else if !spaced {
            out.push(' ');
        }
        spaced = space;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotation_marks_inside_quotation_marks_are_others() {
        let cases = [
            ("“On \"x\" and “y”,” z", "“On ‘x’ and ‘y’,” z"),
            ("‘‘Like a Glas’: Devil’s notes’ z", "‘“Like a Glas”: Devil’s notes’ z"),
            ("On \"x\"", "On \"x\""),
            ("“a “b”", "“a “b”"),
            ("“The 7\" disc” “x ‘y’ z”", "“The 7\" disc” “x ‘y’ z”"),
            ("Devil’s authors’ “x”", "Devil’s authors’ “x”"),
        ];
        for (given, expected) in cases {
            let mut line = Line { cells: given.chars().map(Cell::plain).collect(), ..Line::default() };
            line.turn_inner_quotes();
            assert_eq!(line.all_words(), expected);
        }
    }

    #[test]
    fn a_line_becomes_a_draft() {
        let italic = Look { italic: true, ..Look::default() };
        let mut cells: Vec<Cell> = " a  b \u{1b} ".chars().map(Cell::plain).collect();
        cells.extend("it. ".chars().map(|sign| Cell { look: italic, ..Cell::plain(sign) }));
        cells.extend("url".chars().map(|sign| Cell { link: 1, ..Cell::plain(sign) }));
        cells.extend("x".chars().map(|sign| Cell { link: 2, ..Cell::plain(sign) }));
        let links = vec!["https://a.example/b c".to_owned(), "javascript:x".to_owned()];
        let draft = Line { cells, links, dates: 0 }.draft();
        assert_eq!(draft.as_str(), "a b ␛ it. urlx");
        let link = Mark::Link("https://a.example/b%20c".to_owned());
        assert_eq!(draft.marks(), [(8..12, Mark::Emphasis), (12..15, link)]);
    }
}
