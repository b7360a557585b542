//! What is checked, and what is said beside it.

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::LazyLock;

use super::claims::Claims;
use super::finding::Mend;
use super::prose::{CharCounts, Prose};
use super::words::{WORDS, Word};
use super::{Finding, LocalRules, Rule, RuleSettings, issuer};
use crate::date::Day;
use crate::form::{FieldId, Section};
use crate::report::carry::is_year_before;
use crate::report::{Choices, Confirmation, Draft, Prior, Report, Reused};

/// What is checked.
#[derive(Debug)]
pub struct Subject<'a> {
    /// The report.
    pub report: &'a Report,
    /// Last year's report, if it was given and is of the year before.
    pub prior: Option<&'a Report>,
    /// What was given as last year's report, of whatever year.
    pub given: Option<&'a Report>,
    /// What the importer noted.
    pub notes: &'a [String],
    /// The confirmation of a report in which nothing happened.
    pub confirmation: Option<&'a Confirmation>,
    /// How the pages are set out, where a draft says it.
    pub choices: Option<&'a Choices>,
    /// What was carried over of last year's texts.
    pub reused: Option<&'a Reused>,
    /// What is said beside the draft.
    pub terms: CheckOptions<'a>,
    passages: OnceCell<Vec<Passage<'a>>>,
    claims: OnceCell<Claims>,
}

/// What whoever starts a check says beside the draft.
#[derive(Debug, Clone, Copy)]
pub struct CheckOptions<'a> {
    /// What is set for the rules.
    pub settings: &'a RuleSettings,
    /// The day on which the check is made, for the rules on time.
    pub today: Option<Day>,
    /// In what a file that was written and read back differs from the draft; `None` when none was.
    pub read_back: Option<&'a [Mismatch]>,
}

/// A place where a written file, read back, is not the draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// Which file, by its name or its format.
    pub file: String,
    /// The cell's or the section's label.
    pub place: String,
    /// What the draft holds.
    pub expected: String,
    /// What the file holds.
    pub found: String,
}

impl Default for CheckOptions<'_> {
    fn default() -> Self {
        static USUAL: LazyLock<RuleSettings> = LazyLock::new(RuleSettings::default);
        Self {
            settings: &USUAL,
            today: None,
            read_back: None,
        }
    }
}

/// One text of the report, made ready for matching once for all rules.
#[derive(Debug)]
pub(super) struct Passage<'a> {
    /// The section it is.
    pub section: &'a Section,
    /// The field it is stated in.
    pub id: FieldId,
    /// As written.
    pub text: &'a str,
    /// Without bracketed remarks.
    pub prose: Prose,
    /// With bracketed remarks, without the brackets.
    pub words: Prose,
    found: OnceCell<Vec<Word>>,
    counts: OnceCell<CharCounts>,
}

impl Passage<'_> {
    /// The words that the rules on writing look for, in the text as written.
    pub(super) fn found(&self) -> &[Word] {
        self.found.get_or_init(|| WORDS.find(self.text))
    }

    /// A finding on some bytes of the text as written.
    pub(super) fn finding(
        &self,
        rule: &'static Rule,
        range: Range<usize>,
        message: impl Into<String>,
    ) -> Finding {
        let (start, end) = self.in_chars(&range);
        Finding::new(rule, message).on_text(self.section, start, end)
    }

    /// Where a character of the text begins.
    pub(super) fn byte_of(&self, count: usize) -> Option<usize> {
        self.counts().byte_of(self.text, count)
    }

    fn counts(&self) -> &CharCounts {
        self.counts.get_or_init(|| CharCounts::of(self.text))
    }

    /// The characters that some bytes of the text are.
    fn in_chars(&self, range: &Range<usize>) -> (usize, usize) {
        let count = |byte| self.counts().up_to(self.text, byte);
        (count(range.start), count(range.end))
    }

    /// The change that puts other words in place of some bytes, which are in order.
    pub(super) fn replacing(&self, ranges: &[Range<usize>], by: &str) -> Mend {
        let places = ranges.iter().map(|range| self.in_chars(range)).collect();
        Mend::Words(self.id, places, by.to_owned())
    }

    /// The change that puts other words in place of some characters.
    pub(super) fn putting(&self, place: (usize, usize), by: &str) -> Mend {
        Mend::Words(self.id, vec![place], by.to_owned())
    }

    /// The lines with the byte where each begins.
    pub(super) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let mut start = 0;
        self.text.split('\n').map(move |line| {
            let begin = start;
            start += line.len() + 1;
            (begin, line)
        })
    }
}

