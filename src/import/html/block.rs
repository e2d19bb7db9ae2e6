//! Elements that are blocks: paragraphs, headings, quotations, code, rules, formulas.

use dom_query::NodeRef;

use super::dialect::{Cell, Dialect};
use super::walker::{Enter, Exit, Walker};
use super::{mathml, node, shape};
use crate::article::build::one_line;
use crate::article::{Draft, Kind, Mark, Nest};
use crate::import::tex;

impl<'a, D: Dialect> Walker<'a, D> {
    /// What HTML says of an element.
    pub(super) fn enter_own(&mut self, node: &NodeRef<'a>) -> Enter {
        match &*node::name(node) {
            "h1" => self.enter_heading(node, self.level(1)),
            "h2" => self.enter_heading(node, self.level(2)),
            "h3" => self.enter_heading(node, self.level(3)),
            "h4" => self.enter_heading(node, self.level(4)),
            "h5" => self.enter_heading(node, self.level(5)),
            "h6" => self.enter_heading(node, self.level(6)),
            "p" | "div" | "section" | "article" | "main" | "header" | "footer" | "aside" | "address"
            | "center" | "fieldset" | "form" | "hgroup" | "details" | "nav" | "menu" | "body" | "html"
            | "legend" | "dir" | "optgroup" | "option" => self.enter_block(),
            "blockquote" => self.enter_nest(Nest::Quote),
            "ul" | "ol" => self.enter_list(node),
            "li" => self.enter_item(node),
            "dl" => self.enter_definitions(),
            "dt" => self.enter_term(node),
            "dd" => self.enter_definition(),
            "summary" if !self.is_flat() => self.enter_line(Exit::Bold),
            "pre" | "listing" | "xmp" => self.enter_code(node),
            "hr" => self.rule(),
            "table" => self.enter_table(shape::of(node)),
            "caption" if self.grid.is_some() => self.enter_table_caption(),
            "tr" => self.enter_row(),
            "td" | "th" => self.enter_cell(Cell::of(node)),
            "thead" => self.enter_rows(true),
            "tbody" | "tfoot" => self.enter_rows(false),
            "figure" => self.enter_figure(),
            "figcaption" => self.enter_caption(),
            "math" => self.math(node),
            "noscript" => self.enter_noscript(node),
            name => self.enter_inline(node, name),
        }
    }

    fn level(&self, html: u8) -> u8 {
        html.saturating_sub(self.rise).max(1)
    }

    /// Ends the paragraph. Where blocks are one line of text, only white space is left of it.
    pub(super) fn flush(&mut self) {
        if self.is_flat() {
            return self.flow.gap();
        }
        let silent = std::mem::take(&mut self.silent);
        match self.flow.take() {
            Some(draft) if !self.lonely_picture(&draft) => self.emit(Kind::Paragraph, draft),
            Some(_) => {}
            None => silent.iter().for_each(|address| self.emit_figure(address, None, "")),
        }
    }

    /// Writes a block.
    pub(super) fn emit(&mut self, kind: Kind, draft: Draft) {
        self.after_table = matches!(kind, Kind::Table(_) | Kind::Code(_));
        self.builder.block(kind, draft, self.nest.clone());
        for nest in &mut self.nest {
            if let Nest::Item(item) = nest {
                item.first = false;
            }
        }
    }

    pub(super) fn enter_heading(&mut self, node: &NodeRef<'a>, level: u8) -> Enter {
        if self.is_flat() {
            return self.enter_block();
        }
        let named = node.id_attr().or_else(|| node.first_element_child()?.id_attr());
        let name = named.map(|id| id.to_string());
        self.enter_line(Exit::Heading(level, name))
    }

    pub(super) fn leave_heading(&mut self, level: u8, name: Option<&str>) {
        if let Some(draft) = self.take_line() {
            self.builder.heading(level, draft, name, self.nest.clone());
        }
    }

