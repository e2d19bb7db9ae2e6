//! Where things stand on the screen: header, outline, body, footer, for a size and what is open.

use std::ops::RangeInclusive;

use super::event::Size;
use super::focus::Focus;

/// The smallest screen that is drawn; below it a quiet line says so.
pub const SMALLEST: Size = Size { width: 20, height: 5 };

/// A rectangle of cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// First column.
    pub x: u16,
    /// First row.
    pub y: u16,
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

impl Area {
    /// True when the cell lies in it.
    pub const fn holds(self, x: u16, y: u16) -> bool {
        x >= self.x && x - self.x < self.width && y >= self.y && y - self.y < self.height
    }

    /// One past its last column.
    pub const fn right(self) -> u16 {
        self.x.saturating_add(self.width)
    }

    /// One past its last row.
    pub const fn bottom(self) -> u16 {
        self.y.saturating_add(self.height)
    }
}

/// The parts of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Geometry {
    /// The whole of it.
    pub screen: Area,
    /// Where one is and how far.
    pub header: Option<Area>,
    /// The keys that matter now, a prompt, or a message.
    pub footer: Option<Area>,
    /// The outline; over the body where the screen is narrow.
    pub outline: Option<Area>,
    /// True when the outline covers the body.
    pub overlaid: bool,
    /// The hairline between outline and body.
    pub hairline: Option<Area>,
    /// The pane of references, the hairline at its left with it; over the body where the screen is narrow.
    pub pane: Option<Area>,
    /// True when the pane covers the body, or a part of it.
    pub covers: bool,
    /// The text. Its width is the measure.
    pub body: Area,
    /// Notes beside the text.
    pub margin: Option<Area>,
    /// Notes at the foot of the text, below a hairline: what they need is taken from the body.
    pub strip: Option<Area>,
    /// The scroll bar, one column.
    pub scrollbar: Option<Area>,
    /// The pinned cards: a column at the right of the body, or a strip below it.
    pub pins: Option<Area>,
    /// True when the pinned cards stand beside the body.
    pub pins_beside: bool,
    /// The hairline between the body and the strip.
    pub pins_hairline: Option<Area>,
}

/// What geometry depends on.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wishes {
    /// The widest column of text that is wanted.
    pub measure: u16,
    /// The outline is open.
    pub outline: bool,
    /// The pane of references is open.
    pub pane: bool,
    /// Where the pane covers the body, it leaves the upper part of it free.
    pub aside: bool,
    /// What takes the keys: where there is no room for both, outline or pane.
    pub focus: Focus,
    /// Nothing but the text.
    pub zen: bool,
    /// How many cards are pinned.
    pub pins: u16,
    /// Notes stand beside the text.
    pub margin: bool,
}

/// From this many columns on notes can stand beside the text: so many hold it, an outline and the narrowest margin.
pub const MARGIN_FROM: u16 = 128;
/// The columns of a margin.
const MARGIN: RangeInclusive<u16> = 24..=40;
/// The least air around a margin: ahead of the text, between them, and behind.
const MARGIN_AIR: u16 = 6;
/// The columns of an outline beside the text.
const OUTLINE: RangeInclusive<u16> = 24..=34;

/// The columns that text and margin take at least.
fn noted(wishes: Wishes) -> u16 {
    wishes.measure.saturating_add(MARGIN_AIR + MARGIN.start())
}

/// The columns of an outline beside the text: it gives way to a margin, down to its least.
fn outline_width(columns: u16, wishes: Wishes) -> u16 {
    let usual = (columns / 4).clamp(*OUTLINE.start(), *OUTLINE.end());
    let alone = wishes.margin && !wishes.pane && wishes.pins == 0 && columns >= MARGIN_FROM;
    let spare = columns.checked_sub(noted(wishes).saturating_add(OUTLINE.start() + 2));
    spare.filter(|_| alone).map_or(usual, |spare| usual.min(OUTLINE.start() + spare))
}

/// Below this many columns the outline covers the body.
pub const DOCKS_FROM: u16 = 80;
/// The fewest columns that the pane leaves the body, the air beside it counted in.
const BODY_LEAST: u16 = 52;
/// The fewest columns, and the most, of a pane that stands beside the body.
const PANE: (u16, u16) = (32, 60);
/// The columns of a pane that covers a part of the body.
const PANE_OVER: u16 = 44;
/// Below this many columns the pane covers the body whole.
const PANE_WHOLE: u16 = 70;

