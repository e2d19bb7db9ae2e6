//! Any web page that was saved: the readable part of it, its notes in the dialects of the web, articles of Distill, and
//! pages in one file with what they show (SingleFile, MHTML).

mod distill;
mod fragment;
mod mhtml;
mod notes;
mod readable;
mod reading;
mod saved;

use url::Url;

use super::html::{Page, charset};
use super::{Error, Opening, Patience, Source, looks};
use crate::article::{Complaint, limits};

/// The name of the format.
pub const NAME: &str = "web";

/// True for a page, a piece of one, or a message that holds one.
pub fn sniff(source: &mut Source) -> bool {
    let (extension, head) = (source.extension(), source.head());
    looks::is_html(extension, head)
        || fragment::is(head, looks::is_markdown_name(extension))
        || mhtml::is(head)
}

/// Opens a page. It is read whole: what is readable in it is known at its end.
///
/// # Errors
/// For a page that cannot be read, or is too large.
pub fn open(source: Source, _patience: Patience) -> Result<Opening, Error> {
    let beside = source.beside().clone();
    let message = mhtml::is(source.head());
    let bytes = source.into_bytes()?;
    if bytes.len() > limits::PAGE.most {
        return Err(Error::over(limits::PAGE));
    }
    let (html, address, damaged) = match message.then(|| mhtml::read(&bytes)).flatten() {
        Some(found) => (found.html, Some(found.address), found.damaged),
        None => {
            let (html, damaged) = charset::decode(&bytes);
            (html, None, damaged)
        }
    };
    drop(bytes);
    let address = address.or_else(|| saved::address(&html)).and_then(|address| Url::parse(&address).ok());
    let mut page = Page::parse(&saved::unfolded(html))?;
    if damaged {
        let what = "some bytes are damaged, or not of the page's encoding: each is shown as \u{fffd}";
        page.complaints.push(Complaint::new("", what));
    }
    page.address = page.address.or_else(|| address.clone());
    page.base = page.base.or(address);
    let part = if distill::is(&page) { distill::read(page, &beside) } else { readable::read(page) };
    Ok(Opening::whole(part))
}
