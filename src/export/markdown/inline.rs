//! Running text as Markdown: its marks become delimiters where those are sure to be read so, and HTML elsewhere.

use std::collections::HashSet;
use std::ops::Range;

use super::Writer;
use super::escape::{self, Setting};
use crate::article::{BlockId, Inline, InlineKind, LinkId, MarkerId, Text};

/// A mark that is open, and what ends it.
struct Open {
    end: u32,
    kind: InlineKind,
    close: String,
}

/// A stretch of text while it is written.
struct Run<'a> {
    text: &'a str,
    setting: Setting,
    open: Vec<Open>,
    /// Where delimiters have been put: another of the same sign would run together with them.
    used: HashSet<(u32, &'static str)>,
    /// The names in the block that links need, by their places.
    names: Vec<(u32, String)>,
    at: u32,
}

impl Writer<'_> {
    /// Writes the bytes `range` of a block's text.
    pub(super) fn inline(&self, out: &mut String, block: BlockId, range: Range<u32>, setting: Setting) {
        let text = &self.article.block(block).text;
        let end = range.end.min(text.len());
        let range = range.start.min(end)..end;
        let names = self.linked_names(block, &range);
        let (open, used) = (Vec::new(), HashSet::new());
        let inlines: Vec<&Inline> = inlines_in(text, &range).collect();
        let mut run = Run { text: text.as_str(), setting, open, used, names, at: range.start };
        for (at, inline) in inlines.iter().enumerate() {
            if inline.start < run.at || (inline.start == inline.end && !is_marker(inline)) {
                continue;
            }
            run.close_until(out, inline.start);
            run.text_until(out, inline.start, true);
            let verbatim = !holds_marks(inline, &inlines[at + 1..]);
            self.begin_inline(out, &mut run, inline, verbatim);
        }
        run.close_until(out, range.end);
        run.text_until(out, range.end, false);
        while let Some(open) = run.open.pop() {
            out.push_str(&open.close);
        }
    }

    /// The names in a block that links lead to, those at its beginning only where nothing else holds them.
    fn linked_names(&self, block: BlockId, range: &Range<u32>) -> Vec<(u32, String)> {
        let held = self.names_held(block);
        let is_held = |name: &str| held.contains(&name) || self.is_made_again(block, name);
        let inside = self.anchors.in_block(block, range.clone());
        let wanted = |at: u32, name: &str| {
            self.anchors.is_linked(name) || (at == 0 && self.is_section_name(block, name))
        };
        inside
            .flat_map(|(at, names)| names.iter().map(move |name| (at, *name)))
            .filter(|(at, name)| wanted(*at, name) && !(*at == 0 && is_held(name)))
            .map(|(at, name)| (at, format!("<a id=\"{}\"></a>", escape::html(name))))
            .collect()
    }

    fn begin_inline(&self, out: &mut String, run: &mut Run<'_>, inline: &Inline, verbatim: bool) {
        let inner = run.text.get(inline.start as usize..inline.end as usize).unwrap_or("");
        let whole = match inline.kind {
            InlineKind::Marker(id) => return self.push_marker(out, run, inline, id),
            InlineKind::Math(id) => {
                self.article.formulas.get(id.index()).map(|tex| formula(tex, inner, run.setting))
            }
            InlineKind::Code if verbatim && !inner.contains('\n') && !out.ends_with('`') => {
                Some(escape::code(inner, run.setting))
            }
            InlineKind::Link(id) if verbatim => self.autolink(id, inner),
            _ => None,
        };
        if let Some(whole) = whole {
            return run.push_whole(out, inline, &whole);
        }
        let one = inline.kind.is_plain() || matches!(inline.kind, InlineKind::Link(_));
        if one && run.open.iter().any(|open| same_kind(open.kind, inline.kind)) {
            return;
        }
        let (open, close) = self.delimiters(run, inline);
        out.push_str(&open);
        let end = run.open.last().map_or(inline.end, |outer| outer.end.min(inline.end));
        run.open.push(Open { end, kind: inline.kind, close });
    }

    /// Writes a marker. Links and code cannot hold one, so they end before it and go on after it.
    fn push_marker(&self, out: &mut String, run: &mut Run<'_>, inline: &Inline, id: MarkerId) {
        let written = self.marker(id, run.char_after(inline.end), run.setting);
        let closed = |open: &Open| matches!(open.kind, InlineKind::Link(_) | InlineKind::Code);
        let from = run.open.iter().position(closed).unwrap_or(run.open.len());
        let ended = run.open.split_off(from);
        ended.iter().rev().for_each(|open| out.push_str(&open.close));
        run.push_whole(out, inline, &written);
        for Open { end, kind, .. } in ended.into_iter().filter(|open| open.end > inline.end) {
            let rest = Inline { start: inline.end, end, kind };
            let (open, close) = self.delimiters(run, &rest);
            out.push_str(&open);
            run.open.push(Open { end, kind, close });
        }
    }

    /// An address that stands for itself.
    fn autolink(&self, id: LinkId, shown: &str) -> Option<String> {
        let address = self.address_of(id);
        let plain = address == shown && (address.starts_with("https://") || address.starts_with("http://"));
        (plain && !address.contains(['<', '>', ' ', '\\', '|', '&'])).then(|| format!("<{address}>"))
    }

    pub(super) fn address_of(&self, id: LinkId) -> &str {
        self.article.links.get(id.index()).map_or("", |l| l)
    }

    fn delimiters(&self, run: &mut Run<'_>, inline: &Inline) -> (String, String) {
        let element = |name: &str| (format!("<{name}>"), format!("</{name}>"));
        let (mark, name) = match inline.kind {
            InlineKind::Emphasis => ("*", "em"),
            InlineKind::Strong => ("**", "strong"),
            InlineKind::Struck => ("~~", "del"),
            InlineKind::Underline => ("", "u"),
            InlineKind::Highlight => ("", "mark"),
            InlineKind::Code => ("", "code"),
            InlineKind::Superscript => ("", "sup"),
            InlineKind::Subscript => ("", "sub"),
            InlineKind::SmallCaps => return ("<span class=\"smallcaps\">".to_owned(), "</span>".to_owned()),
            InlineKind::Link(id) => return link("[", self.address_of(id), run.setting),
            InlineKind::Image(id) => return link("![", self.address_of(id), run.setting),
            InlineKind::Marker(_) | InlineKind::Math(_) => return (String::new(), String::new()),
        };
        let sign = mark.get(..1).unwrap_or("");
        if !mark.is_empty() && run.can_delimit(inline, sign) {
            run.used.extend([(inline.start, sign), (inline.end, sign)]);
            return (mark.to_owned(), mark.to_owned());
        }
        element(name)
    }
}

