//! Bytes of a text as lines and columns, both counted from 1; a column is a character.

use std::collections::HashMap;

/// A line and a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Counted from 1.
    pub line: u32,
    /// In characters, counted from 1.
    pub column: u32,
}

/// Walks along a text from position to position: the bytes that are asked for only grow.
#[derive(Debug)]
pub struct Walk<'a> {
    text: &'a str,
    at: usize,
    position: Position,
}

impl<'a> Walk<'a> {
    /// Begins at the beginning.
    pub const fn new(text: &'a str) -> Self {
        Self { text, at: 0, position: Position { line: 1, column: 1 } }
    }

    /// The position of a byte, which lies behind the last one that was asked for.
    pub fn to(&mut self, byte: usize) -> Position {
        let end = self.text.floor_char_boundary(byte);
        let stretch = self.text.get(self.at..end).unwrap_or("");
        let mut line_start = None;
        for at in memchr::memchr2_iter(b'\n', b'\r', stretch.as_bytes()) {
            // `\r\n` is one end of a line, also where it is cut.
            let pair =
                stretch.as_bytes()[at] == b'\r' && self.text.as_bytes().get(self.at + at + 1) == Some(&b'\n');
            if !pair {
                self.position.line += 1;
                line_start = Some(at + 1);
            }
        }
        let column = if line_start.is_some() { 1 } else { self.position.column };
        let characters = stretch[line_start.unwrap_or(0)..].chars().count();
        self.position.column = column + u32::try_from(characters).unwrap_or(0);
        self.at = end.max(self.at);
        self.position
    }
}

/// The lines of these bytes, counted from 1.
pub fn lines_of(text: &str, bytes: impl Iterator<Item = usize>) -> HashMap<usize, u32> {
    let mut bytes: Vec<usize> = bytes.collect();
    bytes.sort_unstable();
    let mut walk = Walk::new(text);
    bytes.into_iter().map(|byte| (byte, walk.to(byte).line)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_in_every_way_and_columns_are_characters() {
        let text = "aé\nb\r\n€d\re";
        let mut walk = Walk::new(text);
        let mut seen = Vec::new();
        for (at, c) in text.char_indices() {
            let Position { line, column } = walk.to(at);
            seen.push(format!("{}{line}:{column}", c.escape_debug()));
        }
        let expected =
            ["a1:1", "é1:2", "\\n1:3", "b2:1", "\\r2:2", "\\n2:3", "€3:1", "d3:2", "\\r3:3", "e4:1"];
        assert_eq!(seen, expected);
        assert_eq!(lines_of(text, [text.len(), 0].into_iter()), HashMap::from([(0, 1), (text.len(), 4)]));
    }

    proptest::proptest! {
        #[test]
        fn a_walk_in_steps_is_a_walk_at_once(text in "[a€\n\r]*", step in 1_usize..5) {
            let mut walk = Walk::new(&text);
            for (at, _) in text.char_indices().step_by(step) {
                proptest::prop_assert_eq!(walk.to(at), Walk::new(&text).to(at));
            }
        }
    }
}
