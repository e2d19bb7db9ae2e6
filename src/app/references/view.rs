//! What is seen of the pane: its head, its filter, and the rows that fit.

use unicode_width::UnicodeWidthStr;

use super::entry::{Brief, brief_of};
use super::rows::Rows;
use super::{Item, References};
use crate::app::geometry::{self, Area};
use crate::app::{citing, fit};
use crate::article::{Article, Place};

/// The pane as it stands on the screen.
#[derive(Clone, Debug, Default)]
pub struct PaneView {
    /// Where it stands; its first column is the hairline.
    pub area: Area,
    /// The row of its title and order, if there is room for it.
    pub head: Option<u16>,
    /// The row of its filter, if there is room for it.
    pub filter: Option<u16>,
    /// It is a strip at the foot, and has a rule above it in this row.
    pub rule: Option<u16>,
    /// `10`, or `3 of 10` while it is filtered.
    pub count: String,
    /// What else there is: notes, unresolved keys, marks.
    pub besides: String,
    /// The row of its first line.
    pub first: u16,
    /// Cells of the labels.
    pub labels: u16,
    /// Cells of the sections of mentions.
    pub sections: u16,
    /// The lines that are seen.
    pub lines: Vec<PaneLine>,
    /// What there is further down.
    pub below: String,
    /// The row that says so.
    pub below_at: Option<u16>,
}

impl PaneView {
    /// One past the last column that entries use.
    pub fn right(&self) -> u16 {
        self.area.right().saturating_sub(1 + u16::from(self.area.width >= 40))
    }

    /// The column at which the words of entries begin: after the labels.
    pub fn text(&self) -> u16 {
        self.area.x + 4 + self.labels
    }

    fn room(&self) -> usize {
        self.right().saturating_sub(self.text()).into()
    }
}

/// A line of the pane.
#[derive(Clone, Debug)]
pub struct PaneLine {
    /// Which entry it belongs to.
    pub entry: usize,
    /// It belongs to the chosen entry.
    pub chosen: bool,
    /// What it shows.
    pub row: PaneRow,
}

/// What a line of the pane shows.
#[derive(Clone, Debug)]
pub enum PaneRow {
    /// Nothing.
    Blank,
    /// The first line of an entry; true if that is marked.
    Title(Brief, bool),
    /// The second line of an entry; true if that leads nowhere.
    About(String, bool),
    /// A place where the chosen entry is cited.
    Mention {
        /// Which of them.
        at: usize,
        /// Its section.
        section: String,
        /// The words that cite.
        words: String,
        /// It was gone to last.
        here: bool,
    },
    /// A remark of the reader's own.
    Remark(&'static str),
}

/// Rows from which on there is air between entries.
const AIRY: u16 = 16;
/// The most cells of a label.
const LABEL: u16 = 8;

impl References {
    fn rows(&self, article: &Article, area: Area) -> Rows {
        let air = usize::from(area.height >= AIRY);
        let chosen = self.chosen_at();
        let mentions = chosen.map_or(0, |_| self.mentions(article).len());
        Rows { unit: 2 + air, air, count: self.shown.len(), chosen, mentions }
    }

    /// Scrolls so that the chosen entry is seen, and in it the mention that was gone to last.
    /// Aside, nothing stands above it.
    fn follow(&mut self, rows: Rows, height: usize, aside: bool) {
        let most = if aside { rows.total() } else { rows.total().saturating_sub(height) };
        if let Some(chosen) = rows.chosen.filter(|_| self.follows) {
            let start = rows.start(chosen);
            let last = start + 1 + rows.mentions;
            let seen = |row, scroll| geometry::scrolled_to(row, scroll, height);
            // As much of the entry as there is room for, its beginning before its end.
            let from = if aside { start } else { self.scroll };
            self.scroll = seen(start, seen(last, from));
            if let Some(at) = self.mention {
                self.scroll = seen(start + 2 + at, self.scroll);
            }
        }
        self.scroll = self.scroll.min(most);
    }

