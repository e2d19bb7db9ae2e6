//! HTML taken apart into tags and text.

use super::names::decode;

/// A tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag<'a> {
    /// The name of the element, in lower case.
    pub name: String,
    /// `</name>`.
    pub closes: bool,
    /// An element without content: `<br>`, `<a id="x"/>`.
    pub empty: bool,
    attributes: &'a str,
}

/// A piece of HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// Text, its characters still by name.
    Text(&'a str),
    /// A tag.
    Tag(Tag<'a>),
}

/// Elements that have no content (HTML Living Standard, section 13.1.2).
const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

impl<'a> Tag<'a> {
    /// Reads a whole tag, `<` and `>` included; `None` for comments and the like.
    pub fn read(text: &'a str) -> Option<Self> {
        let inner = text.strip_prefix('<')?.strip_suffix('>')?;
        let (closes, inner) = inner.strip_prefix('/').map_or((false, inner), |rest| (true, rest));
        let end = inner.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(inner.len());
        let name = inner[..end].to_ascii_lowercase();
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let empty = inner.ends_with('/') || VOID.contains(&name.as_str());
        Some(Self { name, closes, empty, attributes: &inner[end..] })
    }

    /// The value of an attribute; empty ones are none.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let mut rest = self.attributes;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            if rest.is_empty() {
                return None;
            }
            let ends = |&(_, c): &(usize, char)| c.is_whitespace() || c == '=' || c == '/';
            let end = rest.char_indices().skip(1).find(ends).map_or(rest.len(), |(at, _)| at);
            let (key, after) = rest.split_at(end);
            let (value, after) = value(after);
            if key.eq_ignore_ascii_case(name) && !value.is_empty() {
                return Some(decode(value).into_owned());
            }
            rest = after;
        }
    }
}

/// The value after `=`, and what follows it.
fn value(text: &str) -> (&str, &str) {
    let Some(rest) = text.trim_start().strip_prefix('=') else { return ("", text) };
    let rest = rest.trim_start();
    for quote in ['"', '\''] {
        if let Some(inner) = rest.strip_prefix(quote) {
            return inner.split_once(quote).unwrap_or((inner, ""));
        }
    }
    rest.split_at(rest.find(char::is_whitespace).unwrap_or(rest.len()))
}

/// The tags and texts of some HTML, comments and declarations left out.
pub fn tokens(html: &str) -> Tokens<'_> {
    Tokens { rest: html, budget: html.len().saturating_mul(4) }
}

/// See [`tokens`].
#[derive(Debug)]
pub struct Tokens<'a> {
    rest: &'a str,
    /// How many bytes may still be looked through for the ends of tags, so that tags without end cost little.
    budget: usize,
}

impl<'a> Tokens<'a> {
    /// What has not been taken apart yet.
    pub const fn rest(&self) -> &'a str {
        self.rest
    }

    /// Leaves out everything up to the end of this element.
    pub fn skip_to_end(&mut self, name: &str) {
        let mut from = 0;
        while let Some(at) = self.rest[from..].find("</").map(|at| from + at + 2) {
            if self.rest.get(at..at + name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name)) {
                let end = self.rest[at..].find('>').map_or(self.rest.len(), |end| at + end + 1);
                self.rest = &self.rest[end..];
                return;
            }
            from = at;
        }
        self.rest = "";
    }

    /// Where the tag that the rest begins with ends; quotes may hold `>`.
    fn tag_end(&mut self) -> Option<usize> {
        let bytes = &self.rest.as_bytes()[..self.rest.len().min(self.budget)];
        let begins = bytes.get(1).is_some_and(|b| b.is_ascii_alphabetic() || *b == b'/');
        if bytes.first() != Some(&b'<') || !begins {
            return None;
        }
        let mut quote = None;
        for at in memchr::memchr3_iter(b'>', b'"', b'\'', bytes) {
            match (quote, bytes[at]) {
                (Some(open), byte) if byte == open => quote = None,
                (None, b'>') => {
                    self.budget -= at;
                    return Some(at + 1);
                }
                (None, byte) => quote = Some(byte),
                _ => {}
            }
        }
        self.budget -= bytes.len();
        memchr::memchr(b'>', bytes).map(|at| at + 1)
    }

    fn skip_declaration(&mut self) -> bool {
        let ends = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">")];
        let Some((start, end)) = ends.into_iter().find(|(start, _)| self.rest.starts_with(start)) else {
            return false;
        };
        let inner = &self.rest[start.len()..];
        // `<!-->` is a comment, too.
        let closed = if start == "<!--" && inner.starts_with('>') { Some(1) } else { None };
        let end = closed.or_else(|| inner.find(end).map(|at| at + end.len())).unwrap_or(inner.len());
        self.rest = &inner[end..];
        true
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        while !self.rest.is_empty() {
            if self.skip_declaration() {
                continue;
            }
            if let Some(end) = self.tag_end()
                && let Some(tag) = Tag::read(&self.rest[..end])
            {
                self.rest = &self.rest[end..];
                return Some(Token::Tag(tag));
            }
            let end = memchr::memchr(b'<', &self.rest.as_bytes()[1..]).map_or(self.rest.len(), |at| at + 1);
            let end = self.rest.ceil_char_boundary(end);
            let (text, rest) = self.rest.split_at(end);
            self.rest = rest;
            return Some(Token::Text(text));
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_texts_are_told_apart() {
        let show = |html: &str| {
            let show = |token: Token<'_>| match token {
                Token::Text(text) => text.to_owned(),
                Token::Tag(tag) => format!("<{}{}>", if tag.closes { "/" } else { "" }, tag.name),
            };
            tokens(html).map(show).collect::<Vec<_>>().join("|")
        };
        let cases = [
            ("<p>a &lt; b</P>", "<p>|a &lt; b|</p>"),
            ("a<!-- <b> -->c<!-->d", "a|c|d"),
            ("<a title=\"x > y\">z", "<a>|z"),
            ("1 < 2 <3", "1 |< 2 |<3"),
            ("<unclosed", "<unclosed"),
            ("<!DOCTYPE html>x<?php y ?>z", "x|z"),
            ("before<!-- never closed", "before"),
        ];
        for (html, expected) in cases {
            assert_eq!(show(html), expected, "{html:?}");
        }
    }

    #[test]
    fn attributes_are_found() {
        let tag = Tag::read("<a HREF='x&amp;y' id = z checked title=\"\" name=\"q\"/>");
        let get = |name: &str| tag.as_ref().and_then(|t| t.attribute(name));
        assert_eq!(get("href").as_deref(), Some("x&y"));
        assert_eq!(get("id").as_deref(), Some("z"));
        assert_eq!(get("name").as_deref(), Some("q"));
        assert_eq!((get("title"), get("checked"), get("nothing")), (None, None, None));
    }
}
