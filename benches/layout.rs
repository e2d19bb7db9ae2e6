//! How long it takes to lay one block out: `cargo bench --bench layout`.

use divan::{Bencher, black_box};
use ibid::article::{
    Align, Article, BlockId, Builder, Csl, Draft, DraftCite, DraftMarker, Kind, Mark, Table, To,
};
use ibid::layout::lay;

fn main() {
    divan::main();
}

fn article(kind: Kind, draft: Draft) -> Article {
    let mut builder = Builder::new("bench");
    builder.reference("a", "1", Csl::new(), Some(Draft::of("A book.")));
    builder.block(kind, draft, vec![]);
    let mut article = Article::default();
    article.append(builder.finish());
    article
}

fn measure(bencher: Bencher<'_, '_>, article: &Article) {
    bencher.bench(|| lay(black_box(article), BlockId(0), 72));
}

/// About `bytes` of words, with a marker after each sentence, and a stressed word.
fn sentences(bytes: usize, sentence: &str) -> Draft {
    let mut draft = Draft::default();
    while draft.len() < bytes {
        draft.push(sentence);
        draft.push_marker(DraftMarker {
            cites: vec![DraftCite::new(To::Reference("a".into()))],
            ..DraftMarker::default()
        });
        draft.push(" ");
        draft.push_marked("Thus", Mark::Emphasis);
        draft.push(" ");
    }
    draft
}

const PLAIN: &str =
    "The sign-off, with its reference to the dinner that evening, tied a success to the meeting.";
const QUOTED: &str =
    "The “sign-off”, with its reference to the dinner – that evening – tied a success to the café.";

#[divan::bench]
fn paragraph(bencher: Bencher<'_, '_>) {
    measure(bencher, &article(Kind::Paragraph, sentences(600, PLAIN)));
}

#[divan::bench]
fn paragraph_with_quotes(bencher: Bencher<'_, '_>) {
    measure(bencher, &article(Kind::Paragraph, sentences(600, QUOTED)));
}

#[divan::bench]
fn paragraph_in_chinese(bencher: Bencher<'_, '_>) {
    let sentence = "脚注是印在页面底部的文字，作者用它来说明出处，或者补充正文中没有提到的内容。";
    measure(bencher, &article(Kind::Paragraph, sentences(600, sentence)));
}

#[divan::bench]
fn paragraph_in_hebrew(bencher: Bencher<'_, '_>) {
    let sentence = "הערת שוליים היא טקסט המודפס בתחתית העמוד (footnote) ומציין את המקור.";
    measure(bencher, &article(Kind::Paragraph, sentences(600, sentence)));
}

#[divan::bench]
fn longest_paragraph(bencher: Bencher<'_, '_>) {
    measure(bencher, &article(Kind::Paragraph, sentences(64_000, PLAIN)));
}

#[divan::bench]
fn code(bencher: Bencher<'_, '_>) {
    let text = "fn main() {\n\tlet answer = compute(42);\n    println!(\"{answer}\");\n}\n".repeat(10);
    measure(bencher, &article(Kind::Code("rust".into()), Draft::of(&text)));
}

#[divan::bench(args = [12, 40])]
fn table(bencher: Bencher<'_, '_>, words: usize) {
    let (mut draft, mut cells) = (Draft::default(), Vec::new());
    for row in 0..12 {
        for column in 0..4 {
            let start = draft.len() as u32;
            draft.push(&if column == 3 {
                "some words ".repeat(words / 11 + 1)
            } else {
                (row * column).to_string()
            });
            cells.push(start..draft.len() as u32);
            draft.push(if column == 3 { "\n" } else { "\t" });
        }
    }
    let table = Table { cells, columns: vec![Align::Auto; 4], header_rows: 1, ..Table::default() };
    measure(bencher, &article(Kind::Table(Box::new(table)), draft));
}
