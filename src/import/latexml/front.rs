//! The front of an article: title, authors, date, where it is from.

use dom_query::NodeRef;

use super::math;
use crate::article::{Builder, Draft};
use crate::cite::date;
use crate::import::html::{Page, node};

/// What is known of an article before its text.
#[derive(Debug, Default)]
pub struct Front {
    title: String,
    authors: Vec<String>,
    date: String,
    source: String,
}

impl Front {
    /// Looks for it in a page.
    pub fn of(page: &Page, root: &NodeRef<'_>) -> Self {
        let mut front = Self { title: title(page, root), ..Self::default() };
        node::walk(root, |n| {
            if node::has_class(n, &["ltx_personname"]) {
                front.authors.extend(names(n));
            } else if front.date.is_empty() && node::has_class(n, &["ltx_date"]) {
                front.date = iso(&math::words(n));
            }
            !node::has_class(n, &["ltx_section", "ltx_bibliography", "ltx_para"])
        });
        front.mark(page);
        front.source = page.address.as_ref().map_or(front.source, ToString::to_string);
        front
    }

    /// arXiv's mark in the margin: `arXiv:1234.56789v1 [cs.XX] 02 Aug 2023`.
    fn mark(&mut self, page: &Page) {
        let Some(mark) = page.by_id("watermark-tr").map(|n| node::words(&n)) else { return };
        let Some(rest) = mark.strip_prefix("arXiv:") else { return };
        let id = rest.split([' ', '[']).next().unwrap_or("");
        if !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || ".-/".contains(c)) {
            self.source = format!("https://arxiv.org/abs/{id}");
        }
        if let Some((_, told)) = rest.rsplit_once(']').filter(|_| self.date.is_empty()) {
            self.date = iso(told);
        }
    }

    /// Writes title and byline.
    pub fn write(&self, builder: &mut Builder, language: String) {
        builder.meta.authors.clone_from(&self.authors);
        builder.meta.date.clone_from(&self.date);
        builder.meta.source.clone_from(&self.source);
        builder.meta.language = language;
        if !self.title.is_empty() {
            builder.title(Draft::of(&self.title));
        }
        builder.byline();
    }

    /// What the notes of the title say: it stands below it.
    pub fn thanks<'a>(&self, root: &NodeRef<'a>) -> Vec<NodeRef<'a>> {
        let mut found = Vec::new();
        if let Some(title) = document_title(root) {
            node::walk(&title, |n| {
                let note = node::has_class(n, &["ltx_note_content"]);
                if note {
                    found.push(*n);
                }
                !note
            });
        }
        found
    }
}

fn document_title<'a>(root: &NodeRef<'a>) -> Option<NodeRef<'a>> {
    node::find(root, |n| node::has_class(n, &["ltx_title_document"]))
}

/// The title that is shown; else the page's own, unless that is only the title of the first section.
fn title(page: &Page, root: &NodeRef<'_>) -> String {
    if let Some(title) = document_title(root) {
        return math::words(&title);
    }
    let told = page.document.head().and_then(|head| node::find(&head, |n| n.has_name("title")));
    let told = told.map(|t| t.text().split_whitespace().collect::<Vec<_>>().join(" ")).unwrap_or_default();
    // Without a title, LaTeXML takes that of the first section, with its number.
    let first = node::find(root, |n| node::has_class(n, &["ltx_title"])).map(|n| math::words(&n));
    let word = |text: &str| text.split_whitespace().next().unwrap_or("").to_owned();
    if told == "Untitled Document" || first.is_some_and(|first| word(&first) == word(&told)) {
        return String::new();
    }
    told
}

/// The names of authors: the first line of each; affiliations follow in others.
fn names(person: &NodeRef<'_>) -> Vec<String> {
    let mut line = String::new();
    let mut ended = false;
    node::walk(person, |n| {
        ended |= n.has_name("br") && !line.trim().is_empty();
        if n.is_text() && !ended {
            line.push_str(&n.text());
        }
        !n.has_name("sup")
            && !node::has_class(n, &["ltx_note", "ltx_Math", "ltx_ERROR"])
            && !n.has_name("math")
    });
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    let names = line.split([',', ';']).flat_map(|part| part.split(" and "));
    let names = names.map(|name| name.trim().trim_start_matches("and ").trim());
    names.filter(|name| name.chars().any(char::is_alphabetic)).map(str::to_owned).collect()
}

/// A date as ISO has it, where day, month and year can be told; else as it stands.
fn iso(told: &str) -> String {
    let told = told.trim();
    let words: Vec<&str> = told.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let number = |w: &str| w.trim_end_matches(|c: char| c.is_alphabetic()).parse::<u32>().ok();
    let day = words.iter().filter_map(|w| number(w)).find(|n| (1..=31).contains(n));
    let year = words.iter().filter_map(|w| number(w)).find(|n| (1900..=2100).contains(n));
    let month = words.iter().find_map(|w| date::month(w));
    match (day, month, year, words.len()) {
        (Some(day), Some(month), Some(year), 3) => format!("{year}-{month:02}-{day:02}"),
        (None, Some(month), Some(year), 2) => format!("{year}-{month:02}"),
        _ => told.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_iso_where_they_can_be() {
        let cases = [
            ("February 14, 2013", "2013-02-14"),
            ("21st\u{a0}November 2018", "2018-11-21"),
            (" 02 Aug 2023", "2023-08-02"),
            ("March 2020", "2020-03"),
            ("Received 2 May 2020; accepted later", "Received 2 May 2020; accepted later"),
            ("2020-01-02", "2020-01-02"),
        ];
        for (told, expected) in cases {
            assert_eq!(iso(told), expected, "{told}");
        }
    }
}
