//! Ranges: what `[3]–[7]` hides is cited too. The markers that are shown stay; the first of them cites the rest. So is
//! what `[3–7]` hides, which is one marker.

use std::collections::HashMap;

use super::Builder;
use crate::article::citation::{Cite, Target, is_dash};
use crate::article::limits;
use crate::article::place::{NoteId, RefId};

/// References and notes by their numbers, each in its series: grown as they become known.
#[derive(Debug, Default)]
pub struct Numbered {
    targets: HashMap<Key, Target>,
    references: usize,
    notes: usize,
}

/// What kind of list a number is in, its series, and the number.
type Key = (bool, Option<String>, u32);

/// A range between two markers of this part: the first of them, and the targets that it hides.
type Found = (usize, Vec<Target>);

impl Builder {
    /// Gives the first marker of each range the targets that stand between it and the second.
    ///
    /// Two markers show a range when nothing but a dash stands between them, both show nothing but a number and cite
    /// one thing of the same list, and the numbers ascend. A dash with spaces around it is one of the sentence: in
    /// 38 ranges of 12 papers none had any.
    pub(super) fn expand_ranges(&mut self) {
        let mut found: Vec<Found> = Vec::new();
        for at in 1..self.part.markers.len() {
            if let Some((first, last)) = self.range_before(at) {
                self.learn_numbers();
                let hidden = self.hidden(at, first, last);
                found.extend((!hidden.is_empty()).then_some((at - 1, hidden)));
            }
        }
        for (at, hidden) in found {
            let marker = &mut self.part.markers[at];
            let mut cites = std::mem::take(&mut marker.cites).into_vec();
            cites.extend(hidden.into_iter().map(|target| Cite { target, detail: None }));
            marker.cites = cites.into();
        }
        for at in 0..self.part.markers.len() {
            if let Some(cites) = self.range_within(at) {
                self.part.markers[at].cites = cites.into();
            }
        }
    }

    /// What a marker cites that shows a range itself: two cites that follow one another, and in the label their
    /// numbers with nothing but a dash between. Nothing for a marker without one.
    fn range_within(&mut self, at: usize) -> Option<Vec<Cite>> {
        let marker = &self.part.markers[at];
        let some = (2..=limits::RANGE.most).contains(&marker.cites.len());
        if !some || !self.label_of(at)?.contains(is_dash) {
            return None;
        }
        self.learn_numbers();
        let (marker, shown) = (&self.part.markers[at], self.label_of(at)?);
        let mut out = vec![marker.cites[0].clone()];
        for pair in marker.cites.windows(2) {
            let hidden = self.hidden_within(pair, shown).into_iter().flatten();
            out.extend(hidden.map(|target| Cite { target, detail: None }));
            out.push(pair[1].clone());
        }
        (out.len() > marker.cites.len()).then_some(out)
    }

    /// What stands between two cites of one marker, where its label shows them as a range.
    fn hidden_within(&self, pair: &[Cite], shown: &str) -> Option<Vec<Target>> {
        let [from, to] = pair else { return None };
        let (first, last) = (self.number_of(&from.target)?, self.number_of(&to.target)?);
        // A dash may be one of pages as well.
        let pages = to.detail.as_ref().is_some_and(|d| d.locator.contains(is_dash));
        let series = self.group_of(from);
        let one_list = is_note(from) == is_note(to) && series == self.group_of(to);
        if from.detail.is_some() || pages || !one_list || !is_range(first, last) || !shows(shown, first, last)
        {
            return None;
        }
        Some(self.between(is_note(from), &series, first, last))
    }

    /// The number that a target has in its list.
    fn number_of(&self, target: &Target) -> Option<u32> {
        match target {
            Target::Reference(id) => number(&self.listed.get(id.index())?.label),
            Target::Note(id) => number(&self.known_label(*id)?),
            Target::Missing(_) => None,
        }
    }

    /// What a marker of this part shows.
    fn label_of(&self, at: usize) -> Option<&str> {
        let marker = &self.part.markers[at];
        let block = self.part.blocks.get((marker.place.block.0 - self.count.blocks) as usize)?;
        let start = marker.place.byte as usize;
        block.text.as_str().get(start..start + marker.len as usize)
    }

    /// What a list has between two numbers.
    fn between(&self, note: bool, series: &Option<String>, first: u32, last: u32) -> Vec<Target> {
        let target = |number: u32| self.numbered.targets.get(&(note, series.clone(), number));
        (first + 1..last).filter_map(target).cloned().collect()
    }

