//! Standard input while it is still open: its beginning at once, and what has come since, read again whenever that is
//! worth it, up to its end or the limit for text.
//!
//! A pipe has no end that could be looked at first, and what comes later may change what has come: a link's
//! definition, the list of references. So the whole is read again, and never more than a small part of the time goes
//! into that. A part that was shown stays where it is ([`More::Restart`]).

use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::{Error, More, Opening, Patience, Rest, Source, formats};
use crate::article::{Part, limits};

/// What standard input is called in messages.
const NAME: &str = "standard input";
/// Bytes that are enough for a beginning.
const ENOUGH: usize = 64 << 10;
/// How long nothing comes when the writer pauses.
const PAUSE: Duration = Duration::from_millis(100);
/// How long a writer who never pauses is waited for.
const STEADY: Duration = Duration::from_millis(300);
/// Reading again takes at most one part in this many of the time.
const SHARE: u32 = 10;
/// Bytes that are read at once.
const CHUNK: usize = 64 << 10;

/// Where bytes come from, one after the other.
trait Input: Send {
    /// Adds what has come. Waits for it this long; with no time given, until there is something.
    fn read(&mut self, into: &mut Vec<u8>, patience: Option<Duration>) -> io::Result<Got>;
}

/// What reading gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Got {
    /// Some bytes.
    Bytes,
    /// None in the time that was given.
    Nothing,
    /// None, and none will come.
    End,
}

/// Opens what comes through standard input. A file that is given as such is read as a file.
pub fn open() -> Result<Opening, Error> {
    let stdin = io::stdin().as_fd().try_clone_to_owned()?;
    match Source::redirected(stdin.try_clone()?)? {
        Some(source) => formats::open(source, Patience::Beginning),
        None => open_input(Stream(stdin), limits::TEXT, SHARE),
    }
}

/// Opens an input: all of it where it ends soon, else its beginning. Reading again takes at most one part in `share` of
/// the time.
fn open_input(input: impl Input + 'static, limit: limits::Limit, share: u32) -> Result<Opening, Error> {
    let mut pipe = Pipe { input: Box::new(input), bytes: Vec::new(), ended: false, limit, told: None };
    let begun = Instant::now();
    while !pipe.ended && pipe.bytes.len() < ENOUGH && begun.elapsed() < STEADY {
        if pipe.take(Some(PAUSE)) == Got::Nothing {
            break;
        }
    }
    if pipe.ended && pipe.told.is_none() {
        return formats::open(pipe.whole()?, Patience::Beginning);
    }
    let begun = Instant::now();
    let first = if pipe.bytes.is_empty() { Part::default() } else { pipe.so_far()? };
    let read = Instant::now();
    let rest = Growing { pipe: Some(pipe), read, spent: read - begun, share, last: None, told: None };
    Ok(Opening { first, rest: Some(Box::new(rest)) })
}

/// A file descriptor that is read as bytes come.
struct Stream(OwnedFd);

impl Input for Stream {
    fn read(&mut self, into: &mut Vec<u8>, patience: Option<Duration>) -> io::Result<Got> {
        let time = patience.and_then(|p| Timespec::try_from(p).ok());
        let mut fds = [PollFd::new(&self.0, PollFlags::IN)];
        match poll(&mut fds, time.as_ref()) {
            Ok(0) | Err(rustix::io::Errno::INTR) => return Ok(Got::Nothing),
            Ok(_) => {}
            Err(error) => return Err(error.into()),
        }
        let start = into.len();
        into.resize(start + CHUNK, 0);
        let read = rustix::io::read(&self.0, &mut into[start..]);
        into.truncate(start + read.unwrap_or(0));
        match read {
            Ok(0) => Ok(Got::End),
            Ok(_) => Ok(Got::Bytes),
            Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => Ok(Got::Nothing),
            Err(error) => Err(error.into()),
        }
    }
}

/// What has come, and where it comes from.
struct Pipe {
    input: Box<dyn Input>,
    bytes: Vec<u8>,
    /// Nothing more is read.
    ended: bool,
    limit: limits::Limit,
    /// Why nothing more is read, where that is not its end.
    told: Option<String>,
}

impl Pipe {
    fn take(&mut self, patience: Option<Duration>) -> Got {
        let got = self.input.read(&mut self.bytes, patience).unwrap_or_else(|error| {
            self.told = Some(format!("the rest was not read: {}", Error::of(error)));
            Got::End
        });
        if self.bytes.len() > self.limit.most {
            self.bytes.truncate(self.limit.most);
            self.told = Some(format!("the rest was not read: {}", self.limit.message));
            self.ended = true;
        }
        self.ended |= got == Got::End;
        got
    }

    /// Everything that has come, at the end.
    fn whole(&mut self) -> Result<Source, Error> {
        Source::bytes(NAME, std::mem::take(&mut self.bytes))
    }

    /// What has come so far, as if it were all.
    fn so_far(&self) -> Result<Part, Error> {
        Ok(formats::open(Source::bytes(NAME, self.bytes.clone())?, Patience::Whole)?.first)
    }
}

/// What is still to come.
struct Growing {
    /// Until it has ended.
    pipe: Option<Pipe>,
    /// When it was read last, and how long that took.
    read: Instant,
    spent: Duration,
    share: u32,
    /// Once it has ended: what is left to read of it.
    last: Option<Rest>,
    /// A last word.
    told: Option<String>,
}

