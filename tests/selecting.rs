//! Selecting: the ends are places of whole grapheme clusters, whatever the screen does; and what is copied is what lies
//! between them.

#![allow(clippy::unwrap_used)]

mod support;

use ibid::app::action::Action;
use ibid::app::event::{Effect, Event, Input, Mouse, Size};
use ibid::app::focus::Focus;
use ibid::app::{App, Overlay, Settings};
use ibid::article::{Article, BlockId, Place};
use ibid::import::{Source, read};
use ibid::ui::theme::Depth;
use proptest::prelude::*;
use ratatui::style::Modifier;
use support::screen::{ink_at, signs};
use unicode_segmentation::UnicodeSegmentation;

const SIZE: Size = Size { width: 60, height: 20 };

const ARTICLE: &str = "# First\n\nOne two three four five. Six seven, eight. Nine![^n]\n\n- the item a\n- 漢字 item \
                       e\u{301}t\n\nשלום (עולם) and words. مرحبا بالعالم.\n\n| head | side |\n|---|---|\n| one long cell of \
                       words that goes over several rows of the screen | b |\n| c | d |\n\n```text\na very long line of code \
                       that is wider than any screen of this test, so that it pans to the right and back again, and ends \
                       here\n```\n\n---\n\n# Second\n\nThe last paragraph. It ends.\n\n[^n]: The note.\n";

fn reader(size: Size) -> App {
    let article = read(Source::bytes("a.md", ARTICLE.as_bytes().to_vec()).unwrap()).unwrap();
    App::new(article, true, "test".into(), Settings::default(), None, size)
}

fn press(app: &mut App, actions: &[Action]) -> Vec<Effect> {
    actions.iter().flat_map(|action| app.update(Event::Action(*action))).collect()
}

fn copied(app: &mut App) -> String {
    match press(app, &[Action::Copy]).pop() {
        Some(Effect::Copy(text)) => text,
        other => panic!("{other:?}: {}", app.message),
    }
}

/// What is selected, as the bytes between the ends, its blocks parted by a bar.
fn selected(app: &App) -> String {
    let range = app.view.selection.as_ref().and_then(|s| s.range.clone()).unwrap();
    between(&app.article, range.start, range.end)
}

fn between(article: &Article, start: Place, end: Place) -> String {
    let part = |block: BlockId| {
        let from = if block == start.block { start.byte } else { 0 };
        let to = if block == end.block { end.byte } else { article.block(block).text.len() };
        article.words_at(block, from..to)
    };
    (start.block.0..=end.block.0).map(|b| part(BlockId(b))).collect::<Vec<_>>().join("|")
}

/// What is selected after these actions, from the first words of the article's first paragraph on.
fn after(actions: &[Action]) -> String {
    let mut app = reader(SIZE);
    press(&mut app, &[Action::NextParagraph, Action::Select]);
    press(&mut app, actions);
    selected(&app)
}

fn at(app: &App, word: &str) -> (u16, u16) {
    let rows = (0..).zip(signs(app));
    let mut found = rows.filter_map(|(y, row)| Some((row.concat().find(word)?, y, row)));
    let (byte, y, row) = found.next().unwrap_or_else(|| panic!("no {word} on the screen"));
    let mut passed = 0;
    let x = row.iter().take_while(|cell| {
        passed += cell.len();
        passed <= byte
    });
    (x.count() as u16, y)
}

// ---------------------------------------------------------------------------------------------------------- motions

#[test]
fn it_begins_at_the_top_of_what_is_seen_or_at_what_is_lit() {
    assert_eq!(after(&[]), "O");
    let mut app = reader(SIZE);
    press(&mut app, &[Action::NextMarker, Action::Select, Action::RowEnd]);
    assert_eq!(selected(&app), "[1]");
    let mut app = reader(SIZE);
    press(&mut app, &[Action::Search]);
    "eight".chars().for_each(|c| drop(app.update(Event::Input(Input::Char(c)))));
    app.update(Event::Input(Input::Enter));
    press(&mut app, &[Action::Select, Action::NextSentence]);
    assert_eq!(selected(&app), "eight.");
}

