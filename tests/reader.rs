//! The reader as a value: whatever is done to it, what it shows fits the screen, and nothing but the reader moves it.

#![allow(clippy::unwrap_used)]

mod support;

use ibid::app::action::{ACTIONS, Action};
use ibid::app::event::{Effect, Event, Input, Mouse, Size};
use ibid::app::known::Level;
use ibid::app::margin::Notes;
use ibid::app::markers::Markers;
use ibid::app::saved::Saved;
use ibid::app::{App, Overlay, Settings};
use ibid::article::{Article, Builder, Draft, DraftCite, DraftMarker, Item, Kind, Nest, To};
use proptest::prelude::*;
use support::screen::screen;

const SIZE: Size = Size { width: 100, height: 30 };

/// An article with a bit of everything: sections, paragraphs of many lengths, markers, runs, notes that cite, lists,
/// code that is too wide, wide characters.
fn article() -> Article {
    let mut b = Builder::new("test");
    for key in ["doe", "roe", "poe"] {
        let csl = serde_json::from_str(&format!(
            "{{\"type\":\"book\",\"title\":\"Title of {key}\",\"author\":[{{\"family\":\"{key}\"}}],\"URL\":\"https://example.org/{key}\"}}"
        ));
        let csl = csl.unwrap();
        let entry = ibid::cite::entry::entry(&csl);
        b.work(key, csl, entry);
    }
    b.begin_note("n");
    let mut note = Draft::of("A note that cites a work");
    note.push_marker(marker(&["poe"]));
    b.block(Kind::Paragraph, note, vec![]);
    b.end_note();
    b.title(Draft::of("An article for tests"));
    for section in 0..12u32 {
        b.heading(1 + (section % 3) as u8, Draft::of(&format!("Section {section}")), None, vec![]);
        for paragraph in 0..4u32 {
            let words = 5 + (section * 7 + paragraph * 13) % 60;
            let mut draft = Draft::of(&"word 漢字 ".repeat(words as usize));
            draft.push_marker(marker(&["doe"]));
            if paragraph == 1 {
                draft.push_marker(marker(&["roe", "poe"]));
            }
            if paragraph == 2 {
                let mut to_note = marker(&[]);
                to_note.cites.push(DraftCite::new(To::Note("n".into())));
                draft.push_marker(to_note);
                draft.push_marker(marker(&["nobody"]));
            }
            let item = Item { number: None, task: None, first: true, tight: true, width: 1 };
            let nest = if paragraph == 3 { vec![Nest::Item(item)] } else { vec![] };
            b.block(Kind::Paragraph, draft, nest);
        }
        b.block(Kind::Code("text".into()), Draft::of(&"a line of code that is wide ".repeat(6)), vec![]);
    }
    let mut article = Article::default();
    article.append(b.finish());
    article
}

fn marker(keys: &[&str]) -> DraftMarker {
    let cites = keys.iter().map(|k| DraftCite::new(To::Reference((*k).into()))).collect();
    DraftMarker { cites, ..DraftMarker::default() }
}

fn reader(size: Size) -> App {
    let mut app = App::new(article(), true, "test".into(), Settings::default(), None, size);
    app.themes = vec!["dark".into(), "light".into()];
    app
}

/// A reader who left something of this article behind, or likes it otherwise.
fn returning(size: Size, settings: Settings, saved: Option<Saved>) -> App {
    App::new(article(), true, "test".into(), settings, saved, size)
}

fn press(app: &mut App, actions: &[Action]) {
    for action in actions {
        app.update(Event::Action(*action));
    }
}

/// The rows of the text alone.
fn body(app: &App) -> Vec<String> {
    let area = app.view.geometry.body;
    let cut = |row: &String| row.chars().skip(area.x as usize).collect();
    screen(app).iter().skip(area.y as usize).take(area.height as usize).map(cut).collect()
}

fn first_words(app: &App) -> String {
    let place = app.view.first_place().unwrap();
    app.article.block(place.block).text.as_str()[place.byte as usize..].chars().take(12).collect()
}

