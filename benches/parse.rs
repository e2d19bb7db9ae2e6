//! How long it takes to read Markdown: the whole of it, and what is needed for the first screen.
//! `cargo bench --bench parse`.

mod support;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use ibid::article::Article;
use ibid::import::{self, Patience, Source};

fn main() {
    divan::main();
}

const SIZES: [usize; 2] = [100 << 10, 1 << 20];

fn source(text: &str) -> Option<Source> {
    Source::bytes("bench.md", text.as_bytes().to_vec()).ok()
}

#[divan::bench(args = SIZES)]
fn whole(bencher: Bencher<'_, '_>, bytes: usize) {
    let text = support::markdown(bytes);
    bencher
        .counter(BytesCount::of_str(&text))
        .with_inputs(|| source(&text))
        .bench_values(|source| source.map(import::read).map(|read| black_box(read).map(|a| a.blocks.len())));
}

/// To the article's first part, from which the first screen is drawn; the rest is read by a worker.
#[divan::bench(args = SIZES)]
fn beginning(bencher: Bencher<'_, '_>, bytes: usize) {
    let text = support::markdown(bytes);
    bencher.with_inputs(|| source(&text)).bench_values(|source| {
        let opening = import::open(source?, Patience::Beginning).ok()?;
        let mut article = Article::default();
        article.append(opening.first);
        Some(black_box(article).blocks.len())
    });
}
