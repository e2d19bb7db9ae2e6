//! Quotations that a page sets off: the paragraphs between a line that ends with a colon and the name of who said them.

use super::page::{Page, Role};

/// How many lines a quotation may have.
const LONGEST: usize = 40;

/// For each line, whether it stands in a quotation.
pub fn of(page: &Page) -> Vec<bool> {
    let mut quoted = vec![false; page.lines.len()];
    for at in 0..page.lines.len() {
        if page.roles[at] == Role::Text
            && is_attribution(&page.lines[at].text)
            && let Some(first) = first_line(page, at)
        {
            quoted[first..=at].fill(true);
        }
    }
    quoted
}

/// `— Name, work[4]`: who is quoted.
fn is_attribution(text: &str) -> bool {
    let rest = text.strip_prefix(['—', '―']).or_else(|| text.strip_prefix("– "));
    let is_name =
        |name: &str| name.trim_start().starts_with(|c: char| c.is_uppercase() || "\"“«".contains(c));
    text.chars().count() < 200 && rest.is_some_and(is_name)
}

/// The first line of the quotation that ends above `end`: after a colon, or where its own quotation mark is.
fn first_line(page: &Page, end: usize) -> Option<usize> {
    let mut opened = None;
    for at in (end.saturating_sub(LONGEST)..end).rev() {
        if page.roles[at] == Role::Dropped {
            continue;
        }
        let text = &page.lines[at].text;
        if page.roles[at] != Role::Text || is_attribution(text) {
            break;
        }
        if text.ends_with([':', '：']) {
            return (at + 1 < end).then_some(at + 1);
        }
        if opened.is_none() && text.starts_with(['"', '“', '«', '„', '‘', '「']) {
            opened = Some(at);
        }
    }
    opened
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_dashes() {
        for name in ["— Jane Doe[4]", "—Doe, A Work", "– Doe", "― “Works”"] {
            assert!(is_attribution(name), "{name}");
        }
        for other in ["— and so on", "Doe — a name", "- Doe", "–Doe"] {
            assert!(!is_attribution(other), "{other}");
        }
    }
}
