//! What there is to draw, worked out after every update: painting computes nothing.

use std::rc::Rc;

use super::card::{self, Card, CardView, Setting, Subject};
use super::event::Size;
use super::focus::Focus;
use super::geometry::{self, Geometry, SMALLEST, Wishes};
use super::margin::NotesView;
use super::outline::Entry;
use super::picker::Purpose;
use super::pins::PinView;
use super::references::PaneView;
use super::selection::SelectionView;
use super::tip::Tip;
use super::viewport::Line;
use super::{Action, App, Overlay};
use crate::article::{Article, Place};
use crate::layout::Hit;

/// What there is to draw.
#[derive(Clone, Debug, Default)]
pub struct View {
    /// The screen is too small for anything but a quiet line.
    pub too_small: bool,
    /// The parts of the screen.
    pub geometry: Geometry,
    /// The rows of the body, from the top.
    pub lines: Vec<Line>,
    /// What can be opened in them.
    pub hits: Vec<VisibleHit>,
    /// The notes beside them.
    pub beside: NotesView,
    /// The topmost card.
    pub card: Option<CardView>,
    /// The pinned cards, as many as there is room for.
    pub pins: Vec<PinView>,
    /// The rows of the outline.
    pub entries: Rc<Vec<Entry>>,
    /// The row of the outline that is being read.
    pub current: Option<usize>,
    /// The pane of references.
    pub pane: Option<PaneView>,
    /// Rows of the scroll bar at which what is chosen in the pane is cited.
    pub ticks: Vec<u16>,
    /// The sections that the current one is a part of, and itself: titles, the outermost first.
    pub path: Vec<String>,
    /// How much of the body has been read, in percent.
    pub percent: u32,
    /// Minutes of reading that are left in the body.
    pub minutes: u32,
    /// Columns that wide blocks are moved by.
    pub pan: u16,
    /// First row and length of the scroll bar's thumb.
    pub thumb: (u16, u16),
    /// The passage that is being chosen.
    pub selection: Option<SelectionView>,
    /// The keys that matter here and now.
    pub tips: Vec<Tip>,
}

/// Something on the screen that can be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VisibleHit {
    /// What it is.
    pub hit: Hit,
    /// Where it stands in the text.
    pub place: Place,
    /// The screen column.
    pub x: u16,
    /// The screen row.
    pub y: u16,
    /// Cells it takes.
    pub width: u16,
}

impl View {
    /// The screen row on which a place stands.
    pub fn row_of(&self, place: Place) -> Option<u16> {
        let at = self.lines.iter().position(|line| {
            line.block == place.block && line.row.is_some_and(|row| line.rows.row_of(place.byte) == row)
        })?;
        Some(self.geometry.body.y + at as u16)
    }

    /// The first place on the screen.
    pub fn first_place(&self) -> Option<Place> {
        self.lines.iter().find_map(start_of)
    }

    /// The last place on the screen.
    pub fn last_place(&self) -> Option<Place> {
        let line = self.lines.iter().rev().find(|l| l.row.is_some())?;
        let row = line.rows.rows.get(line.row?)?;
        Some(Place { block: line.block, byte: row.bytes.end })
    }
}

fn start_of(line: &Line) -> Option<Place> {
    let row = line.rows.rows.get(line.row?)?;
    Some(Place { block: line.block, byte: row.bytes.start })
}

/// Bytes of text that are read in a minute: 240 words of 6 letters, or 500 characters of 3 bytes.
pub const BYTES_A_MINUTE: u32 = 1_450;

impl App {
    /// Works out what there is to draw.
    pub(super) fn settle(&mut self) {
        self.keep_focus();
        let geometry = geometry::divide(self.size, self.wishes());
        self.view.too_small = self.size.width < SMALLEST.width || self.size.height < SMALLEST.height;
        self.layout.set_width(geometry.body.width);
        self.layout.set_unmarked(self.markers_hidden());
        self.view.geometry = geometry;
        let top = self.top;
        self.view.lines = self.walk().lines(top, geometry.body.height);
        self.pan = self.pan.min(self.widest_pan());
        self.view.pan = self.pan;
        self.view.hits = self.visible_hits();
        self.settle_notes();
        self.note_reading();
        self.settle_outline();
        self.settle_references();
        self.settle_progress();
        self.settle_card();
        self.light_notes();
        self.settle_pins();
        self.settle_selection();
        if let Some(Overlay::Picker(picker)) = &mut self.overlay {
            picker.show_chosen(picker.shown(geometry.screen));
        }
        self.view.tips = self.tips();
    }

