//! Letters on their way through a style: what a style may not change, or does not know, stands behind other letters,
//! and is put back when the style is done.
//!
//! A style changes the case of titles, and would undo `NeurIPS` and the name of a ship; it prints `<i>` as it stands.
//! So capitals, and letters inside markup, become letters that have no case (of Tangut, a script of the eleventh
//! century), and say again afterwards what they were. Tangut in a title is hidden likewise, and comes back.

use std::collections::HashMap;

use super::cell::{Cell, Look};
use crate::cite::markup::{self, Piece, Tag};

/// The first sign, and how many there are.
const FIRST: u32 = 0x1_7000;
const MOST: u32 = 0x17F8;
/// How many plain characters may stand between two letters of the same stretch: a space, a quotation mark …
const GAP: usize = 8;

/// Words that no title capitalises where they stand inside it (CSL 1.0.2, “Title case conversion”).
const SMALL: [&str; 26] = [
    "a", "an", "and", "as", "at", "but", "by", "down", "for", "from", "in", "into", "nor", "of", "on",
    "onto", "or", "over", "so", "the", "till", "to", "up", "via", "with", "yet",
];

/// A letter behind a sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Hidden {
    letter: char,
    /// Which stretch of markup it stands in; 0 for none.
    stretch: u32,
    /// The plain letter before it begins its word, and belongs to the stretch too.
    led: bool,
}

/// The signs of one reference.
#[derive(Debug, Default)]
pub(super) struct Veil {
    hidden: Vec<Hidden>,
    known: HashMap<Hidden, char>,
    /// How each stretch looks.
    looks: Vec<Look>,
}

impl Veil {
    /// A title with its markup taken off, and what must keep its case hidden.
    pub fn title(&mut self, text: &str) -> String {
        let pieces = markup::pieces(text);
        let words =
            pieces.iter().filter_map(|p| if let Piece::Words(words) = p { Some(*words) } else { None });
        let words: String = words.collect();
        // What is written in capitals throughout says nothing about its case.
        let keeps = words.chars().any(char::is_lowercase);
        let mut out = String::with_capacity(text.len() + 16);
        let mut open: Vec<Tag> = Vec::new();
        for piece in pieces {
            match piece {
                Piece::Open(tag) => open.push(tag),
                Piece::Close(_) => drop(open.pop()),
                Piece::Words(words) => self.words(&mut out, &markup::decode(words), &open, keeps),
            }
        }
        out
    }

    /// Words without markup, in which nothing can be taken for a sign.
    pub fn plain(text: &str) -> String {
        markup::plain(text)
            .chars()
            .map(|c| if is_sign(c) { char::REPLACEMENT_CHARACTER } else { c })
            .collect()
    }

    fn words(&mut self, out: &mut String, words: &str, open: &[Tag], keeps: bool) {
        let stretch = if open.is_empty() { 0 } else { self.stretch(open) };
        let letters: Vec<char> = words.chars().collect();
        let letter = |at: usize| letters.get(at).is_some_and(|c| c.is_alphabetic());
        let small = small_words(&letters, stretch == 0);
        let last = letters.len().saturating_sub(1);
        let mut led = false;
        for (at, &c) in letters.iter().enumerate() {
            let begins = c.is_lowercase() && letter(at + 1) && (at == 0 || !letter(at - 1));
            let leads = stretch > 0 && begins && !is_nocase(open) && !small.contains(&at);
            let hides = match stretch {
                _ if is_sign(c) => true,
                // The style would take it for the mark with which it closes the title, and leave one out.
                _ if at == last && matches!(c, '”' | '’') => true,
                0 => (keeps && c.is_uppercase()) || small.contains(&at),
                _ => !leads && !is_punctuation(c),
            };
            if hides {
                out.push(self.sign(Hidden { letter: c, stretch, led }));
            } else {
                out.push(c);
            }
            led = leads;
        }
    }

    fn stretch(&mut self, open: &[Tag]) -> u32 {
        let mut look = Look::default();
        for tag in open {
            match tag {
                Tag::Italic => look.italic = !look.italic,
                Tag::Bold => look.bold = !look.bold,
                Tag::SmallCaps => look.small = !look.small,
                Tag::Superscript => look.raised = true,
                Tag::Subscript => look.lowered = true,
                Tag::Span => {}
            }
        }
        self.looks.push(look);
        u32::try_from(self.looks.len()).unwrap_or(0)
    }

    fn sign(&mut self, hidden: Hidden) -> char {
        if let Some(&sign) = self.known.get(&hidden) {
            return sign;
        }
        let at = self.hidden.len() as u32;
        match char::from_u32(FIRST + at).filter(|_| at < MOST) {
            Some(sign) => {
                self.hidden.push(hidden);
                self.known.insert(hidden, sign);
                sign
            }
            None if is_sign(hidden.letter) => char::REPLACEMENT_CHARACTER,
            None => hidden.letter,
        }
    }

