//! A list of references, formatted: put in the style's order, each by itself or all together, and never one fewer.

use hayagriva::citationberg::json::Item;
use hayagriva::citationberg::taxonomy::{NumberVariable, Variable};
use hayagriva::citationberg::{IndependentStyle, Layout, LayoutRenderingElement, Text, TextTarget};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, ElemChild, ElemChildren, ElemMeta,
};

use super::cell::Line;
use super::dates::{Repairs, mark_uncertain};
use super::item::{Side, is_mute, item};
use super::veil::Veil;
use super::{Style, guard, locale};
use crate::article::{Csl, Draft};
use crate::cite::entry::{Links, with_links};

/// A formatted reference.
#[derive(Clone, Debug, PartialEq)]
pub struct Formatted {
    /// Which of the references it is.
    pub at: usize,
    /// Its number as the style has it, `[1]` or `1.`; empty where the style has none.
    pub number: String,
    /// The entry. There is always one.
    pub text: Draft,
    /// False where the reference gave the style nothing to go by, or the style failed: the entry is a plain one.
    pub styled: bool,
}

/// References are formatted together, so that those of one author and year are told apart, up to this many: the
/// processor's work grows faster than the list.
const TOGETHER: usize = 500;

/// What the processor gives for a reference: its first field, where the style sets that apart, and the rest.
struct Printed {
    first: Option<ElemChild>,
    rest: ElemChildren,
}

/// A reference and all that it takes to format it.
struct Work<'a> {
    csl: &'a Csl,
    at: usize,
    veil: Veil,
    repairs: Repairs,
    item: Item,
}

impl<'a> Work<'a> {
    fn of(style: &Style, csl: &'a Csl, at: usize) -> Self {
        let mut veil = Veil::default();
        let item = item(csl, at, Side::From, Some(&mut veil));
        let repairs = Repairs::of(csl, |season| locale::season(&style.locales, season));
        Self { csl, at, veil, repairs, item }
    }

    /// The item with the last days of its ranges; the veil is the same, since what is hidden is.
    fn ends(&mut self) -> Item {
        item(self.csl, self.at, Side::To, Some(&mut self.veil))
    }

    /// The item as if everything about it were certain.
    fn certain(&mut self) -> Item {
        let mut csl = self.csl.clone();
        if let Some(date) = crate::cite::csl::date(&csl, "issued") {
            csl.insert("issued".to_owned(), crate::cite::Date { circa: false, ..date }.to_csl());
        }
        item(&csl, self.at, Side::From, Some(&mut self.veil))
    }
}

pub(super) fn one(style: &Style, csl: &Csl) -> Draft {
    finished(style, Work::of(style, csl, 0), None, 0).text
}

pub(super) fn all(style: &Style, references: &[&Csl]) -> Vec<Formatted> {
    let mut works: Vec<Work> =
        references.iter().enumerate().map(|(at, csl)| Work::of(style, csl, at)).collect();
    sort(style, &mut works);
    let together = works.len() <= TOGETHER;
    let items: Vec<&Item> = works.iter().map(|work| &work.item).collect();
    let printed = if together { print(style, &items, 0) } else { None };
    let mut printed = printed.unwrap_or_default().into_iter();
    let numbered = works.into_iter().enumerate();
    numbered.map(|(number, work)| finished(style, work, printed.next(), number)).collect()
}

/// Puts the references in the order of the style's list; without one they stay in theirs.
fn sort(style: &Style, works: &mut [Work]) {
    let Some(bibliography) = style.rules.bibliography.as_ref().filter(|b| b.sort.is_some()) else { return };
    // Nothing is printed but a number, so that nothing but sorting costs anything.
    let number = Text::with_target(TextTarget::from(Variable::Number(NumberVariable::CitationNumber)));
    let layout = Layout::with_elements(vec![LayoutRenderingElement::Text(number)]);
    let mut rules = style.rules.clone();
    rules.citation.layout = layout.clone();
    rules.citation.sort = None;
    rules.bibliography = Some(hayagriva::citationberg::Bibliography { layout, ..bibliography.clone() });
    // Sorted is what will be read, not what stands for it.
    let plain: Vec<Item> = works.iter().map(|work| item(work.csl, work.at, Side::From, None)).collect();
    let items: Vec<&Item> = plain.iter().collect();
    let order = guard::quietly(|| {
        let driver = driver(style, &rules, &items, 0);
        let rendered = driver.finish(request(style, &rules));
        let keys = rendered.bibliography.map(|b| b.items).unwrap_or_default();
        keys.iter().filter_map(|entry| entry.key.parse::<usize>().ok()).collect::<Vec<_>>()
    });
    let mut ranks = vec![usize::MAX; works.len()];
    for (rank, at) in order.unwrap_or_default().into_iter().enumerate() {
        if let Some(slot) = ranks.get_mut(at) {
            *slot = rank;
        }
    }
    works.sort_by_key(|work| ranks.get(work.at).copied());
}

