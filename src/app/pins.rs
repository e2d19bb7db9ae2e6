//! Pinned cards: they stand beside the text while one reads on, or on a narrow screen as a strip at its foot.

use super::App;
use super::card::{CardRow, Subject, Words, shown};
use super::geometry::Area;
use super::known::Cited;
use crate::article::{Article, NoteId, RefId};

/// A pinned card.
#[derive(Clone, Debug, PartialEq)]
pub struct Pin {
    /// What it shows.
    pub subject: Subject,
    /// Rows scrolled past.
    pub scroll: usize,
}

/// A pinned card as it stands on the screen.
#[derive(Clone, Debug, Default)]
pub struct PinView {
    /// Where it stands, border included.
    pub area: Area,
    /// It is a part of the strip: one or two rows without a border.
    pub flat: bool,
    /// Its number.
    pub badge: String,
    /// What kind of thing it shows.
    pub kind: String,
    /// Its rows, those that fit.
    pub rows: Vec<CardRow>,
    /// There is more above.
    pub above: bool,
    /// There is more below.
    pub below: bool,
}

impl PinView {
    /// The cell of the sign that lets it go.
    pub const fn close(&self) -> (u16, u16) {
        (self.area.right().saturating_sub(3), self.area.y)
    }
}

/// The most cards that are pinned.
const MOST: usize = 12;

/// Rows of the smallest card in the column: a border and one row of text.
const LEAST: u16 = 3;

/// Cells between the left end of a card and its text.
const PADDING: u16 = 2;

impl App {
    /// Pins the topmost card, or that of what is lit; again: lets it go. With neither, the card pinned last goes.
    pub(super) fn pin(&mut self) {
        let card = match self.cards.last() {
            Some(card) => Some(card.opened().unwrap_or_else(|| card.subject.clone())),
            None => {
                self.lit.filter(|_| self.lit_place().is_some()).and_then(|h| Some(self.card_of(h)?.subject))
            }
        };
        let told = match card {
            Some(subject) => self.toggle_pin(subject),
            None if self.pins.pop().is_some() => "the card pinned last is let go",
            None => "nothing is chosen: Tab chooses a citation",
        };
        self.message = told.to_owned();
    }

    fn toggle_pin(&mut self, subject: Subject) -> &'static str {
        if let Some(at) = self.pins.iter().position(|p| p.subject == subject) {
            self.pins.remove(at);
            return "let go";
        }
        if self.pins.len() >= MOST {
            return "twelve cards are pinned: let one go first";
        }
        match subject {
            Subject::Reference(id) => self.note_pinned(Cited::Reference(id)),
            Subject::Note(id) => self.note_pinned(Cited::Note(id)),
            _ => {}
        }
        self.pins.push(Pin { subject, scroll: 0 });
        "pinned"
    }

    /// A click on a pinned card: opens it, or on its sign lets it go.
    pub(super) fn press_pin(&mut self, at: usize, x: u16, y: u16) {
        let Some(view) = self.view.pins.get(at) else { return };
        let close = view.close();
        if y == close.1 && x.abs_diff(close.0) <= 1 {
            self.pins.remove(at);
        } else if let Some(pin) = self.pins.get(at) {
            self.open_here(pin.subject.clone());
        }
    }

    /// The wheel over a pinned card.
    pub(super) fn wheel_pin(&mut self, at: usize, by: i64) {
        if let Some(pin) = self.pins.get_mut(at) {
            pin.scroll = pin.scroll.saturating_add_signed(by as isize);
        }
    }

    /// Works out where the pinned cards stand, and how much of each is seen.
    pub(super) fn settle_pins(&mut self) {
        let geometry = self.view.geometry;
        let Some(area) = geometry.pins else {
            self.view.pins.clear();
            return;
        };
        let words = Words { article: &self.article, styled: &self.styled };
        self.view.pins = if geometry.pins_beside {
            column(&mut self.pins, words, area)
        } else {
            strip(&self.pins, words, area)
        };
    }
}

/// What pinned cards are called, so that they are known again in an article that was read anew.
pub fn names(pins: &[Pin], article: &Article) -> Vec<Option<String>> {
    let name = |pin: &Pin| match pin.subject {
        Subject::Reference(id) => article.references.get(id.index()).map(|r| r.id.to_string()),
        Subject::Note(id) => article.notes.get(id.index()).map(|n| n.id.to_string()),
        _ => None,
    };
    pins.iter().map(name).collect()
}

/// The pinned cards that the article still has, by their names.
pub fn named(pins: Vec<Pin>, names: Vec<Option<String>>, article: &Article) -> Vec<Pin> {
    let again = pins.into_iter().zip(names).filter_map(|(pin, name)| {
        let name = name?;
        let subject = match pin.subject {
            Subject::Reference(_) => {
                let at = article.references.iter().position(|r| *r.id == *name)?;
                Subject::Reference(RefId(at as u32))
            }
            _ => Subject::Note(NoteId(article.notes.iter().position(|n| *n.id == *name)? as u32)),
        };
        Some(Pin { subject, ..pin })
    });
    again.collect()
}

