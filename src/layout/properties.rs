//! Tests: what holds for any text at any width.

use std::ops::Range;

use proptest::prelude::*;

use super::sample::{article, cells, draft, item};
use super::{Hit, Rows, cells as measure, lay, lay_unmarked};
use crate::article::{Align, Article, BlockId, Draft, Figure, Kind, LinkId, Nest, Table};

/// Words of many scripts, spaces, line breaks and markers. Nothing that joins with what stands beside it.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => "[a-z]{1,9}",
        6 => Just(" ".to_owned()),
        2 => prop::sample::select(vec!["  ", "\n", "\t", "-", ". ", "“", "”, ", "(", ")", "—", "\u{200b}", "\u{a0}"])
            .prop_map(str::to_owned),
        2 => prop::sample::select(vec!["漢字の文", "한국어", "ｶﾅ", "。", "e\u{301}o\u{308}\u{323}", "ไทยไทย", "क्षत्रिय"])
            .prop_map(str::to_owned),
        1 => prop::sample::select(vec!["👩‍👩‍👧‍👦", "🇩🇪🇫🇷", "❤\u{fe0f}", "👍🏽", "🇩"]).prop_map(str::to_owned),
        2 => prop::sample::select(vec!["שלום", "(עולם)", "مرحبا بك", "٣٤", "\u{5d0}\u{5b8}"]).prop_map(str::to_owned),
        3 => "\\{\\[[0-9]{1,3}\\]\\}",
        1 => Just("{[see Doe, p. 4; and others]}".to_owned()),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn nests() -> impl Strategy<Value = Vec<Nest>> {
    let nest = prop_oneof![
        Just(Nest::Quote),
        Just(Nest::Callout("note".into())),
        Just(Nest::Definition),
        Just(Nest::Note { label: "12".into(), first: true }),
        Just(item(None, true, true)),
        Just(item(Some(123_456_789), true, false)),
    ];
    prop::collection::vec(nest, 0..5)
}

/// What holds for every block: shares, widths, and cells that lead to bytes and back.
fn check(article: &Article, width: u16) -> Result<Rows, TestCaseError> {
    let text = article.blocks[0].text.as_str();
    let rows = lay(article, BlockId(0), width);
    check_shares(text, &rows)?;
    check_runs(text, &rows, &[])?;
    check_cells(text, &rows)?;
    check_unmarked(article, width)?;
    Ok(rows)
}

/// The same holds without the markers, of which nothing is then shown.
fn check_unmarked(article: &Article, width: u16) -> Result<(), TestCaseError> {
    let block = &article.blocks[0];
    let text = block.text.as_str();
    let rows = lay_unmarked(article, BlockId(0), width);
    check_shares(text, &rows)?;
    let markers = article.markers.iter().filter(|m| m.place.block == BlockId(0));
    let markers: Vec<_> = markers.map(|m| m.place.byte as usize..(m.place.byte + m.len) as usize).collect();
    check_runs(text, &rows, &markers)?;
    check_cells(text, &rows)?;
    for marker in &markers {
        let row = rows.row_of(marker.start as u32);
        prop_assert!(rows.rows[row].bytes.contains(&(marker.start as u32)) || rows.beside);
    }
    prop_assert!(rows.hits().all(|spot| !matches!(spot.hit, Hit::Marker(_))));
    if !matches!(block.kind, Kind::Table(_)) {
        prop_assert!(rows.natural <= width.max(4), "{} > {width}", rows.natural);
    }
    Ok(())
}

fn check_shares(text: &str, rows: &Rows) -> Result<(), TestCaseError> {
    prop_assert!(!rows.rows.is_empty());
    let mut shared = 0;
    for row in &rows.rows {
        prop_assert_eq!(row.bytes.start, shared.min(row.bytes.start), "shares follow one another");
        prop_assert!(row.bytes.is_empty() || row.bytes.start == shared);
        shared = shared.max(row.bytes.end);
        prop_assert!(row.width() <= u32::from(rows.natural));
    }
    prop_assert_eq!(shared as usize, text.len(), "every byte has its row");
    Ok(())
}

