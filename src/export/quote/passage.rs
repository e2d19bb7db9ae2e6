//! A passage becomes an article of its own: blocks cut at its ends and quoted, and what their markers lead to.

use std::collections::BTreeSet;
use std::ops::Range;

use super::cut::{kind, nest, whole_kind};
use super::{blocks, footnote};
use crate::article::citation::Detail;
use crate::article::{
    Article, BlockId, Builder, Cite, Draft, DraftCite, DraftMarker, InlineKind, Item, Kind, Label, Mark,
    Marker, Nest, NoteId, Place, RefId, Target, To,
};
use crate::cite;

/// What becomes of the references.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// They are known by their keys; whoever writes the passage gives them out.
    Keyed,
    /// They are known by their keys, and listed below the passage.
    Listed,
    /// Each citation is a note that holds the reference.
    Noted,
}

/// The passage as an article: its body stands in a quotation, whose last line says where the passage is from.
pub fn quoted(article: &Article, range: &Range<Place>, style: Style) -> Article {
    let mut cutter = Cutter { article, style, ..Cutter::new(article) };
    cutter.body(range);
    cutter.attribution(range.start.block);
    cutter.notes();
    cutter.list();
    let mut quoted = Article::default();
    quoted.append(cutter.builder.finish());
    quoted.meta.source.clone_from(&article.meta.source);
    quoted
}

struct Cutter<'a> {
    article: &'a Article,
    style: Style,
    builder: Builder,
    /// What the markers lead to, as they are met.
    notes: Vec<NoteId>,
    references: Vec<RefId>,
    known: BTreeSet<RefId>,
    /// Notes that stand for references, by their names.
    made: BTreeSet<String>,
}

/// The text of a block between two bytes.
struct Cut {
    kind: Kind,
    draft: Draft,
    nest: Vec<Nest>,
}

impl<'a> Cutter<'a> {
    fn new(article: &'a Article) -> Self {
        Self {
            article,
            style: Style::Keyed,
            builder: Builder::new("passage"),
            notes: Vec::new(),
            references: Vec::new(),
            known: BTreeSet::new(),
            made: BTreeSet::new(),
        }
    }

    fn body(&mut self, range: &Range<Place>) {
        let mut cuts: Vec<Cut> = Vec::new();
        let mut defined = false;
        for (id, words) in super::text::pieces(self.article, range) {
            let block = self.article.block(id);
            let start = if id == range.start.block { range.start.byte } else { 0 };
            let bytes = start..start + words.len() as u32;
            if words.is_empty() && !(block.text.is_empty() && start == 0 && id != range.end.block) {
                continue;
            }
            let draft = self.draft(id, bytes.clone());
            if let Some(before) = cuts.last_mut().filter(|_| block.continued) {
                before.draft.append(draft);
                continue;
            }
            defined |= block.kind == Kind::Term;
            cuts.push(Cut { kind: kind(block, bytes), draft, nest: nest(block, defined) });
        }
        for cut in cuts {
            self.builder.block(cut.kind, cut.draft, cut.nest);
        }
    }

    /// `— Title, “Section”, address`
    fn attribution(&mut self, block: BlockId) {
        let meta = &self.article.meta;
        let section = self.article.section_of(block).map_or("", |at| self.article.section_title(at));
        let mut draft = Draft::of("— ");
        let before = draft.len();
        if !meta.title.is_empty() {
            draft.push_marked(&meta.title, Mark::Emphasis);
        }
        let part = |draft: &mut Draft| {
            if draft.len() > before {
                draft.push(", ");
            }
        };
        if !section.is_empty() && section != meta.title {
            part(&mut draft);
            draft.push(&format!("“{section}”"));
        }
        if !meta.source.is_empty() {
            part(&mut draft);
            draft.push_marked(&meta.source, Mark::Link(meta.source.clone()));
        }
        if draft.len() > before {
            self.builder.block(Kind::Paragraph, draft, vec![Nest::Quote]);
        }
    }

    /// The notes that the markers lead to, and those that the markers in them lead to.
    fn notes(&mut self) {
        let mut at = 0;
        while let Some(&id) = self.notes.get(at) {
            at += 1;
            let Some(note) = self.article.notes.get(id.index()).filter(|n| !n.blocks.is_empty()) else {
                continue;
            };
            self.builder.begin_note(&note.id);
            for id in note.blocks.clone().map(BlockId) {
                let block = self.article.block(id);
                let draft = self.draft(id, 0..block.text.len());
                let inner = block.nest.iter().skip(1).cloned().collect();
                self.builder.block(whole_kind(block), draft, inner);
            }
            self.builder.end_note();
            self.builder.label_note(&note.id, &note.label);
        }
    }

    /// Makes the references known, and lists them where they are to be listed.
    fn list(&mut self) {
        for id in std::mem::take(&mut self.references) {
            let reference = &self.article.references[id.index()];
            let entry = self.entry(id);
            if self.style == Style::Listed {
                let mut line = Draft::default();
                line.push_marked(&reference.id, Mark::Code);
                line.push(": ");
                line.append(entry.clone());
                let item = Item { number: None, task: None, first: true, tight: true, width: 1 };
                self.builder.block(Kind::Paragraph, line, vec![Nest::Item(item)]);
            }
            self.builder.reference(&reference.id, &reference.label, reference.csl.clone(), Some(entry));
        }
    }

