//! The citation style of the cards: which it is, and the entries that have been formatted in it.
//!
//! Formatting is asked for when a card shows a reference, and takes as long as it takes: until then the card shows the
//! entry as the article has it.

use std::collections::HashMap;
use std::rc::Rc;

use super::App;
use super::card::Subject;
use super::event::Effect;
use super::picker::{Item, Picker, Purpose};
use crate::article::{Article, BlockId, Builder, Draft, Kind, RefId, Target, script};
use crate::cite;

/// The formatted entries, by style and reference.
#[derive(Clone, Debug, Default)]
pub struct Styled {
    /// The style that the cards are in; empty for the article's own entries.
    current: String,
    /// A style of the user's own, from a file: the picker offers it too.
    own: String,
    entries: HashMap<(String, RefId), Entry>,
    /// The reference that is to be copied as soon as it is formatted.
    copying: Option<RefId>,
}

/// An entry in a style.
#[derive(Clone, Debug)]
enum Entry {
    /// It has been asked for.
    Asked,
    /// The style has nothing to say of it, or there is no such style: the article's own is shown.
    Given,
    /// Here it is: an article of one block, so that it is laid out as everything is.
    Made(Rc<Article>),
}

impl Styled {
    /// Goes on in this style.
    pub fn set(&mut self, style: &str) {
        style.clone_into(&mut self.current);
        if is_file(style) {
            style.clone_into(&mut self.own);
        }
    }

    /// The entry of a reference in the style of the cards, if it has been made.
    pub fn entry(&self, id: RefId) -> Option<&Rc<Article>> {
        match self.entries.get(&(self.current.clone(), id))? {
            Entry::Made(article) => Some(article),
            _ => None,
        }
    }

    /// True when it is known that the style will not give more than the article.
    fn is_given(&self, id: RefId) -> bool {
        matches!(self.entries.get(&(self.current.clone(), id)), Some(Entry::Given))
    }

    /// Asks for an entry that has not been asked for.
    fn ask(&mut self, id: RefId) -> Option<Effect> {
        let key = (self.current.clone(), id);
        if self.current.is_empty() || self.entries.contains_key(&key) {
            return None;
        }
        self.entries.insert(key, Entry::Asked);
        Some(Effect::Format { style: self.current.clone(), reference: id })
    }

    fn keep(&mut self, style: String, id: RefId, entry: Option<Draft>) {
        let entry = entry.filter(|draft| !draft.is_empty()).map_or(Entry::Given, |draft| {
            let mut builder = Builder::new("style");
            builder.block(Kind::Paragraph, draft, Vec::new());
            let mut article = Article::default();
            article.append(builder.finish());
            Entry::Made(Rc::new(article))
        });
        self.entries.insert((style, id), entry);
    }

    /// Nothing holds any longer: the article has been read anew.
    pub fn forget(&mut self) {
        self.entries.clear();
        self.copying = None;
    }
}

fn is_file(style: &str) -> bool {
    style.ends_with(".csl") || style.contains('/')
}

/// What a style is called where there is little room.
fn short_name(style: &str) -> String {
    let name = style.rsplit('/').next().unwrap_or(style).trim_end_matches(".csl");
    crate::article::safe::line(name).into_owned()
}

impl App {
    /// Asks for the entries that the card on top and the pinned ones show.
    pub(super) fn wanted_entries(&mut self) -> Vec<Effect> {
        self.styled.set(&self.settings.style);
        let cards = self.cards.last().map(|card| &card.subject);
        let subjects = cards.into_iter().chain(self.pins.iter().map(|pin| &pin.subject));
        let shown: Vec<RefId> = subjects.flat_map(|subject| references(subject, &self.article)).collect();
        shown.into_iter().filter_map(|id| self.styled.ask(id)).collect()
    }

    /// Takes a formatted entry in.
    pub(super) fn take_entry(&mut self, style: String, id: RefId, entry: Option<Draft>) -> Vec<Effect> {
        let current = style == self.settings.style;
        self.styled.keep(style, id, entry);
        let copies = current && self.styled.copying.take_if(|wanted| *wanted == id).is_some();
        if copies { self.copy_styled(id) } else { Vec::new() }
    }

    /// Copies the reference in the style of the cards; what has to be formatted first is copied then.
    pub(super) fn copy_styled(&mut self, id: RefId) -> Vec<Effect> {
        self.styled.set(&self.settings.style);
        if self.settings.style.is_empty() || self.styled.is_given(id) {
            return self.copy_as(id, cite::Form::Text);
        }
        let Some(entry) = self.styled.entry(id) else {
            self.styled.copying = Some(id);
            return self.styled.ask(id).into_iter().collect();
        };
        let text = script::of_text(&entry.block(BlockId(0)).text);
        let label = self.article.references.get(id.index()).map_or("", |r| &r.label);
        self.message = format!("copied [{label}] in {}", short_name(&self.settings.style));
        vec![Effect::Copy(text)]
    }

    /// The styles there are, to choose from.
    pub(super) fn style_picker(&self) -> Picker {
        let item =
            |label: String, detail: &str| Item { label, detail: detail.to_owned(), indent: 0, value: 0 };
        let mut items = vec![item("as in the article".to_owned(), "no style")];
        if !self.styled.own.is_empty() {
            items.push(item(short_name(&self.styled.own), "from your file"));
        }
        items.extend(cite::style::all().into_iter().map(|style| item(style.name.to_owned(), style.title)));
        items.iter_mut().enumerate().for_each(|(value, item)| item.value = value);
        let names = self.style_names();
        let mut picker = Picker::new(Purpose::Style, items);
        picker.chosen = names.iter().position(|name| *name == self.settings.style).unwrap_or(0);
        picker
    }

