//! Front matter: what a document says of itself between `---` lines, as YAML.

use serde_norway::Value;

use crate::article::{Complaint, Csl, limits};

use super::key::key;

/// What the front matter says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FrontMatter {
    /// The title; Markdown.
    pub title: String,
    /// It says that there is no title: no heading is one.
    pub untitled: bool,
    /// What stands below the title, where that is not authors and date; Markdown. Empty for nothing.
    pub byline: Option<String>,
    /// The authors, each as it should be shown.
    pub authors: Vec<String>,
    /// The date as given.
    pub date: String,
    /// A language tag.
    pub lang: String,
    /// Files that hold a bibliography, as written: relative to the document.
    pub bibliography: Vec<String>,
    /// Works that stand in the front matter itself.
    pub references: Vec<(String, Csl)>,
    /// Keys of works that are to be listed though nothing cites them; `*` stands for all.
    pub nocite: Vec<String>,
    /// The address the document came from.
    pub source: String,
    /// What the place calls itself that it was published in.
    pub site: String,
    /// What notes are labelled, by their names, and the series they belong to: `note-labels`.
    pub note_labels: Vec<NoteLabel>,
    /// The byte at which the text begins.
    pub body_start: usize,
    /// What was noticed.
    pub complaints: Vec<Complaint>,
}

/// What a note is labelled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoteLabel {
    /// Its name: `x` of `[^x]`.
    pub name: String,
    /// Its label as shown; empty for none.
    pub label: String,
    /// The series it belongs to; empty for none.
    pub group: String,
}

/// Reads the front matter that a text begins with. Where it cannot be read, it is text.
pub fn front_matter(text: &str) -> FrontMatter {
    let bom = text.len() - text.trim_start_matches('\u{feff}').len();
    let nothing = FrontMatter { body_start: bom, ..FrontMatter::default() };
    let Some((yaml, body)) = split(&text[bom..]) else { return nothing };
    if yaml.len() > limits::FRONT_MATTER.most {
        return complaining(nothing, limits::FRONT_MATTER.message.to_owned());
    }
    if is_deep(yaml) {
        return complaining(nothing, "the front matter is nested too deep".to_owned());
    }
    match serde_norway::from_str::<Value>(yaml) {
        Ok(Value::Mapping(map)) => FrontMatter { body_start: bom + body, ..describe(&map) },
        Ok(Value::Null) => FrontMatter { body_start: bom + body, ..nothing },
        Ok(_) => nothing,
        Err(error) => complaining(nothing, format!("the front matter is no YAML: {error}")),
    }
}

/// True while front matter has begun and its end is not in sight.
pub fn is_open(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}');
    match text.split_once('\n') {
        Some((first, _)) => first.trim_end() == "---" && split(text).is_none(),
        None => "---\r".starts_with(text),
    }
}

/// True for nesting that the YAML parser would refuse, but only after a time that grows with its square.
fn is_deep(yaml: &str) -> bool {
    const MOST: usize = 128;
    let mut depth = 0_usize;
    let flow = yaml.bytes().any(|byte| {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > MOST
    });
    let marks = |line: &str| {
        line.split(' ').take_while(|w| matches!(*w, "-" | "?" | "")).filter(|w| !w.is_empty()).count()
    };
    flow || yaml.lines().any(|line| marks(line) > MOST)
}

fn complaining(mut front: FrontMatter, what: String) -> FrontMatter {
    front.complaints.push(Complaint { line: 1, ..Complaint::new("", what) });
    front
}

/// The YAML between `---` and `---` or `...`, and where the text after it begins.
fn split(text: &str) -> Option<(&str, usize)> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().filter(|l| l.trim_end() == "---")?;
    let mut at = first.len();
    // pandoc: a blank line after the first is a rule, not metadata.
    for (number, line) in lines.enumerate() {
        let words = line.trim_end();
        if number == 0 && words.is_empty() {
            return None;
        }
        if words == "---" || words == "..." {
            return Some((&text[first.len()..at], at + line.len()));
        }
        at += line.len();
    }
    None
}

fn describe(map: &serde_norway::Mapping) -> FrontMatter {
    let get = |name: &str| map.get(name).unwrap_or(&Value::Null);
    let texts = |name: &str| list(get(name)).iter().map(|v| text_of(v)).filter(|t| !t.is_empty()).collect();
    let named = if get("author").is_null() { "authors" } else { "author" };
    let mut front = FrontMatter {
        title: text_of(get("title")),
        byline: get("byline").as_str().map(|line| line.trim().to_owned()),
        untitled: get("title").as_str().is_some_and(|title| title.trim().is_empty()),
        authors: list(get(named)).iter().map(|v| name_of(v)).filter(|t| !t.is_empty()).collect(),
        date: text_of(get("date")),
        lang: text_of(get("lang")),
        bibliography: texts("bibliography"),
        source: text_of(get("source")),
        site: text_of(get("site")),
        note_labels: note_labels(get("note-labels")),
        ..FrontMatter::default()
    };
    let nocite: Vec<String> = texts("nocite");
    for part in nocite.iter().flat_map(|t| t.split('@').skip(1)) {
        let star = part.starts_with('*').then_some(("*", 1));
        front.nocite.extend(star.or_else(|| key(part)).map(|(key, _)| key.to_owned()));
    }
    for work in list(get("references")) {
        match super::csl_yaml::work(work) {
            Some(work) => front.references.push(work),
            None => {
                front.complaints.push(Complaint::new("front matter", "a reference without id was left out"))
            }
        }
    }
    front
}

