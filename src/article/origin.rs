//! Where in its source an article's parts stand; kept only for those who ask (`ibid check`).

use std::collections::HashMap;
use std::ops::Range;

use super::place::{NoteId, Place};

/// The parts of an article whose origin is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Thing {
    /// A marker.
    Marker,
    /// A link.
    Link,
    /// A picture.
    Picture,
    /// A heading, or the title.
    Heading,
    /// An entry of a list of references, or a note, that stands in the source.
    Entry,
}

/// The source text, and where in it things stand. All ranges are bytes of the text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Origins {
    /// The whole text that was read, in UTF-8, without a byte order mark.
    pub text: String,
    /// Every definition of a note, in the order of the source: also those after the first of a name.
    pub notes: Vec<(NoteId, Range<u32>)>,
    things: HashMap<(Thing, Place), Range<u32>>,
}

impl Origins {
    /// Gives the source text. What was noted is widened to whole characters of it: a character that may not be shown,
    /// or was written by name, has another length in the article.
    pub fn stand_in(&mut self, text: String) {
        let widen = |range: &mut Range<u32>| {
            let start = text.floor_char_boundary(range.start as usize);
            let end = text.ceil_char_boundary(range.end as usize).max(start);
            *range = start as u32..end as u32;
        };
        self.notes.iter_mut().for_each(|(_, range)| widen(range));
        self.things.values_mut().for_each(widen);
        self.text = text;
    }

    /// Notes where a thing stands; `place` is where it begins in the article.
    pub fn note(&mut self, thing: Thing, place: Place, range: Range<u32>) {
        self.things.entry((thing, place)).or_insert(range);
    }

    /// Where the thing that begins at this place stands.
    pub fn of(&self, thing: Thing, place: Place) -> Option<Range<usize>> {
        self.things.get(&(thing, place)).map(|r| r.start as usize..r.end as usize)
    }
}
