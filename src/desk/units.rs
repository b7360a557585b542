//! The list of units (名单): who has to report, made once and kept from year to year.

use crate::date::Day;
use crate::doc::Block;
use crate::import;

/// One unit that has to report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listed {
    /// Its name.
    pub name: String,
    /// What kind of unit it is; may be empty.
    pub category: String,
    /// Whom to call; may be empty.
    pub contact: String,
    /// The last day on which it may report, as it was written; may be empty.
    pub due: String,
}

/// The columns of the list; only the first is needed.
pub const COLUMNS: [&str; 4] = ["名称", "类别", "联系人", "期限"];

/// The extensions of files that may be a list, without a dot.
pub const EXTENSIONS: [&str; 3] = ["txt", "csv", "xlsx"];

/// Why a list cannot be read.
#[derive(Debug, thiserror::Error, Clone, PartialEq, Eq)]
pub enum UnitsError {
    /// It is no text and no workbook.
    #[error("名单读不了，应是一行一个名称的文本，或者有“名称”一栏的csv、xlsx")]
    Unreadable,
    /// It names nobody.
    #[error("名单里没有一个单位")]
    Empty,
    /// It names a unit twice.
    #[error("名单里“{0}”有两行，留下一行")]
    Twice(String),
}

/// Reads a list of units from the bytes of a file of this name.
///
/// # Errors
/// Says what is wrong with the list.
pub fn read(name: &str, bytes: &[u8]) -> Result<Vec<Listed>, UnitsError> {
    let rows = if bytes.starts_with(b"PK") {
        sheet(bytes)?
    } else {
        let text = import::decode(bytes).ok_or(UnitsError::Unreadable)?;
        lines(name, &text)
    };
    let units = listed(&rows);
    if units.is_empty() {
        return Err(UnitsError::Empty);
    }
    let mut names: Vec<&str> = units.iter().map(|unit| unit.name.as_str()).collect();
    names.sort_unstable();
    let twice = names.windows(2).find(|pair| pair.first() == pair.last());
    match twice.and_then(|pair| pair.first()) {
        Some(name) => Err(UnitsError::Twice((*name).to_owned())),
        None => Ok(units),
    }
}

/// The list as CSV, to be kept and filled in.
#[must_use]
pub fn write(units: &[Listed]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    let mut put = |row: [&str; 4]| writer.write_record(row).is_ok();
    let mut whole = put(COLUMNS);
    for unit in units {
        whole &= put([&unit.name, &unit.category, &unit.contact, &unit.due]);
    }
    // Memory takes whatever is written.
    let bytes = writer.into_inner().unwrap_or_default();
    if whole { bytes } else { Vec::new() }
}

/// The rows of a text: whole lines, or the fields of each where its head names columns.
fn lines(name: &str, text: &str) -> Vec<Vec<String>> {
    let text = text.trim_start_matches('\u{feff}');
    let head = text.lines().find(|line| !line.trim().is_empty());
    let head = head.unwrap_or_default();
    let is_table = name.to_lowercase().ends_with(".csv") || head.contains(COLUMNS[0]);
    if !is_table {
        let lines = text.lines().map(|line| vec![line.trim().to_owned()]);
        return lines.collect();
    }
    let delimiter = [b'\t', b';']
        .into_iter()
        .find(|delimiter| head.contains(char::from(*delimiter)));
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter.unwrap_or(b','))
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let rows = reader.records().flatten();
    rows.map(|row| row.iter().map(str::to_owned).collect())
        .collect()
}

/// The rows that are seen of a workbook.
fn sheet(bytes: &[u8]) -> Result<Vec<Vec<String>>, UnitsError> {
    let doc = import::read("名单.xlsx", bytes).map_err(|_error| UnitsError::Unreadable)?;
    let mut rows = vec![vec![doc.title]];
    for block in doc.blocks {
        match block {
            Block::Heading { text, .. } | Block::Paragraph(text) => rows.push(vec![text]),
            Block::Table(table) => {
                let first = rows.len();
                rows.resize(first + table.rows, vec![String::new(); table.columns]);
                for cell in table.cells {
                    let square = rows.get_mut(first + cell.row);
                    let square = square.and_then(|row| row.get_mut(cell.column));
                    if let Some(square) = square {
                        cell.text.trim().clone_into(square);
                    }
                }
            }
        }
    }
    Ok(rows)
}

