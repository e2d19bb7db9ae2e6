//! The terminal's modes: taken once, and given back once, whatever happens.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use rustix::event::{PollFd, PollFlags, Timespec, poll};

/// True while the terminal is ours.
static TAKEN: AtomicBool = AtomicBool::new(false);
/// True while the mouse is.
static MOUSE: AtomicBool = AtomicBool::new(false);

/// Alternate screen, hidden cursor, bracketed paste.
const TAKE: &[u8] = b"\x1b[?1049h\x1b[?25l\x1b[?2004h";
/// The same in reverse, and no colour.
const GIVE: &[u8] = b"\x1b[?2004l\x1b[0m\x1b[?25h\x1b[?1049l";
/// Presses, drags, SGR coordinates.
const MOUSE_ON: &[u8] = b"\x1b[?1000h\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &[u8] = b"\x1b[?1006l\x1b[?1002l\x1b[?1000l";

/// Takes the terminal. The bytes come back to be written together with the first frame.
///
/// # Errors
/// When there is no terminal.
pub fn take(mouse: bool) -> io::Result<Vec<u8>> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    let mut bytes = TAKE.to_vec();
    bytes.extend_from_slice(if mouse { MOUSE_ON } else { b"" });
    MOUSE.store(mouse, Ordering::SeqCst);
    Ok(bytes)
}

/// Gives the terminal back as it was. Any thread may call it, any number of times; it waits for nobody.
pub fn give_back() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut bytes = Vec::with_capacity(64);
    if MOUSE.swap(false, Ordering::SeqCst) {
        bytes.extend_from_slice(MOUSE_OFF);
    }
    bytes.extend_from_slice(GIVE);
    let _ = disable_raw_mode();
    // A terminal that is gone, or takes no output, takes nothing back.
    let stdout = rustix::stdio::stdout();
    let mut fds = [PollFd::from_borrowed_fd(stdout, PollFlags::OUT)];
    let patience = Timespec { tv_sec: 0, tv_nsec: 100_000_000 };
    if poll(&mut fds, Some(&patience)).is_ok_and(|ready| ready > 0)
        && fds[0].revents().contains(PollFlags::OUT)
    {
        let _ = rustix::io::write(stdout, &bytes);
    }
}

/// Takes the mouse, or gives it back.
pub fn set_mouse(on: bool) -> &'static [u8] {
    MOUSE.store(on, Ordering::SeqCst);
    if on { MOUSE_ON } else { MOUSE_OFF }
}

/// Writes bytes to the terminal, in one go where it takes them so. Past the standard library's lock, so that a thread
/// that is stuck in here keeps no other from [`give_back`].
///
/// # Errors
/// When the terminal is gone.
pub fn write(mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match rustix::io::write(rustix::stdio::stdout(), bytes) {
            Ok(written) => bytes = &bytes[written..],
            Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
