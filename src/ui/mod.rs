//! The reader becomes cells. Painting computes nothing and cannot fail.

mod body;
mod canvas;
mod card;
mod margin;
pub mod grid;
pub mod ink;
mod outline;
mod over;
mod overlay;
mod pins;
mod references;
mod status;
pub mod theme;

use canvas::Canvas;
use grid::Grid;
use theme::Theme;

use crate::app::App;
use crate::app::geometry::SMALLEST;
use crate::keys::Keymap;

/// Draws the reader into a grid of the screen's size; what stood there is drawn over.
pub fn draw(app: &App, theme: &Theme, keymap: &Keymap, grid: &mut Grid) {
    let mut canvas = Canvas { grid };
    let view = &app.view;
    canvas.fill(view.geometry.screen, theme.ground());
    if view.too_small {
        let told = format!("ibid needs {} × {}", SMALLEST.width, SMALLEST.height);
        canvas.put_cut(0, 0, &told, view.geometry.screen.width, theme.dim());
        return;
    }
    body::draw(&mut canvas, app, theme);
    margin::draw(&mut canvas, app, theme);
    status::header(&mut canvas, app, theme);
    pins::draw(&mut canvas, app, theme);
    outline::draw(&mut canvas, app, theme);
    references::draw(&mut canvas, app, theme);
    status::footer(&mut canvas, app, theme, keymap);
    card::draw(&mut canvas, app, theme, keymap);
    overlay::draw(&mut canvas, app, theme, keymap);
}
