//! What stands ahead of the parser: tags that nest too deep, attributes that are too many, and styling that is never
//! closed, all of which make HTML parsers slow, are taken out. Text is never touched.

use std::borrow::Cow;
use std::ops::Range;

use crate::article::{Complaint, limits};

/// True for elements without content (HTML Living Standard, section 13.1.2).
fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// True for elements whose content is text to the tokenizer (section 13.2.5).
fn is_raw(name: &str) -> bool {
    matches!(name, "script" | "style" | "textarea" | "title" | "xmp" | "iframe" | "noembed" | "noframes")
}

/// True for elements that are opened again in every block after the one that they were not closed in (section
/// 13.2.4.3).
fn is_formatting(name: &str) -> bool {
    matches!(
        name,
        "a" | "b"
            | "big"
            | "code"
            | "em"
            | "font"
            | "i"
            | "nobr"
            | "s"
            | "small"
            | "strike"
            | "strong"
            | "tt"
            | "u"
    )
}

/// What a start tag closes: elements whose end tag may be left out.
fn closes(name: &str) -> &'static [&'static str] {
    match name {
        "li" => &["li", "p"],
        "dt" | "dd" => &["dt", "dd", "p"],
        "p" | "div" => &["p"],
        "td" | "th" => &["td", "th", "p"],
        "tr" => &["td", "th", "tr", "p"],
        "tbody" | "tfoot" => &["td", "th", "tr", "thead", "tbody"],
        "option" => &["option"],
        "rt" | "rp" => &["rt", "rp"],
        _ => &[],
    }
}

/// How many formatting elements may be open at once.
const OPEN: usize = 16;
/// How often such an element may be opened again.
const AGAIN: usize = 50_000;

/// The HTML as the parser gets it, and what was taken out.
pub fn guarded(html: &str) -> (String, Vec<Complaint>) {
    let mut guard = Guard { html, out: String::with_capacity(html.len()), ..Guard::default() };
    guard.run();
    let mut complaints = Vec::new();
    for (found, limit) in
        [(guard.deep, limits::DEPTH), (guard.wide, limits::ATTRIBUTES), (guard.stray, limits::STYLING)]
    {
        if found {
            complaints.push(Complaint::new("", limit.message));
        }
    }
    (guard.out, complaints)
}

#[derive(Default)]
struct Guard<'a> {
    html: &'a str,
    out: String,
    /// Where the text begins that has not been copied yet.
    from: usize,
    open: Vec<Open<'a>>,
    /// Names of tags that were left out, and how often: as many end tags go.
    dropped: Vec<(Cow<'a, str>, usize)>,
    /// Formatting elements that outlived the block they were opened in.
    strays: Vec<Cow<'a, str>>,
    again: usize,
    /// How many `<svg>` and `<math>` are open.
    foreign: usize,
    deep: bool,
    wide: bool,
    stray: bool,
}

struct Open<'a> {
    name: Cow<'a, str>,
    /// How many strays there were.
    strays: usize,
}

struct Tag<'a> {
    name: Cow<'a, str>,
    closes: bool,
    /// The whole tag.
    range: Range<usize>,
    /// Where the first attribute begins that is too much.
    surplus: Option<usize>,
    empty: bool,
}

impl<'a> Guard<'a> {
    fn run(&mut self) {
        let bytes = self.html.as_bytes();
        let mut at = 0;
        while let Some(start) = memchr::memchr(b'<', &bytes[at..]).map(|found| found + at) {
            at = start + 1;
            if self.html[at..].starts_with("!--") {
                at = self.comment(at);
            } else if is_tag(bytes, start) {
                // Nothing follows a tag that never ends.
                let Some(tag) = tag(self.html, start) else { break };
                at = tag.range.end;
                let raw = (!tag.closes && is_raw(&tag.name)).then(|| tag.name.clone());
                let foreign = self.foreign > 0;
                if self.tag(&tag)
                    && let Some(name) = raw.filter(|_| !foreign)
                {
                    at = self.after_raw(at, &name);
                    self.forget();
                }
            }
        }
        self.out.push_str(&self.html[self.from..]);
    }

