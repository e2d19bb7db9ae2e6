//! Colours: a theme names twelve of them, and every role on the page is one of these, with a weight.

use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;

use crate::app::known::Level;
use crate::layout::{Face, Role};

/// The themes there are: a name and its file.
pub const THEMES: &[(&str, &str)] = &[
    ("dark", include_str!("themes/dark.toml")),
    ("light", include_str!("themes/light.toml")),
    ("contrast", include_str!("themes/contrast.toml")),
    ("terminal", include_str!("themes/terminal.toml")),
];

/// How many colours the terminal shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// None: weight, underline and reverse carry the meaning.
    None,
    /// The sixteen of the terminal.
    Sixteen,
    /// The 256 of xterm.
    Palette,
    /// All.
    True,
}

/// The colours of a theme.
#[derive(Clone, Debug, Default)]
pub struct Theme {
    ground: Shade,
    text: Shade,
    bright: Shade,
    dim: Shade,
    faint: Shade,
    accent: Shade,
    link: Shade,
    chosen: Shade,
    raised: Shade,
    quote: Shade,
    on_accent: Shade,
    selected: Shade,
    found: Shade,
    warning: Shade,
    /// A marker that has been opened: between accent and dim; `Default` where these cannot be mixed.
    opened: Shade,
    /// No colour at all.
    mono: bool,
}

/// A colour, or the absence of one.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Shade {
    #[default]
    Default,
    /// The terminal's own colour, fainter.
    Dim,
    Colour(Color),
}

/// A theme as its file has it.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct File {
    #[serde(default)]
    ground: String,
    text: String,
    bright: String,
    dim: String,
    faint: String,
    accent: String,
    link: String,
    chosen: String,
    raised: String,
    quote: String,
    on_accent: String,
    selected: String,
    found: String,
    warning: String,
}

impl Theme {
    /// The theme of this name (the first one for a name that there is not), for a terminal of this depth.
    pub fn named(name: &str, depth: Depth) -> Self {
        let wanted = if depth == Depth::Sixteen { "terminal" } else { name };
        let text = THEMES.iter().find(|(n, _)| *n == wanted).unwrap_or(&THEMES[0]).1;
        match toml::from_str::<File>(text) {
            Ok(file) if depth != Depth::None => Self::of(&file, depth),
            _ => Self::mono(),
        }
    }

    fn of(file: &File, depth: Depth) -> Self {
        let shade = |name: &String| Shade::named(name, depth);
        Self {
            ground: shade(&file.ground),
            text: shade(&file.text),
            bright: shade(&file.bright),
            dim: shade(&file.dim),
            faint: shade(&file.faint),
            accent: shade(&file.accent),
            link: shade(&file.link),
            chosen: shade(&file.chosen),
            raised: shade(&file.raised),
            quote: shade(&file.quote),
            on_accent: shade(&file.on_accent),
            selected: shade(&file.selected),
            found: shade(&file.found),
            warning: shade(&file.warning),
            opened: Shade::between(&file.accent, &file.dim, depth),
            mono: false,
        }
    }

    /// No colours: `NO_COLOR`.
    fn mono() -> Self {
        Self { mono: true, ..Self::default() }
    }

    /// How a run of the page looks.
    pub fn face(&self, face: Face) -> Style {
        let mut style = self.role(face.role);
        for (stress, modifier) in [
            (Face::STRONG, Modifier::BOLD),
            (Face::EMPHASIS, Modifier::ITALIC),
            (Face::STRUCK, Modifier::CROSSED_OUT),
            (Face::UNDERLINE, Modifier::UNDERLINED),
        ] {
            if face.is(stress) {
                style = style.add_modifier(modifier);
            }
        }
        if face.is(Face::STRONG) && matches!(face.role, Role::Text | Role::Quote) {
            style = style.patch(self.bright.fg());
        }
        if face.is(Face::CODE) {
            style = style.patch(self.bright.fg()).patch(self.raised.bg());
        }
        if face.is(Face::MATH) {
            style = style.patch(self.bright.fg());
        }
        if face.is(Face::HIGHLIGHT) {
            style = style.patch(self.chosen.bg()).patch(self.bright.fg());
            style = if self.mono { style.add_modifier(Modifier::REVERSED) } else { style };
        }
        if face.is(Face::LINK) {
            style = style.patch(self.link.fg()).add_modifier(Modifier::UNDERLINED);
        }
        if face.is(Face::MARKER) {
            style = style.patch(self.marker());
        }
        if face.is(Face::UNRESOLVED) {
            style = style.patch(self.warning.fg()).add_modifier(Modifier::CROSSED_OUT);
        }
        style
    }

