//! Markers as Markdown: `[@key, p. 3; @other]`, `@key [p. 3]`, `[^note]`.

use super::Writer;
use super::escape::{self, Setting};
use crate::article::build::cite_label;
use crate::article::citation::{Author, Detail};
use crate::article::{Cite, Marker, MarkerId, NoteId, Target};

impl Writer<'_> {
    /// A marker. `next` is the character of the text after it.
    pub(super) fn marker(&self, id: MarkerId, next: Option<char>, setting: Setting) -> String {
        let Some(marker) = self.article.marker(id) else { return String::new() };
        let label = self.article.label(id);
        let (written, expected) = self.plain_marker(marker, label, next, setting);
        let shown = expected.is(label);
        let grouped = marker.group.as_deref() == self.plan.group_of(marker);
        if (shown && grouped) || self.bare {
            return written;
        }
        let mut attributes = Vec::new();
        if !shown {
            attributes.push(attribute("label", label));
        }
        if !grouped {
            attributes.push(attribute("group", marker.group.as_deref().unwrap_or("")));
        }
        format!("[{written}]{{{}}}", attributes.join(" "))
    }

    /// True when a marker shows something else than its targets give it.
    pub(super) fn shows_other_labels(&self) -> bool {
        let mut all = self.article.markers.iter().zip((0..).map(MarkerId));
        all.any(|(marker, id)| {
            let label = self.article.label(id);
            !self.plain_marker(marker, label, None, Setting::Lines).1.is(label)
        })
    }

    /// A marker as pandoc writes it, and what it will show.
    fn plain_marker(
        &self,
        marker: &Marker,
        label: &str,
        next: Option<char>,
        setting: Setting,
    ) -> (String, Label) {
        let missing_note = |c: &Cite| matches!(&c.target, Target::Missing(_)) && label.starts_with("[^");
        let is_note = |c: &Cite| matches!(c.target, Target::Note(_)) || missing_note(c);
        let in_text = marker.cites.first().is_some_and(|c| author(c) == Author::InText && !is_note(c));
        if in_text && (self.bibliography_is_named() || self.is_known(&marker.cites[0])) {
            return self.in_text(&marker.cites, label, next);
        }
        let (notes, works): (Vec<&Cite>, Vec<&Cite>) = marker.cites.iter().partition(|c| is_note(c));
        let mut out: String = notes.iter().map(|c| self.note(c, setting)).collect();
        let group: Vec<String> = works.iter().zip(0..).map(|(c, at)| self.one(c, at > 0)).collect();
        if !group.is_empty() {
            out.push_str(&format!("[{}]", group.join("; ")));
        }
        let expected = match marker.cites.first().map(|c| &c.target) {
            Some(Target::Missing(name)) if !notes.is_empty() => format!("[^{name}]"),
            _ => format!("[{}]", self.expected(&marker.cites)),
        };
        (out, Label::Is(expected))
    }

    fn is_known(&self, cite: &Cite) -> bool {
        matches!(cite.target, Target::Reference(_))
    }

    /// `@key`, `@key [p. 3; @other]`.
    fn in_text(&self, cites: &[Cite], label: &str, next: Option<char>) -> (String, Label) {
        let first = &cites[0];
        let mut inner = details(first.detail.as_deref());
        let rest: Vec<String> = cites[1..].iter().map(|c| self.one(c, true)).collect();
        if !rest.is_empty() {
            inner = if inner.is_empty() { rest.join("; ") } else { format!("{inner}; {}", rest.join("; ")) };
        }
        let inner = inner.strip_prefix(',').unwrap_or(&inner).trim();
        let braced = inner.is_empty()
            && next.is_some_and(|n| !n.is_whitespace() && !matches!(n, ',' | ';' | ')' | '!'));
        let key = key(&self.key_of(first), braced);
        let written = if inner.is_empty() { format!("@{key}") } else { format!("@{key} [{inner}]") };
        if self.is_known(first) {
            return (written, Label::EndsWith(format!("[{}]", self.expected(cites))));
        }
        (
            written,
            if label.starts_with('@') { Label::EndsWith(label.to_owned()) } else { Label::Is(String::new()) },
        )
    }

    /// `see @key, p. 3 and more`.
    fn one(&self, cite: &Cite, later: bool) -> String {
        let mut out = String::new();
        if let Some(detail) = cite.detail.as_deref()
            && !detail.prefix.is_empty()
        {
            let prefix = if later { detail.prefix.replace(';', ",") } else { detail.prefix.clone() };
            words(&mut out, &prefix);
            out.push(' ');
        }
        out.push_str(if author(cite) == Author::Suppressed { "-@" } else { "@" });
        out.push_str(&key(&self.key_of(cite), false));
        out + &details(cite.detail.as_deref())
    }

    fn note(&self, cite: &Cite, setting: Setting) -> String {
        match cite.target {
            Target::Note(id) if self.plan.is_inline(id) => self.inline_note(id),
            // No parser knows notes in the text of a picture, or in what stands by itself.
            Target::Note(id) if matches!(setting, Setting::Alt | Setting::Entry) => {
                format!("[@{{^{}}}]", self.plan.name(id).unwrap_or("note"))
            }
            Target::Note(id) => format!("[^{}]", self.plan.name(id).unwrap_or("note")),
            Target::Missing(ref name) => format!("[^{name}]"),
            Target::Reference(_) => String::new(),
        }
    }

    /// `^[text]`.
    fn inline_note(&self, id: NoteId) -> String {
        let note = self.article.notes.get(id.index());
        let block = note.map_or_else(Default::default, |n| crate::article::BlockId(n.blocks.start));
        let mut text = String::new();
        self.inline(&mut text, block, 0..self.article.block(block).text.len(), Setting::Line);
        format!("^[{text}]")
    }

    fn key_of(&self, cite: &Cite) -> String {
        match &cite.target {
            Target::Reference(r) => self.article.references.get(r.index()).map_or("", |r| &r.id).to_owned(),
            Target::Missing(key) => key.to_string(),
            Target::Note(_) => String::new(),
        }
    }

    /// What the builder will show between the brackets.
    fn expected(&self, cites: &[Cite]) -> String {
        let plain = |c: &Cite| {
            c.detail
                .as_ref()
                .is_none_or(|d| d.prefix.is_empty() && d.locator.is_empty() && d.suffix.is_empty())
        };
        let labels = cites.iter().map(|cite| {
            let label = match &cite.target {
                Target::Reference(r) => {
                    self.article.references.get(r.index()).map_or("", |r| &r.label).to_owned()
                }
                Target::Note(n) => self.article.notes.get(n.index()).map_or("", |n| &n.label).to_owned(),
                Target::Missing(key) => format!("{key}?"),
            };
            let nothing = Detail::default();
            let detail = cite.detail.as_deref().unwrap_or(&nothing);
            cite_label(&label, &detail.prefix, &detail.locator, &detail.suffix)
        });
        labels.collect::<Vec<_>>().join(if cites.iter().all(plain) { ", " } else { "; " })
    }
}

