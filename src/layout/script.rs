//! Raised and lowered text: the forms that Unicode has for it.

/// The text in raised characters; `None` when one of them has no such form.
pub fn raised(text: &str) -> Option<String> {
    text.chars().map(superscript).collect()
}

/// The text in lowered characters; `None` when one of them has no such form.
pub fn lowered(text: &str) -> Option<String> {
    text.chars().map(subscript).collect()
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
    use super::super::cells;
    use super::*;

    #[test]
    fn only_whole_texts_are_raised() {
        assert_eq!(raised("2n+1").as_deref(), Some("²ⁿ⁺¹"));
        assert_eq!(lowered("max").as_deref(), Some("ₘₐₓ"));
        assert_eq!((raised("αβ"), lowered("q")), (None, None));
    }

    #[test]
    fn a_form_takes_one_cell_like_its_plain_character() {
        for (plain, form) in SUPERSCRIPTS.iter().chain(SUBSCRIPTS) {
            assert_eq!(
                (cells::width(&plain.to_string()), cells::width(&form.to_string())),
                (1, 1),
                "{plain}"
            );
        }
    }
}
