//! Marking entries, and taking references with one: the chosen one, the marked ones, all.

use std::collections::BTreeSet;

use super::Item;
use crate::app::event::Effect;
use crate::app::picker::{Item as Choice, Picker, Purpose};
use crate::app::{App, Overlay};
use crate::article::{RefId, Reference};
use crate::cite::Form;
use crate::export;

impl App {
    /// Marks the chosen entry for export, or takes the mark off.
    pub(super) fn mark_reference(&mut self) {
        let Some(Item::Reference(id)) = self.references.chosen else {
            self.message = "only references are exported".to_owned();
            return;
        };
        if !self.references.marked.remove(&id) {
            self.references.marked.insert(id);
        }
    }

    /// Marks every reference that is listed; when all of them are, takes the marks off.
    pub(super) fn mark_all_references(&mut self) {
        let listed = self.references.shown.iter();
        let listed: BTreeSet<RefId> =
            listed.filter_map(|item| if let Item::Reference(id) = item { Some(*id) } else { None }).collect();
        let marked = &mut self.references.marked;
        if listed.is_subset(marked) {
            *marked = &*marked - &listed;
        } else {
            marked.extend(listed);
        }
    }

    /// The marked references in the order of their list, or else the chosen one.
    fn references_at_hand(&self) -> Vec<RefId> {
        match self.references.chosen {
            _ if !self.references.marked.is_empty() => self.references.marked.iter().copied().collect(),
            Some(Item::Reference(id)) => vec![id],
            _ => Vec::new(),
        }
    }

    /// Copies the chosen entry, or the marked ones.
    pub(super) fn copy_listed(&mut self) -> Vec<Effect> {
        let ids = self.references_at_hand();
        if !ids.is_empty() {
            return self.copy_all_as(&ids, Form::Text);
        }
        let words = self.listed_card().map_or(String::new(), |card| card.about().words(&self.article));
        if words.is_empty() {
            self.message = "there is nothing to copy".to_owned();
            return Vec::new();
        }
        self.message = "copied".to_owned();
        vec![Effect::Copy(words)]
    }

    fn copy_all_as(&mut self, ids: &[RefId], form: Form) -> Vec<Effect> {
        if let [id] = ids {
            return self.copy_as(*id, form);
        }
        let references = ids.iter().filter_map(|id| self.article.references.get(id.index()));
        let references: Vec<&Reference> = references.collect();
        let text = export::references(&self.article, form, &references);
        self.message = format!("copied {} references as {}", references.len(), form.title());
        vec![Effect::Copy(text.trim_end().to_owned())]
    }

    /// Offers the forms for what is at hand, and for all references.
    pub(super) fn offer_listed(&mut self) {
        let ids = self.references_at_hand();
        let at_hand = match (ids.as_slice(), self.references.marked.len()) {
            ([], _) => None,
            ([id], 0) => self.article.references.get(id.index()).map(|r| format!("[{}]", r.label)),
            (_, marked) => Some(format!("{marked} marked")),
        };
        let all = self.article.references.len();
        let all = match all {
            0 => None,
            1 => at_hand.is_none().then(|| "the one reference".to_owned()),
            _ => Some(format!("all {all} references")),
        };
        let offers = [(at_hand, 0), (all, Form::ALL.len())];
        let offers = offers.into_iter().filter_map(|(what, from)| Some((what?, from)));
        let items = offers.flat_map(|(what, from)| {
            Form::ALL.iter().enumerate().map(move |(at, form)| Choice {
                label: form.title().to_owned(),
                detail: what.clone(),
                indent: 0,
                value: from + at,
            })
        });
        let items: Vec<Choice> = items.collect();
        if items.is_empty() {
            self.message = "this article has no references".to_owned();
            return;
        }
        self.overlay = Some(Overlay::Picker(Picker::new(Purpose::Export, items)));
    }

    /// Copies what was offered, in the form that was chosen: first the forms for what is at hand, then those for all.
    pub(in crate::app) fn export_listed(&mut self, offer: usize) -> Vec<Effect> {
        let Some(&form) = Form::ALL.get(offer % Form::ALL.len()) else { return Vec::new() };
        let ids = match offer < Form::ALL.len() {
            true => self.references_at_hand(),
            false => (0..self.article.references.len() as u32).map(RefId).collect(),
        };
        self.copy_all_as(&ids, form)
    }
}
