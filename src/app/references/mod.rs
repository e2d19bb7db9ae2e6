//! The pane of references: everything that the article cites, filtered, put in order, and with the places that cite it.

mod acting;
mod entry;
mod index;
mod rows;
mod taking;
mod tips;
mod view;
mod walking;

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::article::{Article, MarkerId, NoteId, RefId, Target};
use index::Index;

pub use entry::Brief;
pub use view::{PaneLine, PaneRow, PaneView};

/// The keys of the pane that are no actions elsewhere: the order, a mark, marks for all or none.
pub const KEYS: &str = "s A";

/// Something that is cited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Item {
    /// An entry of the references.
    Reference(RefId),
    /// A note.
    Note(NoteId),
    /// A key that leads nowhere, counted in the order of the text.
    Missing(u32),
}

impl Item {
    /// References stand before notes, and these before what is unresolved.
    const fn class(self) -> u8 {
        match self {
            Self::Reference(_) => 0,
            Self::Note(_) => 1,
            Self::Missing(_) => 2,
        }
    }
}

/// What the pane is put in order by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// How often it is cited.
    #[default]
    Cited,
    /// The order of the lists in the text.
    Order,
    /// People, else the title.
    Author,
    /// The year, the latest first.
    Year,
}

impl Sort {
    /// The next one.
    pub const fn next(self) -> Self {
        match self {
            Self::Cited => Self::Order,
            Self::Order => Self::Author,
            Self::Author => Self::Year,
            Self::Year => Self::Cited,
        }
    }

    /// What it is called.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Cited => "by times cited",
            Self::Order => "in order",
            Self::Author => "by author",
            Self::Year => "by year",
        }
    }
}

/// The pane.
#[derive(Clone, Debug, Default)]
pub struct References {
    /// It is wanted; on a narrow screen it is only seen while it has the keys.
    pub open: bool,
    /// What it is put in order by.
    pub sort: Sort,
    /// What the entries must hold; empty shows all.
    pub filter: String,
    /// The filter is being typed.
    pub filtering: bool,
    /// The chosen entry: one of those that are listed.
    pub chosen: Option<Item>,
    /// Which of its mentions was gone to last.
    pub mention: Option<usize>,
    /// Marked for export.
    pub marked: BTreeSet<RefId>,
    /// Rows scrolled past.
    pub scroll: usize,
    /// Over the text, it leaves the upper part of it free: one looks at a mention.
    pub aside: bool,
    /// The chosen entry is to be kept in sight.
    follows: bool,
    index: Rc<Index>,
    /// Those that are listed, in order.
    shown: Vec<Item>,
    /// The article has grown since.
    stale: bool,
}

/// Items whose words are worked out before the next key is looked at.
const SLICE: usize = 256;

impl References {
    /// The article has grown.
    pub(super) fn grow(&mut self) {
        self.stale = true;
    }

    /// Another article is read, or the same from its beginning.
    pub(super) fn begin_again(&mut self) {
        self.index = Rc::default();
        (self.chosen, self.mention) = (None, None);
        self.marked.clear();
        self.stale = true;
    }

    /// True while what entries are found by is still being worked out.
    pub(super) fn busy(&self, article: &Article) -> bool {
        self.open && !self.index.is_prepared(article)
    }

    /// Works a slice more of that out.
    pub(super) fn prepare(&mut self, article: &Article) {
        if self.open {
            Rc::make_mut(&mut self.index).prepare(article, SLICE);
        }
    }

    /// Takes in what the article has got. While a long document is being taken in, a long list is worked out anew only
    /// when it has become longer by a quarter.
    fn refresh(&mut self, article: &Article, complete: bool) {
        let now = article.references.len() + article.notes.len();
        let waits = !complete && now > 2_000 && now < self.index.len() / 4 * 5;
        if self.stale && !waits {
            self.stale = false;
            Rc::make_mut(&mut self.index).grow(article);
            self.arrange(article);
        }
    }

    /// Puts everything in order, and filters it.
    fn arrange(&mut self, article: &Article) {
        Rc::make_mut(&mut self.index).sort(article, self.sort);
        self.sift(article);
    }

    /// Filters what is in order. The chosen entry stays chosen as long as it is listed.
    fn sift(&mut self, article: &Article) {
        self.shown = Rc::make_mut(&mut self.index).matching(article, &self.filter);
        if self.chosen_at().is_none() {
            (self.chosen, self.mention) = (self.shown.first().copied(), None);
        }
        self.follows = true;
    }

    fn choose(&mut self, item: Item) {
        if self.chosen != Some(item) {
            self.mention = None;
        }
        self.chosen = Some(item);
        (self.follows, self.aside) = (true, false);
    }

    fn choose_by(&mut self, by: i64) {
        let at = self.chosen_at().unwrap_or(0) as i64;
        let at = at.saturating_add(by).clamp(0, self.shown.len().saturating_sub(1) as i64);
        if let Some(&item) = self.shown.get(at as usize) {
            self.choose(item);
        }
    }

    /// Those that are listed, in order.
    pub fn shown(&self) -> &[Item] {
        &self.shown
    }

    /// Which of those that are listed is the chosen one.
    pub fn chosen_at(&self) -> Option<usize> {
        let chosen = self.chosen?;
        self.shown.iter().position(|&item| item == chosen)
    }

    /// The markers that lead to the chosen entry, in reading order.
    pub fn mentions<'a>(&'a self, article: &'a Article) -> &'a [MarkerId] {
        self.chosen.map_or(&[], |item| self.index.mentions(article, item))
    }

    /// The item that a cite leads to.
    fn item_of(&self, target: &Target) -> Option<Item> {
        Some(match target {
            Target::Reference(id) => Item::Reference(*id),
            Target::Note(id) => Item::Note(*id),
            Target::Missing(key) => Item::Missing(self.index.missing_named(key)?),
        })
    }
}
