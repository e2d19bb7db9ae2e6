//! Whatever is in a bibliography or in a field, references are read, shown and written, and nothing obeys them.

#![allow(clippy::unwrap_used, reason = "a test stops where something is missing, and says what it measured")]

use ibid::article::{Csl, Draft, Reference};
use ibid::cite::{Form, bibtex, csl, csl_json, entry, export, ris, short};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use serde_json::{Value, json};

const FIELDS: [&str; 24] = [
    "id",
    "type",
    "title",
    "author",
    "editor",
    "translator",
    "container-title",
    "issued",
    "accessed",
    "URL",
    "DOI",
    "page",
    "volume",
    "issue",
    "publisher",
    "publisher-place",
    "edition",
    "genre",
    "number",
    "version",
    "archive",
    "archive_location",
    "medium",
    "keyword",
];

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,12}",
        "[a-zA-Z0-9 .,:;/(){}\\\\$%&#_~^\"'`<>=@\u{1b}\u{9b}\u{202e}\u{301}\n-]{0,20}",
        prop::sample::select(vec![
            "book",
            "webpage",
            "article-journal",
            "https://a.example/b",
            "10.1/x",
            "2025-06-24",
            "and",
            "others",
            "1–2",
            "van der Berg",
            "<i>x</i>",
            "<span>",
            "</sup>",
            "Jr.",
            "-1",
            "c. 1850",
        ])
        .prop_map(str::to_owned),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<i16>().prop_map(|n| Value::from(f64::from(n) / 4.0)),
        words().prop_map(Value::from),
        vec(-3000_i64..3000, 0..4).prop_map(|parts| json!({ "date-parts": [parts] })),
        (words(), words(), words())
            .prop_map(|(f, g, p)| json!([{"family": f, "given": g, "non-dropping-particle": p}])),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            btree_map(
                prop::sample::select(vec!["family", "given", "literal", "raw", "date-parts", "season", "x"]),
                inner,
                0..4
            )
            .prop_map(|map| Value::Object(map.into_iter().map(|(k, v)| (k.to_owned(), v)).collect())),
        ]
    })
}

fn item() -> impl Strategy<Value = Csl> {
    btree_map(prop::sample::select(FIELDS.to_vec()), value(), 0..12)
        .prop_map(|fields| fields.into_iter().map(|(k, v)| (k.to_owned(), v)).collect())
}

fn harmless(text: &str) -> bool {
    !text
        .chars()
        .any(|c| (c.is_control() && !matches!(c, '\n' | '\r')) || matches!(c, '\u{202a}'..='\u{202e}'))
}

fn sound(draft: &Draft) -> bool {
    draft.marks().iter().all(|(range, _)| draft.as_str().get(range.clone()).is_some())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_item_is_shown_and_written(item in item(), id in words()) {
        let draft = entry::entry(&item);
        prop_assert!(sound(&draft) && harmless(draft.as_str()), "{draft:?}");
        prop_assert!(harmless(&short::author(&item)) && !short::kind(&item).is_empty());
        if let Some(address) = short::address(&item) {
            prop_assert!(harmless(&address) && address.to_lowercase().starts_with("http"));
            prop_assert!(!short::host(&address).is_empty());
        }
        for field in FIELDS {
            prop_assert!(csl::names(&item, field).iter().all(|name| !name.natural().is_empty()));
            let date = csl::date(&item, field);
            prop_assert!(date.is_none_or(|date| !date.words().is_empty()));
        }
        let reference = Reference { id: id.as_str().into(), csl: item.clone(), ..Reference::default() };
        for form in Form::ALL {
            let text = export(form, &[&reference]);
            prop_assert!(harmless(&text) || id.contains(char::is_control), "{form:?}: {text:?}");
        }
    }

    #[test]
    fn any_item_comes_back_as_json(items in vec((words(), item()), 0..4)) {
        let works: Vec<(&str, &Csl)> = items.iter().map(|(id, csl)| (id.as_str(), csl)).collect();
        let once = csl_json::read(&csl_json::write(&works)).unwrap();
        prop_assert_eq!(once.works.len(), items.len());
        let again: Vec<(&str, &Csl)> = once.works.iter().map(|(id, csl)| (id.as_str(), csl)).collect();
        prop_assert_eq!(csl_json::read(&csl_json::write(&again)).unwrap().works, once.works);
    }

    #[test]
    fn any_item_comes_back_as_bibtex(item in item(), id in words()) {
        let once = bibtex::read(&bibtex::write(&[(&id, &item)]));
        prop_assert_eq!(once.works.len(), 1);
        prop_assert!(once.complaints.is_empty(), "{:?}", once.complaints);
        prop_assert_eq!(ris::read(&ris::write(&[(&id, &item)])).works.len(), 1);
    }

    #[test]
    fn any_text_is_read(text in r#"(\PC|[\\{}"@#=,\n$%~() ]|@article\{k,|@string\{|author *= *|title|month|TY  - |ER  - |\n[A-Z][A-Z0-9]  - |\{|\}|"id":|\[|\]|\\emph\{|and |crossref=\{k\}){0,40}"#) {
        for read in [bibtex::read(&text), ris::read(&text), csl_json::read(&text).unwrap_or_default()] {
            for (_, csl) in &read.works {
                prop_assert!(sound(&entry::entry(csl)));
            }
        }
    }
}
