//! MathML in TeX: by the source that pages keep beside it, else by what its elements say.

use dom_query::NodeRef;

use super::node;

/// How deep the parts of a formula nest.
const DEPTH: usize = 48;
/// Characters that mean something in TeX.
const SIGNS: [(char, &str); 10] = [
    ('{', "\\{"),
    ('}', "\\}"),
    ('#', "\\#"),
    ('%', "\\%"),
    ('&', "\\&"),
    ('_', "\\_"),
    ('$', "\\$"),
    ('\\', "\\setminus "),
    ('^', "\\hat{}"),
    ('~', "\\sim "),
];
/// What stands over or under, and the commands for it.
const ACCENTS: [(&str, &str, &str); 12] = [
    ("^", "\\hat", ""),
    ("ˆ", "\\hat", ""),
    ("~", "\\tilde", ""),
    ("˜", "\\tilde", ""),
    ("¯", "\\overline", "\\underline"),
    ("‾", "\\overline", "\\underline"),
    ("_", "\\overline", "\\underline"),
    ("→", "\\vec", ""),
    ("˙", "\\dot", ""),
    ("¨", "\\ddot", ""),
    ("⏞", "\\overbrace", ""),
    ("⏟", "", "\\underbrace"),
];

/// The TeX of a formula; nothing for one that shows nothing, or nests too deep.
pub fn tex(math: &NodeRef<'_>) -> Option<String> {
    let annotation = node::find(math, |n| {
        n.has_name("annotation") && node::attr(n, "encoding").to_ascii_lowercase().contains("tex")
    });
    let kept = annotation.map(|a| a.text().trim().to_owned()).filter(|t| !t.is_empty());
    let kept = kept.or_else(|| Some(node::attr(math, "alttext").trim().to_owned()).filter(|t| !t.is_empty()));
    kept.or_else(|| {
        let mut out = String::new();
        row(math, &mut out, 0)?;
        Some(out.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|t| !t.is_empty())
    })
}

/// Everything in an element, in a row.
fn row(node: &NodeRef<'_>, out: &mut String, depth: usize) -> Option<()> {
    node.children_it(false).filter(NodeRef::is_element).try_for_each(|child| one(&child, out, depth + 1))
}

fn one(node: &NodeRef<'_>, out: &mut String, depth: usize) -> Option<()> {
    if depth > DEPTH {
        return None;
    }
    let part = |at: usize| group(node, at, depth);
    match &*node::name(node) {
        "mi" => letter(&node::words(node), out),
        "mo" | "mn" => out.extend(node::words(node).chars().map(sign)),
        "mtext" | "ms" => {
            out.push_str(&format!("\\text{{{}}}", node::words(node).replace(['{', '}', '\\'], "")))
        }
        "mspace" => out.push_str("\\ "),
        "mfrac" => out.push_str(&format!("\\frac{}{}", part(0)?, part(1)?)),
        "msqrt" => {
            out.push_str("\\sqrt{");
            row(node, out, depth)?;
            out.push('}');
        }
        "mroot" => out.push_str(&format!("\\sqrt[{}]{}", part(1)?, part(0)?)),
        "msub" => out.push_str(&format!("{}_{}", part(0)?, part(1)?)),
        "msup" => out.push_str(&format!("{}^{}", part(0)?, part(1)?)),
        "msubsup" | "munderover" => out.push_str(&format!("{}_{}^{}", part(0)?, part(1)?, part(2)?)),
        "munder" => stacked(node, &part(0)?, &part(1)?, false, out),
        "mover" => stacked(node, &part(0)?, &part(1)?, true, out),
        "mfenced" => fenced(node, out, depth)?,
        "mtable" => table(node, out, depth)?,
        "mphantom" | "annotation" | "annotation-xml" | "none" | "mprescripts" => {}
        _ => row(node, out, depth)?,
    }
    Some(())
}

/// A part of an element, in braces.
fn group(node: &NodeRef<'_>, at: usize, depth: usize) -> Option<String> {
    let mut out = "{".to_owned();
    if let Some(child) = node.children_it(false).filter(NodeRef::is_element).nth(at) {
        one(&child, &mut out, depth + 1)?;
    }
    out.push('}');
    Some(out)
}

/// Several letters are the name of a function or a word.
fn letter(name: &str, out: &mut String) {
    if name.chars().filter(|c| c.is_alphabetic()).count() > 1 {
        out.push_str(&format!("\\operatorname{{{}}}", name.replace(['{', '}', '\\'], "")));
    } else {
        out.extend(name.chars().map(sign));
    }
}