/// Every byte is shown once, but for spaces, and for what is left out and what parts it.
fn check_runs(text: &str, rows: &Rows, left_out: &[Range<usize>]) -> Result<(), TestCaseError> {
    let mut shown = vec![0; text.len()];
    for run in rows.rows.iter().flat_map(|r| &r.runs) {
        prop_assert_eq!(measure::width(run.shown(text)), u32::from(run.width), "{:?}", run);
        shown[run.bytes.start as usize..run.bytes.end as usize].iter_mut().for_each(|times| *times += 1);
    }
    for (at, times) in shown.iter().enumerate() {
        let blank = matches!(text.as_bytes()[at], b' ' | b'\t' | b'\n');
        let out = left_out.iter().any(|r| r.contains(&at));
        // Beside what is left out: a bracket that would hold nothing, a dash between two markers, another space.
        let near = !left_out.is_empty() && matches!(text.as_bytes()[at], b'(' | b')' | b'-' | 0xc2 | 0xa0);
        prop_assert!(!out || *times == 0, "byte {at} of a marker is shown");
        prop_assert!(
            *times == 1 || ((blank || out || near) && *times == 0),
            "byte {at} is shown {times} times"
        );
    }
    Ok(())
}

fn check_cells(text: &str, rows: &Rows) -> Result<(), TestCaseError> {
    for (at, row) in rows.rows.iter().enumerate() {
        if !row.bytes.is_empty() && row.runs.iter().any(|r| r.bytes.contains(&row.bytes.start)) {
            prop_assert_eq!(rows.row_of(rows.first_byte(at)), at);
        }
        for column in 0..rows.natural {
            let Some(byte) = rows.byte_at(text, at, column) else { continue };
            prop_assert_eq!(rows.row_of(byte), at);
            let first = rows.column_of(text, at, byte);
            prop_assert!(first <= column, "{first} {column}");
            prop_assert_eq!(rows.byte_at(text, at, first), Some(byte));
        }
    }
    Ok(())
}

