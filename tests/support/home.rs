//! A home for one test: its own folders for state and configuration, and a browser that only writes down what it gets.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// A home, removed with the value.
pub struct Home {
    folder: tempfile::TempDir,
}

/// Programs that open addresses: each is replaced by one that writes its arguments down, one line for each.
const OPENERS: [&str; 8] =
    ["xdg-open", "gio", "gnome-open", "kde-open", "kde-open5", "kde-open6", "wslview", "open"];

impl Home {
    /// An empty home.
    pub fn new() -> Self {
        let home = Self { folder: tempfile::Builder::new().prefix("ibid-test-").tempdir().unwrap() };
        for folder in ["home", "state", "config/ibid", "bin", "tmp"] {
            fs::create_dir_all(home.path(folder)).unwrap();
        }
        for name in OPENERS {
            let script = format!(
                "#!/bin/sh\n{{ printf '{name}'; for a in \"$@\"; do printf ' [%s]' \"$a\"; done; echo; }} >> '{}'\n",
                home.path("opened").display()
            );
            let path = home.path("bin").join(name);
            fs::write(&path, script).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        }
        home
    }

    /// A path in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file into it, and gives its path.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// What the browser was given, one line for each call: its name and its arguments.
    pub fn opened(&self) -> Vec<String> {
        let text = fs::read_to_string(self.path("opened")).unwrap_or_default();
        text.lines().map(str::to_owned).collect()
    }

    /// The state file, when there is one.
    pub fn state(&self) -> Option<String> {
        fs::read_to_string(self.path("state/ibid/state.json")).ok()
    }

    /// The environment of the program: this and nothing else.
    pub fn env(&self) -> Vec<(String, String)> {
        let path = std::env::var("PATH").unwrap_or_default();
        let utf8 = |p: &Path| p.to_str().unwrap().to_owned();
        [
            ("HOME", utf8(&self.path("home"))),
            ("XDG_STATE_HOME", utf8(&self.path("state"))),
            ("XDG_CONFIG_HOME", utf8(&self.path("config"))),
            ("XDG_CACHE_HOME", utf8(&self.path("home/.cache"))),
            ("XDG_DATA_HOME", utf8(&self.path("home/.local/share"))),
            ("TMPDIR", utf8(&self.path("tmp"))),
            ("PATH", format!("{}:{path}", utf8(&self.path("bin")))),
            ("TERM", "xterm-256color".to_owned()),
            ("COLORTERM", "truecolor".to_owned()),
            ("LANG", "C.UTF-8".to_owned()),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .to_vec()
    }
}
