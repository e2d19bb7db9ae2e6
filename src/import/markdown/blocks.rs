//! Blocks as they are handed to the builder: titles, captions, figures and formulas told from paragraphs.

use crate::article::build::slug;
use crate::article::{Draft, Figure, Kind, Mark, Nest, Sort, Thing, limits};

use super::attributes::attributes;
use super::caption;
use super::inline::{Picture, Written};
use super::writer::{Into, Writer};
use crate::import::table::TableDraft;

/// How many there have been.
#[derive(Debug, Default)]
pub struct Counts {
    pub(super) blocks: usize,
    pub(super) figures: u32,
    pub(super) tables: u32,
}

impl Writer {
    /// Ends the running text, if there is any: it becomes a block.
    pub(super) fn flush(&mut self) {
        let into = std::mem::take(&mut self.into);
        if self.inline.is_empty() && self.formula.is_none() {
            return;
        }
        match into {
            Into::Heading(level, name) => {
                let draft = self.take_text();
                self.heading(level, draft, name);
            }
            Into::Term => {
                let draft = self.take_text();
                self.emit(Kind::Term, draft);
            }
            _ => self.paragraph(),
        }
    }

    /// The running text with its markers; notes that were written in it are handed over.
    pub(super) fn take_text(&mut self) -> Draft {
        let (written, _) = self.inline.take();
        self.polish(written)
    }

    fn polish(&mut self, written: Written) -> Draft {
        let polished = self.works.polish(written);
        for (key, what) in &polished.complaints {
            self.builder.complain_of(Sort::Dangling, "", &format!("{key} {what}"));
        }
        for (name, note) in polished.notes {
            self.builder.begin_note(&name);
            self.builder.block(Kind::Paragraph, note, Vec::new());
            self.builder.end_note();
        }
        polished.draft
    }

    fn paragraph(&mut self) {
        let (mut written, pictures) = self.inline.take();
        if self.formula.is_some() {
            self.end_formula(&mut written);
        }
        // An escaped colon says that this is no caption.
        let colon = written.draft.as_str().find(": ");
        let plain = colon.is_some_and(|at| written.escaped.contains(&at));
        let draft = self.polish(written);
        if draft.as_str().trim().is_empty() && !caption::is_unnumbered(&draft) {
            self.keep_anchors(draft);
        } else if self.lone_caption {
            self.emit(Kind::Caption, draft);
        } else if let Some(address) = caption::only_picture(&draft) {
            self.figure(draft, &address, &pictures);
        } else if !plain && caption::of_table(&draft) {
            self.caption(draft);
        } else {
            self.emit(Kind::Paragraph, draft);
        }
    }

    /// A paragraph of names alone names the block that follows.
    fn keep_anchors(&mut self, draft: Draft) {
        for (_, mark) in draft.into_parts().1 {
            if let Mark::Anchor(name) = mark {
                self.anchors.push(name);
            }
        }
    }

    fn figure(&mut self, draft: Draft, address: &str, pictures: &[Picture]) {
        let number = (!caption::is_unnumbered(&draft)).then(|| {
            self.counts.figures += 1;
            self.counts.figures
        });
        let title = pictures.last().map_or("", |p| &p.title);
        let silent = number.is_none() && pictures.last().is_some_and(|p| p.silent);
        let draft = if silent { Draft::default() } else { draft };
        let (draft, caption, description) = caption::figure(number, draft, (address, title));
        let image = self.builder.link(address);
        self.emit(Kind::Figure(Box::new(Figure { image, caption, description })), draft);
    }

    fn caption(&mut self, draft: Draft) {
        if self.after_table {
            self.counts.tables += 1;
            let draft = caption::table(self.counts.tables, draft);
            self.emit(Kind::Caption, draft);
        } else {
            self.settle();
            self.caption = Some((draft, self.nest.clone()));
        }
    }

    /// A caption whose table did not come is a paragraph.
    pub(super) fn settle(&mut self) {
        if let Some((draft, nest)) = self.caption.take() {
            self.hand_over(Kind::Paragraph, draft, nest);
            self.end_block();
        }
    }

    /// Hands over a table, and after it the caption that stood before it.
    pub(super) fn emit_table(&mut self, mut table: TableDraft) {
        if let Some(told) = self.told.take() {
            told.tell(&mut table);
        }
        if table.joined {
            self.builder.complain("", limits::COLUMNS.message);
        }
        let Some((kind, draft)) = table.finish() else { return };
        let caption = self.caption.take();
        self.emit(kind, draft);
        self.after_table = true;
        if let Some((draft, _)) = caption {
            self.caption(draft);
        }
    }

