//! Labels of markers: their series, and how a series in letters is shown.

use crate::article::build::letters;
use crate::import::markdown::locator::locator;

/// The name of an element as it is compared: the same however a link and an id write it.
pub fn key(id: &str) -> String {
    id.replace(' ', "_")
}

/// A label in its brackets: `[3]`. Pages that leave them to their style sheets get them, too.
pub fn bracketed(label: &str) -> String {
    let label = label.trim();
    if label.starts_with(['[', '(', '［', '【']) { label.to_owned() } else { format!("[{label}]") }
}

/// A label without its brackets: `3`, `note 1`.
pub fn bare(label: &str) -> &str {
    label.trim_matches(|c: char| c.is_whitespace() || "[]［］【】".contains(c))
}

/// The series that a label shows, where it shows one: `note` of `note 1`, letters and Roman numerals by the names that
/// the software has for them.
pub fn series(label: &str) -> Option<String> {
    let label = bare(label);
    let all = |fits: fn(char) -> bool| !label.is_empty() && label.chars().all(fits);
    if all(|c| c.is_ascii_digit() || c == '.') {
        return None;
    }
    if let Some((word, number)) = label.rsplit_once([' ', '\u{a0}'])
        && number.starts_with(|c: char| c.is_numeric())
    {
        return Some(word.trim().to_owned());
    }
    let short = label.len() <= 2;
    let roman = all(|c| "ivxlc".contains(c)) && (label.len() > 2 || label != "c" && label != "l");
    match () {
        () if all(|c| c.is_ascii_lowercase()) && short && !(roman && label.len() > 1) => {
            Some("lower-alpha".to_owned())
        }
        () if roman => Some("lower-roman".to_owned()),
        () if all(|c| c.is_ascii_uppercase()) && short => Some("upper-alpha".to_owned()),
        () if all(|c| ('α'..='ω').contains(&c)) => Some("lower-greek".to_owned()),
        () => None,
    }
}

/// How a label is shown whose style is a series in letters: Parsoid writes `lower-alpha 2`, and browsers show `b`.
pub fn styled(label: &str) -> String {
    let (open, inner) = (label.starts_with('['), bare(label));
    let shown = inner.rsplit_once([' ', '\u{a0}']).and_then(|(style, number)| {
        let at = number.parse::<u32>().ok()?.checked_sub(1)?;
        match style {
            "lower-alpha" | "lower-latin" => Some(letters(at)),
            "upper-alpha" | "upper-latin" => Some(letters(at).to_uppercase()),
            "lower-roman" => Some(roman(at + 1)),
            "upper-roman" => Some(roman(at + 1).to_uppercase()),
            "lower-greek" => char::from_u32('α' as u32 + at + u32::from(at > 16)).map(String::from),
            "decimal" => Some(number.to_owned()),
            _ => None,
        }
    });
    match shown {
        Some(shown) if open => format!("[{shown}]"),
        Some(shown) => shown,
        None => label.to_owned(),
    }
}

fn roman(mut number: u32) -> String {
    const SIGNS: [(u32, &str); 9] =
        [(100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")];
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while number >= value && out.len() < 40 {
            out.push_str(sign);
            number -= value;
        }
    }
    out
}

/// What a `{{rp}}` says, as a locator is shown everywhere: `p. 44`, `pp. 44–45`, `chap. 2`.
pub fn pages(shown: &str) -> String {
    let numbers = shown.trim().trim_start_matches(':').trim().trim_end_matches([',', '.']);
    let fine = |c: char| if matches!(c, '{' | '}') { ' ' } else { c };
    locator(&format!("{{{}}}", numbers.chars().map(fine).collect::<String>())).0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_show_their_series() {
        let cases = [
            ("[3]", None),
            ("[1.2]", None),
            ("[note 1]", Some("note")),
            ("[註 1]", Some("註")),
            ("[a]", Some("lower-alpha")),
            ("[i]", Some("lower-alpha")),
            ("[ii]", Some("lower-roman")),
            ("[B]", Some("upper-alpha")),
            ("[β]", Some("lower-greek")),
            ("[wa’]", None),
        ];
        for (label, expected) in cases {
            assert_eq!(series(label).as_deref(), expected, "{label}");
        }
    }

    #[test]
    fn styles_are_shown_as_browsers_show_them() {
        let cases = [
            ("[lower-alpha 2]", "[b]"),
            ("[upper-roman 4]", "[IV]"),
            ("[note 1]", "[note 1]"),
            ("[lower-alpha 27]", "[aa]"),
            ("[lower-greek 18]", "[σ]"),
            ("7", "7"),
        ];
        for (label, expected) in cases {
            assert_eq!(styled(label), expected, "{label}");
        }
    }

    #[test]
    fn pages_are_locators() {
        let cases = [
            (": 11 ", "p. 11"),
            (":11–12", "pp. 11–12"),
            (": ch. 3 ", "ch. 3"),
            (": ", ""),
            (":p158", "p. 158"),
        ];
        for (shown, expected) in cases {
            assert_eq!(pages(shown), expected, "{shown}");
        }
    }
}