    fn role(&self, role: Role) -> Style {
        match role {
            Role::Text | Role::TableCell | Role::Formula => self.text(),
            Role::Title | Role::Heading(1) => self.bright().add_modifier(Modifier::BOLD),
            Role::Heading(2) => self.text().add_modifier(Modifier::BOLD),
            Role::Heading(_) => self.text().add_modifier(Modifier::ITALIC),
            Role::Term | Role::TableHead => self.bright().add_modifier(Modifier::BOLD),
            Role::TitleRule => self.accent(),
            Role::Byline | Role::Attribution | Role::Bullet | Role::Description => self.dim(),
            Role::Quote => self.ground.bg().patch(self.quote.fg()).add_modifier(Modifier::ITALIC),
            Role::Bar | Role::Rule | Role::Frame => self.faint(),
            Role::CalloutLabel | Role::EntryLabel => self.accent().add_modifier(Modifier::BOLD),
            Role::Code => self.text().patch(self.raised.bg()),
            Role::CodeLabel => self.dim().patch(self.raised.bg()),
            Role::CaptionLabel => self.text().add_modifier(Modifier::BOLD),
            Role::Caption => self.dim().add_modifier(Modifier::ITALIC),
        }
    }

    /// A marker: in the accent, or without colours underlined.
    pub fn marker(&self) -> Style {
        let style = self.accent.fg().remove_modifier(Modifier::BOLD | Modifier::ITALIC);
        if self.mono { style.add_modifier(Modifier::UNDERLINED) } else { style }
    }

    /// What a marker looks like over [`Theme::marker`] when its works are known, or when markers are to be quiet: opened
    /// ones step back, those that were taken away are underlined. Without colours opened ones lean, and those that were
    /// taken away are bold.
    pub fn marker_known(&self, level: Level, dim: bool) -> Style {
        let style = match (dim, self.mono) {
            (true, true) => Style::new().add_modifier(Modifier::DIM).remove_modifier(Modifier::UNDERLINED),
            (true, false) => self.dim.fg(),
            _ => Style::new(),
        };
        match (level, dim || self.mono) {
            (Level::Fresh, _) => style,
            (Level::Opened, true) => style.add_modifier(Modifier::ITALIC),
            (Level::Taken, true) if self.mono && !dim => style.add_modifier(Modifier::BOLD),
            (Level::Taken, true) => style.add_modifier(Modifier::UNDERLINED),
            (Level::Opened, false) => self.opened(),
            (Level::Taken, false) => self.opened().add_modifier(Modifier::UNDERLINED),
        }
    }

    fn opened(&self) -> Style {
        match self.opened {
            Shade::Default => Style::new().add_modifier(Modifier::DIM),
            shade => shade.fg(),
        }
    }

    /// What is lit: on the accent, or without colours reversed.
    pub fn lit(&self) -> Style {
        let style = Style::new().add_modifier(Modifier::BOLD).remove_modifier(Modifier::UNDERLINED);
        match (self.accent, self.mono) {
            (Shade::Colour(colour), false) => style.patch(self.on_accent.fg()).bg(colour),
            _ => style.add_modifier(Modifier::REVERSED),
        }
    }

    /// One of several markers that lead to what is chosen elsewhere: weightier than the rest, quieter than what is lit.
    pub fn mentioned(&self) -> Style {
        let style = self.accent.fg().patch(self.chosen.bg());
        style.add_modifier(Modifier::BOLD | Modifier::UNDERLINED)
    }

    /// A label to type.
    pub fn hint(&self) -> Style {
        match (self.link, self.mono) {
            (Shade::Colour(colour), false) => {
                Style::new().add_modifier(Modifier::BOLD).patch(self.on_accent.fg()).bg(colour)
            }
            _ => self.lit(),
        }
    }

    /// What a search found.
    pub fn found(&self) -> Style {
        let style = self.bright.fg().patch(self.found.bg());
        if self.mono { style.add_modifier(Modifier::BOLD | Modifier::UNDERLINED) } else { style }
    }

    /// The hit that the search stands at.
    pub fn found_here(&self) -> Style {
        self.lit()
    }

    /// The passage that is selected; without colours reversed.
    pub fn selected(&self) -> Style {
        match self.selected {
            Shade::Colour(colour) if !self.mono => self.bright.fg().bg(colour),
            _ => Style::new().add_modifier(Modifier::REVERSED),
        }
    }