    pub(super) fn heading(&mut self, level: u8, mut draft: Draft, name: Option<String>) {
        if let Some(source) = self.heading.take() {
            draft.mark_range(0..0, Mark::Origin(Thing::Heading, source));
        }
        let nested = !self.nest.is_empty() || self.in_note();
        if self.counts.blocks == 0 && level == 1 && !nested && !self.titled && !draft.is_empty() {
            (self.titled, self.took_title, self.rise) = (true, true, 1);
            for name in name.into_iter().chain([slug(draft.as_str())]) {
                draft.mark_range(0..0, Mark::Anchor(name));
            }
            self.counts.blocks += 1;
            self.builder.title(draft);
            return;
        }
        self.settle();
        self.begin_block(&mut draft);
        let level = level.saturating_sub(self.rise).max(1);
        self.builder.heading(level, draft, name.as_deref(), self.nest.clone());
        self.end_block();
    }

    /// Hands over a block that stands where we are.
    pub(super) fn emit(&mut self, kind: Kind, mut draft: Draft) {
        self.settle();
        self.begin_block(&mut draft);
        self.hand_over(kind, draft, self.nest.clone());
        self.end_block();
    }

    fn begin_block(&mut self, draft: &mut Draft) {
        for name in self.anchors.drain(..) {
            draft.mark_range(0..0, Mark::Anchor(name));
        }
        (self.after_table, self.told, self.lone_caption) = (false, None, false);
        self.notes_here &= self.in_note();
        self.counts.blocks += 1;
    }

    fn hand_over(&mut self, kind: Kind, draft: Draft, nest: Vec<Nest>) {
        self.builder.block(kind, draft, nest);
    }

    /// Items show their marker at their first block only.
    fn end_block(&mut self) {
        for nest in &mut self.nest {
            if let Nest::Item(item) = nest {
                item.first = false;
            }
        }
    }

    /// A formula in the line; GitHub also writes it with backticks.
    pub(super) fn inline_math(&mut self, tex: &str) {
        let bare = tex.strip_prefix('`').and_then(|t| t.strip_suffix('`')).unwrap_or(tex).trim();
        self.inline.marked(&(self.words.formula)(bare), Mark::Math(bare.to_owned()));
    }

    /// A formula between `$$`: a block of its own where it stands in a paragraph and in nothing else.
    pub(super) fn display_math(&mut self, tex: &str) {
        if self.into != Into::Paragraph || self.inline.is_open() {
            return self.inline_math(tex);
        }
        if !self.inline.is_empty() || self.formula.is_some() {
            self.paragraph();
        }
        self.formula = Some(tex.trim().to_owned());
    }

    /// Hands over the formula that stands before the running text; its label and the punctuation after it, which
    /// begin the text, go with it.
    fn end_formula(&mut self, written: &mut Written) {
        let Some(mut tex) = self.formula.take() else { return };
        let text = written.draft.as_str();
        let mut at = text.len() - text.trim_start().len();
        let label = attributes(&text[at..]);
        at += label.as_ref().map_or(0, |(_, len)| *len);
        let mut rest = text[at..].chars();
        if let Some(mark @ ('.' | ',' | ';')) = rest.next()
            && rest.next().is_none_or(char::is_whitespace)
        {
            tex.push(mark);
            at += 1;
        }
        at += text[at..].len() - text[at..].trim_start().len();
        let later = written.draft.split_off(at);
        written.draft = later;
        written.escaped = written.escaped.iter().filter_map(|e| e.checked_sub(at)).collect();
        written.sources = written.sources.slice(&(at..usize::MAX));
        let shown = (self.words.display)(&tex);
        let mut draft = Draft::default();
        draft.push_marked(shown.trim_end(), Mark::Math(tex));
        if let Some(id) = label.and_then(|(what, _)| what.id) {
            draft.mark_range(0..0, Mark::Anchor(id));
        }
        self.emit(Kind::Math, draft);
    }

    /// Ends the text: what waits is handed over.
    pub fn finish(&mut self) {
        self.flush();
        self.settle();
        for name in std::mem::take(&mut self.anchors) {
            self.builder.anchor(&name);
        }
    }
}
