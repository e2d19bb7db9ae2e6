//! What an entry takes from another: `crossref` and `xdata` (biblatex manual, 2.4.1 and appendix B).

use std::collections::HashMap;

use super::scan::Entry;

/// Fields that belong to an entry alone.
const OWN: [&str; 19] = [
    "abstract",
    "annotation",
    "annote",
    "author+an",
    "crossref",
    "entryset",
    "entrysubtype",
    "execute",
    "file",
    "ids",
    "keywords",
    "label",
    "note",
    "options",
    "related",
    "shorttitle",
    "sortkey",
    "xdata",
    "xref",
];

/// How much entries may inherit in all, so that a small file cannot unfold into a huge one.
const INHERITED: usize = 16 << 20;

/// Gives every entry the fields of the entries it names. Answers the keys that are named and not there.
pub fn resolve(entries: &mut [Entry]) -> Vec<(usize, String)> {
    let mut keys: HashMap<String, usize> = HashMap::new();
    for (at, entry) in entries.iter().enumerate() {
        keys.entry(entry.key.to_lowercase()).or_insert(at);
    }
    let mut missing = Vec::new();
    let mut budget = INHERITED;
    // Containers of data first: a parent hands on what it has from them.
    for field in ["xdata", "crossref"] {
        for at in 0..entries.len() {
            let names = entries[at].fields.get(field).cloned().unwrap_or_default();
            for name in names.split(',').map(str::trim).filter(|n| !n.is_empty()) {
                match keys.get(&name.to_lowercase()) {
                    Some(&from) if from != at => take(entries, at, from, field, &mut budget),
                    Some(_) => {}
                    None => missing.push((at, name.to_owned())),
                }
            }
        }
    }
    missing
}

fn take(entries: &mut [Entry], to: usize, from: usize, how: &str, budget: &mut usize) {
    let parent = &entries[from];
    let kind = entries[to].kind.clone();
    let mut given: Vec<(String, String)> = Vec::new();
    for (name, value) in &parent.fields {
        if (how == "crossref" && OWN.contains(&name.as_str())) || value.len() > *budget {
            continue;
        }
        let name = if how == "crossref" { renamed(&kind, &parent.kind, name) } else { Some(name.as_str()) };
        if let Some(name) = name.filter(|name| !entries[to].fields.contains_key(*name)) {
            *budget -= value.len();
            given.push((name.to_owned(), value.clone()));
        }
    }
    entries[to].fields.extend(given);
}

/// The field of the child that a field of the parent fills: the title of a book is the book title of its chapters.
fn renamed<'a>(child: &str, parent: &str, field: &'a str) -> Option<&'a str> {
    let part = child.starts_with("in")
        || child == "conference"
        || child.starts_with("supp")
        || child == "bookinbook";
    let volume = parent.starts_with("mv");
    match field {
        "title" | "subtitle" if child == "article" => {
            Some(if field == "title" { "journaltitle" } else { "journalsubtitle" })
        }
        "title" if volume => Some("maintitle"),
        "title" if part => Some("booktitle"),
        "subtitle" if part && !volume => Some("booksubtitle"),
        "title" | "subtitle" | "titleaddon" => None,
        "author" if part && parent.contains("collection") => None,
        field => Some(field),
    }
}

#[cfg(test)]
mod tests {
    use super::super::scan::entries;
    use super::*;

    #[test]
    fn chapters_take_their_book() {
        let mut found = entries(
            "@xdata{x, publisher={P}}
            @incollection{a, title={A}, crossref={B}}
            @book{b, title={Whole}, year=2001, xdata={x}, abstract={no}}
            @misc{c, crossref={none}, xdata={c}}",
        );
        let missing = resolve(&mut found);
        let a: Vec<String> = found[1].fields.iter().map(|(k, v)| format!("{k}={v}")).collect();
        assert_eq!(a, ["booktitle=Whole", "crossref=B", "publisher=P", "title=A", "year=2001"]);
        assert_eq!(found[2].fields["publisher"], "P");
        assert_eq!(missing, [(3, "none".to_owned())]);
    }
}
