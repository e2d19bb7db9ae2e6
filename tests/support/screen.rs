//! What a reader would show, without a terminal.

use ibid::app::App;
use ibid::keys::Keymap;
use ibid::ui;
use ibid::ui::grid::{Cell, Grid};
use ibid::ui::ink::Ink;
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

/// How a cell looks, apart from its sign.
pub fn ink_at(app: &App, depth: Depth, at: (u16, u16)) -> Ink {
    let grid = cells_at(app, depth);
    grid.rows().nth(at.1.into()).map(|row| grid.ink(row[usize::from(at.0)])).unwrap()
}

/// The signs of the cells, row by row; a blank stands for the second half of a wide one.
pub fn signs(app: &App) -> Vec<Vec<String>> {
    let grid = cells(app);
    let sign = |cell: &Cell| grid.char(*cell).map_or_else(|| grid.cluster(*cell).to_owned(), String::from);
    grid.rows().map(|row| row.iter().map(sign).collect()).collect()
}

/// The rows of text.
pub fn screen(app: &App) -> Vec<String> {
    signs(app).into_iter().map(|row| row.concat()).collect()
}
