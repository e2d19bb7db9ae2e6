//! TextBundle, folder or zip (`.textpack`), versions 1 and 2: `info.json`, `text.*` and `assets/`.
//!
//! The text is `text.md`, or else `text.markdown`, or else the first `text.*` by name. Nothing else is read but
//! `info.json`, and the bibliography that the text asks for.

mod info;
mod write;

pub use info::{Info, KEY, Ours, rewrite};
pub use write::{write_file, write_folder, write_zip};

use super::source::Beside;
use super::zip::Archive;
use super::{Error, Opening, Patience, Source, formats};
use crate::article::{Complaint, Part, limits, safe};

/// The name of the format.
pub const NAME: &str = "bundle";

/// True for a folder and for a zip archive.
pub fn sniff(source: &mut Source) -> bool {
    source.is_bundle() || source.is_zip()
}

/// Opens the bundle's text, with what `info.json` says of it.
pub fn open(source: Source, patience: Patience) -> Result<Opening, Error> {
    let place = if source.is_zip() { in_archive(source)? } else { source.beside().clone() };
    let names = place.names()?;
    let (mut info, mut complaints) = match place.read("info.json", limits::FRONT_MATTER) {
        Ok(text) => info::parse(&text),
        Err(error) => (Info::default(), vec![Complaint::in_file("info.json", error.to_string())]),
    };
    let name = text_name(&names).ok_or_else(|| {
        Error::Bundle("a folder or archive without a text (text.md): name the file to read".to_owned())
    })?;
    let inner = text_source(&place, name)
        .map_err(|error| Error::Bundle(format!("the bundle's {}: {error}", safe::line(name))))?;
    let opening = open_text(inner, &info, patience)?;
    info.source_url = web_address(&info.source_url);
    Ok(opening.each_part(move |part: &mut Part| {
        part.complaints.append(&mut complaints);
        let meta = &mut part.meta;
        meta.format = NAME;
        for (field, known) in [
            (&mut meta.title, &info.title),
            (&mut meta.language, &info.language),
            (&mut meta.source, &info.source_url),
        ] {
            if field.is_empty() {
                *field = safe::line(known).into_owned();
            }
        }
    }))
}

/// Where the files of a bundle are; `None` for a document that is none.
///
/// # Errors
/// When an archive cannot be read, or holds no bundle.
pub fn place(source: Source) -> Result<Option<Beside>, Error> {
    match (source.is_zip(), source.is_bundle()) {
        (true, _) => in_archive(source).map(Some),
        (false, true) => Ok(Some(source.beside().clone())),
        (false, false) => Ok(None),
    }
}

/// The name of the text among the files of a bundle.
pub fn text_of(place: &Beside) -> Option<String> {
    text_name(&place.names().ok()?).map(str::to_owned)
}

/// The text is Markdown, unless the bundle says that it is of another kind.
fn open_text(inner: Source, info: &Info, patience: Patience) -> Result<Opening, Error> {
    let plain = matches!(info.kind.as_str(), "public.plain-text" | "public.text" | "public.utf8-plain-text")
        || inner.extension() == "txt";
    if plain { formats::open(inner, patience) } else { formats::open_markdown(inner, patience) }
}

fn text_source(place: &Beside, name: &str) -> Result<Source, Error> {
    match place {
        Beside::Folder(folder) => Source::beneath(folder, name),
        _ => Source::within(name, place.bytes(name, limits::TEXT)?.into(), place.clone()),
    }
}

/// Which file is the text: `text.md`, `text.markdown`, or the first `text.*` by name. Small letters come first.
fn text_name(names: &[String]) -> Option<&str> {
    let exact = |wanted: &str| names.iter().find(|n| *n == wanted);
    let alike = |wanted: &str| names.iter().find(|n| n.eq_ignore_ascii_case(wanted));
    let is_text = |n: &&String| n.to_ascii_lowercase().starts_with("text.");
    let found = ["text.md", "text.markdown"].iter().find_map(|name| exact(name).or_else(|| alike(name)));
    found.or_else(|| names.iter().filter(is_text).min()).map(String::as_str)
}

