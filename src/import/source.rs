//! Where a document's bytes come from: a file, a bundle's folder, a zip archive, standard input, or the program itself.

use std::borrow::Cow;
use std::fs::File;
use std::io::{Cursor, Read, Seek, SeekFrom};
use std::os::fd::OwnedFd;
use std::path::Path;

use rustix::fs::Mode;

use super::decode::{self, Damage, Decoder, Encoding};
use super::folder::{self, Folder};
use super::shipped::Shipped;
use super::zip::Archive;
use super::{Error, looks};
use crate::article::{limits, safe};

/// How much is read before anything is shown, in bytes.
pub const HEAD: usize = 16 << 10;

/// A document's bytes. The beginning has been read; the rest comes when it is asked for.
pub struct Source {
    /// What it is called in messages: the last part of its path.
    name: String,
    extension: String,
    body: Body,
    beside: Beside,
}

enum Body {
    /// A folder that may be a bundle, or a bundle that ships with the program.
    Bundle,
    /// A zip archive, not opened yet.
    Zip(Box<dyn ReadSeek>),
    /// A text.
    Text(Text),
}

/// What an archive is read from.
pub trait ReadSeek: Read + Seek + Send {}
impl<T: Read + Seek + Send> ReadSeek for T {}

struct Text {
    stream: Box<dyn ReadSeek>,
    encoding: Encoding,
    head: String,
    /// Bytes that were read, and of these, those that are not decoded yet.
    read: usize,
    raw: Vec<u8>,
    whole: bool,
    damage: Damage,
}

/// Where files lie that a document names.
#[derive(Clone)]
pub enum Beside {
    /// It has come without any.
    Nothing,
    /// In its folder, or in the folder of its bundle.
    Folder(Folder),
    /// In the archive, under this prefix.
    Archive(Archive, String),
    /// In the program.
    Shipped(&'static Shipped),
}

impl Source {
    /// Opens a file or a folder. Pipes and devices are refused before anything is read from them.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let file: File = rustix::fs::open(path, folder::READING, Mode::empty())?.into();
        let name = path.file_name().map(safe::name).unwrap_or_default();
        let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
        if file.metadata()?.is_dir() {
            let beside = Beside::Folder(Folder::at(path));
            return Ok(Self { name, extension, body: Body::Bundle, beside });
        }
        let length = folder::regular(&file)?;
        let beside = Beside::Folder(Folder::at(path.parent().unwrap_or(Path::new("."))));
        let body = Body::of(Box::new(file), length)?;
        Ok(Self { name, extension, body, beside })
    }

