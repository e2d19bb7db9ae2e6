//! The page without its markers, for those who read first: laid out as if they had never stood in the text.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::article::citation::Author;
use crate::article::{Article, Block, BlockId, Excerpt, InlineKind, Kind, MarkerId, Text, is_dash, script};

use super::block::{lay, lay_instead};
use super::cells;
use super::row::{Rows, Run};

/// As [`lay`], without the markers: they take no cell, nothing on the rows opens them, and no space or bracket is left
/// where they stood. Their bytes belong to the row on which they would stand.
pub fn lay_unmarked(article: &Article, id: BlockId, width: u16) -> Rows {
    let block = article.block(id);
    let excerpt = Excerpt::without(markers(article, &block.text));
    if excerpt.is_whole() {
        return lay(article, id, width);
    }
    let mut rows = lay_instead(article, id, &shown(block, &excerpt), width);
    restore(&mut rows, &excerpt, &block.text);
    rows
}

/// The words of a block without its markers, as plain text shows them.
pub fn unmarked_words(article: &Article, id: BlockId) -> String {
    let text = &article.block(id).text;
    let raised = |kind| matches!(kind, InlineKind::Superscript | InlineKind::Subscript);
    script::of_text(&Excerpt::without(markers(article, text)).of(text, raised))
}

/// The block with what is shown of it.
fn shown(block: &Block, excerpt: &Excerpt) -> Block {
    let range = |r: &Range<u32>| {
        let start = excerpt.start(r.start);
        start..excerpt.end(r.end).max(start)
    };
    let mut kind = block.kind.clone();
    match &mut kind {
        Kind::Table(table) => table.cells.iter_mut().for_each(|cell| *cell = range(cell)),
        Kind::Figure(figure) => {
            (figure.caption, figure.description) = (range(&figure.caption), range(&figure.description));
        }
        _ => {}
    }
    let text = excerpt.of(&block.text, |kind| !matches!(kind, InlineKind::Marker(_)));
    Block { kind, text, nest: block.nest.clone(), continued: block.continued }
}

/// Makes rows of the excerpt point into the whole text again.
fn restore(rows: &mut Rows, excerpt: &Excerpt, whole: &Text) {
    let empty = excerpt.end(whole.len()) == 0;
    for (at, row) in rows.rows.iter_mut().enumerate() {
        let origin = |byte| if byte == 0 { 0 } else { excerpt.origin(byte) };
        row.bytes = match (empty, at) {
            (true, 0) => 0..whole.len(),
            (true, _) => whole.len()..whole.len(),
            _ => origin(row.bytes.start)..origin(row.bytes.end),
        };
        let runs = std::mem::take(&mut row.runs);
        row.runs = runs.into_iter().flat_map(|run| pieces(run, excerpt, whole.as_str())).collect();
    }
}

/// A run of the excerpt, cut where something was left out.
fn pieces(run: Run, excerpt: &Excerpt, whole: &str) -> Vec<Run> {
    if run.bytes.is_empty() {
        return vec![run];
    }
    let origins = excerpt.origins(run.bytes.clone());
    if let [one] = &origins[..]
        && one.len() == run.bytes.len()
    {
        return vec![Run { bytes: one.clone(), ..run }];
    }
    // Another form of the text has a character for each of its characters.
    let mut forms = run.drawn.as_deref().map(str::chars);
    let mut out: Vec<Run> = Vec::with_capacity(origins.len());
    for bytes in origins {
        let text = whole.get(bytes.start as usize..bytes.end as usize).unwrap_or("");
        let drawn = forms.as_mut().map(|chars| chars.take(text.chars().count()).collect::<String>());
        let width = cells::width(drawn.as_deref().unwrap_or(text));
        let width = u16::try_from(width).unwrap_or(u16::MAX);
        out.push(Run { bytes, width, drawn: drawn.map(Into::into), ..run.clone() });
    }
    if run.reversed {
        out.reverse();
    }
    out
}

/// What is left out of a text, in order: its markers, run by run, with the spaces and brackets that would be left over.
fn markers(article: &Article, text: &Text) -> Vec<(Range<u32>, &'static str)> {
    let words = text.as_str();
    let mut runs: Vec<Range<usize>> = Vec::new();
    for inline in text.inlines() {
        let InlineKind::Marker(id) = inline.kind else { continue };
        let Some(label) = label(article, id, words, inline.start as usize..inline.end as usize) else {
            continue;
        };
        match runs.last_mut() {
            Some(last) if label.start <= last.end || parts_a_run(&words[last.end..label.start]) => {
                last.end = last.end.max(label.end);
            }
            _ => runs.push(label),
        }
    }
    let mut out: Vec<Range<usize>> = Vec::with_capacity(runs.len());
    for run in runs.into_iter().map(|run| widened(words, run)) {
        match out.last_mut() {
            Some(last) if run.start <= last.end => last.end = last.end.max(run.end),
            _ => out.push(run),
        }
    }
    out.into_iter().map(|run| (run.start as u32..run.end as u32, between(words, &run))).collect()
}

