//! Groups of lines become blocks, by how they look.

use super::labels::{self, Labels};
use super::shape::{self, Shape};
use crate::article::block::{Item, Nest};
use crate::article::{Builder, Draft, DraftMarker, Kind, Label, Mark, RefId};
use crate::import::{entry, wrap};

/// Writes paragraphs into a builder.
pub struct Writer {
    /// Where they are written.
    pub builder: Builder,
    labels: Labels,
    shape: Shape,
    /// The references and notes that the list at the end defines, until they are placed.
    known: Vec<Option<Known>>,
    /// True until something has been written.
    first: bool,
}

enum Known {
    Reference(RefId, Draft),
    Note(String, Draft),
}

impl Writer {
    /// A writer for a text that is set like this and defines these labels.
    pub fn new(builder: Builder, labels: Labels, shape: Shape) -> Self {
        let mut writer = Self { builder, labels, shape, known: Vec::new(), first: true };
        for at in 0..writer.labels.entries.len() {
            let known = writer.know(at);
            writer.known.push(Some(known));
        }
        writer
    }

    fn know(&mut self, at: usize) -> Known {
        let entry = self.labels.entries[at].clone();
        if entry.note {
            self.builder.label_note(&entry.label, &entry.label);
            return Known::Note(entry.label, self.draft(&entry.text));
        }
        let (csl, draft) = entry::read(&entry.text);
        Known::Reference(self.builder.reference(&entry.label, &entry.label, csl, None), draft)
    }

    /// Writes a text of whole paragraphs.
    pub fn write(&mut self, text: &str) {
        let mut lines: Vec<&str> = Vec::new();
        for line in text.lines() {
            if !line.trim().is_empty() {
                lines.push(line);
            } else if !lines.is_empty() {
                self.group(&lines);
                lines.clear();
            }
        }
        if !lines.is_empty() {
            self.group(&lines);
        }
    }

    /// Writes lines without a blank one among them: headings first, then what follows.
    fn group(&mut self, lines: &[&str]) {
        let mut lines = lines;
        while let Some((level, title, taken)) = heading(lines) {
            self.heading(level, title);
            lines = &lines[taken..];
        }
        if lines.is_empty() {
            return;
        }
        let first = std::mem::take(&mut self.first);
        if first && let Some(title) = title(lines) {
            return self.builder.title(Draft::of(title));
        }
        if !self.labels.is_empty() && labels::heading(lines[0]).is_some() {
            self.heading(1, lines[0].trim());
            lines = &lines[1..];
        }
        if lines.is_empty() {
            return;
        }
        if self.labels.begins_with(lines[0]).is_some() {
            return self.entries(lines);
        }
        match () {
            () if is_rule(lines) => self.builder.block(Kind::Rule, Draft::default(), Vec::new()),
            () if bullet(lines[0]).is_some() => self.list(lines),
            () if is_code(lines, self.shape.indent) => self.code(lines),
            () => self.paragraph(lines, Vec::new()),
        }
    }

    fn heading(&mut self, level: u8, title: &str) {
        let draft = self.draft(title);
        if std::mem::take(&mut self.first) && level == 1 {
            self.builder.title(draft);
        } else {
            self.builder.heading(level, draft, None, Vec::new());
        }
    }

    fn entries(&mut self, lines: &[&str]) {
        let mut at = 0;
        while at < lines.len() {
            let after = lines[at + 1..].iter().position(|l| self.labels.begins_with(l).is_some());
            let end = after.map_or(lines.len(), |n| at + 1 + n);
            let known = self.labels.begins_with(lines[at]).and_then(|entry| self.known[entry].take());
            match known {
                Some(Known::Reference(id, draft)) => self.builder.block(Kind::Entry(id), draft, Vec::new()),
                Some(Known::Note(key, draft)) => self.builder.place_note(&key, draft),
                None => self.paragraph(&lines[at..end], Vec::new()),
            }
            at = end;
        }
    }

    fn list(&mut self, lines: &[&str]) {
        let mut open: Vec<(usize, Item)> = Vec::new();
        let mut at = 0;
        while at < lines.len() {
            let more = lines[at + 1..].iter().take_while(|l| bullet(l).is_none()).count();
            let indent = shape::indent(lines[at]);
            open.retain(|(outer, _)| *outer < indent);
            let mut nest: Vec<Nest> =
                open.iter().map(|(_, item)| Nest::Item(Item { first: false, ..item.clone() })).collect();
            let (number, text) = bullet(lines[at]).unwrap_or((None, lines[at]));
            let width = number.map_or(1, |n| n.to_string().len() as u8 + 1);
            let item = Item { number, task: None, first: true, tight: true, width };
            nest.push(Nest::Item(item.clone()));
            let mut item_lines = vec![text];
            item_lines.extend(&lines[at + 1..at + 1 + more]);
            self.paragraph_of(&item_lines, true, nest);
            open.push((indent, item));
            at += 1 + more;
        }
    }

