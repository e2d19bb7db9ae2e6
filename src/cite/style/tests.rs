//! Styles as wholes: a file of the user’s, what is refused, and lists in which nothing is lost.

use super::*;

fn csl(json: &str) -> Csl {
    serde_json::from_str(json).unwrap()
}

const STYLE: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text" default-locale="de-DE">
  <info><title>A <!-- small --> style</title><id>small</id><updated>2025-01-01T00:00:00+00:00</updated></info>
  <citation><layout><text variable="citation-number"/></layout></citation>
  <bibliography>
    <sort><key variable="title"/></sort>
    <layout suffix=".">
      <group delimiter=", ">
        <names variable="author"><label form="short" prefix=" "/></names>
        <text variable="title" font-weight="bold"/>
        <date variable="issued" form="text"/>
        <text value="&#x1b;[31m"/>
      </group>
    </layout>
  </bibliography>
</style>"#;

#[test]
fn a_file_of_the_users_is_a_style() {
    let style = Style::from_csl(STYLE).unwrap();
    let works = [
        csl(
            r#"{"type":"book","title":"Zwei","author":[{"family":"Doe","given":"J."}],"issued":{"date-parts":[[2020,3,1]]}}"#,
        ),
        csl(r#"{"type":"book","title":"Eins","issued":{"date-parts":[[2021],[2022]]}}"#),
    ];
    let list = style.list(&works.iter().collect::<Vec<_>>());
    let texts: Vec<&str> = list.iter().map(|entry| entry.text.as_str()).collect();
    assert_eq!(texts, ["Eins, 2021–2022, ␛[31m.", "J. Doe, Zwei, 1. März 2020, ␛[31m."]);
    assert_eq!(list[0].text.marks(), [(0..4, crate::article::Mark::Strong)]);
    assert_eq!(style.format(&works[1]).as_str(), texts[0]);
    // It has chosen its own language.
    let style = Style::from_csl(STYLE).unwrap().in_language("en");
    assert_eq!(style.format(&works[0]).as_str(), texts[1]);
}

#[test]
fn what_is_no_style_says_why() {
    let refused = |text: &str| Style::from_csl(text).err().map(|fault| fault.to_string()).unwrap_or_default();
    for (text, start) in [
        ("", "not a CSL style: "),
        ("{}", "not a CSL style: "),
        ("<style>", "not a CSL style: "),
        (&STYLE[..500], "not a CSL style: "),
        (&STYLE.replace("<group", &"<group>".repeat(60)), "a citation style nested too deep"),
        (&" ".repeat(2 << 20), "a citation style larger than 1 MiB"),
    ] {
        let said = refused(text);
        assert!(said.starts_with(start) && said.len() < 260 && !said.contains('\n'), "{said}");
    }
    let dependent = |parent: &str| {
        format!(
            r#"<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" default-locale="fr-FR"><info><title>t</title>
            <id>i</id><link href="{parent}" rel="independent-parent"/><updated>2025-01-01T00:00:00+00:00</updated></info></style>"#
        )
    };
    let said = refused(&dependent("http://www.zotero.org/styles/nothing"));
    assert!(said.starts_with("points to the style http://www.zotero.org/styles/nothing"), "{said}");
    let french = Style::from_csl(&dependent("http://www.zotero.org/styles/apa")).unwrap();
    let work = csl(r#"{"type":"webpage","title":"T","issued":{"date-parts":[[2020,3,1]]}}"#);
    assert_eq!(french.format(&work).as_str(), "T. (2020, mars 1).");
    assert_eq!(Style::named("nope").err(), Some(Fault::Unknown("nope".into())));
}

#[test]
fn works_of_one_author_and_year_are_told_apart() {
    let apa = Style::named("apa").unwrap();
    let work = |title: &str, date: &str| {
        csl(&format!(r#"{{"type":"book","title":"{title}","author":[{{"family":"Doe"}}],"issued":{date}}}"#))
    };
    let year = r#"{"date-parts":[[2020]]}"#;
    let press = r#"{"literal":"in press"}"#;
    let works = [work("B", year), work("A", year), work("B", press), work("A", press)];
    let list = apa.list(&works.iter().collect::<Vec<_>>());
    let texts: Vec<&str> = list.iter().map(|entry| entry.text.as_str()).collect();
    assert_eq!(
        texts,
        ["Doe. (2020a). A.", "Doe. (2020b). B.", "Doe. (in press-a). A.", "Doe. (in press-b). B."]
    );
    assert_eq!(list.iter().map(|entry| entry.at).collect::<Vec<_>>(), [1, 0, 3, 2]);
}

#[test]
fn two_that_are_the_same_are_two() {
    let ieee = Style::named("ieee").unwrap();
    let work = csl(r#"{"type":"book","title":"A","author":[{"family":"Doe"}]}"#);
    let empty = Csl::new();
    let list = ieee.list(&[&work, &work, &empty]);
    let got: Vec<(&str, &str, bool)> =
        list.iter().map(|entry| (entry.number.as_str(), entry.text.as_str(), entry.styled)).collect();
    assert_eq!(got, [("[1]", "Doe, A.", true), ("[2]", "Doe, A.", true), ("[3]", "Untitled.", false)]);
}

#[test]
fn a_long_list_keeps_every_reference_and_its_number() {
    let works: Vec<Csl> = (0..510)
        .map(|n| {
            csl(&format!(r#"{{"type":"book","title":"T{:03}","author":[{{"family":"Doe"}}]}}"#, 509 - n))
        })
        .collect();
    let works: Vec<&Csl> = works.iter().collect();
    let ieee = Style::named("ieee").unwrap().list(&works);
    assert_eq!((ieee.len(), ieee[509].number.as_str(), ieee[509].at), (510, "[510]", 509));
    let apa = Style::named("apa").unwrap().list(&works);
    assert_eq!((apa.len(), apa[0].at, apa[509].at), (510, 509, 0));
}
