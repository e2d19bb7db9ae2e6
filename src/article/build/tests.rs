//! What the builder makes of blocks, notes, works and names.

use super::*;
use crate::article::{Article, DraftCite, DraftMarker, Label, Mark, MarkerId, To};

fn marker(cites: Vec<DraftCite>) -> DraftMarker {
    DraftMarker { cites, ..DraftMarker::default() }
}

fn text_of(build: impl FnOnce(&mut Builder)) -> (String, Article) {
    let mut builder = Builder::new("test");
    build(&mut builder);
    let mut article = Article::default();
    article.append(builder.finish());
    let lines: Vec<_> = article.blocks.iter().map(|b| b.text.as_str()).collect();
    (lines.join("\n"), article)
}

#[test]
fn works_are_numbered_as_they_are_cited() {
    let (text, article) = text_of(|b| {
        for key in ["a", "b", "c"] {
            b.work(key, Csl::new(), Draft::of(&key.to_uppercase()));
        }
        let cite = |key: &str| DraftCite::new(To::Reference(key.into()));
        let mut draft = Draft::of("First");
        draft.push_marker(marker(vec![DraftCite { locator: "p. 4".into(), ..cite("c") }, cite("a")]));
        draft.push(" then ");
        let start = draft.len();
        draft.push_marker(DraftMarker {
            label: Label::NumberedAfter("Doe".into()),
            ..marker(vec![cite("c")])
        });
        draft.mark(start, Mark::Emphasis);
        draft.push(" and");
        draft.push_marker(marker(vec![cite("nobody")]));
        b.block(Kind::Paragraph, draft, vec![]);
    });
    assert_eq!(text, "First[1, p. 4; 2] then Doe [1] and[nobody?]\nReferences\nC\nA\nB");
    let labels: Vec<_> = (0..3).map(|i| article.label(MarkerId(i))).collect();
    assert_eq!(labels, ["[1, p. 4; 2]", "Doe [1]", "[nobody?]"]);
    assert_eq!(*article.references[0].mentions, [MarkerId(0), MarkerId(1)]);
    assert_eq!((article.resolved(MarkerId(0)), article.resolved(MarkerId(2))), (true, false));
    assert_eq!(article.back, Some(BlockId(1)));
}

#[test]
fn notes_are_listed_once_in_the_order_of_their_use() {
    let note = |key: &str| marker(vec![DraftCite::new(To::Note(key.into()))]);
    let (text, article) = text_of(|b| {
        for (key, inner) in [("x", Some("y")), ("y", None), ("x", None), ("unused", None)] {
            b.begin_note(key);
            let mut draft = Draft::of(&format!("text of {key}"));
            if let Some(inner) = inner {
                draft.push_marker(note(inner));
            }
            b.block(Kind::Paragraph, draft, vec![]);
            b.end_note();
        }
        let mut draft = Draft::of("Body");
        draft.push_marker(note("Y"));
        draft.push_marker(note("gone"));
        b.block(Kind::Paragraph, draft, vec![]);
    });
    assert_eq!(text, "Body[1][2]\nNotes\ntext of y\ntext of x[1]\ntext of unused");
    assert_eq!(article.complaints.len(), 1);
    assert!(!article.resolved(MarkerId(1)));
    assert_eq!(*article.notes[1].mentions, [MarkerId(0), MarkerId(2)]);
    let labels: Vec<_> = article.notes.iter().map(|n| &*n.label).collect();
    assert_eq!(labels, ["3", "1", "4", "2"]);
}

#[test]
fn names_behind_the_last_block_lead_to_its_end() {
    let (_, article) = text_of(|b| {
        b.block(Kind::Paragraph, Draft::of("Text"), vec![]);
        b.anchor("end");
    });
    assert_eq!(article.anchors["end"], Place { block: BlockId(0), byte: 4 });
    assert_eq!(text_of(|b| b.anchor("end")).1.anchors["end"], Place::default());
}

#[test]
fn lists_stand_where_they_are_placed() {
    let (text, article) = text_of(|b| {
        b.reference("a", "7", Csl::new(), Some(Draft::of("A")));
        let mut draft = Draft::of("Body");
        draft.push_marker(marker(vec![DraftCite::new(To::Note("n".into()))]));
        b.block(Kind::Paragraph, draft, vec![]);
        b.begin_note("n");
        b.block(Kind::Paragraph, Draft::of("The note."), vec![]);
        b.end_note_here();
        b.place_references(usize::MAX);
        b.block(Kind::Paragraph, Draft::of("End."), vec![]);
    });
    assert_eq!(text, "Body[1]\nThe note.\nA\nEnd.");
    assert_eq!((article.notes[0].blocks.clone(), article.references[0].entry), (1..2, Some(BlockId(2))));
}

#[test]
fn the_authors_own_heading_receives_the_references() {
    let (text, _) = text_of(|b| {
        b.work("a", Csl::new(), Draft::of("A"));
        b.heading(1, Draft::of("References"), None, vec![]);
    });
    assert_eq!(text, "References\nA");
}

#[test]
fn a_giant_paragraph_is_split_without_loss() {
    let long = "word and word. ".repeat(12_000);
    let (text, article) = text_of(|b| b.block(Kind::Paragraph, Draft::of(&long), vec![]));
    assert_eq!(text.replace('\n', ""), long.trim_end());
    assert!(article.blocks.len() > 2 && article.blocks[1].continued);
    assert!(article.blocks.iter().all(|b| b.text.len() as usize <= limits::BLOCK.most));
}

#[test]
fn names_beside_the_text_are_safe() {
    let (_, article) = text_of(|b| {
        b.block(Kind::Code("sh\u{1b}[2J".into()), Draft::of("x"), vec![Nest::Callout("note\u{7}".into())]);
    });
    assert_eq!(article.blocks[0].kind, Kind::Code("sh␛[2J".into()));
    assert_eq!(&*article.blocks[0].nest, [Nest::Callout("note␇".into())]);
}

#[test]
fn letters_count_like_columns() {
    assert_eq!([0, 25, 26, 701, 702].map(letters), ["a", "z", "aa", "zz", "aaa"]);
}

#[test]
fn what_is_no_text_is_safe_too() {
    let (_, article) = text_of(|b| {
        b.block(Kind::Code("a\u{1b}b".into()), Draft::of("code"), vec![Nest::Callout("x\u{7}".into())]);
    });
    assert_eq!(article.blocks[0].kind, Kind::Code("a␛b".into()));
    assert_eq!(*article.blocks[0].nest, [Nest::Callout("x␇".into())]);
}

#[test]
fn places_and_bytes_are_inverse() {
    let (_, article) = text_of(|b| {
        for text in ["one", "zwei", "drei vier"] {
            b.block(Kind::Paragraph, Draft::of(text), vec![]);
        }
    });
    for bytes in 0..article.total_bytes() {
        assert_eq!(article.bytes_before(article.place_at(bytes)), bytes);
    }
}

proptest::proptest! {
    #[test]
    fn a_section_is_a_part_of_the_last_one_above_it(
        levels in proptest::collection::vec(1u8..6, 0..40),
        parts in 1usize..5,
    ) {
        let mut builder = Builder::new("test");
        let mut article = Article::default();
        for (at, level) in levels.iter().enumerate() {
            builder.heading(*level, Draft::of("A heading"), None, vec![]);
            if at % parts == 0 {
                article.append(builder.take_part());
            }
        }
        article.append(builder.finish());
        for (at, level) in levels.iter().enumerate() {
            let above = (0..at).rev().find(|&before| levels[before] < *level);
            proptest::prop_assert_eq!(article.parent_of(at), above);
        }
    }
}
