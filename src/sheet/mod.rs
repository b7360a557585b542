//! The papers of the authority that are not published: the self-check sheet (自查表), which says what was
//! checked, what was found and how it was explained, and the form on which a report is signed (呈批单).
//!
//! It knows no window and no command line.

mod approval;
mod json;
mod pages;

use std::path::Path;

use serde_json::Value;

pub use json::finding_json;

use crate::check::rules::RULES;
use crate::check::{Findings, Level, LocalRules, Rule, RuleSettings};
use crate::disk::{self, FileClaim};
use crate::export::{self, ExportError, docx, text};
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

/// Which paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// The self-check sheet.
    SelfCheck,
    /// The form on which a report is signed.
    Approval,
}

/// A format of a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A Word document.
    Docx,
    /// Plain text.
    Text,
    /// For programs.
    Json,
    /// Pages as they are printed.
    Pdf,
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
    /// The file extension without a dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Text => "txt",
            Self::Json => "json",
            Self::Pdf => "pdf",
        }
    }
}

impl Paper {
    /// How it is set: in small type, since what is filed should be a page or two.
    fn choices(self) -> Choices {
        Choices {
            title_size: 36,
            body_size: 24,
            table_size: match self {
                Self::SelfCheck => 18,
                Self::Approval => 21,
            },
            line_pitch: 400,
            ..Choices::default()
        }
    }

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::SelfCheck => "自查表",
            Self::Approval => "呈批单",
        }
    }

    /// The formats it is written in, the usual one first.
    #[must_use]
    pub fn formats(self) -> &'static [Format] {
        match self {
            Self::SelfCheck => &[Format::Docx, Format::Text, Format::Json],
            Self::Approval => &[Format::Docx, Format::Pdf],
        }
    }

    /// The format that a file's extension asks for.
    ///
    /// # Errors
    /// Says which extensions there are.
    pub fn format(self, path: &Path) -> Result<Format, String> {
        let extension = path.extension().unwrap_or_default();
        let mut all = self.formats().iter();
        let found = all.find(|format| extension.eq_ignore_ascii_case(format.extension()));
        found.copied().ok_or_else(|| {
            let endings = self.formats().iter().map(|format| format.extension());
            let endings: Vec<_> = endings.map(|ending| format!(".{ending}")).collect();
            let endings = match endings.as_slice() {
                [first @ .., last] => format!("{}或{last}", first.join("、")),
                [] => String::new(),
            };
            format!(
                "{}的扩展名应是{endings}：{}",
                self.name(),
                disk::shown(path)
            )
        })
    }
}

impl Sheet<'_> {
    /// The bytes of a paper.
    ///
    /// # Errors
    /// When the document cannot be made.
    pub fn bytes(&self, paper: Paper, format: Format) -> Result<Vec<u8>, ExportError> {
        let choices = paper.choices();
        let doc = || match paper {
            Paper::SelfCheck => pages::doc(self),
            Paper::Approval => approval::doc(self, &choices),
        };
        let mut bytes = Vec::new();
        match format {
            Format::Docx => bytes = docx::bytes(&doc(), &choices)?,
            Format::Text => text::write(&doc(), &choices, &mut bytes)?,
            Format::Pdf => bytes = export::printed(&doc(), &choices)?.bytes,
            Format::Json => {
                bytes = serde_json::to_vec_pretty(&self.json()).map_err(std::io::Error::other)?;
                bytes.push(b'\n');
            }
        }
        Ok(bytes)
    }

    /// Writes a paper to a file, whole or not at all.
    ///
    /// # Errors
    /// When it fails, what stood there stands there still.
    pub fn write(
        &self,
        paper: Paper,
        format: Format,
        path: &Path,
        claim: FileClaim<'_>,
    ) -> Result<(), ExportError> {
        let bytes = self.bytes(paper, format)?;
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

    /// What the title of a paper says.
    #[must_use]
    pub fn title_of(&self, paper: Paper) -> String {
        format!("{}{}", self.draft.report().title(), paper.name())
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
