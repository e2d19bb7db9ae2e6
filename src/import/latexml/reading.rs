//! What each element of a page of LaTeXML is: the dialect that the walker asks.

use dom_query::NodeRef;

use super::survey::{self, Survey};
use super::{Told, cites, counted, lists, math};
use crate::article::{DraftCite, DraftMarker, Label, Mark, Sort, To};
use crate::import::html::{Cell, Dialect, Entry, Meaning, Note, Shape, node};

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

/// Titles that begin a paragraph and are no headings.
const RUN_IN: [&str; 5] = [
    "ltx_title_theorem",
    "ltx_title_proof",
    "ltx_title_classification",
    "ltx_title_keywords",
    "ltx_title_note",
];

/// Titles that open a section whatever level they are written with.
const TOP: [&str; 3] = ["ltx_title_abstract", "ltx_title_acknowledgements", "ltx_title_bibliography"];

/// What fonts mean.
const FONTS: [(&str, Mark); 4] = [
    ("ltx_font_bold", Mark::Strong),
    ("ltx_font_italic", Mark::Emphasis),
    ("ltx_font_typewriter", Mark::Code),
    ("ltx_font_smallcaps", Mark::SmallCaps),
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
                csl: listed.csl.clone(),
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
        match node::name(n).as_str() {
            "a" => self.link(n),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => heading(n),
            "table" | "tr" | "tbody" => table(n),
            "div" | "ul" | "section" | "figure" | "p" => block(n),
            "img" => picture(n),
            "figcaption" => caption(n),
            _ => inline(n),
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

fn heading(n: &NodeRef<'_>) -> Meaning {
    if node::has_class(n, &RUN_IN) {
        return Meaning::RunIn;
    }
    if node::has_class(n, &TOP) { Meaning::Heading(1) } else { Meaning::Own }
}

fn table(n: &NodeRef<'_>) -> Meaning {
    if node::has_class(n, &["ltx_eqn_row"])
        && let Some(tex) = math::row(n)
    {
        return Meaning::Formula { tex, display: true };
    }
    if !n.has_name("table") {
        return Meaning::Own;
    }
    if node::has_class(n, &["ltx_tabular"]) {
        return Meaning::Table(Shape::Data);
    }
    Meaning::Table(Shape::Layout)
}

fn block(n: &NodeRef<'_>) -> Meaning {
    if node::has_class(n, &["ltx_authors"]) {
        return if tells_more(n) { Meaning::Inside { block: true } } else { Meaning::Dropped };
    }
    if node::has_class(n, &["ltx_biblist", "ltx_page_content"]) {
        return Meaning::Inside { block: true };
    }
    if node::has_class(n, &["ltx_date"]) {
        return Meaning::Dropped;
    }
    if node::has_class(n, &["ltx_subfigure"]) {
        return Meaning::Figure;
    }
    if runs_on(n) { Meaning::Inside { block: false } } else { Meaning::Own }
}

/// The first paragraph after a title that begins it.
fn runs_on(n: &NodeRef<'_>) -> bool {
    let after_title = |n: &NodeRef<'_>| n.prev_element_sibling().is_some_and(|before| is_label(&before));
    if n.has_name("p") {
        let first = n.prev_element_sibling().is_none();
        return after_title(n)
            || (first && n.parent().is_some_and(|p| node::has_class(&p, &["ltx_para"]) && after_title(&p)));
    }
    node::has_class(n, &["ltx_para"]) && after_title(n)
}

/// True for a label that its paragraph goes on after.
fn is_label(n: &NodeRef<'_>) -> bool {
    node::has_class(n, &RUN_IN) || node::has_class(n, &["ltx_tag_item", "ltx_tag_float"])
}

/// True for authors of whom more is said than their names.
fn tells_more(n: &NodeRef<'_>) -> bool {
    let more = ["ltx_contact", "ltx_note", "ltx_author_notes", "ltx_engrafo_author_notes"];
    node::find(n, |n| n.has_name("br") || n.has_name("sup") || node::has_class(n, &more)).is_some()
}

/// A caption. That of a listing is a line where it stands.
fn caption(n: &NodeRef<'_>) -> Meaning {
    let listing = n.parent().is_some_and(|figure| holds_listing(&figure));
    if listing { Meaning::Inside { block: true } } else { Meaning::Own }
}

fn holds_listing(figure: &NodeRef<'_>) -> bool {
    figure.children_it(false).any(|n| node::has_class(&n, &["ltx_listing"]))
}

/// A picture. What stands for its description is often a note of arXiv's, or the caption again.
fn picture(n: &NodeRef<'_>) -> Meaning {
    let said = node::attr(n, "alt");
    let figure = node::around(n, |n| n.has_name("figure"));
    let caption = figure.and_then(|f| node::find(&f, |n| node::has_class(n, &["ltx_caption"])));
    let repeats = |c: NodeRef<'_>| !said.trim().is_empty() && math::words(&c).contains(said.trim());
    if said == "Refer to caption" || caption.is_some_and(repeats) {
        return Meaning::Undescribed;
    }
    Meaning::Own
}

fn inline(n: &NodeRef<'_>) -> Meaning {
    let is = |classes: &[&str]| node::has_class(n, classes);
    if is(&["ltx_tag_bibitem", "ltx_tag_note"]) {
        return Meaning::Dropped;
    }
    if is(&["ltx_note_mark"]) {
        let own = node::around(n, |n| node::has_class(n, &["ltx_note"])).is_some();
        return if own { Meaning::Dropped } else { Meaning::Own };
    }
    if is(&["ltx_note_type"]) && node::around(n, |n| node::has_class(n, &["ltx_role_footnotetext"])).is_some()
    {
        return Meaning::Dropped;
    }
    if is(&["ltx_tag_float"]) {
        return Meaning::Marked(Mark::Strong);
    }
    if is(&["ltx_tag_item"]) {
        return item_tag(n);
    }
    if n.has_name("span") && is(&["ltx_tabular", "ltx_tr", "ltx_td"]) {
        return drawn_table(n);
    }
    if is(&["ltx_creator", "ltx_contact", "ltx_bibblock"]) {
        return Meaning::Inside { block: true };
    }
    font(n)
}

fn table_around<'a>(n: &NodeRef<'a>) -> Option<NodeRef<'a>> {
    node::around(n, |around| node::has_class(around, &["ltx_tabular"]))
}