#[test]
fn the_keys_that_move_through_the_text_move_its_end() {
    use Action::*;
    for (actions, expected) in [
        (vec![PanRight, PanRight], "One"),
        (vec![PanRight, PanLeft], "O"),
        (vec![NextWord], "One"),
        (vec![NextWord, NextWord], "One two"),
        (vec![NextWord, NextWord, PreviousWord], "One t"),
        (vec![NextSentence], "One two three four five."),
        (vec![NextSentence, NextSentence], "One two three four five. Six seven, eight."),
        (
            vec![NextSentence, NextSentence, NextSentence],
            "One two three four five. Six seven, eight. Nine![1]",
        ),
        (vec![NextSentence, NextSentence, PreviousSentence], "One two three four five. S"),
        (vec![NextParagraph], "One two three four five. Six seven, eight. Nine![1]"),
        (
            vec![NextParagraph, NextParagraph],
            "One two three four five. Six seven, eight. Nine![1]|the item a",
        ),
        (vec![NextMarker], "One two three four five. Six seven, eight. Nine![1]"),
        (vec![PreviousParagraph], "First|O"),
        (vec![RowEnd], "One two three four five. Six seven, eight. Nine![1]"),
        (vec![RowEnd, RowStart], "O"),
        (vec![NextWord, OpenAddress, PreviousParagraph], "First|One"),
        (vec![LineDown], "One two three four five. Six seven, eight. Nine![1]|t"),
        (vec![LineDown, LineUp], "O"),
    ] {
        assert_eq!(after(&actions), expected, "{actions:?}");
    }
}

#[test]
fn a_section_is_selected_whole() {
    let mut app = reader(Size { height: 6, ..SIZE });
    press(&mut app, &[Action::NextSection, Action::Select, Action::NextSection]);
    assert_eq!(selected(&app), "Second|The last paragraph. It ends.");
    press(&mut app, &[Action::NextSection]);
    assert!(selected(&app).ends_with("|Notes|The note."));
    press(&mut app, &[Action::PreviousSection, Action::PreviousSection, Action::PreviousSection]);
    assert!(selected(&app).starts_with("First|One") && selected(&app).ends_with("|S"), "{}", selected(&app));
}

#[test]
fn digits_count_and_0_is_the_start_of_the_row() {
    let mut app = reader(SIZE);
    press(&mut app, &[Action::NextParagraph, Action::Select]);
    app.update(Event::Input(Input::Char('1')));
    app.update(Event::Input(Input::Char('0')));
    press(&mut app, &[Action::PanRight]);
    assert_eq!(selected(&app), "One two thr");
    app.update(Event::Input(Input::Char('0')));
    assert_eq!(selected(&app), "O");
}

#[test]
fn the_anchor_is_dropped_and_set_anew() {
    let mut app = reader(SIZE);
    press(
        &mut app,
        &[Action::NextParagraph, Action::Select, Action::NextWord, Action::Select, Action::NextWord],
    );
    assert_eq!(app.view.selection.as_ref().unwrap().range, None);
    assert_eq!(press(&mut app, &[Action::Copy]), []);
    assert!(app.message.contains("nothing is selected"), "{}", app.message);
    press(&mut app, &[Action::Select, Action::NextWord]);
    assert_eq!(selected(&app), "o three");
}

#[test]
fn esc_and_q_drop_it_and_nothing_else() {
    for action in [Action::Close, Action::Quit] {
        let mut app = reader(SIZE);
        press(&mut app, &[Action::NextMarker, Action::Select, Action::LineDown]);
        let top = app.view.first_place();
        assert_eq!(press(&mut app, &[action]), []);
        assert!(app.selection.is_none());
        assert_eq!(app.view.first_place(), top);
    }
    for action in [Action::NextWord, Action::RowEnd, Action::NextSentence] {
        let mut app = reader(SIZE);
        press(&mut app, &[action]);
        assert!(app.selection.is_none() && app.message.contains("v begins"), "{}", app.message);
    }
}

#[test]
fn the_screen_follows_the_end_that_moves() {
    let mut app = reader(Size { width: 40, height: 8 });
    press(&mut app, &[Action::Select]);
    for action in
        [Action::LineDown, Action::PageDown, Action::NextSection, Action::End, Action::LineUp, Action::Top]
    {
        press(&mut app, &[action]);
        let cursor = app.selection.unwrap().cursor;
        assert!(app.view.row_of(cursor).is_some(), "{action:?} leads off the screen");
    }
    press(&mut app, &[Action::End, Action::Close, Action::Back]);
    assert_eq!(app.view.first_place(), Some(Place::default()), "a jump can be undone");
}

#[test]
fn a_wide_line_pans_to_the_cursor() {
    let mut app = reader(SIZE);
    press(&mut app, &[Action::Select]);
    while !selected(&app).ends_with("ends here") {
        press(&mut app, &[Action::NextWord]);
    }
    let pan = app.view.pan;
    assert!(pan > 0);
    press(&mut app, &[Action::RowStart]);
    assert_eq!(app.view.pan, 0);
}

// ------------------------------------------------------------------------------------------------------------ mouse

