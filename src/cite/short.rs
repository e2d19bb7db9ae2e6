//! The short forms of a reference: author, year, kind, host and address, as a card or a margin has room for them.

use super::csl::{Name, date, first_text, names, text};
use super::markup;
use crate::article::{Csl, safe};

/// Roles whose names may stand where an author's would, in this order.
pub(super) const ROLES: [&str; 9] = [
    "author",
    "director",
    "composer",
    "performer",
    "host",
    "interviewer",
    "editor",
    "compiler",
    "translator",
];

/// The names that stand for the author, and their role.
pub(super) fn creators(csl: &Csl) -> (&'static str, Vec<Name>) {
    let found = ROLES.into_iter().map(|role| (role, names(csl, role))).find(|(_, names)| !names.is_empty());
    found.unwrap_or(("author", Vec::new()))
}

/// `Doe` · `Doe & Roe` · `Doe et al.`; an editor where there is no author, else the first words of the title.
pub fn author(csl: &Csl) -> String {
    match people(csl) {
        people if people.is_empty() => safe::line(&title_words(csl)).into_owned(),
        people => people,
    }
}

/// The same of names alone; empty where the source gives none.
pub fn people(csl: &Csl) -> String {
    let (_, names) = creators(csl);
    let others = names.iter().any(Name::is_others);
    let names: Vec<String> = names.iter().filter(|n| !n.is_others()).map(Name::short).collect();
    let short = match names.as_slice() {
        [] => return String::new(),
        [one] if !others => one.clone(),
        [one, two] if !others => format!("{one} & {two}"),
        [first, ..] => format!("{first} et al."),
    };
    safe::line(&short).into_owned()
}

/// The first words of the title, at most four and about thirty characters; without a title the host or the key.
fn title_words(csl: &Csl) -> String {
    let title = markup::plain(&first_text(csl, &["title-short", "shortTitle", "title"]));
    if title.trim().is_empty() {
        return match address(csl) {
            Some(address) => host(&address).to_owned(),
            None => text(csl, "id").into_owned(),
        };
    }
    let mut out = String::new();
    let mut words = title.split_whitespace();
    for word in words.by_ref().take(4) {
        if !out.is_empty() && out.chars().count() + word.chars().count() > 30 {
            return out + "…";
        }
        out.push_str(if out.is_empty() { "" } else { " " });
        out.extend(word.chars().take(40));
    }
    if words.next().is_some() { out.trim_end_matches([',', ':', ';', '.']).to_owned() + "…" } else { out }
}

/// The year of publication as it is shown: `2025`, `44 BC`.
pub fn year(csl: &Csl) -> Option<String> {
    date(csl, "issued")?.year()
}

/// What sort of work it is, in a word, from its CSL type (and nothing else).
pub fn kind(csl: &Csl) -> &'static str {
    match &*text(csl, "type") {
        "webpage" => "Web",
        "article-newspaper" => "News",
        "article-journal" => "Journal",
        "article-magazine" => "Magazine",
        "article" => "Article",
        "book" | "classic" => "Book",
        "collection" => "Collection",
        "chapter" => "Chapter",
        "report" => "Report",
        "thesis" => "Thesis",
        "paper-conference" => "Paper",
        "dataset" => "Dataset",
        "software" => "Software",
        "motion_picture" => "Film",
        "broadcast" => "Video",
        "song" => "Song",
        "musical_score" => "Score",
        "map" => "Map",
        "figure" | "graphic" => "Image",
        "bill" | "hearing" | "legal_case" | "legislation" | "regulation" | "treaty" => "Law",
        "patent" => "Patent",
        "standard" => "Standard",
        "interview" => "Interview",
        "personal_communication" => "Letter",
        "entry-encyclopedia" => "Encyclopedia",
        "entry-dictionary" => "Dictionary",
        "entry" => "Entry",
        "post" | "post-weblog" => "Post",
        "speech" => "Talk",
        "event" => "Event",
        "performance" => "Performance",
        "manuscript" => "Manuscript",
        "pamphlet" => "Pamphlet",
        "periodical" => "Periodical",
        "review" | "review-book" => "Review",
        "" if !text(csl, "URL").is_empty() => "Web",
        _ => "Document",
    }
}

/// The host of an address, as a reader should see it: without scheme, user, port and `www.`
pub fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    // Browsers end the host at a backslash too, so that `a.example\@b.example` leads to the first.
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or("");
    let host = authority.rsplit('@').next().unwrap_or("");
    let host = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    match host.get(..4) {
        Some(www) if www.eq_ignore_ascii_case("www.") => host.get(4..).unwrap_or(""),
        _ => host,
    }
}

/// Where the work can be opened: its URL, else its DOI. Only `http` and `https`.
pub fn address(csl: &Csl) -> Option<String> {
    url(csl).or_else(|| doi(csl).map(|doi| doi_address(&doi)))
}

/// The URL, if it is one that a browser opens.
pub(super) fn url(csl: &Csl) -> Option<String> {
    let url = safe::address(&first_text(csl, &["URL", "url"]));
    (is_web(&url) && !host(&url).is_empty()).then_some(url)
}

/// True for `http://…` and `https://…`
pub(super) fn is_web(url: &str) -> bool {
    let scheme = |name: &str| url.get(..name.len()).is_some_and(|s| s.eq_ignore_ascii_case(name));
    scheme("https://") || scheme("http://")
}

