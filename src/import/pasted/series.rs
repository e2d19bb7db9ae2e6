//! Which list a series of markers belongs to, and what each marker therefore cites.

use std::collections::{BTreeMap, HashMap};

use super::entries::List;
use super::markers::{self, Found};
use crate::article::To;

/// The series of a page and their lists.
#[derive(Debug, Default)]
pub struct Series {
    /// The list of each series.
    lists: HashMap<String, usize>,
    /// The series of each list.
    names: Vec<Option<String>>,
    counts: HashMap<(String, u32), Count>,
    notes: Vec<bool>,
}

/// How many series and lists are looked at: a page has a handful.
const MOST: usize = 64;

/// How often a label comes in the text.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    all: u32,
    /// Those with no space before them.
    tight: u32,
}

/// What a label in brackets is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// A marker that cites these: several where its label does.
    Cites(Vec<To>),
    /// A marker whose list is not there.
    Unresolved,
    /// Words in brackets.
    Words,
}

impl Series {
    /// Looks at all markers of a page, and finds the list of each series.
    pub fn of(found: impl Iterator<Item = Found>, lists: &[List]) -> Self {
        let mut counts: HashMap<(String, u32), Count> = HashMap::new();
        for marker in found {
            for &number in std::iter::once(&marker.number).chain(&marker.more) {
                let count = counts.entry((marker.series.clone(), number)).or_default();
                count.all += 1;
                count.tight += u32::from(!marker.loose);
            }
        }
        let mut series = Self { counts, names: vec![None; lists.len()], ..Self::default() };
        series.assign(lists);
        series.notes = (0..lists.len()).map(|at| series.is_notes(&lists[at], at)).collect();
        series
    }

    /// Gives each series the list that fits it best, the best fit first.
    fn assign(&mut self, lists: &[List]) {
        let mut numbers: BTreeMap<&str, Vec<(u32, Count)>> = BTreeMap::new();
        for ((name, number), count) in &self.counts {
            numbers.entry(name).or_default().push((*number, *count));
        }
        let mut fits: Vec<(u32, String, usize)> = Vec::new();
        for (name, numbers) in numbers.iter().take(MOST) {
            for (at, list) in lists.iter().enumerate().take(MOST) {
                let fit = fit(name, numbers, list);
                fits.extend((fit > 0).then(|| (fit, (*name).to_owned(), at)));
            }
        }
        fits.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
        for (_, name, at) in fits {
            if !self.lists.contains_key(&name) && self.names[at].is_none() {
                self.lists.insert(name.clone(), at);
                self.names[at] = Some(name);
            }
        }
    }

    /// A list of numbered markers holds references, whatever its heading; one of letters or words holds notes.
    fn is_notes(&self, list: &List, at: usize) -> bool {
        self.names[at].as_ref().map_or_else(|| list.is_notes(), |name| !name.is_empty())
    }

    /// True when the entries of a list are notes.
    pub fn holds_notes(&self, list: usize) -> bool {
        self.notes.get(list).copied().unwrap_or(false)
    }

    /// The label of an entry: `3`, `note 3`, `c`.
    pub fn label(&self, list: usize, number: u32) -> String {
        markers::shown(self.names.get(list).and_then(|n| n.as_deref()).unwrap_or(""), number)
    }

    /// The key of an entry: `ref-3`; further lists have their position in it.
    pub fn key(&self, list: usize, number: u32) -> String {
        match self.names.get(list).and_then(|n| n.as_deref()) {
            Some("") => format!("ref-{number}"),
            Some(markers::LETTERS) => format!("note-{}", markers::shown(markers::LETTERS, number)),
            Some(series) => format!("{}-{number}", series.to_lowercase().replace('.', "")),
            None => format!("ref-{}-{number}", list + 1),
        }
    }

