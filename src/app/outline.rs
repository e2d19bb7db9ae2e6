//! The outline: the tree of sections, folded, filtered, and following the reader.

use std::collections::BTreeSet;

use super::action::Action;
use super::focus::Focus;
use super::trail::Stop;
use super::{App, geometry};
use crate::article::{Article, Place};

/// The state of the outline.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// It is to be seen.
    pub open: bool,
    /// Sections whose parts are hidden.
    pub folded: BTreeSet<usize>,
    /// What the titles must hold; empty shows all.
    pub filter: String,
    /// The filter is being typed.
    pub filtering: bool,
    /// The chosen entry, as an index into [`super::view::View::entries`].
    pub cursor: usize,
    /// Entries scrolled past.
    pub scroll: usize,
    /// Sections read to their end; `None` is what stands ahead of the first.
    pub read: BTreeSet<Option<usize>>,
    /// Where the reader was when the keys came here: giving up leads back.
    pub origin: Option<Stop>,
}

/// A row of the outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The section; `None` for what stands ahead of the first heading.
    pub section: Option<usize>,
    /// Depth below the top level.
    pub depth: u16,
    /// It has parts; true if they are hidden.
    pub folded: Option<bool>,
    /// Markers in it, down to the next heading (and in its parts, while they are hidden).
    pub markers: usize,
    /// Bytes of text in it, likewise.
    pub bytes: u32,
}

impl Outline {
    /// Works out the rows that are to be seen, from this section on: those before it stay.
    pub fn renew(&self, article: &Article, entries: &mut Vec<Entry>, from: usize) {
        if from == 0 {
            entries.clear();
            entries.extend(self.lead(article));
        } else {
            entries.truncate(entries.partition_point(|e| e.section < Some(from)));
        }
        let mut hidden_below = u8::MAX;
        for (at, section) in article.sections.iter().enumerate().skip(from) {
            if section.level > hidden_below {
                continue;
            }
            hidden_below = u8::MAX;
            let folded = self.filter.is_empty() && self.folded.contains(&at);
            if folded {
                hidden_below = section.level;
            }
            if !self.matches(article.section_title(at)) {
                continue;
            }
            let last = if folded { end_of_parts(article, at) - 1 } else { at };
            let blocks = article.section_blocks(at).start..article.section_blocks(last).end;
            let has_parts = article.sections.get(at + 1).is_some_and(|next| next.level > section.level);
            entries.push(Entry { folded: has_parts.then_some(folded), ..entry(article, Some(at), blocks) });
        }
    }

    /// The row of what stands ahead of the first heading.
    fn lead(&self, article: &Article) -> Option<Entry> {
        let first = article.sections.first()?.heading.0;
        let lead = entry(article, None, 0..first);
        (lead.bytes > 0 && has_lead(article, first) && self.matches(LEAD)).then_some(lead)
    }

    /// The first section whose row can change when more of the article comes in: the last one, or the one that it is
    /// hidden in.
    pub(super) fn open_end(&self, article: &Article) -> usize {
        let sections = article.sections.len();
        if sections < TOP_LEVEL {
            return 0;
        }
        let within = std::iter::successors(sections.checked_sub(1), |&at| article.parent_of(at));
        let hides = |at: &usize| at + 1 == sections || self.folded.contains(at);
        within.filter(hides).last().unwrap_or(0)
    }

    fn matches(&self, title: &str) -> bool {
        self.filter.is_empty() || title.to_lowercase().contains(&self.filter.to_lowercase())
    }

    /// The row that shows this section, or the one it is hidden in.
    pub fn row_of(&self, article: &Article, entries: &[Entry], section: Option<usize>) -> Option<usize> {
        let mut wanted = section;
        loop {
            // They stand in reading order.
            if let Ok(at) = entries.binary_search_by_key(&wanted, |e| e.section) {
                return Some(at);
            }
            wanted = Some(article.parent_of(wanted?)?);
        }
    }

    /// Moves the cursor; it stays on a row.
    pub fn move_cursor(&mut self, by: i64, entries: usize) {
        let most = entries.saturating_sub(1) as i64;
        self.cursor = (self.cursor as i64 + by).clamp(0, most) as usize;
    }

