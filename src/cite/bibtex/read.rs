//! BibTeX entries become CSL items, one by one.

use serde_json::Value;

use super::fields::{DATES, NAMES, TEXTS};
use super::scan::{self, Entry};
use super::{inherit, names, tex, types};
use crate::article::Csl;
use crate::cite::short::{bare_doi, is_web};
use crate::cite::{Date, Name, Read};

/// Reads every entry of a `.bib` file. An entry that is broken gives what can be read of it, and a complaint.
pub fn read(text: &str) -> Read {
    let mut entries = scan::entries(text.trim_start_matches('\u{feff}'));
    let missing = inherit::resolve(&mut entries);
    let mut read = Read::default();
    for (at, name) in missing {
        read.complain(entries[at].line, "", format!("{name} is not in the file"));
    }
    for entry in entries.into_iter().filter(|e| e.kind != "xdata") {
        let mut key = entry.key.clone();
        if key.is_empty() {
            key = read.made_key();
            read.complain(entry.line, "", format!("has no key: it is called {key}"));
        }
        if entry.broken {
            read.complain(entry.line, "", format!("{key} is not well-formed: read as far as it can be"));
        }
        let mut csl = Work { entry: &entry, csl: Csl::new() }.read();
        csl.insert("id".into(), key.clone().into());
        read.works.push((key, csl));
    }
    read
}

/// An entry, and the item it becomes.
struct Work<'a> {
    entry: &'a Entry,
    csl: Csl,
}

