//! A formula in two dimensions.

use unicode_width::UnicodeWidthStr;

use super::canvas::Canvas;
use super::letters::{lowered, raised};
use super::node::{Align, Node, Script};
use super::parse::Parsed;
use super::spacing::{Style, spaced};
use super::{fence, grid, line};

/// Draws a list of nodes side by side.
pub fn list(nodes: &[Node]) -> Parsed<Canvas> {
    let mut canvas = Canvas::default();
    let (mut bare, mut barred) = (false, false);
    for (at, item) in spaced(nodes, Style::Line).into_iter().enumerate() {
        let (next, ends_bare) = draw(item.node)?;
        let is_barred = next.height() > 1 && matches!(item.node, Node::Fraction(..));
        let mut gap = item.gap;
        if at > 0 {
            let delimited = item.left == super::symbols::Class::Close || canvas.middle().ends_with(OPENERS);
            let lengthens = bare && next.middle().starts_with(char::is_alphanumeric);
            let touches = (is_barred || barred) && !delimited && !next.middle().starts_with(CLOSERS);
            gap = gap.max(usize::from(lengthens || touches));
        }
        if gap == 1
            && next.height() == 1
            && (canvas.middle().ends_with(' ') || next.middle().starts_with(' '))
        {
            gap = 0;
        }
        canvas.put_beside(&next, gap)?;
        (bare, barred) = (ends_bare, is_barred);
    }
    Ok(if canvas.height() == 0 { Canvas::line("") } else { canvas })
}

/// What a fraction's bar does not touch by mistake.
const OPENERS: &[char] = &['(', '[', '{', '|', '⟨', '⎜', '⎢', '⎨', '⎪', '│'];
const CLOSERS: &[char] = &['.', ',', ';', '⎟', '⎥', '⎬', '│'];

/// Draws one node; true when it ends with a bare index.
fn draw(node: &Node) -> Parsed<(Canvas, bool)> {
    Ok((
        match node {
            Node::Group(nodes) => list(nodes)?,
            Node::Script(script) => return scripted(script),
            Node::Fraction(over, under) => fraction(node, over, under)?,
            Node::Choose(over, under) => {
                let parts = vec![list(over)?, Canvas::line(""), list(under)?];
                fence::around("(", Canvas::stack(parts, Align::Centre, 1)?, ")")?
            }
            Node::Root(index, body) => return root(node, index, body),
            Node::Fenced(open, body, close) => fence::around(open, list(body)?, close)?,
            Node::Accented(accent, body) => {
                let inner = list(body)?;
                let one_line = line::piece(node, Style::Line);
                if inner.height() == 1 && !one_line.text.starts_with(accent.name()) {
                    return Ok((Canvas::line(&one_line.text), one_line.bare));
                }
                let width = if accent.each { inner.width() } else { 1 };
                let below = accent.mark == '\u{332}';
                let mark = Canvas::rule(accent.wide, width);
                over_or_under(inner, (!below).then_some(mark.clone()), below.then_some(mark))?
            }
            Node::Braced(over, body) => braced(*over, list(body)?)?,
            Node::Arrow(arrow, over, under) => arrowed(arrow, over, under)?,
            Node::Table(table) => grid::table(table)?,
            node => {
                let piece = line::piece(node, Style::Line);
                return Ok((Canvas::line(&piece.text), piece.bare));
            }
        },
        false,
    ))
}

fn fraction(node: &Node, over: &[Node], under: &[Node]) -> Parsed<Canvas> {
    let flat = line::piece(node, Style::Line).text;
    if flat.width() == 1 {
        return Ok(Canvas::line(&flat));
    }
    let (over, under) = (list(over)?, list(under)?);
    let nested = over.height() > 1 || under.height() > 1;
    let width = over.width().max(under.width()).max(1) + if nested { 2 } else { 0 };
    Canvas::stack(vec![over, Canvas::rule('─', width), under], Align::Centre, 1)
}

/// A root: on one line, or with its sign as tall as what it holds.
fn root(node: &Node, index: &[Node], body: &[Node]) -> Parsed<(Canvas, bool)> {
    let inner = list(body)?;
    if inner.height() == 1 {
        let piece = line::piece(node, Style::Line);
        return Ok((Canvas::line(&piece.text), piece.bare));
    }
    let (height, base) = (inner.height() + 1, inner.base + 1);
    let index = line::script(index);
    let index = raised(&index).unwrap_or(index);
    let blank = " ".repeat(index.width().max(1));
    let rows = (0..height).map(|row| match row {
        0 => format!("{blank}┌"),
        row if row + 1 == height => format!("{}╲│", &blank[1..]),
        row if row + 2 == height && !index.is_empty() => format!("{index}│"),
        _ => format!("{blank}│"),
    });
    let mut sign = Canvas::column(rows.collect(), base);
    let roof = Canvas::rule('─', inner.width());
    sign.put_beside(&Canvas::stack(vec![roof, inner], Align::Left, 1)?, 0)?;
    Ok((sign, false))
}

