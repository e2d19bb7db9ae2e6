//! What a block stands in: bars, bullets, numbers and indents at the side where its text begins.

use crate::article::{Article, Block, BlockId, Item, Kind, Nest};

use super::cells;
use super::gap::shared;
use super::row::{Face, Role, Row, Run};
use super::side;

/// Labels up to this many cells stand beside the text; wider ones above it.
const LABEL: u16 = 12;
/// Text under a label that stands above it begins here.
const INDENT: u16 = 4;
/// The bar beside a quotation.
const BAR: &str = "▎";

/// The margin of a block: at its left, or at its right where what it stands in runs right to left.
#[derive(Debug, Default)]
pub struct Margin {
    /// Its cells.
    pub width: u16,
    /// True when the block says who is quoted in the blocks before.
    pub attribution: bool,
    parts: Vec<Part>,
    /// How many of the parts go on from the block before.
    shared: usize,
}

/// What one nest gives to the margin.
#[derive(Debug)]
struct Part {
    sign: Sign,
    /// It stands at the right.
    right: bool,
    /// Cells where there is room, and where there is little.
    wide: u16,
    slim: u16,
    /// Cells that it has been given.
    cells: u16,
}

#[derive(Debug, PartialEq)]
enum Sign {
    /// Nothing but space.
    Blank,
    /// On every row.
    Bar,
    /// On every row, below its name on a row of its own.
    Named(String),
    /// Beside the first row, at the left or the right of the cells; above it where it is wider than they are.
    Left(String, Role),
    Right(String, Role),
}

impl Margin {
    /// The margin of a block on rows of `width` cells; it takes at most half of them.
    pub fn of(article: &Article, id: BlockId, width: u16) -> Self {
        let block = article.block(id);
        let mut margin = Self { shared: shared_with_last(article, id), ..Self::default() };
        let mut bullets = 0;
        for ((depth, nest), right) in block.nest.iter().enumerate().zip(side::sides(article, id)) {
            let roomy = depth == 0 && width >= 40;
            let part = Part::of(nest, bullets, depth < margin.shared, roomy);
            margin.parts.push(Part { right, ..part });
            bullets += usize::from(matches!(nest, Nest::Item(Item { number: None, .. })));
        }
        if let Kind::Entry(reference) = block.kind {
            let label = article.references.get(reference.index()).map_or("", |r| &r.label);
            let right = side::runs_rtl(block).unwrap_or(false);
            margin.parts.push(Part { right, ..Part::entry(label, !block.continued) });
        }
        if is_attribution(article, id, margin.shared)
            && let Some(quote) = margin.parts.last_mut()
        {
            margin.attribution = true;
            quote.sign = Sign::Blank;
        }
        margin.fit(width / 2);
        margin
    }

    /// As [`Margin::of`], without the labels of notes and references.
    pub fn bare(article: &Article, id: BlockId, width: u16) -> Self {
        let mut margin = Self::of(article, id, width);
        let block = article.block(id);
        if matches!(block.kind, Kind::Entry(_)) {
            margin.parts.pop();
        }
        let notes = block.nest.iter().take_while(|n| matches!(n, Nest::Note { .. })).count();
        margin.parts.drain(..notes.min(margin.parts.len()));
        margin.shared = margin.shared.saturating_sub(notes);
        margin.fit(width / 2);
        margin
    }

    /// Gives each part its cells. Where there is too little room, the inner ones matter more.
    fn fit(&mut self, most: u16) {
        let wide: u32 = self.parts.iter().map(|p| u32::from(p.wide)).sum();
        let mut left = most;
        for part in self.parts.iter_mut().rev() {
            part.cells = if wide <= u32::from(most) { part.wide } else { part.slim }.min(left);
            left -= part.cells;
        }
        self.width = most - left;
    }

    /// The cells at the left.
    pub fn left(&self) -> u16 {
        self.parts.iter().filter(|p| !p.right).map(|p| p.cells).sum()
    }

    /// Puts all of it at the left: beside rows that pan, the right is out of sight.
    pub fn turn_left(&mut self) {
        self.parts.iter_mut().for_each(|part| part.right = false);
    }

