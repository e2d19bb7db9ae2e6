//! Blocks and a width become rows. Names no colour, and knows no screen.

mod bidi;
pub mod block;
pub mod cache;
mod caption;
pub mod cells;
mod columns;
mod display;
mod figure;
mod flow;
mod gap;
pub mod locate;
mod nest;
pub mod row;
mod runs;
mod segment;
mod side;
mod sweep;
mod table;
mod unmarked;
mod words;
mod wrap;

#[cfg(test)]
mod pages;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod sample;

pub use block::{lay, lay_alone, lay_bare};
pub use cache::Layout;
pub use caption::label as caption_label;
pub use locate::Spot;
pub use row::{Face, Hit, Role, Row, Rows, Run};
pub use unmarked::{lay_unmarked, unmarked_words};
pub use words::fold;
