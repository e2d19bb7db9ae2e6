//! Plain words in a few rows: for notes beside the text, where nothing is stressed and nothing can be opened.

use unicode_segmentation::UnicodeSegmentation;

use super::cells;
use super::flow::Flow;
use super::runs::runs;
use super::wrap::lines;

/// Words in at most `most` rows of `width` cells, as the screen shows them from left to right; where something is left
/// out, the last row ends with `…`. No words, no rows.
pub fn fold(words: &str, width: u16, most: usize) -> Vec<String> {
    let words = words.trim();
    if words.is_empty() || width == 0 || most == 0 {
        return Vec::new();
    }
    // As much as these rows can hold, and a bit: the rest is not looked at.
    let near = words.floor_char_boundary((usize::from(width) + 8) * most * 4);
    let flow = Flow::plain(&words[..near]);
    let found = lines(&flow, 0..near, width);
    let mut rows: Vec<String> =
        found.iter().take(most).map(|l| words[flow.trimmed(l.clone())].to_owned()).collect();
    if found.len() > most || near < words.len() {
        let last = found.get(most - 1).map_or(0, |l| l.start);
        if let Some(row) = rows.last_mut() {
            *row = cut(&words[last..], width);
        }
    }
    rows.into_iter().map(visual).collect()
}

/// The beginning of words that go on: as many as leave room for the sign, up to the end of a word where one is near.
fn cut(words: &str, width: u16) -> String {
    let line = words.split('\n').next().unwrap_or("");
    if cells::width(line) < u32::from(width) {
        return format!("{}…", line.trim_end());
    }
    let row = cells::cut(&format!("{line}…"), width);
    let mut kept = row.trim_end_matches('…');
    if !line[kept.len()..].starts_with(' ')
        && let Some(at) = kept.rfind(' ').filter(|&at| 2 * cells::width(&kept[..at]) >= u32::from(width))
    {
        kept = &kept[..at];
    }
    format!("{}…", kept.trim_end_matches([' ', ',', ':', ';', '–', '-']))
}

/// A row as the screen shows it, its right-to-left stretches turned round.
fn visual(row: String) -> String {
    let flow = Flow::plain(&row);
    if flow.levels.is_none() {
        return row;
    }
    let mut out = String::with_capacity(row.len());
    for run in runs(&flow, 0..row.len()) {
        let shown = run.shown(&row);
        if run.reversed { out.extend(shown.graphemes(true).rev()) } else { out.push_str(shown) }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_fill_their_rows_and_a_cut_is_seen() {
        let cases: &[(&str, u16, usize, &[&str])] = &[
            ("", 10, 3, &[]),
            ("one two three", 20, 3, &["one two three"]),
            ("one two three", 7, 2, &["one two", "three"]),
            ("one two three four five", 9, 2, &["one two", "three…"]),
            ("one two: three", 9, 1, &["one two…"]),
            ("one two three", 7, 1, &["one tw…"]),
            ("漢字漢字漢字", 5, 2, &["漢字", "漢字…"]),
            ("incomprehensible", 6, 2, &["incomp", "rehen…"]),
            ("a\nb\nc", 9, 2, &["a", "b…"]),
            ("שלום abc", 20, 1, &["םולש abc"]),
        ];
        for (words, width, most, rows) in cases {
            assert_eq!(&fold(words, *width, *most), rows, "{words} at {width}");
        }
    }

    proptest::proptest! {
        #[test]
        fn rows_keep_within_their_width(words in "[a-zא-ת漢 \u{301}-–\n]{0,80}", width in 2u16..40, most in 1usize..4) {
            let rows = fold(&words, width, most);
            proptest::prop_assert!(rows.len() <= most);
            for row in rows {
                proptest::prop_assert!(cells::width(&row) <= u32::from(width), "{row:?} at {width}");
            }
        }
    }
}
