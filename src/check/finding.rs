//! What a check found.

use super::claims::Claim;
use super::{Level, Rule};
use crate::form::{FieldId, Section};
use crate::report::{Edit, Entry, Explanation, Number, Report};
use crate::text;

/// One thing that is wrong or worth a look (审核结果).
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// How grave it is.
    pub level: Level,
    /// Id of the section it is about; `None` for the report as a whole.
    pub section: Option<String>,
    /// The cells it speaks of.
    pub cells: Vec<FieldId>,
    /// The stretch of text it speaks of.
    pub text: Option<TextSpan>,
    /// Fact and expectation, in one Chinese sentence.
    pub message: String,
    /// What should stand there, where the rule compares numbers.
    pub expected: Option<String>,
    /// What stands there.
    pub actual: Option<String>,
    /// Changes that would mend it.
    pub fixes: Vec<Fix>,
    /// Figures and words it rests on beside its cells, its stretch of text and what it compares.
    pub rests_on: Vec<String>,
    /// The explanation that lets a `query` pass.
    pub explanation: Option<String>,
    /// An explanation that was begun for it and lets nothing pass.
    pub half_written: Option<Explanation>,
    /// An explanation that was written when it rested on something else, and passes it no more.
    pub lapsed: Option<Explanation>,
    /// Findings that would be gone with this one: the same cause.
    pub consequences: Vec<Finding>,
    /// How it stands to other findings.
    pub(super) role: FindingRole,
}

/// How a finding stands to others that may have the same cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum FindingRole {
    /// It stands for itself.
    #[default]
    Plain,
    /// It names the cause, and its first change mends it.
    Cause,
    /// Cells do not add up as they must.
    Relation,
    /// It says how a total that does not fit may have come about.
    Reading(FieldId),
}

/// A stretch of a section's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextSpan {
    /// The section's id.
    pub section: String,
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
}

/// A change that would mend a finding.
#[derive(Debug, Clone)]
pub struct Fix {
    /// What the button says.
    pub title: String,
    change: Mend,
}

/// What a fix does. A whole text with other words in it is worked out when it is asked for: most never are.
#[derive(Debug, Clone)]
pub(super) enum Mend {
    Edit(Edit),
    /// Other words for some stretches of a text, which are in order, in characters.
    Words(FieldId, Vec<(usize, usize)>, String),
}

impl From<Edit> for Mend {
    fn from(edit: Edit) -> Self {
        Self::Edit(edit)
    }
}

impl Fix {
    pub(super) fn new(title: impl Into<String>, change: impl Into<Mend>) -> Self {
        Self {
            title: title.into(),
            change: change.into(),
        }
    }

    /// The change to the report in which it was found.
    #[must_use]
    pub fn edit(&self, report: &Report) -> Edit {
        match &self.change {
            Mend::Edit(edit) => edit.clone(),
            Mend::Words(id, places, by) => {
                let text = report.text(*id).to_owned();
                let mended = places
                    .iter()
                    .rev()
                    .fold(text, |text, place| text::replaced(&text, *place, by));
                Edit::Enter(*id, Entry::Text(mended))
            }
        }
    }

    /// The change that makes as many of these fixes as put the same words into one text, or else the first of
    /// them, and how many it makes. They are in the order of their places.
    #[must_use]
    pub fn together<'a>(
        fixes: impl IntoIterator<Item = &'a Self>,
        report: &Report,
    ) -> Option<(Edit, usize)> {
        let mut fixes = fixes.into_iter();
        let mut all = fixes.next()?.clone();
        let mut count = 1;
        if let Mend::Words(id, places, by) = &mut all.change {
            for fix in fixes {
                let Mend::Words(other, more, words) = &fix.change else {
                    continue;
                };
                let ends = places.last().map_or(0, |place| place.1);
                let is_behind = more.first().is_some_and(|place| ends <= place.0);
                if is_behind && other == id && words == by {
                    places.extend(more);
                    count += 1;
                }
            }
        }
        Some((all.edit(report), count))
    }
}

/// A rule that lacked what it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unchecked {
    /// The rule's name.
    pub rule: &'static str,
    /// What it lacked, in Chinese.
    pub reason: String,
}

