//! The card at its marker.

use ratatui::style::Modifier;
use unicode_width::UnicodeWidthStr;

use super::body::{self, Pen};
use super::canvas::Canvas;
use super::status;
use super::theme::Theme;
use crate::app::App;
use crate::app::card::{CardRow, CardView, SECTION};
use crate::app::geometry::Area;
use crate::article::BlockId;
use crate::keys::Keymap;
use crate::layout::Rows;

/// Draws the topmost card.
pub fn draw(canvas: &mut Canvas, app: &App, theme: &Theme, keymap: &Keymap) {
    let Some(view) = &app.view.card else { return };
    let area = view.area;
    canvas.frame(area, theme.accent(), theme.raised());
    head(canvas, view, theme);
    let inside = Area {
        x: area.x + 3,
        y: area.y + 1,
        width: area.width.saturating_sub(6),
        height: area.height.saturating_sub(2),
    };
    let lit = app.cards.last().and_then(|c| c.lit(&app.article));
    let pen = Pen { app, theme, lit, ground: theme.raised(), pan: view.pan, selection: None };
    for (at, row) in view.rows.iter().take(inside.height as usize).enumerate() {
        draw_row(canvas, &pen, row, Area { y: inside.y + at as u16, height: 1, ..inside });
    }
    let (right, bottom) = (area.right().saturating_sub(1), area.bottom().saturating_sub(1));
    let sign = theme.accent().patch(theme.raised()).add_modifier(Modifier::BOLD);
    if view.above {
        canvas.put(right, area.y + 1, "▴", 1, sign);
    }
    if view.below {
        canvas.put(right, bottom.saturating_sub(1), "▾", 1, sign);
    }
    foot(canvas, view, theme, keymap);
}

fn head(canvas: &mut Canvas, view: &CardView, theme: &Theme) {
    let area = view.area;
    let raised = theme.raised();
    let end = area.right().saturating_sub(2);
    let mut x = area.x + 2;
    let put = |canvas: &mut Canvas, x: &mut u16, text: &str, style| {
        *x += canvas.put_cut(*x, area.y, text, end.saturating_sub(*x), style);
    };
    if !view.trail.is_empty() {
        put(canvas, &mut x, &format!(" {} ›", view.trail), theme.dim().patch(raised));
    }
    if view.badge.is_empty() {
        put(canvas, &mut x, " ", raised);
    } else {
        put(canvas, &mut x, " ", raised);
        put(canvas, &mut x, &format!(" {} ", view.badge), theme.lit());
        put(canvas, &mut x, " ", raised);
    }
    put(canvas, &mut x, &view.kind, theme.bright().patch(raised).add_modifier(Modifier::BOLD));
    if !view.count.is_empty() {
        // The letters are keys: the count gives way to them.
        let known = if view.known.is_empty() { 0 } else { view.known.width() as u16 + 2 };
        let room = end.saturating_sub(x + view.letters.width() as u16 + known + 3);
        x += canvas.put_cut(x, area.y, &format!(" · {}", view.count), room, theme.dim().patch(raised));
    }
    if !view.letters.is_empty() {
        put(
            canvas,
            &mut x,
            &format!("  {}", view.letters),
            theme.accent().patch(raised).add_modifier(Modifier::BOLD),
        );
    }
    if !view.known.is_empty() {
        put(canvas, &mut x, &format!("  {}", view.known), theme.dim().patch(raised));
    }
    put(canvas, &mut x, " ", raised);
}

fn foot(canvas: &mut Canvas, view: &CardView, theme: &Theme, keymap: &Keymap) {
    let area = view.area;
    let line = Area {
        x: area.x + 2,
        y: area.bottom().saturating_sub(1),
        width: area.width.saturating_sub(4),
        height: 1,
    };
    status::tips(canvas, &view.keys, keymap, theme, line, theme.raised(), 1);
}

/// The sign after the last words of an entry that is cut.
fn draw_cut(canvas: &mut Canvas, pen: &Pen, rows: &Rows, row: usize, line: Area) {
    let taken = rows.rows.get(row).map_or(0, |r| r.width() as u16);
    let x = line.x + taken.min(line.width.saturating_sub(1));
    canvas.put(x, line.y, "…", 1, pen.theme.dim().patch(pen.theme.raised()));
}

/// Draws a row of a card.
pub fn draw_row(canvas: &mut Canvas, pen: &Pen, row: &CardRow, line: Area) {
    let theme = pen.theme;
    let raised = theme.raised();
    match row {
        CardRow::Blank => {}
        CardRow::Hairline { indent } => {
            for x in line.x + indent..line.right() {
                canvas.put(x, line.y, "─", 1, theme.faint().patch(raised));
            }
        }
        CardRow::Laid { block, rows, row, indent, cut } => {
            let width = line.width.saturating_sub(*indent);
            body::draw_row(canvas, pen, (*block, rows, *row), (line.x + indent, line.y), width);
            if *cut {
                draw_cut(canvas, pen, rows, *row, Area { x: line.x + indent, width, ..line });
            }
        }
        CardRow::Styled { entry, rows, row, indent, cut } => {
            let width = line.width.saturating_sub(*indent);
            let text = entry.block(BlockId(0)).text.as_str();
            body::draw_text_row(canvas, pen, (None, text, rows, *row), (line.x + indent, line.y), width);
            if *cut {
                draw_cut(canvas, pen, rows, *row, Area { x: line.x + indent, width, ..line });
            }
        }
        CardRow::Mention { letter, section, words, here, indent } => {
            let line = Area { x: line.x + indent, width: line.width.saturating_sub(*indent), ..line };
            let text = if *here { theme.bright() } else { theme.dim() }.patch(raised);
            let sign = letter.map_or(" ".to_owned(), |l| l.to_string());
            canvas.put(line.x, line.y, &sign, 1, theme.accent().patch(raised).add_modifier(Modifier::BOLD));
            let section_room = SECTION.min(line.width / 2);
            canvas.put_cut(line.x + 3, line.y, section, section_room, text);
            let x = 3 + section_room + 2;
            canvas.put_cut(line.x + x, line.y, words, line.width.saturating_sub(x), text);
        }
        CardRow::Entry { badge, about, letters, chosen, .. } => {
            let style =
                if *chosen { theme.lit() } else { theme.accent().patch(raised).add_modifier(Modifier::BOLD) };
            let taken = canvas.put_cut(line.x, line.y, &format!(" {badge} "), line.width, style);
            let about_style = theme.dim().patch(raised);
            let room = line.width.saturating_sub(taken + 1);
            let about = canvas.put_cut(line.x + taken + 1, line.y, about, room, about_style);
            let (x, room) = (taken + 1 + about + 2, room.saturating_sub(about + 2));
            let style = theme.accent().patch(raised).add_modifier(Modifier::BOLD);
            canvas.put_cut(line.x + x, line.y, letters, room, style);
        }
        CardRow::Remark(text) => {
            canvas.put_cut(line.x, line.y, text, line.width, theme.text().patch(raised));
        }
    }
}
