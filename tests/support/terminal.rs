//! A terminal: a pseudo-terminal with the program at one end, and at the other an emulator that knows what is shown.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use filedescriptor::FileDescriptor;
use portable_pty::{CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, Signal, WaitStatus, kill_process, kill_process_group};
use rustix::termios::{Termios, tcgetattr};

use super::scan::Scanner;
use super::{Home, IBID, keys, package, process};

/// How long anything may take before the test fails. Long, for a busy machine; nothing ever waits for it in vain.
pub const LIMIT: Duration = Duration::from_secs(30);

/// How long a sleeping program may take to wake up when something is sent to it; then it has no use for it.
const WAKES_WITHIN: Duration = Duration::from_secs(1);
/// What the harness writes into the terminal itself, behind all that the program has written.
const MARK: u8 = 0;

/// A pseudo-terminal is opened and closed in one process for all tests of a crate: one at a time.
static OPENING: Mutex<()> = Mutex::new(());

/// The program, running in a terminal.
pub struct Terminal {
    master: Option<(Box<dyn MasterPty + Send>, File)>,
    tty: PathBuf,
    pid: Pid,
    status: Option<WaitStatus>,
    emulator: vt100::Parser,
    before: Termios,
    size: (u16, u16),
    /// How the program slept when something was last sent to it, and when that was.
    sent: Option<(process::Asleep, Instant)>,
    /// Our own marks on their way through the terminal.
    marks: usize,
    /// Everything that was written.
    pub raw: Vec<u8>,
    /// What it meant.
    pub scanner: Scanner,
    /// Whether what may not be written is a failure.
    strict: bool,
}

/// A terminal that is about to be.
pub struct Setup {
    argv: Vec<String>,
    size: (u16, u16),
    env: Vec<(String, String)>,
    strict: bool,
}

/// Runs the program with these arguments.
pub fn ibid(home: &Home, args: &[&str]) -> Setup {
    command(home, &[&[IBID], args].concat())
}

/// Runs any command.
pub fn command(home: &Home, argv: &[&str]) -> Setup {
    let argv = argv.iter().map(|a| (*a).to_owned()).collect();
    Setup { argv, size: (80, 24), env: home.env(), strict: true }
}

/// Runs the program below a shell, as its child in the same process group. `script` is the shell's; `"$@"` runs it.
pub fn under_shell(home: &Home, script: &str, args: &[&str]) -> Setup {
    command(home, &[&["/bin/sh", "-c", script, "sh", IBID], args].concat())
}

impl Setup {
    /// Columns and rows.
    pub fn size(mut self, columns: u16, rows: u16) -> Self {
        self.size = (columns, rows);
        self
    }

    /// Sets a variable.
    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.env.retain(|(n, _)| n != name);
        self.env.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Lets it write what it likes: for programs that are not ours.
    pub fn lenient(mut self) -> Self {
        self.strict = false;
        self
    }

    /// Starts it, and waits for nothing.
    pub fn spawn(self) -> Terminal {
        let lock = OPENING.lock();
        let (cols, rows) = self.size;
        let pair =
            native_pty_system().openpty(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).unwrap();
        let master = FileDescriptor::dup(&pair.master.as_raw_fd().unwrap()).unwrap().as_file().unwrap();
        let before = tcgetattr(&master).unwrap();
        let mut command = CommandBuilder::from_argv(self.argv.iter().map(Into::into).collect());
        command.env_clear();
        for (name, value) in &self.env {
            command.env(name, value);
        }
        command.cwd(package());
        let child = pair.slave.spawn_command(command).unwrap();
        drop(lock);
        let pid = Pid::from_raw(i32::try_from(child.process_id().unwrap()).unwrap()).unwrap();
        Terminal {
            tty: pair.master.tty_name().unwrap(),
            master: Some((pair.master, master)),
            pid,
            status: None,
            emulator: vt100::Parser::new(cells(rows), cells(cols), 0),
            before,
            size: self.size,
            sent: None,
            marks: 0,
            raw: Vec::new(),
            scanner: Scanner::default(),
            strict: self.strict,
        }
    }

