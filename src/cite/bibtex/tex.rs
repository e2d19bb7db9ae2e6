//! TeX in values: accents, signs and commands become Unicode and CSL markup.

use biblatex::{Bibliography, Chunk, Chunks, Field, Pair, RawBibliography, RawChunk, RawEntry, Spanned};

/// Noncharacters that stand for `\`, `{` and `}` as signs while commands are being resolved.
pub(super) const BACKSLASH: char = '\u{fdd0}';
pub(super) const OPEN: char = '\u{fdd1}';
pub(super) const CLOSE: char = '\u{fdd2}';

/// Braces nest at most this deep in what is given to the parser, which recurses over them.
const DEPTH: usize = 40;

/// The text of a value. Emphasis and the like become CSL markup; white space is one space.
pub fn decode(tex: &str) -> String {
    if !tex.contains(['\\', '{', '}', '$', '~', '`', '\'', '-', '<', '&']) {
        return squeeze(tex);
    }
    let mut out = String::with_capacity(tex.len());
    for part in portions(tex) {
        match chunks(part) {
            Some(chunks) => chunks.iter().for_each(|chunk| push_chunk(&mut out, &chunk.v)),
            None => out.push_str(&prepare(part).replace(['{', '}'], "")),
        }
    }
    squeeze(&commands(&out))
}

/// The chunks of a value, in which it is still seen what stood in braces. `None` where it is not well-formed.
pub fn chunks(tex: &str) -> Option<Chunks> {
    if depth(tex) > DEPTH {
        return None;
    }
    let tex = prepare(tex);
    let value: Field<'_> = vec![Spanned::zero(RawChunk::Normal(&tex))];
    let field = Pair::new(Spanned::zero("t"), Spanned::zero(value));
    let entry = RawEntry { key: Spanned::zero("k"), kind: Spanned::zero("misc"), fields: vec![field] };
    let raw = RawBibliography {
        preamble: String::new(),
        entries: vec![Spanned::zero(entry)],
        abbreviations: Vec::new(),
    };
    let entry = Bibliography::from_raw(raw).ok()?.into_vec().pop()?;
    entry.fields.into_values().next()
}

/// Resolves what commands the parser left in a string it made.
pub fn finish(text: &str) -> String {
    squeeze(&commands(text))
}

fn depth(tex: &str) -> usize {
    let (mut now, mut most) = (0_usize, 0);
    for byte in tex.bytes() {
        match byte {
            b'{' => now += 1,
            b'}' => now = now.saturating_sub(1),
            _ => {}
        }
        most = most.max(now);
    }
    most
}

/// Cuts a long value at spaces outside braces and formulas: the parser's time grows with the square of the braces.
fn portions(tex: &str) -> Vec<&str> {
    const BRACES: usize = 64;
    let (mut out, mut from) = (Vec::new(), 0);
    let (mut depth, mut braces, mut math, mut word) = (0_usize, 0, false, 0);
    for (at, byte) in tex.bytes().enumerate() {
        match byte {
            b'{' => (depth, braces) = (depth + 1, braces + 1),
            b'}' => depth = depth.saturating_sub(1),
            b'$' if !tex[..at].ends_with('\\') => (math, braces) = (!math, braces + 1),
            b' ' | b'\n' => {
                let command = tex[word..at].contains('\\');
                if braces > BRACES && depth == 0 && !math && !command {
                    out.push(&tex[from..at]);
                    (from, braces) = (at, 0);
                }
                word = at;
            }
            _ => {}
        }
    }
    out.push(&tex[from..]);
    out
}

/// Resolves what the parser does not know: ties, TeX quotes, line breaks and spaces; and hides braces that are signs.
fn prepare(tex: &str) -> String {
    let mut out = String::with_capacity(tex.len());
    let mut rest = tex;
    while let Some(c) = rest.chars().next() {
        let (length, replacement): (usize, &str) = match c {
            BACKSLASH | OPEN | CLOSE => (c.len_utf8(), ""),
            '\\' => match escape(rest) {
                Some(found) => found,
                None => {
                    // The sign after a backslash belongs to it: `\~` and `\'` are accents.
                    let next = rest[1..].chars().next().map_or(0, char::len_utf8);
                    out.push_str(&rest[..=next]);
                    rest = &rest[1 + next..];
                    continue;
                }
            },
            '~' => (1, " "),
            '`' if rest.starts_with("``") => (2, "“"),
            '`' => (1, "‘"),
            '\'' if rest.starts_with("''") => (2, "”"),
            c => {
                out.push(c);
                rest = &rest[c.len_utf8()..];
                continue;
            }
        };
        out.push_str(replacement);
        rest = &rest[length..];
    }
    out
}

