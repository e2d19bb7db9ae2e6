//! References as encyclopedias print them, and what their words say.

use proptest::prelude::*;

use super::*;

/// The fields as `name=value`, dates and names in a short form.
fn fields(text: &str) -> String {
    use crate::cite::csl::{date, names, text as field};
    let parsed = parse(text);
    let shown = parsed.csl.keys().map(|key| {
        let value = match key.as_str() {
            "issued" | "accessed" => date(&parsed.csl, key).map(|d| d.iso()).unwrap_or_default(),
            "author" | "editor" => {
                names(&parsed.csl, key).iter().map(crate::cite::Name::inverted).collect::<Vec<_>>().join("; ")
            }
            key => field(&parsed.csl, key).into_owned(),
        };
        format!("{key}={value}")
    });
    shown.collect::<Vec<_>>().join(" | ")
}

#[test]
fn references_are_understood() {
    let cases = [
        (
            "Doe, Jane E. (2025-06-24). \"Live: What 'they' said\". The Daily Paper. ISSN 0000-0000. Retrieved 2025-06-25.",
            "ISSN=0000-0000 | accessed=2025-06-25 | author=Doe, Jane E. | container-title=The Daily Paper | \
             issued=2025-06-24 | title=Live: What 'they' said | type=article-newspaper",
        ),
        (
            "\"A title\". www.paper.example. 2025-06-25. Retrieved 2025-06-26.",
            "accessed=2025-06-26 | container-title=www.paper.example | issued=2025-06-25 | title=A title | type=webpage",
        ),
        (
            "Doe, A.; Roe, B. (24 June 2025). \"T\". Agency. Parent Company. Archived from the original (PDF) on 3 May 2026.",
            "author=Doe, A.; Roe, B. | container-title=Agency | issued=2025-06-24 | publisher=Parent Company | title=T",
        ),
        (
            "\"Tittel – og mer\". www.paper.example (in Norwegian Bokmål). 2025-06-24. Retrieved 2025-06-26.",
            "accessed=2025-06-26 | container-title=www.paper.example | issued=2025-06-24 | language=nb | \
             title=Tittel – og mer | type=webpage",
        ),
        (
            "https://www.paper.example/a/b-c?. {{cite web}}: Missing or empty |title= (help)",
            "URL=https://www.paper.example/a/b-c | type=webpage",
        ),
        (
            "Doe, J. (1999). A Title. London: A Press. pp. 3–5. ISBN 978-0-00-000000-2.",
            "ISBN=978-0-00-000000-2 | author=Doe, J. | issued=1999 | page=3–5 | publisher=A Press | \
             publisher-place=London | title=A Title | type=book",
        ),
        (
            "Doe, J.; Roe, R. (March 2003). \"On X\" (PDF). Journal of Y. 13 (5): 448-453. doi:10.1000/s0000-9822(03)00128-3. PMID 12345678. S2CID 7654321.",
            "DOI=10.1000/s0000-9822(03)00128-3 | PMID=12345678 | author=Doe, J.; Roe, R. | container-title=Journal of Y | \
             issue=5 | issued=2003-03 | page=448–453 | title=On X | type=article-journal | volume=13",
        ),
        (
            "Doe, J., & Roe, R. (2020). On X and yaks. Journal of Z, 12(3), 45–67. https://doi.org/10.1000/182",
            "DOI=10.1000/182 | author=Doe, J.; Roe, R. | container-title=Journal of Z | issue=3 | issued=2020 | \
             page=45–67 | title=On X and yaks | type=article-journal | volume=12",
        ),
        (
            "Doe, O.; Roe, E. (2000). \"A chapter\". In Poe, D. C.; Moe, P. (eds.). The book: its life (2nd ed.). Cambridge: A University Press. pp. 119–147. ISBN 9780000000002.",
            "ISBN=9780000000002 | author=Doe, O.; Roe, E. | container-title=The book: its life | edition=2 | \
             editor=Poe, D. C.; Moe, P. | issued=2000 | page=119–147 | publisher=A University Press | \
             publisher-place=Cambridge | title=A chapter | type=chapter",
        ),
        (
            "Doe, Jake. \"They Talk While Ann Waits\", A News (November 7, 2009). Retrieved November 9, 2009.",
            "accessed=2009-11-09 | author=Doe, Jake | container-title=A News | issued=2009-11-07 | \
             title=They Talk While Ann Waits | type=webpage",
        ),
        (
            "Doe, Anna (2012-03-21). \"Is it?\" Magazine. Retrieved March 23, 2012. And then there is a sentence of prose.",
            "accessed=2012-03-23 | author=Doe, Anna | container-title=Magazine | issued=2012-03-21 | title=Is it? | type=webpage",
        ),
        (
            "Maria Muster: Ein Titel: mit Untertitel. In: Die Zeitung. 5. Mai 2010, abgerufen am 3. Juni 2012.",
            "accessed=2012-06-03 | author=Maria Muster | container-title=Die Zeitung | issued=2010-05-05 | \
             title=Ein Titel: mit Untertitel | type=webpage",
        ),
        ("Doe & Roe (2005), pp. 33–34.", "author=Doe; Roe | issued=2005 | page=33–34"),
        ("Doe 2006, p. 69.", "author=Doe | issued=2006 | page=69"),
        (
            "Doe, Ann (2019a). Music: A History. An Encyclopaedia. Retrieved 15 February 2011.",
            "accessed=2011-02-15 | author=Doe, Ann | container-title=An Encyclopaedia | issued=2019 | \
             title=Music: A History | type=webpage",
        ),
        (
            "\"Proclamation\". The Gazette. No. 123. 1 May 1907. p. 45.",
            "container-title=The Gazette | issue=123 | issued=1907-05-01 | page=45 | title=Proclamation",
        ),
        (
            "Doe JW, Roe D (1996). \"On food\". Biochem. A Physiol. 114 (3): 205–9. doi:10.1000/0000-9629(95)02133-7.",
            "DOI=10.1000/0000-9629(95)02133-7 | author=Doe, JW; Roe, D | container-title=Biochem. A Physiol | issue=3 | issued=1996 | \
             page=205–9 | title=On food | type=article-journal | volume=114",
        ),
        (
            "Doe, J. \"How\" Archived October 3, 2009, at the Wayback Machine, News Report (May 14, 1973). Retrieved January 29, 2008.",
            "accessed=2008-01-29 | author=Doe, J. | container-title=News Report | issued=1973-05-14 | title=How | type=webpage",
        ),
        (
            "Doe, Merja (December 2016). A Report 2016 (PDF) (Report). A University. pp.\u{a0}4–29. Retrieved 11 August 2017.",
            "accessed=2017-08-11 | author=Doe, Merja | genre=Report | issued=2016-12 | page=4–29 | publisher=A University | \
             title=A Report 2016 | type=report",
        ),
        (
            "Doe, R. P.; Roe, G. (2007). A Fate. Crossroads Series. XYZ-Press. p.\u{a0}238. ISBN 978-0-00-000000-2.",
            "ISBN=978-0-00-000000-2 | author=Doe, R. P.; Roe, G. | collection-title=Crossroads Series | issued=2007 | \
             page=238 | publisher=XYZ-Press | title=A Fate | type=book",
        ),
        (
            "Doe, A. (1966). On skill: A study. Genetic Monographs, 74, 127–62.",
            "author=Doe, A. | container-title=Genetic Monographs | issued=1966 | page=127–62 | title=On skill: A study | \
             type=article-journal | volume=74",
        ),
        (
            "“T”. A University Press (2004年). ISBN 0-00-000000-0 2013年3月26日閲覧。",
            "ISBN=0-00-000000-0 | accessed=2013-03-26 | container-title=A University Press | issued=2004 | title=T | \
             type=chapter",
        ),
        (
            "Doe, A. (1904). \"The Cat\". Proceedings. II: 162–163.",
            "author=Doe, A. | container-title=Proceedings | issued=1904 | page=162–163 | title=The Cat",
        ),
        (
            "Doe (2003). A Title. Puffin. ISBN 0-00-000000-0. Extract",
            "ISBN=0-00-000000-0 | author=Doe | issued=2003 | publisher=Puffin | title=A Title | type=book",
        ),
        (
            "Doe (2003). A Title. ISBN 0-00-000000-0. Extract",
            "ISBN=0-00-000000-0 | author=Doe | issued=2003 | title=A Title | type=book",
        ),
        (
            "Doe (1909). Ein Titel. Vol. 3. Leipzig: Muster. p. 75.",
            "author=Doe | issued=1909 | page=75 | publisher=Muster | publisher-place=Leipzig | title=Ein Titel | type=book | volume=3",
        ),
        ("Doe, L. (1980), The Language, London.", "author=Doe, L. | issued=1980 | title=The Language"),
        ("\"Rise And Sing\" is a song that is sung at weddings.", ""),
        ("The old town is the \"pearl\" of the coast, because it is white.", ""),
        ("The rule of nines is set aside (2010) in such a case.", ""),
        ("", ""),
    ];
    for (text, expected) in cases {
        assert_eq!(fields(text), expected, "{text}");
    }
}

#[test]
fn marks_stand_on_title_container_and_addresses() {
    let text = "Doe, J. \"A 'T'\". The Site. doi:10.1000/x. https://a.example/b.";
    let parsed = parse(text);
    let marked: Vec<(&str, &Mark)> =
        parsed.marks.iter().map(|(range, mark)| (&text[range.clone()], mark)).collect();
    let doi = Mark::Link("https://doi.org/10.1000/x".into());
    let url = Mark::Link("https://a.example/b".into());
    let expected = [
        ("\"A 'T'\"", &Mark::Strong),
        ("The Site", &Mark::Emphasis),
        ("doi:10.1000/x", &doi),
        ("https://a.example/b", &url),
    ];
    assert_eq!(marked, expected);
}

proptest! {
    #[test]
    fn any_words_are_read(text in r#"(\PC|[."“”(),:;&0-9 ]|Doe, J\. |\(2010\)|\. |In |http://|doi:10\.|pp\. |ISBN |Retrieved |12 \(3\): 4|"a"|\u{1}|é){0,40}"#) {
        let parsed = parse(&text);
        for (range, _) in parsed.marks {
            prop_assert!(text.get(range.clone()).is_some_and(|marked| !marked.is_empty()), "{range:?}");
        }
    }
}
