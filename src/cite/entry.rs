//! How a list of references shows a work when its source gives no words of its own: one calm general style.

use super::csl::{Name, date, names, text};
use super::markup;
use super::sentence::Line;
use super::short::{creators, doi, doi_address, host, url};
use crate::article::{Csl, Draft, Mark};

/// How addresses are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Links {
    /// As a host, or `doi:…`.
    Short,
    /// In full.
    Full,
}

/// Authors. “Title”. *Container*, volume(issue), pages. Place: Publisher. Date. host. Accessed date.
/// What the source does not give is not there, and neither is its punctuation.
pub fn entry(csl: &Csl) -> Draft {
    with_links(csl, Links::Short)
}

/// As [`entry`], with addresses as asked for.
pub(super) fn with_links(csl: &Csl, links: Links) -> Draft {
    let work = Work { csl, alone: stands_alone(csl) };
    let mut line = Line::default();
    let (role, creators) = creators(csl);
    work.creators(&mut line, role, &creators);
    let link_is_title = work.title(&mut line);
    work.container(&mut line, role);
    work.publisher(&mut line);
    work.date(&mut line);
    if !link_is_title || links == Links::Full {
        work.links(&mut line, links);
    }
    work.accessed(&mut line);
    line.finish(links == Links::Short)
}

/// True for works that stand alone, whose titles are set in italics; others stand in something, and are quoted.
pub(super) fn stands_alone(csl: &Csl) -> bool {
    match &*text(csl, "type") {
        "book" | "thesis" | "report" | "motion_picture" | "periodical" | "collection" | "software"
        | "dataset" | "map" | "musical_score" | "standard" | "pamphlet" | "classic" | "performance"
        | "legal_case" | "legislation" => true,
        "" | "document" => text(csl, "container-title").is_empty() && !text(csl, "publisher").is_empty(),
        _ => false,
    }
}

/// A work that is being shown.
struct Work<'a> {
    csl: &'a Csl,
    alone: bool,
}