/// The cards one under the other, each as high as its text where there is room for all.
fn column(pins: &mut [Pin], words: Words, area: Area) -> Vec<PinView> {
    let inner = area.width.saturating_sub(2 * PADDING);
    let texts: Vec<Vec<CardRow>> = pins.iter().map(|p| shown(&p.subject, words, inner)).collect();
    let wanted: Vec<u16> = texts.iter().map(|rows| (rows.len() as u16).saturating_add(2)).collect();
    let all: u32 = wanted.iter().map(|w| u32::from(*w) + 1).sum();
    let gap = u16::from(all <= u32::from(area.height) + 1);
    let mut y = area.y;
    let mut views = Vec::new();
    for ((pin, rows), height) in pins.iter_mut().zip(texts).zip(share(&wanted, area.height)) {
        let seen = usize::from(height.saturating_sub(2));
        pin.scroll = pin.scroll.min(rows.len().saturating_sub(seen));
        let view = PinView {
            area: Area { y, height, ..area },
            above: pin.scroll > 0,
            below: pin.scroll + seen < rows.len(),
            rows: rows.into_iter().skip(pin.scroll).take(seen).collect(),
            ..described(&pin.subject, words.article)
        };
        views.push(view);
        y += height + gap;
    }
    views
}

/// The cards in one or two rows each: as many as there is room for.
fn strip(pins: &[Pin], words: Words, area: Area) -> Vec<PinView> {
    let each = if 2 * pins.len() <= usize::from(area.height) { 2 } else { 1 };
    let fitting = pins.iter().take(usize::from(area.height / each)).zip(0..);
    let view = |(pin, at): (&Pin, u16)| {
        let view = described(&pin.subject, words.article);
        let beside = if each == 1 { view.head_width() + 2 } else { 0 };
        let inner = area.width.saturating_sub(2 * PADDING + beside + if each == 1 { 3 } else { 0 });
        let mut rows = shown(&pin.subject, words, inner.max(4));
        let below = rows.len() > 1;
        rows.retain(says_something);
        rows.truncate(1);
        match rows.first_mut() {
            Some(CardRow::Laid { cut, indent, .. } | CardRow::Styled { cut, indent, .. }) => {
                (*cut, *indent) = (below, 0)
            }
            Some(CardRow::Remark(told)) if below => told.push('…'),
            _ => {}
        }
        PinView {
            area: Area { y: area.y + at * each, height: each, ..area },
            flat: true,
            rows,
            below,
            ..view
        }
    };
    fitting.map(view).collect()
}

/// True for a row of text: not for space, rules and heads of entries, of which one row alone would say nothing.
fn says_something(row: &CardRow) -> bool {
    match row {
        CardRow::Laid { rows, row, .. } => {
            rows.rows.get(*row).is_some_and(|r| r.runs.iter().any(|run| !run.bytes.is_empty()))
        }
        CardRow::Remark(_) => true,
        _ => false,
    }
}

impl PinView {
    /// The cells of its number and kind.
    pub fn head_width(&self) -> u16 {
        use unicode_width::UnicodeWidthStr;
        let badge = if self.badge.is_empty() { 0 } else { self.badge.width() + 3 };
        (badge + self.kind.width()) as u16
    }
}

fn described(subject: &Subject, article: &Article) -> PinView {
    PinView { badge: subject.label(article), kind: subject.kind(article), ..PinView::default() }
}

/// Shares rows out among cards that want so many each: what some do not need goes to those that want more. Cards for
/// which there is no room at all are left out at the end.
fn share(wanted: &[u16], room: u16) -> Vec<u16> {
    let count = wanted.len().min(usize::from(room / LEAST));
    let mut heights = vec![LEAST; count];
    let mut left = room - LEAST * count as u16;
    while left > 0 {
        let short: Vec<usize> = (0..count).filter(|&at| heights[at] < wanted[at]).collect();
        if short.is_empty() {
            break;
        }
        for at in short.into_iter().take(left.into()) {
            heights[at] += 1;
            left -= 1;
        }
    }
    heights
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_shared_fairly() {
        let cases: [(&[u16], u16, &[u16]); 6] = [
            (&[5, 4], 20, &[5, 4]),
            (&[9, 9], 12, &[6, 6]),
            (&[4, 20], 12, &[4, 8]),
            (&[9, 9, 9], 7, &[4, 3]),
            (&[9], 2, &[]),
            (&[], 9, &[]),
        ];
        for (wanted, room, expected) in cases {
            assert_eq!(share(wanted, room), expected, "{wanted:?} in {room}");
        }
    }
}
