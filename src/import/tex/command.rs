//! What each command means: its symbol, or what it does with its arguments.

use super::Unreadable;
use super::chemistry;
use super::letters::{self, Font, in_font};
use super::lex::Token;
use super::line;
use super::node::{Align, Node, Script, Shape, Table};
use super::parse::{Parsed, Parser};
use super::symbols::{self, Class};

impl Parser<'_> {
    /// Reads a command, its name already taken.
    pub(super) fn command(&mut self, name: &str, nodes: &mut Vec<Node>) -> Parsed<()> {
        if let Some((symbol, class)) = symbols::named(name) {
            nodes.push(self.symbol(symbol, class));
            return Ok(());
        }
        if let Some(accent) = letters::accent(name) {
            nodes.push(Node::Accented(accent, self.argument()?));
            return Ok(());
        }
        if let Some(font) = font(name) {
            return self.shaped(name, font, nodes);
        }
        if let Some(node) = self.construction(name)? {
            nodes.push(node);
            return Ok(());
        }
        if self.is_setting(name, nodes)? {
            return Ok(());
        }
        self.unknown(name, nodes)
    }

    /// A symbol, in the alphabet in force.
    fn symbol(&self, symbol: &'static str, class: Class) -> Node {
        let mut chars = symbol.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) => Node::atom(in_font(c, self.font).encode_utf8(&mut [0; 4]), class),
            _ => Node::atom(symbol, class),
        }
    }

    /// `\mathbf{…}` for its argument; `\bf` for the rest of the group.
    fn shaped(&mut self, name: &str, font: Font, nodes: &mut Vec<Node>) -> Parsed<()> {
        if matches!(name, "bf" | "cal" | "scr" | "frak" | "rm" | "it" | "sf" | "tt") {
            self.font = font;
            return Ok(());
        }
        let inner = self.deeper(|parser| {
            parser.font = font;
            parser.argument()
        })?;
        nodes.push(if font == Font::Plain { word(inner) } else { joined(inner) });
        Ok(())
    }

    /// Commands that build something from their arguments.
    fn construction(&mut self, name: &str) -> Parsed<Option<Node>> {
        Ok(Some(match name {
            "frac" | "tfrac" | "dfrac" | "cfrac" | "nicefrac" | "sfrac" => {
                if name == "cfrac" {
                    let _ = self.lexer.raw_option();
                }
                Node::Fraction(self.argument()?, self.argument()?)
            }
            "binom" | "tbinom" | "dbinom" => Node::Choose(self.argument()?, self.argument()?),
            "sqrt" => {
                let index = self.option()?;
                Node::Root(index, self.argument()?)
            }
            "left" => self.fence()?,
            "begin" => self.environment()?,
            "overbrace" | "overbracket" => Node::Braced(true, self.argument()?),
            "underbrace" | "underbracket" => Node::Braced(false, self.argument()?),
            "overset" | "stackrel" => self.stacked(true)?,
            "underset" => self.stacked(false)?,
            "substack" => self.substack()?,
            "abs" => Node::Fenced("|", self.argument()?, "|"),
            "norm" => Node::Fenced("‖", self.argument()?, "‖"),
            "bra" => Node::Fenced("⟨", self.argument()?, "|"),
            "ket" => Node::Fenced("|", self.argument()?, "⟩"),
            "braket" => Node::Fenced("⟨", self.argument()?, "⟩"),
            "operatorname" => self.operator()?,
            "ce" => {
                let raw = self.lexer.raw_group().ok_or(Unreadable)?;
                Node::Text(chemistry::formula(raw).ok_or(Unreadable)?.into())
            }
            "mathop" => self.spaced_as(Class::Limit)?,
            "mathrel" => self.spaced_as(Class::Relation)?,
            "mathbin" => self.spaced_as(Class::Binary)?,
            "mathpunct" => self.spaced_as(Class::Punctuation)?,
            "not" => self.negation()?,
            "pmod" => self.modulus()?,
            "tag" => self.tag()?,
            "ref" | "eqref" => Node::Text(format!("({})", self.lexer.raw_group().ok_or(Unreadable)?).into()),
            "middle" => Node::atom(self.delimiter()?, Class::Relation),
            "text" | "mbox" | "hbox" | "textrm" | "textit" | "textbf" | "textsf" | "texttt"
            | "textnormal" | "textup" | "textsc" | "emph" | "intertext" | "shortintertext" | "fbox" => {
                self.text()?
            }
            _ => return Ok(self.arrow(name)?.or(self.big(name)?)),
        }))
    }

    /// Arrows that stretch.
    fn arrow(&mut self, name: &str) -> Parsed<Option<Node>> {
        let arrow = match name {
            "xrightarrow" => "→",
            "xleftarrow" => "←",
            "xleftrightarrow" => "↔",
            "xRightarrow" => "⇒",
            "xLeftarrow" => "⇐",
            "xLeftrightarrow" => "⇔",
            "xmapsto" => "↦",
            "xhookrightarrow" => "↪",
            "xrightleftharpoons" => "⇌",
            "xlongequal" => "=",
            _ => return Ok(None),
        };
        let under = self.option()?;
        Ok(Some(Node::Arrow(arrow, self.argument()?, under)))
    }

    /// Delimiters of a given size: the size is not drawn.
    fn big(&mut self, name: &str) -> Parsed<Option<Node>> {
        let Some(side) = ["Bigg", "bigg", "Big", "big"].iter().find_map(|size| name.strip_prefix(size))
        else {
            return Ok(None);
        };
        let class = match side {
            "l" => Some(Class::Open),
            "r" => Some(Class::Close),
            "m" => Some(Class::Relation),
            "" => None,
            _ => return Ok(None),
        };
        let delimiter = self.delimiter()?;
        let own = delimiter.chars().next().map_or(Class::Ordinary, |c| match c {
            '{' | '⟨' | '⌊' | '⌈' => Class::Open,
            '}' | '⟩' | '⌋' | '⌉' => Class::Close,
            c => symbols::class_of(c),
        });
        Ok(Some(Node::atom(delimiter, class.unwrap_or(own))))
    }

    /// `\left( … \right)`, `\left` already taken.
    fn fence(&mut self) -> Parsed<Node> {
        let open = self.delimiter()?;
        let body = self.list()?;
        if self.lexer.take() != Token::Command("right") {
            return Err(Unreadable);
        }
        Ok(Node::Fenced(open, body, self.delimiter()?))
    }

    /// A delimiter; `.` is none.
    fn delimiter(&mut self) -> Parsed<&'static str> {
        Ok(match self.lexer.take() {
            Token::Char('.') => "",
            Token::Char('(') => "(",
            Token::Char(')') => ")",
            Token::Char('[') => "[",
            Token::Char(']') => "]",
            Token::Char('|' | '∣') => "|",
            Token::Char('/') => "/",
            Token::Char('<' | '⟨') => "⟨",
            Token::Char('>' | '⟩') => "⟩",
            Token::Char('‖') => "‖",
            Token::Command(name) => symbols::named(name).ok_or(Unreadable)?.0,
            _ => return Err(Unreadable),
        })
    }

    /// One thing set above (or below) another.
    fn stacked(&mut self, above: bool) -> Parsed<Node> {
        let script = self.argument()?;
        let base = joined(self.argument()?);
        let mut stacked = Script { stacked: true, ..Script::around(base) };
        *(if above { &mut stacked.sup } else { &mut stacked.sub }) = Some(script);
        Ok(Node::Script(Box::new(stacked)))
    }

    fn substack(&mut self) -> Parsed<Node> {
        if !self.lexer.eat(Token::Open) {
            return Err(Unreadable);
        }
        let rows = self.deeper(Self::rows)?;
        if !self.lexer.eat(Token::Close) {
            return Err(Unreadable);
        }
        let columns = vec![Align::Centre];
        Ok(Node::Table(Box::new(Table { shape: Shape::Stack, columns, bars: Vec::new(), rows })))
    }

    /// `\operatorname{name}`; with a star, its index stands below it.
    fn operator(&mut self) -> Parsed<Node> {
        let class = if self.lexer.eat(Token::Char('*')) { Class::Limit } else { Class::Function };
        let name = line::text(&self.argument()?);
        Ok(Node::atom(&name.replace('−', "-"), class))
    }

    /// An argument with spacing of its own.
    fn spaced_as(&mut self, class: Class) -> Parsed<Node> {
        Ok(Node::atom(&line::text(&self.argument()?), class))
    }

    fn negation(&mut self) -> Parsed<Node> {
        Ok(match self.argument()?.pop() {
            Some(Node::Atom(symbol, class)) => Node::Atom(symbols::negated(&symbol).into(), class),
            _ => return Err(Unreadable),
        })
    }

    /// `\pmod{n}`
    fn modulus(&mut self) -> Parsed<Node> {
        let mut inner = vec![Node::Text("mod ".into())];
        inner.extend(self.argument()?);
        Ok(Node::Group(vec![Node::Text(" ".into()), Node::Fenced("(", inner, ")")]))
    }

    fn tag(&mut self) -> Parsed<Node> {
        let bare = self.lexer.eat(Token::Char('*'));
        let tag = joined(self.texts()?);
        let fenced = if bare { tag } else { Node::Fenced("(", vec![tag], ")") };
        Ok(Node::Group(vec![Node::Text("  ".into()), fenced]))
    }

    /// `\sqrt[3]`: what stands in brackets.
    fn option(&mut self) -> Parsed<Vec<Node>> {
        match self.lexer.raw_option() {
            Some(option) => self.nested(option),
            None => Ok(Vec::new()),
        }
    }

    /// A command that is not known: shown by its name when it takes no argument.
    fn unknown(&mut self, name: &str, nodes: &mut Vec<Node>) -> Parsed<()> {
        let takes_more = matches!(self.lexer.peek(), Token::Open | Token::Char('['));
        if !self.lenient || takes_more || name.len() < 2 || !name.bytes().all(|b| b.is_ascii_alphabetic()) {
            return Err(Unreadable);
        }
        nodes.push(Node::Unknown(name.into()));
        Ok(())
    }
}

