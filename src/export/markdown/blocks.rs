//! Blocks as Markdown, each line behind the signs of what it stands in.

use super::Writer;
use super::escape::{self, Setting, longest_run};
use crate::article::build::slug;
use crate::article::{Block, BlockId, Figure, InlineKind, Item, Kind, Nest, Place};
use crate::export::anchors::is_made;
use crate::export::nest;

/// What stands before the lines of a block.
#[derive(Debug, Default)]
struct Margin {
    first: String,
    rest: String,
}

impl Writer<'_> {
    /// Writes these blocks, each with those that were split off it.
    pub(super) fn blocks(&mut self, blocks: impl Iterator<Item = BlockId>) {
        let mut blocks = blocks.peekable();
        if self.before.is_none() && blocks.peek().is_some() {
            self.begin_apart();
        }
        while let Some(id) = blocks.next() {
            let undefined = self.article.block(id).kind == Kind::Term && !self.is_defined(id, blocks.peek());
            let mut parts = vec![id];
            while let Some(next) = blocks.next_if(|next| self.article.block(*next).continued) {
                parts.push(next);
            }
            let mut text = self.content(&parts);
            if undefined {
                text.push_str(NO_DEFINITION);
            }
            if self.is_alone_and_loose(id, blocks.peek()) {
                text.push_str(LOOSE);
            }
            self.put(id, &text);
        }
    }

    /// True for a term with a definition right after it.
    fn is_defined(&self, term: BlockId, next: Option<&BlockId>) -> bool {
        let nest = &self.article.block(term).nest;
        next.is_some_and(|next| self.article.block(*next).nest.get(nest.len()) == Some(&Nest::Definition))
    }

    /// True for the only block of the only item of a list that has blank lines.
    fn is_alone_and_loose(&self, id: BlockId, next: Option<&BlockId>) -> bool {
        let block = self.article.block(id);
        let Some((Nest::Item(item), outer)) = block.nest.split_last() else { return false };
        let depth = outer.len();
        let goes_on = |next: &Block| {
            let shared = nest::shared(block, next);
            let item = matches!(next.nest.get(depth), Some(Nest::Item(_)));
            shared > depth
                || (item && shared == depth && !nest::begins_list(Some(block), next, shared, depth))
        };
        let before = self.before.map(|b| self.article.block(b));
        let shared = before.map_or(0, |b| nest::shared(b, block));
        !item.tight
            && nest::begins_list(before, block, shared, depth)
            && !next.is_some_and(|next| goes_on(self.article.block(*next)))
    }

    /// Adds the lines of a block behind their margin.
    fn put(&mut self, id: BlockId, text: &str) {
        let article = self.article;
        let block = article.block(id);
        let before = self.before.map(|b| article.block(b));
        let shared = before.map_or(0, |b| nest::shared(b, block));
        self.part(before, block, shared);
        let mut margin = self.margin(before, block, shared);
        for line in text.lines().chain(text.is_empty().then_some("")) {
            self.out.push_str(&margin.first);
            self.out.push_str(line);
            // The spaces at the end of a line of code are its own.
            while self.out.ends_with(' ') && (line.is_empty() || !matches!(block.kind, Kind::Code(_))) {
                self.out.pop();
            }
            self.out.push('\n');
            margin.first.clone_from(&margin.rest);
        }
        self.before = Some(id);
    }

    /// Writes the blank line between two blocks, where there is one.
    fn part(&mut self, before: Option<&Block>, block: &Block, shared: usize) {
        let Some(before) = before else { return };
        if is_parted(before, block, shared) {
            let line = self.continuing(block, shared);
            self.out.push_str(line.trim_end());
            self.out.push('\n');
        }
    }

    /// The signs of everything that goes on from the block before.
    fn continuing(&self, block: &Block, shared: usize) -> String {
        let levels = block.nest.iter().zip(0..shared);
        levels.map(|(nest, depth)| self.continued(nest, depth)).collect()
    }

    fn continued(&self, nest: &Nest, depth: usize) -> String {
        match nest {
            Nest::Quote | Nest::Callout(_) => "> ".to_owned(),
            Nest::Item(_) => " ".repeat(self.items.get(depth).map_or(2, |i| i.width)),
            Nest::Definition | Nest::Note { .. } => "    ".to_owned(),
        }
    }

    fn margin(&mut self, before: Option<&Block>, block: &Block, shared: usize) -> Margin {
        let mut margin = Margin::default();
        for (depth, level) in block.nest.iter().enumerate() {
            if depth < shared {
                let sign = self.continued(level, depth);
                margin.first.push_str(&sign);
                margin.rest.push_str(&sign);
                continue;
            }
            let sign = self.begin(before, block, shared, depth);
            margin.first.push_str(&sign);
            let continued = self.continued(level, depth);
            margin.rest.push_str(&continued);
            if let Nest::Callout(kind) = level {
                self.out.push_str(&format!("{}[!{}]\n", margin.first, kind.to_uppercase()));
                margin.first.clone_from(&margin.rest);
            }
        }
        margin
    }

    /// The sign with which the thing at this depth begins.
    fn begin(&mut self, before: Option<&Block>, block: &Block, shared: usize, depth: usize) -> String {
        match &block.nest[depth] {
            Nest::Quote | Nest::Callout(_) => "> ".to_owned(),
            Nest::Definition => ":   ".to_owned(),
            Nest::Note { .. } => format!("[^{}]: ", self.note_name),
            Nest::Item(item) => {
                let sibling = before.and_then(|b| b.nest.get(depth)).filter(|_| depth == shared);
                let sibling = if let Some(Nest::Item(sibling)) = sibling { Some(sibling) } else { None };
                self.begin_item(item, sibling, depth)
            }
        }
    }

    /// `- `, `2. `; a list right after another one takes other signs, so that it does not go on with it.
    fn begin_item(&mut self, item: &Item, sibling: Option<&Item>, depth: usize) -> String {
        self.items.resize_with(depth + 1, Default::default);
        let state = &mut self.items[depth];
        let kind = |item: &Item| item.number.is_some();
        state.other = match sibling {
            Some(before) if nest::same_list(before, item) && before.tight == item.tight => state.other,
            Some(before) if kind(before) == kind(item) => !state.other,
            _ => false,
        };
        let sign = match (item.number, state.other) {
            (None, false) => "- ".to_owned(),
            (None, true) => "* ".to_owned(),
            (Some(number), other) => {
                // CommonMark 0.31.2, section 5.2: at most nine digits.
                format!("{}{} ", number.min(999_999_999), if other { ')' } else { '.' })
            }
        };
        state.width = sign.len();
        let task = item.task.map_or("", |done| if done { "[x] " } else { "[ ] " });
        sign + task
    }

    /// The text of a block and of those split off it, its lines without their margin.
    fn content(&self, parts: &[BlockId]) -> String {
        let id = parts[0];
        let block = self.article.block(id);
        let mut out = String::new();
        let all = 0..block.text.len();
        match &block.kind {
            Kind::Heading(level) => {
                out.push_str(&"#".repeat(usize::from(level.saturating_add(self.rise)).min(6)));
                out.push(' ');
                self.inline(&mut out, id, all, Setting::Line);
            }
            Kind::Term => self.inline(&mut out, id, all, Setting::Line),
            Kind::Caption if self.is_lone_caption(id) => {
                out.push_str(LONE_CAPTION);
                self.inline(&mut out, id, all, Setting::Lines);
            }
            Kind::Caption => {
                out.push_str("Table: ");
                let label = label_len(block.text.as_str(), "Table ");
                self.inline(&mut out, id, label..all.end, Setting::Line);
            }
            Kind::Figure(figure) => self.figure(&mut out, id, figure),
            Kind::Table(table) => return self.names_apart(id) + &self.table(id, table),
            Kind::Code(language) if !self.cites(parts) => {
                let code: String = parts.iter().map(|id| self.article.block(*id).text.as_str()).collect();
                return self.names_apart(id) + &fenced(&code, language);
            }
            Kind::Code(_) => {
                parts.iter().for_each(|id| self.inline(&mut out, *id, 0..u32::MAX, Setting::Columns))
            }
            Kind::Math => out = self.formula(block),
            Kind::Rule => {
                out.push_str(if block.nest.is_empty() && self.before.is_some() { "---" } else { "___" })
            }
            _ => parts.iter().for_each(|id| self.inline(&mut out, *id, 0..u32::MAX, Setting::Lines)),
        }
        if block.kind == Kind::Paragraph && names_a_table(block.text.as_str()) {
            out = escape_colon(out);
        }
        // The attributes of a marker at the end of a heading would be taken for the heading's own.
        let ends = matches!(block.kind, Kind::Heading(_)) && out.ends_with('}');
        let own =
            ends.then(|| self.anchors.section_id(id, block.text.as_str())).filter(|own| !own.is_empty());
        let name = self.names_held(id).first().copied().or(own).map(|name| format!("#{name}"));
        let held: Vec<String> =
            name.into_iter().chain(self.is_unnumbered(id).then(|| UNNUMBERED.to_owned())).collect();
        if !held.is_empty() {
            let gap = if matches!(block.kind, Kind::Figure(_)) { "" } else { " " };
            out.push_str(&format!("{gap}{{{}}}", held.join(" ")));
        }
        out
    }

    /// True for a caption without a table before it: of a film, or of a picture that is not there.
    fn is_lone_caption(&self, id: BlockId) -> bool {
        let before = id.0.checked_sub(1).map(|before| &self.article.block(BlockId(before)).kind);
        !matches!(before, Some(Kind::Table(_)))
    }

    /// True for a caption without the number that an importer of Markdown gives it.
    fn is_unnumbered(&self, id: BlockId) -> bool {
        let block = self.article.block(id);
        let text = block.text.as_str();
        match &block.kind {
            Kind::Caption => !self.is_lone_caption(id) && label_len(text, "Table ") == 0,
            Kind::Figure(figure) => {
                let caption = figure.caption.start as usize..figure.caption.end as usize;
                label_len(text.get(caption).unwrap_or(""), "Figure ") == 0
            }
            _ => false,
        }
    }

    /// True for code with markers in it (columns that a text browser has set): Markdown knows none there, so that it
    /// becomes lines of text.
    fn cites(&self, parts: &[BlockId]) -> bool {
        let ids = parts.first().map_or(0, |id| id.0)..parts.last().map_or(0, |id| id.0 + 1);
        !self.article.markers_in(ids).is_empty()
    }

    fn figure(&self, out: &mut String, id: BlockId, figure: &Figure) {
        let text = self.article.block(id).text.as_str();
        let part =
            |range: &std::ops::Range<u32>| text.get(range.start as usize..range.end as usize).unwrap_or("");
        let caption = figure.caption.start + label_len(part(&figure.caption), "Figure ")..figure.caption.end;
        out.push_str("![");
        self.inline(out, id, caption, Setting::Alt);
        out.push_str("](");
        out.push_str(&escape::address(self.address_of(figure.image), Setting::Lines));
        let description = part(&figure.description);
        if !description.is_empty() {
            out.push_str(&format!(" \"{}\"", escape::title(description)));
        }
        out.push(')');
    }

    fn formula(&self, block: &Block) -> String {
        let tex = block.text.inlines().iter().find_map(|inline| match inline.kind {
            InlineKind::Math(id) => self.article.formulas.get(id.index()),
            _ => None,
        });
        // A blank line would end the formula, and signs at the start of a line could begin a list.
        let tex = tex.map_or(block.text.as_str(), |t| t).split_whitespace().collect::<Vec<_>>().join(" ");
        format!("$${tex}$$")
    }

    /// The names that a block holds in braces at its end, the one that it is known by alone.
    pub(super) fn names_held(&self, id: BlockId) -> Vec<&str> {
        let block = self.article.block(id);
        let names = self.anchors.at(Place::start_of(id));
        let heading = matches!(block.kind, Kind::Heading(_));
        let plain = |name: &&&str| {
            // The name of a heading is read apart from its text.
            let odd = |c: char| c.is_whitespace() || c.is_control() || "{}\"<>&\\`*[]~^$|#=".contains(c);
            let fine = |c: char| c.is_alphanumeric() || "-_.:".contains(c) || (heading && !odd(c));
            name.chars().all(fine) && !name.is_empty()
        };
        match block.kind {
            Kind::Heading(_) => {
                let name = self.anchors.section_id(id, block.text.as_str());
                let authored = !self.is_made_again(id, name);
                Some(name).filter(|name| authored && plain(&name)).into_iter().collect()
            }
            Kind::Caption if self.is_lone_caption(id) => Vec::new(),
            Kind::Figure(_) | Kind::Caption | Kind::Math => {
                names.iter().filter(plain).take(1).copied().collect()
            }
            _ => Vec::new(),
        }
    }

    /// True for the name that a heading has from its title.
    pub(super) fn is_made_again(&self, id: BlockId, name: &str) -> bool {
        let block = self.article.block(id);
        matches!(block.kind, Kind::Heading(_)) && is_made(name, &slug(block.text.as_str()))
    }

    /// True for the name that a section is known by, where its author gave it.
    pub(super) fn is_section_name(&self, id: BlockId, name: &str) -> bool {
        let block = self.article.block(id);
        matches!(block.kind, Kind::Heading(_))
            && self.anchors.section_id(id, block.text.as_str()) == name
            && !self.is_made_again(id, name)
    }

    /// A paragraph of names, for a block that cannot hold any.
    fn names_apart(&self, id: BlockId) -> String {
        let names = self.anchors.at(Place::start_of(id)).iter().filter(|name| self.anchors.is_linked(name));
        let mut out: String = names.map(|name| format!("<a id=\"{}\"></a>", escape::html(name))).collect();
        if !out.is_empty() {
            out.push_str("\n\n");
        }
        out
    }
}

