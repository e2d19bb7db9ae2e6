//! The formulas of real pages, where they are at hand: what share of them can be read without TeX.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use regex::Regex;

use super::super::{display, inline};

/// Every file below a folder.
fn files(root: &Path) -> Vec<PathBuf> {
    let (mut found, mut folders) = (Vec::new(), vec![root.to_path_buf()]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { &mut folders } else { &mut found }.push(path);
        }
    }
    found.sort();
    found
}

/// The TeX of the formulas in a page, as attributes and annotations hold it.
fn formulas(page: &str) -> Vec<String> {
    let held = Regex::new(
        r#"(?s)alttext=\\?"(.*?)\\?"|<annotation encoding=\\?"application/x-tex\\?">(.*?)</annotation>"#,
    )
    .unwrap();
    let in_script = page.contains(r#"alttext=\""#) || page.contains(r"{\\displaystyle");
    let found = held.captures_iter(page).filter_map(|c| c.get(1).or(c.get(2)).map(|m| m.as_str().to_owned()));
    let plain = |tex: String| if in_script { tex.replace(r"\\", r"\") } else { tex };
    found.map(plain).map(|tex| unescaped(&tex)).filter(|tex| !tex.is_empty()).collect()
}

fn unescaped(tex: &str) -> String {
    let pairs =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&amp;", "&")];
    pairs.iter().fold(tex.to_owned(), |tex, (entity, c)| tex.replace(entity, c))
}

#[test]
fn formulas_of_real_pages_read_without_tex() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    if !root.is_dir() {
        assert!(std::env::var("CI").is_err(), "the corpus is missing");
        println!("skipped: the corpus is missing");
        return;
    }
    let mut all = BTreeSet::new();
    for path in ["wikipedia-html", "arxiv-html"].iter().flat_map(|folder| files(&root.join(folder))) {
        all.extend(formulas(&String::from_utf8_lossy(&std::fs::read(path).unwrap())));
    }
    let read = |show: fn(&str) -> String| all.iter().filter(|tex| !show(tex).contains('\\')).count();
    let (inlined, drawn) = (read(inline), read(display));
    println!("{} formulas; without a backslash: inline {inlined}, display {drawn}", all.len());
    for tex in all.iter().filter(|tex| display(tex).contains('\\')) {
        println!("as TeX: {tex}");
    }
    assert!(!all.is_empty());
    assert!(inlined * 100 >= all.len() * 90 && drawn * 100 >= all.len() * 90);
}
