//! A date as sources give it: days, months, seasons, ranges, "circa", years before Christ, or only words.

use serde_json::{Map, Value, json};

/// A point of the calendar, as exact as the source is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    /// The year as CSL counts: −44 is 44 BC, and there is no year 0.
    pub year: i32,
    /// 1–12, or 0 when it is not known.
    pub month: u8,
    /// 1–31, or 0 when it is not known.
    pub day: u8,
}

/// A date, or a range of dates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Date {
    /// The first day; `None` when there are only words, or the range is open at its beginning.
    pub from: Option<Day>,
    /// The last day of a range.
    pub to: Option<Day>,
    /// True for a range that has not ended.
    pub open: bool,
    /// 1 spring, 2 summer, 3 autumn, 4 winter; 0 for none.
    pub season: u8,
    /// True when the source is not certain.
    pub circa: bool,
    /// The words, where the date is nothing but words.
    pub literal: String,
}

/// English names of the months, as they are shown.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const SEASONS: [&str; 4] = ["Spring", "Summer", "Autumn", "Winter"];

/// Names and short forms of months: English, German, French, Spanish, Italian, Portuguese, Dutch.
const MONTH_NAMES: [&str; 12] = [
    "january jan januar jänner janvier janv enero ene gennaio gen janeiro januari",
    "february feb februar février févr fév febrero febbraio fevereiro fev februari",
    "march mar märz mrz mars marzo março maart mrt",
    "april apr avril avr abril abr aprile",
    "may mai mayo maggio mag maio mei",
    "june jun juni juin junio giugno giu junho",
    "july jul juli juillet juil julio luglio lug julho",
    "august aug août agosto ago augustus",
    "september sep sept septembre septiembre settembre set setembro",
    "october oct oktober okt octobre octubre ottobre ott outubro out",
    "november nov novembre noviembre novembro",
    "december dec dezember dez décembre déc diciembre dic dicembre dezembro",
];

/// The number of a month by its name, in one of seven languages.
pub fn month(name: &str) -> Option<u8> {
    let name = name.trim_end_matches('.').to_lowercase();
    let found = MONTH_NAMES.iter().position(|names| names.split(' ').any(|n| n == name));
    found.map(|at| at as u8 + 1)
}

/// The number of a season by its English name.
fn season(name: &str) -> Option<u8> {
    match name.to_lowercase().as_str() {
        "spring" => Some(1),
        "summer" => Some(2),
        "autumn" | "fall" => Some(3),
        "winter" => Some(4),
        _ => None,
    }
}

impl Day {
    /// A day; what is out of range becomes unknown.
    pub fn new(year: i32, month: u8, day: u8) -> Self {
        let month = if month <= 12 { month } else { 0 };
        let day = if month > 0 && day <= 31 { day } else { 0 };
        Self { year, month, day }
    }

    /// `24 June 2025`, `June 2025`, `2025`, `44 BC`.
    pub fn words(self) -> String {
        let year = year_words(self.year);
        match (self.month_name(), self.day) {
            ("", _) => year,
            (month, 0) => format!("{month} {year}"),
            (month, day) => format!("{day} {month} {year}"),
        }
    }

    fn month_name(self) -> &'static str {
        self.month.checked_sub(1).and_then(|m| MONTHS.get(m as usize)).copied().unwrap_or("")
    }

    /// ISO 8601 to the known precision: `2025-06-24`, `-0043` (44 BC).
    pub fn iso(self) -> String {
        let year = if self.year < 0 { self.year.saturating_add(1) } else { self.year };
        let sign = if year < 0 { "-" } else { "" };
        let year = year.unsigned_abs();
        match (self.month, self.day) {
            (0, _) => format!("{sign}{year:04}"),
            (month, 0) => format!("{sign}{year:04}-{month:02}"),
            (month, day) => format!("{sign}{year:04}-{month:02}-{day:02}"),
        }
    }

    /// Reads ISO 8601 to any precision; a time of day is left out. Months 21–24 are seasons (EDTF) and come second.
    fn from_iso(text: &str) -> Option<(Self, u8)> {
        let text = match text.split_once(['T', ' ']) {
            Some((day, time)) if day.len() >= 10 && time.contains(':') => day,
            Some(_) => return None,
            None => text,
        };
        let (sign, digits) = match text.strip_prefix(['-', '−']) {
            Some(rest) => (-1, rest),
            None => (1, text.strip_prefix('y').unwrap_or(text)),
        };
        let mut parts = digits.split('-');
        let year = parts.next().filter(|y| y.len() > 2 && y.bytes().all(|b| b.is_ascii_digit()))?;
        let year = sign * year.parse::<i32>().ok()?;
        let year = if year <= 0 { year.saturating_sub(1) } else { year };
        let mut number = || match parts.next() {
            None | Some("") => Some(0),
            Some(part) => part.parse::<u8>().ok(),
        };
        let (month, day) = (number()?, number()?);
        match month {
            0..=12 if day <= 31 => Some((Self::new(year, month, day), 0)),
            21..=24 => Some((Self::new(year, 0, 0), month - 20)),
            _ => None,
        }
    }

    fn parts(self) -> Value {
        match (self.month, self.day) {
            (0, _) => json!([self.year]),
            (month, 0) => json!([self.year, month]),
            (month, day) => json!([self.year, month, day]),
        }
    }
}

