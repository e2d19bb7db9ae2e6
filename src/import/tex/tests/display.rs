//! What formulas look like in two dimensions.

use super::super::display;

/// TeX, and the rows; `|` at the end of a row is not drawn, it shows how far the row reaches.
#[rustfmt::skip]
const CASES: &[(&str, &[&str])] = &[
    ("a+b", &["a + b|"]),
    (r"\frac{a}{b}", &[
        "a|",
        "─|",
        "b|",
    ]),
    (r"x=\frac{-b\pm\sqrt{b^2-4ac}}{2a}", &[
        "    −b ± √(b² − 4ac)|",
        "x = ────────────────|",
        "           2a       |",
    ]),
    (r"\frac12", &["½|"]),
    (r"\frac{\frac{a}{b}}{c}", &[
        " a |",
        " ─ |",
        " b |",
        "───|",
        " c |",
    ]),
    (r"-\frac{a}{b}c", &[
        "  a  |",
        "− ─ c|",
        "  b  |",
    ]),
    (r"\sum_{i=1}^{n} a_i", &[
        " n   |",
        " ∑ aᵢ|",
        "i=1  |",
    ]),
    (r"\lim_{x\to0} f(x)", &[
        "lim f(x)|",
        "x→0     |",
    ]),
    (r"\int_0^1 x\,dx", &["∫₀¹ x dx|"]),
    (r"\int_{-\infty}^\infty e^{-x^2}\,dx", &[
        " ∞   −x²  |",
        "∫   e   dx|",
        " −∞       |",
    ]),
    (r"\left(\frac{a}{b}\right)^2", &[
        "⎛a⎞²|",
        "⎜─⎟ |",
        "⎝b⎠ |",
    ]),
    (r"\left\{\frac{a}{b}\right\}", &[
        "⎧a⎫|",
        "⎨─⎬|",
        "⎩b⎭|",
    ]),
    (r"\left|\frac{a}{b}\right|_{x=0}", &[
        "│a│   |",
        "│─│   |",
        "│b│ₓ₌₀|",
    ]),
    (r"\sqrt{x+1}", &["√(x + 1)|"]),
    (r"\sqrt{\frac{a}{b}}", &[
        " ┌─|",
        " │a|",
        " │─|",
        "╲│b|",
    ]),
    (r"\sqrt[3]{\frac{a}{b}}", &[
        " ┌─|",
        " │a|",
        "³│─|",
        "╲│b|",
    ]),
    (r"e^{i\pi}+1=0", &[
        " iπ       |",
        "e  + 1 = 0|",
    ]),
    ("p_{j|i}", &[
        "p   |",
        " j|i|",
    ]),
    ("x_{a,b}^{c,d}", &[
        " c,d|",
        "x   |",
        " a,b|",
    ]),
    (r"\binom{n}{k}", &[
        "⎛n⎞|",
        "⎜ ⎟|",
        "⎝k⎠|",
    ]),
    (r"\begin{pmatrix}a&b\\c&d\end{pmatrix}", &[
        "⎛a  b⎞|",
        "⎝c  d⎠|",
    ]),
    (r"\begin{bmatrix}1&0&0\\0&1&0\\0&0&1\end{bmatrix}x", &[
        "⎡1  0  0⎤ |",
        "⎢0  1  0⎥x|",
        "⎣0  0  1⎦ |",
    ]),
    (r"\begin{vmatrix}a&b\\c&d\end{vmatrix}", &[
        "│a  b│|",
        "│c  d│|",
    ]),
    (r"\left[\begin{array}{r|l}1&2\\30&40\end{array}\right]", &[
        "⎡ 1 │ 2 ⎤|",
        "⎣30 │ 40⎦|",
    ]),
    (r"f(x)=\begin{cases}x&\text{if }x>0\\0&\text{otherwise}\end{cases}", &[
        "       ⎧x  if x > 0 |",
        "f(x) = ⎨            |",
        "       ⎩0  otherwise|",
    ]),
    (r"\begin{cases}1\\2\\3\end{cases}", &[
        "⎧1|",
        "⎨2|",
        "⎩3|",
    ]),
    (r"\begin{aligned}a&=b+c\\&=d\end{aligned}", &[
        "a = b + c|",
        "  = d    |",
    ]),
    (r"\begin{align}x&=\frac12\\y&=\frac{a}{b}\tag{1}\end{align}", &[
        "x = ½     |",
        "          |",
        "    a     |",
        "y = ─  (1)|",
        "    b     |",
    ]),
    (r"\begin{gather}a\\bcd\end{gather}", &[
        " a |",
        "bcd|",
    ]),
    (r"\underbrace{a+b+c}_{3}", &[
        "a + b + c|",
        "╰───┬───╯|",
        "    3    |",
    ]),
    (r"\overbrace{x+y}^{2}", &[
        "  2  |",
        "╭─┴─╮|",
        "x + y|",
    ]),
    (r"A\xrightarrow{fg}B", &[
        "  fg   |",
        "A ──→ B|",
    ]),
    (r"\widehat{fg}", &[
        "^ |",
        "fg|",
    ]),
    (r"\overset{!}{=}", &[
        "!|",
        "=|",
    ]),
    (r"\sum_{\substack{0<i\\j<n}} a", &[
        "  ∑  a|",
        "0 < i |",
        "j < n |",
    ]),
    (r"漢=\frac{1}{字}", &[
        "     1 |",
        "漢 = ──|",
        "     字|",
    ]),
    (r"\foo", &[r"\foo|"]),
    ("\\begin{foo}\n  x\n\\end{foo}", &[
        r"\begin{foo}|",
        "x          |",
        r"\end{foo}  |",
    ]),
    ("{x", &["{x|"]),
];

#[test]
fn formulas_are_drawn() {
    assert!(CASES.len() >= 25);
    for (tex, rows) in CASES {
        let expected: Vec<_> = rows.iter().map(|row| row.strip_suffix('|').unwrap()).collect();
        assert_eq!(display(tex), expected.join("\n"), "{tex}\n{}", display(tex));
    }
}
