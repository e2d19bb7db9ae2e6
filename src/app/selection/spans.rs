//! What a block is made of when one moves through it by words, sentences or as a whole.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::article::{Article, BlockId, InlineKind};

/// Cuts a block into pieces, each without white space around it.
pub type Spans = fn(&Article, BlockId) -> Vec<Range<usize>>;

/// Words (UAX #29).
pub fn words(article: &Article, block: BlockId) -> Vec<Range<usize>> {
    let text = article.block(block).text.as_str();
    text.unicode_word_indices().map(|(at, word)| at..at + word.len()).collect()
}

/// Sentences (UAX #29). A marker is a part of the sentence before it, and its dots end none.
pub fn sentences(article: &Article, block: BlockId) -> Vec<Range<usize>> {
    let text = &article.block(block).text;
    let mut masked = text.as_str().to_owned();
    for inline in text.inlines().iter().filter(|i| matches!(i.kind, InlineKind::Marker(_))) {
        let range = inline.start as usize..inline.end as usize;
        // A quotation mark goes on with what comes before it, whatever that is.
        masked.replace_range(range.clone(), &"\"".repeat(range.len()));
    }
    let pieces = masked.split_sentence_bound_indices();
    pieces.filter_map(|(at, piece)| trimmed(text.as_str(), at..at + piece.len())).collect()
}

/// The whole block.
pub fn whole(article: &Article, block: BlockId) -> Vec<Range<usize>> {
    let text = article.block(block).text.as_str();
    trimmed(text, 0..text.len()).into_iter().collect()
}

fn trimmed(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let piece = &text[range.clone()];
    let start = range.start + (piece.len() - piece.trim_start().len());
    let end = range.start + piece.trim_end().len();
    (start < end).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Builder, Draft, DraftCite, DraftMarker, Kind, To};

    fn pieces(spans: Spans, marked: &[&str]) -> Vec<String> {
        let mut draft = Draft::default();
        for (at, words) in marked.iter().enumerate() {
            if at > 0 {
                let cite =
                    DraftCite { locator: "p. 4".to_owned(), ..DraftCite::new(To::Missing("a".into())) };
                draft.push_marker(DraftMarker { cites: vec![cite], ..DraftMarker::default() });
            }
            draft.push(words);
        }
        let mut builder = Builder::new("test");
        builder.block(Kind::Paragraph, draft, vec![]);
        let mut article = Article::default();
        article.append(builder.finish());
        let text = article.block(BlockId(0)).text.as_str().to_owned();
        spans(&article, BlockId(0)).into_iter().map(|span| text[span].to_owned()).collect()
    }

    #[test]
    fn a_marker_belongs_to_the_sentence_before_it() {
        assert_eq!(
            pieces(sentences, &["It rains.", " Then it stops. So", " it is."]),
            ["It rains.[a?, p. 4]", "Then it stops.", "So[a?, p. 4] it is."]
        );
    }

    #[test]
    fn words_and_blocks_have_no_space_around_them() {
        assert_eq!(pieces(words, &["don’t – stop"]), ["don’t", "stop"]);
        assert_eq!(pieces(whole, &["a b "]), ["a b"]);
    }
}
