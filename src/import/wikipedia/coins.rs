//! The metadata that a citation template writes beside its words (COinS: an OpenURL in a `title`), as CSL.

use serde_json::{Value, json};
use url::form_urlencoded;

use crate::article::Csl;
use crate::cite;

/// The fields of a work; nothing where it gives none.
pub fn read(title: &str) -> Csl {
    let pairs: Vec<(String, String)> = form_urlencoded::parse(title.as_bytes())
        .map(|(k, v)| (k.into_owned(), v.trim().to_owned()))
        .collect();
    let all = |name: &'static str| {
        pairs.iter().filter(move |(k, v)| k == name && !v.is_empty()).map(|(_, v)| v.as_str())
    };
    let one = |name: &'static str| all(name).next().unwrap_or("");
    let mut csl = Csl::new();
    let mut put = |name: &str, value: &str| {
        if !value.is_empty() {
            csl.entry(name).or_insert_with(|| value.into());
        }
    };
    let (article, container, genre) = (one("rft.atitle"), one("rft.jtitle"), one("rft.genre"));
    let book = one("rft.btitle");
    let other = if one("rft.title").is_empty() { one("rft.stitle") } else { one("rft.title") };
    let kind = kind(genre, one("rft_val_fmt"), !article.is_empty(), !container.is_empty());
    put("type", kind);
    match (article.is_empty(), container.is_empty(), book.is_empty()) {
        (false, false, _) => {
            put("title", article);
            put("container-title", container);
        }
        (false, true, false) => {
            put("title", article);
            put("container-title", book);
        }
        (false, true, true) => {
            put("title", article);
            put("container-title", other);
        }
        (true, true, false) => put("title", book),
        (true, ..) => put("title", if other.is_empty() { container } else { other }),
    }
    for (field, key) in [
        ("volume", "rft.volume"),
        ("issue", "rft.issue"),
        ("publisher", "rft.pub"),
        ("publisher-place", "rft.place"),
        ("edition", "rft.edition"),
        ("ISBN", "rft.isbn"),
        ("ISSN", "rft.issn"),
    ] {
        put(field, one(key));
    }
    put("page", &pages(one("rft.pages"), one("rft.spage"), one("rft.epage")));
    for id in all("rft_id") {
        match id.split_once(':') {
            Some(("http" | "https", _)) => put("URL", id),
            Some(("info", rest)) => {
                let (name, value) = rest.split_once('/').unwrap_or((rest, ""));
                let field = match name {
                    "doi" => "DOI",
                    "pmid" => "PMID",
                    _ => continue,
                };
                put(field, value);
            }
            _ => {}
        }
    }
    let authors = authors(&pairs);
    if !authors.is_empty() {
        csl.insert("author".to_owned(), authors.into());
    }
    if let Some(date) = date(one("rft.date")) {
        csl.insert("issued".to_owned(), date);
    }
    if csl.contains_key("title") || csl.contains_key("URL") { csl } else { Csl::new() }
}

fn kind(genre: &str, format: &str, article: bool, container: bool) -> &'static str {
    match genre {
        "article" => "article-journal",
        "proceeding" | "conference" => "paper-conference",
        "bookitem" => "chapter",
        "book" => "book",
        "report" => "report",
        "dissertation" => "thesis",
        "preprint" => "article",
        _ if format.ends_with(":dissertation") => "thesis",
        // A web page is given as an article, or a book, of no known kind.
        "unknown" if article || container || format.ends_with(":book") => "webpage",
        _ => "document",
    }
}

fn pages(pages: &str, first: &str, last: &str) -> String {
    match (pages, first, last) {
        ("", "", _) => String::new(),
        ("", first, "") => first.to_owned(),
        ("", first, last) => format!("{first}–{last}"),
        (pages, ..) => pages.to_owned(),
    }
}

/// The first author in parts, the others in one string each; the first is repeated among them in newer pages.
fn authors(pairs: &[(String, String)]) -> Vec<Value> {
    let one =
        |name: &str| pairs.iter().find(|(k, v)| k == name && !v.is_empty()).map_or("", |(_, v)| v.as_str());
    let (family, given) = (one("rft.aulast"), one("rft.aufirst"));
    let given = if given.is_empty() { one("rft.auinit") } else { given };
    let mut authors = Vec::new();
    let mut first = String::new();
    if !family.is_empty() {
        first = if given.is_empty() { family.to_owned() } else { format!("{family}, {given}") };
        authors.push(name(family, given));
    }
    let named = pairs.iter().filter(|(k, v)| matches!(k.as_str(), "rft.au" | "rft.aucorp") && !v.is_empty());
    for (_, author) in named.filter(|(_, v)| *v != first) {
        authors.push(match author.split_once(", ") {
            Some((family, given)) => name(family, given),
            None => json!({ "literal": author }),
        });
    }
    authors
}

fn name(family: &str, given: &str) -> Value {
    if given.is_empty() { json!({ "literal": family }) } else { json!({ "family": family, "given": given }) }
}

/// A date: ISO 8601, as far as it goes, or the words that are given.
fn date(given: &str) -> Option<Value> {
    if given.is_empty() {
        return None;
    }
    let parts: Vec<Option<i64>> = given.split('-').map(|part| part.parse().ok()).collect();
    let fits = matches!(
        parts[..],
        [Some(1000..=2999)]
            | [Some(1000..=2999), Some(1..=12)]
            | [Some(1000..=2999), Some(1..=12), Some(1..=31)]
    );
    Some(if fits { json!({ "date-parts": [parts] }) } else { json!({ "raw": given }) })
}

/// The fields of an entry: those that its template writes, and when it was looked at, which only its words say.
pub fn entry(titles: &[String], words: &str) -> Csl {
    let parsed = cite::words::parse(words).csl;
    let [title] = titles else { return parsed };
    let mut csl = read(title);
    if csl.is_empty() {
        return parsed;
    }
    if let Some(accessed) = parsed.get("accessed") {
        csl.entry("accessed").or_insert_with(|| accessed.clone());
    }
    csl
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_a_template_are_read() {
        let journal = "ctx_ver=Z39.88-2004&rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Ajournal&rft.genre=article\
            &rft.jtitle=Weir+Quarterly&rft.atitle=On+Weirs&rft.volume=9&rft.pages=2579-2605&rft.date=2008-11\
            &rft.aulast=van+der+Weir&rft.aufirst=L.&rft.au=Brook%2C+G.&rft_id=info%3Adoi%2F10.1%2Fx";
        assert_eq!(
            Value::from(read(journal)),
            json!({
                "type": "article-journal", "title": "On Weirs", "container-title": "Weir Quarterly", "volume": "9",
                "page": "2579-2605", "DOI": "10.1/x", "issued": {"date-parts": [[2008, 11]]},
                "author": [{"family": "van der Weir", "given": "L."}, {"family": "Brook", "given": "G."}],
            })
        );
        let web = "rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Ajournal&rft.genre=unknown&rft.jtitle=Port&rft.atitle=Rails\
            &rft.date=Spring+1990&rft.aulast=Doe&rft.aufirst=J.&rft.au=Doe%2C+J.&rft_id=https%3A%2F%2Fa.example";
        let read = Value::from(read(web));
        assert_eq!((&read["type"], &read["issued"]), (&json!("webpage"), &json!({"raw": "Spring 1990"})));
        assert_eq!(read["author"].as_array().map(Vec::len), Some(1));
        assert!(super::read("ctx_ver=Z39.88-2004").is_empty());
    }
}
