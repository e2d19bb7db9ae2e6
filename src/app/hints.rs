//! Hints: a label on everything on the screen that can be opened. A marker's own number is its label.

use std::collections::HashMap;

use super::view::VisibleHit;
use crate::article::Article;
use crate::layout::Hit;

/// Labels on what can be opened, and what has been typed of one.
#[derive(Clone, Debug, Default)]
pub struct Hints {
    /// A label for each thing, in reading order.
    pub labels: Vec<(Hit, String)>,
    /// What has been typed.
    pub typed: String,
}

/// The letters that labels are made of: the home row first.
const ALPHABET: &str = "asdfghjklewiorumvc";

impl Hints {
    /// Labels what is to be seen.
    pub fn over(hits: &[VisibleHit], article: &Article) -> Self {
        let mut seen: HashMap<String, ()> = HashMap::new();
        let mut labels: Vec<(Hit, Option<String>)> = Vec::new();
        for visible in hits {
            if labels.iter().any(|(hit, _)| *hit == visible.hit) {
                continue;
            }
            let number = match visible.hit {
                Hit::Marker(id) => own_number(article.label(id)),
                Hit::Link(_) => None,
            };
            let number = number.filter(|n| seen.insert(n.clone(), ()).is_none());
            labels.push((visible.hit, number));
        }
        let unnumbered = labels.iter().filter(|(_, l)| l.is_none()).count();
        let mut letters = combinations(unnumbered).into_iter();
        let labels = labels
            .into_iter()
            .map(|(hit, label)| (hit, label.or_else(|| letters.next()).unwrap_or_default()));
        Self { labels: labels.collect(), typed: String::new() }
    }

    /// The things whose label begins with what has been typed.
    pub fn matching(&self) -> impl Iterator<Item = &(Hit, String)> {
        self.labels.iter().filter(|(_, label)| label.starts_with(&self.typed))
    }

    /// Takes a character; the thing it decides on, if it does.
    pub fn take(&mut self, c: char) -> Option<Hit> {
        self.typed.push(c);
        let mut matching = self.matching();
        match (matching.next(), matching.next()) {
            (Some((hit, _)), None) => Some(*hit),
            _ => None,
        }
    }

    /// The thing whose label has been typed in full.
    pub fn exact(&self) -> Option<Hit> {
        self.labels.iter().find(|(_, label)| *label == self.typed).map(|(hit, _)| *hit)
    }
}

/// The number of a marker that shows nothing but a number: `[12]`.
fn own_number(label: &str) -> Option<String> {
    let inner = label.trim_matches(|c| matches!(c, '[' | ']' | '(' | ')' | '^'));
    (!inner.is_empty() && inner.len() < 6 && inner.bytes().all(|b| b.is_ascii_digit()))
        .then(|| inner.to_owned())
}

/// This many labels, none of them the beginning of another.
fn combinations(count: usize) -> Vec<String> {
    let letters: Vec<String> = ALPHABET.chars().map(String::from).collect();
    if count <= letters.len() {
        return letters.into_iter().take(count).collect();
    }
    let pairs = letters.iter().flat_map(|a| letters.iter().map(move |b| format!("{a}{b}")));
    pairs.take(count).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_label_begins_another() {
        for count in [0, 5, 18, 19, 200] {
            let labels = combinations(count);
            assert_eq!(labels.len(), count);
            for (at, label) in labels.iter().enumerate() {
                assert!(labels.iter().enumerate().all(|(other, l)| other == at || !l.starts_with(label)));
            }
        }
    }

    #[test]
    fn numbers_are_their_own_labels() {
        for (label, number) in
            [("[12]", Some("12")), ("[a]", None), ("Doe [3]", None), ("[1, p. 4]", None), ("", None)]
        {
            assert_eq!(own_number(label).as_deref(), number, "{label}");
        }
    }
}
