//! The program and its terminal: what is given back after every end, and what may be written to it.

#![allow(clippy::unwrap_used)]

mod support;

use std::fs::File;
use std::io::Write as _;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use rustix::process::Signal;
use support::scan::Scanner;
use support::terminal::{Terminal, command, ibid, under_shell};
use support::{Home, IBID, keys, package, process, shipped};

const GUIDE: &str = "articles/guide.textbundle";

/// The first row of the text, without the scrollbar. Only on screens that have no outline beside the text.
fn top(terminal: &Terminal) -> String {
    let rows = terminal.rows().into_iter().skip(1);
    let mut texts = rows.map(|r| r.trim_end_matches(['│', '┃']).trim().to_owned());
    texts.find(|r| !r.is_empty()).unwrap_or_default()
}

/// The first word of the text: it stays on the first row when the row is broken anew.
fn first_word(terminal: &Terminal) -> String {
    top(terminal).split(' ').next().unwrap_or_default().to_owned()
}

/// Opens the guide without an outline and goes some way into it.
fn reading(home: &Home) -> Terminal {
    let mut terminal = ibid(home, &[GUIDE]).size(70, 20).open();
    terminal.keys("d d ] j");
    terminal
}

// ---------------------------------------------------------------------------------------------- the harness itself

#[test]
fn the_scanner_lets_through_what_the_program_sends_and_nothing_else() {
    for (bytes, modes) in [
        ("plain – text\r\n", vec![]),
        ("\x1b[?1049h\x1b[?25l\x1b[?2004h", vec![25, 1049, 2004]),
        ("\x1b[?1049h\x1b[?1049l", vec![]),
        ("\x1b[?1000h\x1b[?1002h\x1b[?1006h", vec![1000, 1002, 1006]),
        ("\x1b[0m\x1b[2J\x1b[3;4H\x1b[7H\x1b[C\x1b[12C\x1b[5X\x1b[K\x1b[1;38;2;1;2;3m", vec![]),
        ("\x1b]52;c;aGFsbG8=\x1b\\\x1b]52;c;\x07", vec![]),
    ] {
        let mut scanner = Scanner::default();
        // Byte by byte, as it may come.
        bytes.bytes().for_each(|b| scanner.feed(&[b]));
        scanner.end();
        assert_eq!((scanner.fault.as_deref(), scanner.left_on()), (None, modes), "{bytes:?}");
    }
    for bytes in [
        "\x07",
        "\t",
        "\x08",
        "\u{9b}31m",
        "\u{85}",
        "\x1bc",
        "\x1b]0;title\x07",
        "\x1b]8;;http://x\x1b\\",
        "\x1b[6n",
        "\x1b[c",
        "\x1b[?2026h",
        "\x1b[3J",
        "\x1b[5 q",
        "\x1b[>1u",
        "\x1b[?1003h",
        "\x1b[21t",
        "\x1b]52;c;?\x07",
        "\x1b]52;p;YQ==\x07",
        "\x1bP$q\x1b\\",
        "\x1b_Gx\x1b\\",
        "\x1b[4h",
        "\u{202e}",
        "\u{e0041}",
        "\x1b[2",
        "\x1b",
    ] {
        let mut scanner = Scanner::default();
        scanner.feed(bytes.as_bytes());
        scanner.end();
        assert!(scanner.fault.is_some(), "{bytes:?}");
    }
    let mut scanner = Scanner::default();
    scanner.feed(b"\xff");
    assert!(scanner.fault.is_some());
    scanner = Scanner::default();
    scanner.feed("\x1b]52;c;4oCcaGFsbG/igJ0=\x1b\\".as_bytes());
    assert_eq!(scanner.copied, ["“hallo”"]);
}

#[test]
fn the_harness_waits_for_a_program_that_is_slow_to_answer() {
    let home = Home::new();
    let script = "stty -echo -icanon; printf '\\033[?1049hready'; while :; do k=$(dd bs=1 count=1 2>/dev/null); \
                  i=0; while [ $i -lt 3000 ]; do i=$((i+1)); done; printf 'got %s,' \"$k\"; done";
    let mut terminal = command(&home, &["/bin/sh", "-c", script]).size(40, 5).lenient().open();
    terminal.wait_for("ready").keys("a b c");
    assert_eq!(terminal.rows()[0], "readygot a,got b,got c,");
    terminal.signal(Signal::TERM);
    assert_eq!(terminal.finish().terminating_signal(), Some(Signal::TERM.as_raw()));
    assert_eq!(terminal.scanner.left_on(), [1049]);
}