    /// Where a comment ends (`<!-->` is one, too).
    fn comment(&self, at: usize) -> usize {
        let inner = at + 3;
        let rest = &self.html[inner..];
        if let Some(short) = [">", "->"].iter().find(|end| rest.starts_with(**end)) {
            return inner + short.len();
        }
        // One look for both: where one never comes, looking for it in every comment takes long.
        let dashes = memchr::memmem::find_iter(rest.as_bytes(), b"--");
        let mut ends = dashes.flat_map(|at| [at, at + 1]).filter_map(|at| {
            let end =
                ["-->", "--!>"].iter().find(|end| rest.get(at..).is_some_and(|r| r.starts_with(**end)))?;
            Some(at + end.len())
        });
        ends.next().map_or(self.html.len(), |end| inner + end)
    }

    /// Where the end tag of an element begins whose content is text.
    fn after_raw(&self, at: usize, name: &str) -> usize {
        let mut from = at;
        while let Some(found) = self.html[from..].find("</").map(|found| found + from) {
            let end = found + 2 + name.len();
            if self.html.get(found + 2..end).is_some_and(|n| n.eq_ignore_ascii_case(name)) {
                return self.html[end..].find('>').map_or(self.html.len(), |close| end + close + 1);
            }
            from = found + 2;
        }
        self.html.len()
    }

    /// Takes a tag; false when it was left out, or opens nothing.
    fn tag(&mut self, tag: &Tag<'a>) -> bool {
        if tag.closes {
            self.close(tag);
            return false;
        }
        if is_void(&tag.name) {
            self.cut(tag);
            return false;
        }
        let closes = closes(&tag.name);
        if !closes.is_empty() {
            while let Some(at) = self.open.iter().rposition(|o| !is_formatting(&o.name))
                && closes.contains(&&*self.open[at].name)
            {
                while self.open.len() > at {
                    self.pop();
                }
            }
        }
        let formats = is_formatting(&tag.name);
        let deep = self.open.len() >= limits::DEPTH.most;
        if self.again > AGAIN {
            self.close_strays(tag.range.start);
        }
        let stray = formats && (self.strays.len() >= OPEN || self.again > AGAIN);
        if deep || stray || tag.name == "plaintext" {
            self.deep |= deep;
            self.stray |= stray && !deep;
            self.drop_tag(tag);
            return false;
        }
        if !formats {
            self.again += self.strays.len();
        }
        self.cut(tag);
        if !tag.empty || self.foreign == 0 {
            self.foreign += usize::from(is_foreign(&tag.name));
            self.open.push(Open { name: tag.name.clone(), strays: self.strays.len() });
        }
        true
    }

    fn close(&mut self, tag: &Tag<'_>) {
        if let Some((_, times)) =
            self.dropped.iter_mut().find(|(name, times)| *name == tag.name && *times > 0)
        {
            *times -= 1;
            self.skip(tag.range.clone());
            return;
        }
        if let Some(at) = self.open.iter().rposition(|open| open.name == tag.name) {
            while self.open.len() > at + 1 {
                self.pop();
            }
            self.forget();
        } else if let Some(at) = self.strays.iter().rposition(|name| *name == tag.name) {
            self.strays.remove(at);
        }
    }

    fn forget(&mut self) -> Option<Open<'a>> {
        let open = self.open.pop()?;
        self.foreign -= usize::from(is_foreign(&open.name));
        Some(open)
    }

    /// Closes what is opened again in every block, ahead of the tag that stands here.
    fn close_strays(&mut self, at: usize) {
        if !self.strays.is_empty() {
            self.stray = true;
            self.skip(at..at);
            for name in std::mem::take(&mut self.strays) {
                self.out.push_str(&format!("</{name}>"));
            }
        }
    }

    /// Ends the innermost element without an end tag of its own.
    fn pop(&mut self) {
        let Some(open) = self.forget() else { return };
        if is_formatting(&open.name) {
            // A link ends the one before it.
            let same = self.strays.iter().filter(|name| **name == open.name).count();
            if open.name != "a" || same == 0 {
                self.strays.push(open.name);
            }
        } else if matches!(&*open.name, "td" | "th" | "caption") {
            self.strays.truncate(open.strays);
        }
    }

    fn drop_tag(&mut self, tag: &Tag<'a>) {
        self.skip(tag.range.clone());
        if tag.empty && self.foreign > 0 {
            return;
        }
        if let Some((_, times)) = self.dropped.iter_mut().find(|(name, _)| *name == tag.name) {
            *times += 1;
        } else if self.dropped.len() < OPEN {
            self.dropped.push((tag.name.clone(), 1));
        }
    }

    /// Leaves out the attributes that are too many.
    fn cut(&mut self, tag: &Tag<'_>) {
        if let Some(surplus) = tag.surplus {
            self.wide = true;
            self.skip(surplus..tag.range.end);
            self.out.push('>');
        }
    }

    fn skip(&mut self, range: Range<usize>) {
        self.out.push_str(&self.html[self.from..range.start]);
        self.from = range.end;
    }
}