fn year_words(year: i32) -> String {
    if year < 0 { format!("{} BC", year.unsigned_abs()) } else { year.to_string() }
}

impl Date {
    /// A single day.
    pub fn day(day: Day) -> Self {
        Self { from: Some(day), ..Self::default() }
    }

    /// Nothing but words.
    pub fn literal(words: &str) -> Self {
        Self { literal: words.trim().to_owned(), ..Self::default() }
    }

    /// Reads an EDTF string (ISO 8601-2): days, `2020-01/2021`, `1850~`, `../1999`, `2001-21` (spring 2001).
    pub fn edtf(text: &str) -> Option<Self> {
        let text = text.trim();
        let circa = text.contains(['~', '?', '%']);
        let plain = text.replace(['~', '?', '%'], "");
        let open = |side: &str| side.is_empty() || side == "..";
        let Some((first, last)) = plain.split_once('/') else {
            let (day, season) = Day::from_iso(&plain)?;
            return Some(Self { from: Some(day), season, circa, ..Self::default() });
        };
        let side = |side: &str| Day::from_iso(side).map(|(day, _)| day);
        let from = if open(first) { None } else { Some(side(first)?) };
        let to = if open(last) { None } else { Some(side(last)?) };
        (from.is_some() || to.is_some()).then(|| Self {
            from,
            to,
            open: open(last),
            circa,
            ..Self::default()
        })
    }

    /// Reads a date in any of the forms this module knows: EDTF, or words (`24 June 2025`) and nothing after them.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(half) = Self::half_open(text) {
            return Some(half);
        }
        Self::edtf(text).or_else(|| {
            let (date, length) = super::date_words::at_start(text)?;
            text.get(length..)?.trim_matches(['.', ' ']).is_empty().then_some(date)
        })
    }

    /// `1901–`, `c. 1901–`, `–1999`: a range that has not ended, or whose beginning is not known.
    fn half_open(text: &str) -> Option<Self> {
        let single = |text: &str| Self::parse(text).filter(|d| d.to.is_none() && !d.open && d.season == 0);
        if let Some(first) = text.strip_suffix('–') {
            return single(first).filter(|d| d.from.is_some()).map(|d| Self { open: true, ..d });
        }
        let (before, last) = text.split_once('–').filter(|(before, _)| matches!(before.trim(), "" | "c."))?;
        let circa = !before.is_empty();
        single(last)
            .map(|d| Self { from: None, to: d.from, circa: circa || d.circa, ..d })
            .filter(|d| d.to.is_some())
    }

    /// The CSL-JSON form: `date-parts` where there are days, else `literal`.
    pub fn to_csl(&self) -> Value {
        let mut out = Map::new();
        match (self.from, self.to) {
            (Some(from), Some(to)) => out.insert("date-parts".into(), json!([from.parts(), to.parts()])),
            (Some(from), None) if !self.open => {
                out.insert("date-parts".into(), Value::Array(vec![from.parts()]))
            }
            (None, None) => out.insert("literal".into(), self.literal.clone().into()),
            _ => out.insert("raw".into(), self.iso().into()),
        };
        if self.season > 0 {
            out.insert("season".into(), self.season.into());
        }
        if self.circa {
            out.insert("circa".into(), true.into());
        }
        Value::Object(out)
    }

    /// EDTF; empty where the date is only words.
    pub fn iso(&self) -> String {
        let season = if self.season > 0 { format!("-{}", 20 + self.season) } else { String::new() };
        let circa = if self.circa { "~" } else { "" };
        match (self.from, self.to) {
            (Some(from), Some(to)) => format!("{}{circa}/{}{circa}", from.iso(), to.iso()),
            (Some(from), None) if self.open => format!("{}{circa}/..", from.iso()),
            (Some(from), None) => format!("{}{season}{circa}", from.iso()),
            (None, Some(to)) => format!("../{}{circa}", to.iso()),
            (None, None) => String::new(),
        }
    }

    /// How it is shown: `24 June 2025`, `3–5 June 2025`, `Spring 2001`, `c. 1850`, or the source's own words.
    pub fn words(&self) -> String {
        let mut out = String::from(if self.circa { "c. " } else { "" });
        match (self.from, self.to) {
            (Some(from), Some(to)) => out.push_str(&range_words(from, to)),
            (Some(from), None) if self.open => out.push_str(&format!("{}–", from.words())),
            (Some(from), None) => {
                if let Some(name) = self.season.checked_sub(1).and_then(|s| SEASONS.get(s as usize))
                    && from.month == 0
                {
                    out.push_str(name);
                    out.push(' ');
                }
                out.push_str(&from.words());
            }
            (None, Some(to)) => out.push_str(&format!("–{}", to.words())),
            (None, None) => return self.literal.clone(),
        }
        out
    }

    /// The year as it is shown, `2025` or `44 BC`; of a range the first.
    pub fn year(&self) -> Option<String> {
        self.from.or(self.to).map(|day| year_words(day.year))
    }
}