// --------------------------------------------------------------------------------------------------------- the ends

#[test]
fn quitting_gives_the_terminal_back() {
    let home = Home::new();
    let mut terminal = reading(&home);
    assert!(terminal.scanner.mode(1049) && !terminal.scanner.mode(25) && terminal.scanner.mode(2004));
    terminal.send(b"q");
    assert_eq!(terminal.finish().exit_status(), Some(0));
    terminal.assert_given_back();
}

#[test]
fn each_signal_ends_it_with_that_status_and_keeps_the_place() {
    for signal in [Signal::TERM, Signal::INT, Signal::HUP, Signal::QUIT] {
        let home = Home::new();
        let mut terminal = reading(&home);
        let place = top(&terminal);
        let sent = Instant::now();
        terminal.signal(signal);
        let status = terminal.finish();
        assert_eq!(status.terminating_signal(), Some(signal.as_raw()), "{signal:?}: {status:?}");
        assert!(sent.elapsed() < Duration::from_millis(600), "{signal:?} took {:?}", sent.elapsed());
        terminal.assert_given_back();

        let mut again = ibid(&home, &[GUIDE]).size(70, 20).open();
        assert_eq!(top(&again), place, "after {signal:?}");
        again.quit();
    }
}

#[test]
fn a_signal_at_any_moment_of_the_start_leaves_no_mode_on() {
    for n in 0..40u32 {
        let home = Home::new();
        let mut terminal = ibid(&home, &["articles/showcase.textbundle"]).size(100, 30).spawn();
        let end = Instant::now() + Duration::from_micros(u64::from(n * n * 40));
        terminal.wait("the moment", |t| Instant::now() >= end || t.ended());
        terminal.signal(Signal::TERM);
        assert_eq!(terminal.finish().terminating_signal(), Some(Signal::TERM.as_raw()));
        terminal.assert_given_back();
    }
}

#[test]
fn a_panic_gives_the_terminal_back_says_one_line_and_keeps_the_place() {
    if !cfg!(debug_assertions) {
        return eprintln!("skipped: only a debug build panics on purpose");
    }
    let home = Home::new();
    let mut terminal = ibid(&home, &[GUIDE]).size(70, 20).env("IBID_PANIC_AFTER", "4").open();
    terminal.keys("d d j");
    let place = top(&terminal);
    terminal.send(b"j");
    assert_eq!(terminal.finish().exit_status(), Some(101));
    terminal.assert_given_back();
    let told = after_the_screen(&terminal);
    assert_eq!(told.trim_end().lines().count(), 1, "{told:?}");
    assert!(told.starts_with("ibid: ") && !told.contains("panicked at"), "{told:?}");

    let mut again = ibid(&home, &[GUIDE]).size(70, 20).open();
    assert_eq!(top(&again), place);
    again.quit();
}

/// What was written after the alternate screen was left.
fn after_the_screen(terminal: &Terminal) -> String {
    let raw = String::from_utf8_lossy(&terminal.raw).into_owned();
    raw.rsplit("\x1b[?1049l").next().unwrap_or_default().to_owned()
}

// ---------------------------------------------------------------------------------------------- stopped, continued

/// A shell with the program as its child: only so is there someone who can stop it.
fn stoppable(home: &Home) -> Terminal {
    let mut terminal = under_shell(home, "\"$@\"; exit $?", &[GUIDE]).size(70, 24).open();
    terminal.keys("d d");
    terminal
}

fn stopped(terminal: &mut Terminal) {
    let pid = terminal.pid();
    terminal.wait("the stop", |_| process::status(pid).is_some_and(|s| s.stopped()));
    terminal.wait("the rest of the output", |t| !t.scanner.mode(1049));
}

