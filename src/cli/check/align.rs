//! Finds the markers, headings and entries of a pasted page or a plain text in its source: their importers keep the
//! words and their order, but not their places.

use crate::article::{Article, Block, BlockId, Kind, Nest, Origins, Place, Thing};

/// How far ahead something is looked for, in bytes.
const AHEAD: usize = 256 << 10;
/// How many characters before a marker must be the same.
const BEFORE: usize = 16;
/// How many characters of a heading or an entry must be the same.
const WORDS: usize = 40;

/// Notes where things stand, as far as they are found one after the other.
pub fn align(article: &mut Article) {
    let Some(mut origins) = article.origins.take() else { return };
    let text = std::mem::take(&mut origins.text);
    let mut seeker = Seeker { text: &text, at: 0, origins: &mut origins };
    for (block, id) in article.blocks.iter().zip((0..).map(BlockId)) {
        seeker.beginning(block, id);
        for at in article.markers_in(id.0..id.0 + 1) {
            if let Some(marker) = article.markers.get(at as usize) {
                seeker.marker(block, marker.place, marker.len as usize);
            }
        }
    }
    origins.text = text;
    article.origins = Some(origins);
}

struct Seeker<'a> {
    text: &'a str,
    /// Everything before has been found.
    at: usize,
    origins: &'a mut Origins,
}

impl Seeker<'_> {
    fn beginning(&mut self, block: &Block, id: BlockId) {
        let note = || block.nest.iter().any(|n| matches!(n, Nest::Note { first: true, .. }));
        let thing = match block.kind {
            Kind::Heading(_) | Kind::Title => Thing::Heading,
            Kind::Entry(_) => Thing::Entry,
            _ if note() => Thing::Entry,
            _ => return,
        };
        let words = block.text.as_str();
        let Some(first) = words.split_whitespace().next() else { return };
        let wanted: Vec<char> = graphic(words).take(WORDS).collect();
        let is_it = |at: usize| graphic(&self.text[at..]).take(wanted.len()).eq(wanted.iter().copied());
        if let Some(at) = self.find(first, is_it) {
            self.origins.note(thing, Place::start_of(id), range(at, first.len()));
            self.at = at;
        }
    }

    fn marker(&mut self, block: &Block, place: Place, len: usize) {
        let start = place.byte as usize;
        let words = block.text.as_str();
        let Some(label) = words.get(start..start + len).filter(|l| !l.is_empty()) else { return };
        let before: Vec<char> = graphic_back(&words[..start]).take(BEFORE).collect();
        let is_it = |at: usize| graphic_back(&self.text[..at]).take(before.len()).eq(before.iter().copied());
        if let Some(at) = self.find(label, is_it) {
            self.origins.note(Thing::Marker, place, range(at, len));
            self.at = at + len;
        }
    }

    /// The next place where these words stand and that is the right one.
    fn find(&self, words: &str, is_it: impl Fn(usize) -> bool) -> Option<usize> {
        let end = self.text.floor_char_boundary(self.at + AHEAD);
        let ahead = self.text.as_bytes().get(self.at..end)?;
        memchr::memmem::find_iter(ahead, words).map(|at| self.at + at).find(|at| is_it(*at))
    }
}

fn range(at: usize, len: usize) -> std::ops::Range<u32> {
    let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    number(at)..number(at + len)
}

fn graphic(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| !c.is_whitespace())
}

fn graphic_back(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().rev().filter(|c| !c.is_whitespace())
}