impl Work<'_> {
    fn field(&self, name: &str) -> String {
        markup::plain(&text(self.csl, name)).trim().to_owned()
    }

    /// Up to six names, then "et al."; the role, where it is not the author's.
    fn creators(&self, line: &mut Line, role: &str, creators: &[Name]) {
        const SHOWN: usize = 6;
        let more = creators.len() > SHOWN || creators.iter().any(Name::is_others);
        let shown = creators.iter().filter(|n| !n.is_others()).take(SHOWN);
        let list = shown.map(Name::inverted).collect::<Vec<_>>().join("; ");
        if list.is_empty() {
            return;
        }
        line.words(&list);
        if more {
            line.words("; et al.");
        }
        let many = creators.len() > 1;
        match role {
            "editor" => line.words(if many { " (eds.)" } else { " (ed.)" }),
            "translator" => line.words(" (trans.)"),
            "compiler" => line.words(" (comp.)"),
            "director" => line.words(" (dir.)"),
            _ => {}
        }
    }

    /// The title; without one, the address's host and path, or the key. Answers whether it shows the address.
    fn title(&self, line: &mut Line) -> bool {
        let title = text(self.csl, "title");
        if markup::plain(&title).trim().is_empty() {
            return self.instead_of_title(line);
        }
        line.sentence();
        let start = line.draft.len();
        if self.alone {
            markup::push(&mut line.draft, &title, false);
            line.draft.mark(start, Mark::Emphasis);
        } else {
            line.words("“");
            markup::push(&mut line.draft, &title, true);
            line.words("”");
        }
        line.draft.mark(start, Mark::Strong);
        let aside = super::csl::join(&[&self.field("genre"), &self.field("number")], " ");
        if self.alone && !aside.is_empty() {
            line.words(&format!(" ({aside})"));
        }
        if !self.field("version").is_empty() {
            line.comma();
            line.words(&format!("version {}", self.field("version")));
        }
        false
    }

    fn instead_of_title(&self, line: &mut Line) -> bool {
        let Some(url) = url(self.csl) else {
            if line.draft.is_empty() && self.field("container-title").is_empty() && doi(self.csl).is_none() {
                line.words(&text(self.csl, "id"));
            }
            return false;
        };
        line.sentence();
        let path = url.split_once("://").map_or("", |(_, rest)| rest);
        let path = path.find('/').and_then(|at| path.get(at..)).unwrap_or("");
        let path = path.split(['?', '#']).next().unwrap_or("").trim_end_matches('/');
        let start = line.draft.len();
        line.words(&format!("{}{path}", host(&url)));
        line.draft.mark(start, Mark::Strong);
        line.draft.mark(start, Mark::Link(url));
        true
    }

    /// *Container*, edited by …, 2nd edition, 12(3), 4–5. Series 7.
    fn container(&self, line: &mut Line, role: &str) {
        let container = text(self.csl, "container-title");
        let mut parts: Vec<String> = Vec::new();
        if role != "editor" {
            parts.extend(self.by("editor", "edited by"));
        }
        if role != "translator" {
            parts.extend(self.by("translator", "translated by"));
        }
        parts.extend(self.edition());
        parts.extend(self.volume());
        parts.extend(self.pages());
        if !container.is_empty() {
            line.sentence();
            let start = line.draft.len();
            markup::push(&mut line.draft, &container, false);
            line.draft.mark(start, Mark::Emphasis);
        }
        for (at, part) in parts.iter().enumerate() {
            if at == 0 && container.is_empty() {
                line.sentence();
                line.words(&if part.starts_with(['p', 'n']) { part.clone() } else { capitalised(part) });
            } else {
                line.comma();
                line.words(part);
            }
        }
        self.setting(line);
    }

    /// The series and the event that the work belongs to.
    fn setting(&self, line: &mut Line) {
        let series = self.field("collection-title");
        let series = super::csl::join(&[&series, &self.field("collection-number")], " ");
        let event = [self.field("event-title"), self.field("event")].into_iter().find(|e| !e.is_empty());
        for words in [Some(series), event].into_iter().flatten().filter(|w| !w.is_empty()) {
            line.sentence();
            line.words(&words);
        }
    }

    fn by(&self, role: &str, words: &str) -> Option<String> {
        let names: Vec<String> = names(self.csl, role).iter().take(3).map(Name::natural).collect();
        match names.as_slice() {
            [] => None,
            [one] => Some(format!("{words} {one}")),
            [one, two] => Some(format!("{words} {one} and {two}")),
            [first, ..] => Some(format!("{words} {first} et al.")),
        }
    }

    fn edition(&self) -> Option<String> {
        let edition = self.field("edition");
        match edition.parse::<u32>() {
            Ok(number) => Some(format!("{number}{} edition", ordinal(number))),
            Err(_) => (!edition.is_empty()).then_some(edition),
        }
    }

    /// `12(3)` of a journal; of a book `volume 12`.
    fn volume(&self) -> Option<String> {
        let (volume, issue) = (self.field("volume"), self.field("issue"));
        let number = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
        match (volume.as_str(), issue.as_str()) {
            ("", "") => None,
            ("", issue) if number(issue) => Some(format!("no. {issue}")),
            ("", issue) => Some(issue.to_owned()),
            (volume, "") if self.is_book() && number(volume) => Some(format!("volume {volume}")),
            (volume, "") => Some(volume.to_owned()),
            (volume, issue) => Some(format!("{volume}({issue})")),
        }
    }

    fn pages(&self) -> Option<String> {
        let pages = pages(&self.field("page"));
        let many = pages.contains(['–', ',']);
        match pages.as_str() {
            "" => None,
            _ if !self.is_book() || !pages.starts_with(|c: char| c.is_ascii_digit()) => Some(pages),
            _ if many => Some(format!("pp. {pages}")),
            _ => Some(format!("p. {pages}")),
        }
    }

    fn is_book(&self) -> bool {
        self.alone
            || matches!(&*text(self.csl, "type"), "chapter" | "paper-conference" | "entry-encyclopedia")
    }

    fn publisher(&self, line: &mut Line) {
        let (place, publisher) = (self.field("publisher-place"), self.field("publisher"));
        let known = publisher == self.field("container-title");
        let words = match (place.as_str(), publisher.as_str()) {
            (_, _) if known => return,
            ("", "") => return,
            ("", publisher) => publisher.to_owned(),
            (place, "") => place.to_owned(),
            (place, publisher) => format!("{place}: {publisher}"),
        };
        line.sentence();
        line.words(&words);
    }

    fn date(&self, line: &mut Line) {
        if let Some(date) = date(self.csl, "issued") {
            line.sentence();
            line.words(&capitalised_unless(&date.words(), date.circa));
        }
    }

    fn links(&self, line: &mut Line, links: Links) {
        let (doi, url) = (doi(self.csl), url(self.csl));
        if let Some(doi) = &doi {
            line.sentence();
            let address = doi_address(doi);
            let shown = if links == Links::Full { address.clone() } else { format!("doi:{doi}") };
            line.draft.push_marked(&shown, Mark::Link(address));
        }
        let resolver = |url: &str| matches!(host(url), "doi.org" | "dx.doi.org");
        if let Some(url) = url.filter(|url| doi.is_none() || !resolver(url)) {
            line.sentence();
            let shown = if links == Links::Full { url.clone() } else { host(&url).to_owned() };
            line.draft.push_marked(&shown, Mark::Link(url));
        }
    }

    fn accessed(&self, line: &mut Line) {
        // What has a DOI does not change: when it was looked at says nothing.
        if let Some(date) = date(self.csl, "accessed").filter(|_| doi(self.csl).is_none()) {
            line.sentence();
            line.words(&format!("Accessed {}", date.words()));
        }
    }
}