#[test]
fn a_marker_opens_and_the_entry_leads_back_to_the_very_place() {
    let mut app = reader(SIZE);
    press(&mut app, &[Action::PageDown, Action::NextMarker, Action::Enter]);
    let (lines, lit) = (first_words(&app), app.lit);
    let card = app.view.card.clone().unwrap();
    assert_eq!((card.kind.as_str(), card.badge.is_empty()), ("Book", false));
    press(&mut app, &[Action::Enter]);
    let entry = app.article.references[0].entry.map(ibid::article::Place::start_of).unwrap();
    assert!(app.cards.is_empty() && app.view.row_of(entry).is_some());
    press(&mut app, &[Action::Back]);
    assert_eq!((first_words(&app), app.lit), (lines, lit));
}

#[test]
fn a_run_is_one_list_and_its_entries_expand_in_place() {
    let mut app = reader(SIZE);
    press(&mut app, &[Action::NextMarker, Action::NextMarker, Action::Enter]);
    assert_eq!(app.view.card.as_ref().unwrap().kind, "3 references");
    assert_eq!(app.cards[0].letters(&app.article), 0);
    press(&mut app, &[Action::LineDown, Action::Enter]);
    assert_eq!((app.cards.len(), app.cards[0].expanded), (1, true));
    assert!(app.cards[0].letters(&app.article) > 1, "letters lead to the places of the expanded one");
    for (action, expanded) in [
        (Action::Back, false),
        (Action::PanRight, true),
        (Action::PanRight, false),
        (Action::PanRight, true),
        (Action::PanLeft, false),
        (Action::Enter, true),
        (Action::LineUp, false),
    ] {
        while app.view.card.as_ref().unwrap().entry_goes_on.0 && action == Action::LineUp {
            press(&mut app, &[action]);
        }
        press(&mut app, &[action]);
        assert_eq!((app.cards.len(), app.cards[0].expanded), (1, expanded), "{action:?}");
    }
    press(&mut app, &[Action::NextMarker]);
    assert_eq!(app.cards.len(), 1, "another marker takes the card over");
}

#[test]
fn a_note_that_cites_opens_its_work_with_the_trail() {
    let mut app = reader(SIZE);
    app.update(Event::Input(Input::Char('9')));
    press(&mut app, &[Action::Enter]);
    assert!(app.message.contains("[9]"));
    let at = app.article.notes[0].mentions[0];
    let place = app.article.marker(at).unwrap().place;
    press(&mut app, &[Action::Search]);
    app.update(Event::Input(Input::Escape));
    while app.view.row_of(place).is_none() {
        press(&mut app, &[Action::PageDown]);
    }
    while app.lit != Some(ibid::layout::Hit::Marker(at)) {
        press(&mut app, &[Action::NextMarker]);
    }
    press(&mut app, &[Action::Enter]);
    // A note, a work and something unresolved stand together: the note is chosen in their list.
    press(&mut app, &[Action::Enter, Action::NextMarker, Action::Enter]);
    let card = app.view.card.clone().unwrap();
    assert_eq!((card.kind.as_str(), card.trail.is_empty()), ("Book", false), "{card:?}");
}

#[test]
fn a_card_never_covers_the_row_it_belongs_to() {
    for height in 8..40 {
        let mut app = reader(Size { width: 80, height });
        for _ in 0..30 {
            press(&mut app, &[Action::NextMarker]);
            let Some(at) = app.view.hits.iter().find(|h| Some(h.hit) == app.lit).copied() else { continue };
            press(&mut app, &[Action::Enter]);
            let area = app.view.card.as_ref().unwrap().area;
            assert!(at.y < area.y || at.y >= area.bottom(), "height {height}: {at:?} under {area:?}");
            assert!(area.bottom() <= height && area.right() <= 80);
            assert!(area.height <= (height / 3).max(5), "{height}: {area:?}");
            press(&mut app, &[Action::Close]);
        }
    }
}

#[test]
fn what_is_typed_after_a_number_counts() {
    let mut app = reader(SIZE);
    app.update(Event::Input(Input::Char('3')));
    press(&mut app, &[Action::NextSection]);
    assert_eq!(app.view.path.last().map(String::as_str), Some("Section 2"));
    app.update(Event::Input(Input::Char('2')));
    press(&mut app, &[Action::Enter]);
    assert_eq!(app.view.card.as_ref().unwrap().badge, "2");
    app.update(Event::Input(Input::Char('3')));
    press(&mut app, &[Action::Enter]);
    assert_eq!(
        (app.view.card.as_ref().unwrap().badge.as_str(), app.cards.len()),
        ("3", 1),
        "the card is retargeted"
    );
}

