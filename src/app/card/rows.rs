//! What a card says: the rows of its text, of the places that cite it, of the entries of a list.

use std::rc::Rc;

use super::{Card, LETTERS, Subject};
use crate::app::address;
use crate::app::styled::Styled;
use crate::article::{Article, BlockId, Place, RefId, Target};
use crate::layout::{self, Rows};

/// A row of a card.
#[derive(Clone, Debug)]
pub enum CardRow {
    /// Nothing.
    Blank,
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
    /// A row of an entry in the style of the cards.
    Styled {
        /// The entry, the only block of an article of its own.
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
    },
    /// The head of an entry in a list.
    Entry {
        /// Its number.
        badge: String,
        /// Its kind, and where in the work.
        about: String,
        /// It is the chosen one.
        chosen: bool,
    },
    /// A remark of the reader's own.
    Remark(String),
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

pub(super) fn content(card: &Card, article: &Article, styled: &Styled, width: u16) -> Vec<CardRow> {
    match &card.subject {
        Subject::Reference(id) => {
            let mut rows = entry(*id, article, styled, (width, 0))
                .unwrap_or_else(|| vec![CardRow::Remark("Its entry has not been read yet.".to_owned())]);
            rows.extend(mentions(card, article));
            rows
        }
        Subject::Note(id) => match article.notes.get(id.index()) {
            Some(note) if !note.blocks.is_empty() => {
                let mut rows = laid(article, note.blocks.clone(), width, 0);
                rows.extend(mentions(card, article));
                rows
            }
            _ => vec![CardRow::Remark("This note has not been read yet.".to_owned())],
        },
        Subject::Several(list) => several(card, list, article, styled, width),
        Subject::Preview(blocks) => laid(article, blocks.clone(), width, 0),
        Subject::Address(address) => {
            let mut rows = vec![CardRow::Remark(address::describe(address)), CardRow::Blank];
            rows.extend(wrapped(address, width).into_iter().map(CardRow::Remark));
            rows
        }
        Subject::Missing(key) => vec![
            CardRow::Remark(format!("“{key}” names nothing in this document.")),
            CardRow::Remark("Neither a note nor a reference has this name.".to_owned()),
        ],
    }
}

/// The entry of a reference: in the style of the cards, or as the article has it.
fn entry(id: RefId, article: &Article, styled: &Styled, (width, indent): (u16, u16)) -> Option<Vec<CardRow>> {
    let reference = article.references.get(id.index())?;
    let Some(entry) = styled.entry(id) else {
        return reference.entry.map(|block| laid(article, block.0..block.0 + 1, width, indent));
    };
    let rows = Rc::new(layout::lay_bare(entry, BlockId(0), width));
    let row = |row| CardRow::Styled { entry: entry.clone(), rows: rows.clone(), row, indent, cut: false };
    Some((0..rows.rows.len()).map(row).collect())
}

fn several(
    card: &Card,
    list: &[(Target, String)],
    article: &Article,
    styled: &Styled,
    width: u16,
) -> Vec<CardRow> {
    let mut rows = Vec::new();
    for (at, (target, locator)) in list.iter().enumerate() {
        let subject = Subject::of(target);
        let about = [subject.kind(article), locator.clone()].into_iter().filter(|s| !s.is_empty());
        let about = about.collect::<Vec<_>>().join(" · ");
        let badge = subject.label(article);
        rows.push(CardRow::Entry { badge, about, chosen: at == card.chosen });
        let inner = width.saturating_sub(4);
        let mut entry = match &subject {
            Subject::Reference(id) => entry(*id, article, styled, (inner, 4)).unwrap_or_default(),
            Subject::Note(id) => {
                let blocks = article.notes.get(id.index()).map_or(0..0, |note| note.blocks.clone());
                laid(article, blocks.start..blocks.end.min(blocks.start + 1), inner, 4)
            }
            _ => Vec::new(),
        };
        let longer = entry.len() > LINES;
        entry.truncate(LINES);
        if let Some(CardRow::Laid { cut, .. } | CardRow::Styled { cut, .. }) = entry.last_mut() {
            *cut = longer;
        }
        rows.extend(entry);
    }
    rows
}

fn laid(article: &Article, blocks: std::ops::Range<u32>, width: u16, indent: u16) -> Vec<CardRow> {
    let mut out = Vec::new();
    for block in blocks {
        let rows = Rc::new(layout::lay_bare(article, BlockId(block), width));
        if !out.is_empty() {
            out.extend((0..rows.gap.min(1)).map(|_| CardRow::Blank));
        }
        out.extend((0..rows.rows.len()).map(|row| CardRow::Laid {
            block: BlockId(block),
            rows: rows.clone(),
            row,
            indent,
            cut: false,
        }));
    }
    out
}

fn mentions(card: &Card, article: &Article) -> Vec<CardRow> {
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
            words: words_before(article, place),
            here: card.marker == Some(id),
        }
    });
    std::iter::once(CardRow::Blank).chain(rows).collect()
}

/// The last words ahead of a place, for recognising it: as many as stay within [`WORDS`] cells.
fn words_before(article: &Article, place: Place) -> String {
    use unicode_width::UnicodeWidthStr;
    let text = article.block(place.block).text.as_str().get(..place.byte as usize).unwrap_or("");
    let text = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    let starts = text.rmatch_indices(' ').map(|(at, _)| at + 1).chain([0]);
    let fitting = starts.take_while(|&at| text[at..].width() <= WORDS).last();
    let start = fitting.unwrap_or_else(|| text.char_indices().rev().nth(WORDS / 2).map_or(0, |(at, _)| at));
    let sign = if start > 0 { "…" } else { "" };
    format!("“{sign}{}”", &text[start..])
}

/// The rows of an entry in a list.
const LINES: usize = 2;

/// The most cells of words that a place is recognised by.
const WORDS: usize = 28;

/// A string cut into rows of this many characters: an address has no spaces to break at.
fn wrapped(text: &str, width: u16) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    chars.chunks(width.max(1) as usize).map(|c| c.iter().collect()).collect()
}

/// The cells for the section of a place of citation.
pub const SECTION: u16 = 22;