/// The units of some rows, by the columns that a row names as its own; without one the first column is theirs.
fn listed(rows: &[Vec<String>]) -> Vec<Listed> {
    let place = |row: &[String], column: &str| row.iter().position(|field| field == column);
    let head = rows.iter().position(|row| place(row, COLUMNS[0]).is_some());
    let places = COLUMNS.map(|column| {
        let head = head.and_then(|head| rows.get(head));
        head.and_then(|row| place(row, column))
    });
    let [name, category, contact, due] = places;
    let field = |row: &[String], place: Option<usize>| {
        let found = place.and_then(|place| row.get(place));
        found.map_or_else(String::new, |text| text.trim().to_owned())
    };
    let rows = rows.iter().skip(head.map_or(0, |head| head + 1));
    rows.map(|row| Listed {
        name: field(row, Some(name.unwrap_or(0))),
        category: field(row, category),
        contact: field(row, contact),
        due: field(row, due),
    })
    .filter(|unit| !unit.name.is_empty())
    .collect()
}

impl Listed {
    /// The last day on which it may report: `2026-01-15`, `2026/1/15`, `2026年1月15日`, or without the year
    /// that in which the report on this year is due.
    #[must_use]
    pub fn due_day(&self, year: u16) -> Option<Day> {
        let parts = self.due.split(|c: char| !c.is_ascii_digit());
        let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
        let text = match parts.as_slice() {
            [month, day] => format!("{}-{month}-{day}", year.saturating_add(1)),
            // A time of day may follow.
            [year, month, day, ..] => format!("{year}-{month}-{day}"),
            _ => return None,
        };
        Day::read(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(units: &[Listed]) -> Vec<&str> {
        units.iter().map(|unit| unit.name.as_str()).collect()
    }

    #[test]
    fn lists_are_read_as_offices_keep_them() {
        let plain = "\u{feff}青石镇人民政府\r\n\r\n 县教育局 \n";
        let units = read("名单.txt", plain.as_bytes()).unwrap();
        assert_eq!(names(&units), ["青石镇人民政府", "县教育局"]);
        let table = "类别,名称,期限\n乡镇,\"青石镇人民政府\",2026/1/15\n部门,县教育局,1月20日\n";
        let (wide, _, _) = encoding_rs::GB18030.encode(table);
        for bytes in [table.as_bytes(), &wide] {
            let units = read("名单.csv", bytes).unwrap();
            assert_eq!(names(&units), ["青石镇人民政府", "县教育局"]);
            let days = units.iter().map(|unit| unit.due_day(2025));
            let days: Vec<_> = days.flatten().map(|day| day.to_string()).collect();
            assert_eq!(days, ["2026-01-15", "2026-01-20"]);
            assert_eq!(units[0].category, "乡镇");
        }
        let tabs = "名称\t联系人\n青石镇人民政府\t张三\n";
        assert_eq!(read("a.txt", tabs.as_bytes()).unwrap()[0].contact, "张三");
        assert_eq!(read("a.csv", &write(&units)).unwrap(), units);
    }

    #[test]
    fn lists_are_read_from_workbooks() {
        for columns in [1, 4] {
            let mut book = rust_xlsxwriter::Workbook::new();
            let sheet = book.add_worksheet();
            let rows = [
                COLUMNS,
                ["青石镇人民政府", "乡镇", "张三", "2026-01-15"],
                ["县教育局", "部门", "", ""],
            ];
            for (row, fields) in (0..).zip(rows) {
                for (column, field) in (0..columns).zip(fields) {
                    sheet.write(row, column, field).unwrap();
                }
            }
            let units = read("名单.xlsx", &book.save_to_buffer().unwrap()).unwrap();
            assert_eq!(names(&units), ["青石镇人民政府", "县教育局"]);
            assert_eq!(units[0].contact, if columns == 4 { "张三" } else { "" });
        }
    }

    #[test]
    fn what_is_no_list_is_refused() {
        assert_eq!(read("a.txt", b"\n \n"), Err(UnitsError::Empty));
        assert_eq!(read("a.txt", &[0, 1, 2, 3]), Err(UnitsError::Unreadable));
        let twice = read("a.txt", "甲镇\n乙镇\n甲镇".as_bytes());
        assert_eq!(twice, Err(UnitsError::Twice("甲镇".to_owned())));
    }
}
