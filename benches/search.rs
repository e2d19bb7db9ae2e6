//! How long a search through 70 MB of text takes, and how long the first hit takes.

use divan::{Bencher, black_box, counter::BytesCount};
use ibid::article::{Article, Builder, Draft, Kind, Place};
use ibid::search::Search;

fn main() {
    divan::main();
}

const BYTES: usize = 70 << 20;
const WORDS: &[&str] = &[
    "river",
    "Council",
    "treaty",
    "telescope",
    "between",
    "neuron",
    "the",
    "of",
    "under",
    "against",
    "Protein",
    "cathedral",
    "monsoon",
    "market",
    "a",
    "in",
    "near",
    "about",
    "dialect",
    "census",
    "Turbine",
    "across",
    "valley",
];

/// 70 MB of paragraphs of some 300 bytes; one word stands in the middle of it alone.
fn article() -> &'static Article {
    static ARTICLE: std::sync::LazyLock<Article> = std::sync::LazyLock::new(|| {
        let (mut builder, mut seed, mut bytes) = (Builder::new("bench"), 1_u32, 0);
        while bytes < BYTES {
            let mut text = String::new();
            while text.len() < 300 {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                text.push_str(WORDS[(seed >> 16) as usize % WORDS.len()]);
                text.push_str(if seed >> 28 == 0 { ". " } else { " " });
            }
            if bytes < BYTES / 2 && bytes + text.len() >= BYTES / 2 {
                text.push_str("Serendipity and straße");
            }
            bytes += text.len();
            builder.block(Kind::Paragraph, Draft::of(&text), Vec::new());
        }
        let mut article = Article::default();
        article.append(builder.finish());
        article
    });
    &ARTICLE
}

#[divan::bench(args = ["serendipity", "Serendipity", "absent", "zyzzyva", "straße", "serendipity and", "neuron the", "e"])]
fn whole_text(bencher: Bencher<'_, '_>, query: &str) {
    let article = article();
    bencher.counter(BytesCount::new(article.total_bytes())).bench_local(|| {
        let mut search = Search::new(black_box(query));
        while search.step(article, 1 << 20, Place::default()) {}
        search.hits().len()
    });
}

/// The longest that one slice of the search holds up the keys.
#[divan::bench]
fn one_step_of_256_kb(bencher: Bencher<'_, '_>) {
    let article = article();
    bencher.bench_local(|| Search::new(black_box("absent")).step(article, 256 << 10, Place::default()));
}
