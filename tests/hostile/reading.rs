//! Bytes read as a page by everything that reads pages, and what no article may hold.

use std::path::{Path, PathBuf};
use std::time::Duration;

use ibid::article::{Article, Builder};
use ibid::import::html::{self, Html, Walker};
use ibid::import::{FORMATS, Patience, Source};

/// A folder beside the package; `None` in a clone without it. A build server must have it.
pub fn shared(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(name);
    assert!(path.exists() || std::env::var("CI").as_deref() != Ok("true"), "../shared/{name} is missing");
    if !path.exists() {
        eprintln!("skipped: ../shared/{name} is missing");
    }
    path.exists().then_some(path)
}

/// What HTML says, and no dialect.
pub fn plainly(bytes: &[u8]) -> Option<Article> {
    let page = html::open(Source::bytes("a.html", bytes.to_vec()).ok()?).ok()?;
    let mut walker = Walker::new(&page, Html, Builder::new("test"));
    walker.read(&page.body());
    let mut article = Article::default();
    article.append(walker.finish());
    Some(article)
}

/// By every importer of pages, whatever the page looks like, and by none of them. What is not text at all, and says so,
/// is left out.
pub fn by_all(bytes: &[u8]) -> Vec<(&'static str, Article)> {
    let mut articles: Vec<_> = plainly(bytes).map(|article| ("html", article)).into_iter().collect();
    for format in FORMATS.iter().filter(|format| format.tagged) {
        let Ok(source) = Source::bytes("a.html", bytes.to_vec()) else { continue };
        if let Ok(opening) = (format.open)(source, Patience::Whole) {
            let mut article = Article::default();
            article.append(opening.first);
            assert!(opening.rest.is_none(), "{}: a rest that this test does not read", format.name);
            articles.push((format.name, article));
        }
    }
    articles
}

/// True when nothing in an article is an order to a terminal, or turns the direction of writing.
pub fn is_safe(article: &Article) -> bool {
    let foreign =
        |c: char| (c.is_control() && c != '\n' && c != '\t') || ('\u{202a}'..='\u{202e}').contains(&c);
    let meta = &article.meta;
    let told = [&meta.title, &meta.date, &meta.site, &meta.language, &meta.source];
    let mut texts = article.blocks.iter().map(|b| b.text.as_str()).chain(told.map(String::as_str));
    !texts.any(|text| text.contains(foreign)) && !meta.authors.iter().any(|a| a.contains(foreign))
}

/// The processor time that this thread has used: what others do beside it does not count.
pub fn cpu() -> Duration {
    let stat = std::fs::read_to_string("/proc/thread-self/stat").unwrap();
    let after = stat.rsplit(')').next().unwrap();
    // utime and stime are fields 14 and 15 (proc_pid_stat(5)), in ticks of 10 ms.
    let ticks: u64 = after.split_whitespace().skip(11).take(2).map(|f| f.parse::<u64>().unwrap()).sum();
    Duration::from_millis(ticks * 10)
}

/// Bytes of text.
pub fn size(article: &Article) -> usize {
    article.blocks.iter().map(|b| b.text.as_str().len()).sum()
}
