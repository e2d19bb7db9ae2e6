//! What the next key will most likely do, done before it comes: whoever turns a page will turn the next one.
//!
//! The reader is a value, and what an event makes of it depends on nothing else: so a key is tried on a copy while
//! nobody waits, and when it comes, the copy takes the place of the reader.

use crate::app::App;
use crate::app::action::Action;
use crate::app::event::{Effect, Event, Listening};

/// The reader after the next key.
pub struct Ahead {
    /// What the key is taken to ask for; `None` once it has come: then `app` is the reader before it, which is freed when
    /// there is time.
    action: Option<Action>,
    app: App,
    effects: Vec<Effect>,
}

impl Ahead {
    /// The reader after what will most likely follow on this action; `None` while there is more to do than to wait for
    /// keys.
    pub fn after(app: &App, last: Action) -> Option<Self> {
        Self::of(app, following(app, last))
    }

    fn of(app: &App, action: Action) -> Option<Self> {
        let types = app.overlay.is_some() || app.listening() == Listening::Text;
        if !app.complete || app.busy() || types {
            return None;
        }
        let mut app = app.clone();
        let effects = app.update(Event::Action(action));
        Some(Self { action: Some(action), app, effects })
    }

    /// The reader as it will be.
    pub const fn app(&self) -> &App {
        &self.app
    }

    /// Puts the reader that is ahead in the place of the other, if this is the event that it was made for; gives what
    /// that wants done.
    pub fn take(&mut self, event: &Event, app: &mut App) -> Option<Vec<Effect>> {
        let comes = matches!((event, self.action), (Event::Action(action), Some(taken)) if *action == taken);
        comes.then(|| {
            self.action = None;
            std::mem::swap(app, &mut self.app);
            std::mem::take(&mut self.effects)
        })
    }
}

/// What will most likely follow on an action: after a step to a marker its card, else the same again.
fn following(app: &App, last: Action) -> Action {
    let stands_at_marker = app.lit.is_some() && app.cards.is_empty();
    match last {
        Action::NextMarker | Action::PreviousMarker if stands_at_marker => Action::Enter,
        _ => last,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Settings;
    use crate::app::action::ACTIONS;
    use crate::app::event::Size;
    use crate::article::{Article, Builder, Draft, DraftCite, DraftMarker, Kind, To};
    use crate::keys::Keymap;
    use crate::ui::grid::{Cell, Grid};
    use crate::ui::theme::{Depth, Theme};

    const SIZE: Size = Size { width: 100, height: 20 };

    fn reader(complete: bool) -> App {
        let mut builder = Builder::new("test");
        for section in 0..8 {
            builder.heading(1, Draft::of(&format!("Section {section}")), None, vec![]);
            for paragraph in 0..6 {
                let mut draft = Draft::of(&"a few words ".repeat(4 + paragraph));
                let cites = vec![DraftCite::new(To::Reference(format!("key {section}")))];
                draft.push_marker(DraftMarker { cites, ..DraftMarker::default() });
                builder.block(Kind::Paragraph, draft, vec![]);
            }
        }
        let mut article = Article::default();
        article.append(builder.finish());
        App::new(article, complete, "test".to_owned(), Settings::default(), None, SIZE)
    }

    fn drawn(app: &App) -> Vec<Cell> {
        let mut grid = Grid::new(SIZE.width, SIZE.height);
        crate::ui::draw(app, &Theme::named("dark", Depth::True), &Keymap::default(), &mut grid);
        grid.cells().to_vec()
    }

    #[test]
    fn the_reader_ahead_is_the_one_that_the_key_makes() {
        let repeating: Vec<Action> = ACTIONS.iter().map(|row| row.action).filter(|a| a.repeats()).collect();
        let mut app = reader(true);
        app.update(Event::Action(Action::Outline));
        app.update(Event::Action(Action::Close));
        for step in 0..200 {
            let action = repeating[(step * 7 + step / 9) % repeating.len()];
            let before = drawn(&app);
            let mut ahead = Ahead::of(&app, action).unwrap();
            assert!(drawn(&app) == before, "{action:?} is only tried");
            let mut by_key = app.clone();
            let effects = by_key.update(Event::Action(action));
            assert_eq!(ahead.take(&Event::Action(action), &mut app), Some(effects));
            assert!(drawn(&app) == drawn(&by_key), "{action:?}");
            assert_eq!(app.saved(), by_key.saved());
            if step % 20 == 0 {
                app.update(Event::Action(if step % 40 == 0 { Action::Enter } else { Action::Close }));
            }
        }
    }

    #[test]
    fn it_is_taken_once_and_for_its_own_event_only() {
        let mut app = reader(true);
        let next = Event::Action(Action::PageDown);
        let mut ahead = Ahead::of(&app, Action::PageDown).unwrap();
        assert_eq!(ahead.take(&Event::Action(Action::PageUp), &mut app), None);
        assert_eq!(ahead.take(&Event::Say("hello".to_owned()), &mut app), None);
        assert_eq!(ahead.take(&next, &mut app), Some(vec![]));
        assert_eq!(ahead.take(&next, &mut app), None);
    }

    #[test]
    fn after_a_step_to_a_marker_its_card_is_expected_then_the_next_marker() {
        let mut app = reader(true);
        assert_eq!(following(&app, Action::PageDown), Action::PageDown);
        app.update(Event::Action(Action::NextMarker));
        assert_eq!(following(&app, Action::NextMarker), Action::Enter);
        let mut ahead = Ahead::after(&app, Action::NextMarker).unwrap();
        assert_eq!(ahead.take(&Event::Action(Action::Enter), &mut app), Some(vec![]));
        assert_eq!(app.cards.len(), 1);
        assert_eq!(following(&app, Action::NextMarker), Action::NextMarker);
    }

    #[test]
    fn there_is_none_while_there_is_more_to_do() {
        assert!(Ahead::of(&reader(false), Action::PageDown).is_none());
        let mut app = reader(true);
        app.update(Event::Action(Action::Help));
        assert!(Ahead::of(&app, Action::PageDown).is_none());
        let mut app = reader(true);
        app.update(Event::Action(Action::References));
        assert!(Ahead::of(&app, Action::PageDown).is_some() || app.busy());
        app.update(Event::Action(Action::Search));
        assert!(Ahead::of(&app, Action::PageDown).is_none(), "the filter is typed");
    }
}
