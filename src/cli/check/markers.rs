//! Markers that lead nowhere, and sources that are cited twice in one place.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::document::Document;
use super::finding::{Edit, Finding, Kind, Spot};
use crate::article::{self, Cite, Marker, MarkerId, Target, Thing, safe};
use crate::import::markdown::key;

/// Everything that is wrong with the markers.
pub fn findings(document: &Document) -> Vec<Finding> {
    let mut found = dangling(document);
    found.extend(repeated(document));
    found
}

/// Where a marker stands in the source, and the text there.
fn source_of<'a>(document: &'a Document, marker: &Marker) -> Option<(Range<usize>, &'a str)> {
    let front = 0..document.front.body_start;
    // A title that front matter gives holds markers, too: there they are looked for by their names.
    let in_title = || document.article.block(marker.place.block).kind == article::Kind::Title;
    let range = document.source_of(Thing::Marker, marker.place);
    let range = range.or_else(|| (!front.is_empty() && in_title()).then_some(front))?;
    Some((range.clone(), document.text().get(range)?))
}

fn dangling(document: &Document) -> Vec<Finding> {
    let article = &document.article;
    let folded = by_folded_key(document);
    let mut found = Vec::new();
    for (marker, id) in article.markers.iter().zip((0..).map(MarkerId)) {
        if article.resolved(id) {
            continue;
        }
        let lost: Vec<&Cite> = marker.cites.iter().filter(|c| !article.leads(&c.target)).collect();
        for cite in &lost {
            found.push(lost_cite(document, marker, &cite.target, &folded));
        }
        if lost.is_empty() {
            let what = format!("the marker {} leads nowhere", article.label(id));
            found.push(Finding::new(Kind::DanglingMarker, marker_spot(document, marker), what));
        }
    }
    found
}

fn lost_cite(
    document: &Document,
    marker: &Marker,
    target: &Target,
    folded: &HashMap<String, Option<&str>>,
) -> Finding {
    let name = match target {
        Target::Missing(name) => name,
        Target::Note(id) => document.article.notes.get(id.index()).map_or("", |n| &n.id),
        Target::Reference(_) => "",
    };
    let source = source_of(document, marker);
    let spot = |at: usize| Spot::At(source.as_ref().map_or(0, |(range, _)| range.start) + at);
    let finding = |spot: Spot, what: String| Finding::new(Kind::DanglingMarker, spot, what);
    let Some((range, text)) = source.clone() else {
        return finding(Spot::Unknown, format!("the marker [{name}] leads nowhere"));
    };
    let note = format!("[^{name}]");
    if let Some(at) = text.find(&note).filter(|_| !matches!(target, Target::Reference(_))) {
        return finding(spot(at), format!("{note} is not defined"));
    }
    let keys: Vec<_> = keys_in(text).into_iter().filter(|k| safe::line(k.name) == name).collect();
    let Some(key) = keys.first() else {
        return finding(spot(0), format!("the marker {name} leads nowhere"));
    };
    let why =
        if document.works.is_empty() { "there is no bibliography" } else { "is not in the bibliography" };
    let what = format!("@{name} is cited, but {why}");
    let Some(other) = folded.get(&name.to_lowercase()).copied().flatten() else {
        return finding(spot(key.at), what);
    };
    let mut finding = finding(spot(key.at), format!("{what}; @{other} is"));
    // In running text it may be a name of another kind.
    if text.starts_with('[') {
        let written = range.start + key.written.start..range.start + key.written.end;
        finding.fix =
            Some(Edit { range: written, put: other.to_owned(), what: format!("@{name} → @{other}") });
    }
    finding
}

/// The keys of the bibliography by their folded form; nothing where several have the same.
fn by_folded_key(document: &Document) -> HashMap<String, Option<&str>> {
    let mut folded: HashMap<String, Option<&str>> = HashMap::new();
    for key in document.works.keys() {
        folded.entry(key.to_lowercase()).and_modify(|other| *other = None).or_insert(Some(key));
    }
    folded
}

fn marker_spot(document: &Document, marker: &Marker) -> Spot {
    Spot::at(source_of(document, marker).map(|(range, _)| range.start))
}

/// A key in the source of a marker.
struct KeyIn<'a> {
    name: &'a str,
    /// The byte of its `@`.
    at: usize,
    /// The bytes of the key itself.
    written: Range<usize>,
}

