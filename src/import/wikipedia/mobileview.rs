//! The sections of a page in JSON, as the mobile service gave them: headings stand beside their texts.

use serde_json::Value;

use crate::import::Error;

/// A page put together from its sections.
pub struct Told {
    /// What it is called.
    pub title: String,
    /// The page.
    pub html: String,
}

/// True for such a document.
pub fn is(head: &str) -> bool {
    let head = head.trim_start();
    head.starts_with('{')
        && head.contains("\"sections\"")
        && (head.contains("\"mobileview\"") || head.contains("\"toclevel\""))
}

/// The page that the sections make.
///
/// # Errors
/// When the text is not JSON.
pub fn page(text: &str) -> Result<Told, Error> {
    let json: Value = serde_json::from_str(text).map_err(|_| Error::Binary("JSON that is cut or damaged"))?;
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
    Ok(Told { title: plain(&title), html })
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
        assert!(page("{\"sections\": [").is_err());
    }
}
