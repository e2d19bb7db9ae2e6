//! The markup that CSL allows inside titles: `<i> <b> <sup> <sub> <span …>`, and five entities.

use std::borrow::Cow;

use crate::article::{Draft, Mark};

/// A stretch of a title, or the edge of one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Piece<'a> {
    /// Words, entities not yet decoded.
    Words(&'a str),
    /// An opening tag.
    Open(Tag),
    /// A closing tag.
    Close(Tag),
}

/// The elements of the markup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    Italic,
    Bold,
    Superscript,
    Subscript,
    SmallCaps,
    /// A span that changes nothing that is shown (`nocase`).
    Span,
}

impl Tag {
    fn mark(self) -> Option<Mark> {
        match self {
            Self::Italic => Some(Mark::Emphasis),
            Self::Bold => Some(Mark::Strong),
            Self::Superscript => Some(Mark::Superscript),
            Self::Subscript => Some(Mark::Subscript),
            Self::SmallCaps => Some(Mark::SmallCaps),
            Self::Span => None,
        }
    }

    /// The tag at the beginning of `text`, and its length; `None` for a `<` that is only a sign.
    fn read(text: &str) -> Option<(Piece<'static>, usize)> {
        let inner = text.strip_prefix('<')?;
        let inner = inner.get(..inner.bytes().take(100).position(|b| b == b'>')?)?;
        let (closing, name) = match inner.strip_prefix('/') {
            Some(name) => (true, name),
            None => (false, inner),
        };
        let tag = match name.to_ascii_lowercase().as_str() {
            "i" | "em" => Self::Italic,
            "b" | "strong" => Self::Bold,
            "sup" => Self::Superscript,
            "sub" => Self::Subscript,
            "sc" => Self::SmallCaps,
            name if name.starts_with("span ") && name.contains("small-caps") => Self::SmallCaps,
            name if name == "span" || name.starts_with("span ") => Self::Span,
            _ => return None,
        };
        let piece = if closing { Piece::Close(tag) } else { Piece::Open(tag) };
        Some((piece, inner.len() + 2))
    }

    /// A `</span>` closes whatever span is open.
    fn closes(self, open: Self) -> bool {
        self == open || (self == Self::Span && open == Self::SmallCaps)
    }
}

/// Takes a title apart. A tag without its partner is left out.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let (mut from, mut at) = (0, 0);
    while let Some(next) = text[at..].find('<') {
        at += next;
        let Some((piece, length)) = Tag::read(&text[at..]) else {
            at += 1;
            continue;
        };
        if at > from {
            out.push(Piece::Words(&text[from..at]));
        }
        out.push(piece);
        at += length;
        from = at;
    }
    if from < text.len() {
        out.push(Piece::Words(&text[from..]));
    }
    pair(out)
}

/// Keeps the tags that open and close in order, and gives each closing tag the kind of what it closes.
fn pair(pieces: Vec<Piece<'_>>) -> Vec<Piece<'_>> {
    let mut open: Vec<(usize, Tag)> = Vec::new();
    let mut partner: Vec<Option<Tag>> = vec![None; pieces.len()];
    for (at, piece) in pieces.iter().enumerate() {
        match *piece {
            Piece::Open(tag) => open.push((at, tag)),
            Piece::Close(tag) => {
                if let Some((start, opened)) = open.pop_if(|(_, opened)| tag.closes(*opened)) {
                    partner[start] = Some(opened);
                    partner[at] = Some(opened);
                }
            }
            Piece::Words(_) => {}
        }
    }
    let paired = pieces.into_iter().zip(partner).filter_map(|(piece, tag)| match (piece, tag) {
        (Piece::Words(words), _) => Some(Piece::Words(words)),
        (Piece::Open(_), Some(tag)) => Some(Piece::Open(tag)),
        (Piece::Close(_), Some(tag)) => Some(Piece::Close(tag)),
        _ => None,
    });
    paired.collect()
}

/// The five entities that programs write into CSL titles.
pub(super) fn decode(words: &str) -> Cow<'_, str> {
    const ENTITIES: [(&str, &str); 6] =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#38;", "&"), ("&amp;", "&")];
    if !words.contains('&') {
        return Cow::Borrowed(words);
    }
    let mut out = words.to_owned();
    for (entity, sign) in ENTITIES {
        if out.contains(entity) {
            out = out.replace(entity, sign);
        }
    }
    Cow::Owned(out)
}

