//! The parser's events, with what lists turn out to be known before their items are written.

use std::collections::{HashSet, VecDeque};
use std::ops::Range;

use pulldown_cmark::{BrokenLinkCallback, Event, OffsetIter, Options, Parser, Tag};

use unicase::UniCase;

use super::known::Known;
use super::pieces::Piece;

/// An event, and the bytes of the source that it stands for.
pub type Ranged<'a> = (Event<'a>, Range<usize>);

/// What is read. Superscript and subscript by `^` and `~` are not: the parser reads them only after white space,
/// and they would take the single tilde away from GFM.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_MATH)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_DEFINITION_LIST);

/// A parser of a piece; the callback is asked for links that the piece does not define.
pub fn parser<'a, F: BrokenLinkCallback<'a>>(text: &'a str, callback: Option<F>) -> Parser<'a, F> {
    Parser::new_with_broken_link_callback(text, OPTIONS, callback)
}

/// A parser of a text that stands by itself.
pub fn plain_parser(text: &str) -> Parser<'_> {
    parser(text, None)
}

/// The piece with definitions of the notes that it uses added at its end: the parser knows a marker only by its
/// definition. Events from the piece's own length on are to be dropped. With the labels of those notes.
pub fn with_definitions<'p>(piece: &'p Piece, known: &mut Known) -> (String, HashSet<UniCase<&'p str>>) {
    let mut labels = HashSet::new();
    let mut defined = HashSet::new();
    let mut added = String::new();
    for at in memchr::memmem::find_iter(piece.text.as_bytes(), "[^") {
        let rest = &piece.text[at + 2..];
        let end = rest.bytes().take(1000).position(|b| matches!(b, b']' | b'[' | b'\n' | b'\r'));
        let Some(label) = end.filter(|&e| rest.as_bytes()[e] == b']').map(|e| &rest[..e]) else { continue };
        if !label.trim().is_empty() && labels.insert(label) && known.defines(label) {
            defined.insert(UniCase::new(label));
            added.push_str("\n\n[^");
            added.push_str(label);
            added.push_str("]: \n");
        }
    }
    let mut text = String::with_capacity(piece.text.len() + piece.closing.len() + added.len());
    text.push_str(&piece.text);
    if !added.is_empty() {
        text.push_str(&piece.closing);
    }
    (text + &added, defined)
}

/// What a list looks like as a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// No blank lines between its items.
    pub tight: bool,
    /// The width of its widest marker, in cells.
    pub width: u8,
}

/// Events, with each list held back until its end has been seen.
pub struct Events<'a, F> {
    source: OffsetIter<'a, F>,
    held: VecDeque<Ranged<'a>>,
    /// The shapes of the lists whose start has not been given out, in order.
    shapes: VecDeque<Shape>,
}

/// A list while it is looked through.
struct Seen {
    at: usize,
    start: Option<u64>,
    items: u64,
    tight: Option<bool>,
}

impl<'a, F: BrokenLinkCallback<'a>> Events<'a, F> {
    /// The events of a parser.
    pub fn new(parser: Parser<'a, F>) -> Self {
        Self { source: parser.into_offset_iter(), held: VecDeque::new(), shapes: VecDeque::new() }
    }

    /// The shape of the list whose start was given out last.
    pub fn shape(&mut self) -> Shape {
        self.shapes.pop_front().unwrap_or_default()
    }

    fn hold_list(&mut self, first: Ranged<'a>) {
        // `None` stands for anything that is no list and no item.
        let mut open: Vec<Level> = Vec::new();
        let mut lists: Vec<Seen> = Vec::new();
        let mut event = Some(first);
        while let Some((event_now, range)) = event {
            look(&event_now, &mut open, &mut lists, &mut self.shapes);
            self.held.push_back((event_now, range));
            if open.is_empty() {
                break;
            }
            event = self.source.next();
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Level {
    List,
    Item,
    Other,
}

fn look(event: &Event<'_>, open: &mut Vec<Level>, lists: &mut Vec<Seen>, shapes: &mut VecDeque<Shape>) {
    let in_item = open.last() == Some(&Level::Item);
    match event {
        Event::Start(tag) => {
            let level = match tag {
                Tag::List(start) => {
                    lists.push(Seen { at: shapes.len(), start: *start, items: 0, tight: None });
                    shapes.push_back(Shape::default());
                    Level::List
                }
                Tag::Item => Level::Item,
                _ => Level::Other,
            };
            if let Some(list) = lists.last_mut() {
                match tag {
                    Tag::Item => list.items += 1,
                    Tag::Paragraph if in_item => list.tight = list.tight.or(Some(false)),
                    _ => {}
                }
            }
            open.push(level);
        }
        Event::End(_) => {
            if open.pop() == Some(Level::List)
                && let Some(list) = lists.pop()
            {
                shapes[list.at] = list.shape();
            }
        }
        Event::TaskListMarker(_) => {}
        _ if in_item => {
            if let Some(list) = lists.last_mut() {
                list.tight = list.tight.or(Some(true));
            }
        }
        _ => {}
    }
}

impl Seen {
    fn shape(&self) -> Shape {
        let last = self.start.map(|s| s.saturating_add(self.items.saturating_sub(1)));
        // "12." has a digit less than its width; a bullet is one cell.
        let width = last.map_or(1, |n| n.checked_ilog10().unwrap_or(0) as u8 + 2);
        Shape { tight: self.tight.unwrap_or(true), width }
    }
}

impl<'a, F: BrokenLinkCallback<'a>> Iterator for Events<'a, F> {
    type Item = Ranged<'a>;

    fn next(&mut self) -> Option<Ranged<'a>> {
        if let Some(event) = self.held.pop_front() {
            return Some(event);
        }
        let event = self.source.next()?;
        if !matches!(event.0, Event::Start(Tag::List(_))) {
            return Some(event);
        }
        self.hold_list(event);
        self.held.pop_front()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_known_before_their_items() {
        let text = "8. a\n9. b\n   - c\n\n   - d\n10. e\n\nx\n\n- f\n";
        let mut events = Events::new(plain_parser(text));
        let mut shapes = Vec::new();
        while let Some((event, _)) = events.next() {
            if matches!(event, Event::Start(Tag::List(_))) {
                shapes.push(events.shape());
            }
        }
        let shape = |tight, width| Shape { tight, width };
        assert_eq!(shapes, [shape(true, 3), shape(false, 1), shape(true, 1)]);
    }
}