#[test]
fn a_stop_gives_the_terminal_back_and_going_on_draws_the_screen_at_its_new_size() {
    for by_key in [true, false] {
        let home = Home::new();
        let mut terminal = stoppable(&home);
        let place = first_word(&terminal);
        match by_key {
            true => terminal.send(&keys::bytes("<C-z>")),
            false => terminal.signal_group(Signal::TSTP),
        }
        stopped(&mut terminal);
        terminal.assert_given_back();

        terminal.resize(62, 17);
        terminal.signal_group(Signal::CONT);
        terminal.wait("the screen", |t| t.scanner.mode(1049));
        terminal.settle();
        assert!(terminal.scanner.mode(2004) && !terminal.scanner.mode(25));
        assert!(top(&terminal).contains(&place), "{place} is not at the top:\n{}", terminal.text());
        let (shown, styles) = (terminal.text(), terminal.styles());
        terminal.keys("<C-l>");
        assert_eq!((terminal.text(), terminal.styles()), (shown, styles), "a fresh screen is another one");
        terminal.quit();
    }
}

#[test]
fn stopping_again_and_again_changes_nothing() {
    let home = Home::new();
    let mut terminal = stoppable(&home);
    let shown = terminal.text();
    for _ in 0..10 {
        terminal.send(&keys::bytes("<C-z>"));
        stopped(&mut terminal);
        terminal.signal_group(Signal::CONT);
        terminal.wait("the screen", |t| t.scanner.mode(1049));
        terminal.settle();
        assert_eq!(terminal.text(), shown);
    }
    terminal.quit();
}

#[test]
fn without_a_shell_to_go_back_to_it_does_not_stop() {
    let home = Home::new();
    let mut terminal = ibid(&home, &[GUIDE]).size(70, 24).open();
    terminal.keys("<C-z>");
    assert!(!terminal.ended() && terminal.scanner.mode(1049));
    let first = top(&terminal);
    terminal.keys("<Space>");
    assert_ne!(top(&terminal), first, "it goes on");
    terminal.quit();
}

// ------------------------------------------------------------------------------------------ a terminal that is gone

#[test]
fn when_the_terminal_vanishes_the_program_ends_soon_and_idly() {
    for script in ["exec \"$@\"", "trap '' HUP; exec \"$@\"", "trap '' HUP TERM; \"$@\"; exit 3"] {
        let home = Home::new();
        let mut terminal = under_shell(&home, script, &[GUIDE]).size(70, 20).open();
        terminal.keys("d d");
        // A child of the shell is looked up before the terminal goes.
        let children = format!("/proc/{0}/task/{0}/children", terminal.pid().as_raw_nonzero());
        let child = std::fs::read_to_string(children).unwrap_or_default();
        let child = child.trim().parse().ok().and_then(rustix::process::Pid::from_raw);
        let before = process::cpu(child.unwrap_or(terminal.pid()));
        let since = Instant::now();
        terminal.vanish();
        let (mut used, pid) = (before, terminal.pid());
        let gone = process::until(Duration::from_millis(1_500), || {
            used = used.max(process::cpu(child.unwrap_or(pid)));
            process::ended(pid)
        });
        assert!(gone, "{script}: still there after {:?}", since.elapsed());
        assert!(
            used - before < Duration::from_millis(200),
            "{script}: {:?} of processor time",
            used - before
        );
        assert!(home.state().is_some_and(|s| s.contains("\"block\"")), "{script}: the place was not saved");
    }
}

#[test]
fn a_terminal_that_takes_no_output_does_not_keep_the_program_from_ending() {
    let home = Home::new();
    // Where in a write the signal comes is chance.
    for round in 1..=5 {
        let mut terminal = ibid(&home, &["articles/showcase.textbundle"]).size(300, 100).lenient().open();
        terminal.clog("<C-l>");
        let pid = terminal.pid();
        terminal.signal(Signal::TERM);
        let ended = process::until(Duration::from_secs(3), || process::ended(pid));
        assert!(ended, "it hangs in a write (round {round})");
        assert_eq!(terminal.finish().terminating_signal(), Some(Signal::TERM.as_raw()));
    }
}

