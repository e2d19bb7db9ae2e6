//! Elements in running text: marks, links, line breaks, pictures, quotation marks, readings.

use dom_query::NodeRef;

use super::dialect::Dialect;
use super::node;
use super::walker::{Enter, Exit, Walker};
use crate::article::Mark;

impl<'a, D: Dialect> Walker<'a, D> {
    /// An element that is no block.
    pub(super) fn enter_inline(&mut self, node: &NodeRef<'a>, name: &str) -> Enter {
        let mark = match name {
            "em" | "i" | "cite" | "dfn" | "var" | "address" => Mark::Emphasis,
            "strong" | "b" => Mark::Strong,
            "del" | "s" | "strike" => Mark::Struck,
            "u" | "ins" | "kbd" => Mark::Underline,
            "mark" => Mark::Highlight,
            "code" | "tt" | "samp" if self.pre == 0 => Mark::Code,
            "sup" => Mark::Superscript,
            "sub" => Mark::Subscript,
            "a" => return self.enter_link(node),
            "br" => return self.line_break(),
            "img" | "image" => return self.picture(node),
            "wbr" | "rp" => return Enter::Skip,
            "q" => return self.around("“", "”"),
            "rt" => return self.around("(", ")"),
            _ => return self.enter_styled(node),
        };
        self.marked(mark)
    }

    pub(super) fn marked(&mut self, mark: Mark) -> Enter {
        if self.pre > 0 {
            return Enter::Into(Exit::Nothing);
        }
        self.flow.open(mark);
        Enter::Into(Exit::Mark)
    }

    fn around(&mut self, before: &str, after: &'static str) -> Enter {
        self.flow.text(before);
        Enter::Into(Exit::Words(after))
    }

    fn enter_link(&mut self, node: &NodeRef<'a>) -> Enter {
        let Some(href) = node.attr("href") else { return Enter::Into(Exit::Nothing) };
        let address = self.dialect.address(&href).or_else(|| self.page.resolve(&href));
        match address {
            Some(address) => self.marked(Mark::Link(address)),
            None => Enter::Into(Exit::Nothing),
        }
    }

    /// Two line breaks end a paragraph.
    fn line_break(&mut self) -> Enter {
        if self.pre > 0 {
            self.flow.preformatted("\n");
        } else if self.is_flat() {
            self.flow.gap();
        } else if self.flow.line_break() > 1 {
            self.flush();
        }
        Enter::Skip
    }

    /// Styling that means something, and what is displayed as a block.
    fn enter_styled(&mut self, node: &NodeRef<'a>) -> Enter {
        let style = node::attr(node, "style").replace(' ', "").to_ascii_lowercase();
        if style.contains("font-variant:small-caps") || node::has_class(node, &["smallcaps", "small-caps"]) {
            return self.marked(Mark::SmallCaps);
        }
        if style.contains("display:block") {
            return self.enter_block();
        }
        Enter::Into(Exit::Nothing)
    }
}
