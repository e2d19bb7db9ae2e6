//! Chemical formulas, as the package mhchem writes them (`\ce{SO4^2- + H2O}`) and Wikipedia's `<chem>`.

use super::letters::{lowered, raised};

/// The formula as text; `None` when it holds TeX.
pub fn formula(raw: &str) -> Option<String> {
    let raw = raw.trim();
    let raw = raw.strip_prefix('{').and_then(|raw| raw.strip_suffix('}')).unwrap_or(raw);
    let words: Option<Vec<String>> = raw.split_whitespace().map(word).collect();
    words.map(|words| words.join(" "))
}

/// A word: an arrow, a sign, or a species with its number.
fn word(word: &str) -> Option<String> {
    Some(match word {
        "->" => "→".into(),
        "<-" => "←".into(),
        "<->" => "↔".into(),
        "<=>" | "<=>>" | "<<=>" => "⇌".into(),
        "=" | "+" => word.into(),
        "-" => "−".into(),
        "v" | "(v)" => "↓".into(),
        "^" | "(^)" => "↑".into(),
        word => species(word)?,
    })
}

/// What stands before a character decides what a number is: a count, or an index.
fn species(word: &str) -> Option<String> {
    let mut out = String::with_capacity(word.len() * 2);
    let mut rest = word;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        let indexed = out.ends_with(|c: char| c.is_alphabetic() || matches!(c, ')' | ']'));
        rest = match c {
            '0'..='9' => {
                let (number, after) = rest.split_at(rest.bytes().take_while(u8::is_ascii_digit).count());
                if indexed {
                    out.push_str(&lowered(number)?);
                } else {
                    out.push_str(number);
                    if after.starts_with(|c: char| c.is_ascii_uppercase()) {
                        out.push(' ');
                    }
                }
                after
            }
            '^' => script(after, '^', raised, &mut out)?,
            '_' => script(after, '_', lowered, &mut out)?,
            '+' | '-' if after.is_empty() && !out.is_empty() => {
                out.push_str(&raised(&rest[..1])?);
                after
            }
            '*' | '.' => push(&mut out, '·', after),
            '-' => push(&mut out, '–', after),
            '#' => push(&mut out, '≡', after),
            '\\' | '$' | '{' | '}' | '<' | '>' => return None,
            c => push(&mut out, c, after),
        };
    }
    Some(out)
}

fn push<'a>(out: &mut String, c: char, after: &'a str) -> &'a str {
    out.push(c);
    after
}

/// An index or a charge: `{…}`, or digits and signs. Gives what follows it.
fn script<'a>(
    after: &'a str,
    mark: char,
    small: fn(&str) -> Option<String>,
    out: &mut String,
) -> Option<&'a str> {
    let (script, rest) = match after.strip_prefix('{') {
        Some(braced) => braced.split_once('}')?,
        None => {
            let signs = after.bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-')).count();
            after.split_at(if signs > 0 { signs } else { after.chars().next()?.len_utf8() })
        }
    };
    match small(script) {
        Some(small) => out.push_str(&small),
        None if script.contains(['\\', '{', '$']) => return None,
        None => {
            out.push(mark);
            out.push_str(&format!("({script})"));
        }
    }
    Some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn species_have_indices_and_charges() {
        for (raw, expected) in [
            ("H2O", Some("H₂O")),
            ("{H2O}", Some("H₂O")),
            ("2H2 + O2 -> 2H2O", Some("2 H₂ + O₂ → 2 H₂O")),
            ("2 H2", Some("2 H₂")),
            ("Na+", Some("Na⁺")),
            ("SO4^2-", Some("SO₄²⁻")),
            ("CrO4^{2-}", Some("CrO₄²⁻")),
            ("[Fe(CN)6]^4-", Some("[Fe(CN)₆]⁴⁻")),
            ("CuSO4*5H2O", Some("CuSO₄·5 H₂O")),
            ("^{14}_6C", Some("¹⁴₆C")),
            ("A <=> B", Some("A ⇌ B")),
            ("CH3-CH=CH2", Some("CH₃–CH=CH₂")),
            ("(C2H4)_n", Some("(C₂H₄)ₙ")),
            ("NaCl(aq)", Some("NaCl(aq)")),
            ("A ->[\\Delta] B", None),
            ("x_{", None),
        ] {
            assert_eq!(formula(raw).as_deref(), expected, "{raw}");
        }
    }
}
