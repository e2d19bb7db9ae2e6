//! What lies over the text: what a search found, what is selected, and the end of it that moves.

use std::ops::Range;

use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

use super::body::Pen;
use super::theme::Theme;
use crate::app::selection::SelectionView;
use crate::article::{BlockId, Place};
use crate::search::Found;

/// The grapheme clusters that are drawn, each with the bytes of the text that it stands for: where another form of
/// the text is drawn, one by one if there are as many, or else all of them.
pub fn clusters<'s>(own: &'s str, shown: &'s str) -> Vec<(usize, usize, &'s str)> {
    let bounds: Vec<usize> = own.grapheme_indices(true).map(|(at, _)| at).chain([own.len()]).collect();
    let shown: Vec<&str> = shown.graphemes(true).collect();
    let bytes = |at: usize| match bounds.get(at..at + 2) {
        Some([start, end]) if shown.len() + 1 == bounds.len() => (*start, *end),
        _ => (0, own.len()),
    };
    shown.iter().enumerate().map(|(at, cluster)| (bytes(at).0, bytes(at).1, *cluster)).collect()
}

/// What lies over the text of one block.
pub struct Over<'a> {
    found: &'a [Found],
    /// The place that the search has come to.
    here: Option<Place>,
    selection: Option<&'a SelectionView>,
}

impl<'a> Over<'a> {
    /// What lies over a block.
    pub fn on(pen: &Pen<'a>, block: BlockId) -> Self {
        let found = pen.app.search.as_ref().map_or(&[][..], |s| s.in_block(block));
        let touches = |s: &&SelectionView| {
            let range = s.range.as_ref();
            range.is_some_and(|r| r.start.block <= block && block <= r.end.block) || s.cursor.block == block
        };
        Self { found, here: pen.app.hit_place(), selection: pen.selection.filter(touches) }
    }

    /// True where the text is drawn as it is.
    pub const fn is_nothing(&self) -> bool {
        self.found.is_empty() && self.selection.is_none()
    }

    /// The style of a cluster that shows these bytes.
    pub fn style(&self, pen: &Pen, block: BlockId, bytes: Range<u32>, style: Style) -> Style {
        let byte = bytes.start;
        let mut style = style;
        if let Some(found) = self.found.iter().find(|f| f.place.byte <= byte && byte < f.place.byte + f.len) {
            style = style.patch(found_style(pen.theme, found.place, self.here));
        }
        let Some(selection) = self.selection else { return style };
        let place = Place { block, byte };
        let within = selection.range.as_ref().is_some_and(|range| range.contains(&place));
        if within {
            style = style.patch(pen.theme.selected());
        }
        let is_cursor = selection.cursor.block == block && bytes.contains(&selection.cursor.byte);
        if is_cursor { style.patch(pen.theme.cursor(within)) } else { style }
    }
}

fn found_style(theme: &Theme, place: Place, here: Option<Place>) -> Style {
    if here == Some(place) { theme.found_here() } else { theme.found() }
}
