//! The rows and cells of a table of Markdown.

use super::writer::{Into, Writer};
use crate::import::table::TableDraft;

impl Writer {
    pub(super) fn with_table(&mut self, change: impl FnOnce(&mut TableDraft)) {
        if let Some(table) = &mut self.table {
            change(table);
        }
    }

    /// The parser drops cells beyond the columns of the head; their words are kept.
    pub(super) fn surplus(&mut self, row: &str) {
        let words = row.trim_matches(['|', ' ', '\t', '\n', '\r']);
        if !words.is_empty() {
            self.with_table(|table| table.surplus(words));
        }
    }

    pub(super) fn end_cell(&mut self) {
        let cell = self.take_text();
        self.into = Into::default();
        self.with_table(|table| table.cell(cell));
    }

    pub(super) fn end_table(&mut self) {
        if let Some(table) = self.table.take() {
            self.emit_table(table);
        }
    }
}
