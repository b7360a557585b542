//! What stands beside a report in its draft.

use std::collections::BTreeSet;

use super::{Choices, Number, Report, Reused};
use crate::form::FieldId;

/// What a draft holds beside its report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beside {
    /// Last year's report, if it was given.
    pub prior: Option<Prior>,
    /// The explanations that were finished, lapsed ones among them; sorted by rule and basis.
    pub explanations: Vec<Explanation>,
    /// The explanations that were begun and let nothing pass; sorted by rule and basis.
    pub half_written: Vec<Explanation>,
    /// The confirmation of a report in which nothing happened, if it was given.
    pub confirmation: Option<Confirmation>,
    /// What the importer had to guess or repair, in words.
    pub notes: Vec<String>,
    /// How the report is set out when it is published.
    pub choices: Choices,
    /// The figures that last year's report proposed and the filer did not take.
    pub left: BTreeSet<(FieldId, Number)>,
    /// What the county asked for when it was checked last, by name; empty when nothing was given.
    pub local_rules: String,
    /// What became of the sentences of last year's texts.
    pub reused: Reused,
}

/// Last year's report and where it came from (上年度).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prior {
    /// The report.
    pub report: Report,
    /// The name of the file it was read from.
    pub source: String,
}

/// Why a `query` finding is right as it stands (说明). It lapses when what it rests on changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The rule of the finding.
    pub rule: String,
    /// What it rests on: the place of the finding with its figures and words.
    pub basis: String,
    /// What was written.
    pub text: String,
}

/// Who saw to it that a report in which nothing happened is true (零报告确认), channel by channel.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Confirmation {
    /// The report year it was given for.
    pub year: u16,
    /// Who gave it.
    pub by: String,
    /// The day on which it was given, as 2026-01-12.
    pub on: String,
    /// The channels that were looked at.
    pub channels: Vec<String>,
}
