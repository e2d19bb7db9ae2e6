//! The names of places: which of them a section is known by, and which ones links need.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use crate::article::build::slug;
use crate::article::{Article, BlockId, Kind, Place};

/// The names of an article by the places they stand at.
#[derive(Debug, Default)]
pub struct Anchors<'a> {
    names: BTreeMap<Place, Vec<&'a str>>,
    linked: HashSet<&'a str>,
}

impl<'a> Anchors<'a> {
    /// The names of this article.
    pub fn of(article: &'a Article) -> Self {
        let mut names: BTreeMap<Place, Vec<&str>> = BTreeMap::new();
        for (name, place) in &article.anchors {
            names.entry(*place).or_default().push(name);
        }
        names.values_mut().for_each(|names| names.sort_unstable());
        let mut linked: HashSet<&str> = article.links.iter().filter_map(|l| l.strip_prefix('#')).collect();
        for entry in article.references.iter().filter_map(|r| r.entry) {
            if !matches!(article.block(entry).kind, Kind::Entry(_)) {
                linked.extend(names.get(&Place::start_of(entry)).and_then(|names| names.first()));
            }
        }
        Self { names, linked }
    }

    /// The names at a place, sorted.
    pub fn at(&self, place: Place) -> &[&'a str] {
        self.names.get(&place).map_or(&[], Vec::as_slice)
    }

    /// True when a link of the article leads to this name, or a reference has its entry there.
    pub fn is_linked(&self, name: &str) -> bool {
        self.linked.contains(name)
    }

    /// The places in these bytes of a block, both ends included, that have names, in order.
    pub fn in_block(&self, block: BlockId, bytes: Range<u32>) -> impl Iterator<Item = (u32, &[&'a str])> {
        let (start, end) =
            (Place { block, byte: bytes.start }, Place { block, byte: bytes.end.max(bytes.start) });
        self.names.range(start..=end).map(|(place, names)| (place.byte, names.as_slice()))
    }

    /// The name of a heading: what its author calls it, else what its title gives; empty where another place has
    /// taken that.
    pub fn section_id(&self, heading: BlockId, title: &str) -> &'a str {
        let slug = slug(title);
        let names = self.at(Place::start_of(heading));
        let authored = names.iter().find(|name| !is_made(name, &slug));
        authored.or_else(|| names.first()).copied().unwrap_or("")
    }
}

/// True for a name that the builder makes from a title: the slug itself, or numbered (`results-1`).
pub fn is_made(name: &str, slug: &str) -> bool {
    name.strip_prefix(slug).is_some_and(|rest| {
        rest.is_empty()
            || rest.strip_prefix('-').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_made_from_titles_are_told_from_given_ones() {
        let cases = [
            ("results", "results", true),
            ("results-2", "results", true),
            ("results-", "results", false),
            ("results-b", "results", false),
            ("res", "results", false),
            ("x", "", false),
        ];
        for (name, slug, expected) in cases {
            assert_eq!(is_made(name, slug), expected, "{name} {slug}");
        }
    }
}
