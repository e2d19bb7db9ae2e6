//! How long the reader takes for a key, from the event to the cells of the frame: `cargo bench --bench reader`.

mod support;

use divan::Bencher;
use ibid::app::action::Action;
use ibid::app::event::{Event, Input, Size};
use ibid::app::{App, Settings};
use ibid::article::Article;
use ibid::import::{self, Source};
use ibid::keys::Keymap;
use ibid::ui;
use ibid::ui::grid::Grid;
use ibid::ui::theme::{Depth, Theme};

fn main() {
    divan::main();
}

const SIZE: Size = Size { width: 120, height: 40 };

/// A reader of 1 MB of Markdown.
fn reader() -> App {
    let source = Source::bytes("bench.md", support::markdown(1 << 20).into_bytes());
    let article = source.and_then(import::read).unwrap_or_else(|_| Article::default());
    assert!(article.blocks.len() > 1_000, "the benchmark's own document cannot be read");
    App::new(article, true, "bench".to_owned(), Settings::default(), None, SIZE)
}

fn press(app: &mut App, actions: &[Action]) {
    for action in actions {
        app.update(Event::Action(*action));
    }
}

/// What is needed to draw: kept from frame to frame, as the program does.
struct Canvas {
    theme: Theme,
    keymap: Keymap,
    grid: Grid,
}

impl Canvas {
    fn new() -> Self {
        Self::of(SIZE)
    }

    fn of(size: Size) -> Self {
        Self {
            theme: Theme::named("dark", Depth::True),
            keymap: Keymap::usual(),
            grid: Grid::new(size.width, size.height),
        }
    }

    fn draw(&mut self, app: &App) {
        ui::draw(app, &self.theme, &self.keymap, &mut self.grid);
    }
}

/// A page that has not been laid out before; at the end, back to the top.
fn turn(app: &mut App, canvas: &mut Canvas) {
    let before = app.view.first_place();
    press(app, &[Action::PageDown]);
    if app.view.first_place() == before {
        let size = app.size();
        app.update(Event::Resize(Size { width: size.width + 1, ..size }));
        app.update(Event::Resize(size));
        press(app, &[Action::Top]);
    }
    canvas.draw(app);
}

/// Pages that have not been laid out before.
#[divan::bench]
fn page_down(bencher: Bencher<'_, '_>) {
    let (mut app, mut canvas) = (reader(), Canvas::new());
    bencher.bench_local(|| turn(&mut app, &mut canvas));
}

/// The same on a wide screen, with notes in the margin.
#[divan::bench]
fn page_down_with_margin_notes(bencher: Bencher<'_, '_>) {
    let size = Size { width: 160, height: 44 };
    let (mut app, mut canvas) = (reader(), Canvas::of(size));
    app.update(Event::Resize(size));
    bencher.bench_local(|| turn(&mut app, &mut canvas));
}

/// The same without markers.
#[divan::bench]
fn page_down_without_markers(bencher: Bencher<'_, '_>) {
    let (mut app, mut canvas) = (reader(), Canvas::new());
    press(&mut app, &[Action::Markers, Action::Markers]);
    bencher.bench_local(|| turn(&mut app, &mut canvas));
}

#[divan::bench]
fn line_down(bencher: Bencher<'_, '_>) {
    let (mut app, mut canvas) = (reader(), Canvas::new());
    bencher.bench_local(|| {
        press(&mut app, &[Action::LineDown]);
        canvas.draw(&app);
    });
}

#[divan::bench]
fn to_the_end_and_to_the_top(bencher: Bencher<'_, '_>) {
    let (mut app, mut canvas) = (reader(), Canvas::new());
    bencher.bench_local(|| {
        press(&mut app, &[Action::End]);
        canvas.draw(&app);
        press(&mut app, &[Action::Top]);
        canvas.draw(&app);
    });
}

/// Two sizes, one after the other, somewhere in the middle.
#[divan::bench]
fn resize_twice(bencher: Bencher<'_, '_>) {
    let mut app = reader();
    press(&mut app, &[Action::End, Action::Back]);
    (0..50).for_each(|_| press(&mut app, &[Action::NextSection]));
    bencher.bench_local(|| {
        app.update(Event::Resize(Size { width: 90, height: 30 }));
        app.update(Event::Resize(SIZE));
    });
}

#[divan::bench]
fn open_a_card(bencher: Bencher<'_, '_>) {
    let (mut app, mut canvas) = (reader(), Canvas::new());
    bencher.bench_local(|| {
        press(&mut app, &[Action::NextMarker, Action::Enter]);
        canvas.draw(&app);
        press(&mut app, &[Action::Close]);
    });
}

