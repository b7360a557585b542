//! Comparing (核对): whether a page that was published says what the draft says.
//!
//! Every figure, every label and every paragraph is looked for in what the readers read of the page. It
//! knows documents and the form; it knows no file, no window and no command line.

mod align;
mod pieces;
mod tables;

use std::collections::BTreeSet;
use std::fmt;

use crate::doc::compose::publication;
use crate::doc::recognise::{RecogniseError, Recognised, recognise};
use crate::doc::{Doc, Role};
use crate::form::{self, FieldId};
use crate::report::Draft;
use crate::report::differences::shortened;
use pieces::{ComparedText, bare};

/// What came of comparing a page with a draft.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageComparison {
    /// What of the draft was looked for.
    pub scope: Scope,
    /// How many cells were looked for, blank ones among them.
    pub figures: usize,
    /// How many labels of rows and columns were looked for.
    pub labels: usize,
    /// How many headings and paragraphs were looked for, the title among them.
    pub paragraphs: usize,
    /// Where the page is not the draft, in the order of the form.
    pub differences: Vec<PageDifference>,
    /// Text of the page that is none of the report, which was not compared.
    pub passed_over: Vec<String>,
}

/// A place where the page is not the draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageDifference {
    /// What stands there.
    pub kind: DifferenceKind,
    /// The section by its number; `None` for the title.
    pub section: Option<usize>,
    /// The cell, where it is a figure of one.
    pub cell: Option<FieldId>,
    /// What the place is called.
    pub place: String,
    /// What the draft says there; empty for a blank and for what should not be there.
    pub expected: String,
    /// What the page says there; empty where it says nothing.
    pub found: String,
}

/// What of the draft a page is to say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Scope {
    /// All of it.
    #[default]
    Whole,
    /// Its tables, as in a workbook.
    Tables,
}

impl Scope {
    /// What a file of this name is to say.
    #[must_use]
    pub fn of_name(name: &str) -> Self {
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        let is_workbook = ["xlsx", "xlsm", "xls", "et", "ods"]
            .iter()
            .any(|own| extension.eq_ignore_ascii_case(own));
        if is_workbook {
            Self::Tables
        } else {
            Self::Whole
        }
    }

    /// What of the draft is not looked for, and why.
    #[must_use]
    pub fn left_out(self) -> Option<&'static str> {
        match self {
            Self::Whole => None,
            Self::Tables => Some("标题和各部分文字没有核对，工作簿里只有表格"),
        }
    }
}

/// What differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DifferenceKind {
    /// The title.
    Title,
    /// The heading of a section.
    Heading,
    /// A paragraph, a lower heading or a line of the signature.
    Paragraph,
    /// The heading of a row or a column.
    Label,
    /// A figure.
    Figure,
    /// A whole table.
    Table,
    /// Something that stands on the page alone.
    Extra,
}

impl DifferenceKind {
    /// What programs call it.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Heading => "heading",
            Self::Paragraph => "paragraph",
            Self::Label => "label",
            Self::Figure => "figure",
            Self::Table => "table",
            Self::Extra => "extra",
        }
    }
}

impl fmt::Display for PageDifference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// How much of what is the same is told around what is not.
        const AROUND: usize = 8;
        let (expected, found) = shortened(&self.expected, &self.found, AROUND);
        let place = &self.place;
        match (self.kind, expected.is_empty(), found.is_empty()) {
            (DifferenceKind::Extra, ..) => write!(f, "{place}：页面上多出“{found}”"),
            (DifferenceKind::Table, ..) => write!(f, "{place}：{found}"),
            (_, true, _) => write!(f, "{place}：应为空白，页面上是“{found}”"),
            (_, _, true) => write!(f, "{place}：应为“{expected}”，页面上没有"),
            _ => write!(f, "{place}：应为“{expected}”，页面上是“{found}”"),
        }
    }
}

impl PageComparison {
    /// Whether the page says what the draft says.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.differences.is_empty()
    }

    /// What came of it, in one line.
    #[must_use]
    pub fn summary(&self) -> String {
        let texts = match self.scope.left_out() {
            Some(left_out) => format!("；{left_out}"),
            None => format!("、{}段文字", self.paragraphs),
        };
        let looked = format!("{}格数、{}个行名栏名{texts}", self.figures, self.labels);
        match self.differences.len() {
            0 => format!("一致，核对了{looked}"),
            count => format!("有{count}处不一致，核对了{looked}"),
        }
    }
}