    /// Puts the letters back, and gives each stretch its look.
    pub fn lift(&self, cells: &mut [Cell]) {
        // The last cell of each stretch that has been seen.
        let mut last: HashMap<u32, usize> = HashMap::new();
        for at in 0..cells.len() {
            let Some(hidden) = self.behind(cells[at].sign) else { continue };
            cells[at].sign = hidden.letter;
            let Some(look) = (hidden.stretch as usize).checked_sub(1).and_then(|s| self.looks.get(s)) else {
                continue;
            };
            let from = match last.insert(hidden.stretch, at) {
                Some(before) if at - before <= GAP + 2 && joins(&cells[before + 1..at], hidden.led) => {
                    before + 1
                }
                _ if hidden.led && at > 0 => at - 1,
                _ => at,
            };
            for cell in &mut cells[from..=at] {
                cell.look = cell.look.with(*look);
            }
        }
    }

    fn behind(&self, sign: char) -> Option<Hidden> {
        let at = (sign as u32).checked_sub(FIRST)?;
        self.hidden.get(at as usize).copied()
    }
}

/// True when what stands between two letters of a stretch belongs to it: no letters, but for one that leads.
fn joins(between: &[Cell], led: bool) -> bool {
    let plain = match between.split_last() {
        Some((_, rest)) if led => rest,
        _ => between,
    };
    plain.iter().all(|cell| !cell.sign.is_alphanumeric() && !is_sign(cell.sign))
}

/// Where words begin that a style would take for beginnings: small ones after a comma or a semicolon, and any after
/// the dot of an initial (`E. coli`).
fn small_words(letters: &[char], plain: bool) -> Vec<usize> {
    let word = |start: usize| letters[start..].iter().take_while(|c| c.is_alphanumeric()).collect::<String>();
    let initial = |dot: usize| {
        let letter = |at: Option<usize>| at.is_some_and(|at| letters[at].is_alphabetic());
        letter(dot.checked_sub(1)) && !letter(dot.checked_sub(2))
    };
    let small = |start: usize| plain && SMALL.contains(&word(start).as_str());
    let starts = (2..letters.len()).filter(|&at| letters[at - 1] == ' ' && letters[at].is_lowercase());
    starts
        .filter(|&at| match letters[at - 2] {
            ',' | ';' => small(at),
            '.' => initial(at - 2),
            _ => false,
        })
        .collect()
}

fn is_nocase(open: &[Tag]) -> bool {
    open.contains(&Tag::Span)
}

fn is_sign(c: char) -> bool {
    (FIRST..FIRST + MOST).contains(&(c as u32))
}

/// What a style has to see: the ends of sentences, quotation marks, spaces.
fn is_punctuation(c: char) -> bool {
    c.is_whitespace() || ".?!,;:'\"()[]“”‘’«»-–—…".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lifted(title: &str, change: impl Fn(String) -> String) -> String {
        let mut veil = Veil::default();
        let shown = change(veil.title(title));
        let mut cells: Vec<Cell> = shown.chars().map(Cell::plain).collect();
        veil.lift(&mut cells);
        let mut out = String::new();
        let mut open = false;
        for cell in &cells {
            let marked = cell.look != Look::default();
            if marked != open {
                out.push(if marked { '{' } else { '}' });
                open = marked;
            }
            out.push(cell.sign);
        }
        if open { out + "}" } else { out }
    }

    #[test]
    fn markup_comes_back() {
        let cases = [
            ("A <i>strange storm</i> hits", "A {strange storm} hits"),
            ("H<sub>2</sub>O, <i>E. coli</i> and <i>n</i>", "H{2}O, {E. coli} and {n}"),
            ("<i>Who is <b>who</b>?</i>", "{Who is} {who}?"),
            ("<i>a</i> and <i>a</i>", "{a} and {a}"),
            ("On <span class=\"nocase\">iPhones</span> &amp; NATO", "On iPhones & NATO"),
            ("<i>broken", "broken"),
            ("\u{17000}\u{17001}a", "\u{17000}\u{17001}a"),
        ];
        for (title, expected) in cases {
            assert_eq!(lifted(title, |t| t), expected, "{title}");
        }
    }

    #[test]
    fn capitals_keep_their_case_and_words_take_one() {
        let lower = |t: String| t.to_lowercase();
        assert_eq!(lifted("The NeurIPS of <i>Beagle</i>", lower), "The NeurIPS of {Beagle}");
        assert_eq!(lifted("ALL OF IT", lower), "all of it");
        let upper = |t: String| t.replace(" s", " S");
        assert_eq!(lifted("a <i>strange storm</i>", upper), "a {Strange Storm}");
        let commas = |t: String| t.replace(", a", ", A");
        assert_eq!(
            lifted("this, and that, as it is, after all", commas),
            "this, and that, as it is, After all"
        );
        assert_eq!(lifted("a <span class=\"nocase\">strange</span> storm", upper), "a strange Storm");
    }

    #[test]
    fn more_letters_than_signs() {
        let title: String = (0..70_000_u32).filter_map(|n| char::from_u32(0x2_0000 + n % 40_000)).collect();
        let title = format!("<i>{title}</i> <b>{title}</b>");
        let mut veil = Veil::default();
        let shown = veil.title(&title);
        let mut cells: Vec<Cell> = shown.chars().map(Cell::plain).collect();
        veil.lift(&mut cells);
        assert!(cells.iter().all(|cell| !is_sign(cell.sign)));
    }
}
