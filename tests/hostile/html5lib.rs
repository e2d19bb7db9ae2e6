//! The tokenizer's tests of html5lib: every input is a page, and characters that are only characters are the article.

use std::path::PathBuf;

use ibid::article::{Builder, Draft, Kind};
use serde_json::Value;

use super::reading::{by_all, is_safe, plainly, shared};

fn files(folder: &str) -> Vec<PathBuf> {
    let Some(place) = shared(&format!("corpus/evil/html5lib-tests/{folder}")) else { return Vec::new() };
    let paths = std::fs::read_dir(place).unwrap().map(|e| e.unwrap().path());
    let mut paths: Vec<_> = paths.filter(|p| p.is_file()).collect();
    paths.sort();
    paths
}

/// A string in which `\uXXXX` was written out once more; `None` for what is no text.
fn plain(test: &Value, text: &str) -> Option<String> {
    if !test["doubleEscaped"].as_bool().unwrap_or(false) {
        return Some(text.to_owned());
    }
    serde_json::from_str(&format!("\"{}\"", text.replace('"', "\\\""))).ok()
}

/// A page whose tokenizer is in the state that a test begins in, when it comes to the test's input.
fn page(test: &Value, state: &str, input: &str) -> String {
    let tag = test["lastStartTag"].as_str().unwrap_or("xmp");
    match state {
        "Data state" => input.to_owned(),
        "CDATA section state" => format!("<svg><![CDATA[{input}"),
        _ => format!("<{tag}>{input}"),
    }
}

/// The characters of a test that begins in the data state and gives nothing else.
fn characters(test: &Value) -> Option<String> {
    let tokens = test["output"].as_array()?;
    let words = tokens.iter().map(|token| match (&token[0], &token[1]) {
        (Value::String(kind), Value::String(text)) if kind == "Character" => plain(test, text),
        _ => None,
    });
    words.collect()
}

/// The text of an article with one paragraph that holds these characters.
fn paragraph(text: &str) -> String {
    // The tree has no nulls, and white space collapses as in a browser.
    let text: String = text.chars().filter(|c| *c != '\0').collect();
    let words: Vec<&str> = text.split([' ', '\t', '\n', '\r', '\u{c}']).filter(|w| !w.is_empty()).collect();
    let mut builder = Builder::new("test");
    builder.block(Kind::Paragraph, Draft::of(&words.join(" ")), vec![]);
    builder.finish().blocks.iter().map(|b| b.text.as_str().trim_end().to_owned()).collect()
}

#[test]
fn every_input_is_read_and_its_characters_survive() {
    let (mut read, mut compared) = (0, 0);
    for path in files("tokenizer") {
        let all: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let (kind, tests) = all.as_object().unwrap().iter().next().unwrap();
        for test in tests.as_array().unwrap() {
            let told = format!("{}: {}", path.display(), test["description"]);
            let Some(input) = plain(test, test["input"].as_str().unwrap()) else { continue };
            let states = test["initialStates"].as_array().cloned().unwrap_or(vec!["Data state".into()]);
            for state in states.iter().filter_map(Value::as_str) {
                for (format, article) in by_all(page(test, state, &input).as_bytes()) {
                    assert!(is_safe(&article), "{told} as {format}");
                    read += 1;
                }
                if let Some(expected) = characters(test).filter(|_| state == "Data state" && kind == "tests")
                {
                    let article = plainly(format!("<p>x{input}").as_bytes());
                    let found = article.map(|a| a.blocks[0].text.as_str().to_owned());
                    assert_eq!(found, Some(paragraph(&format!("x{expected}"))), "{told}: {input:?}");
                    compared += 1;
                }
            }
        }
    }
    assert!(read == 0 || (read > 3_000 && compared > 600), "{read} read, {compared} compared");
}

/// The files themselves, and what lies beside them.
#[test]
fn every_file_is_read_as_a_page() {
    for path in [files("tokenizer"), files("encoding"), files("encoding/chardet")].concat() {
        for (format, article) in by_all(&std::fs::read(&path).unwrap()) {
            assert!(is_safe(&article), "{} as {format}", path.display());
            assert!(!article.blocks.is_empty(), "{} as {format}", path.display());
        }
    }
}