// ------------------------------------------------------------------------------------------------ pipes and dumbness

#[test]
fn keys_that_come_together_are_all_taken() {
    let home = Home::new();
    let mut terminal = ibid(&home, &[GUIDE]).size(70, 20).open();
    terminal.send(b"345");
    terminal.wait_for("345   tab").keys("<Esc>");
    terminal.send(b"/the\rnnn");
    terminal.wait_for("4/");
    terminal.quit();
}

#[test]
fn the_document_may_come_through_a_pipe_while_the_keys_come_from_the_terminal() {
    let home = Home::new();
    let file = home.write("piped.md", "# Piped\n\nWater flows.[^1]\n\n[^1]: Downhill.\n");
    for arguments in ["-", ""] {
        let script = format!("cat '{file}' | \"$1\" {arguments}; exit $?");
        let mut terminal = under_shell(&home, &script, &[]).size(70, 20).open();
        terminal.wait_for("Water flows").keys("<Tab> <Enter>").wait_for("Downhill");
        terminal.quit();
    }
}

/// A pipe with a name, and our end of it.
fn pipe(home: &Home) -> (String, File) {
    let path = home.path("pipe");
    let mode = rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR;
    rustix::fs::mkfifoat(rustix::fs::CWD, &path, mode).unwrap();
    // Open for both, so that neither side waits for the other.
    let ours = File::options().read(true).write(true).open(&path).unwrap();
    (path.to_str().unwrap().to_owned(), ours)
}

#[test]
fn a_pipe_shows_what_has_come_and_goes_on_while_it_is_open() {
    let home = Home::new();
    let (path, mut writer) = pipe(&home);
    let mut terminal = under_shell(&home, &format!("\"$1\" - < '{path}'"), &[]).size(70, 20).spawn();
    terminal.wait_for("reading …");
    writer.write_all(b"# Piped\n\nWater flows to [the sea].[^n]\n").unwrap();
    terminal.wait_for("Water flows").keys("<Tab>");
    assert!(terminal.text().contains("reading …"));
    writer.write_all(b"\nIt falls.\n\n[^n]: Downhill.\n\n[the sea]: https://example.org/\n").unwrap();
    terminal.wait_for("It falls").keys("<Enter>").wait_for("Downhill");
    assert!(!terminal.text().contains("[the sea]"), "{}", terminal.text());
    drop(writer);
    terminal.wait("its end", |t| !t.text().contains("reading …"));
    terminal.quit();
}

#[test]
fn q_quits_at_once_while_the_pipe_is_open() {
    let home = Home::new();
    let (path, mut writer) = pipe(&home);
    for text in ["", "Water flows.\n"] {
        let mut terminal = under_shell(&home, &format!("\"$1\" - < '{path}'"), &[]).size(70, 20).spawn();
        writer.write_all(text.as_bytes()).unwrap();
        terminal.wait_for(if text.is_empty() { "reading …" } else { text.trim() });
        terminal.send(b"q");
        assert_eq!(terminal.finish().exit_status(), Some(0));
        terminal.assert_given_back();
    }
}

#[test]
fn a_pipe_without_end_shows_its_beginning_and_answers() {
    let home = Home::new();
    let script = "i=0; while :; do i=$((i+1)); echo \"Line $i of many.\"; echo; done | \"$1\" -";
    let mut terminal = under_shell(&home, script, &[]).size(70, 20).spawn();
    terminal.wait_for("Line 3 of many.");
    terminal.send(b"j");
    terminal.wait("a line further", |t| !t.text().contains("Line 1 of many."));
    terminal.send(b"G");
    terminal.wait("more of it", |t| !t.text().contains("Line 3 of many."));
    terminal.send(b"g");
    terminal.wait_for("Line 1 of many.");
    terminal.send(b"q");
    assert_eq!(terminal.finish().exit_status(), Some(0));
    terminal.assert_given_back();
}

