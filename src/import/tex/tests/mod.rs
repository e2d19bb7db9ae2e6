//! Formulas: tables of what is shown, properties that hold for any input, and the formulas of real pages.

mod corpus;
mod display;
mod inline;

use std::time::{Duration, Instant};

use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

use super::{LONGEST, display, inline, source, unwrapped};

/// What both forms promise for any input.
fn check(tex: &str) {
    let line = inline(tex);
    assert!(!line.chars().any(char::is_control), "{line:?}");
    let drawn = display(tex);
    assert!(!drawn.chars().any(|c| c.is_control() && c != '\n'), "{drawn:?}");
    let mut widths: Vec<_> = drawn.split('\n').map(UnicodeWidthStr::width).collect();
    widths.dedup();
    assert_eq!(widths.len(), 1, "rows are equally wide:\n{drawn}");
    assert_eq!(line.is_empty(), source(unwrapped(tex)).is_empty(), "{tex:?}");
    assert_eq!(drawn.trim().is_empty(), line.is_empty(), "{tex:?}");
}

/// Pieces of formulas, so that most of what is made of them is nearly one.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "x",
        "2",
        "+",
        "=",
        "{",
        "}",
        "^",
        "_",
        "&",
        r"\\",
        " ",
        "(",
        ")",
        "|",
        "'",
        "漢",
        "e\u{301}",
        r"\frac",
        r"\sqrt",
        r"\left(",
        r"\right)",
        r"\sum",
        r"\hat",
        r"\mathbf",
        r"\text{a $x$ b}",
        r"\begin{pmatrix}",
        r"\end{pmatrix}",
        r"\begin{cases}",
        r"\end{cases}",
        r"\over",
        r"\alpha",
        r"\underbrace",
        r"\xrightarrow",
        r"\binom",
        r"\not",
        r"\substack{a\\b}",
        r"\tag{1}",
        r"\foo",
        "%",
        "\n",
        "\t",
        "\u{1b}",
        "\u{202e}",
        "[",
        "]",
        "$",
        "👩‍🔬",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_text_is_shown_somehow(tex in "\\PC{0,60}|[\\x00-\\x7f\\u{80}-\\u{9f}]{0,60}") {
        check(&tex);
    }

    #[test]
    fn any_formula_is_shown_somehow(tex in pieces()) {
        check(&tex);
    }
}

#[test]
fn repeats_take_linear_time() {
    let repeated = [
        ("{", "", ""),
        ("{", "x", "}"),
        (r"\frac", "", ""),
        (r"\frac{a}{", "b", "}"),
        ("x^", "", ""),
        ("^", "x", ""),
        ("x^{", "y", "}"),
        ("_", "", ""),
        ("'", "", ""),
        (r"\sqrt[", "", ""),
        (r"\sqrt{", "x", "}"),
        (r"\left(", "x", r"\right)"),
        (r"\begin{pmatrix}", "x", r"\end{pmatrix}"),
        (r"a\\", "", ""),
        ("a&", "", ""),
        (r"\hat", "x", ""),
        ("%", "", ""),
        (r"\text{", "x", "}"),
        (r"\text{$", "x", "$}"),
        (r"\frac ab", "", ""),
        (r"\not", "", ""),
        ("x_i^2+", "1", ""),
        (r"\overline{", "ab", "}"),
        (r"\underbrace{", "ab", "}"),
        ("[", "", ""),
        (r"\left|\frac ab\right|", "", ""),
    ];
    for (open, middle, close) in repeated {
        for most in [60, LONGEST / (open.len() + close.len()) - 1, 100_000 / open.len()] {
            let tex = open.repeat(most) + middle + &close.repeat(most);
            let start = Instant::now();
            check(&tex);
            assert!(start.elapsed() < Duration::from_secs(2), "{open} × {most}: {:?}", start.elapsed());
        }
    }
}
