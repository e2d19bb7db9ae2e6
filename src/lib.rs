//! `ibid`: a terminal reader for articles, offline, in which every citation opens where it stands.
//!
//! **The way of an article**: bytes → [`import`] → [`article::Article`] (+ complaints) → [`layout`] for a width → rows
//! → [`ui`] paints. **The way of a key**: key → [`keys`] → [`app::action::Action`] → [`app::App::update`] →
//! [`app::event::Effect`]s → [`shell`] performs them → [`app::event::Event`] back. Two one-way streets.
//!
//! The modules in reading order, by floors. A module imports only lower floors; on one floor nobody imports a
//! neighbour (`tests/house.rs` looks).

pub mod article; //  0  what an article is; the only door for a document's text (`safe`); every limit
pub mod cite; //     1  references as data: CSL-JSON, BibTeX, RIS, entries in words, the short form of a card
pub mod layout; //   1  blocks + width → rows; names no colour
pub mod search; //   1  text in blocks → places, a slice of work at a time
pub mod import; //   2  bytes → article: formats, sources, parts
pub mod export; //   2  an article → Markdown, a bundle, JSON; a passage → a quotation
pub mod app; //      3  the reader as a value: no terminal, no disk, no clock, no format
pub mod keys; //     4  keys → actions, from a file in the user's own syntax
pub mod ui; //       5  the reader + a theme → cells; computes nothing, cannot fail
pub mod config; //   6  config.toml → settings and keys
pub mod shell; //    7  the only impure part: terminal, signals, threads, disk, clipboard, browser
pub mod cli; //      8  the commands