/// A base with primes, index and exponent: stacked, small, or raised and lowered by a row.
fn scripted(script: &Script) -> Parsed<(Canvas, bool)> {
    let (base, _) = draw(&script.base)?;
    let small = |nodes: &Option<Vec<Node>>| nodes.as_deref().map(line::script);
    let (sub, sup) = (small(&script.sub), small(&script.sup));
    if script.stacked && script.primes == 0 {
        return Ok((over_or_under(base, limit(&script.sup)?, limit(&script.sub)?)?, false));
    }
    let flat = line::piece(&Node::Script(Box::new(script.clone())), Style::Line);
    let fits = |text: &Option<String>, nodes: &Option<Vec<Node>>, convert: fn(&str) -> Option<String>| {
        let (Some(text), Some(nodes)) = (text, nodes) else { return true };
        convert(text).is_some() || line::is_bare(text, nodes)
    };
    if base.height() == 1 && fits(&sub, &script.sub, lowered) && fits(&sup, &script.sup, raised) {
        return Ok((Canvas::line(&flat.text), flat.bare));
    }
    around(base, script.primes, sub, sup)
}

/// What stands above or below an operator: one line, or those of `\substack`.
fn limit(nodes: &Option<Vec<Node>>) -> Parsed<Option<Canvas>> {
    Ok(match nodes.as_deref() {
        None => None,
        Some(stack @ [Node::Table(_)]) => Some(list(stack)?),
        Some(nodes) => Some(Canvas::line(&line::script(nodes))),
    })
}

/// Sets an index and an exponent at the right edge of a base.
fn around(
    mut base: Canvas,
    primes: usize,
    sub: Option<String>,
    sup: Option<String>,
) -> Parsed<(Canvas, bool)> {
    let (above, below) = (base.base, base.height() - 1 - base.base);
    let mut sup = sup.unwrap_or_default();
    if base.height() == 1 {
        base.put_beside(&Canvas::line(&line::primes(primes)), 0)?;
        if let Some(small) = sub.as_deref().and_then(lowered) {
            base.put_beside(&Canvas::line(&small), 0)?;
            return beside(base, "", 0, &sup, 1);
        }
        if let Some(small) = raised(&sup).filter(|small| !small.is_empty()) {
            base.put_beside(&Canvas::line(&small), 0)?;
            sup.clear();
        }
        return beside(base, sub.as_deref().unwrap_or(""), 1, &sup, 1);
    }
    let sup = line::primes(primes) + &raised(&sup).unwrap_or(sup);
    let sub = sub.map(|sub| lowered(&sub).unwrap_or(sub)).unwrap_or_default();
    beside(base, &sub, below, &sup, above)
}

/// Draws two small texts at the right: one so many rows below the line, one so many above.
fn beside(mut base: Canvas, sub: &str, down: usize, sup: &str, up: usize) -> Parsed<(Canvas, bool)> {
    let (up, down) = (if sup.is_empty() { 0 } else { up }, if sub.is_empty() { 0 } else { down });
    let mut rows = vec![String::new(); up + down + 1];
    let last = rows.len() - 1;
    if let Some(row) = rows.first_mut() {
        row.push_str(sup);
    }
    if let Some(row) = rows.get_mut(last) {
        row.push_str(sub);
    }
    let parts = rows.iter().map(|row| Canvas::line(row)).collect();
    base.put_beside(&Canvas::stack(parts, Align::Left, up)?, 0)?;
    Ok((base, false))
}

/// One drawing with another above or below it, in the middle.
fn over_or_under(base: Canvas, over: Option<Canvas>, under: Option<Canvas>) -> Parsed<Canvas> {
    let line = usize::from(over.is_some());
    let parts = over.into_iter().chain([base]).chain(under).collect();
    Canvas::stack(parts, Align::Centre, line)
}

/// A brace as wide as what it spans.
fn braced(over: bool, body: Canvas) -> Parsed<Canvas> {
    let (left, tip, right) = if over { ('╭', '┴', '╮') } else { ('╰', '┬', '╯') };
    let width = body.width();
    let brace = match width {
        0..3 => Canvas::rule(if over { '⏞' } else { '⏟' }, width.min(1)),
        _ => {
            let (before, after) = ((width - 3) / 2, (width - 2) / 2);
            Canvas::line(&format!("{left}{}{tip}{}{right}", "─".repeat(before), "─".repeat(after)))
        }
    };
    if over { over_or_under(body, Some(brace), None) } else { over_or_under(body, None, Some(brace)) }
}

/// An arrow as long as what stands over and under it.
fn arrowed(arrow: &str, over: &[Node], under: &[Node]) -> Parsed<Canvas> {
    let (over, under) = (line::script(over), line::script(under));
    let shaft = "─".repeat(over.width().max(under.width()));
    let drawn = match arrow {
        "←" | "⇐" => format!("{arrow}{shaft}"),
        "=" => "=".repeat(shaft.width() / "─".width() + 1),
        "⇒" | "⇔" | "⇌" => format!("{}{arrow}", shaft.replace('─', "═")),
        arrow => format!("{shaft}{arrow}"),
    };
    let label = |text: String| (!text.is_empty()).then(|| Canvas::line(&text));
    over_or_under(Canvas::line(&drawn), label(over), label(under))
}