fn drag(app: &mut App, from: (u16, u16), to: (u16, u16)) {
    app.update(Event::Mouse(Mouse::Press { x: from.0, y: from.1, drag: false }));
    app.update(Event::Mouse(Mouse::Press { x: to.0, y: to.1, drag: true }));
}

#[test]
fn a_drag_in_the_text_selects_and_a_click_does_what_it_did() {
    let mut app = reader(SIZE);
    let (from, to) = (at(&app, "two"), at(&app, "seven"));
    drag(&mut app, from, (to.0 + 4, to.1));
    assert_eq!(selected(&app), "two three four five. Six seven");
    drag(&mut app, (to.0 + 4, to.1), from);
    assert_eq!(selected(&app), "two three four five. Six seven", "backwards");
    let marker = at(&app, "[1]");
    drag(&mut app, marker, (marker.0 + 30, marker.1));
    assert!(
        selected(&app) == "[1]" && app.cards.is_empty(),
        "a drag from a marker closes the card it opened"
    );
    app.update(Event::Mouse(Mouse::Press { x: marker.0, y: marker.1, drag: false }));
    assert!(app.selection.is_none() && app.cards.len() == 1, "a click opens the marker");
    app.update(Event::Mouse(Mouse::Press { x: from.0, y: from.1, drag: false }));
    assert!(app.selection.is_none() && app.cards.is_empty(), "a click in the text selects nothing");
}

#[test]
fn a_drag_past_the_edge_scrolls() {
    let mut app = reader(Size { width: 60, height: 10 });
    let from = at(&app, "One two");
    app.update(Event::Mouse(Mouse::Press { x: from.0, y: from.1, drag: false }));
    for _ in 0..4 {
        app.update(Event::Mouse(Mouse::Press { x: 20, y: 9, drag: true }));
    }
    assert!(app.view.first_place() > Some(Place::default()));
    assert!(selected(&app).starts_with("One two"), "{}", selected(&app));
    app.update(Event::Mouse(Mouse::Wheel { x: 20, y: 5, by: 1 }));
    assert!(app.selection.is_some(), "the wheel drops nothing");
}

#[test]
fn a_drag_that_began_elsewhere_selects_nothing() {
    let mut app = reader(SIZE);
    drag(&mut app, (59, 3), (20, 6));
    assert!(app.selection.is_none());
    press(&mut app, &[Action::Help]);
    drag(&mut app, (20, 5), (24, 6));
    assert!(app.selection.is_none());
}

// ---------------------------------------------------------------------------------------------------------- copying

#[test]
fn copying_ends_the_selection_and_says_how_much_it_was() {
    let mut app = reader(SIZE);
    press(&mut app, &[Action::NextParagraph, Action::Select, Action::NextParagraph, Action::NextParagraph]);
    assert_eq!(app.view.selection.as_ref().unwrap().amount, "13 words");
    assert_eq!(copied(&mut app), "One two three four five. Six seven, eight. Nine![1]\n\nthe item a");
    assert!(app.selection.is_none());
    assert_eq!(app.message, "copied 13 words as text");
}

#[test]
fn the_forms_are_offered_and_the_chosen_one_is_copied() {
    let mut app = reader(SIZE);
    press(&mut app, &[Action::NextParagraph, Action::Select, Action::NextParagraph, Action::Export]);
    let Some(Overlay::Picker(picker)) = &app.overlay else { panic!("no list") };
    assert_eq!(picker.items.len(), 7);
    "footnotes".chars().for_each(|c| drop(app.update(Event::Input(Input::Char(c)))));
    let effects = app.update(Event::Input(Input::Enter));
    let [Effect::Copy(text)] = effects.as_slice() else { panic!("{effects:?}") };
    assert!(text.starts_with("> One two three") && text.ends_with("[^n]: The note."), "{text}");
}

#[test]
fn what_is_too_long_to_copy_stays_selected() {
    let text = "word ".repeat(20_000);
    let article = read(Source::bytes("a.md", text.into_bytes()).unwrap()).unwrap();
    let mut app = App::new(article, true, "test".into(), Settings::default(), None, SIZE);
    press(&mut app, &[Action::Select, Action::End]);
    assert_eq!(press(&mut app, &[Action::Copy]), []);
    assert!(app.message.contains("too long") && app.selection.is_some(), "{}", app.message);
}

// ------------------------------------------------------------------------------------------------------------ looks

