//! Where a card stands and how much of it is seen: beside its marker, never over its row.

use super::rows::{CardRow, SECTION, content};
use super::{Card, LETTERS, Subject};
use crate::app::action::Action;
use crate::app::event::Size;
use crate::app::geometry::{self, Area, Geometry};
use crate::app::tip::Tip;
use crate::article::Article;
use crate::cite;
use crate::layout::Hit;

/// A card as it stands on the screen.
#[derive(Clone, Debug, Default)]
pub struct CardView {
    /// Where it stands, border included.
    pub area: Area,
    /// Its number, on the border.
    pub badge: String,
    /// What kind of thing it shows: `News`, `Note`, `3 references`.
    pub kind: String,
    /// How often that is cited, and which of these places this is.
    pub count: String,
    /// The letters that lead to the other places.
    pub letters: String,
    /// What the reader has done with it before.
    pub known: String,
    /// The cards under this one, the first opened first.
    pub trail: String,
    /// Its rows, those that fit.
    pub rows: Vec<CardRow>,
    /// There is more above.
    pub above: bool,
    /// There is more below.
    pub below: bool,
    /// The keys that matter in it.
    pub keys: Vec<Tip>,
}

/// What a card is drawn into.
pub struct Setting<'a> {
    /// The article.
    pub article: &'a Article,
    /// The parts of the screen.
    pub geometry: &'a Geometry,
    /// The row and column of the screen where the marker stands, if it is to be seen.
    pub anchor: Option<(u16, u16)>,
    /// The size of the screen.
    pub size: Size,
    /// What the reader has done with what the topmost card shows.
    pub known: String,
}

/// The widest text in a card.
const WIDEST: u16 = 66;

/// Lays the top card out: its text, where it stands, and how much of it is seen.
pub fn view(cards: &mut [Card], setting: &Setting) -> Option<CardView> {
    let (card, under) = cards.split_last_mut()?;
    let article = setting.article;
    let room = setting.geometry.body.width.clamp(18, WIDEST + 4).min(setting.size.width);
    let inner = room.saturating_sub(6).max(8);
    let mut view = CardView::default();
    describe(&mut view, card, article);
    let labels = under.iter().map(|c| c.subject.label(article)).filter(|l| !l.is_empty());
    view.trail = labels.collect::<Vec<_>>().join(" › ");
    view.known.clone_from(&setting.known);
    let mut rows = content(card, article, inner);
    if !view.known.is_empty() && title_width(&view) > inner {
        // The title has no room for it: ahead of the places of citation.
        let mentions = rows.iter().position(|r| matches!(r, CardRow::Mention { .. }));
        let at = mentions.map_or(rows.len(), |at| at.saturating_sub(1));
        rows.splice(at..at, [CardRow::Blank, CardRow::Remark(std::mem::take(&mut view.known))]);
    }

    let most = (setting.size.height / 3).max(5);
    let (below, height_below, height_above) = sides(setting, most);
    let most = if below { height_below } else { height_above };
    let airy = rows.len() as u16 + 4 <= most;
    let shown = (most.saturating_sub(if airy { 4 } else { 2 }) as usize).clamp(1, rows.len().max(1));
    keep_chosen(card, &rows, shown);
    card.scroll = card.scroll.min(rows.len().saturating_sub(shown));
    let mut kept: Vec<CardRow> = rows.iter().skip(card.scroll).take(shown).cloned().collect();
    let more = (card.scroll > 0, card.scroll + shown < rows.len());
    if airy {
        kept.insert(0, CardRow::Blank);
        kept.push(CardRow::Blank);
    }

    (view.above, view.below) = more;
    view.rows = kept;
    let width = widest(&rows).max(title_width(&view)).max(34).saturating_add(6).min(room);
    view.area = place(setting, width, view.rows.len() as u16 + 2, below);
    Some(view)
}

/// Below the marker, or above it where there is more room; and how high a card can be on either side.
fn sides(setting: &Setting, most: u16) -> (bool, u16, u16) {
    let body = setting.geometry.body;
    let Some((row, _)) = setting.anchor else {
        return (false, most.min(body.height), most.min(body.height));
    };
    let below = body.bottom().saturating_sub(row + 1);
    let above = row.saturating_sub(body.y);
    (below >= most.min(8) || below >= above, most.min(below), most.min(above))
}

fn place(setting: &Setting, width: u16, height: u16, below: bool) -> Area {
    let body = setting.geometry.body;
    let right = setting.size.width;
    let most = right.saturating_sub(width);
    let x = (body.x + 3).min((body.right()).saturating_sub(width).max(body.x)).min(most);
    let y = match setting.anchor {
        Some((row, _)) if below => row + 1,
        Some((row, _)) => row.saturating_sub(height),
        None => body.bottom().saturating_sub(height),
    };
    Area { x, y, width, height: height.min(setting.size.height.saturating_sub(y)) }
}

