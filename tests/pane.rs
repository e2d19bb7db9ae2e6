//! The pane of references: what it lists, how it walks, and that the text stays where it is.

#![allow(clippy::unwrap_used)]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use ibid::app::action::{ACTIONS, Action};
use ibid::app::event::{Effect, Event, Input, Mouse, Size};
use ibid::app::focus::Focus;
use ibid::app::references::{Item, PaneRow, Sort};
use ibid::app::{App, Overlay, Settings};
use ibid::article::{
    Article, BlockId, Builder, Draft, DraftCite, DraftMarker, Kind, MarkerId, NoteId, Place, RefId, Target,
    To,
};
use ibid::layout::Hit;
use ibid::ui::ink::Ink;
use ibid::ui::theme::Depth;
use proptest::prelude::*;
use support::screen::{cells, ink_at, screen};

const SIZE: Size = Size { width: 160, height: 40 };
/// Keys, people, titles, years and containers of the works.
const WORKS: [(&str, &str, &str, &str, &str); 5] = [
    ("gray", "Gray", "A weir in June", "2020", "The Paper"),
    ("old", "Ärger", "Silt and Sand", "1899", ""),
    ("none", "", "Zebra crossings", "2020", "Journal of Weirs"),
    ("late", "Berg", "Notes on the gauge", "2025", "The Paper"),
    ("idle", "Aal", "Never cited", "", "Press"),
];

/// What a marker of the tests cites: works, the note, a key that leads nowhere.
#[derive(Clone, Debug)]
enum Cites {
    Work(usize),
    Note,
    Nobody(u8),
}

fn draft_marker(cites: &[Cites]) -> DraftMarker {
    let cites = cites.iter().map(|cites| {
        DraftCite::new(match cites {
            Cites::Work(at) => To::Reference(WORKS[*at].0.into()),
            Cites::Note => To::Note("n".into()),
            Cites::Nobody(which) => To::Reference(format!("nobody-{which}")),
        })
    });
    DraftMarker { cites: cites.collect(), ..DraftMarker::default() }
}

fn builder() -> Builder {
    let mut b = Builder::new("test");
    for (key, author, title, year, container) in WORKS {
        let mut csl =
            serde_json::json!({ "type": "article", "title": title, "URL": format!("https://{key}.example") });
        for (field, value) in [("container-title", container), ("issued", year)] {
            if !value.is_empty() {
                csl[field] = value.into();
            }
        }
        if !author.is_empty() {
            csl["author"] = serde_json::json!([{ "family": author }]);
        }
        let csl = csl.as_object().unwrap().clone();
        let entry = ibid::cite::entry::entry(&csl);
        b.work(key, csl, entry);
    }
    b.begin_note("n");
    b.block(Kind::Paragraph, Draft::of("A remark about the gauge."), vec![]);
    b.end_note();
    b.title(Draft::of("An article for the pane"));
    b
}

fn paragraph(b: &mut Builder, at: usize, markers: &[Vec<Cites>]) {
    if at.is_multiple_of(3) {
        b.heading(1, Draft::of(&format!("Section {at}")), None, vec![]);
    }
    let mut draft = Draft::of(&"word and word ".repeat(3 + at * 7 % 40));
    for cites in markers {
        draft.push_marker(draft_marker(cites));
        draft.push(". More of it");
    }
    b.block(Kind::Paragraph, draft, vec![]);
}

fn article(paragraphs: &[Vec<Vec<Cites>>]) -> Article {
    let mut b = builder();
    for (at, markers) in paragraphs.iter().enumerate() {
        paragraph(&mut b, at, markers);
    }
    let mut article = Article::default();
    article.append(b.finish());
    article
}

/// An article that cites each of them some times.
fn usual() -> Article {
    use Cites::{Nobody, Note, Work};
    let body: Vec<Vec<Vec<Cites>>> = (0..24)
        .map(|at| match at % 6 {
            0 => vec![vec![Work(0)]],
            1 => vec![vec![Work(1), Work(2)], vec![Work(0)]],
            2 => vec![vec![Note]],
            3 => vec![vec![Work(3), Nobody(1)]],
            4 => vec![vec![Work(0), Work(0)]],
            _ => vec![],
        })
        .collect();
    article(&body)
}

