//! Dates in running text: `24 June 2025`, `June 24, 2025`, `2025-06-24`, `15–18 juin 2009`, `Spring 2010`.

use super::date::{Date, Day, month, season_named};

/// Reads the date with which `text` begins; answers it and how many bytes it takes.
pub fn at_start(text: &str) -> Option<(Date, usize)> {
    let mut scan = Scan { text, at: 0 };
    let circa = scan.circa();
    let mut date = scan.date()?;
    date.circa |= circa;
    let ends = !scan.rest().starts_with(|c: char| c.is_alphanumeric());
    ends.then_some((date, scan.at))
}

/// A position in a text that moves forward.
struct Scan<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scan<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn eat(&mut self, prefix: &str) -> bool {
        let found = self.rest().starts_with(prefix);
        self.at += if found { prefix.len() } else { 0 };
        found
    }

    fn eat_any(&mut self, prefixes: &[&str]) -> bool {
        prefixes.iter().any(|p| self.eat(p))
    }

    fn spaces(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\u{a0}']).len();
    }

    /// A number of at most four digits, and how many it has.
    fn number(&mut self) -> Option<(u16, usize)> {
        let rest = self.rest();
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number = rest.get(..digits).filter(|_| (1..=4).contains(&digits))?.parse().ok()?;
        self.at += digits;
        Some((number, digits))
    }

    fn year(&mut self) -> Option<i32> {
        let before = self.at;
        match self.number() {
            Some((year, 4)) if year > 0 => Some(year.into()),
            _ => {
                self.at = before;
                None
            }
        }
    }

    fn two_digits(&mut self, most: u8) -> Option<u8> {
        let before = self.at;
        match self.number() {
            Some((n, 1..=2)) if n > 0 && n <= most.into() => Some(n as u8),
            _ => {
                self.at = before;
                None
            }
        }
    }

    fn word(&mut self) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    fn month(&mut self) -> Option<u8> {
        let before = self.at;
        let found = month(self.word());
        match found {
            Some(_) => _ = self.eat("."),
            None => self.at = before,
        }
        found
    }

    fn dash(&mut self) -> bool {
        let before = self.at;
        self.spaces();
        let found = self.eat_any(&["–", "-", "—", "/"]);
        self.spaces();
        self.at = if found { self.at } else { before };
        found
    }

    fn circa(&mut self) -> bool {
        let found = self.eat_any(&["circa ", "ca. ", "c. ", "c.\u{a0}", "c. "]);
        self.spaces();
        found
    }

    fn date(&mut self) -> Option<Date> {
        let digits = self.rest().bytes().take_while(u8::is_ascii_digit).count();
        match digits {
            0 => self.word_first(),
            4 => self.year_first(),
            _ => self.day_first(),
        }
    }

    /// `2025-06-24`, `2025-06`, `2008–2009`, `2025`.
    fn year_first(&mut self) -> Option<Date> {
        let year = self.year()?;
        if self.eat("年") {
            return Some(Date::day(self.east_asian(year)));
        }
        let end = self.at;
        if self.eat("-")
            && let (start, Some(month)) = (self.at, self.two_digits(12))
            && self.at - start == 2
        {
            if self.eat("-")
                && let Some(day) = self.two_digits(31)
            {
                return Some(Date::day(Day::new(year, month, day)));
            }
            self.at = start + 2;
            if !self.rest().starts_with('-') {
                return Some(Date::day(Day::new(year, month, 0)));
            }
        }
        self.at = end;
        let mut date = Date::day(Day::new(year, 0, 0));
        if self.dash()
            && let Some(last) = self.year().filter(|last| *last > year)
        {
            date.to = Some(Day::new(last, 0, 0));
        } else {
            self.at = end;
        }
        Some(date)
    }

    /// `2025年6月24日`, behind the year.
    fn east_asian(&mut self, year: i32) -> Day {
        let end = self.at;
        let Some(month) = self.two_digits(12).filter(|_| self.eat("月")) else {
            self.at = end;
            return Day::new(year, 0, 0);
        };
        let end = self.at;
        let day = self.two_digits(31).filter(|_| self.eat("日"));
        self.at = if day.is_some() { self.at } else { end };
        Day::new(year, month, day.unwrap_or(0))
    }

    /// `24 June 2025`, `24. Juni 2025`, `1er mai 2010`, `24 de junio de 2025`, `15–18 June 2009`.
    fn day_first(&mut self) -> Option<Date> {
        let first = self.ordinal()?;
        let mut last = None;
        if self.dash() {
            last = Some(self.ordinal()?);
        }
        self.spaces();
        self.eat_any(&["de ", "of "]);
        let month = self.month()?;
        self.spaces();
        self.eat_any(&["de ", "del ", "do ", ", "]);
        let year = self.year()?;
        let to = last.map(|day| Day::new(year, month, day));
        Some(Date { to, ..Date::day(Day::new(year, month, first)) })
    }

    fn ordinal(&mut self) -> Option<u8> {
        let day = self.two_digits(31)?;
        self.eat_any(&["er ", "st ", "nd ", "rd ", "th ", "º ", ".º ", ". ", "."]);
        Some(day)
    }

    /// `June 24, 2025`, `June 2025`, `June–July 2025`, `Spring 2010`.
    fn word_first(&mut self) -> Option<Date> {
        let before = self.at;
        if let Some(season) = season_named(self.word()) {
            self.spaces();
            self.eat("of ");
            let year = self.year()?;
            return Some(Date { season, ..Date::day(Day::new(year, 0, 0)) });
        }
        self.at = before;
        let first = self.month()?;
        let last = if self.dash() { Some(self.month()?) } else { None };
        self.eat(",");
        self.spaces();
        self.eat_any(&["de ", "del "]);
        if let Some(year) = self.year() {
            let to = last.map(|month| Day::new(year, month, 0));
            return Some(Date { to, ..Date::day(Day::new(year, first, 0)) });
        }
        let day = self.two_digits(31).filter(|_| last.is_none())?;
        let last = if self.dash() { Some(self.two_digits(31)?) } else { None };
        self.eat_any(&["st", "nd", "rd", "th"]);
        self.eat(",");
        self.spaces();
        let year = self.year()?;
        let to = last.map(|day| Day::new(year, first, day));
        Some(Date { to, ..Date::day(Day::new(year, first, day)) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_begin_a_text() {
        let cases = [
            ("2025-06-24). \"x\"", "2025-06-24", 10),
            ("24 June 2025.", "2025-06-24", 12),
            ("June 24, 2025", "2025-06-24", 13),
            ("Nov 2008)", "2008-11", 8),
            ("Sept. 5, 2010", "2010-09-05", 13),
            ("24. Juni 2025", "2025-06-24", 13),
            ("1er mai 2010", "2010-05-01", 12),
            ("5 août 2010", "2010-08-05", 12),
            ("24 de junio de 2025", "2025-06-24", 19),
            ("3 mei 2012", "2012-05-03", 10),
            ("12 giugno 2012", "2012-06-12", 14),
            ("2 de março de 2012", "2012-03-02", 19),
            ("15–18 June 2009", "2009-06-15/2009-06-18", 17),
            ("June–July 2010", "2010-06/2010-07", 16),
            ("June 3–5, 2010", "2010-06-03/2010-06-05", 16),
            ("Spring 2010", "2010-21", 11),
            ("2008–2009", "2008/2009", 11),
            ("c. 1850", "1850~", 7),
            ("2025. More", "2025", 4),
            ("2003-2", "2003", 4),
            ("2005-06", "2005-06", 7),
            ("2012年8月18日). x", "2012-08-18", 16),
            ("2012年8月、", "2012-08", 11),
        ];
        for (text, iso, length) in cases {
            assert_eq!(at_start(text).map(|(d, n)| (d.iso(), n)), Some((iso.to_owned(), length)), "{text}");
        }
    }

    #[test]
    fn other_words_are_no_dates() {
        for text in ["", "25", "May", "May I", "24 June", "Marching 2010", "20101", "2010a", "12 (3)", "0000"]
        {
            assert_eq!(at_start(text), None, "{text}");
        }
    }
}
