//! Figures: a frame with what is to be seen in it, and the caption below. The pictures themselves come later.

use crate::article::{Article, Block, Figure};

use super::block::wrapped;
use super::caption;
use super::cells;
use super::flow::{Flow, Setting};
use super::row::{Face, Role, Row, Run};

/// Narrower frames have no sides.
const SIDES: u16 = 12;

/// The rows of a figure. The description is shown above the caption, which comes first in the text: where there is a
/// caption its rows share out all bytes, and the rows of the frame hold none.
pub fn rows(article: &Article, block: &Block, figure: &Figure, width: u16) -> Vec<Row> {
    let text = block.text.as_str();
    let clip = |r: &std::ops::Range<u32>| {
        let range = r.start as usize..r.end as usize;
        if text.get(range.clone()).is_some() { range } else { 0..0 }
    };
    let (caption, description) = (clip(&figure.caption), clip(&figure.description));
    let mut roles = caption::roles(&text[caption.clone()], caption.start as u32);
    roles.push((description.start as u32, Role::Description));
    roles.sort_by_key(|r| r.0);
    let inner = if width < SIDES { width } else { width - 4 };
    let flow = Flow::new(article, &block.text, &Setting { roles: &roles, width: inner, paragraphs: true });
    let mut seen = wrapped(&flow, description.clone(), inner);
    if text[description].trim().is_empty() {
        let sign = Run::added(cells::cut("picture", inner), Face::of(Role::Description));
        seen = vec![Row { bytes: 0..0, runs: vec![sign] }];
    }
    let mut said = if caption.is_empty() { Vec::new() } else { wrapped(&flow, caption, width) };
    share(if said.is_empty() { &mut seen } else { &mut said }, block.text.len());
    if !said.is_empty() {
        seen.iter_mut().for_each(|row| row.bytes = 0..0);
    }
    let mut rows = framed(seen, file_name(article, figure), width);
    rows.extend(said);
    rows
}

/// Gives these rows all bytes of the text.
fn share(rows: &mut [Row], end: u32) {
    if let Some(first) = rows.first_mut() {
        first.bytes.start = 0;
    }
    if let Some(last) = rows.last_mut() {
        last.bytes.end = end;
    }
}

/// The last part of the picture's address.
fn file_name<'a>(article: &'a Article, figure: &Figure) -> &'a str {
    let address = article.links.get(figure.image.index()).map_or("", |l| l);
    if address.starts_with("data:") {
        return "";
    }
    let path = address.split(['?', '#']).next().unwrap_or("");
    path.rsplit('/').next().unwrap_or("")
}

/// Puts a frame around rows of `width` less its sides, with a name at the right of its lower border.
fn framed(inside: Vec<Row>, name: &str, width: u16) -> Vec<Row> {
    let sides = width >= SIDES;
    let end = inside.last().map_or(0, |r| r.bytes.end);
    let mut rows = vec![Row { bytes: 0..0, runs: vec![frame(border(["╭", "─", "╮"], "", width))] }];
    for mut row in inside {
        if sides {
            let blank = u32::from(width).saturating_sub(row.width() + 3) as u16;
            row.runs.insert(0, frame("│ ".to_owned()));
            row.runs.push(frame(" ".repeat(usize::from(blank)) + "│"));
        }
        rows.push(row);
    }
    rows.push(Row { bytes: end..end, runs: vec![frame(border(["╰", "─", "╯"], name, width))] });
    rows
}

fn frame(drawn: String) -> Run {
    Run::added(drawn, Face::of(Role::Frame))
}

/// A border with a name in it: `╰───── bird.png ─╯`. Without sides it is a line.
fn border([left, line, right]: [&str; 3], name: &str, width: u16) -> String {
    if width < SIDES {
        return line.repeat(width.into());
    }
    let name = match cells::cut(name, width - 8) {
        empty if empty.is_empty() => String::new(),
        name => format!(" {name} {line}"),
    };
    let lines = u32::from(width - 2).saturating_sub(cells::width(&name));
    format!("{left}{}{name}{right}", line.repeat(lines as usize))
}

#[cfg(test)]
mod tests {
    use crate::article::{BlockId, Builder, Draft, Figure, Kind};
    use crate::layout::lay;
    use crate::layout::sample::{article, assert_page};

    #[test]
    fn figures_have_a_frame() {
        let build = |b: &mut Builder| {
            let image = b.link("assets/bird.png");
            let mut draft = Draft::of("Figure 1. A bird.");
            draft.push("\nA small brown bird that sits on a branch.");
            let figure = Figure { image, caption: 0..17, description: 18..59 };
            b.block(Kind::Figure(Box::new(figure)), draft, vec![]);
            let bare = Figure { image, caption: 0..0, description: 0..0 };
            b.block(Kind::Figure(Box::new(bare)), Draft::default(), vec![]);
        };
        assert_page(
            24,
            build,
            "
            |╭──────────────────────╮
            |│ A small brown bird   │
            |│ that sits on a       │
            |│ branch.              │
            |╰─────────── bird.png ─╯
            |Figure 1. A bird.
            |
            |╭──────────────────────╮
            |│ picture              │
            |╰─────────── bird.png ─╯
            ",
        );
        let article = article(build);
        let rows = lay(&article, BlockId(0), 24);
        assert_eq!((rows.row_of(0), rows.row_of(18), rows.row_of(58)), (5, 1, 3));
    }
}
