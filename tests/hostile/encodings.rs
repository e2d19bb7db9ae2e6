//! The encoding tests of html5lib: the encoding that a page names is the one that it is read in.

use encoding_rs::Encoding;
use ibid::import::html::charset;

use super::reading::{by_all, is_safe, shared};

/// Bytes that are no UTF-8, and differ in every encoding that the tests name.
const BYTES: &[u8] = b"\n\xc6\xfc\xcb\xdc \xe9\xa4\xa2";

/// The pages of a file, and the encodings that they are in.
fn tests(bytes: &[u8]) -> Vec<(Vec<u8>, String)> {
    let mut found = Vec::new();
    let starts: Vec<usize> = memchr::memmem::find_iter(bytes, b"#data\n").collect();
    for (n, start) in starts.iter().enumerate() {
        let test = &bytes[start + 6..starts.get(n + 1).copied().unwrap_or(bytes.len())];
        let at = memchr::memmem::find(test, b"\n#encoding\n").unwrap();
        let named = String::from_utf8_lossy(&test[at + 11..]).trim().to_owned();
        found.push((test[..at].to_vec(), named));
    }
    found
}

#[test]
fn pages_are_read_in_the_encoding_that_they_name() {
    let Some(folder) = shared("corpus/evil/html5lib-tests/encoding") else { return };
    let (mut count, mut wrong) = (0, Vec::new());
    for name in ["tests2.dat", "test-yahoo-jp.dat"] {
        for (page, named) in tests(&std::fs::read(folder.join(name)).unwrap()) {
            for (format, article) in by_all(&page) {
                assert!(is_safe(&article), "{name}: {named} as {format}");
            }
            let expected =
                Encoding::for_label(named.as_bytes()).unwrap().decode_without_bom_handling(BYTES).0;
            let (found, _) = charset::decode(&[&page, BYTES].concat());
            if !found.ends_with(&*expected) {
                wrong.push(format!("{named}: {:?}", String::from_utf8_lossy(&page)));
            }
            count += 1;
        }
    }
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count > 20, "{count}");
}