    /// The end of a selection that moves; within it, what is reversed is turned back.
    pub fn cursor(&self, within: bool) -> Style {
        let style = Style::new().add_modifier(Modifier::UNDERLINED);
        match (self.selected, self.bright) {
            (Shade::Colour(ground), Shade::Colour(bright)) if !self.mono => {
                style.fg(ground).bg(bright).add_modifier(Modifier::BOLD)
            }
            _ if within => style.remove_modifier(Modifier::REVERSED),
            _ => style.add_modifier(Modifier::REVERSED),
        }
    }

    /// The terminal's ground, or the theme's.
    pub fn ground(&self) -> Style {
        self.ground.bg()
    }

    /// Running text.
    pub fn text(&self) -> Style {
        self.ground.bg().patch(self.text.fg())
    }

    /// What is brightest.
    pub fn bright(&self) -> Style {
        self.ground.bg().patch(self.bright.fg())
    }

    /// What steps back.
    pub fn dim(&self) -> Style {
        self.ground.bg().patch(self.dim.fg())
    }

    /// Hairlines.
    pub fn faint(&self) -> Style {
        self.ground.bg().patch(self.faint.fg())
    }

    /// What can be followed, or is chosen.
    pub fn accent(&self) -> Style {
        self.ground.bg().patch(self.accent.fg())
    }

    /// What leads elsewhere.
    pub fn link(&self) -> Style {
        self.ground.bg().patch(self.link.fg())
    }

    /// What to beware of.
    pub fn warning(&self) -> Style {
        self.warning.fg().add_modifier(Modifier::BOLD)
    }

    /// The ground of what floats.
    pub fn raised(&self) -> Style {
        if self.raised == Shade::Default { self.ground.bg() } else { self.raised.bg() }
    }

    /// The ground of what is chosen and takes several rows; without colours there is none.
    pub fn chosen_ground(&self) -> Style {
        self.chosen.bg()
    }

    /// The ground of the chosen row.
    pub fn chosen(&self) -> Style {
        let style = self.chosen.bg();
        if self.chosen == Shade::Default { style.add_modifier(Modifier::BOLD) } else { style }
    }

    /// The chosen row of a list: marked without colours, too.
    pub fn chosen_row(&self) -> Style {
        let style = self.bright.fg().patch(self.chosen.bg()).add_modifier(Modifier::BOLD);
        if self.chosen == Shade::Default { style.add_modifier(Modifier::REVERSED) } else { style }
    }
}

impl Shade {
    fn named(name: &str, depth: Depth) -> Self {
        match name {
            "" | "default" => Self::Default,
            "dim" => Self::Dim,
            name => name.parse().map_or(Self::Default, |c| Self::Colour(at_depth(c, depth))),
        }
    }

    /// Halfway between two colours that are given in full.
    fn between(one: &str, other: &str, depth: Depth) -> Self {
        match (one.parse(), other.parse()) {
            (Ok(Color::Rgb(a, b, c)), Ok(Color::Rgb(x, y, z))) => {
                let middle = Color::Rgb(a.midpoint(x), b.midpoint(y), c.midpoint(z));
                Self::Colour(at_depth(middle, depth))
            }
            _ => Self::Default,
        }
    }

    fn fg(self) -> Style {
        match self {
            Self::Default => Style::new(),
            Self::Dim => Style::new().add_modifier(Modifier::DIM),
            Self::Colour(colour) => Style::new().fg(colour),
        }
    }

    fn bg(self) -> Style {
        match self {
            Self::Colour(colour) => Style::new().bg(colour),
            _ => Style::new(),
        }
    }
}

/// The nearest colour that the terminal has.
fn at_depth(colour: Color, depth: Depth) -> Color {
    match (colour, depth) {
        (Color::Rgb(r, g, b), Depth::Palette) => Color::Indexed(nearest(r, g, b)),
        (colour, _) => colour,
    }
}