fn driver<'a>(
    style: &'a Style,
    rules: &'a IndependentStyle,
    items: &[&'a Item],
    before: usize,
) -> BibliographyDriver<'a, Item> {
    let mut driver = BibliographyDriver::new().with_citation_number_offset(before);
    for item in items {
        let cited = vec![CitationItem::with_entry(*item)];
        driver.citation(CitationRequest::new(cited, rules, style.language.clone(), &style.locales, Some(1)));
    }
    driver
}

fn request<'a>(style: &'a Style, rules: &'a IndependentStyle) -> BibliographyRequest<'a> {
    BibliographyRequest { style: rules, locale: style.language.clone(), locale_files: &style.locales }
}

/// Prints these references, in this order, with `before` numbers given out before. Nothing where the processor fails.
fn print(style: &Style, items: &[&Item], before: usize) -> Option<Vec<Printed>> {
    guard::quietly(|| {
        let rendered = driver(style, &style.unsorted, items, before).finish(request(style, &style.unsorted));
        match rendered.bibliography {
            Some(list) => {
                let entries = list.items.into_iter();
                entries.map(|entry| Printed { first: entry.first_field, rest: entry.content }).collect()
            }
            None => {
                let notes = rendered.citations.into_iter();
                notes.map(|note| Printed { first: None, rest: note.citation }).collect()
            }
        }
    })
    .filter(|printed: &Vec<Printed>| printed.len() == items.len())
}

/// One reference printed by itself.
fn alone(style: &Style, item: &Item, number: usize) -> Option<Printed> {
    print(style, &[item], number)?.pop()
}

/// The entry of a reference, its dates repaired and its letters unveiled; without the style's help where it fails.
fn finished(style: &Style, mut work: Work, printed: Option<Printed>, number: usize) -> Formatted {
    let at = work.at;
    let printed = printed.or_else(|| alone(style, &work.item, number));
    let Some((first, mut line)) = printed.as_ref().map(parted) else {
        return Formatted { at, number: String::new(), text: fallback(work.csl), styled: false };
    };
    let ends = if work.repairs.wants_ends() { Some(work.ends()) } else { None };
    let ends = ends.and_then(|item| alone(style, &item, number)).map(|printed| parted(&printed).1);
    if work.repairs.circa && says_nothing_uncertain(style, &mut work, &line, number) {
        mark_uncertain(&mut line);
    }
    work.repairs.make(&mut line, ends.as_ref());
    work.veil.lift(&mut line.cells);
    line.turn_inner_quotes();
    let text = line.draft();
    let styled = text.as_str().contains(char::is_alphanumeric) && !is_mute(&work.item);
    let text = if styled { text } else { fallback(work.csl) };
    Formatted { at, number: first.trim().to_owned(), text, styled }
}

/// True when the style prints a date that is not certain as if it were.
fn says_nothing_uncertain(style: &Style, work: &mut Work, line: &Line, number: usize) -> bool {
    let certain = work.certain();
    let certain = alone(style, &certain, number).map(|printed| parted(&printed).1);
    certain.is_some_and(|certain| certain.all_words() == line.all_words())
}

/// The number of an entry, and the entry without it.
fn parted(printed: &Printed) -> (String, Line) {
    let is_number = |child: &ElemChild| {
        let ElemChild::Elem(elem) = child else { return false };
        let own = matches!(elem.meta, Some(ElemMeta::CitationNumber | ElemMeta::CitationLabel));
        own || elem.children.find_meta(&ElemMeta::CitationNumber).is_some()
    };
    let words = |child: &ElemChild| Line::of_child(child).draft().as_str().to_owned();
    match (&printed.first, printed.rest.0.split_first()) {
        (Some(first), _) if is_number(first) => (words(first), Line::of(&printed.rest)),
        // What is set apart and is no number belongs to the entry.
        (Some(first), _) => {
            let mut whole = vec![first.clone()];
            whole.extend(printed.rest.0.iter().cloned());
            (String::new(), Line::of(&ElemChildren(whole)))
        }
        (None, Some((first, rest))) if is_number(first) && !rest.is_empty() => {
            (words(first), Line::of(&ElemChildren(rest.to_vec())))
        }
        _ => (String::new(), Line::of(&printed.rest)),
    }
}

/// What is shown of a reference that the style has no words for.
fn fallback(csl: &Csl) -> Draft {
    let draft = with_links(csl, Links::Full);
    if draft.is_empty() { Draft::of("Untitled.") } else { draft }
}
