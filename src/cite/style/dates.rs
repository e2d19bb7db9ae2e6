//! Dates that the processor cannot print: ranges, years that have not ended, words, and what nobody is certain of.
//!
//! A range is printed twice, once with each of its days, and the two are joined where they differ, in whatever order
//! the style has day, month and year: `1–5 May 2008`, `2008, May 1–June 2`, `1850–1855`.

use std::ops::Range;

use super::cell::{Cell, Line};
use super::item::{WORDED, is_worded, words};
use crate::article::Csl;
use crate::cite::csl::date;
use crate::cite::schema::{Holds, fields};
use crate::cite::{Date, Day};

/// What has to be done to the dates of a reference.
#[derive(Clone, Debug, Default)]
pub(super) struct Repairs {
    /// Dates that are words: where the year [`WORDED`] is printed, they stand instead, in this order.
    worded: Vec<String>,
    /// Ranges with two ends.
    ranges: Vec<(Day, Day)>,
    /// Years, and what their season is called: a month is printed for it.
    seasons: Vec<(i32, String)>,
    /// Years in which a range begins that has not ended.
    open: Vec<i32>,
    /// Years in which a range ends whose beginning is not known.
    until: Vec<i32>,
    /// When it is not certain when the work was published.
    pub circa: bool,
}

impl Repairs {
    /// What the dates of a reference need; `season` knows what seasons are called.
    pub fn of(csl: &Csl, season: impl Fn(u8) -> String) -> Self {
        let mut repairs = Self::default();
        for date in fields(Holds::Date).filter_map(|field| date(csl, field)) {
            repairs.note(&date, &season);
        }
        repairs.circa = date(csl, "issued").is_some_and(|date| date.circa && !is_worded(&date));
        repairs
    }

    fn note(&mut self, date: &Date, season: impl Fn(u8) -> String) {
        match (date.from, date.to) {
            _ if is_worded(date) => self.worded.push(words(date)),
            (Some(day), None) if date.season > 0 && day.month == 0 => {
                self.seasons.push((day.year, season(date.season)));
            }
            (Some(from), Some(to)) if from != to => self.ranges.push((from, to)),
            (Some(from), None) if date.open => self.open.push(from.year),
            (None, Some(to)) => self.until.push(to.year),
            _ => {}
        }
    }

    /// True when the reference has to be printed a second time, with the last days of its ranges.
    pub fn wants_ends(&self) -> bool {
        !self.ranges.is_empty() || !self.seasons.is_empty()
    }

    /// Repairs the dates of a printed entry. `ends` is the same entry with the last days of its ranges.
    pub fn make(&self, line: &mut Line, ends: Option<&Line>) {
        for number in (1..=line.dates()).rev() {
            let Some(range) = line.date(number) else { continue };
            let end = ends.filter(|ends| ends.dates() == line.dates());
            let end = end.and_then(|ends| Some(ends.cells.get(ends.date(number)?)?.to_vec()));
            let cells = line.cells[range.clone()].to_vec();
            if let Some(mut repaired) = self.repaired(&cells, end.as_deref()) {
                // A letter that tells works of one year apart needs a hyphen after words (`in press-a`).
                let letter = line.cells.get(range.end).is_some_and(|cell| cell.sign.is_lowercase());
                if let Some(last) =
                    repaired.last().copied().filter(|last| letter && last.sign.is_alphabetic())
                {
                    repaired.push(Cell { sign: '-', ..last });
                }
                line.cells.splice(range, repaired);
            }
        }
    }

    fn repaired(&self, cells: &[Cell], end: Option<&[Cell]>) -> Option<Vec<Cell>> {
        if let Some(end) = end.filter(|end| text(end) != text(cells)) {
            let range = self
                .ranges
                .iter()
                .find(|(from, to)| holds_year(cells, from.year) && holds_year(end, to.year));
            let season = self.seasons.iter().find(|(year, _)| holds_year(cells, *year));
            // Day and month may be printed apart from their year.
            return match (range, season) {
                (None, Some((_, season))) => Some(with_season(cells, end, season)),
                (None, None) if self.ranges.is_empty() => {
                    self.seasons.first().map(|(_, season)| with_season(cells, end, season))
                }
                (range, _) => {
                    range.or(self.ranges.first()).map(|(from, to)| joined(cells, end, (*from, *to)))
                }
            };
        }
        if let Some(worded) = self.worded.iter().find_map(|words| with_words(cells, words)) {
            return Some(worded);
        }
        let core = core(cells);
        if core.is_empty() {
            return None;
        }
        if self.open.iter().any(|year| holds_year(cells, *year)) {
            return Some(inserted(cells, core.end, "–"));
        }
        if self.until.iter().any(|year| holds_year(cells, *year)) {
            return Some(inserted(cells, core.start, "–"));
        }
        None
    }
}

