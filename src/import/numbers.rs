//! Labels that hold several numbers: `3–7`, `3, 5, 9`, `1, 4-6`.

use std::ops::RangeInclusive;

use crate::article::{is_dash, limits};

/// The numbers from the first to the last of `3–7`; white space around the dash is let be.
pub fn range(part: &str) -> Option<RangeInclusive<u32>> {
    let (first, last) = part.split_once(is_dash)?;
    let (first, last) = (number(first)?, number(last)?);
    (first < last && last - first <= limits::RANGE.most as u32).then_some(first..=last)
}

/// The numbers of a label that holds more than one, in ascending order; none for any other.
pub fn list(label: &str) -> Option<Vec<u32>> {
    let mut numbers: Vec<u32> = Vec::new();
    for part in label.split([',', ';']) {
        match number(part) {
            Some(one) => numbers.push(one),
            None => numbers.extend(range(part)?),
        }
    }
    (numbers.len() > 1 && numbers.is_sorted_by(|a, b| a < b)).then_some(numbers)
}

fn number(digits: &str) -> Option<u32> {
    let digits = digits.trim();
    let plain = (1..=5).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|n| plain && *n > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_several_numbers_ascend() {
        let cases: [(&str, &[u32]); 10] = [
            ("3–5", &[3, 4, 5]),
            ("3-5", &[3, 4, 5]),
            ("3, 5,9", &[3, 5, 9]),
            ("1; 4−6", &[1, 4, 5, 6]),
            ("3", &[]),
            ("5–3", &[]),
            ("3, 3", &[]),
            ("0, 1", &[]),
            ("1–9999", &[]),
            ("3, x", &[]),
        ];
        for (label, expected) in cases {
            assert_eq!(list(label).unwrap_or_default(), expected, "{label}");
        }
    }
}
