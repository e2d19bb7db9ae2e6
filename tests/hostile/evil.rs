//! The pages of the generator of hostile documents, and pages of our own that ask the same thing of a page again and
//! again.

use std::process::Command;
use std::time::Duration;

use super::reading::{by_all, cpu, is_safe, shared};

/// Of the processor, without optimization, four times: only what hangs, or grows with the square, takes so long.
const LONG: Duration = Duration::from_secs(60);

#[test]
fn hostile_pages_are_read_without_harm() {
    let Some(generator) = shared("evil/make_evil.py") else { return };
    let dir = tempfile::tempdir().unwrap();
    let mut python = Command::new("python3");
    python.arg(generator).arg("--out").arg(dir.path()).args(["--format", "html"]);
    assert!(python.output().unwrap().status.success());
    let mut count = 0;
    for path in std::fs::read_dir(dir.path().join("html")).unwrap().map(|e| e.unwrap().path()) {
        let since = cpu();
        for (format, article) in by_all(&std::fs::read(&path).unwrap()) {
            assert!(is_safe(&article), "{} as {format}", path.display());
        }
        assert!(cpu() - since < LONG, "{}: {:?}", path.display(), cpu() - since);
        count += 1;
    }
    assert!(count > 20, "only {count}");
}

/// As many notes as no page has, in one block, in one list, in deep marks; and what never ends.
#[test]
fn pages_of_many_notes_and_without_an_end_are_read_in_time() {
    let many = |what: &dyn Fn(usize) -> String| (0..8_000).map(what).collect::<String>();
    let pages = [
        (
            "notes in one block",
            many(&|n| format!("words <a id=r{n} href=\"#n{n}\">[{n}]</a> "))
                + "<hr><p>"
                + &many(&|n| format!("<a id=n{n} href=\"#r{n}\">[{n}]</a> Note<br>")),
        ),
        (
            "notes in one list",
            many(&|n| format!("<p>words <sup><a id=r{n} href=\"#n{n}\">{n}</a></sup>"))
                + "<h2>Notes</h2><ol>"
                + &many(&|n| format!("<li id=n{n}>Note <a href=\"#r{n}\">back</a>\n")),
        ),
        (
            "links in deep marks",
            "<span>".repeat(200)
                + &many(&|n| format!("<a id=r{n} href=\"#n{n}\">[{n}]</a> "))
                + "<ol>"
                + &many(&|n| format!("<li id=n{n}>Note {n}")),
        ),
    ];
    let unended = [
        ("comments", "<p>a<!-- x -->".repeat(100_000)),
        ("comments that never end", "<p>a<!-- x ".repeat(100_000)),
        ("tags that never end", "<p>a<b ".repeat(100_000).replace('>', "")),
        ("quotes that never end", "<p a=\"".repeat(100_000)),
        ("shadow trees that never end", "<template shadowroot><p>a".repeat(50_000)),
        ("scripts", "<script>a</b></script>".repeat(50_000)),
    ];
    for (what, page) in unended {
        let since = cpu();
        by_all(page.as_bytes()).iter().for_each(|(_, article)| assert!(is_safe(article), "{what}"));
        assert!(cpu() - since < LONG, "{what}: {:?}", cpu() - since);
    }
    for (what, page) in pages {
        let since = cpu();
        for (format, article) in by_all(page.as_bytes()) {
            assert!(is_safe(&article), "{what} as {format}");
            assert!(format != "web" || article.markers.len() == 8_000, "{what}: {}", article.markers.len());
        }
        assert!(cpu() - since < LONG, "{what}: {:?}", cpu() - since);
    }
}
