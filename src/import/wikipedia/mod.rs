//! Pages of Wikipedia and other wikis on MediaWiki, as HTML: of the classic parser (old and new headings, desktop and
//! mobile), of Parsoid, of the mobile apps' services, and sections in JSON (`mobileview`).
//!
//! Generations are told by what is in the page, never by its name. [`survey`] looks through the page once for the lists,
//! the labels and the works; [`reading`] answers the walker with it.

mod chrome;
mod coins;
mod labels;
mod mobileview;
mod reading;
mod short;
mod survey;

use memchr::memmem;

use super::html::{self, Page, Walker};
use super::{Error, Opening, Patience, Source, looks};
use crate::article::{Builder, Complaint, Draft, Part, Sort};

use reading::Reading;
use survey::Survey;

/// The name of the format.
pub const NAME: &str = "wikipedia-html";

/// What only MediaWiki writes.
const SIGNS: [&str; 9] = [
    "mw-parser-output",
    "data-mw-section-id=",
    "rel=\"mw:",
    "http://mediawiki.org/rdf/",
    "id=\"mw-content-text\"",
    "class=\"mw-headline\"",
    "class=\"mw-references",
    "typeof=\"mw:",
    "id=\"cite_ref-",
];

/// True for a page of a wiki.
pub fn sniff(source: &mut Source) -> bool {
    if mobileview::is(source.head()) {
        return true;
    }
    let head = source.head();
    let told = |text: &str| SIGNS.iter().any(|sign| memmem::find(text.as_bytes(), sign.as_bytes()).is_some());
    let begins_so = head.trim_start().starts_with('<') && told(head);
    let page = looks::is_html(source.extension(), head);
    // The head of a page may be longer than what has been read.
    begins_so || (page && (told(head) || source.text_again().is_ok_and(|text| told(&text))))
}

/// Opens a page. It is read whole: its lists stand at its end.
///
/// # Errors
/// For a page that cannot be read, or is too large.
pub fn open(source: Source, _patience: Patience) -> Result<Opening, Error> {
    if mobileview::is(source.head()) {
        let told = mobileview::page(&source.into_whole()?)?;
        let mut page = Page::parse(&told.html)?;
        if told.cut {
            page.complaints
                .push(Complaint::new("", "the JSON breaks off, or is damaged: the rest is missing"));
        }
        return Ok(Opening::whole(read(page, Some(&told.title))));
    }
    Ok(Opening::whole(read(html::open(source)?, None)))
}

/// Reads a page; its title may be known from elsewhere.
pub fn read(mut page: Page, title: Option<&str>) -> Part {
    // These links are read as markers, and what leads back from a list is not read at all.
    page.linked.retain(|name| !name.starts_with("cite_"));
    let survey = Survey::of(&page, &survey::content(&page));
    page.linked.extend(survey.names().map(str::to_owned));
    let page = &page;
    let root = survey::content(page);
    let mut builder = Builder::new(NAME);
    builder.meta.language = page.language();
    builder.meta.source = page.address.as_ref().map(ToString::to_string).unwrap_or_default();
    let title = title.map_or_else(|| survey::title(page), str::to_owned);
    if !title.is_empty() {
        builder.title(Draft::of(&title));
    }
    survey.announce(&mut builder);
    let mut walker = Walker::new(page, Reading::new(&survey), builder);
    walker.rise = 1;
    walker.read(&root);
    let lost = walker.dialect.unresolved();
    if let Some(what) = lost {
        walker.builder.complain_of(Sort::Dangling, "", &what);
    }
    walker.finish()
}
