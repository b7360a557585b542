//! Blocks onto pages: what stays together, where a page ends, what stands on every page.

use super::faces::Faces;
use super::set::{Align, Style, Text};
use super::table::Measured;
use super::{Origin, Page, Place, points};
use crate::doc::sheet::{self, FOOTER_INDENT, FOOTER_LINE, FOOTER_SIZE};
use crate::doc::{Block, Doc, title};
use crate::report::Choices;
use crate::report::headings::run_in_heading;

/// Rounding must not push a line off its page.
const SLACK: f32 = 0.05;

/// Lines of a paragraph that stay together at either end of a page.
const TOGETHER: usize = 2;

/// What is placed as one: a paragraph or a table.
enum Item {
    Text {
        text: Text,
        /// Whether the next item must begin on the same page.
        keep_next: bool,
    },
    Table(Measured),
}

/// The pages of a document.
pub(super) fn pages(doc: &Doc, choices: &Choices, faces: &mut Faces<'_>) -> Vec<Page> {
    let items = items(doc, choices, faces);
    let mut flow = Flow::new(points(choices.line_pitch));
    let mut at = 0;
    while at < items.len() {
        at = flow.place(&items, at);
    }
    let mut pages = flow.pages;
    for (number, page) in (1..).zip(&mut pages) {
        furnish(page, number, &doc.mark, faces);
    }
    pages
}

fn items(doc: &Doc, choices: &Choices, faces: &mut Faces<'_>) -> Vec<Item> {
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
            wanted: faces.wanted(sheet::BIAO_SONG),
            size: f32::from(sheet::TITLE_SIZE) / 2.0,
            spacing: 0.0,
            indent: 0.0,
            align: Align::Center,
            ..body
        };
        let title = title::title_lines(&doc.title).join("\n");
        items.push(plain(Text::new(faces, Origin::Title, &title, style, width)));
        items.push(plain(blank(faces, body)));
    }
    for (number, block) in doc.blocks.iter().enumerate() {
        let origin = Origin::Block(number);
        // Two tables without a line between them would look like one.
        if let (Block::Table(_), Some(Item::Table(_))) = (block, items.last()) {
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
                    wanted: faces.wanted(font),
                    ..body
                };
                Item::Text {
                    text: Text::new(faces, origin, text, style, width),
                    keep_next: true,
                }
            }
            Block::Paragraph(text) => plain(paragraph(faces, origin, text, body)),
            Block::Table(table) => {
                Item::Table(Measured::new(faces, (number, table), choices, left))
            }
        });
    }
    items.extend(signature(doc, body, faces));
    items
}

/// A paragraph of text; the heading it may begin with looks like one.
fn paragraph(faces: &mut Faces<'_>, origin: Origin, text: &str, body: Style) -> Text {
    let width = points(sheet::TYPE_AREA);
    match run_in_heading(text) {
        None => Text::new(faces, origin, text, body, width),
        Some(end) => {
            let kai = faces.wanted(sheet::KAI);
            Text::with_run_in(faces, origin, (text, end, kai), body, width)
        }
    }
}

fn blank(faces: &mut Faces<'_>, body: Style) -> Text {
    let width = points(sheet::TYPE_AREA);
    Text::new(faces, Origin::Furniture, "", body, width)
}

/// The closing lines below a blank one, each with its room on the right; they stay on one page.
fn signature(doc: &Doc, body: Style, faces: &mut Faces<'_>) -> Vec<Item> {
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
        items.push(Item::Text {
            text: Text::new(faces, Origin::Signature(number), line, style, width),
            keep_next: number + 1 < last,
        });
    }
    items
}

fn plain(text: Text) -> Item {
    Item::Text {
        text,
        keep_next: false,
    }
}

struct Flow {
    pages: Vec<Page>,
    pitch: f32,
    top: f32,
    bottom: f32,
    /// Upper end of the free room on the last page.
    y: f32,
}