/// A table of spans, in a line of text: a table all the same, unless it only breaks the lines of a cell.
fn drawn_table(n: &NodeRef<'_>) -> Meaning {
    let is = |classes: &[&str]| node::has_class(n, classes);
    let table = if is(&["ltx_tabular"]) { Some(*n) } else { table_around(n) };
    let Some(table) = table.filter(|t| t.has_name("span") && table_around(t).is_none()) else {
        return Meaning::Inside { block: true };
    };
    if is(&["ltx_tr"]) {
        return Meaning::Row;
    }
    if is(&["ltx_tabular"]) {
        let row = node::find(&table, |n| node::has_class(n, &["ltx_tr"]));
        let cells = row.map_or(0, |row| row.children_it(false).filter(NodeRef::is_element).count());
        return Meaning::Table(if cells > 1 { Shape::Data } else { Shape::Layout });
    }
    let span = |of: &str| {
        let classes = node::attr(n, "class");
        let told = classes.split_ascii_whitespace().find_map(|class| class.strip_prefix(of)?.parse().ok());
        told.unwrap_or(1).clamp(1, 64)
    };
    let header = is(&["ltx_th"]);
    Meaning::Cell(Cell { columns: span("ltx_colspan_"), rows: span("ltx_rowspan_"), header })
}

/// The sign or number of an item: lists have their own.
fn item_tag(n: &NodeRef<'_>) -> Meaning {
    let shown = math::words(n);
    let sign = shown.chars().count() == 1 && !shown.starts_with(char::is_alphanumeric);
    let number = shown.trim_end_matches('.').parse::<u32>().is_ok();
    let listed = n.parent().is_some_and(|item| item.has_name("li"));
    match (listed, sign || number) {
        (true, true) => Meaning::Dropped,
        (true, false) => Meaning::RunIn,
        (false, _) => Meaning::Own,
    }
}

/// A font, unless it stands in the same one.
fn font(n: &NodeRef<'_>) -> Meaning {
    let plain = n.has_name("span") || n.has_name("em") || n.has_name("strong");
    let Some((class, mark)) = FONTS.iter().find(|(class, _)| plain && node::has_class(n, &[class])) else {
        return Meaning::Own;
    };
    let same = node::around(n, |around| {
        node::has_class(around, &[class]) || (*mark == Mark::Strong && is_label(around))
    });
    if same.is_some() { Meaning::Inside { block: false } } else { Meaning::Marked(mark.clone()) }
}
