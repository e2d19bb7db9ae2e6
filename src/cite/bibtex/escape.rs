//! Text as TeX: what is special is escaped, markup becomes commands, capitals are protected.

use super::tex::{BACKSLASH, CLOSE, OPEN};
use crate::article::safe;
use crate::cite::markup::{self, Piece, Tag};

/// A text as TeX: specials are escaped, everything else is Unicode.
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_encoded(&mut out, &safe::line(text));
    out
}

fn push_encoded(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '{' | '}' | '$' | '&' | '%' | '#' | '_' => out.extend(['\\', c]),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '`' => out.push_str("\\textasciigrave{}"),
            '\u{a0}' => out.push('~'),
            // Two of these would be read as one other sign.
            '\'' | '-' if out.ends_with(c) => out.extend(['{', '}', c]),
            BACKSLASH | OPEN | CLOSE => {}
            c => out.push(c),
        }
    }
}

/// A title as TeX: its markup becomes commands, and words with capitals stand in braces so that no style lowers them.
pub fn encode_title(text: &str) -> String {
    let mut out = String::new();
    for piece in markup::pieces(text) {
        match piece {
            Piece::Words(words) => push_protected(&mut out, &safe::line(&markup::decode(words))),
            Piece::Open(tag) => out.push_str(match tag {
                Tag::Italic => "\\emph{",
                Tag::Bold => "\\textbf{",
                Tag::Superscript => "\\textsuperscript{",
                Tag::Subscript => "\\textsubscript{",
                Tag::SmallCaps => "\\textsc{",
                Tag::Span => "{",
            }),
            Piece::Close(_) => out.push('}'),
        }
    }
    out
}

fn push_protected(out: &mut String, words: &str) {
    for word in words.split_inclusive(' ') {
        let core = word.trim_matches(|c: char| !c.is_alphanumeric());
        let first = out.is_empty();
        let mut signs = core.chars().skip(usize::from(first));
        if core.is_empty() || !signs.any(char::is_uppercase) {
            push_encoded(out, word);
            continue;
        }
        let start = word.find(core).unwrap_or(0);
        push_encoded(out, &word[..start]);
        out.push('{');
        push_encoded(out, core);
        out.push('}');
        push_encoded(out, &word[start + core.len()..]);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tex::decode;
    use super::*;

    #[test]
    fn text_becomes_tex() {
        let cases = [
            ("UN office lauds Smith's 'plan'", "{UN} office lauds {Smith's} 'plan'"),
            ("On iPhones & 100% of H<sub>2</sub>O", r"On {iPhones} \& 100\% of {H}\textsubscript{2}{O}"),
            ("The <i>Beagle</i> (HMS)", r"The \emph{{Beagle}} ({HMS})"),
            (
                "a -- b ''c'' ~ ^ \\ {x} `",
                r"a -{}- b '{}'c'{}' \textasciitilde{} \textasciicircum{} \textbackslash{} \{x\} \textasciigrave{}",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(encode_title(text), expected, "{text}");
            assert_eq!(decode(expected), text, "{expected}");
        }
    }
}
