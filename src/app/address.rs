//! Addresses: which may be opened, and what is shown of them first.

use url::Url;

/// What may be done with an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It may be opened: what to show, and the address written anew.
    Opens {
        /// The host, or for mail the recipient; in ASCII, so that look-alike letters show.
        host: String,
        /// Something to beware of.
        warning: Option<&'static str>,
        /// The address, parsed and written again.
        address: String,
    },
    /// It may not, and why.
    Stays(&'static str),
}

/// Judges an address. Only the web and mail are opened; nothing is asked of a shell.
pub fn judge(address: &str) -> Verdict {
    let Ok(url) = Url::parse(address) else {
        return Verdict::Stays("not a web address");
    };
    let disguised = !url.username().is_empty() || url.password().is_some();
    match (url.scheme(), url.host_str()) {
        ("http" | "https", Some(host)) => {
            let warning = if disguised {
                Some("it holds a name before the @: not the host")
            } else if host.starts_with("xn--") || host.contains(".xn--") {
                Some("its name holds letters of other alphabets")
            } else {
                None
            };
            Verdict::Opens { host: host.to_owned(), warning, address: url.to_string() }
        }
        ("mailto", _) if !url.query().is_some_and(|q| q.to_ascii_lowercase().contains("attach")) => {
            Verdict::Opens { host: url.path().to_owned(), warning: None, address: url.to_string() }
        }
        ("mailto", _) => Verdict::Stays("mail with an attachment is not opened"),
        ("file", _) => Verdict::Stays("a file is not opened from a document"),
        _ => Verdict::Stays("only web and mail addresses are opened"),
    }
}

/// One line about an address: where it leads, or why it stays closed.
pub fn describe(address: &str) -> String {
    match judge(address) {
        Verdict::Opens { host, warning: None, .. } => format!("leads to {host}"),
        Verdict::Opens { host, warning: Some(why), .. } => format!("leads to {host}: {why}"),
        Verdict::Stays(why) => format!("stays closed: {why}"),
    }
}

/// The host of an address, and what to beware of in it.
pub fn host(address: &str) -> (String, &'static str) {
    match judge(address) {
        Verdict::Opens { host, warning, .. } => (host, warning.unwrap_or("")),
        Verdict::Stays(why) => (String::new(), why),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_web_and_mail_open() {
        for (address, host) in [
            ("https://example.org/a?b#c", "example.org"),
            ("http://EXAMPLE.org:8080", "example.org"),
            ("https://аpple.example/", "xn--pple-43d.example"),
            ("https://bank.example@evil.example/", "evil.example"),
            ("mailto:someone@example.org?subject=x", "someone@example.org"),
        ] {
            match judge(address) {
                Verdict::Opens { host: found, .. } => assert_eq!(found, host, "{address}"),
                stays => panic!("{address}: {stays:?}"),
            }
        }
        for address in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "data:text/html,x",
            "ssh://host",
            "tel:1",
            "",
            "notes.md",
            "//host/path",
            "mailto:a@b.example?attach=/etc/passwd",
            "vbscript:x",
            "smb://host/share",
        ] {
            assert!(matches!(judge(address), Verdict::Stays(_)), "{address}");
        }
    }

    #[test]
    fn a_disguise_is_named() {
        for address in ["https://bank.example@evil.example/", "https://аpple.example/"] {
            assert!(matches!(judge(address), Verdict::Opens { warning: Some(_), .. }), "{address}");
        }
    }
}
