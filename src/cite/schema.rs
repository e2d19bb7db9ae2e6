//! The fields of CSL-JSON as its schema has them (`csl-data.json`, 1.0.2), and items brought into that shape and back.
//!
//! The schema forbids fields that it does not know, and some that CSL itself has. What does not fit stands in the
//! item's `custom` under [`ASIDE`], whole, and is put back when it is read: nothing is lost either way.

use serde_json::{Map, Value};

use super::csl;
use crate::article::Csl;

/// What a field may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// One of [`TYPES`].
    Type,
    /// Text.
    Text,
    /// Text or a number.
    Number,
    /// A list of names.
    Names,
    /// A date.
    Date,
    /// A list of texts.
    List,
    /// Anything under names of its own.
    Object,
}

/// Where what does not fit stands inside `custom`.
const ASIDE: &str = "ibid";

const TYPES: &str = "article article-journal article-magazine article-newspaper bill book broadcast chapter classic \
    collection dataset document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview \
    legal_case legislation manuscript map motion_picture musical_score pamphlet paper-conference patent performance \
    periodical personal_communication post post-weblog regulation report review review-book software song speech \
    standard thesis treaty webpage";

/// Fields by what they hold.
const FIELDS: [(Holds, &str); 7] = [
    (Holds::Type, "type"),
    (
        Holds::Text,
        "DOI ISBN ISSN PMCID PMID URL abstract annote archive archive-place archive_collection archive_location \
         authority call-number citation-key citation-label collection-title container-title container-title-short \
         dimensions division event event-place event-title genre journalAbbreviation jurisdiction keyword language \
         medium note original-publisher original-publisher-place original-title part-title publisher publisher-place \
         references reviewed-genre reviewed-title scale section shortTitle source status title title-short version \
         volume-title volume-title-short year-suffix",
    ),
    (
        Holds::Number,
        "id chapter-number citation-number collection-number edition first-reference-note-number issue locator number \
         number-of-pages number-of-volumes page page-first part printing supplement volume",
    ),
    (
        Holds::Names,
        "author chair collection-editor compiler composer container-author contributor curator director editor \
         editorial-director executive-producer guest host illustrator interviewer narrator organizer original-author \
         performer producer recipient reviewed-author script-writer series-creator translator",
    ),
    (Holds::Date, "issued accessed available-date event-date original-date submitted"),
    (Holds::List, "categories"),
    (Holds::Object, "custom"),
];

/// What a field holds; nothing for one that the schema does not know.
pub(super) fn holds(field: &str) -> Option<Holds> {
    FIELDS.iter().find(|(_, names)| is_among(names, field)).map(|(holds, _)| *holds)
}

/// The fields that hold this.
pub(super) fn fields(holds: Holds) -> impl Iterator<Item = &'static str> {
    FIELDS.iter().filter(move |(kind, _)| *kind == holds).flat_map(|(_, names)| names.split_whitespace())
}

fn is_among(names: &str, name: &str) -> bool {
    names.split_whitespace().any(|known| known == name)
}

/// Brings an item into the shape of the schema.
pub(super) fn fit(item: &mut Csl) {
    let mut aside = Map::new();
    for (name, value) in std::mem::take(item) {
        let kind = holds(&name);
        if kind.is_some_and(|kind| is_valid(kind, &value)) {
            item.insert(name, value);
            continue;
        }
        let given = Csl::from_iter([(name, value)]);
        for (name, value) in given {
            let fitted = kind.and_then(|kind| fitted(kind, &name, &value));
            if let Some(fitted) = fitted {
                item.insert(name.clone(), fitted);
            }
            aside.insert(name, value);
        }
    }
    if !aside.is_empty() {
        let custom = item.entry("custom").or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(custom) = custom {
            custom.insert(ASIDE.to_owned(), Value::Object(aside));
        }
    }
}

/// Puts back what [`fit`] set aside.
pub(super) fn unfit(item: &mut Csl) {
    let Some(Value::Object(custom)) = item.get_mut("custom") else { return };
    let Some(Value::Object(aside)) = custom.remove(ASIDE) else { return };
    if custom.is_empty() {
        item.remove("custom");
    }
    item.extend(aside);
}

