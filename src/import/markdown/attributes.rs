//! Pandoc's attributes: `{#id .class key=value}`.

/// What stands between the braces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributes {
    /// The name that links lead to.
    pub id: Option<String>,
    /// Classes, without their dots.
    pub classes: Vec<String>,
    /// `label="[3]"`: what a marker shows.
    pub label: Option<String>,
    /// `group="note"`: the series a marker belongs to.
    pub group: Option<String>,
}

/// Reads attributes at the start of a text; with the bytes that they take. Anything else in braces is text.
pub fn attributes(text: &str) -> Option<(Attributes, usize)> {
    let mut rest = text.strip_prefix('{')?;
    let mut found = Attributes::default();
    let mut any = false;
    loop {
        rest = rest.trim_start_matches([' ', '\t', '\n']);
        if let Some(after) = rest.strip_prefix('}') {
            return any.then(|| (found, text.len() - after.len()));
        }
        let end = word_end(rest)?;
        let (word, after) = rest.split_at(end);
        match (word.as_bytes().first()?, word.split_once('=')) {
            (b'#', _) if word.len() > 1 => found.id = Some(word[1..].to_owned()),
            (b'.', _) if word.len() > 1 => found.classes.push(word[1..].to_owned()),
            (b'-', None) if word.len() == 1 => {}
            // `{=html}` marks raw content.
            (_, Some((key, value))) if key.chars().all(is_name) => {
                let value = || Some(value.trim_matches(['"', '\'']).to_owned());
                match key {
                    "label" => found.label = value(),
                    "group" => found.group = value(),
                    _ => {}
                }
            }
            _ => return None,
        }
        any = true;
        rest = after;
    }
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.')
}

/// Where a word ends: at white space or the closing brace, outside quotes. At most 1 KiB is looked at.
fn word_end(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in text.char_indices().take_while(|(at, _)| *at < 1024) {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, ' ' | '\t' | '\n' | '}') => return (at > 0).then_some(at),
            (None, '{') => return None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_attributes_are_attributes() {
        let id = |s: &str| Attributes { id: Some(s.into()), ..Attributes::default() };
        let class = |s: &str| Attributes { classes: vec![s.into()], ..Attributes::default() };
        let cases = [
            ("{#fig-a} x", Some((id("fig-a"), 8))),
            ("{#a width=50% alt=\"x } y\"}", Some((id("a"), 26))),
            ("{ .mark }", Some((class("mark"), 9))),
            ("{target=\"_blank\"}", Some((Attributes::default(), 17))),
            ("{=html}", Some((Attributes::default(), 7))),
            ("{-}", Some((Attributes::default(), 3))),
            ("{}", None),
            ("{x}", None),
            ("{1, 2}", None),
            ("{#a", None),
            ("{a b}", None),
        ];
        for (text, expected) in cases {
            assert_eq!(attributes(text), expected, "{text:?}");
        }
    }
}
