//! The shape of a text, line by line: where a new block surely begins, and what our parser must be kept from
//! misreading. A cheap look ahead of the parser, so that a large text can be parsed in pieces.

/// What has been seen up to the current line.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    /// What swallows lines until it ends.
    open: Option<Open>,
    /// The column at which the text of the outermost open item or note begins.
    content: Option<usize>,
    after_blank: bool,
    /// The line before begins a note.
    after_note: bool,
    begun: bool,
}

/// A block that lines belong to whatever they look like.
#[derive(Clone, Debug)]
struct Open {
    end: End,
    /// Lines indented less than this have left the item that it stands in.
    floor: usize,
}

#[derive(Clone, Debug, PartialEq)]
enum End {
    /// This many of this character, or more.
    Fence(u8, usize),
    /// A line that holds this.
    Html(&'static str),
    /// A blank line.
    Blank,
}

/// What a line turned out to be.
#[derive(Debug, Default, PartialEq)]
pub struct Line {
    /// A block at the top level surely begins here.
    pub cut: bool,
    /// A block begins here, but perhaps in a list: for want of a better place.
    pub loose: bool,
    /// How the line must be changed for the parser.
    pub edit: Option<Edit>,
}

/// A change to a line; offsets are bytes from its start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    /// A pandoc div marker: everything from here on goes.
    Blank(usize),
    /// A colon that begins no definition, though the parser would take it for one: it is escaped.
    Escape(usize),
}

impl Lines {
    /// Takes in the next line, given without its end.
    pub fn line(&mut self, line: &str) -> Line {
        let (indent, start) = indent(line);
        let rest = &line[start..];
        if rest.is_empty() {
            if self.open.as_ref().is_some_and(|o| o.end == End::Blank) {
                self.open = None;
            }
            (self.after_blank, self.after_note) = (true, false);
            return Line::default();
        }
        if self.swallowed(indent, rest) {
            self.after_blank = false;
            return Line::default();
        }
        let after_blank = std::mem::take(&mut self.after_blank) && std::mem::replace(&mut self.begun, true);
        self.begun = true;
        let note = indent == 0 && rest.starts_with("[^") && marker(rest).is_some();
        // Notes often follow each other without blank lines, thousands of them.
        let follows = std::mem::replace(&mut self.after_note, note) && note;
        let top = indent == 0 && (after_blank || follows) && !begins_item(rest);
        if top {
            self.content = None;
        }
        self.enter(indent, rest, after_blank);
        let edit = if indent < 4 || self.content.is_some() { edit(line, start) } else { None };
        // What leaves no block behind may stand between a term and its definition.
        let unseen = matches!(edit, Some(Edit::Blank(_))) || is_reference(rest);
        Line { cut: top && !unseen, loose: after_blank, edit }
    }

    /// What must be added after the last line to end what it left open at the top; in an item, any line that is
    /// not indented does.
    pub fn closing(&self) -> String {
        match self.open.as_ref().filter(|o| o.floor == 0).map(|o| &o.end) {
            Some(End::Fence(mark, count)) => format!("\n{}\n", char::from(*mark).to_string().repeat(*count)),
            Some(End::Html(end)) => format!("\n{end}\n"),
            _ => String::new(),
        }
    }

    /// True for a line that belongs to an open fence or HTML block.
    fn swallowed(&mut self, indent: usize, rest: &str) -> bool {
        let Some(open) = &self.open else { return false };
        if indent < open.floor {
            self.open = None;
            return false;
        }
        let ends = match open.end {
            End::Fence(mark, count) => {
                let run = run(rest, mark);
                indent < open.floor + 4 && run >= count && rest[run..].trim().is_empty()
            }
            End::Html(end) => contains(rest, end),
            End::Blank => false,
        };
        if ends {
            self.open = None;
        }
        true
    }