fn is_foreign(name: &str) -> bool {
    name == "svg" || name == "math"
}

/// True where a tag begins: not for text and declarations (section 13.2.5.6).
fn is_tag(bytes: &[u8], start: usize) -> bool {
    let name_at = start + 1 + usize::from(bytes.get(start + 1) == Some(&b'/'));
    bytes.get(name_at).is_some_and(u8::is_ascii_alphabetic)
}

/// The tag that begins here, as the tokenizer sees it; none for one that never ends.
fn tag(html: &str, start: usize) -> Option<Tag<'_>> {
    let bytes = html.as_bytes();
    let closes = bytes.get(start + 1) == Some(&b'/');
    let name_at = start + 1 + usize::from(closes);
    let blank = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'/' | b'>');
    let skip = |from: usize, until: &dyn Fn(&u8) -> bool| {
        bytes[from..].iter().position(until).map_or(bytes.len(), |at| from + at)
    };
    let mut at = skip(name_at, &blank);
    let name = &html[name_at..at];
    let upper = name.bytes().any(|b| b.is_ascii_uppercase());
    let name = if upper { name.to_ascii_lowercase().into() } else { Cow::Borrowed(name) };
    let (mut count, mut surplus, mut slash) = (0_usize, None, false);
    while at < bytes.len() {
        match bytes[at] {
            b'>' => {
                let range = start..at + 1;
                return Some(Tag { name, closes, range, surplus, empty: slash });
            }
            b if b.is_ascii_whitespace() || b == b'/' => {
                slash = b == b'/';
                at += 1;
                continue;
            }
            _ => slash = false,
        }
        count += 1;
        if count > limits::ATTRIBUTES.most {
            surplus = surplus.or(Some(at));
        }
        at = skip(at + 1, &|b| blank(b) || *b == b'=');
        let value = skip(at, &|b| !b.is_ascii_whitespace());
        if bytes.get(value) == Some(&b'=') {
            at = skip(value + 1, &|b| !b.is_ascii_whitespace());
            at = match bytes.get(at) {
                Some(quote @ (b'"' | b'\'')) => (skip(at + 1, &|b| b == quote) + 1).min(bytes.len()),
                _ => skip(at, &|b| b.is_ascii_whitespace() || *b == b'>'),
            };
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(html: &str) -> (String, Vec<&'static str>) {
        let (out, complaints) = guarded(html);
        let limits = [limits::DEPTH, limits::ATTRIBUTES, limits::STYLING];
        let said = complaints.iter().filter_map(|c| limits.iter().find(|l| l.message == c.what));
        (out, said.map(|l| l.name).collect())
    }

    #[test]
    fn ordinary_pages_pass_unchanged() {
        for html in [
            "<!DOCTYPE html><p>a<p>b <b>c</b><ul><li>x<li>y</ul><img src=\"a>b\"><!-- <div> -->",
            "<script>if (a < b) { '<div>' }</script><title>a <b></title>text < and </p>",
            "<table><tr><td>1<td>2<tr><td>3</table>",
            "<svg><path d='x'/><style>a</style></svg>",
        ] {
            assert_eq!(said(&html.repeat(400)), (html.repeat(400), vec![]));
        }
    }

    #[test]
    fn what_makes_a_parser_slow_is_taken_out() {
        let deep = format!("{}x{}y", "<div>".repeat(5000), "</div>".repeat(5000));
        let (out, said_) = said(&deep);
        assert_eq!(said_, ["depth of HTML"]);
        assert_eq!(out.matches("<div>").count(), limits::DEPTH.most);
        assert_eq!(out.matches("</div>").count(), limits::DEPTH.most);

        let attributes: String = (0..5000).map(|n| format!(" a{n}='>'")).collect();
        let (out, said_) = said(&format!("<p{attributes}>text"));
        assert_eq!(said_, ["attributes"]);
        assert!(out.len() < 4000 && out.ends_with(">text"), "{}", out.len());

        let stray: String = (0..5000).map(|n| format!("<p><b id=b{n}>x")).collect();
        let (out, said_) = said(&stray);
        assert_eq!(said_, ["open styling"]);
        assert!(out.matches("<b ").count() <= OPEN + 1);
        assert_eq!(out.matches('x').count(), 5000);
    }
}
