//! Tests: what each kind of block looks like on the page, at widths of 24, 40 and 72.

use super::sample::{article, assert_page, draft, item};
use super::{Role, lay, lay_bare};
use crate::article::{BlockId, Builder, Csl, Draft, Kind, Mark, Nest};

#[test]
fn the_beginning_of_an_article() {
    let build = |b: &mut Builder| {
        b.title(Draft::of("Private messages between two people"));
        b.block(Kind::Byline, Draft::of("Jane Doe · 2025"), vec![]);
        b.block(
            Kind::Paragraph,
            draft("The sign-off tied a personal success to the meeting.{[4]} So."),
            vec![],
        );
        b.heading(1, Draft::of("Context"), None, vec![]);
        b.heading(2, Draft::of("Strategic"), None, vec![]);
        b.block(Kind::Paragraph, Draft::of("Two."), vec![]);
        b.block(Kind::Rule, Draft::default(), vec![]);
    };
    assert_page(
        40,
        build,
        "
        |Private messages between two people
        |━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
        |Jane Doe · 2025
        |
        |The sign-off tied a personal success to
        |the meeting.[4] So.
        |
        |
        |Context
        |
        |Strategic
        |
        |Two.
        |
        |                ────────
        ",
    );
    assert_page(
        24,
        build,
        "
        |Private messages between
        |two people
        |━━━━━━━━━━━━━━━━━━━━━━━━
        |Jane Doe · 2025
        |
        |The sign-off tied a
        |personal success to the
        |meeting.[4] So.
        |
        |
        |Context
        |
        |Strategic
        |
        |Two.
        |
        |        ────────
        ",
    );
}

#[test]
fn quotes_and_callouts_have_a_bar() {
    let build = |b: &mut Builder| {
        let quote = || vec![Nest::Quote];
        b.block(Kind::Paragraph, Draft::of("They will pay in a big way."), quote());
        b.block(Kind::Paragraph, Draft::of("So it went on."), quote());
        b.block(Kind::Paragraph, draft("— Mark Rutte{[4]}"), quote());
        let callout = || vec![Nest::Callout("warning".into())];
        b.block(Kind::Paragraph, Draft::of("Careful."), callout());
        b.block(Kind::Code("".into()), Draft::of("rm"), callout());
        b.block(Kind::Paragraph, Draft::of("Within."), vec![Nest::Callout("warning".into()), Nest::Quote]);
    };
    assert_page(
        40,
        build,
        "
        | ▎  They will pay in a big way.
        | ▎
        | ▎  So it went on.
        |    — Mark Rutte[4]
        |
        | ▎  Warning
        | ▎  Careful.
        | ▎
        | ▎   rm
        | ▎
        | ▎  ▎ Within.
        ",
    );
    assert_page(
        24,
        build,
        "
        |▎ They will pay in a big
        |▎ way.
        |▎
        |▎ So it went on.
        |  — Mark Rutte[4]
        |
        |▎ Warning
        |▎ Careful.
        |▎
        |▎  rm
        |▎
        |▎ ▎ Within.
        ",
    );
}

#[test]
fn an_attribution_ends_a_quote() {
    let quote = || vec![Nest::Quote];
    let article = article(|b| {
        b.block(Kind::Paragraph, Draft::of("— Alone, it is speech."), quote());
        b.block(Kind::Paragraph, Draft::of("— Not the last."), quote());
        b.block(Kind::Paragraph, Draft::of("— The last."), quote());
    });
    let roles: Vec<_> = (0..3)
        .map(|at| lay(&article, BlockId(at), 40).rows.last().and_then(|r| r.runs.last().map(|r| r.face.role)))
        .collect();
    assert_eq!(roles, [Some(Role::Quote), Some(Role::Quote), Some(Role::Attribution)]);
}

