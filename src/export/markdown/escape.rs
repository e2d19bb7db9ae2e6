//! Characters of a text as Markdown: whatever would be read as markup is escaped.

/// Where running text stands, which decides what can be misread in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// In a paragraph: it may have several lines.
    Lines,
    /// In an entry of the references, which stands by itself.
    Entry,
    /// In a paragraph whose lines have columns: it keeps its spaces.
    Columns,
    /// In a heading, term or caption: on one line.
    Line,
    /// In the text of a picture, which is the caption of a figure.
    Alt,
    /// In a cell of a table: on one line, between bars.
    Cell,
}

/// Adds a stretch of text. `out` is what stands before it in the block; `follows` says that markup comes right after.
pub fn push(out: &mut String, text: &str, setting: Setting, follows: bool) {
    let mut chars = text.char_indices().peekable();
    let mut before = None;
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|&(_, next)| next);
        let lines = matches!(setting, Setting::Lines | Setting::Columns | Setting::Entry);
        let c = if c == '\t' || (c == '\n' && !lines) { ' ' } else { c };
        match c {
            // A break at the end breaks nothing.
            '\n' if !follows && text[at..].trim().is_empty() => {}
            '\n' => end_line(out),
            ' ' if setting == Setting::Columns
                && (next == Some(' ') || before.is_none_or(char::is_whitespace)) =>
            {
                out.push('\u{a0}');
            }
            ' ' if is_line_start(out)
                || out.ends_with(BREAK)
                || (next.is_none() && !follows)
                || next == Some('\n') =>
            {
                out.push_str("&#32;")
            }
            // At the end of a heading, attributes are looked for behind a backslash, too.
            '{' if matches!(setting, Setting::Line | Setting::Alt) => out.push_str("&#123;"),
            c => {
                let place = Place { out, before, next, follows, setting, rest: &text[at..] };
                if place.is_markup(c) {
                    out.push('\\');
                }
                out.push(c);
            }
        }
        before = Some(c);
    }
}

fn end_line(out: &mut String) {
    // Right after another one, or at the start, this would end the paragraph.
    out.push_str(if is_line_start(out) { BREAK } else { "\\\n" });
}

/// A line break by its element.
const BREAK: &str = "<br>";

fn is_line_start(out: &str) -> bool {
    out.is_empty() || out.ends_with('\n')
}

/// Where a character stands.
struct Place<'a> {
    out: &'a str,
    before: Option<char>,
    next: Option<char>,
    follows: bool,
    setting: Setting,
    /// The text from the character on.
    rest: &'a str,
}

impl Place<'_> {
    /// True for a character that is, or may be taken for, markup where it stands.
    fn is_markup(&self, c: char) -> bool {
        let marks = |c: char| self.next == Some(c) || (self.next.is_none() && self.follows);
        match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '$' | '~' | '{' => true,
            '_' => !(is_word(self.before) && is_word(self.next)),
            '|' => self.setting == Setting::Cell || self.starts_line(),
            '&' => self.next.is_some_and(|n| n.is_ascii_alphanumeric() || n == '#'),
            '!' | '^' => marks('['),
            '@' => !is_word(self.before.or_else(|| self.out.chars().next_back())),
            ':' | '(' => self.starts_line() || self.follows_bracket(),
            '#' => self.setting == Setting::Line || self.starts_line(),
            '>' | '+' | '-' | '=' | '"' | '\'' => {
                c.is_ascii_punctuation() && !matches!(c, '"' | '\'') && self.starts_line()
            }
            '.' | ')' => self.ends_number() && self.next.is_none_or(char::is_whitespace),
            _ => false,
        }
    }

    fn starts_line(&self) -> bool {
        is_line_start(self.out)
    }

    /// Right after `]` of a link or marker, a bracket or colon would become a part of it.
    fn follows_bracket(&self) -> bool {
        self.out.ends_with(']') && !self.out.ends_with("\\]") && !self.rest.is_empty()
    }

    /// Nothing but digits stands before it on the line: it would make an item of a list.
    fn ends_number(&self) -> bool {
        let line = self.out.rsplit('\n').next().unwrap_or("");
        (1..10).contains(&line.len()) && line.bytes().all(|b| b.is_ascii_digit())
    }
}

