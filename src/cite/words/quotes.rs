//! The title of a reference in its quotation marks.

use std::ops::Range;

/// Quotation marks that open, and those that close them.
const PAIRS: [(char, char); 6] = [('"', '"'), ('“', '”'), ('„', '“'), ('«', '»'), ('»', '«'), ('「', '」')];

/// The first stretch in quotation marks: with them, and what stands inside without a comma or stop at its end.
pub fn first(text: &str) -> Option<(Range<usize>, Range<usize>)> {
    let (start, open) = text.char_indices().find(|(_, c)| PAIRS.iter().any(|(open, _)| open == c))?;
    let (_, close) = PAIRS.into_iter().find(|(o, _)| *o == open)?;
    let from = start + open.len_utf8();
    let end = if open == close { straight(text, from)? } else { nested(text, from, open, close)? };
    let inside = text[from..end].trim_end_matches([',', ' ']);
    let inside = match inside.strip_suffix('.') {
        Some(shorter) if !shorter.ends_with('.') && !abbreviated(shorter) => shorter,
        _ => inside,
    };
    let lead = inside.len() - inside.trim_start().len();
    (!inside.trim().is_empty()).then(|| (start..end + close.len_utf8(), from + lead..from + inside.len()))
}

/// `L.A` needs its stop.
fn abbreviated(text: &str) -> bool {
    let mut last = text.chars().rev();
    last.next().is_some_and(char::is_uppercase) && last.next().is_none_or(|c| matches!(c, '.' | ' '))
}

fn nested(text: &str, from: usize, open: char, close: char) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text[from..].char_indices() {
        match c {
            c if c == close && depth == 0 => return Some(from + at),
            c if c == close => depth -= 1,
            c if c == open => depth += 1,
            _ => {}
        }
    }
    None
}

/// The straight mark that closes: those inside open after a space or bracket, and close what they opened.
fn straight(text: &str, from: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut before = ' ';
    let mut candidate = None;
    for (at, c) in text[from..].char_indices() {
        if c == '"' {
            let next = text[from + at + 1..].chars().next();
            let opens = matches!(before, ' ' | '(' | '[' | '—' | '–' | '\u{a0}')
                && next.is_some_and(|n| n.is_alphanumeric() || n == '\'');
            match depth {
                _ if opens && at > 0 => depth += 1,
                0 => return Some(from + at),
                _ => {
                    depth -= 1;
                    let ends = next.is_none_or(|n| matches!(n, '.' | ','));
                    candidate = candidate.or(ends.then_some(from + at));
                }
            }
        }
        before = c;
    }
    candidate
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_stand_in_quotation_marks() {
        let cases = [
            ("\"A 'b' c\". D", "\"A 'b' c\"", "A 'b' c"),
            ("x (\"One (\"Two\")\". D", "\"One (\"Two\")\"", "One (\"Two\")"),
            ("\"One \"Two\" [Three]\". D", "\"One \"Two\" [Three]\"", "One \"Two\" [Three]"),
            ("«arte». D", "«arte»", "arte"),
            ("„Titel“. D", "„Titel“", "Titel"),
            ("“Title,” The", "“Title,”", "Title"),
            ("\"Ends in L.A.\" B", "\"Ends in L.A.\"", "Ends in L.A."),
            ("\"A title.\" B", "\"A title.\"", "A title"),
        ];
        for (text, whole, inside) in cases {
            let found = first(text).map(|(w, i)| (&text[w], &text[i]));
            assert_eq!(found, Some((whole, inside)), "{text}");
        }
        for none in ["", "no marks", "\"open", "\"\"", "« »"] {
            assert_eq!(first(none), None, "{none}");
        }
    }
}