fn is_valid(kind: Holds, value: &Value) -> bool {
    let all =
        |list: &Value, valid: &dyn Fn(&Value) -> bool| list.as_array().is_some_and(|l| l.iter().all(valid));
    match kind {
        Holds::Type => value.as_str().is_some_and(|name| is_among(TYPES, name)),
        Holds::Text => value.is_string(),
        Holds::Number => value.is_string() || value.is_number(),
        Holds::Names => all(value, &is_name),
        Holds::Date => is_date(value),
        Holds::List => all(value, &Value::is_string),
        Holds::Object => value.as_object().is_some_and(|custom| !custom.contains_key(ASIDE)),
    }
}

fn is_flag(value: &Value) -> bool {
    value.is_string() || value.is_number() || value.is_boolean()
}

fn is_name(value: &Value) -> bool {
    const PARTS: &str = "family given dropping-particle non-dropping-particle suffix literal";
    const FLAGS: &str = "comma-suffix static-ordering parse-names";
    value.as_object().is_some_and(|parts| {
        parts.iter().all(|(name, part)| {
            (is_among(PARTS, name) && part.is_string()) || (is_among(FLAGS, name) && is_flag(part))
        })
    })
}

fn is_date(value: &Value) -> bool {
    let number = |part: &Value| part.is_string() || part.is_number();
    let day =
        |day: &Value| day.as_array().is_some_and(|d| (1..=3).contains(&d.len()) && d.iter().all(number));
    let days =
        |days: &Value| days.as_array().is_some_and(|d| (1..=2).contains(&d.len()) && d.iter().all(day));
    value.as_object().is_some_and(|parts| {
        parts.iter().all(|(name, part)| match name.as_str() {
            "date-parts" => days(part),
            "season" => number(part),
            "circa" => is_flag(part),
            "literal" | "raw" => part.is_string(),
            _ => false,
        })
    })
}

/// What a value says that has not the shape it should have; nothing where it says nothing.
fn fitted(kind: Holds, name: &str, value: &Value) -> Option<Value> {
    let given = Csl::from_iter([(name.to_owned(), value.clone())]);
    match kind {
        Holds::Type => Some("document".into()),
        Holds::Text | Holds::Number => {
            let text = csl::text(&given, name);
            (!text.is_empty()).then(|| text.into_owned().into())
        }
        Holds::Names => {
            let names: Vec<Value> = csl::names(&given, name).iter().map(csl::Name::to_csl).collect();
            (!names.is_empty()).then_some(Value::Array(names))
        }
        Holds::Date => csl::date(&given, name).map(|date| date.to_csl()),
        Holds::List | Holds::Object => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(json: &str) -> Csl {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn what_fits_stays_as_it_is() {
        let json = r#"{"id":7,"type":"book","title":"T","volume":3,"author":[{"family":"Doe","comma-suffix":1}],
            "issued":{"date-parts":[[2020,"3"]],"circa":true},"categories":["a"],"custom":{"x":1}}"#;
        let mut fitted = item(json);
        fit(&mut fitted);
        assert_eq!(fitted, item(json));
    }

    #[test]
    fn what_does_not_fit_stands_aside_and_comes_back() {
        let json = r#"{"type":"video","title":7,"license":"CC0","author":"NATO","editor":[null],"issued":"2020-03",
            "accessed":{"date-parts":[]},"custom":{"x":1},"categories":[1],"volume":true}"#;
        let mut fitted = item(json);
        fit(&mut fitted);
        let custom = fitted.remove("custom").unwrap();
        let expected = r#"{"author":[{"literal":"NATO"}],"issued":{"date-parts":[[2020,3]]},"title":"7","type":"document"}"#;
        assert_eq!(serde_json::to_string(&fitted).unwrap(), expected);
        assert_eq!(custom["x"], 1);
        fitted.insert("custom".to_owned(), custom);
        unfit(&mut fitted);
        assert_eq!(fitted, item(json));
    }

    #[test]
    fn any_custom_comes_back() {
        for json in
            [r#"{"custom":"text"}"#, r#"{"custom":{"ibid":{"a":1}}}"#, r#"{"custom":{"ibid":2},"odd":1}"#]
        {
            let mut fitted = item(json);
            fit(&mut fitted);
            assert!(fitted["custom"].is_object(), "{fitted:?}");
            unfit(&mut fitted);
            assert_eq!(fitted, item(json));
        }
    }

    #[test]
    fn fields_are_known() {
        assert_eq!(
            (holds("issued"), holds("title"), holds("none")),
            (Some(Holds::Date), Some(Holds::Text), None)
        );
        assert_eq!((fields(Holds::Names).count(), fields(Holds::Date).count()), (26, 6));
    }
}