#[test]
fn what_is_copied_is_what_the_article_shows() {
    let mut b = Builder::new("test");
    let csl = serde_json::from_str("{\"type\":\"book\",\"title\":\"Cranes\"}").unwrap();
    b.reference("a", "1", csl, Some(Draft::of("Roe, R.: Cranes, so they say (1990)")));
    let mut draft = Draft::of("A claim");
    let mut cited = marker(&["a"]);
    cited.cites[0].locator = "p. 4".into();
    draft.push_marker(cited);
    b.block(Kind::Paragraph, draft, vec![]);
    let mut article = Article::default();
    article.append(b.finish());
    let mut app = App::new(article, true, "test".into(), Settings::default(), None, SIZE);
    press(&mut app, &[Action::NextMarker, Action::Enter]);
    assert_eq!(app.view.card.as_ref().unwrap().count, "p. 4 · cited once");
    let effects = app.update(Event::Action(Action::Copy));
    assert_eq!(effects, [Effect::Copy("[1] Roe, R.: Cranes, so they say (1990)".into())]);
}

#[test]
fn searching_goes_to_the_hit_and_gives_up_to_where_it_began() {
    let mut app = reader(SIZE);
    press(&mut app, &[Action::PageDown]);
    let before = first_words(&app);
    press(&mut app, &[Action::Search]);
    for c in "section 9".chars() {
        app.update(Event::Input(Input::Char(c)));
    }
    assert!(screen(&app).iter().any(|row| row.contains("Section 9")));
    app.update(Event::Input(Input::Escape));
    assert_eq!(first_words(&app), before);
    assert!(app.search.is_none());
}

#[test]
fn an_outline_that_is_left_leaves_the_text_where_it_was() {
    let mut app = reader(SIZE);
    press(&mut app, &[Action::PageDown]);
    let before = first_words(&app);
    press(&mut app, &[Action::Outline, Action::LineDown, Action::LineDown, Action::LineDown]);
    assert_ne!(first_words(&app), before);
    press(&mut app, &[Action::Close]);
    assert_eq!(first_words(&app), before);
    press(&mut app, &[Action::Outline, Action::End, Action::Enter]);
    press(&mut app, &[Action::Back]);
    assert_eq!(first_words(&app), before);
}

#[test]
fn too_small_a_screen_is_a_quiet_line() {
    for (width, height) in [(0, 0), (1, 1), (19, 40), (80, 4), (20, 5)] {
        let app = reader(Size { width, height });
        let rows = screen(&app);
        assert_eq!(rows.len(), height as usize);
        assert_eq!(app.view.too_small, width < 20 || height < 5);
    }
}

