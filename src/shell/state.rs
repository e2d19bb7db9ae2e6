//! What is kept between runs: places, marks, what has been read, and how the reader likes it.
//!
//! One small file, replaced whole. A file that cannot be read is put aside, never overwritten; one of a newer
//! version is left alone.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use serde::{Deserialize, Serialize};

use crate::app::Settings;
use crate::app::margin::Notes;
use crate::app::markers::Markers;
use crate::app::saved::Saved;
use crate::config::Config;

const VERSION: u32 = 1;
/// Articles that are remembered; those not read for longest are forgotten first.
const MOST: usize = 1_000;

/// The file, as it is saved.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct File {
    version: u32,
    /// Counts saves: a clock could go back.
    turn: u64,
    likes: Likes,
    articles: BTreeMap<String, Entry>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Entry {
    turn: u64,
    #[serde(flatten)]
    saved: Saved,
}

/// Settings as they are saved; what is absent has never been changed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Likes {
    /// The theme.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub theme: Option<String>,
    /// The measure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<u16>,
    /// The outline is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outline: Option<bool>,
    /// The mouse is taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mouse: Option<bool>,
    /// The citation style of the cards.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub style: Option<String>,
    /// Where notes stand beside the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
    /// How markers are seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub markers: Option<String>,
}

/// The state file.
#[derive(Debug)]
pub struct State {
    path: Option<PathBuf>,
    /// Something to tell the reader: what went wrong with the file.
    pub told: Option<String>,
    file: File,
}

impl State {
    /// The settings that a session begins with: what the configuration says, and for the rest what was liked last.
    pub fn settings(&self, config: &Config) -> Settings {
        let liked = |like: Option<String>, fixed: bool| like.filter(|_| !fixed);
        let (likes, usual, fixed) = (self.likes().clone(), &config.settings, config.fixed);
        Settings {
            measure: likes.width.filter(|_| !fixed.width).unwrap_or(usual.measure),
            theme: liked(likes.theme, fixed.theme).unwrap_or_else(|| usual.theme.clone()),
            outline: likes.outline.filter(|_| !fixed.outline).unwrap_or(usual.outline),
            mouse: likes.mouse.filter(|_| !fixed.mouse).unwrap_or(usual.mouse),
            style: liked(likes.style, fixed.style).unwrap_or_else(|| usual.style.clone()),
            notes: liked(likes.notes, fixed.notes).and_then(|n| Notes::named(&n)).unwrap_or(usual.notes),
            markers: liked(likes.markers, fixed.markers)
                .and_then(|m| Markers::named(&m))
                .unwrap_or(usual.markers),
        }
    }

    /// Reads the state file of this user: `$XDG_STATE_HOME/ibid/state.json`.
    pub fn load() -> Self {
        let folder = etcetera::choose_base_strategy().ok().and_then(|dirs| dirs.state_dir());
        match folder {
            Some(folder) => Self::load_from(&folder.join("ibid").join("state.json")),
            None => Self { path: None, told: None, file: File::default() },
        }
    }

    /// Reads a state file.
    pub fn load_from(path: &Path) -> Self {
        let (file, told) = match read(path) {
            Ok(file) => (file, None),
            Err(Fault::Absent) => (File::default(), None),
            Err(Fault::Newer) => {
                let told = "the places were saved by a newer ibid: they are left as they are".to_owned();
                return Self { path: None, told: Some(told), file: File::default() };
            }
            Err(Fault::Unreadable) => {
                let told = "the places cannot be read: nothing is saved".to_owned();
                return Self { path: None, told: Some(told), file: File::default() };
            }
            Err(Fault::Damaged) => (File::default(), Some(put_aside(path))),
        };
        Self { path: Some(path.to_owned()), told, file }
    }

    /// What is kept of an article.
    pub fn saved(&self, key: &str) -> Option<Saved> {
        self.file.articles.get(key).map(|e| e.saved.clone())
    }

    /// How the reader liked it last.
    pub fn likes(&self) -> &Likes {
        &self.file.likes
    }

    /// Keeps an article's place and the settings that changed. What another reader saved meanwhile stays. The old file
    /// or the new one is there whole at any moment; `synced` waits until the disk has it, which takes milliseconds
    /// that nobody should wait for who leaves.
    ///
    /// # Errors
    /// When the file cannot be written; the old one is then as it was.
    pub fn save(&mut self, key: &str, mut saved: Saved, changed: &Likes, synced: bool) -> io::Result<()> {
        let Some(path) = self.path.clone() else {
            return Ok(());
        };
        let folder = path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let lock = fs::File::create(folder.join("lock"))?;
        rustix::fs::flock(&lock, rustix::fs::FlockOperation::LockExclusive)?;
        if let Ok(newest) = read(&path) {
            self.file = newest;
        }
        self.file.version = VERSION;
        self.file.turn += 1;
        self.file.likes.take(changed);
        if let Some(before) = self.file.articles.get(key) {
            saved.join(&before.saved);
        }
        self.file.articles.insert(key.to_owned(), Entry { turn: self.file.turn, saved });
        self.forget_oldest();
        replace(&path, folder, &serde_json::to_vec(&self.file)?, synced)
    }

    fn forget_oldest(&mut self) {
        while self.file.articles.len() > MOST {
            let oldest = self.file.articles.iter().min_by_key(|(_, e)| e.turn).map(|(k, _)| k.clone());
            match oldest {
                Some(key) => self.file.articles.remove(&key),
                None => return,
            };
        }
    }
}

