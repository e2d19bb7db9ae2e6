//! Lists of names in running text: `Grey, Anna; Silver, Sam`, `Doe, J., & Roe, R.`, `Soundwood`.

use crate::cite::csl::Name;

/// What the named are to the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Author,
    Editor,
    Translator,
}

/// Words in small letters that names may hold.
const SMALL: [&str; 34] = [
    "van", "von", "der", "den", "de", "la", "le", "du", "des", "del", "della", "di", "da", "do", "dos",
    "das", "al", "el", "bin", "ibn", "ben", "ten", "ter", "zu", "zur", "y", "e", "of", "for", "the", "and",
    "und", "et", "i",
];

/// A family name and the particle before it: `van der Maaten` is `van der` and `Maaten`.
pub fn particle(family: &str) -> (String, String) {
    let words: Vec<&str> = family.split_whitespace().collect();
    let small = words.iter().take_while(|w| w.starts_with(char::is_lowercase) && SMALL.contains(w)).count();
    if small == 0 || small == words.len() {
        return (String::new(), family.trim().to_owned());
    }
    (words[..small].join(" "), words[small..].join(" "))
}

/// Reads a text that is a list of names and nothing else.
pub fn list(text: &str) -> Option<(Vec<Name>, Role)> {
    let (text, role) = role(text.trim().trim_end_matches([',', ':', ';']).trim());
    let (text, others) =
        match ["et al.", "et al", "u. a.", "and others"].iter().find_map(|e| text.strip_suffix(e)) {
            Some(text) => (text.trim_end_matches([' ', ',', ';']), true),
            None => (text, false),
        };
    if text.is_empty() || text.len() > 2000 {
        return None;
    }
    let mut names = if text.contains(';') { parted(text, ';')? } else { joined(text)? };
    if others {
        names.push(Name::literal("others"));
    }
    Some((names, role))
}

fn role(text: &str) -> (&str, Role) {
    const ROLES: [(&str, Role); 9] = [
        ("(ed.)", Role::Editor),
        ("(eds.)", Role::Editor),
        ("(Hrsg.)", Role::Editor),
        (", eds.", Role::Editor),
        (", ed.", Role::Editor),
        (", eds", Role::Editor),
        (", ed", Role::Editor),
        ("(trans.)", Role::Translator),
        ("(translator)", Role::Translator),
    ];
    let found = ROLES.into_iter().find_map(|(mark, role)| Some((text.strip_suffix(mark)?.trim_end(), role)));
    found.unwrap_or((text, Role::Author))
}

fn parted(text: &str, by: char) -> Option<Vec<Name>> {
    let mut out = Vec::new();
    for part in text.split(by).map(str::trim).filter(|p| !p.is_empty()) {
        match part.split_once(" & ").or_else(|| part.split_once(" and ")) {
            // "Doe, Jane & Roe, Richard" are two; "Johnson & Johnson" is one.
            Some((one, two)) if one.contains(',') => out.extend([single(one)?, single(two)?]),
            _ => out.push(single(part.trim_start_matches("& "))?),
        }
    }
    (!out.is_empty()).then_some(out)
}

/// Names that are joined by commas, `&` and `and`.
fn joined(text: &str) -> Option<Vec<Name>> {
    let last =
        [", & ", ", and ", " & ", " and "].into_iter().find_map(|sign| Some((text.rsplit_once(sign)?, sign)));
    if let Some(((first, last), sign)) = last {
        let oxford = sign.starts_with(',');
        let mut names = if oxford || first.matches(',').count() > 1 {
            pairs(first).or_else(|| words(first))?
        } else if last.contains(',') == first.contains(',') || first.contains(',') {
            if !first.contains(',') && !is_person(first) {
                return Some(vec![single(text)?]);
            }
            vec![single(first)?]
        } else {
            return None;
        };
        names.push(single(last)?);
        return Some(names);
    }
    match text.matches(',').count() {
        0 => Some(vec![single(text)?]),
        1 => initialled(text).or_else(|| Some(vec![single(text)?])),
        _ => pairs(text).or_else(|| initialled(text)).or_else(|| single(text).map(|name| vec![name])),
    }
}

/// `Doe, J., Roe, R. S.`: families, each with initials.
fn pairs(text: &str) -> Option<Vec<Name>> {
    let parts: Vec<&str> = text.split(',').map(str::trim).filter(|p| !p.is_empty()).collect();
    let (pairs, rest) = parts.as_chunks::<2>();
    let initials =
        |part: &str| part.len() <= 12 && part.chars().all(|c| c.is_uppercase() || ". -".contains(c));
    let fits = rest.is_empty() && !pairs.is_empty() && pairs.iter().all(|[_, given]| initials(given));
    if !fits {
        return None;
    }
    pairs.iter().map(|[family, given]| named(family, given, "")).collect()
}

