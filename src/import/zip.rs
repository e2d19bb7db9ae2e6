//! A zip archive read in memory: never unpacked to disk, every byte counted, nothing believed that its fields say.

use std::io::Read;
use std::sync::{Arc, Mutex, PoisonError};

use zip::result::ZipError;

use super::Error;
use super::source::ReadSeek;
use crate::article::{limits, safe};

/// An archive whose files can be read by name.
#[derive(Clone)]
pub struct Archive {
    inner: Arc<Mutex<Inner>>,
    names: Arc<[(String, usize)]>,
}

struct Inner {
    zip: zip::ZipArchive<Box<dyn ReadSeek>>,
    /// How many more bytes may be unpacked.
    left: usize,
}

impl Archive {
    /// Opens an archive and checks its directory.
    pub fn open(mut bytes: Box<dyn ReadSeek>) -> Result<Self, Error> {
        let length = bytes.seek(std::io::SeekFrom::End(0))?;
        bytes.rewind()?;
        let mut zip = zip::ZipArchive::new(bytes).map_err(|e| said(&e))?;
        if zip.len() > limits::ENTRIES.most {
            return Err(Error::over(limits::ENTRIES));
        }
        if zip.is_empty() {
            let why = if length > 22 { "its directory is damaged" } else { "it is empty" };
            return Err(Error::Zip(why.to_owned()));
        }
        let mut names = Vec::new();
        let mut bodies = Vec::new();
        for at in 0..zip.len() {
            let file = zip.by_index_raw(at).map_err(|e| said(&e))?;
            bodies.push((file.data_start().unwrap_or(0), file.compressed_size()));
            // Neither folders nor links are files; names that lead out of the archive are no names.
            if let Some(name) = file.enclosed_name()
                && file.is_file()
            {
                names.push((name.to_string_lossy().replace('\\', "/"), at));
            }
        }
        refuse_overlap(bodies)?;
        let inner = Inner { zip, left: limits::ARCHIVE.most };
        Ok(Self { inner: Arc::new(Mutex::new(inner)), names: names.into() })
    }

    /// The names of its files, in the order of its directory.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|(name, _)| name.as_str())
    }

    /// True when it holds a file of this name.
    pub fn has(&self, name: &str) -> bool {
        self.names().any(|n| n == name)
    }

    /// Unpacks a file. Where several have the same name, the last counts.
    pub fn read(&self, name: &str) -> Result<Vec<u8>, Error> {
        let found = self.names.iter().rfind(|(n, _)| n == name);
        let &(_, at) = found.ok_or_else(|| Error::System(std::io::ErrorKind::NotFound.into()))?;
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let Inner { zip, left } = &mut *inner;
        let file = zip.by_index(at).map_err(|e| said(&e))?;
        let ratio = usize::try_from(file.compressed_size()).unwrap_or(0).saturating_mul(limits::RATIO.most);
        let by_ratio = ratio.max(1 << 20);
        let most = limits::ENTRY.most.min(*left).min(by_ratio);
        let mut bytes = Vec::new();
        let read = file.take(most as u64 + 1).read_to_end(&mut bytes);
        *left = left.saturating_sub(bytes.len());
        if bytes.len() <= most {
            read.map_err(|e| Error::Zip(format!("{}: {e}", safe::line(name))))?;
            return Ok(bytes);
        }
        Err(Error::over(match most {
            _ if most == by_ratio => limits::RATIO,
            _ if most == limits::ENTRY.most => limits::ENTRY,
            _ => limits::ARCHIVE,
        }))
    }
}

/// Files of an honest archive lie one behind another.
fn refuse_overlap(mut bodies: Vec<(u64, u64)>) -> Result<(), Error> {
    bodies.retain(|(_, length)| *length > 0);
    bodies.sort_unstable();
    let overlap = bodies.windows(2).any(|pair| pair[0].0.saturating_add(pair[0].1) > pair[1].0);
    if overlap { Err(Error::Zip("its files overlap".to_owned())) } else { Ok(()) }
}

fn said(error: &ZipError) -> Error {
    let what = match error {
        ZipError::UnsupportedArchive(why) if why.to_lowercase().contains("password") => {
            "it is encrypted: unpack it with its password first".to_owned()
        }
        ZipError::InvalidArchive(why) => format!("it is damaged or cut short ({})", safe::line(why)),
        other => safe::line(&other.to_string()).into_owned(),
    };
    Error::Zip(what)
}
