//! What was looked for and is not there, and what is near.

use crate::article::Article;
use crate::cite;

/// A name that leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// As it is written.
    pub name: String,
    /// What it should name.
    pub sought: Sought,
}

/// What a name should have named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sought {
    /// A reference.
    Work,
    /// A note.
    Note,
    /// A part of the article.
    Part,
}

/// The most names that are shown as near.
const MOST: usize = 3;
/// The most names that are looked at: the card is made anew with every key.
const LOOKED: usize = 20_000;

impl Missing {
    /// A reference of this key or number is not there.
    pub fn work(name: &str) -> Self {
        Self { name: name.to_owned(), sought: Sought::Work }
    }

    /// A note of this name is not there.
    pub fn note(name: &str) -> Self {
        Self { name: name.to_owned(), sought: Sought::Note }
    }

    /// A part of this name is not there.
    pub fn part(name: &str) -> Self {
        Self { name: name.to_owned(), sought: Sought::Part }
    }

    /// What was looked for, where, and what is near: in sentences.
    pub fn told(&self, article: &Article) -> Vec<String> {
        let shown = self.shown(&self.name);
        let (count, what) = match self.sought {
            Sought::Work => (article.references.len(), "references"),
            Sought::Note => (article.notes.iter().filter(|n| !n.blocks.is_empty()).count(), "notes"),
            Sought::Part => (article.anchors.len(), "parts with a name"),
        };
        if count == 0 {
            return vec![format!("There is no {shown}: the article has no {what}.")];
        }
        let near = self.near(article);
        if near.is_empty() {
            return vec![format!(
                "There is no {shown}, and nothing like it: the article has {count} {what}."
            )];
        }
        let mut told = vec![format!("There is no {shown}; the {what} have")];
        told.extend(near);
        told
    }

    /// A name as it is written where it is cited.
    fn shown(&self, name: &str) -> String {
        match self.sought {
            Sought::Work if name.starts_with('[') => name.to_owned(),
            Sought::Work if name.contains(' ') || name.bytes().all(|b| b.is_ascii_digit()) => {
                format!("[{name}]")
            }
            Sought::Work => format!("@{name}"),
            Sought::Note => format!("[^{name}]"),
            Sought::Part => format!("#{name}"),
        }
    }

    /// The names that are nearest, and what they lead to.
    fn near(&self, article: &Article) -> Vec<String> {
        let wanted: Vec<char> = self.name.to_lowercase().chars().collect();
        let mut found: Vec<(usize, String)> = Vec::new();
        let mut look = |name: &str, told: &dyn Fn() -> String| {
            if let Some(distance) = near(&wanted, name) {
                let about = told();
                let sign = if about.is_empty() { "" } else { " · " };
                found.push((distance, format!("{}{sign}{about}", self.shown(name))));
            }
        };
        match self.sought {
            Sought::Work => {
                for reference in article.references.iter().take(LOOKED) {
                    let year = cite::short::year(&reference.csl).unwrap_or_default();
                    let about =
                        || format!("{} {year}", cite::short::author(&reference.csl)).trim().to_owned();
                    look(&reference.id, &about);
                }
            }
            Sought::Note => {
                for note in article.notes.iter().filter(|n| !n.blocks.is_empty()).take(LOOKED) {
                    look(&note.id, &|| format!("note {}", note.label));
                }
            }
            Sought::Part => {
                for (name, place) in article.anchors.iter().take(LOOKED) {
                    look(name, &|| super::Subject::at(article, *place, "").kind(article));
                }
            }
        }
        found.sort();
        found.truncate(MOST);
        found.into_iter().map(|(_, told)| told).collect()
    }
}

/// How many characters lie between a name and the wanted one (put in, left out, changed, two swapped), if it is few.
fn near(wanted: &[char], name: &str) -> Option<usize> {
    let most = (wanted.len() / 3).clamp(1, 4);
    if name.len() > 4 * (wanted.len() + most) {
        return None;
    }
    let name: Vec<char> = name.to_lowercase().chars().collect();
    if name.len().abs_diff(wanted.len()) > most {
        return None;
    }
    let mut above: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=name.len()).collect();
    for (i, a) in wanted.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, b) in name.iter().enumerate() {
            let mut least = (row[j] + usize::from(a != b)).min(row[j + 1] + 1).min(next[j] + 1);
            if i > 0 && j > 0 && *a == name[j - 1] && wanted[i - 1] == *b {
                least = least.min(above[j - 1] + 1);
            }
            next.push(least);
        }
        if next.iter().all(|d| *d > most) {
            return None;
        }
        above = std::mem::replace(&mut row, next);
    }
    row.last().copied().filter(|d| *d <= most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Builder, Csl, Draft};

    #[test]
    fn near_names_are_few_letters_away() {
        let distance = |a: &str, b: &str| near(&a.chars().collect::<Vec<_>>(), b);
        let cases = [
            ("doe2020", "doe2021", Some(1)),
            ("doe2020", "deo2020", Some(1)),
            ("doe2020", "Doe-2020", Some(1)),
            ("doe2020", "roe2012", None),
            ("a", "b", Some(1)),
            ("x", "a-long-name", None),
            ("lost-1899", "stone-1998", None),
        ];
        for (wanted, name, expected) in cases {
            assert_eq!(distance(wanted, name), expected, "{wanted} {name}");
        }
    }

    #[test]
    fn it_is_told_what_is_near() {
        let mut builder = Builder::new("test");
        for key in ["doe2021", "doe2023", "roe1999"] {
            builder.reference(key, "1", Csl::new(), Some(Draft::of("Entry.")));
        }
        let mut article = Article::default();
        article.append(builder.finish());
        let told = |missing: Missing| missing.told(&article);
        assert_eq!(
            told(Missing::work("doe2020")),
            ["There is no @doe2020; the references have", "@doe2021", "@doe2023"]
        );
        let none = "There is no [12], and nothing like it: the article has 3 references.";
        assert_eq!(told(Missing::work("12")), [none]);
        assert_eq!(told(Missing::note("x")), ["There is no [^x]: the article has no notes."]);
        assert_eq!(
            told(Missing::part("reference")),
            ["There is no #reference; the parts with a name have", "#references · Section · References"]
        );
    }
}
