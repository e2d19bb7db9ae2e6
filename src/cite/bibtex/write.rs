//! CSL items become BibTeX entries, in names and fields that BibTeX and BibLaTeX both know where there are any.

use std::collections::HashSet;

use super::fields::{DATES, NAMES, TEXTS};
use super::{escape, names as people, types};
use crate::article::{Csl, safe};
use crate::cite::csl::{date, names, text};
use crate::cite::date::Date;
use crate::cite::short::doi;

/// Writes one entry for each work. Keys are made such that BibTeX takes them, and unique.
pub fn write(works: &[(&str, &Csl)]) -> String {
    let ids: Vec<&str> = works.iter().map(|(id, _)| *id).collect();
    let entries: Vec<String> = keys(&ids).iter().zip(works).map(|(key, (_, csl))| entry(key, csl)).collect();
    entries.join("\n")
}

/// The keys under which works with these ids are written.
pub fn keys(ids: &[&str]) -> Vec<String> {
    let mut taken = HashSet::new();
    ids.iter().map(|id| unique(&mut taken, id)).collect()
}

/// The id without what BibTeX would stumble over, and with a letter if it is taken.
fn unique(keys: &mut HashSet<String>, id: &str) -> String {
    let mut key: String = id.chars().filter(|c| c.is_alphanumeric() || ":-_./+".contains(*c)).collect();
    if key.is_empty() {
        key.push_str("item");
    }
    let mut found = key.clone();
    let mut count = 1_u32;
    // BibTeX does not tell capitals apart.
    while !keys.insert(found.to_lowercase()) {
        count += 1;
        found = format!("{key}-{count}");
    }
    found
}

fn entry(key: &str, csl: &Csl) -> String {
    let kind = text(csl, "type");
    let (entry_type, subtype) = types::write(&kind, &text(csl, "genre"));
    let mut out = Out { text: format!("@{entry_type}{{{key},\n") };
    for (field, role) in NAMES {
        out.braced(field, &people::write(&names(csl, role)));
    }
    out.braced("title", &escape::encode_title(&text(csl, "title")));
    out.braced("shorttitle", &escape::encode_title(&text(csl, "title-short")));
    out.braced(container(entry_type), &escape::encode_title(&text(csl, "container-title")));
    out.plain("shortjournal", &text(csl, "container-title-short"));
    out.plain("entrysubtype", subtype);
    dates(&mut out, csl);
    numbers(&mut out, csl, &kind);
    out.plain(publisher(entry_type), &text(csl, "publisher"));
    for (fields, name) in TEXTS {
        let implied = name == "genre" && matches!(entry_type, "phdthesis" | "mastersthesis");
        if let Some(field) = fields.first().filter(|_| !implied) {
            out.plain(field, &text(csl, name));
        }
    }
    out.plain("howpublished", &text(csl, "medium"));
    addresses(&mut out, csl);
    out.text + "}\n"
}

struct Out {
    text: String,
}

impl Out {
    fn braced(&mut self, field: &str, tex: &str) {
        if !tex.is_empty() {
            self.text.push_str(&format!("  {field} = {{{tex}}},\n"));
        }
    }

    fn plain(&mut self, field: &str, text: &str) {
        self.braced(field, &escape::encode(text));
    }

    /// A value in which TeX has no meaning; what would end it is percent-encoded.
    fn verbatim(&mut self, field: &str, value: &str) {
        self.braced(
            field,
            &safe::address(value).replace('{', "%7B").replace('}', "%7D").replace('\\', "%5C"),
        );
    }
}

const fn container(entry_type: &str) -> &'static str {
    match entry_type.as_bytes() {
        b"article" | b"review" => "journal",
        b"online" => "titleaddon",
        b"incollection" | b"inproceedings" | b"inreference" => "booktitle",
        b"book" => "maintitle",
        _ => "journaltitle",
    }
}

const fn publisher(entry_type: &str) -> &'static str {
    match entry_type.as_bytes() {
        b"techreport" => "institution",
        b"phdthesis" | b"mastersthesis" | b"thesis" => "school",
        _ => "publisher",
    }
}

