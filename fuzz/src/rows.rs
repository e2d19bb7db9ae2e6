//! The page: at any width every byte has its row, no row is wider than the page, and cells lead to bytes and back.

use ibid::article::{Article, Block, BlockId, Destination, Kind};
use ibid::cli::cat::{Notes, Page};
use ibid::layout::{Face, Hit, Rows, cells, lay, lay_alone, lay_bare, lay_unmarked};

use super::words::is_foreign;

/// The widths that are asked for, and those that are narrow.
const WIDTHS: (usize, usize) = (200, 16);
/// Rows of a block, and cells of a row, that are looked at cell by cell.
const NEAR: (usize, u16) = (10, 100);

/// One width of all, and one that is narrow.
pub fn check(article: &Article, dice: usize) {
    let (any, narrow) = ((1 + dice % WIDTHS.0) as u16, (1 + dice / WIDTHS.0 % WIDTHS.1) as u16);
    for width in [any, narrow] {
        let mut widest = width.max(4);
        for (block, id) in article.blocks.iter().zip((0..).map(BlockId)) {
            let rows = lay(article, id, width);
            page(article, block, &rows, width);
            widest = widest.max(rows.natural);
            if width == any {
                spots(block, &rows);
                fits(block, &lay_bare(article, id, width), width);
                fits(block, &lay_alone(article, id, width), width);
            }
            page(article, block, &lay_unmarked(article, id, width), width);
        }
        printed(article, width, widest);
    }
}

fn page(article: &Article, block: &Block, rows: &Rows, width: u16) {
    shares(block, rows);
    runs(article, block, rows);
    fits(block, rows, width);
}

/// Tables, code and formulas may be wider than the page: they pan. Nothing else is.
fn fits(block: &Block, rows: &Rows, width: u16) {
    let pans = matches!(block.kind, Kind::Table(_) | Kind::Code(_) | Kind::Math);
    assert!(pans || rows.natural <= width.max(4), "{} cells at {width}: {block:?}", rows.natural);
    assert!(rows.fixed <= width.max(4) / 2, "{} cells stay at {width}: {block:?}", rows.fixed);
    assert!(rows.rows.iter().all(|row| row.width() <= u32::from(rows.natural) || rows.natural == u16::MAX));
}

/// The rows of a block share out its text.
fn shares(block: &Block, rows: &Rows) {
    assert!(!rows.rows.is_empty(), "a block without a row: {block:?}");
    let mut shared = 0;
    for row in &rows.rows {
        assert!(
            row.bytes.is_empty() || row.bytes.start == shared,
            "shares do not follow one another: {block:?}"
        );
        shared = shared.max(row.bytes.end);
    }
    assert_eq!(shared, block.text.len(), "bytes without a row: {block:?}");
}

/// What is drawn holds no control, takes the cells that it says, and shows what leads nowhere.
fn runs(article: &Article, block: &Block, rows: &Rows) {
    let text = block.text.as_str();
    for run in rows.rows.iter().flat_map(|row| &row.runs) {
        let shown = run.shown(text);
        assert!(!shown.contains(|c| is_foreign(c) || c == '\n'), "a run draws a control: {shown:?}");
        assert!(run.width == u16::MAX || cells::width(shown) == u32::from(run.width), "{run:?} of {text:?}");
        let leads = match run.hit {
            Some(Hit::Marker(id)) => article.resolved(id),
            Some(Hit::Link(id)) => !matches!(article.destination(id), Destination::Missing(_)),
            None => continue,
        };
        assert_eq!(run.face.is(Face::UNRESOLVED), !leads, "{run:?} of {text:?}");
    }
}

/// A byte of a row is on it, and its first cell leads back to it.
fn spots(block: &Block, rows: &Rows) {
    let text = block.text.as_str();
    for (at, row) in rows.rows.iter().enumerate().take(NEAR.0) {
        if !row.bytes.is_empty() && row.runs.iter().any(|run| run.bytes.contains(&row.bytes.start)) {
            assert_eq!(rows.row_of(rows.first_byte(at)), at, "the first byte of a row: {block:?}");
        }
        for column in 0..rows.natural.min(NEAR.1) {
            let Some(byte) = rows.byte_at(text, at, column) else { continue };
            assert!(text.is_char_boundary(byte as usize));
            assert_eq!(rows.row_of(byte), at, "cell {column} of row {at}: {block:?}");
            let first = rows.column_of(text, at, byte);
            assert!(first <= column, "cell {column} of row {at} leads to {first}: {block:?}");
            assert_eq!(rows.byte_at(text, at, first), Some(byte), "cell {column} of row {at}: {block:?}");
        }
    }
}

/// What `ibid cat` prints keeps within the page, but for what pans.
fn printed(article: &Article, width: u16, widest: u16) {
    for notes in [Notes::End, Notes::Inline] {
        let mut out = Vec::new();
        Page { article, width, ink: None, notes }.print(&mut out).expect("memory takes everything");
        let text = String::from_utf8(out).expect("text is printed");
        assert!(!text.contains(|c| is_foreign(c) || c == '\t'), "a control is printed");
        // Notes in the text stand four cells in, and are never narrower than four.
        let most = u32::from(widest) + if notes == Notes::Inline { 8 } else { 0 };
        let long = text.lines().find(|line| widest < u16::MAX && cells::width(line) > most);
        assert!(long.is_none(), "a line wider than {most}: {long:?}");
    }
}
