//! A text with some of its bytes left out, and where each of the others went.

use std::ops::Range;

use super::text::{Inline, InlineKind, Text};

/// What is left out of a text. The text itself stays whole: an excerpt of it is for showing.
#[derive(Clone, Debug, Default)]
pub struct Excerpt {
    left_out: Vec<LeftOut>,
}

/// A stretch that is left out.
#[derive(Clone, Copy, Debug)]
struct LeftOut {
    start: u32,
    end: u32,
    /// What stands in its place; mostly nothing.
    sign: &'static str,
    /// Where that stands in the excerpt.
    at: u32,
}

impl LeftOut {
    /// Where the excerpt goes on behind it.
    const fn after(&self) -> u32 {
        self.at + self.sign.len() as u32
    }
}

impl Excerpt {
    /// Leaves these ranges out, each with what stands in its place. They come in order, apart from one another, on
    /// character boundaries; what stands in their place is the program's own.
    pub fn without(ranges: impl IntoIterator<Item = (Range<u32>, &'static str)>) -> Self {
        let mut left_out: Vec<LeftOut> = Vec::new();
        for (range, sign) in ranges {
            let at = left_out.last().map_or(range.start, |last| last.after() + range.start - last.end);
            left_out.push(LeftOut { start: range.start, end: range.end, sign, at });
        }
        Self { left_out }
    }

    /// True when nothing is left out.
    pub const fn is_whole(&self) -> bool {
        self.left_out.is_empty()
    }

    /// The excerpt of a text: its stretches of these kinds go along, as far as they are not left out.
    pub fn of(&self, text: &Text, kinds: impl Fn(InlineKind) -> bool) -> Text {
        let whole = text.as_str();
        let mut out = String::with_capacity(whole.len());
        let mut from = 0;
        for gone in &self.left_out {
            out.push_str(whole.get(from..gone.start as usize).unwrap_or(""));
            out.push_str(gone.sign);
            from = gone.end as usize;
        }
        out.push_str(whole.get(from..).unwrap_or(""));
        let inlines = text.inlines().iter().filter(|i| kinds(i.kind)).map(|i| Inline {
            start: self.start(i.start),
            end: self.end(i.end),
            kind: i.kind,
        });
        let inlines: Vec<_> = inlines.filter(|i| i.start < i.end).collect();
        Text { text: out.into(), inlines: inlines.into() }
    }

    /// Where a stretch begins in the excerpt that begins at this byte of the text.
    pub fn start(&self, byte: u32) -> u32 {
        self.moved(byte, LeftOut::after)
    }

    /// Where a stretch ends in the excerpt that ends at this byte of the text.
    pub fn end(&self, byte: u32) -> u32 {
        self.moved(byte, |gone| gone.at)
    }

    fn moved(&self, byte: u32, inside: impl Fn(&LeftOut) -> u32) -> u32 {
        let passed = self.left_out.partition_point(|gone| gone.end <= byte);
        match self.left_out.get(passed).filter(|gone| gone.start <= byte) {
            Some(gone) => inside(gone),
            None => {
                let last = passed.checked_sub(1).map(|last| &self.left_out[last]);
                last.map_or(byte, |last| last.after() + byte - last.end)
            }
        }
    }

    /// The byte of the text that stands at this byte of the excerpt: the first one after what was left out there.
    pub fn origin(&self, at: u32) -> u32 {
        let passed = self.left_out.partition_point(|gone| gone.at <= at);
        let last = passed.checked_sub(1).map(|last| &self.left_out[last]);
        last.map_or(at, |last| last.end + at.saturating_sub(last.after()))
    }

    /// The stretches of the text that a range of the excerpt shows.
    pub fn origins(&self, range: Range<u32>) -> Vec<Range<u32>> {
        let mut pieces = Vec::new();
        let mut at = range.start;
        let first = self.left_out.partition_point(|gone| gone.at < range.start);
        for gone in self.left_out[first..].iter().take_while(|gone| gone.at < range.end) {
            if at < gone.at {
                pieces.push(self.origin(at)..gone.start);
            }
            at = gone.after();
        }
        if at < range.end {
            let start = self.origin(at);
            pieces.push(start..start + (range.end - at));
        }
        pieces
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn excerpt() -> (Text, Excerpt) {
        let strong = Inline { start: 1, end: 9, kind: InlineKind::Strong };
        let inside = Inline { start: 2, end: 5, kind: InlineKind::Emphasis };
        let text = Text { text: "ab123cd45e".into(), inlines: [strong, inside].into() };
        (text, Excerpt::without([(2..5, ""), (7..9, "·")]))
    }

    #[test]
    fn bytes_go_and_come_back() {
        let (text, excerpt) = excerpt();
        let cut = excerpt.of(&text, |_| true);
        assert_eq!(cut.as_str(), "abcd·e");
        assert_eq!(cut.inlines(), [Inline { start: 1, end: 6, kind: InlineKind::Strong }]);
        for (byte, start, end) in
            [(0, 0, 0), (2, 2, 2), (4, 2, 2), (5, 2, 2), (6, 3, 3), (7, 6, 4), (9, 6, 6), (10, 7, 7)]
        {
            assert_eq!((excerpt.start(byte), excerpt.end(byte)), (start, end), "{byte}");
        }
        for (at, byte) in [(0, 0), (1, 1), (2, 5), (3, 6), (4, 9), (6, 9), (7, 10)] {
            assert_eq!(excerpt.origin(at), byte, "{at}");
        }
    }

    #[test]
    fn a_range_shows_the_stretches_on_both_sides() {
        let (_, excerpt) = excerpt();
        let cases = [
            (0..7, vec![(0, 2), (5, 7), (9, 10)]),
            (0..2, vec![(0, 2)]),
            (2..4, vec![(5, 7)]),
            (1..3, vec![(1, 2), (5, 6)]),
            (4..6, vec![]),
        ];
        for (range, pieces) in cases {
            let found: Vec<_> = excerpt.origins(range.clone()).iter().map(|p| (p.start, p.end)).collect();
            assert_eq!(found, pieces, "{range:?}");
        }
    }
}