    /// What is chosen by the items of [`App::style_picker`].
    fn style_names(&self) -> Vec<String> {
        let own = Some(self.styled.own.clone()).filter(|own| !own.is_empty());
        let archived = cite::style::all().into_iter().map(|style| style.name.to_owned());
        std::iter::once(String::new()).chain(own).chain(archived).collect()
    }

    pub(super) fn choose_style(&mut self, value: usize) {
        let Some(name) = self.style_names().into_iter().nth(value) else { return };
        self.message = match name.as_str() {
            "" => "references are shown as in the article".to_owned(),
            name => format!("style: {}", short_name(name)),
        };
        self.settings.style = name;
    }
}

/// The references that a card of this subject shows: a short note with its work.
fn references(subject: &Subject, article: &Article) -> Vec<RefId> {
    let with_work = |id: RefId| [Some(id), article.work_of(id)].into_iter().flatten();
    match subject {
        Subject::Reference(id) => with_work(*id).collect(),
        Subject::Several(list) => {
            let reference =
                |target: &Target| if let Target::Reference(id) = target { Some(*id) } else { None };
            list.iter().filter_map(|(target, _)| reference(target)).flat_map(with_work).collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Settings;
    use crate::app::action::Action;
    use crate::app::event::{Event, Input, Size};

    fn reader(style: &str) -> App {
        let mut builder = Builder::new("test");
        builder.block(Kind::Paragraph, Draft::of("Words."), Vec::new());
        for name in ["a", "b"] {
            let csl = crate::article::Csl::from_iter([("title".to_owned(), name.into())]);
            builder.reference(name, if name == "a" { "1" } else { "2" }, csl, Some(Draft::of("As given.")));
        }
        let mut article = Article::default();
        article.append(builder.finish());
        let settings = Settings { style: style.to_owned(), ..Settings::default() };
        App::new(article, true, "x".to_owned(), settings, None, Size { width: 80, height: 24 })
    }

    fn open(app: &mut App, number: char) -> Vec<Effect> {
        app.update(Event::Input(Input::Char(number)));
        app.update(Event::Action(Action::Enter))
    }

    fn format(style: &str, reference: u32) -> Effect {
        Effect::Format { style: style.to_owned(), reference: RefId(reference) }
    }

    fn formatted(app: &mut App, style: &str, reference: u32, text: Option<&str>) -> Vec<Effect> {
        let (style, entry) = (style.to_owned(), text.map(Draft::of));
        app.update(Event::Formatted { style, reference: RefId(reference), entry })
    }

    fn card(app: &App) -> String {
        let rows = app.view.card.as_ref().map(|card| card.rows.as_slice()).unwrap_or_default();
        rows.iter().filter_map(|row| row.words(&app.article)).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_card_asks_once_and_shows_what_comes() {
        let mut app = reader("apa");
        assert_eq!(open(&mut app, '1'), [format("apa", 0)]);
        assert_eq!(card(&app), "As given.");
        assert_eq!(formatted(&mut app, "apa", 0, Some("In APA.")), []);
        assert_eq!(card(&app), "In APA.");
        app.update(Event::Action(Action::Close));
        assert_eq!((open(&mut app, '1'), card(&app)), (vec![], "In APA.".to_owned()));
        assert_eq!(open(&mut app, '2'), [format("apa", 1)]);
        formatted(&mut app, "apa", 1, None);
        assert_eq!(card(&app), "As given.");
    }

    #[test]
    fn without_a_style_nothing_is_asked_for() {
        let mut app = reader("");
        assert_eq!((open(&mut app, '1'), card(&app)), (vec![], "As given.".to_owned()));
        formatted(&mut app, "apa", 0, Some("In APA."));
        assert_eq!(card(&app), "As given.");
    }

    #[test]
    fn copying_waits_for_the_style() {
        let mut app = reader("apa");
        open(&mut app, '1');
        assert_eq!(app.update(Event::Action(Action::Copy)), []);
        assert_eq!(formatted(&mut app, "apa", 0, Some("In APA.")), [Effect::Copy("In APA.".to_owned())]);
        assert_eq!(app.message, "copied [1] in apa");
        assert_eq!(app.update(Event::Action(Action::Copy)), [Effect::Copy("In APA.".to_owned())]);
        open(&mut app, '2');
        formatted(&mut app, "apa", 1, None);
        assert_eq!(app.update(Event::Action(Action::Copy)), [Effect::Copy("[2] As given.".to_owned())]);
    }

    #[test]
    fn another_style_is_chosen_by_name() {
        let mut app = reader("/a/b/own.csl");
        open(&mut app, '1');
        app.update(Event::Action(Action::Style));
        for letter in "ieee".chars() {
            app.update(Event::Input(Input::Char(letter)));
        }
        assert_eq!(app.update(Event::Input(Input::Enter)), [format("ieee", 0)]);
        assert_eq!((app.settings.style.as_str(), app.message.as_str()), ("ieee", "style: ieee"));
        assert_eq!(app.cards.len(), 1);
        // The file stays among the styles, and `as in the article` is the first.
        app.update(Event::Action(Action::Style));
        for letter in "own".chars() {
            app.update(Event::Input(Input::Char(letter)));
        }
        app.update(Event::Input(Input::Enter));
        assert_eq!(app.settings.style, "/a/b/own.csl");
        app.update(Event::Action(Action::Style));
        (0..2).for_each(|_| drop(app.update(Event::Input(Input::Up))));
        app.update(Event::Input(Input::Enter));
        assert_eq!(app.settings.style, "");
    }
}