#[test]
fn keys_do_not_wait_until_a_long_document_is_taken_in() {
    let text: String =
        (0..60_000).map(|n| format!("## Heading {n}\n\nParagraph {n} has a few words.\n\n")).collect();
    for signal in [None, Some(Signal::TERM)] {
        let home = Home::new();
        let file = home.write("long.md", &text);
        let mut terminal = ibid(&home, &[&file]).size(110, 20).spawn();
        let listed = |t: &Terminal| {
            let rows = t.rows().into_iter();
            rows.filter_map(|row| row.trim().strip_prefix("▾ ")?.split(' ').next()?.parse().ok()).next()
        };
        terminal.wait("a part of the outline", |t| listed(t).is_some_and(|more: usize| more > 15_000));
        terminal.send(b" ");
        terminal.wait("a page further", |t| !t.text().contains("Paragraph 1 has"));
        assert!(terminal.text().contains("reading …"), "{}", terminal.text());
        match signal {
            Some(signal) => terminal.signal(signal),
            None => terminal.send(b"q"),
        }
        let status = terminal.finish();
        assert_eq!(status.terminating_signal(), signal.map(Signal::as_raw));
        terminal.assert_given_back();
    }
}

#[test]
fn a_place_and_a_selection_stay_while_more_comes() {
    let home = Home::new();
    let (path, mut writer) = pipe(&home);
    let text: String = (0..60).map(|n| format!("Paragraph {n} has a few words.\n\n")).collect();
    let mut terminal = under_shell(&home, &format!("\"$1\" - < '{path}'"), &[]).size(70, 20).spawn();
    writer.write_all(text.as_bytes()).unwrap();
    terminal.wait_for("Paragraph 1 has");
    terminal.keys("d d j v )");
    let (top, before) = (top(&terminal), terminal.rows());
    writer.write_all(b"# A heading\n\nThe last one.[^n]\n\n[^n]: And its note.\n").unwrap();
    drop(writer);
    terminal.wait("its end", |t| !t.text().contains("reading …"));
    assert_eq!(self::top(&terminal), top);
    assert_eq!(terminal.rows()[2..19], before[2..19]);
    terminal.keys("y");
    assert!(terminal.scanner.copied[0].ends_with("has a few words."), "{:?}", terminal.scanner.copied);
    terminal.quit();
}

#[test]
fn what_is_no_text_is_said_whenever_it_comes() {
    let home = Home::new();
    let (path, mut writer) = pipe(&home);
    let mut terminal = under_shell(&home, &format!("\"$1\" - < '{path}'"), &[]).size(90, 20).spawn();
    terminal.wait_for("reading …");
    writer.write_all(b"%PDF-1.7 and more").unwrap();
    terminal.wait_for("it looks like a PDF");
    terminal.quit();
    let mut terminal = under_shell(&home, "printf '%%PDF-1.7' | \"$1\" -; exit $?", &[]).size(90, 20).spawn();
    assert_eq!(terminal.finish().exit_status(), Some(1));
}

#[test]
fn a_pipe_that_stays_open_can_be_interrupted() {
    let home = Home::new();
    let script = "{ printf '# Piped\\n\\nWater flows.\\n'; sleep 20; } | \"$1\" -; exit $?";
    let mut terminal = under_shell(&home, script, &[]).size(70, 20).spawn();
    let pid = terminal.pid();
    terminal.wait_for("Water flows");
    terminal.signal_group(Signal::INT);
    assert!(process::until(Duration::from_secs(5), || process::ended(pid)), "it cannot be interrupted");
    terminal.wait("the terminal", |t| t.scanner.left_on().is_empty());
}

/// Runs the program without a terminal.
fn plain(home: &Home, args: &[&str], env: &[(&str, &str)]) -> Output {
    let mut command = Command::new(IBID);
    command.args(args).env_clear().envs(home.env()).envs(env.iter().copied()).current_dir(package());
    command.stdin(Stdio::null()).output().unwrap()
}

fn assert_plain(output: &Output) -> String {
    assert!(output.status.success(), "{output:?}");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    let foreign = text.chars().find(|c| c.is_control() && *c != '\n');
    assert_eq!(foreign, None, "{text}");
    text
}

#[test]
fn without_a_terminal_it_writes_plain_text() {
    let home = Home::new();
    for article in shipped() {
        let text = assert_plain(&plain(&home, &[&article], &[]));
        assert_eq!(text, assert_plain(&plain(&home, &["cat", &article], &[])));
        assert!(text.lines().count() > 20);
    }
}

