//! Styles that would never be done: nested too deep, going round in circles, or unfolding without end.

use std::collections::HashMap;

use hayagriva::citationberg::IndependentStyle;
use serde_json::Value;

use crate::article::limits;

/// How deep the elements of a style nest, macros not put in.
const DEEPEST: usize = 48;
/// How deep they nest with macros put in.
const DEEPEST_UNFOLDED: usize = 160;

const DEEP: &str = "a citation style nested too deep";
const ROUND: &str = "a citation style whose macros go round in circles";

/// Looks at the text, before anything that recurses does.
pub(super) fn structure(xml: &str) -> Result<(), &'static str> {
    let mut depth = 0_usize;
    let mut rest = xml;
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        let (length, step) = tag(rest);
        depth = depth.saturating_add_signed(step);
        if depth > DEEPEST {
            return Err(DEEP);
        }
        rest = rest.get(length..).unwrap_or("");
    }
    Ok(())
}

/// The length of the tag that `text` begins with, and how it changes the depth.
fn tag(text: &str) -> (usize, isize) {
    let until = |end: &str| text.find(end).map_or(text.len(), |at| at + end.len());
    for (start, end) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")] {
        if text.starts_with(start) {
            return (until(end), 0);
        }
    }
    let mut quote = None;
    let mut last = '<';
    for (at, c) in text.char_indices().skip(1) {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '>') => {
                let step = match text.as_bytes().get(1) {
                    Some(b'/') => -1,
                    Some(b'!') => 0,
                    _ if last == '/' => 0,
                    _ => 1,
                };
                return (at + 1, step);
            }
            _ => {}
        }
        last = c;
    }
    (text.len(), 1)
}

/// What a part of a style weighs and nests, and which macros are called in it at which depth. Of the branches of a
/// choice only one is ever taken: they are parts of their own, of which the heaviest counts.
#[derive(Default)]
struct Part {
    weight: usize,
    depth: usize,
    calls: Vec<(String, usize)>,
    choices: Vec<Vec<Part>>,
}

impl Part {
    /// The nesting was bounded before the style was read.
    fn of(value: &Value, depth: usize) -> Self {
        let mut part = Self::default();
        part.take(value, depth);
        part
    }

    fn take(&mut self, value: &Value, depth: usize) {
        self.depth = self.depth.max(depth);
        self.weight += 8;
        match value {
            Value::String(text) => self.weight += text.len(),
            Value::Array(list) => list.iter().for_each(|value| self.take(value, depth)),
            Value::Object(fields) if fields.contains_key("if") => {
                let branches = fields.values().flat_map(|value| match value {
                    Value::Array(list) => list.as_slice(),
                    value => std::slice::from_ref(value),
                });
                self.choices.push(branches.map(|branch| Self::of(branch, depth + 1)).collect());
            }
            Value::Object(fields) => {
                for (name, value) in fields {
                    if let ("@macro", Value::String(called)) = (name.as_str(), value) {
                        self.calls.push((called.clone(), depth));
                    }
                    self.take(value, depth + 1);
                }
            }
            _ => {}
        }
    }

    /// The macros that are called in it, whatever is chosen.
    fn called(&self) -> Vec<&str> {
        let mut out: Vec<&str> = Vec::new();
        let mut left = vec![self];
        while let Some(part) = left.pop() {
            out.extend(part.calls.iter().map(|(name, _)| name.as_str()));
            left.extend(part.choices.iter().flatten());
        }
        out.sort_unstable();
        out.dedup();
        out
    }

    /// What it comes to with macros put in: its weight and its depth.
    fn total(&self, sums: &Sums) -> (usize, usize) {
        let (mut weight, mut depth) = (self.weight, self.depth);
        for (called, at) in &self.calls {
            let (more, deeper) = sums.get(called.as_str()).copied().flatten().unwrap_or_default();
            weight = weight.saturating_add(more);
            depth = depth.max(at + deeper);
        }
        for choice in &self.choices {
            let branches: Vec<_> = choice.iter().map(|branch| branch.total(sums)).collect();
            weight = weight.saturating_add(branches.iter().map(|(weight, _)| *weight).max().unwrap_or(0));
            depth = depth.max(branches.iter().map(|(_, depth)| *depth).max().unwrap_or(0));
        }
        (weight, depth)
    }
}

/// What the macros come to; nothing for one that is being worked out.
type Sums<'a> = HashMap<&'a str, Option<(usize, usize)>>;

