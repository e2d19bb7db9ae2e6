//! What stands around and in a page of a wiki and is no part of the article.

use dom_query::NodeRef;

use super::survey::marker;
use crate::import::html::node;

/// Classes of boxes for finding one's way, or about the page.
const BOXES: &[&str] = &[
    "navbox",
    "vertical-navbox",
    "sidebar",
    "ambox",
    "ombox",
    "tmbox",
    "cmbox",
    "imbox",
    "fmbox",
    "mbox-small",
    "metadata",
    "sistersitebox",
];
/// Classes of what is left out.
const CLASSES: &[&str] = &[
    "toc",
    "mw-editsection",
    "mw-editsection-like",
    "navbox-styles",
    "navbar",
    "sister-bar",
    "portalbox",
    "portal-bar",
    "authority-control",
    "mw-authority-control",
    "catlinks",
    "printfooter",
    "mw-jump-link",
    "mw-indicators",
    "mw-empty-elt",
    "mw-cite-backlink",
    "mw-linkback-text",
    "cite-accessibility-label",
    "pcs-ref-backlink-container",
    "pcs-ref-back-link",
    "mw-references-placeholder",
    "pcs-edit-section-link-container",
    "pagelib_edit_section_link_container",
    "pcs-collapse-table-collapsed-container",
    "pcs-collapse-table-collapsed-bottom",
    "pagelib_collapse_table_collapsed_container",
    "pagelib_collapse_table_collapsed_bottom",
    "lazy-image-placeholder",
    "magnify",
    "shield",
    "shield_container",
    "wot_shield",
    "mw-kartographer-maplink-overlay",
    "mwe-math-fallback-source-inline",
    "toctogglelabel",
    "mw-collapsible-toggle",
    "cs1-maint",
    "cs1-hidden-error",
];
/// Names of elements that are left out.
const IDS: &[&str] = &[
    "toc",
    "coordinates",
    "catlinks",
    "siteSub",
    "contentSub",
    "contentSub2",
    "jump-to-nav",
    "mw-navigation",
    "firstHeading",
    "siteNotice",
    "mw-page-base",
    "mw-head",
    "mw-panel",
    "footer",
    "pagelib_edit_section_title_description",
    "pcs-edit-section-title-description",
];

/// True for what is left out with everything in it. A box that cites something is part of the article after all, and
/// one to listen to has words of its own.
pub fn is(element: &NodeRef<'_>) -> bool {
    let said = || node::find(element, |n| marker(n).is_some() || node::has_class(n, &["haudio"])).is_some();
    let boxed = node::has_class(element, BOXES)
        || node::attr(element, "role") == "navigation"
        || is_print_only(element);
    node::has_class(element, CLASSES)
        || element.id_attr().is_some_and(|id| IDS.contains(&&*id))
        || leads_back(element)
        || node::attr(element, "rel").split_ascii_whitespace().any(|rel| rel == "mw:referencedBy")
        || (boxed && !said())
}

/// A link from an entry back to the text.
fn leads_back(element: &NodeRef<'_>) -> bool {
    let href = element.attr("href").filter(|_| element.has_name("a"));
    href.is_some_and(|href| href.contains("#cite_ref") || href.contains("#pcs-ref-back-link"))
}

/// What is not printed is no part of the article, but for what an author says of a sentence (`[citation needed]`).
fn is_print_only(element: &NodeRef<'_>) -> bool {
    node::has_class(element, &["noprint"])
        && !node::has_class(element, &["Inline-Template", "thumb", "infobox", "wikitable", "gallery"])
}
