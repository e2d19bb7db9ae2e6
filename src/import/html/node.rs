//! Small questions to a node of the document.

use dom_query::{Element, LocalName, NodeRef, local_name};

/// The name of an element; empty for anything else.
pub fn name(node: &NodeRef<'_>) -> LocalName {
    node.element_ref().map_or_else(LocalName::default, |element| element.name.local.clone())
}

/// An attribute; empty where there is none.
pub fn attr(node: &NodeRef<'_>, name: &str) -> String {
    node.attr(name).map_or_else(String::new, |value| value.to_string())
}

/// True when an element has one of these classes.
pub fn has_class(node: &NodeRef<'_>, classes: &[&str]) -> bool {
    let Some(element) = node.element_ref() else { return false };
    let all = held(&element, &local_name!("class"));
    all.is_some_and(|all| all.split_ascii_whitespace().any(|class| classes.contains(&class)))
}

/// An attribute where it stands.
fn held<'e>(element: &'e Element, name: &LocalName) -> Option<&'e str> {
    element.attrs.iter().find(|attr| attr.name.local == *name).map(|attr| &*attr.value)
}

/// The text below a node, white space collapsed, what is not shown left out.
pub fn words(node: &NodeRef<'_>) -> String {
    let mut out = String::new();
    for text in visible(node) {
        for (at, word) in text.split(|c: char| c.is_ascii_whitespace()).enumerate() {
            if at > 0 && !out.ends_with(' ') {
                out.push(' ');
            }
            out.push_str(word);
        }
    }
    out.trim().to_owned()
}

/// The text below a node as it stands.
pub fn raw(node: &NodeRef<'_>) -> String {
    visible(node).concat()
}

fn visible(node: &NodeRef<'_>) -> Vec<String> {
    let mut out = Vec::new();
    walk(node, |node| {
        if node.is_text() {
            out.push(node.text().to_string());
        } else if node.has_name("br") {
            out.push("\n".to_owned());
        }
        !is_hidden(node)
    });
    out
}

/// Visits what is below a node in the order of the document; `enter` says whether to go into one.
pub fn walk<'a>(root: &NodeRef<'a>, mut enter: impl FnMut(&NodeRef<'a>) -> bool) {
    walk_on(root, |node| Some(enter(node)));
}

/// As [`walk`], up to the first node of which `enter` says nothing.
pub fn walk_on<'a>(root: &NodeRef<'a>, mut enter: impl FnMut(&NodeRef<'a>) -> Option<bool>) {
    let mut next = root.first_child();
    while let Some(node) = next {
        let Some(inside) = enter(&node) else { return };
        next = if inside { node.first_child() } else { None };
        next = next.or_else(|| after(&node, root));
    }
}

/// The node that follows in the document, nothing below this one.
fn after<'a>(node: &NodeRef<'a>, root: &NodeRef<'a>) -> Option<NodeRef<'a>> {
    let mut at = *node;
    loop {
        if at.id == root.id {
            return None;
        }
        if let Some(next) = at.next_sibling() {
            return Some(next);
        }
        at = at.parent()?;
    }
}

/// The first element below a node for which this holds.
pub fn find<'a>(root: &NodeRef<'a>, mut holds: impl FnMut(&NodeRef<'a>) -> bool) -> Option<NodeRef<'a>> {
    let mut next = root.first_child();
    while let Some(node) = next {
        if node.is_element() && holds(&node) {
            return Some(node);
        }
        next = node.first_child().or_else(|| after(&node, root));
    }
    None
}

/// The nearest element around a node for which this holds.
pub fn around<'a>(node: &NodeRef<'a>, mut holds: impl FnMut(&NodeRef<'a>) -> bool) -> Option<NodeRef<'a>> {
    let mut at = node.parent();
    while let Some(node) = at {
        if node.is_element() && holds(&node) {
            return Some(node);
        }
        at = node.parent();
    }
    None
}

/// True for an element that a browser does not show.
pub fn is_hidden(node: &NodeRef<'_>) -> bool {
    let Some(element) = node.element_ref() else { return false };
    let never = matches!(
        &*element.name.local,
        "script"
            | "style"
            | "template"
            | "head"
            | "link"
            | "meta"
            | "title"
            | "object"
            | "embed"
            | "applet"
            | "iframe"
            | "canvas"
            | "svg"
            | "map"
            | "area"
            | "input"
            | "select"
            | "textarea"
            | "button"
            | "dialog"
            | "audio"
            | "video"
            | "datalist"
            | "noframes"
    );
    never
        || held(&element, &local_name!("hidden")).is_some()
        || held(&element, &local_name!("style")).is_some_and(hides)
}

fn hides(style: &str) -> bool {
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    style.split(';').any(|rule| rule.starts_with("display:none") || rule.starts_with("visibility:hidden"))
}
