//! What a card says: the rows of its text, of the places that cite it, of the entries of a list.

use std::ops::Range;
use std::rc::Rc;

use unicode_width::UnicodeWidthStr;

use super::{Card, LETTERS, Subject};
use crate::app::styled::Styled;
use crate::app::{address, citing};
use crate::article::{Article, BlockId, Kind, Place, RefId, Target, limits};
use crate::layout::{self, Rows};

/// A row of a card.
#[derive(Clone, Debug)]
pub enum CardRow {
    /// Nothing.
    Blank,
    /// A hairline: what a short note is a part of follows.
    Hairline {
        /// Columns it is moved to the right.
        indent: u16,
    },
    /// A row of a block.
    Laid {
        /// The block.
        block: BlockId,
        /// Its rows at the card's width.
        rows: Rc<Rows>,
        /// Which of them.
        row: usize,
        /// Columns it is moved to the right.
        indent: u16,
        /// The text goes on, but is not shown further.
        cut: bool,
    },
    /// A place where the work is cited.
    Mention {
        /// The key that goes there.
        letter: Option<char>,
        /// The section.
        section: String,
        /// The words ahead of the marker.
        words: String,
        /// This is the place that the card was opened from.
        here: bool,
        /// Columns it is moved to the right.
        indent: u16,
    },
    /// The head of an entry in a list.
    Entry {
        /// Which entry it is.
        at: usize,
        /// Its number.
        badge: String,
        /// Its kind, and where in the work.
        about: String,
        /// The letters that lead to the places where it is cited, once it is expanded.
        letters: String,
        /// It is the chosen one.
        chosen: bool,
    },
    /// A row of an entry in the style of the cards.
    Styled {
        /// An article of this one block.
        entry: Rc<Article>,
        /// Its rows at the card's width.
        rows: Rc<Rows>,
        /// Which of them.
        row: usize,
        /// Columns it is moved to the right.
        indent: u16,
        /// The text goes on, but is not shown further.
        cut: bool,
    },
    /// A remark of the reader's own.
    Remark(String),
}

/// What a card takes its words from.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    /// The article.
    pub article: &'a Article,
    /// Entries in the style of the cards.
    pub styled: &'a Styled,
}

impl CardRow {
    /// The words of a row of text, for tests.
    #[cfg(test)]
    pub fn words(&self, article: &Article) -> Option<String> {
        let (text, rows, row) = match self {
            Self::Laid { block, rows, row, .. } => (&article.block(*block).text, rows, row),
            Self::Styled { entry, rows, row, .. } => (&entry.block(BlockId(0)).text, rows, row),
            _ => return None,
        };
        Some(rows.rows.get(*row)?.runs.iter().map(|run| run.shown(text.as_str())).collect())
    }
}

pub(super) fn content(card: &Card, words: Words, width: u16) -> Vec<CardRow> {
    if let Subject::Several(list) = &card.subject {
        return several(card, list, words, width);
    }
    let mut rows = shown(&card.subject, words, width);
    rows.extend(mentions(card, words.article, 0));
    rows
}

/// The rows of a subject alone, without the places that cite it.
pub fn shown(subject: &Subject, words: Words, width: u16) -> Vec<CardRow> {
    match subject {
        Subject::Several(list) => {
            let card = Card { chosen: usize::MAX, ..Card::new(subject.clone(), None) };
            several(&card, list, words, width)
        }
        Subject::Address(address) => {
            let mut rows = vec![CardRow::Remark(address::describe(address)), CardRow::Blank];
            rows.extend(wrapped(address, width).into_iter().map(CardRow::Remark));
            rows
        }
        Subject::Missing(missing) => {
            let told = missing.told(words.article);
            told.iter().flat_map(|line| said(line, width)).map(CardRow::Remark).collect()
        }
        _ => text(subject, words, width, 0),
    }
}

/// The text of a reference, note or preview. A short note stands over a hairline and the work it is a part of.
fn text(subject: &Subject, words: Words, width: u16, indent: u16) -> Vec<CardRow> {
    let mut out = Vec::new();
    for part in subject.parts(words.article) {
        if !out.is_empty() {
            out.push(CardRow::Hairline { indent });
        }
        out.extend(laid(words, part, width, indent));
    }
    if out.is_empty() {
        let unread = match subject {
            Subject::Note(_) => "The text of this note has not been read.",
            _ => "Its entry has not been read.",
        };
        out.push(CardRow::Remark(unread.to_owned()));
    }
    out
}

