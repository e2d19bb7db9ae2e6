//! The words that cite: the sentence that a marker stands in, cut to a number of cells, other markers left out.

use unicode_width::UnicodeWidthStr;

use super::fit;
use crate::article::{Article, Block, InlineKind, MarkerId};

/// Bytes of text that are looked at on either side of a marker.
const NEAR: usize = 1_000;
/// The fewest cells in which both sides of a marker are shown.
const BOTH: usize = 40;
/// Words that end with a stop and no sentence.
const SHORTENED: &[&str] = &[
    "al", "cf", "ch", "chap", "co", "dr", "ed", "eds", "eq", "etc", "fig", "gen", "inc", "jr", "ltd", "mr",
    "mrs", "ms", "no", "nos", "op", "p", "pp", "prof", "ref", "rev", "sec", "sen", "sr", "st", "vol", "vols",
    "vs",
];

/// The words of a marker's sentence, in at most `room` cells: those ahead of it, and where there is room those after it.
pub fn words(article: &Article, id: MarkerId, room: usize) -> String {
    let Some(marker) = article.marker(id) else { return String::new() };
    let block = article.block(marker.place.block);
    let (start, end) = (marker.place.byte as usize, (marker.place.byte + marker.len) as usize);
    let text = block.text.as_str();
    let near = (text.floor_char_boundary(start.saturating_sub(NEAR)), text.floor_char_boundary(end + NEAR));
    let (before, after) = (without_markers(block, near.0, start), without_markers(block, end, near.1));
    let ahead = before.trim_end();
    let whole = ahead.is_empty() || !ends_with_stop(ahead);
    let before = before[last_start(&before)..].trim();
    let after = if whole { after[..first_end(&after)].trim_end() } else { "" };
    join(before, article.label(id), after, room)
}

fn join(before: &str, label: &str, after: &str, room: usize) -> String {
    let closed = |c: char| c.is_whitespace() || ".,;:。、".contains(c);
    if !after.contains(char::is_alphanumeric) {
        return fit::tail(before.trim_end_matches(closed), room);
    }
    if before.is_empty() {
        return fit::head(after.trim_start(), room);
    }
    let after = format!("{label}{}", after.trim_end_matches(closed));
    if before.width() + after.width() <= room {
        return format!("{before}{after}");
    }
    if room < BOTH {
        return fit::tail(before.trim_end_matches(closed), room);
    }
    let after = fit::head(&after, (room / 3).max(room.saturating_sub(before.width())));
    format!("{}{after}", fit::tail(before, room.saturating_sub(after.width())))
}

/// The text from one byte of a block to another, without the labels of markers.
fn without_markers(block: &Block, from: usize, to: usize) -> String {
    let text = block.text.as_str();
    let (mut out, mut at) = (String::new(), from);
    let markers = block.text.inlines().iter().filter(|i| matches!(i.kind, InlineKind::Marker(_)));
    for marker in markers {
        let (start, end) = (marker.start as usize, marker.end as usize);
        if start >= at && end <= to {
            out.push_str(text.get(at..start).unwrap_or(""));
            at = end;
        }
    }
    out.push_str(text.get(at..to).unwrap_or(""));
    out
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '\n' | '\t')
}

fn closes(c: char) -> bool {
    matches!(c, '”' | '’' | '"' | '\'' | ')' | ']' | '»' | '」')
}

fn ends_with_stop(text: &str) -> bool {
    text.trim_end_matches(closes).ends_with(is_stop)
}

/// Where the last sentence begins that has a word in it.
fn last_start(text: &str) -> usize {
    let worded = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    worded.char_indices().rev().find_map(|(at, c)| next_sentence(worded, at, c)).unwrap_or(0)
}

/// One past the first sentence, the space after it left out.
fn first_end(text: &str) -> usize {
    let ended = text.char_indices().find(|&(at, c)| {
        let last =
            text[at + c.len_utf8()..].trim_matches(|c: char| closes(c) || c.is_whitespace()).is_empty();
        is_stop(c) && (last || next_sentence(text, at, c).is_some())
    });
    ended.map_or(text.len(), |(at, c)| {
        let after = at + c.len_utf8();
        after + text[after..].len() - text[after..].trim_start_matches(closes).len()
    })
}