/// True when a blank line stands between two blocks: everywhere but in tight lists, and between a term and what it
/// means.
fn is_parted(before: &Block, block: &Block, shared: usize) -> bool {
    if before.kind == Kind::Term && block.nest.get(shared) == Some(&Nest::Definition) {
        return false;
    }
    if let (Some(Nest::Item(a)), Some(Nest::Item(b))) = (before.nest.get(shared), block.nest.get(shared)) {
        return !(nest::same_list(a, b) && a.tight && b.tight);
    }
    let outer = shared.checked_sub(1).and_then(|depth| block.nest.get(depth));
    let tight = matches!(outer, Some(Nest::Item(item)) if item.tight);
    !(tight && interrupts(block, shared))
}

/// True for a block that may follow a paragraph without a blank line (CommonMark 0.31.2, sections 4 and 5).
fn interrupts(block: &Block, shared: usize) -> bool {
    match block.nest.get(shared) {
        Some(Nest::Item(item)) => item.number.is_none_or(|n| n == 1) && !block.text.is_empty(),
        Some(Nest::Quote | Nest::Callout(_)) => true,
        Some(_) => false,
        None => matches!(block.kind, Kind::Code(_) | Kind::Heading(_)),
    }
}

/// True for a paragraph that would be taken for the caption of a table before or after it.
fn names_a_table(text: &str) -> bool {
    ["Table: ", "table: ", ": "].iter().any(|start| text.starts_with(start))
}