/// The entries of a list: two rows each, the expanded one in full with the places that cite it.
fn several(card: &Card, list: &[(Target, String)], words: Words, width: u16) -> Vec<CardRow> {
    let article = words.article;
    let mut rows = Vec::new();
    for (at, (target, locator)) in list.iter().enumerate() {
        let subject = Subject::of(target);
        let chosen = at == card.chosen;
        let expanded = chosen && card.expanded;
        if matches!(rows.last(), Some(CardRow::Mention { .. })) {
            rows.push(CardRow::Blank);
        }
        rows.push(head(card, at, (&subject, locator), article));
        let inner = width.saturating_sub(INDENT);
        if expanded {
            rows.extend(text(&subject, words, inner, INDENT));
            rows.extend(mentions(card, article, INDENT));
        } else {
            rows.extend(beginning(&subject, words, inner));
        }
    }
    if list.len() >= limits::RUN.most {
        rows.extend(said(limits::RUN.message, width).into_iter().map(CardRow::Remark));
    }
    rows
}

fn head(card: &Card, at: usize, entry: (&Subject, &str), article: &Article) -> CardRow {
    let (subject, locator) = entry;
    let chosen = at == card.chosen;
    let expanded = chosen && card.expanded;
    let times = if expanded { subject.times_cited(article) } else { String::new() };
    let about = [subject.kind(article), locator.to_owned(), times];
    let about = about.into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(" · ");
    let letters = if expanded { super::view::letters(card, article) } else { String::new() };
    CardRow::Entry { at, badge: subject.label(article), about, letters, chosen }
}

/// The first rows of an entry; a short note shares them with its work.
fn beginning(subject: &Subject, words: Words, width: u16) -> Vec<CardRow> {
    let parts = subject.parts(words.article);
    let each = LINES / parts.len().clamp(1, LINES);
    let mut rows = Vec::new();
    for (at, (id, blocks)) in parts.into_iter().enumerate() {
        let lines = if at == 0 || each < LINES { each } else { 0 };
        let first = blocks.start..blocks.end.min(blocks.start + 1);
        let mut entry = laid(words, (id, first.clone()), width, INDENT);
        let longer = entry.len() > lines || blocks.end > first.end;
        entry.truncate(lines);
        if let Some(CardRow::Laid { cut, .. } | CardRow::Styled { cut, .. }) = entry.last_mut() {
            *cut = longer;
        }
        rows.extend(entry);
    }
    rows
}

/// The rows of blocks, or of what stands in their place in the style of the cards. An entry that stands in the text is
/// no item of a list here.
fn laid(words: Words, part: (Option<RefId>, Range<u32>), width: u16, indent: u16) -> Vec<CardRow> {
    let (id, blocks) = part;
    if let Some(entry) = id.and_then(|id| words.styled.entry(id)) {
        let rows = Rc::new(layout::lay_bare(entry, BlockId(0), width));
        let row = |row| CardRow::Styled { entry: entry.clone(), rows: rows.clone(), row, indent, cut: false };
        return (0..rows.rows.len()).map(row).collect();
    }
    let mut out = Vec::new();
    for block in blocks.map(BlockId) {
        let alone = id.is_some() && !matches!(words.article.block(block).kind, Kind::Entry(_));
        let lay = if alone { layout::lay_alone } else { layout::lay_bare };
        let rows = Rc::new(lay(words.article, block, width));
        if !out.is_empty() {
            out.extend((0..rows.gap.min(1)).map(|_| CardRow::Blank));
        }
        let row = |row| CardRow::Laid { block, rows: rows.clone(), row, indent, cut: false };
        out.extend((0..rows.rows.len()).map(row));
    }
    out
}

fn mentions(card: &Card, article: &Article, indent: u16) -> Vec<CardRow> {
    let mentions = card.mentions(article);
    if mentions.len() < 2 {
        return Vec::new();
    }
    let rows = mentions.iter().enumerate().map(|(at, &id)| {
        let place = article.marker(id).map_or(Place::default(), |m| m.place);
        let section = article.section_of(place.block).map_or("Lead", |s| article.section_title(s));
        CardRow::Mention {
            letter: LETTERS.chars().nth(at),
            section: section.to_owned(),
            words: format!("“{}”", citing::words(article, id, WORDS)),
            here: card.is_from(article, id),
            indent,
        }
    });
    std::iter::once(CardRow::Blank).chain(rows).collect()
}

/// The rows of an entry in a list that is not expanded.
const LINES: usize = 2;

/// The columns that the text of an entry is moved to the right.
const INDENT: u16 = 4;

/// The most cells of words that a place is recognised by.
const WORDS: usize = 28;

/// A string cut into rows of this many characters: an address has no spaces to break at.
fn wrapped(text: &str, width: u16) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    chars.chunks(width.max(1) as usize).map(|c| c.iter().collect()).collect()
}

/// A sentence in rows of this many cells.
fn said(text: &str, width: u16) -> Vec<String> {
    let mut rows: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match rows.last_mut() {
            Some(row) if row.width() + 1 + word.width() <= width as usize => {
                row.push(' ');
                row.push_str(word);
            }
            _ => rows.push(word.to_owned()),
        }
    }
    rows
}

/// The cells for the section of a place of citation.
pub const SECTION: u16 = 22;
