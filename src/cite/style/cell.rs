//! A formatted reference letter by letter, and how each looks, until it becomes a draft.

use std::ops::Range;

use hayagriva::citationberg::{Display, FontStyle, FontVariant, FontWeight, TextDecoration, VerticalAlign};
use hayagriva::{ElemChild, ElemChildren, ElemMeta, Formatting};

use crate::article::{Draft, Mark, safe};
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

    fn marks(self) -> [(bool, Mark); 6] {
        [
            (self.italic, Mark::Emphasis),
            (self.bold, Mark::Strong),
            (self.small, Mark::SmallCaps),
            (self.underlined, Mark::Underline),
            (self.raised, Mark::Superscript),
            (self.lowered, Mark::Subscript),
        ]
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
    /// Which field it is a part of; 0 for what the style puts between fields.
    pub field: usize,
}

impl Cell {
    /// A letter that is nothing but itself.
    pub fn plain(sign: char) -> Self {
        Self { sign, look: Look::default(), link: 0, date: 0, field: 0 }
    }
}

/// What a style made of a reference.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub cells: Vec<Cell>,
    links: Vec<String>,
    dates: usize,
    fields: usize,
}

impl Line {
    /// The leaves of the processor's tree, in order.
    pub fn of(children: &ElemChildren) -> Self {
        let mut line = Self::default();
        line.children(children, Cell::plain(' '));
        line.tidy();
        line
    }

    /// The same for a part of it.
    pub fn of_child(child: &ElemChild) -> Self {
        let mut line = Self::default();
        line.child(child, Cell::plain(' '));
        line
    }

    fn children(&mut self, children: &ElemChildren, like: Cell) {
        for child in &children.0 {
            self.child(child, like);
        }
    }

    /// The nesting is that of the style, which is bounded.
    fn child(&mut self, child: &ElemChild, like: Cell) {
        match child {
            ElemChild::Text(text) => self.text(&text.text, Cell { look: Look::of(text.formatting), ..like }),
            ElemChild::Link { text, url } => {
                self.links.push(url.clone());
                let like = Cell { look: Look::of(text.formatting), link: self.links.len(), ..like };
                self.text(&text.text, like);
            }
            ElemChild::Elem(elem) => {
                let mut like = like;
                if elem.meta.is_some() {
                    self.fields += 1;
                    like.field = self.fields;
                }
                if matches!(elem.meta, Some(ElemMeta::Date)) {
                    self.dates += 1;
                    like.date = self.dates;
                }
                if matches!(elem.display, Some(Display::Block | Display::Indent | Display::RightInline)) {
                    self.space();
                }
                self.children(&elem.children, like);
                if elem.display.is_some() {
                    self.space();
                }
            }
            ElemChild::Markup(text) => self.text(text, like),
            ElemChild::Transparent { .. } => {}
        }
    }

    fn text(&mut self, text: &str, like: Cell) {
        self.cells.extend(text.chars().map(|sign| Cell { sign, ..like }));
    }

    /// Parts that stand apart on a page are parted by a space in a line.
    fn space(&mut self) {
        if self.cells.last().is_some_and(|cell| !cell.sign.is_whitespace()) {
            self.cells.push(Cell::plain(' '));
        }
    }

    /// The cells of a date.
    pub fn date(&self, number: usize) -> Option<Range<usize>> {
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

    /// Between fields of which the processor prints nothing it still puts what parts them: one sign of two goes.
    fn tidy(&mut self) {
        let cells = std::mem::take(&mut self.cells);
        for cell in cells {
            let last = self.cells.iter().rposition(|cell| !cell.sign.is_whitespace());
            let Some(at) = last.filter(|at| cell.field == 0 || self.cells[*at].field != cell.field) else {
                self.cells.push(cell);
                continue;
            };
            let last = self.cells[at];
            let parts = |c: char| matches!(c, ',' | ';' | ':');
            match cell.sign {
                '.' | ')' | ']' if parts(last.sign) && last.link == 0 => self.cells.truncate(at),
                '.' if self.ends_quoted_sentence(at) => continue,
                c if parts(c) && c == last.sign => continue,
                // A date leaves the space behind that would part it from a month.
                c if (parts(c) || c == '.') && last.date > 0 => self.cells.truncate(at + 1),
                _ => {}
            }
            self.cells.push(cell);
        }
    }

    /// True when a sentence has ended inside the quotation mark that this cell is.
    fn ends_quoted_sentence(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|at| self.cells.get(at)).map_or(' ', |cell| cell.sign);
        matches!(self.cells[at].sign, '”' | '’') && matches!(before, '.' | '?' | '!')
    }

