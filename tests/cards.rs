//! Cards in depth: runs and what they hide, cards on one another, short notes and their works, pinned cards.

#![allow(clippy::unwrap_used)]

mod support;

use std::collections::BTreeSet;

use ibid::app::action::Action;
use ibid::app::card::{CardRow, Subject};
use ibid::app::event::{Effect, Event, Input, Mouse, Size};
use ibid::app::geometry::Area;
use ibid::app::{App, Settings};
use ibid::article::{
    Article, Builder, Csl, Draft, DraftCite, DraftMarker, Kind, Label, Mark, MarkerId, NoteId, Place, RefId,
    Target, To, limits,
};
use ibid::import::{Source, read};
use ibid::layout::Hit;
use proptest::prelude::*;
use support::screen::screen;

const SIZE: Size = Size { width: 100, height: 40 };

fn reader(article: Article, size: Size) -> App {
    App::new(article, true, "test".into(), Settings::default(), None, size)
}

fn press(app: &mut App, actions: &[Action]) {
    for action in actions {
        app.update(Event::Action(*action));
    }
}

fn markdown(text: &str) -> Article {
    read(Source::bytes("a.md", text.as_bytes().to_vec()).unwrap()).unwrap()
}

fn note(name: &str) -> DraftMarker {
    DraftMarker { cites: vec![DraftCite::new(To::Note(name.to_owned()))], ..DraftMarker::default() }
}

/// An article of this many references whose first paragraph holds markers with these labels, after these gaps.
fn with_markers(labels: &[(u32, String)], references: u32) -> Article {
    let mut builder = Builder::new("test");
    for n in 1..=references {
        builder.reference(&format!("r{n}"), &n.to_string(), Csl::new(), Some(Draft::of("Entry.")));
    }
    let mut draft = Draft::of("Words");
    for (number, gap) in labels {
        draft.push(gap);
        let start = draft.len();
        draft.push(&format!("[{number}]"));
        let cites = vec![DraftCite::new(To::Reference(format!("r{number}")))];
        draft.mark(start, Mark::Marker(DraftMarker { label: Label::Shown, group: None, cites }));
    }
    builder.block(Kind::Paragraph, draft, vec![]);
    let mut article = Article::default();
    article.append(builder.finish());
    article
}

/// Notes that lead to one another as these pairs say, and a text that leads to the first.
fn with_notes(links: &[Vec<usize>]) -> Article {
    let mut builder = Builder::new("test");
    let mut draft = Draft::of("Text.");
    draft.push_marker(note("n0"));
    builder.block(Kind::Paragraph, draft, vec![]);
    for (at, to) in links.iter().enumerate() {
        builder.begin_note(&format!("n{at}"));
        let mut draft = Draft::of("A note.");
        for to in to {
            draft.push(" Then");
            draft.push_marker(note(&format!("n{}", to % links.len())));
        }
        builder.block(Kind::Paragraph, draft, vec![]);
        builder.end_note();
    }
    let mut article = Article::default();
    article.append(builder.finish());
    article
}

/// The markers that lead to each reference and note, found by looking at every marker.
fn found_mentions(article: &Article, wanted: &Target) -> Vec<MarkerId> {
    let leads = |m: &MarkerId| article.markers[m.index()].cites.iter().any(|c| c.target == *wanted);
    (0..article.markers.len() as u32).map(MarkerId).filter(leads).collect()
}