fn keep_chosen(card: &mut Card, rows: &[CardRow], shown: usize) {
    let at = rows.iter().position(|r| matches!(r, CardRow::Entry { chosen: true, .. }));
    if let Some(at) = at {
        card.scroll = geometry::scrolled_to(at, geometry::scrolled_to(at + 2, card.scroll, shown), shown);
    }
}

fn describe(view: &mut CardView, card: &Card, article: &Article) {
    let mentions = card.mentions(article);
    view.badge = card.subject.label(article);
    view.kind = card.subject.kind(article);
    let letters = card.letters(article);
    view.letters = LETTERS.chars().take(letters).map(|c| format!("{c} ")).collect();
    view.letters.truncate(view.letters.trim_end().len());
    let here = card.marker.and_then(|m| mentions.iter().position(|&x| x == m));
    view.count = match (mentions.len(), here) {
        (0, _) => String::new(),
        (1, _) => "cited once".to_owned(),
        (n, None) => format!("cited {n}×"),
        (n, Some(at)) => format!("cited {n}×, here {} of {n}", at + 1),
    };
    let locator = card.locator(article);
    if !locator.is_empty() {
        view.count =
            [locator, &view.count].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(" · ");
    }
    view.keys = keys(card, article);
}

fn keys(card: &Card, article: &Article) -> Vec<Tip> {
    let mut keys = Vec::new();
    match &card.subject {
        Subject::Several(_) => {
            keys.push(Tip::Two(Action::LineDown, Action::LineUp, "choose"));
            keys.push(Tip::One(Action::Enter, "expand"));
        }
        Subject::Address(_) => keys.push(Tip::One(Action::OpenAddress, "open")),
        Subject::Missing(_) => {}
        Subject::Preview(_) => keys.push(Tip::One(Action::Enter, "go there")),
        _ if card.lit(article).is_some() => keys.push(Tip::One(Action::Enter, "open")),
        _ => keys.push(Tip::One(Action::Enter, "entry")),
    }
    let reference = card.reference().and_then(|r| article.references.get(r.index()));
    if reference.is_some_and(|r| cite::short::address(&r.csl).is_some()) {
        keys.push(Tip::One(Action::OpenAddress, "open"));
    }
    keys.push(Tip::One(Action::Copy, "copy"));
    if reference.is_some() {
        keys.push(Tip::One(Action::Export, "export"));
    }
    keys.push(Tip::One(Action::Close, "close"));
    keys
}

fn widest(rows: &[CardRow]) -> u16 {
    use unicode_width::UnicodeWidthStr;
    let width = |row: &CardRow| match row {
        CardRow::Laid { rows, row, indent, .. } => {
            indent + rows.rows.get(*row).map_or(0, |r| r.runs.iter().map(|run| run.width).sum::<u16>())
        }
        CardRow::Mention { words, .. } => SECTION + words.width() as u16 + 5,
        CardRow::Entry { badge, about, .. } => (badge.width() + about.width() + 4) as u16,
        CardRow::Remark(text) => text.width() as u16,
        CardRow::Blank => 0,
    };
    rows.iter().map(width).max().unwrap_or(0)
}

fn title_width(view: &CardView) -> u16 {
    use unicode_width::UnicodeWidthStr;
    let title = [&view.badge, &view.kind, &view.count, &view.letters, &view.trail];
    let known = if view.known.is_empty() { 0 } else { view.known.width() + 2 };
    let title: usize = title.iter().map(|s| s.width() + 3).sum::<usize>() + known;
    let keys: usize = view.keys.iter().map(|tip| tip.what().width() + 6).sum();
    title.max(keys) as u16
}

/// What can be opened in the rows of a card: the hit, and its row and column inside the border.
pub fn hits(view: &CardView) -> Vec<(Hit, u16, u16, u16)> {
    let mut out = Vec::new();
    for (y, row) in view.rows.iter().enumerate() {
        if let CardRow::Laid { rows, row, indent, .. } = row {
            out.extend(rows.hits_on(*row).map(|h| (h.hit, y as u16, h.column + indent, h.width)));
        }
    }
    out
}

/// The letter of the mention on a row inside the border.
pub fn letter_at(view: &CardView, row: u16) -> Option<char> {
    match view.rows.get(row as usize)? {
        CardRow::Mention { letter, .. } => *letter,
        _ => None,
    }
}
