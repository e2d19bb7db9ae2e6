//! Pages of Wikipedia: the cases.

use std::path::Path;

use ibid::import::{Source, read};

use super::dump::dump;

#[test]
fn cases_become_what_they_should() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/wikipedia");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e != "expected"));
    paths.sort();
    assert!(paths.len() >= 4, "the cases are not where they should be");
    for path in paths {
        let article = read(Source::open(&path).unwrap()).unwrap();
        assert_eq!(article.meta.format, "wikipedia-html", "{}", path.display());
        let mut found = dump(&article);
        for reference in &article.references {
            let parent = reference.parent.map_or("", |p| &article.references[p.index()].id);
            let csl = serde_json::to_string(&reference.csl).unwrap();
            found
                .push_str(&format!("reference {} [{}] of {parent:?} {csl}\n", reference.id, reference.label));
        }
        let expected = path.with_extension("expected");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&expected, &found).unwrap();
        }
        let wanted = std::fs::read_to_string(&expected).unwrap_or_default();
        assert_eq!(found, wanted, "{}:\n{found}", path.display());
    }
}
