//! RIS in and out: two-letter tags, one to a line (Reference Manager specification, as EndNote and Zotero write it).

use std::collections::BTreeMap;

use serde_json::Value;

use super::csl::{Name, date, first_text, names, text};
use super::date::{Date, Day};
use super::short::{bare_doi, doi};
use super::{Read, markup};
use crate::article::{Csl, safe};

/// RIS types and CSL's. The first row of a CSL type is the one that is written.
const TYPES: [(&str, &str); 40] = [
    ("JOUR", "article-journal"),
    ("MGZN", "article-magazine"),
    ("NEWS", "article-newspaper"),
    ("ELEC", "webpage"),
    ("BOOK", "book"),
    ("CHAP", "chapter"),
    ("RPRT", "report"),
    ("THES", "thesis"),
    ("CPAPER", "paper-conference"),
    ("CONF", "paper-conference"),
    ("DATA", "dataset"),
    ("COMP", "software"),
    ("VIDEO", "motion_picture"),
    ("MPCT", "motion_picture"),
    ("SOUND", "song"),
    ("MUSIC", "musical_score"),
    ("MAP", "map"),
    ("ART", "graphic"),
    ("CASE", "legal_case"),
    ("BILL", "bill"),
    ("UNBILL", "bill"),
    ("HEAR", "hearing"),
    ("STAT", "legislation"),
    ("LEGAL", "legislation"),
    ("PAT", "patent"),
    ("STAND", "standard"),
    ("PCOMM", "personal_communication"),
    ("ENCYC", "entry-encyclopedia"),
    ("DICT", "entry-dictionary"),
    ("BLOG", "post-weblog"),
    ("SLIDE", "speech"),
    ("UNPB", "manuscript"),
    ("MANSCPT", "manuscript"),
    ("PAMP", "pamphlet"),
    ("EBOOK", "book"),
    ("EDBOOK", "book"),
    ("ECHAP", "chapter"),
    ("EJOUR", "article-journal"),
    ("JFULL", "periodical"),
    ("GEN", "document"),
];

/// Fields of one text, and the tag that is written for each.
const FIELDS: [(&str, &str); 18] = [
    ("title", "TI"),
    ("title-short", "ST"),
    ("container-title", "T2"),
    ("container-title-short", "J2"),
    ("collection-title", "T3"),
    ("volume", "VL"),
    ("issue", "IS"),
    ("edition", "ET"),
    ("publisher", "PB"),
    ("publisher-place", "CY"),
    ("genre", "M3"),
    ("number", "M1"),
    ("language", "LA"),
    ("abstract", "AB"),
    ("note", "N1"),
    ("call-number", "CN"),
    ("PMID", "AN"),
    ("source", "DB"),
];

/// Writes records that end with `ER  - `; lines end with CR LF.
pub fn write(works: &[(&str, &Csl)]) -> String {
    let mut out = String::new();
    for (id, csl) in works {
        record(&mut out, id, csl);
    }
    out
}

fn record(out: &mut String, id: &str, csl: &Csl) {
    let kind = text(csl, "type");
    let written = TYPES.iter().find(|(_, csl)| *csl == kind).map_or("GEN", |(ris, _)| ris);
    tag(out, "TY", written);
    tag(out, "ID", id);
    for (role, name) in
        [("author", "AU"), ("editor", "A2"), ("collection-editor", "A3"), ("translator", "A4")]
    {
        for person in names(csl, role) {
            tag(out, name, &person.inverted());
        }
    }
    for (field, name) in FIELDS {
        tag(out, name, &markup::plain(&text(csl, field)));
    }
    let page = text(csl, "page").replace("--", "–");
    let (first, last) = page.split_once(['–', '-']).unwrap_or((&page, ""));
    tag(out, "SP", first);
    tag(out, "EP", last);
    dates(out, csl);
    tag(out, "SN", &first_text(csl, &["ISBN", "ISSN"]));
    tag(out, "DO", doi(csl).as_deref().unwrap_or(""));
    tag(out, "UR", &text(csl, "URL"));
    for word in text(csl, "keyword").split([',', ';']) {
        tag(out, "KW", word);
    }
    out.push_str("ER  - \r\n\r\n");
}

