//! A `.bib` file taken apart into entries and fields, so leniently that a broken one costs only itself.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// An entry as it stands in the file, its `@string`s put in; the values are still TeX.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// `article`, `book`, …, in lower case.
    pub kind: String,
    /// The citation key; empty where there is none.
    pub key: String,
    /// Values by the name of the field, in lower case.
    pub fields: BTreeMap<String, String>,
    /// Where it begins, counted from 1.
    pub line: usize,
    /// Its bytes, from its `@` to its closing brace.
    pub range: Range<usize>,
    /// True when its end or a part of it was not where it should be.
    pub broken: bool,
}

/// How much abbreviations may add to a file, so that a small one cannot unfold into a huge one.
const UNFOLDED: usize = 4 << 20;

/// Finds every entry of the file.
pub fn entries(text: &str) -> Vec<Entry> {
    let budget = UNFOLDED.saturating_add(text.len());
    let mut file = File { text, strings: HashMap::new(), budget, lines: (0, 1), patience: 20 };
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find('@') {
        let start = at + found;
        let Some(head) = Head::read(text, start) else {
            at = start + 1;
            continue;
        };
        let (end, closed) = body_end(text, &head, file.patience > 0);
        at = end;
        let body = text[head.body..end].strip_suffix(['}', ')']).filter(|_| closed);
        let body = body.unwrap_or(&text[head.body..end]);
        match head.kind.as_str() {
            "comment" => file.patience = file.patience.saturating_sub(usize::from(!closed)),
            "preamble" => {}
            "string" => file.define(body),
            _ => {
                let entry = file.entry(&head, body, closed, start);
                out.push(Entry { range: start..end, ..entry });
            }
        }
    }
    out
}

/// `@kind{`
struct Head {
    kind: String,
    /// Where what is in the braces begins.
    body: usize,
    /// True for `(` instead of `{`.
    round: bool,
}

impl Head {
    fn read(text: &str, at: usize) -> Option<Self> {
        let rest = text.get(at + 1..)?;
        let after = rest
            .trim_start()
            .trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
        let kind = rest[..rest.len() - after.len()].trim();
        let open = after.trim_start();
        let round = match open.chars().next()? {
            '{' => false,
            '(' => true,
            _ => return None,
        };
        let named = kind.starts_with(|c: char| c.is_ascii_alphabetic());
        named.then(|| Self { kind: kind.to_ascii_lowercase(), body: text.len() - open.len() + 1, round })
    }
}

/// Where the entry ends (one past its closing brace), and whether it was closed. One that is not closed ends where the
/// next begins at the start of a line.
fn body_end(text: &str, head: &Head, patient: bool) -> (usize, bool) {
    let patient = patient || head.kind != "comment";
    let mut depth = 0_usize;
    let (mut line_start, mut escaped) = (false, false);
    for (offset, byte) in text.as_bytes()[head.body..].iter().enumerate().take_while(|_| patient) {
        let at = head.body + offset;
        match byte {
            b'\n' => (line_start, escaped) = (true, false),
            b' ' | b'\t' | b'\r' => escaped = false,
            b'@' if line_start && head.kind != "comment" && begins_entry(text, at) => return (at, false),
            byte => {
                match byte {
                    _ if escaped => {}
                    b'{' => depth += 1,
                    b'}' if depth == 0 && !head.round => return (at + 1, true),
                    b')' if depth == 0 && head.round => return (at + 1, true),
                    b'}' => depth = depth.saturating_sub(1),
                    _ => {}
                }
                line_start = false;
                escaped = *byte == b'\\' && !escaped;
            }
        }
    }
    // A comment that is not closed is only its line.
    if head.kind == "comment" {
        let line = text[head.body..].find('\n').map_or(text.len(), |n| head.body + n);
        return (line, false);
    }
    (text.len(), false)
}

/// True for `@kind{key,` or `@string{name =`, and not for an `@` that stands in a text.
fn begins_entry(text: &str, at: usize) -> bool {
    let Some(head) = Head::read(text, at) else {
        return false;
    };
    let inside = &text[head.body..text.floor_char_boundary(head.body + 300)];
    let key = inside.find([',', '=', '}', '{', '"']);
    match key.and_then(|end| Some((inside.get(..end)?.trim(), inside.as_bytes().get(end)?))) {
        Some((key, b',')) => !key.is_empty() && !key.contains([' ', '\n']),
        Some((name, b'=')) => !name.is_empty() && head.kind == "string",
        _ => head.kind == "preamble",
    }
}

