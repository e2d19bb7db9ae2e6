//! How many cells text takes: grapheme cluster by grapheme cluster, as the buffer of the screen counts them.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Bytes of a cluster. None that is written is longer; a hostile one is taken for several.
const LONGEST: usize = 256;

/// The grapheme cluster that begins at byte `at`: where it ends, and the cells it takes. `at` lies inside `text`, where
/// a cluster begins. A line break takes no cell; a tab takes one.
pub fn cluster(text: &str, at: usize) -> (usize, u16) {
    let bytes = text.as_bytes();
    let next_is_ascii = |end: usize| bytes.get(end).is_none_or(u8::is_ascii);
    if bytes[at].is_ascii() && next_is_ascii(at + 1) {
        return (at + 1, u16::from(bytes[at] != b'\n'));
    }
    let mut chars = text[at..].chars();
    let first = chars.next().unwrap_or_default();
    let end = at + first.len_utf8();
    if stands_alone(first) && (next_is_ascii(end) || chars.next().is_some_and(stands_alone)) {
        return (end, first.width().unwrap_or(0) as u16);
    }
    let near = text.floor_char_boundary(at + LONGEST);
    let whole = text[at..near].graphemes(true).next().unwrap_or("");
    (at + whole.len(), width_of(whole))
}

/// The cells that text takes.
pub fn width(text: &str) -> u32 {
    if text.is_ascii() {
        return (text.len() - text.bytes().filter(|&b| b == b'\n').count()) as u32;
    }
    let (mut at, mut sum) = (0, 0);
    while at < text.len() {
        let (end, cells) = cluster(text, at);
        sum += u32::from(cells);
        at = end;
    }
    sum
}

/// Text cut to at most `most` cells; where something is left out it ends with `…`.
pub fn cut(text: &str, most: u16) -> String {
    if width(text) <= u32::from(most) {
        return text.to_owned();
    }
    let (mut at, mut left) = (0, most.saturating_sub(1));
    while at < text.len() {
        let (end, cells) = cluster(text, at);
        let Some(rest) = left.checked_sub(cells) else { break };
        (at, left) = (end, rest);
    }
    format!("{}…", text[..at].trim_end())
}

/// As ratatui 0.30 counts: the width of the cluster as a string, and one cell more for each half-width sound mark. The
/// latter is one too many, but what the buffer takes for hidden behind a cluster is not painted.
fn width_of(cluster: &str) -> u16 {
    if cluster == "\n" {
        return 0;
    }
    let marks = cluster.chars().filter(|c| matches!(c, '\u{ff9e}' | '\u{ff9f}')).count();
    u16::try_from(cluster.width() + marks).unwrap_or(u16::MAX)
}

/// True for common characters that never join with one of their kind: between two of them a cluster ends (UAX #29).
const fn stands_alone(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{370}'..='\u{377}' | '\u{37a}'..='\u{37f}'
        | '\u{384}'..='\u{482}' | '\u{48a}'..='\u{52f}' | '\u{5d0}'..='\u{5ea}' | '\u{620}'..='\u{64a}'
        | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{3000}'..='\u{3029}' | '\u{3041}'..='\u{3096}'
        | '\u{309b}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{ff01}'..='\u{ff9d}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clusters_take_the_cells_of_the_screen() {
        let cases = [
            ("", 0),
            ("plain", 5),
            ("a\nb", 2),
            ("“Grüße”", 7),
            ("漢字", 4),
            ("e\u{301}", 1),
            ("👩‍👩‍👧‍👦", 2),
            ("🇩🇪", 2),
            ("❤\u{fe0f}", 2),
            ("a\u{200b}b", 2),
            ("ｶﾞ", 3),
            ("עברית", 5),
            ("각", 2),
        ];
        for (text, expected) in cases {
            assert_eq!(width(text), expected, "{text:?}");
        }
    }

    #[test]
    fn what_stands_alone_is_a_cluster_beside_its_kind() {
        let alone: Vec<char> = ('\u{80}'..='\u{ffff}').filter(|&c| stands_alone(c)).collect();
        for &c in &alone {
            assert_eq!(c.to_string().width(), c.width().unwrap_or(0), "{c:?}");
            for other in ['a', 'ü', 'д', 'ש', 'م', '–', 'か', '漢', '각', '！'] {
                for pair in [format!("{c}{other}"), format!("{other}{c}")] {
                    assert_eq!(pair.graphemes(true).count(), 2, "{pair:?}");
                }
            }
        }
        assert!(alone.len() > 30_000);
    }

    #[test]
    fn a_cut_is_seen() {
        let cases = [("short", 5, "short"), ("longer", 5, "long…"), ("漢字漢字", 4, "漢…"), ("a b", 2, "a…")];
        for (text, most, expected) in cases {
            assert_eq!(cut(text, most), expected);
        }
    }
}
