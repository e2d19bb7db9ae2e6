//! What a reader would show, without a terminal.

use ibid::app::App;
use ibid::keys::Keymap;
use ibid::ui;
use ibid::ui::grid::{Cell, Grid};
use ibid::ui::theme::{Depth, Theme};

/// The cells, in the dark theme.
pub fn cells(app: &App) -> Grid {
    cells_at(app, Depth::True)
}

/// The cells, in the dark theme on a terminal of this depth.
pub fn cells_at(app: &App, depth: Depth) -> Grid {
    let size = app.size();
    let mut grid = Grid::new(size.width, size.height);
    ui::draw(app, &Theme::named("dark", depth), &Keymap::usual(), &mut grid);
    grid
}

/// The rows of text; a blank stands for the second half of a wide sign.
pub fn screen(app: &App) -> Vec<String> {
    let grid = cells(app);
    let sign = |cell: &Cell| grid.char(*cell).map_or_else(|| grid.cluster(*cell).to_owned(), String::from);
    grid.rows().map(|row| row.iter().map(sign).collect()).collect()
}
