//! CSL-JSON in and out. What is read is kept whole: fields that nobody knows survive.

use serde_json::Value;

use super::{Error, Read};
use crate::article::Csl;

/// Reads an array of items, a single item, or an object that holds them as `items` or `references`. An item that is
/// not well-formed is left out with a complaint, as far as the file still shows where it ends.
///
/// # Errors
/// When the text is not JSON and no item in it is, or when it holds no items.
pub fn read(text: &str) -> Result<Read, Error> {
    let text = text.trim_start_matches('\u{feff}');
    let mut read = Read::default();
    match serde_json::from_str(text) {
        Ok(value) => {
            for (at, item) in items(value)?.into_iter().enumerate() {
                add(&mut read, at, item);
            }
            give_lines(&mut read, text);
        }
        Err(error) => {
            read_pieces(&mut read, text);
            if read.works.is_empty() {
                return Err(json_error(&error));
            }
        }
    }
    Ok(read)
}

fn items(value: Value) -> Result<Vec<Value>, Error> {
    match value {
        Value::Array(items) => Ok(items),
        Value::Object(mut object) => {
            for name in ["items", "references"] {
                if let Some(Value::Array(items)) = object.get_mut(name).map(Value::take) {
                    return Ok(items);
                }
            }
            Ok(vec![Value::Object(object)])
        }
        _ => Err(Error::NoList),
    }
}

fn add(read: &mut Read, at: usize, item: Value) {
    let Value::Object(mut csl) = item else {
        return read.complain(0, format!("item {}", at + 1), "is not an object: left out");
    };
    let id = match csl.get("id") {
        Some(Value::String(id)) if !id.trim().is_empty() => id.clone(),
        Some(Value::Number(id)) => id.to_string(),
        _ => {
            let id = read.made_key();
            read.complain(0, format!("item {}", at + 1), format!("has no id: it is called {id}"));
            id
        }
    };
    csl.insert("id".into(), id.clone().into());
    read.works.push((id, csl));
}

/// Says on which lines the items stand that are complained of.
fn give_lines(read: &mut Read, text: &str) {
    if read.complaints.is_empty() {
        return;
    }
    let places = super::items::csl_json(text);
    let nameless = places.iter().filter(|i| i.key.trim().is_empty());
    let complaints = read.complaints.iter_mut().filter(|c| c.what.starts_with("has no id"));
    for (complaint, item) in complaints.zip(nameless) {
        let before = memchr::memchr_iter(b'\n', &text.as_bytes()[..item.range.start]).count();
        complaint.line = u32::try_from(before + 1).unwrap_or(0);
    }
}

fn json_error(error: &serde_json::Error) -> Error {
    let words = error.to_string();
    let what =
        words.split(" at line ").next().unwrap_or("").replace("recursion limit exceeded", "nested too deep");
    Error::Json { what, line: error.line(), column: error.column() }
}

/// Reads the items of an array one by one, so that a broken one costs only itself.
fn read_pieces(read: &mut Read, text: &str) {
    let (mut counted, mut lines) = (0, 0);
    for (at, (start, piece)) in pieces(text).into_iter().enumerate() {
        lines += text[counted..start].matches('\n').count();
        counted = start;
        match serde_json::from_str(piece) {
            Ok(item) => add(read, at, item),
            Err(error) => {
                let line = lines + error.line();
                let what = json_error(&error);
                let what = if let Error::Json { what, .. } = what { what } else { what.to_string() };
                read.complain(line, "", format!("left out: {what}"));
            }
        }
    }
}

/// The objects of the outermost array, found by their brackets alone, with the byte at which each begins.
fn pieces(text: &str) -> Vec<(usize, &str)> {
    let mut out = Vec::new();
    let (mut depth, mut start, mut in_string, mut escaped) = (0_usize, 0, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'{' | b'[' => {
                depth += 1;
                start = if depth == 2 { at } else { start };
            }
            b'}' | b']' => {
                if depth == 2 {
                    out.push((start, &text[start..=at]));
                }
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
    }
    out
}

/// Writes an array that csl-data.json accepts wherever the fields themselves do: each item has its id and a type.
/// Keys stand in one order, and what could disturb a terminal is escaped.
pub fn write(works: &[(&str, &Csl)]) -> String {
    let items = works.iter().map(|(id, csl)| {
        let mut item = (*csl).clone();
        item.insert("id".into(), (*id).into());
        item.entry("type").or_insert_with(|| "document".into());
        Value::Object(item)
    });
    let json = Value::Array(items.collect());
    escape(&format!("{json:#}\n"))
}

/// JSON leaves characters as they are that a terminal takes as orders, or that reorder text.
fn escape(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        let hidden = matches!(c, '\u{7f}'..='\u{9f}' | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}');
        if hidden {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_frame_of_items_is_read() {
        let cases = [
            (r#"[{"id":"a"},{"id":7}]"#, "a 7", 0),
            (r#"{"id":"a","title":"x"}"#, "a", 0),
            (r#"{"items":[{"id":"a"}]}"#, "a", 0),
            ("\u{feff}{\"references\":[{\"id\":\"a\"},{\"title\":\"x\"}]}", "a item-2", 1),
            (r#"[{"id":"a"},7,null,{"id":"b"}]"#, "a b", 2),
            (r#"[{"id":"a"},{"id":"\ud800"},{"id":"b","n":[1]}]"#, "a b", 1),
            (r#"[{"id":"a"},{"id":}, {"id":"b"}"#, "a b", 1),
            ("[]", "", 0),
        ];
        for (text, ids, complaints) in cases {
            let read = read(text).unwrap();
            let got: Vec<&str> = read.works.iter().map(|(id, _)| id.as_str()).collect();
            assert_eq!((got.join(" ").as_str(), read.complaints.len()), (ids, complaints), "{text}");
        }
    }

    #[test]
    fn what_is_no_bibliography_says_why() {
        assert_eq!(read("7"), Err(Error::NoList));
        let deep = format!("{{\"a\":\n{}", "[".repeat(100_000));
        let error = read(&deep).unwrap_err().to_string();
        assert_eq!(error, "not JSON: nested too deep (line 2, column 127)");
        let error = read("[\n{\"id\" 1}]").unwrap_err().to_string();
        assert_eq!(error, "not JSON: expected `:` (line 2, column 7)");
    }

    #[test]
    fn what_is_read_is_written() {
        let text = r#"[{"id":"x","type":"book","custom":{"k":[1,null]},"odd":"a\u202eb\u009b\udb40\udc41"}]"#;
        let first = read(text).unwrap();
        let works: Vec<(&str, &Csl)> = first.works.iter().map(|(id, csl)| (id.as_str(), csl)).collect();
        let out = write(&works);
        assert!(out.contains(r"a\u202eb\u009b\udb40\udc41"), "{out}");
        assert_eq!(read(&out).unwrap(), first);
        let bare = write(&[("k", &Csl::new())]);
        assert_eq!(bare, "[\n  {\n    \"id\": \"k\",\n    \"type\": \"document\"\n  }\n]\n");
    }
}
