//! Small pages, `tests/import/latexml/<case>.html`, with the article that each becomes as text beside it.
//! `UPDATE=1` writes the expected files again.

use std::path::{Path, PathBuf};

use ibid::article::{Article, MarkerId};
use ibid::import::{self, Source};

use super::dump::dump;
use super::support::same::{differences, essence, through_a_bundle};

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/latexml");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "html"));
    paths.sort();
    assert!(paths.len() >= 5, "the cases are not where they should be");
    paths
}

fn read(path: &Path) -> Article {
    import::read(Source::open(path).unwrap()).unwrap()
}

#[test]
fn cases_become_what_they_should() {
    for path in cases() {
        let found = dump(&read(&path));
        let expected = path.with_extension("expected");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&expected, &found).unwrap();
        }
        let wanted = std::fs::read_to_string(&expected).unwrap_or_default();
        assert_eq!(found, wanted, "{}", path.display());
    }
}

#[test]
fn a_bundle_of_a_case_opens_as_the_same_article() {
    let mut wrong = Vec::new();
    for path in cases() {
        let article = read(&path);
        let found = differences(&essence(&article), &essence(&through_a_bundle(&article)));
        wrong.extend(found.into_iter().map(|f| format!("{}: {f}", path.display())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_key_that_the_bibliography_lacks_stays_and_is_reported() {
    let article = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/latexml/cites.html"));
    let lost: Vec<&str> = (0..article.markers.len() as u32)
        .map(MarkerId)
        .filter(|id| !article.resolved(*id))
        .map(|id| article.label(id))
        .collect();
    assert_eq!(lost, ["[nobody99]", "[2, nobody98]"]);
    assert!(article.complaints.iter().any(|c| c.what.starts_with("2 cites lead nowhere")));
}
