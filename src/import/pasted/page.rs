//! What each line of a pasted page is: title, heading, entry of a list, text, or no part of the article.

use std::collections::HashMap;

use super::entries::{self, Entry, List};
use super::lines::{Line, Lines};
use super::words;

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Text of the article.
    Text,
    /// No part of the article.
    Dropped,
    /// The title.
    Title,
    /// A heading of this level.
    Heading(u8),
    /// The beginning of an entry: the list, and the position in it.
    Entry(usize, usize),
}

/// A page whose lines are known.
pub struct Page {
    /// The lines.
    pub lines: Vec<Line>,
    /// What each of them is.
    pub roles: Vec<Role>,
    /// The lists of entries, in order.
    pub lists: Vec<List>,
    /// Where the page came from, when its end says so.
    pub source: String,
    /// True when a text browser wrote it.
    pub rendered: bool,
}

impl Page {
    /// Looks at every line.
    pub fn of(found: Lines) -> Self {
        let Lines { lines, rendered } = found;
        let roles = vec![Role::Text; lines.len()];
        let mut page = Self { lines, roles, lists: Vec::new(), source: String::new(), rendered };
        page.drop_chrome();
        let contents = page.take_contents();
        page.find_title();
        page.find_headings(&contents);
        page.find_entries();
        page.drop_tail();
        page
    }

    fn text(&self, at: usize) -> &str {
        self.lines.get(at).map_or("", |l| l.text.as_str())
    }

    fn drop_chrome(&mut self) {
        let head = self.lines.len().min(40);
        for at in 0..self.lines.len() {
            let text = self.text(at);
            let coordinates = at < head && text.starts_with("Coordinates:") && text.contains('°');
            if words::is_chrome(text) || coordinates {
                self.roles[at] = Role::Dropped;
            }
            if self.is_view_talk_edit(at) {
                self.roles[at..at + 3].fill(Role::Dropped);
            }
        }
    }

    /// The three letters of a navigation box, each on a line of its own.
    fn is_view_talk_edit(&self, at: usize) -> bool {
        ["v", "t", "e"].iter().enumerate().all(|(i, letter)| self.text(at + i) == *letter)
    }

    /// Takes the table of contents out, and gives its entries: depth and title.
    fn take_contents(&mut self) -> Vec<(u8, String)> {
        for at in 0..self.lines.len().min(2_000) {
            if !words::is_contents(self.text(at)) {
                continue;
            }
            let first = at + 1 + self.lines[at + 1..].iter().take_while(|l| l.text.starts_with('[')).count();
            let entries: Vec<_> = (first..self.lines.len()).map_while(|i| numbered(self.text(i))).collect();
            if entries.len() >= 2 && entries[0].0 == "1" {
                self.roles[at..first + entries.len()].fill(Role::Dropped);
                let depth = |number: &str| number.matches('.').count().min(5) as u8 + 1;
                return entries.into_iter().map(|(n, title)| (depth(&n), key(&title))).collect();
            }
        }
        Vec::new()
    }

    /// The title is the first line, when the line under it says so, or when it reads like one.
    fn find_title(&mut self) {
        let Some(at) = self.roles.iter().position(|r| *r == Role::Text) else { return };
        let text = self.text(at);
        let announced = (at + 1..self.lines.len().min(at + 4)).any(|i| words::is_chrome(self.text(i)));
        let sentence = text.ends_with(['.', ':', ';', ',', ']']) || text.contains(['\t', '[']);
        let short = text.chars().count() < 120 && !sentence && entries::parse(text).is_none();
        let heads = words::before_edit(self.text(at + 1)).is_none() && words::before_edit(text).is_none();
        if heads && (announced || (short && self.lines.len() > 1)) {
            self.roles[at] = Role::Title;
        }
    }

