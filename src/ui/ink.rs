//! How a cell looks, apart from its sign: two colours and the stress, in eight bytes that compare at once.

use ratatui::style::{Color, Modifier, Style};

/// An ink. From the lowest bit on: the modifiers (9 bits), the colour of the sign (26), that of the ground (26).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ink(u64);

const FG: u32 = 9;
const BG: u32 = FG + 26;
const COLOUR: u64 = (1 << 26) - 1;

/// Colours without a number of their own; their places here are their codes.
const NAMED: [Color; 17] = [
    Color::Reset,
    Color::Black,
    Color::Red,
    Color::Green,
    Color::Yellow,
    Color::Blue,
    Color::Magenta,
    Color::Cyan,
    Color::Gray,
    Color::DarkGray,
    Color::LightRed,
    Color::LightGreen,
    Color::LightYellow,
    Color::LightBlue,
    Color::LightMagenta,
    Color::LightCyan,
    Color::White,
];

const INDEXED: u64 = 1 << 24;
const RGB: u64 = 2 << 24;

impl Ink {
    /// The colour of the sign.
    pub fn fg(self) -> Color {
        colour(self.0 >> FG)
    }

    /// The colour of the ground.
    pub fn bg(self) -> Color {
        colour(self.0 >> BG)
    }

    /// Weight, slant, lines.
    pub const fn modifier(self) -> Modifier {
        Modifier::from_bits_truncate((self.0 & ((1 << FG) - 1)) as u16)
    }

    /// True when both have the same sign colour.
    pub const fn same_fg(self, other: Self) -> bool {
        (self.0 ^ other.0) >> FG & COLOUR == 0
    }

    /// True when a blank in it shows nothing: on the terminal's own ground, without lines.
    pub fn is_bare(self) -> bool {
        self.is_alike_on_blanks(Self::default())
    }

    /// True when blanks in this ink and in the other look the same.
    pub const fn is_alike_on_blanks(self, other: Self) -> bool {
        let shows = Modifier::REVERSED.union(Modifier::UNDERLINED).union(Modifier::CROSSED_OUT).bits() as u64;
        (self.0 ^ other.0) >> BG == 0 && (self.0 | other.0) & shows == 0
    }

    /// This ink with a style added to it.
    pub fn patched(self, style: Style) -> Self {
        let modifiers =
            (self.0 | u64::from(style.add_modifier.bits())) & !u64::from(style.sub_modifier.bits());
        let mut bits = modifiers;
        for (at, wanted) in [(FG, style.fg), (BG, style.bg)] {
            if let Some(wanted) = wanted {
                bits = bits & !(COLOUR << at) | code(wanted) << at;
            }
        }
        Self(bits)
    }
}

const fn code(colour: Color) -> u64 {
    match colour {
        Color::Reset => 0,
        Color::Black => 1,
        Color::Red => 2,
        Color::Green => 3,
        Color::Yellow => 4,
        Color::Blue => 5,
        Color::Magenta => 6,
        Color::Cyan => 7,
        Color::Gray => 8,
        Color::DarkGray => 9,
        Color::LightRed => 10,
        Color::LightGreen => 11,
        Color::LightYellow => 12,
        Color::LightBlue => 13,
        Color::LightMagenta => 14,
        Color::LightCyan => 15,
        Color::White => 16,
        Color::Indexed(index) => INDEXED | index as u64,
        Color::Rgb(r, g, b) => RGB | (r as u64) << 16 | (g as u64) << 8 | b as u64,
    }
}

fn colour(code: u64) -> Color {
    let [b, g, r, kind, ..] = (code & COLOUR).to_le_bytes();
    match kind {
        0 => NAMED.get(usize::from(b)).copied().unwrap_or_default(),
        1 => Color::Indexed(b),
        _ => Color::Rgb(r, g, b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_in_comes_out() {
        let others = [Color::Indexed(0), Color::Indexed(255), Color::Rgb(1, 2, 3), Color::Rgb(255, 254, 253)];
        for colour in NAMED.into_iter().chain(others) {
            let style = Style::new().fg(colour).bg(Color::Rgb(9, 8, 7)).add_modifier(Modifier::all());
            let ink = Ink::default().patched(style);
            assert_eq!((ink.fg(), ink.bg(), ink.modifier()), (colour, Color::Rgb(9, 8, 7), Modifier::all()));
            let ink = ink.patched(Style::new().bg(colour).remove_modifier(Modifier::BOLD));
            assert_eq!(
                (ink.fg(), ink.bg(), ink.modifier()),
                (colour, colour, Modifier::all() - Modifier::BOLD)
            );
        }
        assert_eq!(Ink::default().patched(Style::reset()), Ink::default());
    }

    #[test]
    fn grounds_and_lines_show_on_blanks() {
        let bare = |style: Style| Ink::default().patched(style).is_bare();
        assert!(bare(Style::new().fg(Color::Red).add_modifier(Modifier::BOLD | Modifier::ITALIC)));
        assert!(!bare(Style::new().bg(Color::Black)));
        assert!(!bare(Style::new().add_modifier(Modifier::UNDERLINED)));
        assert!(!bare(Style::new().add_modifier(Modifier::REVERSED)));
    }

    #[test]
    fn some_inks_look_the_same_on_blanks() {
        let ink = |style: Style| Ink::default().patched(style);
        let ground = ink(Style::new().bg(Color::Blue));
        assert!(ground.is_alike_on_blanks(ink(Style::new().fg(Color::Red).bg(Color::Blue))));
        assert!(ground.is_alike_on_blanks(ink(Style::new().bg(Color::Blue).add_modifier(Modifier::BOLD))));
        assert!(!ground.is_alike_on_blanks(ink(Style::new().bg(Color::Red))));
        assert!(
            !ground.is_alike_on_blanks(ink(Style::new().bg(Color::Blue).add_modifier(Modifier::UNDERLINED)))
        );
        let lined = ink(Style::new().add_modifier(Modifier::UNDERLINED));
        assert!(
            !lined.is_alike_on_blanks(ink(Style::new().fg(Color::Red).add_modifier(Modifier::UNDERLINED)))
        );
        assert!(lined.same_fg(ground) && !lined.same_fg(ink(Style::new().fg(Color::Red))));
    }
}