fn escape(tex: &str) -> Option<(usize, &'static str)> {
    const ESCAPES: [(&str, &str); 10] = [
        ("\\textbackslash{}", "\u{fdd0}"),
        ("\\textbackslash ", "\u{fdd0}"),
        ("\\textbackslash", "\u{fdd0}"),
        ("\\{", "\u{fdd1}"),
        ("\\}", "\u{fdd2}"),
        ("\\\\", " "),
        ("\\ ", " "),
        ("\\,", " "),
        ("\\/", ""),
        ("\\o{}", "ø"),
    ];
    let (tex, text) = ESCAPES.into_iter().find(|(from, _)| tex.starts_with(from))?;
    Some((tex.len(), text))
}

fn push_chunk(out: &mut String, chunk: &Chunk) {
    match chunk {
        Chunk::Normal(text) | Chunk::Verbatim(text) => out.push_str(text),

        Chunk::Math(tex) => {
            if let Some(markup) = raised(tex) {
                return out.push_str(&markup);
            }
            out.push('$');
            out.extend(tex.chars().map(|c| match c {
                '\\' => BACKSLASH,
                '{' => OPEN,
                '}' => CLOSE,
                c => c,
            }));
            out.push('$');
        }
    }
}

/// `_2` and `^{2+}` alone are no formula, but letters that stand lower or higher.
fn raised(tex: &str) -> Option<String> {
    let tex = tex.trim();
    let inner = tex.get(1..)?;
    let inner = inner.strip_prefix('{').and_then(|i| i.strip_suffix('}')).unwrap_or(inner);
    let plain = !inner.is_empty() && !inner.contains(['\\', '{', '}', '_', '^', '$']);
    match tex.as_bytes().first().filter(|_| plain)? {
        b'_' => Some(format!("<sub>{inner}</sub>")),
        b'^' => Some(format!("<sup>{inner}</sup>")),
        _ => None,
    }
}

/// Resolves commands that are left, and gives the hidden signs back. Braces that are left are arguments'.
fn commands(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut closers: Vec<&str> = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let mut length = c.len_utf8();
        match c {
            '\\' => {
                let name = &rest[1..];
                let end = name.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(name.len());
                let (name, after) = name.split_at(end);
                length = 1 + end;
                if after.starts_with('{') {
                    let (opener, closer) = command(name);
                    out.push_str(opener);
                    closers.push(closer);
                    length += 1;
                } else {
                    out.push_str(symbol(name));
                    length += usize::from(!name.is_empty() && after.starts_with(' '));
                }
            }
            '{' => closers.push(""),
            '}' => out.push_str(closers.pop().unwrap_or("")),
            BACKSLASH => out.push('\\'),
            OPEN => out.push('{'),
            CLOSE => out.push('}'),
            c => out.push(c),
        }
        rest = &rest[length..];
    }
    closers.iter().rev().for_each(|closer| out.push_str(closer));
    out
}

/// What a command with an argument puts around it. An unknown one puts nothing.
fn command(name: &str) -> (&'static str, &'static str) {
    match name {
        "emph" | "textit" | "textsl" | "mkbibemph" | "mkbibitalic" => ("<i>", "</i>"),
        "textbf" | "mkbibbold" => ("<b>", "</b>"),
        "textsuperscript" | "mkbibsuperscript" => ("<sup>", "</sup>"),
        "textsubscript" | "mkbibsubscript" => ("<sub>", "</sub>"),
        "textsc" => (SMALL_CAPS, "</span>"),
        "enquote" | "mkbibquote" => ("“", "”"),
        "mkbibparens" => ("(", ")"),
        _ => ("", ""),
    }
}