fn tag(out: &mut String, name: &str, value: &str) {
    let value = safe::line(value.trim());
    if !value.is_empty() {
        out.push_str(&format!("{name}  - {value}\r\n"));
    }
}

/// `PY` is the year, `DA` the date as `YYYY/MM/DD/words`, `Y2` the day of access.
fn dates(out: &mut String, csl: &Csl) {
    if let Some(issued) = date(csl, "issued") {
        if let Some(day) = issued.from {
            tag(out, "PY", &day.year.to_string());
        }
        tag(out, "DA", &slashed(&issued));
    }
    if let Some(accessed) = date(csl, "accessed") {
        tag(out, "Y2", &slashed(&accessed));
    }
}

fn slashed(date: &Date) -> String {
    let Some(day) = date.from else {
        return format!("///{}", date.literal);
    };
    let two = |n: u8| if n == 0 { String::new() } else { format!("{n:02}") };
    let words = if date.to.is_some() || date.season > 0 || date.circa { date.words() } else { String::new() };
    format!("{:04}/{}/{}/{words}", day.year, two(day.month), two(day.day))
}

/// The tags of one record, in order.
type Record = BTreeMap<String, Vec<String>>;

/// Reads records. A record without an end, or a line without a tag, takes nothing else with it.
pub fn read(text: &str) -> Read {
    let mut read = Read::default();
    let mut record = Record::new();
    let mut last = String::new();
    for line in text.trim_start_matches('\u{feff}').lines() {
        let Some((tag, value)) = tagged(line) else {
            continue_value(&mut record, &last, line);
            continue;
        };
        if matches!(tag, "TY" | "ER") {
            finish(&mut read, std::mem::take(&mut record));
        }
        if tag != "ER" {
            let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
            record.entry(tag.to_owned()).or_default().push(value);
        }
        tag.clone_into(&mut last);
    }
    finish(&mut read, record);
    read
}

/// `XX  - value`, with any number of spaces around the hyphen.
fn tagged(line: &str) -> Option<(&str, &str)> {
    let (tag, rest) = line.trim_start().split_at_checked(2)?;
    let named = tag.starts_with(|c: char| c.is_ascii_uppercase())
        && tag.ends_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit());
    let value = rest.strip_prefix(' ')?.trim_start().strip_prefix('-')?;
    let parted = value.is_empty() || value.starts_with(' ');
    (named && parted).then_some((tag, value.trim()))
}

fn continue_value(record: &mut Record, last: &str, line: &str) {
    if let Some(value) = record.get_mut(last).and_then(|values| values.last_mut())
        && !line.trim().is_empty()
    {
        value.push(' ');
        value.push_str(line.trim());
    }
}