fn any_event() -> impl Strategy<Value = Event> {
    let actions: Vec<Action> = ACTIONS.iter().map(|i| i.action).collect();
    prop_oneof![
        6 => proptest::sample::select(actions).prop_map(Event::Action),
        2 => proptest::char::range(' ', 'z').prop_map(|c| Event::Input(Input::Char(c))),
        1 => Just(()).prop_map(|()| Event::Input(Input::Enter)),
        1 => Just(()).prop_map(|()| Event::Input(Input::Escape)),
        1 => Just(()).prop_map(|()| Event::Input(Input::Backspace)),
        1 => (0..140u16, 0..50u16).prop_map(|(width, height)| Event::Resize(Size { width, height })),
        1 => (0..140u16, 0..50u16).prop_map(|(x, y)| Event::Mouse(Mouse::Press { x, y, drag: false })),
        1 => (0..140u16, 0..50u16, -2..3i32).prop_map(|(x, y, by)| Event::Mouse(Mouse::Wheel { x, y, by })),
        1 => Just(()).prop_map(|()| Event::Idle),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn nothing_makes_it_fail_and_everything_fits(events in proptest::collection::vec(any_event(), 1..60)) {
        let mut app = reader(SIZE);
        for event in events {
            app.update(event);
            let size = app.size();
            prop_assert_eq!(screen(&app).len(), size.height as usize);
            prop_assert!(app.view.lines.len() <= app.view.geometry.body.height as usize);
            if !app.view.too_small && let Some(card) = &app.view.card {
                prop_assert!(card.area.right() <= size.width && card.area.bottom() <= size.height);
            }
        }
    }

    #[test]
    fn no_sequence_of_sizes_moves_the_text(
        pages in 0..12usize, lines in 0..9usize, sizes in proptest::collection::vec((20..150u16, 5..60u16), 1..12),
    ) {
        let mut app = reader(SIZE);
        for _ in 0..pages {
            press(&mut app, &[Action::PageDown]);
        }
        for _ in 0..lines {
            press(&mut app, &[Action::LineDown]);
        }
        let (before, rows) = (app.view.first_place(), body(&app));
        for (width, height) in sizes {
            app.update(Event::Resize(Size { width, height }));
            let place = app.view.first_place().unwrap();
            // The same words stand in the first row, which may begin earlier where it is longer.
            prop_assert!(place <= before.unwrap() && app.view.row_of(before.unwrap()) == app.view.row_of(place));
        }
        app.update(Event::Resize(SIZE));
        prop_assert_eq!(app.view.first_place(), before);
        prop_assert_eq!(body(&app), rows);
    }

    #[test]
    fn toggles_move_nothing(pages in 0..12usize, toggles in proptest::collection::vec(0..10usize, 1..12)) {
        let mut app = reader(SIZE);
        for _ in 0..pages {
            press(&mut app, &[Action::PageDown]);
        }
        let before = app.view.first_place().unwrap();
        for toggle in toggles {
            press(&mut app, match toggle {
                0 => &[Action::Zen],
                1 => &[Action::Theme],
                2 => &[Action::Outline, Action::Outline],
                3 => &[Action::Wider],
                4 => &[Action::Help, Action::Close],
                5 => &[Action::Notes],
                6 | 7 => &[Action::Markers],
                _ => &[Action::Narrower],
            });
            if toggle > 7 {
                let size = [Size { width: 160, height: 44 }, Size { width: 61, height: 9 }][toggle - 8];
                app.update(Event::Resize(size));
            }
            let top = app.view.first_place().unwrap();
            prop_assert!(top <= before && app.view.row_of(before) == app.view.row_of(top), "{toggle}");
        }
    }

    #[test]
    fn notes_never_overlap_nor_leave_their_area(
        width in 100..260u16, height in 6..70u16, steps in proptest::collection::vec((0..5usize, 0..9u16), 1..20),
    ) {
        let mut app = reader(Size { width, height });
        for (step, size) in steps {
            let action = [Action::PageDown, Action::LineDown, Action::Outline, Action::Notes, Action::NextMarker][step];
            press(&mut app, &[action]);
            if size == 0 {
                app.update(Event::Resize(Size { width: width + 20 - height, height: 76 - height }));
            }
            let geometry = app.view.geometry;
            let area = geometry.margin.or(geometry.strip);
            prop_assert!(area.is_some() || app.view.beside.notes.is_empty());
            let Some(area) = area else { continue };
            let (mut free, hidden) = (area.y + u16::from(geometry.strip.is_some()), app.view.beside.hidden);
            for note in &app.view.beside.notes {
                prop_assert!(note.area.y >= free && note.area.height > 0);
                prop_assert!(note.area.x == area.x && note.area.width == area.width);
                prop_assert_eq!(note.brief.rows(note.shape).len(), usize::from(note.area.height));
                free = note.area.bottom();
            }
            prop_assert!(free <= area.bottom() && area.right() <= app.size().width);
            prop_assert!(hidden == 0 || geometry.strip.is_some() || free < area.bottom(), "no row for the sign");
            let full = geometry.body.height + geometry.strip.map_or(0, |s| s.height);
            prop_assert!(geometry.strip.is_none_or(|s| s.height <= full / 4));
            prop_assert!(app.view.lines.len() <= geometry.body.height.into());
            screen(&app);
        }
    }

    #[test]
    fn every_jump_can_be_undone(jumps in proptest::collection::vec(0..7usize, 1..20), pages in 0..9usize) {
        let mut app = reader(SIZE);
        for _ in 0..pages {
            press(&mut app, &[Action::PageDown]);
        }
        for jump in jumps {
            let before = body(&app);
            press(&mut app, &[[Action::NextSection, Action::PreviousSection, Action::Top, Action::End,
                Action::ParentSection, Action::NextSection, Action::End][jump]]);
            press(&mut app, &[Action::Back]);
            prop_assert_eq!(body(&app), before);
            press(&mut app, &[Action::Forward]);
        }
    }

    #[test]
    fn pages_down_and_up_show_every_row_once(height in 6..50u16, strip in proptest::bool::ANY) {
        let mut app = reader(Size { width: 100, height });
        if strip {
            press(&mut app, &[Action::Notes]);
        }
        let mut seen = Vec::new();
        loop {
            let rows: Vec<_> = app.view.lines.iter().filter_map(|l| Some((l.block, l.row?))).collect();
            for row in rows {
                if seen.last().is_none_or(|last| *last < row) {
                    seen.push(row);
                }
            }
            let before = app.saved();
            press(&mut app, &[Action::PageDown]);
            if app.saved() == before {
                break;
            }
        }
        let width = app.view.geometry.body.width;
        let whole = (0..app.article.len()).map(ibid::article::BlockId).flat_map(|block| {
            let rows = ibid::layout::lay(&app.article, block, width).rows.len();
            (0..rows).map(move |row| (block, row))
        });
        let missed: Vec<_> = whole.filter(|row| !seen.contains(row)).collect();
        prop_assert_eq!(missed, vec![]);
    }
}

#[test]
fn an_overlay_takes_the_keys() {
    let mut app = reader(SIZE);
    press(&mut app, &[Action::Palette]);
    for c in "theme".chars() {
        app.update(Event::Input(Input::Char(c)));
    }
    assert!(matches!(app.overlay, Some(Overlay::Picker(_))));
    app.update(Event::Input(Input::Enter));
    assert_eq!((app.overlay.is_none(), app.settings.theme.as_str()), (true, "dark"));
}

#[test]
fn what_the_visible_lines_cite_stands_beside_them_once() {
    let mut app = reader(Size { width: 160, height: 44 });
    let margin = app.view.geometry.margin.unwrap();
    let shown: Vec<_> = app.view.beside.notes.iter().map(|n| (n.label.clone(), n.cited)).collect();
    assert!(shown.len() >= 3);
    for (at, (label, cited)) in shown.iter().enumerate() {
        let rows = |of| app.view.beside.notes.iter().filter(move |n| n.cited == of).map(|n| n.area.y);
        let apart = rows(*cited).zip(rows(*cited).skip(1)).all(|(a, b)| b - a > 18);
        assert!(apart, "{label} is shown twice, {at}");
    }
    // The first note stands at the very row of its marker.
    let first = &app.view.beside.notes[0];
    let marker = app.view.hits.iter().find(|h| h.hit == ibid::layout::Hit::Marker(first.marker)).unwrap();
    assert_eq!((first.area.y, first.area.x), (marker.y, margin.x));
    press(&mut app, &[Action::PageDown]);
    assert_ne!(app.view.beside.notes[0].marker, ibid::article::MarkerId(0), "they follow the text");
}

#[test]
fn a_click_on_a_note_opens_its_card_at_its_marker() {
    let mut app = reader(Size { width: 160, height: 44 });
    let note = app.view.beside.notes[1].clone();
    app.update(Event::Mouse(Mouse::Press { x: note.area.x + 5, y: note.area.y, drag: false }));
    assert_eq!(app.view.card.as_ref().map(|c| c.badge.clone()), Some(note.label));
    assert_eq!(app.lit, Some(ibid::layout::Hit::Marker(note.marker)));
    assert!(app.view.beside.notes[1].lit);
}

#[test]
fn a_narrow_screen_changes_between_a_strip_and_nothing() {
    let mut app = reader(SIZE);
    let mut seen = Vec::new();
    for _ in 0..3 {
        press(&mut app, &[Action::Notes]);
        seen.push((app.settings.notes, app.view.geometry.strip.is_some()));
    }
    assert_eq!(seen, [(Notes::Strip, true), (Notes::Margin, false), (Notes::Strip, true)]);
    app.update(Event::Resize(Size { width: 160, height: 44 }));
    let mut seen = Vec::new();
    for _ in 0..3 {
        press(&mut app, &[Action::Notes]);
        seen.push((app.settings.notes, app.view.geometry.margin.is_some()));
    }
    assert_eq!(seen, [(Notes::Off, false), (Notes::Margin, true), (Notes::Strip, false)]);
}

#[test]
fn the_end_is_reached_over_a_strip() {
    for height in 8..50 {
        let mut app = reader(Size { width: 100, height });
        press(&mut app, &[Action::Notes, Action::End]);
        let last = app.view.lines.iter().rev().find_map(|l| Some((l.block.0, l.row?)));
        let block = app.article.len() - 1;
        let rows =
            ibid::layout::lay(&app.article, ibid::article::BlockId(block), app.view.geometry.body.width);
        assert_eq!(last, Some((block, rows.rows.len() - 1)), "height {height}");
    }
}

#[test]
fn hidden_markers_are_passed_by() {
    let mut app = reader(SIZE);
    press(&mut app, &[Action::NextMarker, Action::Markers, Action::Markers]);
    assert_eq!((app.settings.markers, app.lit), (Markers::Hidden, None));
    assert!(app.view.hits.is_empty() && !screen(&app).join("\n").contains("[1]"));
    press(&mut app, &[Action::NextMarker, Action::Enter, Action::Peek]);
    assert!(app.lit.is_none() && app.cards.is_empty());
    app.update(Event::Input(Input::Char('2')));
    press(&mut app, &[Action::Enter]);
    assert_eq!(app.view.card.as_ref().map(|c| c.badge.as_str()), Some("2"), "a number still opens");
    press(&mut app, &[Action::Close, Action::Markers, Action::NextMarker]);
    assert!(app.lit.is_some());
}

#[test]
fn what_was_opened_is_known_and_the_card_says_so() {
    let mut app = reader(SIZE);
    let level = |app: &App| app.known.level(&app.article, ibid::article::MarkerId(0));
    let known = |app: &App| app.view.card.as_ref().map(|c| c.known.clone());
    press(&mut app, &[Action::NextMarker]);
    assert_eq!(level(&app), Level::Fresh);
    press(&mut app, &[Action::Enter]);
    assert_eq!((level(&app), known(&app).as_deref()), (Level::Opened, Some("")), "not before this time");
    press(&mut app, &[Action::Close, Action::Enter]);
    assert_eq!(known(&app).as_deref(), Some("opened before"));
    press(&mut app, &[Action::Copy]);
    assert!(level(&app) == Level::Taken && known(&app).is_some_and(|k| k.ends_with("exported")));

    // Between runs: also while the place is still awaited, and when the article comes in part by part.
    let saved = app.saved();
    let again = returning(SIZE, Settings::default(), Some(saved.clone()));
    assert_eq!((level(&again), again.saved().known), (Level::Taken, saved.known.clone()));
    let empty = Article::default();
    let far = Saved { block: 40, ..saved.clone() };
    let app = App::new(empty, false, "test".into(), Settings::default(), Some(far), SIZE);
    assert_eq!(app.saved().known, saved.known);
}

#[test]
fn the_settings_hold_from_the_start() {
    let settings = Settings { notes: Notes::Strip, markers: Markers::Hidden, ..Settings::default() };
    let app = returning(Size { width: 160, height: 44 }, settings, None);
    assert!(
        app.view.geometry.margin.is_none() && app.view.geometry.strip.is_none(),
        "nothing visible is cited"
    );
    let settings = Settings { notes: Notes::Strip, ..Settings::default() };
    assert!(returning(SIZE, settings, None).view.geometry.strip.is_some());
    let settings = Settings { notes: Notes::Off, ..Settings::default() };
    let app = returning(Size { width: 160, height: 44 }, settings, None);
    assert!(app.view.geometry.margin.is_none() && app.view.beside.notes.is_empty());
}