/// How the pane of references stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pane {
    /// Not at all.
    Hidden,
    /// Beside the body, in this many columns; with the outline, or in its stead.
    Beside(u16, bool),
    /// Over the body, in this many columns.
    Over(u16),
}

/// Finds room for the pane in this many columns, of which a docked outline takes some.
fn place_pane(columns: u16, outline: u16, wishes: Wishes) -> Pane {
    if !wishes.pane || wishes.zen {
        return Pane::Hidden;
    }
    let wanted = (columns.saturating_mul(3) / 8).clamp(PANE.0, PANE.1);
    let room = |taken: u16| columns.saturating_sub(taken + BODY_LEAST);
    if room(outline) >= PANE.0 {
        return Pane::Beside(wanted.min(room(outline)), true);
    }
    match wishes.focus {
        Focus::Outline => Pane::Hidden,
        _ if room(0) >= PANE.0 => Pane::Beside(wanted.min(room(0)), false),
        Focus::References => Pane::Over(if columns < PANE_WHOLE { columns } else { PANE_OVER }),
        Focus::Text => Pane::Hidden,
    }
}

/// From this many columns on pinned cards stand beside the body.
pub const PINS_FROM: u16 = 110;

/// The columns of pinned cards beside the body, the air to its right among them, where the two have this much room.
fn pins_width(size: Size, room: u16, wishes: Wishes) -> u16 {
    let width = (size.width / 4).clamp(28, 42);
    let fits = size.width >= PINS_FROM && room >= width + BODY_LEAST;
    if wishes.pins > 0 && !wishes.zen && fits { width } else { 0 }
}

/// The rows of pinned cards at the foot, and of the hairline above them: two for each card, or one where there are many,
/// at most a third of the screen.
fn pins_height(size: Size, wishes: Wishes) -> (u16, u16) {
    if wishes.pins == 0 || wishes.zen || size.height < 7 {
        return (0, 0);
    }
    let line = u16::from(size.height >= 16);
    let most = size.height / 3 - line;
    let each = if wishes.pins.saturating_mul(2) <= most { 2 } else { 1 };
    (wishes.pins.saturating_mul(each).min(most), line)
}

/// Divides the screen.
pub fn divide(size: Size, wishes: Wishes) -> Geometry {
    let screen = Area { x: 0, y: 0, width: size.width, height: size.height };
    let framed = !wishes.zen;
    let air = if size.height >= 16 && framed { 1 } else { 0 };
    let head = u16::from(framed);
    let top = head + air;
    let row = |y| framed.then_some(Area { y, height: 1, ..screen });
    let overlaid = size.width < DOCKS_FROM;
    let bar = u16::from(framed && size.width >= 40);
    let width =
        if overlaid { size.width.saturating_sub(4).min(40) } else { outline_width(size.width, wishes) };
    let beside = Area { x: 0, y: head, width, height: size.height.saturating_sub(2) };
    let docked = if wishes.outline && framed && !overlaid { width + 1 } else { 0 };
    let columns = size.width.saturating_sub(bar);
    let pane = place_pane(columns, docked, wishes);
    let open = wishes.outline
        && framed
        && match pane {
            Pane::Hidden => true,
            Pane::Beside(_, both) => both,
            Pane::Over(_) => false,
        };
    let taken = if open { docked } else { 0 };
    let beside_pane = if let Pane::Beside(width, _) = pane { width } else { 0 };
    let right = columns.saturating_sub(beside_pane);
    let pins = pins_width(size, right.saturating_sub(taken), wishes);
    let (below, line) = if pins > 0 { (0, 0) } else { pins_height(size, wishes) };
    let rows = size.height.saturating_sub(top + u16::from(framed) + below + line);
    let room = right.saturating_sub(taken + pins);
    let air_beside = match room {
        0..30 => 0,
        30..50 => 1,
        _ => 2,
    };
    let measure = room.saturating_sub(2 * air_beside).min(wishes.measure).max(1);
    let mut body =
        Area { x: taken + (room - measure.min(room)) / 2, y: top, width: measure, height: rows.max(1) };
    let margin = wishes.margin && framed && size.width >= MARGIN_FROM && room >= noted(wishes);
    let margin = margin.then(|| set_margin(&mut body, taken, room));
    let foot = Area { x: taken, y: body.bottom(), width: right.saturating_sub(taken), height: line };
    let pinned = if pins > 0 {
        Some(Area { x: taken + room, y: top, width: pins - 1, height: body.height })
    } else {
        (below > 0).then_some(Area { y: foot.bottom(), height: below, ..foot })
    };
    Geometry {
        screen,
        header: row(0),
        footer: row(size.height.saturating_sub(1)),
        outline: open.then_some(beside),
        overlaid: open && overlaid,
        hairline: open.then_some(Area { x: width, width: 1, ..beside }),
        pane: pane_area(pane, columns, beside, wishes.aside),
        covers: matches!(pane, Pane::Over(_)),
        body,
        margin,
        strip: None,
        scrollbar: (bar == 1).then_some(Area {
            x: size.width.saturating_sub(1),
            y: head,
            width: 1,
            ..beside
        }),
        pins: pinned,
        pins_beside: pins > 0,
        pins_hairline: (line > 0).then_some(foot),
    }
}

