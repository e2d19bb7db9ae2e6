//! The rules of the house, read from the source: floors, files, actions and their keys, and what the guide says of them.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ibid::app::action::{ACTIONS, Action};
use ibid::app::card::LETTERS;
use ibid::app::event::{Event, Input, Listening, Size};
use ibid::app::references;
use ibid::app::{App, Overlay, Settings};
use ibid::article::Article;
use ibid::keys::{Keymap, PRESETS};

/// The most lines of a file, its tests not counted.
const LONGEST: usize = 400;
/// Tables of one shape, which may be longer.
const TABLES: [&str; 0] = [];
/// Modules that may use fewer than the floors below them.
const NARROW: [(&str, &[&str]); 2] = [("import", &["article", "cite"]), ("export", &["article", "cite"])];
/// Crates that only some modules may name.
const KEPT: [(&str, &[&str]); 4] = [
    ("ratatui", &["ui", "shell"]),
    ("crossterm", &["keys", "shell"]),
    ("rustix", &["shell", "cli", "import"]),
    ("clap", &["cli"]),
];

/// A file of the source, its tests and comments taken out.
struct File {
    /// Path from `src`.
    path: String,
    /// As it stands.
    text: String,
    /// Without tests.
    lines: Vec<String>,
}

impl File {
    fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).unwrap();
        let lines = without_tests(&text);
        let path = path.strip_prefix(root().join("src")).unwrap().to_str().unwrap().to_owned();
        Self { path, text, lines }
    }

    /// The module at the top of the crate that it belongs to.
    fn module(&self) -> &str {
        self.path.split(['/', '.']).next().unwrap()
    }

    fn code(&self) -> String {
        let code = self.lines.iter().map(|l| l.split("//").next().unwrap_or_default());
        code.collect::<Vec<_>>().join("\n")
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder whose name ends so.
fn below(folder: &str, ending: &str) -> Vec<PathBuf> {
    let (mut found, mut left) = (Vec::new(), vec![root().join(folder)]);
    while let Some(folder) = left.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                left.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The files of the program; those that hold nothing but tests are left out.
fn source() -> Vec<File> {
    let tests = |p: &PathBuf| p.ends_with("tests.rs") || p.components().any(|c| c.as_os_str() == "tests");
    let files: Vec<File> = below("src", ".rs").iter().filter(|p| !tests(p)).map(|p| File::read(p)).collect();
    let only_tests: Vec<String> = files.iter().flat_map(File::test_modules).collect();
    let files: Vec<File> = files.into_iter().filter(|f| !only_tests.contains(&f.path)).collect();
    assert!(files.len() > 20);
    files
}

impl File {
    /// The files of its modules that are only compiled for tests: `#[cfg(test)] mod sample;`.
    fn test_modules(&self) -> Vec<String> {
        let folder = self.path.trim_end_matches("mod.rs").trim_end_matches(".rs").trim_end_matches('/');
        let lines: Vec<&str> = self.text.lines().collect();
        let tests = lines.windows(2).filter(|pair| pair[0].trim() == "#[cfg(test)]");
        let names = tests.filter_map(|pair| pair[1].trim().rsplit("mod ").next()?.strip_suffix(';'));
        names.map(|name| format!("{folder}/{name}.rs")).collect()
    }
}

/// The lines of a file without the items that are only compiled for tests.
fn without_tests(text: &str) -> Vec<String> {
    let mut kept = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.trim() != "#[cfg(test)]" {
            kept.push(line.to_owned());
            continue;
        }
        let indent = line.len() - line.trim_start().len();
        let closed = |l: &str| {
            let here = l.len() - l.trim_start().len();
            here == indent && (l.trim_end().ends_with('}') || l.trim_end().ends_with(';'))
        };
        for line in lines.by_ref() {
            if closed(line) {
                break;
            }
        }
    }
    kept
}

/// The modules of the crate and their floors, as the map in `lib.rs` has them: `pub mod name; //  0  what it is`.
fn floors() -> BTreeMap<String, u8> {
    let map = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let modules = map.lines().filter_map(|l| l.strip_prefix("pub mod ").or(l.strip_prefix("mod ")));
    modules
        .map(|line| {
            let (name, said) = line.split_once(';').unwrap();
            let mut words = said.trim().trim_start_matches('/').split_whitespace();
            let floor = words.next().and_then(|w| w.parse().ok());
            assert!(words.count() >= 2, "lib.rs says nothing about {name}");
            (name.to_owned(), floor.unwrap_or_else(|| panic!("lib.rs gives {name} no floor")))
        })
        .collect()
}

/// The modules of the crate that code names: `crate::a::b`, `crate::{a, b::{c, d}}`, `ibid::a`.
fn named_modules(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for start in ["crate::", "ibid::"] {
        for (at, _) in code.match_indices(start) {
            let rest = &code[at + start.len()..];
            let Some(group) = rest.strip_prefix('{') else {
                found.insert(word(rest));
                continue;
            };
            let mut depth = 0;
            let mut item = String::new();
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => {
                        found.insert(word(item.trim()));
                        item.clear();
                        continue;
                    }
                    _ => {}
                }
                item.push(c);
            }
            found.insert(word(item.trim()));
        }
    }
    found.remove("");
    found
}