/// Puts a sign before the date that is not certain, in a style that has none for it.
pub(super) fn mark_uncertain(line: &mut Line) {
    if let Some(range) = line.date(1) {
        let cells = line.cells[range.clone()].to_vec();
        let core = core(&cells);
        if !core.is_empty() {
            line.cells.splice(range, inserted(&cells, core.start, "c. "));
        }
    }
}

fn text(cells: &[Cell]) -> String {
    cells.iter().map(|cell| cell.sign).collect()
}

fn inserted(cells: &[Cell], at: usize, words: &str) -> Vec<Cell> {
    let beside = cells.get(at).or(cells.last()).copied().unwrap_or(Cell::plain(' '));
    let mut out = cells.to_vec();
    out.splice(at..at, words.chars().map(|sign| Cell { sign, ..beside }));
    out
}

/// The date without what stands around it: `(`, `)`, commas.
fn core(cells: &[Cell]) -> Range<usize> {
    let within = |cell: &Cell| cell.sign.is_alphanumeric();
    let start = cells.iter().position(within).unwrap_or(cells.len());
    start..cells.iter().rposition(within).map_or(start, |at| at + 1)
}

/// Stretches of letters and digits. An abbreviation keeps its dot out of them.
fn tokens(cells: &[Cell]) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for (at, cell) in cells.iter().enumerate().filter(|(_, cell)| cell.sign.is_alphanumeric()) {
        match out.last_mut() {
            Some(token) if token.end == at && cells[at - 1].sign.is_numeric() == cell.sign.is_numeric() => {
                token.end = at + 1;
            }
            _ => out.push(at..at + 1),
        }
    }
    out
}

fn year_at(cells: &[Cell], year: i32) -> Option<Range<usize>> {
    let (long, short) = (year.unsigned_abs().to_string(), format!("{:02}", year.unsigned_abs() % 100));
    let tokens = tokens(cells);
    let find = |wanted: &str| tokens.iter().rev().find(|t| text(&cells[(*t).clone()]) == wanted).cloned();
    find(&long).or_else(|| find(&short))
}

fn holds_year(cells: &[Cell], year: i32) -> bool {
    year_at(cells, year).is_some()
}

/// Joins the first and the last day of a range, as printed. What both share stands once; but the parts of a date that
/// are smaller than the one in which they differ stand twice.
fn joined(from: &[Cell], to: &[Cell], (first, last): (Day, Day)) -> Vec<Cell> {
    let (mut head, mut tail) = shared(from, to, (first, last));
    head = head.min(from.len()).min(to.len());
    tail = tail.min(from.len() - head).min(to.len() - head);
    let (first_days, last_days) = (&from[head..from.len() - tail], &to[head..to.len() - tail]);
    let wide = first.year != last.year && first_days.iter().any(|cell| cell.sign == '-');
    let sign = first_days.last().copied().unwrap_or(Cell::plain('–'));
    let dash = if wide { " – " } else { "–" }.chars().map(|c| Cell { sign: c, ..sign });
    let mut out = from[..from.len() - tail].to_vec();
    out.extend(dash);
    out.extend_from_slice(last_days);
    out.extend_from_slice(&from[from.len() - tail..]);
    out
}

/// How many cells at the beginning and at the end both days share.
fn shared(from: &[Cell], to: &[Cell], (first, last): (Day, Day)) -> (usize, usize) {
    let (from_core, to_core) = (core(from), core(to));
    let around = (from_core.start, from.len() - from_core.end);
    if first.year != last.year {
        return if to_core.start == around.0 { around } else { (0, 0) };
    }
    let same = |a: &Cell, b: &Cell| a.sign == b.sign;
    if first.month == last.month {
        // They differ in the day: everything else is shared.
        let head = from.iter().zip(to).take_while(|(a, b)| same(a, b)).count();
        let tail = from.iter().rev().zip(to.iter().rev()).take_while(|(a, b)| same(a, b)).count();
        return (whole_tokens(from, head), from.len() - whole_tokens_back(from, from.len() - tail));
    }
    // They differ in the month: only the year is shared, at whichever end it stands.
    match year_at(from, first.year) {
        Some(year) if year.start == from_core.start => {
            let next = tokens(from).into_iter().find(|t| t.start >= year.end).map_or(year.end, |t| t.start);
            (next, around.1)
        }
        Some(year) if year.end == from_core.end => {
            let before =
                tokens(from).into_iter().rev().find(|t| t.end <= year.start).map_or(year.start, |t| t.end);
            // The dot of an abbreviated month belongs to the month.
            let dot =
                usize::from(from.get(before).is_some_and(|cell| cell.sign == '.') && is_word(from, before));
            (around.0, from.len() - before - dot)
        }
        _ => around,
    }
}

fn is_word(cells: &[Cell], before: usize) -> bool {
    before.checked_sub(1).and_then(|at| cells.get(at)).is_some_and(|cell| cell.sign.is_alphabetic())
}

