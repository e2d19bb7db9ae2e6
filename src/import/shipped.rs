//! The articles that ship inside the program, as the bundles that they are in `articles/`.

use super::Error;

/// An article inside the program.
#[derive(Debug)]
pub struct Shipped {
    /// What it is opened by: `guide`.
    pub name: &'static str,
    /// What it is about, in a line.
    pub title: &'static str,
    /// Its files by their names in the bundle.
    pub files: &'static [(&'static str, &'static [u8])],
}

macro_rules! shipped {
    ($name:literal, $title:literal, [$($file:literal),* $(,)?]) => {
        Shipped {
            name: $name,
            title: $title,
            files: &[$((
                $file,
                include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/articles/", $name, ".textbundle/", $file)),
            )),*],
        }
    };
}

/// The articles, the manual first.
pub const SHIPPED: &[Shipped] = &[
    shipped!(
        "guide",
        "How to read with ibid",
        ["info.json", "text.md", "assets/references.json", "assets/screen.svg"]
    ),
    shipped!(
        "showcase",
        "A history of the footnote",
        [
            "info.json",
            "text.md",
            "assets/references.json",
            "assets/places.svg",
            "assets/price.svg",
            "assets/talmud.svg",
        ]
    ),
    shipped!(
        "private-messages-rutte-trump",
        "Private messages between Mark Rutte and Donald Trump",
        ["info.json", "text.md", "assets/references.json"]
    ),
];

impl Shipped {
    /// A file of the bundle.
    pub fn file(&self, name: &str) -> Option<&'static [u8]> {
        self.files.iter().find(|(n, _)| *n == name).map(|(_, bytes)| *bytes)
    }
}

/// The article of this name.
pub fn find(name: &str) -> Result<&'static Shipped, Error> {
    SHIPPED.iter().find(|s| s.name == name).ok_or_else(|| {
        let names: Vec<_> = SHIPPED.iter().map(|s| s.name).collect();
        Error::NoSuchArticle(names.join(", "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_article_opens() {
        for article in SHIPPED {
            let found = find(article.name).unwrap();
            let read = crate::import::read(crate::import::Source::shipped(found)).unwrap();
            assert!(read.len() > 10, "{} is short", article.name);
            assert_eq!(read.meta.format, "bundle");
        }
        assert!(find("nothing").unwrap_err().to_string().contains("guide"));
    }
}
