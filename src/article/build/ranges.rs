//! Ranges: what `[3]–[7]` hides is cited too. The markers that are shown stay; the first of them cites the rest.

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
        let most = limits::RANGE.most as u32;
        (first < last && last - first <= most).then_some((first, last))
    }

    /// What stands between the two ends of a range, if both of them are where their numbers say.
    fn hidden(&self, at: usize, first: u32, last: u32) -> Vec<Target> {
        let (a, b) = (&self.part.markers[at - 1], &self.part.markers[at]);
        let ([from], [to]) = (&*a.cites, &*b.cites) else { return Vec::new() };
        let note = matches!(from.target, Target::Note(_));
        let series = self.group_of(from);
        if a.group != b.group || series != self.group_of(to) {
            return Vec::new();
        }
        let target = |number: u32| self.numbered.targets.get(&(note, series.clone(), number));
        if target(first) != Some(&from.target) || target(last) != Some(&to.target) {
            return Vec::new();
        }
        (first + 1..last).filter_map(target).cloned().collect()
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
            if let Some(number) = number(&self.notes[id.index()].label) {
                let key = (true, self.note_groups.get(&id).cloned(), number);
                self.numbered.targets.entry(key).or_insert(Target::Note(NoteId(id.0)));
            }
        }
        self.numbered.notes = self.used_notes.len();
    }
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
