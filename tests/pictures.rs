//! Takes the pictures of the README from the real program: `UPDATE=1 cargo test --test pictures` draws them anew.
//! Without it the test says whether they still show what the program shows.

#![allow(clippy::unwrap_used)]

mod support;

use std::fmt::Write as _;
use std::fs;

use support::terminal::ibid;
use support::{Home, package};

/// A picture: its name, the article, the size, the theme, and the keys.
type Picture = (&'static str, &'static str, (u16, u16), &'static str, &'static str);

const PICTURES: [Picture; 8] = [
    ("card-dark", "private-messages-rutte-trump", (120, 40), "dark", "<Tab> <Tab> <Tab> <Enter>"),
    ("card-light", "private-messages-rutte-trump", (120, 40), "light", "<Tab> <Tab> <Tab> <Enter>"),
    ("run-narrow", "guide", (60, 20), "dark", "/ lean <Enter> <Esc> <Tab> <Enter>"),
    ("formulas", "showcase", (100, 30), "dark", "s two <Enter>"),
    ("margin-dark", "private-messages-rutte-trump", (160, 44), "dark", "] ]"),
    ("references-dark", "private-messages-rutte-trump", (160, 40), "dark", "r j j j n"),
    (
        "nested-light",
        "showcase",
        (100, 30),
        "light",
        "s bayle <Enter> <Tab> <Tab> <Enter> <Enter> <Tab> <Tab> <Enter>",
    ),
    ("pins-dark", "showcase", (130, 40), "dark", "] ] <Tab> P <Tab> P ] <Tab> P <Esc>"),
];

/// The ground of the page in each theme; the program leaves the terminal's own.
const GROUNDS: [(&str, &str, &str); 2] = [("dark", "#15161a", "#d6d3cb"), ("light", "#fffdf8", "#2b2a27")];

/// Cells of the picture, in its units.
const CELL: (f32, f32) = (9.0, 19.0);

#[test]
fn the_pictures_show_the_program() {
    let update = std::env::var("UPDATE").is_ok();
    let mut stale = Vec::new();
    for (name, article, size, theme, keys) in PICTURES {
        let home = Home::new();
        let mut terminal = ibid(&home, &["--theme", theme, article]).size(size.0, size.1).open();
        terminal.keys(keys);
        terminal.settle();
        let (_, ground, text) = GROUNDS.iter().find(|g| g.0 == theme).unwrap();
        let drawn = svg(terminal.screen(), size, ground, text);
        terminal.quit();
        let path = package().join("tests/pictures").join(format!("{name}.svg"));
        if update {
            fs::write(&path, drawn).unwrap();
        } else if fs::read_to_string(&path).ok() != Some(drawn) {
            stale.push(name);
        }
    }
    assert!(stale.is_empty(), "{stale:?} show another program: UPDATE=1 cargo test --test pictures");
}

/// A stretch of a row in one style.
struct Stretch {
    column: u16,
    cells: u16,
    text: String,
    style: Style,
}

#[derive(Clone, Debug, PartialEq)]
struct Style {
    fg: String,
    bg: String,
    bold: bool,
    italic: bool,
    underline: bool,
}

fn svg(screen: &vt100::Screen, size: (u16, u16), ground: &str, text: &str) -> String {
    let (width, height) = (f32::from(size.0) * CELL.0, f32::from(size.1) * CELL.1);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-9 -9 {} {}\" font-family=\"DejaVu Sans Mono, Menlo, \
         Consolas, monospace\" font-size=\"14.9\">\n<rect x=\"-9\" y=\"-9\" width=\"{0}\" height=\"{1}\" rx=\"8\" \
         fill=\"{ground}\"/>\n",
        width + 18.0,
        height + 18.0
    );
    for row in 0..size.1 {
        for stretch in stretches(screen, row, size.0, ground, text) {
            draw(&mut out, &stretch, row, ground);
        }
    }
    out.push_str("</svg>\n");
    out
}

fn stretches(screen: &vt100::Screen, row: u16, columns: u16, ground: &str, text: &str) -> Vec<Stretch> {
    let mut out: Vec<Stretch> = Vec::new();
    for column in 0..columns {
        let cell = screen.cell(row, column).unwrap();
        if cell.is_wide_continuation() {
            out.last_mut().unwrap().cells += 1;
            continue;
        }
        let (mut fg, mut bg) = (colour(cell.fgcolor(), text), colour(cell.bgcolor(), ground));
        if cell.inverse() {
            std::mem::swap(&mut fg, &mut bg);
        }
        let (bold, italic, underline) = (cell.bold(), cell.italic(), cell.underline());
        let style = Style { fg, bg, bold, italic, underline };
        let shown = if cell.contents().is_empty() { " " } else { cell.contents() };
        match out.last_mut() {
            Some(last) if last.style == style => {
                last.cells += 1;
                last.text.push_str(shown);
            }
            _ => out.push(Stretch { column, cells: 1, text: shown.to_owned(), style }),
        }
    }
    out
}

fn colour(colour: vt100::Color, usual: &str) -> String {
    match colour {
        vt100::Color::Rgb(r, g, b) => format!("#{r:02x}{g:02x}{b:02x}"),
        _ => usual.to_owned(),
    }
}

fn draw(out: &mut String, stretch: &Stretch, row: u16, ground: &str) {
    let (x, y) = (f32::from(stretch.column) * CELL.0, f32::from(row) * CELL.1);
    let width = f32::from(stretch.cells) * CELL.0;
    let style = &stretch.style;
    if style.bg != ground {
        writeln!(
            out,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{}\" fill=\"{}\"/>",
            CELL.1, style.bg
        )
        .unwrap();
    }
    let kept = stretch.text.trim_end();
    if kept.is_empty() {
        return;
    }
    let lead = kept.len() - kept.trim_start().len();
    let shown = kept.trim_start().replace('&', "&amp;").replace('<', "&lt;");
    let cells = stretch.cells - (stretch.text.len() - kept.len() + lead) as u16;
    let mut more = String::new();
    for (set, name) in [
        (style.bold, " font-weight=\"bold\""),
        (style.italic, " font-style=\"italic\""),
        (style.underline, " text-decoration=\"underline\""),
    ] {
        more.push_str(if set { name } else { "" });
    }
    writeln!(
        out,
        "<text x=\"{}\" y=\"{}\" textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\" fill=\"{}\"{more} \
         xml:space=\"preserve\">{shown}</text>",
        x + lead as f32 * CELL.0,
        y + 14.2,
        f32::from(cells) * CELL.0,
        style.fg,
    )
    .unwrap();
}
