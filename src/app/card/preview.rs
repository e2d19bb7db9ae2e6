//! What a card shows of a part of the article: which blocks, and what the part is called.

use std::ops::Range;

use crate::article::{Article, BlockId, Kind, Nest, Place};
use crate::layout::caption_label;

/// A part of the article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The blocks that are shown.
    pub blocks: Range<u32>,
    /// Where it begins.
    pub place: Place,
    /// What it is: `Figure 2`, `Table 1`, `Section · The source`.
    pub title: String,
}

/// The blocks that are shown of a section.
const FIRST: usize = 4;

/// The bytes after which no further block of a section is shown.
const ENOUGH: u32 = 2_000;

impl Preview {
    /// The part that stands at a place; `words` are those of the link that leads there.
    pub fn of(article: &Article, place: Place, words: &str) -> Self {
        let start = place.block.0;
        let kind = |block: u32| &article.block(BlockId(block)).kind;
        let last = article.len();
        let (blocks, title) = match kind(start) {
            Kind::Heading(level) => section(article, start, *level),
            Kind::Title | Kind::Byline => {
                let headed = |b: &u32| matches!(kind(*b), Kind::Heading(_) | Kind::Title | Kind::Byline);
                let end = (start + 1..last).find(|b| !headed(b)).map_or(last, |b| b + 1);
                (start..end, "The beginning".to_owned())
            }
            Kind::Figure(_) => (start..start + 1, numbered(article, "Figure", start, words)),
            Kind::Table(_) => {
                let caption = u32::from(matches!(kind(start + 1), Kind::Caption));
                (start..start + 1 + caption, numbered(article, "Table", start, words))
            }
            Kind::Caption if start > 0 && matches!(kind(start - 1), Kind::Table(_)) => {
                (start - 1..start + 1, numbered(article, "Table", start - 1, words))
            }
            Kind::Math => (start..start + 1, label(words).unwrap_or("Formula").to_owned()),
            Kind::Code(language) if language.is_empty() => (start..start + 1, "Code".to_owned()),
            Kind::Code(language) => (start..start + 1, format!("Code · {language}")),
            _ => definition(article, start).unwrap_or_else(|| (start..start + 1, "Passage".to_owned())),
        };
        Self { blocks: blocks.start..blocks.end.min(last), place, title }
    }
}

/// A section: its first blocks, its heading left to the title of the card. What is only headings shows those.
fn section(article: &Article, start: u32, level: u8) -> (Range<u32>, String) {
    let heading = |b: u32| match article.block(BlockId(b)).kind {
        Kind::Heading(level) => Some(level),
        _ => None,
    };
    let text = article.block(BlockId(start)).text.as_str().trim();
    let title = format!("Section · {}", text.split_whitespace().collect::<Vec<_>>().join(" "));
    let last = article.len();
    // Headings of deeper sections right below belong to what is shown.
    let first = (start + 1..last).find(|&b| heading(b).is_none_or(|l| l <= level)).unwrap_or(last);
    let mut bytes = 0;
    let shown = (first..last).take(FIRST).take_while(|&b| {
        let fits = heading(b).is_none() && bytes < ENOUGH;
        bytes += article.block(BlockId(b)).text.len();
        fits
    });
    let end = first + shown.count() as u32;
    (if end > start + 1 { start + 1..end } else { start..start + 1 }, title)
}

/// A term and what it means, from either of them.
fn definition(article: &Article, at: u32) -> Option<(Range<u32>, String)> {
    let block = |b: u32| article.block(BlockId(b));
    let is_term = |b: u32| block(b).kind == Kind::Term;
    let means = |b: u32| block(b).nest.contains(&Nest::Definition);
    if !is_term(at) && !means(at) {
        return None;
    }
    let mut start = at;
    while start > 0 && !is_term(start) && (means(start - 1) || is_term(start - 1)) {
        start -= 1;
    }
    while start > 0 && is_term(start) && is_term(start - 1) {
        start -= 1;
    }
    let terms = (start..article.len()).take_while(|&b| is_term(b)).count() as u32;
    let definitions = (start + terms..article.len()).take_while(|&b| means(b) && !is_term(b)).count() as u32;
    Some((start..start + terms + definitions, "Definition".to_owned()))
}

/// What a figure or table is called: as its caption says, or the link that leads to it, or by counting those that have
/// a caption.
fn numbered(article: &Article, word: &str, at: u32, words: &str) -> String {
    let caption = caption(article, at);
    let own = caption[..caption_label(caption)].trim_end_matches(['.', ':']);
    if !own.is_empty() {
        return own.to_owned();
    }
    if let Some(label) = label(words).filter(|l| l.starts_with(&word[..3])) {
        return label.to_owned();
    }
    if caption.is_empty() {
        return word.to_owned();
    }
    let alike = |b: &u32| {
        std::mem::discriminant(&article.block(BlockId(*b)).kind)
            == std::mem::discriminant(&article.block(BlockId(at)).kind)
    };
    let before = (0..at).filter(alike).filter(|b| !self::caption(article, *b).is_empty());
    format!("{word} {}", before.count() + 1)
}

/// The caption of a figure or table; empty for none.
fn caption(article: &Article, at: u32) -> &str {
    let text = |block: u32| article.block(BlockId(block)).text.as_str();
    match &article.block(BlockId(at)).kind {
        Kind::Figure(figure) => {
            text(at).get(figure.caption.start as usize..figure.caption.end as usize).unwrap_or("").trim()
        }
        _ if article.block(BlockId(at + 1)).kind == Kind::Caption => text(at + 1).trim(),
        _ => "",
    }
}

/// The words of a link, if they are a label: `Figure 2`, `Eq. (3)`.
fn label(words: &str) -> Option<&str> {
    let words = words.trim();
    let short = words.chars().count() <= 16 && words.split(' ').count() == 2;
    let begins = words.starts_with(char::is_uppercase);
    (short && begins && words.contains(|c: char| c.is_ascii_digit())).then_some(words)
}