fn range_words(from: Day, to: Day) -> String {
    let same_year = from.year == to.year;
    match () {
        () if from == to => from.words(),
        () if same_year && from.month == to.month && from.day > 0 && to.day > 0 => {
            format!("{}–{}", from.day, to.words())
        }
        () if same_year && from.month > 0 && to.month > 0 && from.day == 0 && to.day == 0 => {
            format!("{}–{}", from.month_name(), to.words())
        }
        () if from.month == 0 && to.month == 0 && (from.year < 0) == (to.year < 0) => {
            format!("{}–{}", from.year.unsigned_abs(), to.words())
        }
        () => format!("{} – {}", from.words(), to.words()),
    }
}

/// The season in a word, for the reader of dates in words.
pub(super) fn season_named(name: &str) -> Option<u8> {
    season(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_shown_in_words() {
        let cases = [
            ("2025-06-24", "24 June 2025"),
            ("2025-06", "June 2025"),
            ("2025", "2025"),
            ("2025-06-24T10:00:00Z", "24 June 2025"),
            ("2020-01/2021", "January 2020 – 2021"),
            ("2020-06-03/2020-06-05", "3–5 June 2020"),
            ("2020-06/2020-08", "June–August 2020"),
            ("1914/1918", "1914–1918"),
            ("1850~", "c. 1850"),
            ("1999/..", "1999–"),
            ("../1999", "–1999"),
            ("c. 1999–", "c. 1999–"),
            ("–1999", "–1999"),
            ("c. –1999", "c. –1999"),
            ("2001-21", "Spring 2001"),
            ("-0043", "44 BC"),
            ("0000", "1 BC"),
            ("24 June 2025", "24 June 2025"),
            ("juin 2025", "June 2025"),
        ];
        for (text, expected) in cases {
            assert_eq!(Date::parse(text).map(|d| d.words()).as_deref(), Some(expected), "{text}");
        }
        for no in [
            "",
            "soon",
            "2025-13",
            "2025-06-32",
            "/",
            "99999999999",
            "-",
            "–",
            "c. –",
            "2025––",
            "2025 and more",
        ] {
            assert_eq!(Date::parse(no), None, "{no}");
        }
    }

    #[test]
    fn edtf_is_written_as_it_was_read() {
        for text in
            ["2025-06-24", "2020-01/2021", "1850~", "1999/..", "../1999", "2001-21", "-0043", "0987-02"]
        {
            assert_eq!(Date::edtf(text).map(|d| d.iso()).as_deref(), Some(text));
        }
    }

    #[test]
    fn csl_holds_every_form() {
        let cases = [
            ("2025-06-24", r#"{"date-parts":[[2025,6,24]]}"#),
            ("2020/2021-02", r#"{"date-parts":[[2020],[2021,2]]}"#),
            ("1850~", r#"{"circa":true,"date-parts":[[1850]]}"#),
            ("2001-22", r#"{"date-parts":[[2001]],"season":2}"#),
            ("1999/..", r#"{"raw":"1999/.."}"#),
        ];
        for (text, expected) in cases {
            assert_eq!(Date::edtf(text).map(|d| d.to_csl().to_string()).as_deref(), Some(expected));
        }
        assert_eq!(Date::literal("in press").to_csl().to_string(), r#"{"literal":"in press"}"#);
    }
}
