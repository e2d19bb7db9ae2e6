//! The TeX of a formula on one line: its comments gone, white space one space, as TeX reads it.

use crate::article::safe;

/// The TeX as it is kept.
pub fn one_line(tex: &str) -> String {
    let mut out = String::with_capacity(tex.len());
    let mut parted = false;
    for line in safe::text(tex).lines() {
        let (words, commented) = uncommented(line);
        for word in words.split_whitespace() {
            if parted && !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
            parted = true;
        }
        // A comment takes the end of its line away, and the spaces that begin the next one.
        parted = !commented || words.ends_with(char::is_whitespace);
    }
    // A space that was spoken of at the very end shows nothing.
    let slashes = out.len() - out.trim_end_matches('\\').len();
    if slashes % 2 == 1 {
        out.pop();
    }
    out.truncate(out.trim_end().len());
    out
}

/// A line up to its comment, and whether it has one.
fn uncommented(line: &str) -> (&str, bool) {
    let mut slashed = false;
    for (at, c) in line.char_indices() {
        match c {
            '%' if !slashed => return (&line[..at], true),
            '\\' => slashed = !slashed,
            _ => slashed = false,
        }
    }
    (line, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_comments_are_as_tex_reads_them() {
        let cases = [
            ("a+b", "a+b"),
            ("a\\\\\n  b", "a\\\\ b"),
            ("a%\n  b", "ab"),
            ("a %\nb", "a b"),
            ("50\\% of\nx % none", "50\\% of x"),
            (" x\\ ", "x"),
            ("x\\\\ ", "x\\\\"),
            ("\n\n", ""),
        ];
        for (tex, expected) in cases {
            assert_eq!(one_line(tex), expected, "{tex:?}");
            assert_eq!(one_line(expected), expected, "{tex:?}");
        }
    }
}
