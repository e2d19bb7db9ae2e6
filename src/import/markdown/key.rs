//! The keys of pandoc's citations: `@doe2020`, `@{any key}`.

/// Reads a key after its `@`; with the bytes that it takes.
///
/// A key begins with a letter, a digit or `_`; single punctuation may stand inside (pandoc's manual, "Citation
/// syntax"), so that a full stop at the end stays outside.
pub fn key(text: &str) -> Option<(&str, usize)> {
    if let Some(rest) = text.strip_prefix('{') {
        let end = rest.bytes().take(1024).position(|b| matches!(b, b'}' | b'\n'))?;
        let key = &rest[..end];
        return (rest.as_bytes()[end] == b'}' && !key.trim().is_empty()).then_some((key, end + 2));
    }
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if end == 0 && !is_word(c) {
            return None;
        }
        let next = chars.peek().map(|&(_, next)| next);
        let inside = next.is_some_and(is_word) && is_inner(c);
        // `https://` holds three in a row.
        let scheme = matches!(c, ':' | '/') && next == Some('/');
        if !(is_word(c) || inside || scheme) {
            break;
        }
        end = at + c.len_utf8();
    }
    (end > 0).then(|| (&text[..end], end))
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn is_inner(c: char) -> bool {
    matches!(c, ':' | '.' | '#' | '$' | '%' | '&' | '-' | '+' | '?' | '<' | '>' | '~' | '/')
}

/// True for the keys by which Quarto refers to figures, tables, sections and so on.
pub fn is_cross_reference(key: &str) -> bool {
    const KINDS: [&str; 17] = [
        "fig", "tbl", "sec", "eq", "lst", "thm", "lem", "cor", "prp", "cnj", "def", "exm", "exr", "sol",
        "rem", "alg", "nte",
    ];
    key.split_once('-').is_some_and(|(kind, name)| KINDS.contains(&kind) && !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_end_before_punctuation() {
        let cases = [
            ("doe2020, p. 3", Some(("doe2020", 7))),
            ("doe.", Some(("doe", 3))),
            ("Foo_bar.baz.", Some(("Foo_bar.baz", 11))),
            ("Foo_bar--baz", Some(("Foo_bar", 7))),
            ("{a b, c}d", Some(("a b, c", 8))),
            ("{https://example.com/x?y=z&w}", Some(("https://example.com/x?y=z&w", 29))),
            ("url:https://a.example/b)", Some(("url:https://a.example/b", 23))),
            ("doi:10.1/x;", Some(("doi:10.1/x", 10))),
            ("пункт3].", Some(("пункт3", 11))),
            ("_a", Some(("_a", 2))),
            ("-a", None),
            ("", None),
            ("{}", None),
            ("{a", None),
        ];
        for (text, expected) in cases {
            assert_eq!(key(text), expected, "{text:?}");
        }
    }

    #[test]
    fn cross_references_have_a_kind() {
        for (key, expected) in
            [("fig-x", true), ("sec-a-b", true), ("fig", false), ("fig-", false), ("figs-x", false)]
        {
            assert_eq!(is_cross_reference(key), expected, "{key}");
        }
    }
}
