//! The lines of a page become blocks: paragraphs, lists, tables, quotations, entries.

use std::collections::BTreeMap;

use super::lines::{Bullet, Line};
use super::markers;
use super::page::{Page, Role};
use super::series::{Meaning, Series};
use super::works::Parents;
use super::{quotes, words};
use crate::article::block::{Align, Item, Nest, Table};
use crate::article::{
    Builder, Draft, DraftCite, DraftMarker, Kind, Label, Mark, Part, RefId, Sort, To, limits,
};
use crate::import::entry;

/// Writes a page into a builder.
pub struct Writer<'a> {
    /// Where it is written.
    pub builder: Builder,
    page: &'a Page,
    series: &'a Series,
    quoted: Vec<bool>,
    /// What each entry became, list by list.
    known: Vec<Vec<Known>>,
    parents: Parents,
    /// The lines that are entries of works.
    works: BTreeMap<usize, (RefId, String)>,
    unresolved: u32,
}

/// An entry that is known, and its text.
enum Known {
    Reference(RefId, Draft),
    Note(String, Draft),
}

impl Page {
    /// The texts in which markers are looked for: everything but titles and what is left out.
    pub fn running_texts(&self) -> impl Iterator<Item = &str> {
        let lines = self.lines.iter().zip(&self.roles).filter(|(_, role)| **role == Role::Text);
        lines.map(|(line, _)| line.text.as_str())
    }
}

impl<'a> Writer<'a> {
    /// A writer of this page.
    pub fn new(builder: Builder, page: &'a Page, series: &'a Series, parents: Parents) -> Self {
        let quoted = quotes::of(page);
        let (known, works) = (Vec::new(), BTreeMap::new());
        Self { builder, page, series, quoted, known, parents, works, unresolved: 0 }
    }

    /// Makes all entries known, so that markers find them.
    pub fn list_entries(&mut self) {
        for (at, list) in self.page.lists.iter().enumerate() {
            let known = list.entries.iter().map(|e| self.list_entry(at, e.number, &e.text)).collect();
            self.known.push(known);
        }
        let parents = std::mem::take(&mut self.parents);
        for (line, (key, csl)) in parents.lines {
            let id = self.builder.reference(&key, "", csl, None);
            self.works.insert(line, (id, key));
        }
        for (key, parent) in &parents.pairs {
            self.builder.parent(key, parent);
        }
    }

    fn list_entry(&mut self, list: usize, number: u32, text: &str) -> Known {
        let (key, label) = (self.series.key(list, number), self.series.label(list, number));
        if self.series.holds_notes(list) {
            self.builder.label_note(&key, &label);
            let mut draft = Draft::default();
            draft.push_line(text);
            return Known::Note(key, self.marked(draft, true));
        }
        let (csl, draft) = entry::read(text);
        let draft = self.marked(draft, true);
        Known::Reference(self.builder.reference(&key, &label, csl, None), draft)
    }

    /// Writes every line.
    pub fn write(&mut self) {
        let mut list_like = false;
        let mut at = 0;
        while at < self.page.lines.len() {
            let line = &self.page.lines[at];
            match self.page.roles[at] {
                Role::Dropped => {}
                Role::Title => self.builder.title(Draft::of(&line.text)),
                Role::Heading(level) => {
                    list_like = words::is_list(&line.text);
                    let draft = self.draft(&line.text);
                    self.builder.heading(level, draft, None, Vec::new());
                }
                Role::Entry(list, position) => self.write_entry(list, position),
                Role::Text => {
                    at = self.write_text(at, list_like);
                    continue;
                }
            }
            at += 1;
        }
    }

    fn write_entry(&mut self, list: usize, position: usize) {
        let Some(known) = self.known.get_mut(list).and_then(|l| l.get_mut(position)) else { return };
        match known {
            Known::Reference(id, draft) => {
                self.builder.block(Kind::Entry(*id), std::mem::take(draft), Vec::new());
            }
            Known::Note(key, draft) => self.builder.place_note(key, std::mem::take(draft)),
        }
    }

    /// Writes the text that begins here, and gives the line after it.
    fn write_text(&mut self, at: usize, list_like: bool) -> usize {
        if self.page.lines[at].bullet.is_some() {
            return self.write_list(at);
        }
        let table = self.run(at, |line| line.text.contains('\t'));
        if table > at {
            return self.write_table(at, table);
        }
        if self.page.rendered {
            let columns = self.run(at, |line| line.text.contains("   "));
            if columns > at + 1 {
                return self.write_columns(at, columns);
            }
        }
        let items = if list_like { self.run(at, |line| !line.text.contains('\t')) } else { at };
        if items > at + 1 {
            for line in at..items {
                self.name_work(line);
                self.write_item(&self.page.lines[line].text, None, Vec::new(), 1);
            }
            return items;
        }
        self.write_paragraph(at);
        at + 1
    }

    /// The next block is this line: it may be the entry of a work.
    fn name_work(&mut self, line: usize) {
        if let Some((id, key)) = self.works.remove(&line) {
            self.builder.entry_here(id, &key);
        }
    }

    fn write_paragraph(&mut self, at: usize) {
        self.name_work(at);
        let draft = self.draft(&self.page.lines[at].text);
        let nest = if self.quoted[at] { vec![Nest::Quote] } else { Vec::new() };
        self.builder.block(Kind::Paragraph, draft, nest);
    }