fn reader(article: Article, size: Size) -> App {
    App::new(article, true, "test".into(), Settings::default(), None, size)
}

fn press(app: &mut App, actions: &[Action]) {
    for action in actions {
        app.update(Event::Action(*action));
    }
}

fn type_in(app: &mut App, text: &str) {
    for c in text.chars() {
        app.update(Event::Input(Input::Char(c)));
    }
}

/// The rows of the text.
fn body(app: &App) -> Vec<(BlockId, Option<usize>)> {
    app.view.lines.iter().map(|line| (line.block, line.row)).collect()
}

/// Chooses everything that is listed, one after the other, and gives each with what is told of it.
fn each<T>(app: &mut App, mut told: impl FnMut(&mut App, Item) -> T) -> Vec<T> {
    let listed = app.references.shown().to_vec();
    let mut out = Vec::new();
    for (at, item) in listed.into_iter().enumerate() {
        press(app, &[Action::Top]);
        (0..at).for_each(|_| press(app, &[Action::LineDown]));
        assert_eq!(app.references.chosen, Some(item));
        out.push(told(app, item));
    }
    out
}

fn any_cites() -> impl Strategy<Value = Cites> {
    prop_oneof![
        4 => (0..WORKS.len()).prop_map(Cites::Work),
        1 => Just(Cites::Note),
        1 => (0..3u8).prop_map(Cites::Nobody),
    ]
}

fn any_body() -> impl Strategy<Value = Vec<Vec<Vec<Cites>>>> {
    let marker = proptest::collection::vec(any_cites(), 1..4);
    let paragraph = proptest::collection::vec(marker, 0..3);
    proptest::collection::vec(paragraph, 1..20)
}

fn any_size() -> impl Strategy<Value = Size> {
    (20..200u16, 5..60u16).prop_map(|(width, height)| Size { width, height })
}

