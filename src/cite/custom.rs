//! What a source says of a reference beside its fields: kept under `custom`, CSL-JSON's place for such things.

use serde_json::{Map, Value};

use crate::article::Csl;

/// The data under `custom` that belongs to the article and not to the work; empty texts are absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Custom {
    /// Its number or label, where that does not follow from the order of citations.
    pub label: String,
    /// The entry word for word, where the source gave it in words.
    pub text: String,
    /// The entry as Markdown, where its marks are not those that its words give it.
    pub markdown: String,
    /// The series that its markers are in.
    pub group: String,
    /// The key of the work that it is a part of: it is a short note.
    pub parent: String,
    /// The name of the block of the text that is its entry, where that stands outside the list.
    pub entry: String,
}

impl Custom {
    /// Takes the data out of a work's fields.
    pub fn take(csl: &mut Csl) -> Self {
        let mut found = Self::default();
        let Some(Value::Object(custom)) = csl.get_mut("custom") else { return found };
        for (name, text) in found.fields() {
            if let Some(Value::String(value)) = custom.get(name) {
                text.clone_from(value);
                custom.remove(name);
            }
        }
        if custom.is_empty() {
            csl.remove("custom");
        }
        found
    }

    /// Puts the data into a work's fields.
    pub fn put(mut self, csl: &mut Csl) {
        for (name, text) in self.fields().into_iter().filter(|(_, text)| !text.is_empty()) {
            let custom = csl.entry("custom").or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(custom) = custom {
                custom.insert(name.to_owned(), std::mem::take(text).into());
            }
        }
    }

    fn fields(&mut self) -> [(&'static str, &mut String); 6] {
        [
            ("label", &mut self.label),
            ("text", &mut self.text),
            ("markdown", &mut self.markdown),
            ("group", &mut self.group),
            ("parent", &mut self.parent),
            ("entry", &mut self.entry),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_is_taken_and_the_rest_stays() {
        let mut csl: Csl = serde_json::from_str(r#"{"id":"a","custom":{"x":1}}"#).unwrap();
        let before = csl.clone();
        let custom = Custom { label: "7".into(), text: "Doe.".into(), ..Custom::default() };
        custom.clone().put(&mut csl);
        assert_eq!(csl["custom"], serde_json::json!({"label": "7", "text": "Doe.", "x": 1}));
        assert_eq!(Custom::take(&mut csl), custom);
        assert_eq!(csl, before);
        assert_eq!(Custom::take(&mut csl), Custom::default());
        let mut plain: Csl = serde_json::from_str(r#"{"custom":"text"}"#).unwrap();
        assert_eq!(Custom::take(&mut plain), Custom::default());
        assert_eq!(plain["custom"], "text");
    }
}