    /// The numbers of the marker before this one and of this one, where a dash joins them.
    fn range_before(&self, at: usize) -> Option<(u32, u32)> {
        let (a, b) = (&self.part.markers[at - 1], &self.part.markers[at]);
        let end = a.place.byte + a.len;
        if a.place.block != b.place.block || b.place.byte <= end || b.place.byte - end > 3 {
            return None;
        }
        let block = self.part.blocks.get((a.place.block.0 - self.count.blocks) as usize)?;
        let text = block.text.as_str();
        let between = text.get(end as usize..b.place.byte as usize)?;
        let mut dash = between.chars();
        if !dash.next().is_some_and(is_dash) || dash.next().is_some() {
            return None;
        }
        let label = |place: u32, len: u32| number(text.get(place as usize..(place + len) as usize)?);
        let (first, last) = (label(a.place.byte, a.len)?, label(b.place.byte, b.len)?);
        is_range(first, last).then_some((first, last))
    }

    /// What stands between the two ends of a range, if both of them are where their numbers say.
    fn hidden(&self, at: usize, first: u32, last: u32) -> Vec<Target> {
        let (a, b) = (&self.part.markers[at - 1], &self.part.markers[at]);
        let ([from], [to]) = (&*a.cites, &*b.cites) else { return Vec::new() };
        let note = is_note(from);
        let series = self.group_of(from);
        if a.group != b.group || series != self.group_of(to) {
            return Vec::new();
        }
        let target = |number: u32| self.numbered.targets.get(&(note, series.clone(), number));
        if target(first) != Some(&from.target) || target(last) != Some(&to.target) {
            return Vec::new();
        }
        self.between(note, &series, first, last)
    }

    /// Takes in the references and notes that have become known since the last range.
    fn learn_numbers(&mut self) {
        for at in self.numbered.references..self.listed.len() {
            let id = RefId(at as u32);
            if let Some(number) = number(&self.listed[at].label) {
                let key = (false, self.reference_groups.get(&id).cloned(), number);
                self.numbered.targets.entry(key).or_insert(Target::Reference(id));
            }
        }
        self.numbered.references = self.listed.len();
        for &id in &self.used_notes[self.numbered.notes..] {
            if let Some(number) = self.known_label(id).as_deref().and_then(number) {
                let key = (true, self.note_groups.get(&id).cloned(), number);
                self.numbered.targets.entry(key).or_insert(Target::Note(NoteId(id.0)));
            }
        }
        self.numbered.notes = self.used_notes.len();
    }
}

fn is_note(cite: &Cite) -> bool {
    matches!(cite.target, Target::Note(_))
}

fn is_range(first: u32, last: u32) -> bool {
    first < last && last - first <= limits::RANGE.most as u32
}

/// True when these numbers stand in a label with a dash between them, and are whole numbers there: `3 – 7`, `3]–[7`.
fn shows(label: &str, first: u32, last: u32) -> bool {
    let (first, last) = (first.to_string(), last.to_string());
    let edge = |c: char| c.is_whitespace() || "[]()".contains(c);
    label.match_indices(is_dash).any(|(at, dash)| {
        let (before, after) =
            (label[..at].trim_end_matches(edge), label[at + dash.len()..].trim_start_matches(edge));
        let (before, after) = (before.strip_suffix(&first), after.strip_prefix(&last));
        let whole = |edge: Option<char>| !edge.is_some_and(|c| c.is_alphanumeric());
        before.is_some_and(|before| whole(before.chars().next_back()))
            && after.is_some_and(|after| whole(after.chars().next()))
    })
}

/// The number that a label is, in brackets or not: `[12]`, `(12)`, `12`.
fn number(label: &str) -> Option<u32> {
    let inner = match label.as_bytes() {
        [b'[', .., b']'] | [b'(', .., b')'] => &label[1..label.len() - 1],
        _ => label,
    };
    let plain = (1..=5).contains(&inner.len()) && inner.bytes().all(|b| b.is_ascii_digit());
    inner.parse().ok().filter(|_| plain)
}

#[cfg(test)]
mod tests {
    use super::super::super::{Article, Csl, Draft, DraftCite, DraftMarker, Kind, Label, Mark, MarkerId, To};
    use super::*;

