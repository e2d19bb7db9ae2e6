//! What each element of a wiki's page is: the dialect that the walker asks.

use dom_query::NodeRef;

use super::survey::{self, Survey};
use super::{chrome, labels};
use crate::article::{DraftCite, DraftMarker, Label, To};
use crate::import::html::{Dialect, Entry, Meaning, Note, Shape, mathml, node};

/// Reads a page by its survey.
pub struct Reading<'a> {
    survey: &'a Survey,
    /// Markers whose list is not in the page.
    unresolved: usize,
}

impl<'a> Reading<'a> {
    /// A reading of a page.
    pub fn new(survey: &'a Survey) -> Self {
        Self { survey, unresolved: 0 }
    }

    /// What is to be said of markers that lead nowhere.
    pub fn unresolved(&self) -> Option<String> {
        match self.unresolved {
            0 => None,
            1 => Some("1 marker leads nowhere: its entry is not in the page".to_owned()),
            n => Some(format!("{n} markers lead nowhere: their entries are not in the page")),
        }
    }

    fn marker(&mut self, key: String, label: String) -> Meaning {
        let listed = self.survey.entries.get(&key);
        let to = match listed {
            Some(entry) if entry.note => To::Note(key),
            Some(_) => To::Reference(key),
            None => {
                self.unresolved += 1;
                To::Missing(key)
            }
        };
        let group = listed.map_or_else(|| labels::series(&label), |entry| entry.group.clone());
        let marker = DraftMarker { label: Label::Shown, group, cites: vec![DraftCite::new(to)] };
        Meaning::Marker { shown: Some(label), marker }
    }

    /// The text of an entry, or the item around it.
    fn entry(&self, n: &NodeRef<'_>) -> Option<Meaning> {
        let key = self.survey.texts.get(&n.id)?;
        let entry = self.survey.entries.get(key)?;
        Some(if entry.note {
            Meaning::Note(Note {
                name: key.clone(),
                label: Some(entry.label.clone()),
                group: entry.group.clone(),
                here: true,
                marker: None,
            })
        } else {
            let (key, label, csl) = (key.clone(), entry.label.clone(), Some(entry.csl.clone()));
            Meaning::Entry(Entry { key, label, group: entry.group.clone(), csl })
        })
    }
}

impl Dialect for Reading<'_> {
    fn meaning(&mut self, n: &NodeRef<'_>) -> Meaning {
        if chrome::is(n) {
            return Meaning::Dropped;
        }
        // Text that goes on with a note from elsewhere: its marker is never shown.
        if node::has_class(n, &["mw-ref-follow"]) {
            return Meaning::Dropped;
        }
        if let Some((key, label)) = survey::marker(n) {
            return self.marker(key, label);
        }
        if let Some(entry) = self.entry(n) {
            return entry;
        }
        if self.survey.items.contains(&n.id) {
            return Meaning::Inside { block: true };
        }
        match &*node::name(n) {
            "sup" | "span" => inline(n),
            "div" | "li" | "ol" | "ul" => block(n),
            "table" => table(n),
            "img" => formula_picture(n),
            // The style sheet takes the stress of an entry off.
            "cite" if node::has_class(n, &["citation"]) => Meaning::Inside { block: false },
            // A page that nobody has written yet.
            "a" if node::has_class(n, &["new"]) => Meaning::Inside { block: false },
            "header" if node::find(n, |n| n.has_name("h1")).is_some() => Meaning::Dropped,
            _ => Meaning::Own,
        }
    }

    /// The apps fold sections and tables, and show them when they are asked to.
    fn shows(&self, n: &NodeRef<'_>) -> bool {
        let folds = ["pcs-collapse-table-container", "pagelib_collapse_table_container"];
        let folded = ["pcs-collapse-table-content", "pagelib_collapse_table_content"];
        n.has_attr("data-mw-section-id")
            || node::has_class(n, &folded)
            || (n.has_name("table") && n.parent().is_some_and(|p| node::has_class(&p, &folds)))
    }
}

fn inline(n: &NodeRef<'_>) -> Meaning {
    if node::has_class(n, &["Z3988", "flagicon"]) {
        return Meaning::Dropped;
    }
    if n.has_name("sup") && node::has_class(n, &["reference"]) {
        let shown = node::words(n);
        return Meaning::Locator { locator: labels::pages(&shown), shown };
    }
    if node::has_class(n, &["mwe-math-element"]) {
        return formula(n);
    }
    let lazy = ["pcs-lazy-load-placeholder", "pagelib_lazy_load_placeholder"];
    if node::has_class(n, &lazy) && n.has_attr("data-src") {
        return Meaning::Picture;
    }
    Meaning::Own
}

/// A formula: as MathML, or as a picture of which only the source can be read.
fn formula(n: &NodeRef<'_>) -> Meaning {
    let math = node::find(n, |n| n.has_name("math"));
    let picture = node::find(n, |n| n.has_name("img"));
    let tex = math.as_ref().and_then(mathml::tex).or_else(|| Some(node::attr(&picture?, "alt")));
    let display = math.is_some_and(|m| node::attr(&m, "display") == "block")
        || picture.is_some_and(|p| node::has_class(&p, &["mwe-math-fallback-image-display"]));
    match tex.filter(|tex| !tex.trim().is_empty()) {
        Some(tex) => Meaning::Formula { tex, display },
        None => Meaning::Own,
    }
}

fn formula_picture(n: &NodeRef<'_>) -> Meaning {
    let is_formula =
        node::has_class(n, &["mwe-math-fallback-image-inline", "mwe-math-fallback-image-display", "tex"]);
    let tex = node::attr(n, "alt");
    if is_formula && !tex.trim().is_empty() {
        let display = node::has_class(n, &["mwe-math-fallback-image-display"]);
        return Meaning::Formula { tex, display };
    }
    Meaning::Own
}

fn block(n: &NodeRef<'_>) -> Meaning {
    if node::has_class(n, &["gallerybox", "tsingle"]) {
        return Meaning::Figure;
    }
    if node::has_class(n, &["thumbcaption", "gallerytext"]) {
        return Meaning::Caption;
    }
    if node::has_class(n, &["thumb", "floatright", "floatleft"]) {
        let several = node::find(n, |n| node::has_class(n, &["tsingle"])).is_some();
        let inner = node::around(n, |n| n.has_name("li") && node::has_class(n, &["gallerybox"])).is_some();
        return if several || inner { Meaning::Inside { block: true } } else { Meaning::Figure };
    }
    if node::has_class(n, &["gallery", "gallerycaption"]) && !n.has_name("div") {
        return Meaning::Inside { block: true };
    }
    Meaning::Own
}

fn table(n: &NodeRef<'_>) -> Meaning {
    if node::has_class(n, &["infobox", "infobox_v2", "infobox_v3", "taxobox", "biota", "sinottico"]) {
        return Meaning::Table(Shape::Pairs);
    }
    if node::has_class(n, &["wikitable"]) {
        return Meaning::Table(Shape::Data);
    }
    Meaning::Own
}