/// The words that an item is found by, put together from what the test knows.
fn words_of(article: &Article, item: Item) -> String {
    match item {
        Item::Reference(id) => {
            let reference = &article.references[id.index()];
            let (key, author, title, year, container) =
                *WORKS.iter().find(|w| *w.0 == *reference.id).unwrap();
            format!("{} {key} {author} {title} {year} {container}", reference.label).to_lowercase()
        }
        Item::Note(id) => format!("{} n a remark about the gauge.", article.notes[id.index()].label),
        Item::Missing(_) => String::new(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn what_leads_to_an_item_is_the_inverse_of_what_markers_cite(body in any_body()) {
        let mut app = reader(article(&body), SIZE);
        press(&mut app, &[Action::References]);
        let mentions = each(&mut app, |app, item| {
            (item, app.references.mentions(&app.article).iter().copied().collect::<BTreeSet<_>>())
        });
        let mentions: BTreeMap<Item, BTreeSet<MarkerId>> = mentions.into_iter().collect();
        let mut cited: BTreeMap<Item, BTreeSet<MarkerId>> = mentions.keys().map(|&i| (i, BTreeSet::new())).collect();
        let mut missing: Vec<String> = Vec::new();
        for (at, marker) in app.article.markers.iter().enumerate() {
            for cite in &marker.cites {
                let item = match &cite.target {
                    Target::Reference(id) => Item::Reference(*id),
                    Target::Note(id) => Item::Note(*id),
                    Target::Missing(key) => {
                        let known = missing.iter().position(|k| **k == **key);
                        Item::Missing(known.unwrap_or_else(|| { missing.push(key.to_string()); missing.len() - 1 }) as u32)
                    }
                };
                cited.entry(item).or_default().insert(MarkerId(at as u32));
            }
        }
        prop_assert_eq!(mentions, cited);
    }

    #[test]
    fn walking_visits_each_mention_once_and_in_order(body in any_body(), size in any_size(), back: bool) {
        let mut app = reader(article(&body), size);
        press(&mut app, &[Action::References]);
        each(&mut app, |app, _| {
            let mentions = app.references.mentions(&app.article).to_vec();
            let step = if back { Action::PreviousHit } else { Action::NextHit };
            let mut walked = Vec::new();
            for _ in 0..mentions.len() {
                press(app, &[step]);
                let Some(Hit::Marker(id)) = app.lit else { panic!("nothing is lit") };
                walked.push(id);
                let row = app.view.row_of(app.article.marker(id).unwrap().place);
                let covered = app.view.geometry.pane.filter(|_| app.view.geometry.covers);
                assert!(row.is_some_and(|row| covered.is_none_or(|a| row < a.y)), "{size:?}: {row:?} {covered:?}");
                assert_eq!((app.focus, app.message.as_str()), (Focus::References, ""));
            }
            if back {
                walked.reverse();
            }
            assert_eq!(walked, mentions);
        });
    }

    #[test]
    fn a_filter_keeps_exactly_what_holds_its_words(
        body in any_body(), words in proptest::collection::vec("(w|ei|the|20|2020|gr|Ä|ärger|paper|1|o|nobody|-2|gauge|zz)", 1..4), sorts in 0..4usize,
    ) {
        let mut app = reader(article(&body), SIZE);
        press(&mut app, &[Action::References]);
        (0..sorts).for_each(|_| type_in(&mut app, "s"));
        let all = app.references.shown().to_vec();
        // What keys lead nowhere is only said by the pane.
        let missing: Vec<String> = each(&mut app, |app, _| match app.view.pane.as_ref().unwrap().lines.iter().find(|l| l.chosen).map(|l| &l.row) {
            Some(PaneRow::Title(brief, _)) if brief.unresolved => brief.title.clone(),
            _ => String::new(),
        });
        press(&mut app, &[Action::Search]);
        let filter = words.join(" ");
        type_in(&mut app, &filter);
        let holds = |(at, item): &(usize, &Item)| {
            let found_by = words_of(&app.article, **item) + &missing[*at];
            words.iter().all(|word| found_by.contains(&word.to_lowercase()))
        };
        let expected: Vec<Item> = all.iter().enumerate().filter(holds).map(|(_, item)| *item).collect();
        prop_assert_eq!(app.references.shown(), expected.as_slice());
        prop_assert_eq!(app.references.chosen.is_some(), !expected.is_empty());
        app.update(Event::Input(Input::Escape));
        prop_assert_eq!(app.references.shown(), all.as_slice());
    }

    #[test]
    fn the_pane_moves_nothing(
        pages in 0..8usize, lines in 0..9usize, sizes in proptest::collection::vec(any_size(), 1..6),
        keys in proptest::collection::vec(0..9usize, 0..12),
    ) {
        let mut app = reader(usual(), SIZE);
        (0..pages).for_each(|_| press(&mut app, &[Action::PageDown]));
        (0..lines).for_each(|_| press(&mut app, &[Action::LineDown]));
        let (before, shown) = (app.view.first_place().unwrap(), body(&app));
        for size in sizes {
            app.update(Event::Resize(size));
            press(&mut app, &[Action::References]);
            for key in &keys {
                match key {
                    0 => press(&mut app, &[Action::LineDown]),
                    1 => press(&mut app, &[Action::End]),
                    2 => press(&mut app, &[Action::PageUp]),
                    3 => type_in(&mut app, "s"),
                    4 => type_in(&mut app, " "),
                    5 => type_in(&mut app, "A"),
                    6 => {
                        press(&mut app, &[Action::Search]);
                        type_in(&mut app, "pap");
                        app.update(Event::Input(Input::Enter));
                    }
                    7 => {
                        let area = app.view.geometry.pane.unwrap();
                        app.update(Event::Mouse(Mouse::Wheel { x: area.x, y: area.y, by: 1 }));
                    }
                    _ => press(&mut app, &[Action::NextSection]),
                }
                let top = app.view.first_place().unwrap();
                prop_assert!(top <= before && app.view.row_of(before) == app.view.row_of(top), "{key} at {size:?}");
            }
            press(&mut app, &[Action::References]);
            prop_assert!(!app.references.open && app.view.geometry.pane.is_none());
        }
        app.update(Event::Resize(SIZE));
        prop_assert_eq!(body(&app), shown);
    }

    #[test]
    fn one_thing_takes_the_keys_and_is_to_be_seen(events in proptest::collection::vec(any_event(), 1..60)) {
        let mut app = reader(usual(), SIZE);
        for event in events {
            app.update(event);
            let geometry = &app.view.geometry;
            match app.focus {
                Focus::Outline => prop_assert!(geometry.outline.is_some()),
                Focus::References => prop_assert!(geometry.pane.is_some() && app.cards.is_empty()),
                Focus::Text => prop_assert!(!geometry.covers),
            }
            prop_assert!(!app.references.filtering || app.focus == Focus::References);
            prop_assert!(!app.outline.filtering || app.focus == Focus::Outline);
            cells(&app);
        }
    }
}

fn any_event() -> impl Strategy<Value = Event> {
    let actions: Vec<Action> = ACTIONS.iter().map(|i| i.action).filter(|a| *a != Action::Quit).collect();
    let near = vec![
        Action::References,
        Action::Outline,
        Action::NextHit,
        Action::Enter,
        Action::Close,
        Action::Search,
    ];
    prop_oneof![
        4 => proptest::sample::select(near).prop_map(Event::Action),
        4 => proptest::sample::select(actions).prop_map(Event::Action),
        2 => proptest::sample::select(vec!['s', ' ', 'A', 'w', '1', '2']).prop_map(|c| Event::Input(Input::Char(c))),
        1 => Just(()).prop_map(|()| Event::Input(Input::Enter)),
        1 => Just(()).prop_map(|()| Event::Input(Input::Escape)),
        1 => any_size().prop_map(Event::Resize),
        1 => (0..160u16, 0..40u16).prop_map(|(x, y)| Event::Mouse(Mouse::Press { x, y, drag: false })),
        1 => (0..160u16, 0..40u16, -2..3i32).prop_map(|(x, y, by)| Event::Mouse(Mouse::Wheel { x, y, by })),
        1 => Just(()).prop_map(|()| Event::Idle),
    ]
}

fn keys_of(app: &App) -> Vec<String> {
    let key = |item: &Item| match item {
        Item::Reference(id) => app.article.references[id.index()].id.to_string(),
        Item::Note(_) => "note".to_owned(),
        Item::Missing(_) => "missing".to_owned(),
    };
    app.references.shown().iter().map(key).collect()
}

#[test]
fn it_is_put_in_order_four_ways() {
    let mut app = reader(usual(), SIZE);
    press(&mut app, &[Action::References]);
    for (sort, keys) in [
        (Sort::Cited, ["gray", "old", "none", "late", "note", "missing", "idle"]),
        (Sort::Order, ["gray", "old", "none", "late", "idle", "note", "missing"]),
        (Sort::Author, ["idle", "late", "gray", "none", "old", "note", "missing"]),
        (Sort::Year, ["late", "gray", "none", "old", "idle", "note", "missing"]),
    ] {
        assert_eq!((app.references.sort, keys_of(&app)), (sort, keys.map(str::to_owned).to_vec()));
        let chosen = app.references.chosen;
        type_in(&mut app, "s");
        assert_eq!(app.references.chosen, chosen, "what is chosen stays chosen");
    }
}

#[test]
fn it_opens_at_what_is_lit_and_keeps_the_place() {
    let mut app = reader(usual(), SIZE);
    press(&mut app, &[Action::NextMarker, Action::NextMarker]);
    let (lit, top) = (app.lit, app.view.first_place());
    press(&mut app, &[Action::References]);
    let Some(Hit::Marker(id)) = lit else { panic!() };
    let target = &app.article.marker(id).unwrap().cites[0].target;
    let Target::Reference(id) = target else { panic!() };
    assert_eq!(
        (app.references.chosen, app.lit, app.view.first_place()),
        (Some(Item::Reference(*id)), lit, top)
    );
}

#[test]
fn the_entry_is_gone_to_and_come_back_from() {
    let mut app = reader(usual(), SIZE);
    press(&mut app, &[Action::PageDown, Action::References, Action::LineDown]);
    let before = app.view.first_place();
    let Some(Item::Reference(id)) = app.references.chosen else { panic!() };
    press(&mut app, &[Action::Enter]);
    let entry = Place::start_of(app.article.references[id.index()].entry.unwrap());
    assert_eq!((app.focus, app.view.row_of(entry).is_some()), (Focus::Text, true));
    assert!(app.view.geometry.pane.is_some(), "there is room: it stays");
    press(&mut app, &[Action::Back]);
    assert_eq!(app.view.first_place(), before);
    press(&mut app, &[Action::Close]);
    assert!(app.view.geometry.pane.is_none(), "with nothing else to close, it closes");
}

fn copied(effects: &[Effect]) -> &str {
    match effects {
        [Effect::Copy(text)] => text,
        other => panic!("{other:?}"),
    }
}

/// Chooses a line of the list that is open.
fn pick(app: &mut App, label: &str, detail: &str) -> Vec<Effect> {
    let Some(Overlay::Picker(picker)) = &mut app.overlay else { panic!("no list is open") };
    let at = picker.matching().iter().position(|i| i.label == label && i.detail == detail);
    picker.chosen = at.unwrap_or_else(|| panic!("{label} of {detail} is not offered"));
    app.update(Event::Input(Input::Enter))
}

#[test]
fn the_chosen_the_marked_and_all_are_exported() {
    let mut app = reader(usual(), SIZE);
    press(&mut app, &[Action::References, Action::Export]);
    assert_eq!(copied(&pick(&mut app, "BibTeX", "[1]")).matches("@").count(), 1);
    press(&mut app, &[Action::LineDown]);
    type_in(&mut app, " ");
    press(&mut app, &[Action::LineDown]);
    type_in(&mut app, " ");
    press(&mut app, &[Action::Top]);
    let effects = app.update(Event::Action(Action::Copy));
    let text = copied(&effects);
    assert!(
        text.contains("Silt and Sand") && text.contains("Zebra") && !text.contains("weir in June"),
        "{text}"
    );
    assert!(app.message.contains("2 references"), "{}", app.message);
    press(&mut app, &[Action::Export]);
    let effects = pick(&mut app, "RIS", "2 marked");
    assert_eq!(copied(&effects).matches("TY  - ").count(), 2);
    press(&mut app, &[Action::Export]);
    let effects = pick(&mut app, "CSL-JSON", "all 5 references");
    let all: serde_json::Value = serde_json::from_str(copied(&effects)).unwrap();
    assert_eq!(all.as_array().unwrap().len(), 5);
    type_in(&mut app, "A");
    assert_eq!(app.references.marked.len(), 5);
    type_in(&mut app, "A");
    assert!(app.references.marked.is_empty());
}

#[test]
fn a_note_is_copied_but_not_marked() {
    let mut app = reader(usual(), SIZE);
    press(&mut app, &[Action::References, Action::Search]);
    type_in(&mut app, "remark");
    app.update(Event::Input(Input::Enter));
    assert_eq!(app.references.chosen, Some(Item::Note(NoteId(0))));
    type_in(&mut app, " ");
    assert!(app.references.marked.is_empty() && !app.message.is_empty());
    let effects = app.update(Event::Action(Action::Copy));
    assert_eq!(copied(&effects), "A remark about the gauge.");
}

#[test]
fn its_address_is_shown_before_it_is_opened() {
    let mut app = reader(usual(), SIZE);
    press(&mut app, &[Action::References]);
    assert_eq!(app.update(Event::Action(Action::OpenAddress)), []);
    assert!(matches!(&app.overlay, Some(Overlay::Address(a)) if a == "https://gray.example/"));
    let effects = app.update(Event::Action(Action::Enter));
    assert_eq!(effects, [Effect::Browse("https://gray.example/".into())]);
    assert_eq!(app.focus, Focus::References);
}

#[test]
fn all_its_markers_are_lit_and_ticked() {
    let mut app = reader(usual(), SIZE);
    press(&mut app, &[Action::References, Action::NextHit]);
    let mentions = app.references.mentions(&app.article).to_vec();
    let style_of = |app: &App, depth, id: MarkerId| -> Option<Ink> {
        let at = app.view.hits.iter().find(|h| h.hit == Hit::Marker(id))?;
        Some(ink_at(app, depth, (at.x, at.y)))
    };
    for depth in [Depth::True, Depth::Sixteen, Depth::None] {
        let walked = style_of(&app, depth, mentions[0]).unwrap();
        let mention = style_of(&app, depth, mentions[1]).unwrap();
        let others =
            app.view.hits.iter().filter_map(|h| if let Hit::Marker(id) = h.hit { Some(id) } else { None });
        let other = others.into_iter().find(|id| !mentions.contains(id)).unwrap();
        let other = style_of(&app, depth, other).unwrap();
        let told = [walked, mention, other].map(|ink| format!("{:?}", ink.modifier()));
        assert_eq!(BTreeSet::from(told).len(), 3);
    }
    let bar = app.view.geometry.scrollbar.unwrap();
    let rows = screen(&app);
    let ticks = (bar.y..bar.bottom()).filter(|&y| rows[usize::from(y)].ends_with('━')).count();
    assert_eq!(ticks, app.view.ticks.len());
    assert!(ticks > 3 && app.view.ticks.is_sorted());
    press(&mut app, &[Action::References]);
    assert!(app.view.ticks.is_empty() && !app.is_mention(mentions[1]));
}

#[test]
fn a_click_chooses_and_the_wheel_only_scrolls() {
    let mut app = reader(usual(), Size { width: 160, height: 20 });
    press(&mut app, &[Action::References, Action::Close]);
    let (top, pane) = (app.view.first_place(), app.view.pane.clone().unwrap());
    let row_of = |app: &App, entry| {
        let pane = app.view.pane.as_ref().unwrap();
        let at =
            pane.lines.iter().position(|l| l.entry == entry && matches!(l.row, PaneRow::Title(..))).unwrap();
        pane.first + at as u16
    };
    let first = row_of(&app, 0);
    app.update(Event::Mouse(Mouse::Wheel { x: pane.area.x + 5, y: first, by: 1 }));
    assert_eq!((app.references.scroll, app.references.chosen), (3, Some(Item::Reference(RefId(0)))));
    app.update(Event::Mouse(Mouse::Wheel { x: pane.area.x + 5, y: first, by: 99 }));
    assert_eq!((app.view.first_place(), app.focus), (top, Focus::Text));
    let y = row_of(&app, 5);
    app.update(Event::Mouse(Mouse::Press { x: pane.area.x + 5, y, drag: false }));
    assert_eq!((app.references.chosen_at(), app.focus), (Some(5), Focus::References));
    assert_eq!(app.view.first_place(), top);
    let y = app.view.pane.as_ref().unwrap().first
        + app
            .view
            .pane
            .as_ref()
            .unwrap()
            .lines
            .iter()
            .position(|l| matches!(l.row, PaneRow::Mention { at: 1, .. }))
            .unwrap() as u16;
    app.update(Event::Mouse(Mouse::Press { x: pane.area.x + 5, y, drag: false }));
    assert_eq!(app.lit, Some(Hit::Marker(app.references.mentions(&app.article)[1])), "a mention is gone to");
    let body = app.view.geometry.body;
    app.update(Event::Mouse(Mouse::Wheel { x: body.x, y: body.y, by: -1 }));
    assert_eq!(app.focus, Focus::References, "the wheel over the text scrolls that, and takes no keys away");
}

#[test]
fn where_there_is_no_room_for_both_the_one_with_the_keys_is_seen() {
    let mut app = reader(usual(), Size { width: 100, height: 30 });
    press(&mut app, &[Action::References]);
    assert!(app.view.geometry.pane.is_some() && app.view.geometry.outline.is_none());
    press(&mut app, &[Action::Outline]);
    assert!(app.view.geometry.pane.is_none() && app.view.geometry.outline.is_some());
    press(&mut app, &[Action::Close]);
    assert!(app.view.geometry.pane.is_some() && app.view.geometry.outline.is_none());
    press(&mut app, &[Action::References, Action::Zen]);
    assert_eq!((app.focus, app.view.geometry.pane), (Focus::Text, None));
    press(&mut app, &[Action::References]);
    assert!(!app.zen && app.focus == Focus::References);
}

#[test]
fn a_pane_that_covers_the_text_goes_with_its_keys() {
    for width in [60, 80] {
        let mut app = reader(usual(), Size { width, height: 20 });
        press(&mut app, &[Action::References]);
        assert!(app.view.geometry.covers);
        press(&mut app, &[Action::NextHit]);
        let strip = app.view.geometry.pane.unwrap();
        assert!(strip.height <= 8 && strip.y > 10, "it steps aside for the mention");
        press(&mut app, &[Action::LineDown]);
        assert!(app.view.geometry.pane.unwrap().height > 8, "and comes back");
        press(&mut app, &[Action::Close]);
        assert!(app.view.geometry.pane.is_none() && !app.references.open);
    }
}

#[test]
fn it_grows_with_the_document() {
    let mut b = builder();
    let mut app = reader(Article::default(), SIZE);
    app.complete = false;
    let mut seen = Vec::new();
    for round in 0..3 {
        for at in 0..3 {
            paragraph(
                &mut b,
                at,
                &[vec![Cites::Work(round)], vec![Cites::Nobody(round as u8)], vec![Cites::Note]],
            );
        }
        app.update(Event::Append(b.take_part()));
        if round == 0 {
            press(&mut app, &[Action::References, Action::End]);
        }
        seen.push(app.references.shown().len());
    }
    let chosen = app.references.chosen;
    app.update(Event::Append(b.finish()));
    app.update(Event::Complete);
    assert!(seen.is_sorted_by(|a, b| a < b), "{seen:?}");
    assert_eq!((app.references.shown().len(), app.references.chosen), (WORKS.len() + 1 + 3, chosen));
}

#[test]
fn what_is_listed_is_made_ready_a_slice_at_a_time() {
    let mut b = Builder::new("test");
    for at in 0..2_000 {
        let csl = serde_json::json!({ "title": format!("Work {at}") }).as_object().unwrap().clone();
        b.work(&format!("w{at}"), csl, Draft::of("w"));
    }
    let mut article = Article::default();
    article.append(b.finish());
    let mut app = reader(article, SIZE);
    assert!(!app.busy());
    press(&mut app, &[Action::References]);
    let mut slices = 0;
    while app.busy() {
        app.update(Event::Idle);
        slices += 1;
    }
    assert!(slices > 3, "{slices}");
    press(&mut app, &[Action::Search]);
    type_in(&mut app, "w1999");
    assert_eq!(app.references.shown().len(), 1);
}

#[test]
fn an_article_that_cites_nothing_says_so() {
    let mut b = Builder::new("test");
    b.block(Kind::Paragraph, Draft::of("Words."), vec![]);
    let mut article = Article::default();
    article.append(b.finish());
    let mut app = reader(article, SIZE);
    press(&mut app, &[Action::References]);
    assert!(!app.references.open && app.focus == Focus::Text && !app.message.is_empty());
}