/// Where the next sentence begins, if the character at a byte ends one.
fn next_sentence(text: &str, at: usize, c: char) -> Option<usize> {
    if !is_stop(c) {
        return None;
    }
    let rest = text[at + c.len_utf8()..].trim_start_matches(closes);
    let next = rest.trim_start();
    let start = text.len() - next.len();
    let first = next.chars().next()?;
    let broken = match c {
        '\n' | '\t' | '。' | '！' | '？' => true,
        _ if next.len() == rest.len() || first.is_lowercase() => false,
        '.' => !is_shortened(&text[..at]),
        _ => true,
    };
    broken.then_some(start)
}

/// True when the stop after this text belongs to its last word: `Mr.`, `J.`, `U.S.`
fn is_shortened(text: &str) -> bool {
    let word = text.rsplit(|c: char| !(c.is_alphanumeric() || c == '.')).next().unwrap_or("");
    let lower = word.to_lowercase();
    let initial = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
    initial || word.contains('.') && !word.contains(char::is_numeric) || SHORTENED.contains(&lower.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Builder, Draft, DraftCite, DraftMarker, Kind, Label, Mark, To};

    /// An article of one paragraph; what stands in braces are markers.
    fn article(text: &str) -> Article {
        let mut b = Builder::new("test");
        b.reference("a", "1", crate::article::Csl::new(), Some(Draft::of("A")));
        let mut draft = Draft::default();
        for (at, part) in text.split(['{', '}']).enumerate() {
            if at % 2 == 0 {
                draft.push(part);
                continue;
            }
            let cites = vec![DraftCite::new(To::Reference("a".into()))];
            draft.push_marked(part, Mark::Marker(DraftMarker { label: Label::Shown, group: None, cites }));
        }
        b.block(Kind::Code("".into()), draft, vec![]);
        let mut article = Article::default();
        article.append(b.finish());
        article
    }

    fn of(text: &str, marker: u32, room: usize) -> String {
        words(&article(text), MarkerId(marker), room)
    }

    #[test]
    fn the_sentence_of_the_marker_is_shown() {
        for (text, marker, room, expected) in [
            ("It was so. Then it rained.{[1]} It stopped.", 0, 60, "Then it rained"),
            ("It was so. Then it rained{[1]}.", 0, 60, "Then it rained"),
            ("The rain fell;{[1]} the river rose. It ended.", 0, 60, "The rain fell;[1] the river rose"),
            ("Rain fell,{[1]} and{[2]} rose. It ended.", 1, 60, "Rain fell, and[2] rose"),
            ("A claim.{[1]}{[2]} Next.", 1, 60, "A claim"),
            ("{[1]} says that it rained. Then.", 0, 60, "says that it rained."),
            ("He wrote “So it was.”{[1]} Then.", 0, 60, "He wrote “So it was.”"),
            (
                "Mr. Doe et al. saw J. Roe in the U.S. Senate.{[1]}",
                0,
                60,
                "Mr. Doe et al. saw J. Roe in the U.S. Senate",
            ),
            ("In 1999. The 2nd came{[1]}", 0, 60, "The 2nd came"),
            ("他来了。他走了。{[1]}", 0, 60, "他走了"),
            ("cell\tother cell{[1]}\tnext", 0, 60, "other cell"),
            ("{[1]}", 0, 60, ""),
        ] {
            assert_eq!(of(text, marker, room), expected, "{text}");
        }
    }

    #[test]
    fn it_is_cut_around_the_marker() {
        let text = "They were joined in the same breath to a new spending target of five per cent.{[7]} The message.";
        assert_eq!(of(text, 0, 28), "…target of five per cent");
        let text =
            "The strikes had not been endorsed by the alliance;{[6]} and they were joined in one breath.";
        assert_eq!(of(text, 0, 30), "…been endorsed by the alliance");
        assert_eq!(of(text, 0, 50), "…not been endorsed by the alliance;[6] and they…");
        for room in 0..90 {
            assert!(of(text, 0, room).width() <= room, "{room}");
        }
    }
}
