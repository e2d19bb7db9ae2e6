//! Works in the front matter: CSL-YAML, pandoc's YAML form of CSL-JSON.

use serde_json::{Map, Value as Json};
use serde_norway::Value;

use crate::article::Csl;

use super::front::text_of;

/// The date fields of CSL 1.0.2, whose YAML form differs.
const DATES: [&str; 6] = ["issued", "accessed", "original-date", "event-date", "submitted", "available-date"];

/// A work and its key; `None` for what has no key.
pub fn work(value: &Value) -> Option<(String, Csl)> {
    let Value::Mapping(map) = value else { return None };
    let id = text_of(map.get("id")?);
    if id.is_empty() {
        return None;
    }
    let mut csl = Csl::new();
    for (key, value) in map {
        let key = text_of(key);
        let field = if DATES.contains(&key.as_str()) { date(value) } else { json(value) };
        csl.insert(key, field);
    }
    Some((id, csl))
}

/// `2011`, `2011-05-03/2011-05-04`, `{year: 2011, month: 5}`, a list of such, or CSL-JSON's own form.
fn date(value: &Value) -> Json {
    let parts = match value {
        Value::Mapping(map) if map.contains_key("year") => vec![year_month_day(value)],
        Value::Sequence(dates) => dates.iter().map(year_month_day).collect(),
        Value::Number(_) | Value::String(_) => {
            let text = text_of(value);
            let parts: Option<Vec<Json>> = text.split('/').map(edtf).collect();
            let Some(parts) = parts else { return object("raw", Json::String(text)) };
            parts
        }
        other => return json(other),
    };
    object("date-parts", Json::Array(parts))
}

fn object(key: &str, value: Json) -> Json {
    Json::Object(Map::from_iter([(key.to_owned(), value)]))
}

fn year_month_day(value: &Value) -> Json {
    let Value::Mapping(map) = value else { return edtf(&text_of(value)).unwrap_or_default() };
    let part = |name: &str| map.get(name).and_then(|v| text_of(v).parse::<i64>().ok());
    Json::Array(["year", "month", "day"].iter().map_while(|n| part(n)).map(Json::from).collect())
}

fn edtf(text: &str) -> Option<Json> {
    let parts: Option<Vec<Json>> = text.split('-').map(|p| p.parse::<i64>().ok().map(Json::from)).collect();
    parts.map(Json::Array)
}

/// YAML as JSON. Nesting is bounded by the YAML parser, which goes no deeper than 128.
fn json(value: &Value) -> Json {
    serde_json::to_value(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn works_become_csl_json() {
        let yaml = "{id: doe, type: book, issued: {year: 2011, month: 5}, accessed: 2020-01-02,\n\
                    submitted: [{year: 1999}, {year: 2000}], original-date: spring,\n\
                    author: [{family: Doe}], volume: 4}";
        let value: Value = serde_norway::from_str(yaml).unwrap();
        let (id, csl) = work(&value).unwrap();
        assert_eq!(id, "doe");
        let expected = serde_json::json!({
            "id": "doe", "type": "book", "issued": {"date-parts": [[2011, 5]]},
            "accessed": {"date-parts": [[2020, 1, 2]]}, "submitted": {"date-parts": [[1999], [2000]]},
            "original-date": {"raw": "spring"}, "author": [{"family": "Doe"}], "volume": 4
        });
        assert_eq!(Json::Object(csl), expected);
        assert_eq!(work(&Value::Null), None);
    }
}
