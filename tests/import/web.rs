//! Saved pages become articles: `web/<case>.html` or `.mhtml`, with the article it becomes as text beside it.

use std::fs;
use std::path::Path;

use ibid::export::bundle;
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

#[test]
fn what_is_known_of_a_page_comes_back_from_its_bundle() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/web");
    let article = import::read(Source::open(&folder.join("byline.html")).unwrap()).unwrap();
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("a.textbundle");
    let mut files = bundle::files(&article);
    files.push(("info.json".to_owned(), br#"{"version":2,"type":"net.daringfireball.markdown"}"#.to_vec()));
    import::bundle::write_folder(&path, &files).unwrap();
    let again = import::read(Source::open(&path).unwrap()).unwrap();
    assert_eq!(again.meta.site, "The Wet Review");
    assert_eq!(dump(&again), dump(&article));
}