    /// What the reader wants on the screen.
    pub(super) fn wishes(&self) -> Wishes {
        Wishes {
            measure: self.settings.measure,
            outline: self.outline.open && !self.article.sections.is_empty(),
            pane: self.references.open,
            aside: self.references.aside,
            focus: self.focus,
            zen: self.zen,
            pins: self.pins.len() as u16,
            margin: self.wants_margin(),
        }
    }

    fn visible_hits(&self) -> Vec<VisibleHit> {
        let body = self.view.geometry.body;
        let mut hits = Vec::new();
        for (y, line) in self.view.lines.iter().enumerate() {
            let Some(row) = line.row else { continue };
            let pans = line.rows.natural > body.width;
            for found in line.rows.hits_on(row) {
                let moved = if pans && found.column >= line.rows.fixed { self.pan } else { 0 };
                let Some(column) = found.column.checked_sub(moved) else { continue };
                if column < body.width {
                    let width = found.width.min(body.width - column);
                    let place = Place { block: line.block, byte: found.byte };
                    hits.push(VisibleHit {
                        hit: found.hit,
                        place,
                        x: body.x + column,
                        y: body.y + y as u16,
                        width,
                    });
                }
            }
        }
        hits
    }

    fn settle_outline(&mut self) {
        if self.outline.open
            && let Some(from) = self.outline_from.take()
        {
            self.outline.renew(&self.article, Rc::make_mut(&mut self.view.entries), from);
        }
        let section = self.current_section();
        self.view.current = self.outline.row_of(&self.article, &self.view.entries, section);
        self.view.path = path(&self.article, section);
        let height = self.view.geometry.outline.map_or(0, |a| a.height.saturating_sub(4)) as usize;
        if self.focus == Focus::Outline {
            self.outline.move_cursor(0, self.view.entries.len());
            self.outline.show_row(self.outline.cursor, height);
        } else if let Some(current) = self.view.current {
            self.outline.show_row(current, height);
        }
    }

    fn settle_progress(&mut self) {
        let body = self.article.body_bytes().max(1);
        let seen = self.view.last_place().map_or(0, |p| self.article.bytes_before(p)).min(body);
        self.view.percent = (u64::from(seen) * 100 / u64::from(body)) as u32;
        self.view.minutes =
            (self.article.body_bytes() - seen.min(self.article.body_bytes())).div_ceil(BYTES_A_MINUTE);
        let total = u64::from(self.article.total_bytes().max(1));
        let track = u64::from(self.view.geometry.scrollbar.map_or(0, |a| a.height));
        let at = |place: Option<Place>| u64::from(place.map_or(0, |p| self.article.bytes_before(p)));
        let (first, last) = (at(self.view.first_place()), at(self.view.last_place()));
        let length = ((last - first.min(last)) * track).div_ceil(total).clamp(1, track.max(1));
        let start = (first * track / total).min(track.saturating_sub(length));
        self.view.thumb = (start as u16, length as u16);
    }

    fn settle_card(&mut self) {
        let from = self.cards.last().map(|c| c.from);
        let anchor = match from {
            Some(Some(place)) => self.view.row_of(place).map(|row| (row, 0)),
            _ => None,
        };
        if matches!(from, Some(Some(_))) && anchor.is_none() {
            // The reader has scrolled away from what the card belongs to.
            self.cards.clear();
        }
        self.note_card();
        let setting = Setting {
            article: &self.article,
            styled: &self.styled,
            geometry: &self.view.geometry,
            anchor,
            size: self.size,
            known: self.known.remark(self.cards.last().map(|c| &c.subject)),
        };
        self.view.card = card::view(&mut self.cards, &setting);
    }

