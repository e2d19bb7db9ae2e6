//! The one door for a document's text: what has come through it holds no order to a terminal, and coming through twice
//! changes nothing.

use ibid::article::safe;

/// The door takes everything, and takes it once.
pub fn check(raw: &str) {
    for door in [text, line, address] {
        let once = door(raw);
        assert!(!once.contains(is_foreign), "a control came through: {once:?}");
        assert_eq!(door(&once), once, "coming through twice changes it");
    }
    assert!(!line(raw).contains(['\n', '\t']) && !address(raw).contains(char::is_whitespace));
}

fn text(raw: &str) -> String {
    safe::text(raw).into_owned()
}

fn line(raw: &str) -> String {
    safe::line(raw).into_owned()
}

fn address(raw: &str) -> String {
    safe::address(raw)
}

/// What a terminal takes as an order, or what makes text read as another text.
pub fn is_foreign(c: char) -> bool {
    let control = c.is_control() && c != '\n' && c != '\t';
    control || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{e0000}'..='\u{e007f}')
}

/// Text that may have several lines.
pub fn is_text(what: &str, text: &str) {
    assert!(!text.contains(is_foreign), "{what} holds a control: {text:?}");
}

/// Text on one line.
pub fn is_line(what: &str, text: &str) {
    is_text(what, text);
    assert!(!text.contains(['\n', '\t']), "{what} is more than a line: {text:?}");
}

/// What is said of a document that is not read.
pub fn is_message(text: &str) {
    is_line("a message", text);
    assert!(
        !text.is_empty() && text.chars().count() <= 300,
        "a message of {} characters",
        text.chars().count()
    );
}
