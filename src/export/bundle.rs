//! An article as the files of a TextBundle: its text and its references.
//!
//! `info.json` is not among them: what other programs wrote there has to survive, so it is rewritten where the old one
//! is known (`import::bundle::rewrite`). Assets are copied by whoever has them.

use super::markdown::{Bibliography, markdown, references};
use crate::article::Article;

/// The name of the text in a bundle.
pub const TEXT: &str = "text.md";
/// The name of the references in a bundle: pandoc finds them by the front matter.
pub const REFERENCES: &str = "assets/references.json";

/// The files of the bundle by their names in it. An article without references has no file of them.
pub fn files(article: &Article) -> Vec<(String, Vec<u8>)> {
    let text = markdown(article, Bibliography::File(REFERENCES));
    let mut files = vec![(TEXT.to_owned(), text.into_bytes())];
    files.extend(references(article).map(|json| (REFERENCES.to_owned(), json.into_bytes())));
    files
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Builder, Csl, Draft, Kind};

    #[test]
    fn references_have_a_file_when_there_are_any() {
        for (works, expected) in [(0, vec![TEXT]), (1, vec![TEXT, REFERENCES])] {
            let mut builder = Builder::new("test");
            builder.block(Kind::Paragraph, Draft::of("Text."), vec![]);
            (0..works).for_each(|_| builder.work("a", Csl::new(), Draft::of("A")));
            let mut article = Article::default();
            article.append(builder.finish());
            let files = files(&article);
            let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
            assert_eq!(names, expected);
        }
    }
}
