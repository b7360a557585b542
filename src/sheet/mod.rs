//! The self-check sheet (自查表): what was checked, by which rules, what was found and how it was explained.
//!
//! It is for the file of the authority, not for publication. It knows no window and no command line.

mod json;
mod pages;

use std::path::Path;

use serde_json::Value;

pub use json::finding_json;

use crate::check::rules::RULES;
use crate::check::{Findings, Level, LocalRules, Rule, RuleSettings};
use crate::disk::{self, FileClaim};
use crate::export::{ExportError, docx, text};
use crate::report::{Choices, Draft};

/// Everything that stands on a self-check sheet.
#[derive(Debug)]
pub struct Sheet<'a> {
    /// The draft that was checked.
    pub draft: &'a Draft,
    /// What was found.
    pub findings: &'a Findings,
    /// What the rules were told.
    pub settings: &'a RuleSettings,
    /// Who checked it; empty when not said.
    pub by: &'a str,
    /// When it was checked, as 2026-01-12; empty when not said.
    pub on: &'a str,
}

/// A format of the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A Word document.
    Docx,
    /// Plain text.
    Text,
    /// For programs.
    Json,
}

/// What a rule came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum RuleOutcome<'a> {
    /// It found nothing.
    Passed,
    /// It found so many things.
    Found(usize),
    /// It lacked what it needs, with the reasons.
    Unchecked(Vec<&'a str>),
}

impl Format {
    /// All of them, the usual one first.
    pub const ALL: [Self; 3] = [Self::Docx, Self::Text, Self::Json];

    /// The format that a file's extension asks for.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?;
        let mut all = Self::ALL.into_iter();
        all.find(|format| format.extension().eq_ignore_ascii_case(extension))
    }

    /// The file extension without a dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Text => "txt",
            Self::Json => "json",
        }
    }
}

/// Small type, since what is filed should be a sheet or two.
fn small() -> Choices {
    Choices {
        title_size: 36,
        body_size: 24,
        table_size: 18,
        line_pitch: 400,
        ..Choices::default()
    }
}

impl Sheet<'_> {
    /// The bytes of the sheet.
    ///
    /// # Errors
    /// When the document cannot be made.
    pub fn bytes(&self, format: Format) -> Result<Vec<u8>, ExportError> {
        let mut bytes = Vec::new();
        let choices = small();
        match format {
            Format::Docx => bytes = docx::bytes(&pages::doc(self), &choices)?,
            Format::Text => text::write(&pages::doc(self), &choices, &mut bytes)?,
            Format::Json => {
                bytes = serde_json::to_vec_pretty(&self.json()).map_err(std::io::Error::other)?;
                bytes.push(b'\n');
            }
        }
        Ok(bytes)
    }

    /// Writes the sheet to a file, whole or not at all.
    ///
    /// # Errors
    /// When it fails, what stood there stands there still.
    pub fn write(
        &self,
        format: Format,
        path: &Path,
        claim: FileClaim<'_>,
    ) -> Result<(), ExportError> {
        let bytes = self.bytes(format)?;
        let put = disk::write(path, &bytes, disk::Access::Owner, claim);
        put.map(drop).map_err(|reason| ExportError::Place {
            path: path.to_path_buf(),
            reason,
        })
    }

    /// The sheet for programs.
    #[must_use]
    pub fn json(&self) -> Value {
        json::sheet_json(self)
    }

    /// What the county asks for, where it was given.
    pub(super) fn local(&self) -> Option<&LocalRules> {
        self.settings.local.as_deref()
    }

    /// What the title says.
    #[must_use]
    pub fn title(&self) -> String {
        format!("{}自查表", self.draft.report().title())
    }

    /// What the check came to, in one line.
    pub(super) fn conclusion(&self) -> String {
        let of = |level| self.findings.count(level);
        let open = self.findings.blocking();
        let counts = format!(
            "强制性{}个，核实性{}个，提示性{}个",
            of(Level::Error),
            of(Level::Query),
            of(Level::Advice)
        );
        if open == 0 {
            format!("{counts}；可以公布")
        } else {
            format!("{counts}；{open}个须先改正或者说明")
        }
    }

    /// What every rule came to.
    pub(super) fn outcomes(&self) -> Vec<(&'static Rule, RuleOutcome<'_>)> {
        let outcome = |rule: &'static Rule| {
            let list = self.findings.with_consequences();
            let found = list
                .filter(|finding| finding.rule.name == rule.name)
                .count();
            let unchecked = self.findings.unchecked.iter();
            let reasons: Vec<_> = unchecked
                .filter(|unchecked| unchecked.rule == rule.name)
                .map(|unchecked| unchecked.reason.as_str())
                .collect();
            match (found, reasons.is_empty()) {
                (0, true) => RuleOutcome::Passed,
                (0, false) => RuleOutcome::Unchecked(reasons),
                (found, _) => RuleOutcome::Found(found),
            }
        };
        RULES.iter().map(|rule| (rule, outcome(rule))).collect()
    }
}