    /// What is seen of it in this area.
    pub(super) fn view(&mut self, article: &Article, area: Area, aside: bool) -> PaneView {
        let mut view = PaneView { area, ..PaneView::default() };
        let bottom = frame(&mut view, aside, self.filtering || !self.filter.is_empty());
        self.tell(&mut view, article);
        let height = usize::from(bottom.saturating_sub(view.first)).max(1);
        let rows = self.rows(article, area);
        self.follow(rows, height, aside);
        let briefs = |entry: usize| brief_of(article, &self.index, self.shown[entry]);
        let end = if aside { rows.end_of_chosen() } else { rows.total() };
        let last = (self.scroll + height).min(end);
        let seen =
            (rows.at(self.scroll).0..rows.at(last.saturating_sub(1)).0 + 1).filter(|&e| e < rows.count);
        let seen: Vec<(usize, Brief)> = seen.map(|entry| (entry, briefs(entry))).collect();
        let width = |brief: &Brief| brief.label.width() as u16;
        view.labels = seen.iter().map(|(_, b)| width(b)).max().unwrap_or(1).clamp(2, LABEL);
        view.sections = self.section_width(article, view.room());
        view.lines = (self.scroll..last)
            .map(|row| {
                let (entry, within) = rows.at(row);
                let brief = seen.iter().find(|(at, _)| *at == entry).map(|(_, brief)| brief);
                let chosen = rows.chosen == Some(entry);
                let row = self.row(article, brief, (entry, within, chosen), &view);
                PaneLine { entry, chosen: chosen && !matches!(row, PaneRow::Blank), row }
            })
            .collect();
        if self.shown.is_empty() {
            view.lines.push(PaneLine { entry: 0, chosen: false, row: PaneRow::Remark("nothing like it") });
        }
        view.below = match rows.count.saturating_sub(rows.at(last.saturating_sub(1)).0 + 1) {
            0 if last < rows.total() => "▾ more".to_owned(),
            0 => String::new(),
            entries => format!("▾ {entries} more"),
        };
        view
    }

    fn row(
        &self,
        article: &Article,
        brief: Option<&Brief>,
        (entry, within, chosen): (usize, usize, bool),
        view: &PaneView,
    ) -> PaneRow {
        let Some(brief) = brief else { return PaneRow::Blank };
        let mentions = if chosen { self.mentions(article) } else { &[] };
        match (within, within.checked_sub(2).and_then(|at| Some((at, mentions.get(at)?)))) {
            (0, _) => {
                let marked = matches!(self.shown[entry], Item::Reference(id) if self.marked.contains(&id));
                PaneRow::Title(brief.fitted(view.room()), marked)
            }
            (1, _) => PaneRow::About(brief.second(view.room()), brief.unresolved),
            (_, Some((at, &id))) => {
                let place = article.marker(id).map_or(Place::default(), |m| m.place);
                let room = view.room().saturating_sub(usize::from(view.sections) + 3);
                PaneRow::Mention {
                    at,
                    section: fit::head(section(article, place), view.sections.into()),
                    words: citing::words(article, id, room),
                    here: self.mention == Some(at),
                }
            }
            (_, None) => PaneRow::Blank,
        }
    }

    /// Cells for the sections of the mentions: of the widest of the first ones, and no more than a part of the room.
    fn section_width(&self, article: &Article, room: usize) -> u16 {
        let places = self.mentions(article).iter().take(64).filter_map(|&id| article.marker(id));
        let fitted = places.map(|m| fit::head(section(article, m.place), room * 2 / 5).width() as u16);
        fitted.max().unwrap_or(0)
    }

    /// How many there are of what.
    fn tell(&self, view: &mut PaneView, article: &Article) {
        let references = article.references.len();
        let all = references + article.notes.len() + self.index.missing_count();
        view.count = match self.filter.is_empty() {
            true => references.to_string(),
            false => format!("{} of {all}", self.shown.len()),
        };
        let notes = if article.notes.len() == 1 { "note" } else { "notes" };
        let besides = [
            (self.marked.len(), "marked"),
            (if self.filter.is_empty() { article.notes.len() } else { 0 }, notes),
            (if self.filter.is_empty() { self.index.missing_count() } else { 0 }, "unresolved"),
        ];
        let besides = besides.into_iter().filter(|(count, _)| *count > 0);
        view.besides = besides.map(|(count, what)| format!("{count} {what}")).collect::<Vec<_>>().join(" · ");
    }
}

/// Shares the rows of the pane out: head, filter, lines. Answers where the lines end.
fn frame(view: &mut PaneView, aside: bool, filters: bool) -> u16 {
    let Area { y, height, .. } = view.area;
    let airy = height >= AIRY;
    if aside {
        view.rule = (height >= 3).then_some(y);
        view.first = y + u16::from(height >= 3);
        return view.area.bottom();
    }
    match height {
        0..4 => (view.head, view.filter) = if filters { (None, Some(y)) } else { (Some(y), None) },
        _ if airy => (view.head, view.filter) = (Some(y + 1), Some(y + 3)),
        _ => (view.head, view.filter) = (Some(y), Some(y + 1)),
    }
    view.first = view.filter.or(view.head).map_or(y, |row| row + 1 + u16::from(airy));
    view.below_at = airy.then(|| view.area.bottom().saturating_sub(1));
    view.area.bottom().saturating_sub(u16::from(airy))
}

fn section(article: &Article, place: Place) -> &str {
    article.section_of(place.block).map_or("Lead", |s| article.section_title(s))
}
