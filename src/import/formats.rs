//! The formats, in the order in which they are tried, and how each is known by its content.

use super::decode::Damage;
use super::markdown::{self, Markdown, Sizes, Words};
use super::{
    Error, Opening, Patience, Source, bibliography, bundle, latexml, looks, pasted, plain, tex, web,
    wikipedia,
};
use crate::article::{Builder, Complaint, Part};
use crate::cite;

const MARKDOWN: &str = "markdown";

/// A format that can be read.
pub struct Format {
    /// Its name: `markdown`. It becomes [`crate::article::Meta::format`].
    pub name: &'static str,
    /// What it is called in help and messages.
    pub title: &'static str,
    /// True for a format with tags, or one that no name of a file gives away: it is asked before names are.
    pub tagged: bool,
    /// Whether a document looks like it. Formats that were tried before have said no.
    pub sniff: fn(&mut Source) -> bool,
    /// Opens a document.
    pub open: fn(Source, Patience) -> Result<Opening, Error>,
}

/// The formats, in the order in which they are tried; the last one takes every text.
pub const FORMATS: &[Format] = &[
    Format {
        name: bundle::NAME,
        title: "TextBundle",
        tagged: false,
        sniff: bundle::sniff,
        open: bundle::open,
    },
    Format {
        name: wikipedia::NAME,
        title: "a page of Wikipedia as HTML",
        tagged: true,
        sniff: wikipedia::sniff,
        open: wikipedia::open,
    },
    Format {
        name: latexml::NAME,
        title: "an arXiv paper as HTML",
        tagged: true,
        sniff: latexml::sniff,
        open: latexml::open,
    },
    Format { name: web::NAME, title: "a saved web page", tagged: true, sniff: web::sniff, open: web::open },
    Format { name: MARKDOWN, title: "Markdown", tagged: false, sniff: is_markdown, open: markdown_opening },
    Format {
        name: pasted::NAME,
        title: "a page pasted from an encyclopedia",
        tagged: false,
        sniff: pasted::sniff,
        open: pasted::open,
    },
    Format { name: plain::NAME, title: "plain text", tagged: false, sniff: |_| true, open: plain::open },
];

/// Opens a text that is said to be Markdown (the text of a bundle).
pub fn open_markdown(source: Source, patience: Patience) -> Result<Opening, Error> {
    if is_empty(&source) {
        return Ok(empty());
    }
    open_as(source, patience, markdown_opening)
}

/// Opens a document as a format does, and adds what is the same for all.
fn open_as(
    mut source: Source,
    patience: Patience,
    open: fn(Source, Patience) -> Result<Opening, Error>,
) -> Result<Opening, Error> {
    let text = if patience == Patience::Origins { source.text_again()? } else { String::new() };
    let damage = source.damage();
    let mut opening = report(damage, open(source, patience)?);
    if patience == Patience::Origins && !text.is_empty() {
        opening.first.origins.get_or_insert_default().stand_in(text);
    }
    Ok(opening)
}

/// Opens a document in the first format that knows it.
pub fn open(mut source: Source, patience: Patience) -> Result<Opening, Error> {
    let markup = looks::named(source.extension()).or_else(|| looks::markup(source.head()));
    let markup = markup.filter(|_| !looks::is_markdown_name(source.extension()));
    if is_empty(&source) {
        return Ok(empty());
    }
    let asked = |format: &&Format| format.tagged || markup.is_none();
    let found = FORMATS.iter().filter(asked).find(|format| (format.sniff)(&mut source));
    if let Some(what) = markup.filter(|_| found.is_none()) {
        return Err(Error::NotYet(what));
    }
    let format = found.ok_or(Error::Binary("it is of no known kind"))?;
    open_as(source, patience, format.open)
}

fn is_empty(source: &Source) -> bool {
    let text = !source.is_bundle() && !source.is_zip();
    text && source.is_whole() && source.head().trim().trim_matches('\u{feff}').is_empty()
}

/// An article without text, that says so.
fn empty() -> Opening {
    let mut builder = Builder::new(plain::NAME);
    builder.complain("", &Error::Empty.to_string());
    Opening::whole(builder.finish())
}

/// Says in the next part that bytes were damaged, once.
fn report(damage: Damage, opening: Opening) -> Opening {
    let mut said = false;
    opening.each_part(move |part: &mut Part| {
        let count = damage.count();
        if count > 0 && !said {
            said = true;
            let what = format!("{count} or more places are damaged or not UTF-8: each is shown as \u{fffd}");
            part.complaints.push(Complaint::new("", what));
        }
    })
}

/// Opens a Markdown document: its head and rest, and the bibliography that it names or that lies beside it.
fn markdown_opening(source: Source, patience: Patience) -> Result<Opening, Error> {
    let front = markdown::front_matter(source.head());
    let beside = bibliography::place(source.beside(), &front);
    let how = Markdown {
        name: MARKDOWN,
        bibliography: bibliography::works(&beside, &front.bibliography),
        words: Words {
            entry: cite::entry::entry,
            author: cite::short::author,
            formula: tex::inline,
            display: tex::display,
        },
        sizes: Sizes::default(),
        origins: patience == Patience::Origins,
    };
    if patience != Patience::Beginning {
        return Ok(Opening::whole(markdown::read(&source.into_whole()?, how)));
    }
    let (head, rest) = source.into_text();
    Ok(markdown::open(head, rest, how))
}

