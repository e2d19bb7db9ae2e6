//! The list at the end of a plain text: `[1] Doe, A Work`, and what its labels mean in the text.

use std::collections::HashMap;
use std::ops::Range;

use super::shape;
use crate::article::DraftCite;
use crate::article::To;
use crate::import::{numbers, wrap};

/// An entry of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What is in its brackets.
    pub label: String,
    /// Its first line, by which it is known again when the text is read.
    pub line: String,
    /// Its text, without the label.
    pub text: String,
    /// True for a note by the author.
    pub note: bool,
}

/// The labels that a text defines.
#[derive(Debug, Default)]
pub struct Labels {
    /// The entries in order.
    pub entries: Vec<Entry>,
    places: HashMap<String, usize>,
}

impl Labels {
    /// Finds the lists in a text: under a heading that names one, or at the very end.
    pub fn of(text: &str) -> Self {
        let text = shape::unix_lines(text);
        let lines: Vec<&str> = text.lines().collect();
        let mut labels = Self::default();
        let mut at = 0;
        while at < lines.len() {
            let list = heading(lines[at]).filter(|_| begins_list(&lines, at + 1));
            at = match list {
                Some(note) => labels.take_list(&lines, at + 1, note),
                None => at + 1,
            };
        }
        if labels.entries.is_empty()
            && let Some(start) = list_at_end(&lines)
        {
            labels.take_list(&lines, start, false);
        }
        labels
    }

    /// Takes entries until something else comes; gives the line of that.
    fn take_list(&mut self, lines: &[&str], from: usize, note: bool) -> usize {
        let mut at = from;
        let mut indent = 0;
        while at < lines.len() {
            let line = lines[at];
            if is_silent(line) {
                at += 1;
            } else if let Some((label, rest)) = parse(line) {
                indent = shape::indent(line);
                let end = end_of_entry(lines, at + 1);
                let mut text = rest.to_owned();
                lines[at + 1..end].iter().for_each(|next| wrap::join(&mut text, next));
                self.add(Entry { label: label.to_owned(), line: line.trim().to_owned(), text, note });
                at = end;
            } else if shape::indent(line) > indent {
                at += 1;
            } else {
                break;
            }
        }
        at.max(from)
    }

    fn add(&mut self, entry: Entry) {
        if !self.places.contains_key(&entry.label) {
            self.places.insert(entry.label.clone(), self.entries.len());
            self.entries.push(entry);
        }
    }

    /// True when the text defines none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entry that begins with this line.
    pub fn begins_with(&self, line: &str) -> Option<usize> {
        let at = *self.places.get(parse(line)?.0)?;
        (self.entries[at].line == line.trim()).then_some(at)
    }

    /// The markers in a text: the bytes of each, and what it cites.
    pub fn markers(&self, text: &str) -> Vec<(Range<usize>, Vec<DraftCite>)> {
        const LONGEST: usize = 80;
        let mut found = Vec::new();
        let mut from = 0;
        while !self.entries.is_empty()
            && let Some(start) = text[from..].find('[').map(|at| at + from)
        {
            from = start + 1;
            let limit = text.floor_char_boundary(from + LONGEST);
            let Some(end) = text[from..limit].find(']').map(|at| at + from) else { continue };
            if let Some(cites) = self.cites(&text[from..end]) {
                found.push((start..end + 1, cites));
                from = end + 1;
            }
        }
        found
    }

    /// What `1`, `1, 2` or `3-5` cites; nothing unless every label is defined.
    fn cites(&self, inner: &str) -> Option<Vec<DraftCite>> {
        let mut cites = Vec::new();
        for part in inner.split([',', ';']) {
            let part = part.trim();
            if self.places.contains_key(part) {
                cites.push(self.cite(part)?);
                continue;
            }
            for number in numbers::range(part)? {
                cites.push(self.cite(&number.to_string())?);
            }
        }
        Some(cites)
    }

    fn cite(&self, label: &str) -> Option<DraftCite> {
        let entry = &self.entries[*self.places.get(label)?];
        let key = label.to_owned();
        Some(DraftCite::new(if entry.note { To::Note(key) } else { To::Reference(key) }))
    }
}

