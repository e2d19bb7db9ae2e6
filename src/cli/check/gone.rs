//! What must go from a text so that a definition goes and nothing else changes its meaning.

use std::ops::Range;

/// The lines of a definition that begins a line and ends one, and the blank ones after it where another stands before
/// it: nothing may come to touch what it did not touch.
pub fn whole_lines(text: &str, range: &Range<usize>) -> Option<Range<usize>> {
    let before = &text[..range.start];
    let mut rest = text[range.end..].split_inclusive('\n');
    let line = rest.next().unwrap_or("");
    if !(before.is_empty() || before.ends_with('\n')) || !line.trim().is_empty() {
        return None;
    }
    let mut end = range.end + line.len();
    let after_blank = before.lines().next_back().is_none_or(|line| line.trim().is_empty());
    if after_blank {
        end += rest.take_while(|line| line.trim().is_empty()).map(str::len).sum::<usize>();
    }
    Some(range.start..end)
}

/// An item of a JSON list with the comma before it.
pub fn list_item(text: &str, range: &Range<usize>) -> Option<Range<usize>> {
    let before = text[..range.start].trim_end().strip_suffix(',')?;
    Some(before.len()..range.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(text: &str, gone: Range<usize>) -> String {
        [&text[..gone.start], &text[gone.end..]].concat()
    }

    #[test]
    fn whole_lines_go_and_blank_ones_stay_between() {
        let cases = [
            ("a\n\n[^x]: n\n\nb\n", "a\n\nb\n"),
            ("a\n[^x]: n\n\nb\n", "a\n\nb\n"),
            ("a\r\n\r\n[^x]: n\r\nb", "a\r\n\r\nb"),
            ("a\n\n[^x]: n", "a\n\n"),
            ("[^x]: n\n", ""),
        ];
        for (text, expected) in cases {
            let start = text.find("[^x]").unwrap();
            let gone = whole_lines(text, &(start..start + "[^x]: n".len())).unwrap();
            assert_eq!(left(text, gone), expected, "{text:?}");
        }
        assert_eq!(whole_lines("> [^x]: n", &(2..9)), None);
        assert_eq!(whole_lines("[^x]: n b", &(0..7)), None);
    }

    #[test]
    fn an_item_goes_with_its_comma() {
        let text = "[\n  {1},\n  {2},\n  {3}\n]";
        assert_eq!(left(text, list_item(text, &(11..14)).unwrap()), "[\n  {1},\n  {3}\n]");
        assert_eq!(list_item(text, &(4..7)), None);
    }
}
