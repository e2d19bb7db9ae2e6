//! Letters in another shape: alphabets (`\mathbb`), indices and exponents, accents.

/// The alphabet that letters are taken from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Font {
    /// As they are.
    #[default]
    Plain,
    /// Bold.
    Bold,
    /// Blackboard bold.
    Double,
    /// Script.
    Script,
    /// Fraktur.
    Fraktur,
}

/// The letter in this alphabet (Unicode, *Mathematical Alphanumeric Symbols*), or itself where there is none.
pub fn in_font(c: char, font: Font) -> char {
    if let Some(named) = letterlike(c, font) {
        return named;
    }
    let (upper, lower, digit) = match font {
        Font::Plain => return c,
        Font::Bold => (0x1d400, 0x1d41a, Some(0x1d7ce)),
        Font::Double => (0x1d538, 0x1d552, Some(0x1d7d8)),
        Font::Script => (0x1d49c, 0x1d4b6, None),
        Font::Fraktur => (0x1d504, 0x1d51e, None),
    };
    let code = match c {
        'A'..='Z' => Some(upper + (c as u32 - 'A' as u32)),
        'a'..='z' => Some(lower + (c as u32 - 'a' as u32)),
        '0'..='9' => digit.map(|zero| zero + (c as u32 - '0' as u32)),
        'Α'..='Ω' if font == Font::Bold => Some(0x1d6a8 + (c as u32 - 'Α' as u32)),
        'α'..='ω' if font == Font::Bold => Some(0x1d6c2 + (c as u32 - 'α' as u32)),
        _ => None,
    };
    code.and_then(char::from_u32).unwrap_or(c)
}

/// The letters that were in Unicode before the alphabets came.
const fn letterlike(c: char, font: Font) -> Option<char> {
    Some(match (font, c) {
        (Font::Double, 'C') => 'ℂ',
        (Font::Double, 'H') => 'ℍ',
        (Font::Double, 'N') => 'ℕ',
        (Font::Double, 'P') => 'ℙ',
        (Font::Double, 'Q') => 'ℚ',
        (Font::Double, 'R') => 'ℝ',
        (Font::Double, 'Z') => 'ℤ',
        (Font::Script, 'B') => 'ℬ',
        (Font::Script, 'E') => 'ℰ',
        (Font::Script, 'F') => 'ℱ',
        (Font::Script, 'H') => 'ℋ',
        (Font::Script, 'I') => 'ℐ',
        (Font::Script, 'L') => 'ℒ',
        (Font::Script, 'M') => 'ℳ',
        (Font::Script, 'R') => 'ℛ',
        (Font::Script, 'e') => 'ℯ',
        (Font::Script, 'g') => 'ℊ',
        (Font::Script, 'o') => 'ℴ',
        (Font::Fraktur, 'C') => 'ℭ',
        (Font::Fraktur, 'H') => 'ℌ',
        (Font::Fraktur, 'I') => 'ℑ',
        (Font::Fraktur, 'R') => 'ℜ',
        (Font::Fraktur, 'Z') => 'ℨ',
        _ => return None,
    })
}

const RAISED: &str = "0⁰1¹2²3³4⁴5⁵6⁶7⁷8⁸9⁹+⁺−⁻-⁻=⁼(⁽)⁾aᵃbᵇcᶜdᵈeᵉfᶠgᵍhʰiⁱjʲkᵏlˡmᵐnⁿoᵒpᵖrʳsˢtᵗuᵘvᵛwʷxˣyʸzᶻ\
AᴬBᴮDᴰEᴱGᴳHᴴIᴵJᴶKᴷLᴸMᴹNᴺOᴼPᴾRᴿTᵀUᵁVⱽWᵂβᵝγᵞδᵟθᶿφᵠϕᶲχᵡ⊤ᵀ∘°°°′′″″**∗*††‡‡";
const LOWERED: &str = "0₀1₁2₂3₃4₄5₅6₆7₇8₈9₉+₊−₋-₋=₌(₍)₎aₐeₑhₕiᵢjⱼkₖlₗmₘnₙoₒpₚrᵣsₛtₜuᵤvᵥxₓβᵦγᵧρᵨφᵩχᵪ";

/// The text as an exponent, when every character has a raised form.
pub fn raised(text: &str) -> Option<String> {
    text.chars().map(|c| partner(RAISED, c)).collect()
}

/// The text as an index, when every character has a lowered form.
pub fn lowered(text: &str) -> Option<String> {
    text.chars().map(|c| partner(LOWERED, c)).collect()
}