fn word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[test]
fn names_of_modules_are_found() {
    for (code, names) in [
        ("use crate::article::{Block, Kind};", vec!["article"]),
        ("use crate::{app::{self, App}, keys::Keymap};\nlet a = crate::ui::draw;", vec!["app", "keys", "ui"]),
        ("fn main() { ibid::cli::main() }", vec!["cli"]),
        ("let a = 1;", vec![]),
    ] {
        assert_eq!(named_modules(code).into_iter().collect::<Vec<_>>(), names, "{code}");
    }
    let text = "a\n#[cfg(test)]\nmod tests {\n    b\n}\nc\n#[cfg(test)]\nmod sample;\nd\n";
    assert_eq!(without_tests(text), ["a", "c", "d"]);
}

#[test]
fn a_module_imports_only_lower_floors() {
    let floors = floors();
    let mut faults = Vec::new();
    for file in source().iter().filter(|f| floors.contains_key(f.module())) {
        let from = file.module();
        for to in named_modules(&file.code()).iter().filter(|to| *to != from && floors.contains_key(*to)) {
            let narrow = NARROW.iter().find(|(module, _)| *module == from);
            if floors[to] >= floors[from]
                || narrow.is_some_and(|(_, allowed)| !allowed.contains(&to.as_str()))
            {
                faults
                    .push(format!("{} (floor {}) uses {to} (floor {})", file.path, floors[from], floors[to]));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn the_map_lists_every_module() {
    let floors = floors();
    let on_disk: BTreeSet<String> = source().iter().map(|f| f.module().to_owned()).collect();
    let mapped: BTreeSet<String> =
        floors.keys().cloned().chain(["lib".to_owned(), "main".to_owned()]).collect();
    assert_eq!(on_disk, mapped);
    let readme = fs::read_to_string(root().join("README.md")).unwrap_or_default();
    for module in floors.keys() {
        assert!(readme.contains(module.as_str()), "the README's house has no {module}");
    }
}

#[test]
fn some_crates_are_named_only_where_they_belong() {
    let mut faults = Vec::new();
    for file in source() {
        let code = file.code();
        for (name, modules) in KEPT {
            let used = code.contains(&format!("{name}::")) || code.contains(&format!("use {name}"));
            if used && !modules.contains(&file.module()) {
                faults.push(format!("{} names {name}", file.path));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn no_file_is_too_long_and_each_says_what_it_is() {
    let mut faults = Vec::new();
    for file in source() {
        let lines = file.lines.len();
        if lines > LONGEST && !TABLES.contains(&file.path.as_str()) {
            faults.push(format!("{}: {lines} lines", file.path));
        }
    }
    for path in
        ["src", "tests", "benches", "fuzz/src", "fuzz/fuzz_targets"].iter().flat_map(|f| below(f, ".rs"))
    {
        if !fs::read_to_string(&path).unwrap().starts_with("//! ") {
            faults.push(format!("{}: does not open with its idea", path.display()));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn nothing_is_left_for_later_and_nothing_names_one_machine() {
    let signs = [
        ["to", "do!"].concat(),
        ["TO", "DO"].concat(),
        ["FIX", "ME"].concat(),
        ["#[ig", "nore"].concat(),
        ["unimple", "mented!"].concat(),
        ["/wo", "rk/"].concat(),
        ["/ro", "ot/"].concat(),
        ["/ho", "me/"].concat(),
    ];
    let mut faults = Vec::new();
    for path in ["src", "tests", "benches", "articles", "fuzz/src"].iter().flat_map(|f| below(f, "")) {
        let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
        for sign in signs.iter().filter(|s| text.contains(s.as_str())) {
            faults.push(format!("{}: {sign}", path.display()));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

// ------------------------------------------------------------------------------------------------- actions and keys

/// The key of a sign, as the terminal's events have it.
fn event(sign: &str) -> KeyEvent {
    let (mut rest, mut held) = (sign, KeyModifiers::NONE);
    for (start, modifier) in [("C-", KeyModifiers::CONTROL), ("A-", KeyModifiers::ALT)] {
        if let Some(after) = rest.strip_prefix(start).filter(|r| !r.is_empty()) {
            (rest, held) = (after, held | modifier);
        }
    }
    let code = match normal(rest).as_str() {
        "enter" => KeyCode::Enter,
        "esc" => KeyCode::Esc,
        "tab" => KeyCode::Tab,
        "s-tab" => KeyCode::BackTab,
        "backspace" => KeyCode::Backspace,
        "space" => KeyCode::Char(' '),
        "up" => KeyCode::Up,
        "down" => KeyCode::Down,
        "left" => KeyCode::Left,
        "right" => KeyCode::Right,
        "home" => KeyCode::Home,
        "end" => KeyCode::End,
        "pgup" => KeyCode::PageUp,
        "pgdn" => KeyCode::PageDown,
        "f1" => KeyCode::F(1),
        _ => KeyCode::Char(rest.chars().next().unwrap()),
    };
    KeyEvent::new(code, held)
}

/// One way to write a key, whether it stands on the screen (`⏎`, `A-→`, `pgdn`) or in the guide (`Enter`, `A-Right`).
fn normal(sign: &str) -> String {
    let (held, key) = match sign.char_indices().nth(2) {
        Some((at, _)) if sign.starts_with("C-") || sign.starts_with("A-") => sign.split_at(at),
        _ => ("", sign),
    };
    let key = match key {
        "⏎" => "enter".to_owned(),
        "⌫" => "backspace".to_owned(),
        "↑" => "up".to_owned(),
        "↓" => "down".to_owned(),
        "←" => "left".to_owned(),
        "→" => "right".to_owned(),
        key if key.chars().count() == 1 => key.to_owned(),
        key => key.to_lowercase(),
    };
    format!("{held}{key}")
}

#[test]
fn every_action_is_named_helped_bound_and_reached_by_its_keys() {
    let names: BTreeSet<&str> = ACTIONS.iter().map(|i| i.name).collect();
    assert_eq!(names.len(), ACTIONS.len(), "two actions have one name");
    for (preset, _) in PRESETS {
        let (keymap, warnings) = Keymap::with(preset, &toml::Table::new());
        assert!(warnings.is_empty(), "{preset}: {warnings:?}");
        for info in ACTIONS {
            assert!(!info.help.is_empty() && !info.name.contains(' '), "{}", info.name);
            assert_eq!(Action::named(info.name), Some(info.action));
            let signs = keymap.signs(info.action);
            assert!(!signs.is_empty(), "{preset}: no key for {}", info.name);
            for sign in signs {
                let reached = keymap.event(&event(sign), Listening::Commands { letters: 0 });
                assert!(
                    matches!(reached, Some(Event::Action(a)) if a == info.action),
                    "{preset}: {sign} does not lead to {}",
                    info.name
                );
            }
        }
    }
}

#[test]
fn every_action_is_found_in_the_palette_by_its_name() {
    let size = Size { width: 80, height: 24 };
    for info in ACTIONS.iter().filter(|i| i.action != Action::Palette) {
        let mut app = App::new(Article::default(), true, String::new(), Settings::default(), None, size);
        app.update(Event::Action(Action::Palette));
        for c in info.name.chars() {
            app.update(Event::Input(Input::Char(c)));
        }
        let Some(Overlay::Picker(picker)) = &app.overlay else {
            panic!("the palette closed at {}", info.name)
        };
        let found = picker.value().map(|value| ACTIONS[value].name);
        assert_eq!(found, Some(info.name), "typed: {}", picker.typed);
    }
}

/// The rows of the tables of keys in a text: keys, and what they do.
fn key_tables(text: &str) -> Vec<(Vec<String>, String)> {
    let mut rows = Vec::new();
    for part in text.split("<!-- keys -->").skip(1) {
        let (table, _) = part.split_once("<!-- /keys -->").expect("a table of keys without its end");
        for line in table.lines().filter(|l| l.starts_with("| `")) {
            let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
            // A table may set two pairs of columns side by side.
            for pair in cells.chunks(2).filter(|c| c.len() == 2 && c[0].starts_with('`')) {
                let keys = pair[0].split('`').skip(1).step_by(2).map(str::to_owned).collect();
                rows.push((keys, pair[1].trim_end_matches('|').trim().to_owned()));
            }
        }
    }
    rows
}

/// The key of what a table shows: `12 Enter` counts, `m a` and `''` go on with a letter.
fn key_of(shown: &str) -> String {
    match shown.split_once(' ') {
        Some((number, key)) if number.bytes().all(|b| b.is_ascii_digit()) => normal(key),
        Some((key, _)) => normal(key),
        None if shown.len() == 2 && shown.starts_with('\'') => "'".to_owned(),
        None => normal(shown),
    }
}

/// What is wrong with the tables of keys in a text, against the usual keys.
fn faults_of_tables(text: &str) -> Vec<String> {
    let keymap = Keymap::usual();
    let actions: BTreeMap<String, Action> = ACTIONS
        .iter()
        .flat_map(|i| keymap.signs(i.action).into_iter().map(|s| (normal(s), i.action)))
        .collect();
    let rows = key_tables(text);
    let mut faults: Vec<String> = Vec::new();
    if rows.is_empty() {
        faults.push("there is no table between <!-- keys --> and <!-- /keys -->".to_owned());
    }
    let mut named = BTreeSet::new();
    for (keys, does) in &rows {
        let letters =
            does.contains("card") && keys.iter().all(|k| k.len() == 1 && LETTERS.contains(k.as_str()));
        let own = |key: &str| {
            let key = if key == "Space" { " " } else { key };
            does.contains("pane") && key.len() == 1 && references::KEYS.contains(key)
        };
        for key in keys.iter().filter(|key| !letters && !own(key)) {
            match actions.get(&key_of(key)) {
                Some(action) => drop(named.insert(*action)),
                None => faults.push(format!("`{key}` ({does}) does nothing")),
            }
        }
    }
    let missing = ACTIONS.iter().filter(|i| !named.contains(&i.action));
    faults.extend(missing.map(|i| format!("no key of {} is shown ({})", i.name, keymap.sign(i.action))));
    faults
}

/// What each key does, in the words of the guide and the README: a word that its row must hold.
fn said(text: &str, key: &str) -> Option<String> {
    key_tables(text).into_iter().find(|(keys, _)| keys.iter().any(|k| k == key)).map(|(_, does)| does)
}

#[test]
fn the_tables_of_keys_agree_with_the_keymap() {
    for (name, path) in [("the guide", "articles/guide.textbundle/text.md"), ("the README", "README.md")] {
        let text = fs::read_to_string(root().join(path)).unwrap_or_default();
        let faults = faults_of_tables(&text);
        assert!(faults.is_empty(), "{name}: {faults:#?}");
    }
}

#[test]
fn the_guide_says_of_each_key_what_it_does() {
    let guide = fs::read_to_string(root().join("articles/guide.textbundle/text.md")).unwrap();
    for (key, action, word) in [
        ("j", Action::LineDown, "line"),
        ("k", Action::LineUp, "line"),
        ("Space", Action::PageDown, "page"),
        ("b", Action::PageUp, "page"),
        ("d", Action::HalfPageDown, "half"),
        ("g", Action::Top, "top"),
        ("G", Action::End, "end"),
        ("}", Action::NextParagraph, "paragraph"),
        ("]", Action::NextSection, "section"),
        ("p", Action::ParentSection, "parent"),
        ("s", Action::FindSection, "section"),
        ("t", Action::Outline, "outline"),
        ("Tab", Action::NextMarker, "next"),
        ("S-Tab", Action::PreviousMarker, "previous"),
        ("Enter", Action::Enter, "open"),
        ("f", Action::Hints, "label"),
        ("K", Action::Peek, "peek"),
        ("o", Action::OpenAddress, "address"),
        ("y", Action::Copy, "copy"),
        ("Y", Action::Export, "export"),
        ("i", Action::Notes, "margin"),
        ("x", Action::Markers, "hidden"),
        ("r", Action::References, "references"),
        ("v", Action::Select, "select"),
        ("w", Action::NextWord, "word"),
        (")", Action::NextSentence, "sentence"),
        ("$", Action::RowEnd, "row"),
        ("/", Action::Search, "search"),
        ("n", Action::NextHit, "next"),
        ("m a", Action::SetMark, "set"),
        ("' a", Action::GoToMark, "go to"),
        ("Backspace", Action::Back, "back"),
        ("L", Action::Forward, "forward"),
        ("z", Action::Zen, "zen"),
        ("+", Action::Wider, "wider"),
        ("-", Action::Narrower, "narrower"),
        ("=", Action::UsualWidth, "usual"),
        ("T", Action::Theme, "theme"),
        ("<", Action::PanLeft, "sideways"),
        ("M", Action::Mouse, "mouse"),
        (":", Action::Palette, "palette"),
        ("?", Action::Help, "help"),
        ("Esc", Action::Close, "never quits"),
        ("q", Action::Quit, "quits"),
    ] {
        let reached = Keymap::usual().event(&event(&key_of(key)), Listening::Commands { letters: 0 });
        assert!(
            matches!(reached, Some(Event::Action(a)) if a == action),
            "{key} is not {}",
            action.info().name
        );
        let said = said(&guide, key).unwrap_or_else(|| panic!("the guide has no {key}"));
        assert!(said.to_lowercase().contains(word), "the guide says of {key}: {said}");
    }
}

#[test]
fn tables_of_keys_are_read() {
    let text = "<!-- keys -->\n\n| Key | Does | Key | Does |\n|---|---|---|---|\n| `j` `Down` | one line down | `' a` | go \
                |\n<!-- /keys -->";
    let rows = key_tables(text);
    assert_eq!(rows[0], (vec!["j".to_owned(), "Down".to_owned()], "one line down".to_owned()));
    assert_eq!(rows[1], (vec!["' a".to_owned()], "go".to_owned()));
    for (shown, key) in [("12 Enter", "enter"), ("m a", "m"), ("''", "'"), ("A-Right", "A-right"), ("G", "G")]
    {
        assert_eq!(key_of(shown), key);
    }
    assert_eq!(normal("A-→"), "A-right");
    assert_eq!(normal("C-o"), "C-o");
}
