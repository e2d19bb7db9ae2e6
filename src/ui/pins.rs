//! Pinned cards: small ones beside the text, or rows at its foot.

use ratatui::style::Modifier;

use super::body::Pen;
use super::canvas::Canvas;
use super::card;
use super::theme::Theme;
use crate::app::App;
use crate::app::geometry::Area;
use crate::app::pins::PinView;

/// Draws the pinned cards.
pub fn draw(canvas: &mut Canvas, app: &App, theme: &Theme) {
    let view = &app.view;
    let pen = Pen { app, theme, lit: None, ground: theme.raised(), pan: 0, selection: None };
    if let Some(area) = view.geometry.pins.filter(|_| !view.geometry.pins_beside) {
        canvas.fill(area, theme.raised());
    }
    if let Some(line) = view.geometry.pins_hairline {
        for x in line.x..line.right() {
            canvas.put(x, line.y, "─", 1, theme.faint());
        }
    }
    for pin in &view.pins {
        if pin.flat {
            draw_flat(canvas, &pen, pin);
        } else {
            draw_card(canvas, &pen, pin);
        }
        let (x, y) = pin.close();
        canvas.put(x, y, "×", 1, theme.dim().patch(theme.raised()));
    }
    let left_out = app.pins.len() - view.pins.len();
    if let Some(area) = view.geometry.pins.filter(|_| left_out > 0) {
        let told = format!(" +{left_out} ");
        let y = area.bottom().saturating_sub(1);
        let x = area.right().saturating_sub(told.len() as u16 + 1);
        canvas.put(x, y, &told, told.len() as u16, theme.accent().patch(theme.raised()));
    }
}

fn draw_card(canvas: &mut Canvas, pen: &Pen, pin: &PinView) {
    let (area, theme) = (pin.area, pen.theme);
    canvas.frame(area, theme.faint(), theme.raised());
    let room = pin.close().0.saturating_sub(area.x + 3);
    let taken = head(canvas, pen, pin, (area.x + 2, area.y), room);
    canvas.put(area.x + 1, area.y, " ", 1, theme.raised());
    canvas.put(area.x + 2 + taken, area.y, " ", 1, theme.raised());
    let inside = Area { x: area.x + 2, y: area.y + 1, width: area.width.saturating_sub(4), height: 1 };
    for (at, row) in pin.rows.iter().enumerate() {
        card::draw_row(canvas, pen, row, Area { y: inside.y + at as u16, ..inside });
    }
    let (right, bottom) = (area.right().saturating_sub(1), area.bottom().saturating_sub(1));
    let sign = theme.accent().patch(theme.raised()).add_modifier(Modifier::BOLD);
    if pin.above {
        canvas.put(right, area.y + 1, "▴", 1, sign);
    }
    if pin.below {
        canvas.put(right, bottom.saturating_sub(1), "▾", 1, sign);
    }
}

fn draw_flat(canvas: &mut Canvas, pen: &Pen, pin: &PinView) {
    let area = pin.area;
    let x = area.x + 2;
    let end = pin.close().0.saturating_sub(1);
    let taken = head(canvas, pen, pin, (x, area.y), end.saturating_sub(x));
    let (x, y) = if area.height > 1 { (x, area.y + 1) } else { (x + taken + 2, area.y) };
    let end = if area.height > 1 { area.right().saturating_sub(2) } else { end };
    if let Some(row) = pin.rows.first() {
        card::draw_row(canvas, pen, row, Area { x, y, width: end.saturating_sub(x), height: 1 });
    }
}

/// Its number and kind. Returns the cells taken.
fn head(canvas: &mut Canvas, pen: &Pen, pin: &PinView, at: (u16, u16), room: u16) -> u16 {
    let (theme, raised) = (pen.theme, pen.theme.raised());
    let mut taken = 0;
    if !pin.badge.is_empty() {
        let badge = format!(" {} ", pin.badge);
        taken += canvas.put_cut(at.0, at.1, &badge, room, theme.lit());
        taken += canvas.put(at.0 + taken, at.1, " ", 1.min(room - taken), raised);
    }
    let style = theme.bright().patch(raised).add_modifier(Modifier::BOLD);
    taken + canvas.put_cut(at.0 + taken, at.1, &pin.kind, room.saturating_sub(taken), style)
}
