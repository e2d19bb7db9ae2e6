//! Cutting words to a number of cells: between words where that can be, with an ellipsis where something is left out.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The first words, in at most `room` cells.
pub fn head(text: &str, room: usize) -> String {
    if text.width() <= room {
        return text.to_owned();
    }
    let Some(inside) = room.checked_sub(1) else { return String::new() };
    let mut taken = 0;
    let clusters = text.grapheme_indices(true).take_while(|(_, cluster)| {
        taken += cluster.width();
        taken <= inside
    });
    let end = clusters.last().map_or(0, |(at, cluster)| at + cluster.len());
    let rest = &text[end..];
    let whole = if rest.starts_with(char::is_whitespace) { end } else { text[..end].rfind(' ').unwrap_or(0) };
    // A word that is cut is better than half a line left empty.
    let end = if text[..whole].width() * 2 >= inside { whole } else { end };
    format!("{}…", text[..end].trim_end_matches(|c: char| c.is_whitespace() || ",;:.–—".contains(c)))
}

/// The last words, in at most `room` cells.
pub fn tail(text: &str, room: usize) -> String {
    if text.width() <= room {
        return text.to_owned();
    }
    let Some(inside) = room.checked_sub(1) else { return String::new() };
    let mut taken = 0;
    let clusters = text.grapheme_indices(true).rev().take_while(|(_, cluster)| {
        taken += cluster.width();
        taken <= inside
    });
    let start = clusters.last().map_or(text.len(), |(at, _)| at);
    let rest = &text[start..];
    let whole = if text[..start].ends_with(char::is_whitespace) {
        start
    } else {
        rest.find(' ').map_or(text.len(), |at| start + at + 1)
    };
    let start = if text[whole..].width() * 2 >= inside { whole } else { start };
    format!("…{}", text[start..].trim_start())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_are_cut_between_words() {
        for (text, room, first, last) in [
            ("one two three", 13, "one two three", "one two three"),
            ("one two three", 12, "one two…", "…two three"),
            ("one, two", 7, "one…", "…two"),
            ("unbreakable", 6, "unbre…", "…kable"),
            ("漢字漢字漢字", 7, "漢字漢…", "…字漢字"),
            ("word", 1, "…", "…"),
            ("word", 0, "", ""),
        ] {
            assert_eq!(
                (head(text, room).as_str(), tail(text, room).as_str()),
                (first, last),
                "{text} {room}"
            );
        }
    }

    proptest! {
        #[test]
        fn nothing_is_wider_than_its_room(text in "[a-z 漢é👩‍👩‍👧]{0,30}", room in 0usize..40) {
            prop_assert!(head(&text, room).width() <= room);
            prop_assert!(tail(&text, room).width() <= room);
        }
    }
}
