//! What can happen to the reader, and what the reader wants done: both plain data.

use super::action::Action;
use crate::article::Part;

/// Something that happened.
#[derive(Debug)]
pub enum Event {
    /// A key that stands for an action.
    Action(Action),
    /// A key while something is being typed.
    Input(Input),
    /// The terminal has this size now.
    Resize(Size),
    /// The mouse.
    Mouse(Mouse),
    /// More of the document, after what is there.
    Append(Part),
    /// The beginning of the document, read again.
    Restart(Part),
    /// The document has been taken in.
    Complete,
    /// Nothing else is waiting: time for a slice of what is unfinished (see [`super::App::busy`]).
    Idle,
    /// Something to say, in one line.
    Say(String),
}

/// A key while something is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A character.
    Char(char),
    /// Pasted text: data, never keys.
    Paste(String),
    /// Accept.
    Enter,
    /// Give up.
    Escape,
    /// Remove a character.
    Backspace,
    /// Remove a word.
    DeleteWord,
    /// Remove everything.
    Clear,
    /// To the entry above.
    Up,
    /// To the entry below.
    Down,
}

/// Which keys are wanted as [`Input`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listening {
    /// Every key: something is being typed.
    Text,
    /// Digits, which count or name a reference; and these letters of a card.
    Commands {
        /// How many letters of [`super::card::LETTERS`] lead somewhere.
        letters: usize,
    },
    /// Digits, which name a reference; and the pane's own keys, [`super::references::KEYS`].
    References,
}

/// The mouse, in cells from the top left of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mouse {
    /// The left button went down here, or moved here while down.
    Press {
        /// Column.
        x: u16,
        /// Row.
        y: u16,
        /// True while the button is held and moved.
        drag: bool,
    },
    /// The wheel turned by this many notches; down is positive.
    Wheel {
        /// Column.
        x: u16,
        /// Row.
        y: u16,
        /// Notches.
        by: i32,
    },
}

/// What the reader wants done outside itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Put this text on the clipboard.
    Copy(String),
    /// Open this address in the user's browser. The user has seen its host.
    Browse(String),
    /// Open the article with this name.
    Open(String),
    /// Take the mouse, or give it back.
    Mouse(bool),
    /// Stop until continued.
    Suspend,
    /// Draw everything again.
    Redraw,
    /// End.
    Quit,
}

/// The size of the terminal, in cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}
