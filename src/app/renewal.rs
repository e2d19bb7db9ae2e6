//! The document is read again from its beginning: what the reader holds on to stays with its words.

use super::viewport::Top;
use super::{App, pins};
use crate::article::{Article, Part, Place};

impl App {
    /// Takes another beginning of the document in place of everything that was there.
    pub(super) fn read_again(&mut self, part: Part) {
        // What was found stands elsewhere now.
        self.search = self.search.take().map(|s| s.again());
        self.known.start_over();
        self.references.begin_again();
        self.styled.forget();
        let names = pins::names(&self.pins, &self.article);
        let mut before = Article::default();
        self.grow(|article| {
            before = std::mem::take(article);
            article.append(part);
        });
        self.outline_from = Some(0);
        self.pins = pins::named(std::mem::take(&mut self.pins), names, &self.article);
        if self.awaited.is_some() || before.is_empty() {
            return;
        }
        let after = &self.article;
        let moved = |place: Place| moved(&before, after, place);
        let top = moved(self.top.place);
        if top != self.top.place {
            self.top = Top::from(top);
        }
        self.pressed = self.pressed.map(moved);
        self.selection = self.selection.map(|s| s.with_ends(moved));
    }
}

/// Where a place is in the article that has been read again: in the same block, if that has the same words up to
/// there; else with as many bytes of text ahead of it.
fn moved(before: &Article, after: &Article, place: Place) -> Place {
    let same = before.words_at(place.block, 0..place.byte) == after.words_at(place.block, 0..place.byte);
    let stays = place.block.0 < after.len() && same;
    if stays { after.clamp(place) } else { after.place_at(before.bytes_before(before.clamp(place))) }
}
