//! A reference as the processor takes it: every field in the one shape that it is known to read, and nothing else.
//!
//! The processor fails on empty and on ranged dates, prints years before Christ one too early, and takes no words for
//! a date. What it cannot say is said afterwards (see [`super::dates`]); here it gets a day that it can print.

use std::collections::BTreeMap;

use hayagriva::citationberg::json::{
    DateValue, Item, LiteralName, NameItem, NameValue, Value, VecDate, VecDateRange,
};

use super::veil::Veil;
use crate::article::{Csl, limits, safe};
use crate::cite::csl::{self, Name};
use crate::cite::schema::{Holds, holds};
use crate::cite::short::{bare_doi, url};
use crate::cite::{Date, Day};

/// The year that stands for a date in words; no work is of that year.
pub(super) const WORDED: i16 = 9876;

/// A field of names that the schema does not have.
const EDITOR_TRANSLATOR: &str = "editor-translator";

/// Titles, which have markup, and whose case a style may change.
const TITLES: [&str; 11] = [
    "title",
    "title-short",
    "container-title",
    "container-title-short",
    "collection-title",
    "event-title",
    "original-title",
    "part-title",
    "reviewed-title",
    "volume-title",
    "scale",
];

/// Fields under older names, and the names they have now.
const ALIASES: [(&str, &str); 5] = [
    ("shortTitle", "title-short"),
    ("journalAbbreviation", "container-title-short"),
    ("event", "event-title"),
    ("url", "URL"),
    ("doi", "DOI"),
];

/// Which day of a range an item is to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// The first.
    From,
    /// The last.
    To,
}

/// The item for a reference, `id` its name in the list; letters that a style must not touch go behind the veil.
pub(super) fn item(csl: &Csl, id: usize, side: Side, mut veil: Option<&mut Veil>) -> Item {
    let mut fields = BTreeMap::new();
    fields.insert("id".to_owned(), Value::String(id.to_string()));
    fields.insert("type".to_owned(), Value::String(kind(csl)));
    for (field, given) in csl {
        let name = ALIASES.iter().find(|(old, _)| old == field).map_or(field.as_str(), |(_, new)| new);
        if matches!(name, "id" | "type" | "custom") || (name != field && csl.contains_key(name)) {
            continue;
        }
        let value = match name {
            EDITOR_TRANSLATOR => names(csl, field),
            _ if holds(name) == Some(Holds::Names) => names(csl, field),
            _ if holds(name) == Some(Holds::Date) => csl::date(csl, field).and_then(|date| day(&date, side)),
            "URL" => url(csl).map(Value::String),
            "DOI" => bare_doi(&csl::text(csl, field)).map(|doi| Value::String(safe::address(doi))),
            _ if given.is_object() => None,
            _ => text(&csl::text(csl, field), name, veil.as_deref_mut()),
        };
        if let Some(value) = value {
            fields.insert(name.to_owned(), value);
        }
    }
    Item(fields)
}

/// True when an item says nothing that an entry could be made of.
pub(super) fn is_mute(item: &Item) -> bool {
    let says = |(field, value): (&String, &Value)| match value {
        Value::Names(_) => true,
        Value::String(_) => !matches!(field.as_str(), "id" | "type" | "language" | "source"),
        _ => false,
    };
    !item.0.iter().any(says)
}

/// The type; what has an address and no type is a page of the web.
fn kind(csl: &Csl) -> String {
    match &*csl::text(csl, "type") {
        "" if url(csl).is_some() => "webpage".to_owned(),
        "" => "document".to_owned(),
        kind => kind.to_owned(),
    }
}

fn text(given: &str, field: &str, veil: Option<&mut Veil>) -> Option<Value> {
    let given = shortened(given);
    let words = match veil {
        Some(veil) if TITLES.contains(&field) => veil.title(&given),
        _ => Veil::plain(&given),
    };
    let words = safe::line(&words).trim().to_owned();
    let words = if field == "page" { words.replace("--", "–") } else { words };
    (!words.is_empty()).then_some(Value::String(words))
}

/// A field that no entry shows as a whole.
fn shortened(text: &str) -> String {
    let most = limits::FIELD.most;
    if text.len() <= most {
        text.to_owned()
    } else {
        format!("{}…", &text[..text.floor_char_boundary(most)])
    }
}

/// The names, of very many the first ones and the last.
fn names(csl: &Csl, field: &str) -> Option<Value> {
    let mut names = csl::names(csl, field);
    if names.len() > limits::NAMES.most {
        names.drain(limits::NAMES.most - 1..names.len() - 1);
    }
    let names: Vec<NameValue> = names.iter().map(name).collect();
    (!names.is_empty()).then_some(Value::Names(names))
}

