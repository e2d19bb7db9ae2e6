//! Text pasted from an encyclopedia page: its headings have `[edit]`, its markers numbers, its references carets.
//!
//! Chromium drops the numbers of lists, Firefox keeps them, lynx and w3m break lines; all of them lose the depth of
//! headings, which only a table of contents can give back.

mod blocks;
mod entries;
mod lines;
mod markers;
mod page;
mod quotes;
mod series;
pub(super) mod words;
mod works;

use super::{Error, Opening, Patience, Source};
use crate::article::{Builder, Part};

/// The name of the format.
pub const NAME: &str = "pasted";

/// How much of the end of a long text is looked at for a list of references, in bytes.
const TAIL: usize = 128 << 10;

/// True for a text with the signs of a pasted page.
pub fn sniff(source: &mut Source) -> bool {
    signs(source) >= 2
}

/// True for a page that nothing else can be, whatever it is called.
pub fn is_unmistakable(source: &mut Source) -> bool {
    signs(source) >= 4
}

/// How much a text looks like a pasted page.
fn signs(source: &mut Source) -> u32 {
    let (mut edits, mut tagline, mut carets, mut contents) = (0u32, 0u32, 0u32, 0u32);
    let mut look = |text: &str, top: bool| {
        for (at, line) in text.lines().take(20_000).enumerate() {
            let line = line.trim();
            edits += u32::from(words::before_edit(line).is_some());
            carets += u32::from(line.len() < 4_000 && entries::parse(line).is_some());
            tagline += u32::from(top && at < 20 && words::is_tagline(line));
            contents += u32::from(top && line.starts_with("1 ") && line.len() < 80);
        }
    };
    look(source.head(), true);
    if let Ok(tail) = source.tail(TAIL) {
        look(&tail, false);
    }
    let glued = markers::scan(source.head()).iter().filter(|m| !m.loose).count();
    let mut sum = tagline.min(1) * 2 + edits.min(2) * 2;
    sum += u32::from(carets >= 2) * 2 + u32::from(glued >= 3);
    sum + u32::from(contents > 0 && glued >= 10)
}

/// Opens a pasted page. Pages are not long: they are read whole.
pub fn open(source: Source, _patience: Patience) -> Result<Opening, Error> {
    Ok(Opening::whole(read(&source.into_whole()?)))
}

/// Reads a pasted page.
pub fn read(text: &str) -> Part {
    let page = page::Page::of(lines::of(text));
    let found = page.running_texts().flat_map(markers::scan);
    let series = series::Series::of(found, &page.lists);
    let parents = works::Parents::of(&page, &series);
    let mut writer = blocks::Writer::new(Builder::new(NAME), &page, &series, parents);
    writer.builder.meta.source.clone_from(&page.source);
    writer.list_entries();
    writer.write();
    writer.finish()
}
