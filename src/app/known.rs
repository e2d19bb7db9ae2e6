//! What the reader has had of each reference and note: opened, pinned, taken away. Kept between runs, by their ids.

use std::collections::{HashMap, HashSet};

use super::App;
use super::card::Subject;
use crate::article::{Article, MarkerId, NoteId, RefId, Target};

/// What a marker can lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cited {
    /// A reference.
    Reference(RefId),
    /// A note.
    Note(NoteId),
}

impl Cited {
    /// What a target leads to; nothing where it is missing.
    pub const fn of(target: &Target) -> Option<Self> {
        match target {
            Target::Reference(id) => Some(Self::Reference(*id)),
            Target::Note(id) => Some(Self::Note(*id)),
            Target::Missing(_) => None,
        }
    }

    /// What the card of it shows.
    pub const fn subject(self) -> Subject {
        match self {
            Self::Reference(id) => Subject::Reference(id),
            Self::Note(id) => Subject::Note(id),
        }
    }

    /// Its kind and id in the state file.
    fn id(self, article: &Article) -> Option<(char, &str)> {
        match self {
            Self::Reference(id) => article.references.get(id.index()).map(|r| (REFERENCE, &*r.id)),
            Self::Note(id) => article.notes.get(id.index()).map(|n| (NOTE, &*n.id)),
        }
    }
}

/// What the state file holds of one: its kind (`r` or `n`), its id, and what has been done with it, a bit each:
/// 1 opened, 2 pinned, 4 taken away.
pub type Kept = (char, String, u8);

const REFERENCE: char = 'r';
const NOTE: char = 'n';
const OPENED: u8 = 1;
const PINNED: u8 = 2;
const EXPORTED: u8 = 4;
/// The most that are kept of one article; those met last stay.
const MOST: usize = 1_000;

/// How well a marker is known: what it looks like follows from it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Not opened yet.
    #[default]
    Fresh,
    /// All that it cites has been opened.
    Opened,
    /// All of it has been pinned, copied or exported.
    Taken,
}

/// What is known of an article's references and notes.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// By id, the one met last at the end.
    kept: Vec<Kept>,
    /// The same for what has been taken in of the article.
    met: HashMap<Cited, u8>,
    /// References and notes that have been looked at so far.
    looked: (usize, usize),
    /// What was opened for the first time since a card has been open.
    new: HashSet<Cited>,
}

impl Known {
    /// What was kept.
    pub fn restored(kept: &[Kept]) -> Self {
        let known = kept.iter().filter(|k| matches!(k.0, REFERENCE | NOTE)).cloned().collect();
        Self { kept: together(known, &[]), ..Self::default() }
    }

    /// What is to be kept.
    pub fn kept(&self) -> Vec<Kept> {
        self.kept.clone()
    }

    /// True when nothing is known.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// Looks for what is known among the references and notes that came since the last time.
    pub(super) fn meet(&mut self, article: &Article) {
        let (references, notes) = self.looked;
        self.looked = (article.references.len(), article.notes.len());
        if self.kept.is_empty() {
            return;
        }
        let by_id: HashMap<(char, &str), u8> =
            self.kept.iter().map(|(kind, id, done)| ((*kind, id.as_str()), *done)).collect();
        let references = (references..self.looked.0).map(|at| Cited::Reference(RefId(at as u32)));
        let notes = (notes..self.looked.1).map(|at| Cited::Note(NoteId(at as u32)));
        for cited in references.chain(notes) {
            if let Some(done) = cited.id(article).and_then(|id| by_id.get(&id)) {
                self.met.insert(cited, *done);
            }
        }
    }

    /// The article begins anew: its ids may lead elsewhere.
    pub(super) fn start_over(&mut self) {
        self.met.clear();
        self.looked = (0, 0);
        self.new.clear();
    }

    fn note(&mut self, article: &Article, cited: Cited, bit: u8) {
        let done = self.met.entry(cited).or_default();
        if *done & bit == bit {
            return;
        }
        *done |= bit;
        let done = *done;
        let Some((kind, id)) = cited.id(article) else { return };
        self.kept.retain(|k| (k.0, k.1.as_str()) != (kind, id));
        self.kept.push((kind, id.to_owned(), done));
        if self.kept.len() > MOST {
            self.kept.remove(0);
        }
    }

    fn done(&self, cited: Option<Cited>) -> u8 {
        cited.and_then(|c| self.met.get(&c)).copied().unwrap_or(0)
    }

    /// How well a marker is known: as well as the least known of what it cites.
    pub fn level(&self, article: &Article, marker: MarkerId) -> Level {
        if self.met.is_empty() {
            return Level::Fresh;
        }
        let cites = article.marker(marker).map_or(&[][..], |m| &m.cites);
        let levels = cites.iter().map(|c| level(self.done(Cited::of(&c.target))));
        levels.min().unwrap_or_default()
    }

    /// What a card says of what has been done with its subject before it was opened, and since.
    pub(super) fn remark(&self, subject: Option<&Subject>) -> String {
        let cited = match subject {
            Some(Subject::Reference(id)) => Cited::Reference(*id),
            Some(Subject::Note(id)) => Cited::Note(*id),
            _ => return String::new(),
        };
        let done = self.done(Some(cited));
        let before = done & OPENED != 0 && !self.new.contains(&cited);
        let has = |bit: u8| done & bit != 0;
        let said = [(before, "opened before"), (has(PINNED), "pinned"), (has(EXPORTED), "exported")];
        said.iter().filter(|s| s.0).map(|s| s.1).collect::<Vec<_>>().join(", ")
    }
}

