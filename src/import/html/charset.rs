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

/// The encoding that `<meta charset>` or an XML declaration names. A page that can be read so far is not in UTF-16,
/// whatever it says.
fn named(head: &[u8]) -> Option<&'static Encoding> {
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    let tags = text.split('<').filter(|tag| tag.starts_with("meta") || tag.starts_with("?xml"));
    let label = tags.filter_map(|tag| {
        let at = ["charset", "encoding"].iter().find_map(|word| Some(tag.find(word)? + word.len()))?;
        let value = tag[at..].trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
        Encoding::for_label(
            value.split(|c: char| c.is_whitespace() || "\"'>;/?".contains(c)).next()?.as_bytes(),
        )
    });
    let found = label.into_iter().next()?;
    Some(if found.is_ascii_compatible() { found } else { UTF_8 })
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
        let cases: [(&[u8], &str, bool); 7] = [
            ("<p>Grüße".as_bytes(), "<p>Grüße", false),
            ("\u{feff}ü".as_bytes(), "ü", false),
            (b"\xff\xfe<\0p\0", "<p", false),
            (b"<meta charset=\"koi8-r\">\xd2\xd5\xcb\xc1", "<meta charset=\"koi8-r\">рука", false),
            (
                b"<meta http-equiv=Content-Type content='text/html; charset=Shift_JIS'>\x8e\x9a",
                "<meta http-equiv=Content-Type content='text/html; charset=Shift_JIS'>字",
                false,
            ),
            (b"caf\xe9 \x93x\x94", "café “x”", false),
            (b"\xc3\xa4 \xc3\xbc bad \xff", "ä ü bad \u{fffd}", true),
        ];
        for (bytes, text, damaged) in cases {
            assert_eq!(decode(bytes), (text.to_owned(), damaged), "{text}");
        }
    }
}
