//! What is counted: tokens, shingles, and the text of an article.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use ibid::article::{Article, Block, InlineKind, Kind};
use ibid::import::{self, Source};

/// The folder of saved pages; `None` where it is missing.
pub fn corpus() -> Option<PathBuf> {
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/web-articles");
    if place.is_dir() {
        return Some(place);
    }
    assert!(std::env::var_os("CI").is_none(), "the corpus is missing");
    println!("skipped: the corpus is missing");
    None
}

pub fn read(path: &Path) -> Article {
    import::read(Source::open(path).unwrap()).unwrap()
}

pub fn read_bytes(name: &str, bytes: Vec<u8>) -> Article {
    import::read(Source::bytes(name, bytes).unwrap()).unwrap()
}

/// The text of an article without its title, the line below it, and what is added to it.
pub fn text(article: &Article) -> String {
    let added: Vec<usize> = article.sections.iter().filter(|s| s.added).map(|s| s.heading.index()).collect();
    let blocks = article.blocks.iter().enumerate();
    let body = blocks.filter(|(at, b)| !matches!(b.kind, Kind::Title | Kind::Byline) && !added.contains(at));
    body.map(|(_, b)| words(b)).collect::<Vec<_>>().join("\n")
}

/// The words of a block without the descriptions of pictures.
fn words(block: &Block) -> String {
    let text = block.text.as_str();
    if let Kind::Figure(figure) = &block.kind {
        return text[figure.caption.start as usize..figure.caption.end as usize].to_owned();
    }
    let (mut out, mut from) = (String::new(), 0);
    for inline in block.text.inlines().iter().filter(|i| matches!(i.kind, InlineKind::Image(_))) {
        out.push_str(text.get(from..inline.start as usize).unwrap_or(""));
        from = inline.end as usize;
    }
    out + &text[from.min(text.len())..]
}

pub fn tokens(text: &str) -> Vec<String> {
    let word = |c: char| c.is_alphanumeric() || c == '_';
    text.split(|c: char| !word(c)).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

fn count<T: std::hash::Hash + Eq>(all: impl Iterator<Item = T>) -> HashMap<T, usize> {
    let mut out = HashMap::new();
    all.for_each(|one| *out.entry(one).or_insert(0) += 1);
    out
}

/// Precision, recall, F1 of tokens.
pub fn token_f1(found: &str, expected: &str) -> f64 {
    let (found, expected) = (tokens(found), tokens(expected));
    if found.is_empty() && expected.is_empty() {
        return 1.0;
    }
    let (a, b) = (count(found.iter()), count(expected.iter()));
    let both: usize = a.iter().map(|(word, n)| n.min(b.get(word).unwrap_or(&0))).sum();
    2.0 * both as f64 / (found.len() + expected.len()) as f64
}

/// True positives, false positives, false negatives of shingles of four tokens, normalised to 1.
pub fn shingles(found: &str, expected: &str) -> (f64, f64, f64) {
    let four = |text: &str| {
        let all = tokens(text);
        let size = 4.min(all.len().max(1));
        count(all.windows(size).map(<[String]>::to_vec).collect::<Vec<_>>().into_iter())
    };
    let (a, b) = (four(found), four(expected));
    let both: usize = a.iter().map(|(s, n)| n.min(b.get(s).unwrap_or(&0))).sum();
    let (all_a, all_b): (usize, usize) = (a.values().sum(), b.values().sum());
    let sum = (all_a + all_b - both).max(1) as f64;
    (both as f64 / sum, (all_a - both) as f64 / sum, (all_b - both) as f64 / sum)
}

/// Mean precision, mean recall, and their F1, as the extraction benchmark has it.
pub fn macro_f1(all: &[(f64, f64, f64)]) -> f64 {
    let mean = |of: &dyn Fn(&(f64, f64, f64)) -> f64| all.iter().map(of).sum::<f64>() / all.len() as f64;
    let ratio = |a: f64, b: f64| if a + b > 0.0 { a / (a + b) } else { 1.0 };
    let (precision, recall) = (mean(&|(tp, fp, _)| ratio(*tp, *fp)), mean(&|(tp, _, fn_)| ratio(*tp, *fn_)));
    2.0 * precision * recall / (precision + recall)
}

/// The text of HTML, blocks apart.
pub fn text_of_html(html: &str) -> String {
    let document = dom_query::Document::from(html);
    document.select("script, style, noscript").remove();
    document.root().formatted_text().to_string()
}
