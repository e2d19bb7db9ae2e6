//! What lies over everything: lists to choose from, and the help.

use ratatui::style::{Modifier, Style};
use unicode_width::UnicodeWidthStr;

use super::canvas::Canvas;
use super::theme::Theme;
use crate::app::action::{ACTIONS, Action, Group};
use crate::app::geometry::Area;
use crate::app::picker::{Picker, Purpose};
use crate::app::{App, Overlay};
use crate::keys::Keymap;

/// Draws the list or the help, if one is open.
pub fn draw(canvas: &mut Canvas, app: &App, theme: &Theme, keymap: &Keymap) {
    match &app.overlay {
        Some(Overlay::Picker(picker)) => draw_picker(canvas, app, theme, keymap, picker),
        Some(Overlay::Help(scroll)) => draw_help(canvas, app, theme, keymap, *scroll),
        _ => {}
    }
}

fn draw_picker(canvas: &mut Canvas, app: &App, theme: &Theme, keymap: &Keymap, picker: &Picker) {
    let screen = app.view.geometry.screen;
    let area = picker.area(screen);
    let raised = theme.raised();
    canvas.frame(area, theme.accent(), raised);
    title(canvas, area, picker.purpose.title(), theme);
    let inside = Area { x: area.x + 3, width: area.width.saturating_sub(6), ..area };
    let taken = canvas.put(inside.x, area.y + 1, "› ", inside.width, theme.accent().patch(raised));
    let typed = format!("{}▏", picker.typed);
    canvas.put_cut(inside.x + taken, area.y + 1, &typed, inside.width - taken, theme.bright().patch(raised));

    let matching = picker.matching();
    let rows = picker.shown(screen);
    let shown = matching.iter().enumerate().skip(picker.scroll).take(rows);
    for (row, (at, item)) in shown.enumerate() {
        let line = Area { y: picker.first_row(screen) + row as u16, height: 1, ..inside };
        let chosen = at == picker.chosen;
        let style = if chosen { raised.patch(theme.chosen_row()) } else { theme.text().patch(raised) };
        if chosen {
            canvas.tint(Area { x: area.x + 1, width: area.width.saturating_sub(2), ..line }, style);
            canvas.put(area.x + 1, line.y, "▌", 1, Style { bg: style.bg, ..theme.accent() });
        }
        let detail = match (picker.purpose, ACTIONS.get(item.value)) {
            (Purpose::Palette, Some(info)) => keymap.signs(info.action).join(" "),
            _ => item.detail.clone(),
        };
        let detail_width = (detail.width() as u16).min(line.width / 2);
        let indent = item.indent.min(line.width / 3);
        let room = line.width.saturating_sub(indent + detail_width + 2);
        canvas.put_cut(line.x + indent, line.y, &item.label, room, style);
        let detail_style = Style { bg: style.bg, ..theme.dim() };
        canvas.put_cut(
            line.right().saturating_sub(detail_width),
            line.y,
            &detail,
            detail_width,
            detail_style,
        );
    }
    if matching.is_empty() {
        canvas.put_cut(
            inside.x,
            picker.first_row(screen),
            "nothing of that name",
            inside.width,
            theme.dim().patch(raised),
        );
    }
    more(canvas, area, theme, picker.scroll > 0, picker.scroll + rows < matching.len());
}

fn title(canvas: &mut Canvas, area: Area, text: &str, theme: &Theme) {
    let style = theme.bright().patch(theme.raised()).add_modifier(Modifier::BOLD);
    canvas.put_cut(area.x + 2, area.y, &format!(" {text} "), area.width.saturating_sub(4), style);
}

fn more(canvas: &mut Canvas, area: Area, theme: &Theme, above: bool, below: bool) {
    let style = theme.accent().patch(theme.raised()).add_modifier(Modifier::BOLD);
    let x = area.right().saturating_sub(1);
    if above {
        canvas.put(x, area.y + 1, "▴", 1, style);
    }
    if below {
        canvas.put(x, area.bottom().saturating_sub(2), "▾", 1, style);
    }
}

/// A row of the help.
enum HelpRow {
    Group(&'static str),
    Action(Action),
    Blank,
}

fn help_rows() -> Vec<HelpRow> {
    let mut rows = Vec::new();
    for group in Group::ALL {
        if !rows.is_empty() {
            rows.push(HelpRow::Blank);
        }
        rows.push(HelpRow::Group(group.title()));
        rows.extend(ACTIONS.iter().filter(|i| i.group == group).map(|i| HelpRow::Action(i.action)));
    }
    rows
}

fn draw_help(canvas: &mut Canvas, app: &App, theme: &Theme, keymap: &Keymap, scroll: usize) {
    let screen = app.view.geometry.screen;
    let width = screen.width.saturating_sub(2).min(80);
    let height = screen.height.saturating_sub(2).max(3);
    let area = Area { x: (screen.width - width) / 2, y: 1.min(screen.height - height), width, height };
    let raised = theme.raised();
    canvas.frame(area, theme.accent(), raised);
    title(canvas, area, "Keys", theme);
    let rows = help_rows();
    let shown = area.height.saturating_sub(2) as usize;
    let scroll = scroll.min(rows.len().saturating_sub(shown));
    let column = if area.width >= 60 { 22 } else { 14 };
    for (at, row) in rows.iter().skip(scroll).take(shown).enumerate() {
        let line =
            Area { x: area.x + 3, y: area.y + 1 + at as u16, width: area.width.saturating_sub(6), height: 1 };
        match row {
            HelpRow::Blank => {}
            HelpRow::Group(title) => {
                canvas.put_cut(
                    line.x,
                    line.y,
                    title,
                    line.width,
                    theme.accent().patch(raised).add_modifier(Modifier::BOLD),
                );
            }
            HelpRow::Action(action) => {
                let keys = keymap.signs(*action).join(" ");
                let style = theme.bright().patch(raised).add_modifier(Modifier::BOLD);
                canvas.put_cut(line.x, line.y, &keys, column - 2, style);
                let room = line.width.saturating_sub(column);
                canvas.put_cut(line.x + column, line.y, action.info().help, room, theme.text().patch(raised));
            }
        }
    }
    more(canvas, area, theme, scroll > 0, scroll + shown < rows.len());
}
