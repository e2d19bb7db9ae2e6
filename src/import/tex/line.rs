//! A formula on one line.

use unicode_width::UnicodeWidthStr;

use super::letters::{self, lowered, raised};
use super::node::{Node, Script, Shape};
use super::rows::rows;
use super::slash;
use super::spacing::{Style, spaced};
use super::symbols::Class;

/// A part of the line.
#[derive(Clone, Debug, Default)]
pub struct Piece {
    /// What it shows.
    pub text: String,
    /// True when it ends with a bare index or radicand (`k_B`), which a letter right after it would lengthen.
    pub bare: bool,
}

impl Piece {
    /// A piece that ends where its text does.
    pub const fn whole(text: String) -> Self {
        Self { text, bare: false }
    }
}

/// The formula as running text.
pub fn text(nodes: &[Node]) -> String {
    list(nodes, Style::Line)
}

/// The formula as it stands in an index or exponent.
pub fn script(nodes: &[Node]) -> String {
    list(nodes, Style::Script)
}

/// The formula in this style.
pub fn list(nodes: &[Node], style: Style) -> String {
    let items = spaced(nodes, style);
    let mut out = Piece::default();
    for (at, item) in items.iter().enumerate() {
        let mut next = piece(item.node, style);
        let mut gap = item.gap.min(2);
        if slash::is_misread(&items, at) {
            next.text = format!("({})", next.text);
            if at > 0 && items[at - 1].right == Class::Function {
                gap = 0;
            }
        }
        if out.bare && next.text.starts_with(char::is_alphanumeric) {
            gap = gap.max(1);
        }
        if gap == 1 && (out.text.ends_with(' ') || next.text.starts_with(' ')) {
            gap = 0;
        }
        out.text.extend(std::iter::repeat_n(' ', gap));
        out.text.push_str(&next.text);
        out.bare = next.bare;
    }
    out.text
}

/// One node on the line.
pub fn piece(node: &Node, style: Style) -> Piece {
    Piece::whole(match node {
        Node::Atom(text, _) | Node::Text(text) | Node::Unknown(text) => text.to_string(),
        Node::Space(_) => String::new(),
        Node::Group(nodes) => list(nodes, style),
        Node::Script(script) => return scripted(script, style),
        Node::Fraction(over, under) => slash::fraction(over, under, style),
        Node::Choose(over, under) => format!("({} choose {})", list(over, style), list(under, style)),
        Node::Root(index, body) => return root(index, body),
        Node::Fenced(open, body, close) => fenced(open, body, close, style),
        Node::Accented(accent, body) => accented(*accent, body, style),
        Node::Braced(_, body) => bracketed(body, style),
        Node::Arrow(arrow, over, under) => arrowed(arrow, over, under),
        Node::Table(table) => match table.shape {
            Shape::Matrix => format!("[{}]", rows(table, style)),
            _ => rows(table, style),
        },
    })
}

/// A base with primes, index and exponent, in this order.
fn scripted(script: &Script, style: Style) -> Piece {
    let base = match &script.base {
        Node::Fraction(..) | Node::Root(..) => enclosed(&piece(&script.base, style).text),
        Node::Group(nodes) if matches!(nodes.last(), Some(Node::Script(_))) => enclosed(&list(nodes, style)),
        base => piece(base, style).text,
    };
    let mut out = Piece::whole(base);
    out.text.push_str(&primes(script.primes));
    for (nodes, mark, convert) in
        [(&script.sub, '_', lowered as fn(&str) -> Option<String>), (&script.sup, '^', raised)]
    {
        let Some(nodes) = nodes else { continue };
        let plain = self::script(nodes);
        match convert(&plain).filter(|_| !matches!(script.base, Node::Braced(..))) {
            Some(small) => out.text.push_str(&small),
            None => {
                out.bare = is_bare(&plain, nodes);
                out.text.push(mark);
                out.text.push_str(&if out.bare { plain } else { enclosed(&plain) });
            }
        }
    }
    out
}

/// True for an index or exponent that needs no parentheses: one character, or one word.
pub fn is_bare(plain: &str, nodes: &[Node]) -> bool {
    plain.width() == 1
        || (plain.chars().all(char::is_alphabetic)
            && matches!(nodes, [Node::Text(_) | Node::Atom(_, Class::Function | Class::Limit)]))
}

/// `′`, `″`, … as many as there are.
pub fn primes(count: usize) -> String {
    match count {
        2 => "″".into(),
        3 => "‴".into(),
        4 => "⁗".into(),
        count => "′".repeat(count),
    }
}

fn root(index: &[Node], body: &[Node]) -> Piece {
    let index = script(index);
    let sign = match &index[..] {
        "" | "2" => "√".into(),
        "3" => "∛".into(),
        "4" => "∜".into(),
        index => raised(index).map_or_else(|| format!("root_{}", enclosed(index)), |small| small + "√"),
    };
    let inner = text(body);
    let bare = inner.width() == 1 || (!inner.is_empty() && inner.bytes().all(|b| b.is_ascii_digit()));
    let lengthens = bare && inner.ends_with(char::is_alphanumeric);
    Piece { text: sign + &if bare { inner } else { enclosed(&inner) }, bare: lengthens }
}

fn fenced(open: &str, body: &[Node], close: &str, style: Style) -> String {
    let close = if open == "{" && close.is_empty() { "}" } else { close };
    let inner = match body {
        [Node::Table(table)] => rows(table, style),
        body => list(body, style),
    };
    format!("{open}{inner}{close}")
}

fn accented(accent: letters::Accent, body: &[Node], style: Style) -> String {
    if let [Node::Script(script)] = body {
        let base = vec![Node::Accented(accent, vec![script.base.clone()])];
        let inner = Script { base: Node::Group(base), ..(**script).clone() };
        return scripted(&inner, style).text;
    }
    let inner = list(body, style);
    let simple = inner.chars().all(|c| c.is_alphanumeric() || c == ' ');
    match inner.width() {
        1 => {
            let mark = if accent.mark == '\u{305}' { '\u{304}' } else { accent.mark };
            format!("{inner}{mark}")
        }
        _ if accent.each && simple => accent.over(&inner),
        _ => format!("{}{}", accent.name(), enclosed(&inner)),
    }
}

fn bracketed(body: &[Node], style: Style) -> String {
    let inner = list(body, style);
    if inner.width() > 1 { enclosed(&inner) } else { inner }
}

fn arrowed(arrow: &str, over: &[Node], under: &[Node]) -> String {
    let (over, under) = (script(over), script(under));
    let under = if under.is_empty() { String::new() } else { format!("_{}", enclosed(&under)) };
    match &over[..] {
        "" => format!("{arrow}{under}"),
        over if arrow == "←" || arrow == "⇐" => format!("{arrow}{over}─{under}"),
        over => format!("─{over}{arrow}{under}"),
    }
}

/// The text in parentheses, unless it stands in them already.
pub fn enclosed(text: &str) -> String {
    if is_enclosed(text) { text.to_owned() } else { format!("({text})") }
}

fn is_enclosed(text: &str) -> bool {
    let mut depth = 0_usize;
    if !text.starts_with('(') {
        return false;
    }
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at + 1 == text.len();
        }
    }
    false
}
