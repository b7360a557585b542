//! Places in a text, and what can be written into one.

use std::collections::BTreeMap;

use crate::form::{FieldId, Kind, Skeleton};
use crate::report::{Number, Report};

/// What is selected in a text, in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextSelection {
    /// The text.
    pub field: FieldId,
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
}

/// Something to write at a [`TextSelection`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Insertion {
    /// In place of what is selected.
    Inline(String),
    /// A paragraph of its own after the one the caret is in.
    Paragraph(String),
    /// Headings after the paragraph the caret is in, each with an empty line to write in.
    Headings(Vec<String>),
}

/// A sentence being completed from its blanks.
#[derive(Debug, Clone)]
pub struct FillIn {
    /// Where it goes.
    pub spot: TextSelection,
    /// The sentence.
    pub skeleton: Skeleton,
    /// What was entered so far, blank by blank.
    pub answers: Vec<String>,
}

/// A figure of the tables being chosen.
#[derive(Debug, Clone)]
pub struct FigurePicker {
    /// Where it goes.
    pub spot: TextSelection,
    /// The table that is shown, by its number among the tables.
    pub table: usize,
    /// What the rows are narrowed to.
    pub filter: String,
}

impl FillIn {
    /// Nothing filled in yet.
    #[must_use]
    pub fn new(spot: TextSelection, skeleton: &Skeleton) -> Self {
        Self {
            spot,
            skeleton: skeleton.clone(),
            answers: vec![String::new(); skeleton.blanks.len()],
        }
    }

    /// What the sentence says as it stands, or what it lacks.
    pub fn sentence(&self, report: &Report) -> Result<String, String> {
        if self.skeleton.blanks.is_empty() {
            let told = report.told(&self.skeleton);
            return told.ok_or_else(|| "表中相应的格还没有填完，填完以后再插入".to_owned());
        }
        let mut answers = BTreeMap::from([
            ("year", report.year().to_string()),
            ("issuer", report.issuer().to_owned()),
            ("notice", report.edition().notice.clone()),
        ]);
        let (mut asks_numbers, mut is_none) = (false, true);
        for (blank, answer) in self.skeleton.blanks.iter().zip(&self.answers) {
            let mut answer = answer.trim().to_owned();
            if blank.kind.is_number() {
                asks_numbers = true;
                let number = figure(&blank.label, blank.kind, &answer)?;
                is_none &= number.is_none_or(Number::is_zero);
                answer = number.map(|number| number.to_string()).unwrap_or_default();
            }
            answers.insert(&blank.id, answer);
        }
        let answer = |name: &str| answers.get(name).cloned().unwrap_or_default();
        if asks_numbers && is_none && self.skeleton.has_none() {
            return Ok(self.skeleton.none(&answer));
        }
        let missing = self
            .skeleton
            .blanks
            .iter()
            .find(|blank| blank.kind.is_number() && answer(&blank.id).is_empty());
        match missing {
            Some(blank) => Err(format!("{}还没有填", blank.label)),
            None => Ok(self.skeleton.filled(&answer)),
        }
    }
}

/// The exact sum of what was entered, `100+250.5` among it; `None` for nothing.
pub(in crate::app) fn figure(
    label: &str,
    kind: Kind,
    text: &str,
) -> Result<Option<Number>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let numbers: Option<Vec<_>> = text.split(['+', '＋']).map(Number::read).collect();
    let sum = numbers.and_then(|numbers| numbers.into_iter().reduce(|sum, number| sum + number));
    let Some(sum) = sum.filter(|sum| !sum.is_negative()) else {
        return Err(format!("{label}要填数字，“{text}”不是"));
    };
    let decimals = match kind {
        Kind::Amount(decimals) => u32::from(decimals),
        _ => 0,
    };
    match sum.decimals() {
        has if has <= decimals => Ok(Some(sum)),
        _ if decimals == 0 => Err(format!("{label}要填整数")),
        _ => Err(format!("{label}最多{decimals}位小数")),
    }
}

/// How many 字 a text has as word processors count them: every Chinese character and sign is one,
/// and so is every run of other characters between spaces.
#[must_use]
pub fn count(text: &str) -> usize {
    let (mut count, mut in_run) = (0, false);
    for c in text.chars() {
        let alone = is_wide(c);
        let starts = !alone && !c.is_whitespace() && !in_run;
        count += usize::from(alone || starts);
        in_run = !alone && !c.is_whitespace();
    }
    count
}

fn is_wide(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{2fff}' | '\u{3001}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}' | '\u{2014}'..='\u{2026}')
}
