//! Lays articles out at three widths and compares the rows with the file beside each: `tests/layout/NAME.md` and
//! `NAME.rows`; where there are markers also without them, with `NAME.unmarked.rows`. `UPDATE=1 cargo test --test layout` writes what is expected anew; read the difference before you keep it.

#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use ibid::article::{Article, BlockId};
use ibid::import::{Source, read};
use ibid::layout::{Rows, lay, lay_unmarked};
use unicode_segmentation::UnicodeSegmentation;

const WIDTHS: [u16; 3] = [24, 48, 72];

#[test]
fn articles_are_laid_out_as_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/layout");
    let (mut cases, mut hidden) = (0, 0);
    let mut wrong = Vec::new();
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|e| e != "md") {
            continue;
        }
        cases += 1;
        let article = read(Source::open(&path).unwrap()).unwrap();
        let pages = |lay: Lay| WIDTHS.iter().map(|&width| page(&article, width, lay)).collect::<String>();
        let (rows, unmarked) = (pages(lay), pages(lay_unmarked));
        hidden += usize::from(unmarked != rows);
        for (rows, ending) in
            [(Some(&rows), "rows"), (Some(&unmarked).filter(|u| **u != rows), "unmarked.rows")]
        {
            let (Some(rows), expected) = (rows, path.with_extension(ending)) else { continue };
            if std::env::var("UPDATE").is_ok() {
                fs::write(&expected, rows).unwrap();
            } else if fs::read_to_string(&expected).unwrap_or_default() != *rows {
                wrong.push(expected.file_name().unwrap().to_owned());
            }
        }
    }
    assert!(cases >= 6 && hidden >= 2, "{cases} cases, {hidden} with markers");
    assert!(
        wrong.is_empty(),
        "{wrong:?} are laid out otherwise: UPDATE=1 cargo test --test layout, and read the difference"
    );
}

/// A way to lay a block out.
type Lay = fn(&Article, BlockId, u16) -> Rows;

/// The rows of an article; a row that pans ends with `»` and the cells it takes.
fn page(article: &Article, width: u16, lay: Lay) -> String {
    let mut out = format!("== {width}\n");
    for id in (0..article.len()).map(BlockId) {
        let rows = lay(article, id, width);
        let text = article.block(id).text.as_str();
        out.extend((0..rows.gap).map(|_| '\n'));
        for row in &rows.rows {
            let mut line = String::new();
            for run in &row.runs {
                let shown = run.shown(text).replace('\t', " ");
                let clusters: Vec<&str> = shown.graphemes(true).collect();
                if run.reversed { line.extend(clusters.into_iter().rev()) } else { line.push_str(&shown) }
            }
            out.push_str(line.trim_end());
            if row.width() > u32::from(width) {
                write!(out, " »{}", row.width()).unwrap();
            }
            out.push('\n');
        }
    }
    out
}