fn name(name: &Name) -> NameValue {
    let part = |text: &str| {
        let text = safe::line(&shortened(&Veil::plain(text))).trim().to_owned();
        (!text.is_empty()).then_some(text)
    };
    if !name.literal.is_empty() || name.family.is_empty() {
        let literal = part(&name.short()).unwrap_or_default();
        return NameValue::Literal(LiteralName { literal });
    }
    NameValue::Item(NameItem {
        family: part(&name.family).unwrap_or_default(),
        given: part(&name.given),
        non_dropping_particle: part(&name.particle),
        dropping_particle: part(&name.dropping),
        suffix: part(&name.suffix),
        comma_suffix: None,
    })
}

/// The day that the processor prints; [`WORDED`] where it has to be replaced by words.
fn day(date: &Date, side: Side) -> Option<Value> {
    let from = date.from.or(date.to);
    let shown = if side == Side::To { date.to.or(from) } else { from };
    let year = shown.and_then(|day| printed_year(day.year));
    let parts: Vec<i16> = match (shown, year) {
        (Some(Day { month, day, .. }), Some(year)) => {
            let known = [year, i16::from(month), i16::from(day)];
            known.into_iter().take(1 + usize::from(month > 0) + usize::from(month > 0 && day > 0)).collect()
        }
        _ if words(date).is_empty() => return None,
        _ => vec![WORDED],
    };
    // The processor prints seasons where a style asks for the year alone: a month stands for them.
    let seasonal = date.season > 0 && parts.len() == 1 && parts[0] != WORDED;
    let parts = if seasonal { vec![parts[0], if side == Side::To { 6 } else { 5 }] } else { parts };
    Some(Value::Date(DateValue::DateParts {
        date_parts: VecDateRange(vec![VecDate(parts)]),
        literal: None,
        season: None,
        circa: date.circa,
    }))
}

/// The processor counts years before Christ from 0, as astronomers do; years too far away are printed as words.
fn printed_year(year: i32) -> Option<i16> {
    let year = if year < 0 { year.saturating_add(1) } else { year };
    i16::try_from(year).ok().filter(|year| *year != WORDED && (-9999..=9999).contains(year))
}

/// What a date is in words, where the processor cannot print it.
pub(super) fn words(date: &Date) -> String {
    safe::line(&shortened(&Veil::plain(&date.words()))).trim().to_owned()
}

/// True when the processor cannot print a date, or an end of it, as a day.
pub(super) fn is_worded(date: &Date) -> bool {
    let printed = |day: Option<Day>| day.is_none_or(|day| printed_year(day.year).is_some());
    (date.from.is_none() && date.to.is_none()) || !printed(date.from) || !printed(date.to)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(json: &str, side: Side) -> String {
        let csl: Csl = serde_json::from_str(json).unwrap();
        let mut item = item(&csl, 0, side, None);
        item.0.remove("id");
        item.0.remove("type");
        format!("{:?}", item.0)
    }

    #[test]
    fn fields_have_one_shape() {
        let cases = [
            (
                r#"{"title":null,"page":{"a":1},"volume":12,"custom":{"x":1},"categories":["a"]}"#,
                r#"{"categories": String("a"), "volume": String("12")}"#,
            ),
            (
                r#"{"title":"A <i>b</i>","shortTitle":"A","page":"1--2","author":[{},{"family":""},"NATO"]}"#,
                r#"{"author": Names([Literal(LiteralName { literal: "NATO" })]), "page": String("1–2"), "title": String("A b"), "title-short": String("A")}"#,
            ),
            (
                r#"{"issued":{"date-parts":[[]]},"accessed":{"date-parts":[["",""]]},"URL":"javascript:x","DOI":"none"}"#,
                "{}",
            ),
            (r#"{"event":"E","event-title":"F"}"#, r#"{"event-title": String("F")}"#),
        ];
        for (json, expected) in cases {
            assert_eq!(shown(json, Side::From), expected, "{json}");
        }
    }

    #[test]
    fn days_can_be_printed() {
        let parts = |json: &str, side| {
            let text = shown(&format!(r#"{{"issued":{json}}}"#), side);
            let start = text.find("VecDate([").map_or(0, |at| at + 9);
            text[start..].split(']').next().unwrap().to_owned()
        };
        let cases = [
            (r#"{"date-parts":[[1850],[1855,3]]}"#, "1850", "1855, 3"),
            (r#"{"date-parts":[[-44,3,15]]}"#, "-43, 3, 15", "-43, 3, 15"),
            (r#"{"literal":"in press"}"#, "9876", "9876"),
            (r#"{"date-parts":[[123456]]}"#, "9876", "9876"),
            (r#"{"raw":"../1999"}"#, "1999", "1999"),
            (r#"{"date-parts":[[2001]],"season":2}"#, "2001, 5", "2001, 6"),
            (r#"{"date-parts":[[2020,0,0]]}"#, "2020", "2020"),
        ];
        for (json, from, to) in cases {
            assert_eq!(
                (parts(json, Side::From).as_str(), parts(json, Side::To).as_str()),
                (from, to),
                "{json}"
            );
        }
    }
}
