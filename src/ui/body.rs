//! The text: rows of runs, what is lit or lies over them, hints, and the scroll bar.

use ratatui::style::Style;
use unicode_width::UnicodeWidthStr;

use super::canvas::Canvas;
use super::over::{Over, clusters};
use super::theme::Theme;
use crate::app::markers::Markers;
use crate::app::selection::SelectionView;
use crate::app::viewport::Line;
use crate::app::{App, Overlay};
use crate::article::{BlockId, MarkerId};
use crate::layout::{Face, Hit, Rows, Run};

/// What a row is drawn with.
pub struct Pen<'a> {
    /// The reader.
    pub app: &'a App,
    /// The colours.
    pub theme: &'a Theme,
    /// What is lit in these rows.
    pub lit: Option<Hit>,
    /// Under everything: the ground of a card, or nothing.
    pub ground: Style,
    /// Columns that a wide row is moved by.
    pub pan: u16,
    /// What is selected in these rows.
    pub selection: Option<&'a SelectionView>,
}

/// Draws the rows of the text.
pub fn draw(canvas: &mut Canvas, app: &App, theme: &Theme) {
    let view = &app.view;
    let body = view.geometry.body;
    let lit =
        if app.cards.is_empty() { app.lit } else { app.lit.or_else(|| app.cards[0].marker.map(Hit::Marker)) };
    let pen =
        Pen { app, theme, lit, ground: theme.ground(), pan: view.pan, selection: view.selection.as_ref() };
    for (at, line) in view.lines.iter().enumerate() {
        draw_line(canvas, &pen, line, (body.x, body.y + at as u16), body.width);
    }
    if let Some(bar) = view.geometry.scrollbar {
        let (start, length) = view.thumb;
        canvas.column(bar, '│', theme.faint());
        let thumb =
            crate::app::geometry::Area { y: bar.y + start, height: length.min(bar.height - start), ..bar };
        canvas.column(thumb, '┃', theme.dim());
    }
    if let Some(Overlay::Hints(hints)) = &app.overlay {
        for (hit, label) in hints.matching() {
            if let Some(at) = view.hits.iter().find(|v| v.hit == *hit) {
                canvas.put(at.x, at.y, label, view.geometry.screen.width - at.x, theme.hint());
            }
        }
    }
}

fn draw_line(canvas: &mut Canvas, pen: &Pen, line: &Line, at: (u16, u16), width: u16) {
    if let Some(row) = line.row {
        draw_row(canvas, pen, (line.block, &line.rows, row), at, width);
    }
}

/// Draws one row of a block from a cell on, in at most `width` cells.
pub fn draw_row(canvas: &mut Canvas, pen: &Pen, row: (BlockId, &Rows, usize), at: (u16, u16), width: u16) {
    let text = pen.app.article.block(row.0).text.as_str();
    draw_text_row(canvas, pen, (Some(row.0), text, row.1, row.2), at, width);
}

/// The same for a text that may be none of the article's.
pub fn draw_text_row(
    canvas: &mut Canvas,
    pen: &Pen,
    row: (Option<BlockId>, &str, &Rows, usize),
    at: (u16, u16),
    width: u16,
) {
    let (block, text, rows, index) = row;
    let Some(row) = rows.rows.get(index) else { return };
    let pans = rows.natural > width;
    let pan = if pans { pen.pan } else { 0 };
    let fixed = rows.fixed.min(width);
    let mut window =
        Window { x: at.0, y: at.1, width, column: 0, fixed, pan, cut_left: false, cut_right: false };
    for run in &row.runs {
        draw_run(canvas, pen, &mut window, block, text, run);
    }
    if pans {
        let sign = pen.theme.accent().patch(pen.ground);
        if window.cut_left {
            canvas.put(at.0 + window.fixed, at.1, "‹", 1, sign);
        }
        if window.cut_right {
            canvas.put(at.0 + width - 1, at.1, "›", 1, sign);
        }
    }
}

/// The part of a row that is seen: columns past `fixed` are moved by `pan`.
struct Window {
    x: u16,
    y: u16,
    width: u16,
    column: u16,
    fixed: u16,
    pan: u16,
    /// Something lies to the left of what is seen.
    cut_left: bool,
    /// Something lies to the right of it.
    cut_right: bool,
}

impl Window {
    /// The screen column of the next cluster, if all of it is seen; and moves on.
    fn step(&mut self, cluster: &str, cells: u16) -> Option<u16> {
        let column = self.column;
        self.column = self.column.saturating_add(cells);
        let shown = match column.checked_sub(self.pan).filter(|&c| c >= self.fixed) {
            _ if column < self.fixed => column,
            Some(shown) => shown,
            None => {
                self.cut_left |= cluster != " ";
                return None;
            }
        };
        let fits = shown.saturating_add(cells) <= self.width;
        self.cut_right |= !fits && cluster != " ";
        fits.then_some(self.x + shown)
    }

    /// True when these cells are seen as they come.
    fn shows_whole(&self, cells: u16) -> bool {
        self.pan == 0 && self.column.saturating_add(cells) <= self.width
    }
}

fn draw_run(
    canvas: &mut Canvas,
    pen: &Pen,
    window: &mut Window,
    block: Option<BlockId>,
    text: &str,
    run: &Run,
) {
    let mut style = pen.theme.face(run.face);
    style = if style.bg.is_none() { style.patch(pen.ground) } else { style };
    match run.hit {
        Some(hit) if pen.lit == Some(hit) => style = style.patch(pen.theme.lit()),
        Some(Hit::Marker(id)) => style = style.patch(marker_style(pen, run.face, id)),
        _ => {}
    }
    let bytes = run.bytes.start as usize..run.bytes.end as usize;
    let own = text.get(bytes).unwrap_or("");
    let shown = run.drawn.as_deref().unwrap_or(own);
    let over = block.map_or_else(Over::default, |block| Over::on(pen, block));
    if over.is_nothing() && !run.reversed && window.shows_whole(run.width) {
        let x = window.x + window.column;
        let taken = canvas.put(x, window.y, shown, run.width, style);
        for gap in taken..run.width {
            canvas.put(x + gap, window.y, " ", 1, style);
        }
        window.column = window.column.saturating_add(run.width);
        return;
    }
    let clusters = clusters(own, shown);
    let ordered: Box<dyn Iterator<Item = &(usize, usize, &str)>> =
        if run.reversed { Box::new(clusters.iter().rev()) } else { Box::new(clusters.iter()) };
    for (start, end, cluster) in ordered {
        let cells = if *cluster == "\t" { 1 } else { cluster.width() as u16 };
        let bytes = run.bytes.start + *start as u32..run.bytes.start + *end as u32;
        let style = if run.bytes.is_empty() { style } else { over.style(pen, bytes, style) };
        let cluster = if *cluster == "\t" { " " } else { cluster };
        if let Some(x) = window.step(cluster, cells) {
            canvas.put_cluster(x, window.y, cluster, cells, style);
        }
    }
}

/// What is known of a marker, and whether it cites the work that is chosen among the references.
fn marker_style(pen: &Pen, face: Face, id: MarkerId) -> Style {
    if pen.app.is_mention(id) {
        return pen.theme.mentioned();
    }
    if face.is(Face::UNRESOLVED) {
        return Style::new();
    }
    let level = pen.app.known.level(&pen.app.article, id);
    pen.theme.marker_known(level, pen.app.settings.markers == Markers::Dim)
}
