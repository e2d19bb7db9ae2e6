//! What went wrong, in one line: `ibid: FILE: what (where): what to do`.

use std::fmt;

use crate::article::safe;

/// Why a command could not be done.
#[derive(Debug)]
pub struct Fault {
    /// The exit status: 1 the document, 2 the command line, 4 the state of the program.
    pub status: u8,
    message: String,
}

/// The longest line that is printed, in characters.
const LONGEST: usize = 300;

impl Fault {
    /// A document that cannot be read or written.
    pub fn document(name: &str, what: &dyn fmt::Display) -> Self {
        Self { status: 1, message: format!("{name}: {what}") }
    }

    /// A command line that asks for what there is not.
    pub fn usage(what: &str) -> Self {
        Self { status: 2, message: what.to_owned() }
    }

    /// The program's own files, or the terminal.
    pub fn state(what: &dyn fmt::Display) -> Self {
        Self { status: 4, message: what.to_string() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = safe::line(&self.message);
        let cut: String = line.chars().take(LONGEST).collect();
        let sign = if cut.len() < line.len() { "…" } else { "" };
        write!(f, "ibid: {cut}{sign}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_one_clean_line() {
        let fault = Fault::document("a\u{1b}[2J\nb.md", &"no such file");
        assert_eq!(fault.to_string(), "ibid: a␛[2J b.md: no such file");
        assert_eq!(Fault::usage(&"x".repeat(999)).to_string().chars().count(), 6 + LONGEST + 1);
    }
}
