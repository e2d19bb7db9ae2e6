//! Markdown: whatever the bytes are, what must hold holds.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| ibid_fuzz::doors::markdown(data));
