//! Fields that mean the same in BibLaTeX and in CSL, and hold nothing but text.

/// Names of the field in BibLaTeX (the first is written) and in CSL.
pub const TEXTS: [(&[&str], &str); 24] = [
    (&["volume"], "volume"),
    (&["edition"], "edition"),
    (&["series"], "collection-title"),
    (&["chapter"], "chapter-number"),
    (&["part"], "part"),
    (&["pagetotal"], "number-of-pages"),
    (&["volumes"], "number-of-volumes"),
    (&["address", "location"], "publisher-place"),
    (&["eventtitle"], "event-title"),
    (&["venue"], "event-place"),
    (&["type"], "genre"),
    (&["version"], "version"),
    (&["isbn"], "ISBN"),
    (&["issn"], "ISSN"),
    (&["pmid"], "PMID"),
    (&["pmcid"], "PMCID"),
    (&["pubstate"], "status"),
    (&["language", "langid"], "language"),
    (&["keywords"], "keyword"),
    (&["abstract"], "abstract"),
    (&["annotation", "annote"], "annote"),
    (&["note"], "note"),
    (&["library"], "call-number"),
    (&["origtitle"], "original-title"),
];

/// Lists of names.
pub const NAMES: [(&str, &str); 9] = [
    ("author", "author"),
    ("editor", "editor"),
    ("translator", "translator"),
    ("bookauthor", "container-author"),
    ("director", "director"),
    ("serieseditor", "collection-editor"),
    ("origauthor", "original-author"),
    ("holder", "contributor"),
    ("compiler", "compiler"),
];

/// Dates.
pub const DATES: [(&str, &str); 4] =
    [("date", "issued"), ("urldate", "accessed"), ("origdate", "original-date"), ("eventdate", "event-date")];