/// Hyphens between pages are en dashes.
fn pages(text: &str) -> String {
    let between = text.replace("--", "–");
    let mut out = String::with_capacity(between.len() + 4);
    let mut rest = between.chars().peekable();
    while let Some(c) = rest.next() {
        let range = c == '-'
            && out.ends_with(|c: char| c.is_ascii_digit())
            && rest.peek().is_some_and(char::is_ascii_digit);
        out.push(if range { '–' } else { c });
    }
    out
}

fn ordinal(number: u32) -> &'static str {
    match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    }
}

fn capitalised(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

fn capitalised_unless(words: &str, not: bool) -> String {
    if not { words.to_owned() } else { capitalised(words) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn csl(json: &str) -> Csl {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn works_are_shown_with_what_they_have() {
        let cases = [
            (
                r#"{"type":"webpage","title":"Letters kept by 'clerk'","container-title":"The Paper",
                    "URL":"https://www.paper.example/a/b?c","accessed":{"date-parts":[[2025,6,26]]}}"#,
                "“Letters kept by 'clerk'”. The Paper. paper.example. Accessed 26 June 2025.",
            ),
            (
                r#"{"type":"article-journal","author":[{"family":"Doe","given":"J."},{"family":"Roe","given":"R."}],
                    "title":"Is it so?","container-title":"Journal","volume":12,"issue":"3","page":"4-5",
                    "issued":{"date-parts":[[2020]]},"DOI":"10.1000/1"}"#,
                "Doe, J.; Roe, R. “Is it so?” Journal, 12(3), 4–5. 2020. doi:10.1000/1.",
            ),
            (
                r#"{"type":"book","author":[{"family":"Doe","given":"Jane"}],"title":"A Book!","edition":2,"volume":"3",
                    "publisher":"Press Ltd.","publisher-place":"London","issued":"1999~"}"#,
                "Doe, Jane. A Book! 2nd edition, volume 3. London: Press Ltd. c. 1999.",
            ),
            (
                r#"{"type":"chapter","author":[{"family":"Doe"}],"editor":[{"family":"Roe","given":"R."}],
                    "title":"Ends with a stop.","container-title":"The Whole","page":"119--147","publisher":"CUP"}"#,
                "Doe. “Ends with a stop.” The Whole, edited by R. Roe, pp. 119–147. CUP.",
            ),
            (r#"{"type":"book","editor":[{"family":"A"},{"family":"B"}],"title":"T"}"#, "A; B (eds.). T."),
            (
                r#"{"author":[{"family":"A"},{"family":"B"},{"family":"C"},{"family":"D"},{"family":"E"},{"family":"F"},
                    {"family":"G"}],"title":"T"}"#,
                "A; B; C; D; E; F; et al. “T”.",
            ),
            (r#"{"author":[{"family":"A"},{"literal":"others"}]}"#, "A; et al."),
            (r#"{"type":"thesis","title":"T","genre":"PhD thesis","publisher":"U"}"#, "T (PhD thesis). U."),
            (r#"{"URL":"https://www.a.example/b/c/?d"}"#, "a.example/b/c."),
            (r#"{"id":"key"}"#, "key."),
            (r#"{"issued":"in press"}"#, "In press."),
            (r#"{"title":"Say \"yes\" and “no”"}"#, "“Say ‘yes’ and ‘no’”."),
            (r#"{"title":"a\u001b[31m\nb"}"#, "“a␛[31m b”."),
            (r#"{"DOI":"10.1/x","URL":"https://doi.org/10.1/x"}"#, "doi.org/10.1/x."),
            (r#"{"title":"T","DOI":"10.1/x","URL":"https://doi.org/10.1/x"}"#, "“T”. doi:10.1/x."),
            (r#"{"container-title":"Weekly","issue":"7","publisher":"Weekly"}"#, "Weekly, no. 7."),
            ("{}", ""),
        ];
        for (json, expected) in cases {
            assert_eq!(entry(&csl(json)).as_str(), expected, "{json}");
        }
    }

    #[test]
    fn marks_say_what_is_title_and_link() {
        let draft = entry(&csl(
            r#"{"type":"article-journal","title":"An <i>X</i>","container-title":"J","URL":"https://www.a.example/b"}"#,
        ));
        let shown: Vec<(&str, &Mark)> =
            draft.marks().iter().map(|(r, m)| (&draft.as_str()[r.clone()], m)).collect();
        let link = Mark::Link("https://www.a.example/b".into());
        let expected =
            [("X", &Mark::Emphasis), ("“An X”", &Mark::Strong), ("J", &Mark::Emphasis), ("a.example", &link)];
        assert_eq!(shown, expected);
        let full = with_links(&csl(r#"{"title":"T","DOI":"10.1/x"}"#), Links::Full);
        assert_eq!(full.as_str(), "“T”. https://doi.org/10.1/x");
    }
}