    /// Code. Its language is named by a class, on it or around or in it.
    fn enter_code(&mut self, node: &NodeRef<'a>) -> Enter {
        if self.is_flat() {
            return self.enter_block();
        }
        self.pre += 1;
        self.enter_line(Exit::Code(language(node)))
    }

    pub(super) fn leave_code(&mut self, language: String) {
        self.pre -= 1;
        let text = self.flow.as_str().to_owned();
        let Some(draft) = self.take_line() else { return };
        let has_marker = draft.marks().iter().any(|(_, mark)| matches!(mark, Mark::Marker(_)));
        // A line break right after the tag does not count (HTML Living Standard, section 4.4.3).
        let code = Draft::of(text.strip_prefix('\n').unwrap_or(&text).trim_end());
        self.emit(Kind::Code(language.into()), if has_marker { draft } else { code });
    }

    fn rule(&mut self) -> Enter {
        self.flush();
        if !self.is_flat() {
            self.emit(Kind::Rule, Draft::default());
        }
        Enter::Skip
    }

    fn math(&mut self, node: &NodeRef<'a>) -> Enter {
        let display = node::attr(node, "display") == "block";
        match mathml::tex(node) {
            Some(tex) => self.formula(&tex, display),
            None => {
                self.flow.text(&node::words(node));
                Enter::Skip
            }
        }
    }

    pub(super) fn formula(&mut self, tex: &str, display: bool) -> Enter {
        let tex = &one_line(tex);
        if !display || self.is_flat() {
            self.flow.put(&tex::inline(tex), Mark::Math(tex.to_owned()));
            return Enter::Skip;
        }
        self.flush();
        for name in self.flow.take_names() {
            self.builder.anchor(&name);
        }
        let mut draft = Draft::default();
        draft.push_marked(tex::display(tex).trim_end(), Mark::Math(tex.to_owned()));
        self.emit(Kind::Math, draft);
        Enter::Skip
    }

    /// A block that is read already. Names in it lead to its beginning.
    pub(super) fn block(&mut self, node: &NodeRef<'a>, kind: Kind, draft: Draft) -> Enter {
        if self.is_flat() {
            self.flow.append(draft);
            return Enter::Skip;
        }
        self.flush();
        let mut names = self.flow.take_names();
        node::walk(node, |n| {
            names.extend(n.id_attr().filter(|id| self.page.linked.contains(&**id)).map(|id| id.to_string()));
            true
        });
        names.iter().for_each(|name| self.builder.anchor(name));
        self.emit(kind, draft);
        Enter::Skip
    }

    /// What stands there for browsers without scripts is a picture that comes later, or of no interest.
    fn enter_noscript(&mut self, node: &NodeRef<'a>) -> Enter {
        let picture = node::find(node, |n| n.has_name("img")).is_some() && node::words(node).is_empty();
        let before = node.prev_element_sibling();
        let told =
            before.is_some_and(|b| b.has_name("img") || node::find(&b, |n| n.has_name("img")).is_some());
        if picture && !told { Enter::Into(Exit::Nothing) } else { Enter::Skip }
    }
}

/// The language that the classes around code name: `language-x`, `lang-x`, `highlight-source-x`, `sourceCode x`.
fn language(pre: &NodeRef<'_>) -> String {
    let code = pre.first_element_child().filter(|child| child.has_name("code"));
    let places = [Some(*pre), code, pre.parent()];
    for place in places.into_iter().flatten() {
        for name in ["data-lang", "data-language"] {
            let told = node::attr(&place, name);
            if !told.is_empty() {
                return told;
            }
        }
        let classes = node::attr(&place, "class");
        let mut classes = classes.split_ascii_whitespace().peekable();
        while let Some(class) = classes.next() {
            let starts = ["language-", "lang-", "highlight-source-", "mw-highlight-lang-", "brush:"];
            if let Some(told) = starts.iter().find_map(|start| class.strip_prefix(start)) {
                return told.trim_matches([';', ',']).to_owned();
            }
            if let Some(told) = classes.peek().filter(|_| class == "sourceCode") {
                return (*told).to_owned();
            }
        }
    }
    String::new()
}
