//! What is set between formulas: text, space, and commands of which nothing is to be seen.

use super::Unreadable;
use super::command::joined;
use super::lex::Token;
use super::node::Node;
use super::parse::{Parsed, Parser};
use super::symbols::Class;

impl Parser<'_> {
    /// Spaces, styles, colours, labels. False when the command is none of these.
    pub(super) fn is_setting(&mut self, name: &str, nodes: &mut Vec<Node>) -> Parsed<bool> {
        match name {
            "," | ":" | ">" | ";" | "thinspace" | "medspace" | "thickspace" => nodes.push(Node::Space(0)),
            " " | "\n" | "\t" | "space" | "nobreakspace" | "enspace" | "enskip" => nodes.push(Node::Space(1)),
            "quad" => nodes.push(Node::Space(2)),
            "qquad" => nodes.push(Node::Space(4)),
            "!" | "negthinspace" | "displaystyle" | "textstyle" | "scriptstyle" | "scriptscriptstyle"
            | "nonumber" | "notag" | "hline" | "hfill" | "strut" | "mathstrut" | "null" | "relax"
            | "nobreak" | "allowbreak" | "displaylimits" | "centering" | "normalsize" | "small" | "Large"
            | "large" | "tiny" | "/" | "-" | "protect" | "ensuremath" | "hfil" | "noindent" => {}
            "limits" => self.set_limits(nodes, true),
            "nolimits" => self.set_limits(nodes, false),
            "label" | "vspace" | "vphantom" | "require" | "cline" => {
                self.lexer.raw_group().ok_or(Unreadable)?;
            }
            "color" => {
                let _ = self.lexer.raw_option();
                self.lexer.raw_group().ok_or(Unreadable)?;
            }
            "phantom" | "hphantom" | "hspace" | "mspace" => {
                self.lexer.eat(Token::Char('*'));
                self.lexer.raw_group().ok_or(Unreadable)?;
                nodes.push(Node::Space(1));
            }
            "textcolor" | "colorbox" | "href" | "class" | "style" => {
                let _ = self.lexer.raw_option();
                self.lexer.raw_group().ok_or(Unreadable)?;
                nodes.push(joined(self.argument()?));
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// `\limits` and `\nolimits`: where the indices of the operator before it stand.
    fn set_limits(&self, nodes: &mut [Node], stacked: bool) {
        if let Some(Node::Atom(_, class)) = nodes.last_mut() {
            *class = match (*class, stacked) {
                (Class::Integral, true) => Class::Big,
                (Class::Function, true) => Class::Limit,
                (Class::Big, false) => Class::Integral,
                (Class::Limit, false) => Class::Function,
                (class, _) => class,
            };
        }
    }

    /// `\text{…}`, in which spaces count and `$…$` is a formula again.
    pub(super) fn text(&mut self) -> Parsed<Node> {
        Ok(joined(self.texts()?))
    }

    /// The parts of a text argument.
    pub(super) fn texts(&mut self) -> Parsed<Vec<Node>> {
        let raw = self.lexer.raw_group().ok_or(Unreadable)?;
        let mut nodes = Vec::new();
        for (at, part) in split_dollars(raw).into_iter().enumerate() {
            if at % 2 == 1 {
                nodes.push(joined(self.nested(part)?));
            } else if !part.is_empty() {
                nodes.push(Node::Text(plain(part)?.into()));
            }
        }
        Ok(nodes)
    }
}

/// Parts of a text; every second one stood between dollar signs.
fn split_dollars(raw: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut escaped) = (0, false);
    for (at, byte) in raw.bytes().enumerate() {
        if byte == b'$' && !escaped {
            parts.push(&raw[start..at]);
            start = at + 1;
        }
        escaped = byte == b'\\' && !escaped;
    }
    parts.push(&raw[start..]);
    parts
}

/// Text without its TeX: escapes are what they stand for, shapes and sizes are dropped.
fn plain(raw: &str) -> Parsed<String> {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '{' | '}' => {}
            '~' | '\n' | '\t' | ' ' if out.ends_with(' ') => {}
            '~' | '\n' | '\t' => out.push(' '),
            '\\' => rest = escape(rest, &mut out)?,
            c => out.push(c),
        }
    }
    Ok(out.replace("---", "—").replace("--", "–").replace("``", "“").replace("''", "”").replace('\'', "’"))
}

/// Takes a command in text, whose name begins at `rest`; gives what follows it.
fn escape<'a>(rest: &'a str, out: &mut String) -> Parsed<&'a str> {
    let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (name, after) = rest.split_at(letters);
    match name {
        "" => {
            let c = rest.chars().next().ok_or(Unreadable)?;
            match c {
                '%' | '$' | '&' | '#' | '_' | '{' | '}' => out.push(c),
                ' ' | ',' | ';' | '\\' => out.push(' '),
                _ => return Err(Unreadable),
            }
            Ok(&rest[c.len_utf8()..])
        }
        "quad" | "qquad" => {
            out.push_str("  ");
            Ok(after.trim_start())
        }
        name if name.starts_with("text")
            || matches!(name, "emph" | "rm" | "bf" | "it" | "mathrm" | "mbox") =>
        {
            Ok(after.trim_start())
        }
        name => {
            out.push_str(super::symbols::named(name).ok_or(Unreadable)?.0);
            Ok(after.trim_start())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_loses_its_tex() {
        for (raw, expected) in [
            (" if  $", Some(" if $")),
            ("50\\% {\\bf of} a~b", Some("50% of a b")),
            ("``it''---so", Some("“it”—so")),
            ("\\unknown{x}", None),
            ("\\textit{x}", Some("x")),
        ] {
            assert_eq!(plain(raw).ok().as_deref(), expected, "{raw}");
        }
        assert_eq!(split_dollars("a $x$ b\\$"), ["a ", "x", " b\\$"]);
    }
}
