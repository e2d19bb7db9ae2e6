//! Replaces stretches of a draft, with the marks around them moved along.

use std::ops::Range;

use crate::article::{Draft, DraftMarker, Mark};

/// A text and its marks, taken apart so that they can be changed.
pub type Parts = (String, Vec<(Range<usize>, Mark)>);

/// What comes in place of a stretch.
#[derive(Debug)]
pub enum Put {
    /// Nothing.
    Nothing,
    /// A marker that the builder numbers.
    Marker(DraftMarker),
    /// A marker that shows these words.
    Shown(String, DraftMarker),
}

/// Makes the changes; they are ordered, and one that overlaps the one before is left out. Marks inside a stretch that is replaced go with it,
/// names that links lead to stay.
pub fn rebuild(parts: Parts, edits: Vec<(Range<usize>, Put)>) -> Draft {
    let (text, marks) = parts;
    let mut draft = Draft::default();
    let mut steps = Vec::with_capacity(edits.len());
    let mut taken = 0;
    for (range, put) in edits {
        if range.start < taken {
            continue;
        }
        draft.push(&text[taken..range.start]);
        let start = draft.len();
        match put {
            Put::Nothing => {}
            Put::Marker(marker) => draft.push_marker(marker),
            Put::Shown(words, marker) => {
                draft.push_line(&words);
                draft.mark(start, Mark::Marker(marker));
            }
        }
        taken = range.end;
        steps.push(Step { old: range, new: start..draft.len() });
    }
    draft.push(&text[taken..]);
    for (range, mark) in marks {
        let (start, end) = (moved(&steps, range.start, true), moved(&steps, range.end, false));
        if start <= end {
            draft.mark_range(start..end, mark);
        } else if matches!(mark, Mark::Anchor(_)) {
            draft.mark_range(end..end, mark);
        }
    }
    draft
}

struct Step {
    old: Range<usize>,
    new: Range<usize>,
}

/// Where an offset comes to lie. Inside a replaced stretch, a start moves behind it and an end before it.
fn moved(steps: &[Step], offset: usize, start: bool) -> usize {
    let Some(at) = steps.partition_point(|s| s.old.start < offset).checked_sub(1) else { return offset };
    let step = &steps[at];
    match offset.checked_sub(step.old.end) {
        Some(behind) => step.new.end + behind,
        None if start => step.new.end,
        None => step.new.start,
    }
}

/// A stretch of a text, with the marks that lie in it; the marks are ordered by start.
pub fn slice(parts: &Parts, range: &Range<usize>) -> Parts {
    let (text, marks) = parts;
    let first = marks.partition_point(|(r, _)| r.start < range.start);
    let inside =
        marks[first..].iter().take_while(|(r, _)| r.start <= range.end).filter(|(r, _)| r.end <= range.end);
    let shift = |r: &Range<usize>| r.start - range.start..r.end - range.start;
    let marks = inside.map(|(r, m)| (shift(r), m.clone())).collect();
    (text[range.clone()].to_owned(), marks)
}

/// Puts the parts together again.
pub fn draft(parts: Parts) -> Draft {
    rebuild(parts, Vec::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_move_with_their_words() {
        let mut draft = Draft::of("one [see @a] two");
        draft.mark_range(0..3, Mark::Strong);
        draft.mark_range(5..8, Mark::Emphasis);
        draft.mark_range(4..16, Mark::Struck);
        let edits = vec![(4..12, Put::Marker(DraftMarker::default()))];
        let draft = rebuild(draft.into_parts(), edits);
        assert_eq!(draft.as_str(), "one \u{fffc} two");
        let marks: Vec<_> = draft.marks().iter().map(|(r, m)| (r.clone(), m.clone())).collect();
        let marker = (4..7, Mark::Marker(DraftMarker::default()));
        assert_eq!(marks, [marker, (0..3, Mark::Strong), (4..11, Mark::Struck)]);
    }

    #[test]
    fn removed_text_leaves_names() {
        let mut draft = Draft::of("picture{#a} x");
        draft.mark_range(0..7, Mark::Image("s".into()));
        draft.mark_range(9..9, Mark::Anchor("a".into()));
        let draft = rebuild(draft.into_parts(), vec![(7..11, Put::Nothing)]);
        assert_eq!(draft.as_str(), "picture x");
        let marks: Vec<_> = draft.marks().iter().map(|(r, _)| r.clone()).collect();
        assert_eq!(marks, [0..7, 7..7]);
    }
}