#[test]
fn a_dumb_terminal_gets_plain_text() {
    for dumb in ["dumb", ""] {
        let home = Home::new();
        let mut terminal = ibid(&home, &[GUIDE]).env("TERM", dumb).size(80, 24).spawn();
        assert_eq!(terminal.finish().exit_status(), Some(0), "TERM={dumb:?}");
        assert!(!terminal.raw.contains(&0x1b), "TERM={dumb:?}: an escape");
        let written = String::from_utf8_lossy(&terminal.raw).into_owned();
        assert!(written.contains("How to read with ibid") && written.contains("References"), "{written}");
    }
}

#[test]
fn what_cannot_be_opened_is_one_line_and_status_1() {
    let home = Home::new();
    let odd = format!("{}/no\x1b]0;x\x07such\n\u{202e}file", home.path("").display());
    for path in ["missing.md", odd.as_str(), "tests", "/dev/null/x"] {
        let output = plain(&home, &[path], &[]);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0), "{path:?}: {told}");
        assert!(told.starts_with("ibid: ") && told.trim_end().lines().count() == 1, "{path:?}: {told:?}");
        assert_eq!(
            told.trim_end().chars().find(|c| c.is_control() || *c == '\u{202e}'),
            None,
            "{path:?}: {told:?}"
        );

        let mut terminal = ibid(&home, &[path]).spawn();
        assert_eq!(terminal.finish().exit_status(), Some(1), "{path:?}");
        assert!(!terminal.raw.contains(&0x1b), "{path:?}: the screen was taken");
    }
}

// --------------------------------------------------------------------------------------- what reaches the terminal

#[test]
fn only_a_key_copies_and_what_is_copied_is_clean_text() {
    let home = Home::new();
    let mut terminal = ibid(&home, &[GUIDE]).size(100, 30).open();
    terminal.keys("<Tab> <Enter>");
    assert_eq!(terminal.scanner.copied, Vec::<String>::new());
    terminal.keys("y");
    let [copied] = terminal.scanner.copied.as_slice() else { panic!("{:?}", terminal.scanner.copied) };
    assert!(copied.len() > 20 && copied.chars().all(|c| !c.is_control() || c == '\n'), "{copied:?}");
    terminal.quit();

    let file = home.write("two.md", "# Two\n\nThe *first* one.[^n]\n\nThe second one.\n\n[^n]: A note.\n");
    let mut terminal = ibid(&home, &[&file]).size(70, 6).open();
    terminal.keys("} v } } y");
    assert_eq!(terminal.scanner.copied, ["The first one.[1]\n\nThe second one."]);
    terminal.keys("v } } Y footnotes <Enter>");
    assert_eq!(
        terminal.scanner.copied[1],
        "> The *first* one.[^n]\n>\n> The second one.\n>\n> — *Two*\n\n[^n]: A note."
    );
    terminal.quit();

    let file = home.write("evil.md", hostile());
    let mut terminal = ibid(&home, &[&file]).size(100, 30).open();
    for form in ["y", "Y <Enter>", "Y <Down> <Enter>", "Y org <Enter>", "Y LaTeX <Enter>", "Y HTML <Enter>"] {
        terminal.keys(&format!("g v G {form}"));
    }
    for _ in 0..8 {
        terminal.keys("<Tab> <Enter> y <Esc>");
    }
    assert!(!terminal.scanner.copied.is_empty());
    for copied in &terminal.scanner.copied {
        let foreign = copied
            .chars()
            .find(|c| (c.is_control() && !"\n\t".contains(*c)) || ('\u{202a}'..='\u{202e}').contains(c));
        assert_eq!(foreign, None, "{copied:?}");
    }
    terminal.quit();
}

