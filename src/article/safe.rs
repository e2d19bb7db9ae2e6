//! The only door for text that came from a document: what may not reach a terminal is made visible or dropped.
//!
//! A terminal takes C0 and C1 controls as orders; a reader takes bidirectional overrides, tag characters and
//! piles of combining marks for text that is not there. None of them leaves this module.

use std::borrow::Cow;

use unicode_width::UnicodeWidthChar;

use super::limits;

/// Text that may have several lines: `\n` and `\t` stay, `\r\n` and lone `\r` become `\n`.
pub fn text(raw: &str) -> Cow<'_, str> {
    clean(raw, true)
}

/// Text on one line: every run of white space that holds a line break or tab becomes one space.
pub fn line(raw: &str) -> Cow<'_, str> {
    clean(raw, false)
}

/// A file name or another string of the system's, for a message.
pub fn name(raw: &std::ffi::OsStr) -> String {
    line(&raw.to_string_lossy()).into_owned()
}

/// An address as it is kept: controls and spaces percent-encoded away, at most 8 KiB, nothing that reorders text.
pub fn address(raw: &str) -> String {
    const MOST: usize = 8192;
    let mut out = String::with_capacity(raw.len().min(MOST));
    for c in raw.trim().chars() {
        let before = out.len();
        match c {
            c if c.is_control() || is_hidden(c) => {}
            c if c.is_whitespace() => {
                out.extend(c.encode_utf8(&mut [0; 4]).bytes().map(|byte| format!("%{byte:02X}")));
            }
            c => out.push(c),
        }
        if out.len() > MOST {
            out.truncate(before);
            break;
        }
    }
    out
}

/// What stands for a character that must not be shown: the Unicode picture of a control, or U+FFFD.
fn substitute(c: char) -> char {
    match c as u32 {
        code @ 0..0x20 => char::from_u32(0x2400 + code).unwrap_or('\u{fffd}'),
        0x7f => '\u{2421}',
        _ => '\u{fffd}',
    }
}

/// Characters that change the order or the look of text around them and show nothing themselves.
const fn is_hidden(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Overrides and tag characters can make text read as another text: they leave a mark.
const fn is_deceptive(c: char) -> bool {
    matches!(c, '\u{202d}' | '\u{202e}' | '\u{e0000}'..='\u{e007f}')
}

/// True when a byte may begin something that has to be looked at more closely.
const fn is_suspect(byte: u8) -> bool {
    // C0 and DEL; C1 and soft hyphen (C2); combining marks (CC, CD, and further scripts);
    // general punctuation (E2); BOM and friends (EF); tag characters (F3).
    matches!(byte, 0..0x20 | 0x7f | 0xc2 | 0xcc..=0xd0 | 0xd6..=0xdf | 0xe0..=0xe2 | 0xea | 0xef | 0xf0..)
}

fn clean(raw: &str, lines: bool) -> Cow<'_, str> {
    let fine = |b: &u8| !is_suspect(*b) || (lines && matches!(b, b'\n' | b'\t'));
    let Some(start) = raw.bytes().position(|b| !fine(&b)) else {
        return Cow::Borrowed(raw);
    };
    let start = raw.floor_char_boundary(start);
    if is_clean(&raw[start..], lines) {
        return Cow::Borrowed(raw);
    }
    let mut out = String::with_capacity(raw.len() + 16);
    out.push_str(&raw[..start]);
    let mut marks = 0;
    let mut rest = raw[start..].chars().peekable();
    while let Some(c) = rest.next() {
        marks = if is_mark(c) { marks + 1 } else { 0 };
        match c {
            '\r' if rest.peek() == Some(&'\n') => {}
            '\r' | '\n' | '\u{2028}' | '\u{2029}' | '\u{85}' if lines => out.push('\n'),
            '\t' if lines => out.push('\t'),
            '\r' | '\n' | '\t' | '\u{2028}' | '\u{2029}' | '\u{85}' => push_space(&mut out),
            c if is_deceptive(c) => {
                if !out.ends_with('\u{fffd}') {
                    out.push('\u{fffd}');
                }
            }
            c if is_hidden(c) => {}
            c if c.is_control() => out.push(substitute(c)),
            _ if marks > limits::COMBINING.most => {}
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

fn push_space(out: &mut String) {
    if !out.ends_with(' ') {
        out.push(' ');
    }
}

fn is_mark(c: char) -> bool {
    c > '\u{2ff}' && c.width() == Some(0)
}

fn is_clean(text: &str, lines: bool) -> bool {
    let mut marks = 0;
    text.chars().all(|c| {
        if c < '\u{7f}' {
            marks = 0;
            return c >= ' ' || (lines && matches!(c, '\n' | '\t'));
        }
        marks = if is_mark(c) { marks + 1 } else { 0 };
        !(c.is_control() || is_hidden(c) || matches!(c, '\u{2028}' | '\u{2029}'))
            && marks <= limits::COMBINING.most
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_is_not_copied() {
        for same in ["", "plain", "Grüße, “quoted” – 漢字 👩‍🔬 e\u{301} עברית", "a\tb\nc"]
        {
            assert!(matches!(text(same), Cow::Borrowed(s) if s == same), "{same:?}");
        }
    }

    #[test]
    fn controls_become_visible() {
        let cases = [
            ("\u{1b}[31mred", "␛[31mred"),
            ("a\u{9b}31m", "a\u{fffd}31m"),
            ("bell\u{7} del\u{7f} nul\0", "bell␇ del␡ nul␀"),
            ("a\r\nb\rc", "a\nb\nc"),
            ("abc\u{202e}fed", "abc\u{fffd}fed"),
            ("a\u{2066}b\u{2069}c\u{200f}", "abc"),
            ("x\u{e0041}\u{e0042}y", "x\u{fffd}y"),
            ("soft\u{ad}hyphen", "softhyphen"),
        ];
        for (raw, expected) in cases {
            assert_eq!(text(raw), expected, "{raw:?}");
        }
    }

    #[test]
    fn one_line_stays_one_line() {
        assert_eq!(line("a\n\tb\u{2028}c"), "a b c");
        assert_eq!(line("\u{1b}]0;title\u{7}"), "␛]0;title␇");
    }

    #[test]
    fn marks_are_counted() {
        let pile: String = std::iter::once('z').chain(std::iter::repeat_n('\u{301}', 100)).collect();
        assert_eq!(text(&pile).chars().count(), 1 + limits::COMBINING.most);
    }

    #[test]
    fn addresses_hold_no_controls() {
        assert_eq!(address(" https://a.example/\u{1b}b c\n"), "https://a.example/b%20c");
        assert_eq!(address("a\u{2028}.png"), "a%E2%80%A8.png");
    }

    #[test]
    fn long_addresses_are_cut_between_characters() {
        for raw in ["a ".repeat(8192), "ä".repeat(8192), "a".repeat(8192)] {
            let once = address(&raw);
            assert!((8180..=8192).contains(&once.len()), "{}", once.len());
            assert_eq!(address(&once), once);
        }
    }

    proptest::proptest! {
        #[test]
        fn cleaning_twice_is_cleaning_once(raw in "\\PC*|[\\x00-\\x1f\\x7f-\\u{9f}\\u{202a}-\\u{202e}a ]*") {
            let once = text(&raw).into_owned();
            proptest::prop_assert!(!once.chars().any(|c| (c.is_control() && !matches!(c, '\n' | '\t')) || is_hidden(c)));
            proptest::prop_assert_eq!(text(&once), once.as_str());
            let flat = line(&raw).into_owned();
            proptest::prop_assert!(!flat.chars().any(char::is_control));
        }
    }
}