/// The alphabet that a command chooses.
fn font(name: &str) -> Option<Font> {
    Some(match name {
        "mathbf" | "boldsymbol" | "bm" | "bold" | "pmb" | "bf" | "symbf" => Font::Bold,
        "mathbb" | "mathbbm" | "Bbb" | "mathds" => Font::Double,
        "mathcal" | "mathscr" | "cal" | "scr" => Font::Script,
        "mathfrak" | "frak" => Font::Fraktur,
        "mathrm" | "mathit" | "mathsf" | "mathtt" | "mathnormal" | "mathord" | "mathinner" | "mathopen"
        | "mathclose" | "smash" | "boxed" | "rm" | "it" | "sf" | "tt" => Font::Plain,
        _ => return None,
    })
}

/// Letters that are one word: `\mathrm{max}`.
fn word(nodes: Vec<Node>) -> Node {
    let letters = |node: &Node| match node {
        Node::Atom(text, Class::Ordinary) if text.chars().all(char::is_alphabetic) => Some(text.clone()),
        _ => None,
    };
    match nodes.iter().map(letters).collect::<Option<Vec<_>>>() {
        Some(word) if word.len() > 1 => Node::Text(word.concat().into()),
        _ => joined(nodes),
    }
}

/// A list of one is that one.
pub(super) fn joined(mut nodes: Vec<Node>) -> Node {
    match nodes.len() {
        1 => nodes.pop().unwrap_or(Node::Space(0)),
        _ => Node::Group(nodes),
    }
}
