//! The selection: a cursor in the text and an anchor. Both are places, never rows, so it survives any width.

mod motion;
mod spans;

use std::ops::Range;

use super::App;
use super::action::Action;
use super::event::Effect;
use super::picker::{Item, Picker, Purpose};
use super::{Overlay, Tip};
use crate::article::{Article, Place, limits};
use crate::export::quote::{self, Form};
use crate::layout::cells;

/// A passage while it is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    /// The end that moves: the first byte of a grapheme cluster, which is a part of the passage.
    pub cursor: Place,
    /// The end that stays, another such byte; `None` while the cursor looks for a place to begin.
    pub anchor: Option<Place>,
    /// The column that moving by rows keeps to.
    column: Option<u16>,
}

/// The selection as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectionView {
    /// The passage.
    pub range: Option<Range<Place>>,
    /// The end that moves.
    pub cursor: Place,
    /// How much it is: `42 words`.
    pub amount: String,
}

/// Bytes of text above which words are not counted one by one.
const COUNTED: u32 = 1 << 20;

impl Selection {
    const fn at(cursor: Place, anchor: Option<Place>) -> Self {
        Self { cursor, anchor, column: None }
    }

    /// The same with other ends.
    pub(super) fn with_ends(self, moved: impl Fn(Place) -> Place) -> Self {
        Self { cursor: moved(self.cursor), anchor: self.anchor.map(moved), ..self }
    }

    /// The passage: whole grapheme clusters, both ends included.
    pub fn range(&self, article: &Article) -> Option<Range<Place>> {
        let anchor = self.anchor?;
        let last = self.cursor.max(anchor);
        let text = article.block(last.block).text.as_str();
        let (at, len) = (last.byte as usize, text.len());
        let end = if at < len { cells::cluster(text, at).0 } else { len };
        Some(self.cursor.min(anchor)..Place { byte: end as u32, ..last })
    }
}

impl App {
    /// Begins a selection at what is lit or was found, or else at the top of the screen; within one, drops the anchor,
    /// and sets it anew.
    pub(super) fn select(&mut self) {
        if let Some(selection) = &mut self.selection {
            selection.anchor = if selection.anchor.is_some() { None } else { Some(selection.cursor) };
            return;
        }
        let found = self.hit_at.filter(|&p| self.search.is_some() && self.shows(p));
        let Some(start) = self.lit_place().or(found).or_else(|| self.view.first_place()) else {
            self.message = "there is nothing to select".to_owned();
            return;
        };
        let start = self.walk().seen_from(start);
        self.begin_selection(Selection::at(start, Some(start)));
    }

    fn begin_selection(&mut self, selection: Selection) {
        self.cards.clear();
        self.lit = None;
        self.give_back();
        self.selection = Some(selection);
    }

    /// What an action does while something is selected; `None` when the text is meant.
    pub(super) fn act_in_selection(&mut self, action: Action, times: i64) -> Option<Vec<Effect>> {
        let selection = self.selection.as_mut()?;
        match action {
            Action::OpenAddress => {
                if let Some(anchor) = &mut selection.anchor {
                    std::mem::swap(anchor, &mut selection.cursor);
                }
                self.reveal_cursor();
            }
            Action::Copy => return Some(self.copy_passage(Form::Text)),
            Action::Export => self.offer_forms(),
            action => return self.move_cursor(action, times).then(Vec::new),
        }
        Some(Vec::new())
    }

    /// The passage, or a word on why there is none.
    fn passage(&mut self) -> Option<Range<Place>> {
        let range = self.selection.and_then(|s| s.range(&self.article));
        if range.is_none() {
            self.message = "nothing is selected yet: v begins".to_owned();
        }
        range
    }

    fn offer_forms(&mut self) {
        if self.passage().is_none() {
            return;
        }
        let items = Form::ALL.iter().enumerate().map(|(value, form)| Item {
            label: form.title().to_owned(),
            detail: form.detail().to_owned(),
            indent: 0,
            value,
        });
        self.overlay = Some(Overlay::Picker(Picker::new(Purpose::Quote, items.collect())));
    }

