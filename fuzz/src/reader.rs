//! The reader on an article: keys of all kinds draw nothing that is no text, and a place that is kept is found again.

use ibid::app::action::Action;
use ibid::app::event::{Event, Size};
use ibid::app::saved::Saved;
use ibid::app::{App, Settings};
use ibid::article::Article;
use ibid::keys::Keymap;
use ibid::ui::grid::Grid;
use ibid::ui::theme::{Depth, Theme};

use super::words::is_foreign;

const SIZES: [Size; 4] = [
    Size { width: 120, height: 40 },
    Size { width: 60, height: 20 },
    Size { width: 20, height: 5 },
    Size { width: 81, height: 11 },
];

/// What is done to every article: through the text, a card, the panes, a selection.
const KEYS: [&[Action]; 4] = [
    &[Action::PageDown, Action::NextMarker, Action::Enter, Action::NextMarker, Action::Enter, Action::Close],
    &[Action::HalfPageDown, Action::References, Action::LineDown, Action::Enter, Action::References],
    &[
        Action::End,
        Action::Select,
        Action::PreviousSentence,
        Action::PreviousWord,
        Action::Close,
        Action::Markers,
    ],
    &[
        Action::NextSection,
        Action::Notes,
        Action::Hints,
        Action::Close,
        Action::PanRight,
        Action::PreviousMarker,
    ],
];

thread_local! {
    static KEYMAP: Keymap = Keymap::usual();
    static THEME: Theme = Theme::named("dark", Depth::Sixteen);
}

/// Reads a little; then leaves, and comes back to a second reading of the same input.
pub fn check(article: Article, again: Article, dice: usize) {
    let size = SIZES[dice % SIZES.len()];
    let mut app = App::new(article, true, "input".to_owned(), Settings::default(), None, size);
    draw(&app, size);
    for action in KEYS[dice / SIZES.len() % KEYS.len()] {
        app.update(Event::Action(*action));
        draw(&app, size);
    }
    comes_back(&app.saved(), again, size);
}

fn comes_back(saved: &Saved, again: Article, size: Size) {
    let kept = serde_json::to_string(saved).expect("a place is written");
    let loaded: Saved = serde_json::from_str(&kept).expect("a place is read");
    assert_eq!(&loaded, saved);
    let app = App::new(again, true, "input".to_owned(), Settings::default(), Some(loaded), size);
    let found = app.saved();
    assert_eq!((found.block, found.byte, found.lead), (saved.block, saved.byte, saved.lead), "another place");
}

fn draw(app: &App, size: Size) {
    let mut grid = Grid::new(size.width, size.height);
    KEYMAP.with(|keymap| THEME.with(|theme| ibid::ui::draw(app, theme, keymap, &mut grid)));
    for &cell in grid.rows().flatten() {
        let foreign = match grid.char(cell) {
            Some(sign) => sign.is_control() || is_foreign(sign),
            None => grid.cluster(cell).contains(|c: char| c.is_control() || is_foreign(c)),
        };
        assert!(!foreign, "a control is drawn");
    }
}
