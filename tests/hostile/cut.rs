//! Real pages cut at each sixteenth: they are read as far as they go.

use std::path::{Path, PathBuf};

use ibid::article::Article;
use ibid::import::{self, Source, wikipedia};

use super::reading::{is_safe, shared, size};

/// The files below a folder with such a name, none larger than this.
fn pages(folder: &str, ends: &[&str], most: u64) -> Vec<PathBuf> {
    let Some(root) = shared(&format!("corpus/{folder}")) else { return Vec::new() };
    let (mut found, mut left) = (Vec::new(), vec![root]);
    while let Some(folder) = left.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()) {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let made = name.starts_with("expected");
            if path.is_dir() {
                left.push(path);
            } else if !made
                && ends.iter().any(|end| name.ends_with(end))
                && path.metadata().unwrap().len() < most
            {
                found.push(path);
            }
        }
    }
    found.sort();
    assert!(!found.is_empty(), "{folder}");
    found
}

/// Reads the beginnings of a document, and gives the sizes of their texts.
fn cut(name: &str, bytes: &[u8], read: &dyn Fn(&[u8]) -> Article) -> Vec<usize> {
    let mut sizes = Vec::new();
    for n in 1..=16 {
        let article = read(&bytes[..bytes.len() * n / 16]);
        assert!(is_safe(&article), "{name} at {n}/16");
        sizes.push(size(&article));
    }
    sizes
}

/// As the document says itself what it is.
fn as_it_is(path: &Path, bytes: &[u8]) -> Article {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    import::read(Source::bytes(&name, bytes.to_vec()).unwrap()).unwrap_or_else(|e| panic!("{name}: {e}"))
}

fn each(paths: Vec<PathBuf>, grows: bool) {
    let (all, mut empty) = (paths.len(), 0);
    for path in paths {
        let bytes = std::fs::read(&path).unwrap();
        let sizes = cut(&path.to_string_lossy(), &bytes, &|part| as_it_is(&path, part));
        let shrinks = sizes.windows(2).any(|pair| pair[1] * 10 < pair[0] * 8);
        assert!(!grows || !shrinks, "{}: {sizes:?}", path.display());
        empty += usize::from(sizes[15] == 0);
    }
    assert!(empty * 20 <= all, "{empty} of {all} show nothing");
}

#[test]
fn wiki_pages_cut_anywhere_are_read_as_far_as_they_go() {
    for path in pages("wikipedia-html", &[".html"], 200_000) {
        let bytes = std::fs::read(&path).unwrap();
        let read = |part: &[u8]| {
            let mut article = Article::default();
            let source = Source::bytes("a.html", part.to_vec()).unwrap();
            article.append(wikipedia::read(import::html::open(source).unwrap(), None));
            article
        };
        let sizes = cut(&path.to_string_lossy(), &bytes, &read);
        let shrinks = sizes.windows(2).any(|pair| pair[1] * 10 < pair[0] * 8);
        assert!(!shrinks, "{}: {sizes:?}", path.display());
    }
}

#[test]
fn sections_in_json_cut_anywhere_are_read_as_far_as_they_go() {
    each(pages("wikipedia-html/legacy-mobileview", &[".json"], 100_000), true);
}

#[test]
fn papers_cut_anywhere_are_read_as_far_as_they_go() {
    each(pages("arxiv-html/engrafo", &[".html"], 100_000), true);
}

/// What stands out in a part need not stand out in the whole.
#[test]
fn web_pages_cut_anywhere_are_read() {
    each(pages("web-articles/readability", &["source.html"], 60_000), false);
    each(pages("web-articles/defuddle/fixtures", &[".html"], 8_000), false);
}

/// A message has its page in one of its parts, quoted or in base64; a cut may fall within either.
#[test]
fn messages_cut_anywhere_are_read_as_far_as_they_go() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/web/drachen.mhtml");
    each(vec![own], false);
    for path in pages("web-articles/readability", &["source.html"], 40_000) {
        let page = std::fs::read(&path).unwrap();
        let message = [
            b"From: <Saved by a browser>\r\nSnapshot-Content-Location: https://a.example/\r\nMIME-Version: 1.0\r\n\
            Content-Type: multipart/related; type=\"text/html\"; boundary=\"--b--\"\r\n\r\n----b--\r\n\
            Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
                .to_vec(),
            quoted(&page),
            b"\r\n----b--\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0\r\n----b----\r\n".to_vec(),
        ]
        .concat();
        let whole = as_it_is(Path::new("a.mhtml"), &message);
        let plain = as_it_is(Path::new("a.html"), &page);
        assert_eq!(size(&whole), size(&plain), "{}", path.display());
        cut(&path.to_string_lossy(), &message, &|part| as_it_is(Path::new("a.mhtml"), part));
    }
}

/// Quoted-printable, in lines of at most 76 signs.
fn quoted(bytes: &[u8]) -> Vec<u8> {
    let (mut out, mut column) = (Vec::new(), 0);
    for byte in bytes {
        let sign = match byte {
            b'=' | 0..=b'\x1f' | b'\x7f'.. => format!("={byte:02X}"),
            _ => char::from(*byte).to_string(),
        };
        if column + sign.len() > 75 {
            out.extend(b"=\r\n");
            column = 0;
        }
        column += sign.len();
        out.extend(sign.bytes());
    }
    out
}
