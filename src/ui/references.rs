//! The pane of references beside the text, and its ticks on the scroll bar.

use ratatui::style::{Modifier, Style};
use unicode_width::UnicodeWidthStr;

use super::canvas::Canvas;
use super::theme::Theme;
use crate::app::App;
use crate::app::focus::Focus;
use crate::app::geometry::Area;
use crate::app::references::{Brief, PaneLine, PaneRow, PaneView};

/// Draws the pane, if it is open.
pub fn draw(canvas: &mut Canvas, app: &App, theme: &Theme) {
    if let Some(bar) = app.view.geometry.scrollbar {
        for row in &app.view.ticks {
            canvas.put(bar.x, bar.y + row, "━", 1, theme.accent().add_modifier(Modifier::BOLD));
        }
    }
    let Some(view) = &app.view.pane else { return };
    let raised = theme.raised();
    canvas.fill(view.area, raised);
    let line = Area { width: 1, ..view.area };
    if let Some(y) = view.rule {
        (0..view.area.width).for_each(|x| {
            canvas.put(view.area.x + x, y, "─", 1, theme.faint().patch(raised));
        });
    } else if !app.view.geometry.covers || view.area.x > 0 {
        canvas.column(line, '│', theme.faint().patch(raised));
    }
    head(canvas, app, view, theme);
    filter(canvas, app, view, theme);
    for (at, line) in view.lines.iter().enumerate() {
        let y = view.first + at as u16;
        if y < view.area.bottom() {
            draw_line(canvas, app, view, line, y, theme);
        }
    }
    if let Some(y) = view.below_at {
        let room = view.area.width.saturating_sub(4);
        canvas.put_cut(view.area.x + 2, y, &view.below, room, theme.dim().patch(raised));
    }
}

fn head(canvas: &mut Canvas, app: &App, view: &PaneView, theme: &Theme) {
    let Some(y) = view.head else { return };
    let raised = theme.raised();
    let sort = format!("{} ▾", app.references.sort.title());
    let sort_width = sort.width() as u16;
    let sort_x = view.right().saturating_sub(sort_width);
    let title = if app.focus == Focus::References { theme.accent() } else { theme.dim() };
    let title = title.patch(raised).add_modifier(Modifier::BOLD);
    let mut x = view.area.x + 2;
    let least = "REFERENCES".width() as u16 + 2 + view.count.width() as u16 + 2;
    let end = if x + least + sort_width <= view.right() { sort_x - 2 } else { view.right() };
    x += canvas.put_cut(x, y, "REFERENCES", end.saturating_sub(x), title);
    x += 2;
    canvas.put_cut(x, y, &view.count, end.saturating_sub(x), theme.bright().patch(raised));
    if end < view.right() {
        canvas.put(sort_x, y, &sort, sort_width, theme.dim().patch(raised));
    }
}

/// The cells that the filter has at least, before anything stands beside it.
const FILTER: u16 = 16;

fn filter(canvas: &mut Canvas, app: &App, view: &PaneView, theme: &Theme) {
    let Some(y) = view.filter else { return };
    let raised = theme.raised();
    let pane = &app.references;
    let x = view.area.x + 2;
    let room = view.right().saturating_sub(x);
    let taken = canvas.put(x, y, "/ ", room, theme.accent().patch(raised).add_modifier(Modifier::BOLD));
    let (x, mut room) = (x + taken, room.saturating_sub(taken));
    // What does not fit is left out, the last first.
    let mut besides = view.besides.as_str();
    while besides.width() as u16 + FILTER > room && !besides.is_empty() {
        besides = besides.rsplit_once(" · ").map_or("", |(first, _)| first);
    }
    if !besides.is_empty() {
        let width = besides.width() as u16;
        canvas.put(view.right() - width, y, besides, width, theme.dim().patch(raised));
        room -= width + 2;
    }
    if !pane.filtering && pane.filter.is_empty() {
        let style = theme.dim().patch(raised).add_modifier(Modifier::ITALIC);
        canvas.put_cut(x, y, "type to filter", room, style);
        return;
    }
    let taken = canvas.put_cut(x, y, &pane.filter, room.saturating_sub(1), theme.bright().patch(raised));
    if pane.filtering {
        canvas.put(x + taken, y, "▏", 1, theme.accent().patch(raised));
    }
}