/// A year or month is written as every BibTeX style knows it, anything finer or wider as a BibLaTeX date.
fn dates(out: &mut Out, csl: &Csl) {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    for (field, name) in DATES {
        let Some(date) = date(csl, name) else {
            continue;
        };
        let simple = date
            .from
            .filter(|day| date == Date::day(*day) && day.day == 0 && (1000..=9999).contains(&day.year));
        match simple.filter(|_| field == "date") {
            Some(day) => {
                out.plain("year", &day.year.to_string());
                if let Some(month) = day.month.checked_sub(1).and_then(|m| MONTHS.get(m as usize)) {
                    out.text.push_str(&format!("  month = {month},\n"));
                }
            }
            None if date.iso().is_empty() && field == "date" => out.plain("year", &date.literal),
            None if date.iso().is_empty() => out.plain(field, &date.literal),
            None => {
                // EDTF marks what is uncertain with the tie, which is none here.
                out.braced(field, &date.iso().replace('~', "\\textasciitilde{}"));
                if let Some(day) = date.from.filter(|day| day.year > 0 && field == "date") {
                    out.plain("year", &day.year.to_string());
                }
            }
        }
    }
}

fn numbers(out: &mut Out, csl: &Csl, kind: &str) {
    let periodical = kind.starts_with("article-") || matches!(kind, "periodical" | "review" | "review-book");
    let number = ["number", "collection-number"].into_iter().map(|f| text(csl, f)).find(|n| !n.is_empty());
    if periodical {
        out.plain("number", &text(csl, "issue"));
    } else {
        out.plain("number", &number.unwrap_or_default());
        out.plain("issue", &text(csl, "issue"));
    }
    let pages = text(csl, "page").replace(['–', '-'], "--").replace("----", "--");
    out.braced("pages", &pages.split("--").map(escape::encode).collect::<Vec<_>>().join("--"));
}

fn addresses(out: &mut Out, csl: &Csl) {
    out.verbatim("doi", doi(csl).as_deref().unwrap_or(""));
    out.verbatim("url", &text(csl, "URL"));
    if !text(csl, "archive").is_empty() {
        out.verbatim("eprint", &text(csl, "archive_location"));
        if !text(csl, "archive_location").is_empty() {
            out.plain("eprinttype", &text(csl, "archive"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn csl(json: &str) -> Csl {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn an_entry_is_written() {
        let csl = csl(
            r#"{"type":"webpage","author":[{"family":"Doe","given":"Jane"},{"literal":"NATO"}],"title":"On NATO & <i>X</i>",
                "container-title":"The Site","issued":{"date-parts":[[2025,6,24]]},"accessed":{"date-parts":[[2025,6]]},
                "URL":"https://a.example/b_c{d}%20","volume":3}"#,
        );
        let expected = r"@online{k-1,
  author = {Doe, Jane and {NATO}},
  title = {On {NATO} \& \emph{{X}}},
  titleaddon = {The {Site}},
  date = {2025-06-24},
  year = {2025},
  urldate = {2025-06},
  volume = {3},
  url = {https://a.example/b_c%7Bd%7D%20},
}
";
        assert_eq!(write(&[("k {-1}", &csl)]), expected);
    }

    #[test]
    fn keys_are_unique() {
        let csl = Csl::new();
        let out = write(&[("a", &csl), ("A", &csl), ("a-2", &csl), ("é,{", &csl), ("%", &csl)]);
        let keys: Vec<&str> =
            out.lines().filter_map(|l| l.strip_prefix("@misc{")?.strip_suffix(',')).collect();
        assert_eq!(keys, ["a", "A-2", "a-2-2", "é", "item"]);
    }

    #[test]
    fn what_is_written_is_read_the_same() {
        let items = [
            r#"{"type":"book","editor":[{"family":"Berg","given":"J.","non-dropping-particle":"van der"}],"title":"a – b",
                "issued":{"date-parts":[[1850]],"circa":true},"publisher":"P & Sons","edition":"2","number":"7"}"#,
            r#"{"type":"article-newspaper","title":"X--y ''z''","issued":{"date-parts":[[2001]],"season":2},"page":"A1–A3"}"#,
            r#"{"type":"thesis","genre":"PhD thesis","issued":{"date-parts":[[-44,3]]},"language":"la"}"#,
            r#"{"type":"report","issued":{"literal":"in press"},"author":[{"literal":"A and B"},{"literal":"others"}]}"#,
        ];
        for json in items {
            let mut item = csl(json);
            item.insert("id".into(), "k".into());
            let read = super::super::read(&write(&[("k", &item)]));
            assert_eq!(read.works, [("k".to_owned(), item)], "{}", read.works.len());
        }
    }
}
