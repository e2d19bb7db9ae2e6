//! Lists: their items, numbers and definitions.

use dom_query::NodeRef;

use super::dialect::Dialect;
use super::node;
use super::walker::{Enter, Exit, Walker};
use crate::article::{Item, Kind, Nest};

/// A list that is being read.
#[derive(Debug)]
pub struct List {
    /// The number of the next item, in an ordered list.
    next: Option<u64>,
    tight: bool,
    width: u8,
    /// The definitions that follow explain a term.
    termed: bool,
}

impl<'a, D: Dialect> Walker<'a, D> {
    pub(super) fn enter_list(&mut self, node: &NodeRef<'a>) -> Enter {
        self.flush();
        if self.is_flat() {
            self.item_before = false;
            return Enter::Into(Exit::Gap);
        }
        self.lists.push(List::of(node));
        Enter::Into(Exit::List)
    }

    pub(super) fn enter_item(&mut self, node: &NodeRef<'a>) -> Enter {
        if self.is_flat() {
            return self.flat_item();
        }
        let mut item = Item { number: None, task: task(node), first: true, tight: true, width: 1 };
        if let Some(list) = self.lists.last_mut() {
            let number = node::attr(node, "value").parse().ok().filter(|_| list.next.is_some()).or(list.next);
            list.next = number.map(|n: u64| n.saturating_add(1));
            item = Item { number, tight: list.tight, width: list.width, ..item };
        }
        self.enter_nest(Nest::Item(item))
    }

    /// In a cell the items of a list are parted by dots.
    fn flat_item(&mut self) -> Enter {
        let begun = self.flow.as_str().chars().next_back();
        if self.grid.is_some() && begun.is_some_and(|c| !"·:(,;".contains(c)) && self.item_before {
            self.flow.text(" · ");
        }
        self.item_before = true;
        self.flush();
        Enter::Into(Exit::Gap)
    }

    pub(super) fn enter_definitions(&mut self) -> Enter {
        self.flush();
        self.lists.push(List { next: None, tight: true, width: 1, termed: false });
        Enter::Into(Exit::List)
    }

    /// A term that nothing explains is a line in bold.
    pub(super) fn enter_term(&mut self, node: &NodeRef<'a>) -> Enter {
        if self.is_flat() {
            return self.enter_block();
        }
        let mut next = node.next_element_sibling();
        for _ in 0..TERMS {
            next = next.filter(|n| n.has_name("dt")).and_then(|n| n.next_element_sibling()).or(next);
        }
        let explained = next.is_some_and(|n| n.has_name("dd"));
        if let Some(list) = self.lists.last_mut() {
            list.termed = explained;
        }
        self.enter_line(if explained { Exit::Line(Kind::Term) } else { Exit::Bold })
    }

    /// A definition without a term is only indented.
    pub(super) fn enter_definition(&mut self) -> Enter {
        match self.lists.last() {
            Some(list) if list.termed => self.enter_nest(Nest::Definition),
            _ => self.enter_block(),
        }
    }
}

/// How many terms may share a definition.
const TERMS: usize = 8;

impl List {
    fn of(node: &NodeRef<'_>) -> Self {
        let items: Vec<NodeRef<'_>> = node.children_it(false).filter(|c| c.has_name("li")).collect();
        let loose = |item: &NodeRef<'_>| item.children_it(false).any(|c| c.has_name("p"));
        let tight = !items.iter().any(loose);
        if !node.has_name("ol") {
            return Self { next: None, tight, width: 1, termed: false };
        }
        let start = node::attr(node, "start").parse().unwrap_or(1);
        let valued = items.iter().filter_map(|i| node::attr(i, "value").parse::<u64>().ok());
        let last =
            valued.max().unwrap_or(0).max(u64::saturating_add(start, items.len() as u64).saturating_sub(1));
        Self { next: Some(start), tight, width: last.to_string().len() as u8 + 1, termed: false }
    }
}

/// A task: done or not.
fn task(item: &NodeRef<'_>) -> Option<bool> {
    let first = item.first_element_child()?;
    let first =
        if first.has_name("p") || first.has_name("label") { first.first_element_child()? } else { first };
    let is_box = first.has_name("input") && node::attr(&first, "type").eq_ignore_ascii_case("checkbox");
    is_box.then(|| first.has_attr("checked"))
}