/// A file that is called Markdown is, unless it is a pasted page for certain; others need the signs of it.
fn is_markdown(source: &mut Source) -> bool {
    let signs = markdown_signs(source.head());
    if looks::is_markdown_name(source.extension()) {
        return signs > 0 || !pasted::is_unmistakable(source);
    }
    signs >= 2 && !pasted::sniff(source)
}

/// How much a text looks like Markdown; 2 is enough for a file without a name that says so.
fn markdown_signs(head: &str) -> u32 {
    let starts_with_matter = head.starts_with("---\n") && head.lines().skip(1).take(200).any(|l| l == "---");
    let mut signs = if starts_with_matter { 2 } else { 0 };
    let (mut headings, mut fences, mut links) = (0u32, 0u32, 0u32);
    for (at, line) in head.lines().take(2_000).enumerate() {
        let hashes = line.bytes().take_while(|b| *b == b'#').count();
        if (1..=6).contains(&hashes) && line[hashes..].starts_with(' ') {
            headings += if at == 0 { 2 } else { 1 };
        }
        fences += u32::from(line.starts_with("```") || line.starts_with("~~~ "));
        links += u32::from(has_link(line));
        if line.starts_with("[^") && line.contains("]:") {
            signs += 2;
        }
    }
    signs += headings.min(2) + links.min(2);
    if fences >= 2 { signs + 2 } else { signs }
}

/// True for a line with `[text](address)` or `[@key]` in it.
fn has_link(line: &str) -> bool {
    line.contains("[@") || line.split("](").skip(1).any(|rest| rest.split_once(')').is_some_and(is_address))
}

fn is_address((address, _): (&str, &str)) -> bool {
    !address.is_empty() && !address.contains(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn format_of(name: &str, text: &str) -> &'static str {
        let mut source = Source::bytes(name, text.as_bytes().to_vec()).unwrap();
        FORMATS.iter().find(|f| (f.sniff)(&mut source)).map_or("", |f| f.name)
    }

    #[test]
    fn content_decides() {
        let page =
            "A page\n\nFrom Wikipedia, the free encyclopedia\n\nText.[1]\n\nReferences\n\n[edit]\n^ One.\n";
        let cases = [
            ("a.md", "just a line", "markdown"),
            ("a.md", page, "pasted"),
            ("a.txt", page, "pasted"),
            ("standard input", "# A heading\n\nText.\n", "markdown"),
            ("a.txt", "Text[^1].\n\n[^1]: A note.\n", "markdown"),
            ("a.txt", "---\ntitle: T\n---\ntext\n", "markdown"),
            ("a.txt", "#!/bin/sh\n# a comment\necho\n", "plain"),
            ("a.txt", "Just a text. [1]\n", "plain"),
            ("a.htm", "<!DOCTYPE html><body><div class=\"mw-parser-output\"><p>x", "wikipedia-html"),
            ("a", "<section data-mw-section-id=\"0\"><p>x", "wikipedia-html"),
            ("a.json", "{\"mobileview\": {\"sections\": []}}", "wikipedia-html"),
            ("a.html", "<article class=\"ltx_document\"><div class=\"ltx_para\"><p>x", "latexml"),
            ("a.html", "<p>text", "web"),
            ("a", "<!DOCTYPE html><p>text", "web"),
            ("a.md", "<!DOCTYPE html><p>text", "web"),
            ("standard input", "<div><p>text</p></div>", "web"),
            ("a.md", "<h1>A</h1><p>text</p>\n<p>more</p>", "web"),
            ("a.md", "<p>text</p>\n\n# A\n\n<p>more</p><p>and more</p>", "markdown"),
            ("a.mht", "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x", "web"),
            ("a.md", "A word on `mw-parser-output`.", "markdown"),
            ("", "see [this](https://a.example) and [that](b.md)\n[x](y)\n", "markdown"),
        ];
        for (name, text, expected) in cases {
            assert_eq!(format_of(name, text), expected, "{name}: {text:?}");
        }
    }

    #[test]
    fn other_formats_are_named() {
        let error = |name: &str, text: &str| {
            let source = Source::bytes(name, text.as_bytes().to_vec()).unwrap();
            open(source, Patience::Whole).err().map(|e| e.to_string()).unwrap_or_default()
        };
        assert!(
            error("a.txt", "<!DOCTYPE article><p>text")
                .starts_with("this looks like JATS, which is not read")
        );
        assert_eq!(error("a.md", "<html><p>text"), "");
    }

    #[test]
    fn an_empty_document_says_so() {
        let source = Source::bytes("a.md", b" \n".to_vec()).unwrap();
        let article = crate::import::read(source).unwrap();
        assert!(article.is_empty());
        assert!(article.complaints[0].what.starts_with("empty"));
    }
}
