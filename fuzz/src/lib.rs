//! What must hold for every document, whatever its bytes are. The targets of `cargo fuzz` look for it on inputs that
//! they make, and `tests/fuzz.rs` on those that are kept.

pub mod doors;
mod exports;
pub mod model;
mod reader;
pub mod rows;
pub mod words;

/// A number that the bytes of an input give, so that each input is looked at in one way of many, and always in the
/// same (FNV-1a).
pub(crate) fn dice(data: &[u8]) -> usize {
    let hash =
        data.iter().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x100_0000_01b3));
    (hash ^ (hash >> 32)) as usize
}