fn keys_in(text: &str) -> Vec<KeyIn<'_>> {
    let keys = memchr::memchr_iter(b'@', text.as_bytes()).filter_map(|at| {
        let (name, len) = key(&text[at + 1..])?;
        let braces = usize::from(len > name.len());
        let start = at + 1 + braces;
        Some(KeyIn { name, at, written: start..start + name.len() })
    });
    keys.collect()
}

/// Sources that are cited twice in one run of markers, for the same page and with the same words after it.
fn repeated(document: &Document) -> Vec<Finding> {
    let article = &document.article;
    let mut found = Vec::new();
    let mut next = 0;
    while next < article.markers.len() as u32 {
        let run = article.run_of(MarkerId(next));
        next = run.end.max(next + 1);
        let mut seen: HashSet<(&Target, &str, &str)> = HashSet::new();
        for marker in run.filter_map(|id| article.marker(MarkerId(id))) {
            for (at, cite) in marker.cites.iter().enumerate() {
                let detail = cite.detail.as_deref().map_or(("", ""), |d| (&*d.locator, &*d.suffix));
                let first = seen.insert((&cite.target, detail.0, detail.1));
                if !first && article.leads(&cite.target) {
                    found.push(twice(document, marker, at));
                }
            }
        }
    }
    found
}

fn twice(document: &Document, marker: &Marker, at: usize) -> Finding {
    let source = source_of(document, marker);
    let target = &marker.cites[at].target;
    let (id, name) = match target {
        Target::Reference(id) => {
            let key = document.article.references.get(id.index()).map_or("", |r| &r.id);
            (key, document.name_of(*id))
        }
        Target::Note(id) => {
            let note = document.article.notes.get(id.index()).map_or("", |n| &n.id);
            (note, format!("[^{note}]"))
        }
        Target::Missing(name) => (&**name, name.to_string()),
    };
    let earlier = marker.cites[..at].iter().filter(|c| c.target == *target).count();
    let key = source.as_ref().and_then(|(_, text)| {
        keys_in(text).into_iter().filter(|k| safe::line(k.name) == id).map(|k| k.at).nth(earlier)
    });
    let spot = Spot::at(source.as_ref().map(|(range, _)| range.start + key.unwrap_or(0)));
    let mut finding =
        Finding::new(Kind::DuplicateMarker, spot, format!("{name} is cited twice in one place"));
    if let (Some((range, text)), Some(key)) = (source, key) {
        finding.fix = without(text, key).map(|gone| Edit {
            what: format!("{} → {}", &text, [&text[..gone.start], &text[gone.end..]].concat()),
            range: range.start + gone.start..range.start + gone.end,
            put: String::new(),
        });
    }
    finding
}

/// What must go from a group so that the cite whose key stands at this byte goes with it: only where another before
/// it is the same, letter for letter.
fn without(group: &str, key: usize) -> Option<Range<usize>> {
    let inner = group.strip_prefix('[')?.strip_suffix(']')?;
    if inner.contains(['[', ']', '{', '\\', '`']) {
        return None;
    }
    let mut start = 1;
    let mut before: Vec<&str> = Vec::new();
    for segment in inner.split(';') {
        let end = start + segment.len();
        let words = segment.trim();
        if (start..end).contains(&key) {
            let from = start.checked_sub(1).filter(|at| *at > 0)?;
            return before.contains(&words).then_some(from..start + segment.trim_end().len());
        }
        before.push(words);
        start = end + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_the_same_goes() {
        let cases = [
            ("[@a; @a]", 5, Some("[@a]")),
            ("[see @a; @b; see @a ; @c]", 17, Some("[see @a; @b ; @c]")),
            ("[@a;\n@a]", 5, Some("[@a]")),
            ("[see @a; @a]", 9, None),
            ("[@a; @a, p. 3]", 5, None),
            ("[@a; @a]", 1, None),
            ("@a [@a; @a]", 8, None),
            ("[[@a; @a]]{label=x}", 6, None),
            ("[@{a;b}; @{a;b}]", 9, None),
        ];
        for (group, key, expected) in cases {
            assert!(group[key..].starts_with('@'), "{group}");
            let left = without(group, key).map(|gone| [&group[..gone.start], &group[gone.end..]].concat());
            assert_eq!(left.as_deref(), expected, "{group}");
        }
    }

    #[test]
    fn keys_are_found_in_their_braces() {
        let text = "[see @a, -@{b c}]";
        let found: Vec<_> = keys_in(text).into_iter().map(|k| (k.name, k.at, &text[k.written])).collect();
        assert_eq!(found, [("a", 5, "a"), ("b c", 10, "b c")]);
    }
}
