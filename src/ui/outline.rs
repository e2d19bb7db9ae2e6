//! The outline beside the text.

use ratatui::style::{Modifier, Style};

use super::canvas::{Canvas, width};
use super::theme::Theme;
use crate::app::App;
use crate::app::focus::Focus;
use crate::app::geometry::Area;
use crate::app::outline::{Entry, FIRST_ROW, LEAD};
use crate::app::view::BYTES_A_MINUTE;

/// Draws the outline and the hairline beside it.
pub fn draw(canvas: &mut Canvas, app: &App, theme: &Theme) {
    let geometry = &app.view.geometry;
    let Some(area) = geometry.outline else { return };
    let ground = if geometry.overlaid { theme.raised() } else { theme.ground() };
    if geometry.overlaid {
        canvas.fill(Area { width: area.width + 1, ..area }, ground);
    }
    if let Some(line) = geometry.hairline {
        canvas.column(line, '│', theme.faint().patch(ground));
    }
    head(canvas, app, theme, area, ground);
    let rows = area.height.saturating_sub(FIRST_ROW + 1) as usize;
    let shown = app.view.entries.iter().enumerate().skip(app.outline.scroll).take(rows);
    for (row, (at, entry)) in shown.enumerate() {
        let line = Area { y: area.y + FIRST_ROW + row as u16, height: 1, ..area };
        draw_entry(canvas, app, theme, (at, entry), line, ground);
    }
    let below = app.view.entries.len().saturating_sub(app.outline.scroll + rows);
    if below > 0 {
        let y = area.y + FIRST_ROW + rows as u16;
        canvas.put_cut(area.x + 2, y, &format!("▾ {below} more"), area.width - 4, theme.dim().patch(ground));
    }
}

fn head(canvas: &mut Canvas, app: &App, theme: &Theme, area: Area, ground: Style) {
    let y = area.y + 1;
    let room = area.width.saturating_sub(4);
    let outline = &app.outline;
    if outline.filtering || !outline.filter.is_empty() {
        let taken = canvas.put(area.x + 2, y, "/", 1, theme.accent().patch(ground));
        let text = format!("{}{}", outline.filter, if outline.filtering { "▏" } else { "" });
        canvas.put_cut(area.x + 2 + taken, y, &text, room - 1, theme.bright().patch(ground));
    } else {
        let style = if app.focus == Focus::Outline { theme.accent() } else { theme.dim() };
        canvas.put_cut(area.x + 2, y, "CONTENTS", room, style.patch(ground).add_modifier(Modifier::BOLD));
    }
}

fn draw_entry(
    canvas: &mut Canvas,
    app: &App,
    theme: &Theme,
    row: (usize, &Entry),
    line: Area,
    ground: Style,
) {
    let (at, entry) = row;
    let current = app.view.current == Some(at);
    let chosen = app.focus == Focus::Outline && app.outline.cursor == at;
    let read = app.outline.read.contains(&entry.section) && !current;
    let mut style = if read { theme.dim() } else { theme.text() }.patch(ground);
    if current {
        style = theme.bright().patch(ground).patch(theme.chosen()).add_modifier(Modifier::BOLD);
    }
    if chosen {
        style = style.patch(theme.chosen_row());
    }
    if current || chosen {
        canvas.tint(line, style);
    }
    if current {
        canvas.put(line.x, line.y, "▌", 1, theme.accent().patch(ground).patch(theme.chosen()));
    }
    let length = if app.focus == Focus::Outline { length(entry.bytes) } else { String::new() };
    let about = match entry.markers {
        0 => length,
        markers if length.is_empty() => markers.to_string(),
        markers => format!("{length}  {markers}"),
    };
    let about_width = width(&about);
    let indent = (2 + 2 * entry.depth).min(line.width / 3);
    let fold = match entry.folded {
        Some(true) => "▸",
        Some(false) if app.focus == Focus::Outline => "▾",
        _ => "",
    };
    canvas.put(line.x + indent - 1, line.y, fold, 1, style);
    let title = entry.section.map_or(LEAD, |s| app.article.section_title(s));
    let room = line.width.saturating_sub(indent + about_width + 3);
    canvas.put_cut(line.x + indent, line.y, title, room, style);
    let about_style = if current { theme.accent() } else { theme.dim() };
    let about_style = Style { bg: style.bg, ..about_style };
    canvas.put(line.right().saturating_sub(about_width + 1), line.y, &about, about_width, about_style);
}

/// How long a section takes to read, where that is a minute or more.
fn length(bytes: u32) -> String {
    match bytes / BYTES_A_MINUTE {
        0 => String::new(),
        minutes => format!("{minutes} min"),
    }
}
