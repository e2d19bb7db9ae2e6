//! What the object says of small articles, field by field.

use serde_json::json;

use super::*;
use crate::article::{Builder, Draft, DraftCite, DraftMarker, Item, Kind, Label, Mark, Nest, To};

fn marker(to: To, locator: &str) -> DraftMarker {
    let cite = DraftCite { locator: locator.into(), ..DraftCite::new(to) };
    DraftMarker { cites: vec![cite], ..DraftMarker::default() }
}

fn reference(key: &str) -> To {
    To::Reference(key.into())
}

fn sample() -> Article {
    let mut builder = Builder::new("markdown");
    builder.meta.authors = vec!["A. Writer".into()];
    builder.title(Draft::of("A title"));
    let csl = json!({"id": "doe", "type": "book", "title": "T"}).as_object().cloned().unwrap();
    builder.work("doe", csl, Draft::of("Doe. T."));
    builder.work("unused", Csl::new(), Draft::of("Unused."));
    let mut lead = Draft::of("Two words");
    lead.push_marker(marker(reference("doe"), "p. 4"));
    lead.push_marker(marker(To::Note("n".into()), ""));
    builder.block(Kind::Paragraph, lead, vec![]);
    builder.heading(1, Draft::of("First part"), Some("first"), vec![]);
    let mut only = Draft::default();
    only.push_marker(marker(reference("gone"), ""));
    builder.block(Kind::Paragraph, only, vec![]);
    builder.heading(1, Draft::of("First part"), None, vec![]);
    let item = |first| Nest::Item(Item { number: None, task: None, first, tight: true, width: 1 });
    builder.block(Kind::Paragraph, Draft::of("One"), vec![Nest::Quote, item(true)]);
    builder.block(Kind::Paragraph, Draft::of("Two"), vec![Nest::Quote, item(true)]);
    builder.block(Kind::Paragraph, Draft::of("Inner"), vec![Nest::Quote, item(false), item(true)]);
    let mut shown = Draft::of("See ");
    shown.push_marked(
        "[^x]",
        Mark::Marker(DraftMarker { label: Label::Shown, ..marker(To::Missing("x".into()), "") }),
    );
    shown.push_marked("here", Mark::Link("https://a.example/".into()));
    builder.block(Kind::Paragraph, shown, vec![]);
    builder.begin_note("n");
    builder.block(Kind::Paragraph, Draft::of("The note."), vec![]);
    builder.block(Kind::Paragraph, Draft::of("Goes on."), vec![]);
    builder.end_note();
    let mut article = Article::default();
    article.append(builder.finish());
    article
}

#[test]
fn the_contract_holds() {
    let found = inspect(&sample());
    let marker =
        |label, kind, targets: &[&str], resolved, locator: Option<&str>, section: Option<u32>, before| {
            json!({"label": label, "group": null, "kind": kind, "targets": targets, "resolved": resolved,
               "locator": locator, "section": section, "before": before})
        };
    let expected = json!({
        "title": "A title", "authors": ["A. Writer"], "date": "", "language": "", "source": "",
        "format": "markdown", "words": 7,
        "sections": [
            {"level": 1, "title": "First part", "id": "first", "words": 0},
            {"level": 1, "title": "First part", "id": "first-part-1", "words": 5},
        ],
        "markers": [
            marker("[1, p. 4]", "reference", &["doe"], true, Some("p. 4"), None, "words"),
            marker("[1]", "note", &["n"], true, None, None, "words"),
            marker("[gone?]", "reference", &[], false, None, Some(0), "part"),
            marker("[^x]", "note", &[], false, None, Some(1), "See"),
        ],
        "references": [
            {"id": "doe", "label": "1", "kind": "book", "text": "Doe. T.", "cited_by": [0], "parent": null,
             "csl": {"id": "doe", "type": "book", "title": "T"}},
            {"id": "unused", "label": "2", "kind": "document", "text": "Unused.", "cited_by": [], "parent": null,
             "csl": {"id": "unused", "type": "document"}},
        ],
        "notes": [{"id": "n", "label": "1", "text": "The note.\nGoes on.", "cited_by": [1]}],
        "counts": {"paragraphs": 8, "lists": 2, "tables": 0, "figures": 0, "formulas": 0, "code_blocks": 0,
                   "quotes": 1, "links": 1},
        "complaints": [],
    });
    for field in [
        "title",
        "authors",
        "date",
        "format",
        "words",
        "sections",
        "markers",
        "references",
        "notes",
        "counts",
        "complaints",
    ] {
        assert_eq!(found[field], expected[field], "{field}");
    }
}

#[test]
fn keys_stand_in_the_order_of_the_contract() {
    let text = to_json(&sample(), false).unwrap();
    let order = [
        "title",
        "authors",
        "date",
        "language",
        "source",
        "format",
        "words",
        "sections",
        "markers",
        "references",
    ];
    let places: Vec<_> = order.iter().map(|key| text.find(&format!("\"{key}\":"))).collect();
    assert!(places.is_sorted() && places[0].is_some(), "{places:?}");
    assert!(text.starts_with("{\"title\":\"A title\",\"authors\":[\"A. Writer\"],\"date\":\"\""));
}
