//! Locators: the page, chapter or figure that a citation names after its key.

/// The words for parts of works (pandoc's manual, "Citation syntax"; CSL 1.0.2, "Locators").
const TERMS: &[&str] = &[
    "p.",
    "pp.",
    "p",
    "pp",
    "page",
    "pages",
    "chap.",
    "chaps.",
    "chap",
    "chapter",
    "chapters",
    "ch.",
    "sec.",
    "secs.",
    "sect.",
    "section",
    "sections",
    "s.",
    "s",
    "ss",
    "§",
    "§§",
    "¶",
    "¶¶",
    "para.",
    "paras.",
    "par.",
    "paragraph",
    "paragraphs",
    "fig.",
    "figs.",
    "figure",
    "figures",
    "vol.",
    "vols.",
    "volume",
    "volumes",
    "no.",
    "nos.",
    "number",
    "issue",
    "issues",
    "book",
    "books",
    "bk.",
    "bks.",
    "col.",
    "cols.",
    "column",
    "columns",
    "fol.",
    "fols.",
    "folio",
    "folios",
    "l.",
    "ll.",
    "line",
    "lines",
    "n.",
    "nn.",
    "note",
    "notes",
    "op.",
    "opp.",
    "opus",
    "part",
    "parts",
    "pt.",
    "pts.",
    "v.",
    "vv.",
    "verse",
    "verses",
    "s.v.",
    "s.vv.",
    "sv",
    "sub verbo",
    "act",
    "scene",
    "art.",
    "article",
    "articles",
    "eq.",
    "equation",
    "tbl.",
    "tab.",
    "table",
    "tables",
    "appendix",
    "app.",
    "canon",
    "title",
    "timestamp",
    "loc.",
    "location",
];

/// Splits what follows a key into the locator as shown (`p. 4`, `pp. 33–35`; empty for none) and the words after.
pub fn locator(text: &str) -> (String, String) {
    let rest = text.strip_prefix(',').unwrap_or(text).trim_start();
    let found = delimited(rest).or_else(|| integrated(rest));
    let Some((shown, taken)) = found else { return (String::new(), text.trim().to_owned()) };
    (shown, rest[taken..].trim().to_owned())
}

/// `{p. 4}`, `{pp. iv, vi-xi, (xv)-(xvii)}`: the braces say where it ends.
fn delimited(text: &str) -> Option<(String, usize)> {
    let inner = text.strip_prefix('{')?;
    let end = inner.find('}')?;
    let words = inner[..end].trim();
    let (label, rest) = term(words).unwrap_or(("", words));
    let shown = if words.is_empty() { String::new() } else { show(label, rest) };
    Some((shown, end + 2))
}

fn integrated(text: &str) -> Option<(String, usize)> {
    let (label, rest) = term(text).unwrap_or(("", text));
    let start = text.len() - rest.len();
    let end = numbers(rest, !label.is_empty())?;
    Some((show(label, &rest[..end]), start + end))
}

/// The term that a text begins with, and the rest of the text.
fn term(text: &str) -> Option<(&str, &str)> {
    let starts = |term: &&&str| {
        text.get(..term.len()).is_some_and(|head| head.eq_ignore_ascii_case(term)) && {
            let next = text[term.len()..].chars().next();
            term.ends_with('.') || !term.is_ascii() || next.is_none_or(|c| !c.is_alphabetic() && c != '.')
        }
    };
    let term = TERMS.iter().filter(starts).max_by_key(|t| t.len())?;
    let (label, rest) = text.split_at(term.len());
    Some((label, rest.trim_start_matches([' ', '\u{a0}'])))
}

/// The bytes of the numbers that a text begins with: `33, 35-37`, `IV.2A`, `[39]-[52]`. Roman numerals count only
/// after a term.
fn numbers(text: &str, labelled: bool) -> Option<usize> {
    let mut end = 0;
    let mut at = 0;
    loop {
        let word = word(&text[at..]);
        if word == 0 || !is_number(&text[at..at + word], labelled, end > 0) {
            break;
        }
        end = at + word;
        let gap = gap(&text[end..]);
        if gap == 0 {
            break;
        }
        at = end + gap;
    }
    (end > 0).then_some(end)
}