/// Compares what was read of a page with what a draft publishes.
///
/// # Errors
/// A page that holds no report is refused.
pub fn compare(draft: &Draft, page: &Doc, scope: Scope) -> Result<PageComparison, RecogniseError> {
    let expected = publication(draft);
    let read = recognise(page, form::all(), Some(draft.report().year()))?;
    let pairs = tables::pairs(&expected, page);
    let mut wanted = pieces::expected(draft, &expected, &pairs);
    let mut found = pieces::found(draft.report().edition(), page, &pairs);
    if scope == Scope::Tables {
        wanted.retain(|piece| !piece.is_text());
        found.retain(|piece| !piece.is_text());
    }
    let aligned = align::align(&wanted, &found);
    let mut work = Comparing {
        draft,
        read: &read,
        wanted: &wanted,
        found: &found,
        told: Vec::new(),
    };
    for pair in &pairs {
        tables::compare(draft, &expected, page, *pair, &mut work.told);
    }
    work.texts(&aligned);
    let passed_over = work.extras(&aligned, &expected, page);
    work.loose_tables(&aligned);
    let cells = || expected.blocks.iter().filter_map(pieces::table);
    let count = |is_value: bool| {
        let cells = cells().flat_map(|table| &table.cells);
        cells
            .filter(|cell| (cell.role == Role::Value) == is_value)
            .count()
    };
    let mut told = work.told;
    told.sort_by_key(|(order, difference)| (*order, difference.kind));
    Ok(PageComparison {
        scope,
        figures: count(true),
        labels: count(false),
        paragraphs: wanted.iter().filter(|piece| piece.is_text()).count(),
        differences: told.into_iter().map(|(_, difference)| difference).collect(),
        passed_over,
    })
}

/// Where in the draft's document something stands: its block, and the cell in it.
type Order = (usize, usize);

/// What is known while the differences are told.
struct Comparing<'a> {
    draft: &'a Draft,
    read: &'a Recognised,
    wanted: &'a [ComparedText],
    found: &'a [ComparedText],
    told: Vec<(Order, PageDifference)>,
}

