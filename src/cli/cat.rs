//! `ibid cat`: the article as text, for pipes, pagers and screen readers.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use clap::ValueEnum;

use super::{Colour, Fault, Name, open, out};
use crate::article::{Article, Block, BlockId, Kind, Nest, NoteId, Target};
use crate::layout::{Face, Role, Row, Rows, Run, lay};
use crate::shell;
use crate::ui::theme::{Depth, Theme};

/// What to print, and how.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  ibid cat paper.md | less\n  ibid cat paper.md --notes inline --width 60\n  \
                        ibid cat paper.md --color always | less -R"
)]
pub struct Args {
    /// A file, a bundle, `-` for standard input, or the name of an article that comes with ibid
    #[arg(value_name = "FILE", default_value = open::INPUT)]
    pub file: Name,
    /// The width of the text, in cells; 80, or the terminal's where that is less
    #[arg(long, value_name = "CELLS", value_parser = clap::value_parser!(u16).range(8..=1000))]
    pub width: Option<u16>,
    /// When to use colours
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub color: Colour,
    /// Where notes stand
    #[arg(long, value_name = "WHERE", default_value = "end")]
    pub notes: Notes,
}

/// Where notes stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Notes {
    /// After the text.
    #[default]
    End,
    /// After the paragraph that first cites them.
    Inline,
}

/// Prints an article.
///
/// # Errors
/// When it cannot be read.
pub fn run(args: &Args) -> Result<ExitCode, Fault> {
    let (_, article) = open::article(&args.file)?;
    let theme = depth(args.color).map(|depth| Theme::named("terminal", depth));
    let ink = theme.as_ref().map(|theme| move |face| shell::ink(theme, face));
    let ink = ink.as_ref().map(|ink| ink as &dyn Fn(Face) -> String);
    let page = Page { article: &article, width: args.width.unwrap_or_else(width), ink, notes: args.notes };
    out::print(|out| page.print(out))
}

/// As [`run`], for a document that was to be read on a screen which is not there.
///
/// # Errors
/// When it cannot be read.
pub fn print(file: &OsStr, width: Option<u16>, color: Colour) -> Result<ExitCode, Fault> {
    run(&Args { file: file.to_owned(), width, color, notes: Notes::End })
}

/// Columns of text: as many as a page has, or the terminal where it is narrower.
fn width() -> u16 {
    const PAGE: u16 = 80;
    if io::stdout().is_terminal() { shell::terminal_size().width.clamp(20, PAGE) } else { PAGE }
}

/// Whether to colour: the flag, then `NO_COLOR`, `CLICOLOR_FORCE`, `CLICOLOR`, then whether a terminal is there
/// (bixense.com/clicolors, no-color.org). `None` for plain text.
fn depth(colour: Colour) -> Option<Depth> {
    let set = |name: &str| std::env::var(name).unwrap_or_default();
    let shows = io::stdout().is_terminal() && !matches!(set("TERM").as_str(), "" | "dumb");
    match colour {
        Colour::Always => Some(Depth::Sixteen),
        Colour::Never => None,
        Colour::Auto if !set("NO_COLOR").is_empty() => shows.then_some(Depth::None),
        Colour::Auto if !matches!(set("CLICOLOR_FORCE").as_str(), "" | "0") => Some(Depth::Sixteen),
        Colour::Auto if set("CLICOLOR") == "0" => None,
        Colour::Auto => shows.then_some(Depth::Sixteen),
    }
}

/// An article that is being printed.
pub struct Page<'a> {
    /// The article, whole.
    pub article: &'a Article,
    /// Cells of a row; tables and code that need more have it.
    pub width: u16,
    /// What the terminal is told before text in a face; `None` for plain text.
    pub ink: Option<&'a dyn Fn(Face) -> String>,
    /// Where notes stand.
    pub notes: Notes,
}