/// The bundle in an archive: its files at the top, or in the one folder that is a bundle.
fn in_archive(source: Source) -> Result<Beside, Error> {
    let bytes = source.into_zip().ok_or_else(|| Error::Zip("it cannot be read".to_owned()))?;
    let archive = Archive::open(bytes)?;
    let mut prefixes: Vec<&str> = archive.names().filter_map(prefix_of).collect();
    prefixes.sort_unstable();
    prefixes.dedup();
    match prefixes[..] {
        [prefix] => {
            let prefix = prefix.to_owned();
            Ok(Beside::Archive(archive, prefix))
        }
        [] => Err(not_a_bundle(&archive)),
        _ => Err(Error::Bundle(format!(
            "an archive of {} bundles: unpack it, and open one of them",
            prefixes.len()
        ))),
    }
}

/// The folder of a bundle, by the name of its text; what macOS adds is left out.
fn prefix_of(name: &str) -> Option<&str> {
    let at = name.rfind('/').map_or(0, |at| at + 1);
    let (prefix, file) = name.split_at(at);
    let text = file.to_ascii_lowercase().starts_with("text.") && !prefix.starts_with("__MACOSX");
    (text
        && (prefix.is_empty()
            || prefix.ends_with(".textbundle/")
            || !prefix.trim_end_matches('/').contains('/')))
    .then_some(prefix)
}

fn not_a_bundle(archive: &Archive) -> Error {
    if archive.has("META-INF/container.xml") || archive.has("mimetype") {
        return Error::NotYet("this looks like an EPUB or OpenDocument file");
    }
    if archive.has("[Content_Types].xml") {
        return Error::Binary("it looks like an Office document");
    }
    Error::Bundle("a zip archive without a TextBundle in it: unpack it, and open one of its files".to_owned())
}

/// An address on the web; where a file lay on someone's machine is nobody's business.
fn web_address(address: &str) -> String {
    let is_web = address.starts_with("https://") || address.starts_with("http://");
    if is_web { safe::address(address) } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_found_by_the_rule() {
        let cases: [(&[&str], Option<&str>); 6] = [
            (&["info.json", "text.markdown", "text.md"], Some("text.md")),
            (&["text.a", "text.markdown"], Some("text.markdown")),
            (&["text.txt", "text.rst", "texts.md"], Some("text.rst")),
            (&["TEXT.MD", "text.markdown"], Some("TEXT.MD")),
            (&["TEXT.MD", "text.md"], Some("text.md")),
            (&["info.json", "text"], None),
        ];
        for (names, expected) in cases {
            let names: Vec<String> = names.iter().map(|n| (*n).to_owned()).collect();
            assert_eq!(text_name(&names), expected, "{names:?}");
        }
    }

    #[test]
    fn a_bundle_in_an_archive_is_found() {
        let cases = [
            ("text.md", Some("")),
            ("A b.textbundle/text.markdown", Some("A b.textbundle/")),
            ("backup/x.textbundle/text.md", Some("backup/x.textbundle/")),
            ("__MACOSX/A b.textbundle/._text.md", None),
            ("__MACOSX/text.md", None),
            ("a/b/text.md", None),
            ("A.textbundle/assets/text", None),
        ];
        for (name, expected) in cases {
            assert_eq!(prefix_of(name), expected, "{name}");
        }
    }

    #[test]
    fn a_folder_and_its_zip_are_the_same_article() {
        let dir = tempfile::tempdir().unwrap();
        let info = rewrite(None, &Ours { source: "https://a.example/".into(), ..Ours::default() });
        let files = [
            ("info.json".to_owned(), info.into_bytes()),
            ("text.md".to_owned(), b"First.\n\nSecond.\n".to_vec()),
        ];
        let folder = dir.path().join("a.textbundle");
        let pack = dir.path().join("a.textpack");
        write_folder(&folder, &files).unwrap();
        write_zip(&pack, "a.textbundle", &files).unwrap();
        for path in [&folder, &pack] {
            let article = crate::import::read(Source::open(path).unwrap()).unwrap();
            assert_eq!(article.meta.source, "https://a.example/");
            assert_eq!((article.meta.format, article.len()), ("bundle", 2));
            assert_eq!(article.complaints, []);
        }
    }
}
