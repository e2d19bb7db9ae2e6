//! The line below the title: who wrote the article, where it was published, when.

use super::Builder;
use crate::article::Meta;
use crate::article::block::Kind;
use crate::article::draft::Draft;

impl Builder {
    /// Writes the line below the title from what is known about the article; nothing where nothing is.
    pub fn byline(&mut self) {
        let mut draft = Draft::default();
        draft.push_line(&byline(&self.safe_meta()));
        self.block(Kind::Byline, draft, Vec::new());
    }
}

/// The line below the title, from what is known about an article: `A. Wren, B. Lark · The Reed · 2021`.
pub fn byline(meta: &Meta) -> String {
    let authors = meta.authors.join(", ");
    // A paper without authors of its own names the place for one.
    let site = if authors == meta.site { "" } else { &meta.site };
    let parts = [&authors, site, &meta.date].into_iter().filter(|part| !part.trim().is_empty());
    parts.collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_stands_below_the_title() {
        let line = |authors: &[&str], site: &str, date: &str| {
            let mut builder = Builder::new("test");
            builder.meta.authors = authors.iter().map(|a| (*a).to_owned()).collect();
            (builder.meta.site, builder.meta.date) = (site.to_owned(), date.to_owned());
            builder.byline();
            builder.finish().blocks.iter().map(|b| b.text.as_str().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(
            line(&["A. Wren", "B. Lark"], "The Reed", "2021-05-04"),
            ["A. Wren, B. Lark · The Reed · 2021-05-04"]
        );
        assert_eq!(line(&["A. Wren"], "", "2021"), ["A. Wren · 2021"]);
        assert_eq!(line(&["The Reed"], "The Reed", ""), ["The Reed"]);
        assert_eq!(line(&[], "The Reed", ""), ["The Reed"]);
        assert!(line(&[], "", "").is_empty());
    }
}