    /// Starts it, and waits for its first screen.
    pub fn open(self) -> Terminal {
        let mut terminal = self.spawn();
        terminal.wait("the alternate screen", |t| t.scanner.mode(1049) || t.ended());
        assert!(!terminal.ended(), "it ended at once:\n{}", terminal.text());
        terminal.settle();
        terminal
    }
}

fn cells(n: u16) -> NonZeroU16 {
    NonZeroU16::new(n).unwrap()
}

impl Terminal {
    /// Types keys, separated by spaces, and waits after each until the program has done what it does.
    /// Besides keys: `size:80x24`, `click:COLUMN,ROW`, `drag:COLUMN,ROW,COLUMN,ROW`, `wheel:COLUMN,ROW,NOTCHES`, `paste:TEXT` (`_` is a space).
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        for word in keys.split_whitespace() {
            self.one(word);
            self.settle();
        }
        self
    }

    fn one(&mut self, word: &str) {
        let numbers =
            |text: &str, by: char| -> Vec<i32> { text.split(by).map(|n| n.parse().unwrap()).collect() };
        if let Some(size) = word.strip_prefix("size:") {
            let n = numbers(size, 'x');
            self.resize(n[0] as u16, n[1] as u16);
        } else if let Some(at) = word.strip_prefix("click:") {
            let n = numbers(at, ',');
            self.send(&keys::click(n[0] as u16, n[1] as u16));
        } else if let Some(at) = word.strip_prefix("drag:") {
            let n = numbers(at, ',');
            self.send(&keys::drag((n[0] as u16, n[1] as u16), (n[2] as u16, n[3] as u16)));
        } else if let Some(at) = word.strip_prefix("wheel:") {
            let n = numbers(at, ',');
            for _ in 0..n[2].abs() {
                self.send(&keys::wheel(n[0] as u16, n[1] as u16, n[2] > 0));
                self.settle();
            }
        } else if let Some(text) = word.strip_prefix("paste:") {
            self.send(&keys::paste(&text.replace('_', " ")));
        } else if word.starts_with('<') && word.ends_with('>') && word.len() > 2 {
            self.send(&keys::bytes(word));
        } else {
            for c in word.chars() {
                self.send(c.to_string().as_bytes());
                self.settle();
            }
        }
    }

    /// Writes bytes to the program, as the terminal does.
    pub fn send(&mut self, bytes: &[u8]) {
        self.remember_sleep();
        // Whether it is still there is asked elsewhere.
        if let Some((_, master)) = &mut self.master {
            let _ = master.write_all(bytes);
        }
    }

    /// Changes the size of the terminal.
    pub fn resize(&mut self, cols: u16, rows: u16) {
        self.remember_sleep();
        self.size = (cols, rows);
        self.emulator.screen_mut().set_size(cells(rows), cells(cols));
        let size = PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
        self.master.as_ref().unwrap().0.resize(size).unwrap();
    }

    /// Waits until the program has read all its keys and sleeps, and nothing more is written.
    pub fn settle(&mut self) -> &mut Self {
        self.wait("sleep", Self::quiet);
        self
    }

    /// What is sent reaches the program some time later; that it woke up in between is how it shows.
    fn remember_sleep(&mut self) {
        self.sent = process::asleep(self.pid).map(|asleep| (asleep, Instant::now()));
    }

    fn quiet(&mut self) -> bool {
        let Some(now) = process::asleep(self.pid) else { return false };
        if self.sent.as_ref().is_some_and(|(then, when)| *then == now && when.elapsed() < WAKES_WITHIN) {
            return false;
        }
        // Looked at twice, for a thread may wake another between two looks.
        self.unread_keys() == 0 && !self.drain() && process::asleep(self.pid) == Some(now)
    }

    /// The program's side of the terminal, open only for a moment: while someone has it open it is not gone.
    fn tty(&self) -> Option<File> {
        let flags = rustix::fs::OFlags::NOCTTY | rustix::fs::OFlags::NONBLOCK;
        OpenOptions::new().read(true).write(true).custom_flags(flags.bits() as i32).open(&self.tty).ok()
    }

    /// Bytes that were typed and that the program has not read.
    fn unread_keys(&self) -> u64 {
        self.tty().and_then(|t| rustix::io::ioctl_fionread(&t).ok()).unwrap_or(0)
    }

    /// Takes in all that the program has written so far, however long it is on its way: up to a mark of our own
    /// behind it. True when there was something.
    fn drain(&mut self) -> bool {
        let before = self.raw.len();
        let Some(mut tty) = self.tty() else { return false };
        if tty.write(&[MARK]).is_err() {
            // Full to the brim: the program waits for us.
            return self.take_output(LIMIT);
        }
        self.marks += 1;
        let end = Instant::now() + LIMIT;
        while self.marks > 0 && Instant::now() < end && self.take_output(LIMIT) {}
        self.raw.len() > before
    }

    /// Waits until it is so; fails with the screen when it never is.
    pub fn wait(&mut self, what: &str, mut so: impl FnMut(&mut Self) -> bool) {
        let end = Instant::now() + LIMIT;
        loop {
            self.take_output(Duration::from_millis(1));
            self.check();
            if so(self) {
                return;
            }
            assert!(Instant::now() < end, "waited in vain for {what}; the screen:\n{}", self.text());
        }
    }

    /// Waits until this text stands on the screen.
    pub fn wait_for(&mut self, text: &str) -> &mut Self {
        self.wait(&format!("{text:?}"), |t| t.text().contains(text));
        self
    }

    /// Takes in what the program has written; true when something came.
    fn take_output(&mut self, patience: Duration) -> bool {
        let Some((_, master)) = &mut self.master else { return false };
        let mut fds = [PollFd::new(master, PollFlags::IN)];
        let patience = Timespec::try_from(patience).unwrap();
        if poll(&mut fds, Some(&patience)).unwrap_or(0) == 0 {
            return false;
        }
        let mut bytes = vec![0; 65536];
        // The end of the terminal is an error here (EIO).
        let n = master.read(&mut bytes).unwrap_or(0);
        bytes.truncate(n);
        // A mark more than we sent is the program's own, and the scanner's business.
        bytes.retain(|b| {
            let ours = *b == MARK && self.marks > 0;
            self.marks -= usize::from(ours);
            !ours
        });
        self.raw.extend_from_slice(&bytes);
        self.scanner.feed(&bytes);
        self.emulator.process(&bytes);
        n > 0
    }

    /// Sends this key again and again and reads nothing, until the program is stuck with its output.
    pub fn clog(&mut self, key: &str) {
        let bytes = keys::bytes(key);
        let mut stuck = 0;
        let clogged = process::until(LIMIT, || {
            let room = self.tty().is_some_and(|mut tty| tty.write(&[MARK]).is_ok());
            self.marks += usize::from(room);
            // A write that is going on also leaves no room for a moment.
            stuck = if room || process::asleep(self.pid).is_none() { 0 } else { stuck + 1 };
            if room {
                self.send(&bytes);
            }
            stuck == 100
        });
        assert!(clogged, "its output never filled the terminal");
    }

    fn check(&self) {
        if let Some(fault) = self.scanner.fault.as_ref().filter(|_| self.strict) {
            panic!("the program wrote {fault}; the screen:\n{}", self.text());
        }
    }

    /// The screen as text: its rows, without spaces at their ends.
    pub fn text(&self) -> String {
        self.rows().join("\n")
    }

    /// The rows of the screen.
    pub fn rows(&self) -> Vec<String> {
        self.emulator.screen().rows(0, self.size.0).map(|r| r.trim_end().to_owned()).collect()
    }

    /// The emulator's screen, for its cells.
    pub fn screen(&self) -> &vt100::Screen {
        self.emulator.screen()
    }

    /// What the cells look like besides their text, a sign for each: `r` reversed, `u` underlined, `b` bold,
    /// `i` italic, `d` dim, `c` in another colour than most of the text.
    pub fn styles(&self) -> Vec<String> {
        let usual = self.usual_colour();
        let sign = |row, column| {
            let Some(cell) = self.screen().cell(row, column) else { return ' ' };
            // Of a blank, only its ground and its line can be seen.
            let seen = !cell.contents().trim().is_empty();
            let signs = [
                (cell.inverse(), 'r'),
                (cell.underline(), 'u'),
                (seen && cell.bold(), 'b'),
                (seen && cell.italic(), 'i'),
                (seen && cell.dim(), 'd'),
                (seen && Some(cell.fgcolor()) != usual || cell.bgcolor() != vt100::Color::Default, 'c'),
            ];
            signs.iter().find(|(on, _)| *on).map_or(' ', |(_, sign)| *sign)
        };
        let row = |row| (0..self.size.0).map(|column| sign(row, column)).collect::<String>();
        (0..self.size.1).map(|n| row(n).trim_end().to_owned()).collect()
    }

    /// The colour that most letters have.
    fn usual_colour(&self) -> Option<vt100::Color> {
        let places = (0..self.size.1).flat_map(|row| (0..self.size.0).map(move |column| (row, column)));
        let cells = places.filter_map(|(row, column)| self.screen().cell(row, column));
        let mut counted: Vec<(vt100::Color, usize)> = Vec::new();
        for cell in cells.filter(|c| !c.bold() && c.contents().chars().any(char::is_alphabetic)) {
            match counted.iter_mut().find(|(colour, _)| *colour == cell.fgcolor()) {
                Some((_, count)) => *count += 1,
                None => counted.push((cell.fgcolor(), 1)),
            }
        }
        counted.into_iter().max_by_key(|(_, count)| *count).map(|(colour, _)| colour)
    }

    /// The process.
    pub fn pid(&self) -> Pid {
        self.pid
    }

    /// True when the program has ended.
    pub fn ended(&self) -> bool {
        self.status.is_some() || process::ended(self.pid)
    }

    /// Sends a signal to the process.
    pub fn signal(&mut self, signal: Signal) {
        kill_process(self.pid, signal).unwrap();
    }

    /// Sends a signal to the process group, as a shell does.
    pub fn signal_group(&mut self, signal: Signal) {
        kill_process_group(self.pid, signal).unwrap();
    }

    /// Waits for the end, and gives the status. Everything that was written has then been read and judged.
    pub fn finish(&mut self) -> WaitStatus {
        self.wait("the end", |t| t.ended());
        self.drain();
        while self.take_output(Duration::from_millis(1)) {}
        self.scanner.end();
        self.check();
        self.reap()
    }

    /// Quits from wherever it is, and checks that the terminal is as it was.
    pub fn quit(&mut self) {
        for _ in 0..8 {
            if self.ended() || !self.scanner.mode(1049) {
                break;
            }
            self.send(b"\x03");
            self.wait("sleep or the end", |t| t.ended() || t.quiet());
        }
        let status = self.finish();
        assert_eq!(status.exit_status(), Some(0), "{}", self.text());
        self.assert_given_back();
    }

    fn reap(&mut self) -> WaitStatus {
        let status = self.status.or_else(|| process::status(self.pid)).unwrap();
        self.status = Some(status);
        status
    }

    /// The terminal is as it was: its modes and its line settings.
    pub fn assert_given_back(&self) {
        assert_eq!(self.scanner.left_on(), Vec::<u32>::new(), "modes were left on");
        assert_eq!(
            format!("{:?}", self.line_settings()),
            format!("{:?}", self.before),
            "termios is not as before"
        );
    }

    /// The line settings of the terminal.
    pub fn line_settings(&self) -> Termios {
        tcgetattr(&self.master.as_ref().unwrap().1).unwrap()
    }

    /// The terminal goes away, as when its window is closed.
    pub fn vanish(&mut self) {
        let lock = OPENING.lock();
        self.master = None;
        drop(lock);
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        if self.status.is_none() {
            let _ = kill_process_group(self.pid, Signal::KILL);
            let _ = kill_process(self.pid, Signal::KILL);
            process::until(Duration::from_secs(5), || process::ended(self.pid));
            process::status(self.pid);
        }
    }
}
