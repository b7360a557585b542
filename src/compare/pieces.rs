//! A document as the texts it is made of, in their order: headings, paragraphs, labels, figures.

use super::{DifferenceKind, Order, PageDifference};
use crate::doc::compose::{BlockSource, sources};
use crate::doc::recognise::{RowLabels, is_figure};
use crate::doc::{Block, Cell, Doc, Role, Table};
use crate::form::{self, Edition, FieldId, SquareContent};
use crate::report::{Draft, Number};

/// One text of a document.
#[derive(Debug, Clone)]
pub(super) struct ComparedText {
    /// What it is.
    pub kind: DifferenceKind,
    /// The section it stands in; `None` where that is unknown.
    pub section: Option<usize>,
    /// The section whose table it stands in.
    pub table: Option<usize>,
    /// The cell it is the figure of.
    pub cell: Option<FieldId>,
    /// What its place is called.
    pub place: String,
    /// Where it stands in its document.
    pub order: Order,
    /// What it says.
    pub text: String,
}

impl ComparedText {
    /// A piece of a page, of which only the text and what it looks like are known.
    fn of_page(kind: DifferenceKind, order: Order, text: &str) -> Self {
        Self {
            kind,
            section: None,
            table: None,
            cell: None,
            place: String::new(),
            order,
            text: text.to_owned(),
        }
    }

    /// Whether it stands outside of all tables.
    pub fn is_text(&self) -> bool {
        matches!(
            self.kind,
            DifferenceKind::Title | DifferenceKind::Heading | DifferenceKind::Paragraph
        )
    }

    /// By what it is known again.
    pub fn key(&self) -> String {
        if self.kind == DifferenceKind::Figure {
            figure(&self.text)
        } else {
            bare(&self.text)
        }
    }

    /// This piece with something else in its place.
    pub fn differs(&self, found: &str) -> PageDifference {
        PageDifference {
            kind: self.kind,
            section: self.section,
            cell: self.cell,
            place: self.place.clone(),
            expected: bare(&self.text),
            found: if self.kind == DifferenceKind::Table {
                "不在原来的地方".to_owned()
            } else {
                found.to_owned()
            },
        }
    }
}

/// Text without white space and without what only joins or breaks letters, which pages treat in their own ways.
pub(super) fn bare(text: &str) -> String {
    let joins =
        |c: &char| matches!(c, '\u{200b}'..='\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}');
    let kept = text.chars().filter(|c| !c.is_whitespace() && !joins(c));
    kept.collect()
}

/// A figure as a number, so that it does not matter how a page writes it; what is none stays a text.
pub(super) fn figure(text: &str) -> String {
    let bare = bare(text);
    let number = bare.trim_end_matches(['件', '项', '个', '元']);
    // 万元 is no unit that may be left out.
    let number = if number.ends_with('万') {
        &bare
    } else {
        number
    };
    Number::read(number).map_or_else(|| bare.clone(), |number| number.to_string())
}

pub(super) fn table(block: &Block) -> Option<&Table> {
    match block {
        Block::Table(table) => Some(table),
        Block::Heading { .. } | Block::Paragraph(_) => None,
    }
}

/// Two tables of the two documents that are compared square by square, by their blocks.
pub(super) type TablePair = (usize, usize);

/// In the place of a table that is compared by itself.
fn whole_table(number: usize, section: Option<usize>, order: Order, place: String) -> ComparedText {
    ComparedText {
        section,
        place,
        ..ComparedText::of_page(DifferenceKind::Table, order, &format!("\u{0}{number}"))
    }
}