    fn find_headings(&mut self, contents: &[(u8, String)]) {
        let levels = Levels::of(contents);
        let mut next = 0;
        let bare = self.has_bare_edits(&levels);
        for at in 0..self.lines.len() {
            if self.roles[at] != Role::Text {
                continue;
            }
            match words::before_edit(self.text(at)) {
                Some("") => self.heading_above(at, &levels, &mut next),
                Some(title) => {
                    let title = title.to_owned();
                    self.roles[at] = Role::Heading(levels.of_title(&title, &mut next).unwrap_or(1));
                    self.lines[at].text = title;
                }
                None if bare && self.text(at) == "edit" => self.heading_above(at, &levels, &mut next),
                None => {
                    let title = key(self.text(at));
                    if let Some(level) = levels.expected(&title, &mut next) {
                        self.roles[at] = Role::Heading(level);
                    }
                }
            }
        }
    }

    /// Some pages lose the brackets of `[edit]`: then it must follow titles that the contents name, or come often.
    fn has_bare_edits(&self, levels: &Levels) -> bool {
        let lines = || (1..self.lines.len()).filter(|&at| self.text(at) == "edit");
        lines().any(|at| levels.places.contains_key(key(self.text(at - 1)).as_str())) || lines().count() >= 3
    }

    /// The line above an `[edit]` on a line of its own is a heading.
    fn heading_above(&mut self, at: usize, levels: &Levels, next: &mut usize) {
        self.roles[at] = Role::Dropped;
        let Some(above) = at.checked_sub(1) else { return };
        let heading = self.roles[above] == Role::Text && self.text(above).chars().count() < 300;
        if heading {
            let level = levels.of_title(self.text(above), next).unwrap_or(1);
            self.roles[above] = Role::Heading(level);
        }
    }

    fn find_entries(&mut self) {
        let mut heading = String::new();
        let mut open = false;
        for at in 0..self.lines.len() {
            if let Role::Heading(_) = self.roles[at] {
                heading = self.text(at).to_owned();
                open = false;
            }
            if self.roles[at] != Role::Text {
                continue;
            }
            let parsed =
                entries::parse(self.text(at)).map(|(number, uses, text)| (number, uses, text.to_owned()));
            let Some((number, uses, text)) = parsed else { continue };
            if !open || self.restarts(number) {
                let name = self.name_of_list(at, &heading);
                self.begin_list(number, name);
            }
            open = true;
            let list = self.lists.len() - 1;
            let number = number.unwrap_or(self.lists[list].entries.len() as u32 + 1);
            let position = self.lists[list].add(Entry { number, uses, text });
            self.roles[at] = Role::Entry(list, position);
            self.take_continuation(at, list);
        }
    }

    fn restarts(&self, number: Option<u32>) -> bool {
        let last = self.lists.last().and_then(|l| l.entries.last()).map_or(0, |e| e.number);
        number.is_some_and(|n| n <= last)
    }

    /// A list whose numbers go on after a heading is the same list.
    fn begin_list(&mut self, number: Option<u32>, heading: String) {
        let last = self.lists.last().and_then(|l| l.entries.last()).map_or(0, |e| e.number);
        let goes_on = number.is_some_and(|n| last > 0 && n == last + 1);
        if !goes_on {
            self.lists.push(List::under(heading));
        }
    }

    /// The heading of a list is the line above it, if that is a name for one, or else the heading of the section.
    fn name_of_list(&mut self, at: usize, heading: &str) -> String {
        let above = at.checked_sub(1).filter(|&above| self.roles[above] == Role::Text);
        let Some(above) = above else { return heading.to_owned() };
        let name = self.text(above).to_owned();
        if !words::is_notes(&name) && !words::is_references(&name) {
            return heading.to_owned();
        }
        if !self.roles.iter().any(|r| matches!(r, Role::Heading(_))) {
            self.roles[above] = Role::Heading(1);
        }
        name
    }