#[test]
fn the_passage_can_be_told_from_hits_and_markers_with_and_without_colours() {
    for depth in [Depth::None, Depth::Sixteen, Depth::Palette, Depth::True] {
        let mut app = reader(SIZE);
        let (hit, marker, end) = (at(&app, "five"), at(&app, "[1]"), at(&app, "eight"));
        press(&mut app, &[Action::Search]);
        app.update(Event::Input(Input::Char('e')));
        app.update(Event::Input(Input::Enter));
        let found = ink_at(&app, depth, (hit.0 + 3, hit.1));
        press(&mut app, &[Action::NextMarker]);
        let lit = ink_at(&app, depth, marker);
        drag(&mut app, (end.0, end.1), (end.0 + 4, end.1));
        let [inside, cursor, plain] =
            [end, (end.0 + 4, end.1), (end.0 - 2, end.1)].map(|at| ink_at(&app, depth, at));
        let all = [found, lit, inside, cursor, plain];
        for (n, style) in all.iter().enumerate() {
            assert!(!all[..n].contains(style), "{depth:?}: {all:?}");
        }
        assert!(depth != Depth::None || inside.modifier().contains(Modifier::REVERSED));
    }
}

// ------------------------------------------------------------------------------------------------------- properties

const MOTIONS: [Action; 24] = [
    Action::LineDown,
    Action::LineUp,
    Action::PageDown,
    Action::PageUp,
    Action::HalfPageDown,
    Action::HalfPageUp,
    Action::Top,
    Action::End,
    Action::NextParagraph,
    Action::PreviousParagraph,
    Action::NextSection,
    Action::PreviousSection,
    Action::PanLeft,
    Action::PanRight,
    Action::NextWord,
    Action::PreviousWord,
    Action::NextSentence,
    Action::PreviousSentence,
    Action::RowStart,
    Action::RowEnd,
    Action::NextMarker,
    Action::PreviousMarker,
    Action::OpenAddress,
    Action::Outline,
];

fn is_whole(article: &Article, place: Place) -> bool {
    let text = article.block(place.block).text.as_str();
    text.len() == place.byte as usize || text.grapheme_indices(true).any(|(at, _)| at as u32 == place.byte)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, ..ProptestConfig::default() })]

    #[test]
    fn ends_are_whole_clusters_and_what_is_copied_lies_between(
        moves in prop::collection::vec(0_usize..MOTIONS.len(), 1..30),
        width in 20_u16..120,
        height in 5_u16..40,
    ) {
        let mut app = reader(Size { width, height });
        press(&mut app, &[Action::Select]);
        for at in moves {
            press(&mut app, &[MOTIONS[at]]);
            if app.focus == Focus::Outline {
                press(&mut app, &[Action::Outline]);
            }
            let range = app.selection.unwrap().range(&app.article).unwrap();
            prop_assert!(range.start < range.end);
            prop_assert!(is_whole(&app.article, range.start) && is_whole(&app.article, range.end), "{range:?}");
            let cursor = app.selection.unwrap().cursor;
            prop_assert!(app.view.row_of(cursor).is_some(), "{:?} at {:?}", MOTIONS[at], cursor);
        }
        let between = selected(&app).replace(['|', '\n'], "");
        prop_assert_eq!(copied(&mut app).replace('\n', ""), between);
    }

    #[test]
    fn it_survives_any_sizes_and_toggles(
        sizes in prop::collection::vec((1_u16..160, 1_u16..60, 0_usize..6), 1..20),
        moves in prop::collection::vec(0_usize..MOTIONS.len(), 1..10),
    ) {
        let mut app = reader(SIZE);
        press(&mut app, &[Action::Select]);
        moves.iter().for_each(|at| drop(press(&mut app, &[MOTIONS[*at]])));
        let (before, words) = (app.selection, selected(&app));
        for (width, height, toggle) in sizes {
            app.update(Event::Resize(Size { width, height }));
            let toggles = [Action::Zen, Action::Wider, Action::Narrower, Action::Theme, Action::UsualWidth, Action::Redraw];
            press(&mut app, &[toggles[toggle]]);
            prop_assert_eq!((app.selection, selected(&app)), (before, words.clone()));
            signs(&app);
        }
    }

    #[test]
    fn any_drag_selects_whole_clusters(presses in prop::collection::vec((0_u16..70, 0_u16..25), 2..12)) {
        let mut app = reader(SIZE);
        for (at, (x, y)) in presses.into_iter().enumerate() {
            app.update(Event::Mouse(Mouse::Press { x, y, drag: at % 4 != 0 }));
            let range = app.selection.and_then(|s| s.range(&app.article));
            prop_assert!(range.is_none_or(|r| is_whole(&app.article, r.start) && is_whole(&app.article, r.end)));
        }
    }
}
