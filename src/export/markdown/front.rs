//! Front matter: what the text cannot say of itself, as YAML whose values are JSON.

use super::escape::Setting;
use super::{Bibliography, Writer};
use crate::article::build::byline;
use crate::article::{BlockId, Kind};

impl Writer<'_> {
    /// The front matter, its fences included; nothing when there is nothing to say.
    pub(super) fn front_matter(&self) -> String {
        let meta = &self.article.meta;
        let mut out = String::new();
        let mut field = |name: &str, value: &str| {
            if !value.is_empty() {
                out.push_str(&format!("{name}: {}\n", json(value)));
            }
        };
        field("title", &self.title());
        if self.heading_would_be_title() {
            out.push_str("title: \"\"\n");
        }
        let list =
            |items: &[String]| items.iter().map(|item| format!("  - {}\n", json(item))).collect::<String>();
        if !meta.authors.is_empty() {
            out.push_str(&format!("author:\n{}", list(&meta.authors)));
        }
        let mut field = |name: &str, value: &str| {
            if !value.is_empty() {
                out.push_str(&format!("{name}: {}\n", json(value)));
            }
        };
        field("date", &meta.date);
        self.byline(&mut out);
        let mut field = |name: &str, value: &str| {
            if !value.is_empty() {
                out.push_str(&format!("{name}: {}\n", json(value)));
            }
        };
        field("lang", &meta.language);
        field("source", &meta.source);
        field("site", &meta.site);
        if self.bibliography_is_named() {
            self.bibliography(&mut out);
        }
        self.notes(&mut out);
        if out.is_empty() { out } else { format!("---\n{out}---\n\n") }
    }

    /// True for an article without a title whose only heading of the first level would be taken for it.
    fn heading_would_be_title(&self) -> bool {
        let tops = self.article.sections.iter().filter(|s| s.level == 1 && !s.added).count();
        self.article.meta.title.is_empty() && tops == 1
    }

    /// What stands below the title, where that is not what whoever opens the text makes of authors and date.
    fn byline(&self, out: &mut String) {
        let meta = &self.article.meta;
        let at = self.article.blocks.iter().position(|b| b.kind == Kind::Byline);
        let id = at.map(|at| BlockId(at as u32));
        let block = id.map(|id| self.article.block(id));
        let shown = block.map_or("", |block| block.text.as_str());
        let marked = block.is_some_and(|block| !block.text.inlines().is_empty());
        if !marked && shown == byline(meta) {
            return;
        }
        let mut line = String::new();
        if let Some(id) = id {
            self.inline(&mut line, id, 0..u32::MAX, Setting::Line);
        }
        out.push_str(&format!("byline: {}\n", json(&line)));
    }

    /// The title as Markdown.
    fn title(&self) -> String {
        let mut out = String::new();
        match self.article.blocks.iter().position(|b| b.kind == Kind::Title) {
            Some(at) => {
                let id = BlockId(at as u32);
                self.inline(&mut out, id, 0..self.article.block(id).text.len(), Setting::Line);
            }
            None => super::escape::push(&mut out, &self.article.meta.title, Setting::Line, false),
        }
        out
    }

    fn bibliography(&self, out: &mut String) {
        match self.bibliography {
            Bibliography::File(name) => {
                out.push_str(&format!("bibliography: {}\n", json(name)));
            }
            Bibliography::Inline => {
                out.push_str("references:\n");
                for work in self.works() {
                    out.push_str(&format!(
                        "  - {}\n",
                        yaml_safe(&serde_json::Value::Object(work).to_string())
                    ));
                }
            }
        }
        if self.article.references.iter().any(|r| r.mentions.is_empty()) {
            out.push_str("nocite: \"@\\u002a\"\n");
        }
    }

    /// What notes are labelled, where that does not follow from their order.
    fn notes(&self, out: &mut String) {
        let labelled = self.plan.note_labels.iter().filter_map(|(id, label, group)| {
            let name = self.plan.name(*id)?;
            let group = group.as_ref().map_or(String::new(), |group| format!(", \"group\": {}", json(group)));
            Some(format!("  {}: {{\"label\": {}{group}}}\n", json(name), json(label)))
        });
        let labelled: String = labelled.collect();
        if !labelled.is_empty() {
            out.push_str(&format!("note-labels:\n{labelled}"));
        }
    }
}

fn json(text: &str) -> String {
    yaml_safe(&serde_json::Value::from(text).to_string())
}

/// JSON is YAML. An asterisk is escaped, for at the start of a value it would name an alias.
fn yaml_safe(json: &str) -> String {
    json.replace('*', "\\u002a")
}