/// The largest place up to `at` that cuts no token.
fn whole_tokens(cells: &[Cell], at: usize) -> usize {
    tokens(cells).into_iter().find(|t| t.start < at && at < t.end).map_or(at, |t| t.start)
}

/// The smallest place from `at` on that cuts no token.
fn whole_tokens_back(cells: &[Cell], at: usize) -> usize {
    tokens(cells).into_iter().find(|t| t.start < at && at < t.end).map_or(at, |t| t.end)
}

/// Puts a season where the two printed months differ.
fn with_season(cells: &[Cell], end: &[Cell], season: &str) -> Vec<Cell> {
    let months = tokens(cells).into_iter().find(|token| {
        let word = text(&cells[token.clone()]);
        !tokens(end).iter().any(|other| text(&end[other.clone()]) == word)
    });
    let Some(month) = months else { return cells.to_vec() };
    let like = cells[month.start];
    let mut out = cells[..month.start].to_vec();
    out.extend(season.chars().map(|sign| Cell { sign, ..like }));
    out.extend_from_slice(&cells[month.end..]);
    out
}

/// Puts words where the year stands that stood for them; a letter after it gets a hyphen (`in press-a`).
fn with_words(cells: &[Cell], words: &str) -> Option<Vec<Cell>> {
    let year = year_at(cells, i32::from(WORDED))?;
    let like = cells[year.start];
    let mut out = cells[..year.start].to_vec();
    out.extend(words.chars().map(|sign| Cell { sign, ..like }));
    if cells.get(year.end).is_some_and(|cell| cell.sign.is_alphabetic()) {
        out.push(Cell { sign: '-', ..like });
    }
    out.extend_from_slice(&cells[year.end..]);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<Cell> {
        text.chars().map(|sign| Cell { date: 1, ..Cell::plain(sign) }).collect()
    }

    #[test]
    fn ranges_are_joined_in_any_order() {
        let day = |y, m, d| Day::new(y, m, d);
        let years = (day(1850, 0, 0), day(1855, 3, 0));
        let months = (day(2008, 5, 1), day(2008, 6, 1));
        let days = (day(2008, 5, 11), day(2008, 5, 15));
        let cases = [
            ("1850", "March 1855", years, "1850–March 1855"),
            ("(1850)", "(1855)", years, "(1850–1855)"),
            ("1 May 2008", "1 June 2008", months, "1 May–1 June 2008"),
            ("May 1, 2008", "June 1, 2008", months, "May 1–June 1, 2008"),
            ("2008, May 1", "2008, June 1", months, "2008, May 1–June 1"),
            ("(2008, May)", "(2008, June)", months, "(2008, May–June)"),
            ("Jan. 2008", "Jun. 2008", months, "Jan.–Jun. 2008"),
            ("11 May 2008", "15 May 2008", days, "11–15 May 2008"),
            ("May 11, 2008", "May 15, 2008", days, "May 11–15, 2008"),
            ("11th May 2008", "15th May 2008", days, "11–15th May 2008"),
            ("2008-05-11", "2008-05-15", days, "2008-05-11–15"),
            ("2008-05-11", "2009-05-15", (day(2008, 5, 11), day(2009, 5, 15)), "2008-05-11 – 2009-05-15"),
        ];
        for (from, to, (first, last), expected) in cases {
            assert_eq!(text(&joined(&cells(from), &cells(to), (first, last))), expected);
        }
    }

    #[test]
    fn words_stand_for_the_year_that_stood_for_them() {
        for (printed, expected) in
            [("(9876)", "(in press)"), ("9876a", "in press-a"), ("’76", "’in press"), ("2020", "")]
        {
            let got = with_words(&cells(printed), "in press").map(|cells| text(&cells)).unwrap_or_default();
            assert_eq!(got, expected);
        }
    }

    #[test]
    fn seasons_stand_for_the_month_that_stood_for_them() {
        for (printed, end, expected) in [
            ("(2001, May)", "(2001, June)", "(2001, Summer)"),
            ("May 2001", "Jun. 2001", "Summer 2001"),
            ("2001-05", "2001-06", "2001-Summer"),
        ] {
            assert_eq!(text(&with_season(&cells(printed), &cells(end), "Summer")), expected);
        }
    }

    #[test]
    fn what_has_not_ended_or_not_begun() {
        let repaired = |json: &str, printed: &str| {
            let csl: Csl = serde_json::from_str(&format!(r#"{{"issued":{json}}}"#)).unwrap();
            Repairs::of(&csl, |_| "Summer".to_owned())
                .repaired(&cells(printed), None)
                .map(|cells| text(&cells))
                .unwrap_or_default()
        };
        assert_eq!(repaired(r#"{"raw":"1999/.."}"#, "(1999)"), "(1999–)");
        assert_eq!(repaired(r#"{"raw":"../1999"}"#, "(1999)"), "(–1999)");
        assert_eq!(repaired(r#""1999""#, "1999"), "");
    }
}
