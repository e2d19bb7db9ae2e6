//! A folder whose files are opened by relative paths that cannot lead out of it.

use std::fs::File;
use std::path::{Component, Path, PathBuf};

use rustix::fs::{Mode, OFlags};

use super::Error;
use crate::article::safe;

/// How files are opened: a pipe without a writer must not make the reader wait.
pub const READING: OFlags =
    OFlags::RDONLY.union(OFlags::NONBLOCK).union(OFlags::CLOEXEC).union(OFlags::NOCTTY);

/// A folder.
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// The folder at this path. The path itself is the user's, and may lead over links.
    pub fn at(path: &Path) -> Self {
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        Self { path: path.to_owned() }
    }

    /// Opens a regular file in it, and tells its length. Links are not followed on the way.
    pub fn open(&self, relative: &str) -> Result<(File, u64), Error> {
        let inside = plain_path(relative).ok_or_else(|| leaves(relative))?;
        let file = self.open_beneath(&inside, relative)?;
        let length = regular(&file)?;
        Ok((file, length))
    }

    /// True when a file of this path lies, or would lie, in the folder itself.
    pub fn is_beside(&self, file: &Path) -> bool {
        let folder = file.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        matches!((self.path.canonicalize(), folder.canonicalize()), (Ok(a), Ok(b)) if a == b)
    }

    /// The names of the files in the folder itself, sorted. Names that are not UTF-8 are left out.
    pub fn names(&self) -> Result<Vec<String>, Error> {
        let entries = std::fs::read_dir(&self.path)?.take(crate::article::limits::ENTRIES.most);
        let mut names: Vec<String> = entries.filter_map(|e| e.ok()?.file_name().into_string().ok()).collect();
        names.sort_unstable();
        Ok(names)
    }

    /// The names of the files in a folder of it and in the folders in that, as paths from here. Links are left out.
    pub fn names_in(&self, folder: &str) -> Result<Vec<String>, Error> {
        let (mut found, mut open) = (Vec::new(), vec![folder.to_owned()]);
        while let Some(folder) = open.pop() {
            let Ok(entries) = std::fs::read_dir(self.path.join(&folder)) else { continue };
            for entry in entries.flatten() {
                let Ok(name) = entry.file_name().into_string() else { continue };
                let Ok(kind) = entry.file_type() else { continue };
                let path = format!("{folder}/{name}");
                match kind {
                    kind if kind.is_dir() => open.push(path),
                    kind if kind.is_file() => found.push(path),
                    _ => {}
                }
                if found.len() + open.len() > crate::article::limits::ENTRIES.most {
                    return Err(Error::over(crate::article::limits::ENTRIES));
                }
            }
        }
        Ok(found)
    }

    #[cfg(target_os = "linux")]
    fn open_beneath(&self, inside: &Path, relative: &str) -> Result<File, Error> {
        use rustix::fs::ResolveFlags;
        use rustix::io::Errno;
        let folder = rustix::fs::open(&self.path, OFlags::PATH | OFlags::CLOEXEC, Mode::empty())?;
        let resolve = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS | ResolveFlags::NO_MAGICLINKS;
        match rustix::fs::openat2(&folder, inside, READING, Mode::empty(), resolve) {
            Ok(file) => Ok(file.into()),
            Err(Errno::LOOP | Errno::XDEV) => Err(leaves(relative)),
            Err(Errno::NOSYS | Errno::PERM | Errno::INVAL) => self.open_checked(inside, relative),
            Err(other) => Err(other.into()),
        }
    }

    #[cfg(not(target_os = "linux"))]
    fn open_beneath(&self, inside: &Path, relative: &str) -> Result<File, Error> {
        self.open_checked(inside, relative)
    }

    /// For systems without `openat2`: looks at every part of the path before it is opened.
    fn open_checked(&self, inside: &Path, relative: &str) -> Result<File, Error> {
        let root = self.path.canonicalize()?;
        let mut path = root.clone();
        for part in inside {
            path.push(part);
            if std::fs::symlink_metadata(&path)?.is_symlink() {
                return Err(leaves(relative));
            }
        }
        if !path.canonicalize()?.starts_with(&root) {
            return Err(leaves(relative));
        }
        let file = rustix::fs::open(&path, READING | OFlags::NOFOLLOW, Mode::empty())?;
        Ok(file.into())
    }
}

