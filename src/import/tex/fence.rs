//! Delimiters as tall as what they hold.

use super::canvas::Canvas;
use super::parse::Parsed;

/// The pieces of a tall delimiter: top, middle (where it has one), bottom, and what goes between.
struct Pieces {
    top: char,
    middle: Option<char>,
    bottom: char,
    fill: char,
}

/// Draws delimiters around a body. What has no tall form stands on the line as it is.
pub fn around(open: &str, mut body: Canvas, close: &str) -> Parsed<Canvas> {
    if (open == "{" || close == "}") && body.height() == 2 {
        body.split_after(0);
        body.base = 1;
    }
    let mut canvas = Canvas::default();
    for (delimiter, left) in [(open, true), (close, false)] {
        if !delimiter.is_empty() {
            let drawn = tall(delimiter, body.height(), body.base);
            canvas.put_beside(&drawn, 0)?;
        }
        if left {
            canvas.put_beside(&body, 0)?;
        }
    }
    Ok(canvas)
}

/// A delimiter of this height.
fn tall(delimiter: &str, height: usize, base: usize) -> Canvas {
    let Some(pieces) = pieces(delimiter).filter(|_| height > 1) else {
        return Canvas::line(delimiter);
    };
    let rows = (0..height).map(|row| {
        let c = match row {
            0 => pieces.top,
            row if row + 1 == height => pieces.bottom,
            row if row == base || (row == height / 2 && (base == 0 || base + 1 == height)) => {
                pieces.middle.unwrap_or(pieces.fill)
            }
            _ => pieces.fill,
        };
        c.to_string()
    });
    Canvas::column(rows.collect(), base)
}

fn pieces(delimiter: &str) -> Option<Pieces> {
    let (top, middle, bottom, fill) = match delimiter {
        "(" => ('⎛', None, '⎝', '⎜'),
        ")" => ('⎞', None, '⎠', '⎟'),
        "[" => ('⎡', None, '⎣', '⎢'),
        "]" => ('⎤', None, '⎦', '⎥'),
        "⌊" => ('⎢', None, '⎣', '⎢'),
        "⌋" => ('⎥', None, '⎦', '⎥'),
        "⌈" => ('⎡', None, '⎢', '⎢'),
        "⌉" => ('⎤', None, '⎥', '⎥'),
        "{" => ('⎧', Some('⎨'), '⎩', '⎪'),
        "}" => ('⎫', Some('⎬'), '⎭', '⎪'),
        "|" => ('│', None, '│', '│'),
        "‖" => ('║', None, '║', '║'),
        _ => return None,
    };
    Some(Pieces { top, middle, bottom, fill })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters_are_as_tall_as_their_body() {
        let column = |n: usize| Canvas::column(vec!["x".into(); n], n / 2);
        for (open, height, close, expected) in [
            ("(", 1, ")", "(x)"),
            ("(", 3, ")", "⎛x⎞\n⎜x⎟\n⎝x⎠"),
            ("{", 2, "", "⎧x\n⎨ \n⎩x"),
            ("{", 5, "}", "⎧x⎫\n⎪x⎪\n⎨x⎬\n⎪x⎪\n⎩x⎭"),
            ("⟨", 3, "|", " x│\n⟨x│\n x│"),
        ] {
            let drawn = around(open, column(height), close).unwrap();
            assert_eq!(drawn.into_rows().join("\n"), expected);
        }
    }
}