    /// What a label means, in the text or (`inside`) in an entry.
    pub fn meaning(&self, found: &Found, lists: &[List], inside: bool) -> Meaning {
        let Some(&list) = self.lists.get(&found.series) else {
            let known = found.series.is_empty() || markers::names_a_series(&found.series);
            let alone = found.series.is_empty() && lists.iter().any(|l| !l.entries.is_empty());
            let one = found.more.is_empty();
            return if known && one && !alone && !inside { Meaning::Unresolved } else { Meaning::Words };
        };
        let Some(at) = lists[list].position(found.number) else { return Meaning::Words };
        let uses = lists[list].entries[at].uses;
        let count = self.counts.get(&(found.series.clone(), found.number)).copied().unwrap_or_default();
        let surplus = found.loose && count.all > uses && count.tight >= uses;
        if surplus || (inside && found.loose) {
            return Meaning::Words;
        }
        // A label of several numbers is a marker only where each of them leads somewhere.
        if found.more.iter().any(|&number| lists[list].position(number).is_none()) {
            return Meaning::Words;
        }
        let to = |&number: &u32| {
            let key = self.key(list, number);
            if self.holds_notes(list) { To::Note(key) } else { To::Reference(key) }
        };
        Meaning::Cites(std::iter::once(&found.number).chain(&found.more).map(to).collect())
    }
}

/// How well a list fits a series, in thousandths: labels that it has, labels that are used as often as its letters say,
/// and a heading of the right kind.
fn fit(name: &str, numbers: &[(u32, Count)], list: &List) -> u32 {
    let entry = |number: u32| list.position(number).map(|at| &list.entries[at]);
    let there = numbers.iter().filter(|(n, _)| entry(*n).is_some()).count() as u32;
    let agree = numbers.iter().filter(|(n, c)| entry(*n).is_some_and(|e| e.uses == c.all)).count() as u32;
    if there == 0 || (name == markers::LETTERS && there * 2 < numbers.len() as u32) {
        return 0;
    }
    let most = (list.entries.len().max(numbers.len()) as u32).max(1);
    let hint = u32::from(list.is_notes() != name.is_empty());
    1 + (there + agree) * 1000 / most + hint * 500
}

#[cfg(test)]
mod tests {
    use super::super::entries::Entry;
    use super::*;

    fn list(heading: &str, uses: &[u32]) -> List {
        let mut list = List::under(heading.into());
        for (&uses, number) in uses.iter().zip(1..) {
            list.add(Entry { number, uses, text: String::new() });
        }
        list
    }

    #[test]
    fn every_series_finds_its_list() {
        let text = "A[1] b[2][note 1] c[2] d[3][a] and [a]n aside, no[9] list";
        let lists = [list("Notes", &[1]), list("References", &[1, 2, 1])];
        let found = markers::scan(text);
        let series = Series::of(found.clone().into_iter(), &lists);
        let meanings: Vec<_> = found.iter().map(|f| series.meaning(f, &lists, false)).collect();
        let reference = |n: u32| Meaning::Cites(vec![To::Reference(format!("ref-{n}"))]);
        let expected = [
            reference(1),
            reference(2),
            Meaning::Cites(vec![To::Note("note-1".into())]),
            reference(2),
            reference(3),
            Meaning::Words,
            Meaning::Words,
            Meaning::Words,
        ];
        assert_eq!(meanings, expected);
        assert_eq!((series.label(0, 1), series.label(1, 3)), ("note 1".to_owned(), "3".to_owned()));
    }

    #[test]
    fn numbers_of_equations_are_not_markers() {
        let text = "It is so.[1] Take\n[1] x = 1\nand by [1] we see";
        let lists = [list("References", &[1])];
        let found = markers::scan(text);
        let series = Series::of(found.clone().into_iter(), &lists);
        let cites = found.iter().filter(|f| series.meaning(f, &lists, false) != Meaning::Words).count();
        assert_eq!(cites, 1);
    }

    #[test]
    fn markers_without_a_list_stay() {
        let found = markers::scan("So[1] it[note 2] is [b].");
        let series = Series::of(found.clone().into_iter(), &[]);
        let meanings: Vec<_> = found.iter().map(|f| series.meaning(f, &[], false)).collect();
        assert_eq!(meanings, [Meaning::Unresolved, Meaning::Unresolved, Meaning::Words]);
    }
}
