//! Blocks onto pages: what each is made of, where it is drawn, what stands on every page.

use super::faces::Faces;
use super::paginate::{Breaks, Flow, FlowItem, Placement};
use super::set::{Align, SetText, Style};
use super::table::TableLayout;
use super::{Origin, Page, PageRegion, plan, points};
use crate::doc::sheet::{self, FOOTER_INDENT, FOOTER_LINE, FOOTER_SIZE};
use crate::doc::{Block, Doc, title};
use crate::report::Choices;
use crate::report::headings::run_in_heading;

/// A document measured in the fonts at hand.
pub(super) struct DocMeasure {
    pub(super) items: Vec<FlowItem>,
    pitch: f32,
    pub(super) whole: bool,
    /// The block of the paragraph that keeps the last page company.
    pub(super) company: Option<usize>,
}

impl DocMeasure {
    pub(super) fn new(doc: &Doc, choices: &Choices, faces: &mut Faces<'_>) -> Self {
        faces.set_latin(choices.times.then_some(sheet::TIMES));
        let mut measure = Self {
            items: items(doc, choices, faces),
            pitch: points(choices.line_pitch),
            whole: choices.whole_tables,
            company: None,
        };
        measure.keep_company();
        measure
    }

    /// Lets the last paragraph of the page before go over to a last page with hardly a line, where
    /// that leaves no page too blank.
    fn keep_company(&mut self) {
        let flow = self.flow(&self.breaks());
        if !flow.ends_lonely() {
            return;
        }
        let page = flow.ends.len();
        let mut last = flow.placements.iter().filter(|one| one.page == page);
        let first = last.next().filter(|one| one.part.0 == 0);
        let Some(before) = first.and_then(|one| one.item.checked_sub(1)) else {
            return;
        };
        let moved = |at: usize| match self.items.get(at) {
            Some(FlowItem::Text { text, .. }) => text.lines.len() as f32 * self.pitch,
            _ => f32::INFINITY,
        };
        let heads = (0..before).rev().take_while(|&at| {
            let item = self.items.get(at);
            matches!(
                item,
                Some(FlowItem::Text {
                    keep_next: true,
                    ..
                })
            )
        });
        let moved = heads.map(moved).sum::<f32>() + moved(before);
        let blank = flow.bottom - flow.ends.last().copied().unwrap_or_default() + moved;
        let begins = flow.placements.iter().find(|one| one.item == before);
        let is_near = begins.is_some_and(|one| one.page + 1 == page);
        if !is_near || blank > flow.page() * plan::BLANK {
            return;
        }
        if let Some(FlowItem::Text { text, keep_next }) = self.items.get_mut(before)
            && let Origin::Block(block) = text.origin
        {
            *keep_next = true;
            self.company = Some(block);
        }
    }

    /// The rows before which the tables go on to another page.
    pub(super) fn breaks(&self) -> Breaks {
        plan::breaks(&self.items, self.pitch, self.whole)
    }

    /// The items placed, the tables broken so.
    pub(super) fn flow(&self, breaks: &Breaks) -> Flow {
        let mut flow = Flow::new(self.pitch);
        let mut at = 0;
        while at < self.items.len() {
            at = flow.place(&self.items, at, breaks);
        }
        flow
    }

    /// The pages, the tables broken where it is best.
    pub(super) fn pages(&self, mark: &str, faces: &mut Faces<'_>) -> Vec<Page> {
        let flow = self.flow(&self.breaks());
        let mut pages = vec![Page::default(); flow.ends.len() + 1];
        for (at, placement) in flow.placements.iter().enumerate() {
            if let Some(page) = pages.get_mut(placement.page) {
                self.draw(&flow.placements, at, page);
            }
        }
        // The page number keeps its own font.
        faces.set_latin(None);
        for (number, page) in (1..).zip(&mut pages) {
            furnish(page, number, mark, faces);
        }
        pages
    }

    fn draw(&self, placements: &[Placement], at: usize, page: &mut Page) {
        let Some(placement) = placements.get(at) else {
            return;
        };
        match self.items.get(placement.item) {
            Some(FlowItem::Text { text, .. }) => draw_lines(text, placement, self.pitch, page),
            Some(FlowItem::Table(_, table)) => {
                let same = |other: &&Placement| other.item == placement.item;
                let before = placements.iter().take(at).filter(same).count();
                let all: Vec<_> = placements.iter().filter(same).map(|one| one.part).collect();
                table.draw(&all, before, placement.y, page);
            }
            None => {}
        }
    }
}

fn draw_lines(text: &SetText, placement: &Placement, pitch: f32, page: &mut Page) {
    let mut y = placement.y;
    let (from, to) = placement.part;
    for line in text.lines.get(from..to).unwrap_or_default() {
        let left = points(sheet::LEFT);
        text.draw(line, left, y + pitch * 0.8, false, &mut page.runs);
        y += pitch;
    }
    page.places.push(PageRegion {
        origin: text.origin,
        from: (points(sheet::LEFT), placement.y),
        to: (points(sheet::LEFT) + points(sheet::TYPE_AREA), y),
    });
}