/// The DOI without what programs write before it: `10.1000/182`.
pub fn doi(csl: &Csl) -> Option<String> {
    bare_doi(&first_text(csl, &["DOI", "doi"])).map(str::to_owned)
}

/// Takes the resolver's address or `doi:` off a DOI.
pub fn bare_doi(text: &str) -> Option<&str> {
    const PREFIXES: [&str; 6] = [
        "https://doi.org/",
        "http://doi.org/",
        "https://dx.doi.org/",
        "http://dx.doi.org/",
        "doi.org/",
        "doi:",
    ];
    let mut doi = text.trim();
    for prefix in PREFIXES {
        if doi.get(..prefix.len()).is_some_and(|p| p.eq_ignore_ascii_case(prefix)) {
            doi = doi.get(prefix.len()..).unwrap_or("").trim_start();
        }
    }
    let is_doi = (doi.starts_with("10.") || doi.starts_with("10/")) && doi.contains('/');
    (is_doi && !doi.contains(char::is_whitespace)).then_some(doi)
}

/// The address at which a DOI is resolved.
pub(super) fn doi_address(doi: &str) -> String {
    let mut out = String::from("https://doi.org/");
    for c in doi.chars() {
        match c {
            '%' | '#' | '?' | '<' | '>' | '"' | '\\' | '{' | '}' | '^' | '|' | '`' => {
                out.push_str(&format!("%{:02X}", c as u32));
            }
            c => out.push(c),
        }
    }
    safe::address(&out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn csl(json: &str) -> Csl {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn authors_are_short() {
        let cases = [
            (r#"{"author":[{"family":"Doe","given":"J."}]}"#, "Doe"),
            (
                r#"{"author":[{"family":"Doe"},{"family":"Berg","non-dropping-particle":"van"}]}"#,
                "Doe & van Berg",
            ),
            (r#"{"author":[{"family":"Doe"},{"family":"Roe"},{"family":"Poe"}]}"#, "Doe et al."),
            (r#"{"author":[{"family":"Doe"},{"literal":"others"}]}"#, "Doe et al."),
            (r#"{"author":[{"literal":"NATO"}]}"#, "NATO"),
            (r#"{"editor":[{"family":"Roe"}],"title":"x"}"#, "Roe"),
            (r#"{"title":"On <i>the</i> origin of species, by means"}"#, "On the origin of…"),
            (r#"{"title":"Two words"}"#, "Two words"),
            (r#"{"URL":"https://www.example.org/x"}"#, "example.org"),
            (r#"{"id":"key"}"#, "key"),
            (r#"{"author":[{"literal":"a\u001b[31m"}]}"#, "a␛[31m"),
            ("{}", ""),
        ];
        for (json, expected) in cases {
            assert_eq!(author(&csl(json)), expected, "{json}");
        }
    }

    #[test]
    fn hosts_cannot_be_disguised() {
        let cases = [
            ("https://www.example.org/a?b#c", "example.org"),
            ("http://example.org:8080/", "example.org"),
            ("https://good.example@evil.example/", "evil.example"),
            (r"https://evil.example\@good.example/", "evil.example"),
            ("https://user:pass@host.example:1", "host.example"),
            ("https://[::1]/x", "[::1]"),
            ("example.org/x", "example.org"),
            ("https://WWW.example.org", "example.org"),
            ("", ""),
        ];
        for (url, expected) in cases {
            assert_eq!(host(url), expected, "{url}");
        }
    }

    #[test]
    fn only_the_web_is_an_address() {
        let cases = [
            (r#"{"URL":"https://a.example/b c"}"#, Some("https://a.example/b%20c")),
            (r#"{"URL":"HTTP://a.example"}"#, Some("HTTP://a.example")),
            (r#"{"URL":"javascript:alert(1)","DOI":"10.1/x"}"#, Some("https://doi.org/10.1/x")),
            (
                r#"{"DOI":"https://dx.doi.org/10.1002/(SICI)1<1::A>3.0"}"#,
                Some("https://doi.org/10.1002/(SICI)1%3C1::A%3E3.0"),
            ),
            (r#"{"DOI":"doi: 10.1/x"}"#, Some("https://doi.org/10.1/x")),
            (r#"{"DOI":"10/fqd6hj"}"#, Some("https://doi.org/10/fqd6hj")),
            (r#"{"DOI":"see text"}"#, None),
            (r#"{"URL":"file:///etc/passwd"}"#, None),
            (r#"{"URL":"https://"}"#, None),
        ];
        for (json, expected) in cases {
            assert_eq!(address(&csl(json)).as_deref(), expected, "{json}");
        }
    }

    #[test]
    fn kinds_and_years() {
        let cases = [
            (r#"{"type":"webpage","container-title":"The Times"}"#, "Web", None),
            (r#"{"type":"article-newspaper","issued":{"date-parts":[[2025,6]]}}"#, "News", Some("2025")),
            (r#"{"type":"legal_case","issued":"-0043"}"#, "Law", Some("44 BC")),
            (r#"{"URL":"https://a.example"}"#, "Web", None),
            (r#"{"type":7}"#, "Document", None),
        ];
        for (json, name, when) in cases {
            let csl = csl(json);
            assert_eq!((kind(&csl), year(&csl).as_deref()), (name, when), "{json}");
        }
    }
}
