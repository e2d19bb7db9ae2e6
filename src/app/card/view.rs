//! Where a card stands and how much of it is seen: beside its marker, never over its row.

use super::rows::{CardRow, SECTION, Words, content};
use super::{Card, LETTERS, Subject};
use crate::app::action::Action;
use crate::app::event::Size;
use crate::app::geometry::{self, Area, Geometry};
use crate::app::styled::Styled;
use crate::app::tip::Tip;
use crate::article::{Article, Place};
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
    /// The chosen entry of a list goes on above, and below.
    pub entry_goes_on: (bool, bool),
    /// Columns that wide rows are moved by.
    pub pan: u16,
    /// How far they can be moved.
    pub widest_pan: u16,
    /// The keys that matter in it.
    pub keys: Vec<Tip>,
}

/// What a card is drawn into.
pub struct Setting<'a> {
    /// The article.
    pub article: &'a Article,
    /// The entries in the style of the cards.
    pub styled: &'a Styled,
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
    let names: Vec<String> = under.iter().map(|c| c.subject.name(article)).collect();
    view.trail = trail(&names, usize::from(room) / 3);
    say_known(&mut view, &setting.known, room);
    let rows = content(card, Words { article, styled: setting.styled }, inner);

    let most = (setting.size.height / 3).max(5);
    let (below, height_below, height_above) = sides(setting, most);
    let most = if below { height_below } else { height_above };
    let airy = rows.len() as u16 + 4 <= most;
    let shown = (most.saturating_sub(if airy { 4 } else { 2 }) as usize).clamp(1, rows.len().max(1));
    if let Some(row) = card.seek.take().and_then(|place| row_of(&rows, place))
        && !(card.scroll..card.scroll + shown).contains(&row)
    {
        card.scroll = row;
    }
    let goes_on = keep_chosen(card, &rows, shown);
    card.scroll = card.scroll.min(rows.len().saturating_sub(shown));
    let widest_pan = rows.iter().map(|row| wider(row, inner)).max().unwrap_or(0);
    card.pan = card.pan.min(widest_pan);
    let mut kept: Vec<CardRow> = rows.iter().skip(card.scroll).take(shown).cloned().collect();
    let more = (card.scroll > 0, card.scroll + shown < rows.len());
    if airy {
        kept.insert(0, CardRow::Blank);
        kept.push(CardRow::Blank);
    }

    (view.above, view.below) = more;
    (view.entry_goes_on, view.pan, view.widest_pan) = (goes_on, card.pan, widest_pan);
    view.rows = kept;
    let width = widest(&rows).max(title_width(&view)).max(34).saturating_add(6).min(room);
    view.area = place(setting, width, view.rows.len() as u16 + 2, below);
    Some(view)
}