impl Prose {
    /// A finding on a stretch of this text.
    pub(super) fn finding(
        &self,
        rule: &'static Rule,
        section: &Section,
        stretch: (usize, usize),
        message: String,
    ) -> Finding {
        let (start, end) = self.written(stretch.0, stretch.1);
        Finding::new(rule, message).on_text(section, start, end)
    }
}

impl Finding {
    /// Says which cells it speaks of, and with the first one the section.
    #[must_use]
    pub fn at(mut self, subject: &Subject<'_>, cells: Vec<FieldId>) -> Self {
        if let Some(&first) = cells.first() {
            self.section = subject
                .report
                .edition()
                .section_of(first)
                .map(|section| section.id.clone());
        }
        self.cells = cells;
        self
    }
}

impl<'a> Subject<'a> {
    /// A report, and last year's if there is one.
    #[must_use]
    pub fn new(report: &'a Report, prior: Option<&'a Report>) -> Self {
        Self {
            report,
            prior: prior.filter(|prior| is_year_before(prior, report.year())),
            given: prior,
            notes: &[],
            confirmation: None,
            choices: None,
            reused: None,
            terms: CheckOptions::default(),
            passages: OnceCell::new(),
            claims: OnceCell::new(),
        }
    }

    /// The report of a draft with all that the draft holds beside it.
    #[must_use]
    pub fn of(draft: &'a Draft) -> Self {
        let prior = draft.prior().map(|Prior { report, .. }| report);
        Self {
            notes: draft.notes(),
            confirmation: draft.confirmation(),
            choices: Some(draft.choices()),
            reused: Some(draft.reused()),
            ..Self::new(draft.report(), prior)
        }
    }

    /// The same for another report of the same draft.
    pub(super) fn of_another<'b>(&self, report: &'b Report) -> Subject<'b>
    where
        'a: 'b,
    {
        Subject {
            report,
            passages: OnceCell::new(),
            claims: OnceCell::new(),
            ..*self
        }
    }

    /// Says what is to be known beside the draft.
    #[must_use]
    pub fn on(self, terms: CheckOptions<'a>) -> Self {
        Self { terms, ..self }
    }

    /// Whether some bytes of a text were carried over as they are: what is last year's in them, the rule on
    /// that says.
    pub(super) fn is_carried(&self, passage: &Passage<'_>, range: &Range<usize>) -> bool {
        let kept = self.reused.into_iter().flat_map(|reused| &reused.kept);
        kept.filter(|(field, _)| *field == passage.id)
            .filter_map(|(_, words)| Some((passage.text.find(words.as_str())?, words.len())))
            .any(|(start, length)| start <= range.start && range.end <= start + length)
    }

    /// Why there is no last year's report to compare with.
    pub(super) fn lack_of_prior(&self) -> &'static str {
        match self.given {
            Some(_) => "所用的上年度报告不是上一年的",
            None => "没有上年度报告",
        }
    }

    /// The value of a threshold.
    pub(super) fn limit(&self, limit: super::Limit) -> i64 {
        self.terms.settings.limit(limit)
    }

    /// What the county asks for.
    pub(super) fn local(&self) -> Option<&'a LocalRules> {
        self.terms.settings.local.as_deref()
    }

    /// The texts of the report.
    pub(super) fn passages(&self) -> &[Passage<'a>] {
        self.passages.get_or_init(|| {
            let passages = self.report.edition().passages();
            let own_area = issuer::whole_area(self.report.issuer());
            passages
                .map(|(section, id)| {
                    let text = self.report.text(id);
                    let mut prose = Prose::new(text);
                    // A city speaks of itself as the whole city; a township does not.
                    if let Some(whole) = &own_area {
                        prose.set_aside(whole);
                    }
                    Passage {
                        section,
                        id,
                        text,
                        prose,
                        words: Prose::without_brackets(text),
                        found: OnceCell::new(),
                        counts: OnceCell::new(),
                    }
                })
                .collect()
        })
    }

    /// The figures of the texts.
    pub(super) fn claims(&self) -> &Claims {
        self.claims
            .get_or_init(|| Claims::kept(self.report, self.prior))
    }

    /// The text of one section; `None` when the form has no such section.
    pub(super) fn passage(&self, section: &str) -> Option<&Passage<'a>> {
        let mut passages = self.passages().iter();
        passages.find(|passage| passage.section.id == section)
    }
}