/// The index of xterm's nearest colour: of the cube of 6×6×6, or of the 24 greys.
fn nearest(r: u8, g: u8, b: u8) -> u8 {
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    let step = |v: u8| (0..6).min_by_key(|&i| STEPS[i].abs_diff(v)).unwrap_or(0);
    let distance = |x: [u8; 3]| {
        let d = |a: u8, b: u8| u32::from(a.abs_diff(b)).pow(2);
        d(x[0], r) + d(x[1], g) + d(x[2], b)
    };
    let (i, j, k) = (step(r), step(g), step(b));
    let cube = distance([STEPS[i], STEPS[j], STEPS[k]]);
    let average = ((u32::from(r) + u32::from(g) + u32::from(b)) / 3) as u8;
    let grey = (average.saturating_sub(3) / 10).min(23);
    let shade = 8 + 10 * grey;
    if distance([shade; 3]) < cube { 232 + grey } else { (16 + 36 * i + 6 * j + k) as u8 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(colour: Color) -> f64 {
        let Color::Rgb(r, g, b) = colour else { panic!("{colour:?} is no rgb") };
        let channel = |v: u8| {
            let v = f64::from(v) / 255.0;
            if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b)
    }

    fn contrast(a: Color, b: Color) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Text 7 : 1 with its ground, everything else that is read 4.5 : 1, on the ground and on raised surfaces
    /// (Web Content Accessibility Guidelines 2.2, 1.4.3 and 1.4.6).
    #[test]
    fn everything_can_be_read() {
        for (name, ground) in [("dark", "#15161a"), ("light", "#fffdf8"), ("contrast", "#000000")] {
            let theme = Theme::named(name, Depth::True);
            let colour = |s: Shade| match s {
                Shade::Colour(c) => c,
                _ => panic!("{name} leaves a colour out"),
            };
            for ground in [ground.parse().unwrap(), colour(theme.raised), colour(theme.chosen)] {
                for (shade, least) in [
                    (theme.text, 7.0),
                    (theme.bright, 7.0),
                    (theme.quote, 4.5),
                    (theme.dim, 4.5),
                    (theme.accent, 4.5),
                    (theme.link, 4.5),
                    (theme.warning, 4.5),
                    (theme.opened, 4.5),
                ] {
                    let found = contrast(colour(shade), ground);
                    assert!(found >= least, "{name}: {shade:?} on {ground:?} is {found:.2}");
                }
            }
            assert!(contrast(colour(theme.on_accent), colour(theme.accent)) >= 4.5, "{name}: lit");
            assert!(contrast(colour(theme.bright), colour(theme.found)) >= 4.5, "{name}: found");
            assert!(contrast(colour(theme.bright), colour(theme.selected)) >= 4.5, "{name}: selected");
            let grounds = [theme.selected, theme.found, theme.accent, theme.chosen, theme.raised];
            for (at, ground) in grounds.iter().enumerate() {
                assert!(!grounds[..at].contains(ground), "{name}: two grounds are {ground:?}");
            }
        }
    }

    #[test]
    fn every_theme_file_is_read() {
        for (name, text) in THEMES {
            assert!(toml::from_str::<File>(text).is_ok(), "{name}");
        }
    }

    #[test]
    fn colours_fall_back_to_the_nearest() {
        for ((r, g, b), index) in
            [((0, 0, 0), 16), ((255, 255, 255), 231), ((0x80, 0x80, 0x80), 244), ((255, 0, 0), 196)]
        {
            assert_eq!(nearest(r, g, b), index);
        }
    }

    #[test]
    fn without_colours_a_marker_can_still_be_told() {
        let theme = Theme::named("dark", Depth::None);
        let marker = theme.face(Face { role: Role::Text, stress: Face::MARKER });
        assert_ne!(marker, theme.face(Face::default()));
        assert!(theme.lit().add_modifier.contains(Modifier::REVERSED));
    }

    #[test]
    fn how_well_a_marker_is_known_is_seen_in_every_theme() {
        let themes = THEMES.iter().map(|(name, _)| Theme::named(name, Depth::True));
        for (at, theme) in themes.chain([Theme::named("dark", Depth::None)]).enumerate() {
            let marker = theme.face(Face { role: Role::Text, stress: Face::MARKER });
            let mut looks = vec![theme.face(Face::default())];
            for level in [Level::Fresh, Level::Opened, Level::Taken] {
                looks.push(marker.patch(theme.marker_known(level, false)));
            }
            looks.push(marker.patch(theme.lit()));
            for (index, look) in looks.iter().enumerate() {
                assert!(!looks[..index].contains(look), "theme {at}: look {index}");
            }
            let dim = [Level::Fresh, Level::Opened, Level::Taken]
                .map(|l| marker.patch(theme.marker_known(l, true)));
            assert!(dim[0] != dim[1] && dim[1] != dim[2] && dim[0] != dim[2], "theme {at}");
        }
    }
}
