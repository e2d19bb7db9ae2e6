//! The reader becomes cells. Painting computes nothing and cannot fail.

mod body;
mod canvas;
mod card;
mod margin;
mod outline;
mod overlay;
mod status;
pub mod theme;

use ratatui::buffer::Buffer;

use canvas::Canvas;
use theme::Theme;

use crate::app::App;
use crate::app::geometry::SMALLEST;
use crate::keys::Keymap;

/// Draws the reader into an empty buffer of the screen's size.
pub fn draw(app: &App, theme: &Theme, keymap: &Keymap, buffer: &mut Buffer) {
    let mut canvas = Canvas { buffer };
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
    outline::draw(&mut canvas, app, theme);
    status::footer(&mut canvas, app, theme, keymap);
    card::draw(&mut canvas, app, theme, keymap);
    overlay::draw(&mut canvas, app, theme, keymap);
}
