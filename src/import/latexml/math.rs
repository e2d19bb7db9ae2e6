//! Formulas: by the TeX that LaTeXML keeps beside them, also where MathJax has drawn them; rows of equations with
//! their numbers.

use dom_query::NodeRef;

use crate::import::html::{mathml, node};
use crate::import::tex;

/// The TeX of an element that is a formula: of MathML, of what MathJax left, of a picture. Empty for a formula without.
pub fn tex_of(n: &NodeRef<'_>) -> Option<String> {
    let told = if n.has_name("math") {
        mathml::tex(n).unwrap_or_default()
    } else if n.has_name("img") && node::has_class(n, &["ltx_Math", "ltx_DisplayMath", "ltx_math_image"]) {
        node::attr(n, "alt")
    } else if node::has_class(n, &["ltx_Math", "ltx_DisplayMath"]) {
        drawn(n)
    } else {
        return None;
    };
    Some(cleaned(&told))
}

/// True for a formula on lines of its own.
pub fn is_display(n: &NodeRef<'_>) -> bool {
    node::attr(n, "display") == "block" || node::has_class(n, &["ltx_DisplayMath"])
}

/// The source of a formula that MathJax has drawn: it stands in a label for those who listen; else its letters.
fn drawn(n: &NodeRef<'_>) -> String {
    if let Some(math) = node::find(n, |n| n.has_name("math")) {
        return mathml::tex(&math).unwrap_or_default();
    }
    let labelled = node::find(n, |n| !node::attr(n, "aria-label").is_empty());
    let source = node::find(n, |n| n.has_name("script") && node::attr(n, "type").contains("tex"));
    match (labelled, source) {
        (Some(math), _) => node::attr(&math, "aria-label"),
        (None, Some(script)) => script.text().to_string(),
        (None, None) => node::words(n),
    }
}

/// TeX without the line ends that LaTeXML breaks it with, and without what only sets its size.
fn cleaned(tex: &str) -> String {
    let mut out = String::with_capacity(tex.len());
    let mut chars = tex.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '%' && chars.next_if(|c| matches!(c, '\n' | '\r')).is_some() {
            continue;
        }
        out.push(c);
        if c == '\\' {
            out.extend(chars.next());
        }
    }
    let mut rest = out.trim();
    while let Some(after) = rest.strip_prefix("\\displaystyle") {
        rest = match after.strip_prefix("{}") {
            Some(after) => after.trim_start(),
            None if after.starts_with(|c: char| c.is_alphabetic()) => break,
            None => after.trim_start(),
        };
    }
    rest.to_owned()
}

/// The words of an element, formulas as text, marks of notes and their texts left out.
pub fn words(n: &NodeRef<'_>) -> String {
    let mut out = String::new();
    node::walk(n, |n| {
        if n.is_text() {
            out.push_str(&n.text());
        } else if let Some(tex) = tex_of(n) {
            out.push_str(&tex::inline(&tex));
            return false;
        }
        if n.has_name("br") {
            out.push(' ');
        }
        !node::is_hidden(n) && !node::has_class(n, &["ltx_note"])
    });
    let words = out.split([' ', '\t', '\n', '\r']).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// The TeX of a row of an equation: its cells one after the other, and its number. Nothing for a row that holds more
/// than formulas and words.
pub fn row(row: &NodeRef<'_>) -> Option<String> {
    let (mut out, mut tag, mut plain, mut seen) = (Vec::new(), String::new(), true, false);
    node::walk(row, |n| {
        if let Some(tex) = tex_of(n) {
            seen |= !tex.is_empty();
            out.push(tex);
            return false;
        }
        if node::has_class(n, &["ltx_tag"]) {
            tag = words(n);
            return false;
        }
        // Of an alignment, each second cell begins another equation.
        if node::has_class(n, &["ltx_eqn_cell"]) && node::has_class(n, &["ltx_align_right"]) && seen {
            out.push("\\quad".to_owned());
        }
        if n.is_text() && !n.text().trim().is_empty() {
            let words = n.text().split_whitespace().collect::<Vec<_>>().join(" ");
            out.push(format!("\\text{{ {} }}", words.replace(['{', '}', '\\', '$', '%', '&', '#'], "")));
        }
        plain &= !n.has_name("a") && !n.has_name("cite") && !node::has_class(n, &["ltx_note", "ltx_ERROR"]);
        true
    });
    if !plain || !seen {
        return None;
    }
    out.retain(|part| !part.is_empty());
    while out.last().is_some_and(|part| part == "\\quad") {
        out.pop();
    }
    Some(format!("{}{}", out.join(" "), tagged(&tag)))
}

/// A number as TeX has it: `\tag{3}`. One without parentheses stays so.
fn tagged(tag: &str) -> String {
    let tag = tag.replace(['{', '}', '\\', '$', '%', '&', '#', '^', '_'], "");
    let inner = tag.trim().strip_prefix('(').and_then(|t| t.strip_suffix(')'));
    match (inner, tag.trim()) {
        (_, "") => String::new(),
        (Some(inner), _) => format!(" \\tag{{{inner}}}"),
        (None, tag) => format!(" \\tag*{{{tag}}}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tex_loses_only_what_is_not_its_own() {
        let cases = [
            ("\\displaystyle x+%\ny", "x+y"),
            ("\\displaystyle{}a%\r\nb", "a\nb"),
            ("50\\%\nx", "50\\%\nx"),
            ("\\displaystylex", "\\displaystylex"),
        ];
        for (tex, expected) in cases {
            assert_eq!(cleaned(tex), expected, "{tex}");
        }
    }

    #[test]
    fn numbers_are_tags() {
        let cases = [("(3)", " \\tag{3}"), ("A.1", " \\tag*{A.1}"), ("", ""), ("(a)", " \\tag{a}")];
        for (tag, expected) in cases {
            assert_eq!(tagged(tag), expected, "{tag}");
        }
    }
}