    /// Scrolls so that the row is among the `height` that are seen.
    pub fn show_row(&mut self, row: usize, height: usize) {
        self.scroll = geometry::scrolled_to(row, self.scroll, height);
    }
}

impl App {
    /// Opens the outline and goes there; from there, closes it.
    pub(super) fn toggle_outline(&mut self) {
        if self.article.sections.is_empty() {
            self.message = "this article has no sections".to_owned();
            return;
        }
        if self.focus == Focus::Outline {
            self.leave_outline();
            self.outline.open = false;
        } else {
            self.give_back();
            self.zen = false;
            self.outline.open = true;
            self.focus = Focus::Outline;
            self.outline.origin = Some(Stop { top: self.top, lit: self.lit });
            self.outline_from = Some(0);
            self.settle();
            self.outline.cursor = self.view.current.unwrap_or(0);
        }
        self.settings.outline = self.outline.open;
    }

    /// Gives the keys back to the text, which returns to where it was.
    pub(super) fn leave_outline(&mut self) {
        if let Some(origin) = self.outline.origin.take() {
            (self.top, self.lit) = (origin.top, origin.lit);
        }
        self.give_back();
    }

    /// What is left of the outline when the keys have gone elsewhere.
    pub(super) fn release_outline(&mut self) {
        self.outline.filtering = false;
        if !self.outline.filter.is_empty() {
            self.outline.filter.clear();
            self.outline_from = Some(0);
        }
        // An outline that covers the text has done its work.
        self.outline.open &= self.size.width >= geometry::DOCKS_FROM;
    }

    /// Goes to the chosen section, and gives the keys back to the text.
    pub(super) fn enter_outline(&mut self) {
        let chosen = self.view.entries.get(self.outline.cursor).cloned();
        if let Some(origin) = self.outline.origin.take() {
            (self.top, self.lit) = (origin.top, origin.lit);
        }
        if let Some(entry) = chosen {
            self.jump_to(self.start_of(&entry));
        }
        self.give_back();
    }

    fn start_of(&self, entry: &Entry) -> Place {
        let section = entry.section.and_then(|s| self.article.sections.get(s));
        section.map_or(Place::default(), |s| Place::start_of(s.heading))
    }

    /// Moves the cursor; the text shows what it stands on.
    pub(super) fn move_in_outline(&mut self, by: i64) {
        self.outline.move_cursor(by, self.view.entries.len());
        self.reading = false;
        if let Some(entry) = self.view.entries.get(self.outline.cursor) {
            let (place, height) = (self.start_of(entry), self.view.geometry.body.height);
            self.top = self.walk().put(place, 0, height);
        }
    }

    /// What an action does in the outline; false when it has no use for it.
    pub(super) fn act_in_outline(&mut self, action: Action) -> bool {
        let page = self.view.geometry.outline.map_or(1, |a| i64::from(a.height / 2));
        match action {
            Action::LineDown | Action::NextMarker | Action::NextSection => self.move_in_outline(1),
            Action::LineUp | Action::PreviousMarker | Action::PreviousSection => self.move_in_outline(-1),
            Action::PageDown | Action::HalfPageDown => self.move_in_outline(page),
            Action::PageUp | Action::HalfPageUp => self.move_in_outline(-page),
            Action::Top => self.move_in_outline(i64::MIN / 2),
            Action::End => self.move_in_outline(i64::MAX / 2),
            Action::PanLeft => self.fold(true),
            Action::PanRight => self.fold(false),
            Action::Enter => self.enter_outline(),
            Action::Search => self.outline.filtering = true,
            Action::Outline => self.toggle_outline(),
            _ => return false,
        }
        true
    }

    /// Hides or shows the parts of the chosen section; of one without parts, goes up to the section it is in.
    fn fold(&mut self, hide: bool) {
        let Some(entry) = self.view.entries.get(self.outline.cursor).cloned() else {
            return;
        };
        let Some(section) = entry.section else { return };
        match (entry.folded, hide) {
            (Some(false), true) => {
                self.outline.folded.insert(section);
            }
            (Some(true), false) => {
                self.outline.folded.remove(&section);
            }
            (_, true) => {
                let parent = self.article.parent_of(section);
                let row = parent.and_then(|p| self.view.entries.iter().position(|e| e.section == Some(p)));
                self.outline.cursor = row.unwrap_or(self.outline.cursor);
            }
            _ => {}
        }
        self.outline_from = Some(0);
    }