impl Flow {
    fn new(pitch: f32) -> Self {
        let top = points(sheet::TOP);
        Self {
            pages: vec![Page::default()],
            pitch,
            top,
            bottom: points(sheet::PAGE_HEIGHT) - points(sheet::BOTTOM),
            y: top,
        }
    }

    /// Places an item with all that must begin on the same page; returns the next item's number.
    fn place(&mut self, items: &[Item], first: usize) -> usize {
        let mut needed = 0.0;
        let mut last = first;
        for item in items.iter().skip(first) {
            match item {
                Item::Text {
                    text,
                    keep_next: true,
                } => {
                    needed += text.lines.len() as f32 * self.pitch;
                    last += 1;
                }
                Item::Text { text, .. } => {
                    needed += least(text.lines.len()) as f32 * self.pitch;
                    break;
                }
                Item::Table(table) => {
                    let whole = needed + table.height();
                    let fits = whole <= self.bottom - self.top + SLACK;
                    needed = if fits { whole } else { needed + table.least() };
                    break;
                }
            }
        }
        if self.y + needed > self.bottom + SLACK {
            self.turn();
        }
        for item in items.iter().take(last + 1).skip(first) {
            match item {
                Item::Text { text, .. } => self.place_text(text),
                Item::Table(table) => self.place_table(table),
            }
        }
        last + 1
    }

    fn turn(&mut self) {
        if self.y > self.top + SLACK {
            self.pages.push(Page::default());
            self.y = self.top;
        }
    }

    fn place_text(&mut self, text: &Text) {
        let mut from = 0;
        while from < text.lines.len() {
            let room = (self.bottom - self.y + SLACK) / self.pitch;
            let left = text.lines.len() - from;
            let mut fit = (room as usize).min(left);
            if fit < left && left - fit < TOGETHER {
                fit = left.saturating_sub(TOGETHER);
            }
            let orphaned = from == 0 && fit < TOGETHER && fit < left;
            if (fit == 0 || orphaned) && self.y > self.top + SLACK {
                self.turn();
                continue;
            }
            let fit = fit.max(1);
            let upper = self.y;
            for line in text.lines.iter().skip(from).take(fit) {
                let at = (points(sheet::LEFT), self.y + self.pitch * 0.8);
                if let Some(page) = self.pages.last_mut() {
                    text.draw(line, at, false, &mut page.runs);
                }
                self.y += self.pitch;
            }
            if let Some(page) = self.pages.last_mut() {
                page.places.push(Place {
                    origin: text.origin,
                    from: (points(sheet::LEFT), upper),
                    to: (points(sheet::LEFT) + points(sheet::TYPE_AREA), self.y),
                });
            }
            from += fit;
        }
    }

    fn place_table(&mut self, table: &Measured) {
        if self.bottom - self.y + SLACK < table.least() {
            self.turn();
        }
        let room = |y: f32| self.bottom - y + SLACK;
        let pieces = table.pieces(room(self.y), room(self.top));
        for number in 0..pieces.len() {
            if number > 0 {
                self.turn();
            }
            if let Some(page) = self.pages.last_mut() {
                self.y = table.draw(&pieces, number, self.y, page);
            }
        }
    }
}

/// The lines of a paragraph that must stand where it begins.
fn least(lines: usize) -> usize {
    if lines < TOGETHER * 2 {
        lines
    } else {
        TOGETHER
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
    let text = Text::new(
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
        text.draw(set, (left, top + line * 0.8), true, &mut page.runs);
    }
    if !mark.is_empty() {
        let style = Style {
            wanted: faces.wanted(sheet::HEI),
            align: Align::Center,
            ..style
        };
        let width = points(sheet::TYPE_AREA);
        let text = Text::new(faces, Origin::Furniture, mark, style, width);
        for set in &text.lines {
            let at = (points(sheet::LEFT), points(sheet::HEADER) + line * 0.8);
            text.draw(set, at, true, &mut page.runs);
        }
    }
}
