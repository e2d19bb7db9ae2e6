//! The threads beside the loop: signals, and the rest of the document.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;
use std::time::Duration;

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;

use super::inbox::{Message, Outbox};
use super::terminal;
use crate::import::{More, Rest};

/// How long the loop may take to end after a signal, before the thread that got it ends the program itself.
const PATIENCE: Duration = Duration::from_millis(700);

/// Turns signals into messages. A loop that does not end in time is ended here.
pub fn watch_signals(to: &Outbox) {
    let to = to.clone();
    let Ok(mut signals) = Signals::new([SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH]) else {
        return;
    };
    thread::spawn(move || {
        for signal in signals.forever() {
            let message = match signal {
                SIGTSTP => Message::Stop,
                SIGCONT => Message::Continued,
                SIGWINCH => Message::Resized,
                signal => Message::Signal(signal),
            };
            let ends = matches!(message, Message::Signal(_));
            if !to.put(message) {
                return;
            }
            if ends {
                thread::sleep(PATIENCE);
                terminal::give_back();
                die_by(signal);
            }
        }
    });
}

/// Ends the program as the signal would have.
pub fn die_by(signal: i32) -> ! {
    let _ = signal_hook::low_level::emulate_default_handler(signal);
    std::process::exit(128 + signal)
}

/// Parts that may wait to be taken: what is read faster than it is taken would be held twice.
const AHEAD: usize = 2;

/// Takes in the rest of a document. Each part is announced by a message.
pub fn take_in(rest: Rest, to: &Outbox) -> Receiver<More> {
    let to = to.clone();
    let (parts, taken) = sync_channel(AHEAD);
    thread::spawn(move || {
        let all = catch_unwind(AssertUnwindSafe(|| {
            for more in rest {
                if parts.send(more).is_err() || !to.put(Message::More) {
                    return;
                }
            }
        }));
        to.put(if all.is_ok() { Message::Complete } else { Message::Failed });
    });
    taken
}
