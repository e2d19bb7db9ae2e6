//! Where the entries of the pane stand, row by row, without laying any of them out.

/// The rows that entries take: all the same, and the chosen one its mentions more.
#[derive(Clone, Copy, Debug)]
pub struct Rows {
    /// Rows of an entry, the air below it counted in.
    pub unit: usize,
    /// The air below it.
    pub air: usize,
    /// How many entries there are.
    pub count: usize,
    /// Which of them is chosen.
    pub chosen: Option<usize>,
    /// How many mentions that one has.
    pub mentions: usize,
}

impl Rows {
    /// All of them.
    pub fn total(self) -> usize {
        (self.count * self.unit + self.mentions).saturating_sub(self.air)
    }

    /// The first row of an entry.
    pub fn start(self, entry: usize) -> usize {
        entry * self.unit + if self.chosen.is_some_and(|c| c < entry) { self.mentions } else { 0 }
    }

    /// One past the last row of the chosen entry.
    pub fn end_of_chosen(self) -> usize {
        self.chosen.map_or(self.total(), |chosen| self.start(chosen) + 2 + self.mentions)
    }

    /// The entry that a row belongs to, and which of its rows it is.
    pub fn at(self, row: usize) -> (usize, usize) {
        match self.chosen.map(|chosen| (chosen, self.start(chosen))) {
            Some((chosen, start)) if row >= start => {
                let within = row - start;
                if within < self.unit + self.mentions {
                    return (chosen, within);
                }
                let after = within - self.unit - self.mentions;
                (chosen + 1 + after / self.unit, after % self.unit)
            }
            _ => (row / self.unit, row % self.unit),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_row_belongs_to_one_entry(air in 0..2usize, count in 1..30usize, at in 0..40usize, mentions in 0..9usize) {
            let chosen = (at < count).then_some(at);
            let rows = Rows { unit: 2 + air, air, count, chosen, mentions: if chosen.is_some() { mentions } else { 0 } };
            let mut expected = Vec::new();
            for entry in 0..count {
                prop_assert_eq!(rows.start(entry), expected.len());
                let height = rows.unit + if chosen == Some(entry) { mentions } else { 0 };
                expected.extend((0..height).map(|within| (entry, within)));
            }
            let found: Vec<_> = (0..expected.len()).map(|row| rows.at(row)).collect();
            prop_assert_eq!(found, expected.clone());
            prop_assert_eq!(rows.total(), expected.len() - air);
        }
    }
}