const fn level(done: u8) -> Level {
    match done {
        0 => Level::Fresh,
        done if done & (PINNED | EXPORTED) != 0 => Level::Taken,
        _ => Level::Opened,
    }
}

/// What two readers of one article know, the first one's last: nothing that either has done is lost, up to a bound.
pub fn together(mine: Vec<Kept>, others: &[Kept]) -> Vec<Kept> {
    let mut done: HashMap<(char, String), u8> = HashMap::new();
    for (kind, id, bits) in mine.iter().chain(others) {
        *done.entry((*kind, id.clone())).or_default() |= bits & (OPENED | PINNED | EXPORTED);
    }
    let mut out: Vec<Kept> = Vec::with_capacity(done.len());
    for (kind, id, _) in mine.into_iter().rev().chain(others.iter().rev().cloned()) {
        if let Some(bits) = done.remove(&(kind, id.clone())) {
            out.push((kind, id, bits));
        }
    }
    out.truncate(MOST);
    out.reverse();
    out
}

impl App {
    /// The card of it has been shown.
    pub fn note_opened(&mut self, cited: Cited) {
        self.known.note(&self.article, cited, OPENED);
    }

    /// It has been pinned.
    pub fn note_pinned(&mut self, cited: Cited) {
        self.known.note(&self.article, cited, PINNED);
    }

    /// It has been copied or exported.
    pub fn note_exported(&mut self, cited: Cited) {
        self.known.note(&self.article, cited, EXPORTED);
    }

    /// Notes that what the topmost card shows has been opened.
    pub(super) fn note_card(&mut self) {
        let cited: Vec<Cited> = match self.cards.last().map(|c| &c.subject) {
            Some(Subject::Reference(id)) => vec![Cited::Reference(*id)],
            Some(Subject::Note(id)) => vec![Cited::Note(*id)],
            Some(Subject::Several(list)) => list.iter().filter_map(|(t, _)| Cited::of(t)).collect(),
            Some(_) => Vec::new(),
            None => return self.known.new.clear(),
        };
        for cited in cited.into_iter().filter(|c| self.known.done(Some(*c)) & OPENED == 0).collect::<Vec<_>>()
        {
            self.known.new.insert(cited);
            self.note_opened(cited);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Builder, Draft, DraftCite, DraftMarker, Kind, To};

    fn article() -> Article {
        let mut b = Builder::new("test");
        for key in ["doe", "roe"] {
            b.work(key, crate::article::Csl::new(), Draft::of(key));
        }
        let mut draft = Draft::of("Words");
        for keys in [&["doe"][..], &["roe"], &["doe", "roe"], &["nobody"]] {
            let cites = keys.iter().map(|k| DraftCite::new(To::Reference((*k).into()))).collect();
            draft.push_marker(DraftMarker { cites, ..DraftMarker::default() });
        }
        b.block(Kind::Paragraph, draft, vec![]);
        let mut article = Article::default();
        article.append(b.finish());
        article
    }

    fn levels(known: &Known, article: &Article) -> [Level; 4] {
        [0, 1, 2, 3].map(|at| known.level(article, MarkerId(at)))
    }

    #[test]
    fn a_marker_is_known_as_well_as_the_least_known_that_it_cites() {
        use Level::{Fresh, Opened, Taken};
        let article = article();
        let mut known = Known::default();
        let doe = Cited::of(&article.markers[0].cites[0].target).unwrap();
        let roe = Cited::of(&article.markers[1].cites[0].target).unwrap();
        assert_eq!(levels(&known, &article), [Fresh; 4]);
        known.note(&article, doe, OPENED);
        assert_eq!(levels(&known, &article), [Opened, Fresh, Fresh, Fresh]);
        known.note(&article, roe, EXPORTED);
        assert_eq!(levels(&known, &article), [Opened, Taken, Opened, Fresh]);
        known.note(&article, doe, PINNED);
        assert_eq!(levels(&known, &article), [Taken, Taken, Taken, Fresh]);
        assert_eq!(known.kept(), [('r', "roe".into(), EXPORTED), ('r', "doe".into(), OPENED | PINNED)]);
    }

    #[test]
    fn what_was_kept_is_met_again_as_the_article_comes_in() {
        let article = article();
        let mut known = Known::restored(&[('r', "roe".into(), 0xff), ('x', "doe".into(), 1)]);
        known.meet(&Article::default());
        assert_eq!(levels(&known, &article), [Level::Fresh; 4]);
        known.meet(&article);
        assert_eq!(levels(&known, &article)[..2], [Level::Fresh, Level::Taken]);
        assert_eq!(known.kept(), [('r', "roe".into(), 7)]);
        known.start_over();
        known.meet(&article);
        assert_eq!(levels(&known, &article)[1], Level::Taken);
    }

    #[test]
    fn two_readers_lose_nothing_and_keep_within_the_bound() {
        let kept = |id: &str, done| ('r', id.to_owned(), done);
        let both = together(vec![kept("a", 1), kept("b", 4)], &[kept("c", 1), kept("a", 2)]);
        assert_eq!(both, [kept("c", 1), kept("a", 3), kept("b", 4)]);
        let many: Vec<Kept> = (0..3_000).map(|n| ('n', n.to_string(), 1)).collect();
        let both = together(many.clone(), &many);
        assert_eq!((both.len(), both.last()), (MOST, many.last()));
    }
}
