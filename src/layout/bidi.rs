//! Direction (UAX #9): which level each byte has, and the order in which the pieces of a row are shown.

use unicode_bidi::{BidiInfo, Direction, Level, get_base_direction};

/// The levels of a text that has right-to-left characters.
#[derive(Debug)]
pub struct Levels {
    /// The direction of the text as a whole.
    base: Level,
    /// One for each byte.
    levels: Vec<Level>,
}

impl Levels {
    /// The levels of a text; `None`, at the cost of one look at its bytes, when all of it runs left to right.
    /// In `paragraphs` the first strong character says how the text runs as a whole; elsewhere it runs left to right.
    pub fn of(text: &str, paragraphs: bool) -> Option<Self> {
        if !has_rtl(text.as_bytes()) {
            return None;
        }
        let rtl = paragraphs && matches!(get_base_direction(text), Direction::Rtl);
        let base = if rtl { Level::rtl() } else { Level::ltr() };
        Some(Self { base, levels: BidiInfo::new(text, Some(base)).levels })
    }

    /// The level at a byte.
    pub fn at(&self, byte: usize) -> Level {
        self.levels.get(byte).copied().unwrap_or(self.base)
    }

    /// True when the text as a whole runs right to left.
    pub fn is_rtl(&self) -> bool {
        self.base.is_rtl()
    }
}

/// True when the first strong character of a text runs right to left (rules P2 and P3); `None` without one.
pub fn runs_rtl(text: &str) -> Option<bool> {
    // A line break ends a paragraph for these rules, but here the whole is one: its first row may hold numbers only.
    text.split('\n').find_map(|line| match get_base_direction(line) {
        Direction::Rtl => Some(true),
        Direction::Ltr => Some(false),
        Direction::Mixed => None,
    })
}

/// Puts the pieces of a row, each with its level, in the order of the screen (rule L2).
pub fn reorder<T>(pieces: Vec<(T, Level)>) -> Vec<T> {
    let levels: Vec<Level> = pieces.iter().map(|p| p.1).collect();
    let mut pieces: Vec<Option<T>> = pieces.into_iter().map(|p| Some(p.0)).collect();
    let order = BidiInfo::reorder_visual(&levels);
    order.into_iter().filter_map(|at| pieces.get_mut(at).and_then(Option::take)).collect()
}

/// The text with its brackets turned round, in the same order (rule L4); `None` when it has none.
pub fn mirrored(text: &str) -> Option<String> {
    text.contains(|c| mirror(c) != c).then(|| text.chars().map(mirror).collect())
}

/// The common pairs of `BidiMirroring.txt`; both characters of each take the same cells.
fn mirror(c: char) -> char {
    const PAIRS: [(char, char); 18] = [
        ('(', ')'),
        ('[', ']'),
        ('{', '}'),
        ('<', '>'),
        ('«', '»'),
        ('‹', '›'),
        ('≤', '≥'),
        ('⟨', '⟩'),
        ('⟦', '⟧'),
        ('⁽', '⁾'),
        ('₍', '₎'),
        ('〈', '〉'),
        ('《', '》'),
        ('「', '」'),
        ('『', '』'),
        ('【', '】'),
        ('（', '）'),
        ('［', '］'),
    ];
    match PAIRS.iter().find(|p| p.0 == c || p.1 == c) {
        Some(&(open, close)) => {
            if c == open {
                close
            } else {
                open
            }
        }
        None => c,
    }
}

/// True when some character may run right to left: Hebrew to Arabic Extended-A, their presentation forms, and the
/// planes of historic and newer scripts.
fn has_rtl(bytes: &[u8]) -> bool {
    let second = |at: usize| bytes.get(at + 1).copied().unwrap_or(0);
    bytes.iter().enumerate().any(|(at, byte)| match byte {
        0xd6..=0xdf => true,
        0xe0 => second(at) <= 0xa3,
        0xef => (0xac..=0xbb).contains(&second(at)),
        0xf0 => matches!(second(at), 0x90 | 0x9e),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_text_needs_no_levels() {
        for plain in ["", "plain", "Grüße – 漢字 👩‍🔬 кот ωmega ไทย"] {
            assert!(Levels::of(plain, true).is_none(), "{plain}");
        }
        for mixed in ["a שלום", "مرحبا", "\u{fb1d}", "\u{10800}", "\u{1e900}", "\u{8a0}"] {
            assert!(Levels::of(mixed, true).is_some(), "{mixed}");
        }
    }

    #[test]
    fn the_first_strong_character_gives_the_direction() {
        let rtl = |text, paragraphs| Levels::of(text, paragraphs).is_some_and(|l| l.is_rtl());
        assert!(rtl("שלום abc", true) && rtl("1. שלום", true));
        assert!(!rtl("abc שלום", true) && !rtl("שלום", false));
    }

    #[test]
    fn a_text_runs_as_its_first_strong_character() {
        for (text, rtl) in
            [("12: שלום a", Some(true)), ("a שלום", Some(false)), ("1\n2\tب", Some(true)), ("– 3", None)]
        {
            assert_eq!(runs_rtl(text), rtl, "{text}");
        }
    }

    #[test]
    fn brackets_turn() {
        assert_eq!(mirrored("(א) [3]").as_deref(), Some(")א( ]3["));
        assert_eq!(mirrored("אב"), None);
    }
}
