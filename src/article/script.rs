//! Raised and lowered text: the forms that Unicode has for it.

use std::ops::Range;

use super::draft::{Draft, Mark};
use super::text::{InlineKind, Text};

/// Raised and lowered text up to this many bytes is drawn in characters of that kind; longer text, between signs.
const LONGEST: usize = 64;

/// The text in raised characters; `None` when it is long, or one of them has no such form.
pub fn raised(text: &str) -> Option<String> {
    if text.len() > LONGEST { None } else { text.chars().map(superscript).collect() }
}

/// The text in lowered characters; `None` when it is long, or one of them has no such form.
pub fn lowered(text: &str) -> Option<String> {
    if text.len() > LONGEST { None } else { text.chars().map(subscript).collect() }
}

/// What stands around a raised or lowered text that has no characters of that kind: `^x`, `_(xy)`.
pub fn signs(text: &str, raised: bool) -> (&'static str, &'static str) {
    let many = text.chars().nth(1).is_some();
    match (raised, many) {
        (true, true) => ("^(", ")"),
        (true, false) => ("^", ""),
        (false, true) => ("_(", ")"),
        (false, false) => ("_", ""),
    }
}

/// A draft as plain text shows it: what is raised or lowered in it is seen to be so.
pub fn of_draft(draft: &Draft) -> String {
    let mut marks: Vec<(Range<usize>, bool)> = Vec::new();
    for (range, mark) in draft.marks() {
        match mark {
            Mark::Superscript => marks.push((range.clone(), true)),
            Mark::Subscript => marks.push((range.clone(), false)),
            _ => {}
        }
    }
    marks.sort_by_key(|(range, _)| (range.start, usize::MAX - range.end));
    shown(draft.as_str(), &marks)
}

/// The same of the text of a block.
pub fn of_text(text: &Text) -> String {
    let range = |start: u32, end: u32| start as usize..end as usize;
    let marks = text.inlines().iter().filter_map(|inline| match inline.kind {
        InlineKind::Superscript => Some((range(inline.start, inline.end), true)),
        InlineKind::Subscript => Some((range(inline.start, inline.end), false)),
        _ => None,
    });
    let marker = |at: &Range<usize>| {
        let markers = text.inlines().iter().filter(|i| matches!(i.kind, InlineKind::Marker(_)));
        markers.map(|i| range(i.start, i.end)).any(|marker| at.start <= marker.start && marker.end <= at.end)
    };
    let marks: Vec<(Range<usize>, bool)> = marks.filter(|(range, _)| !marker(range)).collect();
    shown(text.as_str(), &marks)
}

/// What stands in one that is raised or lowered already stays as it is there.
fn shown(text: &str, marks: &[(Range<usize>, bool)]) -> String {
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for (range, up) in marks.iter().filter(|(range, _)| !range.is_empty()) {
        let Some(words) =
            text.get(range.clone()).filter(|words| range.start >= at && !words.trim().is_empty())
        else {
            continue;
        };
        out.push_str(text.get(at..range.start).unwrap_or(""));
        at = range.end;
        if let Some(form) = if *up { raised(words) } else { lowered(words) } {
            out.push_str(&form);
            continue;
        }
        let (before, behind) = signs(words, *up);
        out.extend([before, words, behind]);
    }
    out.push_str(text.get(at..).unwrap_or(""));
    out
}

fn superscript(c: char) -> Option<char> {
    find(c, SUPERSCRIPTS)
}

fn subscript(c: char) -> Option<char> {
    find(c, SUBSCRIPTS)
}

fn find(c: char, table: &[(char, char)]) -> Option<char> {
    table.iter().find(|(plain, _)| *plain == c).map(|&(_, form)| form)
}