/// The card goes with the marker.
#[divan::bench]
fn retarget_a_card(bencher: Bencher<'_, '_>) {
    let (mut app, mut canvas) = (reader(), Canvas::new());
    press(&mut app, &[Action::NextMarker, Action::Enter]);
    bencher.bench_local(|| {
        press(&mut app, &[Action::NextMarker]);
        canvas.draw(&app);
    });
}

/// A search that is typed, until it has seen the whole text.
#[divan::bench]
fn search_whole(bencher: Bencher<'_, '_>) {
    let mut app = reader();
    bencher.bench_local(|| {
        press(&mut app, &[Action::Search]);
        for c in "monsoon turbine".chars() {
            app.update(Event::Input(Input::Char(c)));
        }
        while app.busy() {
            app.update(Event::Idle);
        }
        app.update(Event::Input(Input::Escape));
    });
}

/// From one hit to the next.
#[divan::bench]
fn next_hit(bencher: Bencher<'_, '_>) {
    let (mut app, mut canvas) = (reader(), Canvas::new());
    press(&mut app, &[Action::Search]);
    for c in "turbine".chars() {
        app.update(Event::Input(Input::Char(c)));
    }
    app.update(Event::Input(Input::Enter));
    while app.busy() {
        app.update(Event::Idle);
    }
    bencher.bench_local(|| {
        press(&mut app, &[Action::NextHit]);
        canvas.draw(&app);
    });
}

/// The outline: opened, moved in, left.
#[divan::bench]
fn outline(bencher: Bencher<'_, '_>) {
    let (mut app, mut canvas) = (reader(), Canvas::new());
    bencher.bench_local(|| {
        press(&mut app, &[Action::Outline, Action::LineDown]);
        canvas.draw(&app);
        press(&mut app, &[Action::Close]);
    });
}

/// A reader of 5,000 references, cited some 40,000 times.
fn reader_of_references() -> App {
    let article = support::cited(5_000);
    assert!(article.references.len() == 5_000 && article.markers.len() == 20_000);
    let size = Size { width: 160, ..SIZE };
    App::new(article, true, "bench".to_owned(), Settings::default(), None, size)
}

/// The pane, opened with its first frame, and closed.
#[divan::bench]
fn open_the_references(bencher: Bencher<'_, '_>) {
    let (mut app, mut canvas) = (reader_of_references(), Canvas::of(Size { width: 160, ..SIZE }));
    bencher.bench_local(|| {
        press(&mut app, &[Action::References]);
        canvas.draw(&app);
        press(&mut app, &[Action::References]);
    });
}

/// One slice of what is worked out behind the open pane, while no key waits.
#[divan::bench]
fn ready_the_references(bencher: Bencher<'_, '_>) {
    let mut app = reader_of_references();
    press(&mut app, &[Action::References]);
    bencher.bench_local(|| {
        if !app.busy() {
            let article = std::rc::Rc::unwrap_or_clone(std::mem::take(&mut app.article));
            app = App::new(article, true, "bench".to_owned(), Settings::default(), None, app.size());
            press(&mut app, &[Action::References]);
        }
        app.update(Event::Idle);
    });
}

/// A letter of the filter more, and one less.
#[divan::bench]
fn filter_the_references(bencher: Bencher<'_, '_>) {
    let (mut app, mut canvas) = (ready_references(), Canvas::of(Size { width: 160, ..SIZE }));
    press(&mut app, &[Action::Search]);
    for c in "journal 19".chars() {
        app.update(Event::Input(Input::Char(c)));
    }
    bencher.bench_local(|| {
        app.update(Event::Input(Input::Char('5')));
        canvas.draw(&app);
        app.update(Event::Input(Input::Backspace));
        canvas.draw(&app);
    });
}

/// All four orders, one after the other.
#[divan::bench]
fn sort_the_references(bencher: Bencher<'_, '_>) {
    let (mut app, mut canvas) = (ready_references(), Canvas::of(Size { width: 160, ..SIZE }));
    bencher.bench_local(|| {
        for _ in 0..4 {
            app.update(Event::Input(Input::Char('s')));
            canvas.draw(&app);
        }
    });
}

/// The pane is open, and everything it is filtered and put in order by has been worked out.
fn ready_references() -> App {
    let mut app = reader_of_references();
    press(&mut app, &[Action::References]);
    while app.busy() {
        app.update(Event::Idle);
    }
    app
}

/// A frame alone: from a reader to cells.
#[divan::bench]
fn frame(bencher: Bencher<'_, '_>) {
    let (mut app, mut canvas) = (reader(), Canvas::new());
    press(&mut app, &[Action::PageDown, Action::NextMarker, Action::Enter]);
    bencher.bench_local(|| canvas.draw(&app));
}
