//! The article: every text is safe, every range lies in its text, every id leads to something, and what leads nowhere
//! says so.

use std::ops::Range;

use ibid::article::{
    Article, Block, BlockId, Destination, InlineKind, Kind, MarkerId, Nest, Place, Target, Thing, limits,
};

use super::words::{is_line, is_text};

/// Everything that holds for an article.
pub fn check(article: &Article) {
    meta(article);
    article.blocks.iter().for_each(|b| block(article, b));
    sections(article);
    markers(article);
    notes(article);
    references(article);
    targets(article);
    complaints(article);
    places(article);
}

/// Two readings of one input are one article.
pub fn same(one: &Article, two: &Article) {
    assert_eq!(one.meta, two.meta);
    assert!(one.blocks == two.blocks, "blocks differ from reading to reading");
    assert!(one.markers == two.markers && one.notes == two.notes, "markers differ from reading to reading");
    assert!(one.references == two.references, "references differ from reading to reading");
    assert!(one.anchors == two.anchors && one.links == two.links, "links differ from reading to reading");
    assert_eq!(one.complaints, two.complaints);
}

/// What is known to stand somewhere in the source stands there.
pub fn origins(article: &Article) {
    let Some(origins) = &article.origins else { return };
    let inside =
        |range: Range<usize>| assert!(origins.text.get(range.clone()).is_some(), "{range:?} of the source");
    for marker in &article.markers {
        origins.of(Thing::Marker, marker.place).into_iter().for_each(inside);
    }
    for id in (0..article.len()).map(BlockId) {
        for thing in [Thing::Heading, Thing::Entry, Thing::Picture] {
            origins.of(thing, Place::start_of(id)).into_iter().for_each(inside);
        }
    }
    origins.notes.iter().for_each(|(_, range)| inside(range.start as usize..range.end as usize));
}

fn meta(article: &Article) {
    let meta = &article.meta;
    for text in
        [&meta.title, &meta.date, &meta.language, &meta.source, &meta.site].into_iter().chain(&meta.authors)
    {
        is_line("what is said of the article", text);
    }
}

fn block(article: &Article, block: &Block) {
    let text = block.text.as_str();
    is_text("a block", text);
    assert!(text.len() <= 2 * limits::BLOCK.most, "a block of {} bytes", text.len());
    assert!(block.nest.len() <= limits::NESTING.most, "nested {} deep", block.nest.len());
    block.nest.iter().for_each(nest);
    let mut last = 0;
    for inline in block.text.inlines() {
        holds(text, &(inline.start..inline.end));
        assert!(inline.start >= last, "stretches are not ordered");
        last = inline.start;
        match inline.kind {
            InlineKind::Math(id) => assert!(id.index() < article.formulas.len()),
            InlineKind::Image(id) | InlineKind::Link(id) => assert!(id.index() < article.links.len()),
            InlineKind::Marker(id) => assert!(id.index() < article.markers.len()),
            _ => {}
        }
    }
    kind(article, &block.kind, text);
}

fn nest(nest: &Nest) {
    match nest {
        Nest::Callout(name) => is_line("the name of a call-out", name),
        Nest::Note { label, .. } => is_line("the label of a note", label),
        Nest::Quote | Nest::Item(_) | Nest::Definition => {}
    }
}

fn kind(article: &Article, kind: &Kind, text: &str) {
    match kind {
        Kind::Heading(level) => assert!(*level > 0),
        Kind::Code(language) => is_line("the name of a language", language),
        Kind::Table(table) => {
            assert!(!table.columns.is_empty() && table.columns.len() <= limits::COLUMNS.most);
            assert_eq!(table.cells.len() % table.columns.len(), 0, "a row is not whole");
            table.cells.iter().for_each(|cell| holds(text, cell));
        }
        Kind::Figure(figure) => {
            assert!(figure.image.index() < article.links.len());
            holds(text, &figure.caption);
            holds(text, &figure.description);
        }
        Kind::Entry(id) => assert!(id.index() < article.references.len()),
        _ => {}
    }
}