    /// What each marker cites in a text of shown markers: `1 3-6` for `[1]` and a range that begins with `[3]`.
    fn cited(text: &str, prefix: &str) -> Vec<String> {
        let mut builder = Builder::new("test");
        (1..=9).for_each(|n: u32| {
            builder.reference(&format!("r{n}"), &n.to_string(), Csl::new(), Some(Draft::of("Entry.")));
        });
        let mut draft = Draft::of(text);
        for (at, _) in text.match_indices('[') {
            let end = at + text[at..].find(']').unwrap();
            let cite = DraftCite::new(To::Reference(format!("{prefix}{}", &text[at + 1..end])));
            let marker = DraftMarker { label: Label::Shown, group: None, cites: vec![cite] };
            draft.mark_range(at..end + 1, Mark::Marker(marker));
        }
        builder.block(Kind::Paragraph, draft, vec![]);
        let mut article = Article::default();
        article.append(builder.finish());
        let keys = |id| {
            let cites = article.marker(MarkerId(id)).unwrap().cites.iter();
            let keys = cites.map(|c| match c.target {
                Target::Reference(r) => article.references[r.index()].label.to_string(),
                _ => "?".to_owned(),
            });
            keys.collect::<Vec<_>>().join(" ")
        };
        (0..article.markers.len() as u32).map(keys).collect()
    }

    #[test]
    fn what_a_range_hides_is_cited() {
        let cases: [(&str, &[&str]); 12] = [
            ("a.[3]–[7]", &["3 4 5 6", "7"]),
            ("a.[3]-[5] b[1]", &["3 4", "5", "1"]),
            ("a.[1][3]‐[5]", &["1", "3 4", "5"]),
            ("a.[3]−[5]–[7]", &["3 4", "5 6", "7"]),
            ("a.[3]–[4]", &["3", "4"]),
            ("a.[7]–[3]", &["7", "3"]),
            ("a.[3] – [7]", &["3", "7"]),
            ("a.[3]—[7]", &["3", "7"]),
            ("a.[3]–b[7]", &["3", "7"]),
            ("a.[3], [7]", &["3", "7"]),
            ("a.[3][7]", &["3", "7"]),
            ("a.[8]–[12]", &["8", "?"]),
        ];
        for (text, expected) in cases {
            assert_eq!(cited(text, "r"), expected, "{text}");
        }
        assert_eq!(cited("[3]–[7]", "x"), ["?", "?"]);
    }

    /// What one marker cites that shows this, and links to these numbers.
    fn cited_at_once(shown: &str, numbers: &[u32], locator: &str) -> String {
        let mut builder = Builder::new("test");
        (1..=9).for_each(|n: u32| {
            builder.reference(&format!("r{n}"), &n.to_string(), Csl::new(), Some(Draft::of("Entry.")));
        });
        let mut cites: Vec<DraftCite> =
            numbers.iter().map(|n| DraftCite::new(To::Reference(format!("r{n}")))).collect();
        if let Some(last) = cites.last_mut() {
            last.locator = locator.to_owned();
        }
        let mut draft = Draft::of(shown);
        let marker = DraftMarker { label: Label::Shown, group: None, cites };
        draft.mark_range(0..shown.len(), Mark::Marker(marker));
        builder.block(Kind::Paragraph, draft, vec![]);
        let mut article = Article::default();
        article.append(builder.finish());
        let cites = article.marker(MarkerId(0)).unwrap().cites.iter();
        let labels = cites.map(|c| match c.target {
            Target::Reference(r) => article.references[r.index()].label.to_string(),
            _ => "?".to_owned(),
        });
        labels.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_a_range_within_one_marker_hides_is_cited() {
        let cases: [(&str, &[u32], &str, &str); 13] = [
            ("[3–7]", &[3, 7], "", "3 4 5 6 7"),
            ("[3]–[7]", &[3, 7], "", "3 4 5 6 7"),
            ("[1, 3 – 5, 9]", &[1, 3, 5, 9], "", "1 3 4 5 9"),
            ("[1–3,5-7]", &[1, 3, 5, 7], "", "1 2 3 5 6 7"),
            ("[3–4]", &[3, 4], "", "3 4"),
            ("[7–3]", &[7, 3], "", "7 3"),
            ("[3, 7]", &[3, 7], "", "3 7"),
            ("[3—7]", &[3, 7], "", "3 7"),
            ("[1][3]–[7]", &[1, 3, 7], "", "1 3 4 5 6 7"),
            ("[13–7]", &[3, 7], "", "3 7"),
            ("[3–12]", &[3, 12], "", "3 ?"),
            ("[3–7, § 2]", &[3, 7], "§ 2", "3 4 5 6 7"),
            ("[3, 7, pp. 3–7]", &[3, 7], "pp. 3–7", "3 7"),
        ];
        for (shown, numbers, locator, expected) in cases {
            assert_eq!(cited_at_once(shown, numbers, locator), expected, "{shown}");
        }
    }

    #[test]
    fn a_label_is_a_number_or_none() {
        for (label, expected) in [
            ("[12]", Some(12)),
            ("7", Some(7)),
            ("(3)", Some(3)),
            ("[a]", None),
            ("[3, p. 4]", None),
            ("", None),
        ] {
            assert_eq!(number(label), expected, "{label}");
        }
    }
}
