//! What the tests of the whole program share: a terminal to run it in, and a home of its own.

// Each test crate uses a part of this.
#![allow(dead_code, clippy::unwrap_used)]

pub mod bibliographies;
pub mod home;
pub mod keys;
pub mod process;
pub mod same;
pub mod scan;
pub mod screen;
pub mod terminal;

pub use home::Home;

use std::path::{Path, PathBuf};

/// The program under test.
pub const IBID: &str = env!("CARGO_BIN_EXE_ibid");

/// The folder of the package, in which the program runs.
pub fn package() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A folder of the material that stands beside the package. Where it is missing the test says so and is skipped;
/// in continuous integration it fails.
pub fn shared(name: &str) -> Option<PathBuf> {
    let path = package().join("../shared").join(name);
    if path.exists() {
        return Some(path);
    }
    assert!(std::env::var("CI").as_deref() != Ok("true"), "../shared/{name} is missing");
    eprintln!("skipped: ../shared/{name} is missing");
    None
}

/// The articles that ship with the program, as paths from the package.
pub fn shipped() -> Vec<String> {
    let mut paths: Vec<String> = std::fs::read_dir(package().join("articles"))
        .unwrap()
        .map(|entry| format!("articles/{}", entry.unwrap().file_name().to_str().unwrap()))
        .collect();
    paths.sort();
    assert!(!paths.is_empty());
    paths
}