/// The bytes of a marker that are left out. One that is a part of its sentence (`Doe [3]`) leaves its words there.
fn label(article: &Article, id: MarkerId, words: &str, range: Range<usize>) -> Option<Range<usize>> {
    let shown = words.get(range.clone())?;
    let first = article.marker(id).and_then(|m| m.cites.first());
    let in_text = first.and_then(|c| c.detail.as_ref()).is_some_and(|d| d.author == Author::InText);
    if !in_text {
        return Some(range);
    }
    let number = shown.rfind('[').filter(|_| shown.ends_with(']'))?;
    Some(range.start + number..range.end)
}

/// True for what stands between the markers of one run: `[3], [5]`, `[3] – [7]`.
fn parts_a_run(between: &str) -> bool {
    between.chars().count() <= 4
        && between.chars().all(|c| matches!(c, ',' | ';') || is_dash(c) || is_space(c))
}

const fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}')
}

/// With the brackets that would hold nothing, and the spaces that would be one too many: ahead of a full stop, beside
/// another space, at either end of a line or cell.
fn widened(text: &str, run: Range<usize>) -> Range<usize> {
    let Range { mut start, mut end } = run;
    loop {
        let left = text[..start].trim_end_matches(is_space);
        let right = text[end..].trim_start_matches(is_space);
        if !left.ends_with('(') || !right.starts_with(')') {
            break;
        }
        (start, end) = (left.len() - 1, text.len() - right.len() + 1);
    }
    let (left, right) = (&text[..start], &text[end..]);
    let inner = left.trim_end_matches(is_space);
    let closes = right.chars().next().is_none_or(|c| c.is_whitespace() || is_space(c) || CLOSING.contains(c));
    let opens = inner.chars().next_back().is_none_or(|c| matches!(c, '\n' | '\t') || OPENING.contains(c));
    if closes {
        start = inner.len();
    }
    if opens {
        end = text.len() - right.trim_start_matches(is_space).len();
    }
    start..end
}

/// Signs that no space stands ahead of, and those that none follows.
const CLOSING: &str = ".,;:!?)]}”’»›…%。，、；：！？）」』】》";
const OPENING: &str = "([{“‘«‹„¿¡（「『【《";

