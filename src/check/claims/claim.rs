//! A figure of the text, as others read it.

use super::reading::Verdict;
use crate::form::{Edition, FieldId};
use crate::report::Number;

/// One figure of the text (正文数字), resolved.
#[derive(Debug, Clone)]
pub struct Claim {
    /// The section's id.
    pub section: String,
    /// First character of the words that say it.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// The words that say it.
    pub says: String,
    /// How much it says.
    pub value: Number,
    /// The cells it is about, which hold it together.
    pub about: Vec<FieldId>,
    /// The year it is about.
    pub year: i32,
    /// What became of it.
    pub verdict: Verdict,
    /// By how much the cells, in their unit, would have to be more for it to be right.
    pub(in crate::check) gap: Option<Number>,
}

impl Verdict {
    /// The verdict's name for a program.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::Different => "different",
            Self::Prior => "prior",
            Self::AtLeast => "at-least",
            Self::Unknown => "unknown",
            Self::Unchecked => "unchecked",
        }
    }

    /// The verdict for a reader.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Equal => "与表一致",
            Self::Different => "与表不一致",
            Self::Prior => "与上年度报告一致",
            Self::AtLeast => "与表相符",
            Self::Unknown => "表中没有",
            Self::Unchecked => "没有可对照的数",
        }
    }
}

impl Claim {
    /// What the figure was taken for, in one line for a reader.
    #[must_use]
    pub fn explained(&self, edition: &Edition) -> String {
        let labels: Vec<_> = self
            .about
            .iter()
            .map(|&id| edition.field(id).label.as_str())
            .collect();
        if labels.is_empty() {
            return self.verdict.name().to_owned();
        }
        format!("{}：{}", self.verdict.name(), labels.join("＋"))
    }
}

/// How many figures are not what the tables or last year's report hold.
pub(in crate::check) fn differing(claims: &[Claim]) -> usize {
    let [_, different, _] = tally(claims.iter());
    different
}

/// How many figures are what the tables or last year's report hold, how many are not, and how many neither knows.
#[must_use]
pub fn tally<'a>(claims: impl Iterator<Item = &'a Claim>) -> [usize; 3] {
    let mut tally = [0; 3];
    for claim in claims {
        let [equal, different, unknown] = &mut tally;
        *match claim.verdict {
            Verdict::Equal | Verdict::AtLeast | Verdict::Prior => equal,
            Verdict::Different => different,
            Verdict::Unknown | Verdict::Unchecked => unknown,
        } += 1;
    }
    tally
}
