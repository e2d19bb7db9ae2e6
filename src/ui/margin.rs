//! Notes beside the text: in the margin, or in a strip below it.

use ratatui::style::{Modifier, Style};
use unicode_width::UnicodeWidthStr;

use super::canvas::Canvas;
use super::theme::Theme;
use crate::app::App;
use crate::app::geometry::Area;
use crate::app::margin::{AFTER_LABEL, Beside};

/// Draws the notes.
pub fn draw(canvas: &mut Canvas, app: &App, theme: &Theme) {
    let geometry = &app.view.geometry;
    if let Some(strip) = geometry.strip {
        hairline(canvas, app, theme, strip);
    }
    for note in &app.view.beside.notes {
        let text = label(canvas, app, theme, note);
        if geometry.strip.is_some() {
            line(canvas, theme, note, text)
        } else {
            rows(canvas, theme, note, text)
        }
    }
    let hidden = app.view.beside.hidden;
    if let Some(margin) = geometry.margin.filter(|_| hidden > 0) {
        let x = margin.x + app.view.beside.labels + AFTER_LABEL;
        canvas.put_cut(x, margin.bottom() - 1, &more(hidden), margin.right().saturating_sub(x), theme.dim());
    }
}

fn more(hidden: usize) -> String {
    format!("▾ {hidden} more")
}

/// The line over the strip, with how many notes have no room in it.
fn hairline(canvas: &mut Canvas, app: &App, theme: &Theme, strip: Area) {
    for x in strip.x..strip.right() {
        canvas.put(x, strip.y, "─", 1, theme.faint());
    }
    let hidden = app.view.beside.hidden;
    if hidden > 0 {
        let told = format!(" {} ", more(hidden));
        let x = strip.right().saturating_sub(told.width() as u16 + 2).max(strip.x);
        canvas.put_cut(x, strip.y, &told, strip.right() - x, theme.dim());
    }
}

/// Draws the label, at the right of its cells; the column at which the note begins.
fn label(canvas: &mut Canvas, app: &App, theme: &Theme, note: &Beside) -> u16 {
    let cells = app.view.beside.labels;
    let accent = theme.accent().add_modifier(Modifier::BOLD);
    let style = if note.lit { accent.patch(theme.lit()) } else { accent };
    let left = cells.saturating_sub(note.label.width() as u16);
    canvas.put_cut(note.area.x + left, note.area.y, &note.label, cells - left, style);
    note.area.x + cells + AFTER_LABEL
}

/// A note of several rows: the first bright, or all of them while its marker is lit.
fn rows(canvas: &mut Canvas, theme: &Theme, note: &Beside, x: u16) {
    let room = note.area.right().saturating_sub(x);
    for (at, row) in note.brief.rows(note.shape).iter().enumerate() {
        let style = if at == 0 { head(theme, note) } else { rest(theme, note) };
        canvas.put_cut(x, note.area.y + at as u16, row, room, style);
    }
}

/// A note of one row: what it is, and where it is from.
fn line(canvas: &mut Canvas, theme: &Theme, note: &Beside, x: u16) {
    let (what, whence) = &note.brief.line;
    let right = note.area.right();
    let x = x + canvas.put_cut(x, note.area.y, what, right.saturating_sub(x), head(theme, note));
    if !whence.is_empty() {
        let x = x + canvas.put_cut(x, note.area.y, " · ", right.saturating_sub(x), theme.faint());
        canvas.put_cut(x, note.area.y, whence, right.saturating_sub(x), rest(theme, note));
    }
}

fn head(theme: &Theme, note: &Beside) -> Style {
    if note.lit { theme.bright().add_modifier(Modifier::BOLD) } else { theme.text() }
}

fn rest(theme: &Theme, note: &Beside) -> Style {
    if note.lit { theme.text() } else { theme.dim() }
}