/// Where the pane stands, in the rows that are `beside` the body; aside is at the foot of them.
fn pane_area(pane: Pane, columns: u16, beside: Area, aside: bool) -> Option<Area> {
    match pane {
        Pane::Hidden => None,
        Pane::Over(_) if aside => {
            let height = (beside.height / 3).clamp(1, 8);
            Some(Area { x: 0, y: beside.bottom() - height, width: columns, height })
        }
        Pane::Beside(width, _) | Pane::Over(width) => Some(Area { x: columns - width, width, ..beside }),
    }
}

/// Puts text and margin side by side into `room` columns from `left` on, as one thing in the middle of its air.
fn set_margin(body: &mut Area, left: u16, room: u16) -> Area {
    let free = room.saturating_sub(body.width);
    let width = free.saturating_sub(2 * MARGIN_AIR).clamp(*MARGIN.start(), *MARGIN.end());
    let air = free.saturating_sub(width);
    let between = (air / 3).clamp(MARGIN_AIR / 2, MARGIN_AIR);
    body.x = left + (air.saturating_sub(between)).div_ceil(2);
    Area { x: body.right() + between, width, ..*body }
}

/// Rows to scroll past in a list, so that a row is among the `height` that are seen; as few as can be from `scroll`.
pub fn scrolled_to(row: usize, scroll: usize, height: usize) -> usize {
    scroll.max((row + 1).saturating_sub(height.max(1))).min(row)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(width: u16, height: u16, outline: bool, zen: bool) -> Geometry {
        divide(Size { width, height }, Wishes { measure: 72, outline, zen, ..Wishes::default() })
    }

    fn with_pane(width: u16, height: u16, outline: bool, focus: Focus, aside: bool) -> Geometry {
        let wishes = Wishes { measure: 72, outline, pane: true, aside, focus, ..Wishes::default() };
        divide(Size { width, height }, wishes)
    }

    fn with_margin(width: u16, outline: bool, measure: u16) -> Geometry {
        divide(Size { width, height: 44 }, Wishes { measure, outline, margin: true, ..Wishes::default() })
    }

    #[test]
    fn a_margin_stands_beside_a_body_that_keeps_its_measure() {
        let columns = |g: Geometry| (g.body.x, g.body.width, g.margin.map(|m| (m.x, m.width)));
        assert_eq!(columns(with_margin(160, true, 72)), (39, 72, Some((115, 40))));
        assert_eq!(columns(with_margin(128, true, 72)), (27, 72, Some((102, 24))));
        assert_eq!(columns(with_margin(128, false, 72)), (5, 72, Some((82, 40))));
        assert_eq!(columns(with_margin(127, false, 72)), (27, 72, None), "too narrow");
        assert_eq!(columns(with_margin(160, true, 105)).2, None, "the text is too wide");
        for width in 128..400 {
            for (outline, measure) in [(true, 72), (false, 72), (true, 40), (false, 160)] {
                let g = with_margin(width, outline, measure);
                let without = Wishes { measure, outline, ..Wishes::default() };
                assert_eq!(g.body.width, divide(Size { width, height: 44 }, without).body.width.min(measure));
                let Some(margin) = g.margin else {
                    assert!(measure > 72);
                    continue;
                };
                let left = g.outline.map_or(0, |o| o.right() + 1);
                assert!(MARGIN.contains(&margin.width) && margin.x >= g.body.right() + 3);
                assert!(g.body.x >= left + 2 && margin.right() < g.scrollbar.map_or(width, |b| b.x));
            }
        }
    }

    #[test]
    fn pinned_cards_go_before_a_margin() {
        let at = |width, pins| {
            divide(
                Size { width, height: 44 },
                Wishes { measure: 72, outline: true, margin: true, pins, ..Wishes::default() },
            )
        };
        assert!(at(160, 0).margin.is_some() && at(160, 1).margin.is_none());
        assert_eq!(at(160, 1), Geometry { margin: None, ..at(160, 1) });
        let wide = at(220, 1);
        let (margin, pins) = (wide.margin.unwrap(), wide.pins.unwrap());
        assert!(wide.body.right() < margin.x && margin.right() <= pins.x, "{margin:?} {pins:?}");
    }

    #[test]
    fn the_body_is_centred_beside_the_outline() {
        let wide = at(120, 40, true, false);
        assert_eq!((wide.body.x, wide.body.y, wide.body.width, wide.body.height), (39, 2, 72, 37));
        assert_eq!(at(60, 20, false, false).body, Area { x: 2, y: 2, width: 55, height: 17 });
        assert_eq!(at(120, 40, false, true).body, Area { x: 24, y: 0, width: 72, height: 40 });
    }

    #[test]
    fn a_row_is_scrolled_to() {
        for (row, scroll, height, expected) in
            [(5, 0, 3, 3), (5, 9, 3, 5), (5, 4, 3, 4), (0, 0, 0, 0), (7, 2, 0, 7)]
        {
            assert_eq!(scrolled_to(row, scroll, height), expected);
        }
    }

    #[test]
    fn a_narrow_screen_is_covered_not_divided() {
        let narrow = at(60, 20, true, false);
        assert!(narrow.overlaid);
        assert_eq!(narrow.body, at(60, 20, false, false).body);
    }

    #[test]
    fn the_pane_pushes_the_body_aside_where_there_is_room() {
        for (width, outline, focus, seen) in [
            // Columns of the outline, of the body, of the pane, and whether that covers the body.
            (160, true, Focus::References, (34, 61, 59, false)),
            (120, true, Focus::References, (30, 48, 36, false)),
            (120, false, Focus::Text, (0, 71, 44, false)),
            (110, true, Focus::Text, (0, 65, 40, false)),
            (110, true, Focus::Outline, (27, 72, 0, false)),
            (90, false, Focus::References, (0, 52, 33, false)),
            (78, false, Focus::References, (0, 72, 44, true)),
            (60, false, Focus::References, (0, 55, 59, true)),
            (60, true, Focus::References, (0, 55, 59, true)),
            (60, false, Focus::Text, (0, 55, 0, false)),
        ] {
            let g = with_pane(width, 40, outline, focus, false);
            let columns = |area: Option<Area>| area.map_or(0, |a| a.width);
            let is = (columns(g.outline), g.body.width, columns(g.pane), g.covers);
            assert_eq!(is, seen, "{width} {outline} {focus:?}");
        }
    }

    #[test]
    fn a_pane_beside_the_body_leaves_it_wide_enough() {
        for width in 0..300 {
            for (outline, focus) in
                [(false, Focus::References), (true, Focus::References), (true, Focus::Text)]
            {
                let g = with_pane(width, 40, outline, focus, false);
                if let Some(pane) = g.pane.filter(|_| !g.covers) {
                    assert!(g.body.width >= 48 && g.body.right() < pane.x, "{width}: {g:?}");
                    assert!(g.outline.is_none_or(|o| o.right() < g.body.x), "{width}: {g:?}");
                }
                assert_eq!(g.pane.is_some(), focus == Focus::References || width >= 85, "{width}");
            }
        }
    }

    #[test]
    fn nothing_leaves_the_screen() {
        for width in 0..200 {
            for height in 0..60 {
                for choice in 0..0x60_u16 {
                    let has = |bit: u16| choice & (1 << bit) != 0;
                    let focus = if has(4) { Focus::References } else { Focus::Text };
                    let wishes = Wishes {
                        measure: 72,
                        outline: has(0),
                        zen: has(1),
                        pane: has(2),
                        aside: has(3),
                        focus,
                        pins: [0, 1, 9][usize::from(choice / 0x20)],
                        margin: true,
                    };
                    let g = divide(Size { width, height }, wishes);
                    if width >= SMALLEST.width && height >= SMALLEST.height {
                        let areas =
                            [g.outline, g.hairline, g.scrollbar, g.pane, g.pins, g.pins_hairline, g.margin];
                        for area in areas.into_iter().flatten().chain([g.body]) {
                            assert!(
                                area.right() <= width && area.bottom() <= height,
                                "{width}x{height} {area:?}"
                            );
                            assert!(area.width > 0 && area.height > 0, "{width}x{height} {area:?}");
                        }
                    }
                }
            }
        }
    }
}