/// Says in the title what the reader has done with it. Where there is little room, first the present place of citation
/// gives way, and then all but the last that was done.
fn say_known(view: &mut CardView, known: &str, room: u16) {
    if known.is_empty() {
        return;
    }
    known.clone_into(&mut view.known);
    if title_cells(view) > room {
        view.count.truncate(view.count.find(", here").unwrap_or(view.count.len()));
    }
    if title_cells(view) > room {
        known.rsplit(", ").next().unwrap_or(known).clone_into(&mut view.known);
    }
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

/// Scrolls so that the chosen entry of a list is seen, whole where there is room. True where it goes on above, and
/// below.
fn keep_chosen(card: &mut Card, rows: &[CardRow], shown: usize) -> (bool, bool) {
    let is_head = |r: &CardRow| matches!(r, CardRow::Entry { .. });
    let chosen = rows.iter().position(|r| matches!(r, CardRow::Entry { chosen: true, .. }));
    let Some(start) = chosen else { return (false, false) };
    let end = rows[start + 1..].iter().position(is_head).map_or(rows.len(), |at| start + 1 + at);
    if end - start <= shown {
        let scroll = geometry::scrolled_to(end - 1, card.scroll, shown);
        card.scroll = geometry::scrolled_to(start, scroll, shown);
    } else {
        card.scroll = card.scroll.clamp(start, end - shown);
    }
    (card.scroll > start, card.scroll + shown < end)
}

/// The row that shows a place of the text.
fn row_of(rows: &[CardRow], place: Place) -> Option<usize> {
    rows.iter().position(|row| match row {
        CardRow::Laid { block, rows, row, .. } => *block == place.block && rows.row_of(place.byte) == *row,
        _ => false,
    })
}

/// The columns by which a row is wider than the card.
fn wider(row: &CardRow, inner: u16) -> u16 {
    match row {
        CardRow::Laid { rows, indent, .. } => rows.natural.saturating_sub(inner.saturating_sub(*indent)),
        _ => 0,
    }
}

/// The names of the cards under this one, within so many cells: where they are many, those in the middle give way.
fn trail(names: &[String], room: usize) -> String {
    use unicode_width::UnicodeWidthStr;
    let cut = |name: &String| crate::layout::cells::cut(name, NAME);
    let names: Vec<String> = names.iter().map(cut).collect();
    let whole = names.join(" › ");
    if names.len() < 3 || whole.width() <= room {
        return whole;
    }
    let shorter = |kept: usize| format!("{} › … › {}", names[0], names[names.len() - kept..].join(" › "));
    let fitting = (1..names.len() - 1).map(shorter).take_while(|t| t.width() <= room).last();
    fitting.unwrap_or_else(|| shorter(1))
}

/// The cells of a name in the trail.
const NAME: u16 = 14;

/// The letters that lead to the places where what is shown in full is cited.
pub(super) fn letters(card: &Card, article: &Article) -> String {
    let letters = LETTERS.chars().take(card.letters(article));
    letters.map(String::from).collect::<Vec<_>>().join(" ")
}

fn describe(view: &mut CardView, card: &Card, article: &Article) {
    view.badge = card.subject.label(article);
    view.kind = card.subject.kind(article);
    if !card.subject.is_list() {
        view.letters = letters(card, article);
        let mentions = card.mentions(article);
        let here = card.marker.and_then(|m| mentions.iter().position(|&x| x == m));
        let here =
            here.filter(|_| mentions.len() > 1).map(|at| format!(", here {} of {}", at + 1, mentions.len()));
        view.count = card.subject.times_cited(article) + &here.unwrap_or_default();
    }
    let locator = card.locator(article);
    if !locator.is_empty() {
        view.count =
            [locator, &view.count].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(" · ");
    }
    view.keys = keys(card, article);
}

fn keys(card: &Card, article: &Article) -> Vec<Tip> {
    let mut keys = Vec::new();
    let enter = match &card.subject {
        _ if card.lit(article).is_some() => "open",
        Subject::Several(_) if !card.expanded => "expand",
        Subject::Address(_) | Subject::Missing(_) => "",
        Subject::Preview(_) => "go there",
        _ => "entry",
    };
    if card.subject.is_list() {
        keys.push(Tip::Two(Action::LineDown, Action::LineUp, "choose"));
    }
    if !enter.is_empty() {
        keys.push(Tip::One(Action::Enter, enter));
    }
    if card.address(article).is_some() {
        keys.push(Tip::One(Action::OpenAddress, "open"));
    }
    keys.push(Tip::One(Action::Copy, "copy"));
    if card.reference().is_some() {
        keys.push(Tip::One(Action::Export, "export"));
    }
    keys.push(Tip::One(Action::Close, "close"));
    keys
}

fn widest(rows: &[CardRow]) -> u16 {
    use unicode_width::UnicodeWidthStr;
    let width = |row: &CardRow| match row {
        CardRow::Laid { rows, row, indent, .. } | CardRow::Styled { rows, row, indent, .. } => {
            indent + rows.rows.get(*row).map_or(0, |r| r.runs.iter().map(|run| run.width).sum::<u16>())
        }
        CardRow::Mention { words, indent, .. } => indent + SECTION + words.width() as u16 + 5,
        CardRow::Entry { badge, about, letters, .. } => {
            (badge.width() + about.width() + letters.width() + 6) as u16
        }
        CardRow::Remark(text) => text.width() as u16,
        CardRow::Blank | CardRow::Hairline { .. } => 0,
    };
    rows.iter().map(width).max().unwrap_or(0)
}

fn title_width(view: &CardView) -> u16 {
    use unicode_width::UnicodeWidthStr;
    let keys: usize = view.keys.iter().map(|tip| tip.what().width() + 6).sum();
    title_cells(view).max(keys as u16)
}

fn title_cells(view: &CardView) -> u16 {
    use unicode_width::UnicodeWidthStr;
    let title = [&view.badge, &view.kind, &view.count, &view.letters, &view.trail];
    let title: usize = title.iter().map(|s| s.width() + 3).sum();
    (title + if view.known.is_empty() { 0 } else { view.known.width() + 2 }) as u16
}

/// What can be opened in the rows of a card: the hit, and its row and column inside the border.
pub fn hits(view: &CardView) -> Vec<(Hit, u16, u16, u16)> {
    let mut out = Vec::new();
    for (y, row) in view.rows.iter().enumerate() {
        if let CardRow::Laid { rows, row, indent, .. } = row {
            let moved =
                |column: u16| if column >= rows.fixed { column.checked_sub(view.pan) } else { Some(column) };
            let seen = rows
                .hits_on(*row)
                .filter_map(|h| Some((h.hit, y as u16, moved(h.column)? + indent, h.width)));
            out.extend(seen);
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

/// The entry of a list on a row inside the border.
pub fn entry_at(view: &CardView, row: u16) -> Option<usize> {
    let above = view.rows.iter().take(row as usize + 1).rev();
    above.into_iter().find_map(|row| match row {
        CardRow::Entry { at, .. } => Some(*at),
        _ => None,
    })
}
