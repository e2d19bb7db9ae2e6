//! `\begin{…}` and `\end{…}`: matrices, cases, aligned lines.

use super::Unreadable;
use super::lex::{Lexer, Token};
use super::node::{Align, Node, Shape, Table};
use super::parse::{Parsed, Parser};
use crate::article::limits;

impl Parser<'_> {
    /// Reads an environment, `\begin` already taken.
    pub(super) fn environment(&mut self) -> Parsed<Node> {
        let name = self.lexer.raw_group().ok_or(Unreadable)?;
        let plain = name.trim_end_matches('*');
        let (shape, open, close) = kind(plain).ok_or(Unreadable)?;
        let mut table = Table { shape, columns: Vec::new(), bars: Vec::new(), rows: Vec::new() };
        self.columns(plain, &mut table)?;
        table.rows = self.deeper(Self::rows)?;
        if self.lexer.take() != Token::Command("end") || self.lexer.raw_group() != Some(name) {
            return Err(Unreadable);
        }
        let table = Node::Table(Box::new(table));
        Ok(if open.is_empty() && close.is_empty() { table } else { Node::Fenced(open, vec![table], close) })
    }

    /// How the columns are aligned: by the environment, or as its argument says.
    fn columns(&mut self, name: &str, table: &mut Table) -> Parsed<()> {
        table.columns = match name {
            "array" | "subarray" => {
                let _ = self.lexer.raw_option();
                let given = self.lexer.raw_group().ok_or(Unreadable)?;
                return spec(given, table);
            }
            "alignat" | "alignedat" | "xalignat" => {
                self.lexer.raw_group().ok_or(Unreadable)?;
                vec![Align::Right, Align::Left]
            }
            "eqnarray" => vec![Align::Right, Align::Centre, Align::Left],
            "gather" | "gathered" | "multline" => vec![Align::Centre],
            _ => match table.shape {
                Shape::Lines => vec![Align::Right, Align::Left],
                Shape::Cases | Shape::Stack => vec![Align::Left],
                Shape::Matrix => vec![Align::Centre],
            },
        };
        if matches!(name, "aligned" | "gathered" | "split") || name.ends_with("matrix") {
            let _ = self.lexer.raw_option();
        }
        Ok(())
    }
}

/// The columns of an `array`: `{cc|c}`, `{*{3}{c}}`, `{@{}l}`.
fn spec(given: &str, table: &mut Table) -> Parsed<()> {
    let mut lexer = Lexer::new(given);
    loop {
        match lexer.take() {
            Token::Char('l') => table.columns.push(Align::Left),
            Token::Char('c') => table.columns.push(Align::Centre),
            Token::Char('r') => table.columns.push(Align::Right),
            Token::Char('|') => table.bars.push(table.columns.len()),
            Token::Char('@' | '!' | '>' | '<') => drop(lexer.raw_group()),
            Token::Char('p' | 'm' | 'b') => {
                lexer.raw_group();
                table.columns.push(Align::Left);
            }
            Token::Char('*') => {
                let count = lexer.raw_group().and_then(|n| n.trim().parse().ok()).unwrap_or(0);
                let align = match lexer.raw_group() {
                    Some("l") => Align::Left,
                    Some("r") => Align::Right,
                    Some("c") => Align::Centre,
                    _ => return Err(Unreadable),
                };
                table.columns.extend(std::iter::repeat_n(align, count.min(limits::COLUMNS.most)));
            }
            Token::End => break,
            _ => return Err(Unreadable),
        }
    }
    table.bars.dedup();
    Ok(())
}

/// What an environment is, and the delimiters around it.
fn kind(name: &str) -> Option<(Shape, &'static str, &'static str)> {
    Some(match name {
        "matrix" | "smallmatrix" | "array" => (Shape::Matrix, "", ""),
        "pmatrix" | "psmallmatrix" => (Shape::Matrix, "(", ")"),
        "bmatrix" | "bsmallmatrix" => (Shape::Matrix, "[", "]"),
        "Bmatrix" => (Shape::Matrix, "{", "}"),
        "vmatrix" | "vsmallmatrix" => (Shape::Matrix, "|", "|"),
        "Vmatrix" => (Shape::Matrix, "‖", "‖"),
        "cases" | "dcases" => (Shape::Cases, "{", ""),
        "rcases" | "drcases" => (Shape::Cases, "", "}"),
        "subarray" => (Shape::Stack, "", ""),
        "aligned" | "align" | "alignat" | "alignedat" | "xalignat" | "flalign" | "split" | "gather"
        | "gathered" | "multline" | "eqnarray" | "equation" | "displaymath" | "math" => {
            (Shape::Lines, "", "")
        }
        _ => return None,
    })
}