fn escape_colon(text: String) -> String {
    match text.find(": ") {
        // In code nothing can be escaped.
        Some(at) if !text[..at].contains(['`', '\\']) => format!("{}\\{}", &text[..at], &text[at..]),
        _ => text,
    }
}

/// Says that the text after it is a caption.
const LONE_CAPTION: &str = "<!-- caption -->\n";

/// Says that a list has blank lines, where it has no room for one.
const LOOSE: &str = "\n\n<!-- -->";

/// Makes a term of a line where no definition does.
const NO_DEFINITION: &str = "\n:   <!-- -->";

/// Says that a caption has no number (pandoc's class for headings).
const UNNUMBERED: &str = ".unnumbered";

/// The bytes of the label that an importer puts before a caption: `Figure 2. `.
fn label_len(caption: &str, word: &str) -> u32 {
    let Some(rest) = caption.strip_prefix(word) else { return 0 };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let after = &rest[digits..];
    let end = if after.starts_with(". ") { 2 } else { usize::from(after == ".") };
    if digits > 0 && end > 0 { (word.len() + digits + end) as u32 } else { 0 }
}

/// Code between fences that it does not hold.
fn fenced(code: &str, language: &str) -> String {
    let mark = if language.contains('`') { '~' } else { '`' };
    let fence = mark.to_string().repeat(longest_run(code, mark).max(2) + 1);
    let word = language.split([' ', '}', ',']).next().unwrap_or("").trim_start_matches(['{', '.', '=']);
    format!("{fence}{}\n{code}\n{fence}", word.replace(['\\', '&'], ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_captions_are_found() {
        let cases =
            [("Figure 12. A bird", 11), ("Figure 1.", 9), ("Figure of", 0), ("Figure 1 x", 0), ("A", 0)];
        for (caption, expected) in cases {
            assert_eq!(label_len(caption, "Figure "), expected, "{caption}");
        }
    }

    #[test]
    fn fences_are_longer_than_what_they_hold() {
        assert_eq!(fenced("a", "rust"), "```rust\na\n```");
        assert_eq!(fenced("```\nx", ""), "````\n```\nx\n````");
    }
}
