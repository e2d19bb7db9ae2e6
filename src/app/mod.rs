//! The reader as a value: what is read, where, and what is open over it. No terminal, no disk, no clock, no format.
//!
//! [`App::update`] takes an event and says what is wanted outside; [`App::view`] is what there is to draw.

pub mod action;
pub mod address;
pub mod card;
mod citing;
mod deck;
pub mod event;
mod fit;
pub mod focus;
pub mod geometry;
pub mod hints;
pub mod known;
pub mod margin;
pub mod markers;
mod layers;
mod liking;
mod mouse;
mod opening;
pub mod outline;
pub mod picker;
pub mod pins;
mod reading;
pub mod references;
mod renewal;
pub mod saved;
pub mod selection;
pub mod styled;
pub mod tip;
pub mod trail;
pub mod typing;
pub mod view;
pub mod viewport;

use std::rc::Rc;

use action::Action;
use card::Card;
use event::{Effect, Event, Size};
use focus::Focus;
use hints::Hints;
use known::Known;
pub use liking::Settings;
use margin::Briefs;
use outline::Outline;
use picker::Picker;
use pins::Pin;
use references::References;
use saved::Saved;
use selection::Selection;
use styled::Styled;
use tip::Tip;
use trail::{Stop, Trail};
use typing::SearchPrompt;
use view::View;
use viewport::Top;

use crate::article::{Article, Place};
use crate::layout::{Hit, Layout};
use crate::search::Search;

/// What lies over the text and takes the keys.
#[derive(Clone, Debug)]
pub enum Overlay {
    /// The search is being typed.
    Search(SearchPrompt),
    /// A list to choose from.
    Picker(Picker),
    /// Labels on everything that can be opened.
    Hints(Hints),
    /// The keys; holds the rows scrolled past.
    Help(usize),
    /// The letter of a mark is awaited: to set it, or to go there.
    Mark {
        /// True to set it.
        set: bool,
    },
    /// An address is shown before it is opened.
    Address(String),
}

/// The reader. A copy of it costs little, however long the article: a key can be tried on one.
#[derive(Clone)]
pub struct App {
    /// What is read.
    pub article: Rc<Article>,
    /// The document has been taken in whole.
    pub complete: bool,
    /// What the document is called where it has no title.
    pub name: String,
    /// How the reader likes it.
    pub settings: Settings,
    /// The names of the themes there are.
    pub themes: Vec<String>,
    /// What is to be drawn; true after every update.
    pub view: View,
    /// The cards that are open, the topmost last.
    pub cards: Vec<Card>,
    /// The cards that are pinned, the first one first.
    pub pins: Vec<Pin>,
    /// The outline.
    pub outline: Outline,
    /// The pane of references.
    pub references: References,
    /// What takes the keys, while nothing lies over it.
    pub focus: Focus,
    /// What lies over the text.
    pub overlay: Option<Overlay>,
    /// The chosen marker or link.
    pub lit: Option<Hit>,
    /// The passage that is being chosen.
    pub selection: Option<Selection>,
    /// The search.
    pub search: Option<Search>,
    /// Digits that have been typed.
    pub count: Option<u32>,
    /// The entries in the style of the cards.
    pub styled: Styled,
    /// Something to say, until the next key.
    pub message: String,
    /// Nothing but the text.
    pub zen: bool,
    /// What the reader has had of references and notes.
    pub known: Known,
    briefs: Briefs,
    size: Size,
    top: Top,
    trail: Trail,
    layout: Layout,
    usual_measure: u16,
    /// Columns that wide blocks are moved by.
    pan: u16,
    /// Where in the text the mouse went down: a drag selects from there.
    pressed: Option<Place>,
    /// The hit of the search that the screen stands at.
    hit_at: Option<Place>,
    /// Where the search was begun whose first hit is still awaited.
    sought: Option<Stop>,
    /// The article has grown since the search last looked at it.
    grown: bool,
    /// The place to go to once that much has been taken in.
    awaited: Option<Saved>,
    /// The section from which on the rows of the outline have to be worked out again.
    outline_from: Option<usize>,
    /// The reader goes through the text, rather than about in it: what is seen counts as read.
    reading: bool,
    articles: Vec<String>,
}

