//! Code of others that may fail: what it panics about is caught, and nobody is told but the caller.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// True while this thread does work whose panic is caught where it began: a hook for panics has nothing to say then.
pub fn guarded() -> bool {
    GUARDED.get()
}

/// Does guarded work; nothing where it panics.
pub(super) fn quietly<T>(work: impl FnOnce() -> T) -> Option<T> {
    let before = GUARDED.replace(true);
    let done = catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(before);
    done.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[allow(clippy::panic)]
    fn a_panic_is_caught_and_the_guard_ends() {
        assert_eq!(quietly(guarded), Some(true));
        let fails = |fail: bool| if fail { panic!("caught") } else { 1 };
        assert_eq!((quietly(|| fails(true)), quietly(|| fails(false))), (None, Some(1)));
        assert!(!guarded());
    }
}
