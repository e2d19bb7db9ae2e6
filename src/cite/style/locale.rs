//! The terms of a language: of the locales that come with the processor, only those are decoded that are wanted.

use hayagriva::archive::LOCALES;
use hayagriva::citationberg::taxonomy::{OtherTerm, Season, Term};
use hayagriva::citationberg::{Locale, TermForm};

/// What stands for a language where its own dialect is not there.
const USUAL: &str = "en-US";

/// The terms for a language, and what stands in for what it lacks.
pub(super) fn locales(code: Option<&str>) -> Vec<Locale> {
    let codes = code.into_iter().filter(|code| *code != USUAL).chain([USUAL]);
    codes.filter_map(decoded).collect()
}

/// The code of the locale for a language as articles name it: `de` and `de-LI` are `de-DE`.
pub(super) fn code(language: &str) -> Option<&'static str> {
    let language = language.trim().replace('_', "-");
    let base = language.split('-').next().unwrap_or("");
    let all = || LOCALES.iter().filter_map(|bytes| code_of(bytes));
    let of_language = |code: &&str| code.split('-').next().is_some_and(|b| b.eq_ignore_ascii_case(base));
    let at_home = |code: &&str| code.split('-').nth(1).is_some_and(|land| land.eq_ignore_ascii_case(base));
    all()
        .find(|code| code.eq_ignore_ascii_case(&language))
        .or_else(|| (base.eq_ignore_ascii_case("en")).then_some(USUAL))
        .or_else(|| all().filter(of_language).find(at_home))
        .or_else(|| all().find(of_language))
}

/// What a season is called: 1 spring, 2 summer, 3 autumn, 4 winter.
pub(super) fn season(locales: &[Locale], number: u8) -> String {
    let term = Season::try_from_csl_number(number).ok().map(|season| Term::Other(OtherTerm::season(season)));
    let called = |locale: &Locale| locale.term(term?, TermForm::Long)?.single().map(str::to_owned);
    locales.iter().find_map(called).unwrap_or_default()
}

fn decoded(code: &str) -> Option<Locale> {
    let bytes = LOCALES.iter().find(|bytes| code_of(bytes) == Some(code))?;
    ciborium::from_reader(*bytes).ok()
}

/// The code that a locale begins with: a map whose first key is `@xml:lang` (RFC 8949, short strings).
fn code_of(bytes: &'static [u8]) -> Option<&'static str> {
    let rest = bytes.get(1..)?.strip_prefix(b"\x69@xml:lang")?;
    let (length, rest) = rest.split_first()?;
    let length = length.checked_sub(0x60).filter(|length| *length < 24)?;
    std::str::from_utf8(rest.get(..length as usize)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_locale_has_its_code() {
        for bytes in LOCALES {
            let code = code_of(bytes);
            let locale: Locale = ciborium::from_reader(*bytes).unwrap();
            assert_eq!(locale.lang.as_ref().map(|lang| lang.0.as_str()), code);
        }
    }

    #[test]
    fn languages_find_their_locale() {
        let cases = [
            ("en", Some("en-US")),
            ("en-GB", Some("en-GB")),
            ("en-NZ", Some("en-US")),
            ("de", Some("de-DE")),
            ("de_AT", Some("de-AT")),
            ("FR-be", Some("fr-FR")),
            ("pt", Some("pt-PT")),
            ("zh-Hans", Some("zh-CN")),
            ("la", Some("la")),
            ("xx", None),
            ("", None),
        ];
        for (language, expected) in cases {
            assert_eq!(code(language), expected, "{language}");
        }
        let codes = |code| locales(code).into_iter().filter_map(|l| l.lang).map(|l| l.0).collect::<Vec<_>>();
        assert_eq!(codes(Some("de-DE")), ["de-DE", "en-US"]);
        assert_eq!(codes(None), ["en-US"]);
        assert_eq!(season(&locales(Some("de-DE")), 4), "Winter");
        assert_eq!(season(&locales(None), 3), "Autumn");
    }
}