    /// A click on a row of the outline.
    pub(super) fn press_outline(&mut self, y: u16) {
        let Some(area) = self.view.geometry.outline else { return };
        let Some(row) = y.checked_sub(area.y + FIRST_ROW) else { return };
        let at = row as usize + self.outline.scroll;
        if let Some(entry) = self.view.entries.get(at).cloned() {
            self.outline.origin = None;
            self.jump_to(self.start_of(&entry));
            self.give_back();
            self.release_outline();
        }
    }
}

/// The title of what stands ahead of the first heading.
pub const LEAD: &str = "Lead";

/// So many sections tell what the top level is.
const TOP_LEVEL: usize = 64;

/// The row of the outline's area at which its entries begin: under its title.
pub const FIRST_ROW: u16 = 3;

/// True when text, and not only the title, stands ahead of the first heading.
fn has_lead(article: &Article, first: u32) -> bool {
    use crate::article::Kind;
    article.blocks.iter().take(first as usize).any(|b| !matches!(b.kind, Kind::Title | Kind::Byline))
}

/// One past the last section that is a part of this one (itself included).
fn end_of_parts(article: &Article, section: usize) -> usize {
    let level = article.sections[section].level;
    let after = article.sections[section + 1..].iter().position(|s| s.level <= level);
    after.map_or(article.sections.len(), |n| section + 1 + n)
}

fn entry(article: &Article, section: Option<usize>, blocks: std::ops::Range<u32>) -> Entry {
    use crate::article::{BlockId, Kind, Place};
    let at = |block| article.bytes_before(Place::start_of(BlockId(block)));
    let top = article.sections.iter().take(TOP_LEVEL).map(|s| s.level).min().unwrap_or(1);
    let depth = section.map_or(0, |s| article.sections[s].level.saturating_sub(top));
    let mut markers = article.markers_in(blocks.clone()).len();
    if section.is_some() && markers == 0 {
        // A list of references is as long as it has entries.
        let inside = blocks.start as usize..(blocks.end as usize).min(article.blocks.len());
        markers = article.blocks[inside]
            .iter()
            .filter(|b| matches!(b.kind, Kind::Entry(_)) && !b.continued)
            .count();
    }
    Entry { section, depth: depth.into(), folded: None, markers, bytes: at(blocks.end) - at(blocks.start) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Builder, Draft, Kind};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn rows_are_worked_out_again_only_where_they_can_change(
            levels in proptest::collection::vec(1u8..5, 1..260),
            folded in proptest::collection::btree_set(0usize..260, 0..6),
            part in 1usize..40,
        ) {
            let outline = Outline { folded, ..Outline::default() };
            let mut builder = Builder::new("test");
            builder.block(Kind::Paragraph, Draft::of("What stands ahead."), vec![]);
            let mut article = Article::default();
            let (mut entries, mut anew) = (Vec::new(), Vec::new());
            for (at, level) in levels.iter().enumerate() {
                builder.heading(*level, Draft::of(&format!("Section {at}")), None, vec![]);
                builder.block(Kind::Paragraph, Draft::of("Text."), vec![]);
                if at % part == 0 || at + 1 == levels.len() {
                    let from = outline.open_end(&article);
                    article.append(builder.take_part());
                    outline.renew(&article, &mut entries, from);
                    outline.renew(&article, &mut anew, 0);
                    prop_assert_eq!(&entries, &anew);
                }
            }
        }
    }

    #[test]
    fn only_the_last_section_is_worked_out_again_or_the_one_it_is_hidden_in() {
        let mut builder = Builder::new("test");
        for at in 0..100 {
            builder.heading(1 + u8::from(at % 10 > 0), Draft::of("A heading"), None, vec![]);
        }
        let mut article = Article::default();
        article.append(builder.finish());
        let mut outline = Outline::default();
        assert_eq!(outline.open_end(&article), 99);
        outline.folded.extend([40, 90]);
        assert_eq!(outline.open_end(&article), 90);
    }
}