impl Likes {
    /// What was changed since `before`.
    pub fn changed(before: &Settings, after: &Settings) -> Self {
        Self {
            theme: (before.theme != after.theme).then(|| after.theme.clone()),
            width: (before.measure != after.measure).then_some(after.measure),
            outline: (before.outline != after.outline).then_some(after.outline),
            mouse: (before.mouse != after.mouse).then_some(after.mouse),
            style: (before.style != after.style).then(|| after.style.clone()),
            notes: (before.notes != after.notes).then(|| after.notes.name().to_owned()),
            markers: (before.markers != after.markers).then(|| after.markers.name().to_owned()),
        }
    }

    fn take(&mut self, other: &Self) {
        self.theme = other.theme.clone().or(self.theme.take());
        self.width = other.width.or(self.width);
        self.outline = other.outline.or(self.outline);
        self.mouse = other.mouse.or(self.mouse);
        self.style = other.style.clone().or(self.style.take());
        self.notes = other.notes.clone().or(self.notes.take());
        self.markers = other.markers.clone().or(self.markers.take());
    }
}

enum Fault {
    Absent,
    Unreadable,
    Damaged,
    Newer,
}

fn read(path: &Path) -> Result<File, Fault> {
    let text = fs::read(path).map_err(|e| match e.kind() {
        io::ErrorKind::NotFound => Fault::Absent,
        _ => Fault::Unreadable,
    })?;
    let file: File = serde_json::from_slice(&text).map_err(|_| Fault::Damaged)?;
    if file.version > VERSION { Err(Fault::Newer) } else { Ok(file) }
}

/// Renames a damaged file, so that nothing in it is lost.
fn put_aside(path: &Path) -> String {
    for n in 1..1_000 {
        let aside = path.with_extension(format!("json.bad-{n}"));
        if !aside.exists() {
            return match fs::rename(path, &aside) {
                Ok(()) => format!(
                    "the places were damaged: kept as {}",
                    crate::article::safe::name(aside.as_os_str())
                ),
                Err(_) => "the places are damaged".to_owned(),
            };
        }
    }
    "the places are damaged".to_owned()
}

/// Writes beside the file, and then takes its place.
fn replace(path: &Path, folder: &Path, bytes: &[u8], synced: bool) -> io::Result<()> {
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    if synced {
        file.as_file().sync_data()?;
    }
    file.persist(path).map_err(|e| e.error)?;
    if synced { fs::File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saved(block: u32) -> Saved {
        Saved { block, ..Saved::default() }
    }

    #[test]
    fn what_is_saved_is_read_again_and_readers_do_not_overwrite_each_other() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/state.json");
        let (mut one, mut two) = (State::load_from(&path), State::load_from(&path));
        one.save("a", saved(1), &Likes { theme: Some("light".into()), ..Likes::default() }, true).unwrap();
        let likes = Likes { width: Some(60), style: Some("apa".into()), ..Likes::default() };
        two.save("b", saved(2), &likes, true).unwrap();
        let read = State::load_from(&path);
        assert_eq!(
            (read.saved("a"), read.saved("b"), read.saved("c")),
            (Some(saved(1)), Some(saved(2)), None)
        );
        assert_eq!((read.likes().theme.as_deref(), read.likes().width), (Some("light"), Some(60)));
        assert_eq!(read.likes().style.as_deref(), Some("apa"));
    }

    #[test]
    fn two_readers_of_one_article_keep_what_both_have_opened() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.json");
        let (mut one, mut two) = (State::load_from(&path), State::load_from(&path));
        let opened = |id: &str, done| Saved { known: vec![('r', id.to_owned(), done)], ..saved(3) };
        one.save("a", opened("doe", 1), &Likes { notes: Some("strip".into()), ..Likes::default() }, false)
            .unwrap();
        two.save("a", opened("roe", 4), &Likes { markers: Some("dim".into()), ..Likes::default() }, false)
            .unwrap();
        let read = State::load_from(&path);
        let known = read.saved("a").map(|s| s.known);
        assert_eq!(known, Some(vec![('r', "doe".to_owned(), 1), ('r', "roe".to_owned(), 4)]));
        assert_eq!(
            (read.likes().notes.as_deref(), read.likes().markers.as_deref()),
            (Some("strip"), Some("dim"))
        );
    }

    #[test]
    fn what_an_older_ibid_saved_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.json");
        let old = r#"{"version":1,"turn":1,"likes":{"width":60},"articles":{"a":{"turn":1,"block":3,"byte":0,"lead":0,"read":[],"marks":[]}}}"#;
        fs::write(&path, old).unwrap();
        assert_eq!(State::load_from(&path).saved("a"), Some(saved(3)));
    }

    #[test]
    fn a_damaged_file_is_kept_and_a_newer_one_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.json");
        fs::write(&path, "{\"version\":1,").unwrap();
        let mut state = State::load_from(&path);
        assert!(state.told.is_some());
        assert_eq!(fs::read(folder.path().join("state.json.bad-1")).unwrap(), b"{\"version\":1,");
        state.save("a", saved(1), &Likes::default(), true).unwrap();

        fs::write(&path, "{\"version\":99,\"articles\":{}}").unwrap();
        let mut newer = State::load_from(&path);
        newer.save("a", saved(1), &Likes::default(), true).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"{\"version\":99,\"articles\":{}}");
    }

    #[test]
    fn every_cut_and_every_changed_byte_still_starts() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.json");
        State::load_from(&path).save("a", saved(7), &Likes::default(), true).unwrap();
        let whole = fs::read(&path).unwrap();
        for at in 0..whole.len() {
            fs::write(&path, &whole[..at]).unwrap();
            State::load_from(&path);
            let mut flipped = whole.clone();
            flipped[at] ^= 0x41;
            fs::write(&path, &flipped).unwrap();
            State::load_from(&path);
        }
    }
}