fn overlap(a: Area, b: Area) -> bool {
    a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn every_marker_is_in_one_run_and_every_mention_has_its_marker(
        markers in proptest::collection::vec(
            (1u32..14, prop::sample::select(vec!["", "-", "–", "−", "‐", ", ", " and ", " – ", "—", ". "])), 0..14),
        references in 0u32..12,
    ) {
        let labels: Vec<_> = markers.iter().map(|(n, gap)| (*n, (*gap).to_owned())).collect();
        let article = with_markers(&labels, references);
        let mut seen = Vec::new();
        let mut at = 0;
        while at < article.markers.len() as u32 {
            let run = article.run_of(MarkerId(at));
            for id in run.clone() {
                prop_assert_eq!(article.run_of(MarkerId(id)), run.clone());
            }
            seen.extend(run.clone());
            at = run.end;
        }
        prop_assert_eq!(seen, (0..article.markers.len() as u32).collect::<Vec<_>>());
        for (id, reference) in (0..).map(RefId).zip(&article.references) {
            prop_assert_eq!(&reference.mentions[..], &found_mentions(&article, &Target::Reference(id))[..]);
            prop_assert_eq!(&article.cited_by(id)[..], &reference.mentions[..]);
        }
        // A marker cites what it shows, and besides that only what a range from it hides.
        for (at, (marker, (number, _))) in article.markers.iter().zip(&labels).enumerate() {
            let numbers: Vec<u32> = marker.cites.iter().map(|c| match &c.target {
                Target::Reference(r) => r.0 + 1,
                _ => *number,
            }).collect();
            let end = labels.get(at + 1).map_or(*number, |next| next.0);
            prop_assert_eq!(numbers[0], *number);
            prop_assert!(numbers[1..].iter().all(|n| (*number + 1..end).contains(n)), "{:?}", numbers);
        }
    }

    #[test]
    fn cards_on_one_another_end_and_lead_back(
        links in proptest::collection::vec(proptest::collection::vec(0usize..9, 1..4), 1..9),
        steps in proptest::collection::vec(1usize..4, 1..60),
    ) {
        let article = with_notes(&links);
        for (id, note) in (0..).map(NoteId).zip(&article.notes) {
            prop_assert_eq!(&note.mentions[..], &found_mentions(&article, &Target::Note(id))[..]);
        }
        let mut app = reader(article, SIZE);
        press(&mut app, &[Action::NextMarker, Action::Enter]);
        let top = app.view.first_place();
        for tabs in steps {
            for _ in 0..tabs {
                // The last marker inside a card is followed by those of the text, of which there is one.
                if !app.cards.is_empty() && app.cards.last().unwrap().inside < tabs {
                    press(&mut app, &[Action::NextMarker]);
                }
            }
            press(&mut app, &[Action::Enter]);
            prop_assert!(app.cards.len() <= limits::CARDS.most);
            let subjects: Vec<_> = app.cards.iter().map(|c| c.subject.clone()).collect();
            for (at, subject) in subjects.iter().enumerate() {
                prop_assert!(!subjects[..at].contains(subject), "a card lies on itself");
            }
            if app.cards.is_empty() {
                press(&mut app, &[Action::Back, Action::NextMarker, Action::Enter]);
            }
            screen(&app);
        }
        for _ in 0..app.cards.len() {
            press(&mut app, &[Action::Close]);
        }
        prop_assert!(app.cards.is_empty());
        prop_assert_eq!(app.view.first_place(), top);
    }

    #[test]
    fn pinned_cards_fit_beside_or_below_the_text(
        sizes in proptest::collection::vec((0u16..220, 0u16..70), 1..6),
        count in 0usize..14,
        outline in any::<bool>(),
    ) {
        let notes: Vec<Vec<usize>> = (0..20).map(|n| vec![n + 1]).collect();
        let mut app = reader(with_notes(&notes), Size { width: 160, height: 50 });
        for _ in 0..count {
            press(&mut app, &[Action::NextMarker, Action::Pin]);
        }
        if outline != app.outline.open {
            press(&mut app, &[Action::Outline, Action::Close]);
        }
        let top = app.view.first_place();
        for (width, height) in sizes {
            app.update(Event::Resize(Size { width, height }));
            screen(&app);
            if width < 20 || height < 5 {
                continue;
            }
            let body = app.view.geometry.body;
            prop_assert!(body.width >= 16 && body.height >= 2, "{body:?}");
            let areas: Vec<Area> = app.view.pins.iter().map(|p| p.area).collect();
            let pinned = app.view.geometry.pins.unwrap_or_default();
            for (at, area) in areas.iter().enumerate() {
                prop_assert!(area.right() <= width && area.bottom() <= height && area.width > 3 && area.height > 0);
                prop_assert!(!overlap(*area, body), "{area:?} over {body:?}");
                prop_assert!(areas[..at].iter().all(|other| !overlap(*area, *other)));
                prop_assert!(area.y >= pinned.y && area.bottom() <= pinned.bottom());
            }
            if !app.view.geometry.pins_beside {
                prop_assert!(pinned.height <= height / 3);
            }
            prop_assert_eq!(app.view.first_place(), top, "the same words stay at the top");
        }
    }
}

#[test]
fn a_long_chain_of_notes_is_capped() {
    let notes: Vec<Vec<usize>> = (0..200).map(|n| vec![n + 1]).collect();
    let mut app = reader(with_notes(&notes), SIZE);
    press(&mut app, &[Action::NextMarker, Action::Enter]);
    for _ in 0..150 {
        press(&mut app, &[Action::NextMarker, Action::Enter]);
    }
    assert_eq!(app.cards.len(), limits::CARDS.most);
    assert_eq!(app.cards[0].subject, Subject::Note(NoteId(0)), "the way back to the text stays");
    let trail = app.view.card.as_ref().unwrap().trail.clone();
    assert!(trail.starts_with("1 › … › ") && trail.ends_with("150"), "{trail}");
    for _ in 0..limits::CARDS.most {
        press(&mut app, &[Action::Close]);
    }
    assert!(app.cards.is_empty());
}

