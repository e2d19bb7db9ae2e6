//! Ids, and the stable position: a block and a byte in its text, whatever the width of the screen.

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);
        impl $name {
            /// The id as an index into the article's table.
            pub const fn index(self) -> usize { self.0 as usize }
        }
    )*};
}

ids! {
    /// A block of the article, counted from 0 in reading order.
    BlockId
    /// A marker, counted from 0 in reading order.
    MarkerId
    /// A note, counted from 0 as their names are first seen.
    NoteId
    /// A reference, counted from 0 in the order in which they become known.
    RefId
    /// A link's destination.
    LinkId
    /// A formula's TeX source.
    FormulaId
}

/// A position in the document. It survives any width, and orders as the text reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The block.
    pub block: BlockId,
    /// A byte offset into the block's text, on a character boundary.
    pub byte: u32,
}

impl Place {
    /// The beginning of a block.
    pub const fn start_of(block: BlockId) -> Self {
        Self { block, byte: 0 }
    }
}
