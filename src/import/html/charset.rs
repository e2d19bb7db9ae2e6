//! Bytes of a page become text: by the byte order mark, as UTF-8, or in the encoding that the page names.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// How far from its beginning a page may name its encoding (HTML Living Standard, section 4.2.5.4: 1024 bytes; pages
/// with long comments ahead of it exist).
const HEAD: usize = 8 << 10;

/// The text of a page, and how many places of it were damaged: 0 or 1, as far as is known.
pub fn decode(bytes: &[u8]) -> (String, bool) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, damaged) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return (text.into_owned(), damaged);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (text.to_owned(), false);
    }
    let said = named(&bytes[..bytes.len().min(HEAD)]);
    let encoding = said.unwrap_or_else(|| if is_mostly_utf8(bytes) { UTF_8 } else { WINDOWS_1252 });
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    (text.into_owned(), damaged)
}

/// The encoding that `<meta charset>` or an XML declaration names, looked for as the standard has it (section 13.2.3.2).
/// A page that can be read so far is not in UTF-16, whatever it says.
fn named(head: &[u8]) -> Option<&'static Encoding> {
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    let mut rest = &*text;
    let label = loop {
        rest = &rest[rest.find('<')?..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            // `<!-->` is one.
            let from = rest.len() - comment.len() - 2;
            rest = &rest[from + rest[from..].find("-->")? + 3..];
        } else if rest[1..].trim_start_matches('/').starts_with(|c: char| c.is_ascii_alphabetic()) {
            let (name, attributes, after) = tag(rest)?;
            rest = after;
            let said = (name == "meta").then(|| declared(&attributes)).flatten();
            if let Some(label) = said.and_then(|label| Encoding::for_label(label.as_bytes())) {
                break label;
            }
        } else {
            let (declaration, after) = rest.split_once('>')?;
            rest = after;
            let said = declaration.strip_prefix("<?xml").and_then(|xml| value(xml, "encoding"));
            if let Some(label) = said.and_then(|label| Encoding::for_label(label.as_bytes())) {
                break label;
            }
        }
    };
    Some(if label.is_ascii_compatible() { label } else { UTF_8 })
}

/// An attribute and its value.
type Attribute<'t> = (&'t str, &'t str);

/// A tag: its name, its attributes, and what follows it; nothing where it never ends.
fn tag(text: &str) -> Option<(&str, Vec<Attribute<'_>>, &str)> {
    let blank = |c: char| c.is_ascii_whitespace() || c == '/';
    let inner = text.trim_start_matches(['<', '/']);
    let (name, mut rest) = inner.split_at(inner.find(|c| blank(c) || c == '>')?);
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(blank);
        if let Some(after) = rest.strip_prefix('>') {
            return Some((name, attributes, after));
        }
        let first = rest.chars().next()?.len_utf8();
        let end = first + rest[first..].find(|c| blank(c) || matches!(c, '=' | '>'))?;
        let key = &rest[..end];
        rest = rest[end..].trim_start_matches(|c: char| c.is_ascii_whitespace());
        let Some(given) = rest.strip_prefix('=') else {
            attributes.push((key, ""));
            continue;
        };
        let given = given.trim_start_matches(|c: char| c.is_ascii_whitespace());
        let quote = given.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, after) = match quote {
            Some(quote) => given[1..].split_once(quote)?,
            None => given.split_at(given.find(|c: char| c.is_ascii_whitespace() || c == '>')?),
        };
        attributes.push((key, value));
        rest = after;
    }
}

/// The label that the attributes of a `<meta>` name.
fn declared<'t>(attributes: &[Attribute<'t>]) -> Option<&'t str> {
    let said = |key: &str| attributes.iter().find(|(k, _)| *k == key).map(|(_, value)| value.trim());
    let equivalent = said("http-equiv") == Some("content-type");
    said("charset").or_else(|| said("content").filter(|_| equivalent).and_then(|c| value(c, "charset")))
}

/// What follows a word and `=`, in quotation marks that are closed, or without any.
fn value<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let mut found = text.match_indices(word).map(|(at, _)| text[at + word.len()..].trim_start());
    let value = found.find_map(|rest| rest.strip_prefix('='))?.trim_start();
    match value.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        Some(quote) => value[1..].split_once(quote).map(|(inner, _)| inner),
        None => value.split(|c: char| c.is_whitespace() || matches!(c, ';' | '?')).next(),
    }
}

/// True when more sequences are good UTF-8 than are not.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| *b >= 0xc0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    bad <= good
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_say_how_they_are_encoded() {
        let cases: [(&[u8], &str, bool); 10] = [
            ("<p>Grüße".as_bytes(), "<p>Grüße", false),
            ("\u{feff}ü".as_bytes(), "ü", false),
            (b"\xff\xfe<\0p\0", "<p", false),
            (b"<meta charset=\"koi8-r\">\xd2\xd5\xcb\xc1", "<meta charset=\"koi8-r\">рука", false),
            (
                b"<meta http-equiv=Content-Type content='text/html; charset=Shift_JIS'>\x8e\x9a",
                "<meta http-equiv=Content-Type content='text/html; charset=Shift_JIS'>字",
                false,
            ),
            (
                b"<?xml version='1.0' encoding='koi8-r'?>\xd2\xd5\xcb\xc1",
                "<?xml version='1.0' encoding='koi8-r'?>рука",
                false,
            ),
            (b"<!-- <meta charset=koi8-r> -->caf\xe9", "<!-- <meta charset=koi8-r> -->café", false),
            (b"<p title='<meta charset=koi8-r>'>caf\xe9", "<p title='<meta charset=koi8-r>'>café", false),
            (b"caf\xe9 \x93x\x94", "café “x”", false),
            (b"\xc3\xa4 \xc3\xbc bad \xff", "ä ü bad \u{fffd}", true),
        ];
        for (bytes, text, damaged) in cases {
            assert_eq!(decode(bytes), (text.to_owned(), damaged), "{text}");
        }
    }
}