    /// Puts the margin beside the rows of a block. Names and wide labels come above them, and above all, where a bar
    /// goes on from the block before, `gap` rows that show it. Returns the blank rows that are left to show.
    pub fn dress(&self, rows: &mut Vec<Row>, gap: u16, width: u16) -> u16 {
        let mut above = Vec::new();
        let bars = self.parts[..self.shared.min(self.parts.len())].iter().rposition(|p| p.sign == Sign::Bar);
        if let Some(last) = bars {
            let runs = self.beside(last + 1, usize::MAX, Vec::new(), width);
            above.resize_with(gap.into(), || Row { bytes: 0..0, runs: runs.clone() });
        }
        let mut drawn = 0;
        for (at, part) in self.parts.iter().enumerate() {
            if let Some((label, role)) = part.above() {
                let inside = if matches!(part.sign, Sign::Named(_)) { at + 1 } else { at };
                let taken: u16 = self.parts[..inside].iter().map(|p| p.cells).sum();
                let room = width.saturating_sub(taken);
                let label = Run::added(cells::cut(label, room), Face::of(role));
                let mut inner = Vec::new();
                push_blank(&mut inner, if part.right { room.saturating_sub(label.width) } else { 0 });
                inner.push(label);
                above.push(Row { bytes: 0..0, runs: self.beside(inside, drawn, inner, width) });
                drawn = at + 1;
            }
        }
        if self.width > 0 {
            for (at, row) in rows.iter_mut().enumerate() {
                let inner = std::mem::take(&mut row.runs);
                let drawn = if at == 0 { drawn } else { usize::MAX };
                row.runs = self.beside(self.parts.len(), drawn, inner, width);
            }
        }
        rows.splice(0..0, above);
        if bars.is_some() { 0 } else { gap }
    }

    /// The first parts beside what stands in them, those before `drawn` without the signs of a first row.
    fn beside(&self, parts: usize, drawn: usize, inner: Vec<Run>, width: u16) -> Vec<Run> {
        let parts = || self.parts[..parts].iter().enumerate();
        let mut out = Vec::new();
        let mut blank = 0;
        for (at, part) in parts().filter(|(_, p)| !p.right) {
            blank = part.put(&mut out, blank, part.sign(at >= drawn));
        }
        push_blank(&mut out, blank);
        out.extend(inner);
        let right: u16 = parts().filter(|(_, p)| p.right).map(|(_, p)| p.cells).sum();
        let taken = u32::from(right) + out.iter().map(|r| u32::from(r.width)).sum::<u32>();
        blank = u32::from(width).saturating_sub(taken) as u16;
        for (at, part) in parts().rev().filter(|(_, p)| p.right) {
            let (left, sign) = part.sign(at >= drawn);
            let sign = sign.map(mirrored);
            let left = part.cells.saturating_sub(left + sign.as_ref().map_or(0, |s| s.width));
            blank = part.put(&mut out, blank, (left, sign));
        }
        out
    }
}

/// A sign as it stands at the right: the dot of a number comes before it.
fn mirrored(sign: Run) -> Run {
    let number = sign.drawn.as_deref().and_then(|label| label.strip_suffix('.'));
    match number {
        Some(number) => Run { drawn: Some(format!(".{number}").into()), ..sign },
        None => sign,
    }
}

fn push_blank(out: &mut Vec<Run>, cells: u16) {
    if cells > 0 {
        out.push(Run::blank(cells, Face::default()));
    }
}

impl Part {
    const fn new(sign: Sign, wide: u16, slim: u16) -> Self {
        Self { sign, right: false, wide, slim, cells: 0 }
    }

    /// Adds the cells of the part, its sign behind `left` of them, after `blank` ones that wait to be added; gives those
    /// that wait now.
    fn put(&self, out: &mut Vec<Run>, blank: u16, (left, sign): (u16, Option<Run>)) -> u16 {
        let Some(sign) = sign else { return blank + self.cells };
        let rest = self.cells.saturating_sub(left + sign.width);
        push_blank(out, blank + left);
        out.push(sign);
        rest
    }

