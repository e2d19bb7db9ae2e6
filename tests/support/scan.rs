//! A strict reader of what is written to the terminal: everything that the program has no reason to send is a fault.

use std::collections::BTreeMap;

/// The private modes that the program may set, and how each is when nothing runs.
const MODES: [(u32, bool); 6] =
    [(25, true), (1000, false), (1002, false), (1006, false), (1049, false), (2004, false)];

/// Reads bytes as they come, and remembers the modes, what was copied, and the first fault.
#[derive(Debug, Default)]
pub struct Scanner {
    held: Vec<u8>,
    modes: BTreeMap<u32, bool>,
    /// The clipboard's content after each OSC 52.
    pub copied: Vec<String>,
    /// What was written that may not be.
    pub fault: Option<String>,
}

/// What stands at the beginning of the bytes.
enum Step {
    /// So many bytes are understood.
    Took(usize),
    /// More bytes are needed.
    Unfinished,
    /// Not allowed.
    Foreign(String),
}

impl Scanner {
    /// Takes more bytes in.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.held.extend_from_slice(bytes);
        let held = std::mem::take(&mut self.held);
        let mut at = 0;
        while at < held.len() && self.fault.is_none() {
            match self.step(&held[at..]) {
                Step::Took(n) => at += n,
                Step::Unfinished => break,
                Step::Foreign(what) => {
                    let shown = String::from_utf8_lossy(&held[at..held.len().min(at + 60)]).into_owned();
                    self.fault = Some(format!("{what} in {shown:?}"));
                }
            }
        }
        self.held = held[at.min(held.len())..].to_vec();
    }

    /// Says that nothing more comes; an unfinished sequence is then a fault.
    pub fn end(&mut self) {
        if self.fault.is_none() && !self.held.is_empty() {
            self.fault = Some(format!("unfinished: {:?}", String::from_utf8_lossy(&self.held)));
        }
    }

    /// True when a mode is set; as at the start, when nothing was said.
    pub fn mode(&self, mode: u32) -> bool {
        let usual = MODES.iter().find(|(m, _)| *m == mode).is_some_and(|(_, usual)| *usual);
        self.modes.get(&mode).copied().unwrap_or(usual)
    }

    /// The modes that are not as they were at the start.
    pub fn left_on(&self) -> Vec<u32> {
        MODES.iter().filter(|(mode, usual)| self.mode(*mode) != *usual).map(|(mode, _)| *mode).collect()
    }

    fn step(&mut self, bytes: &[u8]) -> Step {
        match bytes[0] {
            b'\r' | b'\n' => Step::Took(1),
            0x1b => self.escape(bytes),
            byte if byte < 0x20 || byte == 0x7f => Step::Foreign(format!("the control {byte:#04x}")),
            byte if byte < 0x80 => Step::Took(1),
            byte => character(bytes, byte),
        }
    }

    fn escape(&mut self, bytes: &[u8]) -> Step {
        match bytes.get(1) {
            None => Step::Unfinished,
            Some(b'[') => match bytes[2..].iter().position(|b| (0x40..0x7f).contains(b)) {
                None if bytes.len() < 80 => Step::Unfinished,
                None => Step::Foreign("a CSI without an end".to_owned()),
                Some(n) => match self.csi(&bytes[2..2 + n], bytes[2 + n]) {
                    Ok(()) => Step::Took(n + 3),
                    Err(what) => Step::Foreign(what),
                },
            },
            Some(b']') => self.osc(bytes),
            // The cursor and its ink, remembered and returned to (DECSC, DECRC).
            Some(b'7' | b'8') => Step::Took(2),
            Some(other) => Step::Foreign(format!("ESC {:?}", *other as char)),
        }
    }

    fn csi(&mut self, parameters: &[u8], last: u8) -> Result<(), String> {
        let text = String::from_utf8_lossy(parameters);
        let numbers = |most: usize| {
            let parts: Vec<&str> = text.split(';').collect();
            parts.len() <= most && parts.iter().all(|p| p.len() <= 5 && p.bytes().all(|b| b.is_ascii_digit()))
        };
        let allowed = match last {
            b'H' => numbers(2),
            b'C' | b'X' => numbers(1),
            b'J' => text == "2" || text.is_empty(),
            b'K' => text.is_empty(),
            b'm' => numbers(32),
            b'h' | b'l' => return self.set(&text, last == b'h'),
            _ => false,
        };
        if allowed { Ok(()) } else { Err(format!("CSI {text}{}", last as char)) }
    }

    fn set(&mut self, text: &str, on: bool) -> Result<(), String> {
        let modes = text.strip_prefix('?').ok_or(format!("mode {text}"))?;
        for mode in modes.split(';') {
            let known = MODES.iter().map(|(m, _)| *m).find(|m| m.to_string() == mode);
            self.modes.insert(known.ok_or(format!("mode {mode}"))?, on);
        }
        Ok(())
    }

    /// Only OSC 52, which writes the clipboard; never one that asks for it.
    fn osc(&mut self, bytes: &[u8]) -> Step {
        let start = b"\x1b]52;c;";
        let common = start.len().min(bytes.len());
        if bytes[..common] != start[..common] {
            return Step::Foreign("an OSC that is not 52".to_owned());
        }
        let base64 = |b: &u8| b.is_ascii_alphanumeric() || b"+/=".contains(b);
        let payload: Vec<u8> = bytes[common..].iter().copied().take_while(base64).collect();
        let after = &bytes[common + payload.len()..];
        let end = match after {
            [] | [0x1b] => return Step::Unfinished,
            [0x07, ..] => 1,
            [0x1b, b'\\', ..] => 2,
            _ => return Step::Foreign("OSC 52 with something else than base64".to_owned()),
        };
        match decode(&payload) {
            Some(text) => self.copied.push(text),
            None => return Step::Foreign("OSC 52 that does not decode to text".to_owned()),
        }
        Step::Took(common + payload.len() + end)
    }
}

/// One character of UTF-8 that is no C1 control, and none that turns the direction of writing or hides.
fn character(bytes: &[u8], first: u8) -> Step {
    let long = match first {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return Step::Foreign(format!("the byte {first:#04x}")),
    };
    if bytes.len() < long {
        return Step::Unfinished;
    }
    match std::str::from_utf8(&bytes[..long]).ok().and_then(|s| s.chars().next()) {
        None => Step::Foreign("bytes that are not UTF-8".to_owned()),
        Some('\u{80}'..='\u{9f}') => Step::Foreign("a C1 control".to_owned()),
        Some(
            c @ ('\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}'),
        ) => Step::Foreign(format!("{:?}", c)),
        Some(_) => Step::Took(long),
    }
}

/// Base64 (RFC 4648, 4) to text.
pub fn decode(base64: &[u8]) -> Option<String> {
    const SIGNS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0u32, 0);
    for sign in base64.iter().take_while(|b| **b != b'=') {
        bits = bits << 6 | u32::try_from(SIGNS.iter().position(|s| s == sign)?).ok()?;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held & 0xff) as u8);
        }
    }
    String::from_utf8(bytes).ok()
}