/// What a marker will show, as far as it can be told.
enum Label {
    Is(String),
    EndsWith(String),
}

impl Label {
    fn is(&self, label: &str) -> bool {
        match self {
            Self::Is(expected) => expected == label,
            Self::EndsWith(end) => label.ends_with(end.as_str()),
        }
    }
}

fn author(cite: &Cite) -> Author {
    cite.detail.as_ref().map_or(Author::Styled, |d| d.author)
}

fn attribute(name: &str, value: &str) -> String {
    format!("{name}=\"{}\"", value.replace('"', "”"))
}

/// A key after its `@`, in braces where it would end too early or too late.
fn key(key: &str, braced: bool) -> String {
    let word = |c: char| c.is_alphanumeric() || c == '_';
    let inner = |c: char| ":.#$%&-+?<>~/".contains(c);
    let mut plain = !key.is_empty() && key.starts_with(word) && key.ends_with(word);
    for (a, b) in key.chars().zip(key.chars().skip(1)) {
        // `_-_` would be read as emphasis.
        let glued = |a: char, b: char| a != '_' || b.is_alphanumeric();
        plain &= (word(a) || inner(a)) && (word(a) || word(b)) && glued(a, b) && glued(b, a);
    }
    if plain && !braced {
        return key.to_owned();
    }
    let mut out = "{".to_owned();
    for c in key.chars() {
        // What would be read as a mark in the middle of a key.
        if "_*~&<`".contains(c) {
            out.push('\\');
        }
        out.push(if matches!(c, '}' | '\n') { '-' } else { c });
    }
    out + "}"
}

