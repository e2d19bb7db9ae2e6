//! What is typed: the search, the lists, hints, letters of marks, counts.

use super::action::{ACTIONS, Action};
use super::event::{Effect, Input};
use super::focus::Focus;
use super::picker::{Item, Picker, Purpose};
use super::trail::Stop;
use super::{App, Overlay};
use crate::article::Place;
use crate::search::Search;

/// A search that is being typed.
#[derive(Clone, Debug)]
pub struct SearchPrompt {
    /// What has been typed.
    pub typed: String,
    /// Where it began: giving up leads back there.
    pub origin: Stop,
}

/// Bytes of text that are searched before the next key is looked at: some milliseconds.
const SLICE: usize = 4 << 20;

impl App {
    pub(super) fn type_in(&mut self, input: Input) -> Vec<Effect> {
        self.message.clear();
        match self.overlay.take() {
            Some(Overlay::Search(prompt)) => self.type_search(prompt, input),
            Some(Overlay::Picker(picker)) => return self.type_picker(picker, input),
            Some(Overlay::Hints(mut hints)) => {
                let found = match input {
                    Input::Char(c) => hints.take(c),
                    Input::Enter => hints.exact(),
                    Input::Backspace => {
                        hints.typed.pop();
                        None
                    }
                    _ => return Vec::new(),
                };
                match found {
                    Some(hit) => self.open(hit),
                    None if hints.matching().next().is_some() => self.overlay = Some(Overlay::Hints(hints)),
                    None => self.message = "no such label".to_owned(),
                }
            }
            Some(Overlay::Mark { set }) => match (input, set) {
                (Input::Char(letter), true) => self.set_mark(letter),
                (Input::Char(letter), false) => self.go_to_mark(letter),
                _ => {}
            },
            other => {
                self.overlay = other;
                self.type_freely(input);
            }
        }
        Vec::new()
    }

    /// A digit counts; a letter belongs to the card; in the outline everything is its filter.
    fn type_freely(&mut self, input: Input) {
        if self.focus == Focus::Outline && self.outline.filtering {
            return self.type_filter(input);
        }
        if self.focus == Focus::References && self.references.filtering {
            return self.type_reference_filter(input);
        }
        match input {
            Input::Char('0') if self.count.is_none() && self.selection.is_some() => {
                self.move_cursor_to_row_start();
            }
            Input::Char(c) if c.is_ascii_digit() => {
                let digit = c as u32 - '0' as u32;
                let count = self.count.unwrap_or(0).saturating_mul(10).saturating_add(digit);
                self.count = (count > 0).then_some(count.min(99_999_999));
            }
            Input::Char(c) if self.focus == Focus::References => self.type_in_references(c),
            Input::Char(c) => self.go_to_mention(c),
            _ => {}
        }
    }

    pub(super) fn begin_search(&mut self) {
        let origin = Stop { top: self.top, lit: self.lit };
        self.cards.clear();
        self.overlay = Some(Overlay::Search(SearchPrompt { typed: String::new(), origin }));
    }

    fn type_search(&mut self, mut prompt: SearchPrompt, input: Input) {
        match edit(&mut prompt.typed, &input) {
            Edited::Accepted => {
                match (&self.search, self.sought) {
                    (Some(_), None) => self.trail.leave(prompt.origin),
                    (Some(_), Some(_)) if !self.busy() => {
                        self.message = format!("“{}” was not found", prompt.typed)
                    }
                    // The first hit is shown when it is found, unless the reader goes elsewhere meanwhile.
                    _ => {}
                }
                self.extend_to_hit();
                return;
            }
            Edited::GivenUp => {
                (self.top, self.lit) = (prompt.origin.top, prompt.origin.lit);
                (self.search, self.sought) = (None, None);
                return;
            }
            Edited::Changed => {
                self.search = (!prompt.typed.is_empty()).then(|| Search::new(&prompt.typed));
                self.top = prompt.origin.top;
                self.sought = Some(prompt.origin);
            }
            Edited::Ignored => {}
        }
        self.overlay = Some(Overlay::Search(prompt));
        self.search_on();
    }

    /// Searches a slice more, and shows the first hit as soon as there is one.
    pub(super) fn search_on(&mut self) {
        let from = self.sought.map_or(self.top.place, |origin| origin.top.place);
        let Some(search) = &mut self.search else {
            return;
        };
        self.grown = false;
        search.step(&self.article, SLICE, from);
        let hits = search.hits();
        let nearest = hits.get(hits.partition_point(|h| h.place < from));
        let nearest = nearest.or(if search.complete() { hits.first() } else { None });
        if let (Some(origin), Some(place)) = (self.sought, nearest.map(|found| found.place)) {
            self.sought = None;
            if !matches!(self.overlay, Some(Overlay::Search(_))) {
                self.trail.leave(origin);
            }
            self.show_from_origin(place);
        }
    }

    /// Brings a hit to the screen without a stop on the trail: the search has its own.
    fn show_from_origin(&mut self, place: Place) {
        self.reading = false;
        self.settle();
        if !self.shows(place) {
            let height = self.view.geometry.body.height;
            self.top = self.walk().put(place, height / 3, height);
        }
        self.hit_at = Some(place);
    }

