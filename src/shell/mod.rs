//! The only impure part: the terminal, signals, threads, the clipboard, the browser, the state file.

mod ahead;
mod faults;
mod inbox;
mod pen;
mod screen;
pub mod state;
pub mod styles;
mod terminal;
mod threads;

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use crossterm::clipboard::CopyToClipboard;
use crossterm::event::{Event as Terminal, MouseButton, MouseEventKind};

use ahead::Ahead;
use inbox::{Inbox, Message, Outbox};
pub use pen::ink;
use screen::Screen;
use state::{Likes, State};
use styles::{Formatter, Job};

use crate::app::action::Action;
use crate::app::event::{Effect, Event, Input, Listening, Mouse, Size};
use crate::app::{App, Settings};
use crate::article::{RefId, limits};
use crate::import::{More, Rest};
use crate::keys::Keymap;
use crate::ui;
use crate::ui::theme::{Depth, THEMES, Theme};

/// What a session of reading is made of.
pub struct Session {
    /// The reader.
    pub app: App,
    /// The rest of its document.
    pub rest: Option<Rest>,
    /// What the article is called in the state file.
    pub key: String,
    /// The keys.
    pub keymap: Keymap,
    /// How many colours there are.
    pub depth: Depth,
    /// The state file.
    pub state: State,
}

/// How a session ended.
pub enum Ended {
    /// The reader left.
    Quit,
    /// Another article is wanted.
    Open(String),
}

/// How long nothing is done after a frame: the system hands it to the terminal, perhaps on the processor that this runs
/// on.
const BREATH: Duration = Duration::from_millis(1);

/// How long after the last key the place is saved.
const SETTLED: Duration = Duration::from_secs(1);

/// How long what comes in may put off a frame.
const FRAME: Duration = Duration::from_millis(8);

/// The size of the terminal; 80 × 24 where it does not say.
pub fn terminal_size() -> Size {
    let (width, height) = crossterm::terminal::size().unwrap_or((80, 24));
    Size { width, height }
}

/// The loop and what it works with.
struct Loop {
    app: App,
    key: String,
    keymap: Keymap,
    depth: Depth,
    theme: Theme,
    theme_name: String,
    screen: Screen,
    state: State,
    begun: Settings,
    inbox: Inbox,
    outbox: Outbox,
    /// The parts of the document that have been read and not been taken.
    parts: Option<Receiver<More>>,
    /// The thread that formats references, once one has been asked for.
    styles: Option<Formatter>,
    /// Something has happened that has not been saved.
    unsaved: bool,
    /// A frame has been drawn since the last look ahead.
    drawn: bool,
    /// What the reader goes through the text by.
    last: Action,
    /// The reader after the next key, as it will most likely be.
    ahead: Option<Ahead>,
    /// The reader has just become the one that was ahead: its frame is ready.
    turned: bool,
    ended: Option<Ended>,
}

/// Reads until the reader leaves. The terminal is given back and the place saved, also after a panic.
///
/// # Errors
/// When there is no terminal to read in.
pub fn run(session: Session) -> io::Result<Ended> {
    let Session { mut app, rest, key, keymap, depth, state } = session;
    app.themes = THEMES.iter().map(|(name, _)| (*name).to_owned()).collect();
    let (inbox, outbox) = inbox::open()?;
    let theme_name = app.settings.theme.clone();
    let mut reading = Loop {
        screen: Screen::new(app.size()),
        theme: Theme::named(&theme_name, depth),
        begun: app.settings.clone(),
        theme_name,
        app,
        key,
        keymap,
        depth,
        state,
        inbox,
        outbox: outbox.clone(),
        parts: None,
        styles: None,
        unsaved: false,
        drawn: false,
        last: Action::PageDown,
        ahead: None,
        turned: false,
        ended: None,
    };
    faults::give_back_on_panic();
    threads::watch_signals(&outbox);
    let mut first = terminal::take(reading.app.settings.mouse)?;
    reading.draw_after(&mut first)?;
    reading.parts = rest.map(|rest| threads::take_in(rest, &outbox));
    let outcome = catch_unwind(AssertUnwindSafe(|| reading.go()));
    terminal::give_back();
    reading.save(false);
    match outcome {
        Ok(result) => result?,
        // The hook has said what happened.
        Err(_) => std::process::exit(101),
    }
    // Its thread ends with it.
    reading.styles = None;
    let ended = reading.ended.take().unwrap_or(Ended::Quit);
    // Freeing a large article takes longer than the system does it at exit.
    std::mem::forget(reading);
    Ok(ended)
}

