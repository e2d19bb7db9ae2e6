//! Everything the reader can be told to do: one row each, from which the help, the palette, the key file and the
//! guide's table are made.

/// What the reader can be told to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Action {
    /// One row down.
    LineDown,
    /// One row up.
    LineUp,
    /// One page down.
    PageDown,
    /// One page up.
    PageUp,
    /// Half a page down.
    HalfPageDown,
    /// Half a page up.
    HalfPageUp,
    /// To the beginning.
    Top,
    /// To the end.
    End,
    /// To the next paragraph.
    NextParagraph,
    /// To the paragraph before.
    PreviousParagraph,
    /// To the next section.
    NextSection,
    /// To the section before.
    PreviousSection,
    /// To the section that this one is a part of.
    ParentSection,
    /// A list of sections to type into.
    FindSection,
    /// The outline: open and go there; again: close.
    Outline,
    /// A wide table or code block: to the left.
    PanLeft,
    /// A wide table or code block: to the right.
    PanRight,
    /// The next marker.
    NextMarker,
    /// The marker before.
    PreviousMarker,
    /// Opens what is chosen; in a card, goes to the full entry.
    Enter,
    /// A label on everything that can be opened.
    Hints,
    /// Opens the marker nearest to the middle of the screen.
    Peek,
    /// Keeps the card beside the text, or lets it go.
    Pin,
    /// Opens the address of the reference or link, once its host has been shown.
    OpenAddress,
    /// Begins a selection; within one, drops its anchor or sets it anew.
    Select,
    /// In a selection: to the end of the word.
    NextWord,
    /// In a selection: to the beginning of the word.
    PreviousWord,
    /// In a selection: to the end of the sentence.
    NextSentence,
    /// In a selection: to the beginning of the sentence.
    PreviousSentence,
    /// In a selection: to the beginning of the row.
    RowStart,
    /// In a selection: to the end of the row.
    RowEnd,
    /// Copies the passage, or the reference.
    Copy,
    /// Copies the passage as a quotation, or the reference as data.
    Export,
    /// Where notes stand beside the text: in the margin, at the foot, nowhere.
    Notes,
    /// How markers are seen: as usual, dim, not at all.
    Markers,
    /// The references: open and go there; again: close.
    References,
    /// The citation style of the cards.
    Style,
    /// Where one was before the last jump.
    Back,
    /// Undoes going back.
    Forward,
    /// Remembers this place under a letter.
    SetMark,
    /// Goes to a remembered place.
    GoToMark,
    /// Searches while one types.
    Search,
    /// The next hit.
    NextHit,
    /// The hit before.
    PreviousHit,
    /// Nothing but the text.
    Zen,
    /// A wider column.
    Wider,
    /// A narrower column.
    Narrower,
    /// The column as it was at first.
    UsualWidth,
    /// The next theme.
    Theme,
    /// Gives the mouse back to the terminal, or takes it again.
    Mouse,
    /// Every action by name.
    Palette,
    /// The keys.
    Help,
    /// Closes one layer; never quits.
    Close,
    /// Closes one layer; at the top, quits.
    Quit,
    /// Stops the program until the shell continues it.
    Suspend,
    /// Draws the whole screen again.
    Redraw,
}

/// Where an action stands in the help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Moving through the text.
    Move,
    /// Sections and the outline.
    Sections,
    /// Citations.
    Citations,
    /// Choosing a passage and copying it.
    Select,
    /// Finding and coming back.
    Find,
    /// How it looks, and the program itself.
    Program,
}

impl Group {
    /// Every group, in the order of the help.
    pub const ALL: [Self; 6] =
        [Self::Move, Self::Sections, Self::Citations, Self::Select, Self::Find, Self::Program];

    /// Its title.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Move => "Move",
            Self::Sections => "Sections",
            Self::Citations => "Citations",
            Self::Select => "Select",
            Self::Find => "Find and return",
            Self::Program => "View and program",
        }
    }
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Info {
    /// The action.
    pub action: Action,
    /// Its name: in the key file, the palette and the manual.
    pub name: &'static str,
    /// What it does, in a few words.
    pub help: &'static str,
    /// Where it stands in the help.
    pub group: Group,
}

const fn row(action: Action, name: &'static str, group: Group, help: &'static str) -> Info {
    Info { action, name, help, group }
}