/// Everything a check found, and what it could not judge.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    /// The findings, by place.
    pub list: Vec<Finding>,
    /// Rules that neither fired nor passed.
    pub unchecked: Vec<Unchecked>,
    /// The figures of the texts, in order.
    pub claims: Vec<Claim>,
}

impl Finding {
    /// A finding about the report as a whole; the builder methods say more.
    #[must_use]
    pub fn new(rule: &'static Rule, message: impl Into<String>) -> Self {
        Self {
            rule,
            level: rule.level,
            section: None,
            cells: Vec::new(),
            text: None,
            message: message.into(),
            expected: None,
            actual: None,
            fixes: Vec::new(),
            rests_on: Vec::new(),
            explanation: None,
            half_written: None,
            lapsed: None,
            consequences: Vec::new(),
            role: FindingRole::Plain,
        }
    }

    /// Says which section it is about.
    #[must_use]
    pub fn in_section(mut self, section: &Section) -> Self {
        self.section = Some(section.id.clone());
        self
    }

    /// Says which characters `start..end` of a section's text it speaks of. No such finding is
    /// graver than [`Level::Query`]: what is read out of words can be misread, and a true sentence
    /// must not keep a report from being published.
    #[must_use]
    pub fn on_text(mut self, section: &Section, start: usize, end: usize) -> Self {
        self.level = self.level.max(Level::Query);
        self.section = Some(section.id.clone());
        self.text = Some(TextSpan {
            section: section.id.clone(),
            start,
            end,
        });
        self
    }

    /// Says what was expected and what is there.
    #[must_use]
    pub fn comparing(mut self, expected: Number, actual: Number) -> Self {
        self.expected = Some(expected.to_string());
        self.actual = Some(actual.to_string());
        self
    }

    /// Offers a change that would mend it.
    #[must_use]
    pub(super) fn fixed_by(mut self, title: impl Into<String>, change: impl Into<Mend>) -> Self {
        self.fixes.push(Fix::new(title, change));
        self
    }

    /// Says what else it rests on, so that an explanation lapses when that changes.
    #[must_use]
    pub fn resting_on(mut self, fact: impl Into<String>) -> Self {
        self.rests_on.push(fact.into());
        self
    }

    /// Whether it keeps the report from being published as it stands.
    #[must_use]
    pub fn blocks(&self) -> bool {
        match self.level {
            Level::Error => true,
            Level::Query => self.explanation.is_none(),
            Level::Advice => false,
        }
    }
}

impl Findings {
    /// Adds a finding.
    pub fn report(&mut self, finding: Finding) {
        self.list.push(finding);
    }

    /// Notes that a rule lacked what it needs, once for each reason.
    pub fn not_checked(&mut self, rule: &Rule, reason: impl Into<String>) {
        let unchecked = Unchecked {
            rule: rule.name,
            reason: reason.into(),
        };
        if !self.unchecked.contains(&unchecked) {
            self.unchecked.push(unchecked);
        }
    }

    /// The rules that lacked what they need, those with the same reason together.
    #[must_use]
    pub fn unchecked_by_reason(&self) -> Vec<(&str, Vec<&'static str>)> {
        let mut groups: Vec<(&str, Vec<&'static str>)> = Vec::new();
        for Unchecked { rule, reason } in &self.unchecked {
            match groups.iter_mut().find(|(known, _)| known == reason) {
                Some((_, rules)) => rules.push(rule),
                None => groups.push((reason, vec![rule])),
            }
        }
        groups
    }

    /// Every finding, with those that fold under another one.
    pub fn with_consequences(&self) -> impl Iterator<Item = &Finding> {
        let list = self.list.iter();
        list.flat_map(|finding| std::iter::once(finding).chain(&finding.consequences))
    }

    /// How many findings are of a level.
    #[must_use]
    pub fn count(&self, level: Level) -> usize {
        self.list
            .iter()
            .filter(|finding| finding.level == level)
            .count()
    }

    /// How many findings keep the report from being published.
    #[must_use]
    pub fn blocking(&self) -> usize {
        self.list.iter().filter(|finding| finding.blocks()).count()
    }
}
