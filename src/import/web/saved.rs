//! What tools that save pages leave in them: the address a page came from, and shadow trees written out.

/// The address in the comment of a browser or of SingleFile, near the beginning of a page.
pub fn address(html: &str) -> Option<String> {
    let head = &html[..html.floor_char_boundary(HEAD)];
    if let Some((_, rest)) = head.split_once("<!-- saved from url=") {
        let rest = rest.split_once(')').map_or(rest, |(_, rest)| rest);
        return web(rest);
    }
    let at = head.find("Page saved with SingleFile")?;
    let line = head[at..].lines().find_map(|line| line.trim().strip_prefix("url:"))?;
    web(line)
}

/// How far from its beginning a page may say so.
const HEAD: usize = 8 << 10;

fn web(text: &str) -> Option<String> {
    let address = text.split_whitespace().next()?;
    (address.starts_with("http://") || address.starts_with("https://")).then(|| address.to_owned())
}

/// Shadow trees that are written out become plain elements: what they hold is what the page shows.
pub fn unfolded(html: String) -> String {
    if !html.contains("<template shadowroot") {
        return html;
    }
    let mut out = String::with_capacity(html.len());
    let (mut rest, mut open) = (&*html, 0_usize);
    // One look for both: where one never comes, looking for it again and again takes long.
    let mut from = 0;
    while let Some(name) = rest[from..].find("template").map(|name| from + name) {
        let Some(at) = [1, 2].iter().filter_map(|n| name.checked_sub(*n)).find(|at| {
            rest.get(*at..).is_some_and(|r| r.starts_with("<template") || r.starts_with("</template>"))
        }) else {
            from = name + 1;
            continue;
        };
        out.push_str(&rest[..at]);
        (rest, from) = (&rest[at..], 0);
        if let Some(after) = rest.strip_prefix("<template shadowroot") {
            out.push_str("<div data-shadowroot");
            (rest, open) = (after, open + 1);
        } else if let Some(after) = rest.strip_prefix("</template>").filter(|_| open > 0) {
            out.push_str("</div>");
            (rest, open) = (after, open - 1);
        } else {
            let end = rest.find('>').map_or(rest.len(), |end| end + 1);
            out.push_str(&rest[..end]);
            rest = &rest[end..];
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn saved_pages_say_where_they_are_from() {
        let cases = [
            ("<!-- saved from url=(0019)https://a.example/b -->\n<html>", Some("https://a.example/b")),
            (
                "<html><!--\n Page saved with SingleFile \n url: https://a.example/c \n saved date: x\n-->",
                Some("https://a.example/c"),
            ),
            ("<!-- saved from url=(0016)file:///a/x -->", None),
            ("<p>saved", None),
        ];
        for (html, expected) in cases {
            assert_eq!(address(html).as_deref(), expected, "{html}");
        }
    }

    #[test]
    fn shadow_trees_unfold() {
        let html = "<x><template shadowrootmode=open><p>a</template></x><template>b</template>";
        assert_eq!(
            unfolded(html.to_owned()),
            "<x><div data-shadowrootmode=open><p>a</div></x><template>b</template>"
        );
    }
}