/// What keeps the characters on both sides apart, where they would join into one: a word joiner, which takes no cell.
fn between(text: &str, run: &Range<usize>) -> &'static str {
    /// As much of either side as a grapheme cluster is told by.
    const NEAR: usize = 64;
    let before = &text[text.ceil_char_boundary(run.start.saturating_sub(NEAR))..run.start];
    let after = &text[run.end..text.floor_char_boundary(run.end + NEAR)];
    let near = [before, after].concat();
    let apart = near.is_ascii() || near.grapheme_indices(true).any(|(at, _)| at == before.len());
    if apart || before.is_empty() || after.is_empty() { "" } else { "\u{2060}" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{
        Align, Builder, Draft, DraftCite, DraftMarker, Figure, Label, Mark, Nest, Table, To,
    };
    use crate::layout::{Hit, sample};

    fn words(marked: &str) -> String {
        let article = sample::article(|b| b.block(Kind::Paragraph, sample::draft(marked), vec![]));
        unmarked_words(&article, BlockId(0))
    }

    #[test]
    fn nothing_is_left_over_where_a_marker_stood() {
        for (marked, expected) in [
            ("public.{[5]} So", "public. So"),
            ("public {[5]}. So", "public. So"),
            ("public {[5]} so", "public so"),
            ("public{[5]} so", "public so"),
            ("public\u{a0}{[5]}, so", "public, so"),
            ("one{[3]}{[5]}{[7]} two", "one two"),
            ("one {[3]}, {[5]} – {[7]}; two", "one; two"),
            ("one {[3]}–{[7]}", "one"),
            ("one ({[3]}) two", "one two"),
            ("one ( {[3]}; {[5]} ). Two", "one. Two"),
            ("one (as {[3]}) two", "one (as) two"),
            ("{[1]} begins", "begins"),
            ("({[1]}) ({[2]}).", "."),
            ("“{[1]} quoted {[2]}”", "“quoted”"),
            ("one{[1]}\n{[2]} two", "one\ntwo"),
            ("{[1]}", ""),
            ("一二{[5]}。三", "一二。三"),
            ("no marker", "no marker"),
            ("🇩🇪{[1]}🇫🇷", "🇩🇪🇫🇷"),
            ("🇩{[1]}🇪", "🇩\u{2060}🇪"),
        ] {
            assert_eq!(words(marked), expected, "{marked}");
        }
    }

    #[test]
    fn a_name_in_the_sentence_stays_there() {
        let article = sample::article(|b| {
            let mut draft = Draft::of("As ");
            let mut cite = DraftCite::new(To::Reference("a".into()));
            cite.author = Author::InText;
            draft.push_marked(
                "Doe [3]",
                Mark::Marker(DraftMarker { label: Label::Shown, group: None, cites: vec![cite] }),
            );
            draft.push(" says.");
            b.block(Kind::Paragraph, draft, vec![]);
        });
        assert_eq!(unmarked_words(&article, BlockId(0)), "As Doe says.");
        assert_eq!(lay_unmarked(&article, BlockId(0), 40).hits().count(), 0);
    }

    fn assert_unmarked(width: u16, build: impl FnOnce(&mut Builder), expected: &[&str]) {
        let article = sample::article(build);
        let mut page = Vec::new();
        for id in (0..article.len()).map(BlockId) {
            let text = article.block(id).text.as_str();
            let rows = lay_unmarked(&article, id, width);
            page.extend(rows.rows.iter().map(|r| sample::row(text, r).trim_end().to_owned()));
        }
        assert_eq!(page, expected, "at {width}");
    }

    #[test]
    fn rows_are_filled_as_if_no_marker_stood_there() {
        let build = |b: &mut Builder| {
            let words =
                "The sign-off tied a personal success{[4]}{[5]} to the meeting.{[4]} So it was ({[6]}).";
            b.block(Kind::Paragraph, sample::draft(words), vec![Nest::Quote]);
        };
        assert_unmarked(
            24,
            build,
            &["▎ The sign-off tied a", "▎ personal success to", "▎ the meeting. So it", "▎ was."],
        );
        assert_unmarked(
            40,
            build,
            &[" ▎  The sign-off tied a personal success", " ▎  to the meeting. So it was."],
        );
        assert_unmarked(72, build, &[" ▎  The sign-off tied a personal success to the meeting. So it was."]);
    }

    #[test]
    fn tables_and_figures_close_up() {
        let build = |b: &mut Builder| {
            let (draft, cells) =
                sample::cells(&[&["Year", "Source"], &["2014{[3]}", "{[7]}"], &["2025", "x {[7]}"]]);
            let table = Table { cells, columns: vec![Align::Auto; 2], header_rows: 1, ..Table::default() };
            b.block(Kind::Table(Box::new(table)), draft, vec![]);
            let image = b.link("bird.png");
            let mut draft = sample::draft("{[1]} A bird{[2]}");
            let caption = draft.len() as u32;
            draft.push("\n");
            draft.append(sample::draft("Small {[3]}."));
            let figure = Figure { image, caption: 0..caption, description: caption + 1..draft.len() as u32 };
            b.block(Kind::Figure(Box::new(figure)), draft, vec![]);
        };
        let rows = [
            "━━━━━━━━━━━━━━",
            " Year  Source",
            "──────────────",
            " 2014",
            " 2025  x",
            "━━━━━━━━━━━━━━",
            "╭──────────────────────────────────────╮",
            "│ Small.                               │",
            "╰─────────────────────────── bird.png ─╯",
            "A bird",
        ];
        assert_unmarked(40, build, &rows);
    }

    #[test]
    fn what_is_hidden_belongs_to_the_row_where_it_stood() {
        let article = sample::article(|b| {
            b.block(Kind::Paragraph, sample::draft("{[9]} one two{[3]} three{[5]}{[7]}"), vec![]);
        });
        let rows = lay_unmarked(&article, BlockId(0), 8);
        let shares: Vec<_> = rows.rows.iter().map(|r| r.bytes.clone()).collect();
        assert_eq!(shares, [0..15, 15..26]);
        assert_eq!([0, 4, 11, 15, 20, 25].map(|byte| rows.row_of(byte)), [0, 0, 0, 1, 1, 1]);
        assert!(rows.rows.iter().flat_map(|r| &r.runs).all(|r| !matches!(r.hit, Some(Hit::Marker(_)))));
    }
}
