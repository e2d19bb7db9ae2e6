//! Readers over the fields of a reference. Whatever shape a field has, they answer, with nothing where it says nothing.

use std::borrow::Cow;

use serde_json::Value;

use super::date::{Date, Day};
use crate::article::Csl;

/// A name, in CSL's parts. Parts that the source does not give are empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name {
    /// Family name.
    pub family: String,
    /// Given names, or initials.
    pub given: String,
    /// A particle that stands between given and family name and is left out of the short form (`de` La Fontaine).
    pub dropping: String,
    /// A particle that belongs to the family name (`van der` Berg).
    pub particle: String,
    /// `Jr.`, `III`.
    pub suffix: String,
    /// The whole name, of an institution or where the parts are not known.
    pub literal: String,
}

impl Name {
    /// A name that is not taken apart.
    pub fn literal(name: &str) -> Self {
        Self { literal: name.trim().to_owned(), ..Self::default() }
    }

    /// True for the "and others" at the end of a list of names.
    pub fn is_others(&self) -> bool {
        matches!(self.literal.as_str(), "others" | "et al." | "et al")
    }

    /// What a short form shows: `van der Berg`, `NATO`.
    pub fn short(&self) -> String {
        match (self.literal.as_str(), self.family.as_str()) {
            ("", "") => self.given.clone(),
            ("", _) => join(&[&self.particle, &self.family], " "),
            (literal, _) => literal.to_owned(),
        }
    }

    /// What a list of references shows: `van der Berg, Jan, Jr.`
    pub fn inverted(&self) -> String {
        if !self.literal.is_empty() || self.family.is_empty() {
            return self.short();
        }
        let given = join(&[&self.given, &self.dropping], " ");
        join(&[&self.short(), &given, &self.suffix], ", ")
    }

    /// As it is spoken: `Jan van der Berg Jr.`
    pub fn natural(&self) -> String {
        if !self.literal.is_empty() {
            return self.literal.clone();
        }
        join(&[&self.given, &self.dropping, &self.particle, &self.family, &self.suffix], " ")
    }

    /// The CSL-JSON form.
    pub fn to_csl(&self) -> Value {
        let parts = [
            ("family", &self.family),
            ("given", &self.given),
            ("dropping-particle", &self.dropping),
            ("non-dropping-particle", &self.particle),
            ("suffix", &self.suffix),
            ("literal", &self.literal),
        ];
        let given = parts.into_iter().filter(|(_, part)| !part.is_empty());
        Value::Object(given.map(|(key, part)| (key.to_owned(), part.clone().into())).collect())
    }

    fn is_empty(&self) -> bool {
        self.natural().is_empty()
    }
}

/// The parts that are not empty, with `between` between them.
pub(super) fn join(parts: &[&str], between: &str) -> String {
    parts.iter().filter(|p| !p.is_empty()).copied().collect::<Vec<_>>().join(between)
}

/// A field as text: numbers in digits, the first of a list. Empty where there is none.
pub fn text<'a>(csl: &'a Csl, field: &str) -> Cow<'a, str> {
    match csl.get(field) {
        Some(Value::Array(list)) => list.iter().map(scalar).find(|s| !s.is_empty()).unwrap_or_default(),
        Some(value) => scalar(value),
        None => Cow::Borrowed(""),
    }
}

/// The first of these fields that holds text.
pub fn first_text<'a>(csl: &'a Csl, fields: &[&str]) -> Cow<'a, str> {
    fields.iter().map(|f| text(csl, f)).find(|t| !t.is_empty()).unwrap_or_default()
}

fn scalar(value: &Value) -> Cow<'_, str> {
    match value {
        Value::String(text) => Cow::Borrowed(text.trim()),
        Value::Number(number) => Cow::Owned(number.to_string()),
        _ => Cow::Borrowed(""),
    }
}

/// The names in a field; a single name, or names given as strings, will do.
pub fn names(csl: &Csl, field: &str) -> Vec<Name> {
    let found = match csl.get(field) {
        Some(Value::Array(list)) => list.iter().map(name).collect(),
        Some(value) => vec![name(value)],
        None => Vec::new(),
    };
    found.into_iter().filter(|n| !n.is_empty()).collect()
}

fn name(value: &Value) -> Name {
    match value {
        Value::String(literal) => Name::literal(literal),
        Value::Object(parts) => Name {
            family: text(parts, "family").into_owned(),
            given: text(parts, "given").into_owned(),
            dropping: text(parts, "dropping-particle").into_owned(),
            particle: text(parts, "non-dropping-particle").into_owned(),
            suffix: text(parts, "suffix").into_owned(),
            literal: first_text(parts, &["literal", "name"]).into_owned(),
        },
        _ => Name::default(),
    }
}

/// A date field: `date-parts` of numbers or strings, `season`, `circa`, `literal`, `raw`, or an EDTF string.
pub fn date(csl: &Csl, field: &str) -> Option<Date> {
    match csl.get(field)? {
        Value::Object(parts) => structured(parts),
        value => worded(&scalar(value)),
    }
}

fn worded(text: &str) -> Option<Date> {
    (!text.is_empty()).then(|| Date::parse(text).unwrap_or_else(|| Date::literal(text)))
}

