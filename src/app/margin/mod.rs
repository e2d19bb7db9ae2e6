//! Notes beside the text: what the visible lines cite, in the margin of a wide screen or in a strip at the foot.

mod brief;
mod place;

use std::collections::HashMap;
use std::rc::Rc;

use unicode_width::UnicodeWidthStr;

pub use brief::{Brief, Briefs};
pub use place::Shape;

use super::App;
use super::card::Card;
use super::geometry::{self, Area, Wishes};
use super::known::Cited;
use super::view::VisibleHit;
use crate::article::{Article, MarkerId};
use crate::layout::Hit;
use place::{Wish, place};

/// Where notes stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Notes {
    /// In the margin, where the screen is wide enough for one.
    #[default]
    Margin,
    /// In a strip at the foot.
    Strip,
    /// Nowhere.
    Off,
}

impl Notes {
    /// Every way, in the order in which a key goes through them.
    pub const ALL: [Self; 3] = [Self::Margin, Self::Strip, Self::Off];

    /// Its name, in the configuration and the state file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Margin => "margin",
            Self::Strip => "strip",
            Self::Off => "off",
        }
    }

    /// The way of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|n| n.name() == name)
    }
}

/// A note as it stands on the screen.
#[derive(Clone, Debug)]
pub struct Beside {
    /// What it is of.
    pub cited: Cited,
    /// The marker beside which it stands.
    pub marker: MarkerId,
    /// Its label.
    pub label: String,
    /// What it says.
    pub brief: Rc<Brief>,
    /// How much of that.
    pub shape: Shape,
    /// Where it stands, its label included.
    pub area: Area,
    /// Its marker is lit.
    pub lit: bool,
}

/// The notes on the screen.
#[derive(Clone, Debug, Default)]
pub struct NotesView {
    /// From the top down.
    pub notes: Vec<Beside>,
    /// Cells for the labels.
    pub labels: u16,
    /// How many have no place.
    pub hidden: usize,
}

/// Cells between a label and its note.
pub const AFTER_LABEL: u16 = 2;
/// The widest label; a wider one is cut.
const LABEL: u16 = 8;
/// A work cited again this many rows further down is shown again.
const FAR: u16 = 24;

impl App {
    /// Puts the notes elsewhere: into the margin, to the foot, nowhere. Where this screen is too narrow for a margin,
    /// to the foot and away again; a wide one has its margin then.
    pub(super) fn next_notes(&mut self) {
        if self.article.markers.is_empty() {
            self.message = "this article cites nothing".to_owned();
            return;
        }
        self.zen = false;
        let wide = geometry::divide(self.size, Wishes { margin: true, ..self.wishes() }).margin.is_some();
        let (next, told) = match (self.settings.notes, wide) {
            (Notes::Margin, _) | (Notes::Off, false) => (Notes::Strip, "notes at the foot"),
            (Notes::Strip, true) => (Notes::Off, "no notes beside the text"),
            (Notes::Strip, false) => (Notes::Margin, "notes in the margin of a wider screen"),
            (Notes::Off, true) => (Notes::Margin, "notes in the margin"),
        };
        self.settings.notes = next;
        self.message = told.to_owned();
    }

    /// True when the screen is to have a margin for notes, if it is wide enough.
    pub(super) fn wants_margin(&self) -> bool {
        self.settings.notes == Notes::Margin && !self.article.markers.is_empty()
    }

    /// Works out the notes beside the visible lines. A strip takes its rows from the body.
    pub(super) fn settle_notes(&mut self) {
        self.view.beside = NotesView::default();
        if let Some(area) = self.view.geometry.margin {
            let found = cited(&self.article, &self.view.hits, FAR);
            self.set_margin(found, area);
        } else if self.settings.notes == Notes::Strip && !self.zen {
            let found = cited(&self.article, &self.view.hits, u16::MAX);
            self.set_strip(found);
        }
    }

    fn set_margin(&mut self, found: Vec<Found>, area: Area) {
        let mut notes = self.notes_in(found, area);
        let wishes = notes.iter().map(|n| Wish {
            row: n.area.y - area.y,
            full: n.brief.full.len() as u16,
            short: n.brief.short.len() as u16,
        });
        let stood = place(&wishes.collect::<Vec<_>>(), area.height);
        self.view.beside.hidden = notes.len() - stood.len();
        notes.truncate(stood.len());
        for (note, at) in notes.iter_mut().zip(stood) {
            let height = note.brief.rows(at.shape).len() as u16;
            note.shape = at.shape;
            note.area = Area { y: area.y + at.row, height, ..area };
        }
        self.view.beside.notes = notes;
    }