impl App {
    /// A reader of this article, at its beginning or where it was left.
    pub fn new(
        article: Article,
        complete: bool,
        name: String,
        settings: Settings,
        saved: Option<Saved>,
        size: Size,
    ) -> Self {
        let outline = Outline { open: settings.outline, ..Outline::default() };
        let usual_measure = settings.measure;
        let mut app = Self {
            article: Rc::new(article),
            complete,
            name,
            settings,
            themes: Vec::new(),
            view: View::default(),
            cards: Vec::new(),
            pins: Vec::new(),
            outline,
            references: References::default(),
            focus: Focus::Text,
            overlay: None,
            lit: None,
            selection: None,
            search: None,
            count: None,
            styled: Styled::default(),
            message: String::new(),
            zen: false,
            known: saved.as_ref().map_or_else(Known::default, |s| Known::restored(&s.known)),
            briefs: Briefs::default(),
            size,
            top: Top::default(),
            trail: Trail::default(),
            layout: Layout::new(72),
            usual_measure,
            pan: 0,
            pressed: None,
            hit_at: None,
            sought: None,
            grown: false,
            awaited: saved,
            outline_from: Some(0),
            reading: true,
            articles: Vec::new(),
        };
        app.known.meet(&app.article);
        app.go_where_left();
        // On a narrow screen an outline would cover the text that one came to read.
        app.outline.open &= size.width >= geometry::DOCKS_FROM;
        app.settle();
        app
    }

    /// Takes an event in, and says what is wanted outside.
    pub fn update(&mut self, event: Event) -> Vec<Effect> {
        let mut effects = match event {
            Event::Action(action) => self.act(action),
            Event::Input(input) => self.type_in(input),
            Event::Mouse(mouse) => self.point(mouse),
            Event::Resize(size) => {
                self.size = size;
                Vec::new()
            }
            Event::Append(part) => {
                self.grow(|article| article.append(part));
                Vec::new()
            }
            Event::Restart(part) => {
                self.read_again(part);
                Vec::new()
            }
            Event::Complete => {
                self.complete = true;
                self.grow(|_| ());
                Vec::new()
            }
            Event::Idle => {
                self.search_on();
                self.references.prepare(&self.article);
                Vec::new()
            }
            Event::Say(message) => {
                self.message = message;
                Vec::new()
            }
            Event::Formatted { style, reference, entry } => self.take_entry(style, reference, entry),
        };
        effects.extend(self.wanted_entries());
        self.settle();
        effects
    }

    /// True while something is unfinished that [`Event::Idle`] goes on with.
    pub fn busy(&self) -> bool {
        let searches = self.search.as_ref().is_some_and(|s| !s.complete() || (self.grown && !s.is_full()));
        searches || self.references.busy(&self.article)
    }

    fn grow(&mut self, change: impl FnOnce(&mut Article)) {
        let open_end = self.outline.open_end(&self.article);
        self.outline_from = Some(self.outline_from.map_or(open_end, |from| from.min(open_end)));
        change(Rc::make_mut(&mut self.article));
        self.layout.forget();
        self.briefs.forget();
        self.known.meet(&self.article);
        self.grown = true;
        self.references.grow();
        self.go_where_left();
    }

    fn act(&mut self, action: Action) -> Vec<Effect> {
        self.message.clear();
        let count = self.count.take();
        match action {
            Action::Quit | Action::Close => return self.close(action),
            Action::Suspend => return vec![Effect::Suspend],
            Action::Redraw => return vec![Effect::Redraw],
            _ => {}
        }
        if let Some(Overlay::Help(scroll)) = &mut self.overlay {
            *scroll = match action {
                Action::LineDown => *scroll + 1,
                Action::LineUp => scroll.saturating_sub(1),
                Action::PageDown | Action::HalfPageDown => *scroll + 10,
                Action::PageUp | Action::HalfPageUp => scroll.saturating_sub(10),
                Action::Top => 0,
                Action::End => usize::MAX / 2,
                _ => {
                    self.overlay = None;
                    return Vec::new();
                }
            };
            return Vec::new();
        }
        if let Some(Overlay::Address(address)) = &self.overlay {
            let address = address.clone();
            self.overlay = None;
            let goes = matches!(action, Action::Enter | Action::OpenAddress);
            return if goes { vec![Effect::Browse(address)] } else { Vec::new() };
        }
        if self.focus == Focus::Outline && self.act_in_outline(action) {
            return Vec::new();
        }
        if self.focus == Focus::References
            && let Some(effects) = self.act_in_references(action, count)
        {
            return effects;
        }
        let numbered = count.is_some() && matches!(action, Action::Enter | Action::Peek);
        if !self.cards.is_empty()
            && !numbered
            && let Some(effects) = self.act_in_card(action)
        {
            return effects;
        }
        let times = i64::from(count.unwrap_or(1).clamp(1, 10_000));
        if let Some(effects) = self.act_in_selection(action, times) {
            return effects;
        }
        self.act_in_text(action, count)
    }