impl Loop {
    fn go(&mut self) -> io::Result<()> {
        while self.ended.is_none() {
            let Some(message) = self.wait() else { continue };
            self.take(message);
            self.take_waiting();
            if self.ended.is_none() {
                self.draw()?;
            }
        }
        Ok(())
    }

    /// The next message. Without one, goes on with what is unfinished, or saves; else sleeps.
    fn wait(&mut self) -> Option<Message> {
        if !self.app.busy() && std::mem::take(&mut self.drawn) {
            let message = self.inbox.next(Some(BREATH));
            if message.is_some() {
                return message;
            }
            self.look_ahead();
        }
        if self.app.busy() {
            let message = self.inbox.next(Some(Duration::ZERO));
            if message.is_none() {
                self.update(Event::Idle);
                return self.draw().is_err().then_some(Message::Gone);
            }
            return message;
        }
        let message = self.inbox.next(self.unsaved.then_some(SETTLED));
        if message.is_none() {
            self.save(true);
        }
        message
    }

    /// Nobody waits: the next page is laid out, and the most likely frame drawn, before either is asked for.
    fn look_ahead(&mut self) {
        self.app.look_ahead();
        self.ahead = Ahead::after(&self.app, self.last);
        if let Some(app) = self.ahead.as_ref().map(Ahead::app) {
            let (theme, keymap) = (&self.theme, &self.keymap);
            self.screen.prepare(app.size(), |grid| ui::draw(app, theme, keymap, grid));
        }
    }

    /// Takes what has come in meanwhile: many keys make one frame, but none waits for long.
    fn take_waiting(&mut self) {
        let since = Instant::now();
        while self.ended.is_none()
            && since.elapsed() < FRAME
            && let Some(message) = self.inbox.next(Some(Duration::ZERO))
        {
            self.take(message);
        }
    }

    fn take(&mut self, message: Message) {
        match message {
            Message::Terminal(event) => self.take_terminal(event),
            Message::More => match self.parts.as_ref().and_then(|parts| parts.try_recv().ok()) {
                Some(More::Append(part)) => self.update(Event::Append(part)),
                Some(More::Restart(part)) => self.update(Event::Restart(part)),
                Some(More::Told(what)) => self.say(what),
                None => {}
            },
            Message::Complete => self.update(Event::Complete),
            Message::Formatted { style, reference, entry } => {
                self.update(Event::Formatted { style, reference, entry });
            }
            Message::Say(told) => self.say(told),
            Message::Resized => self.update(Event::Resize(terminal_size())),
            Message::Stop => self.stop(),
            Message::Continued => self.screen.forget(),
            Message::Gone => self.ended = Some(Ended::Quit),
            Message::Failed => {
                self.save(false);
                std::process::exit(101);
            }
            Message::Signal(signal) => {
                terminal::give_back();
                self.save(false);
                threads::die_by(signal);
            }
        }
    }

    fn take_terminal(&mut self, event: Terminal) {
        let event = match event {
            Terminal::Key(key) => self.keymap.event(&key, self.app.listening()),
            Terminal::Resize(width, height) => Some(Event::Resize(Size { width, height })),
            Terminal::Paste(text) if self.app.listening() == Listening::Text => {
                Some(Event::Input(Input::Paste(text)))
            }
            Terminal::Mouse(mouse) => {
                let (x, y) = (mouse.column, mouse.row);
                match mouse.kind {
                    MouseEventKind::Down(MouseButton::Left) => Some(Mouse::Press { x, y, drag: false }),
                    MouseEventKind::Drag(MouseButton::Left) => Some(Mouse::Press { x, y, drag: true }),
                    MouseEventKind::ScrollDown => Some(Mouse::Wheel { x, y, by: 1 }),
                    MouseEventKind::ScrollUp => Some(Mouse::Wheel { x, y, by: -1 }),
                    _ => None,
                }
                .map(Event::Mouse)
            }
            _ => None,
        };
        if let Some(event) = event {
            self.unsaved = true;
            #[cfg(debug_assertions)]
            faults::fail_on_purpose();
            self.update(event);
        }
    }

    fn update(&mut self, event: Event) {
        if let Event::Action(action) = event
            && action.repeats()
        {
            self.last = action;
        }
        let taken = self.ahead.as_mut().and_then(|ahead| ahead.take(&event, &mut self.app));
        self.turned = taken.is_some();
        for effect in taken.unwrap_or_else(|| self.change(event)) {
            self.perform(effect);
        }
    }

