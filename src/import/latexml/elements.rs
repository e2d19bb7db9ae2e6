//! Elements that mean the same wherever they stand: titles, tables, figures, fonts.

use dom_query::NodeRef;

use super::math;
use crate::article::Mark;
use crate::import::html::{Cell, Meaning, Shape, node};

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

/// A title: a heading, or a label that begins a paragraph.
pub fn heading(n: &NodeRef<'_>) -> Meaning {
    if node::has_class(n, &RUN_IN) {
        return Meaning::RunIn;
    }
    if node::has_class(n, &TOP) { Meaning::Heading(1) } else { Meaning::Own }
}

/// A table, a part of one, or a row of an equation.
pub fn table(n: &NodeRef<'_>) -> Meaning {
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

/// An element that is a block.
pub fn block(n: &NodeRef<'_>) -> Meaning {
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
pub fn caption(n: &NodeRef<'_>) -> Meaning {
    let listing = n.parent().is_some_and(|figure| holds_listing(&figure));
    if listing { Meaning::Inside { block: true } } else { Meaning::Own }
}

fn holds_listing(figure: &NodeRef<'_>) -> bool {
    figure.children_it(false).any(|n| node::has_class(&n, &["ltx_listing"]))
}

/// A picture. What stands for its description is often a note of arXiv's, or the caption again.
pub fn picture(n: &NodeRef<'_>) -> Meaning {
    let said = node::attr(n, "alt");
    let figure = node::around(n, |n| n.has_name("figure"));
    let caption = figure.and_then(|f| node::find(&f, |n| node::has_class(n, &["ltx_caption"])));
    let repeats = |c: NodeRef<'_>| !said.trim().is_empty() && math::words(&c).contains(said.trim());
    if said == "Refer to caption" || caption.is_some_and(repeats) {
        return Meaning::Undescribed;
    }
    Meaning::Own
}

/// An element in running text.
pub fn inline(n: &NodeRef<'_>) -> Meaning {
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
