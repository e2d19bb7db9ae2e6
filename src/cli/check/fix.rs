//! `--fix`: the changes that are safe, proven by reading what they make before it is written.

use std::path::Path;

use super::document::{Document, File};
use super::finding::{Edit, Finding};
use super::prove;
use crate::cli::Fault;
use crate::import::bundle::write_file;

/// Makes the changes that findings offer, and gives back those that were made.
///
/// # Errors
/// When a file cannot be written, or holds what would not be written back as it was.
pub fn mend(document: &Document, findings: &[Finding]) -> Result<Vec<Finding>, Fault> {
    let mut made = Vec::new();
    for (at, file) in document.files.iter().enumerate() {
        let mut offered: Vec<(&Finding, &Edit)> =
            findings.iter().filter(|f| f.file == at).filter_map(|f| Some((f, f.fix.as_ref()?))).collect();
        offered.sort_by_key(|(_, edit)| (edit.range.start, edit.range.end));
        let mut end = 0;
        offered.retain(|(_, edit)| {
            let apart = edit.range.start >= end;
            end = if apart { edit.range.end } else { end };
            apart
        });
        if offered.is_empty() {
            continue;
        }
        let edits: Vec<&Edit> = offered.iter().map(|(_, edit)| *edit).collect();
        write(document, at, file, &edits)?;
        let told = offered.iter().map(|(f, edit)| Finding { what: edit.what.clone(), ..(*f).clone() });
        made.extend(told);
    }
    Ok(made)
}

fn write(document: &Document, at: usize, file: &File, edits: &[&Edit]) -> Result<(), Fault> {
    let fault = |what: &dyn std::fmt::Display| Fault::document(&file.name, what);
    let path = file.path.as_deref().ok_or_else(|| fault(&"cannot be changed where it is"))?;
    // A link stays one, and leads to what has been changed.
    let path = path.canonicalize().map_err(|error| fault(&error))?;
    let mark = bytes_before(&path, file).map_err(|error| fault(&error))?;
    let text = edited(&file.text, edits);
    let proven =
        if at == 0 { prove::article(document, &text, edits) } else { prove::works(&file.text, &text, edits) };
    if !proven {
        return Err(fault(&"was left as it is: with the changes it would not read the same"));
    }
    let bytes = [mark.as_slice(), text.as_bytes()].concat();
    write_file(&path, &bytes).map_err(|error| fault(&format!("cannot be written: {error}")))
}

/// The byte order mark of the file, when the rest of it is the text that was looked at, byte for byte.
fn bytes_before(path: &Path, file: &File) -> Result<Vec<u8>, String> {
    const MARK: &[u8] = "\u{feff}".as_bytes();
    let bytes = std::fs::read(path).map_err(|error| format!("cannot be read: {error}"))?;
    let rest = bytes.strip_prefix(MARK).unwrap_or(&bytes);
    if rest == file.text.as_bytes() {
        Ok(bytes[..bytes.len() - rest.len()].to_vec())
    } else {
        Err("cannot be changed: it is not UTF-8, or was changed meanwhile".to_owned())
    }
}

/// A text with changes that are ordered and do not overlap.
fn edited(text: &str, edits: &[&Edit]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut taken = 0;
    for edit in edits {
        out.push_str(&text[taken..edit.range.start]);
        out.push_str(&edit.put);
        taken = edit.range.end;
    }
    out.push_str(&text[taken..]);
    out
}
