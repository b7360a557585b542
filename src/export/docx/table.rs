//! One table of merged cells as a Word table.
//!
//! Word wants every row complete, so a cell over several rows is continued in each of them.

use docx_rs::{
    AlignmentType, HeightRule, Paragraph, Run, TableAlignmentType, TableCell, TableLayoutType,
    TableRow, VAlignType, VMergeType, WidthType,
};

use super::{broken, run, style};
use crate::doc::{Cell, Role, Table};
use crate::export::ExportError;
use crate::layout::Parting;
use crate::report::Choices;

/// Builds the table with its styles; header marks and the caption are added to the finished part.
/// It may go on to another page where its parting says, and nowhere else.
pub(super) fn build(
    table: &Table,
    choices: &Choices,
    parting: &Parting,
) -> Result<docx_rs::Table, ExportError> {
    let table = &table.parted(&parting.breaks);
    let widths = table.column_widths();
    let owners = owners(table)?;
    let rows = owners
        .iter()
        .enumerate()
        .map(|(row, line)| {
            let next = row + 1;
            let last = next == table.rows
                || parting.breaks.contains(&next)
                || parting.loose.contains(&next);
            build_row(table, choices, &widths, row, line, !last)
        })
        .collect();
    Ok(docx_rs::Table::without_borders(rows)
        .style(style::TABLE)
        .set_grid(widths.iter().copied().map(twips).collect())
        .width(twips(widths.iter().sum()), WidthType::Dxa)
        .align(TableAlignmentType::Center)
        .layout(TableLayoutType::Fixed))
}

fn twips(width: u32) -> usize {
    usize::try_from(width).unwrap_or(usize::MAX)
}

/// The cell lying on each square of the grid; squares of a ragged table may have none.
fn owners(table: &Table) -> Result<Vec<Vec<Option<&Cell>>>, ExportError> {
    let mut grid: Vec<Vec<Option<&Cell>>> = vec![vec![None; table.columns]; table.rows];
    for cell in &table.cells {
        let rows = cell.row..cell.row.saturating_add(cell.row_span.max(1));
        let columns = cell.column..cell.column.saturating_add(cell.column_span.max(1));
        let squares = grid
            .get_mut(rows)
            .ok_or_else(|| misplaced(cell))?
            .iter_mut()
            .map(|line| line.get_mut(columns.clone()).ok_or_else(|| misplaced(cell)));
        for line in squares {
            for square in line? {
                if square.replace(cell).is_some() {
                    return Err(misplaced(cell));
                }
            }
        }
    }
    Ok(grid)
}

fn misplaced(cell: &Cell) -> ExportError {
    broken(format!(
        "表格第{}行第{}列的单元格超出表格或与别的单元格重叠",
        cell.row + 1,
        cell.column + 1
    ))
}

fn build_row(
    table: &Table,
    choices: &Choices,
    widths: &[u32],
    row: usize,
    line: &[Option<&Cell>],
    keep_next: bool,
) -> TableRow {
    let cells = line
        .iter()
        .enumerate()
        .filter(|(column, owner)| owner.is_none_or(|cell| cell.column == *column))
        .map(|(column, owner)| {
            let span = owner.map_or(1, |cell| cell.column_span.max(1));
            let width = widths.iter().skip(column).take(span).sum();
            build_cell(table, choices, row, *owner, width, keep_next)
        })
        .collect();
    let height = f32::from(table.row_height(choices.table_line()));
    TableRow::new(cells)
        .cant_split()
        .row_height(height)
        .height_rule(HeightRule::AtLeast)
}

/// One physical cell; the paragraphs of all rows but the last of a part hold the part together.
fn build_cell(
    table: &Table,
    choices: &Choices,
    row: usize,
    owner: Option<&Cell>,
    width: u32,
    keep_next: bool,
) -> TableCell {
    let mut built = TableCell::new()
        .width(twips(width), WidthType::Dxa)
        .vertical_align(VAlignType::Center);
    let mut paragraph = Paragraph::new();
    if keep_next {
        paragraph = paragraph.keep_next(true);
    }
    let Some(cell) = owner else {
        return built.add_paragraph(paragraph.style(style::TABLE_VALUE));
    };
    if cell.column_span > 1 {
        built = built.grid_span(cell.column_span);
    }
    paragraph = match cell.role {
        Role::Head => paragraph.style(style::TABLE_HEAD),
        Role::Value => paragraph.style(style::TABLE_VALUE),
        Role::Label if table.is_tall() => paragraph.style(style::TABLE_LABEL),
        Role::Label => paragraph
            .style(style::TABLE_LABEL)
            .align(AlignmentType::Center),
    };
    if cell.row_span > 1 {
        let merge = if cell.row == row {
            VMergeType::Restart
        } else {
            VMergeType::Continue
        };
        built = built.vertical_merge(merge);
    }
    if cell.row == row && !cell.text.is_empty() {
        paragraph = paragraph.add_run(cell_run(cell, choices.table_size, width));
    }
    built.add_paragraph(paragraph)
}

/// The text of a cell as it is printed; the size is said where it is not the usual one.
fn cell_run(cell: &Cell, usual: u16, width: u32) -> Run {
    let print = cell.print(width, usual);
    let run = run(&print.text);
    if print.size == usual {
        run
    } else {
        run.size(usize::from(print.size))
    }
}