    /// A draft of it: through the door for foreign text, without space at its ends, or twice anywhere.
    pub fn draft(&self) -> Draft {
        let mut draft = Draft::default();
        let mut runs: Vec<(Range<usize>, Cell)> = Vec::new();
        for run in self.cells.chunk_by(|a, b| (a.look, a.link) == (b.look, b.link)) {
            let start = draft.len();
            let spaced = draft.as_str().is_empty() || draft.as_str().ends_with(' ');
            draft.push_line(&squeezed(run, spaced));
            runs.push((start..draft.len(), run[0]));
        }
        let (text, marks) = (draft.as_str().to_owned(), Look::default().marks());
        for (at, (_, mark)) in marks.into_iter().enumerate() {
            for range in stretches(&runs, |cell| usize::from(cell.look.marks()[at].0)) {
                mark_words(&mut draft, &text, range.0, mark.clone());
            }
        }
        for (range, link) in stretches(&runs, |cell| cell.link) {
            if let Some(address) = self.links.get(link - 1).filter(|url| is_web(url)) {
                mark_words(&mut draft, &text, range, Mark::Link(safe::address(address)));
            }
        }
        draft.trim_end();
        draft
    }
}

/// Runs that follow one another and are of the same kind, which is not 0.
fn stretches(runs: &[(Range<usize>, Cell)], kind: impl Fn(&Cell) -> usize) -> Vec<(Range<usize>, usize)> {
    let mut out: Vec<(Range<usize>, usize)> = Vec::new();
    for (range, cell) in runs {
        match (out.last_mut(), kind(cell)) {
            (_, 0) => {}
            (Some((last, same)), kind) if *same == kind && last.end == range.start => last.end = range.end,
            (_, kind) => out.push((range.clone(), kind)),
        }
    }
    out
}

/// Marks a range but for the spaces at its ends.
fn mark_words(draft: &mut Draft, text: &str, range: Range<usize>, mark: Mark) {
    let words = &text[range.clone()];
    let start = range.start + words.len() - words.trim_start().len();
    if !words.trim().is_empty() {
        draft.mark_range(start..start + words.trim().len(), mark);
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
        let draft = Line { cells, links, ..Line::default() }.draft();
        assert_eq!(draft.as_str(), "a b ␛ it. urlx");
        let link = Mark::Link("https://a.example/b%20c".to_owned());
        assert_eq!(draft.marks(), [(8..11, Mark::Emphasis), (12..15, link)]);
    }

    #[test]
    fn signs_between_fields_stand_once() {
        let tidied = |text: &str| {
            let mut line = Line::default();
            for (field, part) in text.split('|').enumerate() {
                let date = usize::from(part.contains("19"));
                let field = if part.starts_with(char::is_alphanumeric) { field + 1 } else { 0 };
                line.text(part, Cell { date, field, ..Cell::plain(' ') });
            }
            line.tidy();
            line.all_words()
        };
        let cases = [
            ("(|1999|, |)", "(1999)"),
            ("“|Open.|”|. |https", "“Open.” https"),
            ("Journal|, |.", "Journal."),
            ("1998 |;|57", "1998;57"),
            ("A|. |B", "A. B"),
            ("a:) b,. c", "a:) b,. c"),
            ("x|,|, |y", "x, y"),
        ];
        for (given, expected) in cases {
            assert_eq!(tidied(given), expected, "{given}");
        }
    }
}
