//! A reference in two lines, as a list of many or a margin has room for them: people and title, container and date; and
//! the words that it is found by.

use super::csl::{date, first_text, names, text};
use super::entry::stands_alone;
use super::markup;
use super::short::{ROLES, address, creators, host, people};
use crate::article::{Csl, Draft, safe, script};

/// A reference in two lines. What the source does not give is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brief {
    /// `Doe & Roe`
    pub people: String,
    /// The title, as plain text shows it.
    pub title: String,
    /// The title is that of a part of something, and stands in quotation marks.
    pub quoted: bool,
    /// What it is a part of, else who published it, else its host.
    pub container: String,
    /// When it was published, in words.
    pub date: String,
}

impl Brief {
    /// People and title in one: `Doe et al., “Title”`; a title alone stands bare; without either, the host.
    pub fn head(&self) -> String {
        match (self.people.as_str(), self.title.as_str()) {
            ("", "") => self.container.clone(),
            ("", words) | (words, "") => words.to_owned(),
            (people, title) if self.quoted => format!("{people}, “{title}”"),
            (people, title) => format!("{people}, {title}"),
        }
    }

    /// The container, unless the head says it already.
    pub fn place(&self) -> &str {
        if self.people.is_empty() && self.title.is_empty() { "" } else { &self.container }
    }
}

/// The two lines of a reference.
pub fn brief(csl: &Csl) -> Brief {
    let quoted = !stands_alone(csl);
    let mut title = Draft::default();
    markup::push(&mut title, &first_text(csl, &["title", "title-short", "shortTitle"]), quoted);
    Brief {
        people: people(csl),
        title: script::of_draft(&title).trim().to_owned(),
        quoted,
        container: container(csl),
        date: date(csl, "issued").map_or(String::new(), |d| safe::line(&d.words()).into_owned()),
    }
}

fn container(csl: &Csl) -> String {
    let words = markup::plain(&first_text(csl, &["container-title", "publisher", "event-title"]));
    let words = safe::line(words.trim()).into_owned();
    match address(csl) {
        Some(address) if words.is_empty() => host(&address).to_owned(),
        _ => words,
    }
}

/// The year it was published in, as CSL counts: for putting references in order.
pub fn year_number(csl: &Csl) -> Option<i32> {
    let date = date(csl, "issued")?;
    Some(date.from.or(date.to)?.year)
}

/// The words that a reference is found by, in lower case: people, title, container, year.
pub fn found_by(csl: &Csl) -> String {
    let mut words = String::new();
    let mut add = |part: &str| {
        words.push_str(part);
        words.push(' ');
    };
    for role in ROLES.iter().filter(|role| csl.contains_key(**role)) {
        names(csl, role).iter().for_each(|name| add(&name.natural()));
    }
    for field in ["title", "title-short", "container-title", "publisher"] {
        match text(csl, field) {
            marked if marked.contains(['<', '&']) => add(&markup::plain(&marked)),
            plain => add(&plain),
        }
    }
    if let Some(date) = date(csl, "issued") {
        add(&date.year().unwrap_or(date.literal));
    }
    words.to_lowercase()
}

/// What people are put in order by, in lower case: the short names, else the title.
pub fn filed_under(csl: &Csl) -> String {
    let (_, names) = creators(csl);
    let mut filed: Vec<String> = names.iter().map(|name| name.short()).collect();
    if filed.is_empty() {
        filed.push(markup::plain(&first_text(csl, &["title", "title-short", "shortTitle"])));
    }
    let filed = filed.join(" ").to_lowercase();
    filed.trim_start_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn csl(json: &str) -> Csl {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn two_lines_have_what_the_source_gives() {
        let cases = [
            (
                r#"{"type":"article-newspaper","title":"A “quoted” <i>title</i>","author":[{"family":"Doe"},{"family":"Roe"}],
                    "container-title":"The Paper","issued":{"date-parts":[[2025,6,24]]},"URL":"https://a.example"}"#,
                ("Doe & Roe", "A ‘quoted’ title", true, "The Paper", "24 June 2025"),
            ),
            (
                r#"{"type":"book","title":"Cranes","publisher":"Weir Press","issued":{"date-parts":[[1998]]}}"#,
                ("", "Cranes", false, "Weir Press", "1998"),
            ),
            (
                r#"{"type":"webpage","title":"a\u001b[2J","URL":"https://www.a.example/x"}"#,
                ("", "a␛[2J", true, "a.example", ""),
            ),
            ("{}", ("", "", true, "", "")),
        ];
        for (json, (people, title, quoted, container, date)) in cases {
            let is = brief(&csl(json));
            assert_eq!((is.people.as_str(), is.title.as_str(), is.quoted), (people, title, quoted), "{json}");
            assert_eq!((is.container.as_str(), is.date.as_str()), (container, date), "{json}");
        }
    }

    #[test]
    fn a_reference_is_found_by_its_people_title_container_and_year() {
        let csl = csl(
            r#"{"title":"On <i>Weirs</i>","container-title":"JOURNAL of Water","author":[{"family":"Ägren","given":"Åsa"}],
                "editor":[{"literal":"NATO"}],"issued":"-0043","accessed":"2025","note":"hidden"}"#,
        );
        let words = found_by(&csl);
        for found in ["ägren", "åsa", "nato", "on weirs", "journal of water", "44 bc"] {
            assert!(words.contains(found), "{found} in {words}");
        }
        assert!(!words.contains("hidden") && !words.contains("2025"));
        assert_eq!((year_number(&csl), filed_under(&csl).as_str()), (Some(-44), "ägren"));
    }

    #[test]
    fn what_has_no_author_is_filed_under_its_title() {
        assert_eq!(filed_under(&csl(r#"{"title":"“Zero” hours"}"#)), "zero” hours");
        assert_eq!((filed_under(&csl("{}")).as_str(), year_number(&csl("{}"))), ("", None));
    }

    #[test]
    fn a_work_in_a_few_words() {
        for (json, words) in [
            (
                r#"{"type":"article-newspaper","title":"NATO’s “flattery”","author":[{"family":"Gray"},{"family":"Roe"},{"family":"Poe"}],"container-title":"Reuters","issued":{"date-parts":[[2025,6,27]]}}"#,
                ["Gray et al., “NATO’s ‘flattery’”", "Reuters", "27 June 2025"],
            ),
            (
                r#"{"type":"webpage","title":"Trump <i>discloses</i>","URL":"https://www.example.org/x","issued":"2025"}"#,
                ["Trump discloses", "example.org", "2025"],
            ),
            (
                r#"{"type":"book","title":"The Footnote","author":[{"family":"Grafton"}],"publisher":"Harvard"}"#,
                ["Grafton, The Footnote", "Harvard", ""],
            ),
            (r#"{"URL":"https://a.example/b"}"#, ["a.example", "", ""]),
            (r#"{"author":[{"literal":"NATO"}],"issued":"-0043"}"#, ["NATO", "", "44 BC"]),
            (r#"{"title":"a\u001b[31m\nb"}"#, ["a␛[31m b", "", ""]),
            ("{}", ["", "", ""]),
        ] {
            let about = brief(&csl(json));
            let found = [about.head(), about.place().to_owned(), about.date];
            assert_eq!(found, words, "{json}");
        }
    }
}