    /// Looks behind the markers of items and notes for what the line opens.
    fn enter(&mut self, indent: usize, rest: &str, after_blank: bool) {
        let mut floor = self.content.filter(|&c| indent >= c).unwrap_or(0);
        let (mut at, mut rest) = (indent, rest);
        for _ in 0..16 {
            let Some(width) = (at < floor + 4).then(|| marker(rest)).flatten() else { break };
            let spaces = indent_of(&rest[width..]);
            floor = at + width + if (1..5).contains(&spaces) { spaces } else { 1 };
            if rest.starts_with("[^") {
                floor = at + 4;
            }
            if self.content.is_none_or(|c| at < c) {
                self.content = Some(floor);
            }
            rest = rest[width..].trim_start_matches([' ', '\t']);
            at = floor;
        }
        if at < floor + 4
            && let Some(end) = opens(rest, after_blank)
        {
            self.open = Some(Open { end, floor });
        }
    }
}

/// The columns of white space a line begins with, and its bytes.
fn indent(line: &str) -> (usize, usize) {
    let bytes = line.bytes().take_while(|b| matches!(b, b' ' | b'\t')).count();
    (indent_of(line), bytes)
}

fn indent_of(line: &str) -> usize {
    let mut columns = 0;
    for byte in line.bytes() {
        match byte {
            b' ' => columns += 1,
            b'\t' => columns += 4 - columns % 4,
            _ => break,
        }
    }
    columns
}

fn run(text: &str, byte: u8) -> usize {
    text.bytes().take_while(|&b| b == byte).count()
}

fn contains(text: &str, end: &str) -> bool {
    let found = |at: usize| text.as_bytes().get(at..at + end.len());
    memchr::memchr_iter(end.as_bytes()[0], text.as_bytes())
        .any(|at| found(at).is_some_and(|f| f.eq_ignore_ascii_case(end.as_bytes())))
}

/// The bytes of the marker of an item, a definition or a note that a line begins with.
fn marker(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let width = match bytes.first()? {
        b'-' | b'+' | b'*' | b':' => 1,
        b'0'..=b'9' => {
            let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
            matches!(bytes.get(digits), Some(b'.' | b')')).then_some(digits + 1).filter(|_| digits < 10)?
        }
        b'[' if bytes.get(1) == Some(&b'^') => {
            let end = memchr::memchr(b']', bytes)?;
            return (bytes.get(end + 1) == Some(&b':')).then_some(end + 2);
        }
        _ => return None,
    };
    matches!(bytes.get(width), None | Some(b' ' | b'\t')).then_some(width)
}

/// True for a line that may go on with the list or definition before it.
fn begins_item(rest: &str) -> bool {
    !rest.starts_with('[') && marker(rest).is_some()
}

/// True for a line that may define the address of a link.
fn is_reference(rest: &str) -> bool {
    rest.starts_with('[') && !rest.starts_with("[^") && rest.contains("]:")
}

/// What swallows the lines after this one.
fn opens(rest: &str, after_blank: bool) -> Option<End> {
    let mark = *rest.as_bytes().first()?;
    if mark == b'`' || mark == b'~' {
        let count = run(rest, mark);
        let opens = count >= 3 && (mark == b'~' || !rest[count..].contains('`'));
        return opens.then_some(End::Fence(mark, count));
    }
    if mark != b'<' {
        return None;
    }
    // CommonMark 0.31.2, section 4.6: the kinds of HTML blocks.
    let lower: String = rest.chars().take(12).collect::<String>().to_ascii_lowercase();
    let raw = ["<script", "<pre", "<style", "<textarea"].into_iter().zip([
        "</script>",
        "</pre>",
        "</style>",
        "</textarea>",
    ]);
    let fixed = [("<!--", "-->"), ("<?", "?>"), ("<![cdata[", "]]>")];
    for (start, end) in raw.chain(fixed) {
        let whole = lower.as_bytes().get(start.len()).is_none_or(|b| !b.is_ascii_alphanumeric());
        if lower.starts_with(start) && (whole || !start.as_bytes()[1].is_ascii_alphabetic()) {
            return (!contains(&rest[start.len()..], end)).then_some(End::Html(end));
        }
    }
    if lower.starts_with("<!") && lower.as_bytes().get(2).is_some_and(u8::is_ascii_alphabetic) {
        return (!rest.contains('>')).then_some(End::Html(">"));
    }
    let name = lower.trim_start_matches(['<', '/']);
    let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
    let alone = after_blank && rest.trim_end().ends_with('>') && !name.is_empty();
    (alone || super::tags::is_block(name)).then_some(End::Blank)
}