    /// The next hit, or the one before; past an end it begins anew at the other.
    pub(super) fn step_search(&mut self, by: i64) {
        let Some(search) = &self.search else {
            self.message = "nothing has been searched for".to_owned();
            return;
        };
        let hits = search.hits();
        if hits.is_empty() {
            self.message = if search.complete() { "not found" } else { "still searching" }.to_owned();
            return;
        }
        let here = self.hit_at.filter(|&p| self.shows(p));
        let at = match here {
            Some(place) => hits.partition_point(|h| h.place < place) as i64 + by,
            None if by > 0 => hits.partition_point(|h| h.place < self.top.place) as i64 + by - 1,
            None => hits.partition_point(|h| h.place < self.top.place) as i64 + by,
        };
        let count = hits.len() as i64;
        if at < 0 || at >= count {
            self.message = if by > 0 { "from the beginning" } else { "from the end" }.to_owned();
        }
        let place = hits[at.rem_euclid(count) as usize].place;
        self.cards.clear();
        self.show(place);
        self.hit_at = Some(place);
    }

    fn type_picker(&mut self, mut picker: Picker, input: Input) -> Vec<Effect> {
        match input {
            Input::Up => picker.move_by(-1),
            Input::Down => picker.move_by(1),
            Input::Enter => return self.choose(&picker),
            Input::Escape if picker.purpose == Purpose::Article && self.article.is_empty() => {
                if picker.typed.is_empty() {
                    return vec![Effect::Quit];
                }
                picker.retype(String::clear);
            }
            Input::Escape => return Vec::new(),
            // An empty list of articles is the first screen: there `q` quits as everywhere.
            Input::Char('q') if picker.purpose == Purpose::Article && picker.typed.is_empty() => {
                return vec![Effect::Quit];
            }
            other => picker.retype(|typed| {
                edit(typed, &other);
            }),
        }
        self.overlay = Some(Overlay::Picker(picker));
        Vec::new()
    }

    fn choose(&mut self, picker: &Picker) -> Vec<Effect> {
        let Some(value) = picker.value() else {
            return Vec::new();
        };
        match picker.purpose {
            Purpose::Section => {
                if let Some(section) = self.article.sections.get(value) {
                    self.jump_to(Place::start_of(section.heading));
                }
            }
            Purpose::Palette => {
                if let Some(info) = ACTIONS.get(value) {
                    return self.act(info.action);
                }
            }
            Purpose::Export if self.focus == Focus::References => return self.export_listed(value),
            Purpose::Export => return self.export_as(value),
            Purpose::Quote => return self.quote_as(value),
            Purpose::Style => self.choose_style(value),
            Purpose::Article => {
                return self.articles.get(value).map(|a| Effect::Open(a.clone())).into_iter().collect();
            }
        }
        Vec::new()
    }

    pub(super) fn section_picker(&self) -> Picker {
        let items = self.article.sections.iter().enumerate().map(|(value, section)| Item {
            label: self.article.section_title(value).to_owned(),
            detail: String::new(),
            indent: 2 * u16::from(section.level.saturating_sub(1)),
            value,
        });
        let mut picker = Picker::new(Purpose::Section, items.collect());
        picker.chosen = self.current_section().unwrap_or(0);
        picker
    }

    pub(super) fn palette() -> Picker {
        let items = ACTIONS.iter().enumerate().filter(|(_, info)| info.action != Action::Palette);
        let items = items.map(|(value, info)| Item {
            label: info.help.to_owned(),
            detail: info.name.to_owned(),
            indent: 0,
            value,
        });
        Picker::new(Purpose::Palette, items.collect())
    }

    /// Shows the articles there are, to choose from.
    pub fn offer_articles(&mut self, articles: Vec<(String, String, String)>) {
        let items = articles.iter().enumerate().map(|(value, (_, title, about))| Item {
            label: title.clone(),
            detail: about.clone(),
            indent: 0,
            value,
        });
        self.overlay = Some(Overlay::Picker(Picker::new(Purpose::Article, items.collect())));
        self.articles = articles.into_iter().map(|(name, _, _)| name).collect();
        self.settle();
    }

    fn type_filter(&mut self, input: Input) {
        match edit(&mut self.outline.filter, &input) {
            Edited::Accepted => {
                self.outline.filtering = false;
                self.enter_outline();
            }
            Edited::GivenUp => {
                self.outline.filter.clear();
                self.outline.filtering = false;
            }
            Edited::Changed => self.outline.cursor = 0,
            Edited::Ignored => match input {
                Input::Up => self.move_in_outline(-1),
                Input::Down => self.move_in_outline(1),
                _ => {}
            },
        }
        self.outline_from = Some(0);
    }
}

/// What a key did to a line that is being typed.
pub(super) enum Edited {
    Accepted,
    GivenUp,
    Changed,
    Ignored,
}

/// The most characters that are typed or pasted into a line.
const LONGEST: usize = 1_000;

pub(super) fn edit(line: &mut String, input: &Input) -> Edited {
    match input {
        Input::Char(c) if line.len() < LONGEST => line.push(*c),
        Input::Paste(text) => {
            let clean = crate::article::safe::line(text).into_owned();
            line.extend(clean.chars().take(LONGEST.saturating_sub(line.len())));
        }
        Input::Backspace if line.is_empty() => return Edited::GivenUp,
        Input::Backspace => {
            line.pop();
        }
        Input::DeleteWord => {
            let kept = line.trim_end().rfind(' ').map_or(0, |at| at + 1);
            line.truncate(kept);
        }
        Input::Clear => line.clear(),
        Input::Enter => return Edited::Accepted,
        Input::Escape => return Edited::GivenUp,
        Input::Char(_) | Input::Up | Input::Down => return Edited::Ignored,
    }
    Edited::Changed
}
