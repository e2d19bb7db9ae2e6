//! MHTML (RFC 2557): a page and what it shows as the parts of one message. Only the page is read.

use encoding_rs::Encoding;

use crate::import::html::charset;

/// The page of a message.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Message {
    /// Its HTML.
    pub html: String,
    /// The address it was saved from.
    pub address: String,
    /// Some bytes were no text.
    pub damaged: bool,
}

/// How deep the parts of a message may hold parts.
const DEPTH: usize = 4;

/// True for the beginning of a message with parts or of a page alone.
pub fn is(head: &str) -> bool {
    let head = head.trim_start_matches('\u{feff}').trim_start();
    let first: String = head.lines().next().unwrap_or("").chars().take(200).collect();
    let field = first.split_once(':').is_some_and(|(name, _)| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    });
    let fields: String = head.lines().take(40).take_while(|l| !l.is_empty()).collect::<Vec<_>>().join("\n");
    let told = fields.to_ascii_lowercase();
    field
        && told.contains("mime-version:")
        && (told.contains("multipart/related") || told.contains("text/html"))
}

/// Reads a message; nothing when no page is in it.
pub fn read(bytes: &[u8]) -> Option<Message> {
    let (fields, body) = split(bytes);
    let address = field(&fields, "snapshot-content-location").or_else(|| field(&fields, "content-location"));
    let mut found = part(&fields, body, 0)?;
    if found.address.is_empty() || found.address.starts_with("cid:") {
        found.address = address.unwrap_or_default();
    }
    Some(found)
}

/// The first page in a part, or in the parts of it.
fn part(fields: &[(String, String)], body: &[u8], depth: usize) -> Option<Message> {
    let kind = field(fields, "content-type").unwrap_or_default();
    let lower = kind.to_ascii_lowercase();
    if lower.trim_start().starts_with("multipart/") && depth < DEPTH {
        let boundary = parameter(&kind, "boundary")?;
        let parts = parts(body, &boundary);
        return parts.into_iter().find_map(|bytes| {
            let (fields, body) = split(bytes);
            part(&fields, body, depth + 1)
        });
    }
    if !lower.contains("text/html") && !lower.contains("application/xhtml+xml") {
        return None;
    }
    let coded = field(fields, "content-transfer-encoding").unwrap_or_default().trim().to_ascii_lowercase();
    let bytes = match &*coded {
        "quoted-printable" => quoted(body),
        "base64" => base64(body),
        _ => body.to_vec(),
    };
    let said = parameter(&kind, "charset").and_then(|label| Encoding::for_label(label.as_bytes()));
    let (html, damaged) = match said.filter(|_| std::str::from_utf8(&bytes).is_err()) {
        Some(encoding) => {
            let (text, damaged) = encoding.decode_without_bom_handling(&bytes);
            (text.into_owned(), damaged)
        }
        None => charset::decode(&bytes),
    };
    Some(Message { html, address: field(fields, "content-location").unwrap_or_default(), damaged })
}

/// The fields ahead of a body, their names in lower case, and the body.
fn split(bytes: &[u8]) -> (Vec<(String, String)>, &[u8]) {
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut rest = bytes;
    while let Some(end) = memchr::memchr(b'\n', rest) {
        let line = String::from_utf8_lossy(&rest[..end]);
        rest = &rest[end + 1..];
        let line = line.trim_end();
        if line.is_empty() {
            if fields.is_empty() {
                continue;
            }
            break;
        }
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = fields.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    (fields, rest)
}

fn field(fields: &[(String, String)], name: &str) -> Option<String> {
    fields.iter().find(|(n, _)| n == name).map(|(_, value)| value.clone())
}

/// A parameter of a field, quoted or not.
fn parameter(value: &str, name: &str) -> Option<String> {
    value.split(';').skip(1).find_map(|part| {
        let (key, value) = part.split_once('=')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"').to_owned())
    })
}

/// What stands between the lines with the boundary.
fn parts<'a>(body: &'a [u8], boundary: &str) -> Vec<&'a [u8]> {
    let mark = format!("--{boundary}");
    let mut starts: Vec<(usize, usize)> = Vec::new();
    for at in memchr::memmem::find_iter(body, mark.as_bytes()) {
        if at == 0 || body[at - 1] == b'\n' {
            let end = memchr::memchr(b'\n', &body[at..]).map_or(body.len(), |end| at + end + 1);
            starts.push((at, end));
        }
    }
    let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([body.len()]);
    starts.iter().zip(ends).map(|((_, start), end)| &body[*start..end.max(*start)]).collect()
}

/// Quoted-printable (RFC 2045, section 6.7).
fn quoted(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut at = 0;
    let hex = |b: u8| char::from(b).to_digit(16).map(|d| d as u8);
    while at < body.len() {
        let rest = &body[at..];
        let pair = rest.get(1).and_then(|b| hex(*b)).zip(rest.get(2).and_then(|b| hex(*b)));
        match (rest[0], pair) {
            (b'=', Some((high, low))) => {
                out.push(high << 4 | low);
                at += 3;
            }
            (b'=', None) if rest.starts_with(b"=\r\n") => at += 3,
            (b'=', None) if rest.starts_with(b"=\n") => at += 2,
            (byte, _) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    out
}

/// Base64 (RFC 2045, section 6.8); what is no letter of it is left out.
fn base64(body: &[u8]) -> Vec<u8> {
    let value = |b: &u8| -> Option<u32> {
        Some(u32::from(match b {
            b'A'..=b'Z' => b - b'A',
            b'a'..=b'z' => b - b'a' + 26,
            b'0'..=b'9' => b - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        }))
    };
    let mut out = Vec::with_capacity(body.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for six in body.iter().filter_map(value) {
        bits = (bits << 6 | six) & 0xff_ffff;
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count & 0xff) as u8);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_decoded() {
        assert_eq!(quoted(b"a=3Db=C3=A4=\r\nc=\nd=zz"), "a=bäcd=zz".as_bytes());
        assert_eq!(base64(b"PHA+\r\nw6Q="), "<p>ä".as_bytes());
    }

    #[test]
    fn the_page_of_a_message_is_read() {
        let message = b"From: <Saved by a browser>\r\nSnapshot-Content-Location: https://a.example/x\r\nMIME-Version: 1.0\r\n\
            Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"--b--\"\r\n\r\n\r\n----b--\r\n\
            Content-Type: image/png\r\n\r\nxx\r\n----b--\r\nContent-Type: text/html; charset=iso-8859-1\r\n\
            Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>caf=E9\r\n----b----\r\n";
        assert!(is(&String::from_utf8_lossy(message)));
        let found = read(message).unwrap();
        assert_eq!((found.html.trim(), &*found.address), ("<p>café", "https://a.example/x"));
        assert_eq!(read(b"MIME-Version: 1.0\n\ntext"), None);
        assert!(!is("Title: x\n\ntext") && !is("<html>"));
    }
}