fn sign(c: char) -> String {
    // What is not seen (function application, invisible times) is left out.
    if ('\u{2061}'..='\u{2064}').contains(&c) {
        return String::new();
    }
    SIGNS.iter().find(|(s, _)| *s == c).map_or_else(|| c.to_string(), |(_, tex)| (*tex).to_owned())
}

fn stacked(node: &NodeRef<'_>, base: &str, other: &str, over: bool, out: &mut String) {
    let second = node.children_it(false).filter(NodeRef::is_element).nth(1);
    let shown = second.map(|n| node::words(&n)).unwrap_or_default();
    let accent = ACCENTS.iter().find(|(sign, ..)| *sign == shown);
    let command = accent.map_or("", |(_, above, below)| if over { above } else { below });
    if command.is_empty() {
        out.push_str(&format!("{base}{}{other}", if over { '^' } else { '_' }));
    } else {
        out.push_str(&format!("{command}{base}"));
    }
}

fn fenced(node: &NodeRef<'_>, out: &mut String, depth: usize) -> Option<()> {
    let told = |name: &str, usual: &str| node.attr(name).map_or_else(|| usual.to_owned(), |v| v.to_string());
    out.extend(told("open", "(").chars().map(sign));
    let separators = told("separators", ",");
    for (at, child) in node.children_it(false).filter(NodeRef::is_element).enumerate() {
        if at > 0 {
            let mut signs = separators.chars().filter(|c| !c.is_whitespace());
            out.extend(signs.clone().nth(at - 1).or_else(|| signs.next_back()).map(sign));
        }
        one(&child, out, depth + 1)?;
    }
    out.extend(told("close", ")").chars().map(sign));
    Some(())
}

fn table(node: &NodeRef<'_>, out: &mut String, depth: usize) -> Option<()> {
    out.push_str("\\begin{matrix}");
    for (r, cells) in node.children_it(false).filter(NodeRef::is_element).enumerate() {
        out.push_str(if r > 0 { "\\\\ " } else { " " });
        for (c, cell) in cells.children_it(false).filter(NodeRef::is_element).enumerate() {
            out.push_str(if c > 0 { " & " } else { "" });
            row(&cell, out, depth + 1)?;
        }
    }
    out.push_str("\\end{matrix}");
    Some(())
}

#[cfg(test)]
mod tests {
    use super::super::Page;
    use super::*;
    use crate::import::tex as readable;

    fn read(mathml: &str) -> String {
        let page = Page::parse(&format!("<math>{mathml}</math>")).unwrap();
        let math = node::find(&page.body(), |n| n.has_name("math")).unwrap();
        tex(&math).unwrap_or_default()
    }

    #[test]
    fn elements_become_tex() {
        let cases = [
            (
                "<mfrac><mi>a</mi><mrow><mi>b</mi><mo>+</mo><mn>1</mn></mrow></mfrac>",
                "\\frac{a}{b+1}",
                "a/(b + 1)",
            ),
            ("<msqrt><mi>x</mi></msqrt>", "\\sqrt{x}", "√x"),
            ("<mroot><mi>x</mi><mn>3</mn></mroot>", "\\sqrt[{3}]{x}", "∛x"),
            ("<msup><mi>x</mi><mn>2</mn></msup><mo>=</mo><mi>y</mi>", "{x}^{2}=y", "x² = y"),
            ("<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>", "{x}_{i}^{2}", "xᵢ²"),
            (
                "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><mi>i</mi>",
                "{∑}_{i=1}^{n}i",
                "∑ᵢ₌₁ⁿ i",
            ),
            ("<mi>sin</mi><mo>\u{2061}</mo><mi>x</mi>", "\\operatorname{sin}x", "sin x"),
            ("<mover><mi>x</mi><mo>^</mo></mover>", "\\hat{x}", "x̂"),
            ("<mfenced><mi>a</mi><mi>b</mi></mfenced>", "(a,b)", "(a, b)"),
            (
                "<semantics><mi>x</mi><annotation encoding='application/x-tex'>\\xi</annotation></semantics>",
                "\\xi",
                "ξ",
            ),
        ];
        for (mathml, tex, shown) in cases {
            assert_eq!(read(mathml), tex, "{mathml}");
            assert_eq!(readable::inline(tex), shown, "{tex}");
        }
    }
}