    /// Bytes that have been read already, with no files beside them.
    pub fn bytes(name: &str, bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self, Error> {
        Self::within(name, bytes.into(), Beside::Nothing)
    }

    /// Reads a stream (standard input) to its end, up to the limit for text.
    pub fn input(input: impl Read) -> Result<Self, Error> {
        let mut bytes = Vec::new();
        input.take(limits::TEXT.most as u64 + 1).read_to_end(&mut bytes)?;
        if bytes.len() > limits::TEXT.most {
            return Err(Error::over(limits::TEXT));
        }
        Self::bytes("standard input", bytes)
    }

    /// Standard input where it is a file, at its beginning; `None` for a pipe or a terminal.
    pub fn redirected(input: OwnedFd) -> Result<Option<Self>, Error> {
        let mut file = File::from(input);
        let about = file.metadata()?;
        if !about.is_file() || file.stream_position()? > 0 {
            return Ok(None);
        }
        let body = Body::of(Box::new(file), about.len())?;
        Ok(Some(Self {
            name: "standard input".to_owned(),
            extension: String::new(),
            body,
            beside: Beside::Nothing,
        }))
    }

    /// An article that ships with the program.
    pub fn shipped(article: &'static Shipped) -> Self {
        Self {
            name: article.name.to_owned(),
            extension: String::new(),
            body: Body::Bundle,
            beside: Beside::Shipped(article),
        }
    }

    /// A file of a bundle, already read.
    pub fn within(name: &str, bytes: Cow<'static, [u8]>, beside: Beside) -> Result<Self, Error> {
        let length = bytes.len() as u64;
        let body = Body::of(Box::new(Cursor::new(bytes)), length)?;
        Ok(Self { name: safe::line(name).into_owned(), extension: extension_of(name), body, beside })
    }

    /// A file of a bundle's folder.
    pub fn beneath(folder: &Folder, name: &str) -> Result<Self, Error> {
        let (file, length) = folder.open(name)?;
        let body = Body::of(Box::new(file), length)?;
        let beside = Beside::Folder(folder.clone());
        Ok(Self { name: safe::line(name).into_owned(), extension: extension_of(name), body, beside })
    }

    /// What it is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The end of its name after the last dot, in lower case.
    pub fn extension(&self) -> &str {
        &self.extension
    }

    /// True for a folder, or what ships with the program in the form of one.
    pub fn is_bundle(&self) -> bool {
        matches!(self.body, Body::Bundle)
    }

    /// True for a zip archive.
    pub fn is_zip(&self) -> bool {
        matches!(self.body, Body::Zip(_))
    }

    /// The archive's bytes.
    pub fn into_zip(self) -> Option<Box<dyn ReadSeek>> {
        if let Body::Zip(bytes) = self.body { Some(bytes) } else { None }
    }

    /// Where files lie that the document names.
    pub fn beside(&self) -> &Beside {
        &self.beside
    }

    /// The beginning of the text, up to [`HEAD`] bytes of the file; nothing for a folder or archive.
    pub fn head(&self) -> &str {
        if let Body::Text(text) = &self.body { &text.head } else { "" }
    }

    /// True when the head is everything.
    pub fn is_whole(&self) -> bool {
        !matches!(&self.body, Body::Text(text) if !text.whole)
    }

    /// How much of the text was damaged so far; goes on counting while the rest is read.
    pub fn damage(&self) -> Damage {
        if let Body::Text(text) = &self.body { text.damage.clone() } else { Damage::default() }
    }

    /// The end of the text, at least its last line, and at most this many bytes; empty when the head is everything.
    pub fn tail(&mut self, most: usize) -> Result<String, Error> {
        let Body::Text(text) = &mut self.body else { return Ok(String::new()) };
        if text.whole {
            return Ok(String::new());
        }
        let length = text.stream.seek(SeekFrom::End(0))?;
        let start = length.saturating_sub(most as u64).max(text.read as u64) & !1;
        text.stream.seek(SeekFrom::Start(start))?;
        let mut bytes = Vec::new();
        (&mut text.stream).take(most as u64 + 1).read_to_end(&mut bytes)?;
        text.stream.seek(SeekFrom::Start(text.read as u64))?;
        let mut tail = String::new();
        decode::decode(text.encoding, &bytes, true, &mut tail, &Damage::default());
        Ok(tail.split_once('\n').map(|(_, rest)| rest.to_owned()).unwrap_or_default())
    }

    /// The whole text, without taking it: nothing for a folder or archive.
    pub fn text_again(&mut self) -> Result<String, Error> {
        let Body::Text(text) = &mut self.body else { return Ok(String::new()) };
        let mut whole = text.head.clone();
        if !text.whole {
            let (stream, raw) = (&mut text.stream, text.raw.clone());
            Decoder::new(stream, text.encoding, Damage::default(), raw, text.read)
                .read_to_string(&mut whole)
                .map_err(Error::of)?;
            text.stream.seek(SeekFrom::Start(text.read as u64))?;
        }
        Ok(whole)
    }

    /// The head, and a reader for what follows it (UTF-8, whatever the file's encoding).
    pub fn into_text(self) -> (String, Option<Box<dyn Read + Send>>) {
        let Body::Text(text) = self.body else { return (String::new(), None) };
        let rest = Decoder::new(text.stream, text.encoding, text.damage, text.raw, text.read);
        let rest: Option<Box<dyn Read + Send>> = if text.whole { None } else { Some(Box::new(rest)) };
        (text.head, rest)
    }

    /// The file as it is: nothing for a folder or archive.
    pub fn into_bytes(self) -> Result<Vec<u8>, Error> {
        let Body::Text(mut text) = self.body else { return Ok(Vec::new()) };
        text.stream.seek(SeekFrom::Start(0))?;
        let mut bytes = Vec::new();
        (&mut text.stream).take(limits::TEXT.most as u64 + 1).read_to_end(&mut bytes)?;
        if bytes.len() > limits::TEXT.most { Err(Error::over(limits::TEXT)) } else { Ok(bytes) }
    }

    /// The whole text.
    pub fn into_whole(self) -> Result<String, Error> {
        let (mut text, rest) = self.into_text();
        if let Some(mut rest) = rest {
            rest.read_to_string(&mut text).map_err(Error::of)?;
        }
        Ok(text)
    }
}

impl Body {
    fn of(mut stream: Box<dyn ReadSeek>, length: u64) -> Result<Self, Error> {
        let mut raw = Vec::new();
        (&mut stream).take(HEAD as u64).read_to_end(&mut raw)?;
        if looks::is_zip(&raw) {
            stream.seek(SeekFrom::Start(0))?;
            return Ok(Self::Zip(Box::new(stream)));
        }
        if length > limits::TEXT.most as u64 {
            return Err(Error::over(limits::TEXT));
        }
        looks::refuse_binary(&raw)?;
        let whole = raw.len() < HEAD;
        let (encoding, mark) = decode::detect(&raw, whole);
        let (mut head, damage, read) = (String::new(), Damage::default(), raw.len());
        let taken = decode::decode(encoding, &raw[mark..], whole, &mut head, &damage);
        raw.drain(..mark + taken);
        Ok(Self::Text(Text { stream, encoding, head, read, raw, whole, damage }))
    }
}

impl Beside {
    /// Reads a file that the document names, as text of at most `limit` bytes.
    pub fn read(&self, written: &str, limit: limits::Limit) -> Result<String, Error> {
        let bytes = self.bytes(written, limit)?;
        let (encoding, mark) = decode::detect(&bytes, true);
        let mut text = String::new();
        decode::decode(encoding, &bytes[mark..], true, &mut text, &Damage::default());
        Ok(text)
    }