/// A document that tries to speak to the terminal in every place where text can stand.
fn hostile() -> String {
    let tricks = [
        "\x1b]0;owned\x07",
        "\x1b[2J",
        "\x1b[31m",
        "\u{9b}31m",
        "\u{9d}0;t\u{9c}",
        "\x1b]52;c;eA==\x07",
        "\x1b[?1049l",
        "\x1b[?1000h",
        "\x1b[6n",
        "\x1bP$qm\x1b\\",
        "\x1b_Ga=T\x1b\\",
        "\x08\x08",
        "\x07",
        "\x1bc",
        "\x0e",
        "\x7f",
        "\u{202e}",
        "\u{2066}",
        "\u{200b}",
        "\u{feff}",
        "\u{e0041}",
        "\u{2028}",
        "&#27;[2J",
        "&#x9b;5n",
        "a\u{301}\u{301}",
    ];
    let all = tricks.concat();
    let mut text = format!("---\ntitle: \"T{all}\"\nauthor: \"A\u{9b}2J\"\n---\n\n");
    for (n, trick) in tricks.iter().enumerate() {
        let part = format!(
            "## H{trick}{n}\n\nword{trick}word[^{n}] *em{trick}* [link{trick}](https://example.org/{n}?{trick}) \
             `code{trick}` [@k{trick}{n}]\n\n```lang{trick}\ncode{trick}\n```\n\n| a{trick} | b |\n|---|---|\n| c | \
             d{trick} |\n\n![alt{trick}](x{trick}.png \"title{trick}\")\n\n$x{trick}$\n\n[^{n}]: note{trick} \
             <https://example.org/{trick}>\n\n"
        );
        text.push_str(&part);
    }
    text
}

#[test]
fn no_document_writes_to_the_terminal_on_any_screen_at_any_size() {
    let home = Home::new();
    let hostile = home.write("hostile.md", hostile());
    let name = home.write("n\x1b]0;x\x07\u{202e}ame\x1b[2J.md", "Text without a title.\n");
    for (file, sizes) in
        [(hostile.as_str(), &[(20, 5), (80, 24), (300, 100), (1, 1)][..]), (&name, &[(80, 24)])]
    {
        for (columns, rows) in sizes {
            let mut terminal = ibid(&home, &[file]).size(*columns, *rows).open();
            // Read, cards, search, outline, sections, palette, help, hints, address, export.
            terminal.keys(
                "d d <Tab> <Enter> <Enter> <Backspace> <Tab> <Esc> <Esc> <Space> / w o r d <Enter> n N <Esc>",
            );
            terminal.keys(
                "t / H 1 <Down> <Enter> t <Esc> s H 2 <Enter> : z e n <Enter> z ? <Esc> f <Esc> <Tab> o <Esc>",
            );
            terminal.keys("Y <Esc> G size:33x9 size:120x40 g z z K <Esc>");
            terminal.quit();
        }
    }
}

#[test]
fn only_addresses_of_the_web_and_of_mail_are_opened_and_only_as_one_word() {
    let home = Home::new();
    let addresses = [
        "https://a.example/x",
        "http://b.example/",
        "mailto:someone@c.example",
        "javascript:alert(1)",
        "JaVaScRiPt:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "smb://h/s",
        "ssh://-oProxyCommand=id/x",
        "vscode://x",
        "-h",
        "mailto:a@b.example?attach=/etc/passwd",
        "//d.example/x",
        "https://e.example/$(touch%20PWNED)",
        "https://f.example/`touch`",
        "https://g.example/';id;'",
        "https://user@h.example/",
        "view-source:http://x",
    ];
    let links: String = addresses.iter().map(|a| format!("[word](<{a}>)\n\n")).collect();
    let file = home.write("links.md", format!("# Links\n\n{links}"));
    let mut terminal = ibid(&home, &[&file]).size(70, 45).open();
    for (label, address) in "asdfghjklewiorumvc".chars().zip(addresses) {
        let before = home.opened().len();
        // Chosen, it shows where it leads; `o` shows the host; only Enter opens.
        terminal.keys(&format!("f {label} o"));
        assert_eq!(home.opened().len(), before, "{address} opened before anyone agreed");
        if let Some(host) = address.strip_prefix("https://").and_then(|a| a.split(['/', '@']).next()) {
            assert!(terminal.text().contains(host), "{host} is not shown:\n{}", terminal.text());
        }
        terminal.keys("<Enter> <Esc> <Esc> <Esc>");
    }
    terminal.quit();
    process::until(Duration::from_secs(2), || home.opened().len() >= 3);
    let opened = home.opened();
    assert!(opened.iter().any(|l| l == "xdg-open [https://a.example/x]"), "{opened:?}");
    for line in &opened {
        let word = line.strip_prefix("xdg-open [").and_then(|l| l.strip_suffix(']')).unwrap_or(line);
        let scheme = ["https://", "http://", "mailto:"].iter().any(|s| word.starts_with(s));
        assert!(scheme && !word.contains("] [") && !word.contains("attach"), "{line}");
    }
    assert!(!package().join("PWNED").exists());
}