fn items(doc: &Doc, choices: &Choices, faces: &mut Faces<'_>) -> Vec<FlowItem> {
    let width = points(sheet::TYPE_AREA);
    let left = points(sheet::LEFT);
    let body = Style {
        wanted: faces.wanted(&choices.body_font),
        size: f32::from(choices.body_size) / 2.0,
        spacing: choices.character_spacing() as f32 / 20.0,
        indent: points(choices.first_line()),
        align: Align::Both,
        hang: true,
    };
    let mut items = Vec::new();
    if !doc.title.is_empty() {
        let style = Style {
            wanted: faces.wanted(&choices.title_font),
            size: f32::from(choices.title_size) / 2.0,
            spacing: 0.0,
            indent: 0.0,
            align: Align::Center,
            ..body
        };
        let title = title::title_lines_of(&doc.title, choices.title_size).join("\n");
        items.push(plain(SetText::new(
            faces,
            Origin::Title,
            &title,
            style,
            width,
        )));
    }
    if !doc.number.is_empty() {
        let style = Style {
            indent: 0.0,
            align: Align::Center,
            ..body
        };
        items.push(plain(SetText::new(
            faces,
            Origin::Number,
            &doc.number,
            style,
            width,
        )));
    }
    if !items.is_empty() {
        items.push(plain(blank(faces, body)));
    }
    for (number, block) in doc.blocks.iter().enumerate() {
        let origin = Origin::Block(number);
        // Two tables without a line between them would look like one.
        if let (Block::Table(_), Some(FlowItem::Table(..))) = (block, items.last()) {
            items.push(plain(blank(faces, body)));
        }
        items.push(match block {
            Block::Heading { level, text } => {
                let font = match level {
                    0 | 1 => sheet::HEI,
                    2 => sheet::KAI,
                    _ => choices.body_font.as_str(),
                };
                let style = Style {
                    wanted: faces.wanted(font).bold(*level > 2 && choices.bold_third),
                    ..body
                };
                FlowItem::Text {
                    text: SetText::new(faces, origin, text, style, width),
                    keep_next: true,
                }
            }
            Block::Paragraph(text) => plain(paragraph(faces, origin, text, body, choices)),
            Block::Table(table) => FlowItem::Table(
                number,
                TableLayout::new(faces, number, table, choices, left),
            ),
        });
    }
    items.extend(signature(doc, body, faces));
    items
}

/// A paragraph of text; the heading it may begin with looks like one.
fn paragraph(
    faces: &mut Faces<'_>,
    origin: Origin,
    text: &str,
    body: Style,
    choices: &Choices,
) -> SetText {
    let width = points(sheet::TYPE_AREA);
    match run_in_heading(text) {
        None => SetText::new(faces, origin, text, body, width),
        Some((2, end)) => {
            let kai = faces.wanted(sheet::KAI);
            SetText::with_run_in(faces, origin, text, end, kai, body, width)
        }
        Some((_, end)) => {
            let wanted = body.wanted.bold(choices.bold_third);
            SetText::with_run_in(faces, origin, text, end, wanted, body, width)
        }
    }
}

fn blank(faces: &mut Faces<'_>, body: Style) -> SetText {
    let width = points(sheet::TYPE_AREA);
    SetText::new(faces, Origin::Furniture, "", body, width)
}

/// The closing lines below a blank one, each with its room on the right; they stay on one page.
fn signature(doc: &Doc, body: Style, faces: &mut Faces<'_>) -> Vec<FlowItem> {
    let last = doc.signature.len();
    if last == 0 {
        return Vec::new();
    }
    let mut items = vec![plain(blank(faces, body))];
    for (number, (line, room)) in doc.signature_lines().enumerate() {
        let style = Style {
            indent: 0.0,
            align: Align::Right,
            ..body
        };
        let width = points(sheet::TYPE_AREA) - room as f32 / 100.0 * body.size;
        items.push(FlowItem::Text {
            text: SetText::new(faces, Origin::Signature(number), line, style, width),
            keep_next: number + 1 < last,
        });
    }
    items
}

fn plain(text: SetText) -> FlowItem {
    FlowItem::Text {
        text,
        keep_next: false,
    }
}

/// The page number, on the outer side one character in from the edge.
fn furnish(page: &mut Page, number: usize, mark: &str, faces: &mut Faces<'_>) {
    let odd = number % 2 == 1;
    let style = Style {
        wanted: faces.wanted(sheet::SONG),
        size: f32::from(FOOTER_SIZE) / 2.0,
        spacing: 0.0,
        indent: 0.0,
        align: if odd { Align::Right } else { Align::Left },
        hang: false,
    };
    let indent = points(FOOTER_INDENT);
    let width = points(sheet::TYPE_AREA) - indent;
    let text = SetText::new(
        faces,
        Origin::Furniture,
        &format!("— {number} —"),
        style,
        width,
    );
    let left = points(sheet::LEFT) + if odd { 0.0 } else { indent };
    let line = points(FOOTER_LINE);
    let top = points(sheet::PAGE_HEIGHT) - points(sheet::FOOTER) - line;
    for set in &text.lines {
        text.draw(set, left, top + line * 0.8, true, &mut page.runs);
    }
    if !mark.is_empty() {
        let style = Style {
            wanted: faces.wanted(sheet::HEI),
            align: Align::Center,
            ..style
        };
        let width = points(sheet::TYPE_AREA);
        let text = SetText::new(faces, Origin::Furniture, mark, style, width);
        for set in &text.lines {
            let baseline = points(sheet::HEADER) + line * 0.8;
            text.draw(set, points(sheet::LEFT), baseline, true, &mut page.runs);
        }
    }
}