const SMALL_CAPS: &str = "<span style=\"font-variant:small-caps;\">";

/// Signs that have a name. Other commands without an argument (`\sc`, `\relax`) show nothing.
fn symbol(name: &str) -> &'static str {
    match name {
        "ldots" | "textellipsis" => "…",
        "euro" | "texteuro" => "€",
        "textdegree" => "°",
        "textpm" => "±",
        "texttimes" | "times" => "×",
        "textmu" => "µ",
        "langle" => "⟨",
        "rangle" => "⟩",
        "slash" => "/",
        "textcopyright" => "©",
        "j" => "ȷ",
        "today" => "\\today",
        _ => "",
    }
}

/// White space becomes one space; the parser keeps no ties either.
fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if c.is_whitespace() => {
                if !out.ends_with(' ') && !out.is_empty() {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The value of a field in which TeX has no meaning (`url`, `doi`): only escapes that programs add are taken out.
pub fn verbatim(tex: &str) -> String {
    let mut text = tex.trim();
    loop {
        let inner = text.strip_prefix("\\url").unwrap_or(text).trim_start();
        match inner.strip_prefix('{').and_then(|inner| inner.strip_suffix('}')) {
            Some(inner) => text = inner.trim(),
            None => break,
        }
    }
    let mut out = String::with_capacity(text.len());
    let mut rest =
        text.replace("{\\_}", "_").replace("{\\textasciitilde}", "~").replace("\\textasciitilde", "~");
    rest.retain(|c| !c.is_whitespace());
    let mut signs = rest.chars().peekable();
    while let Some(c) = signs.next() {
        let escapes = c == '\\' && signs.peek().is_some_and(|c| "\\_%#&~{}$:^".contains(*c));
        out.extend(if escapes { signs.next() } else { Some(c) });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tex_becomes_text() {
        let cases = [
            ("plain  \n text", "plain text"),
            (r#"Zo{\"e}s' Abend"#, "Zoës' Abend"),
            (r"Ren\'e \'{\i} \~n \c{c} \v{s} \ss{} \o{} \AA", "René í ñ ç š ß ø Å"),
            ("Braces {inside {of} braces {too}} here", "Braces inside of braces too here"),
            ("``quoted'' -- and --- `so'", "“quoted” – and — ‘so'"),
            (r"\emph{De \textbf{rerum}} {\sc Natura} \unknown{x}", "<i>De <b>rerum</b></i> Natura x"),
            (r#"\mkbibquote{{\"U}ber die}"#, "“Über die”"),
            (r"A~B, 5\,m, 10\% \& \$5 \_ \#", "A B, 5 m, 10% & $5 _ #"),
            (r"\textbackslash{}emph\{x\} \{", r"\emph{x} {"),
            (r"$\alpha^{2}$ rays", r"$\alpha^{2}$ rays"),
            (r"Cu$_2$O, mm$^{2}$", "Cu<sub>2</sub>O, mm<sup>2</sup>"),
            (r"{The {\TeX}book}", "The TeXbook"),
            (r"unbalanced { brace $", "unbalanced brace $"),
            ("trailing \\", "trailing"),
            (r"line\\break", "line break"),
        ];
        for (tex, expected) in cases {
            assert_eq!(decode(tex), expected, "{tex}");
        }
    }

    #[test]
    fn addresses_are_taken_as_they_are() {
        let cases = [
            (r"{https://a.example/b\_c%20d}", "https://a.example/b_c%20d"),
            (r"\url{https://a.example/~x}", "https://a.example/~x"),
            (r"10.1002/(SICI)1000\&x{\_}y", "10.1002/(SICI)1000&x_y"),
        ];
        for (tex, expected) in cases {
            assert_eq!(verbatim(tex), expected, "{tex}");
        }
    }

    #[test]
    fn hostile_values_end() {
        let deep = "\\a{".repeat(100_000);
        assert!(decode(&deep).len() < deep.len());
        let wide = "{a} ".repeat(100_000);
        assert_eq!(decode(&wide).len(), 199_999);
        assert!(decode(&"{}".repeat(20_000)).is_empty());
    }
}
