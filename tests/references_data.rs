//! References as data: what is written is valid by the schema of CSL-JSON, reads back in programs of others, comes back
//! the same from every form, and loses nothing but what was damaged.
//!
//! The files are not part of the project; where they are missing, the tests say so and stop.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test stops where something is missing, and says what it measured"
)]

mod support;

use std::fs;

use ibid::article::{Csl, safe};
use ibid::cite::{Form, Read, bibtex, csl, csl_json, ris};
use proptest::prelude::*;
use serde_json::{Value, json};
use support::bibliographies::bibliographies;
use support::shared;

fn works(read: &Read) -> Vec<(&str, &Csl)> {
    read.works.iter().map(|(id, csl)| (id.as_str(), csl)).collect()
}

/// What a value has against a schema: of JSON Schema, as much as `csl-data.json` uses.
fn faults(root: &Value, schema: &Value, value: &Value, place: &str, out: &mut Vec<String>) {
    if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
        return faults(root, root.pointer(name.trim_start_matches('#')).unwrap(), value, place, out);
    }
    if let Some(any) = schema.get("anyOf").and_then(Value::as_array) {
        let tries = any.iter().map(|schema| {
            let mut own = Vec::new();
            faults(root, schema, value, place, &mut own);
            own
        });
        out.extend(tries.min_by_key(Vec::len).unwrap_or_default());
    }
    let is = |kind: &str| match kind {
        "string" => value.is_string(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => panic!("a type that is not known: {kind}"),
    };
    let kinds = match schema.get("type") {
        Some(Value::String(kind)) => is(kind),
        Some(Value::Array(kinds)) => kinds.iter().any(|kind| is(kind.as_str().unwrap())),
        _ => true,
    };
    if !kinds {
        out.push(format!("{place} is {value}, not {}", schema["type"]));
    }
    if let Some(allowed) = schema.get("enum").and_then(Value::as_array)
        && !allowed.contains(value)
    {
        out.push(format!("{place} cannot be {value}"));
    }
    if let Value::Array(list) = value {
        let bound = |name: &str| schema.get(name).and_then(Value::as_u64).map(|n| n as usize);
        if bound("minItems").is_some_and(|n| list.len() < n)
            || bound("maxItems").is_some_and(|n| list.len() > n)
        {
            out.push(format!("{place} has {} items", list.len()));
        }
        let items = schema.get("items");
        list.iter()
            .for_each(|value| items.into_iter().for_each(|items| faults(root, items, value, place, out)));
    }
    let Value::Object(fields) = value else { return };
    for name in schema.get("required").and_then(Value::as_array).into_iter().flatten() {
        if !fields.contains_key(name.as_str().unwrap()) {
            out.push(format!("{place} lacks {name}"));
        }
    }
    for (name, value) in fields {
        match schema.get("properties").and_then(|all| all.get(name)) {
            Some(schema) => faults(root, schema, value, &format!("{place}/{name}"), out),
            None if schema.get("additionalProperties") == Some(&Value::Bool(false)) => {
                out.push(format!("{place} may not have {name}"));
            }
            None => {}
        }
    }
}

#[test]
fn what_is_written_is_valid() {
    let Some(corpus) = shared("corpus/references") else { return };
    let schema: Value =
        serde_json::from_str(&fs::read_to_string(corpus.join("csl-schema/csl-data.json")).unwrap()).unwrap();
    let mut count = 0;
    let mut found = Vec::new();
    for (path, read) in bibliographies(&corpus) {
        let written: Value = serde_json::from_str(&csl_json::write(&works(&read))).unwrap();
        let mut own = Vec::new();
        faults(&schema, &schema, &written, "", &mut own);
        found
            .extend(own.into_iter().map(|fault| format!("{}: {fault}", path.file_name().unwrap().display())));
        count += read.works.len();
    }
    assert!(found.is_empty(), "{} faults: {found:#?}", found.len());
    assert!(count > 240, "{count}");
}

/// What comes of a list of references on its way through a form and back.
fn through(form: Form, read: &Read) -> Read {
    match form {
        Form::Bibtex => bibtex::read(&bibtex::write(&works(read))),
        Form::Ris => ris::read(&ris::write(&works(read))),
        _ => csl_json::read(&csl_json::write(&works(read))).unwrap(),
    }
}

#[test]
fn what_is_written_comes_back_the_same() {
    let Some(corpus) = shared("corpus/references") else { return };
    for (path, read) in bibliographies(&corpus) {
        let name = path.display();
        assert_eq!(through(Form::CslJson, &read).works, read.works, "{name}");
        for form in [Form::Bibtex, Form::Ris] {
            let once = through(form, &read);
            assert_eq!(once.works.len(), read.works.len(), "{form:?} of {name}");
            let json = csl_json::write(&works(&once));
            let twice = through(form, &csl_json::read(&json).unwrap());
            assert_eq!(csl_json::write(&works(&twice)), json, "{form:?} of {name}");
            for ((_, first), (_, again)) in read.works.iter().zip(&once.works) {
                for field in ["title", "issued", "DOI"] {
                    let (first, again) = (shown(first, field, form), shown(again, field, form));
                    assert!(
                        first == again || first.is_empty(),
                        "{field} in {form:?} of {name}: {first} → {again}"
                    );
                }
            }
        }
    }
}

