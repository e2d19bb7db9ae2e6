//! How the program is linked.

// Cargo is spoken to on standard output.
#![allow(clippy::print_stdout)]

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let set = |name: &str, value: &str| env::var(name).is_ok_and(|it| it.split(',').any(|it| it == value));
    let is_static = set("CARGO_CFG_TARGET_FEATURE", "crt-static");
    // The tables of the importers hold some 30,000 addresses. A program that may stand anywhere in memory corrects
    // them all at each start: 0.6 ms and 2 MB. One that stands at a fixed place is ready as it is.
    if set("CARGO_CFG_TARGET_OS", "linux") && set("CARGO_CFG_TARGET_ENV", "gnu") && !is_static {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}
