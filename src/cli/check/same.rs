//! When two references are one work: by DOI, by address, by title.

use std::collections::HashMap;

use crate::article::Reference;
use crate::cite::short::{address as address_of, bare_doi, doi as doi_of};

/// The references that an earlier one names already, with that one, and by what they are the same.
pub fn pairs(references: &[&Reference]) -> Vec<(usize, usize, &'static str)> {
    let mut seen: HashMap<(&'static str, String), usize> = HashMap::new();
    let mut found = Vec::new();
    for (at, reference) in references.iter().enumerate() {
        let names = [("DOI", doi(reference)), ("address", address(reference)), ("title", title(reference))];
        let names: Vec<_> = names.into_iter().filter_map(|(why, name)| Some((why, name?))).collect();
        let other = names.iter().find_map(|name| {
            let first = *seen.get(name)?;
            (name.0 == "DOI" || !differ(references[first], reference)).then_some((first, name.0))
        });
        found.extend(other.map(|(first, why)| (at, first, why)));
        for name in names {
            seen.entry(name).or_insert(at);
        }
    }
    found
}

fn doi(reference: &Reference) -> Option<String> {
    let in_address = || bare_doi(reference.field("URL")).map(str::to_owned);
    doi_of(&reference.csl).or_else(in_address).map(|doi| doi.to_lowercase())
}

/// An address without what does not tell works apart: the scheme, `www.`, a slash at the end.
fn address(reference: &Reference) -> Option<String> {
    let url = address_of(&reference.csl).filter(|_| !reference.field("URL").is_empty())?;
    let rest = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
    let rest = rest.strip_prefix("www.").unwrap_or(rest).trim_end_matches('/');
    // The front page of a site is where many works are.
    rest.contains(['/', '?']).then(|| rest.to_owned())
}

/// A title with its first author and its year, without signs and capitals: a title alone is often that of many.
fn title(reference: &Reference) -> Option<String> {
    let title = folded(reference.field("title"));
    let author = reference.csl.get("author")?.get(0)?;
    let author = ["family", "literal"].iter().find_map(|part| author.get(part)?.as_str())?;
    let issued = reference.csl.get("issued")?;
    (!title.is_empty()).then(|| format!("{title}\n{}\n{issued}", folded(author)))
}

fn folded(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// True for references that say of themselves that they are two: of another place in the same volume, under another
/// title at the same address.
fn differ(a: &Reference, b: &Reference) -> bool {
    const FIELDS: [&str; 12] = [
        "title",
        "DOI",
        "ISBN",
        "page",
        "volume",
        "issue",
        "number",
        "edition",
        "genre",
        "section",
        "chapter-number",
        "container-title",
    ];
    FIELDS.iter().any(|field| {
        let value = |r: &Reference| r.csl.get(*field).map(|v| folded(v.as_str().unwrap_or(&v.to_string())));
        matches!((value(a), value(b)), (Some(a), Some(b)) if a != b)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn works_are_the_same_or_not() {
        let doe = json!([{"family": "Doe"}]);
        let cases = [
            (json!({"DOI": "10.1/X"}), json!({"DOI": "https://doi.org/10.1/x", "title": "t"}), "DOI"),
            (json!({"DOI": "10.1/a"}), json!({"DOI": "10.1/b"}), ""),
            (json!({"URL": "https://www.a.example/p/"}), json!({"URL": "http://a.example/p"}), "address"),
            (json!({"URL": "https://a.example/"}), json!({"URL": "https://a.example"}), ""),
            (
                json!({"URL": "https://a.example/book", "title": "One"}),
                json!({"URL": "https://a.example/book", "title": "Two"}),
                "",
            ),
            (
                json!({"title": "A title: of it", "author": doe, "issued": 1}),
                json!({"title": "A Title – Of It", "author": doe, "issued": 1}),
                "title",
            ),
            (
                json!({"title": "Preface", "author": doe, "issued": 1, "volume": 1}),
                json!({"title": "Preface", "author": doe, "issued": 1, "volume": 2}),
                "",
            ),
            (json!({"title": "Preface"}), json!({"title": "Preface"}), ""),
            (
                json!({"title": "T", "author": doe, "issued": 1}),
                json!({"title": "T", "author": doe, "issued": 2}),
                "",
            ),
        ];
        for (a, b, expected) in cases {
            let reference = |csl: &serde_json::Value| Reference {
                csl: csl.as_object().cloned().unwrap(),
                ..Reference::default()
            };
            let (a, b) = (reference(&a), reference(&b));
            let found = pairs(&[&a, &b]).first().map_or("", |(_, _, why)| *why);
            assert_eq!(found, expected, "{:?} {:?}", a.csl, b.csl);
        }
    }
}