/// What follows `c` in a list of pairs.
fn partner(pairs: &str, c: char) -> Option<char> {
    let mut chars = pairs.chars();
    while let (Some(plain), Some(other)) = (chars.next(), chars.next()) {
        if plain == c {
            return Some(other);
        }
    }
    None
}

/// A simple fraction as one character.
pub fn vulgar(over: &str, under: &str) -> Option<&'static str> {
    Some(match (over, under) {
        ("1", "2") => "½",
        ("1", "3") => "⅓",
        ("2", "3") => "⅔",
        ("1", "4") => "¼",
        ("3", "4") => "¾",
        ("1", "5") => "⅕",
        ("2", "5") => "⅖",
        ("3", "5") => "⅗",
        ("4", "5") => "⅘",
        ("1", "6") => "⅙",
        ("5", "6") => "⅚",
        ("1", "7") => "⅐",
        ("1", "8") => "⅛",
        ("3", "8") => "⅜",
        ("5", "8") => "⅝",
        ("7", "8") => "⅞",
        ("1", "9") => "⅑",
        _ => return None,
    })
}

/// The combining mark of an accent; what is drawn over several letters; true when each of them can bear the mark.
pub fn accent(name: &str) -> Option<Accent> {
    let (mark, wide, each) = match name {
        "hat" | "widehat" => ('\u{302}', '^', false),
        "check" | "widecheck" => ('\u{30c}', 'ˇ', false),
        "tilde" | "widetilde" => ('\u{303}', '~', false),
        "acute" => ('\u{301}', '´', false),
        "grave" => ('\u{300}', '`', false),
        "dot" => ('\u{307}', '˙', false),
        "ddot" => ('\u{308}', '¨', false),
        "dddot" => ('\u{20db}', '⋯', false),
        "breve" => ('\u{306}', '˘', false),
        "mathring" => ('\u{30a}', '˚', false),
        "bar" => ('\u{304}', '─', true),
        "overline" => ('\u{305}', '─', true),
        "underline" | "underbar" => ('\u{332}', '─', true),
        "cancel" | "bcancel" | "xcancel" => ('\u{338}', '/', true),
        "sout" => ('\u{336}', '─', true),
        "vec" | "overrightarrow" => ('\u{20d7}', '→', false),
        "overleftarrow" => ('\u{20d6}', '←', false),
        "overleftrightarrow" => ('\u{20e1}', '↔', false),
        _ => return None,
    };
    Some(Accent { mark, wide, each })
}

/// An accent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accent {
    /// The combining mark.
    pub mark: char,
    /// What is drawn above several letters.
    pub wide: char,
    /// True when a mark on each letter reads as one mark over all of them.
    pub each: bool,
}

impl Accent {
    /// What it is called where it cannot be drawn.
    pub const fn name(self) -> &'static str {
        match self.wide {
            '^' => "hat",
            'ˇ' => "check",
            '~' => "tilde",
            '˙' => "dot",
            '¨' => "ddot",
            '→' | '←' | '↔' => "vec",
            _ => "bar",
        }
    }

    /// The text with the mark on each of its characters.
    pub fn over(self, text: &str) -> String {
        text.chars().flat_map(|c| [Some(c), (c != ' ').then_some(self.mark)]).flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alphabets_have_no_holes() {
        for (c, font, expected) in [
            ('R', Font::Double, 'ℝ'),
            ('A', Font::Double, '𝔸'),
            ('x', Font::Bold, '𝐱'),
            ('1', Font::Bold, '𝟏'),
            ('α', Font::Bold, '𝛂'),
            ('L', Font::Script, 'ℒ'),
            ('A', Font::Script, '𝒜'),
            ('g', Font::Fraktur, '𝔤'),
            ('+', Font::Bold, '+'),
            ('x', Font::Plain, 'x'),
        ] {
            assert_eq!(in_font(c, font), expected, "{c} {font:?}");
        }
        for font in [Font::Bold, Font::Double, Font::Script, Font::Fraktur] {
            for c in ('a'..='z').chain('A'..='Z') {
                assert!(!in_font(c, font).is_ascii(), "{c} {font:?}");
            }
        }
    }

    #[test]
    fn indices_and_exponents_are_whole_or_not_at_all() {
        assert_eq!(raised("n+1"), Some("ⁿ⁺¹".into()));
        assert_eq!(raised("iπ"), None);
        assert_eq!(lowered("max"), Some("ₘₐₓ".into()));
        assert_eq!(lowered("b"), None);
        assert_eq!(RAISED.chars().count() % 2 + LOWERED.chars().count() % 2, 0);
    }
}
