//! Searches the text of blocks, a slice of work at a time, so that keys are never blocked.

use std::rc::Rc;

use regex::{Regex, RegexBuilder};

use crate::article::{Article, BlockId, Place, limits};

/// A stretch of text that matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it begins.
    pub place: Place,
    /// Its length in bytes; it ends in the block it begins in.
    pub len: u32,
}

/// A search through an article, which may grow while it is searched.
///
/// It goes from where the reader is to the end, then from the beginning to where the reader is. An article that is
/// read again from its beginning needs a new search.
#[derive(Clone, Debug)]
pub struct Search {
    /// `None` for a query of which nothing can be found.
    pattern: Option<Regex>,
    hits: Rc<Vec<Found>>,
    /// The block where the search began; `None` before the first step.
    start: Option<u32>,
    /// The next block from there on.
    ahead: u32,
    /// The next block from the beginning.
    behind: u32,
    /// How many of the hits lie before the block where the search began.
    before: usize,
    complete: bool,
}

/// What a block costs besides its bytes, in bytes.
const BLOCK_COST: usize = 64;

impl Search {
    /// A search for literal text. Case counts when the query holds an upper-case letter; a run of white space stands
    /// for any run of white space; nothing else is folded. A query without any text finds nothing.
    pub fn new(query: &str) -> Self {
        Self {
            pattern: pattern(query),
            hits: Rc::default(),
            start: None,
            ahead: 0,
            behind: 0,
            before: 0,
            complete: false,
        }
    }

    /// The same search, begun anew: for an article that is read again from its beginning.
    pub fn again(self) -> Self {
        Self { pattern: self.pattern, ..Self::new("") }
    }

    /// Searches about `budget` bytes of text further; true when there is more to do. `from` is where the reader is;
    /// it counts in the first step. Blocks that were appended since the last step are searched as well.
    pub fn step(&mut self, article: &Article, budget: usize, from: Place) -> bool {
        let start = *self.start.get_or_insert_with(|| {
            self.ahead = from.block.0.min(article.len());
            self.ahead
        });
        let mut spent = 0;
        loop {
            let rest =
                if self.ahead < article.len() { self.ahead..article.len() } else { self.behind..start };
            if rest.is_empty() || self.is_full() || self.pattern.is_none() {
                self.complete = true;
                return false;
            }
            if spent >= budget {
                self.complete = false;
                return true;
            }
            let is_ahead = rest.end > start;
            let at = if is_ahead { self.hits.len() } else { self.before };
            let mut found = Vec::new();
            let mut next = rest.start;
            for block in rest {
                if spent >= budget.max(1) || at.max(self.hits.len()) + found.len() >= limits::HITS.most {
                    break;
                }
                spent += self.scan(article, BlockId(block), &mut found);
                next = block + 1;
            }
            self.keep(at, found, is_ahead, next);
        }
    }

    /// Takes in what was found in blocks up to `next`.
    fn keep(&mut self, at: usize, mut found: Vec<Found>, is_ahead: bool, next: u32) {
        found.truncate(limits::HITS.most.saturating_sub(self.hits.len()));
        if is_ahead {
            self.ahead = next;
        } else {
            self.behind = next;
            self.before += found.len();
        }
        Rc::make_mut(&mut self.hits).splice(at..at, found);
    }

    /// Searches one block; gives what that cost.
    fn scan(&self, article: &Article, id: BlockId, found: &mut Vec<Found>) -> usize {
        let text = article.block(id).text.as_str();
        if let Some(pattern) = &self.pattern {
            found.extend(pattern.find_iter(text).map(|hit| Found {
                place: Place { block: id, byte: hit.start() as u32 },
                len: hit.len() as u32,
            }));
        }
        text.len() + BLOCK_COST
    }

    /// What was found so far, in the order of the text; at most [`limits::HITS`].
    pub fn hits(&self) -> &[Found] {
        &self.hits
    }

    /// True when the last step left nothing to search.
    pub const fn complete(&self) -> bool {
        self.complete
    }

    /// True when there are as many hits as are kept: the search stopped there.
    pub fn is_full(&self) -> bool {
        self.hits.len() >= limits::HITS.most
    }