/// A field as far as the form can say it: RIS has no markup and no signs for a terminal.
fn shown(csl: &Csl, field: &str, form: Form) -> String {
    let text = match field {
        "issued" => csl::date(csl, field).map(|date| date.words()).unwrap_or_default(),
        field => csl::text(csl, field).into_owned(),
    };
    // What has markup is not compared.
    if form == Form::Ris && text.contains(['<', '&']) {
        return String::new();
    }
    // In BibTeX braces say what spans say, and braces are everywhere.
    let text = text.replace("<span class=\"nocase\">", "").replace("</span>", "");
    safe::line(&text).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn programs_of_others_read_what_is_written() {
    let Some(corpus) = shared("corpus/references") else { return };
    for (path, read) in bibliographies(&corpus) {
        let text = bibtex::write(&works(&read));
        let parsed = biblatex::Bibliography::parse(&text);
        let parsed = parsed.unwrap_or_else(|error| panic!("{}: {error}\n{text}", path.display()));
        assert_eq!(parsed.len(), read.works.len(), "{}", path.display());
        let text = ris::write(&works(&read));
        assert_eq!(text.matches("\r\n").count(), text.matches('\n').count());
        let mut open = false;
        for line in text.split("\r\n").filter(|line| !line.is_empty()) {
            let (tag, rest) = line.split_at(2);
            assert!(tag.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()), "{line}");
            assert!(rest.starts_with("  - ") && (tag == "ER" || rest.len() > 4), "{line}");
            assert_eq!(open, tag != "TY", "{line}");
            open = tag != "ER";
        }
        assert!(!open);
    }
}

/// A list of references that are easily told apart.
fn many(count: usize) -> Vec<Csl> {
    let work = |n: usize| {
        serde_json::from_value(json!({
            "id": format!("key{n}"),
            "type": if n.is_multiple_of(2) { "book" } else { "article-journal" },
            "title": format!("Title number {n} – “quoted” <i>x</i>"),
            "author": [{"family": format!("Family{n}"), "given": "A. B."}, {"literal": "The {Office} & Co."}],
            "issued": {"date-parts": [[1900 + n, 3, 4]]},
            "publisher": "A \"House\"",
            "volume": "3",
        }))
        .unwrap()
    };
    (0..count).map(work).collect()
}

/// Where each reference of [`many`] begins in what is written of it.
fn starts(text: &str, form: Form) -> Vec<usize> {
    let sign = match form {
        Form::Bibtex => "@",
        Form::Ris => "TY  - ",
        _ => "\n  {",
    };
    text.match_indices(sign).map(|(at, _)| at).collect()
}

fn read(form: Form, text: &str) -> Read {
    match form {
        Form::Bibtex => bibtex::read(text),
        Form::Ris => ris::read(text),
        _ => csl_json::read(text).unwrap_or_default(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damage_costs_only_what_is_damaged(
        form in prop::sample::select(vec![Form::Bibtex, Form::Ris, Form::CslJson]),
        place in 0.0_f64..1.0,
        taken in 0_usize..12,
        put in r#"([{}"@,=\\\[\]:\n a-c]|TY  - |ER  - |\PC){0,6}"#,
    ) {
        const COUNT: usize = 9;
        let works = many(COUNT);
        let works: Vec<(&str, &Csl)> = works.iter().map(|csl| (csl["id"].as_str().unwrap(), csl)).collect();
        let text = match form {
            Form::Bibtex => bibtex::write(&works),
            Form::Ris => ris::write(&works),
            _ => csl_json::write(&works),
        };
        let starts = starts(&text, form);
        prop_assert_eq!(starts.len(), COUNT);
        let from = text.floor_char_boundary((place * text.len() as f64) as usize);
        let to = text.ceil_char_boundary((from + taken).min(text.len()));
        let damaged = format!("{}{put}{}", &text[..from], &text[to..]);
        let read = read(form, &damaged);
        let after = |at: usize| starts.get(at + 1).copied().unwrap_or(text.len());
        // An entry at whose edge the damage is belongs to it.
        let hurt = |at: usize| from <= after(at) && to >= starts[at];
        for at in (0..COUNT).filter(|at| !hurt(*at)) {
            let wanted = works[at].1["title"].as_str().unwrap();
            let plain = wanted.replace("<i>", "").replace("</i>", "");
            let found = read.works.iter().filter(|(_, csl)| {
                csl.get("title").and_then(Value::as_str).is_some_and(|title| title == wanted || title == plain)
            });
            prop_assert_eq!(found.count(), 1, "{} is lost:\n{}", wanted, damaged);
        }
    }
}
