//! Where the reader has been: every jump can be undone, to the exact place; and places remembered under letters.

use std::collections::BTreeMap;

use super::viewport::Top;
use crate::layout::Hit;

/// A place one was at: what stood at the top, and what was chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Stop {
    /// What stood at the top of the screen.
    pub top: Top,
    /// The chosen marker or link.
    pub lit: Option<Hit>,
}

/// The most stops that are kept.
const MOST: usize = 1_000;

/// Stops behind and ahead, and marks.
#[derive(Clone, Debug, Default)]
pub struct Trail {
    behind: Vec<Stop>,
    ahead: Vec<Stop>,
    /// Places by letter.
    pub marks: BTreeMap<char, Stop>,
}

impl Trail {
    /// Remembers a stop before a jump.
    pub fn leave(&mut self, stop: Stop) {
        self.ahead.clear();
        if self.behind.last() != Some(&stop) {
            self.behind.push(stop);
        }
        if self.behind.len() > MOST {
            self.behind.remove(0);
        }
    }

    /// Goes back from `here`.
    pub fn back(&mut self, here: Stop) -> Option<Stop> {
        let stop = self.behind.pop()?;
        self.ahead.push(here);
        Some(stop)
    }

    /// Undoes going back.
    pub fn forward(&mut self, here: Stop) -> Option<Stop> {
        let stop = self.ahead.pop()?;
        self.behind.push(here);
        Some(stop)
    }

    /// The last stop, for `''`.
    pub fn last(&self) -> Option<Stop> {
        self.behind.last().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{BlockId, Place};

    fn stop(block: u32) -> Stop {
        Stop { top: Top::from(Place::start_of(BlockId(block))), lit: None }
    }

    #[test]
    fn back_and_forward_are_inverse() {
        let mut trail = Trail::default();
        trail.leave(stop(1));
        trail.leave(stop(2));
        assert_eq!(trail.back(stop(3)), Some(stop(2)));
        assert_eq!(trail.back(stop(2)), Some(stop(1)));
        assert_eq!(trail.back(stop(1)), None);
        assert_eq!(trail.forward(stop(1)), Some(stop(2)));
        assert_eq!(trail.forward(stop(2)), Some(stop(3)));
        assert_eq!(trail.forward(stop(3)), None);
    }

    #[test]
    fn a_new_jump_forgets_what_was_ahead() {
        let mut trail = Trail::default();
        trail.leave(stop(1));
        trail.back(stop(2));
        trail.leave(stop(1));
        assert_eq!(trail.forward(stop(9)), None);
    }
}