/// A range lies in a text, between characters.
fn holds(text: &str, range: &Range<u32>) {
    assert!(text.get(range.start as usize..range.end as usize).is_some(), "{range:?} is no part of {text:?}");
}

fn sections(article: &Article) {
    let mut last = None;
    for section in &article.sections {
        assert!(section.level > 0 && last < Some(section.heading), "sections are not ordered");
        assert!(
            matches!(article.block(section.heading).kind, Kind::Heading(_)),
            "a section without a heading"
        );
        last = Some(section.heading);
    }
    assert!(article.back.is_none_or(|back| back.0 <= article.len()));
}

fn markers(article: &Article) {
    let mut last = Place::default();
    for (marker, id) in article.markers.iter().zip((0..).map(MarkerId)) {
        assert!(marker.place >= last, "markers are not ordered");
        last = marker.place;
        is_place(article, marker.place);
        is_line("the label of a marker", article.label(id));
        holds(
            article.block(marker.place.block).text.as_str(),
            &(marker.place.byte..marker.place.byte + marker.len),
        );
        marker.group.iter().for_each(|group| is_line("a group", group));
        assert!(!marker.cites.is_empty(), "a marker without a cite");
        for cite in &marker.cites {
            if let Some(detail) = &cite.detail {
                [&detail.prefix, &detail.locator, &detail.suffix]
                    .iter()
                    .for_each(|words| is_line("a detail", words));
            }
            let mentions = match &cite.target {
                Target::Reference(to) => &article.references[to.index()].mentions,
                Target::Note(to) => &article.notes[to.index()].mentions,
                Target::Missing(key) => {
                    is_line("a missing key", key);
                    assert!(!article.resolved(id), "what leads nowhere is not marked");
                    continue;
                }
            };
            assert!(mentions.contains(&id), "a target does not know its marker");
        }
    }
}

fn notes(article: &Article) {
    for note in &article.notes {
        is_line("a note", &note.id);
        is_line("a label", &note.label);
        assert!(note.blocks.start <= note.blocks.end && note.blocks.end <= article.len());
        assert!(note.mentions.iter().all(|m| m.index() < article.markers.len()));
    }
}

fn references(article: &Article) {
    for reference in &article.references {
        is_line("a reference", &reference.id);
        is_line("a label", &reference.label);
        assert!(reference.entry.is_none_or(|entry| entry.0 < article.len()));
        assert!(reference.parent.is_none_or(|parent| parent.index() < article.references.len()));
        assert!(reference.mentions.iter().all(|m| m.index() < article.markers.len()));
    }
}

/// Every link leads to a place that is there, or to an address, or is known to lead nowhere.
fn targets(article: &Article) {
    for (link, id) in article.links.iter().zip((0..).map(ibid::article::LinkId)) {
        is_line("a link", link);
        match article.destination(id) {
            Destination::Place(place) => is_place(article, place),
            Destination::Missing(name) => assert!(!article.anchors.contains_key(name)),
            Destination::Address(_) => {}
        }
    }
    for (name, place) in &article.anchors {
        is_line("an anchor", name);
        is_place(article, *place);
    }
    article.formulas.iter().for_each(|tex| is_text("a formula", tex));
}

fn complaints(article: &Article) {
    assert!(article.complaints.len() <= limits::COMPLAINTS.most + 8);
    for complaint in &article.complaints {
        [&complaint.file, &complaint.of, &complaint.what]
            .iter()
            .for_each(|text| is_line("a complaint", text));
        assert!(!complaint.what.is_empty(), "a complaint that says nothing");
    }
}

fn is_place(article: &Article, place: Place) {
    assert_eq!(article.clamp(place), place, "a place that is not there");
}

/// Counting bytes from the beginning finds the way back to a block.
fn places(article: &Article) {
    for id in (0..article.len()).map(BlockId) {
        let place = Place::start_of(id);
        let found = article.place_at(article.bytes_before(place));
        assert_eq!(article.bytes_before(found), article.bytes_before(place));
    }
}
