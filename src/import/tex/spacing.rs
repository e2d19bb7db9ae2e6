//! The space between the parts of a formula: *The TeXbook*, chapter 18, in whole cells.

use super::node::Node;
use super::symbols::Class;

/// Where a formula stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// On the line: operations and relations have space around them.
    Line,
    /// In an index or exponent: they have none.
    Script,
}

/// A node and the space before it.
#[derive(Clone, Copy, Debug)]
pub struct Spaced<'a> {
    /// The node; never a space.
    pub node: &'a Node,
    /// Cells before it.
    pub gap: usize,
    /// Its class on the left, after the change of binary operations to signs.
    pub left: Class,
    /// Its class on the right.
    pub right: Class,
}

/// The nodes without the spaces among them, each with the gap before it.
pub fn spaced(nodes: &[Node], style: Style) -> Vec<Spaced<'_>> {
    let mut out: Vec<Spaced<'_>> = Vec::with_capacity(nodes.len());
    let mut space = None;
    for node in nodes {
        if let Node::Space(cells) = node {
            let cells = if *cells == 0 { usize::from(style == Style::Line) } else { usize::from(*cells) };
            space = Some(space.map_or(cells, |s: usize| s.max(cells)));
            continue;
        }
        let (left, right) = node.classes();
        out.push(Spaced { node, gap: space.take().unwrap_or(0), left, right });
    }
    resolve_signs(&mut out);
    for at in 1..out.len() {
        let by_class = gap(out[at - 1].right, out[at].left, style);
        out[at].gap = out[at].gap.max(by_class);
    }
    if let Some(first) = out.first_mut() {
        first.gap = 0;
    }
    out
}

/// A binary operation with nothing on one side is a sign; a bar opens where a value is due, and else it closes.
fn resolve_signs(spaced: &mut [Spaced<'_>]) {
    let mut before = Class::Open;
    for at in 0..spaced.len() {
        let after = spaced.get(at + 1).map_or(Class::Close, |s| s.left);
        let item = &mut spaced[at];
        let leads = before.is_operator()
            || matches!(
                before,
                Class::Binary | Class::Relation | Class::Open | Class::Punctuation | Class::Sign
            );
        let trails = matches!(after, Class::Relation | Class::Close | Class::Punctuation);
        if item.left == Class::Binary && (leads || trails) {
            (item.left, item.right) = (Class::Sign, Class::Sign);
        } else if is_bar(item.node) {
            let side = if leads { Class::Open } else { Class::Close };
            (item.left, item.right) = (side, side);
        }
        before = item.right;
    }
}

/// True for a bar, which may open or close.
fn is_bar(node: &Node) -> bool {
    match node {
        Node::Atom(text, Class::Ordinary) => matches!(&**text, "|" | "‖"),
        Node::Script(script) => is_bar(&script.base),
        _ => false,
    }
}

/// Cells between two classes.
fn gap(left: Class, right: Class, style: Style) -> usize {
    use Class::{Binary, Close, Function, Open, Ordinary, Punctuation, Relation, Sign};
    let wide = match (left, right) {
        (Relation, Relation | Close | Punctuation) | (Open, _) | (_, Close | Punctuation) => false,
        (Binary | Relation | Punctuation, _) | (_, Binary | Relation) => true,
        _ => false,
    };
    let thin = match (left, right) {
        (Open | Sign, _) | (_, Close | Punctuation) => false,
        (Ordinary | Close, r) => r.is_operator(),
        (l, Ordinary | Sign | Function) if l.is_operator() => true,
        (l, r) => l.is_operator() && r.is_operator(),
    };
    usize::from(thin || (wide && style == Style::Line))
}
