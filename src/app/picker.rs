//! A list to choose from by typing: sections, actions, forms of export, articles.

use super::geometry::{self, Area};

/// An open list.
#[derive(Clone, Debug)]
pub struct Picker {
    /// What is chosen here.
    pub purpose: Purpose,
    /// What has been typed.
    pub typed: String,
    /// Everything there is to choose from.
    pub items: Vec<Item>,
    /// Which of the matching ones is chosen.
    pub chosen: usize,
    /// Matching ones scrolled past.
    pub scroll: usize,
}

/// What a list is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A section to jump to.
    Section,
    /// An action to perform.
    Palette,
    /// The form in which to copy references.
    Export,
    /// The form in which to copy a passage.
    Quote,
    /// An article to open.
    Article,
}

impl Purpose {
    /// The title of the list.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Section => "Jump to a section",
            Self::Palette => "Actions",
            Self::Export => "Copy as",
            Self::Quote => "Copy the passage as",
            Self::Article => "Articles",
        }
    }
}

/// Something to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it is called.
    pub label: String,
    /// What is said beside it.
    pub detail: String,
    /// Columns it is indented by.
    pub indent: u16,
    /// What it stands for: an index that the purpose understands.
    pub value: usize,
}

impl Item {
    /// How well it fits, by its name or what is said beside it: 0 is best.
    fn rank(&self, wanted: &str) -> Option<u8> {
        let label = rank(&self.label.to_lowercase(), wanted);
        // The letters of a word strewn over a description are no sign that it is meant.
        let detail = rank(&self.detail.to_lowercase(), wanted).filter(|r| *r < STREWN);
        label.into_iter().chain(detail).min()
    }
}

impl Picker {
    /// A list for a purpose.
    pub fn new(purpose: Purpose, items: Vec<Item>) -> Self {
        Self { purpose, typed: String::new(), items, chosen: 0, scroll: 0 }
    }

    /// The items that hold what was typed: those that begin with it first, then those with a word that does, then
    /// those that hold its letters in order.
    pub fn matching(&self) -> Vec<&Item> {
        let wanted = self.typed.to_lowercase();
        if wanted.is_empty() {
            return self.items.iter().collect();
        }
        let mut ranked: Vec<(u8, &Item)> =
            self.items.iter().filter_map(|item| Some((item.rank(&wanted)?, item))).collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        ranked.into_iter().map(|(_, item)| item).collect()
    }

    /// The chosen item's value.
    pub fn value(&self) -> Option<usize> {
        self.matching().get(self.chosen).map(|i| i.value)
    }

    /// Moves the choice.
    pub fn move_by(&mut self, by: i64) {
        let most = self.matching().len().saturating_sub(1) as i64;
        self.chosen = (self.chosen as i64 + by).clamp(0, most) as usize;
    }

    /// Changes what was typed; the best match is chosen.
    pub fn retype(&mut self, change: impl FnOnce(&mut String)) {
        change(&mut self.typed);
        (self.chosen, self.scroll) = (0, 0);
    }

    /// Where it stands on the screen, border included: as high as it has items, or as there is room.
    pub fn area(&self, screen: Area) -> Area {
        let width = screen.width.saturating_sub(4).min(76);
        let wanted = (self.items.len() + 5).min(24) as u16;
        let height = wanted.min(screen.height.saturating_sub(4)).max(screen.height.min(5));
        Area { x: (screen.width - width) / 2, y: (screen.height - height) / 3, width, height }
    }

    /// The screen row of the first item: under the border and the line that is typed.
    pub fn first_row(&self, screen: Area) -> u16 {
        self.area(screen).y + 3
    }

    /// How many items are seen at once.
    pub fn shown(&self, screen: Area) -> usize {
        self.area(screen).height.saturating_sub(4) as usize
    }

    /// Scrolls so that the choice is among the `height` that are seen.
    pub fn show_chosen(&mut self, height: usize) {
        self.scroll = geometry::scrolled_to(self.chosen, self.scroll, height);
    }
}

/// The rank of a label that holds the letters in order, but not together.
const STREWN: u8 = 3;

/// How well a label fits: 0 is best.
fn rank(label: &str, wanted: &str) -> Option<u8> {
    if label.starts_with(wanted) {
        return Some(0);
    }
    if label.split(|c: char| !c.is_alphanumeric()).any(|word| word.starts_with(wanted)) {
        return Some(1);
    }
    if label.contains(wanted) {
        return Some(2);
    }
    let mut letters = label.chars();
    wanted.chars().filter(|c| !c.is_whitespace()).all(|c| letters.any(|l| l == c)).then_some(STREWN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn better_matches_come_first() {
        let labels = ["Broader reactions", "Strategic context", "References", "Ongoing debate"];
        let items = labels.iter().enumerate().map(|(value, l)| Item {
            label: (*l).to_owned(),
            detail: String::new(),
            indent: 0,
            value,
        });
        let mut picker = Picker::new(Purpose::Section, items.collect());
        for (typed, expected) in [
            ("re", vec![2, 0, 1]),
            ("context", vec![1]),
            ("zzz", vec![]),
            ("obt", vec![3]),
            ("", vec![0, 1, 2, 3]),
        ] {
            picker.retype(|t| *t = typed.to_owned());
            let found: Vec<_> = picker.matching().iter().map(|i| i.value).collect();
            assert_eq!(found, expected, "{typed}");
        }
    }
}
