//! Bibliographies that are not there or cannot be read, keys that they define twice, and what importers noticed.

use super::document::{Document, File};
use super::finding::{Edit, Finding, Kind, Spot};
use super::gone;
use super::lines::lines_of;
use super::works::Work;
use crate::article::{Complaint, Sort, safe};
use crate::import::bibliography::is_csl_json;

/// Everything that is wrong with where the works are defined, and what importers complained of.
pub fn findings(document: &Document) -> Vec<Finding> {
    let complaints = document.article.complaints.iter();
    let mut found: Vec<Finding> = complaints.filter_map(|c| complaint(document, c)).collect();
    found.extend(twice(document));
    found
}

fn complaint(document: &Document, complaint: &Complaint) -> Option<Finding> {
    let what = match complaint.of.as_str() {
        "" => complaint.what.clone(),
        of => format!("{of} {}", complaint.what),
    };
    let file = document.files.iter().position(|f| f.written == complaint.file).unwrap_or(0);
    let spot = if complaint.line > 0 { Spot::Line(complaint.line) } else { Spot::Unknown };
    let kind = match complaint.sort {
        // Every marker that leads nowhere is found by itself.
        Sort::Dangling => return None,
        Sort::Twice => Kind::DuplicateKey,
        Sort::Bibliography => return Some(unreadable(document, complaint, file, spot)),
        Sort::Reading => Kind::Complaint,
    };
    Some(Finding { file, ..Finding::new(kind, spot, what) })
}

/// A bibliography that is there is the place to look at; one that is not, where it is asked for.
fn unreadable(document: &Document, complaint: &Complaint, file: usize, spot: Spot) -> Finding {
    let kind = Kind::MissingBibliography;
    if document.files.get(file).is_some_and(|f| !f.text.is_empty()) && file > 0 {
        return Finding {
            file,
            ..Finding::new(kind, spot, format!("the bibliography is {}", complaint.what))
        };
    }
    let front = &document.text()[..document.front.body_start];
    let from = front.find("bibliography").unwrap_or(0);
    let at = front[from..].find(&complaint.file).map(|at| from + at);
    let what = format!("the bibliography {} cannot be read: {}", complaint.file, complaint.what);
    Finding::new(kind, Spot::at(at), what)
}

/// Keys that are defined more than once: the first counts.
fn twice(document: &Document) -> Vec<Finding> {
    let several = || document.works.iter().filter(|(_, works)| works.len() > 1);
    let files = document.files.iter().enumerate();
    let lines: Vec<_> = files
        .map(|(at, file)| {
            let first = several().map(|(_, works)| &works[0]).filter(|work| work.file == at);
            lines_of(&file.text, first.map(|work| work.at))
        })
        .collect();
    let mut found = Vec::new();
    for (key, works) in several() {
        let first = &works[0];
        let line = lines.get(first.file).and_then(|l| l.get(&first.at)).copied().unwrap_or(0);
        for work in &works[1..] {
            let file = &document.files[work.file];
            let place = match document.files.get(first.file).filter(|_| first.file != work.file) {
                Some(other) => format!("in {}, line {line}", other.name),
                None => format!("on line {line}"),
            };
            let what = format!("@{} is defined twice: first {place}", safe::line(key));
            let finding =
                Finding { file: work.file, ..Finding::new(Kind::DuplicateKey, Spot::At(work.at), what) };
            let fix = if first.file == work.file { fix(file, key, first, work) } else { None };
            found.push(Finding { fix, ..finding });
        }
    }
    found
}

/// The later definition goes where it is the same as the first, which counts.
fn fix(file: &File, key: &str, first: &Work, later: &Work) -> Option<Edit> {
    let text = |work: &Work| file.text.get(work.range.clone()).filter(|t| !t.is_empty());
    let (one, two) = (text(first)?, text(later)?);
    let json = is_csl_json(&file.text);
    let range = if json {
        let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).ok();
        (value(one)? == value(two)?).then(|| gone::list_item(&file.text, &later.range)).flatten()?
    } else {
        (one == two).then(|| gone::whole_lines(&file.text, &later.range)).flatten()?
    };
    Some(Edit { range, put: String::new(), what: format!("@{} is defined once", safe::line(key)) })
}