fn draw_line(canvas: &mut Canvas, app: &App, view: &PaneView, line: &PaneLine, y: u16, theme: &Theme) {
    let area = view.area;
    let ground = if line.chosen { theme.raised().patch(theme.chosen_ground()) } else { theme.raised() };
    if line.chosen {
        let row = Area { y, height: 1, width: area.width - 1, ..area };
        canvas.fill(row, ground);
        let (bar, style) =
            if app.focus == Focus::References { ("▌", theme.accent()) } else { ("▏", theme.dim()) };
        canvas.put(area.x, y, bar, 1, style.patch(ground));
    }
    let text = view.text();
    let room = view.right().saturating_sub(text);
    match &line.row {
        PaneRow::Blank => {}
        PaneRow::Title(brief, marked) => {
            title(canvas, view, brief, (*marked, line.chosen), (y, ground), theme)
        }
        PaneRow::About(about, unresolved) => {
            let style =
                if *unresolved { theme.warning().remove_modifier(Modifier::BOLD) } else { theme.dim() };
            canvas.put_cut(text, y, about, room, style.patch(ground));
        }
        PaneRow::Mention { section, words, here, .. } => {
            let sign = if *here { "▸" } else { "" };
            canvas.put(text - 2, y, sign, 1, theme.accent().patch(ground).add_modifier(Modifier::BOLD));
            let strong = if *here { Modifier::BOLD } else { Modifier::empty() };
            canvas.put_cut(text, y, section, view.sections, theme.link().patch(ground).add_modifier(strong));
            let x = view.sections + 3;
            let style = if *here { theme.bright() } else { theme.text() };
            let style = style.patch(ground).add_modifier(Modifier::ITALIC | strong);
            canvas.put_cut(text + x, y, words, room.saturating_sub(x), style);
        }
        PaneRow::Remark(remark) => {
            canvas.put_cut(area.x + 2, y, remark, area.width.saturating_sub(3), theme.dim().patch(ground));
        }
    }
}

/// The first line of an entry: its label, people and title, and how often it is cited.
fn title(
    canvas: &mut Canvas,
    view: &PaneView,
    brief: &Brief,
    (marked, chosen): (bool, bool),
    (y, ground): (u16, Style),
    theme: &Theme,
) {
    let strong = if chosen { Modifier::BOLD } else { Modifier::empty() };
    let label = if brief.unresolved { theme.warning() } else { theme.accent() };
    let label_width = (brief.label.width() as u16).min(view.labels);
    let x = view.area.x + 2 + view.labels - label_width;
    canvas.put_cut(x, y, &brief.label, label_width, label.patch(ground).add_modifier(Modifier::BOLD));
    if marked {
        canvas.put(
            view.area.x + 2 + view.labels,
            y,
            "•",
            1,
            theme.link().patch(ground).add_modifier(Modifier::BOLD),
        );
    }
    let times_width = brief.times.width() as u16;
    let times = if chosen { theme.accent() } else { theme.dim() };
    let end = view.right().saturating_sub(times_width);
    canvas.put(end, y, &brief.times, times_width, times.patch(ground));
    let style = theme.bright().patch(ground).add_modifier(strong);
    let x = view.text();
    let taken = canvas.put_cut(x, y, &brief.people, end.saturating_sub(x + 2), style);
    let x = x + taken;
    let style = if brief.alone { style.add_modifier(Modifier::ITALIC) } else { style };
    canvas.put_cut(x, y, &brief.title, end.saturating_sub(x + 2), style);
}
