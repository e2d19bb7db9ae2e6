//! Entries of the references as the article shows them: words and marks.

use crate::article::{Article, BlockId, Draft, DraftMarker, InlineKind, Kind, LinkId, Mark, Reference, safe};
use crate::cite;

/// The blocks that show a reference: its entry, and what was split off it.
pub fn blocks(article: &Article, entry: BlockId) -> impl Iterator<Item = BlockId> {
    let rest = article.blocks.iter().zip(0..).skip(entry.index() + 1);
    let rest = rest.take_while(|(b, _)| b.continued && matches!(b.kind, Kind::Entry(_)));
    std::iter::once(entry).chain(rest.map(|(_, id)| BlockId(id)))
}

/// What the list shows for a reference, without its label; put together from its fields where there is no list.
pub fn draft(article: &Article, reference: &Reference) -> Draft {
    let Some(entry) = reference.entry else { return cite::entry::entry(&reference.csl) };
    let mut draft = Draft::default();
    for block in blocks(article, entry) {
        let text = &article.block(block).text;
        let start = draft.len();
        draft.push(text.as_str());
        for inline in text.inlines() {
            let range = start + inline.start as usize..start + inline.end as usize;
            draft.mark_range(range, mark(article, inline.kind));
        }
    }
    draft
}

/// An entry with the marks that an importer finds in its words.
pub fn in_words(text: &str) -> Draft {
    let mut draft = Draft::of(text);
    cite::words::parse(text).marks.into_iter().for_each(|(range, mark)| draft.mark_range(range, mark));
    draft
}

fn mark(article: &Article, kind: InlineKind) -> Mark {
    let address = |id: LinkId| article.links.get(id.index()).map_or_else(String::new, |l| l.to_string());
    match kind {
        InlineKind::Math(id) => {
            Mark::Math(article.formulas.get(id.index()).map_or_else(String::new, |tex| tex.to_string()))
        }
        InlineKind::Image(id) => Mark::Image(address(id)),
        InlineKind::Link(id) => Mark::Link(address(id)),
        _ => Mark::plain(kind).unwrap_or_else(|| Mark::Marker(DraftMarker::default())),
    }
}

/// True for two texts that show the same words with the same marks.
pub fn are_same(a: &Draft, b: &Draft) -> bool {
    let marks = |draft: &Draft| {
        let shown = |(range, mark): &(std::ops::Range<usize>, Mark)| match mark {
            Mark::Anchor(_) | Mark::Origin(..) => None,
            Mark::Link(address) => Some((range.start, range.end, Mark::Link(safe::address(address)))),
            mark => Some((range.start, range.end, mark.clone())),
        };
        let mut marks: Vec<_> = draft.marks().iter().filter_map(shown).collect();
        marks.sort_by_key(|(start, end, mark)| (*start, *end, format!("{mark:?}")));
        marks
    };
    a.as_str() == b.as_str() && marks(a) == marks(b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Builder, Csl};

    #[test]
    fn an_entry_comes_back_as_it_was_given() {
        let mut given = Draft::of("Water, H2O");
        given.mark_range(8..9, Mark::Subscript);
        given.mark_range(0..5, Mark::Link("https://a.example/".into()));
        let mut builder = Builder::new("test");
        builder.reference("a", "1", Csl::new(), Some(given.clone()));
        let mut article = Article::default();
        article.append(builder.finish());
        let found = draft(&article, &article.references[0]);
        assert!(are_same(&found, &given), "{found:?}");
        assert!(!are_same(&found, &Draft::of("Water, H2O")));
    }
}