#[test]
fn a_range_is_one_list_with_what_it_hides() {
    let article = with_markers(&[(3, String::new()), (7, "–".into())], 9);
    let mut app = reader(article, SIZE);
    press(&mut app, &[Action::NextMarker, Action::Enter]);
    let Subject::Several(list) = &app.cards[0].subject else { panic!("no list") };
    let ids: Vec<_> = list.iter().map(|(target, _)| target.clone()).collect();
    assert_eq!(ids, (2..7).map(|r| Target::Reference(RefId(r))).collect::<Vec<_>>());
    let view = app.view.card.as_ref().unwrap();
    assert_eq!(view.kind, "5 references");
    assert!(view.rows.iter().filter(|r| matches!(r, CardRow::Entry { .. })).count() >= 3);
}

const SHORT: &str = "---\nreferences:\n\
    - {id: work, type: book, title: Weirs, issued: 1999, URL: 'https://a.example/weirs'}\n\
    - {id: p4, custom: {text: 'Doe 1999, p. 4.', parent: work}}\n\
    - {id: p9, custom: {text: 'Doe 1999, p. 9.', parent: work}}\n---\n\
    One,[@p4] two,[@p9] three,[@work] and one again.[@p4]\n";

#[test]
fn a_work_counts_its_short_notes_and_lends_them_its_data() {
    let mut app = reader(markdown(SHORT), SIZE);
    press(&mut app, &[Action::NextMarker, Action::Enter]);
    let text: Vec<String> = screen(&app);
    let row =
        |words: &str| text.iter().position(|r| r.contains(words)).unwrap_or_else(|| panic!("no {words}"));
    assert!(row("Doe 1999, p. 4.") < row("─────────────") && row("Weirs. 1999") > row("Doe 1999, p. 4."));
    press(&mut app, &[Action::OpenAddress]);
    assert_eq!(app.update(Event::Action(Action::Enter)), [Effect::Browse("https://a.example/weirs".into())]);
    let copied = app.update(Event::Action(Action::Copy));
    assert!(
        matches!(&copied[..], [Effect::Copy(t)] if t.contains("p. 4") && t.contains("Weirs")),
        "{copied:?}"
    );
    press(&mut app, &[Action::Export]);
    (0..3).for_each(|_| drop(app.update(Event::Input(Input::Down))));
    let exported = app.update(Event::Input(Input::Enter));
    assert!(matches!(&exported[..], [Effect::Copy(t)] if t.contains("@book{work")), "{exported:?}");
    let work = app.article.references.iter().position(|r| &*r.id == "work").unwrap();
    assert_eq!(app.article.cited_by(RefId(work as u32)), [0, 1, 2, 3].map(MarkerId));
    let subject = Subject::Reference(RefId(work as u32));
    assert_eq!(subject.times_cited(&app.article), "cited 4×, 3 by short notes");
}

#[test]
fn pins_toggle_survive_and_open() {
    let wide = Size { width: 120, height: 40 };
    let text = format!("{SHORT}\n{}", "A paragraph that fills the page.\n\n".repeat(80));
    let mut app = reader(markdown(&text), wide);
    press(&mut app, &[Action::Pin]);
    assert!(app.pins.is_empty() && app.message.contains("nothing is chosen"));
    press(&mut app, &[Action::NextMarker, Action::Pin]);
    assert!(app.cards.is_empty() && app.pins.len() == 1, "a lit marker is pinned without opening");
    press(&mut app, &[Action::Pin]);
    assert!(app.pins.is_empty(), "and let go by the same key");
    press(&mut app, &[Action::Enter, Action::Pin, Action::NextMarker, Action::Pin]);
    assert_eq!((app.pins.len(), app.cards.len()), (2, 1));
    press(&mut app, &[Action::Close, Action::Close, Action::Close, Action::PageDown, Action::End]);
    assert_eq!(app.pins.len(), 2, "pins are no layer");
    let area = app.view.pins[0].area;
    app.update(Event::Mouse(Mouse::Press { x: area.x + 3, y: area.y + 1, drag: false }));
    assert_eq!(app.cards.last().map(|c| c.subject.clone()), Some(app.pins[0].subject.clone()));
    let (x, y) = app.view.pins[0].close();
    app.update(Event::Mouse(Mouse::Press { x, y, drag: false }));
    assert_eq!(app.pins.len(), 1);
    press(&mut app, &[Action::Close, Action::Close, Action::Zen]);
    assert!(app.view.pins.is_empty() && app.pins.len() == 1, "zen is the text alone");
    press(&mut app, &[Action::Zen, Action::Pin]);
    assert!(app.pins.is_empty(), "with nothing lit the last one goes");
}