/// `[label] text` or `[label]: text`.
fn parse(line: &str) -> Option<(&str, &str)> {
    let (label, rest) = line.trim_start().strip_prefix('[')?.split_once(']')?;
    let good = |c: char| c.is_alphanumeric() || "._-:+/".contains(c);
    let rest = rest.strip_prefix(':').unwrap_or(rest);
    let is_entry = rest.starts_with([' ', '\t']) && !rest.trim().is_empty();
    (is_entry && !label.is_empty() && label.len() <= 24 && label.chars().all(good))
        .then(|| (label, rest.trim()))
}

/// Whether a line is the heading of a list, and whether of notes.
pub fn heading(line: &str) -> Option<bool> {
    const NOTES: [&str; 5] = ["notes", "footnotes", "endnotes", "anmerkungen", "fußnoten"];
    const REFERENCES: [&str; 12] = [
        "references",
        "bibliography",
        "works cited",
        "literature",
        "sources",
        "links",
        "citations",
        "normative references",
        "informative references",
        "literatur",
        "quellen",
        "références",
    ];
    if line.len() > 80 {
        return None;
    }
    let numbered = line.trim_start().trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let name = numbered.trim_matches(|c: char| c.is_whitespace() || "#=:*_".contains(c)).to_lowercase();
    let note = NOTES.contains(&name.as_str());
    (note || REFERENCES.contains(&name.as_str())).then_some(note)
}

/// True when the next line that says something is an entry; an underline may come before it.
fn begins_list(lines: &[&str], from: usize) -> bool {
    lines[from..].iter().take(6).find(|line| !is_silent(line)).is_some_and(|line| parse(line).is_some())
}

/// True for a blank line or an underline.
fn is_silent(line: &str) -> bool {
    line.trim().chars().all(|c| "=-~".contains(c))
}

/// The line after the last one of an entry.
fn end_of_entry(lines: &[&str], from: usize) -> usize {
    let rest = &lines[from..];
    from + rest.iter().take_while(|l| !l.trim().is_empty() && parse(l).is_none()).count()
}

/// Where the numbered entries begin with which a text ends: `[1] …` first, and nothing but entries after it.
fn list_at_end(lines: &[&str]) -> Option<usize> {
    let first =
        lines.iter().rposition(|l| parse(l).is_some_and(|(label, _)| label == "1" || label == "0"))?;
    let mut at = first;
    while at < lines.len() {
        if lines[at].trim().is_empty() {
            at += 1;
        } else if parse(lines[at]).is_some() {
            at = end_of_entry(lines, at + 1);
        } else {
            return None;
        }
    }
    Some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(String, String, bool)> {
        Labels::of(text).entries.into_iter().map(|e| (e.label, e.text, e.note)).collect()
    }

    #[test]
    fn lists_are_found_under_their_heading() {
        let text = "Text [1].\n\n7.1.  References\n\n   [RFC1]  Doe, \"A\n      Work\", 1990.\n\n   [2] Roe.\n\nMore text.\n[3] No.";
        let expected = [("RFC1", "Doe, \"A Work\", 1990."), ("2", "Roe.")];
        assert_eq!(found(text), expected.map(|(l, t)| (l.to_owned(), t.to_owned(), false)));
        assert_eq!(found("NOTES\n=====\n[a]: One.\n"), [("a".to_owned(), "One.".to_owned(), true)]);
    }

    #[test]
    fn lists_are_found_at_the_end() {
        let text = "Hello [1] there.\n\n[1] https://a.example\n[2] https://b.example\n";
        assert_eq!(found(text).len(), 2);
        assert_eq!(found("Hello.\n\n[1] one\n\nGoodbye."), []);
    }

    #[test]
    fn markers_cite_what_is_defined() {
        let labels = Labels::of("References\n[1] A\n[2] B\n[3] C\n[x-1] D\n");
        let count =
            |text: &str| labels.markers(text).iter().map(|(_, cites)| cites.len()).collect::<Vec<_>>();
        let cases: [(&str, &[usize]); 6] = [
            ("a [1] b[2][x-1]", &[1, 1, 1]),
            ("a [1, 3]", &[2]),
            ("a [1-3]", &[3]),
            ("a [1−2, 3]", &[3]),
            ("a [9] [1-9] [0] [", &[]),
            ("[[1]]", &[1]),
        ];
        for (text, expected) in cases {
            assert_eq!(count(text), expected, "{text}");
        }
    }
}
