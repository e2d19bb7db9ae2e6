//! A formula as a tree, at most [`super::DEPTH`] levels deep.

use super::letters::Accent;
use super::symbols::Class;

/// A part of a formula.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// A letter, symbol or name.
    Atom(Box<str>, Class),
    /// A command that is not known and takes no arguments.
    Unknown(Box<str>),
    /// Text; its spaces count.
    Text(Box<str>),
    /// Space of so many cells; 0 is less than a cell.
    Space(u8),
    /// Several nodes that are spaced as one.
    Group(Vec<Node>),
    /// A base with what is set around it.
    Script(Box<Script>),
    /// One thing over another.
    Fraction(Vec<Node>, Vec<Node>),
    /// One thing over another, without a bar, in these delimiters.
    Choose(Vec<Node>, Vec<Node>),
    /// A root, its index first.
    Root(Vec<Node>, Vec<Node>),
    /// Something in delimiters as tall as itself; an empty one is not drawn.
    Fenced(&'static str, Vec<Node>, &'static str),
    /// Something with an accent.
    Accented(Accent, Vec<Node>),
    /// Something with a brace over it (`true`) or under it.
    Braced(bool, Vec<Node>),
    /// An arrow as long as what stands over and under it.
    Arrow(&'static str, Vec<Node>, Vec<Node>),
    /// Rows of cells.
    Table(Box<Table>),
}

/// A base, primes, an index and an exponent.
#[derive(Clone, Debug, PartialEq)]
pub struct Script {
    /// What they are set around; an empty group for indices that stand first.
    pub base: Node,
    /// How many primes.
    pub primes: usize,
    /// The index.
    pub sub: Option<Vec<Node>>,
    /// The exponent.
    pub sup: Option<Vec<Node>>,
    /// True when they stand below and above the base.
    pub stacked: bool,
}

/// Rows of cells.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// What the rows are.
    pub shape: Shape,
    /// How each column is aligned; columns past the last are aligned as `shape` has it.
    pub columns: Vec<Align>,
    /// Before which columns a bar stands.
    pub bars: Vec<usize>,
    /// The cells.
    pub rows: Vec<Vec<Vec<Node>>>,
}

/// What the rows of a table are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Rows of a matrix.
    Matrix,
    /// Cases: a value and its condition.
    Cases,
    /// Lines of a formula, aligned where `&` stands.
    Lines,
    /// Lines of a limit.
    Stack,
}

/// Where a cell stands in its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Left.
    Left,
    /// In the middle.
    Centre,
    /// Right.
    Right,
}

impl Node {
    /// An atom.
    pub fn atom(text: &str, class: Class) -> Self {
        Self::Atom(text.into(), class)
    }

    /// How it is spaced against what stands before it and after it.
    pub fn classes(&self) -> (Class, Class) {
        match self {
            Self::Atom(_, class) => (*class, *class),
            Self::Script(script) => script.base.classes(),
            Self::Fenced(open, _, close) => {
                let left = if open.is_empty() { Class::Ordinary } else { Class::Open };
                (left, if close.is_empty() { Class::Ordinary } else { Class::Close })
            }
            Self::Text(text) if text.ends_with(' ') => (Class::Ordinary, Class::Punctuation),
            Self::Choose(..) => (Class::Open, Class::Close),
            Self::Arrow(..) => (Class::Relation, Class::Relation),
            Self::Unknown(_) => (Class::Function, Class::Function),
            _ => (Class::Ordinary, Class::Ordinary),
        }
    }

    /// True when indices of this base stand below and above it.
    pub fn has_limits(&self) -> bool {
        match self {
            Self::Atom(_, class) => class.has_limits(),
            Self::Braced(..) => true,
            _ => false,
        }
    }
}