struct File<'a> {
    text: &'a str,
    strings: HashMap<String, String>,
    budget: usize,
    /// A byte, and the line it stands on: lines are counted on from there.
    lines: (usize, usize),
    /// How many more comments without an end are searched for one, to the end of the file.
    patience: usize,
}

impl File<'_> {
    fn line(&mut self, at: usize) -> usize {
        let (from, line) = self.lines;
        let more = self.text.as_bytes()[from..at].iter().filter(|b| **b == b'\n').count();
        self.lines = (at, line + more);
        line + more
    }

    fn define(&mut self, body: &str) {
        let mut fields = Fields { rest: body };
        while let Some((name, value)) = fields.next() {
            let value = self.unfold(&value);
            self.strings.insert(name, value);
        }
    }

    fn entry(&mut self, head: &Head, body: &str, closed: bool, start: usize) -> Entry {
        let (key, rest) = match body.find([',', '=', '{', '"']) {
            Some(end) if body.as_bytes()[end] == b',' => (body[..end].trim(), &body[end + 1..]),
            None => (body.trim(), ""),
            Some(end) => keyless(body, end),
        };
        // What is too long for a key is none: the entry lacks its end.
        let key = key.lines().next().unwrap_or("").trim_end();
        let key = key.get(..200).unwrap_or(key).trim_end();
        let mut fields = Fields { rest };
        let mut entry =
            Entry { kind: head.kind.clone(), key: key.to_owned(), broken: !closed, ..Entry::default() };
        entry.line = self.line(start);
        while let Some((name, value)) = fields.next() {
            let value = self.unfold(&value);
            // Some programs repeat a field: the first that says something counts.
            let known = entry.fields.entry(name).or_default();
            if known.trim().is_empty() {
                *known = value;
            }
        }
        entry.broken |= !fields.rest.trim().is_empty();
        entry
    }

    /// Puts abbreviations in. A name that nothing defines stands for itself (`month = jan`).
    fn unfold(&mut self, parts: &[Part]) -> String {
        let mut out = String::new();
        for part in parts {
            match part {
                Part::Tex(tex) => out.push_str(tex),
                Part::Name(name) => match self.strings.get(&name.to_lowercase()) {
                    Some(value) if value.len() <= self.budget => {
                        self.budget -= value.len();
                        out.push_str(value);
                    }
                    _ => out.push_str(name),
                },
            }
        }
        out
    }
}

/// `@book{key author = …` lacks its comma, `@book{author = …` its key.
fn keyless(body: &str, end: usize) -> (&str, &str) {
    let words = body[..end].trim();
    match words.split_once(char::is_whitespace) {
        Some((key, name)) if body.as_bytes()[end] == b'=' && !name.trim().contains(char::is_whitespace) => {
            let name = name.trim_start();
            let from = body[..end].rfind(name.trim_end()).unwrap_or(0);
            (key, &body[from..])
        }
        _ => ("", body),
    }
}

/// A part of a value.
#[derive(Debug, PartialEq)]
enum Part<'a> {
    /// In braces, in quotes, or a number.
    Tex(&'a str),
    /// An abbreviation.
    Name(&'a str),
}

/// The fields of an entry, one after the other; what follows the last that could be read stays in `rest`.
struct Fields<'a> {
    rest: &'a str,
}

impl<'a> Fields<'a> {
    fn skip(&mut self) {
        loop {
            let before = self.rest.len();
            self.rest = self.rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
            if self.rest.starts_with('%') {
                self.rest = self.rest.find('\n').map_or("", |end| &self.rest[end..]);
            }
            if self.rest.len() == before {
                return;
            }
        }
    }

    fn next(&mut self) -> Option<(String, Vec<Part<'a>>)> {
        loop {
            self.skip();
            let end = self.rest.find(['=', ',', '{', '}', '"', '\n'])?;
            let (name, rest) = self.rest.split_at(end);
            if let Some(value) = rest.trim_start().strip_prefix('=').filter(|_| !name.trim().is_empty()) {
                self.rest = value;
                return Some((name.trim().to_lowercase(), self.value()));
            }
            // No field: go on behind it.
            self.rest = rest.get(1..).unwrap_or("");
        }
    }

