//! Running text on its way into a block: white space as CSS collapses it, marks that are open, names that wait.

use std::mem::take;

use crate::article::{Draft, DraftMarker, Mark};

/// The text of the block that is being read.
#[derive(Debug, Default)]
pub struct Flow {
    draft: Draft,
    /// White space came, and nothing after it yet.
    space: bool,
    /// So many line breaks came, and nothing after them yet.
    breaks: usize,
    /// Marks that are open, the innermost last, and where each begins.
    open: Vec<(usize, Mark)>,
    /// Names for what comes next.
    names: Vec<String>,
}

impl Flow {
    /// Adds text in which every run of white space is one space.
    pub fn text(&mut self, text: &str) {
        let mut rest = text;
        loop {
            let words = rest.trim_start_matches(SPACE);
            self.space |= words.len() < rest.len();
            if words.is_empty() {
                return;
            }
            let end = line(words);
            self.settle();
            self.draft.push_line(&words[..end]);
            rest = &words[end..];
        }
    }

    /// Adds text as it stands.
    pub fn preformatted(&mut self, text: &str) {
        self.settle();
        self.draft.push(text);
    }

    /// White space, but not at the beginning or end.
    pub fn gap(&mut self) {
        self.space = true;
    }

    /// A line break, and how many there are now without anything between.
    pub fn line_break(&mut self) -> usize {
        self.breaks += 1;
        self.breaks
    }

    /// What came without anything after it: white space is shown only between words.
    fn settle(&mut self) {
        let (space, breaks) = (take(&mut self.space), take(&mut self.breaks));
        let begun = !self.draft.as_str().is_empty();
        if breaks > 0 && begun {
            self.draft.push("\n");
        } else if space && begun && !self.draft.as_str().ends_with(['\n', ' ']) {
            self.draft.push(" ");
        }
        for name in take(&mut self.names) {
            let at = self.draft.len();
            self.draft.mark_range(at..at, Mark::Anchor(name));
        }
    }

    /// Marks what follows, up to [`Flow::close`].
    pub fn open(&mut self, mark: Mark) {
        if self.space || self.breaks > 0 {
            let names = take(&mut self.names);
            self.settle();
            self.names = names;
        }
        self.open.push((self.draft.len(), mark));
    }

    /// Ends the mark that was opened last.
    pub fn close(&mut self) {
        if let Some((start, mark)) = self.open.pop()
            && start < self.draft.len()
        {
            self.draft.mark(start, mark);
        }
    }

    /// Adds text that is marked as a whole; it may be empty.
    pub fn put(&mut self, text: &str, mark: Mark) {
        self.settle();
        let start = self.draft.len();
        self.draft.push_line(text);
        self.draft.mark(start, mark);
    }

    /// Adds a marker that shows these words, or is numbered.
    pub fn marker(&mut self, shown: Option<&str>, marker: DraftMarker) {
        self.settle();
        match shown {
            Some(words) => self.put(words, Mark::Marker(marker)),
            None => self.draft.push_marker(marker),
        }
    }

    /// The marker that was added last, if nothing but white space came after it.
    pub fn last_marker(&mut self) -> Option<&mut DraftMarker> {
        self.draft.last_marker()
    }

    /// Adds text with its marks.
    pub fn append(&mut self, draft: Draft) {
        self.settle();
        self.draft.append(draft);
    }

    /// A name for what comes next.
    pub fn name(&mut self, name: String) {
        self.names.push(name);
    }

    /// The names that wait.
    pub fn take_names(&mut self) -> Vec<String> {
        take(&mut self.names)
    }

    /// The text so far.
    pub fn as_str(&self) -> &str {
        self.draft.as_str()
    }

    /// Takes the text; nothing when it shows nothing. Marks stay open, and go on with what comes next.
    pub fn take(&mut self) -> Option<Draft> {
        (self.space, self.breaks) = (false, 0);
        let mut draft = take(&mut self.draft);
        for (start, mark) in &mut self.open {
            if *start < draft.len() {
                draft.mark(*start, mark.clone());
            }
            *start = 0;
        }
        let named = |mark: &Mark| matches!(mark, Mark::Anchor(_));
        let shows = !draft.as_str().trim().is_empty() || draft.marks().iter().any(|(_, mark)| !named(mark));
        if shows {
            draft.trim_end();
            return Some(draft);
        }
        let names = draft.into_parts().1.into_iter().filter_map(|(_, mark)| match mark {
            Mark::Anchor(name) => Some(name),
            _ => None,
        });
        self.names.splice(0..0, names);
        None
    }
}

/// What CSS takes for white space.
const SPACE: [char; 5] = [' ', '\t', '\n', '\r', '\u{c}'];

/// How many bytes of this, which begins with a word, can be taken as they stand: words with one space between. What is
/// not ASCII may show nothing, and then the spaces around it meet: it is taken word by word.
fn line(words: &str) -> usize {
    let bytes = words.as_bytes();
    let blank = |b: &u8| matches!(b, b' ' | b'\t' | b'\n' | b'\r' | 0xc);
    let mut last = 0;
    for (at, byte) in bytes.iter().enumerate() {
        if !byte.is_ascii() {
            // The words before it, or itself.
            let end = || bytes[at..].iter().position(blank).map_or(bytes.len(), |more| at + more);
            return if last > 0 { last } else { end() };
        }
        if blank(byte) {
            let single = *byte == b' ' && bytes.get(at + 1).is_some_and(|next| !blank(next));
            if !single {
                return at;
            }
            last = at;
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_collapses() {
        let mut flow = Flow::default();
        flow.text("\n  one \t");
        flow.open(Mark::Strong);
        flow.text(" two ");
        flow.close();
        flow.text(" three\u{a0} ");
        let Some(draft) = flow.take() else { panic!("nothing") };
        assert_eq!(draft.as_str(), "one two three\u{a0}".trim_end());
        assert_eq!(draft.marks(), [(4..7, Mark::Strong)]);
        flow.text(" \n ");
        assert_eq!(flow.take(), None);
        let cases = [
            ("a b  c\n d\te ", "a b c d e"),
            (" é a b\u{200f} c \u{200f} d – e\u{a0} f", "é a b c d – e\u{a0} f"),
            ("one\u{c}two", "one two"),
            ("漢字 と  仮名", "漢字 と 仮名"),
        ];
        for (text, expected) in cases {
            flow.text(text);
            assert_eq!(flow.take().map(|draft| draft.as_str().to_owned()).as_deref(), Some(expected));
        }
    }

    #[test]
    fn marks_go_on_and_names_wait() {
        let mut flow = Flow::default();
        flow.open(Mark::Emphasis);
        flow.name("a".to_owned());
        assert_eq!(flow.take(), None);
        flow.text("one");
        let first = flow.take();
        flow.text("two");
        flow.close();
        let Some((first, second)) = first.zip(flow.take()) else { panic!("nothing") };
        assert_eq!(first.marks(), [(0..0, Mark::Anchor("a".to_owned())), (0..3, Mark::Emphasis)]);
        assert_eq!(second.marks(), [(0..3, Mark::Emphasis)]);
    }
}