    /// Has the reader take an event in: what was made ready for another holds no longer, and is given up before, so that
    /// the reader shares its lists with none.
    fn change(&mut self, event: Event) -> Vec<Effect> {
        self.turned = false;
        self.ahead = None;
        self.app.update(event)
    }

    fn say(&mut self, what: String) {
        // What is said wants nothing done.
        let _ = self.change(Event::Say(what));
    }

    fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::Quit => self.ended = Some(Ended::Quit),
            Effect::Open(name) => self.ended = Some(Ended::Open(name)),
            Effect::Redraw => self.screen.forget(),
            Effect::Suspend => self.stop(),
            Effect::Mouse(on) => {
                // A terminal that is gone is noticed by the next frame.
                let _ = terminal::write(terminal::set_mouse(on));
            }
            Effect::Copy(text) => self.copy(&text),
            Effect::Format { style, reference } => self.format(style, reference),
            Effect::Browse(address) => {
                let told = match open::that_detached(&address) {
                    Ok(()) => "sent to the browser".to_owned(),
                    Err(_) => format!("no browser was found for {address}"),
                };
                self.say(told);
            }
        }
    }

    /// Has a reference formatted on the thread for it, which begins with the first.
    fn format(&mut self, style: String, reference: RefId) {
        let Some(csl) = self.app.article.references.get(reference.index()).map(|r| r.csl.clone()) else {
            return;
        };
        let language = self.app.article.meta.language.clone();
        let formatter = self.styles.get_or_insert_with(|| Formatter::begin(&self.outbox));
        formatter.format(Job { style, language, reference, csl });
    }

    /// Sends text to the terminal's clipboard (OSC 52).
    fn copy(&mut self, text: &str) {
        if text.len() > limits::CLIPBOARD.most {
            self.say(limits::CLIPBOARD.message.to_owned());
            return;
        }
        let mut bytes = String::new();
        let sent =
            crossterm::Command::write_ansi(&CopyToClipboard::to_clipboard_from(text), &mut bytes).is_ok();
        if !sent || terminal::write(bytes.as_bytes()).is_err() {
            self.say("the terminal took no copy".to_owned());
        }
    }

    /// Stops the program as Ctrl-Z does everywhere, and goes on when it is continued.
    fn stop(&mut self) {
        // The leader of a session has no shell that could continue it.
        if rustix::process::getsid(None).ok() == Some(rustix::process::getpid()) {
            self.say("there is no shell to go back to".to_owned());
            return;
        }
        terminal::give_back();
        self.save(false);
        let _ = rustix::process::kill_current_process_group(rustix::process::Signal::STOP);
        if let Ok(bytes) = terminal::take(self.app.settings.mouse) {
            let _ = terminal::write(&bytes);
        }
        self.screen.forget();
        self.update(Event::Resize(terminal_size()));
    }

    fn draw(&mut self) -> io::Result<()> {
        self.drawn = true;
        self.draw_after(&mut Vec::new())
    }

    /// Draws a frame, after these bytes, in one write.
    fn draw_after(&mut self, before: &mut Vec<u8>) -> io::Result<()> {
        if self.theme_name != self.app.settings.theme {
            self.theme_name.clone_from(&self.app.settings.theme);
            self.theme = Theme::named(&self.theme_name, self.depth);
        }
        let (app, theme, keymap) = (&self.app, &self.theme, &self.keymap);
        let frame = if std::mem::take(&mut self.turned) && self.screen.is_ready() {
            self.screen.turn()
        } else {
            self.screen.frame(app.size(), |grid| ui::draw(app, theme, keymap, grid))
        };
        if before.is_empty() {
            return if frame.is_empty() { Ok(()) } else { terminal::write(frame) };
        }
        before.extend_from_slice(frame);
        terminal::write(before)
    }

    /// Saves the place, at rest also through a power cut. That it cannot be saved is said, and is no reason to stop
    /// reading.
    fn save(&mut self, at_rest: bool) {
        if !self.unsaved || self.key.is_empty() {
            return;
        }
        self.unsaved = false;
        let changed = Likes::changed(&self.begun, &self.app.settings);
        if let Err(error) = self.state.save(&self.key, self.app.saved(), &changed, at_rest) {
            self.say(format!("the place could not be saved: {error}"));
        }
    }
}
