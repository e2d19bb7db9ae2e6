//! Figures and captions: paragraphs that are more than text.

use std::ops::Range;

use crate::article::{Draft, Mark};

use super::attributes::attributes;
use super::rebuild::{Put, rebuild};

/// The picture that a paragraph is: its address.
pub fn only_picture(draft: &Draft) -> Option<String> {
    let text = draft.as_str();
    let start = text.len() - text.trim_start().len();
    let shown = start..start + text.trim().len();
    let pictures = draft.marks().iter().filter_map(|(range, mark)| match mark {
        Mark::Image(address) => Some((range, address)),
        _ => None,
    });
    let whole = pictures.filter(|(range, _)| range.start <= shown.start && range.end >= shown.end);
    // Its caption may hold others.
    whole.max_by_key(|(range, _)| range.len()).map(|(_, address)| address.clone())
}

/// A class that says that a caption has no number; as a mark, a name that no text can have.
pub const UNNUMBERED: &str = "unnumbered";
/// The name that stands for the class.
pub const NO_NUMBER: &str = "\u{0}unnumbered";

/// True for a text that says that it has no number.
pub fn is_unnumbered(draft: &Draft) -> bool {
    draft.marks().iter().any(|(_, mark)| *mark == Mark::Anchor(NO_NUMBER.to_owned()))
}

/// The caption and the description of a figure as one text, and where in it they are.
pub fn figure(
    number: Option<u32>,
    caption: Draft,
    (address, description): (&str, &str),
) -> (Draft, Range<u32>, Range<u32>) {
    let itself = Mark::Image(address.to_owned());
    let mut draft = labelled("Figure", number, caption, |mark| *mark != itself);
    draft.trim_end();
    let end = draft.len() as u32;
    let description = description.trim();
    if description.is_empty() {
        return (draft, 0..end, end..end);
    }
    draft.push(if end > 0 { "\n" } else { "" });
    let start = draft.len() as u32;
    draft.push_line(description);
    let described = start..draft.len() as u32;
    (draft, 0..end, described)
}

/// The caption of a table, if a paragraph is one: `Table: words {#tbl-x}` or `: words`.
pub fn of_table(draft: &Draft) -> bool {
    let text = draft.as_str();
    ["Table: ", "table: ", ": "]
        .iter()
        .any(|start| text.strip_prefix(start).is_some_and(|t| !t.trim().is_empty()))
}

/// The caption with its number, its attributes taken off.
pub fn table(number: u32, mut draft: Draft) -> Draft {
    let number = Some(number);
    let start = draft.as_str().find(": ").map_or(0, |at| at + 2);
    let caption = draft.split_off(start);
    let text = caption.as_str().trim_end();
    let found = text.rfind('{').and_then(|at| Some((at, attributes(&text[at..])?)));
    let (at, id, classes) = match found {
        Some((at, (what, len))) if at + len == text.len() => (at, what.id, what.classes),
        _ => return labelled("Table", number, caption, |_| true),
    };
    let number = number.filter(|_| !classes.iter().any(|class| class == UNNUMBERED));
    let end = caption.len();
    let mut caption = rebuild(caption.into_parts(), vec![(at..end, Put::Nothing)]);
    if let Some(id) = id {
        caption.mark_range(0..0, Mark::Anchor(id));
    }
    labelled("Table", number, caption, |_| true)
}

fn labelled(word: &str, number: Option<u32>, draft: Draft, keep: impl Fn(&Mark) -> bool) -> Draft {
    let (text, marks) = draft.into_parts();
    let skipped = text.len() - text.trim_start().len();
    let mut out = Draft::of(&number.map_or(String::new(), |number| format!("{word} {number}. ")));
    let shift = out.len();
    out.push(&text[skipped..]);
    for (range, mark) in
        marks.into_iter().filter(|(_, m)| keep(m) && *m != Mark::Anchor(NO_NUMBER.to_owned()))
    {
        // A name leads to the label, wherever its attributes stand.
        let name = matches!(mark, Mark::Anchor(_));
        let moved = |at: usize| if name { 0 } else { at.saturating_sub(skipped) + shift };
        out.mark_range(moved(range.start)..moved(range.end), mark);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_are_numbered() {
        let mut draft = Draft::of("Table: Of *things* {#tbl-x}");
        assert!(of_table(&draft));
        draft.mark_range(10..18, Mark::Emphasis);
        let draft = table(2, draft);
        assert_eq!(draft.as_str().trim_end(), "Table 2. Of *things*");
        let marks: Vec<_> = draft.marks().iter().map(|(r, _)| r.clone()).collect();
        assert_eq!(marks, [12..20, 0..0]);
        assert!(!of_table(&Draft::of("Table: ")) && !of_table(&Draft::of("A: b")));
    }

    #[test]
    fn a_figure_has_a_caption_and_a_description() {
        let mut draft = Draft::of("A cat");
        draft.mark(0, Mark::Image("cat.png".into()));
        assert_eq!(only_picture(&draft).as_deref(), Some("cat.png"));
        let (text, caption, description) = figure(Some(1), draft, ("cat.png", "asleep"));
        assert_eq!(text.as_str(), "Figure 1. A cat\nasleep");
        assert_eq!((caption, description), (0..15, 16..22));
        assert!(text.marks().is_empty());
    }
}
