//! Of which year a folder's reports are.

use std::collections::BTreeMap;

/// Why a folder comes to nothing.
#[derive(Debug, thiserror::Error, Clone, Copy, PartialEq, Eq)]
pub enum GatherError {
    /// There is no report in it, and no list of who has to report.
    #[error("文件夹里没有草稿和报告")]
    Nothing,
    /// Nothing says of which year it is.
    #[error("文件夹里没有能读的草稿和报告，不知道是哪一年，用--year写明")]
    NoYear,
    /// There was no form in that year.
    #[error("没有适用于{0}年的格式版本，核对年度")]
    NoForm(u16),
    /// The county's own report is of another year.
    #[error("本级报告是{own}年度的，各单位的是{year}年度的，换成{year}年度的本级报告")]
    OwnYear {
        /// The year of the county's own report.
        own: u16,
        /// The year of the others.
        year: u16,
    },
}

/// The year that was said; else that of the county's own report, if there are reports of it or none at all; else
/// that of most reports.
///
/// # Errors
/// When nothing says it, or the county's own report is of another year.
pub(super) fn gathered_year(
    said: Option<u16>,
    own: Option<u16>,
    reports: &[u16],
) -> Result<u16, GatherError> {
    let of_own = own.filter(|own| reports.is_empty() || reports.contains(own));
    let year = said.or(of_own).or_else(|| most(reports));
    let year = year.ok_or(GatherError::NoYear)?;
    match own {
        Some(own) if own != year => Err(GatherError::OwnYear { own, year }),
        _ => Ok(year),
    }
}

/// What occurs most often, the larger of several.
fn most(years: &[u16]) -> Option<u16> {
    let mut counts: BTreeMap<u16, usize> = BTreeMap::new();
    for &year in years {
        *counts.entry(year).or_default() += 1;
    }
    let most = counts
        .into_iter()
        .max_by_key(|(year, count)| (*count, *year));
    most.map(|(year, _)| year)
}
