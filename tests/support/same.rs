//! When two articles are the same: everything but where they came from, and what was noticed on the way.

use ibid::article::{Article, BlockId, Destination, Inline, InlineKind, Kind, LinkId};
use ibid::export::{bundle, inspect};
use ibid::import::{self, Source};
use serde_json::{Value, json};

/// What an article is, as far as it must come back: what `inspect` says of it, and every block with its text, its
/// marks and what it stands in.
pub fn essence(article: &Article) -> Value {
    let mut value = inspect::inspect(article);
    let fields = value.as_object_mut().unwrap();
    for field in ["source", "format", "complaints"] {
        fields.remove(field);
    }
    let blocks = (0..article.len()).map(|id| block(article, BlockId(id))).collect();
    fields.insert("blocks".to_owned(), Value::Array(blocks));
    value
}

/// The article that a bundle of this one opens as.
pub fn through_a_bundle(article: &Article) -> Article {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("again.textbundle");
    let mut files = bundle::files(article);
    files.push(("info.json".to_owned(), br#"{"version":2,"type":"net.daringfireball.markdown"}"#.to_vec()));
    import::bundle::write_folder(&path, &files).unwrap();
    import::read(Source::open(&path).unwrap()).unwrap()
}

/// The places where two values differ.
pub fn differences(a: &Value, b: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![(String::new(), a, b)];
    while let Some((path, a, b)) = open.pop() {
        match (a, b) {
            (Value::Object(x), Value::Object(y)) if x.keys().eq(y.keys()) => {
                open.extend(x.iter().map(|(k, v)| (format!("{path}/{k}"), v, &y[k])));
            }
            (Value::Array(x), Value::Array(y)) if x.len() == y.len() => {
                open.extend(x.iter().zip(y).enumerate().map(|(i, (v, w))| (format!("{path}/{i}"), v, w)));
            }
            // One block more or less: where it begins to differ says what it is.
            (Value::Array(x), Value::Array(y)) => {
                let at = x.iter().zip(y).take_while(|(v, w)| v == w).count();
                let at = at.min(x.len().max(y.len()) - 1);
                found.push(format!("{path} has {} | {}", x.len(), y.len()));
                let none = &Value::Null;
                found.push(difference(
                    &format!("{path}/{at}"),
                    x.get(at).unwrap_or(none),
                    y.get(at).unwrap_or(none),
                ));
            }
            _ if a == b => {}
            _ => found.push(difference(&path, a, b)),
        }
    }
    found.sort();
    found
}

fn difference(path: &str, a: &Value, b: &Value) -> String {
    let (a, b) = (a.to_string(), b.to_string());
    let from = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count().saturating_sub(60);
    let cut = |text: &str| text.chars().skip(from).take(240).collect::<String>();
    format!("{path}: {} | {}", cut(&a), cut(&b))
}

fn block(article: &Article, id: BlockId) -> Value {
    let block = article.block(id);
    let text = block.text.as_str();
    let marks: Vec<String> = block.text.inlines().iter().map(|inline| mark(article, inline)).collect();
    let (kind, more) = kind(article, &block.kind);
    json!({
        "kind": kind, "more": more, "text": text, "marks": marks,
        "nest": format!("{:?}", block.nest), "continued": block.continued,
    })
}

fn kind(article: &Article, kind: &Kind) -> (String, String) {
    match kind {
        Kind::Figure(figure) => {
            let image = link(article, figure.image);
            ("Figure".to_owned(), format!("{image} {:?} {:?}", figure.caption, figure.description))
        }
        Kind::Entry(id) => ("Entry".to_owned(), article.references[id.index()].id.to_string()),
        kind => {
            let all = format!("{kind:?}");
            let name = all.split(['(', '{']).next().unwrap_or("").to_owned();
            (name, all)
        }
    }
}

fn mark(article: &Article, inline: &Inline) -> String {
    let what = match inline.kind {
        InlineKind::Link(id) => format!("Link {} {}", link(article, id), leads_to(article, id)),
        InlineKind::Image(id) => format!("Image {}", link(article, id)),
        InlineKind::Math(id) => format!("Math {}", article.formulas[id.index()]),
        InlineKind::Marker(id) => {
            format!("{:?}", article.markers[id.index()].cites.iter().map(|c| &c.detail).collect::<Vec<_>>())
        }
        kind => format!("{kind:?}"),
    };
    format!("{}..{} {what}", inline.start, inline.end)
}

/// The place that a link within the article leads to.
fn leads_to(article: &Article, id: LinkId) -> String {
    match article.destination(id) {
        Destination::Place(place) => format!("{place:?}"),
        Destination::Missing(_) => "nowhere".to_owned(),
        Destination::Address(_) => String::new(),
    }
}

fn link(article: &Article, id: LinkId) -> &str {
    &article.links[id.index()]
}
