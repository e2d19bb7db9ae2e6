//! Captions: `Figure 1.` is a label, the rest is words.

use super::row::Role;

/// The parts of a caption that begins at byte `start` of a text; `caption` goes on to its end.
pub fn roles(caption: &str, start: u32) -> Vec<(u32, Role)> {
    match label(caption) {
        0 => vec![(start, Role::Caption)],
        len => vec![(start, Role::CaptionLabel), (start + len as u32, Role::Caption)],
    }
}

/// The bytes of the label at the beginning of a caption: a word for the kind of thing, its number, and a full stop or
/// colon. 0 when there is none.
pub fn label(caption: &str) -> usize {
    const WORDS: [&str; 4] = ["Figure ", "Fig. ", "Table ", "Tab. "];
    let Some(word) = WORDS.iter().find(|w| caption.starts_with(**w)) else { return 0 };
    let number = caption[word.len()..].split(' ').next().unwrap_or("");
    let digits = number.trim_end_matches(['.', ':']);
    let numbered = digits.chars().any(|c| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '–'));
    if numbered && digits.len() + 1 == number.len() { word.len() + number.len() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_numbered_and_end() {
        let cases = [
            ("Figure 1. A bird", "Figure 1."),
            ("Table 2.4: Words", "Table 2.4:"),
            ("Fig. S3.", "Fig. S3."),
            ("Figure 1 shows", ""),
            ("Figure of a bird. So", ""),
            ("A bird", ""),
            ("", ""),
        ];
        for (caption, expected) in cases {
            assert_eq!(&caption[..label(caption)], expected, "{caption}");
        }
    }
}