/// `Doe JW, Roe D`: families, each with initials behind it.
fn initialled(text: &str) -> Option<Vec<Name>> {
    let one = |part: &str| {
        let (family, initials) = part.trim().rsplit_once(' ')?;
        let fits = initials.len() <= 4 && initials.chars().all(|c| c.is_uppercase() || c == '-');
        named(family, initials, "").filter(|_| fits)
    };
    text.split(',').map(one).collect()
}

/// `Able, Baker`: single words.
fn words(text: &str) -> Option<Vec<Name>> {
    text.split(',')
        .map(str::trim)
        .filter(|w| !w.is_empty())
        .map(|w| single(w).filter(|_| !w.contains(' ')))
        .collect()
}

/// One name: `Family, Given`, `Family, Given, Jr.`, or one that is not taken apart.
fn single(text: &str) -> Option<Name> {
    let parts: Vec<&str> = text.trim().trim_matches(',').split(',').map(str::trim).collect();
    match parts.as_slice() {
        [name] if is_name(name) => Some(Name::literal(name)),
        [family, given] if is_suffix(given) => {
            Some(Name::literal(&format!("{family}, {given}"))).filter(|_| is_name(family))
        }
        [family, given] => named(family, given, ""),
        [family, given, suffix] if is_suffix(suffix) => named(family, given, suffix),
        [family, suffix, given] if is_suffix(suffix) => named(family, given, suffix),
        _ => None,
    }
}

fn named(family: &str, given: &str, suffix: &str) -> Option<Name> {
    if !is_name(family) || !is_name(given) {
        return None;
    }
    let (particle, family) = particle(family);
    Some(Name { family, particle, given: given.to_owned(), suffix: suffix.to_owned(), ..Name::default() })
}

fn is_suffix(text: &str) -> bool {
    matches!(text, "Jr." | "Jr" | "Sr." | "Sr" | "II" | "III" | "IV" | "PhD" | "Ph.D." | "M.D." | "MD")
}

/// Two to four words, all of them capitalised.
fn is_person(text: &str) -> bool {
    let words = text.split_whitespace().count();
    (1..=4).contains(&words) && text.split_whitespace().all(|w| w.starts_with(char::is_uppercase))
}

/// Up to nine words that could all stand in a name.
fn is_name(text: &str) -> bool {
    let fits = |word: &str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let small = bare.starts_with(char::is_lowercase);
        !small || SMALL.contains(&bare) || bare.contains(char::is_uppercase) || bare.contains('.')
    };
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let signs =
        text.chars().all(|c| c.is_alphanumeric() || " .-–‐'’&\u{a0}/@_ʻ`·()".contains(c) || !c.is_ascii());
    letters > 0
        && signs
        && text.chars().count() <= 80
        && text.chars().filter(char::is_ascii_digit).count() < 4
        && text.split_whitespace().count() <= 9
        && text.split_whitespace().all(fits)
        && !ends_sentence(text)
}

/// True when a stop stands behind a word that is no initial and no abbreviation, and more follows.
fn ends_sentence(text: &str) -> bool {
    text.match_indices(". ").any(|(at, _)| {
        let word = text[..at].rsplit([' ', '.', '-']).next().unwrap_or("");
        word.chars().count() > 3
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read() {
        let cases = [
            ("Singer, Dana E.", "Singer, Dana E."),
            ("Grey, Anna; Silver, Sam", "Grey, Anna; Silver, Sam"),
            ("De Lange, P.; Miller, John & Rolf, Jim", "De Lange, P.; Miller, John; Rolf, Jim"),
            ("Doe, J., Roe, R. S., & Poe, P.", "Doe, J.; Roe, R. S.; Poe, P."),
            ("Doe, Dan and Roe, Bill", "Doe, Dan; Roe, Bill"),
            ("Able, Baker, & Carter", "Able; Baker; Carter"),
            ("van der Berg, L.J.P.", "van der Berg, L.J.P."),
            ("Doe JW, Roe D, van Poe AB", "Doe, JW; Roe, D; van Poe, AB"),
            ("Soundwood", "Soundwood"),
            ("Mina Rivers", "Mina Rivers"),
            ("Ministry of Finance and Trade", "Ministry of Finance and Trade"),
            ("Doe, John, Jr.", "Doe, John, Jr."),
            ("Doe, J. et al.", "Doe, J.; others"),
            ("Roe, R. (eds.)", "Roe, R."),
        ];
        for (text, expected) in cases {
            let shown =
                list(text).map(|(names, _)| names.iter().map(Name::inverted).collect::<Vec<_>>().join("; "));
            assert_eq!(shown.as_deref(), Some(expected), "{text}");
        }
        assert_eq!(list("Roe, R. (ed.)").map(|(_, role)| role), Some(Role::Editor));
        for none in [
            "",
            "He said that",
            "Doe, Sir James. The Bough",
            "In 1999",
            "according to Doe",
            "1990, 1991, 1992",
            "…",
            "In 2010 (the year), Doe wrote",
        ] {
            assert_eq!(list(none), None, "{none}");
        }
    }
}