/// The length of a file, which must be a regular one.
pub fn regular(file: &File) -> Result<u64, Error> {
    let found = file.metadata()?;
    if found.is_file() { Ok(found.len()) } else { Err(Error::NotRegular(kind_of(&found))) }
}

fn kind_of(found: &std::fs::Metadata) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    let kind = found.file_type();
    match () {
        () if kind.is_dir() => "a folder",
        () if kind.is_fifo() => "a named pipe",
        () if kind.is_socket() => "a socket",
        () => "a device",
    }
}

/// A relative path without `..`, after percent-decoding (names in documents are written as URLs).
fn plain_path(relative: &str) -> Option<PathBuf> {
    let bad = |p: &str| p.is_empty() || p.contains(['\0', '\\']);
    if bad(relative) {
        return None;
    }
    let mut path = PathBuf::new();
    for part in Path::new(relative).components() {
        match part {
            Component::Normal(name) => path.push(name),
            Component::CurDir => {}
            _ => return None,
        }
    }
    (!path.as_os_str().is_empty()).then_some(path)
}

/// A path as a document writes it: percent-encoded bytes decoded, where that gives text.
pub fn decoded(written: &str) -> String {
    let bytes = written.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = bytes.get(at + 1..at + 3).and_then(|d| std::str::from_utf8(d).ok());
        match code.and_then(|d| u8::from_str_radix(d, 16).ok()) {
            Some(byte) if bytes[at] == b'%' => {
                out.push(byte);
                at += 3;
            }
            _ => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| written.to_owned())
}

fn leaves(relative: &str) -> Error {
    Error::Leaves(safe::line(relative).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside() {
        let cases = [
            ("a.json", Some("a.json")),
            ("./assets/a.json", Some("assets/a.json")),
            ("assets//a", Some("assets/a")),
            ("../a", None),
            ("a/../../b", None),
            ("/etc/passwd", None),
            ("", None),
            (".", None),
            ("a\\..\\b", None),
        ];
        for (written, expected) in cases {
            assert_eq!(plain_path(written), expected.map(PathBuf::from), "{written:?}");
        }
    }

    #[test]
    fn percent_signs_are_decoded_once() {
        let cases =
            [("a%20b", "a b"), ("%2e%2e/x", "../x"), ("100%", "100%"), ("%252e", "%2e"), ("%ff", "%ff")];
        for (written, expected) in cases {
            assert_eq!(decoded(written), expected);
        }
    }

    #[test]
    fn links_are_not_followed() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("inner");
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(dir.path().join("secret"), "s").unwrap();
        std::fs::write(folder.join("open"), "o").unwrap();
        std::os::unix::fs::symlink("../secret", folder.join("out")).unwrap();
        std::os::unix::fs::symlink("loop", folder.join("loop")).unwrap();
        let folder = Folder::at(&folder);
        assert_eq!(folder.open("open").unwrap().1, 1);
        for (name, error) in [("out", "leads out"), ("loop", "leads out"), ("none", "no such file")] {
            let both = [folder.open(name).map(|f| f.0), folder.open_checked(Path::new(name), name)];
            for found in both {
                let said = found.unwrap_err().to_string();
                assert!(said.contains(error) || said.contains("itself"), "{name}: {said}");
            }
        }
        assert_eq!(folder.names().unwrap(), ["loop", "open", "out"]);
        assert_eq!(Folder::at(dir.path()).names_in("inner").unwrap(), ["inner/open"]);
        assert!(folder.names_in("nothing").unwrap().is_empty());
    }
}