    fn tips(&self) -> Vec<Tip> {
        use Tip::{Keys, One, Two};
        match &self.overlay {
            Some(Overlay::Help(_)) => {
                vec![Two(Action::LineDown, Action::LineUp, "scroll"), One(Action::Close, "close")]
            }
            Some(Overlay::Hints(_)) => vec![Keys("a…z 1…9", "type a label"), Keys("esc", "give up")],
            Some(Overlay::Mark { set: true }) => {
                vec![Keys("a…z", "remember this place"), Keys("esc", "give up")]
            }
            Some(Overlay::Mark { set: false }) => {
                vec![Keys("a…z", "go to a mark"), Keys("'", "last place"), Keys("esc", "give up")]
            }
            Some(Overlay::Address(_)) => {
                vec![One(Action::Enter, "open in the browser"), One(Action::Close, "leave it")]
            }
            Some(Overlay::Picker(picker)) => {
                let verb = if picker.purpose == Purpose::Article { "read" } else { "choose" };
                vec![
                    Keys("type", "to filter"),
                    Keys("↑ ↓", "move"),
                    Keys("enter", verb),
                    Keys("esc", "close"),
                ]
            }
            Some(Overlay::Search(_)) => vec![Keys("enter", "keep"), Keys("esc", "back")],
            None if self.focus == Focus::Outline => vec![
                Two(Action::LineDown, Action::LineUp, "move"),
                One(Action::Enter, "go"),
                Two(Action::PanLeft, Action::PanRight, "fold"),
                One(Action::Search, "filter"),
                One(Action::Close, "back"),
            ],
            None if self.focus == Focus::References => self.references.tips(),
            None if !self.cards.is_empty() => {
                let mut tips = vec![One(Action::NextMarker, "next citation")];
                if self.cards.last().is_some_and(|c| c.letters(&self.article) > 0) {
                    tips.push(Keys("a b …", "go there"));
                }
                match self.cards.last() {
                    Some(card) if card.lit(&self.article).is_some() => tips.push(One(Action::Enter, "open")),
                    Some(Card { subject: Subject::Preview(_), .. }) => {
                        tips.push(One(Action::Enter, "go there"))
                    }
                    Some(Card { subject: Subject::Several(_), expanded: false, .. }) => {
                        tips.push(One(Action::Enter, "expand"));
                    }
                    Some(Card { subject: Subject::Address(_) | Subject::Missing(_), .. }) | None => {}
                    Some(_) => tips.push(One(Action::Enter, "full entry")),
                }
                tips.extend([One(Action::Back, "back"), One(Action::Pin, "pin"), One(Action::Help, "help")]);
                tips
            }
            None if self.selection.is_some() => self.tips_of_selection(),
            None if self.markers_hidden() => vec![
                Two(Action::NextSection, Action::PreviousSection, "section"),
                One(Action::Outline, "contents"),
                One(Action::Search, "search"),
                One(Action::Help, "help"),
                One(Action::Markers, "citations"),
            ],
            None => vec![
                One(Action::NextMarker, "next citation"),
                One(Action::Enter, "open"),
                Two(Action::NextSection, Action::PreviousSection, "section"),
                One(Action::Outline, "contents"),
                One(Action::References, "references"),
                One(Action::Search, "search"),
                One(Action::Help, "help"),
            ],
        }
    }

    /// The size of the terminal.
    pub fn size(&self) -> Size {
        self.size
    }

    /// Where the hit stands that the search is at.
    pub fn hit_place(&self) -> Option<Place> {
        self.hit_at
    }

    /// Which hit of the search the screen stands at, counted from 1, and how many there are.
    pub fn hit_count(&self) -> Option<(usize, usize, bool)> {
        let search = self.search.as_ref()?;
        let hits = search.hits();
        let at = self.hit_at.map_or(0, |p| hits.partition_point(|h| h.place <= p));
        Some((at, hits.len(), !search.complete()))
    }
}

/// The titles of a section and of those that it is a part of, the outermost first.
fn path(article: &Article, section: Option<usize>) -> Vec<String> {
    let mut titles = Vec::new();
    let mut at = section;
    while let Some(section) = at {
        titles.push(article.section_title(section).to_owned());
        at = article.parent_of(section);
    }
    titles.reverse();
    titles
}