fn finish(read: &mut Read, record: Record) {
    if record.is_empty() {
        return;
    }
    let first = |tags: &[&str]| {
        let all = tags.iter().filter_map(|tag| record.get(*tag)).flatten();
        all.map(String::as_str).find(|value| !value.is_empty()).unwrap_or("").to_owned()
    };
    if !record.contains_key("TY") {
        read.complain(0, "RIS", "a record without a type (TY)");
    }
    let id = Some(first(&["ID"])).filter(|id| !id.is_empty()).unwrap_or_else(|| read.made_key());
    let mut csl = Csl::new();
    let kind = TYPES.iter().find(|(ris, _)| *ris == first(&["TY"])).map_or("document", |(_, csl)| csl);
    let mut put = |field: &str, value: String| {
        if !value.is_empty() {
            csl.insert(field.to_owned(), value.into());
        }
    };
    put("id", id.clone());
    put("type", kind.to_owned());
    let whole = matches!(kind, "book" | "periodical");
    put("title", first(if whole { &["TI", "T1", "CT", "BT"] } else { &["TI", "T1", "CT"] }));
    put("container-title", first(if whole { &["T2"] } else { &["JF", "T2", "BT", "JO", "JA", "J1", "J2"] }));
    for (field, tag) in FIELDS.into_iter().filter(|(field, _)| !matches!(*field, "title" | "container-title"))
    {
        put(field, first(&[tag]));
    }
    put("abstract", first(&["AB", "N2"]));
    put("publisher-place", first(&["CY", "PP"]));
    put("keyword", record.get("KW").map(|words| words.join(", ")).unwrap_or_default());
    let (volume, issue) = volume(&first(&["VL"]), &first(&["IS", "CP"]));
    put("volume", volume);
    put("issue", issue);
    put("page", pages(&first(&["SP"]), &first(&["EP"])));
    let number = first(&["SN"]);
    put(if is_issn(&number) { "ISSN" } else { "ISBN" }, number);
    put("DOI", bare_doi(&first(&["DO", "L3"])).unwrap_or("").to_owned());
    put("URL", first(&["UR", "L2", "LK"]));
    people(&mut csl, &record);
    when(&mut csl, &record);
    read.works.push((id, csl));
}

/// `50(2)` in the volume holds the issue too.
fn volume(volume: &str, issue: &str) -> (String, String) {
    match volume.strip_suffix(')').and_then(|v| v.split_once('(')) {
        Some((number, inner)) if issue.is_empty() => (number.trim().to_owned(), inner.to_owned()),
        _ => (volume.to_owned(), issue.to_owned()),
    }
}

fn pages(first: &str, last: &str) -> String {
    match (first.replace('-', "–"), last) {
        (first, "") => first,
        (first, last) if first.is_empty() || first.contains('–') => first + last,
        (first, last) => format!("{first}–{last}"),
    }
}

fn is_issn(number: &str) -> bool {
    number.bytes().filter(|b| b.is_ascii_digit() || matches!(b, b'X' | b'x')).count() == 8
}

fn people(csl: &mut Csl, record: &Record) {
    let roles: [(&str, &[&str]); 4] = [
        ("author", &["AU", "A1"]),
        ("editor", &["A2", "ED"]),
        ("collection-editor", &["A3"]),
        ("translator", &["A4"]),
    ];
    for (role, tags) in roles {
        let given = tags.iter().filter_map(|tag| record.get(*tag)).flatten();
        let people: Vec<Value> = given.filter(|n| !n.is_empty()).map(|n| name(n).to_csl()).collect();
        if !people.is_empty() {
            csl.insert(role.to_owned(), Value::Array(people));
        }
    }
}

/// `Family, Given, Suffix`; without a comma the name is not taken apart.
fn name(text: &str) -> Name {
    let mut parts = text.splitn(3, ',').map(str::trim);
    let family = parts.next().unwrap_or("").to_owned();
    match parts.next() {
        None | Some("") => Name::literal(&family),
        Some(given) => {
            let suffix = parts.next().unwrap_or("").to_owned();
            let (particle, family) = super::words::particle(&family);
            Name { family, particle, given: given.to_owned(), suffix, ..Name::default() }
        }
    }
}

/// The most exact of the dates that stand without words; with words only where there is no other.
fn when(csl: &mut Csl, record: &Record) {
    let all = ["DA", "PY", "Y1"].iter().filter_map(|tag| record.get(*tag)).flatten();
    let dates: Vec<(Date, bool)> = all.filter_map(|value| unslashed(value)).collect();
    let exact = |date: &Date| date.from.map_or(0, |d| 1 + usize::from(d.month > 0) + usize::from(d.day > 0));
    let mut issued: Option<&(Date, bool)> = None;
    for found in &dates {
        let better = |now: &&(Date, bool)| (!found.1, exact(&found.0)) > (!now.1, exact(&now.0));
        if issued.is_none_or(|now| better(&now)) {
            issued = Some(found);
        }
    }
    if let Some((date, _)) = issued {
        csl.insert("issued".into(), date.to_csl());
    }
    let accessed = record.get("Y2").and_then(|values| values.first()).and_then(|v| unslashed(v));
    if let Some((date, _)) = accessed {
        csl.insert("accessed".into(), date.to_csl());
    }
}

