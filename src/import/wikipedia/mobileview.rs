//! The sections of a page in JSON, as the mobile service gave them: headings stand beside their texts.

use serde_json::Value;

use crate::import::Error;

/// A page put together from its sections.
pub struct Told {
    /// What it is called.
    pub title: String,
    /// The page.
    pub html: String,
    /// The text breaks off.
    pub cut: bool,
}

/// True for such a document.
pub fn is(head: &str) -> bool {
    let head = head.trim_start();
    head.starts_with('{')
        && head.contains("\"sections\"")
        && (head.contains("\"mobileview\"") || head.contains("\"toclevel\""))
}

/// The page that the sections make. Where the text breaks off, so does the page.
///
/// # Errors
/// When the text is not JSON.
pub fn page(text: &str) -> Result<Told, Error> {
    let whole = serde_json::from_str(text).ok();
    let cut = whole.is_none();
    let json: Value = whole
        .or_else(|| mended(text))
        .ok_or(Error::Binary("JSON that is damaged, or cut at its beginning"))?;
    let root = json.get("mobileview").or_else(|| json.get("lead")).unwrap_or(&json);
    let words = |value: &Value, name: &str| value[name].as_str().unwrap_or("").to_owned();
    let titles = ["displaytitle", "normalizedtitle", "title"].map(|name| words(root, name));
    let title = titles.into_iter().find(|title| !title.is_empty()).unwrap_or_default();
    let mut html = "<div class=\"mw-parser-output\">".to_owned();
    for section in root["sections"].as_array().into_iter().flatten() {
        let level = section["level"].as_str().and_then(|l| l.parse::<u8>().ok());
        let level = level.or_else(|| Some(section["toclevel"].as_u64()? as u8 + 1)).unwrap_or(2).clamp(1, 6);
        let (line, anchor) = (words(section, "line"), words(section, "anchor").replace('"', "&quot;"));
        if !line.is_empty() {
            html.push_str(&format!("\n<h{level} id=\"{anchor}\">{line}</h{level}>\n"));
        }
        html.push_str(&words(section, "text"));
    }
    html.push_str("</div>");
    Ok(Told { title: plain(&title), html, cut })
}

/// What can be read of JSON that breaks off, when that is a section or more.
fn mended(text: &str) -> Option<Value> {
    let (mut open, mut quoted, mut escaped, mut slash, mut comma) = (Vec::new(), false, 0, 0, None);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped > 0 => escaped += if byte == b'u' && escaped == 1 { 4 } else { 0 },
            b'\\' if quoted => (escaped, slash) = (2, at),
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'{' => open.push('}'),
            b'[' => open.push(']'),
            b'}' | b']' => drop(open.pop()),
            // Deeper than this nothing is read.
            b',' if open.len() < 128 => comma = Some((at, open.clone())),
            _ => {}
        }
        escaped = usize::saturating_sub(escaped, 1);
    }
    let closed = |text: &str, open: &[char]| {
        let end: String = open.iter().rev().collect();
        serde_json::from_str::<Value>(&format!("{text}{end}")).ok()
    };
    // Up to the last character that is whole, of which a pair of escapes may be one.
    let quote = if quoted { "\"" } else { "" };
    let end = if escaped > 0 { slash } else { text.len() };
    let half = end.checked_sub(6).filter(|half| text.get(*half..end).is_some_and(|t| t.starts_with("\\ud")));
    let mut ends = [Some(end), half].into_iter().flatten();
    let whole = ends.find_map(|end| closed(&format!("{}{quote}", &text[..end]), &open));
    // Or up to the last thing that is whole.
    let found = whole.or_else(|| comma.and_then(|(at, open)| closed(&text[..at], &open)))?;
    let root = found.get("mobileview").or_else(|| found.get("lead")).unwrap_or(&found);
    root["sections"].as_array().is_some_and(|sections| !sections.is_empty()).then(|| found.clone())
}

/// A title without its tags and references to characters.
fn plain(title: &str) -> String {
    crate::import::html::Page::parse(title)
        .map(|page| crate::import::html::node::words(&page.body()))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_become_a_page() {
        let json = r#"{"mobileview":{"displaytitle":"<i>A</i> &amp; B","sections":[{"id":0,"text":"<p>x"},
            {"id":1,"toclevel":1,"level":"2","line":"One","anchor":"O\"ne","text":"<p>y"}]}}"#;
        assert!(is(json));
        let told = page(json).unwrap();
        assert_eq!(told.title, "A & B");
        assert!(told.html.contains("<p>x\n<h2 id=\"O&quot;ne\">One</h2>\n<p>y"), "{}", told.html);
        assert!(page("{\"sections\": [").is_err() && page("{\"sections\": [}").is_err());
    }

    #[test]
    fn what_breaks_off_is_read_as_far_as_it_goes() {
        let json = r#"{"mobileview":{"sections":[{"id":0,"text":"<p>one \u00e9 \"x\", \ud83d\ude00 y"},{"id":1,"text":"<p>two"}]}}"#;
        let mut last = 0;
        let first = json.find("<p>").unwrap();
        for end in (first..json.len() - 3).filter(|end| json.is_char_boundary(*end)) {
            let told = page(&json[..end]).unwrap();
            assert!(told.cut && told.html.len() >= last, "{} becomes {}", &json[..end], told.html);
            last = told.html.len();
        }
        let last = page(&json[..json.len() - 4]).unwrap().html;
        assert!(last.ends_with("<p>one é \"x\", 😀 y<p>two</div>"), "{last}");
        assert!(!page(json).unwrap().cut);
    }
}
