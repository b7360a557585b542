//! Spreadsheets: what is seen of each sheet, as lines and tables. It knows no report.

mod biff;
mod date;
mod formats;
mod number;
pub(super) mod ods;
mod open_styles;
mod seen;
mod sheet;
mod workbook;
pub(super) mod xls;
pub(super) mod xlsx;

#[cfg(test)]
mod tests;