/// The texts of what a draft publishes.
pub(super) fn expected(draft: &Draft, doc: &Doc, pairs: &[TablePair]) -> Vec<ComparedText> {
    let edition = draft.report().edition();
    let mut pieces = vec![ComparedText {
        place: "标题".to_owned(),
        ..ComparedText::of_page(DifferenceKind::Title, (0, 0), &doc.title)
    }];
    let mut paragraphs = 0;
    for (at, (block, source)) in doc.blocks.iter().zip(sources(draft)).enumerate() {
        let order = (at + 1, 0);
        let (BlockSource::Heading(number)
        | BlockSource::Text {
            section: number, ..
        }
        | BlockSource::Table(number)) = source;
        let Some(section) = edition.sections.get(number) else {
            continue;
        };
        match block {
            Block::Heading { text, .. } | Block::Paragraph(text) => {
                let is_heading = matches!(source, BlockSource::Heading(_));
                paragraphs = if is_heading { 0 } else { paragraphs + 1 };
                let (kind, place) = if is_heading {
                    (
                        DifferenceKind::Heading,
                        format!("“{}”的标题", section.label),
                    )
                } else {
                    let place = format!("{}第{paragraphs}段", section.label);
                    (DifferenceKind::Paragraph, place)
                };
                pieces.push(ComparedText {
                    section: Some(number),
                    place,
                    ..ComparedText::of_page(kind, order, text)
                });
            }
            Block::Table(table) => match pairs.iter().position(|(own, _)| *own == at) {
                Some(pair) => {
                    let place = format!("{}的表格", section.label);
                    pieces.push(whole_table(pair, Some(number), order, place));
                }
                None => pieces.extend(cells(edition, number, table, at + 1)),
            },
        }
    }
    for (at, line) in doc.signature.iter().enumerate() {
        pieces.push(ComparedText {
            place: "署名".to_owned(),
            ..ComparedText::of_page(DifferenceKind::Paragraph, (doc.blocks.len() + 1, at), line)
        });
    }
    pieces
}

/// What stands in the cells of a table that the draft prints.
fn cells<'a>(
    edition: &'a Edition,
    section: usize,
    table: &'a Table,
    block: usize,
) -> impl Iterator<Item = ComparedText> + 'a {
    let filled = table
        .cells
        .iter()
        .filter(|cell| !bare(&cell.text).is_empty());
    filled.map(move |cell| {
        let (kind, id, place) = name(edition, section, cell);
        ComparedText {
            section: Some(section),
            table: Some(section),
            cell: id,
            place,
            ..ComparedText::of_page(kind, (block, cell.row * 100 + cell.column), &cell.text)
        }
    })
}

/// What a cell of a printed table is, and what it is called.
pub(super) fn name(
    edition: &Edition,
    section: usize,
    cell: &Cell,
) -> (DifferenceKind, Option<FieldId>, String) {
    let section = edition.sections.get(section);
    let squares = section.and_then(|section| match &section.body {
        form::SectionBody::Table(table) => Some(&table.grid.squares),
        form::SectionBody::Passage { .. } => None,
    });
    let mut squares = squares.into_iter().flatten();
    let square = squares.find(|square| (square.row, square.column) == (cell.row, cell.column));
    if let Some(SquareContent::Value(id)) = square.map(|square| &square.content) {
        return (
            DifferenceKind::Figure,
            Some(*id),
            edition.field(*id).label.clone(),
        );
    }
    let label = section.map_or("", |section| section.label.as_str());
    let what = if cell.role == Role::Label {
        "行名"
    } else {
        "栏名"
    };
    (
        DifferenceKind::Label,
        None,
        format!("{label}的{what}“{}”", bare(&cell.text)),
    )
}

/// The texts of a page that was read.
pub(super) fn found(edition: &Edition, doc: &Doc, pairs: &[TablePair]) -> Vec<ComparedText> {
    let rows = RowLabels::of(edition);
    let mut pieces = vec![ComparedText::of_page(
        DifferenceKind::Title,
        (0, 0),
        &doc.title,
    )];
    let cell = |order: Order, text: &str| {
        let kind = if is_figure(text) {
            DifferenceKind::Figure
        } else {
            DifferenceKind::Label
        };
        ComparedText::of_page(kind, order, text)
    };
    for (at, block) in doc.blocks.iter().enumerate() {
        match block {
            Block::Heading { text, .. } | Block::Paragraph(text) if rows.make_up(text) => {
                let words = text.split_whitespace().enumerate();
                pieces.extend(words.map(|(number, word)| cell((at + 1, number), word)));
            }
            Block::Heading { text, .. } | Block::Paragraph(text) => {
                pieces.push(ComparedText::of_page(
                    DifferenceKind::Paragraph,
                    (at + 1, 0),
                    text,
                ));
            }
            Block::Table(table) => match pairs.iter().position(|(_, found)| *found == at) {
                Some(pair) => pieces.push(whole_table(pair, None, (at + 1, 0), String::new())),
                None => pieces.extend(
                    table
                        .cells
                        .iter()
                        .map(|found| cell((at + 1, found.row * 100 + found.column), &found.text)),
                ),
            },
        }
    }
    let signature = doc.signature.iter().enumerate();
    pieces.extend(signature.map(|(at, line)| {
        ComparedText::of_page(DifferenceKind::Paragraph, (doc.blocks.len() + 1, at), line)
    }));
    pieces.retain(|piece| !bare(&piece.text).is_empty());
    pieces
}
