//! A key worth knowing here and now: an action, and what it does in this place.

use super::action::Action;

/// A key worth knowing; the keys themselves are filled in from the live keymap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tip {
    /// One action.
    One(Action, &'static str),
    /// Two that belong together.
    Two(Action, Action, &'static str),
    /// Keys that are not bound to an action.
    Keys(&'static str, &'static str),
}

impl Tip {
    /// What it does.
    pub const fn what(self) -> &'static str {
        match self {
            Self::One(_, what) | Self::Two(_, _, what) | Self::Keys(_, what) => what,
        }
    }
}