/// Looks at the style that was read: what its macros come to when they are put in where they are called.
pub(super) fn macros(rules: &IndependentStyle) -> Result<(), &'static str> {
    let value =
        |part: Result<Value, serde_json::Error>| part.map_err(|_| "a citation style of no known shape");
    let mut parts: HashMap<String, Part> = HashMap::new();
    for named in &rules.macros {
        let part = Part::of(&value(serde_json::to_value(named))?, 0);
        parts.entry(named.name.clone()).or_insert(part);
    }
    let mut sums = Sums::new();
    for name in parts.keys() {
        sum(&parts, &mut sums, name)?;
    }
    let lists = [serde_json::to_value(&rules.citation), serde_json::to_value(&rules.bibliography)];
    lists.into_iter().try_for_each(|list| bounded(Part::of(&value(list)?, 0).total(&sums)).map(drop))
}

/// Works out a macro after those that it calls, on a stack of its own.
fn sum<'a>(parts: &'a HashMap<String, Part>, sums: &mut Sums<'a>, name: &'a str) -> Result<(), &'static str> {
    let mut stack = vec![(name, 0_usize)];
    while let Some((name, next)) = stack.pop() {
        let Some(part) = parts.get(name) else { continue };
        match sums.get(name) {
            Some(Some(_)) => continue,
            Some(None) if next == 0 => return Err(ROUND),
            _ => {}
        }
        sums.insert(name, None);
        match part.called().get(next) {
            Some(called) => stack.extend([(name, next + 1), (called, 0)]),
            None => {
                let total = bounded(part.total(sums))?;
                sums.insert(name, Some(total));
            }
        }
    }
    Ok(())
}

fn bounded((weight, depth): (usize, usize)) -> Result<(usize, usize), &'static str> {
    match () {
        () if weight > limits::UNFOLDED.most => Err(limits::UNFOLDED.message),
        () if depth > DEEPEST_UNFOLDED => Err(DEEP),
        () => Ok((weight, depth)),
    }
}

#[cfg(test)]
mod tests {
    use hayagriva::archive::ArchivedStyle;
    use hayagriva::citationberg::Style;

    use super::*;

    #[test]
    fn depth_is_counted_in_the_text() {
        assert_eq!(structure("<?xml v?><a b='>'><!-- <x><y> --><c/><![CDATA[<d>]]></a>"), Ok(()));
        assert_eq!(structure(&"<a>".repeat(49)), Err(DEEP));
        assert_eq!(structure(&"<a></a>".repeat(10_000)), Ok(()));
        assert_eq!(structure(&"<a ".repeat(10_000)), Ok(()));
    }

    fn style(macros: &str) -> Result<(), &'static str> {
        let xml = format!(
            r#"<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><info><title>t</title><id>i</id></info>
            {macros}<citation><layout><text macro="m0"/></layout></citation></style>"#
        );
        let Ok(Style::Independent(rules)) = Style::from_xml(&xml) else { return Err("unread") };
        super::macros(&rules)
    }

    #[test]
    fn macros_end() {
        let calls = |n: usize, times: usize| {
            let calls = format!(r#"<text macro="m{}"/>"#, n + 1).repeat(times);
            format!(r#"<macro name="m{n}">{calls}</macro>"#)
        };
        let chain = |length: usize, times: usize| {
            let last = format!(r#"<macro name="m{length}"><text value="x"/></macro>"#);
            (0..length).map(|n| calls(n, times)).collect::<String>() + &last
        };
        assert_eq!(style(&chain(5, 2)), Ok(()));
        assert_eq!(style(&chain(40, 2)), Err(limits::UNFOLDED.message));
        assert_eq!(style(&chain(500, 1)), Err(DEEP));
        assert_eq!(style(r#"<macro name="m0"><text macro="m0"/></macro>"#), Err(ROUND));
        let ring = r#"<macro name="m0"><choose><if type="book"><text macro="m1"/></if></choose></macro>
            <macro name="m1"><group><text macro="&#109;0"/></group></macro>"#;
        assert_eq!(style(ring), Err(ROUND));
        assert_eq!(style(r#"<macro name="m0"><text macro="none"/></macro>"#), Ok(()));
    }

    #[test]
    fn the_styles_that_come_with_it_are_far_from_the_limits() {
        for style in ArchivedStyle::all() {
            let Style::Independent(rules) = style.get() else { continue };
            assert_eq!(macros(&rules), Ok(()), "{}", style.display_name());
        }
    }
}