#[test]
fn pins_are_known_again_when_the_text_is_read_anew() {
    let mut app = reader(markdown(SHORT), SIZE);
    press(&mut app, &[Action::NextMarker, Action::NextMarker, Action::Pin]);
    let mut builder = Builder::new("test");
    builder.reference("other", "1", Csl::new(), Some(Draft::of("Other.")));
    builder.reference("p9", "2", Csl::new(), Some(Draft::of("Doe 1999, p. 9.")));
    app.update(Event::Restart(builder.finish()));
    assert_eq!(app.pins[0].subject, Subject::Reference(RefId(1)));
    app.update(Event::Restart(Builder::new("test").finish()));
    assert!(app.pins.is_empty());
}

#[test]
fn the_parts_of_the_showcase_are_named_and_shown() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/articles/showcase.textbundle");
    let article = read(Source::open(path.as_ref()).unwrap()).unwrap();
    let named: BTreeSet<(String, bool)> = article
        .anchors
        .values()
        .map(|place| {
            let subject = Subject::at(&article, *place, "");
            let seen = subject.blocks(&article).into_iter().flatten().count() > 0;
            (subject.kind(&article), seen && subject.entry(&article) == Some(*place))
        })
        .collect();
    assert!(named.iter().all(|(_, found)| *found), "{named:?}");
    let names: Vec<&str> = named.iter().map(|(name, _)| name.as_str()).collect();
    for name in ["Figure 1", "Figure 2", "Figure 3", "Table 1", "Table 2", "Section · Gibbon"] {
        assert!(names.contains(&name), "no {name} in {names:?}");
    }
    let mut app = reader(article, SIZE);
    let link = (0..app.article.links.len() as u32).map(ibid::article::LinkId);
    let figure = link.into_iter().find(|l| &*app.article.links[l.index()] == "#fig-places").unwrap();
    while app.lit != Some(Hit::Link(figure)) {
        press(&mut app, &[Action::NextMarker]);
    }
    let before = app.view.first_place();
    press(&mut app, &[Action::Enter]);
    assert_eq!(app.view.card.as_ref().unwrap().kind, "Figure 1");
    press(&mut app, &[Action::Enter]);
    let place: Place = app.article.anchors["fig-places"];
    assert!(app.cards.is_empty() && app.view.row_of(place).is_some());
    press(&mut app, &[Action::Back]);
    assert_eq!((app.view.first_place(), app.lit), (before, Some(Hit::Link(figure))));
}

#[test]
fn a_click_on_an_entry_expands_it() {
    let article = with_markers(&[(3, String::new()), (7, "–".into())], 9);
    let mut app = reader(article, SIZE);
    press(&mut app, &[Action::NextMarker, Action::Enter]);
    let view = app.view.card.clone().unwrap();
    let at = view.rows.iter().position(|r| matches!(r, CardRow::Entry { at: 1, .. })).unwrap() as u16;
    let click = |app: &mut App, row: u16| {
        let area = app.view.card.as_ref().unwrap().area;
        app.update(Event::Mouse(Mouse::Press { x: area.x + 12, y: area.y + 1 + row, drag: false }));
    };
    click(&mut app, at);
    assert_eq!((app.cards[0].chosen, app.cards[0].expanded), (1, true));
    let view = app.view.card.clone().unwrap();
    let at = view.rows.iter().position(|r| matches!(r, CardRow::Entry { at: 1, .. })).unwrap() as u16;
    click(&mut app, at);
    assert_eq!((app.cards[0].chosen, app.cards[0].expanded), (1, false));
}

#[test]
fn a_very_long_run_says_that_it_is_cut() {
    let labels: Vec<(u32, String)> = (1..=600).map(|n| (n, String::new())).collect();
    let mut app = reader(with_markers(&labels, 600), SIZE);
    press(&mut app, &[Action::NextMarker, Action::Enter]);
    assert_eq!(app.view.card.as_ref().unwrap().kind, "500 references");
    (0..499).for_each(|_| press(&mut app, &[Action::LineDown]));
    let rows = &app.view.card.as_ref().unwrap().rows;
    assert!(rows.iter().any(|r| matches!(r, CardRow::Remark(told) if told.contains("more than 500"))));
}
