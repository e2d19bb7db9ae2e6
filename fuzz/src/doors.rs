//! The ways in: bytes as a document of each kind, read as the program reads them, on a stack as small as a worker's.

use std::io::{Cursor, Write};
use std::thread;

use ibid::article::{Article, Builder};
use ibid::import::html::{self, Html, Walker};
use ibid::import::{self, Error, FORMATS, Patience, Source, pasted};

use super::{exports, model, reader, rows, words};

/// The stack that documents are read on: a quarter of a worker's, though a build without optimization or with a sanitizer
/// takes several times the stack of what is shipped.
const STACK: usize = 512 << 10;

/// What parts the files of a bundle in an input that is no archive (record separator).
pub const PARTS: u8 = 0x1e;

/// Markdown, by the name of its file.
pub fn markdown(data: &[u8]) {
    judge(data, |data| named("input.md", data));
    judge_origins(data);
}

/// A page. Its first byte may name an importer: `1` Wikipedia, `2` LaTeXML, `3` web, `4` HTML alone. Else its content
/// does.
pub fn html(data: &[u8]) {
    judge(data, |data| match data.split_first() {
        Some((b'1', page)) => by_format("wikipedia-html", page),
        Some((b'2', page)) => by_format("latexml", page),
        Some((b'3', page)) => by_format("web", page),
        Some((b'4', page)) => bare(page),
        _ => named("input.html", data),
    });
}

/// Pasted text; after `1`, a text of which the content says what it is.
pub fn pasted(data: &[u8]) {
    judge(data, |data| match data.split_first() {
        Some((b'1', text)) => named("input.txt", text),
        _ => Ok(whole(pasted::read(&String::from_utf8_lossy(data)))),
    });
}

/// An archive as it is, or one made of the input's parts: `text.md`, `references.json`, `info.json`, `refs.bib`.
pub fn bundle(data: &[u8]) {
    if data.starts_with(b"PK") {
        return judge(data, |data| named("input.textpack", data));
    }
    let archive = archive(data);
    judge(data, move |_| named("input.textpack", &archive));
}

fn archive(data: &[u8]) -> Vec<u8> {
    const NAMES: [&str; 4] = ["text.md", "assets/references.json", "info.json", "assets/refs.bib"];
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in NAMES.iter().zip(data.split(|b| *b == PARTS)) {
        archive.start_file(*name, stored).expect("a file is begun");
        archive.write_all(bytes).expect("a file is written");
    }
    archive.finish().expect("an archive is ended").into_inner()
}

fn named(name: &str, data: &[u8]) -> Result<Article, Error> {
    import::read(Source::bytes(name, data.to_vec())?)
}

fn by_format(name: &str, data: &[u8]) -> Result<Article, Error> {
    let format = FORMATS.iter().find(|format| format.name == name).expect("a format of this name");
    let opening = (format.open)(Source::bytes("input.html", data.to_vec())?, Patience::Whole)?;
    Ok(whole(opening.first))
}

fn bare(data: &[u8]) -> Result<Article, Error> {
    let page = html::open(Source::bytes("input.html", data.to_vec())?)?;
    let mut walker = Walker::new(&page, Html, Builder::new("html"));
    walker.read(&page.body());
    Ok(whole(walker.finish()))
}

fn whole(part: ibid::article::Part) -> Article {
    let mut article = Article::default();
    article.append(part);
    article
}

/// Reads an input twice, and looks for everything that must hold.
fn judge(data: &[u8], read: impl Fn(&[u8]) -> Result<Article, Error> + Sync) {
    words::check(&String::from_utf8_lossy(data));
    let both = on_small_stack(|| (read(data), read(data)));
    let (article, again) = match both {
        (Ok(article), Ok(again)) => (article, again),
        (Err(error), Err(_)) => return words::is_message(&error.to_string()),
        _ => panic!("read once, and once not"),
    };
    model::check(&article);
    model::same(&article, &again);
    rows::check(&article, super::dice(data));
    exports::check(&article, super::dice(data));
    reader::check(article, again, super::dice(data));
}

/// Where everything stands in a source is inside it.
fn judge_origins(data: &[u8]) {
    let Ok(source) = Source::bytes("input.md", data.to_vec()) else { return };
    if let Ok(article) = on_small_stack(|| import::read_with_origins(source)) {
        model::origins(&article);
    }
}

/// Runs on a thread with a small stack: what recurses over a document's nesting does not come back.
fn on_small_stack<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    let builder = thread::Builder::new().stack_size(STACK);
    let done = thread::scope(|scope| builder.spawn_scoped(scope, work).expect("a thread is begun").join());
    done.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}