    /// The strip is as high as it must be, and takes no more than a quarter of the body.
    fn set_strip(&mut self, found: Vec<Found>) {
        let body = self.view.geometry.body;
        let most = body.height / 4;
        let seen = |rows: u16| found.iter().filter(|f| f.y < body.bottom() - rows).count();
        let needs = |rows: u16| match seen(rows) {
            0 => 0,
            notes => (notes as u16).saturating_add(1).min(most),
        };
        // A higher strip leaves fewer lines, and these cite no more.
        let rows = (0..=most).find(|&rows| needs(rows) <= rows).unwrap_or(most);
        let visible = seen(rows);
        if rows < 2 || visible == 0 {
            return;
        }
        let height = body.height - rows;
        let strip = Area { y: body.y + height, height: rows, ..body };
        self.view.geometry.body.height = height;
        self.view.geometry.strip = Some(strip);
        self.view.lines.truncate(height.into());
        self.view.hits.retain(|hit| hit.y < strip.y);
        let found = found.into_iter().take(visible).collect();
        let mut notes = self.notes_in(found, strip);
        let fitting = usize::from(rows - 1).min(notes.len());
        self.view.beside.hidden = notes.len() - fitting;
        notes.truncate(fitting);
        for (at, note) in notes.iter_mut().enumerate() {
            note.area = Area { y: strip.y + 1 + at as u16, height: 1, ..strip };
        }
        self.view.beside.notes = notes;
    }

    /// What was found and can be told, folded for an area, each at the row of its marker.
    fn notes_in(&mut self, found: Vec<Found>, area: Area) -> Vec<Beside> {
        let labels = labels(&self.article, &found);
        self.view.beside.labels = labels;
        let width = area.width.saturating_sub(labels + AFTER_LABEL);
        let notes = found.into_iter().filter_map(|found| {
            let Found { cited, marker, label, y } = found;
            let brief = self.briefs.get(&self.article, cited, width)?;
            let area = Area { y, height: 1, ..area };
            Some(Beside { cited, marker, label, brief, shape: Shape::Line, area, lit: false })
        });
        notes.collect()
    }

    /// Marks the notes whose marker is lit.
    pub(super) fn light_notes(&mut self) {
        if self.view.beside.notes.is_empty() {
            return;
        }
        let lit = match self.lit.or_else(|| self.cards.first()?.marker.map(Hit::Marker)) {
            Some(Hit::Marker(id)) => self.article.marker(id).map_or(&[][..], |m| &m.cites),
            _ => &[],
        };
        let lit: Vec<Cited> = lit.iter().filter_map(|c| Cited::of(&c.target)).collect();
        for note in &mut self.view.beside.notes {
            note.lit = lit.contains(&note.cited);
        }
    }

    /// A click on a note opens its card, beside its marker; false where there is none.
    pub(super) fn press_note(&mut self, x: u16, y: u16) -> bool {
        let Some(note) = self.view.beside.notes.iter().find(|n| n.area.holds(x, y)) else {
            return false;
        };
        let (subject, id) = (note.cited.subject(), note.marker);
        let from = self.article.marker(id).map(|m| m.place);
        self.give_back();
        self.lit = Some(Hit::Marker(id));
        self.cards = vec![Card { marker: Some(id), ..Card::new(subject, from) }];
        true
    }
}

/// Something cited on the visible lines.
struct Found {
    cited: Cited,
    marker: MarkerId,
    label: String,
    /// The screen row of its marker.
    y: u16,
}

/// What the visible markers cite, from the top down: each thing at its first marker, and again at one that stands at
/// least `far` rows below.
fn cited(article: &Article, hits: &[VisibleHit], far: u16) -> Vec<Found> {
    let mut last: HashMap<Cited, u16> = HashMap::new();
    let mut out = Vec::new();
    for hit in hits {
        let Hit::Marker(marker) = hit.hit else { continue };
        for cited in article.marker(marker).iter().flat_map(|m| &m.cites).filter_map(|c| Cited::of(&c.target))
        {
            if last.get(&cited).is_none_or(|&y| hit.y - y >= far) {
                last.insert(cited, hit.y);
                let label = match cited {
                    Cited::Reference(id) => article.references.get(id.index()).map(|r| r.label.to_string()),
                    Cited::Note(id) => article.notes.get(id.index()).map(|n| n.label.to_string()),
                };
                out.push(Found { cited, marker, label: label.unwrap_or_default(), y: hit.y });
            }
        }
    }
    out
}

/// The cells for labels: as many as the numbers of this article take, so that the notes keep their column.
fn labels(article: &Article, found: &[Found]) -> u16 {
    let numbers = article.references.len().max(article.notes.len()).to_string().len() as u16;
    let widest = found.iter().map(|f| f.label.width() as u16).max().unwrap_or(0);
    numbers.min(4).max(widest).min(LABEL)
}