    fn code(&mut self, lines: &[&str]) {
        let least = lines.iter().map(|l| l.len() - l.trim_start().len()).min().unwrap_or(0);
        let text: Vec<&str> = lines.iter().map(|l| l.get(least..).unwrap_or(l).trim_end()).collect();
        let draft = self.marked(Draft::of(&text.join("\n")));
        self.builder.block(Kind::Code("".into()), draft, Vec::new());
    }

    fn paragraph(&mut self, lines: &[&str], nest: Vec<Nest>) {
        let long = lines.iter().any(|l| l.len() > 160);
        if long && !self.is_wrapped(lines) {
            for line in lines {
                let draft = self.draft(line.trim());
                self.builder.block(Kind::Paragraph, draft, nest.clone());
            }
            return;
        }
        self.paragraph_of(lines, self.is_wrapped(lines), nest);
    }

    /// Lines that were broken to a width are joined; others (verse, addresses) stay lines.
    fn paragraph_of(&mut self, lines: &[&str], wrapped: bool, nest: Vec<Nest>) {
        let mut text = String::new();
        for (at, line) in lines.iter().enumerate() {
            match at {
                0 => text.push_str(line.trim()),
                _ if wrapped => wrap::join(&mut text, line),
                _ => {
                    text.push('\n');
                    text.push_str(line.trim());
                }
            }
        }
        let mut draft = Draft::default();
        draft.push(&text);
        let draft = self.with_links(draft);
        self.builder.block(Kind::Paragraph, draft, nest);
    }

    /// True when most lines end where the next word did not fit.
    fn is_wrapped(&self, lines: &[&str]) -> bool {
        const RAGGED: usize = 6;
        let Some(width) = self.shape.width else { return false };
        let broken = |pair: &&[&str]| wrap::was_wrapped(pair[0], pair[1], width.saturating_sub(RAGGED));
        let count = lines.windows(2).filter(broken).count();
        count * 4 >= (lines.len() - 1) * 3
    }

    fn draft(&self, text: &str) -> Draft {
        let mut draft = Draft::default();
        draft.push_line(text);
        self.with_links(draft)
    }

    fn with_links(&self, mut draft: Draft) -> Draft {
        for range in entry::addresses(draft.as_str()) {
            let address = draft.as_str()[range.clone()].to_owned();
            draft.mark_range(range, Mark::Link(address));
        }
        self.marked(draft)
    }

    fn marked(&self, mut draft: Draft) -> Draft {
        for (range, cites) in self.labels.markers(draft.as_str()) {
            let marker = DraftMarker { label: Label::Shown, group: None, cites };
            draft.mark_range(range, Mark::Marker(marker));
        }
        draft
    }
}

/// A heading at the beginning of lines: its level, its text, and how many lines it takes.
fn heading<'a>(lines: &[&'a str]) -> Option<(u8, &'a str, usize)> {
    let title = lines.first()?.trim();
    let short = wrap::columns(title) <= 80;
    if let [over, inner, under, ..] = lines
        && let Some(level) = underline(over, inner)
        && over.trim() == under.trim()
    {
        return Some((level, inner.trim(), 3));
    }
    if let [_, under, ..] = lines
        && short
        && let Some(level) = underline(under, title)
    {
        return Some((level, title, 2));
    }
    let alone = lines.len() == 1;
    let above_text = !alone && shape::indent(lines[0]) + 2 <= shape::indent(lines[1]);
    if short && (alone || above_text) && is_capitals(title) {
        return Some((1, title, 1));
    }
    (short && alone).then(|| numbered(title)).flatten().map(|level| (level, title, 1))
}

/// The level that a line under (or over) a title gives it.
fn underline(line: &str, title: &str) -> Option<u8> {
    let line = line.trim();
    let sign = line.chars().next()?;
    let level = match sign {
        '=' | '#' | '*' => 1,
        '-' => 2,
        '~' | '^' => 3,
        _ => return None,
    };
    let same = line.chars().all(|c| c == sign) && line.len() >= 3;
    let fits = line.len() * 2 >= wrap::columns(title.trim()) && title.contains(char::is_alphanumeric);
    (same && fits).then_some(level)
}

/// `INTRODUCTION`: letters, and no small ones among them.
fn is_capitals(title: &str) -> bool {
    let letters = title.chars().filter(|c| c.is_alphabetic()).count();
    let upper = title.chars().filter(|c| c.is_uppercase()).count();
    letters >= 3 && upper == letters && title.len() <= 60 && !title.ends_with(['.', ',', ';', ':', '!'])
}

/// `1.2 Title` or `3. Title`: as deep as its number has parts. One part needs its dot, and no sentence after it.
fn numbered(title: &str) -> Option<u8> {
    let (number, name) = title.split_once([' ', '\t'])?;
    let parts: Vec<&str> = number.trim_end_matches('.').split('.').collect();
    let digits = parts.iter().all(|p| (1..=3).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit()));
    let name = name.trim();
    let named = name.starts_with(char::is_uppercase) && !name.ends_with(['.', ',', ';', ':', '!', '?']);
    let deep = parts.len() >= 2 || number.ends_with('.');
    (digits && named && deep).then(|| parts.len().min(6) as u8)
}

