//! Where the items of a bibliography stand in its text, for those who must say or change it.

use std::ops::Range;

use super::bibtex;

/// An item of a bibliography.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its key; empty where there is none.
    pub key: String,
    /// The byte to point at: the `@` of a BibTeX entry, the `"id"` of a CSL-JSON item.
    pub at: usize,
    /// All its bytes.
    pub range: Range<usize>,
}

/// The items of a `.bib` file, in its order.
pub fn bibtex(text: &str) -> Vec<Item> {
    let mark = text.len() - text.trim_start_matches('\u{feff}').len();
    let entries = bibtex::entries(&text[mark..]).into_iter().filter(|e| e.kind != "xdata");
    let item = |e: bibtex::Entry| {
        let range = e.range.start + mark..e.range.end + mark;
        Item { key: e.key, at: range.start, range }
    };
    entries.map(item).collect()
}

/// An open object or array.
struct Open {
    start: usize,
    object: bool,
    /// The value of its own `"id"`, and where that stands.
    id: Option<(String, usize)>,
}

/// The items of a CSL-JSON text, in its order: the objects of the list, or the one object that is the whole.
pub fn csl_json(text: &str) -> Vec<Item> {
    let bytes = text.as_bytes();
    let (mut open, mut found): (Vec<Open>, Vec<Item>) = (Vec::new(), Vec::new());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'{' | b'[' => open.push(Open { start: at, object: byte == b'{', id: None }),
            b'}' | b']' => {
                let closed = open.pop().filter(|o| o.object && is_list(&open));
                // An object around the list is none of its items.
                let frame = |o: &Open| o.start < found.first().map_or(0, |i: &Item| i.range.start);
                if let Some(closed) = closed.filter(|o| !frame(o)) {
                    let (key, id) = closed.id.unwrap_or((String::new(), closed.start));
                    found.push(Item { key, at: id, range: closed.start..at + 1 });
                }
            }
            b'"' => {
                let end = string_end(bytes, at);
                if open.last().is_some_and(|o| o.object && o.id.is_none())
                    && text.get(at..end) == Some("\"id\"")
                    && let Some(id) = value_after(text, end)
                    && let Some(last) = open.last_mut()
                {
                    last.id = Some((id, at));
                }
                at = end;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// True where an object is an item: at the top, in the outermost array, or in an array of the outermost object.
fn is_list(open: &[Open]) -> bool {
    match open {
        [] => true,
        [array] => !array.object,
        [object, array] => object.object && !array.object,
        _ => false,
    }
}

/// One past the closing quote of the string that begins here.
fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr2(b'"', b'\\', rest)) {
        at += found + 1;
        match bytes[at - 1] {
            b'"' => return at,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// The string or number after a colon.
fn value_after(text: &str, at: usize) -> Option<String> {
    let rest = text.get(at..)?.trim_start().strip_prefix(':')?.trim_start();
    if rest.starts_with('"') {
        return serde_json::from_str(rest.get(..string_end(rest.as_bytes(), 0))?).ok();
    }
    let digits = rest.find(|c: char| !matches!(c, '0'..='9' | '-' | '+' | '.' | 'e' | 'E'))?;
    (digits > 0).then(|| rest[..digits].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, items: Vec<Item>) -> Vec<String> {
        items.into_iter().map(|i| format!("{}|{}|{}", i.key, &text[i.at..], &text[i.range])).collect()
    }

    #[test]
    fn items_of_csl_json_are_found_in_every_frame() {
        let cases: [(&str, &[&str]); 6] = [
            (
                r#"[{"id":"a"},{"x":{"id":"n"},"id":7}]"#,
                &[
                    r#"a|"id":"a"},{"x":{"id":"n"},"id":7}]|{"id":"a"}"#,
                    r#"7|"id":7}]|{"x":{"id":"n"},"id":7}"#,
                ],
            ),
            (r#"{"items":[{"id":"a"}]}"#, &[r#"a|"id":"a"}]}|{"id":"a"}"#]),
            (r#" {"id" : "a\"]"} "#, &[r#"a"]|"id" : "a\"]"} |{"id" : "a\"]"}"#]),
            (r#"[{"t":"\\"},7]"#, &[r#"|{"t":"\\"},7]|{"t":"\\"}"#]),
            ("[{\"id\":\"a", &[]),
            ("", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(shown(text, csl_json(text)), expected, "{text}");
        }
    }

    #[test]
    fn entries_of_bibtex_are_found() {
        let text = "\u{feff}% x\n@string{a = {b}}\n@book{k,\n title={T}}\n@misc(l, t = a)";
        let expected = [
            "k|@book{k,\n title={T}}\n@misc(l, t = a)|@book{k,\n title={T}}",
            "l|@misc(l, t = a)|@misc(l, t = a)",
        ];
        assert_eq!(shown(text, bibtex(text)), expected);
    }
}
