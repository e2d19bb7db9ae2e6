//! A text read in parts: the beginning at once, the rest as it is asked for, the beginning again if what follows
//! changes what it means.

use std::collections::VecDeque;
use std::io::Read;

use crate::article::build::NoteLabels;
use crate::article::{Builder, Csl, Kind, Part};
use crate::cite::Custom;

use super::super::{More, Opening, entry};
use super::front::{self, FrontMatter, front_matter};
use super::known::{Guesses, Known};
use super::pieces::{Cutter, Input, Piece};
use super::polish::Works;
use super::writer::{Into, Writer};
use super::{Markdown, Sizes};

/// Front matter may be longer than the beginning that was given.
const STEP: usize = 64 << 10;

/// What stays the same however often the beginning is read.
#[derive(Debug)]
struct Setting {
    how: Markdown,
    front: FrontMatter,
    /// Lines of front matter.
    lines: usize,
}

/// Reads the whole text at once.
pub fn whole(text: &str, how: Markdown) -> Part {
    let setting = setting(text, how);
    let body = &text[setting.front.body_start..];
    let mut known = Known::default();
    each_piece(body, Cutter::default(), setting.how.sizes, |piece| known.learn(&piece));
    let mut writer = setting.writer(&known);
    let mut cutter = Cutter::default();
    if setting.how.origins {
        cutter = Cutter::tracing(setting.front.body_start);
    }
    each_piece(body, cutter, setting.how.sizes, |piece| writer.piece(&piece, &mut known));
    writer.finish();
    writer.builder.finish()
}

/// Cuts a text step by step, so that only a piece of it is held twice.
fn each_piece(mut rest: &str, mut cutter: Cutter, sizes: Sizes, mut take: impl FnMut(Piece)) {
    let mut buffer = String::new();
    while !rest.is_empty() {
        let (step, later) = rest.split_at(rest.floor_char_boundary(STEP));
        buffer.push_str(step);
        rest = later;
        while let Some(piece) = cutter.piece(&mut buffer, rest.is_empty(), sizes) {
            take(piece);
        }
    }
}

/// Reads the beginning, and prepares to read the rest.
pub fn open(mut head: String, rest: Option<Box<dyn Read + Send>>, how: Markdown) -> Opening {
    let mut input = Input::new(rest);
    while !input.is_empty()
        && front::is_open(&head)
        && head.len() <= crate::article::limits::FRONT_MATTER.most
    {
        input.more(&mut head, STEP);
    }
    if input.is_empty() {
        return Opening { first: whole(&head, how), rest: None };
    }
    let setting = setting(&head, how);
    let mut buffer = head.split_off(setting.front.body_start);
    let mut cutter = Cutter::default();
    let piece = cutter.first(&mut buffer);
    let sure = piece.is_some();
    // Without a place to cut, all that is there is shown, and read again later.
    let piece = piece.unwrap_or_else(|| Piece { text: buffer.clone(), ..Piece::default() });
    let mut known = Known::default();
    known.more_follows = true;
    known.learn(&piece);
    let mut writer = setting.writer(&known);
    let rise = writer.rise;
    writer.piece(&piece, &mut known);
    let first = writer.builder.take_part();
    let beginning = Some(Beginning { piece, sure, rise, buffer, cutter, input });
    let rest = Reading { setting, writer, known, pieces: VecDeque::new(), beginning, done: false };
    Opening { first, rest: Some(Box::new(rest)) }
}

fn setting(text: &str, how: Markdown) -> Setting {
    let front = front_matter(text);
    let lines = memchr::memchr_iter(b'\n', &text.as_bytes()[..front.body_start]).count();
    Setting { how, front, lines }
}

impl Setting {
    /// A writer that has written what the front matter says.
    fn writer(&self, known: &Known) -> Writer {
        let (front, how) = (&self.front, &self.how);
        let bibliography = &how.bibliography;
        let works = || front.references.iter().chain(&bibliography.works);
        let given = !front.bibliography.is_empty();
        let works_known = Works::new(works(), how.words.author, given);
        let mut builder = Builder::new(how.name);
        builder.uncited = bibliography.uncited;
        if how.origins {
            builder.trace();
        }
        if works_known.given {
            builder.note_labels = NoteLabels::Letters;
        }
        for complaint in front.complaints.iter().chain(&bibliography.complaints) {
            builder.report(complaint.clone());
        }
        let mut writer = Writer::new(builder, how.words, works_known);
        works().for_each(|(key, csl)| self.work(&mut writer, key, csl.clone()));
        let builder = &mut writer.builder;
        for note in &front.note_labels {
            if !note.label.is_empty() {
                builder.label_note(&note.name, &note.label);
            }
            builder.group_note(&note.name, &note.group);
        }
        writer.skip_lines(self.lines);
        self.describe(&mut writer, known);
        writer
    }

