//! Figures and pictures: with a caption, alone in a paragraph, or in a line of text.

use dom_query::NodeRef;

use super::dialect::Dialect;
use super::grid::Grid;
use super::walker::{Enter, Exit, Walker};
use crate::article::{Draft, Figure, Kind, Mark};

/// A figure that is being read.
#[derive(Debug, Default)]
pub struct Frame {
    /// The pictures in it: their addresses, and what is said to be seen.
    pictures: Vec<(String, String)>,
    caption: Option<Draft>,
}

/// Smaller pictures are icons, in pixels.
const ICON: f32 = 40.0;

impl<'a, D: Dialect> Walker<'a, D> {
    pub(super) fn enter_figure(&mut self) -> Enter {
        self.flush();
        if self.is_flat() {
            return Enter::Into(Exit::Gap);
        }
        self.frames.push(Frame::default());
        Enter::Into(Exit::Figure)
    }

    /// A caption outside of any figure is a line of its own.
    pub(super) fn enter_caption(&mut self) -> Enter {
        if self.frames.is_empty() || self.is_flat() {
            return self.enter_block();
        }
        self.enter_line(Exit::FigureCaption)
    }

    pub(super) fn leave_caption(&mut self) {
        let Some(mut line) = self.take_line() else { return };
        let Some(frame) = self.frames.last_mut() else { return };
        match &mut frame.caption {
            Some(caption) => {
                caption.push(" ");
                caption.append(std::mem::take(&mut line));
            }
            none => *none = Some(line),
        }
    }

    pub(super) fn leave_figure(&mut self) {
        self.flush();
        let Some(mut frame) = self.frames.pop() else { return };
        let last = frame.pictures.pop();
        for (address, description) in frame.pictures {
            self.emit_figure(&address, None, &description);
        }
        match (last, frame.caption) {
            (Some((address, description)), caption) => self.emit_figure(&address, caption, &description),
            (None, Some(caption)) if self.after_table => self.emit(Kind::Caption, caption),
            (None, Some(caption)) => self.emit(Kind::Paragraph, caption),
            (None, None) => {}
        }
    }

    /// A picture. Icons and what counts visitors are left out.
    pub(super) fn picture(&mut self, img: &NodeRef<'a>) -> Enter {
        self.picture_of(img, true)
    }

    /// A picture whose description says nothing.
    pub(super) fn undescribed(&mut self, img: &NodeRef<'a>) -> Enter {
        self.picture_of(img, false)
    }

    fn picture_of(&mut self, img: &NodeRef<'a>, described: bool) -> Enter {
        let Some(address) = self.page.picture(img) else { return Enter::Skip };
        let told =
            |name: &str| img.attr(name).or_else(|| img.attr(&format!("data-{name}"))).unwrap_or_default();
        let said = if described { told("alt").to_string() } else { String::new() };
        let side = |name: &str| told(name).trim().trim_end_matches("px").parse::<f32>().ok();
        let small = [side("width"), side("height")].into_iter().flatten().any(|pixels| pixels <= ICON);
        if small && said.trim().is_empty() {
            return Enter::Skip;
        }
        match self.frames.last_mut() {
            Some(frame) if self.held.is_empty() => frame.pictures.push((address, said)),
            _ if !said.trim().is_empty() => self.flow.put(said.trim(), Mark::Image(address)),
            _ if self.held.is_empty() => self.silent.push(address),
            // In a cell of its own it may still become a figure.
            _ if self.grid.as_ref().is_some_and(Grid::is_pairs) && self.flow.as_str().is_empty() => {
                self.flow.put("", Mark::Image(address));
            }
            _ => {}
        }
        Enter::Skip
    }

    /// A paragraph that is one picture is a figure.
    pub(super) fn lonely_picture(&mut self, draft: &Draft) -> bool {
        match only_picture(draft) {
            Some((address, description)) => {
                self.emit_figure(&address, None, &description);
                true
            }
            None => false,
        }
    }

    /// A line of a table that goes across: a picture with words after it is a figure with a caption.
    pub(super) fn emit_line(&mut self, mut draft: Draft) {
        if self.lonely_picture(&draft) {
            return;
        }
        let pictures = draft.marks().iter().filter(|(_, mark)| matches!(mark, Mark::Image(_)));
        let ends: Vec<(usize, usize)> = pictures.map(|(range, _)| (range.start, range.end)).collect();
        if let [(0, end)] = ends[..] {
            let caption = draft.split_off(end);
            if let Some((address, description)) = only_picture(&draft) {
                return self.emit_figure(&address, Some(caption), &description);
            }
            draft.append(caption);
        }
        self.emit(Kind::Paragraph, draft);
    }

    /// A figure. Its text is the caption, and after that the description, unless they say the same.
    pub(super) fn emit_figure(&mut self, address: &str, caption: Option<Draft>, description: &str) {
        let mut draft = trimmed(caption.unwrap_or_default());
        let end = draft.len();
        let mut told = Draft::default();
        told.push_line(description.trim());
        let described = if told.as_str().is_empty() || told.as_str() == draft.as_str() {
            end..end
        } else {
            draft.push(if end > 0 { "\n" } else { "" });
            let start = draft.len();
            draft.append(told);
            start..draft.len()
        };
        let image = self.builder.link(address);
        let caption = 0..end as u32;
        let description = described.start as u32..described.end as u32;
        self.emit(Kind::Figure(Box::new(Figure { image, caption, description })), draft);
    }
}

/// The caption without white space around it.
fn trimmed(mut draft: Draft) -> Draft {
    let lead = draft.as_str().len() - draft.as_str().trim_start().len();
    if lead > 0 {
        draft = draft.split_off(lead);
    }
    draft.trim_end();
    draft
}

/// The picture that a text consists of: its address and description.
fn only_picture(draft: &Draft) -> Option<(String, String)> {
    let text = draft.as_str();
    let shown = text.len() - text.trim_start().len()..text.trim_end().len();
    let mut pictures = draft.marks().iter().filter_map(|(range, mark)| match mark {
        Mark::Image(address) => Some((range, address)),
        _ => None,
    });
    let (range, address) = pictures.next()?;
    let whole = range.start <= shown.start && range.end >= shown.end;
    let other = draft.marks().iter().any(|(_, mark)| matches!(mark, Mark::Marker(_) | Mark::Math(_)));
    (whole && !other && pictures.next().is_none()).then(|| (address.clone(), text.trim().to_owned()))
}
