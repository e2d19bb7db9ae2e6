//! Writing a bundle so that nobody ever sees half of it.

use std::fs::Permissions;
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Component, Path, PathBuf};

use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

/// Writes a bundle as a folder. A new folder appears at once; in one that is there, file after file is replaced,
/// the text and `info.json` last, and files that are not named stay as they are.
pub fn write_folder(dir: &Path, files: &[(String, Vec<u8>)]) -> io::Result<()> {
    let files: Vec<(PathBuf, &[u8])> =
        files.iter().map(|(name, bytes)| Ok((inside(name)?, bytes.as_slice()))).collect::<io::Result<_>>()?;
    if dir.symlink_metadata().is_ok() {
        return replace_in(dir, files);
    }
    let new = tempfile::Builder::new().permissions(Permissions::from_mode(0o777)).tempdir_in(parent(dir))?;
    replace_in(new.path(), files)?;
    std::fs::rename(new.keep(), dir)
}

fn replace_in(dir: &Path, mut files: Vec<(PathBuf, &[u8])>) -> io::Result<()> {
    files.sort_by_key(|(name, _)| name.components().count() == 1);
    for (name, bytes) in files {
        let path = dir.join(&name);
        let folder = parent(&path);
        std::fs::create_dir_all(folder)?;
        if !folder.canonicalize()?.starts_with(dir.canonicalize()?) {
            let why = "a folder of the bundle is a link that leads out of it: not followed";
            return Err(io::Error::other(why));
        }
        replace(&path, |file| file.write_all(bytes))?;
    }
    Ok(())
}

/// Writes a bundle as a zip archive (`.textpack`) that holds one folder of this name.
pub fn write_zip(path: &Path, name: &str, files: &[(String, Vec<u8>)]) -> io::Result<()> {
    replace(path, |file| {
        let mut zip = ZipWriter::new(file);
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        for (file, bytes) in files {
            let inner = inside(file)?;
            zip.start_file(format!("{name}/{}", inner.display()), options)?;
            zip.write_all(bytes)?;
        }
        zip.finish().map(|_| ()).map_err(io::Error::other)
    })
}

/// Writes a single file, which appears when it is whole.
pub fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    replace(path, |file| file.write_all(bytes))
}

/// Writes a file under another name in the same folder, and renames it when it is whole.
fn replace(path: &Path, write: impl FnOnce(&mut std::fs::File) -> io::Result<()>) -> io::Result<()> {
    let mode = path.metadata().map_or(0o666, |found| found.permissions().mode());
    let mut file =
        tempfile::Builder::new().permissions(Permissions::from_mode(mode)).tempfile_in(parent(path))?;
    write(file.as_file_mut())?;
    // Those of a new file are as the user's mask has them; those of an old one are kept.
    if path.exists() {
        file.as_file().set_permissions(Permissions::from_mode(mode & 0o7777))?;
    }
    file.as_file().sync_all()?;
    file.persist(path).map(|_| ()).map_err(|e| e.error)
}

fn parent(path: &Path) -> &Path {
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The path of a file in a bundle; only names that stay inside it are written.
fn inside(name: &str) -> io::Result<PathBuf> {
    let path = Path::new(name);
    let plain = !name.is_empty() && path.components().all(|c| matches!(c, Component::Normal(_)));
    if plain {
        Ok(path.to_owned())
    } else {
        Err(io::Error::other("a file name that leads out of the bundle"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(list: &[(&str, &str)]) -> Vec<(String, Vec<u8>)> {
        list.iter().map(|(n, t)| ((*n).to_owned(), t.as_bytes().to_vec())).collect()
    }

    #[test]
    fn what_is_not_named_stays() {
        let dir = tempfile::tempdir().unwrap();
        let bundle = dir.path().join("b.textbundle");
        write_folder(&bundle, &files(&[("text.md", "one"), ("assets/a.png", "A")])).unwrap();
        write_folder(&bundle, &files(&[("text.md", "two")])).unwrap();
        let read = |name: &str| std::fs::read_to_string(bundle.join(name)).unwrap();
        assert_eq!((read("text.md"), read("assets/a.png")), ("two".to_owned(), "A".to_owned()));
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1, "nothing is left lying about");
    }

    #[test]
    fn nothing_is_written_outside() {
        let dir = tempfile::tempdir().unwrap();
        let bundle = dir.path().join("b.textbundle");
        for name in ["../out", "/out", "", "a/../../out"] {
            assert!(write_folder(&bundle, &files(&[(name, "x")])).is_err(), "{name}");
        }
        std::fs::create_dir(&bundle).unwrap();
        std::os::unix::fs::symlink("..", bundle.join("assets")).unwrap();
        assert!(write_folder(&bundle, &files(&[("assets/out", "x")])).is_err());
        assert!(!dir.path().join("out").exists());
    }
}