    /// Lines between two entries of a list belong to the one before them.
    fn take_continuation(&mut self, at: usize, list: usize) {
        const FARTHEST: usize = 12;
        let last = (at + 1..self.lines.len().min(at + FARTHEST))
            .find(|&i| self.roles[i] != Role::Text || entries::parse(self.text(i)).is_some());
        let last = last.filter(|&i| self.roles[i] == Role::Text);
        let empty = self.lists[list].entries.last().is_some_and(|e| e.text.is_empty());
        let next = (empty && self.roles.get(at + 1) == Some(&Role::Text)).then_some(at + 2);
        let Some(last) = last.or(next) else { return };
        for line in at + 1..last {
            let text = self.text(line).to_owned();
            self.roles[line] = Role::Dropped;
            if let Some(entry) = self.lists[list].entries.last_mut() {
                entry.text.push_str(if entry.text.is_empty() { "" } else { " " });
                entry.text.push_str(&text);
            }
        }
    }

    /// What stands after the last section and is made by the encyclopedia: navigation, categories, where it is from.
    fn drop_tail(&mut self) {
        let is_kept = |r: &Role| matches!(r, Role::Heading(_) | Role::Entry(..));
        let body = self.roles.iter().rposition(is_kept).map_or(0, |at| at + 1);
        let Some(tail) = (body..self.lines.len()).find(|&at| self.begins_tail(at)) else { return };
        let from = (tail..self.lines.len()).find_map(|at| source(self.text(at)));
        self.source = from.unwrap_or_default();
        self.roles[tail..].fill(Role::Dropped);
    }

    fn begins_tail(&self, at: usize) -> bool {
        let text = self.text(at);
        source(text).is_some()
            || self.is_view_talk_edit(at)
            || text == "Navigation menu"
            || ["v t e ", "vte"].iter().any(|v| text.starts_with(v) && text.len() < 100)
            || [
                "Categories:",
                "Category:",
                "Hidden categories:",
                "Kategorien:",
                "Catégories :",
                "Categorías:",
            ]
            .iter()
            .any(|c| text.starts_with(c))
            || text.starts_with("This page was last edited on ")
    }
}

/// The address in `Retrieved from "https://…"`.
fn source(text: &str) -> Option<String> {
    let rest = text.strip_prefix("Retrieved from \"")?;
    let address = rest.split('"').next()?;
    address.starts_with("http").then(|| address.to_owned())
}

/// An entry of the table of contents: `3.1 Title`.
fn numbered(line: &str) -> Option<(String, String)> {
    let (number, title) = line.split_once([' ', '\t'])?;
    let is_number =
        number.split('.').all(|n| (1..=3).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_digit()));
    (is_number && !title.trim().is_empty()).then(|| (number.to_owned(), title.to_owned()))
}

/// A title for comparison.
fn key(title: &str) -> String {
    title.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The levels that the contents give to titles; they come in the same order in the text.
struct Levels<'a> {
    contents: &'a [(u8, String)],
    places: HashMap<&'a str, Vec<usize>>,
}

impl<'a> Levels<'a> {
    fn of(contents: &'a [(u8, String)]) -> Self {
        let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, (_, title)) in contents.iter().enumerate() {
            places.entry(title).or_default().push(at);
        }
        Self { contents, places }
    }

    /// The level of a heading: by its entry after the last one, or by any entry of that title.
    fn of_title(&self, title: &str, next: &mut usize) -> Option<u8> {
        let places = self.places.get(key(title).as_str())?;
        let later = places.partition_point(|at| *at < *next);
        let at = *places.get(later).or(places.first())?;
        *next = at + 1;
        self.contents.get(at).map(|(level, _)| *level)
    }

    /// The level of a line that is the next title of the contents (one or two may have been left out).
    fn expected(&self, title: &str, next: &mut usize) -> Option<u8> {
        const MISSED: usize = 3;
        let ahead = self.contents.get(*next..)?.iter().take(MISSED);
        let found = ahead.enumerate().find(|(_, (_, t))| t == title).map(|(i, (level, _))| (i, *level))?;
        *next += found.0 + 1;
        Some(found.1)
    }
}