#[test]
fn lists_hang() {
    assert_page(
        24,
        |b| {
            b.block(Kind::Paragraph, Draft::of("An item long enough to wrap"), vec![item(None, true, true)]);
            b.block(
                Kind::Paragraph,
                Draft::of("Inner"),
                vec![item(None, false, true), item(None, true, true)],
            );
            b.block(Kind::Paragraph, Draft::of("Nine, with words to wrap"), vec![item(Some(9), true, false)]);
            b.block(Kind::Paragraph, Draft::of("More"), vec![item(Some(9), false, false)]);
            b.block(Kind::Paragraph, Draft::of("Ten"), vec![item(Some(10), true, false)]);
            b.block(Kind::Term, Draft::of("Ibid"), vec![]);
            b.block(Kind::Paragraph, Draft::of("In the same place as before"), vec![Nest::Definition]);
        },
        "
        |• An item long enough to
        |  wrap
        |  ◦ Inner
        |
        | 9. Nine, with words to
        |    wrap
        |
        |    More
        |
        |10. Ten
        |
        |Ibid
        |    In the same place as
        |    before
        ",
    );
}

#[test]
fn tasks_have_boxes() {
    let task = |done| match item(None, true, true) {
        Nest::Item(item) => vec![Nest::Item(crate::article::Item { task: Some(done), ..item })],
        other => vec![other],
    };
    assert_page(
        24,
        |b| {
            b.block(Kind::Paragraph, Draft::of("Read"), task(true));
            b.block(Kind::Paragraph, Draft::of("Write"), task(false));
        },
        "
        |☑ Read
        |☐ Write
        ",
    );
}

#[test]
fn notes_and_references_have_labels() {
    assert_page(
        40,
        |b| {
            b.reference(
                "a",
                "1",
                Csl::new(),
                Some(Draft::of("Doe, Jane: A Book of Many Words. Some House.")),
            );
            b.reference("b", "12", Csl::new(), Some(Draft::of("Roe: A Paper.")));
            b.reference("c", "An Overly Long Label 2020", Csl::new(), Some(Draft::of("Poe: A Poem.")));
            b.begin_note("n");
            b.block(Kind::Paragraph, Draft::of("A note."), vec![]);
            b.block(Kind::Paragraph, Draft::of("Its second paragraph."), vec![]);
            b.end_note();
        },
        "
        |Notes
        |
        |1   A note.
        |
        |    Its second paragraph.
        |
        |
        |References
        |
        |  1 Doe, Jane: A Book of Many Words.
        |    Some House.
        | 12 Roe: A Paper.
        |An Overly Long Label 2020
        |    Poe: A Poem.
        ",
    );
}

#[test]
fn hebrew_stands_at_the_right() {
    assert_page(
        24,
        |b| b.block(Kind::Paragraph, Draft::of("אחד שניים (שלוש) abc 123 ארבע."), vec![]),
        "
        |abc 123 (שולש) םיינש דחא
        |                   .עברא
        ",
    );
    assert_page(
        24,
        |b| b.block(Kind::Paragraph, draft("The word שלום{[1]} (peace) stays."), vec![]),
        "
        |The word [1]םולש (peace)
        |stays.
        ",
    );
}

#[test]
fn raised_text_is_drawn_raised() {
    assert_page(
        24,
        |b| {
            let mut draft = Draft::of("x");
            draft.push_marked("2n", Mark::Superscript);
            draft.push_marked("max", Mark::Subscript);
            draft.push(" and e");
            draft.push_marked("αβ", Mark::Superscript);
            draft.push("\tend");
            b.block(Kind::Paragraph, draft, vec![]);
        },
        "
        |x²ⁿₘₐₓ and e^(αβ) end
        ",
    );
}

#[test]
fn small_widths_keep_some_room_for_the_text() {
    let nest = vec![Nest::Quote, item(Some(1234), true, false), item(None, true, true)];
    for width in 0..12 {
        let article = article(|b| b.block(Kind::Paragraph, Draft::of("漢字 a"), nest.clone()));
        let rows = lay(&article, BlockId(0), width);
        assert!(rows.natural <= width.max(4) && rows.fixed <= width.max(4) / 2, "{width}");
    }
}

#[test]
fn a_block_alone_has_no_margin() {
    let article = article(|b| {
        b.reference("a", "1", Csl::new(), Some(Draft::of("Doe, Jane: A Book of Many Words.")));
    });
    let entry = article.references[0].entry.unwrap();
    let rows = lay_bare(&article, entry, 24);
    assert_eq!((rows.fixed, rows.rows.len()), (0, 2));
    assert_eq!(lay(&article, entry, 24).fixed, 4);
}