impl Work<'_> {
    fn read(mut self) -> Csl {
        let kind = types::read(&self.entry.kind, &self.first(&["entrysubtype"]).to_lowercase());
        self.put("type", kind.to_owned());
        self.names();
        self.titles(kind);
        for (fields, csl) in TEXTS {
            let value = self.first(fields);
            self.put(csl, value);
        }
        self.numbers(kind);
        self.publisher();
        self.dates();
        self.addresses();
        self.genre();
        self.csl
    }

    fn raw(&self, field: &str) -> &str {
        self.entry.fields.get(field).map_or("", |value| value.trim())
    }

    /// The first of these fields that says something.
    fn first(&self, fields: &[&str]) -> String {
        fields
            .iter()
            .map(|field| tex::decode(self.raw(field)))
            .find(|text| !text.is_empty())
            .unwrap_or_default()
    }

    fn put(&mut self, field: &str, value: String) {
        if !value.is_empty() {
            self.csl.insert(field.to_owned(), value.into());
        }
    }

    fn names(&mut self) {
        for (field, role) in NAMES {
            let role = match (field, self.raw("editortype")) {
                ("editor", "director") => "director",
                ("editor", "compiler") => "compiler",
                _ => role,
            };
            let names = names::read(self.raw(field));
            if !names.is_empty() {
                let names = names.iter().map(Name::to_csl).collect();
                self.csl.insert(role.to_owned(), Value::Array(names));
            }
        }
    }

    fn titles(&mut self, kind: &str) {
        let book = self.titled(&["booktitle"], "booksubtitle");
        let title = self.titled(&["title"], "subtitle");
        // A book that gives its title as that of the book has no other.
        let title = if title.is_empty() && kind == "book" { book.clone() } else { title };
        let journal = self.titled(&["journaltitle", "journal"], "journalsubtitle");
        let volume_of = self.titled(&["maintitle"], "mainsubtitle");
        let aside = if kind == "webpage" { self.first(&["titleaddon"]) } else { String::new() };
        let containers = [journal, if book == title { String::new() } else { book }, volume_of, aside];
        let container = containers.into_iter().find(|c| !c.is_empty()).unwrap_or_default();
        let short = self.first(&["shorttitle"]);
        self.put("title", title.clone());
        self.put("container-title", container);
        self.put("title-short", if short == title { String::new() } else { short });
        let abbreviation = self.first(&["shortjournal"]);
        self.put("container-title-short", abbreviation);
    }

    fn titled(&self, fields: &[&str], subtitle: &str) -> String {
        let (title, subtitle) = (self.first(fields), self.first(&[subtitle]));
        match (title.as_str(), subtitle.as_str()) {
            (title, "") => title.to_owned(),
            ("", subtitle) => subtitle.to_owned(),
            (title, subtitle) if title.ends_with(['.', '?', '!', ':']) => format!("{title} {subtitle}"),
            (title, subtitle) => format!("{title}: {subtitle}"),
        }
    }

    /// `number` is the issue of a periodical, a place in a series, or the number of a report.
    fn numbers(&mut self, kind: &str) {
        let (number, issue) = (self.first(&["number"]), self.first(&["issue"]));
        let periodical = kind.starts_with("article-") || matches!(kind, "periodical" | "review");
        match periodical {
            true => self.put("issue", if number.is_empty() { issue } else { number }),
            false => {
                let series = self.csl.contains_key("collection-title")
                    && matches!(kind, "book" | "chapter" | "paper-conference");
                self.put(if series { "collection-number" } else { "number" }, number);
                self.put("issue", issue);
            }
        }
        let pages = self.first(&["pages"]);
        let pages = pages.split(['–', '—', '-']).map(str::trim).filter(|p| !p.is_empty());
        self.put("page", pages.collect::<Vec<_>>().join("–"));
    }

    fn publisher(&mut self) {
        let publisher = self.first(&["publisher", "institution", "school", "organization"]);
        self.put("publisher", publisher.replace(" and ", "; "));
        let how = self.raw("howpublished");
        let address = tex::verbatim(how);
        if is_web(&address) {
            self.put("URL", address);
        } else {
            let how = tex::decode(how);
            self.put("medium", how);
        }
    }

    fn dates(&mut self) {
        for (field, csl) in DATES {
            let value = tex::decode(self.raw(field));
            let value = value.trim_start_matches("Accessed").trim_start_matches([':', ' ']);
            if !value.is_empty() {
                let date = Date::parse(value).unwrap_or_else(|| Date::literal(value));
                self.csl.insert(csl.to_owned(), date.to_csl());
            }
        }
        let year = self.first(&["year"]);
        if !self.csl.contains_key("issued") && !year.is_empty() {
            let date = self.dated(&year);
            self.csl.insert("issued".to_owned(), date.to_csl());
        }
    }

    /// `year`, with `month` (a number, a name, or a day and a name) and `day`.
    fn dated(&self, year: &str) -> Date {
        let month = self.first(&["month"]);
        let day = self.first(&["day"]);
        let numbered = month.trim().parse::<u8>().ok().filter(|m| (1..=12).contains(m));
        let tries = match (numbered, month.as_str()) {
            (Some(month), _) if day.is_empty() => vec![format!("{year}-{month:02}")],
            (Some(month), _) => vec![format!("{year}-{month:02}-{day}"), format!("{year}-{month:02}")],
            (None, "") => vec![],
            (None, month) => {
                vec![format!("{day} {month} {year}"), format!("{month} {year}"), format!("{month}, {year}")]
            }
        };
        let found = tries.iter().find_map(|text| Date::parse(text.trim()));
        found.or_else(|| Date::parse(year)).unwrap_or_else(|| Date::literal(year))
    }

    fn addresses(&mut self) {
        let doi = tex::verbatim(self.raw("doi"));
        self.put("DOI", bare_doi(&doi).unwrap_or("").to_owned());
        let url = tex::verbatim(self.raw("url"));
        self.put("URL", url);
        let eprint = tex::verbatim(self.raw("eprint"));
        let archive = self.first(&["eprinttype", "archiveprefix"]);
        match archive.to_lowercase().as_str() {
            _ if eprint.is_empty() => {}
            "pubmed" | "pmid" => self.put("PMID", eprint),
            "arxiv" => {
                if !self.csl.contains_key("URL") {
                    self.put("URL", format!("https://arxiv.org/abs/{eprint}"));
                }
                self.put("archive", "arXiv".to_owned());
                self.put("archive_location", eprint);
            }
            _ => {
                self.put("archive", archive);
                self.put("archive_location", eprint);
            }
        }
    }

    /// What the entry type itself says of a thesis; BibLaTeX's keys for kinds in words.
    fn genre(&mut self) {
        let genre = self.csl.get("genre").and_then(Value::as_str).unwrap_or("");
        let words = match (self.entry.kind.as_str(), genre) {
            ("phdthesis", "") | (_, "phdthesis") => "PhD thesis",
            ("mastersthesis", "") | (_, "mathesis" | "mastersthesis") => "Master’s thesis",
            (_, "techreport") => "Technical report",
            (_, "resreport") => "Research report",
            _ => return,
        };
        self.put("genre", words.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> String {
        let mut read = read(text);
        let mut csl = read.works.remove(0).1;
        csl.remove("id");
        serde_json::to_string(&csl).unwrap()
    }

    #[test]
    fn entries_become_items() {
        let cases = [
            (
                r#"@article{k, author={D{\"o}e, Jane and {NATO}}, title={The {UNO} ``Way''}, journal={J.~X}, year=2003,
                    month=jul#"~4", volume=12, number={3}, pages={4--5}, doi={https://doi.org/10.1/x\_y}}"#,
                r#"{"DOI":"10.1/x_y","author":[{"family":"Döe","given":"Jane"},{"literal":"NATO"}],"container-title":"J. X","issue":"3","issued":{"date-parts":[[2003,7,4]]},"page":"4–5","title":"The UNO “Way”","type":"article-journal","volume":"12"}"#,
            ),
            (
                r"@inbook{k, title={C}, subtitle={S}, booktitle={B}, date={2020-01/2021}, publisher={P}, address={L}, edition={2}}",
                r#"{"container-title":"B","edition":"2","issued":{"date-parts":[[2020,1],[2021]]},"publisher":"P","publisher-place":"L","title":"C: S","type":"chapter"}"#,
            ),
            (
                r"@online{k, title={T}, titleaddon={Site}, url={https://a.example/b\_c}, urldate={2020-02-03}, year={in press}}",
                r#"{"URL":"https://a.example/b_c","accessed":{"date-parts":[[2020,2,3]]},"container-title":"Site","issued":{"literal":"in press"},"title":"T","type":"webpage"}"#,
            ),
            (
                r"@misc{k, title={T}, eprint={1234.5678}, archivePrefix={arXiv}, howpublished={\url{https://b.example}}}",
                r#"{"URL":"https://b.example","archive":"arXiv","archive_location":"1234.5678","title":"T","type":"document"}"#,
            ),
            (
                r"@mastersthesis{k, school={U}, title={T}, number={7}, year={c. 1850}}",
                r#"{"genre":"Master’s thesis","issued":{"circa":true,"date-parts":[[1850]]},"number":"7","publisher":"U","title":"T","type":"thesis"}"#,
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(one(text), expected, "{text}");
        }
    }

    #[test]
    fn a_bad_entry_takes_no_other_with_it() {
        let read = read("@book{a, title={A\n@book{b, title={B}}\n@book{, title={C}}\n@misc{d, crossref={x}}");
        let keys: Vec<&str> = read.works.iter().map(|(key, _)| key.as_str()).collect();
        assert_eq!(keys, ["a", "b", "item-3", "d"]);
        assert_eq!(read.complaints.len(), 3);
    }
}
