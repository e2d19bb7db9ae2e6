//! What the first bytes of a file look like, where it is no text.

use super::Error;

/// What the signature of a format says.
#[derive(Clone, Copy)]
enum Says {
    /// It holds no text.
    Binary(&'static str),
    /// It holds an article that is not read yet.
    NotYet(&'static str),
}
use Says::{Binary, NotYet};

/// Signatures: where, the bytes, what they say. Words that a text may have at the same place are none.
const SIGNATURES: &[(usize, &[u8], Says)] = &[
    (0, b"%PDF-", Binary("it looks like a PDF")),
    (0, b"\x89PNG\r\n", Binary("it looks like a PNG picture")),
    (0, b"\xff\xd8\xff", Binary("it looks like a JPEG picture")),
    (0, b"GIF87a", Binary("it looks like a GIF picture")),
    (0, b"GIF89a", Binary("it looks like a GIF picture")),
    (8, b"WEBPVP8", Binary("it looks like a WebP picture")),
    (0, b"\x1f\x8b", Binary("it looks like a gzip archive")),
    (4, b"1AY&SY", Binary("it looks like a bzip2 archive")),
    (0, b"\xfd7zXZ\0", Binary("it looks like an xz archive")),
    (0, b"\x28\xb5\x2f\xfd", Binary("it looks like a zstd archive")),
    (0, b"7z\xbc\xaf\x27\x1c", Binary("it looks like a 7z archive")),
    (257, b"ustar\0", Binary("it looks like a tar archive")),
    (257, b"ustar  \0", Binary("it looks like a tar archive")),
    (0, b"\x7fELF", Binary("it looks like a program")),
    (0, b"SQLite format 3\0", Binary("it looks like an SQLite database")),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1", Binary("it looks like an old Office document")),
    (0, b"{\\rtf", Binary("it looks like a Rich Text document")),
    (0, b"\xff\xfe\0\0", Binary("it looks like UTF-32: save it as UTF-8")),
    (0, b"\0\0\xfe\xff", Binary("it looks like UTF-32: save it as UTF-8")),
    (0, b"ZIM\x04", NotYet("a ZIM archive")),
];

/// True for the beginning of a zip archive (also of an empty one).
pub fn is_zip(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

/// Refuses what is no text.
pub fn refuse_binary(head: &[u8]) -> Result<(), Error> {
    let found =
        SIGNATURES.iter().find(|(at, bytes, _)| head.get(*at..).is_some_and(|h| h.starts_with(bytes)));
    if let Some((_, _, says)) = found {
        return Err(match says {
            Binary(what) => Error::Binary(what),
            NotYet(what) => Error::NotYet(what),
        });
    }
    if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") {
        return Ok(());
    }
    let nuls = |from: usize| head.iter().skip(from).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (nuls(0), nuls(1));
    let half = head.len() / 2;
    if head.len() >= 8 && even.abs_diff(odd) > half / 2 {
        return Err(Error::Binary("it looks like UTF-16 without a byte order mark: save it as UTF-8"));
    }
    let controls = head.iter().filter(|b| matches!(b, 0..=8 | 0xe..=0x1a | 0x1c..=0x1f)).count();
    let foreign: usize = head.utf8_chunks().map(|chunk| chunk.invalid().len()).sum();
    let noise = controls * 50 > head.len() && foreign * 50 > head.len();
    if noise || (even + odd) * 4 > head.len() {
        return Err(Error::Binary("it looks like a binary file"));
    }
    Ok(())
}

/// What is said of a page that no format knows.
const HTML: &str = "this looks like HTML";

/// What a file's name says of a format that is not read yet.
pub fn named(extension: &str) -> Option<&'static str> {
    match extension {
        "html" | "htm" | "xhtml" => Some(HTML),
        "epub" => Some("this looks like an EPUB"),
        "zim" => Some("this looks like a ZIM archive"),
        "xml" | "nxml" => Some("this looks like XML"),
        _ => None,
    }
}

/// True for the end of a name that says Markdown.
pub fn is_markdown_name(extension: &str) -> bool {
    matches!(extension, "md" | "markdown" | "mdown" | "mkd" | "mkdn" | "mdwn" | "qmd" | "rmd")
}

/// True for a page: a file that is called one, or that begins as one.
pub fn is_html(extension: &str, head: &str) -> bool {
    named(extension) == Some(HTML) || markup(head) == Some(HTML)
}

/// The name of a format with tags that is not read yet, by the first tags of the text.
pub fn markup(head: &str) -> Option<&'static str> {
    let mut rest = head.trim_start_matches('\u{feff}').trim_start();
    while let Some(end) = ["<!--", "<?"].iter().zip(["-->", "?>"]).find_map(|(open, close)| {
        rest.starts_with(open).then(|| rest.find(close).map(|at| at + close.len())).flatten()
    }) {
        rest = rest[end..].trim_start();
    }
    let start: String = rest.chars().take(200).collect::<String>().to_ascii_lowercase();
    let tags: [(&str, &str); 7] = [
        ("<!doctype html", HTML),
        ("<html", HTML),
        ("<head", HTML),
        ("<body", HTML),
        ("<!doctype article", "this looks like JATS"),
        ("<article", "this looks like JATS or HTML"),
        ("<tei", "this looks like TEI"),
    ];
    tags.iter().find(|(tag, _)| start.starts_with(tag)).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_refused_by_name() {
        let wide: Vec<u8> = "wide text".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let tar = format!("{:257}ustar\0", "a.txt");
        let long = format!("{:257}ustar in a text", "A word");
        let cases: [(&[u8], &str); 16] = [
            (b"%PDF-1.7", "a PDF"),
            (b"\x1f\x8b\x08", "gzip"),
            (b"ZIM\x04", "ZIM archive, which is not read yet"),
            (&wide, "UTF-16 without"),
            (b"\0\x01\xff\x03bin\xfeary", "a binary file"),
            (b"\0\0\0\0\0\0zeros", "a binary file"),
            (b"BZh91AY&SY\xaa", "a bzip2"),
            (b"GIF89a", "a GIF"),
            (b"RIFF\x10\0\0\0WEBPVP8L", "a WebP"),
            (tar.as_bytes(), "a tar"),
            (b"plain text", ""),
            (b"Why use WEBP, or GIF8?", ""),
            (b"BZh is no word", ""),
            (long.as_bytes(), ""),
            (b"a bell \x07 and an escape \x1b[0m in a line of text", ""),
            ("\u{feff}Grüße".as_bytes(), ""),
        ];
        for (head, expected) in cases {
            let said = refuse_binary(head).err().map(|e| e.to_string()).unwrap_or_default();
            assert!(said.contains(expected) && said.is_empty() == expected.is_empty(), "{head:?}: {said}");
        }
    }

    #[test]
    fn tagged_formats_are_known() {
        let cases = [
            ("<!DOCTYPE html><p>", Some(HTML)),
            ("<?xml version=\"1.0\"?>\n<!-- x -->\n<!DOCTYPE article PUBLIC", Some("this looks like JATS")),
            ("<p>Markdown may begin so", None),
            ("<!-- a comment that never ends", None),
            ("text", None),
        ];
        for (head, expected) in cases {
            assert_eq!(markup(head), expected, "{head}");
        }
    }
}
