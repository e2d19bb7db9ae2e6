//! The styles that come with the program, by the names that people call them.

use hayagriva::archive::ArchivedStyle;

/// A style that comes with the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// What it is called on the command line and in the configuration.
    pub name: &'static str,
    /// What it calls itself.
    pub title: &'static str,
}

/// Those that most people want, in the order in which they are offered first.
const COMMON: [&str; 8] = [
    "apa",
    "mla",
    "chicago-author-date",
    "chicago-notes",
    "harvard-cite-them-right",
    "ieee",
    "vancouver",
    "american-medical-association",
];

/// A style that has nothing but labels, which are not made for these references.
const EMPTY: ArchivedStyle = ArchivedStyle::Alphanumeric;

/// Further names.
const ALIASES: [(&str, &str); 7] = [
    ("chicago", "chicago-author-date"),
    ("harvard", "harvard-cite-them-right"),
    ("ama", "american-medical-association"),
    ("acs", "american-chemical-society"),
    ("acm", "association-for-computing-machinery"),
    ("asa", "american-sociological-association"),
    ("lancet", "the-lancet"),
];

/// Every style, the common ones first, the others by name.
pub fn all() -> Vec<Named> {
    let mut rest: Vec<Named> =
        ArchivedStyle::all().iter().filter(|s| **s != EMPTY).map(|s| named(*s)).collect();
    rest.sort_by_key(|style| {
        (COMMON.iter().position(|n| *n == style.name).unwrap_or(usize::MAX), style.name)
    });
    rest
}

/// True when a style of this name comes with the program.
pub fn known(name: &str) -> bool {
    find(name).is_some()
}

pub(super) fn find(name: &str) -> Option<ArchivedStyle> {
    let name = name.trim().to_lowercase();
    let meant = ALIASES.iter().find(|(alias, _)| *alias == name).map_or(name.as_str(), |(_, meant)| meant);
    ArchivedStyle::by_name(meant).filter(|style| *style != EMPTY)
}

/// A style under the shortest of its names.
fn named(style: ArchivedStyle) -> Named {
    let name = style.names().iter().min_by_key(|name| name.len()).copied().unwrap_or("");
    // Two go by a short name that says less than the long one.
    let name = if name == "mla-8" { "mla" } else { name };
    Named { name, title: style.display_name() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_style_is_found_by_its_name() {
        let all = all();
        assert!(all.len() > 70, "{}", all.len());
        for style in &all {
            assert_eq!(find(style.name).map(named).as_ref(), Some(style));
            assert!(!style.title.is_empty());
        }
        let first: Vec<&str> = all.iter().take(COMMON.len()).map(|style| style.name).collect();
        assert_eq!(first, COMMON);
        for (alias, meant) in ALIASES {
            assert_eq!(find(alias).map(|s| named(s).name), Some(meant));
        }
        assert!(known("APA") && !known("nothing") && !known(""));
    }
}