/// True for a mark that others stand in; `later` is what comes after it.
fn holds_marks(inline: &Inline, later: &[&Inline]) -> bool {
    later.first().is_some_and(|next| next.start < inline.end)
}

/// What lies in these bytes of a text.
fn inlines_in<'t>(text: &'t Text, range: &Range<u32>) -> impl Iterator<Item = &'t Inline> + Clone {
    let Range { start, end } = *range;
    let first = text.inlines().partition_point(|i| i.start < start);
    let rest = text.inlines().get(first..).unwrap_or_default().iter();
    rest.take_while(move |i| i.start <= end).filter(move |i| i.end <= end)
}

fn link(open: &str, address: &str, setting: Setting) -> (String, String) {
    (open.to_owned(), format!("]({})", escape::address(address, setting)))
}

fn is_marker(inline: &Inline) -> bool {
    matches!(inline.kind, InlineKind::Marker(_))
}

fn same_kind(a: InlineKind, b: InlineKind) -> bool {
    std::mem::discriminant(&a) == std::mem::discriminant(&b)
}

/// A formula in the line. What its TeX cannot hold there is left out, so that it ends where it should.
fn formula(tex: &str, shown: &str, setting: Setting) -> String {
    let tex = tex.trim().replace(['\n', '\t'], " ");
    if tex.is_empty() {
        let mut out = String::new();
        escape::push(&mut out, shown, setting, true);
        return out;
    }
    let tex = if setting == Setting::Cell { tex.replace('|', "\\|") } else { tex };
    format!("${tex}$")
}

impl Run<'_> {
    fn close_until(&mut self, out: &mut String, to: u32) {
        while let Some(open) = self.open.pop_if(|open| open.end <= to) {
            self.text_until(out, open.end, true);
            out.push_str(&open.close);
        }
    }

    /// Writes the text up to a byte, and the names that stand in it.
    fn text_until(&mut self, out: &mut String, to: u32, follows: bool) {
        let here = self.names.iter().take_while(|(at, _)| *at <= to).count();
        for (at, name) in self.names.drain(..here).collect::<Vec<_>>() {
            self.words(out, at, true);
            out.push_str(&name);
        }
        self.words(out, to, follows);
    }

    fn words(&mut self, out: &mut String, to: u32, follows: bool) {
        if let Some(words) = self.text.get(self.at as usize..to as usize) {
            escape::push(out, words, self.setting, follows);
            self.at = to;
        }
    }

    fn push_whole(&mut self, out: &mut String, inline: &Inline, whole: &str) {
        if whole.starts_with('$') && out.ends_with('$') {
            // Two formulas side by side would be read as one on lines of its own.
            out.push_str("<!-- -->");
        }
        out.push_str(whole);
        self.at = inline.end;
        let here = self.names.iter().take_while(|(at, _)| *at <= inline.end).count();
        self.names.drain(..here).for_each(|(_, name)| out.push_str(&name));
    }

    fn char_after(&self, at: u32) -> Option<char> {
        self.text.get(at as usize..)?.chars().next()
    }

    fn char_before(&self, at: u32) -> Option<char> {
        self.text.get(..at as usize)?.chars().next_back()
    }

    /// True when a delimiter of Markdown's is read as one on both sides (CommonMark 0.31.2, section 6.2): white space
    /// or punctuation outside, none of the former inside, and no other delimiter beside it.
    fn can_delimit(&self, inline: &Inline, sign: &'static str) -> bool {
        let inside = [self.char_after(inline.start), self.char_before(inline.end)];
        let outside = [self.char_before(inline.start), self.char_after(inline.end)];
        let nested = !self.used.is_empty() && self.open.iter().any(|o| o.close.ends_with(['*', '~']));
        let fine = |(inside, outside): (Option<char>, Option<char>)| {
            let Some(inside) = inside.filter(|c| !c.is_whitespace()) else { return false };
            let Some(outside) = outside else { return true };
            outside.is_whitespace() || (is_punctuation(outside) && (!nested || inside.is_alphanumeric()))
        };
        let free = [inline.start, inline.end].iter().all(|at| !self.used.contains(&(*at, sign)));
        free && inside.into_iter().zip(outside).all(fine)
    }
}

/// Punctuation by any version of Unicode.
fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation() || "“”‘’«»–—…¿¡、。，．：；！？（）「」『』".contains(c)
}
