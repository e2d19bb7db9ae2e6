//! Where things stand on the screen: header, outline, body, footer, for a size and what is open.

use std::ops::RangeInclusive;

use super::event::Size;

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

/// Below this many columns the outline covers the body.
pub const DOCKS_FROM: u16 = 80;

/// From this many columns on pinned cards stand beside the body.
pub const PINS_FROM: u16 = 110;

/// The columns of pinned cards beside the body, the air to its right among them.
fn pins_width(size: Size, wishes: Wishes) -> u16 {
    if wishes.pins > 0 && !wishes.zen && size.width >= PINS_FROM { (size.width / 4).clamp(28, 42) } else { 0 }
}

/// The rows of pinned cards at the foot, and of the hairline above them: two for each card, or one where there are many,
/// at most a third of the screen.
fn pins_height(size: Size, wishes: Wishes) -> (u16, u16) {
    if wishes.pins == 0 || wishes.zen || size.width >= PINS_FROM || size.height < 7 {
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
    let (below, line) = pins_height(size, wishes);
    let rows = size.height.saturating_sub(top + u16::from(framed) + below + line);

    let overlaid = size.width < DOCKS_FROM;
    let open = wishes.outline && framed;
    let bar = u16::from(framed && size.width >= 40);
    let pins = pins_width(size, wishes);
    let outline = if open && !overlaid { *OUTLINE.start() + 1 } else { 0 };
    // The room that an outline leaves to text and margin; it gives way to them, down to its least.
    let room = size.width.saturating_sub(outline + bar + pins);
    let noted = wishes.measure.saturating_add(MARGIN_AIR + MARGIN.start());
    let margin = wishes.margin && framed && size.width >= MARGIN_FROM && room >= noted;
    let width = match (size.width / 4).clamp(*OUTLINE.start(), *OUTLINE.end()) {
        _ if overlaid => size.width.saturating_sub(4).min(40),
        usual if margin => usual.min(*OUTLINE.start() + (room - noted)),
        usual => usual,
    };
    let beside = Area { x: 0, y: head, width, height: size.height.saturating_sub(2) };
    let taken = if open && !overlaid { width + 1 } else { 0 };
    let room = size.width.saturating_sub(taken + bar + pins);
    let air_beside = match room {
        0..30 => 0,
        30..50 => 1,
        _ => 2,
    };
    let measure = room.saturating_sub(2 * air_beside).min(wishes.measure).max(1);
    let mut body =
        Area { x: taken + (room - measure.min(room)) / 2, y: top, width: measure, height: rows.max(1) };
    let margin = margin.then(|| set_margin(&mut body, taken, room));
    let foot = Area { x: taken, y: body.bottom(), width: size.width - taken - bar, height: line };
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

    fn noted(width: u16, outline: bool, measure: u16) -> Geometry {
        divide(Size { width, height: 44 }, Wishes { measure, outline, margin: true, ..Wishes::default() })
    }

    #[test]
    fn a_margin_stands_beside_a_body_that_keeps_its_measure() {
        let columns = |g: Geometry| (g.body.x, g.body.width, g.margin.map(|m| (m.x, m.width)));
        assert_eq!(columns(noted(160, true, 72)), (39, 72, Some((115, 40))));
        assert_eq!(columns(noted(128, true, 72)), (27, 72, Some((102, 24))));
        assert_eq!(columns(noted(128, false, 72)), (5, 72, Some((82, 40))));
        assert_eq!(columns(noted(127, false, 72)), (27, 72, None), "too narrow");
        assert_eq!(columns(noted(160, true, 105)).2, None, "the text is too wide");
        for width in 128..400 {
            for (outline, measure) in [(true, 72), (false, 72), (true, 40), (false, 160)] {
                let g = noted(width, outline, measure);
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
    fn nothing_leaves_the_screen() {
        for width in 0..200 {
            for height in 0..60 {
                for (outline, zen, pins) in [
                    (false, false, 0),
                    (true, false, 0),
                    (false, true, 2),
                    (false, false, 1),
                    (true, false, 9),
                ] {
                    let wishes = Wishes { measure: 72, outline, zen, pins, margin: true };
                    let g = divide(Size { width, height }, wishes);
                    if width >= SMALLEST.width && height >= SMALLEST.height {
                        let parts = g
                            .outline
                            .into_iter()
                            .chain(g.hairline)
                            .chain(g.scrollbar)
                            .chain(g.pins)
                            .chain(g.pins_hairline)
                            .chain(g.margin);
                        for area in [g.body].into_iter().chain(parts) {
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