    /// Copies the passage in the form that was chosen.
    pub(super) fn quote_as(&mut self, form: usize) -> Vec<Effect> {
        Form::ALL.get(form).map_or_else(Vec::new, |form| self.copy_passage(*form))
    }

    /// Copies the passage, and ends the selection; what is too long to copy stays selected.
    fn copy_passage(&mut self, form: Form) -> Vec<Effect> {
        let Some(range) = self.passage() else { return Vec::new() };
        let bytes = self.article.bytes_before(range.end) - self.article.bytes_before(range.start);
        let most = limits::CLIPBOARD.most;
        let text = if bytes as usize > most { None } else { Some(quote::quote(&self.article, &range, form)) };
        let Some(text) = text.filter(|text| text.len() <= most) else {
            self.message = limits::CLIPBOARD.message.to_owned();
            return Vec::new();
        };
        self.message = format!("copied {} as {}", amount(&self.article, &range), form.title());
        self.selection = None;
        vec![Effect::Copy(text)]
    }

    /// A drag of the mouse that began in the text; false for one that did not.
    pub(super) fn drag_selection(&mut self, x: u16, y: u16) -> bool {
        let Some(from) = self.pressed else { return false };
        let body = self.view.geometry.body;
        if y < body.y {
            self.scroll(-1);
        } else if y >= body.bottom() {
            self.scroll(1);
        }
        self.settle();
        match self.place_under(x, y) {
            Some(to) if to != from || self.selection.is_some() => {
                self.begin_selection(Selection::at(to, Some(from)));
            }
            _ => {}
        }
        true
    }

    /// The place in the text under a cell of the screen, or the nearest one.
    pub(super) fn place_under(&self, x: u16, y: u16) -> Option<Place> {
        let body = self.view.geometry.body;
        let row = (y.max(body.y) - body.y) as usize;
        let lines = &self.view.lines;
        let below = lines.iter().skip(row);
        let above = lines.iter().take(row).rev();
        below.chain(above).find_map(|line| {
            let column = x.saturating_sub(body.x).min(body.width.saturating_sub(1));
            let pans = line.rows.natural > body.width && column >= line.rows.fixed;
            let column = if pans { column + self.pan } else { column };
            let text = self.article.block(line.block).text.as_str();
            let byte = line.rows.byte_near(text, line.row?, column)?;
            Some(Place { block: line.block, byte })
        })
    }

    /// Works out what there is to draw of the selection.
    pub(super) fn settle_selection(&mut self) {
        let before = self.view.selection.take();
        self.view.selection = self.selection.map(|selection| {
            let range = selection.range(&self.article);
            let amount = match (before.filter(|b| b.range == range), &range) {
                (Some(before), _) => before.amount,
                (None, Some(range)) => amount(&self.article, range),
                (None, None) => String::new(),
            };
            SelectionView { range, cursor: selection.cursor, amount }
        });
    }

    /// The keys that matter while something is selected.
    pub(super) fn tips_of_selection(&self) -> Vec<Tip> {
        use Tip::{One, Two};
        let anchored = self.selection.is_some_and(|s| s.anchor.is_some());
        let motions = [
            Two(Action::NextWord, Action::PreviousWord, "word"),
            Two(Action::NextSentence, Action::PreviousSentence, "sentence"),
            Two(Action::NextParagraph, Action::PreviousParagraph, "paragraph"),
        ];
        let mut tips =
            vec![One(Action::Copy, "copy"), One(Action::Export, "copy as"), One(Action::Close, "drop")];
        if !anchored {
            tips = vec![One(Action::Select, "begin here"), One(Action::Close, "give up")];
        }
        tips.extend(motions);
        if anchored {
            tips.push(One(Action::OpenAddress, "other end"));
        }
        tips
    }
}

/// How much a passage is, in words.
fn amount(article: &Article, range: &Range<Place>) -> String {
    let bytes = article.bytes_before(range.end) - article.bytes_before(range.start);
    if bytes > COUNTED {
        return format!("about {} words", bytes / 6_000 * 1_000);
    }
    match quote::words(article, range) {
        1 => "1 word".to_owned(),
        words => format!("{words} words"),
    }
}
