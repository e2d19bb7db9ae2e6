//! Bibliographies that nobody here wrote.

use std::fs;
use std::path::{Path, PathBuf};

use ibid::cite::{Read, bibtex, csl_json, ris};

/// Every bibliography below a folder, as it is read.
pub fn bibliographies(corpus: &Path) -> Vec<(PathBuf, Read)> {
    let (mut out, mut left) = (Vec::new(), vec![corpus.to_owned()]);
    while let Some(folder) = left.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                left.push(path);
                continue;
            }
            let text = || String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
            let read = match path.extension().and_then(|e| e.to_str()) {
                Some("bib") => bibtex::read(&text()),
                Some("ris") => ris::read(&text()),
                Some("json") if path.to_string_lossy().contains("csl-json") => {
                    csl_json::read(&text()).unwrap()
                }
                _ => continue,
            };
            out.push((path, read));
        }
    }
    out.sort_by(|a, b| a.0.cmp(&b.0));
    out
}