    /// The line after a run of lines of text that are like this, without blank lines between.
    fn run(&self, at: usize, like: impl Fn(&Line) -> bool) -> usize {
        let lines = self.page.lines.iter().zip(&self.page.roles).skip(at).enumerate();
        let run = lines.take_while(|(i, (line, role))| {
            **role == Role::Text && line.bullet.is_none() && (*i == 0 || !line.gap) && like(line)
        });
        at + run.count()
    }

    /// A list with its bullets; deeper items are indented further.
    fn write_list(&mut self, at: usize) -> usize {
        let mut open: Vec<(usize, Item)> = Vec::new();
        let mut line = at;
        while let Some(found) = self.page.lines.get(line)
            && self.page.roles[line] == Role::Text
            && let Some(bullet) = found.bullet
        {
            open.retain(|(indent, _)| *indent < found.indent);
            let outer: Vec<Nest> =
                open.iter().map(|(_, item)| Nest::Item(Item { first: false, ..item.clone() })).collect();
            let number = if let Bullet::Number(n) = bullet { Some(n) } else { None };
            self.name_work(line);
            let item = self.write_item(&found.text, number, outer, width(number));
            open.push((found.indent, item));
            line += 1;
        }
        line
    }

    fn write_item(&mut self, text: &str, number: Option<u64>, mut nest: Vec<Nest>, width: u8) -> Item {
        let item = Item { number, task: None, first: true, tight: true, width };
        let draft = self.draft(text);
        nest.push(Nest::Item(item.clone()));
        self.builder.block(Kind::Paragraph, draft, nest);
        item
    }

    /// Lines with tabs are rows of a table. A single column is none.
    fn write_table(&mut self, from: usize, to: usize) -> usize {
        let rows: Vec<Vec<&str>> = self.page.lines[from..to].iter().map(|l| cells(&l.text)).collect();
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        if columns < 2 {
            (from..to).for_each(|at| self.write_paragraph(at));
            return to;
        }
        let mut draft = Draft::default();
        let mut ranges = Vec::with_capacity(rows.len() * columns);
        for (r, row) in rows.iter().enumerate() {
            for column in 0..columns {
                let gap = if column > 0 { "\t" } else { "\n" };
                draft.push(if r + column > 0 { gap } else { "" });
                let start = draft.len() as u32;
                draft.push_line(row.get(column).copied().unwrap_or(""));
                ranges.push(start..draft.len() as u32);
            }
        }
        let table =
            Table { cells: ranges, columns: vec![Align::Auto; columns], header_rows: 0, ..Table::default() };
        let draft = self.marked(draft, false);
        self.builder.block(Kind::Table(Box::new(table)), draft, Vec::new());
        to
    }

    /// What a text browser set in columns stays as it stands.
    fn write_columns(&mut self, from: usize, to: usize) -> usize {
        let mut draft = Draft::default();
        for line in &self.page.lines[from..to] {
            let lead = if draft.is_empty() { "" } else { "\n" };
            draft.push(&format!("{lead}{:1$}{2}", "", line.indent.min(60), line.text));
        }
        let draft = self.marked(draft, false);
        self.builder.block(Kind::Code("".into()), draft, Vec::new());
        to
    }

    fn draft(&mut self, text: &str) -> Draft {
        let mut draft = Draft::default();
        draft.push_line(text);
        let links = entry::addresses(draft.as_str());
        for range in links {
            let address = draft.as_str()[range.clone()].to_owned();
            draft.mark_range(range, Mark::Link(address));
        }
        self.marked(draft, false)
    }

    /// Marks the markers of a text.
    fn marked(&mut self, mut draft: Draft, inside: bool) -> Draft {
        for found in markers::scan(draft.as_str()) {
            let to = match self.series.meaning(&found, &self.page.lists, inside) {
                Meaning::Words => continue,
                Meaning::Cites(to) => to,
                Meaning::Unresolved => {
                    self.unresolved += 1;
                    vec![To::Missing(markers::shown(&found.series, found.number))]
                }
            };
            let mut cites: Vec<DraftCite> = to.into_iter().map(DraftCite::new).collect();
            if let [one] = &mut cites[..] {
                one.locator = pages(&found.locator);
            }
            let group = (!found.series.is_empty()).then_some(found.series);
            let marker = DraftMarker { label: Label::Shown, group, cites };
            draft.mark_range(found.range, Mark::Marker(marker));
        }
        draft
    }

    /// Hands over the page.
    pub fn finish(mut self) -> Part {
        match self.unresolved {
            0 => {}
            1 => self.builder.complain_of(
                Sort::Dangling,
                "",
                "1 marker leads nowhere: its list was not pasted",
            ),
            n => {
                let what = format!("{n} markers lead nowhere: their list was not pasted");
                self.builder.complain_of(Sort::Dangling, "", &what);
            }
        }
        self.builder.finish()
    }
}

/// Page numbers as a locator is shown everywhere: `p. 44`, `pp. 44–45`.
fn pages(numbers: &str) -> String {
    let several = numbers.contains([',', '-', '–']);
    match numbers {
        "" => String::new(),
        _ if several => format!("pp. {}", numbers.replace('-', "–")),
        _ => format!("p. {numbers}"),
    }
}

/// The cells of a row; empty ones at its end are left out, and those past the limit are joined to the last.
fn cells(line: &str) -> Vec<&str> {
    line.trim_end().splitn(limits::COLUMNS.most, '\t').map(str::trim).collect()
}

/// The columns that a bullet or number takes.
fn width(number: Option<u64>) -> u8 {
    number.map_or(1, |n| n.to_string().len() as u8 + 1)
}
