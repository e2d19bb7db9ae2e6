//! Articles that LaTeXML made from TeX, as HTML: arXiv's own pages, ar5iv, engrafo.
//!
//! [`survey`] looks through the page once for entries, notes and the page's own address; [`reading`] answers the walker
//! with it; [`front`] finds title, authors and date.

mod cites;
mod elements;
mod front;
mod lists;
mod math;
mod reading;
mod survey;

use super::html::{self, Page, Walker};
use super::{Error, Opening, Patience, Source, looks};
use crate::article::{Builder, Part, Sort};

use reading::Reading;
use survey::Survey;

/// The name of the format.
pub const NAME: &str = "latexml";

/// Classes that only LaTeXML gives to what holds an article.
const SIGNS: [&str; 5] =
    ["\"ltx_document", " ltx_document", "\"ltx_page_main", "\"ltx_page_content", "\"ltx_para\""];

/// True for a page that LaTeXML made.
pub fn sniff(source: &mut Source) -> bool {
    let head = source.head();
    let told = |text: &str| SIGNS.iter().any(|sign| text.contains(sign));
    let begins_so = head.trim_start().starts_with('<') && told(head);
    let page = looks::is_html(source.extension(), head);
    // The head of a page may be longer than what has been read.
    begins_so || (page && (told(head) || source.text_again().is_ok_and(|text| told(&text))))
}

/// Opens a page. It is read whole: its references stand at its end.
///
/// # Errors
/// For a page that cannot be read, or is too large.
pub fn open(source: Source, _patience: Patience) -> Result<Opening, Error> {
    Ok(Opening::whole(read(&html::open(source)?)))
}

/// Reads a page.
pub fn read(page: &Page) -> Part {
    let root = survey::content(page);
    let survey = Survey::of(page, &root);
    let front = front::Front::of(page, &root);
    let mut builder = Builder::new(NAME);
    front.write(&mut builder, page.language());
    let mut walker = Walker::new(page, Reading::new(&survey), builder);
    walker.rise = 1;
    for note in front.thanks(&root) {
        walker.read_element(&note);
    }
    walker.read(&root);
    for (sort, what) in walker.dialect.complaints() {
        walker.builder.complain_of(sort, "", &what);
    }
    walker.finish()
}

/// A sentence for one of something, or for more; nothing for none.
fn counted(count: usize, one: &str, more: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        n => Some(format!("{n} {more}")),
    }
}

/// A complaint, and what sort it is of.
type Told = (Sort, String);
