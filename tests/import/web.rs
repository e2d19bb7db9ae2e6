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

/// Tools that save pages leave the address in a comment, and what a script would show in trees beside the page.
#[test]
fn pages_that_were_saved_keep_their_address_and_what_they_showed() {
    let words =
        "Reeds bend in the wind, and nobody minds, for they stand up again when it is over, as reeds do.";
    let body = format!(
        "<article><h1>Reeds</h1><p>{words}</p><p>{words}</p><p>{words} <a href=b>More</a>.</p></article>"
    );
    let pages = [
        format!(
            "<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: https://reeds.example/a \n saved \
            date: Mon Jan 01 2024\n--><meta charset=utf-8><title>Reeds</title><x-page><template \
            shadowrootmode=open>{body}</template></x-page>"
        ),
        format!(
            "<!DOCTYPE html>\n<!-- saved from url=(0023)https://reeds.example/a -->\n<html lang=\"en\"><head>\
            <title>Reeds</title></head><body>{body}</body></html>"
        ),
    ];
    for page in pages {
        let article = import::read(Source::bytes("Reeds.html", page.into_bytes()).unwrap()).unwrap();
        assert_eq!((&*article.meta.title, &*article.meta.source), ("Reeds", "https://reeds.example/a"));
        let text: String = article.blocks.iter().map(|b| b.text.as_str()).collect();
        assert_eq!(text.matches(words).count(), 3, "{text}");
        assert_eq!(article.links.iter().map(|l| &**l).collect::<Vec<_>>(), ["https://reeds.example/b"]);
    }
}
