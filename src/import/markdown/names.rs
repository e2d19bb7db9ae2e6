//! Characters by name: `&amp;`, `&#228;`, `&hearts;`.

use std::borrow::Cow;

use pulldown_cmark::{Event, Parser};

/// Puts characters in the place of their names; what is no name stays.
pub fn decode(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'&', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match first(rest) {
            Some((c, end)) => {
                out.push_str(&c);
                rest = &rest[end..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The characters by name that a text begins with, and the length of the name.
pub fn first(text: &str) -> Option<(Cow<'static, str>, usize)> {
    let end = text.bytes().take(40).position(|b| b == b';')? + 1;
    let name = text.starts_with('&').then_some(&text[..end])?;
    Some((character(name)?, end))
}

/// The characters that `&name;` stands for. The parser has the table of all names.
fn character(entity: &str) -> Option<Cow<'static, str>> {
    let known = match entity {
        "&amp;" => "&",
        "&lt;" => "<",
        "&gt;" => ">",
        "&quot;" => "\"",
        "&nbsp;" => "\u{a0}",
        _ => "",
    };
    if !known.is_empty() {
        return Some(Cow::Borrowed(known));
    }
    let inner = entity.trim_start_matches(['&', '#']).trim_end_matches(';');
    if inner.is_empty() || !inner.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return None;
    }
    let mut text = String::new();
    for event in Parser::new(entity) {
        if let Event::Text(part) = event {
            text.push_str(&part);
        }
    }
    (text != entity).then_some(Cow::Owned(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_characters() {
        let cases = [
            ("a &amp; b", "a & b"),
            ("&lt;&gt;&quot;&#39;&#x41;&hearts;&copy;", "<>\"'A♥©"),
            ("&nbsp;", "\u{a0}"),
            ("&nosuch; & &;", "&nosuch; & &;"),
            ("&#0;", "\u{fffd}"),
            ("plain", "plain"),
        ];
        for (text, expected) in cases {
            assert_eq!(decode(text), expected, "{text:?}");
        }
    }
}
