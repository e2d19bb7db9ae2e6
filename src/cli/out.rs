//! Standard output: written as far as somebody reads it.

use std::io::{self, BufWriter, ErrorKind, Write};
use std::process::ExitCode;

use serde::Serialize;

use super::Fault;

/// Writes to standard output. A reader that goes away (`| head`) is no fault.
///
/// # Errors
/// When standard output cannot be written, a full disk for instance.
pub fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<ExitCode, Fault> {
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Fault::state(&format!("standard output cannot be written: {error}")))
        }
        _ => Ok(ExitCode::SUCCESS),
    }
}

/// Writes a value as JSON on one line.
///
/// # Errors
/// As for any writing.
pub fn json(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value).map_err(io::Error::from)?;
    writeln!(out)
}