    /// Makes a work known. One that says its own label is listed at once, in the order of the file.
    fn work(&self, writer: &mut Writer, key: &str, mut csl: Csl) {
        let custom = Custom::take(&mut csl);
        let entry = match (&*custom.markdown, &*custom.text) {
            ("", "") => (self.how.words.entry)(&csl),
            ("", text) => entry::read(text).1,
            (markdown, _) => writer.single(markdown, Into::Entry),
        };
        let builder = &mut writer.builder;
        if !custom.parent.is_empty() {
            builder.parent(key, &custom.parent);
        }
        if !custom.entry.is_empty() {
            let id = builder.reference(key, &custom.label, csl, None);
            return builder.entry_named(&custom.entry, id, entry);
        }
        if custom.label.is_empty() && custom.group.is_empty() {
            return builder.work(key, csl, entry);
        }
        let id = builder.reference(key, &custom.label, csl, Some(entry));
        builder.group_reference(id, &custom.group);
    }

    fn describe(&self, writer: &mut Writer, known: &Known) {
        let front = &self.front;
        let meta = &mut writer.builder.meta;
        meta.authors.clone_from(&front.authors);
        meta.date.clone_from(&front.date);
        meta.language.clone_from(&front.lang);
        meta.source.clone_from(&front.source);
        meta.site.clone_from(&front.site);
        writer.titled = known.tops > 1 || front.untitled;
        if !front.title.is_empty() {
            let title = writer.single(&front.title, Into::Cell);
            writer.builder.title(title);
            writer.titled = true;
            writer.rise = u8::from(known.tops == 0);
        }
        match &front.byline {
            Some(line) => {
                let line = writer.single(line, Into::Cell);
                writer.builder.block(Kind::Byline, line, Vec::new());
            }
            None => writer.builder.byline(),
        }
        for key in &front.nocite {
            match key.as_str() {
                "*" => writer.builder.uncited = crate::article::build::Uncited::Listed,
                key => {
                    writer.builder.list(key);
                }
            }
        }
    }
}

/// Blocks of notes in one part.
const NOTES: usize = 500;

/// The rest of a text.
struct Reading {
    setting: Setting,
    writer: Writer,
    known: Known,
    pieces: VecDeque<Piece>,
    /// Until the rest has been looked through.
    beginning: Option<Beginning>,
    done: bool,
}

/// The beginning as it was first read, and what of the text has not been.
struct Beginning {
    piece: Piece,
    /// It ends where a block ends.
    sure: bool,
    rise: u8,
    buffer: String,
    cutter: Cutter,
    input: Input,
}

impl Reading {
    /// Takes in the whole rest, so that every definition is known; true when the beginning is to be read again.
    fn take_in(&mut self, mut beginning: Beginning) -> bool {
        let guesses = std::mem::take(&mut self.known.guesses);
        if !beginning.sure {
            beginning.cutter = Cutter::default();
            self.known = Known::default();
        }
        self.read_pieces(&mut beginning);
        self.known.more_follows = false;
        self.writer.titled |= self.known.tops > 1;
        let again = !beginning.sure || self.misread(beginning.rise, &guesses);
        if again {
            if beginning.sure {
                self.pieces.push_front(beginning.piece);
            }
            self.writer = self.setting.writer(&self.known);
        }
        if beginning.input.bad > 0 {
            let what =
                format!("{} stretches of bytes that are no UTF-8 are shown as U+FFFD", beginning.input.bad);
            self.writer.builder.complain("", &what);
        }
        if let Some(error) = beginning.input.error {
            self.writer.builder.complain("", &format!("the rest could not be read: {error}"));
        }
        again
    }

    fn read_pieces(&mut self, beginning: &mut Beginning) {
        loop {
            let done = beginning.input.is_empty();
            while let Some(piece) =
                beginning.cutter.piece(&mut beginning.buffer, done, self.setting.how.sizes)
            {
                self.known.learn(&piece);
                self.pieces.push_back(piece);
            }
            if done {
                break;
            }
            beginning.input.more(&mut beginning.buffer, STEP);
        }
    }

    /// True when what is known now gives the beginning another meaning: its title, the levels of its headings, its
    /// links or its notes.
    fn misread(&self, rise: u8, guesses: &Guesses) -> bool {
        let title = self.writer.took_title && self.known.tops > 1;
        let levels = !self.setting.front.title.is_empty() && rise != u8::from(self.known.tops == 0);
        title || levels || !self.known.confirms(guesses)
    }
}

impl Iterator for Reading {
    type Item = More;

    fn next(&mut self) -> Option<More> {
        if self.done {
            return None;
        }
        let again = match self.beginning.take() {
            Some(beginning) => self.take_in(beginning),
            None => false,
        };
        if let Some(piece) = self.pieces.pop_front() {
            self.writer.piece(&piece, &mut self.known);
            let part = self.writer.builder.take_part();
            return Some(if again { More::Restart(part) } else { More::Append(part) });
        }
        self.writer.finish();
        self.known = Known::default();
        // The notes of a large text are many: all at once they would be held twice.
        let part = if self.writer.builder.write_notes(NOTES) {
            self.writer.builder.take_part()
        } else {
            self.done = true;
            std::mem::take(&mut self.writer.builder).finish()
        };
        Some(if again { More::Restart(part) } else { More::Append(part) })
    }
}