/// Colons at the start of a line are div markers, definitions, or words like `:smile:`.
fn edit(line: &str, start: usize) -> Option<Edit> {
    let quoted = line[start..].bytes().take_while(|b| matches!(b, b'>' | b' ' | b'\t')).count();
    let at = start + quoted;
    let rest = &line[at..];
    if !rest.starts_with(':') || matches!(rest.as_bytes().get(1), None | Some(b' ' | b'\t')) {
        return None;
    }
    Some(if is_div(rest) { Edit::Blank(at) } else { Edit::Escape(at) })
}

/// `:::`, `::: name`, `::: {#refs .x}`, `::: name :::` (pandoc's manual, "Divs and spans").
fn is_div(rest: &str) -> bool {
    let colons = run(rest, b':');
    let name = rest[colons..].trim().trim_end_matches(':').trim_end();
    let word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    colons >= 3 && ((name.starts_with('{') && name.ends_with('}')) || name.chars().all(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers of the lines at which a text may be cut.
    fn cuts(text: &str) -> Vec<usize> {
        let mut lines = Lines::default();
        text.lines().enumerate().filter_map(|(at, line)| lines.line(line).cut.then_some(at)).collect()
    }

    #[test]
    fn cuts_stand_where_a_block_begins() {
        let cases: [(&str, &[usize]); 18] = [
            ("a\n\nb\nc\n\n\nd", &[2, 6]),
            ("\n\na\n\nb", &[4]),
            ("- a\n\n- b\n\n  c\n\nd", &[6]),
            ("1. a\n\n2) b\n\n# c", &[4]),
            ("```\na\n\nb\n```\n\nc", &[6]),
            ("~~~~\n```\n\n~~~\n\n~~~~\n\nc", &[7]),
            ("- ```\n  a\n\n  b\n\nc", &[5]),
            ("- x\n\n  ```\n  a\n\nc\n\nd", &[5, 7]),
            ("<!-- a\n\nb -->\n\nc", &[4]),
            ("<div>\n```\n</div>\n\nc", &[4]),
            ("<pre>\n\na\n</PRE>\n\nc", &[5]),
            ("a\n\n    b\n\nc", &[4]),
            ("a\n\n: b\n\nc", &[4]),
            ("a[^1]\n\n[^1]: b\n\n    ```\n    c\n\nd", &[2, 7]),
            ("a\n[^1]: b\n[^2]: c\n[^3]: d\ne\n[^4]: f", &[2, 3]),
            ("* * *\n\n---\n\na", &[2, 4]),
            ("> a\n\n> b\n\n>c", &[2, 4]),
            ("a\n\n[b]: c\n\nd\n\n:::\n\ne", &[4, 8]),
        ];
        for (text, expected) in cases {
            assert_eq!(cuts(text), expected, "{text:?}");
        }
    }

    #[test]
    fn colons_are_kept_from_the_parser() {
        let cases = [
            ("::: {.note}", Some(Edit::Blank(0))),
            (":::", Some(Edit::Blank(0))),
            (" :::: warning ::::", Some(Edit::Blank(1))),
            ("> ::: x", Some(Edit::Blank(2))),
            ("::: two words", Some(Edit::Escape(0))),
            (":smile: hello", Some(Edit::Escape(0))),
            (": a definition", None),
            ("    :code", None),
            ("a :b", None),
        ];
        for (line, expected) in cases {
            assert_eq!(Lines::default().line(line).edit, expected, "{line:?}");
        }
        let mut fenced = Lines::default();
        fenced.line("```");
        assert_eq!(fenced.line(":x").edit, None);
    }
}
