//! Saved pages become articles: `web/<case>.html` or `.mhtml`, with the article it becomes as text beside it.

use std::fs;
use std::path::Path;

use ibid::import::{self, Source};

use super::dump::dump;

#[test]
fn saved_pages() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/web");
    let mut pages: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    pages.retain(|p| p.extension().is_some_and(|e| e != "expected"));
    pages.sort();
    assert!(pages.len() >= 6);
    for page in pages {
        let article = import::read(Source::open(&page).unwrap()).unwrap();
        assert_eq!(article.meta.format, "web", "{}", page.display());
        let found = dump(&article);
        let told = page.with_extension("expected");
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&told, &found).unwrap();
        }
        assert_eq!(found, fs::read_to_string(&told).unwrap_or_default(), "{}", page.display());
    }
}
