//! Keys by name: the bytes that a terminal sends for them.

/// The bytes of a key: `j`, `<Tab>`, `<C-c>`, `<A-Right>`.
pub fn bytes(key: &str) -> Vec<u8> {
    let Some(name) = key.strip_prefix('<').and_then(|k| k.strip_suffix('>')).filter(|n| !n.is_empty()) else {
        return key.as_bytes().to_vec();
    };
    if let Some(name) = name.strip_prefix("C-") {
        let byte = *name.as_bytes().first().unwrap();
        assert!(name.len() == 1, "unknown key {key}");
        return vec![byte.to_ascii_lowercase() & 0x1f];
    }
    if let Some(name) = name.strip_prefix("A-") {
        return match name {
            "Up" | "Down" | "Right" | "Left" => {
                let plain = bytes(&format!("<{name}>"));
                [b"\x1b[1;3", &plain[2..]].concat()
            }
            _ => [b"\x1b", name.as_bytes()].concat(),
        };
    }
    let bytes: &[u8] = match name {
        "Enter" => b"\r",
        "Tab" => b"\t",
        "S-Tab" => b"\x1b[Z",
        "Esc" => b"\x1b",
        "Space" => b" ",
        "Backspace" => b"\x7f",
        "Up" => b"\x1b[A",
        "Down" => b"\x1b[B",
        "Right" => b"\x1b[C",
        "Left" => b"\x1b[D",
        "PgUp" => b"\x1b[5~",
        "PgDn" => b"\x1b[6~",
        "Home" => b"\x1b[H",
        "End" => b"\x1b[F",
        "Del" => b"\x1b[3~",
        "F1" => b"\x1bOP",
        _ => panic!("unknown key {key}"),
    };
    bytes.to_vec()
}

/// A press and a release of the left button, in cells from the top left.
pub fn click(column: u16, row: u16) -> Vec<u8> {
    let (x, y) = (column + 1, row + 1);
    format!("\x1b[<0;{x};{y}M\x1b[<0;{x};{y}m").into_bytes()
}

/// The left button goes down, moves to another cell, and comes up there.
pub fn drag(from: (u16, u16), to: (u16, u16)) -> Vec<u8> {
    let at = |(column, row): (u16, u16)| format!("{};{}", column + 1, row + 1);
    format!("\x1b[<0;{}M\x1b[<32;{}M\x1b[<0;{}m", at(from), at(to), at(to)).into_bytes()
}

/// One notch of the wheel.
pub fn wheel(column: u16, row: u16, down: bool) -> Vec<u8> {
    format!("\x1b[<{};{};{}M", if down { 65 } else { 64 }, column + 1, row + 1).into_bytes()
}

/// A bracketed paste.
pub fn paste(text: &str) -> Vec<u8> {
    format!("\x1b[200~{text}\x1b[201~").into_bytes()
}