    fn value(&mut self) -> Vec<Part<'a>> {
        let mut parts = Vec::new();
        loop {
            self.rest = self.rest.trim_start();
            let Some(part) = self.part() else {
                return parts;
            };
            parts.push(part);
            self.rest = self.rest.trim_start();
            match self.rest.strip_prefix('#') {
                Some(rest) => self.rest = rest,
                None => return parts,
            }
        }
    }

    fn part(&mut self) -> Option<Part<'a>> {
        if self.rest.starts_with(['{', '"']) {
            let (inner, rest) = delimited(self.rest);
            self.rest = rest;
            return Some(Part::Tex(inner));
        }
        let end = self
            .rest
            .find(|c: char| c.is_whitespace() || matches!(c, ',' | '#' | '{' | '}' | '"' | '=' | '%'));
        let (word, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        let number = word.bytes().all(|b| b.is_ascii_digit());
        (!word.is_empty()).then_some(if number { Part::Tex(word) } else { Part::Name(word) })
    }
}

/// What stands between braces or quotes at the beginning of `text`, and what follows. Braces inside are balanced;
/// a value that is not closed is all there is.
fn delimited(text: &str) -> (&str, &str) {
    let quoted = text.starts_with('"');
    let (mut depth, mut escaped) = (0_usize, false);
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' if quoted && depth == 0 => return (&text[1..at], &text[at + 1..]),
            b'}' if !quoted && depth == 0 => return (&text[1..at], &text[at + 1..]),
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    (&text[1..], "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let shown = entries(text).into_iter().map(|e| {
            let fields: Vec<String> = e.fields.iter().map(|(k, v)| format!("{k}={v}")).collect();
            let broken = if e.broken { "!" } else { "" };
            format!("{broken}{}:{}@{} {}", e.kind, e.key, e.line, fields.join("|"))
        });
        shown.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn entries_are_found() {
        let cases = [
            ("@Article{k, Title = {A {B} c}, year=2003}", "article:k@1 title=A {B} c|year=2003"),
            ("text\n@book(k, title = \"x {\"} y\")", "book:k@2 title=x {\"} y"),
            (
                "@string{a = {x}}@string{b = a # \" y\"}@misc{k, t = b # {z}, month = jan}",
                "misc:k@1 month=jan|t=x yz",
            ),
            ("@misc{k, t = {a@b.example}, }", "misc:k@1 t=a@b.example"),
            ("@misc{\n author = {A, B}, t={x}}", "misc:@1 author=A, B|t=x"),
            ("@book{key\n author = \"An Author\"\n}", "book:key@1 author=An Author"),
            ("@misc{k, a = \"x\"\n b = {y}}", "misc:k@1 a=x|b=y"),
            ("@misc{k, a = {x} % c, d = {e}\n, b = {y}}", "misc:k@1 a=x|b=y"),
            ("@misc{k, a = {x\n\n@misc{l, b={y}}", "!misc:k@1 a=x\n\n\nmisc:l@3 b=y"),
            ("@comment{@misc{k, a={x}}}\n@misc{l}", "misc:l@2 "),
            ("@comment{ unclosed {\n@misc{l, a={y}}", "misc:l@2 a=y"),
            ("@misc{k, a = {\\{x\\}}, b = {\\\\}}", "misc:k@1 a=\\{x\\}|b=\\\\"),
            ("@misc{k, a = 1~ # mar, abstract={}, abstract={x}}", "misc:k@1 a=1~mar|abstract=x"),
            ("mail me@home.example {now}", ""),
            ("@", ""),
            ("@misc{", "!misc:@1 "),
            ("@misc{k, = }}", "misc:k@1 "),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn abbreviations_do_not_unfold_without_end() {
        let mut text = String::from("@string{a0 = {0123456789abcdef}}\n");
        for n in 1..60 {
            text.push_str(&format!("@string{{a{n} = a{} # a{}}}\n", n - 1, n - 1));
        }
        text.push_str("@misc{k, t = a59}");
        let found = entries(&text);
        assert_eq!(found.len(), 1);
        assert!(found[0].fields["t"].len() <= UNFOLDED + text.len());
    }
}