    /// The index of the first hit that begins after a place.
    pub fn next_after(&self, place: Place) -> Option<usize> {
        let at = self.hits.partition_point(|hit| hit.place <= place);
        (at < self.hits.len()).then_some(at)
    }

    /// The index of the last hit that begins before a place.
    pub fn last_before(&self, place: Place) -> Option<usize> {
        self.hits.partition_point(|hit| hit.place < place).checked_sub(1)
    }

    /// The hits in one block.
    pub fn in_block(&self, block: BlockId) -> &[Found] {
        let start = self.hits.partition_point(|hit| hit.place.block < block);
        let len = self.hits[start..].partition_point(|hit| hit.place.block == block);
        &self.hits[start..start + len]
    }
}

/// The query as a regular expression. Built from literal text, it can only fail by being far too long.
fn pattern(query: &str) -> Option<Regex> {
    let words: Vec<_> = query.split_whitespace().map(regex::escape).collect();
    if words.is_empty() {
        return None;
    }
    let before = if query.starts_with(char::is_whitespace) { r"\s+" } else { "" };
    let after = if query.ends_with(char::is_whitespace) { r"\s+" } else { "" };
    let fold = !query.chars().any(char::is_uppercase);
    let source = format!("{before}{}{after}", words.join(r"\s+"));
    RegexBuilder::new(&source).case_insensitive(fold).unicode(true).build().ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::article::{Builder, Draft, Kind, Part};

    fn part(builder: &mut Builder, texts: &[&str]) -> Part {
        for text in texts {
            builder.block(Kind::Paragraph, Draft::of(text), Vec::new());
        }
        builder.take_part()
    }

    fn article(texts: &[&str]) -> Article {
        let mut article = Article::default();
        article.append(part(&mut Builder::new("test"), texts));
        article
    }

    fn place(block: u32, byte: u32) -> Place {
        Place { block: BlockId(block), byte }
    }

    fn spans(search: &Search) -> Vec<(u32, u32, u32)> {
        search.hits().iter().map(|hit| (hit.place.block.0, hit.place.byte, hit.len)).collect()
    }

    fn search_all(query: &str, article: &Article) -> Search {
        let mut search = Search::new(query);
        while search.step(article, 100, Place::default()) {}
        search
    }

    #[test]
    fn queries_match_as_a_reader_expects() {
        for (query, text, expected) in [
            ("note", "A note. Notes, NOTE", vec![(0, 2, 4), (0, 8, 4), (0, 15, 4)]),
            ("Note", "A note. Notes, NOTE", vec![(0, 8, 4)]),
            ("aa", "aaaaa", vec![(0, 0, 2), (0, 2, 2)]),
            ("a b", "a\n\tb ab A\u{a0}B", vec![(0, 0, 4), (0, 8, 4)]),
            ("a  b ", "a b c, a b", vec![(0, 0, 4)]),
            (" a", "a  a", vec![(0, 1, 3)]),
            ("straße", "STRASSE Straße STRAẞE", vec![(0, 8, 7), (0, 16, 8)]),
            ("cafe", "café cafe", vec![(0, 6, 4)]),
            ("é", "É e é", vec![(0, 0, 2), (0, 5, 2)]),
            ("ω", "Ω ω", vec![(0, 0, 2), (0, 3, 2)]),
            (".*", "a.*b", vec![(0, 1, 2)]),
            ("[3]", "so.[3][33]", vec![(0, 3, 3)]),
            ("漢字", "漢字漢", vec![(0, 0, 6)]),
            ("", "text", vec![]),
            (" \n", "a b", vec![]),
        ] {
            let search = search_all(query, &article(&[text]));
            assert_eq!(spans(&search), expected, "{query:?} in {text:?}");
            assert!(search.complete());
        }
    }

    #[test]
    fn the_nearest_hits_come_first_and_all_are_in_order() {
        let article = article(&["x0", "x1", "none", "x3", "x4"]);
        let mut search = Search::new("x");
        let mut seen = Vec::new();
        while search.step(&article, 1, place(3, 1)) {
            assert!(!search.complete());
            seen.push(search.hits().iter().map(|hit| hit.place.block.0).collect::<Vec<_>>());
        }
        assert_eq!(seen, [vec![3], vec![3, 4], vec![0, 3, 4], vec![0, 1, 3, 4]]);
        assert_eq!(spans(&search), [(0, 0, 1), (1, 0, 1), (3, 0, 1), (4, 0, 1)]);
        assert!(search.complete());
    }

    #[test]
    fn what_is_appended_later_is_searched_later() {
        let mut builder = Builder::new("test");
        let mut article = Article::default();
        let mut search = Search::new("x");
        assert!(!search.step(&article, 100, place(7, 0)));
        assert_eq!((spans(&search), search.complete()), (vec![], true));
        for round in 0..3 {
            article.append(part(&mut builder, &["x", "y x"]));
            while search.step(&article, 1, place(1, 0)) {}
            assert_eq!(search.hits().len(), 2 * (round + 1));
        }
        assert!(search.hits().is_sorted_by_key(|hit| hit.place));
    }

    #[test]
    fn hits_are_found_by_place() {
        let search = search_all("x", &article(&["x x", "y", "x"]));
        for (at, next, last) in [
            (place(0, 0), Some(1), None),
            (place(0, 1), Some(1), Some(0)),
            (place(0, 2), Some(2), Some(0)),
            (place(1, 0), Some(2), Some(1)),
            (place(2, 0), None, Some(1)),
            (place(9, 9), None, Some(2)),
        ] {
            assert_eq!((search.next_after(at), search.last_before(at)), (next, last), "{at:?}");
        }
        let counts: Vec<_> = (0..4).map(|block| search.in_block(BlockId(block)).len()).collect();
        assert_eq!(counts, [2, 0, 1, 0]);
    }

    #[test]
    fn hits_are_bounded() {
        let text = "x".repeat(limits::BLOCK.most);
        let article = article(&[&text, &text, &text]);
        let search = search_all("x", &article);
        assert_eq!(search.hits().len(), limits::HITS.most);
        assert!(search.is_full() && search.complete());
    }

    /// Every match that does not overlap one before it, found character by character.
    fn naive(query: &str, text: &str) -> Vec<(usize, usize)> {
        let fold = !query.chars().any(char::is_uppercase);
        let same = |a: char, b: char| a == b || (fold && a.to_lowercase().eq(b.to_lowercase()));
        let query: Vec<char> = query.chars().collect();
        let (mut found, mut at) = (Vec::new(), 0);
        while let Some(c) = text[at..].chars().next() {
            match match_at(&query, &text[at..], &same) {
                Some(len) => {
                    found.push((at, len));
                    at += len;
                }
                None => at += c.len_utf8(),
            }
        }
        found
    }

    fn match_at(query: &[char], text: &str, same: &impl Fn(char, char) -> bool) -> Option<usize> {
        let (mut rest, mut query) = (text, query);
        while let Some(&c) = query.first() {
            let next = rest.chars().next()?;
            if c.is_whitespace() {
                let after = rest.trim_start();
                if after.len() == rest.len() {
                    return None;
                }
                rest = after;
                query = &query[query.iter().position(|c| !c.is_whitespace()).unwrap_or(query.len())..];
            } else if same(c, next) {
                rest = &rest[next.len_utf8()..];
                query = &query[1..];
            } else {
                return None;
            }
        }
        Some(text.len() - rest.len())
    }

    proptest! {
        #[test]
        fn finds_what_a_naive_search_finds(
            texts in prop::collection::vec("[abAé É\n.]{0,12}", 0..12),
            more in prop::collection::vec("[abAé É\n.]{0,12}", 0..4),
            query in "[abAé .]{1,3}",
            from in 0_u32..14,
            budget in 1_usize..400,
        ) {
            let mut builder = Builder::new("test");
            let mut article = Article::default();
            let mut search = Search::new(&query);
            for texts in [texts, more] {
                let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
                article.append(part(&mut builder, &texts));
                while search.step(&article, budget, place(from, 0)) {}
            }
            let expected: Vec<_> = article.blocks.iter().enumerate().flat_map(|(block, it)| {
                let found = if query.trim().is_empty() { Vec::new() } else { naive(&query, it.text.as_str()) };
                found.into_iter().map(move |(at, len)| (block as u32, at as u32, len as u32))
            }).collect();
            prop_assert_eq!(spans(&search), expected);
        }
    }
}