impl Comparing<'_> {
    /// Tells what of the title, the headings, the paragraphs and the labels is not there as it should be.
    fn texts(&mut self, aligned: &align::Matching) {
        for (piece, change) in self.wanted.iter().zip(&aligned.changes) {
            let Some(found) = change else { continue };
            if piece.kind != DifferenceKind::Figure && !self.is_lost(piece.table, aligned) {
                self.told.push((piece.order, piece.differs(found)));
            }
        }
    }

    /// Whether nothing at all of a table is on the page.
    fn is_lost(&self, table: Option<usize>, aligned: &align::Matching) -> bool {
        let pieces = self.wanted.iter().zip(&aligned.changes);
        let mut own = pieces.filter(|(piece, _)| table.is_some() && piece.table == table);
        table.is_some() && own.all(|(_, change)| change.as_ref().is_some_and(String::is_empty))
    }

    /// Tells what stands on the page alone; returns what is none of the report.
    fn extras(&mut self, aligned: &align::Matching, expected: &Doc, page: &Doc) -> Vec<String> {
        let again: BTreeSet<String> = self
            .wanted
            .iter()
            .filter(|piece| {
                piece.kind == DifferenceKind::Label || piece.kind == DifferenceKind::Title
            })
            .map(|piece| bare(&piece.text))
            .chain([bare(&expected.mark)])
            .collect();
        let site = self.read.left.iter().map(|left| bare(&left.text));
        let site: Vec<String> = site.collect();
        let left_out = page.left_out.iter().flat_map(|left| left.text.lines());
        let mut passed_over: Vec<String> = left_out.map(str::to_owned).collect();
        for extra in &aligned.extras {
            let Some(piece) = self.found.get(extra.found) else {
                continue;
            };
            let text = bare(&piece.text);
            let before = extra.after.and_then(|after| self.wanted.get(after));
            let is_in_table = before.is_some_and(|piece| piece.table.is_some());
            let is_figure_of_table = piece.kind == DifferenceKind::Figure && is_in_table;
            // Editors make a line of the name that a table has beside its heading.
            let is_caption = before.is_some_and(|heading| {
                heading.kind == DifferenceKind::Heading && bare(&heading.text) == text
            });
            let is_again = again.contains(&text) || is_caption;
            if piece.kind == DifferenceKind::Table || is_again || is_figure_of_table {
                continue;
            }
            if site.iter().any(|left| left.contains(&text)) {
                passed_over.push(piece.text.clone());
                continue;
            }
            let place = before.map_or("开头".to_owned(), |piece| format!("{}之后", piece.place));
            let difference = PageDifference {
                kind: DifferenceKind::Extra,
                section: before.and_then(|piece| piece.section),
                cell: None,
                place,
                expected: String::new(),
                found: text,
            };
            let order = before.map_or((0, 0), |piece| piece.order);
            self.told.push((order, difference));
        }
        passed_over.dedup();
        passed_over
    }

    /// Tells the figures of every table that does not stand on the page as it is printed.
    fn loose_tables(&mut self, aligned: &align::Matching) {
        let numbers: BTreeSet<usize> = self.wanted.iter().filter_map(|piece| piece.table).collect();
        for number in numbers {
            self.loose_table(number, aligned);
        }
    }

    fn loose_table(&mut self, number: usize, aligned: &align::Matching) {
        let Some(section) = self.draft.report().edition().sections.get(number) else {
            return;
        };
        let form::SectionBody::Table(table) = &section.body else {
            return;
        };
        let own = |piece: &ComparedText| piece.table == Some(number);
        let order = self.wanted.iter().find(|piece| own(piece));
        let order = order.map_or((0, 0), |piece| piece.order);
        if self.is_lost(Some(number), aligned) {
            let lost = self.about_table(number, "页面上没有这张表格".to_owned());
            self.told.push((order, lost));
            return;
        }
        let in_order = |piece: &ComparedText| own(piece) && piece.kind == DifferenceKind::Figure;
        let pieces = self.wanted.iter().zip(&aligned.changes);
        let moved = pieces.filter(|(piece, change)| in_order(piece) && change.is_some());
        let moved = moved.count();
        let more = aligned.extras.iter().filter(|extra| {
            let after = extra.after.and_then(|after| self.wanted.get(after));
            let piece = self.found.get(extra.found);
            after.is_some_and(own)
                && piece.is_some_and(|piece| piece.kind == DifferenceKind::Figure)
        });
        let more = more.count();
        let printed = self.wanted.iter().filter(|piece| in_order(piece)).count();
        let has_blanks = table.fields().count() > printed;
        // Every figure is there in its order, and no place is left in which one of them could stand wrongly.
        if moved + more == 0 && !has_blanks {
            return;
        }
        let before = self.told.len();
        let (mut filled, mut lost) = (0, 0);
        for id in table.fields() {
            let (expected, found) = (self.printed(id), self.entered(id));
            if expected == found {
                continue;
            }
            filled += usize::from(expected.is_empty());
            lost += usize::from(found.is_empty());
            let square = table.grid.square_of(id);
            let square = square.map_or(0, |square| square.row * 100 + square.column);
            let edition = self.draft.report().edition();
            let difference = PageDifference {
                kind: DifferenceKind::Figure,
                section: Some(number),
                cell: Some(id),
                place: edition.field(id).label.clone(),
                expected,
                found,
            };
            self.told.push(((order.0, square), difference));
        }
        let seen = self.told.len() > before;
        if !seen && moved > 0 {
            let text = format!("{moved}个数与草稿不一样，或者不在原来的格里");
            let odd = self.about_table(number, text);
            self.told.push((order, odd));
        }
        if more + lost > moved + filled || (!seen && moved == 0 && more > 0) {
            let text = format!("页面上多出{more}个数");
            let odd = self.about_table(number, text);
            self.told.push((order, odd));
        }
    }

    fn about_table(&self, number: usize, found: String) -> PageDifference {
        let sections = &self.draft.report().edition().sections;
        let label = sections.get(number).map(|section| section.label.as_str());
        PageDifference {
            kind: DifferenceKind::Table,
            section: Some(number),
            cell: None,
            place: format!("{}的表格", label.unwrap_or_default()),
            expected: String::new(),
            found,
        }
    }

    /// What the draft prints in a cell, without its unit.
    fn printed(&self, id: FieldId) -> String {
        let report = self.draft.report();
        let value = report.value(id).map(|value| value.to_string());
        value.unwrap_or_else(|| report.entry(id).shown())
    }

    /// What was read of the page for the same cell.
    fn entered(&self, id: FieldId) -> String {
        let read = &self.read.report;
        let same = read.same_field(self.draft.report(), id);
        same.map_or_else(String::new, |id| read.entry(id).shown())
    }
}
