//! References formatted by a style of the Citation Style Language: one of those that come with the program, or a
//! `.csl` file.
//!
//! A processor written by others does the work ([`hayagriva`]); it stops at references that are not quite as it
//! expects. So every reference is brought into the shape it knows ([`item`]), its titles' letters are veiled
//! ([`veil`]), and what it cannot print is repaired afterwards ([`dates`]). Nothing is decoded before a style is
//! asked for.

mod cell;
mod check;
mod dates;
mod fit;
mod guard;
mod item;
mod list;
mod locale;
mod names;
mod veil;

pub use guard::guarded;
pub use list::Formatted;
pub use names::{Named, all, known};

use hayagriva::archive::ArchivedStyle;
use hayagriva::citationberg::{self, IndependentStyle, Locale, LocaleCode};

use crate::article::{Csl, Draft, limits, safe};

/// A style that is ready to format.
pub struct Style {
    rules: IndependentStyle,
    /// The same, for references that are in order.
    unsorted: IndependentStyle,
    locales: Vec<Locale>,
    /// The language whose terms it uses, where it has none of its own.
    language: Option<LocaleCode>,
}

/// Why there is no such style.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// No style that comes with the program has this name.
    #[error("there is no style “{0}”: --style list shows those there are")]
    Unknown(String),
    /// A file that is no style.
    #[error("not a CSL style: {0}")]
    Malformed(String),
    /// A style that only points to another, which is not there.
    #[error("points to the style {0}, which does not come with ibid")]
    Parent(String),
    /// A style that nobody could mean.
    #[error("{0}")]
    Refused(&'static str),
}

impl Style {
    /// A style that comes with the program.
    ///
    /// # Errors
    /// When there is none of this name.
    pub fn named(name: &str) -> Result<Self, Fault> {
        let archived = names::find(name).ok_or_else(|| Fault::Unknown(safe::line(name).into_owned()))?;
        let style = guard::quietly(|| archived.get());
        style.map_or_else(|| Err(Fault::Unknown(name.to_owned())), Self::of)
    }

    /// The style in the text of a `.csl` file. It is trusted no more than a document.
    ///
    /// # Errors
    /// When it is no style, or one that would never be done.
    pub fn from_csl(text: &str) -> Result<Self, Fault> {
        if text.len() > limits::STYLE.most {
            return Err(Fault::Refused(limits::STYLE.message));
        }
        check::structure(text).map_err(Fault::Refused)?;
        let read = guard::quietly(|| citationberg::Style::from_xml(text).map_err(|error| error.to_string()));
        match read {
            Some(Ok(style)) => Self::of(style),
            Some(Err(why)) => Err(Fault::Malformed(first_words(&why))),
            None => Err(Fault::Malformed("it cannot be read".to_owned())),
        }
    }

    fn of(style: citationberg::Style) -> Result<Self, Fault> {
        let (mut rules, language) = match style {
            citationberg::Style::Independent(rules) => (rules, None),
            citationberg::Style::Dependent(style) => {
                let parent = style.parent_link.href.as_str();
                let rules = ArchivedStyle::by_id(parent).and_then(|found| guard::quietly(|| found.get()));
                match rules {
                    Some(citationberg::Style::Independent(rules)) => (rules, style.default_locale),
                    _ => return Err(Fault::Parent(first_words(parent))),
                }
            }
        };
        check::macros(&rules).map_err(Fault::Refused)?;
        fit::fit(&mut rules);
        let language = rules.default_locale.clone().or(language);
        let locales = locale::locales(language.as_ref().and_then(|code| locale::code(&code.0)));
        let mut unsorted = rules.clone();
        if let Some(bibliography) = &mut unsorted.bibliography {
            bibliography.sort = None;
        }
        Ok(Self { rules, unsorted, locales, language })
    }

    /// The style with the terms of a language (`de`, `en-GB`), unless it has chosen its own.
    #[must_use]
    pub fn in_language(mut self, language: &str) -> Self {
        if let Some(code) = locale::code(language).filter(|_| self.language.is_none()) {
            self.locales = locale::locales(Some(code));
            self.language = Some(LocaleCode(code.to_owned()));
        }
        self
    }

    /// What the style is called.
    pub fn title(&self) -> String {
        safe::line(&self.rules.info.title.value).into_owned()
    }

    /// One reference, as the style's list of references has it, without its number. There is always some text.
    pub fn format(&self, csl: &Csl) -> Draft {
        list::one(self, csl)
    }

    /// A list of references, in the style's own order, numbered where the style numbers. There is one entry for each.
    pub fn list(&self, references: &[&Csl]) -> Vec<Formatted> {
        list::all(self, references)
    }
}

/// The beginning of what another program has to say, on one line.
fn first_words(text: &str) -> String {
    const MOST: usize = 200;
    let line = safe::line(text.trim()).into_owned();
    if line.len() <= MOST { line } else { format!("{}…", &line[..line.floor_char_boundary(MOST)]) }
}

#[cfg(test)]
mod tests;
