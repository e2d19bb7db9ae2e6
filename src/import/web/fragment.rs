//! A piece of HTML without the head of a page is known by what it holds: blocks in tags that are closed, and nothing
//! outside of them. Markdown may hold the same tags, and then holds something else as well.

/// Elements that are blocks, and that nobody writes but in HTML.
const BLOCKS: [&str; 30] = [
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "nav",
    "aside",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "dl",
    "table",
    "tbody",
    "thead",
    "tr",
    "td",
    "th",
    "blockquote",
    "pre",
    "center",
    "body",
];
/// Elements whose content is no running text.
const OTHER: [&str; 6] = ["pre", "code", "script", "style", "textarea", "math"];
/// How many blocks a file that is called Markdown must close.
const CLOSED: usize = 3;

/// True for the beginning of a piece of HTML.
pub fn is(head: &str, called_markdown: bool) -> bool {
    let head = head.trim_start_matches('\u{feff}').trim_start();
    let mut reading = Reading::default();
    head.starts_with('<')
        && reading.read(head)
        && reading.begun
        && reading.closed >= if called_markdown { CLOSED } else { 1 }
}

/// What has been seen.
#[derive(Default)]
struct Reading<'h> {
    /// The blocks that are open.
    open: Vec<&'h str>,
    /// How deep in what is no running text.
    other: usize,
    /// A block stands ahead of everything else.
    begun: bool,
    closed: usize,
}

impl<'h> Reading<'h> {
    /// False as soon as something can only be Markdown, or XML of another kind.
    fn read(&mut self, head: &'h str) -> bool {
        let mut rest = head;
        loop {
            let (text, tag) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
            if !self.text(text) {
                return false;
            }
            if let Some(comment) = tag.strip_prefix("<!--") {
                let Some((_, after)) = comment.split_once("-->") else { return true };
                rest = after;
                continue;
            }
            // The head may end within a tag.
            let Some((inner, after)) = tag.get(1..).and_then(|tag| tag.split_once('>')) else { return true };
            rest = after;
            let closes = inner.starts_with('/');
            let inner = inner.trim_start_matches('/');
            let end = inner.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(inner.len());
            if !self.tag(&inner[..end], closes) {
                return false;
            }
        }
    }

    fn tag(&mut self, name: &'h str, closes: bool) -> bool {
        if let Some(other) = OTHER.iter().find(|n| n.eq_ignore_ascii_case(name)) {
            self.other = if closes { self.other.saturating_sub(1) } else { self.other + 1 };
            self.begun |= *other == "pre";
        }
        let Some(block) = BLOCKS.iter().find(|n| n.eq_ignore_ascii_case(name)) else {
            // JATS begins with `<article>`, too.
            return self.begun && !matches!(name, "front" | "sec" | "article-meta" | "title-group");
        };
        self.begun = true;
        if closes {
            if let Some(at) = self.open.iter().rposition(|open| open.eq_ignore_ascii_case(block)) {
                self.open.truncate(at);
                self.closed += 1;
            }
            return true;
        }
        if self.open.last().is_some_and(|open| *open == "p" || (*open == "li" && *block == "li")) {
            self.open.pop();
        }
        self.open.push(block);
        true
    }

    /// Text stands in blocks, and looks like nothing but text.
    fn text(&self, text: &str) -> bool {
        let shown = !text.trim().is_empty();
        self.other > 0
            || !shown
            || (!self.open.is_empty() && !text.lines().any(|line| is_markdown(line.trim())))
    }
}

/// True for a line that Markdown gives a meaning to.
fn is_markdown(line: &str) -> bool {
    let hashes = line.len() - line.trim_start_matches('#').len();
    let rule = line.len() >= 3 && line.bytes().all(|b| matches!(b, b'-' | b'=' | b'*' | b'|' | b':' | b' '));
    ((1..=6).contains(&hashes) && line[hashes..].starts_with(' '))
        || rule
        || ["```", "~~~", "> ", "- ", "* ", "+ ", "[^", "$$", ":::", "| "]
            .iter()
            .any(|sign| line.starts_with(sign))
        || ["](", "**", "[@", "[^", "]: ", "`", "[["].iter().any(|sign| line.contains(sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_of_html_are_known_and_markdown_stays() {
        let html = [
            "<div class=\"x\"><h1>Title</h1>\n<p>One <b>two</b>.</p>\n<p>Three.</p>\n<ul><li>a<li>b</ul></div>\n",
            "<!-- c -->\n<P>One</P>\n<P>two</P> <p>three</p>",
            "\u{feff}<h2>A</h2><p>b<p>c</p><pre># no heading\n- no list</pre><p>d</p>",
            "<article><h1>A</h1><p>b</p><div>c</div></article>",
            "<table><tr><td>a</td><td>b</td></tr></table><p>cut off in a <a href=\"",
        ];
        for text in html {
            assert!(is(text, false) && is(text, true), "{text}");
        }
        let other = [
            "<p align=\"center\"><img src=\"a.png\"></p>\n\n# Title\n\nText.\n",
            "<div>\n\n## A heading\n\n<p>a</p><p>b</p></div>\n",
            "<details><summary>More</summary>\n\n- one\n- two\n\n</details>",
            "<p>a</p>\n<p>b</p>\n<p>c</p>\nText outside.\n",
            "<p>See [this](https://a.example).</p><p>b</p><p>c</p>",
            "<b>Bold</b> at the beginning, and <p>a</p><p>b</p><p>c</p>",
            "<p>never closed\n<p>at all",
            "<article><front><article-meta><p>a</p></article-meta></front></article>",
            "<https://a.example> is a link",
            "< 3 and <p>a</p>",
            "Text <p>a</p>",
            "<svg><p>a</p></svg>",
            "",
        ];
        for text in other {
            assert!(!is(text, true) && !is(text, false), "{text}");
        }
        assert!(is("<p>One paragraph</p>", false) && !is("<p>One paragraph</p>", true));
    }
}
