//! Tokens into a tree: lists, groups, indices. Commands are in [`super::command`], tables in [`super::environment`].

use super::letters::{Font, in_font};
use super::lex::{Lexer, Token};
use super::node::{Align, Node, Script, Shape, Table};
use super::symbols::{self, Class};
use super::{DEPTH, Unreadable};

/// A part of a formula, or the news that its source has to be shown.
pub type Parsed<T> = Result<T, Unreadable>;

/// Reads a whole formula. When it is `lenient`, unknown commands without arguments are names.
pub fn formula(tex: &str, lenient: bool) -> Parsed<Vec<Node>> {
    Parser { lexer: Lexer::new(tex), font: Font::default(), depth: 0, lenient }.whole()
}

/// Reads a formula, never deeper than [`DEPTH`].
pub struct Parser<'a> {
    pub(super) lexer: Lexer<'a>,
    pub(super) font: Font,
    pub(super) lenient: bool,
    depth: usize,
}

impl Parser<'_> {
    /// Reads a formula that stands inside an argument which was taken as written.
    pub(super) fn nested(&mut self, tex: &str) -> Parsed<Vec<Node>> {
        self.deeper(|p| {
            Parser { lexer: Lexer::new(tex), font: p.font, depth: p.depth, lenient: p.lenient }.whole()
        })
    }

    /// Everything; rows that no environment holds are lines.
    fn whole(mut self) -> Parsed<Vec<Node>> {
        let mut rows = self.rows()?;
        if self.lexer.take() != Token::End {
            return Err(Unreadable);
        }
        if let [row] = &mut rows[..]
            && row.len() == 1
        {
            return Ok(row.pop().unwrap_or_default());
        }
        let columns = vec![Align::Right, Align::Left];
        Ok(vec![Node::Table(Box::new(Table { shape: Shape::Lines, columns, bars: Vec::new(), rows }))])
    }

    /// Rows of cells, up to what ends them. An empty last row is left out.
    pub(super) fn rows(&mut self) -> Parsed<Vec<Vec<Vec<Node>>>> {
        let mut rows = vec![Vec::new()];
        loop {
            let cell = self.list()?;
            if let Some(row) = rows.last_mut() {
                row.push(cell);
            }
            if self.lexer.eat(Token::Break) {
                rows.push(Vec::new());
            } else if !self.lexer.eat(Token::Tab) {
                break;
            }
        }
        if rows.len() > 1 && rows.last().is_some_and(|row| row.iter().all(Vec::is_empty)) {
            rows.pop();
        }
        Ok(rows)
    }

    /// Does something one level deeper.
    pub(super) fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth >= DEPTH {
            return Err(Unreadable);
        }
        let font = self.font;
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        self.font = font;
        result
    }

    /// Nodes up to what ends a list, which stays: `}`, `&`, `\\`, `\right`, `\end`, the end.
    pub(super) fn list(&mut self) -> Parsed<Vec<Node>> {
        self.deeper(|parser| {
            let mut nodes = Vec::new();
            let mut above = None;
            loop {
                match parser.lexer.peek() {
                    Token::Close | Token::Tab | Token::Break | Token::End => break,
                    Token::Command("right" | "end") => break,
                    Token::Command(name @ ("over" | "choose" | "atop")) if above.is_none() => {
                        parser.lexer.take();
                        above = Some((name, std::mem::take(&mut nodes)));
                    }
                    _ => parser.node(&mut nodes)?,
                }
            }
            Ok(match above {
                None => nodes,
                Some(("over", over)) => vec![Node::Fraction(over, nodes)],
                Some((_, over)) => vec![Node::Choose(over, nodes)],
            })
        })
    }

    /// What a command or index applies to: `{…}`, or one token with what it takes itself.
    pub(super) fn argument(&mut self) -> Parsed<Vec<Node>> {
        if self.lexer.eat(Token::Open) {
            let nodes = self.list()?;
            return if self.lexer.eat(Token::Close) { Ok(nodes) } else { Err(Unreadable) };
        }
        self.deeper(|parser| {
            let mut nodes = Vec::new();
            match parser.lexer.peek() {
                Token::Char(_) | Token::Command(_) => parser.node(&mut nodes)?,
                _ => return Err(Unreadable),
            }
            Ok(nodes)
        })
    }

    /// The next node.
    fn node(&mut self, nodes: &mut Vec<Node>) -> Parsed<()> {
        match self.lexer.peek() {
            Token::Open => {
                let group = self.argument()?;
                nodes.push(grouped(group));
            }
            Token::Raise | Token::Lower | Token::Char('\'' | '’') => return self.script(nodes),
            Token::Char('$' | '\u{fffd}') => return Err(Unreadable),
            Token::Char(c) => {
                self.lexer.take();
                nodes.push(self.character(c));
            }
            Token::Command(name) => {
                self.lexer.take();
                return self.command(name, nodes);
            }
            _ => return Err(Unreadable),
        }
        Ok(())
    }

    /// A character that stands for itself.
    fn character(&self, c: char) -> Node {
        let follows = self.lexer.rest().as_bytes();
        match c {
            '-' => Node::atom("−", Class::Binary),
            '*' => Node::atom("∗", Class::Binary),
            '~' => Node::Space(1),
            ',' if is_thousands(follows) => Node::atom(",", Class::Ordinary),
            c => {
                let shaped = in_font(c, self.font);
                Node::atom(shaped.encode_utf8(&mut [0; 4]), symbols::class_of(c))
            }
        }
    }

    /// Primes, an index or an exponent of the last node.
    fn script(&mut self, nodes: &mut Vec<Node>) -> Parsed<()> {
        let mark = self.lexer.take();
        let mut script = match nodes.pop() {
            Some(Node::Script(script)) => script,
            Some(space @ Node::Space(_)) => {
                nodes.push(space);
                Box::new(Script::around(Node::Group(Vec::new())))
            }
            base => Box::new(Script::around(base.unwrap_or_else(|| Node::Group(Vec::new())))),
        };
        match mark {
            Token::Lower if script.sub.is_none() => script.sub = Some(self.argument()?),
            Token::Raise if script.sup.is_none() => script.sup = Some(self.argument()?),
            Token::Char(_) if script.sup.is_none() => script.primes += 1,
            _ => return Err(Unreadable),
        }
        nodes.push(Node::Script(script));
        Ok(())
    }
}

impl Script {
    /// A base with nothing around it yet.
    pub fn around(base: Node) -> Self {
        let stacked = base.has_limits();
        Self { base, primes: 0, sub: None, sup: None, stacked }
    }
}

/// A group of one is that one. An operator in a group is spaced as a letter (`{=}`, `1{,}000`), and what has
/// indices already takes further ones as a whole.
fn grouped(mut nodes: Vec<Node>) -> Node {
    match (nodes.pop(), nodes.is_empty()) {
        (Some(Node::Atom(text, Class::Binary | Class::Relation | Class::Punctuation)), true) => {
            Node::Atom(text, Class::Ordinary)
        }
        (Some(node), true) if !matches!(node, Node::Script(_) | Node::Space(_)) => node,
        (last, _) => {
            nodes.extend(last);
            Node::Group(nodes)
        }
    }
}

/// True when exactly three digits follow: the comma of `1,000`.
fn is_thousands(follows: &[u8]) -> bool {
    follows.iter().take(4).take_while(|b| b.is_ascii_digit()).count() == 3
}