    /// Reads a file that the document names.
    pub fn bytes(&self, written: &str, limit: limits::Limit) -> Result<Vec<u8>, Error> {
        let name = folder::decoded(written);
        let missing = || Error::System(std::io::ErrorKind::NotFound.into());
        let bytes = match self {
            Self::Nothing => return Err(missing()),
            Self::Shipped(shipped) => shipped.file(&name).ok_or_else(missing)?.to_vec(),
            Self::Archive(archive, prefix) => archive.read(&format!("{prefix}{name}"))?,
            Self::Folder(folder) => {
                let (file, length) = folder.open(&name)?;
                if length > limit.most as u64 {
                    return Err(Error::over(limit));
                }
                let mut bytes = Vec::new();
                file.take(limit.most as u64 + 1).read_to_end(&mut bytes)?;
                bytes
            }
        };
        if bytes.len() > limit.most { Err(Error::over(limit)) } else { Ok(bytes) }
    }

    /// The names of the files there, those in folders left out.
    pub fn names(&self) -> Result<Vec<String>, Error> {
        let top = |name: &str| (!name.contains('/')).then(|| name.to_owned());
        Ok(match self {
            Self::Nothing => Vec::new(),
            Self::Shipped(shipped) => shipped.files.iter().filter_map(|(name, _)| top(name)).collect(),
            Self::Archive(archive, prefix) => {
                archive.names().filter_map(|name| top(name.strip_prefix(prefix.as_str())?)).collect()
            }
            Self::Folder(folder) => folder.names()?,
        })
    }

    /// The names of the files in a folder there, and in the folders in it, sorted.
    pub fn names_in(&self, folder: &str) -> Result<Vec<String>, Error> {
        let start = format!("{folder}/");
        let inside = |name: &str| name.starts_with(&start).then(|| name.to_owned());
        let mut names: Vec<String> = match self {
            Self::Nothing => Vec::new(),
            Self::Shipped(shipped) => shipped.files.iter().filter_map(|(name, _)| inside(name)).collect(),
            Self::Archive(archive, prefix) => {
                archive.names().filter_map(|name| inside(name.strip_prefix(prefix.as_str())?)).collect()
            }
            Self::Folder(place) => place.names_in(folder)?,
        };
        names.sort_unstable();
        Ok(names)
    }

    /// True when there is such a file or folder, as the document writes its path.
    pub fn leads(&self, written: &str) -> bool {
        let name = folder::decoded(written);
        let inside = format!("{}/", name.trim_end_matches('/'));
        match self {
            Self::Nothing => false,
            Self::Shipped(shipped) => {
                shipped.file(&name).is_some() || shipped.files.iter().any(|(n, _)| n.starts_with(&inside))
            }
            Self::Archive(archive, prefix) => {
                let (name, inside) = (format!("{prefix}{name}"), format!("{prefix}{inside}"));
                archive.has(&name) || archive.names().any(|n| n.starts_with(&inside))
            }
            Self::Folder(folder) => matches!(folder.open(&name), Ok(_) | Err(Error::NotRegular(_))),
        }
    }

    /// True when there is such a file.
    pub fn has(&self, name: &str) -> bool {
        match self {
            Self::Nothing => false,
            Self::Shipped(shipped) => shipped.file(name).is_some(),
            Self::Archive(archive, prefix) => archive.has(&format!("{prefix}{name}")),
            Self::Folder(folder) => folder.open(name).is_ok(),
        }
    }
}

fn extension_of(name: &str) -> String {
    Path::new(name).extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default()
}
