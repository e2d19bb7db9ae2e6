//! The dialects of notes, each in a page of a few lines: two markers, two notes, nothing that leads back in them.

use ibid::article::{BlockId, Target};

use super::measures::read_bytes;

/// A dialect: its name, what stands in the text for each note, what holds the notes, each note.
const DIALECTS: [(&str, [&str; 2], &str); 11] = [
    (
        "kramdown",
        [
            "<sup id='fnref:1'><a href='#fn:1' class='footnote'>1</a></sup>",
            "<sup id='fnref:2'><a href='#fn:2' class='footnote'>2</a></sup>",
        ],
        "<div class='footnotes'><ol><li id='fn:1'><p>First words. <a href='#fnref:1' class='reversefootnote'>&#8617;</a></p></li><li id='fn:2'><p>Second words. <a href='#fnref:2'>&#8617;</a></p></li></ol></div>",
    ),
    (
        "pandoc",
        [
            "<a href='#fn1' class='footnote-ref' id='fnref1' role='doc-noteref'><sup>1</sup></a>",
            "<a href='#fn2' class='footnote-ref' id='fnref2' role='doc-noteref'><sup>2</sup></a>",
        ],
        "<section class='footnotes' role='doc-endnotes'><hr><ol><li id='fn1'><p>First words.<a href='#fnref1' class='footnote-back' role='doc-backlink'>↩︎</a></p></li><li id='fn2'><p>Second words.<a href='#fnref2' role='doc-backlink'>↩︎</a></p></li></ol></section>",
    ),
    (
        "zola",
        [
            "<sup class='footnote-reference'><a href='#a'>1</a></sup>",
            "<sup class='footnote-reference'><a href='#b'>2</a></sup>",
        ],
        "<div class='footnote-definition' id='a'><sup class='footnote-definition-label'>1</sup><p>First words.</p></div><div class='footnote-definition' id='b'><sup class='footnote-definition-label'>2</sup><p>Second words.</p></div>",
    ),
    (
        "easy footnotes",
        [
            "<span id='easy-footnote-1-9' class='easy-footnote-margin-adjust'></span><span class='easy-footnote'><a href='#easy-footnote-bottom-1-9' title='First words.'><sup>1</sup></a></span>",
            "<span id='easy-footnote-2-9' class='easy-footnote-margin-adjust'></span><span class='easy-footnote'><a href='#easy-footnote-bottom-2-9' title='Second words.'><sup>2</sup></a></span>",
        ],
        "<div class='easy-footnote-title'><h4>Notes</h4></div><ol class='easy-footnotes-wrapper'><li class='easy-footnote-single'><span id='easy-footnote-bottom-1-9' class='easy-footnote-margin-adjust'></span>First words.<a class='easy-footnote-to-top' href='#easy-footnote-1-9'></a></li><li class='easy-footnote-single'><span id='easy-footnote-bottom-2-9' class='easy-footnote-margin-adjust'></span>Second words.<a class='easy-footnote-to-top' href='#easy-footnote-2-9'></a></li></ol>",
    ),
    (
        "Word",
        ["<a href='#_ftn1' name='_ftnref1'>[1]</a>", "<a href='//5F3/doc#_ftn2' name='_ftnref2'>[2]</a>"],
        "<hr><div id='ftn1'><p><a href='#_ftnref1' name='_ftn1'>[1]</a> First words.</p></div><div id='ftn2'><p><a href='//5F3/doc#_ftnref2' name='_ftn2'>[2]</a> Second words.</p></div>",
    ),
    (
        "Substack",
        [
            "<a class='footnote-anchor' id='footnote-anchor-1' href='#footnote-1'>1</a>",
            "<a class='footnote-anchor' id='footnote-anchor-2' href='#footnote-2'>2</a>",
        ],
        "<div class='footnote'><a id='footnote-1' href='#footnote-anchor-1' class='footnote-number'>1</a><div class='footnote-content'><p>First words.</p></div></div><div class='footnote'><a id='footnote-2' href='#footnote-anchor-2' class='footnote-number'>2</a><div class='footnote-content'><p>Second words.</p></div></div>",
    ),
    (
        "named anchors",
        [
            "<a name='FnAnchor_1' href='#Footnote_1'><sup>[1]</sup></a>",
            "<a name='FnAnchor_2' href='#Footnote_2'><sup>[2]</sup></a>",
        ],
        "<p><a name='Footnote_1' href='#FnAnchor_1'>[1]</a> First words.</p><p><a name='Footnote_2' href='#FnAnchor_2'>[2]</a> Second words.</p>",
    ),
    (
        "hidden aside",
        [
            "<span data-definition='x1'><a href='#'>*</a></span>",
            "<span data-definition='x2'><a href='#'>*</a></span>",
        ],
        "<aside id='x1' style='display:none'>First words.</aside><aside id='x2' style='display:none'>Second words.</aside>",
    ),
    (
        "names ahead of paragraphs",
        ["<sup><a href='#n1'>1</a></sup>", "<sup><a href='#n2'>2</a></sup>"],
        "<h3>Notes</h3><a name='n1'></a><p>1. First words.</p><a name='n2'></a><p>2. Second words.</p>",
    ),
    (
        "a table",
        ["<sup><a href='#t1'>1</a></sup>", "<sup><a href='#t2'>2</a></sup>"],
        "<h3>Notes</h3><table><tr id='t1'><td>1.</td><td>First words.</td></tr><tr id='t2'><td>2.</td><td>Second words.</td></tr></table>",
    ),
    (
        "loose signs",
        ["<sup>*</sup>", "<sup>†</sup>"],
        "<hr><p><sup>*</sup> First words.</p><p><sup>†</sup> Second words.</p>",
    ),
];

fn page((_, markers, notes): &(&str, [&str; 2], &str)) -> String {
    let filler =
        "and the sentence goes on for a while, as sentences do, with commas, clauses, and no end in sight";
    format!(
        "<html><title>T</title><body><article><p>Before one{}, {filler}.</p><p>Before two{}, {filler}.</p>{notes}</article>",
        markers[0], markers[1]
    )
}

#[test]
fn each_dialect_is_read() {
    for dialect in &DIALECTS {
        let name = dialect.0;
        let article = read_bytes("page.html", page(dialect).into_bytes());
        let text = |at: usize| {
            let blocks = article.notes.get(at).map(|note| note.blocks.clone()).unwrap_or_default();
            blocks
                .map(|b| article.block(BlockId(b)).text.as_str().trim().to_owned())
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!((text(0).as_str(), text(1).as_str()), ("First words.", "Second words."), "{name}");
        assert_eq!((article.notes.len(), article.markers.len()), (2, 2), "{name}");
        for (at, (marker, before)) in article.markers.iter().zip(["one", "two"]).enumerate() {
            let shown = article.block(marker.place.block).text.as_str();
            assert!(shown[..marker.place.byte as usize].ends_with(before), "{name}: {shown}");
            assert!(matches!(marker.cites[0].target, Target::Note(id) if id.index() == at), "{name}");
            assert_eq!(article.notes[at].mentions.len(), 1, "{name}");
        }
    }
}