/// `YYYY/MM/DD/words`, any part of it missing, or a date in another form; and whether it has words.
fn unslashed(value: &str) -> Option<(Date, bool)> {
    let mut parts = value.splitn(4, '/').map(str::trim);
    let year = parts.next().unwrap_or("");
    let mut small = || parts.next().and_then(|p| p.parse::<u8>().ok()).unwrap_or(0);
    let (month, day) = (small(), small());
    let words = parts.next().unwrap_or("");
    let year = year.parse::<i32>().ok().filter(|y| *y != 0);
    let date = match (year, words) {
        // The words say more than the numbers could: a range, a season.
        (Some(year), words) => match Date::parse(words) {
            Some(date) if date.from.is_some_and(|d| d.year == year) => return Some((date, false)),
            _ => Date::day(Day::new(year, month, day)),
        },
        (None, "") => Date::parse(value)?,
        (None, words) => Date::literal(words),
    };
    Some((date, !words.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_read() {
        let text = "TY  - JOUR\r\nAU  - Doe, Jane, Jr.\r\nAU  - van Dam,J.\r\nA1  - NATO\r\nT1  - A title\r\n  that goes on\r\n\
            JF  - Journal\r\nVL  - 50(2)\r\nSP  - 49\r\nEP  - 52\r\nPY  - 2013/04/18\r\nPY  - 2013/02/15/received\r\n\
            DO  - doi:10.1/x\r\nSN  - 0000-000X\r\nY2  - 2019/03/28\r\nER  -\r\nTY  - BOOK\nID  - b\nBT  - T\nPY  - 1994";
        let read = read(text);
        let json: Vec<String> =
            read.works.iter().map(|(_, csl)| serde_json::to_string(csl).unwrap()).collect();
        assert_eq!(
            json[0],
            r#"{"DOI":"10.1/x","ISSN":"0000-000X","accessed":{"date-parts":[[2019,3,28]]},"author":[{"family":"Doe","given":"Jane","suffix":"Jr."},{"family":"Dam","given":"J.","non-dropping-particle":"van"},{"literal":"NATO"}],"container-title":"Journal","id":"item-1","issue":"2","issued":{"date-parts":[[2013,4,18]]},"page":"49–52","title":"A title that goes on","type":"article-journal","volume":"50"}"#
        );
        assert_eq!(json[1], r#"{"id":"b","issued":{"date-parts":[[1994]]},"title":"T","type":"book"}"#);
        assert_eq!((read.works.len(), read.complaints.len()), (2, 0));
    }

    #[test]
    fn a_record_is_written() {
        let csl: Csl = serde_json::from_str(
            r#"{"type":"article-journal","author":[{"family":"Doe","given":"Jane"},{"literal":"NATO"}],"page":"3-5",
                "title":"On <i>X</i>\u001b","issued":{"date-parts":[[2025,6,24]]},"URL":"https://a.example"}"#,
        )
        .unwrap();
        let expected = "TY  - JOUR\r\nID  - k\r\nAU  - Doe, Jane\r\nAU  - NATO\r\nTI  - On X␛\r\nSP  - 3\r\nEP  - 5\r\n\
            PY  - 2025\r\nDA  - 2025/06/24/\r\nUR  - https://a.example\r\nER  - \r\n\r\n";
        assert_eq!(write(&[("k", &csl)]), expected);
    }

    #[test]
    fn dates_come_back() {
        for text in ["2025", "2025-06", "2025-06-24", "2001-21", "1914/1918", "1850~"] {
            let date = Date::edtf(text).unwrap();
            assert_eq!(unslashed(&slashed(&date)).map(|(d, _)| d), Some(date), "{text}");
        }
        assert_eq!(unslashed("///in press").map(|(d, _)| d), Some(Date::literal("in press")));
    }
}
