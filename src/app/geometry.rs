//! Where things stand on the screen: header, outline, body, footer, for a size and what is open.

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
}

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
    let width = if overlaid { size.width.saturating_sub(4).min(40) } else { (size.width / 4).clamp(24, 34) };
    let beside = Area { x: 0, y: head, width, height: size.height.saturating_sub(2) };
    let taken = if open && !overlaid { width + 1 } else { 0 };

    let bar = u16::from(framed && size.width >= 40);
    let pins = pins_width(size, wishes);
    let room = size.width.saturating_sub(taken + bar + pins);
    let air_beside = match room {
        0..30 => 0,
        30..50 => 1,
        _ => 2,
    };
    let measure = room.saturating_sub(2 * air_beside).min(wishes.measure).max(1);
    let body =
        Area { x: taken + (room - measure.min(room)) / 2, y: top, width: measure, height: rows.max(1) };
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
                    let wishes = Wishes { measure: 72, outline, zen, pins };
                    let g = divide(Size { width, height }, wishes);
                    if width >= SMALLEST.width && height >= SMALLEST.height {
                        let parts = g
                            .outline
                            .into_iter()
                            .chain(g.hairline)
                            .chain(g.scrollbar)
                            .chain(g.pins)
                            .chain(g.pins_hairline);
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
