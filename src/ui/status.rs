//! The first and last row: where one is and how far; the keys that matter now, what is typed, what is said.

use std::borrow::Cow;

use ratatui::style::{Modifier, Style};
use unicode_width::UnicodeWidthStr;

use super::canvas::{Canvas, width};
use super::theme::Theme;
use crate::app::geometry::Area;
use crate::app::tip::Tip;
use crate::app::{App, Overlay, address};
use crate::keys::Keymap;

/// Draws the header: title, section, how far.
pub fn header(canvas: &mut Canvas, app: &App, theme: &Theme) {
    let Some(line) = app.view.geometry.header else { return };
    let far = match (app.article.is_empty(), app.complete) {
        (true, true) => String::new(),
        (true, false) => LOADING.trim_end().to_owned(),
        (false, _) => progress(app, line.width),
    };
    let far_width = width(&far);
    let right = line.right().saturating_sub(far_width + 2);
    canvas.put(right, line.y, &far, far_width, theme.dim());
    let room = right.saturating_sub(line.x + 4);
    let title = if app.article.meta.title.is_empty() { &app.name } else { &app.article.meta.title };
    let section = app.view.path.last().map_or("", |s| s);
    let section = if section == title { "" } else { section };
    if section.is_empty() {
        canvas.put_cut(line.x + 2, line.y, title, room, theme.dim());
        return;
    }
    // The section matters more here than the title: the title gives way first.
    let section_room = width(section).min(room);
    let title_room = room.saturating_sub(section_room + 5);
    let mut x = line.x + 2;
    if title_room >= 8 {
        x += canvas.put_cut(x, line.y, title, title_room, theme.dim());
        x += canvas.put(x, line.y, "  ›  ", 5, theme.faint());
    }
    canvas.put_cut(x, line.y, section, section_room, theme.bright());
}

/// What is said while a document is taken in.
const LOADING: &str = "reading …   ";

fn progress(app: &App, width: u16) -> String {
    let view = &app.view;
    let loading = if app.complete { "" } else { LOADING };
    let hidden = if app.markers_hidden() && width >= 60 { "citations hidden   " } else { "" };
    match view.minutes {
        _ if width < 40 => format!("{} %", view.percent),
        0 => format!("{hidden}{loading}{} %", view.percent),
        minutes => format!("{hidden}{loading}{} %   {minutes} min left", view.percent),
    }
}

/// Draws the footer.
pub fn footer(canvas: &mut Canvas, app: &App, theme: &Theme, keymap: &Keymap) {
    let Some(line) = app.view.geometry.footer else { return };
    let inside = Area { x: line.x + 2, width: line.width.saturating_sub(4), ..line };
    match &app.overlay {
        Some(Overlay::Search(prompt)) => search_prompt(canvas, app, theme, inside, &prompt.typed),
        Some(Overlay::Address(target)) => {
            let taken = canvas.put(inside.x, inside.y, "open ", inside.width, theme.dim());
            let (host, warning) = address::host(target);
            let sign = if warning.is_empty() { "" } else { ": " };
            let told = format!("{host}{sign}{warning}");
            let room = inside.width.saturating_sub(taken);
            let taken = taken + canvas.put_cut(inside.x + taken, inside.y, &told, room, theme.bright());
            let room =
                Area { x: inside.x + taken + 3, width: inside.width.saturating_sub(taken + 3), ..inside };
            tips(canvas, &app.view.tips, keymap, theme, room, theme.ground(), 3);
        }
        _ if !app.message.is_empty() => {
            canvas.put_cut(inside.x, inside.y, &app.message, inside.width, theme.text());
        }
        _ => {
            let taken = left_note(canvas, app, theme, inside);
            let room = Area { x: inside.x + taken, width: inside.width.saturating_sub(taken), ..inside };
            tips(canvas, &app.view.tips, keymap, theme, room, theme.ground(), 3);
        }
    }
}

/// The count that is typed, how much is selected, or where the search stands.
fn left_note(canvas: &mut Canvas, app: &App, theme: &Theme, line: Area) -> u16 {
    let selected = app.view.selection.as_ref().filter(|s| !s.amount.is_empty() && app.overlay.is_none());
    let note = match (app.count, app.hit_count()) {
        (Some(count), _) => count.to_string(),
        (None, _) if selected.is_some() => selected.map_or_else(String::new, |s| s.amount.clone()),
        (None, Some((at, of, more))) if app.overlay.is_none() => {
            format!("{at}/{of}{}", if more { "…" } else { "" })
        }
        _ => return 0,
    };
    canvas.put(line.x, line.y, &note, line.width, theme.accent().add_modifier(Modifier::BOLD)) + 3
}

fn search_prompt(canvas: &mut Canvas, app: &App, theme: &Theme, line: Area, typed: &str) {
    let found = match app.hit_count() {
        None => String::new(),
        Some((_, 0, true)) => "searching …".to_owned(),
        Some((_, 0, false)) => "not found".to_owned(),
        Some((at, of, more)) => format!("{at}/{of}{}", if more { "…" } else { "" }),
    };
    let found_width = found.width() as u16;
    canvas.put(line.right().saturating_sub(found_width), line.y, &found, found_width, theme.dim());
    let taken = canvas.put(line.x, line.y, "/", 1, theme.accent().add_modifier(Modifier::BOLD));
    let room = line.width.saturating_sub(taken + found_width + 2);
    // The end of what is typed is what one looks at.
    let mut shown = typed;
    while shown.width() as u16 + 1 > room && !shown.is_empty() {
        shown = &shown[shown.chars().next().map_or(0, char::len_utf8)..];
    }
    let x = line.x + taken;
    let taken = canvas.put(x, line.y, shown, room, theme.bright());
    canvas.put(x + taken, line.y, "▏", 1, theme.accent());
}

/// Writes keys and what they do, as many as fit whole. In the footer the last one, which leads out or to the help, goes
/// before others.
pub fn tips(
    canvas: &mut Canvas,
    list: &[Tip],
    keymap: &Keymap,
    theme: &Theme,
    line: Area,
    ground: Style,
    gap: u16,
) {
    let key_style = theme.text().patch(ground).add_modifier(Modifier::BOLD);
    let what_style = theme.dim().patch(ground);
    let cells = |keys: &str, tip: &Tip| width(keys) + width(tip.what()) + 1;
    let last = list.last().filter(|_| gap > 1).map_or(0, |tip| gap + cells(&signs(*tip, keymap), tip));
    let mut x = line.x;
    for (at, tip) in list.iter().enumerate() {
        let keys = signs(*tip, keymap);
        let width = cells(&keys, tip);
        let kept = if at + 1 < list.len() && line.x + last < line.right() { last } else { 0 };
        if keys.trim().is_empty() || x + width + kept > line.right() {
            continue;
        }
        if gap == 1 {
            x += canvas.put(x, line.y, " ", 1, ground);
        }
        x += canvas.put(x, line.y, &keys, width, key_style);
        x += canvas.put(x, line.y, " ", 1, ground);
        x += canvas.put(x, line.y, tip.what(), width, what_style);
        x += if gap == 1 { canvas.put(x, line.y, " ", 1, ground) } else { gap };
    }
}

fn signs(tip: Tip, keymap: &Keymap) -> Cow<'_, str> {
    match tip {
        Tip::One(action, _) => keymap.sign(action).into(),
        Tip::Two(one, other, _) => format!("{} {}", keymap.sign(one), keymap.sign(other)).into(),
        Tip::Keys(keys, _) => keys.into(),
    }
}