    fn act_in_text(&mut self, action: Action, count: Option<u32>) -> Vec<Effect> {
        let times = i64::from(count.unwrap_or(1).clamp(1, 10_000));
        match action {
            Action::LineDown => self.scroll(times),
            Action::LineUp => self.scroll(-times),
            Action::PageDown => self.scroll_pages(times),
            Action::PageUp => self.scroll_pages(-times),
            Action::HalfPageDown => self.scroll(times * self.page() / 2),
            Action::HalfPageUp => self.scroll(-times * self.page() / 2),
            Action::Top => self.go_to_top(),
            Action::End => self.go_to_end(),
            Action::NextParagraph => self.step_paragraphs(times),
            Action::PreviousParagraph => self.step_paragraphs(-times),
            Action::NextSection => self.step_sections(times),
            Action::PreviousSection => self.step_sections(-times),
            Action::ParentSection => self.go_to_parent(),
            Action::PanLeft => self.pan = self.pan.saturating_sub(8),
            Action::PanRight => self.pan = self.pan.saturating_add(8).min(self.widest_pan()),
            Action::NextMarker => self.step_hits(times),
            Action::PreviousMarker => self.step_hits(-times),
            Action::NextHit => self.step_search(times),
            Action::PreviousHit => self.step_search(-times),
            Action::Back => self.go_back(),
            Action::Forward => self.go_forward(),
            Action::Enter => match count {
                Some(number) => self.open_reference(&number.to_string()),
                None => self.open_lit(),
            },
            Action::Peek => match count {
                Some(number) => self.open_reference(&number.to_string()),
                None => self.peek(),
            },
            Action::Notes => self.next_notes(),
            Action::Markers => self.next_markers(),
            Action::Hints => self.overlay = Some(Overlay::Hints(Hints::over(&self.view.hits, &self.article))),
            Action::Search => self.begin_search(),
            Action::FindSection => self.overlay = Some(Overlay::Picker(self.section_picker())),
            Action::Palette => self.overlay = Some(Overlay::Picker(Self::palette())),
            Action::Help => self.overlay = Some(Overlay::Help(0)),
            Action::SetMark => self.overlay = Some(Overlay::Mark { set: true }),
            Action::GoToMark => self.overlay = Some(Overlay::Mark { set: false }),
            Action::Outline => self.toggle_outline(),
            Action::References => self.toggle_references(),
            Action::Zen => self.zen = !self.zen,
            Action::Wider => self.settings.measure = (self.view.geometry.body.width + 4).clamp(24, 160),
            Action::Narrower => {
                self.settings.measure = (self.view.geometry.body.width.saturating_sub(4)).clamp(24, 160)
            }
            Action::UsualWidth => self.settings.measure = self.usual_measure,
            Action::Theme => self.next_theme(),
            Action::Mouse => return self.toggle_mouse(),
            Action::OpenAddress => self.offer_address(),
            Action::Pin => self.pin(),
            Action::Copy => return self.copy(),
            Action::Export => self.offer_export(),
            Action::Select => self.select(),
            Action::NextWord
            | Action::PreviousWord
            | Action::NextSentence
            | Action::PreviousSentence
            | Action::RowStart
            | Action::RowEnd => self.message = "nothing is being selected: v begins".to_owned(),
            Action::Style => self.overlay = Some(Overlay::Picker(self.style_picker())),
            Action::Quit | Action::Close | Action::Suspend | Action::Redraw => {}
        }
        Vec::new()
    }
}
