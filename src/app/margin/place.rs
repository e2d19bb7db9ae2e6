//! Where notes stand in the margin: each at the row of its marker, pushed down where another stands there, shortened
//! where they are many, and moved up from the foot as far as they must.

/// How much of a note is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// All that it says in a margin: up to three rows.
    Full,
    /// A row of what it is, and a row of where it is from.
    Short,
    /// One row.
    Line,
}

/// A note that wants a place.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    /// The row of its marker, from the top of the margin.
    pub row: u16,
    /// The rows it takes in full.
    pub full: u16,
    /// The rows it takes when it is short.
    pub short: u16,
}

impl Wish {
    const fn rows(&self, shape: Shape) -> u16 {
        match shape {
            Shape::Full => self.full,
            Shape::Short => self.short,
            Shape::Line => 1,
        }
    }
}

/// A note in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stood {
    /// Its first row, from the top of the margin.
    pub row: u16,
    /// How much of it is shown.
    pub shape: Shape,
}

/// Places notes, in the order of their markers, in a margin of `height` rows. Where not even a row for each is left,
/// the last ones have no place, and the last row of the margin is free for a sign that says so.
pub fn place(wishes: &[Wish], height: u16) -> Vec<Stood> {
    for (shape, between) in [(Shape::Full, 1), (Shape::Short, 1), (Shape::Short, 0), (Shape::Line, 0)] {
        let rows: usize = wishes.iter().map(|w| usize::from(w.rows(shape) + between)).sum();
        if rows <= usize::from(height + between) {
            return stand(wishes, shape, between, height);
        }
    }
    let fitting = usize::from(height.saturating_sub(1)).min(wishes.len());
    stand(&wishes[..fitting], Shape::Line, 0, height.saturating_sub(1))
}

/// Places notes that have room, with so many rows between two of them.
fn stand(wishes: &[Wish], shape: Shape, between: u16, height: u16) -> Vec<Stood> {
    let mut stood: Vec<(Stood, u16)> = Vec::with_capacity(wishes.len());
    let mut free = 0;
    for (at, wish) in wishes.iter().enumerate() {
        let row = wish.row.max(free);
        // Short where the next one would else be pushed; but two at one marker push each other in any case.
        let pushes = wishes.get(at + 1).is_some_and(|next| {
            row + wish.rows(shape) + between > next.row && (next.row > wish.row || row > wish.row)
        });
        let shape = if shape == Shape::Full && pushes { Shape::Short } else { shape };
        let rows = wish.rows(shape);
        free = row + rows + between;
        stood.push((Stood { row, shape }, rows));
    }
    let mut limit = height;
    for (note, rows) in stood.iter_mut().rev() {
        note.row = note.row.min(limit.saturating_sub(*rows));
        limit = note.row.saturating_sub(between);
    }
    stood.into_iter().map(|s| s.0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn wishes(rows: &[u16]) -> Vec<Wish> {
        rows.iter().map(|&row| Wish { row, full: 3, short: 2 }).collect()
    }

    fn placed(rows: &[u16], height: u16) -> Vec<(u16, Shape)> {
        place(&wishes(rows), height).into_iter().map(|s| (s.row, s.shape)).collect()
    }

    #[test]
    fn notes_stand_at_their_markers_and_make_room() {
        use Shape::{Full, Line, Short};
        type Case<'c> = (&'c [u16], u16, &'c [(u16, Shape)]);
        let cases: &[Case<'_>] = &[
            (&[], 20, &[]),
            (&[2, 9], 20, &[(2, Full), (9, Full)]),
            // The next marker is near: shorter, and pushed down.
            (&[2, 3, 9], 20, &[(2, Short), (5, Full), (9, Full)]),
            (&[2, 2, 12], 20, &[(2, Full), (6, Full), (12, Full)]),
            (&[2, 2, 2], 20, &[(2, Full), (6, Short), (9, Full)]),
            // At the foot: moved up, as far as they must.
            (&[2, 19], 20, &[(2, Full), (17, Full)]),
            (&[17, 18, 19], 20, &[(11, Short), (14, Short), (17, Full)]),
            // Too many for the height: shorter, closer, one row each, and then some have no place.
            (&[0, 0, 0], 10, &[(0, Short), (3, Short), (6, Short)]),
            (&[0, 0, 0], 6, &[(0, Short), (2, Short), (4, Short)]),
            (&[0, 0, 4], 5, &[(0, Line), (1, Line), (4, Line)]),
            (&[0, 0, 4], 2, &[(0, Line)]),
            (&[0], 0, &[]),
        ];
        for (rows, height, expected) in cases {
            assert_eq!(&placed(rows, *height), expected, "{rows:?} in {height}");
        }
    }

    proptest! {
        #[test]
        fn notes_never_overlap_nor_leave_their_margin(
            mut rows in proptest::collection::vec((0..60u16, 1..4u16, 1..3u16), 0..60), height in 0..60u16,
        ) {
            rows.sort_unstable();
            let wishes: Vec<Wish> = rows
                .iter()
                .map(|&(row, full, short)| Wish { row: row.min(height.max(1) - 1), full: full.max(short), short })
                .collect();
            let stood = place(&wishes, height);
            let mut free = 0;
            for (note, wish) in stood.iter().zip(&wishes) {
                prop_assert!(note.row >= free, "{note:?} over another that ends at {free}");
                free = note.row + wish.rows(note.shape);
            }
            prop_assert!(free <= height);
            let hidden = wishes.len() - stood.len();
            prop_assert!(hidden == 0 || free < height || height == 0, "no row is left to say that {hidden} are hidden");
        }
    }
}
