//! What happens when the program is at fault.

use std::io::{self, Write};

use super::terminal;

/// A panic gives the terminal back before it says anything, and says it in one line.
pub fn give_back_on_panic() {
    std::panic::set_hook(Box::new(|info| {
        // What is caught where it began is nobody's concern.
        if crate::cite::style::guarded() {
            return;
        }
        terminal::give_back();
        let place = info.location().map(|l| format!("{}:{}", l.file(), l.line())).unwrap_or_default();
        let line = format!(
            "ibid: a fault of the program at {place}; your place has been saved. Please report it.\n"
        );
        let _ = io::stderr().write_all(line.as_bytes());
    }));
}

/// For the tests of what follows a panic: `IBID_PANIC_AFTER=3` fails at the third key. Debug builds only.
#[cfg(debug_assertions)]
#[allow(clippy::panic)]
pub fn fail_on_purpose() {
    use std::sync::atomic::{AtomicU32, Ordering};
    static LEFT: AtomicU32 = AtomicU32::new(u32::MAX);
    let wanted = std::env::var("IBID_PANIC_AFTER").ok().and_then(|n| n.parse().ok());
    if let Some(wanted) = wanted {
        let _ = LEFT.compare_exchange(u32::MAX, wanted, Ordering::SeqCst, Ordering::SeqCst);
        if LEFT.fetch_sub(1, Ordering::SeqCst) == 1 {
            panic!("on purpose");
        }
    }
}