fn one(kind: Kind, draft: Draft, nest: Vec<Nest>) -> Article {
    article(|b| {
        b.block(kind.clone(), draft, nest.clone());
        b.block(Kind::Paragraph, Draft::of("The end"), vec![]);
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn running_text_keeps_within_its_width(marked in text(), nest in nests(), width in 0u16..120) {
        for kind in [Kind::Paragraph, Kind::Title, Kind::Heading(1), Kind::Term, Kind::Caption] {
            let article = one(kind, draft(&marked), nest.clone());
            let rows = check(&article, width)?;
            prop_assert!(rows.natural <= width.max(4), "{} > {width}", rows.natural);
            prop_assert!(rows.fixed <= width.max(4) / 2);
        }
    }

    #[test]
    fn code_and_formulas_keep_their_lines(raw in text(), nest in nests(), width in 0u16..120) {
        for kind in [Kind::Code("rust".into()), Kind::Math] {
            let article = one(kind.clone(), draft(&raw), nest.clone());
            let rows = lay(&article, BlockId(0), width);
            let text = article.blocks[0].text.as_str();
            check_cells(text, &rows)?;
            let held: String = rows.rows.iter().map(|r| &text[r.bytes.start as usize..r.bytes.end as usize]).collect();
            prop_assert_eq!(held, text);
            if kind != Kind::Math {
                prop_assert!(rows.natural >= width.max(4), "the ground fills the row");
            }
        }
    }

    #[test]
    fn tables_show_every_cell(rows in prop::collection::vec(prop::collection::vec("[a-z漢]{0,9}( [a-z]{1,8}(\\{\\[[0-9]\\]\\})?){0,3}", 3), 1..6), width in 0u16..120) {
        let borrowed: Vec<Vec<&str>> = rows.iter().map(|r| r.iter().map(String::as_str).collect()).collect();
        let (draft, cells) = cells(&borrowed.iter().map(Vec::as_slice).collect::<Vec<_>>());
        let table = Table { cells, columns: vec![Align::Auto, Align::Centre, Align::Right], header_rows: 1, ..Table::default() };
        let article = one(Kind::Table(Box::new(table)), draft, vec![]);
        if matches!(article.blocks[0].kind, Kind::Table(_)) {
            check(&article, width)?;
        }
    }

    #[test]
    fn figures_show_caption_and_description(caption in "[a-z]{1,9}( [a-z]{1,9}){0,20}", description in "[a-z]{1,9}( [a-z]{1,9}){0,20}", width in 0u16..120) {
        let mut draft = Draft::of(&caption);
        let end = draft.len() as u32;
        draft.push("\n");
        draft.push(&description);
        let figure = Figure { image: LinkId(0), caption: 0..end, description: end + 1..draft.len() as u32 };
        let rows = check(&one(Kind::Figure(Box::new(figure)), draft, vec![]), width)?;
        prop_assert!(rows.natural <= width.max(4));
    }

    #[test]
    fn no_marker_begins_a_row(words in prop::collection::vec("[a-z]{1,8}[.,]?( ?\\{\\[[0-9]{1,2}\\]\\})?", 1..60), width in 14u16..100) {
        let article = one(Kind::Paragraph, draft(&words.join(" ")), vec![]);
        let rows = lay(&article, BlockId(0), width);
        for row in &rows.rows {
            prop_assert!(!matches!(row.runs.first().and_then(|r| r.hit), Some(Hit::Marker(_))));
        }
        let markers: Vec<_> = rows.hits().map(|spot| spot.hit).collect();
        let expected: Vec<_> = (0..article.markers.len() as u32).map(|m| Hit::Marker(crate::article::MarkerId(m))).collect();
        prop_assert_eq!(markers, expected, "each marker is in one piece");
    }
}

#[test]
fn hostile_texts_are_laid_out() {
    let long = 16 << 10;
    let texts = [
        String::new(),
        "x".repeat(long),
        "漢".repeat(long / 3),
        "e\u{301}".repeat(long / 3),
        "\u{301}".repeat(long / 2),
        "क्".repeat(long / 6),
        "🇩".repeat(long / 4),
        "👩\u{200d}".repeat(long / 7),
        "א(".repeat(long / 3),
        "\u{200b}".repeat(long / 3),
        " \u{301}".repeat(long / 3),
        "a ".repeat(long / 2),
        " ".repeat(long),
        "\t".repeat(long),
        "\n".repeat(long),
        "{[1]}".repeat(long / 3),
        format!("{{[{}]}}", "a ".repeat(long / 2 - 2)),
    ];
    for text in &texts {
        for (kind, width) in [(Kind::Paragraph, 1), (Kind::Paragraph, 72), (Kind::Code("".into()), 72)] {
            // A space at the end would be cut off.
            let mut draft = draft(text);
            draft.push("x");
            let article = one(kind.clone(), draft, vec![Nest::Quote; 3]);
            let rows = lay(&article, BlockId(0), width);
            let end = rows.rows.last().map_or(0, |r| r.bytes.end);
            assert_eq!(end, article.blocks[0].text.len());
            assert!(matches!(kind, Kind::Code(_)) || rows.natural <= width.max(4), "{:?}", text.get(..20));
        }
    }
}

#[test]
fn deep_nests_leave_half_of_the_row() {
    for width in [1, 24, 72] {
        let rows =
            lay(&one(Kind::Paragraph, Draft::of("word"), vec![Nest::Quote; 100_000]), BlockId(0), width);
        assert_eq!((rows.fixed, rows.rows.len()), (width.max(4) / 2, if width == 1 { 2 } else { 1 }));
    }
}
