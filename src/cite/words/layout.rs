//! How a reference is laid out: names, date, title, and what the title stands in.

use std::ops::Range;

use serde_json::Value;

use super::claims::{ASIDE, CLAIMED, Claims};
use super::labels::put_date;
use super::names::{self, Role};
use super::parts::{Part, cut};
use super::shapes::{could_be_name, dated, ends_title, in_brackets, inner, publishes, without_stop};
use super::{Layout, Parsed, numbers, quotes};
use crate::article::Mark;
use crate::cite::Name;

/// Reads what has no label, and says which way it was laid out.
pub fn read(claims: &Claims<'_>, parsed: &mut Parsed) -> Layout {
    let mut reader = Reader { claims, parsed };
    if let Some((whole, inside)) = quotes::first(claims.free()) {
        return reader.quoted(whole, inside).unwrap_or_default();
    }
    reader
        .plain()
        .or_else(|| reader.colon())
        .or_else(|| reader.short())
        .unwrap_or_else(|| reader.address_alone())
}

/// The words that are left, and the fields that they fill.
struct Reader<'a, 'b> {
    claims: &'b Claims<'a>,
    parsed: &'b mut Parsed,
}

impl<'a> Reader<'a, '_> {
    fn free(&self, range: Range<usize>) -> &str {
        self.claims.free().get(range).unwrap_or("")
    }

    fn rest(&self, from: usize) -> &str {
        self.claims.free().get(from..).unwrap_or("")
    }

    fn has(&self, field: &str) -> bool {
        self.parsed.csl.contains_key(field)
    }

    fn put(&mut self, field: &str, value: &str) {
        if !self.has(field) && !value.is_empty() {
            self.parsed.csl.insert(field.to_owned(), value.into());
        }
    }

    fn names(&mut self, role: Role, names: &[Name]) {
        let field = match role {
            Role::Author => "author",
            Role::Editor => "editor",
            Role::Translator => "translator",
        };
        self.parsed.csl.insert(field.to_owned(), Value::Array(names.iter().map(Name::to_csl).collect()));
    }

    fn title(&mut self, marked: Range<usize>, title: &str) {
        self.put("title", title);
        self.parsed.marks.push((marked, Mark::Strong));
    }

    /// Nothing but an address and punctuation.
    fn address_alone(&self) -> Layout {
        let bare = !self.claims.free().contains(char::is_alphanumeric);
        if bare && self.has("URL") { Layout::Address } else { Layout::Unknown }
    }

    /// `Names (date). "Title". Container. …`
    fn quoted(&mut self, whole: Range<usize>, inside: Range<usize>) -> Option<Layout> {
        let title = self.claims.get(inside);
        let before = self.free(0..whole.start).to_owned();
        if !ends_title(self.rest(whole.end), title) || !self.head(&before) {
            return None;
        }
        self.title(whole.clone(), title);
        let marks = ['"', '”', '“', '»', '«', '」'];
        let american = self.free(whole.clone()).trim_end_matches(marks).ends_with(',');
        let commas = american || self.rest(whole.end).starts_with(',');
        let parts = cut(self.claims.free(), whole.end, commas);
        Some(self.contents(&parts))
    }

    /// Reads what stands before the title: nothing, or names, or names and a date. False for anything else.
    fn head(&mut self, before: &str) -> bool {
        let blank = |c: char| c.is_whitespace() || matches!(c, CLAIMED | ASIDE | '*' | '•' | ',' | ':');
        let (names, date) = dated(without_stop(before.trim_matches(blank)));
        if !names.is_empty() {
            let Some((names, role)) = names::list(without_stop(names)) else {
                return false;
            };
            self.names(role, &names);
        }
        if let Some(date) = date {
            put_date(self.parsed, "issued", &date);
        }
        true
    }

    /// What the title stands in: `Container. Publisher. Date.`, `In Names (eds.). Container. Place: Publisher.`
    fn contents(&mut self, parts: &[Part]) -> Layout {
        let mut layout = Layout::Quoted;
        let mut labelled = false;
        for part in self.joined(parts) {
            match part {
                Part::Date(date) => put_date(self.parsed, "issued", &date),
                Part::Label => labelled = self.has("container-title"),
                Part::Words(range) => match self.words(range, labelled) {
                    Some(found) => layout = if found == Layout::Part { found } else { layout },
                    None => break,
                },
            }
        }
        layout
    }

    /// The parts, but what stands before a volume is one: the name of a journal may be cut short with stops.
    fn joined<'p>(&self, parts: &'p [Part]) -> Box<dyn Iterator<Item = Part> + 'p> {
        let words = parts.iter().take_while(|part| matches!(part, Part::Words(_))).count();
        if let ([Part::Words(first), .., Part::Words(last)], [Part::Label, ..]) = parts.split_at(words)
            && self.has("volume")
            && !self.claims.get(first.clone()).starts_with("In ")
        {
            let whole = Part::Words(first.start..last.end);
            return Box::new(std::iter::once(whole).chain(parts[words..].iter().cloned()));
        }
        Box::new(parts.iter().cloned())
    }

    /// One part behind the title; `None` once the reference has ended and prose goes on.
    fn words(&mut self, range: Range<usize>, labelled: bool) -> Option<Layout> {
        let (range, inside) = self.inside(range);
        let range = self.without_pages(range);
        let text = self.claims.get(range.clone());
        if range.start >= self.claims.closed || text.starts_with("in ") {
            return None;
        }
        if inside && let Some((names, Role::Editor)) = names::list(text) {
            self.names(Role::Editor, &names);
            return Some(Layout::Part);
        }
        if ["Section", "Chapter", "Episode", "Season", "Event occurs"].iter().any(|w| text.starts_with(w)) {
            return Some(Layout::Quoted);
        }
        if ["Suppl", "Special issue", "Special Issue"].iter().any(|w| text.starts_with(w)) {
            self.put("issue", text);
            return Some(Layout::Quoted);
        }
        let (name, date) = dated(text);
        if let Some(date) = date {
            put_date(self.parsed, "issued", &date);
        }
        if !self.has("container-title") && could_be_name(name, 16) {
            self.container(range.start..range.start + name.len());
        } else if !labelled && !self.has("publisher") && could_be_name(name, 8) {
            self.publisher(name);
        } else {
            return None;
        }
        Some(Layout::Quoted)
    }

    /// Takes the pages off the end: `Supplement 47: 29–35`.
    fn without_pages(&mut self, range: Range<usize>) -> Range<usize> {
        let text = self.claims.get(range.clone());
        match text.rsplit_once(": ").filter(|(_, pages)| numbers::are_pages(pages)) {
            Some((before, pages)) => {
                self.put("page", pages);
                range.start..range.start + before.len()
            }
            None => range,
        }
    }

    /// Takes `In ` off.
    fn inside(&self, range: Range<usize>) -> (Range<usize>, bool) {
        let found = ["In: ", "In "].iter().find(|word| self.claims.get(range.clone()).starts_with(**word));
        (range.start + found.map_or(0, |word| word.len())..range.end, found.is_some())
    }

    fn container(&mut self, range: Range<usize>) {
        let name = self.claims.get(range.clone());
        self.put("container-title", name);
        self.parsed.marks.push((range, Mark::Emphasis));
    }

    /// `Publisher`, or `Place: Publisher`.
    fn publisher(&mut self, text: &str) {
        match text.split_once(": ") {
            Some((place, publisher)) => {
                self.put("publisher-place", place.trim());
                self.put("publisher", publisher.trim());
            }
            None => self.put("publisher", text),
        }
    }

    /// `Names (date). Title. Place: Publisher.`, `Names (date). Title. Journal, 12(3), 4–5.`
    fn plain(&mut self) -> Option<Layout> {
        let free = self.claims.free();
        let open = free.find('(')?;
        let open = if in_brackets(inner(free, open)?).is_some() {
            open
        } else {
            open + 1 + free[open + 1..].find('(')?
        };
        let date = in_brackets(inner(free, open)?)?;
        let (names, role) = names::list(without_stop(free[..open].trim_matches([CLAIMED, ASIDE, ' ', '*'])))?;
        let mut end = open + inner(free, open)?.len() + 2;
        if let Some(again) = free[end..].strip_prefix(" [") {
            end += again.find(']').map_or(0, |close| close + 3);
        }
        let rest = free[end..].trim_start();
        if !rest.is_empty() && !rest.starts_with(['.', ',', ':', ';', CLAIMED, ASIDE]) {
            return None;
        }
        self.names(role, &names);
        put_date(self.parsed, "issued", &date);
        let parts = cut(self.claims.free(), end, free[end..].starts_with(','));
        Some(self.behind_date(&parts))
    }

    fn behind_date(&mut self, parts: &[Part]) -> Layout {
        let mut parts = parts;
        if let [Part::Words(range), rest @ ..] = parts
            && let Some((names, Role::Editor)) = names::list(self.claims.get(range.clone()))
        {
            self.names(Role::Editor, &names);
            parts = rest;
        }
        let [Part::Words(range), rest @ ..] = parts else {
            return Layout::Unknown;
        };
        let title = self.claims.get(range.clone());
        if title.len() > 400 {
            return Layout::Unknown;
        }
        self.title(range.clone(), title);
        let online = (self.has("accessed") || self.has("URL")) && !self.has("ISBN");
        let next = rest.iter().find(|part| **part != Part::Label);
        let placed =
            matches!(next, Some(Part::Words(range)) if self.claims.get(range.clone()).contains(": "));
        let article = self.has("volume") && !self.has("ISBN") && !placed;
        if article || (online && !placed && !self.has("genre")) {
            return match self.contents(rest) {
                Layout::Part => Layout::Part,
                _ => Layout::Plain,
            };
        }
        self.book(rest, range.clone())
    }

    /// What stands behind the title of a book; its first part may be the book in which a chapter stands.
    fn book(&mut self, parts: &[Part], title: Range<usize>) -> Layout {
        if let [Part::Words(range), ..] = parts
            && let (range, true) = self.inside(range.clone())
            && let Some((_, Role::Editor)) = names::list(self.claims.get(range))
        {
            return self.contents(parts);
        }
        self.parsed.marks.push((title, Mark::Emphasis));
        let sure = self.has("ISBN") || self.has("genre");
        // Behind a label only a place and publisher still belong to the book.
        let labelled = parts.first() == Some(&Part::Label);
        let behind = parts.iter().skip_while(|part| **part == Part::Label);
        let names = behind.map_while(|part| match part {
            Part::Words(range) => Some(self.claims.get(range.clone())),
            _ => None,
        });
        let mut names = names.filter(|text| !labelled || text.contains(": ")).fuse();
        let could_publish = |text: &&str| could_be_name(text, 9) && (sure || publishes(text));
        match (names.next(), names.next()) {
            (Some(series), Some(publisher)) if could_be_name(series, 9) && could_publish(&publisher) => {
                self.put("collection-title", series);
                self.publisher(publisher);
            }
            (_, Some(publisher)) | (Some(publisher), None) if could_publish(&publisher) => {
                self.publisher(publisher)
            }
            (Some(publisher), _) if could_publish(&publisher) => self.publisher(publisher),
            _ => {}
        }
        Layout::Plain
    }

    /// `First Last: Title. In: Container. Date` – the German way.
    fn colon(&mut self) -> Option<Layout> {
        let free = self.claims.free();
        let (before, rest) = free.split_once(": ")?;
        let length = rest.find(". In: ")?;
        let (names, role) = names::list(before.trim_matches([CLAIMED, ASIDE, ' ']))?;
        let start = before.len() + 2;
        if rest[..length].contains([CLAIMED, ASIDE]) {
            return None;
        }
        self.names(role, &names);
        self.title(start..start + length, self.claims.get(start..start + length));
        let parts = cut(self.claims.free(), start + length, true);
        Some(self.contents(&parts))
    }

    /// `Barn 2006, p. 69`: a work that is named elsewhere in full.
    fn short(&mut self) -> Option<Layout> {
        let (before, after) = self.claims.free().split_once(CLAIMED)?;
        if !self.has("page") || after.contains(char::is_alphanumeric) {
            return None;
        }
        let before = before.trim().trim_end_matches([',', '.', ':', ' ']);
        let (name, year) = before.rsplit_once([' ', '\u{a0}'])?;
        let date = in_brackets(year)?;
        let (names, role) = names::list(name).filter(|_| name.len() < 80)?;
        self.names(role, &names);
        put_date(self.parsed, "issued", &date);
        Some(Layout::Unknown)
    }
}
