//! Pictures beside a Markdown file: a folder named after it, as pandoc's users have it, and links that lead there.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use super::{Files, images, is_local};
use crate::article::{Article, limits, safe};
use crate::cli::Fault;
use crate::import::Error;
use crate::import::bundle::write_folder;
use crate::import::source::Beside;

/// The most characters of a picture's name.
const LONGEST: usize = 100;

/// The pictures of an article on their way to a folder of their own.
pub struct Media {
    /// The folder, beside the text.
    folder: PathBuf,
    files: Files,
}

impl Media {
    /// Takes the pictures that the article shows from where they lie, and leads its links to where they will be. What
    /// is not there stays as it is, and so does everything when both places are one.
    ///
    /// # Errors
    /// When a picture is there but cannot be copied.
    pub fn of(article: &mut Article, place: &Beside, out: &Path) -> Result<Self, Fault> {
        let name = format!("{}_files", out.file_stem().map(safe::name).unwrap_or_default());
        let mut media = Self { folder: out.with_file_name(&name), files: Vec::new() };
        if matches!(place, Beside::Folder(folder) if folder.is_beside(out)) {
            return Ok(media);
        }
        let mut names: BTreeMap<String, Option<String>> = BTreeMap::new();
        for id in images(article) {
            let Some(address) = article.links.get_mut(id.index()) else { continue };
            let Some(path) = is_local(address) else { continue };
            let copied = match names.get(&path) {
                Some(known) => known.clone(),
                None => media.take(&path, place)?,
            };
            if let Some(file) = &copied {
                let rest = address.find(['?', '#']).map_or("", |at| &address[at..]);
                *address = format!("{}/{}{rest}", encoded(&name), encoded(file)).into();
            }
            names.insert(path, copied);
        }
        Ok(media)
    }

    /// Reads a picture, and gives it a name that no other has.
    fn take(&mut self, path: &str, place: &Beside) -> Result<Option<String>, Fault> {
        let bytes = match place.bytes(&path.replace('%', "%25"), limits::ENTRY) {
            Ok(bytes) => bytes,
            Err(Error::System(error)) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(_) if !place.has(path) => return Ok(None),
            Err(error) => return Err(Fault::document(&safe::line(path), &error)),
        };
        let taken: BTreeSet<String> = self.files.iter().map(|(name, _)| name.to_lowercase()).collect();
        let plain = plain(path);
        let (stem, extension) = plain.rsplit_once('.').map_or((plain.as_str(), ""), |(s, e)| (s, e));
        let dot = if extension.is_empty() { "" } else { "." };
        let numbered = (2..).map(|n| format!("{stem}-{n}{dot}{extension}"));
        let mut names = std::iter::once(plain.clone()).chain(numbered);
        let name = names.find(|name| !taken.contains(&name.to_lowercase()));
        self.files.extend(name.clone().map(|name| (name, bytes)));
        Ok(name)
    }

    /// Says what stands in the way of writing them: a folder that is none, or a file that is another's.
    ///
    /// # Errors
    /// When something does.
    pub fn check(&self, force: bool) -> Result<(), Fault> {
        let shown = |path: &Path| safe::name(path.as_os_str());
        let Ok(about) = self.folder.symlink_metadata() else { return Ok(()) };
        if !self.files.is_empty() && !about.is_dir() {
            let what = "is no folder: the pictures of the article would go there";
            return Err(Fault::document(&shown(&self.folder), &what));
        }
        for (name, bytes) in &self.files {
            let path = self.folder.join(name);
            let foreign = match path.symlink_metadata() {
                Err(_) => false,
                Ok(about) => !about.is_file() || std::fs::read(&path).ok().as_ref() != Some(bytes),
            };
            if foreign && !(force && path.is_file()) {
                let what = "is there already and is not this picture: use --force to replace it";
                return Err(Fault::document(&shown(&path), &what));
            }
        }
        Ok(())
    }

    /// Writes them. What else is in the folder stays.
    ///
    /// # Errors
    /// When the system does not let them be written.
    pub fn write(&self) -> io::Result<()> {
        if self.files.is_empty() { Ok(()) } else { write_folder(&self.folder, &self.files) }
    }
}

/// The last part of a path as the name of a file: not hidden, no control, not too long.
fn plain(path: &str) -> String {
    let last = path.rsplit('/').next().unwrap_or("");
    let fine = |c: char| if c.is_control() || "\\:*?\"<>|".contains(c) { '-' } else { c };
    let name: String = safe::line(last).chars().map(fine).collect();
    let name = name.trim_start_matches(['.', ' ']);
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let cut = |text: &str, most: usize| text.chars().take(most).collect::<String>();
    match (stem, extension) {
        ("", "") => "picture".to_owned(),
        (stem, "") => cut(stem, LONGEST),
        (stem, extension) => format!("{}.{}", cut(stem, LONGEST / 2), cut(extension, 10)),
    }
}

/// A name as a part of a link: what has a meaning there is percent-encoded.
fn encoded(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_whitespace() || c.is_control() || "%?#:\\<>\"{}|^`()[]".contains(c) {
            out.extend(c.encode_utf8(&mut [0; 4]).bytes().map(|byte| format!("%{byte:02X}")));
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_pictures_are_plain() {
        for (path, expected) in [
            ("assets/a b.png", "a b.png"),
            ("a/../x", "x"),
            (".htaccess", "htaccess"),
            ("assets/..", "picture"),
            ("c:\\x?.svg", "c--x-.svg"),
            ("a\u{1b}[2J.png", "a␛[2J.png"),
        ] {
            assert_eq!(plain(path), expected, "{path:?}");
        }
        assert!(
            plain(&"x".repeat(400)).len() <= LONGEST
                && plain(&format!("{}.png", "x".repeat(400))).len() <= LONGEST
        );
    }

    #[test]
    fn names_in_links_are_encoded() {
        for name in ["a b#c?.png", "50% (of) [it].png", "a:b", "ä.png"] {
            assert_eq!(crate::import::folder::decoded(&encoded(name)), name);
            assert!(!encoded(name).contains([' ', '#', '?', ':', '(']));
        }
    }
}
