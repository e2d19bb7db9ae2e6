//! TeX source into tokens: commands, characters, braces. White space and comments are gone.

/// A token of a formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// `\name`, or `\` and one other character.
    Command(&'a str),
    /// A character that stands for itself.
    Char(char),
    /// `{`
    Open,
    /// `}`
    Close,
    /// `&`
    Tab,
    /// `\\` or `\cr`, with what may follow it (`*`, `[2pt]`).
    Break,
    /// `^`
    Raise,
    /// `_`
    Lower,
    /// The end of the formula.
    End,
}

/// Reads tokens from a formula.
#[derive(Clone, Copy, Debug)]
pub struct Lexer<'a> {
    rest: &'a str,
}

impl<'a> Lexer<'a> {
    /// Reads this formula.
    pub const fn new(tex: &'a str) -> Self {
        Self { rest: tex }
    }

    /// The token that [`Lexer::take`] would take.
    pub fn peek(&self) -> Token<'a> {
        let mut ahead = *self;
        ahead.take()
    }

    /// Takes a token.
    pub fn take(&mut self) -> Token<'a> {
        self.skip_space();
        let mut chars = self.rest.chars();
        let Some(c) = chars.next() else { return Token::End };
        let after = chars.as_str();
        if c == '\\' {
            return self.command(after);
        }
        self.rest = after;
        match c {
            '{' => Token::Open,
            '}' => Token::Close,
            '&' => Token::Tab,
            '^' => Token::Raise,
            '_' => Token::Lower,
            c => Token::Char(c),
        }
    }

    /// What is left, as written.
    pub const fn rest(&self) -> &'a str {
        self.rest
    }

    /// Takes this token when it is next.
    pub fn eat(&mut self, token: Token<'_>) -> bool {
        let mut ahead = *self;
        let found = ahead.take() == token;
        if found {
            *self = ahead;
        }
        found
    }

    /// Takes `{…}` and gives what is in it as written; without braces, one character. `None` when it never ends.
    pub fn raw_group(&mut self) -> Option<&'a str> {
        self.skip_space();
        let Some(body) = self.rest.strip_prefix('{') else {
            let end = self.rest.chars().next().map_or(0, char::len_utf8);
            let (taken, rest) = self.rest.split_at(end);
            self.rest = rest;
            return (taken != "\\" && taken != "}").then_some(taken);
        };
        let mut depth = 0_usize;
        let mut bytes = body.bytes().enumerate();
        while let Some((at, byte)) = bytes.next() {
            match byte {
                b'\\' => drop(bytes.next()),
                b'{' => depth += 1,
                b'}' if depth == 0 => {
                    self.rest = &body[at + 1..];
                    return Some(&body[..at]);
                }
                b'}' => depth -= 1,
                _ => {}
            }
        }
        None
    }

    /// Takes `[…]` when it is next and gives what is in it as written. It is short, or it is no option.
    pub fn raw_option(&mut self) -> Option<&'a str> {
        self.skip_space();
        let body = self.rest.strip_prefix('[')?;
        let (option, _) = body[..body.floor_char_boundary(256)].split_once(']')?;
        self.rest = &body[option.len() + 1..];
        Some(option)
    }

    fn skip_space(&mut self) {
        loop {
            self.rest = self.rest.trim_start();
            let Some(comment) = self.rest.strip_prefix('%') else { return };
            self.rest = comment.split_once('\n').map_or("", |(_, next)| next);
        }
    }

    /// Takes a command, whose name begins at `after`.
    fn command(&mut self, after: &'a str) -> Token<'a> {
        let letters = after.bytes().take_while(u8::is_ascii_alphabetic).count();
        let end = if letters > 0 { letters } else { after.chars().next().map_or(0, char::len_utf8) };
        let (name, rest) = after.split_at(end);
        self.rest = rest;
        if !matches!(name, "\\" | "cr" | "newline") {
            return Token::Command(name);
        }
        self.rest = self.rest.strip_prefix('*').unwrap_or(self.rest);
        if self.rest.starts_with('[') && self.rest[1..].starts_with(|c: char| c.is_ascii_digit() || c == '-')
        {
            let _ = self.raw_option();
        }
        Token::Break
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_read_one_by_one() {
        let mut lexer = Lexer::new("\\frac {a}2 % c\n\\, \\\\[2pt] x_1^& é");
        let expected = [
            Token::Command("frac"),
            Token::Open,
            Token::Char('a'),
            Token::Close,
            Token::Char('2'),
            Token::Command(","),
            Token::Break,
            Token::Char('x'),
            Token::Lower,
            Token::Char('1'),
            Token::Raise,
            Token::Tab,
            Token::Char('é'),
            Token::End,
        ];
        for token in expected {
            assert_eq!(lexer.peek(), token);
            assert_eq!(lexer.take(), token);
        }
    }

    #[test]
    fn raw_text_keeps_its_spaces_and_braces() {
        for (tex, expected, rest) in [
            (" { if {x} }y", Some(" if {x} "), "y"),
            ("{a\\}b}", Some("a\\}b"), ""),
            ("xy", Some("x"), "y"),
            ("{never", None, "{never"),
        ] {
            let mut lexer = Lexer::new(tex);
            assert_eq!(lexer.raw_group(), expected, "{tex}");
            assert_eq!(lexer.rest(), rest, "{tex}");
        }
    }
}