fn structured(parts: &Csl) -> Option<Date> {
    let days = parts.get("date-parts").and_then(Value::as_array);
    let day = |at: usize| days.and_then(|d| d.get(at)).and_then(day);
    let mut date = match (day(0), day(1)) {
        (Some(from), to) => Date { to, ..Date::day(from) },
        (None, _) => worded(&first_text(parts, &["raw", "literal"]))?,
    };
    // Some programs write a range that has not ended as a second year 0.
    date.open |= date.to.is_none() && days.is_some_and(|d| d.len() > 1);
    date.circa |= is_true(parts.get("circa"));
    date.season = season(&text(parts, "season")).unwrap_or(date.season);
    Some(date)
}

fn day(parts: &Value) -> Option<Day> {
    let number = |at: usize| integer(parts.get(at)?);
    let small = |at: usize| number(at).and_then(|n| u8::try_from(n).ok()).unwrap_or(0);
    let year = number(0).and_then(|n| i32::try_from(n).ok()).filter(|year| *year != 0)?;
    Some(Day::new(year, small(1), small(2)))
}

fn integer(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.trim().parse().ok())
}

fn is_true(value: Option<&Value>) -> bool {
    match value {
        Some(Value::Bool(is)) => *is,
        Some(Value::Number(n)) => n.as_i64() != Some(0),
        Some(Value::String(s)) => !matches!(s.as_str(), "" | "0" | "false"),
        _ => false,
    }
}

fn season(text: &str) -> Option<u8> {
    let number = text.parse::<u8>().ok().map(|n| if n > 20 { n - 20 } else { n });
    number.filter(|n| (1..=4).contains(n)).or_else(|| super::date::season_named(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn csl(json: &str) -> Csl {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn dates_of_every_shape() {
        let cases = [
            (r#"{"date-parts":[[2025,6,24]]}"#, "24 June 2025"),
            (r#"{"date-parts":[["2025","06"]]}"#, "June 2025"),
            (r#"{"date-parts":[[1850],[1855,3]]}"#, "1850 – March 1855"),
            (r#"{"date-parts":[["1901"],[0]],"circa":true}"#, "c. 1901–"),
            (r#"{"date-parts":[[2020,0,0]]}"#, "2020"),
            (r#"{"date-parts":[[2020,13,99]]}"#, "2020"),
            (r#"{"date-parts":[[-44,3,15]]}"#, "15 March 44 BC"),
            (r#"{"date-parts":[[2001]],"season":"21"}"#, "Spring 2001"),
            (r#"{"date-parts":[[2001]],"season":"fall"}"#, "Autumn 2001"),
            (r#"{"date-parts":[[1850]],"circa":1}"#, "c. 1850"),
            (r#"{"literal":"in press"}"#, "in press"),
            (r#"{"raw":"2020-01/2021"}"#, "January 2020 – 2021"),
            (r#"{"raw":"June 24, 2025"}"#, "24 June 2025"),
            (r#""2025-06-24""#, "24 June 2025"),
            (r#""forthcoming""#, "forthcoming"),
            ("2025", "2025"),
        ];
        for (json, expected) in cases {
            let csl = csl(&format!(r#"{{"issued":{json}}}"#));
            assert_eq!(date(&csl, "issued").map(|d| d.words()).as_deref(), Some(expected), "{json}");
        }
        for json in [
            "null",
            "[]",
            "{}",
            r#"{"date-parts":[[]]}"#,
            r#"{"date-parts":{}}"#,
            "true",
            r#"" ""#,
            "[[2025]]",
        ] {
            assert_eq!(date(&csl(&format!(r#"{{"issued":{json}}}"#)), "issued"), None, "{json}");
        }
    }

    #[test]
    fn names_of_every_shape() {
        let cases = [
            (r#"[{"family":"Doe","given":"Jane"}]"#, "Doe, Jane", "Jane Doe"),
            (
                r#"[{"family":"Berg","given":"Jan","non-dropping-particle":"van der","suffix":"Jr."}]"#,
                "van der Berg, Jan, Jr.",
                "Jan van der Berg Jr.",
            ),
            (
                r#"[{"family":"La Fontaine","given":"Jean","dropping-particle":"de"}]"#,
                "La Fontaine, Jean de",
                "Jean de La Fontaine",
            ),
            (r#"[{"literal":"NATO"}]"#, "NATO", "NATO"),
            (r#""Jane Doe""#, "Jane Doe", "Jane Doe"),
            (r#"{"given":"Averroes"}"#, "Averroes", "Averroes"),
            (r#"[null, 7, {}, {"family":7}]"#, "7", "7"),
        ];
        for (json, inverted, natural) in cases {
            let names = names(&csl(&format!(r#"{{"author":{json}}}"#)), "author");
            assert_eq!(names.len(), 1, "{json}");
            assert_eq!((names[0].inverted().as_str(), names[0].natural().as_str()), (inverted, natural));
        }
    }

    #[test]
    fn fields_as_text() {
        let csl = csl(r#"{"volume":12,"issue":" 3 ","ISBN":["1","2"],"title":null,"page":{}}"#);
        let got = ["volume", "issue", "ISBN", "title", "page", "none"].map(|f| text(&csl, f).into_owned());
        assert_eq!(got, ["12", "3", "1", "", "", ""]);
        assert_eq!(first_text(&csl, &["title", "volume"]), "12");
    }
}
