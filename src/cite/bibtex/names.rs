//! Lists of names in BibTeX: `van der Berg, Jan and {NATO} and others`.

use biblatex::Person;

use super::{escape, tex};
use crate::cite::csl::Name;

/// Reads a list of names. A name that stands in braces as a whole is not taken apart.
pub fn read(tex: &str) -> Vec<Name> {
    let names = split(tex).into_iter().map(str::trim).filter(|name| !name.is_empty());
    names.map(name).filter(|name| !name.natural().is_empty()).collect()
}

/// Cuts at every `and` that stands outside braces.
fn split(tex: &str) -> Vec<&str> {
    let bytes = tex.as_bytes();
    let (mut out, mut from, mut depth) = (Vec::new(), 0, 0_usize);
    let space = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_whitespace);
    let and = |at: usize| space(at + 3) && bytes[at..at + 3].eq_ignore_ascii_case(b"and");
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b'a' | b'A' if depth == 0 && at >= from && (at == 0 || space(at - 1)) && and(at) => {
                out.push(&tex[from..at]);
                from = at + 3;
            }
            _ => {}
        }
    }
    out.push(&tex[from..]);
    out
}

fn name(tex: &str) -> Name {
    if tex.eq_ignore_ascii_case("others") {
        return Name::literal("others");
    }
    if let Some(whole) = in_braces(tex) {
        return Name::literal(&tex::decode(whole));
    }
    let Some(chunks) = tex::chunks(tex) else {
        return Name::literal(&tex::decode(tex));
    };
    let person = Person::parse(&chunks);
    let part = |text: &str| tex::finish(text);
    let (mut family, mut particle) = (part(&person.name), part(&person.prefix));
    if family.is_empty() {
        (family, particle) = (particle, String::new());
    }
    Name {
        family,
        particle,
        given: part(&person.given_name),
        suffix: part(&person.suffix),
        ..Name::default()
    }
}

/// What the braces hold, if one pair stands around everything.
fn in_braces(tex: &str) -> Option<&str> {
    let inner = tex.strip_prefix('{')?.strip_suffix('}')?;
    let mut depth = 0_usize;
    for byte in inner.bytes() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.checked_sub(1)?,
            _ => {}
        }
    }
    (depth == 0).then_some(inner)
}

/// Writes a list of names.
pub fn write(names: &[Name]) -> String {
    names.iter().map(one).collect::<Vec<_>>().join(" and ")
}

fn one(name: &Name) -> String {
    if name.is_others() {
        return "others".to_owned();
    }
    let family = escape::encode(&name.family);
    if name.literal.is_empty() && name.given.is_empty() && name.suffix.is_empty() && !family.is_empty() {
        let whole = family.contains([' ', '=', ',']) || name.particle.contains(char::is_uppercase);
        let name = escape::encode(&name.short());
        return if whole { format!("{{{name}}}") } else { name };
    }
    if !name.literal.is_empty() || family.is_empty() {
        return format!("{{{}}}", escape::encode(&name.short()));
    }
    // A family name in which BibTeX would see something else stands in braces.
    let lower = family.split(' ').any(|word| word.starts_with(char::is_lowercase));
    let odd = family.contains([',', '=', '\\']) || family.split(' ').any(|w| w.eq_ignore_ascii_case("and"));
    let family = if lower || odd { format!("{{{family}}}") } else { family };
    let particle = [name.dropping.as_str(), name.particle.as_str()].into_iter().find(|p| !p.is_empty());
    let particle = match particle.map(escape::encode) {
        Some(small) if small.split(' ').all(|word| word.starts_with(char::is_lowercase)) => small + " ",
        Some(odd) => format!("{{{odd}}} "),
        None => String::new(),
    };
    let given = escape::encode(&name.given);
    let given = if given.contains([',', '=']) || given.split(' ').any(|w| w.eq_ignore_ascii_case("and")) {
        format!("{{{given}}}")
    } else {
        given
    };
    match escape::encode(&name.suffix).as_str() {
        "" => format!("{particle}{family}, {given}"),
        suffix => format!("{particle}{family}, {suffix}, {given}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_apart() {
        let cases = [
            ("Jane Doe", "Doe, Jane"),
            ("Doe, Jane and Roe, Jr., Richard", "Doe, Jane; Roe, Richard, Jr."),
            ("Ludwig van Beethoven", "van Beethoven, Ludwig"),
            ("{NATO and Friends} and Averroes", "NATO and Friends; Averroes"),
            (r#"Xavier Ren\'e AND G{\"o}del, K."#, "René, Xavier; Gödel, K."),
            ("Doe, J. and others", "Doe, J.; others"),
            ("family=Berg, given=Jan, prefix=van der", "van der Berg, Jan"),
            (" and ", ""),
            ("Brandt and\nAndersen, A.", "Brandt; Andersen, A."),
        ];
        for (tex, expected) in cases {
            let names = read(tex);
            let shown: Vec<String> = names.iter().map(Name::inverted).collect();
            assert_eq!(shown.join("; "), expected, "{tex}");
            assert_eq!(read(&write(&names)), names, "{tex}: {}", write(&names));
        }
    }
}
