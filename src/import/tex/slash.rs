//! A fraction on one line, and where it needs parentheses to be read as it was written.

use super::letters;
use super::line::{enclosed, list};
use super::node::Node;
use super::spacing::{Spaced, Style, spaced};
use super::symbols::Class;

/// A fraction on the line.
pub fn fraction(over: &[Node], under: &[Node], style: Style) -> String {
    let (above, below) = (list(over, style), list(under, style));
    if let Some(one) = letters::vulgar(&above, &below) {
        return one.into();
    }
    let above = if is_product(over) { above } else { enclosed(&above) };
    let below = if is_single(under, &below) { below } else { enclosed(&below) };
    format!("{above}/{below}")
}

/// True when what stands beside a fraction would be read into it.
pub fn is_misread(items: &[Spaced<'_>], at: usize) -> bool {
    let (before, rest) = items.split_at(at);
    matches!(rest, [item, after @ ..]
        if is_slashed(item.node) && (clings_left(before, item.gap) || clings_right(after)))
}

/// True for a fraction that is written with a slash.
fn is_slashed(node: &Node) -> bool {
    matches!(node, Node::Fraction(over, under)
        if !matches!((&over[..], &under[..]), ([Node::Atom(a, _)], [Node::Atom(b, _)]) if letters::vulgar(a, b).is_some()))
}

/// True when what stands before a fraction would be read into it.
fn clings_left(before: &[Spaced<'_>], gap: usize) -> bool {
    let operand = |last: &Spaced<'_>| matches!(last.right, Class::Ordinary | Class::Close | Class::Function);
    gap < 2 && before.last().is_some_and(operand)
}

/// True when what stands after a fraction would be read into it.
fn clings_right(after: &[Spaced<'_>]) -> bool {
    after.first().is_some_and(|next| {
        let operand = matches!(next.left, Class::Ordinary | Class::Open) || next.left.is_operator();
        match next.node {
            Node::Atom(text, _) if &**text == "." => false,
            Node::Atom(text, _) if &**text == "!" => true,
            Node::Text(text) if text.starts_with(' ') => false,
            Node::Group(nodes) if matches!(nodes.first(), Some(Node::Text(_))) => false,
            _ => operand && next.gap < 2,
        }
    })
}

/// True when a numerator needs no parentheses: outside of delimiters no sum, no relation, no fraction in it.
fn is_product(nodes: &[Node]) -> bool {
    let items = spaced(nodes, Style::Line);
    let mut depth = 0_usize;
    items.iter().enumerate().all(|(at, item)| {
        let inside = depth > 0;
        match (item.left, item.right) {
            (Class::Open, Class::Open) => depth += 1,
            (Class::Close, Class::Close) => depth = depth.saturating_sub(1),
            _ => {}
        }
        inside
            || match item.left {
                Class::Binary | Class::Relation | Class::Punctuation => false,
                Class::Sign => at == 0,
                left if left.is_operator() => items.get(at + 1).is_none_or(|next| next.left == Class::Open),
                _ => is_factor(item.node),
            }
    })
}

/// True when a denominator needs no parentheses: one factor, a number, a factorial, or a differential (`dx`, `∂x`).
fn is_single(nodes: &[Node], shown: &str) -> bool {
    match nodes {
        [one] => is_factor(one),
        [Node::Atom(d, _), one] if matches!(&**d, "d" | "∂" | "δ" | "Δ") => is_factor(one),
        [one, Node::Atom(mark, _)] if &**mark == "!" => is_factor(one),
        _ => is_delimited(nodes) || (!shown.is_empty() && shown.bytes().all(|b| b.is_ascii_digit())),
    }
}

/// True for a node that can stand beside a slash as it is.
fn is_factor(node: &Node) -> bool {
    match node {
        Node::Fraction(..) => !is_slashed(node),
        Node::Table(_) => false,
        Node::Text(text) => !text.contains(' '),
        Node::Group(nodes) => is_single(nodes, ""),
        _ => true,
    }
}

/// True when the first node opens what the last one closes.
fn is_delimited(nodes: &[Node]) -> bool {
    let mut depth = 0_usize;
    for (at, item) in spaced(nodes, Style::Line).iter().enumerate() {
        match item.left {
            Class::Open if item.right == Class::Open => depth += 1,
            Class::Close => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at > 0 && at + 1 == nodes.len();
        }
    }
    false
}
