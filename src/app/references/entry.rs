//! What an entry of the pane says, in two lines.

use unicode_width::UnicodeWidthStr;

use super::Item;
use super::index::Index;
use crate::app::fit;
use crate::article::{Article, BlockId, NoteId, RefId};
use crate::cite::{brief, short};
use crate::layout::unmarked_words;

/// An entry in two lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brief {
    /// Its number or label.
    pub label: String,
    /// `Doe & Roe`; empty for what has no author.
    pub people: String,
    /// Its title, or its first words.
    pub title: String,
    /// The title is that of a part of something, and stands in quotation marks.
    pub quoted: bool,
    /// The title is that of a work that stands alone.
    pub alone: bool,
    /// What it is a part of, or who published it; or what it is.
    pub about: String,
    /// When it was published.
    pub date: String,
    /// `3×`; or that it is cited nowhere.
    pub times: String,
    /// It leads nowhere.
    pub unresolved: bool,
}

impl Brief {
    /// The same with people and title cut to a line of this many cells, that says how often it is cited as well.
    pub(super) fn fitted(&self, room: usize) -> Self {
        let room = room.saturating_sub(self.times.width() + 2);
        let people = self.few_people(room / 2);
        let stop = if people.is_empty() || people.ends_with(['.', '…']) { "" } else { "." };
        let people = people + stop;
        let people = if self.people.is_empty() || self.title.is_empty() { people } else { people + " " };
        let (open, close) = if self.quoted { ("“", "”") } else { ("", "") };
        let left = room.saturating_sub(people.width() + open.width() + close.width());
        let title = format!("{open}{}{close}", fit::head(&self.title, left));
        Self { people, title, ..self.clone() }
    }

    /// The people in at most this many cells; of two the first alone, where there is no room for both.
    fn few_people(&self, room: usize) -> String {
        match self.people.split_once(" & ") {
            Some((first, _)) if self.people.width() > room => {
                let with_others = format!("{first} et al.");
                if with_others.width() <= room { with_others } else { fit::head(first, room) }
            }
            _ => fit::head(&self.people, room),
        }
    }

    /// The second line in at most this many cells: the date whole, as long as there is room for it.
    pub(super) fn second(&self, room: usize) -> String {
        if self.date.is_empty() {
            return fit::head(&self.about, room);
        }
        let left = room.saturating_sub(self.date.width() + 3);
        match fit::head(&self.about, left) {
            about if left < 8 || about.is_empty() => fit::head(&self.date, room),
            about => format!("{about} · {}", self.date),
        }
    }
}

/// What an entry says.
pub(super) fn brief_of(article: &Article, index: &Index, item: Item) -> Brief {
    let brief = match item {
        Item::Reference(id) => reference(article, id),
        Item::Note(id) => note(article, id),
        Item::Missing(at) => Brief {
            label: "?".to_owned(),
            title: index.missing(at).to_owned(),
            about: "unresolved: names nothing here".to_owned(),
            unresolved: true,
            ..Brief::default()
        },
    };
    let times = match index.mentions(article, item).len() {
        0 => "uncited".to_owned(),
        times => format!("{times}×"),
    };
    Brief { times, ..brief }
}

fn reference(article: &Article, id: RefId) -> Brief {
    let Some(reference) = article.references.get(id.index()) else { return Brief::default() };
    let brief = brief::brief(&reference.csl);
    let known = !brief.title.is_empty() || !brief.people.is_empty();
    // What is known only in its source's own words is shown by the first of them.
    let words = || reference.entry.map_or_else(String::new, |block| unmarked_words(article, block));
    let title = match (known, if known { String::new() } else { words() }) {
        (true, _) => brief.title,
        (false, words) if words.is_empty() => reference.id.to_string(),
        (false, words) => beginning(&words),
    };
    Brief {
        label: reference.label.to_string(),
        people: brief.people,
        quoted: known && brief.quoted && !title.is_empty(),
        alone: known && !brief.quoted,
        title,
        about: match brief.container {
            none if none.is_empty() => short::kind(&reference.csl).to_owned(),
            container => container,
        },
        date: brief.date,
        ..Brief::default()
    }
}

fn note(article: &Article, id: NoteId) -> Brief {
    let Some(note) = article.notes.get(id.index()) else { return Brief::default() };
    let brief = Brief { label: note.label.to_string(), about: "Note".to_owned(), ..Brief::default() };
    if note.blocks.is_empty() {
        let about = if note.label.is_empty() { "a note that is not defined" } else { "a note not read yet" };
        return Brief { title: note.id.to_string(), about: about.to_owned(), ..brief };
    }
    Brief { title: beginning(&unmarked_words(article, BlockId(note.blocks.start))), ..brief }
}

/// As much of a text as a line can have room for.
fn beginning(text: &str) -> String {
    const MOST: usize = 400;
    let text = &text[..text.floor_char_boundary(MOST)];
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