/// The title of a text is its first line, when that stands alone and is no sentence.
fn title<'a>(lines: &[&'a str]) -> Option<&'a str> {
    let [line] = lines else { return None };
    let line = line.trim();
    let sentence = line.ends_with(['.', ',', ';', ':', '!', '?', ']']);
    let name = wrap::columns(line) <= 100 && !sentence && bullet(line).is_none() && !line.contains("://");
    // A manual page says its name at both ends of its first line.
    let man = line.split_once("   ").filter(|(name, rest)| rest.ends_with(name)).map(|(name, _)| name);
    name.then_some(man.unwrap_or(line))
}

fn is_rule(lines: &[&str]) -> bool {
    let [line] = lines else { return false };
    let line = line.trim();
    let sign = line.chars().next().unwrap_or(' ');
    line.len() >= 3 && "-=*_~#".contains(sign) && line.chars().all(|c| c == sign)
}

/// Text that is set further in than the rest, or in columns.
fn is_code(lines: &[&str], indent: usize) -> bool {
    let set_in = lines.iter().all(|l| shape::indent(l) >= indent + 4);
    let columns = lines.iter().filter(|l| l.trim().contains("   ") || l.trim().contains('\t')).count();
    set_in || (columns >= 2 && columns * 2 > lines.len())
}

/// The number of an item and its text.
fn bullet(line: &str) -> Option<(Option<u64>, &str)> {
    let text = line.trim_start();
    let sign = ["- ", "* ", "• ", "+ ", "– ", "o "].iter().find_map(|b| text.strip_prefix(b));
    if let Some(rest) = sign {
        return Some((None, rest));
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text[digits..].strip_prefix(['.', ')'])?.strip_prefix(' ')?;
    (1..=3).contains(&digits).then(|| (text[..digits].parse().ok(), rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;

    fn shown(text: &str) -> Vec<String> {
        let labels = Labels::of(text);
        let mut writer = Writer::new(Builder::new("plain"), labels, shape::of(text));
        writer.write(text);
        let mut article = Article::default();
        article.append(writer.builder.finish());
        let show = |b: &crate::article::Block| {
            let kind = format!("{:?}", b.kind);
            let nest = "-".repeat(b.nest.len());
            format!("{nest}{}: {}", kind.split(['(', ' ']).next().unwrap_or(""), b.text.as_str())
        };
        article.blocks.iter().map(show).collect()
    }

    #[test]
    fn groups_of_lines_become_blocks() {
        let wide = "word ".repeat(12);
        let wide = wide.trim();
        let cases: [(String, Vec<String>); 9] = [
            (
                format!("A Title\n\n{wide}\n{wide}\nend.\n"),
                vec!["Title: A Title".into(), format!("Paragraph: {wide} {wide} end.")],
            ),
            (
                format!("{wide}\n{wide}\nend.\n\nRoses are\nred.\n"),
                vec![format!("Paragraph: {wide} {wide} end."), "Paragraph: Roses are\nred.".into()],
            ),
            (
                "Text.\n\nUnder\n-----\nfollows.\n".into(),
                vec!["Paragraph: Text.".into(), "Heading: Under".into(), "Paragraph: follows.".into()],
            ),
            (
                "Text.\n\nCHAPTER ONE\n\n1.2 A Part\n\nMore.\n".into(),
                vec![
                    "Paragraph: Text.".into(),
                    "Heading: CHAPTER ONE".into(),
                    "Heading: 1.2 A Part".into(),
                    "Paragraph: More.".into(),
                ],
            ),
            (
                "Text.\n\n    let a = 1;\n      b\n\n***\n".into(),
                vec!["Paragraph: Text.".into(), "Code: let a = 1;\n  b".into(), "Rule: ".into()],
            ),
            (
                "Text.\n\n- one\n  goes on\n  - inner\n- two\n".into(),
                vec![
                    "Paragraph: Text.".into(),
                    "-Paragraph: one goes on".into(),
                    "--Paragraph: inner".into(),
                    "-Paragraph: two".into(),
                ],
            ),
            (
                "Cites [1].\n\nReferences\n\n[1] Doe, A\n    Work.\n".into(),
                vec![
                    "Paragraph: Cites [1].".into(),
                    "Heading: References".into(),
                    "Entry: Doe, A Work.".into(),
                ],
            ),
            (
                "LS(1)        Manual        LS(1)\n\nNAME\n       ls - list\n       more\n\nSYNOPSIS\n       ls [OPTION]\n       ls\n".into(),
                vec![
                    "Title: LS(1)".into(),
                    "Heading: NAME".into(),
                    "Paragraph: ls - list\nmore".into(),
                    "Heading: SYNOPSIS".into(),
                    "Paragraph: ls [OPTION]\nls".into(),
                ],
            ),
            ("name     size\na        1\nb        2\n".into(), vec!["Code: name     size\na        1\nb        2".into()]),
        ];
        for (text, expected) in cases {
            assert_eq!(shown(&text), expected, "{text}");
        }
    }
}