/// The locator and the words after it.
fn details(detail: Option<&Detail>) -> String {
    let mut out = String::new();
    let Some(detail) = detail else { return out };
    let (locator, suffix) = (detail.locator.as_str(), detail.suffix.as_str());
    if !locator.is_empty() {
        let plain = is_plain_locator(locator) && !continues(suffix);
        out = if plain { format!(", {locator}") } else { format!(", {{{locator}}}") };
    } else if looks_like_locator(suffix) {
        out.push_str(", {}");
    }
    if !suffix.is_empty() {
        out.push_str(if suffix.starts_with([',', ';', '.']) { "" } else { " " });
        words(&mut out, suffix);
    }
    out
}

fn words(out: &mut String, words: &str) {
    let mut escaped = String::from("x");
    escape::push(&mut escaped, words, Setting::Line, true);
    out.push_str(&escaped[1..]);
}

/// `p. 4`, `pp. 3–5`, `chap. 7`.
fn is_plain_locator(locator: &str) -> bool {
    const TERMS: [&str; 8] = ["p.", "pp.", "chap.", "chaps.", "sec.", "fig.", "vol.", "§"];
    let Some((term, numbers)) = locator.split_once(' ') else { return false };
    TERMS.contains(&term)
        && numbers.starts_with(|c: char| c.is_ascii_digit())
        && numbers.chars().all(|c| c.is_ascii_digit() || c == '–')
}

/// Words after a locator that could be taken for more of it.
fn continues(suffix: &str) -> bool {
    let rest = suffix.trim_start_matches([' ', ',', '&', '–', ':', '\u{a0}']);
    rest.chars().take(8).any(|c| c.is_ascii_digit() || "[({".contains(c))
}

/// Words after a key that could be taken for a locator: a number, or a word and a number.
fn looks_like_locator(suffix: &str) -> bool {
    let number = |word: &str| {
        word.starts_with(['[', '(', '{', '§', '¶'])
            || word.contains(|c: char| c.is_ascii_digit())
            || word.chars().all(|c| "ivxlcdmIVXLCDM-–,.".contains(c))
    };
    suffix.trim_start_matches([',', ' ']).split_whitespace().take(2).any(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_end_where_they_should() {
        let cases = [
            ("doe2020", "doe2020"),
            ("doe-2020.a", "doe-2020.a"),
            ("doe--b", "{doe--b}"),
            ("a b", "{a b}"),
            ("x.", "{x.}"),
            ("", "{}"),
        ];
        for (name, expected) in cases {
            assert_eq!(key(name, false), expected);
        }
        assert_eq!(key("doe", true), "{doe}");
    }

    #[test]
    fn locators_are_told_from_words() {
        let detail = |locator: &str, suffix: &str| {
            let (locator, suffix) = (locator.to_owned(), suffix.to_owned());
            details(Some(&Detail { locator, suffix, ..Detail::default() }))
        };
        let cases = [
            ("p. 4", "", ", p. 4"),
            ("pp. 3–5", ", and more", ", pp. 3–5, and more"),
            ("fig. S3", "", ", {fig. S3}"),
            ("p. 4", ", 5 times", ", {p. 4}, 5 times"),
            ("", "and nowhere else", " and nowhere else"),
            ("", ", 99 years", ", {}, 99 years"),
            ("", "", ""),
        ];
        for (locator, suffix, expected) in cases {
            assert_eq!(detail(locator, suffix), expected, "{locator:?} {suffix:?}");
        }
    }
}
