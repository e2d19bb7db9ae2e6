//! What each element of a page of LaTeXML is: the dialect that the walker asks.

use dom_query::NodeRef;

use super::survey::{self, Survey};
use super::{Told, cites, counted, elements, lists, math};
use crate::article::{DraftCite, DraftMarker, Label, Mark, Sort, To};
use crate::import::html::{Dialect, Entry, Meaning, Note, node};

/// What stands in a page and is no part of the article.
const CHROME: &[&str] = &[
    "ltx_page_header",
    "ltx_page_footer",
    "ltx_page_navbar",
    "ltx_page_logo",
    "ltx_pagination",
    "ltx_TOC",
    "ltx_rdf",
    "ltx_listing_data",
    "ltx_bib_cited",
    "ltx_author_before",
    "ltx_personname_sep",
    "ltx_role_newpage",
    "package-alerts",
    "sr-only",
];

/// Reads a page by its survey.
pub struct Reading<'a> {
    survey: &'a Survey,
    /// Cites of entries that are not in the page.
    unresolved: usize,
    /// Commands that the converter did not know.
    errors: usize,
}

impl<'a> Reading<'a> {
    /// A reading of a page.
    pub fn new(survey: &'a Survey) -> Self {
        Self { survey, unresolved: 0, errors: 0 }
    }

    /// What is to be said of the page.
    pub fn complaints(&self) -> Vec<Told> {
        let lost = counted(
            self.unresolved,
            "cite leads nowhere: its entry is not in the page",
            "cites lead nowhere: their entries are not in the page",
        );
        let errors = counted(
            self.errors,
            "place was not understood when the page was made from TeX",
            "places were not understood when the page was made from TeX",
        );
        let lost = lost.map(|what| (Sort::Dangling, what));
        lost.into_iter().chain(errors.map(|what| (Sort::Reading, what))).collect()
    }

    fn marker(&mut self, shown: String, marker: DraftMarker) -> Meaning {
        self.unresolved += marker.cites.iter().filter(|c| matches!(c.to, To::Missing(_))).count();
        Meaning::Marker { shown: Some(shown), marker }
    }

    /// A group of cites; one that cites nothing is words.
    fn cite(&mut self, n: &NodeRef<'_>) -> Meaning {
        match cites::group(n, self.survey) {
            Some((shown, marker)) => self.marker(shown, marker),
            None => Meaning::Inside { block: false },
        }
    }

    fn link(&mut self, n: &NodeRef<'_>) -> Meaning {
        let key = self.survey.cited(&node::attr(n, "href")).filter(|_| !in_list(n));
        match (key, math::words(n)) {
            (Some(key), shown) if !shown.is_empty() => {
                let marker = cites::alone(key, self.survey);
                self.marker(shown, marker)
            }
            _ => Meaning::Own,
        }
    }

    fn note(&self, n: &NodeRef<'_>) -> Meaning {
        // What stands between paragraphs is said of the article, and to no word of it.
        if n.parent().is_some_and(|p| node::has_class(&p, &["ltx_document"])) && is_said_of_all(n) {
            return Meaning::Inside { block: true };
        }
        let mark = survey::mark(n);
        let marker = |name: &str| DraftMarker {
            label: Label::Shown,
            group: None,
            cites: vec![DraftCite::new(To::Note(name.to_owned()))],
        };
        let shown = format!("[{}]", if mark.is_empty() { "*" } else { &mark });
        match self.survey.notes.get(&n.id) {
            Some(name) => Meaning::Note(Note {
                name: name.clone(),
                label: (!mark.is_empty()).then_some(mark),
                marker: (!self.survey.is_called(n)).then(|| (Some(shown), marker(name))),
                ..Note::default()
            }),
            None => match self.survey.repeated(n) {
                Some(name) => Meaning::Marker { shown: Some(shown), marker: marker(name) },
                None => Meaning::Inside { block: false },
            },
        }
    }

    fn entry(&self, n: &NodeRef<'_>) -> Meaning {
        let key = n.id_attr().map(|id| id.to_string());
        match key.and_then(|key| Some((self.survey.entries.get(&key)?, key))) {
            Some((listed, key)) => Meaning::Entry(Entry {
                key,
                label: listed.label.clone(),
                csl: Some(listed.csl.clone()),
                group: None,
            }),
            None => Meaning::Inside { block: true },
        }
    }
}

impl Dialect for Reading<'_> {
    fn meaning(&mut self, n: &NodeRef<'_>) -> Meaning {
        if let Some(tex) = math::tex_of(n) {
            return if tex.is_empty() {
                Meaning::Inside { block: false }
            } else {
                Meaning::Formula { tex, display: math::is_display(n) }
            };
        }
        if n.class().is_none() {
            return if n.has_name("a") { self.link(n) } else { Meaning::Own };
        }
        let is = |classes: &[&str]| node::has_class(n, classes);
        if is(CHROME) || is(&["ltx_title_document"]) {
            return Meaning::Dropped;
        }
        if is(&["ltx_cite"]) {
            return self.cite(n);
        }
        if is(&["ltx_note"]) {
            return self.note(n);
        }
        if is(&["ltx_bibitem"]) {
            return self.entry(n);
        }
        if is(&["ltx_ERROR"]) {
            self.errors += 1;
            return Meaning::Marked(Mark::Code);
        }
        if is(&["ltx_listing"]) {
            let (kind, draft) = lists::listing(n, self.survey);
            return if draft.is_empty() { Meaning::Dropped } else { Meaning::Block(kind, draft) };
        }
        match &*node::name(n) {
            "a" => self.link(n),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => elements::heading(n),
            "table" | "tr" | "tbody" => elements::table(n),
            "div" | "ul" | "section" | "figure" | "p" => elements::block(n),
            "img" => elements::picture(n),
            "figcaption" => elements::caption(n),
            _ => elements::inline(n),
        }
    }

    fn address(&self, href: &str) -> Option<String> {
        self.survey.place(href).filter(|(before, _)| !before.is_empty()).map(|(_, name)| format!("#{name}"))
    }
}

/// True for a note that is no footnote: of a journal, a conference, a date.
fn is_said_of_all(n: &NodeRef<'_>) -> bool {
    !node::attr(n, "class").contains("ltx_role_foot") && !node::has_class(n, &["ltx_role_thanks"])
}

/// True for what stands in an entry of the references.
fn in_list(n: &NodeRef<'_>) -> bool {
    node::around(n, |n| node::has_class(n, &["ltx_bibitem"])).is_some()
}