    fn of(nest: &Nest, bullets: usize, goes_on: bool, roomy: bool) -> Self {
        let bar = if roomy { 4 } else { 2 };
        match nest {
            Nest::Quote => Self::new(Sign::Bar, bar, 2),
            Nest::Callout(_) if goes_on => Self::new(Sign::Bar, bar, 2),
            Nest::Callout(kind) => Self::new(Sign::Named(capitalised(kind)), bar, 2),
            Nest::Item(item) => {
                let label = item_label(item, bullets);
                let cells = beside(width_of(&label).max(u16::from(item.width).min(LABEL)) + 1);
                Self::new(
                    if item.first { Sign::Right(label, Role::Bullet) } else { Sign::Blank },
                    cells,
                    cells,
                )
            }
            Nest::Definition => Self::new(Sign::Blank, INDENT, 2),
            Nest::Note { label, first } => {
                let cells = width_of(label);
                let sign = if *first { Sign::Left(label.to_string(), Role::EntryLabel) } else { Sign::Blank };
                Self::new(sign, beside(cells + 2).max(INDENT), beside(cells + 1))
            }
        }
    }

    fn entry(label: &str, first: bool) -> Self {
        let cells = beside(width_of(label).max(3) + 1);
        let sign = if first { Sign::Right(label.to_owned(), Role::EntryLabel) } else { Sign::Blank };
        Self::new(sign, cells, cells)
    }

    /// The label that stands on a row of its own, above the text.
    fn above(&self) -> Option<(&str, Role)> {
        match &self.sign {
            Sign::Named(name) => Some((name, Role::CalloutLabel)),
            Sign::Left(label, role) | Sign::Right(label, role) if self.cells > 0 && !self.holds(label) => {
                Some((label, *role))
            }
            _ => None,
        }
    }

    /// True when the label stands beside the text, with a space between; a bullet may do without.
    fn holds(&self, label: &str) -> bool {
        let width = width_of(label);
        width < self.cells || (width == 1 && self.cells == 1)
    }

    /// The sign, and the blank cells at its left.
    fn sign(&self, first: bool) -> (u16, Option<Run>) {
        match &self.sign {
            Sign::Bar | Sign::Named(_) if self.cells > 0 => {
                (u16::from(self.cells >= 4), Some(Run::added(BAR, Face::of(Role::Bar))))
            }
            Sign::Left(label, role) if first && self.holds(label) => {
                (0, Some(Run::added(label.as_str(), Face::of(*role))))
            }
            Sign::Right(label, role) if first && self.holds(label) => {
                let left = self.cells.saturating_sub(width_of(label) + 1);
                (left, Some(Run::added(label.as_str(), Face::of(*role))))
            }
            _ => (0, None),
        }
    }
}

/// Cells for a label and the space behind it; fewer where it is so wide that it stands above.
const fn beside(cells: u16) -> u16 {
    if cells > LABEL + 2 { INDENT } else { cells }
}

fn width_of(label: &str) -> u16 {
    u16::try_from(cells::width(label)).unwrap_or(u16::MAX / 2)
}

fn item_label(item: &Item, bullets: usize) -> String {
    match (item.task, item.number) {
        (Some(true), _) => "☑".to_owned(),
        (Some(false), _) => "☐".to_owned(),
        (None, Some(number)) => format!("{number}."),
        (None, None) => ["•", "◦", "▪"][bullets % 3].to_owned(),
    }
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn shared_with_last(article: &Article, id: BlockId) -> usize {
    let before = id.0.checked_sub(1).map(|b| article.block(BlockId(b)));
    before.map_or(0, |before| shared(before, article.block(id)))
}

/// True for the last paragraph of a quote when it begins with a dash and does not stand alone.
fn is_attribution(article: &Article, id: BlockId, shared_before: usize) -> bool {
    let block = article.block(id);
    let quotes = |b: &Block| b.kind == Kind::Paragraph && b.nest.last() == Some(&Nest::Quote);
    let begins = ["— ", "– ", "― "].iter().any(|dash| block.text.as_str().starts_with(dash));
    let depth = block.nest.len();
    let goes_on = || article.blocks.get(id.index() + 1).is_some_and(|next| shared(block, next) >= depth);
    begins && quotes(block) && shared_before >= depth && !goes_on()
}
