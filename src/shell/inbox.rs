//! What reaches the loop: keys, straight from the terminal on the loop's own thread, and messages of other threads.
//!
//! One `poll` sleeps until either has something; a key costs no change of thread.

use std::fs::File;
use std::io::{self, IsTerminal};
use std::os::fd::{AsFd, OwnedFd};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use crate::article::{Draft, RefId};

/// How long crossterm may wait for the rest of a key of which the beginning has come.
const READING: Duration = Duration::from_millis(1);

/// How long crossterm may look for keys that came in one read with another: it looks for none in no time at all, and
/// it does not sleep meanwhile.
const LOOKING: Duration = Duration::from_micros(3);

/// How long after the last key it looks once more, and for how long: the first look may have been interrupted.
const PAUSE: Duration = Duration::from_millis(2);
const AGAIN: Duration = Duration::from_micros(50);

/// What reaches the loop.
pub enum Message {
    /// From the terminal.
    Terminal(crossterm::event::Event),
    /// The terminal may have another size.
    Resized,
    /// A part of the document is waiting.
    More,
    /// The document is complete.
    Complete,
    /// A reference has been formatted, or has nothing that could be.
    Formatted {
        /// The style.
        style: String,
        /// The reference.
        reference: RefId,
        /// The entry.
        entry: Option<Draft>,
    },
    /// A thread has something to say.
    Say(String),
    /// A thread has failed; the hook for panics has said how.
    Failed,
    /// End, because of this signal.
    Signal(i32),
    /// Stop until continued.
    Stop,
    /// Continued: everything has to be drawn again.
    Continued,
    /// The terminal is gone.
    Gone,
}

/// Where other threads put their messages.
#[derive(Clone)]
pub struct Outbox {
    messages: Sender<Message>,
    bell: Arc<OwnedFd>,
}

/// Whether more keys have come in the same read as the last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Together {
    /// There was no key, or it was looked for others.
    No,
    /// The last message was a key.
    Perhaps,
    /// None was found for a while.
    Hardly,
}

/// Where the loop waits.
pub struct Inbox {
    messages: Receiver<Message>,
    bell: OwnedFd,
    /// `None` when the keys come from standard input, as they mostly do.
    terminal: Option<File>,
    /// The terminal has sent something that has not been read.
    sent: bool,
    together: Together,
    /// The last message came from another thread: a key does not wait until those have no more.
    others_last: bool,
}

/// An inbox, and the way into it.
///
/// # Errors
/// When no pipe can be made, or there is no terminal.
pub fn open() -> io::Result<(Inbox, Outbox)> {
    let (messages, inbox) = channel();
    let (bell, rope) = rustix::pipe::pipe_with(rustix::pipe::PipeFlags::CLOEXEC)?;
    // The same choice as crossterm makes.
    let terminal = if io::stdin().is_terminal() { None } else { Some(File::open("/dev/tty")?) };
    let outbox = Outbox { messages, bell: Arc::new(rope) };
    let (sent, together, others_last) = (false, Together::No, false);
    Ok((Inbox { messages: inbox, bell, terminal, sent, together, others_last }, outbox))
}

impl Outbox {
    /// Puts a message in; false when nobody waits any more.
    pub fn put(&self, message: Message) -> bool {
        self.messages.send(message).is_ok() && rustix::io::write(&*self.bell, &[1]).is_ok()
    }
}

impl Inbox {
    /// The next message; `None` when none came in this time. With no time given, sleeps until there is one.
    pub fn next(&mut self, patience: Option<Duration>) -> Option<Message> {
        loop {
            let others_last = std::mem::take(&mut self.others_last);
            if others_last {
                if self.sleep(Some(Duration::ZERO)).is_err() {
                    return Some(Message::Gone);
                }
            } else if let Ok(message) = self.messages.try_recv() {
                self.others_last = true;
                return Some(message);
            }
            let time = match (std::mem::take(&mut self.sent), self.together) {
                (true, _) => READING,
                (false, Together::Perhaps) => LOOKING,
                (false, Together::Hardly) => AGAIN,
                (false, Together::No) => Duration::ZERO,
            };
            match crossterm::event::poll(time) {
                Ok(true) => {
                    self.together = Together::Perhaps;
                    return Some(crossterm::event::read().map_or(Message::Gone, Message::Terminal));
                }
                Ok(false) if self.together == Together::Hardly => self.together = Together::No,
                Ok(false) => {}
                Err(_) => return Some(Message::Gone),
            }
            if others_last {
                continue;
            }
            let pauses = self.together == Together::Perhaps && patience != Some(Duration::ZERO);
            match self.sleep(if pauses { Some(PAUSE) } else { patience }) {
                Ok(false) if pauses => self.together = Together::Hardly,
                Ok(true) => {}
                Ok(false) => return None,
                Err(()) => return Some(Message::Gone),
            }
        }
    }

    /// Sleeps until there is something to look at; false when the time ran out, an error when the terminal is gone.
    fn sleep(&mut self, patience: Option<Duration>) -> Result<bool, ()> {
        let stdin = io::stdin();
        let terminal = self.terminal.as_ref().map_or_else(|| stdin.as_fd(), |t| t.as_fd());
        let mut fds =
            [PollFd::from_borrowed_fd(terminal, PollFlags::IN), PollFd::new(&self.bell, PollFlags::IN)];
        let time = patience.and_then(|p| Timespec::try_from(p).ok());
        match poll(&mut fds, time.as_ref()) {
            Ok(0) => return Ok(false),
            Ok(_) => {}
            Err(rustix::io::Errno::INTR) => return Ok(true),
            Err(_) => return Err(()),
        }
        let (terminal, bell) = (fds[0].revents(), fds[1].revents());
        if terminal.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
            return Err(());
        }
        self.sent = terminal.contains(PollFlags::IN);
        if bell.contains(PollFlags::IN) {
            // What rings is of no matter: the messages are in their own queue.
            let _ = rustix::io::read(&self.bell, &mut [0; 64]);
        }
        Ok(true)
    }
}