    /// What the list shows for a reference. Titles stand in their quotation marks, not in bold.
    fn entry(&self, id: RefId) -> Draft {
        let shown = self.shown_entry(id);
        let mut draft = Draft::of(shown.as_str());
        for (range, mark) in shown.marks().iter().filter(|(_, mark)| *mark != Mark::Strong) {
            draft.mark_range(range.clone(), mark.clone());
        }
        draft
    }

    fn shown_entry(&self, id: RefId) -> Draft {
        let reference = &self.article.references[id.index()];
        let Some(entry) = reference.entry else { return cite::entry::entry(&reference.csl) };
        let mut draft = self.words(entry, 0..self.article.block(entry).text.len());
        let rest = (entry.0 + 1..self.article.len()).map(BlockId);
        for id in rest.take_while(|id| self.article.block(*id).continued) {
            draft.append(self.words(id, 0..self.article.block(id).text.len()));
        }
        draft
    }

    /// The bytes of a block with everything that lies in them, and notes what its markers lead to.
    fn draft(&mut self, id: BlockId, bytes: Range<u32>) -> Draft {
        let mut draft = self.words(id, bytes.clone());
        for inline in self.article.block(id).text.inlines() {
            let InlineKind::Marker(marker) = inline.kind else { continue };
            let inside = bytes.start <= inline.start && inline.end <= bytes.end;
            if let Some(marker) = self.article.marker(marker).filter(|_| inside) {
                let cites: Vec<DraftCite> = marker.cites.iter().map(|cite| self.cite(cite)).collect();
                let label = self.article.words_at(id, inline.start..inline.end);
                // What is said of the author is text of its own, where a note takes the place of the number.
                let kept = if self.style == Style::Noted { number_in(label, marker) } else { 0 };
                let start = (inline.start - bytes.start) as usize + kept;
                let end = (inline.end - bytes.start) as usize;
                let group = marker.group.as_ref().map(ToString::to_string);
                draft.mark_range(start..end, Mark::Marker(DraftMarker { label: Label::Shown, group, cites }));
            }
        }
        draft
    }

    /// The bytes of a block and how they are marked, without markers.
    fn words(&self, id: BlockId, bytes: Range<u32>) -> Draft {
        let text = &self.article.block(id).text;
        let mut draft = Draft::of(self.article.words_at(id, bytes.clone()));
        for inline in text.inlines() {
            let (start, end) = (inline.start.max(bytes.start), inline.end.min(bytes.end));
            let whole = (start, end) == (inline.start, inline.end);
            if let Some(mark) = self.mark(inline.kind, whole).filter(|_| start < end) {
                draft.mark_range((start - bytes.start) as usize..(end - bytes.start) as usize, mark);
            }
        }
        draft
    }

    fn mark(&self, kind: InlineKind, whole: bool) -> Option<Mark> {
        Some(match kind {
            // Of a formula, a part is no formula.
            InlineKind::Math(id) if whole => Mark::Math(self.article.formulas.get(id.index())?.to_string()),
            InlineKind::Link(id) => Mark::Link(self.address(id.index())?),
            // A picture that stands in a file beside the article stands nowhere beside the quotation.
            InlineKind::Image(id) => Mark::Image(self.address(id.index()).filter(|a| a.contains("://"))?),
            _ => return Mark::plain(kind),
        })
    }

    /// Where a link leads for someone who does not have the article.
    fn address(&self, link: usize) -> Option<String> {
        let address = self.article.links.get(link)?;
        match (address.strip_prefix('#'), &*self.article.meta.source) {
            (None, _) => Some(address.to_string()),
            (Some(_), "") => None,
            (Some(name), source) => {
                Some(format!("{}#{name}", source.split_once('#').map_or(source, |(page, _)| page)))
            }
        }
    }

    fn cite(&mut self, cite: &Cite) -> DraftCite {
        let detail = cite.detail.as_deref().cloned().unwrap_or_default();
        let to = match &cite.target {
            Target::Reference(id) => self.cite_reference(*id, &detail),
            Target::Note(id) => {
                if !self.notes.contains(id) {
                    self.notes.push(*id);
                }
                To::Note(self.article.notes.get(id.index()).map_or("", |n| &n.id).to_owned())
            }
            Target::Missing(key) => To::Missing(key.to_string()),
        };
        if matches!((&to, &cite.target), (To::Note(_), Target::Reference(_))) {
            return DraftCite::new(to);
        }
        let Detail { prefix, locator, suffix, author } = detail;
        DraftCite { to, prefix, locator, suffix, author }
    }

    fn cite_reference(&mut self, id: RefId, detail: &Detail) -> To {
        let Some(reference) = self.article.references.get(id.index()) else {
            return To::Missing(String::new());
        };
        let key = reference.id.to_string();
        if self.style != Style::Noted {
            if self.known.insert(id) {
                self.references.push(id);
            }
            return To::Reference(key);
        }
        // Another page is another footnote.
        let name = footnote::name(&key, detail);
        if self.made.insert(name.clone()) {
            let draft = footnote::with_detail(self.entry(id), detail);
            self.builder.begin_note(&name);
            self.builder.block(Kind::Paragraph, draft, Vec::new());
            self.builder.end_note();
        }
        To::Note(name)
    }
}

/// Where in a marker such as `Doe [3]` the number begins.
fn number_in(label: &str, marker: &Marker) -> usize {
    if blocks::names_author(marker) { label.find(" [").map_or(0, |at| at + 1) } else { 0 }
}