impl Growing {
    /// Waits for more, and for a moment at which reading it is worth the time; false when nothing more has come.
    fn wait(&self, pipe: &mut Pipe) -> bool {
        let before = pipe.bytes.len();
        let enough = self.spent * self.share;
        while !pipe.ended {
            let new = pipe.bytes.len() > before;
            let got = pipe.take(new.then_some(PAUSE));
            let waited = self.read.elapsed();
            let worth = match got {
                Got::Nothing => waited >= enough,
                Got::Bytes => waited >= enough.max(STEADY),
                Got::End => true,
            };
            if worth && pipe.bytes.len() > before {
                break;
            }
        }
        pipe.bytes.len() > before
    }

    /// Begins to read what came up to the end.
    fn end(&mut self, mut pipe: Pipe, grown: bool) -> Option<More> {
        self.told = pipe.told.take();
        if !grown {
            return None;
        }
        match pipe.whole().and_then(|source| formats::open(source, Patience::Beginning)) {
            Ok(opening) => {
                self.last = opening.rest;
                Some(More::Restart(opening.first))
            }
            Err(error) => {
                self.told = Some(error.to_string());
                None
            }
        }
    }
}

impl Iterator for Growing {
    type Item = More;

    fn next(&mut self) -> Option<More> {
        if let Some(mut pipe) = self.pipe.take() {
            let grown = self.wait(&mut pipe);
            if !pipe.ended {
                let begun = Instant::now();
                let part = pipe.so_far();
                (self.read, self.spent) = (Instant::now(), begun.elapsed());
                match part {
                    Ok(part) => {
                        self.pipe = Some(pipe);
                        return Some(More::Restart(part));
                    }
                    Err(error) => self.told = Some(error.to_string()),
                }
            } else if let Some(more) = self.end(pipe, grown) {
                return Some(more);
            }
        }
        let more = self.last.as_mut().and_then(Iterator::next);
        more.or_else(|| self.told.take().map(More::Told))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;

    /// An input that gives these pieces, and a pause for each empty one.
    struct Script(std::vec::IntoIter<&'static str>);

    impl Input for Script {
        fn read(&mut self, into: &mut Vec<u8>, _: Option<Duration>) -> io::Result<Got> {
            match self.0.next() {
                Some("!") => Err(io::ErrorKind::BrokenPipe.into()),
                Some("") => Ok(Got::Nothing),
                Some(piece) => {
                    into.extend_from_slice(piece.as_bytes());
                    Ok(Got::Bytes)
                }
                None => Ok(Got::End),
            }
        }
    }

    const LIMIT: limits::Limit = limits::Limit { name: "text", most: 40, message: "too much" };

    /// The texts that are shown one after the other, and what is told.
    fn shown(pieces: &[&'static str]) -> (Vec<String>, Option<String>) {
        let opening = open_input(Script(Vec::from(pieces).into_iter()), LIMIT, 0).unwrap();
        let text = |article: &Article| {
            let blocks: Vec<&str> = article.blocks.iter().map(|b| b.text.as_str()).collect();
            blocks.join("|")
        };
        let mut article = Article::default();
        article.append(opening.first);
        let (mut texts, mut told) = (vec![text(&article)], None);
        for more in opening.rest.into_iter().flatten() {
            match more {
                More::Append(part) => article.append(part),
                More::Restart(part) => {
                    article = Article::default();
                    article.append(part);
                }
                More::Told(what) => {
                    told = Some(what);
                    continue;
                }
            }
            texts.push(text(&article));
        }
        (texts, told)
    }

    #[test]
    fn what_ends_at_once_is_read_at_once() {
        assert_eq!(shown(&["One.\n\nT", "wo.\n"]), (vec!["One.|Two.".to_owned()], None));
        assert_eq!(shown(&[]), (vec![String::new()], None));
    }

    #[test]
    fn what_has_come_is_shown_at_each_pause() {
        let (texts, told) = shown(&["# A\n\nSee [b].\n", "", "\n[b]: ", "#a\n", "", "", "\nEnd.\n"]);
        assert_eq!(texts, ["A|See [b].", "A|See b.", "A|See b.|End."]);
        assert_eq!(told, None);
    }

    #[test]
    fn before_anything_has_come_nothing_is_shown() {
        assert_eq!(shown(&["", "", "One.\n"]).0, ["", "One."]);
    }

    #[test]
    fn at_the_limit_it_is_said() {
        let (texts, told) = shown(&["One.\n", "", "a word a word a word a word a word a word", "never"]);
        assert_eq!(texts.len(), 2);
        assert_eq!(texts[1], "One.\na word a word a word a word a word");
        assert_eq!(told.as_deref(), Some("the rest was not read: too much"));
    }

    #[test]
    fn an_error_is_told_and_what_came_before_stays() {
        let (texts, told) = shown(&["One.\n", "", "\nTwo.\n", "!"]);
        assert_eq!(texts, ["One.", "One.|Two."]);
        assert!(told.unwrap().starts_with("the rest was not read: "));
    }

    #[test]
    fn what_is_no_text_is_refused_at_once_or_told_later() {
        let png = "\u{0}\u{0}\u{0}binary";
        assert!(open_input(Script(vec![png].into_iter()), LIMIT, 0).is_err());
        let (texts, told) = shown(&["", png]);
        assert_eq!(texts, [""]);
        assert!(told.unwrap().contains("not a text"));
    }
}
