//! How markers are seen: for those who want to read first they are dim, or not there at all.

use super::App;
use crate::layout::Hit;

/// How markers are seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Markers {
    /// In the accent.
    #[default]
    Normal,
    /// They step back behind the text.
    Dim,
    /// Not at all: the text is laid out as if they did not stand there.
    Hidden,
}

impl Markers {
    /// Every way, in the order in which a key goes through them.
    pub const ALL: [Self; 3] = [Self::Normal, Self::Dim, Self::Hidden];

    /// Its name, in the configuration and the state file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Dim => "dim",
            Self::Hidden => "hidden",
        }
    }

    /// The way of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|m| m.name() == name)
    }

    const fn next(self) -> Self {
        match self {
            Self::Normal => Self::Dim,
            Self::Dim => Self::Hidden,
            Self::Hidden => Self::Normal,
        }
    }
}

impl App {
    /// The next way to see markers.
    pub(super) fn next_markers(&mut self) {
        self.settings.markers = self.settings.markers.next();
        self.message = match self.settings.markers {
            Markers::Normal => "citations as usual",
            Markers::Dim => "citations are dim",
            Markers::Hidden => "citations are hidden",
        }
        .to_owned();
        if self.markers_hidden() && matches!(self.lit, Some(Hit::Marker(_))) {
            self.lit = None;
        }
    }

    /// True while no marker is to be seen or stepped to.
    pub fn markers_hidden(&self) -> bool {
        self.settings.markers == Markers::Hidden
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_has_a_name_and_comes_round() {
        let mut at = Markers::default();
        for markers in Markers::ALL {
            assert_eq!((at, Markers::named(markers.name())), (markers, Some(markers)));
            at = at.next();
        }
        assert_eq!((at, Markers::named("loud")), (Markers::Normal, None));
    }
}
