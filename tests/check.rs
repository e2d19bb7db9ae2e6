//! `ibid check` as people and their workflows run it: what it says, what it mends, how it ends.

#![allow(clippy::unwrap_used)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use support::{Home, IBID, package};

/// How a run ended: its status, standard output, standard error.
type Ended = (Option<i32>, String, String);

/// Runs `ibid check` in a folder, with this on standard input.
fn check_with(folder: &Path, args: &[&str], input: &str) -> Ended {
    let home = Home::new();
    let mut command = Command::new(IBID);
    command.arg("check").args(args).env_clear().envs(home.env()).current_dir(folder);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn check(folder: &Path, args: &[&str]) -> Ended {
    check_with(folder, args, "")
}

fn cases() -> PathBuf {
    package().join("tests/check")
}

/// Compares with what is expected, or writes it down when asked to (`UPDATE=1`).
fn expect(path: &Path, found: &str) {
    if std::env::var("UPDATE").is_ok() {
        fs::write(path, found).unwrap();
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    assert_eq!(found, expected, "{}", path.display());
}

#[test]
fn documents_are_told_what_is_wrong_with_them() {
    for name in ["all", "clean"] {
        let (status, found, _) = check(&cases(), &[&format!("{name}.md")]);
        expect(&cases().join(format!("{name}.txt")), &found);
        assert_eq!(status, Some(i32::from(!found.is_empty())), "{name}");
    }
    for format in ["json", "github"] {
        let (_, found, _) = check(&cases(), &["all.md", "--format", format]);
        expect(&cases().join(format!("all.{format}.txt")), &found);
    }
}

#[test]
fn findings_stand_in_the_order_of_their_places_and_once() {
    let (_, found, _) = check(&cases(), &["all.md", "all.md", "--format", "json"]);
    let found: Vec<serde_json::Value> = serde_json::from_str(&found).unwrap();
    let place = |f: &serde_json::Value| (f["file"].to_string(), f["line"].as_u64(), f["column"].as_u64());
    assert!(found.is_sorted_by_key(place), "{found:?}");
    let distinct: BTreeSet<String> = found.iter().map(ToString::to_string).collect();
    assert_eq!(found.len(), distinct.len());
    assert!(found.iter().all(|f| f["line"].is_u64() && f["column"].is_u64()), "{found:?}");
}

#[test]
fn kinds_are_chosen() {
    let count = |args: &[&str]| {
        let (_, found, _) = check(&cases(), &[&["all.md"], args].concat());
        let kinds: Vec<String> = found.lines().map(|l| l.split(": ").nth(1).unwrap().to_owned()).collect();
        kinds
    };
    let all = count(&[]);
    let links = count(&["--select", "broken-link,missing-file"]);
    assert!(!links.is_empty() && links.iter().all(|k| k == "broken-link" || k == "missing-file"));
    let others = count(&["--ignore", "broken-link", "--ignore", "missing-file"]);
    assert_eq!(links.len() + others.len(), all.len());
    assert_eq!(count(&["--select", "no-date", "--ignore", "no-date"]), [""; 0]);
}

#[test]
fn files_in_bundles_are_named_by_their_paths() {
    let home = Home::new();
    let bundle = home.path("paper.textbundle");
    fs::create_dir_all(bundle.join("assets")).unwrap();
    fs::write(bundle.join("info.json"), "{\"version\":2}").unwrap();
    fs::write(bundle.join("text.md"), "One [@a] and\n[@gone].\n").unwrap();
    fs::write(bundle.join("assets/references.json"), "[\n {\"type\":\"book\",\n  \"id\":\"a\"}]").unwrap();
    let folder = home.path("");
    let pack = Command::new(IBID)
        .args(["convert", "paper.textbundle", "paper.textpack"])
        .current_dir(&folder)
        .status()
        .unwrap();
    assert!(pack.success());
    let expected = "paper.textbundle/assets/references.json:3:3: no-title: @a has no title\n\
         paper.textbundle/assets/references.json:3:3: no-date: @a has no date\n\
         paper.textbundle/text.md:2:2: dangling-marker: @gone is cited, but is not in the bibliography\n";
    assert_eq!(check(&folder, &["paper.textbundle"]).1, expected);
    let (_, found, _) = check(&folder, &["paper.textpack"]);
    let files: Vec<&str> = found.lines().map(|l| l.split(':').next().unwrap()).collect();
    let references = "paper.textpack/assets/references.json";
    assert_eq!(files, [references, references, "paper.textpack/text.md"], "{found}");
    assert!(found.lines().all(|l| l.split(':').nth(2).unwrap().parse::<u32>().is_ok()), "{found}");
}

#[test]
fn what_ships_is_clean_but_for_what_it_shows() {
    let (status, found, _) = check(package(), &["guide", "showcase", "private-messages-rutte-trump"]);
    let kinds: Vec<&str> = found.lines().map(|l| l.split(": ").nth(1).unwrap()).collect();
    // The showcase shows what a lost work looks like; two news pages give no date.
    assert_eq!((status, kinds), (Some(1), vec!["no-date", "no-date", "dangling-marker"]), "{found}");
    assert!(found.contains("showcase/text.md:"), "{found}");
}

#[test]
fn the_status_tells_how_it_ended() {
    let home = Home::new();
    home.write("clean.md", "Text.\n");
    home.write("faulty.md", "Text [@a].\n");
    home.write("latin.md", [b"caf\xe9 [@a; @a]\n\n[^b]: x\n[^b]: x\n".as_slice()].concat());
    home.write("a.textpack", "PK\u{3}\u{4}");
    let folder = home.path("");
    let cases: [(&[&str], i32, &str); 10] = [
        (&["clean.md"], 0, ""),
        (&["clean.md", "faulty.md"], 1, ""),
        (&["clean.md", "none.md"], 1, "none.md: no such file"),
        (&[], 2, "required"),
        (&["clean.md", "--select", "nonsense"], 2, "nonsense"),
        (&["clean.md", "--json"], 2, "--json"),
        (&["--fix", "-"], 2, "-: --fix changes files and unpacked bundles"),
        (&["--fix", "guide"], 2, "guide: --fix changes"),
        (&["--fix", "clean.md"], 0, ""),
        (&["--fix", "latin.md"], 1, "latin.md: cannot be changed: it is not UTF-8"),
    ];
    for (args, expected, said) in cases {
        let (status, _, told) = check(&folder, args);
        assert_eq!(status, Some(expected), "{args:?}: {told}");
        assert!(told.contains(said) && said.is_empty() == told.is_empty(), "{args:?}: {told}");
    }
    let (status, found, _) = check_with(&folder, &["-"], "# A\n\nx [@b]\n");
    assert_eq!(found, "-:3:4: dangling-marker: @b is cited, but there is no bibliography\n");
    assert_eq!(status, Some(1));
    assert_eq!(check_with(&folder, &["-"], "# A\n\nx\n").0, Some(0));
}

/// The files below a folder, by their paths from there.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let (mut found, mut left) = (BTreeMap::new(), vec![folder.to_owned()]);
    while let Some(next) = left.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                left.push(path);
            } else {
                found.insert(path.strip_prefix(folder).unwrap().to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    found
}

fn write_all(folder: &Path, files: &BTreeMap<PathBuf, Vec<u8>>) {
    for (name, bytes) in files {
        fs::create_dir_all(folder.join(name).parent().unwrap()).unwrap();
        fs::write(folder.join(name), bytes).unwrap();
    }
}

/// As a Windows editor writes a text: with a byte order mark and other ends of lines.
fn from_windows(name: &Path, bytes: &[u8]) -> Vec<u8> {
    let text = String::from_utf8(bytes.to_vec()).unwrap().replace('\n', "\r\n");
    if name.ends_with("info.json") { text.into_bytes() } else { format!("\u{feff}{text}").into_bytes() }
}

#[test]
fn what_is_safe_is_mended_and_nothing_else() {
    let mut names: Vec<PathBuf> =
        fs::read_dir(cases().join("fix")).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    assert!(names.len() >= 6);
    for case in names {
        let before = files(&case.join("in"));
        let document = if before.contains_key(Path::new("a.md")) { "a.md" } else { "a.textbundle" };
        let home = Home::new();
        let folder = home.path("work");
        write_all(&folder, &before);
        let (_, left, told) = check(&folder, &["--fix", document]);
        let after = files(&folder);
        if std::env::var("UPDATE").is_ok() {
            write_all(&case.join("out"), &after);
        }
        assert_eq!(text(&after), text(&files(&case.join("out"))), "{}", case.display());
        expect(&case.join("told.txt"), &format!("{told}--\n{left}"));
        let (_, again, told) = check(&folder, &["--fix", document]);
        assert_eq!((told.as_str(), &again), ("", &left), "{} again", case.display());
        assert_eq!(files(&folder), after, "{} again", case.display());

        // The ends of lines and the mark at the beginning stay, too.
        let windows = |files: &BTreeMap<PathBuf, Vec<u8>>| -> BTreeMap<PathBuf, Vec<u8>> {
            files.iter().map(|(name, bytes)| (name.clone(), from_windows(name, bytes))).collect()
        };
        let folder = home.path("windows");
        write_all(&folder, &windows(&before));
        check(&folder, &["--fix", document]);
        assert_eq!(text(&files(&folder)), text(&windows(&after)), "{} from Windows", case.display());
    }
}

/// Files as text, for messages that can be read.
fn text(files: &BTreeMap<PathBuf, Vec<u8>>) -> BTreeMap<&Path, String> {
    files.iter().map(|(name, bytes)| (name.as_path(), String::from_utf8(bytes.clone()).unwrap())).collect()
}

#[test]
fn only_the_kinds_that_are_asked_for_are_mended() {
    let home = Home::new();
    let path = home.write("a.md", "x[^a] [@b; @b]\n\n[^a]: n\n[^a]: n\n\n---\n");
    check(&home.path(""), &["--fix", "--ignore", "duplicate-note", "a.md"]);
    assert!(fs::read_to_string(&path).unwrap().contains("[^a]: n\n[^a]: n\n"));
    check(&home.path(""), &["--fix", "a.md"]);
    assert_eq!(fs::read_to_string(&path).unwrap(), "x[^a] [@b; @b]\n\n[^a]: n\n\n---\n");
}

#[test]
fn permissions_and_links_stay() {
    let home = Home::new();
    let path = home.write("real/a.md", "x[^a]\n\n[^a]: n\n[^a]: n\n");
    for mode in [0o600, 0o666, 0o755] {
        fs::write(&path, "x[^a]\n\n[^a]: n\n[^a]: n\n").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        let link = home.path("link.md");
        let _ = fs::remove_file(&link);
        symlink(&path, &link).unwrap();
        assert_eq!(check(&home.path(""), &["--fix", "link.md"]).0, Some(0));
        assert!(link.symlink_metadata().unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&path).unwrap(), "x[^a]\n\n[^a]: n\n");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, mode);
    }
    assert_eq!(fs::read_dir(home.path("real")).unwrap().count(), 1, "nothing is left lying about");
}
