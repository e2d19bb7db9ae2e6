//! Listings and algorithms: their lines, with numbers and indents as they stand.

use dom_query::NodeRef;

use super::math;
use super::survey::Survey;
use crate::article::{Draft, Kind, Mark};
use crate::import::html::node;
use crate::import::tex;

/// A listing as a block: code, or lines of text where formulas or links stand in it.
pub fn listing(n: &NodeRef<'_>, survey: &Survey) -> (Kind, Draft) {
    let rich = node::find(n, |n| math::tex_of(n).is_some() || n.has_attr("href") && !is_data(n)).is_some();
    let lines = lines(n);
    let width = lines.iter().map(|line| number(line).chars().count()).max().unwrap_or(0);
    let mut draft = Draft::default();
    for (at, line) in lines.iter().enumerate() {
        draft.push(if at > 0 { "\n" } else { "" });
        let mut shown = Draft::default();
        if width > 0 {
            let number = format!("{:>width$}  ", number(line));
            shown.push(&if rich { number.replace(' ', "\u{a0}") } else { number });
        }
        shown.append(read(line, rich, survey));
        shown.trim_end();
        draft.append(shown);
    }
    draft.trim_end();
    if rich { (Kind::Paragraph, draft) } else { (Kind::Code(language(n).into()), draft) }
}

/// The link by which a listing can be saved.
fn is_data(n: &NodeRef<'_>) -> bool {
    n.parent().is_some_and(|p| node::has_class(&p, &["ltx_listing_data"]))
}

/// The lines of a listing; the whole of it where it tells none.
fn lines<'a>(n: &NodeRef<'a>) -> Vec<NodeRef<'a>> {
    let mut lines = Vec::new();
    node::walk(n, |n| {
        let line = node::has_class(n, &["ltx_listingline"]);
        if line {
            lines.push(*n);
        }
        !line
    });
    if lines.is_empty() { vec![*n] } else { lines }
}

/// The number of a line; empty for one without.
fn number(line: &NodeRef<'_>) -> String {
    let tag = node::find(line, |n| node::has_class(n, &["ltx_tag_listingline"]));
    tag.map(|tag| math::words(&tag)).unwrap_or_default()
}

/// One line. Spaces of code are spaces that do not break; in lines of text they stay so, and keep the indent.
fn read(line: &NodeRef<'_>, rich: bool, survey: &Survey) -> Draft {
    let mut draft = Draft::default();
    let mut open: Vec<(NodeRef<'_>, usize)> = Vec::new();
    let text = |draft: &mut Draft, told: &str| {
        let told = told.replace(['\n', '\r'], " ");
        let begun = !draft.as_str().is_empty();
        let told = if begun { told.as_str() } else { told.trim_start_matches(' ') };
        draft.push(&if rich { told.to_owned() } else { told.replace('\u{a0}', " ") });
    };
    node::walk(line, |n| {
        while open.last().is_some_and(|(link, _)| !is_in(n, link)) {
            close(&mut draft, open.pop(), survey);
        }
        if node::has_class(n, &["ltx_listing_data", "ltx_tag_listingline"]) || node::is_hidden(n) {
            return false;
        }
        if let Some(tex) = math::tex_of(n) {
            draft.push_marked(&tex::inline(&tex), Mark::Math(tex.clone()));
            return false;
        }
        if n.is_text() {
            text(&mut draft, &n.text());
        } else if n.has_name("a") && n.has_attr("href") {
            open.push((*n, draft.len()));
        }
        true
    });
    while !open.is_empty() {
        close(&mut draft, open.pop(), survey);
    }
    draft.trim_end();
    draft
}

fn is_in(n: &NodeRef<'_>, outer: &NodeRef<'_>) -> bool {
    node::around(n, |around| around.id == outer.id).is_some()
}

fn close(draft: &mut Draft, link: Option<(NodeRef<'_>, usize)>, survey: &Survey) {
    let Some((link, start)) = link.filter(|(_, start)| *start < draft.len()) else { return };
    let href = node::attr(&link, "href");
    let address = survey.place(&href).map_or(href.clone(), |(_, name)| format!("#{name}"));
    draft.mark(start, Mark::Link(address));
}

/// `ltx_lst_language_C`.
fn language(n: &NodeRef<'_>) -> String {
    let classes = node::attr(n, "class");
    let named = classes.split_ascii_whitespace().find_map(|class| class.strip_prefix("ltx_lst_language_"));
    named.unwrap_or("").to_lowercase()
}