impl Page<'_> {
    /// Prints the article.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn print(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut printed = HashSet::new();
        for (block, at) in self.article.blocks.iter().zip(0..) {
            if self.notes == Notes::Inline && self.is_of_notes(block, BlockId(at)) {
                continue;
            }
            self.block(out, BlockId(at), self.width, at > 0)?;
            let goes_on = self.article.blocks.get(at as usize + 1).is_some_and(|next| next.continued);
            if self.notes == Notes::Inline && !goes_on {
                self.notes_of(out, at, &mut printed)?;
            }
        }
        Ok(())
    }

    /// True for what belongs to the list of notes: their texts, and the heading that the reader puts above them.
    fn is_of_notes(&self, block: &Block, id: BlockId) -> bool {
        let is_note = |block: &Block| matches!(block.nest.first(), Some(Nest::Note { .. }));
        let heads = || {
            let added = self.article.section_of(id).is_some_and(|at| self.article.sections[at].added);
            added && self.article.blocks.get(id.index() + 1).is_some_and(is_note)
        };
        is_note(block) || (matches!(block.kind, Kind::Heading(_)) && heads())
    }

    fn block(&self, out: &mut dyn Write, id: BlockId, width: u16, parted: bool) -> io::Result<()> {
        let rows = lay(self.article, id, width);
        if parted {
            (0..rows.gap).try_for_each(|_| writeln!(out))?;
        }
        let text = self.article.block(id).text.as_str();
        rows.rows.iter().try_for_each(|row| self.row(out, row, text, rows.beside))
    }

    fn row(&self, out: &mut dyn Write, row: &Row, text: &str, beside: bool) -> io::Result<()> {
        let runs = in_reading_order(row, beside);
        let Some(ink) = self.ink else {
            let line: String = runs.iter().map(|run| run.shown(text)).collect();
            return writeln!(out, "{}", line.trim_end());
        };
        let mut last = String::new();
        for run in runs {
            let codes = ink(run.face);
            if codes != last {
                write!(out, "{}{codes}", if last.is_empty() { "" } else { "\x1b[0m" })?;
                last = codes;
            }
            write!(out, "{}", run.shown(text))?;
        }
        writeln!(out, "{}", if last.is_empty() { "" } else { "\x1b[0m" })
    }

    /// Prints the notes that are first cited in a block or in what was split off it, and those that they cite.
    fn notes_of(&self, out: &mut dyn Write, block: u32, printed: &mut HashSet<NoteId>) -> io::Result<()> {
        let mut first = block;
        while self.article.block(BlockId(first)).continued && first > 0 {
            first -= 1;
        }
        let mut wanted = self.cited_in(first..block + 1);
        wanted.reverse();
        while let Some(id) = wanted.pop() {
            let blocks = self.article.notes.get(id.index()).map_or(0..0, |note| note.blocks.clone());
            if !printed.insert(id) || blocks.is_empty() {
                continue;
            }
            writeln!(out)?;
            blocks.clone().try_for_each(|at| self.note_block(out, BlockId(at), at > blocks.start))?;
            let mut inner = self.cited_in(blocks);
            inner.reverse();
            wanted.extend(inner);
        }
        Ok(())
    }

    fn cited_in(&self, blocks: std::ops::Range<u32>) -> Vec<NoteId> {
        let markers = self.article.markers_in(blocks);
        let markers = &self.article.markers[markers.start as usize..markers.end as usize];
        let note = |target: &Target| if let Target::Note(id) = target { Some(*id) } else { None };
        markers.iter().flat_map(|m| m.cites.iter()).filter_map(|cite| note(&cite.target)).collect()
    }

    /// A block of a note, indented, its label in brackets as the marker shows it.
    fn note_block(&self, out: &mut dyn Write, id: BlockId, parted: bool) -> io::Result<()> {
        const INDENT: &str = "    ";
        let Rows { gap, rows, beside, .. } = lay(self.article, id, self.width.saturating_sub(4).max(4));
        if parted {
            (0..gap).try_for_each(|_| writeln!(out))?;
        }
        let text = self.article.block(id).text.as_str();
        for mut row in rows {
            if let Some(at) = row.runs.iter().position(|run| run.face.role == Role::EntryLabel) {
                let face = row.runs[at].face;
                row.runs[at] = Run::added(format!("[{}]", row.runs[at].shown(text)), face);
                if let Some(blank) = row.runs.get_mut(at + 1).filter(|run| run.bytes.is_empty()) {
                    *blank = Run::blank(1, blank.face);
                }
            }
            write!(out, "{INDENT}")?;
            self.row(out, &row, text, beside)?;
        }
        Ok(())
    }
}