/// The bytes of one number with the brackets in it; 0 where they do not match.
fn word(text: &str) -> usize {
    let mut open = Vec::new();
    let mut end = 0;
    for (at, c) in text.char_indices().take(200) {
        match c {
            '(' => open.push(')'),
            '[' => open.push(']'),
            ')' | ']' if open.pop() != Some(c) => break,
            ' ' | '\u{a0}' | ',' | ';' | '&' | '–' | ':' if open.is_empty() => break,
            _ => {}
        }
        if open.is_empty() {
            end = at + c.len_utf8();
        }
    }
    if text[..end].ends_with('.') { end - 1 } else { end }
}

/// What may stand between two numbers.
fn gap(text: &str) -> usize {
    let gap = text.find(|c: char| !matches!(c, ' ' | '\u{a0}' | ',' | '&' | '–' | ':')).unwrap_or(text.len());
    if text[..gap].trim().is_empty() { 0 } else { gap }
}

fn is_number(word: &str, labelled: bool, later: bool) -> bool {
    let roman =
        |part: &str| !part.is_empty() && part.chars().all(|c| "ivxlcdm".contains(c.to_ascii_lowercase()));
    let digit = word.chars().any(|c| c.is_ascii_digit());
    let romans = word.split(['-', '–']).all(|p| roman(p.trim_matches(['(', ')', '[', ']'])));
    (digit && (later || !word.starts_with(|c: char| c.is_alphabetic() && !roman(&c.to_string()))))
        || (romans && labelled)
}

/// A bare number is a page.
fn show(label: &str, numbers: &str) -> String {
    let numbers = numbers.trim().replace("--", "–").replace('-', "–");
    let several = numbers.contains([',', '&', '–']);
    let label = match label {
        "" if several => "pp.",
        "" => "p.",
        "p" if several => "pp.",
        "p" => "p.",
        "pp" => "pp.",
        other => other,
    };
    if numbers.is_empty() { label.to_owned() } else { format!("{label} {numbers}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locators_are_told_from_the_words_after() {
        let cases = [
            (", pp. 3-5", "pp. 3–5", ""),
            (", p. 4", "p. 4", ""),
            (" p. 34-35", "p. 34–35", ""),
            (", 33-35", "pp. 33–35", ""),
            (", 89, and suffix", "p. 89", ", and suffix"),
            (" 2", "p. 2", ""),
            (" pp. 33, 35-37, and nowhere else", "pp. 33, 35–37", ", and nowhere else"),
            (" and nowhere else", "", "and nowhere else"),
            (", chap. 2 and passim", "chap. 2", "and passim"),
            (", chapter 3, section 4", "chapter 3", ", section 4"),
            (", xi, will be entirely suffix", "", ", xi, will be entirely suffix"),
            (", p. xi, gives you a locator", "p. xi", ", gives you a locator"),
            (", p. VI, VII, VIII-IX, explicit", "p. VI, VII, VIII–IX", ", explicit"),
            (" [89]", "p. [89]", ""),
            (", [39]-[52], and suffix", "pp. [39]–[52]", ", and suffix"),
            (", 123(4)[5]6, and suffix", "p. 123(4)[5]6", ", and suffix"),
            (", IV.2A, and suffix", "p. IV.2A", ", and suffix"),
            (", s 123(4)(a)(iv), and suffix", "s 123(4)(a)(iv)", ", and suffix"),
            (", ss 123(4)-(6), and suffix", "ss 123(4)–(6)", ", and suffix"),
            (", p.3, and suffix", "p. 3", ", and suffix"),
            (", (13 entirely suffix", "", ", (13 entirely suffix"),
            (", p.a entirely suffix", "", ", p.a entirely suffix"),
            (", s (a) entirely suffix", "", ", s (a) entirely suffix"),
            (", {p. 4}", "p. 4", ""),
            ("{pp. iv, vi-xi, (xv)-(xvii)}, with suffix", "pp. iv, vi–xi, (xv)–(xvii)", ", with suffix"),
            (", {}, 99 years later", "", ", 99 years later"),
            (", § 3", "§ 3", ""),
            (", §3", "§ 3", ""),
            (", vol. 2, p. 3", "vol. 2", ", p. 3"),
            (", fig. 4.", "fig. 4", "."),
            (", no one", "", ", no one"),
            ("", "", ""),
        ];
        for (text, locator_, suffix) in cases {
            assert_eq!(locator(text), (locator_.to_owned(), suffix.to_owned()), "{text:?}");
        }
    }
}