/// The table.
pub const ACTIONS: &[Info] = &[
    row(Action::LineDown, "line-down", Group::Move, "one line down"),
    row(Action::LineUp, "line-up", Group::Move, "one line up"),
    row(Action::PageDown, "page-down", Group::Move, "one page down"),
    row(Action::PageUp, "page-up", Group::Move, "one page up"),
    row(Action::HalfPageDown, "half-page-down", Group::Move, "half a page down"),
    row(Action::HalfPageUp, "half-page-up", Group::Move, "half a page up"),
    row(Action::Top, "top", Group::Move, "the beginning"),
    row(Action::End, "end", Group::Move, "the end"),
    row(Action::NextParagraph, "next-paragraph", Group::Move, "next paragraph"),
    row(Action::PreviousParagraph, "previous-paragraph", Group::Move, "paragraph before"),
    row(Action::PanLeft, "pan-left", Group::Move, "a wide table or code: to the left"),
    row(Action::PanRight, "pan-right", Group::Move, "a wide table or code: to the right"),
    row(Action::NextSection, "next-section", Group::Sections, "next section (3] goes three on)"),
    row(Action::PreviousSection, "previous-section", Group::Sections, "section before"),
    row(Action::ParentSection, "parent-section", Group::Sections, "the section this is a part of"),
    row(Action::FindSection, "find-section", Group::Sections, "jump to a section by typing"),
    row(Action::Outline, "outline", Group::Sections, "the outline: open, close"),
    row(Action::NextMarker, "next-marker", Group::Citations, "next citation"),
    row(Action::PreviousMarker, "previous-marker", Group::Citations, "citation before"),
    row(Action::Enter, "enter", Group::Citations, "open its card; again: full entry (12 Enter: [12])"),
    row(Action::Hints, "hints", Group::Citations, "a label on every citation and link"),
    row(Action::Peek, "peek", Group::Citations, "open the citation nearest the middle"),
    row(Action::Pin, "pin", Group::Citations, "keep the card beside the text; again: let it go"),
    row(Action::OpenAddress, "open-address", Group::Citations, "open the address, after showing its host"),
    row(Action::Copy, "copy", Group::Citations, "copy the reference, or what is selected"),
    row(Action::Export, "export", Group::Citations, "copy it as BibTeX …, or as a quotation"),
    row(Action::Notes, "notes-mode", Group::Citations, "notes beside the text: margin, foot, off"),
    row(Action::Markers, "markers", Group::Citations, "citations: normal, dim, hidden"),
    row(Action::Style, "style", Group::Citations, "the citation style of the cards"),
    row(Action::References, "references", Group::Citations, "all references: open, close"),
    row(Action::Select, "select", Group::Select, "select with the keys that move; again: drop the anchor"),
    row(Action::NextWord, "next-word", Group::Select, "selecting: to the end of the word"),
    row(Action::PreviousWord, "previous-word", Group::Select, "selecting: to the word before"),
    row(Action::NextSentence, "next-sentence", Group::Select, "selecting: to the end of the sentence"),
    row(Action::PreviousSentence, "previous-sentence", Group::Select, "selecting: to the sentence before"),
    row(Action::RowStart, "row-start", Group::Select, "selecting: to the start of the row (also 0)"),
    row(Action::RowEnd, "row-end", Group::Select, "selecting: to the end of the row"),
    row(Action::Back, "back", Group::Find, "back to where you were"),
    row(Action::Forward, "forward", Group::Find, "forward again"),
    row(Action::Search, "search", Group::Find, "search"),
    row(Action::NextHit, "next-hit", Group::Find, "next hit"),
    row(Action::PreviousHit, "previous-hit", Group::Find, "hit before"),
    row(Action::SetMark, "set-mark", Group::Find, "remember this place under a letter"),
    row(Action::GoToMark, "go-to-mark", Group::Find, "go to a remembered place ('' the last one)"),
    row(Action::Zen, "zen", Group::Program, "nothing but the text"),
    row(Action::Wider, "wider", Group::Program, "wider column"),
    row(Action::Narrower, "narrower", Group::Program, "narrower column"),
    row(Action::UsualWidth, "usual-width", Group::Program, "usual column"),
    row(Action::Theme, "theme", Group::Program, "next theme"),
    row(Action::Mouse, "mouse", Group::Program, "release the mouse, or take it"),
    row(Action::Palette, "palette", Group::Program, "every action by name"),
    row(Action::Help, "help", Group::Program, "this help"),
    row(Action::Close, "close", Group::Program, "close one layer; never quits"),
    row(Action::Quit, "quit", Group::Program, "close one layer; at the top, quit"),
    row(Action::Suspend, "suspend", Group::Program, "stop, and go on with fg"),
    row(Action::Redraw, "redraw", Group::Program, "draw the screen again"),
];

impl Action {
    /// True for what one goes through a text by: it is likely to be asked for again at once.
    pub const fn repeats(self) -> bool {
        matches!(
            self,
            Self::LineDown
                | Self::LineUp
                | Self::PageDown
                | Self::PageUp
                | Self::HalfPageDown
                | Self::HalfPageUp
                | Self::NextParagraph
                | Self::PreviousParagraph
                | Self::NextSection
                | Self::PreviousSection
                | Self::NextMarker
                | Self::PreviousMarker
                | Self::NextHit
                | Self::PreviousHit
        )
    }

    /// Its row in the table.
    pub fn info(self) -> &'static Info {
        // The table has a row for every action: a test says so.
        ACTIONS.iter().find(|i| i.action == self).unwrap_or(&ACTIONS[0])
    }

    /// The action of this name.
    pub fn named(name: &str) -> Option<Self> {
        ACTIONS.iter().find(|i| i.name == name).map(|i| i.action)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_has_its_own_row() {
        for (at, info) in ACTIONS.iter().enumerate() {
            assert_eq!(
                info.action as usize,
                ACTIONS.iter().filter(|i| (i.action as usize) < info.action as usize).count()
            );
            assert_eq!(Action::named(info.name), Some(info.action), "row {at}");
            assert!(!info.help.is_empty());
        }
        assert_eq!(ACTIONS.len(), Action::Redraw as usize + 1);
    }
}