/// A title without its markup.
pub fn plain(text: &str) -> String {
    let words = pieces(text).into_iter().filter_map(|p| if let Piece::Words(w) = p { Some(w) } else { None });
    words.map(decode).collect()
}

/// Adds a title to a draft, its markup as marks. Inside quotation marks (`quoted`) its own become single ones.
pub fn push(draft: &mut Draft, text: &str, quoted: bool) {
    let mut open = Vec::new();
    for piece in pieces(text) {
        match piece {
            Piece::Words(words) if quoted => push_quoted(draft, &decode(words)),
            Piece::Words(words) => draft.push_line(&decode(words)),
            Piece::Open(_) => open.push(draft.len()),
            Piece::Close(tag) => {
                if let Some(start) = open.pop()
                    && let Some(mark) = tag.mark()
                {
                    draft.mark(start, mark);
                }
            }
        }
    }
}

/// Adds a title that is stressed as a whole: what is stressed inside it stands out by not being so.
pub fn push_stressed(draft: &mut Draft, text: &str) {
    let (mut open, mut inner) = (Vec::new(), 0_usize);
    // Where the stretch began that is stressed, or not.
    let mut from = draft.len();
    for piece in pieces(text) {
        let turns = matches!(piece, Piece::Open(Tag::Italic) | Piece::Close(Tag::Italic));
        if turns {
            stress(draft, from, inner);
            from = draft.len();
        }
        match piece {
            Piece::Words(words) => draft.push_line(&decode(words)),
            Piece::Open(tag) => {
                inner += usize::from(turns);
                open.push((draft.len(), tag));
            }
            Piece::Close(_) => {
                inner = inner.saturating_sub(usize::from(turns));
                if let Some((start, tag)) = open.pop().filter(|(_, tag)| *tag != Tag::Italic)
                    && let Some(mark) = tag.mark()
                {
                    draft.mark(start, mark);
                }
            }
        }
    }
    stress(draft, from, inner);
}

/// Stresses the words that have been written since, inside an even number of others; spaces around them are not.
fn stress(draft: &mut Draft, from: usize, inner: usize) {
    let written = draft.as_str().get(from..).unwrap_or("");
    let words = written.trim_start();
    let start = from + written.len() - words.len();
    let end = start + words.trim_end().len();
    if inner.is_multiple_of(2) && end > start {
        draft.mark_range(start..end, Mark::Emphasis);
    }
}

fn push_quoted(draft: &mut Draft, words: &str) {
    let mut before = draft.as_str().chars().next_back().unwrap_or(' ');
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        let opens = before.is_whitespace() || matches!(before, '(' | '[' | '“' | '‘' | '—' | '–');
        let shown = match c {
            '“' => '‘',
            '”' => '’',
            '"' if before.is_ascii_digit() => '"',
            '"' if opens => '‘',
            '"' => '’',
            c => c,
        };
        out.push(shown);
        before = shown;
    }
    draft.push_line(&out);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_taken_off() {
        let cases = [
            ("A <i>strange</i> storm", "A strange storm"),
            ("H<sub>2</sub>O & CO<sup>2</sup>", "H2O & CO2"),
            ("<span class=\"nocase\">The <i>Beagle</i></span>", "The Beagle"),
            ("1 < 2 and <b>3 > 2", "1 < 2 and 3 > 2"),
            ("AT&amp;T &lt;i&gt;", "AT&T <i>"),
            ("</i>x<i>", "x"),
            ("<p>kept</p>", "<p>kept</p>"),
        ];
        for (text, expected) in cases {
            assert_eq!(plain(text), expected);
        }
    }

    #[test]
    fn markup_becomes_marks() {
        let mut draft = Draft::of("“");
        push(
            &mut draft,
            "On <span style=\"font-variant:small-caps;\">ibid</span> and \"<i>op. cit.</i>\"",
            true,
        );
        assert_eq!(draft.as_str(), "“On ibid and ‘op. cit.’");
        assert_eq!(draft.marks(), [(6..10, Mark::SmallCaps), (18..26, Mark::Emphasis)]);
    }

    #[test]
    fn what_is_stressed_in_what_is_stressed_is_not() {
        let mut draft = Draft::default();
        push_stressed(&mut draft, "The <i>Beagle</i> &amp; H<sub>2</sub>");
        assert_eq!(draft.as_str(), "The Beagle & H2");
        let marks = [(0..3, Mark::Emphasis), (14..15, Mark::Subscript), (11..15, Mark::Emphasis)];
        assert_eq!(draft.marks(), marks);
    }
}
