//! A page that has been parsed: its document, its address, and which of its places are linked to.

use std::collections::{HashMap, HashSet};

use dom_query::{Document, NodeId, NodeRef};
use url::Url;

use super::{guard, node};
use crate::article::{Complaint, limits};
use crate::import::{Error, folder};

/// A parsed page.
pub struct Page {
    /// The document.
    pub document: Document,
    /// The address that relative links start from.
    pub base: Option<Url>,
    /// Its own address, as it says itself.
    pub address: Option<Url>,
    /// The names that links of the page lead to, decoded.
    pub linked: HashSet<String>,
    ids: HashMap<String, NodeId>,
    /// What had to be left out for the parser's sake.
    pub complaints: Vec<Complaint>,
}

impl Page {
    /// Parses a page.
    ///
    /// # Errors
    /// For a page that is too large.
    pub fn parse(html: &str) -> Result<Self, Error> {
        if html.len() > limits::PAGE.most {
            return Err(Error::over(limits::PAGE));
        }
        let (html, complaints) = guard::guarded(html);
        let document = Document::from(html.as_str());
        let (linked, ids) = (HashSet::new(), HashMap::new());
        let mut page = Self { document, base: None, address: None, linked, ids, complaints };
        page.base = page.find_base();
        page.address = page.find_address();
        page.base = page.base.or_else(|| page.address.clone());
        let root = page.document.root().id;
        page.find_names(root);
        Ok(page)
    }

    /// A page of which only what is below this node is left: what it links to, and what can be linked to.
    pub fn narrowed(mut self, document: Document, root: NodeId) -> Self {
        self.document = document;
        self.find_names(root);
        self
    }

    /// The element that holds the page's content, or the root of a document without one.
    pub fn body(&self) -> NodeRef<'_> {
        self.document.body().unwrap_or_else(|| self.document.root())
    }

    /// The first element with this id.
    pub fn by_id(&self, id: &str) -> Option<NodeRef<'_>> {
        self.ids.get(id).and_then(|id| self.document.tree.get(id))
    }

    /// An attribute of the first element with this name for which another attribute has this value.
    pub fn said(&self, name: &str, (key, value): (&str, &str), attribute: &str) -> Option<String> {
        let head = self.document.head()?;
        let found = node::find(&head, |n| {
            n.has_name(name) && n.attr(key).is_some_and(|v| v.eq_ignore_ascii_case(value))
        })?;
        found.attr(attribute).map(|v| v.trim().to_owned()).filter(|v| !v.is_empty())
    }

    fn find_address(&self) -> Option<Url> {
        let said = self
            .said("link", ("rel", "canonical"), "href")
            .or_else(|| self.said("meta", ("property", "og:url"), "content"))
            .or_else(|| self.said("link", ("rel", "dc:isVersionOf"), "href"))?;
        match &self.base {
            Some(base) => base.join(&said).ok(),
            None => absolute(&said),
        }
    }

    /// The language of the page, where it says one.
    pub fn language(&self) -> String {
        let lang = |node: &NodeRef<'_>| Some(node::attr(node, "lang")).filter(|l| !l.is_empty());
        let root = node::find(&self.document.root(), |n| n.has_name("html"));
        lang(&self.body()).or_else(|| lang(&root?)).unwrap_or_default()
    }

    fn find_base(&self) -> Option<Url> {
        let base = self.document.head().and_then(|head| node::find(&head, |n| n.has_name("base")));
        base.map(|b| node::attr(&b, "href")).and_then(|href| absolute(&href))
    }

    fn find_names(&mut self, root: NodeId) {
        let (mut linked, mut ids) = (HashSet::new(), HashMap::new());
        node::walk(&NodeRef::new(root, &self.document.tree), |n| {
            if let Some((_, name)) = n.attr("href").as_deref().and_then(|href| href.split_once('#')) {
                linked.insert(folder::decoded(name));
            }
            for id in [n.id_attr(), n.attr("name").filter(|_| n.has_name("a"))].into_iter().flatten() {
                ids.entry(id.to_string()).or_insert(n.id);
            }
            true
        });
        linked.remove("");
        (self.linked, self.ids) = (linked, ids);
    }

    /// Where a link leads: `#name` for a place of this page, an address for the rest, nothing for what is no link.
    pub fn resolve(&self, href: &str) -> Option<String> {
        let href = href.trim();
        if let Some(name) = href.strip_prefix('#') {
            return Some(format!("#{}", folder::decoded(name))).filter(|link| link.len() > 1);
        }
        let scheme = href.split(':').next().unwrap_or("").to_ascii_lowercase();
        if href.is_empty() || matches!(&*scheme, "javascript" | "vbscript" | "data" | "about" | "blob") {
            return None;
        }
        let Some(url) = self.base.as_ref().and_then(|base| base.join(href).ok()) else {
            return Some(absolute(href).map_or_else(|| href.to_owned(), String::from));
        };
        let own = self.address.as_ref().is_some_and(|own| same_page(own, &url));
        let name = url.fragment().map(folder::decoded).filter(|name| own && self.ids.contains_key(name));
        Some(name.map_or_else(|| String::from(url), |name| format!("#{name}")))
    }

    /// The address of a picture: the one that a browser would load, lazy or not.
    pub fn picture(&self, img: &NodeRef<'_>) -> Option<String> {
        let told = ["src", "data-src", "data-original", "data-lazy-src"].map(|name| node::attr(img, name));
        let set = |name: &str| {
            let set = node::attr(img, name);
            set.split_whitespace().next().unwrap_or("").trim_end_matches(',').to_owned()
        };
        let real = |address: &&String| !address.is_empty() && !address.starts_with("data:");
        let found = told.iter().find(real).cloned();
        let found = found.or_else(|| Some(set("srcset")).filter(|a| real(&a)));
        let found = found.or_else(|| Some(set("data-srcset")).filter(|a| real(&a)));
        match found {
            Some(address) => match &self.base {
                Some(base) => Some(base.join(&address).map_or(address, String::from)),
                None => Some(address),
            },
            // What is in the page itself has no other address.
            None => {
                let held = told.iter().find(|a| a.starts_with("data:"))?;
                Some(held.split([',', ';']).next().unwrap_or("data:").to_owned())
            }
        }
    }
}

/// An address that stands on its own; one without a scheme is the web's.
fn absolute(address: &str) -> Option<Url> {
    let address = address.trim();
    match address.strip_prefix("//") {
        Some(rest) => Url::parse(&format!("https://{rest}")).ok(),
        None => Url::parse(address).ok(),
    }
}

fn same_page(a: &Url, b: &Url) -> bool {
    a.host_str() == b.host_str() && a.path() == b.path() && a.query() == b.query()
}