/// `note-labels: {x: "note 1", y: {label: a, group: lower-alpha}}`.
fn note_labels(value: &Value) -> Vec<NoteLabel> {
    let Value::Mapping(map) = value else { return Vec::new() };
    let read = |(name, value): (&Value, &Value)| {
        let part = |key: &str| value.as_mapping().and_then(|m| m.get(key)).map(text_of).unwrap_or_default();
        let label = if value.is_mapping() { part("label") } else { text_of(value) };
        NoteLabel { name: text_of(name), label, group: part("group") }
    };
    map.iter().map(read).filter(|note| !note.name.is_empty()).collect()
}

fn list(value: &Value) -> Vec<&Value> {
    match value {
        Value::Sequence(values) => values.iter().collect(),
        Value::Null => Vec::new(),
        one => vec![one],
    }
}

/// A scalar as text.
pub fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        _ => String::new(),
    }
}

/// An author: a name, or a map that holds one.
fn name_of(value: &Value) -> String {
    let Value::Mapping(map) = value else { return text_of(value) };
    let get = |name: &str| map.get(name);
    if let Some(name) = get("name").or_else(|| get("literal")) {
        return name_of_parts(name);
    }
    name_of_parts(value)
}

fn name_of_parts(value: &Value) -> String {
    let Value::Mapping(map) = value else { return text_of(value) };
    let part = |names: &[&str]| names.iter().find_map(|n| map.get(*n)).map(text_of).unwrap_or_default();
    let parts = [
        part(&["given", "given-names", "first"]),
        part(&["non-dropping-particle"]),
        part(&["family", "surname", "last"]),
    ];
    let whole = part(&["literal"]);
    if whole.is_empty() { parts.join(" ").split_whitespace().collect::<Vec<_>>().join(" ") } else { whole }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_says_what_it_is() {
        let text = "---\ntitle: \"A: *b*\"\nauthor:\n- A. One\n- name: B Two\n- {given: C, family: Three}\n\
                    date: 2020-05-01\nlang: de\nbibliography: [a.json, b.bib]\nnocite: |\n  @x, @{y z}, @*\n...\nbody\n";
        let front = front_matter(text);
        assert_eq!(front.title, "A: *b*");
        assert_eq!(front.authors, ["A. One", "B Two", "C Three"]);
        assert_eq!((front.date.as_str(), front.lang.as_str()), ("2020-05-01", "de"));
        assert_eq!(front.bibliography, ["a.json", "b.bib"]);
        assert_eq!(front.nocite, ["x", "y z", "*"]);
        assert_eq!(&text[front.body_start..], "body\n");
        assert_eq!(front.complaints, []);
        let front = front_matter("---\nnote-labels: {x: 7, y: {label: a, group: lower-alpha}}\n---\n");
        let label = |name: &str, label: &str, group: &str| NoteLabel {
            name: name.into(),
            label: label.into(),
            group: group.into(),
        };
        assert_eq!(front.note_labels, [label("x", "7", ""), label("y", "a", "lower-alpha")]);
    }

    #[test]
    fn what_is_no_front_matter_is_text() {
        for text in [
            "",
            "---\n",
            "---\n\ntitle: x\n---\n",
            "a\n---\nb: c\n---\n",
            "---\njust words\n---\n",
            "--- x\n---\n",
        ] {
            assert_eq!(front_matter(text), FrontMatter::default(), "{text:?}");
        }
        assert_eq!(front_matter("\u{feff}# a").body_start, 3);
    }

    #[test]
    fn hostile_front_matter_is_text_and_is_complained_of() {
        let level = |n: u32| format!("l{n}: &l{n} [{}]\n", vec![format!("*l{}", n - 1); 10].join(", "));
        let bomb = format!("---\nl0: &l0 x\n{}---\nbody", (1..10).map(level).collect::<String>());
        let deep = format!("---\na: {}\n---\nbody", "[".repeat(100_000));
        let long = format!("---\na: {}\n---\nbody", "x".repeat(limits::FRONT_MATTER.most));
        for text in [&*bomb, &deep, &long, "---\na: [\n---\nbody"] {
            let front = front_matter(text);
            assert_eq!((front.body_start, front.complaints.len()), (0, 1), "{}", &text[..20]);
        }
        assert!(
            is_open("---\na: b\n") && !is_open("---\na: b\n---\n") && !is_open("----\n") && is_open("--")
        );
    }
}
