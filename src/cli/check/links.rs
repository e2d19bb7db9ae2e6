//! Links to parts of the article and to files beside it that are not there, and pictures that are missing.

use std::collections::{HashMap, HashSet};

use super::document::Document;
use super::finding::{Finding, Kind, Spot};
use crate::article::{self, Block, BlockId, InlineKind, LinkId, Place, Thing};
use crate::import::folder::decoded;
use crate::import::markdown::is_cross_reference;
use crate::import::source::Beside;

/// Every link and picture that leads nowhere.
pub fn findings(document: &Document) -> Vec<Finding> {
    let mut seeker = Seeker { document, names: None };
    let mut found = Vec::new();
    for (block, id) in document.article.blocks.iter().zip((0..).map(BlockId)) {
        // The entries of the list of references are made from the bibliography.
        if matches!(block.kind, article::Kind::Entry(_)) {
            continue;
        }
        found.extend(seeker.figure(block, id));
        for inline in block.text.inlines() {
            let place = Place { block: id, byte: inline.start };
            found.extend(match inline.kind {
                InlineKind::Link(link) => seeker.link(link, place),
                InlineKind::Image(link) => seeker.picture(link, place),
                _ => None,
            });
        }
    }
    found
}

struct Seeker<'a> {
    document: &'a Document,
    /// Names that links may lead to by the rules of others, made when they are first needed.
    names: Option<HashSet<String>>,
}

impl Seeker<'_> {
    fn address(&self, link: LinkId) -> &str {
        self.document.article.links.get(link.index()).map_or("", |l| l)
    }

    fn finding(&self, kind: Kind, thing: Thing, place: Place, what: String) -> Finding {
        Finding::new(kind, Spot::at(self.document.source_of(thing, place).map(|r| r.start)), what)
    }

    fn figure(&self, block: &Block, id: BlockId) -> Option<Finding> {
        let article::Kind::Figure(figure) = &block.kind else { return None };
        // The picture begins where the caption does, behind `Figure 1. `.
        let label = block.text.as_str().find(". ").map_or(0, |at| at as u32 + 2);
        self.picture(figure.image, Place { block: id, byte: label })
    }

    fn picture(&self, link: LinkId, place: Place) -> Option<Finding> {
        let path = local(self.address(link))?;
        let what = format!("the picture {path} is not there");
        (!self.is_there(&[path.to_owned()]))
            .then(|| self.finding(Kind::MissingFile, Thing::Picture, place, what))
    }

    fn link(&mut self, link: LinkId, place: Place) -> Option<Finding> {
        let address = self.address(link).to_owned();
        let there = match address.strip_prefix('#') {
            Some(name) => self.is_part(name),
            None => local(&address).is_none_or(|path| self.is_there(&written_as(path))),
        };
        let what = format!("a link leads to {address}, which is not there");
        (!there).then(|| self.finding(Kind::BrokenLink, Thing::Link, place, what))
    }

    /// True for the name of a part of the article, as this reader, a browser, pandoc or Obsidian finds it.
    fn is_part(&mut self, name: &str) -> bool {
        let article = &self.document.article;
        let plain = decoded(name);
        let known = |name: &str| article.anchors.contains_key(name);
        if name.is_empty() || name == "top" || known(name) || known(&plain) {
            return true;
        }
        if plain.contains(' ') && known(&article::build::slug(&plain)) {
            return true;
        }
        let document = self.document;
        self.names.get_or_insert_with(|| other_names(document)).contains(&plain)
    }

    fn is_there(&self, paths: &[String]) -> bool {
        let beside = &self.document.beside;
        matches!(beside, Beside::Nothing)
            || !self.document.is_markdown
            || paths.iter().any(|path| beside.leads(path))
    }
}

/// A path that stays below the folder of the document; nothing for an address elsewhere.
fn local(address: &str) -> Option<&str> {
    let path = address.split(['?', '#']).next().unwrap_or("");
    let stays = !path.is_empty() && !path.starts_with('/') && !path.contains([':', '\\', '{', '<']);
    let plain = decoded(path);
    (stays && plain.split('/').all(|part| part != "..")).then_some(path)
}

/// The files that a path may be written in: a page is made of its text.
fn written_as(path: &str) -> Vec<String> {
    const TEXTS: [&str; 5] = ["md", "qmd", "markdown", "rmd", "Rmd"];
    let path = path.trim_end_matches('/');
    let stem = path.strip_suffix(".html").or_else(|| path.strip_suffix(".htm"));
    let bare = !path.rsplit('/').next().unwrap_or("").contains('.');
    let mut paths = vec![path.to_owned()];
    if let Some(stem) = stem.or(bare.then_some(path)) {
        paths.extend(TEXTS.iter().map(|end| format!("{stem}.{end}")));
    }
    paths
}

/// Names by the rules of others: headings as pandoc names them, references (`#ref-key`), and what Quarto names in code.
fn other_names(document: &Document) -> HashSet<String> {
    let article = &document.article;
    let mut names = HashSet::new();
    let mut times: HashMap<String, u32> = HashMap::new();
    for section in 0..article.sections.len() {
        let slug = pandoc_slug(article.section_title(section));
        let before = times.entry(slug.clone()).or_default();
        names.insert(if *before == 0 { slug } else { format!("{slug}-{before}") });
        *before += 1;
    }
    names.extend(article.references.iter().map(|r| format!("ref-{}", r.id)));
    let text = document.text();
    for (at, start) in ["label:", "{#", "#| label:", "id="].iter().flat_map(|s| text.match_indices(s)) {
        let rest = text[at + start.len()..].trim_start_matches([' ', '"', '\'']);
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '}' | '>'));
        names.insert(rest[..end.unwrap_or(rest.len())].to_owned());
    }
    names.extend(chunks(text).filter(|name| is_cross_reference(name)).map(str::to_owned));
    names
}

/// The names of chunks of code in R Markdown: `{r fig-x}`.
fn chunks(text: &str) -> impl Iterator<Item = &str> {
    let heads = text.lines().filter_map(|line| line.trim_start().strip_prefix("```{"));
    heads.filter_map(|head| head.split([' ', ',', '}']).nth(1))
}

/// The name that pandoc gives to a heading (its manual, "Extension: `auto_identifiers`").
fn pandoc_slug(title: &str) -> String {
    let words = title.to_lowercase();
    let words = words.split_whitespace().collect::<Vec<_>>().join("-");
    let kept: String =
        words.chars().filter(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.')).collect();
    kept.trim_start_matches(|c: char| !c.is_alphabetic()).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_below_the_folder_are_local() {
        let cases = [
            ("a.md#part", Some("a.md")),
            ("b/c%20d.png?x", Some("b/c%20d.png")),
            ("../a.md", None),
            ("%2e%2e/a.md", None),
            ("/a.md", None),
            ("//a.example/b", None),
            ("mailto:a@b.example", None),
            ("https://a.example", None),
            ("{{ page }}", None),
            ("", None),
        ];
        for (address, expected) in cases {
            assert_eq!(local(address), expected, "{address}");
        }
    }

    #[test]
    fn headings_are_named_as_pandoc_names_them() {
        let cases = [
            ("1. A *b* c", "a-b-c"),
            ("Heading identifiers in HTML", "heading-identifiers-in-html"),
            ("Version 2.0", "version-2.0"),
            ("12", ""),
        ];
        for (title, expected) in cases {
            assert_eq!(pandoc_slug(title), expected);
        }
    }
}