// --------------------------------------------------------------------------------------------------- place and sizes

#[test]
fn through_any_sizes_the_same_words_stay_at_the_top() {
    let home = Home::new();
    let mut terminal = ibid(&home, &["articles/showcase.textbundle"]).size(70, 20).open();
    terminal.keys("<Space> <Space> <Space> } } }");
    let (row, word) = (top(&terminal), first_word(&terminal));
    let mut seed = 7u32;
    for _ in 0..60 {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let (columns, rows) = (24 + (seed >> 8) % 50, 6 + (seed >> 20) % 40);
        terminal.keys(&format!("size:{columns}x{rows}"));
        assert!(
            top(&terminal).contains(&word),
            "{word} is not at the top at {columns}x{rows}:\n{}",
            terminal.text()
        );
    }
    terminal.keys("size:70x20");
    assert_eq!(top(&terminal), row);
    terminal.quit();
}

#[test]
fn what_was_opened_and_how_one_likes_it_is_remembered() {
    let home = Home::new();
    let open = || ibid(&home, &["tests/play/marsh.md"]).size(120, 40).open();
    let mut terminal = open();
    terminal.keys("i x <Tab> <Enter> y <Esc>");
    terminal.quit();
    let mut terminal = open();
    let rows = terminal.rows();
    assert!(rows.iter().any(|row| row.contains("1  Hollis")), "no strip:\n{}", terminal.text());
    let at = rows.iter().position(|row| row.contains("place.[1]")).unwrap();
    assert!(terminal.styles()[at].contains("uuu"), "the marker is not underlined: {}", terminal.styles()[at]);
    terminal.keys("1 <Enter>").wait_for("opened before, exported");
    terminal.quit();
    // What the configuration says goes before what was liked last.
    home.write("config/ibid/config.toml", "notes = \"off\"\nmarkers = \"hidden\"");
    let mut terminal = open();
    let text = terminal.text();
    assert!(text.contains("citations hidden") && !text.contains("Hollis, The"), "{text}");
    terminal.quit();
}

#[test]
fn a_storm_of_sizes_ends_in_the_screen_of_the_last_one() {
    let home = Home::new();
    let mut terminal = ibid(&home, &["articles/showcase.textbundle"]).size(100, 30).open();
    terminal.keys("<Tab> <Enter>");
    for n in 0..300u16 {
        terminal.resize(1 + n * 37 % 200, 1 + n * 17 % 70);
    }
    terminal.resize(90, 28);
    terminal.settle();
    assert!(terminal.scanner.mode(1049), "{}", terminal.text());
    let (shown, styles) = (terminal.text(), terminal.styles());
    terminal.keys("<C-l>");
    assert_eq!((terminal.text(), terminal.styles()), (shown, styles));
    terminal.quit();
}

#[test]
fn it_sleeps_while_nobody_does_anything() {
    let home = Home::new();
    let mut terminal = reading(&home);
    // The place is saved once, a second after the last key.
    assert!(process::until(Duration::from_secs(5), || home.state().is_some()));
    terminal.settle();
    let (before, written, cpu) =
        (process::asleep(terminal.pid()), terminal.raw.len(), process::cpu(terminal.pid()));
    std::thread::sleep(Duration::from_secs(2));
    terminal.settle();
    assert_eq!(process::asleep(terminal.pid()), before, "a thread woke up");
    assert_eq!((terminal.raw.len(), process::cpu(terminal.pid())), (written, cpu));
    terminal.quit();
}