/// The runs of a row as they are read: a terminal, a pager or a screen reader turns text that runs right to left by
/// itself. Where cells stand side by side, only their order on the screen makes sense.
fn in_reading_order(row: &Row, beside: bool) -> Vec<&Run> {
    let mut runs: Vec<&Run> = row.runs.iter().collect();
    if beside || !runs.iter().any(|run| run.reversed) {
        return runs;
    }
    let is_text = |run: &&Run| !run.bytes.is_empty();
    let first = runs.iter().position(is_text).unwrap_or(0);
    let last = runs.iter().rposition(is_text).map_or(0, |at| at + 1);
    runs[first..last].sort_by_key(|run| run.bytes.start);
    // The blank cells that set such a row to the right are the terminal's business, too.
    runs.drain(
        ..first.min(usize::from(row.runs[0].bytes.is_empty() && row.runs[0].shown("").trim().is_empty())),
    );
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Builder, Draft, DraftCite, DraftMarker, To};

    fn article() -> Article {
        let mut builder = Builder::new("test");
        builder.title(Draft::of("A \u{1b}[31mtitle\u{7}"));
        let mut draft = Draft::of("Body text");
        draft.push_marker(DraftMarker {
            cites: vec![DraftCite::new(To::Note("n".into()))],
            ..DraftMarker::default()
        });
        builder.block(Kind::Paragraph, draft, vec![]);
        builder.block(Kind::Code("".into()), Draft::of(&"long code ".repeat(5)), vec![]);
        builder.block(Kind::Paragraph, Draft::of("שלום עולם"), vec![]);
        builder.begin_note("n");
        builder.block(Kind::Paragraph, Draft::of("The note."), vec![]);
        builder.end_note();
        let mut article = Article::default();
        article.append(builder.finish());
        article
    }

    fn printed(article: &Article, notes: Notes, ink: Option<&dyn Fn(Face) -> String>) -> String {
        let mut out = Vec::new();
        Page { article, width: 30, ink, notes }.print(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn notes_stand_where_they_are_wanted() {
        let article = article();
        let end = printed(&article, Notes::End, None);
        assert!(end.contains("Body text[1]\n") && end.contains("\nNotes\n"), "{end}");
        let inline = printed(&article, Notes::Inline, None);
        assert!(inline.contains("Body text[1]\n\n    [1]"), "{inline}");
        assert!(inline.contains("The note.") && !inline.contains("Notes"), "{inline}");
    }

    #[test]
    fn nothing_but_line_ends_controls_the_terminal() {
        let article = article();
        let plain = printed(&article, Notes::End, None);
        assert!(!plain.chars().any(|c| c.is_control() && c != '\n'), "{plain:?}");
        assert!(plain.contains("␛[31mtitle␇") && plain.contains("שלום עולם"), "{plain}");
        assert!(plain.lines().any(|line| line.contains(long().trim())), "code is printed whole: {plain}");
        let theme = Theme::named("terminal", Depth::Sixteen);
        let coloured = printed(&article, Notes::End, Some(&|face| shell::ink(&theme, face)));
        assert!(coloured.contains("\u{1b}[") && !coloured.contains("\u{1b}[31mtitle"), "{coloured:?}");
        assert!(coloured.split('\u{1b}').skip(1).all(|rest| {
            let code = rest.trim_start_matches(['[', ';', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
            rest.starts_with('[') && code.starts_with('m')
        }));
    }

    fn long() -> String {
        "long code ".repeat(5)
    }
}