fn is_word(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_alphanumeric())
}

/// An address between the parentheses of a link.
pub fn address(address: &str, setting: Setting) -> String {
    let plain = !address.is_empty() && !address.starts_with('<');
    let mut out = String::with_capacity(address.len() + 2);
    out.push_str(if plain { "" } else { "<" });
    for (at, c) in address.char_indices() {
        let escaped = match c {
            '\\' | '<' | '>' => true,
            '(' | ')' => plain,
            '|' => setting == Setting::Cell,
            '&' => address[at..].find(';').is_some_and(|end| end < 40),
            _ => false,
        };
        if escaped {
            out.push('\\');
        }
        out.push(c);
    }
    out.push_str(if plain { "" } else { ">" });
    out
}

/// A title between the quotation marks of a link or picture.
pub fn title(title: &str) -> String {
    let mut out = String::with_capacity(title.len());
    for c in title.chars() {
        match c {
            '"' | '\\' | '&' | '|' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

/// Text as HTML.
pub fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

/// Code between as many backticks as it takes.
pub fn code(code: &str, setting: Setting) -> String {
    let fence = "`".repeat(longest_run(code, '`') + 1);
    let inner = code.replace(['\n', '\t'], " ");
    let inner = if setting == Setting::Cell { inner.replace('|', "\\|") } else { inner };
    let spaced = inner.starts_with(' ') && inner.ends_with(' ') && !inner.trim().is_empty();
    let pad = if spaced || inner.starts_with('`') || inner.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{inner}{pad}{fence}")
}

/// The longest run of a character.
pub fn longest_run(text: &str, c: char) -> usize {
    text.split(|other| other != c).map(str::len).max().unwrap_or(0) / c.len_utf8()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pushed(text: &str, setting: Setting) -> String {
        let mut out = String::new();
        push(&mut out, text, setting, false);
        out
    }

    #[test]
    fn only_what_may_be_markup_is_escaped() {
        let cases = [
            ("plain, text. (so) 1.5 a_b", "plain, text. (so) 1.5 a_b"),
            ("# no - heading", "\\# no - heading"),
            ("- no item", "\\- no item"),
            ("1. no item", "1\\. no item"),
            ("1984.", "1984\\."),
            ("a 1. b", "a 1. b"),
            ("*a* _b_ `c` [d](e) <f>", "\\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) \\<f>"),
            ("me@there and @me", "me@there and \\@me"),
            ("AT&T & &amp; R&D", "AT\\&T & \\&amp; R\\&D"),
            (": none", "\\: none"),
            ("one\n- two", "one\\\n\\- two"),
            (" a ", "&#32;a&#32;"),
            ("a\n\n b", "a\\\n<br>&#32;b"),
            ("a|b", "a|b"),
            ("wow! ^x", "wow! ^x"),
            ("![x]", "\\!\\[x\\]"),
        ];
        for (text, expected) in cases {
            assert_eq!(pushed(text, Setting::Lines), expected, "{text:?}");
        }
        assert_eq!(pushed("a|b\nc", Setting::Cell), "a\\|b c");
        assert_eq!(pushed("C # {#x}", Setting::Line), "C \\# &#123;\\#x}");
    }

    #[test]
    fn code_keeps_its_backticks() {
        let cases = [("a", "`a`"), ("a`b", "``a`b``"), ("`", "`` ` ``"), (" a ", "`  a  `"), (" ", "` `")];
        for (text, expected) in cases {
            assert_eq!(code(text, Setting::Lines), expected);
        }
    }

    #[test]
    fn addresses_stay_whole() {
        let cases = [
            ("https://a.example/b_(c)?d=1&e", "https://a.example/b_\\(c\\)?d=1&e"),
            ("", "<>"),
            ("x?a&copy;", "x?a\\&copy;"),
        ];
        for (text, expected) in cases {
            assert_eq!(address(text, Setting::Lines), expected);
        }
    }
}