/// Every plain character is ASCII or one cell wide, and so is its form: a raised text takes the cells of the plain one.
#[rustfmt::skip]
const SUPERSCRIPTS: &[(char, char)] = &[
    ('0', '⁰'), ('1', '¹'), ('2', '²'), ('3', '³'), ('4', '⁴'), ('5', '⁵'), ('6', '⁶'), ('7', '⁷'), ('8', '⁸'),
    ('9', '⁹'), ('+', '⁺'), ('-', '⁻'), ('−', '⁻'), ('=', '⁼'), ('(', '⁽'), (')', '⁾'),
    ('a', 'ᵃ'), ('b', 'ᵇ'), ('c', 'ᶜ'), ('d', 'ᵈ'), ('e', 'ᵉ'), ('f', 'ᶠ'), ('g', 'ᵍ'), ('h', 'ʰ'), ('i', 'ⁱ'),
    ('j', 'ʲ'), ('k', 'ᵏ'), ('l', 'ˡ'), ('m', 'ᵐ'), ('n', 'ⁿ'), ('o', 'ᵒ'), ('p', 'ᵖ'), ('r', 'ʳ'), ('s', 'ˢ'),
    ('t', 'ᵗ'), ('u', 'ᵘ'), ('v', 'ᵛ'), ('w', 'ʷ'), ('x', 'ˣ'), ('y', 'ʸ'), ('z', 'ᶻ'),
    ('A', 'ᴬ'), ('B', 'ᴮ'), ('D', 'ᴰ'), ('E', 'ᴱ'), ('G', 'ᴳ'), ('H', 'ᴴ'), ('I', 'ᴵ'), ('J', 'ᴶ'), ('K', 'ᴷ'),
    ('L', 'ᴸ'), ('M', 'ᴹ'), ('N', 'ᴺ'), ('O', 'ᴼ'), ('P', 'ᴾ'), ('R', 'ᴿ'), ('T', 'ᵀ'), ('U', 'ᵁ'), ('V', 'ⱽ'),
    ('W', 'ᵂ'), (' ', ' '),
];

#[rustfmt::skip]
const SUBSCRIPTS: &[(char, char)] = &[
    ('0', '₀'), ('1', '₁'), ('2', '₂'), ('3', '₃'), ('4', '₄'), ('5', '₅'), ('6', '₆'), ('7', '₇'), ('8', '₈'),
    ('9', '₉'), ('+', '₊'), ('-', '₋'), ('−', '₋'), ('=', '₌'), ('(', '₍'), (')', '₎'),
    ('a', 'ₐ'), ('e', 'ₑ'), ('h', 'ₕ'), ('i', 'ᵢ'), ('j', 'ⱼ'), ('k', 'ₖ'), ('l', 'ₗ'), ('m', 'ₘ'), ('n', 'ₙ'),
    ('o', 'ₒ'), ('p', 'ₚ'), ('r', 'ᵣ'), ('s', 'ₛ'), ('t', 'ₜ'), ('u', 'ᵤ'), ('v', 'ᵥ'), ('x', 'ₓ'), (' ', ' '),
];

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthChar;

    use super::*;

    #[test]
    fn plain_text_shows_what_is_raised_and_lowered() {
        let mut draft = Draft::of("H2O, 10-3, 1st, xq, E=mc2");
        for (range, mark) in [
            (1..2, Mark::Subscript),
            (7..9, Mark::Superscript),
            (12..14, Mark::Superscript),
            (17..18, Mark::Subscript),
            (24..25, Mark::Superscript),
        ] {
            draft.mark_range(range, mark);
        }
        assert_eq!(of_draft(&draft), "H₂O, 10⁻³, 1ˢᵗ, x_q, E=mc²");
        draft.mark_range(0..25, Mark::Emphasis);
        assert_eq!(of_draft(&draft), "H₂O, 10⁻³, 1ˢᵗ, x_q, E=mc²");
        assert_eq!(of_draft(&Draft::of("plain")), "plain");
    }

    #[test]
    fn only_whole_texts_are_raised() {
        assert_eq!(raised("2n+1").as_deref(), Some("²ⁿ⁺¹"));
        assert_eq!(lowered("max").as_deref(), Some("ₘₐₓ"));
        assert_eq!((raised("αβ"), lowered("q")), (None, None));
    }

    #[test]
    fn a_form_takes_one_cell_like_its_plain_character() {
        for (plain, form) in SUPERSCRIPTS.iter().chain(SUBSCRIPTS) {
            assert_eq!((plain.width(), form.width()), (Some(1), Some(1)), "{plain}");
        }
    }
}
