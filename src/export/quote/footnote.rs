//! References as footnotes: what each is called, and what it says.

use crate::article::Draft;
use crate::article::citation::Detail;

/// The name of a footnote that stands for a reference: `doe-2020`, `doe-2020-p-4`.
pub fn name(key: &str, detail: &Detail) -> String {
    let around = [&detail.prefix, &detail.locator, &detail.suffix];
    let words = around.iter().flat_map(|part| part.split(|c: char| !c.is_alphanumeric()));
    let words = words.filter(|word| !word.is_empty());
    std::iter::once(key).chain(words).collect::<Vec<_>>().join("-")
}

/// A reference with what an author says around it: `see Doe, Jane. Title. 2020, p. 4 and more`.
pub fn with_detail(mut entry: Draft, detail: &Detail) -> Draft {
    let mut draft = Draft::default();
    if !detail.prefix.is_empty() {
        draft.push(&format!("{} ", detail.prefix));
    }
    let after = [(", ", &detail.locator), (" ", &detail.suffix)];
    let after: String = after
        .iter()
        .filter(|(_, part)| !part.is_empty())
        .map(|(glue, part)| format!("{glue}{part}"))
        .collect();
    if !after.is_empty() && entry.as_str().ends_with('.') {
        entry.split_off(entry.len() - 1);
    }
    draft.append(entry);
    draft.push(&after);
    draft
}
