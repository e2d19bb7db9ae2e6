//! The bibliography that lies beside a document: which file it is, and its text.

use super::markdown::{Bibliography, FrontMatter};
use super::source::Beside;
use crate::article::build::Uncited;
use crate::article::{Complaint, Sort, limits};
use crate::cite::{Error, bibtex, csl_json};

/// Files of references that were found, and what was wrong with others.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Each file's name as the document writes it, and its text.
    pub texts: Vec<(String, String)>,
    /// Files that could not be read, and why.
    pub problems: Vec<(String, String)>,
}

/// Where references lie when the document does not say.
const USUAL: [&str; 4] =
    ["assets/references.json", "assets/references.bib", "references.json", "references.bib"];

/// Where the bibliography of a document may lie: one that holds its references needs none that happens to lie
/// beside it.
pub fn place(place: &Beside, front: &FrontMatter) -> Beside {
    let holds = front.bibliography.is_empty() && !front.references.is_empty();
    if holds { Beside::Nothing } else { place.clone() }
}

/// Reads the files that the document names (front matter `bibliography`); when it names none, the one file of
/// references that lies where they usually do.
pub fn beside(beside: &Beside, named: &[String]) -> Found {
    let mut found = Found::default();
    let usual: Vec<String>;
    let names = if named.is_empty() {
        usual = USUAL.iter().filter(|name| beside.has(name)).map(|name| (*name).to_owned()).collect();
        if usual.len() == 1 { &usual } else { named }
    } else {
        named
    };
    for name in names {
        match beside.read(name, limits::BIBLIOGRAPHY) {
            Ok(text) => found.texts.push((name.clone(), text)),
            Err(error) => found.problems.push((name.clone(), error.to_string())),
        }
    }
    found
}

/// The works in these files. Those of a bundle's own list are all shown; a file that may serve many documents gives
/// only what is cited.
pub fn works(place: &Beside, named: &[String]) -> Bibliography {
    let found = beside(place, named);
    let own = found.texts.iter().any(|(name, _)| name.starts_with("assets/"));
    let uncited = if own { Uncited::Listed } else { Uncited::LeftOut };
    let mut out = Bibliography { uncited, ..Bibliography::default() };
    for (name, text) in found.texts {
        let read = if is_csl_json(&text) { csl_json::read(&text) } else { Ok(bibtex::read(&text)) };
        match read {
            Ok(read) => {
                out.works.extend(read.works);
                let named = |c: Complaint| Complaint { file: name.clone(), ..c };
                out.complaints.extend(read.complaints.into_iter().map(named));
            }
            Err(error) => {
                let line = if let Error::Json { line, .. } = error { line } else { 0 };
                let line = u32::try_from(line).unwrap_or(0);
                out.complaints.push(Complaint { line, ..unreadable(name, error.to_string()) });
            }
        }
    }
    let problems = found.problems.into_iter().map(|(name, why)| unreadable(name, why));
    out.complaints.extend(problems);
    out
}

fn unreadable(name: String, why: String) -> Complaint {
    Complaint { sort: Sort::Bibliography, ..Complaint::in_file(name, why) }
}

/// True for CSL-JSON, by its content; a bibliography is BibTeX otherwise.
pub fn is_csl_json(text: &str) -> bool {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    start.starts_with('{') || start.starts_with('[')
}

#[cfg(test)]
mod tests {
    use super::super::folder::Folder;
    use super::*;

    #[test]
    fn the_only_usual_file_is_taken() {
        let dir = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(dir.path().join(name), text).unwrap();
        let place = Beside::Folder(Folder::at(dir.path()));
        assert_eq!(beside(&place, &[]), Found::default());
        write("references.json", "[]");
        assert_eq!(beside(&place, &[]).texts, [("references.json".to_owned(), "[]".to_owned())]);
        write("references.bib", "@book{a}");
        assert_eq!(beside(&place, &[]), Found::default());
        let named = ["references.bib".to_owned(), "../x.bib".to_owned(), "none.bib".to_owned()];
        let found = beside(&place, &named);
        assert_eq!(found.texts, [("references.bib".to_owned(), "@book{a}".to_owned())]);
        let said: Vec<_> = found.problems.iter().map(|(_, why)| why.as_str()).collect();
        assert_eq!(
            said,
            ["leads out of its folder or over a link (../x.bib): not followed", "no such file or folder"]
        );
    }

    #[test]
    fn kinds_are_known_by_content() {
        assert!(is_csl_json("\u{feff} [{}]") && is_csl_json("{}") && !is_csl_json("@book{a,}"));
    }
}
