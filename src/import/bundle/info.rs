//! `info.json`: what a bundle says of itself, read with patience and rewritten without loss.

use serde_json::{Map, Value, json};

use crate::article::Complaint;

/// The key under which this program keeps its own data (TextBundle: the program's bundle identifier).
pub const KEY: &str = "org.ibid-reader.ibid";

/// What `info.json` says, as far as it is used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Info {
    /// The kind of the text, as a Uniform Type Identifier; empty means Markdown.
    pub kind: String,
    /// Where the text came from.
    pub source_url: String,
    /// The title, under our own key.
    pub title: String,
    /// The language, under our own key.
    pub language: String,
}

/// What this program writes into a bundle.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ours {
    /// The address the article came from, or empty.
    pub source: String,
    /// The title, or empty.
    pub title: String,
    /// The language, or empty.
    pub language: String,
    /// The format the article was read from, or empty.
    pub importer: String,
}

/// Reads `info.json`. Whatever is wrong with it becomes a complaint.
pub fn parse(text: &str) -> (Info, Vec<Complaint>) {
    let mut complaints = Vec::new();
    let mut complain = |what: &str| {
        complaints.push(Complaint::in_file("info.json", what));
    };
    let Ok(Value::Object(object)) = serde_json::from_str(text.trim_start_matches('\u{feff}')) else {
        complain("is not a JSON object: it is left aside");
        return (Info::default(), complaints);
    };
    match object.get("version").map(Value::as_u64) {
        Some(Some(1 | 2)) => {}
        Some(Some(_)) => complain("gives a version that is not known: read as version 2"),
        Some(None) => complain("gives a version that is no number of a version: read as version 2"),
        None => complain("gives no version: read as version 2"),
    }
    if object.get("type").is_some_and(|t| !t.is_string()) {
        complain("gives a type that is no text: read as Markdown");
    }
    let text_of = |object: &Map<String, Value>, key: &str| -> String {
        object.get(key).and_then(Value::as_str).unwrap_or("").to_owned()
    };
    let own = object.get(KEY).and_then(Value::as_object).cloned().unwrap_or_default();
    let info = Info {
        kind: text_of(&object, "type"),
        source_url: text_of(&object, "sourceURL"),
        title: text_of(&own, "title"),
        language: text_of(&own, "lang"),
    };
    (info, complaints)
}

/// A new `info.json`: what other programs wrote stays, our own key is replaced.
pub fn rewrite(old: Option<&str>, ours: &Ours) -> String {
    let old = old.and_then(|text| serde_json::from_str(text.trim_start_matches('\u{feff}')).ok());
    let mut object: Map<String, Value> = old.unwrap_or_default();
    object.entry("creatorIdentifier").or_insert_with(|| json!(KEY));
    object.insert("version".into(), json!(2));
    object.insert("type".into(), json!("net.daringfireball.markdown"));
    object.insert("transient".into(), json!(false));
    if !ours.source.is_empty() {
        object.insert("sourceURL".into(), json!(ours.source));
    }
    let mut own = Map::from_iter([("version".to_owned(), json!(1))]);
    for (key, value) in [("title", &ours.title), ("lang", &ours.language), ("importer", &ours.importer)] {
        if !value.is_empty() {
            own.insert(key.to_owned(), json!(value));
        }
    }
    object.insert(KEY.into(), Value::Object(own));
    let mut text = serde_json::to_string_pretty(&object).unwrap_or_default();
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_files_give_complaints() {
        let cases = [
            (r#"{"version":2,"type":"net.daringfireball.markdown"}"#, ""),
            (r#"{"version":1}"#, ""),
            (r#"{"version":"#, "not a JSON object"),
            ("[]", "not a JSON object"),
            (r#"{}"#, "no version"),
            (r#"{"version":9}"#, "not known"),
            (r#"{"version":99999999999999999999,"type":7}"#, "no number"),
            (r#"{"version":2,"type":7}"#, "a type that is no text"),
        ];
        for (text, expected) in cases {
            let said = parse(text).1.first().map(|c| c.what.clone()).unwrap_or_default();
            assert!(said.contains(expected) && said.is_empty() == expected.is_empty(), "{text}: {said}");
        }
        assert_eq!(parse(&"[".repeat(100_000)).1.len(), 1);
    }

    #[test]
    fn what_others_wrote_survives() {
        let old = r#"{"version":1,"creatorIdentifier":"com.other","com.other":{"version":3,"deep":[1,{"a":null}]},
            "org.ibid-reader.ibid":{"old":true},"sourceURL":"file:///x"}"#;
        let ours = Ours { title: "T".into(), ..Ours::default() };
        let new: Value = serde_json::from_str(&rewrite(Some(old), &ours)).unwrap();
        assert_eq!(new["com.other"], json!({"version":3,"deep":[1,{"a":null}]}));
        assert_eq!(new["creatorIdentifier"], "com.other");
        assert_eq!(new["sourceURL"], "file:///x");
        assert_eq!(new[KEY], json!({"version":1,"title":"T"}));
        assert_eq!(parse(&rewrite(None, &ours)).0.title, "T");
    }
}
