//! Reports of several years side by side (几年对比): their key figures as a table and as plain charts.
//!
//! Which figures are key, the editions say. What a year's form did not ask for is said, never 0.

mod output;
mod page;

use std::fmt;

pub use output::YearsFormat;

use crate::report::{Number, Report};

/// The fewest reports that are compared, and the most.
pub const LEAST: usize = 2;
/// The most reports that fit side by side.
pub const MOST: usize = 6;

/// Reports of different years with their key figures.
#[derive(Debug, Clone)]
pub struct ComparedYears {
    reports: Vec<Report>,
    /// The figures, those of the newest form first.
    pub rows: Vec<YearRow>,
}

/// A key figure through the years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearRow {
    /// What it is called.
    pub label: String,
    /// What it counts.
    pub unit: String,
    /// The chart that draws it; empty for none.
    pub chart: String,
    /// What each year's report says.
    pub years: Vec<YearFigure>,
}

/// What the report of a year says of a key figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearFigure {
    /// The year.
    pub year: u16,
    /// The keys of the cells that it adds up, joined by `+`; empty where the form has none.
    pub cells: String,
    /// What it comes to.
    pub value: YearValue,
}

/// What a key figure comes to in a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YearValue {
    /// The figure.
    Figure(Number),
    /// Nothing was filled in.
    Blank,
    /// The form of that year did not ask for it.
    Absent,
}

/// A chart: the figures that are drawn together.
#[derive(Debug, Clone)]
pub struct Chart<'a> {
    /// What it is called, with its unit.
    pub title: String,
    /// Its figures.
    pub rows: Vec<&'a YearRow>,
}

/// Why reports cannot stand side by side.
#[derive(Debug, Clone, thiserror::Error, PartialEq, Eq)]
pub enum YearsError {
    /// There are too few or too many.
    #[error("对比要{LEAST}到{MOST}份报告，现有{0}份")]
    Count(usize),
    /// Two are of the same year.
    #[error("有两份都是{0}年的报告，每年留一份")]
    Twice(u16),
}

impl fmt::Display for YearValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Figure(number) => fmt::Display::fmt(number, f),
            Self::Blank => f.write_str("未填"),
            Self::Absent => f.write_str("无此项"),
        }
    }
}

impl ComparedYears {
    /// Puts reports side by side, the oldest first.
    ///
    /// # Errors
    /// When there are too few or too many of them, or two of one year.
    pub fn new(mut reports: Vec<Report>) -> Result<Self, YearsError> {
        if !(LEAST..=MOST).contains(&reports.len()) {
            return Err(YearsError::Count(reports.len()));
        }
        reports.sort_by_key(Report::year);
        let mut pairs = reports.iter().zip(reports.iter().skip(1));
        if let Some((twice, _)) = pairs.find(|(one, next)| one.year() == next.year()) {
            return Err(YearsError::Twice(twice.year()));
        }
        let mut rows: Vec<YearRow> = Vec::new();
        for report in reports.iter().rev() {
            for figure in &report.edition().key_figures {
                if rows.iter().all(|row| row.label != figure.label) {
                    rows.push(YearRow {
                        label: figure.label.clone(),
                        unit: figure.unit.clone(),
                        chart: figure.chart.clone(),
                        years: reports
                            .iter()
                            .map(|report| figure_of(report, &figure.label))
                            .collect(),
                    });
                }
            }
        }
        Ok(Self { reports, rows })
    }

    /// The years, the oldest first.
    pub fn years(&self) -> impl Iterator<Item = u16> + '_ {
        self.reports.iter().map(Report::year)
    }

    /// The charts in the order of their figures.
    #[must_use]
    pub fn charts(&self) -> Vec<Chart<'_>> {
        let mut charts: Vec<(&str, Chart<'_>)> = Vec::new();
        for row in self.rows.iter().filter(|row| !row.chart.is_empty()) {
            match charts.iter_mut().find(|(name, _)| *name == row.chart) {
                Some((_, chart)) => chart.rows.push(row),
                None => charts.push((
                    &row.chart,
                    Chart {
                        title: format!("{}（{}）", row.chart, row.unit),
                        rows: vec![row],
                    },
                )),
            }
        }
        charts.into_iter().map(|(_, chart)| chart).collect()
    }

    /// The name of the authority that the newest report gives.
    #[must_use]
    pub fn issuer(&self) -> &str {
        self.reports.last().map_or("", Report::issuer)
    }

    /// What the page is called.
    #[must_use]
    pub fn title(&self) -> String {
        let (first, last) = (self.years().next(), self.years().last());
        let (first, last) = (first.unwrap_or_default(), last.unwrap_or_default());
        format!(
            "{}{first}至{last}年政府信息公开主要数据",
            self.issuer().trim()
        )
    }

    /// What the reader of the page should know.
    #[must_use]
    pub fn remarks(&self) -> Vec<String> {
        let mut remarks = Vec::new();
        let values = self.rows.iter().flat_map(|row| &row.years);
        let has = |value: YearValue| values.clone().any(|figure| figure.value == value);
        if has(YearValue::Blank) {
            remarks.push("“未填”是报告里没有填，不是0".to_owned());
        }
        if has(YearValue::Absent) {
            remarks.push("“无此项”是当年的格式没有这一项，不是0".to_owned());
        }
        let differs = |report: &&Report| report.issuer().trim() != self.issuer().trim();
        for report in self.reports.iter().filter(differs) {
            let name = match report.issuer().trim() {
                "" => "没有填",
                name => name,
            };
            remarks.push(format!("{}年的机关名称：{name}", report.year()));
        }
        remarks
    }
}

fn figure_of(report: &Report, label: &str) -> YearFigure {
    let edition = report.edition();
    let figure = edition.key_figure(label);
    let keys = figure.map(|figure| {
        let keys = figure
            .cells
            .iter()
            .map(|&id| edition.field(id).key.as_str());
        keys.collect::<Vec<_>>().join("+")
    });
    let value = match figure {
        None => YearValue::Absent,
        Some(figure) => report
            .sum(&figure.cells)
            .map_or(YearValue::Blank, YearValue::Figure),
    };
    YearFigure {
        year: report.year(),
        cells: keys.unwrap_or_default(),
        value,
    }
}

#[cfg(test)]
mod tests;
