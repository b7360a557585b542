//! A passage: its sentences, their clauses, and what one leaves for the next.

use std::borrow::Cow;
use std::ops::Range;
use std::rc::Rc;

use super::class::Class;
use super::cue::{Cue, CuesSaid};
use super::issuer::Issuer;
use super::known::KnownLines;
use super::phrase::PhraseScope;
use super::reading::{ClaimKind, Context, Fault, Reading, Verdict};
use super::said::SaidFigure;
use super::sentence;
use super::tables::{Held, Tables};
use super::token::{Token, nested};
use super::words::{Words, words};
use crate::report::Number;

/// What happens along a sentence that may list parts of a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Event {
    Figure(usize),
    /// 其中, ：
    Listing,
    Open,
    Close,
    Semicolon,
}

/// Reads one passage.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says one thing of the text by itself"
)]
pub(super) struct PassageReader<'t> {
    pub words: &'static Words,
    pub tables: Tables<'t>,
    pub issuer: &'t Issuer,
    /// The passage without blanks, in one width.
    pub text: &'t str,
    /// The sentence that is being read.
    pub sentence: Range<usize>,
    /// The cues that may stand in the sentence.
    cues_said: CuesSaid,
    /// The segment that is being read.
    pub segment: Range<usize>,
    pub is_overview: bool,
    /// What is said here is never reported.
    pub is_quiet: bool,
    /// The sentence speaks of what is to come.
    pub is_plan: bool,
    /// The passage speaks of requests that are still open.
    pub says_open: bool,
    pub readings: Vec<Reading>,
    pub faults: Vec<Fault>,
    /// What is said of things that no table holds.
    pub said: Vec<SaidFigure>,
    /// Figures that no clause counts.
    pub rest: Vec<Reading>,
    /// The lines that were read before with these tables; `None` where none are kept.
    pub known: Option<Rc<KnownLines>>,
    /// Wholes and parts of the sentence, in order.
    pub list: Vec<Event>,
    /// Which of several shares of a sentence comes next, and how many they are.
    pub shares: Option<(usize, usize)>,
}

/// A smaller figure may be last year's by chance.
const LEAST_TOLD: i64 = 9;
/// What ends a sentence.
const SENTENCE_ENDS: [char; 5] = ['。', '！', '？', '!', '?'];

impl<'t> PassageReader<'t> {
    pub(super) fn new(
        tables: Tables<'t>,
        issuer: &'t Issuer,
        section: &str,
        text: &'t str,
    ) -> Self {
        let words = words();
        let mut reader = Self {
            words,
            tables,
            issuer,
            text,
            sentence: 0..text.len(),
            cues_said: CuesSaid::ANY,
            segment: 0..0,
            is_overview: words.sections.first().is_some_and(|first| first == section),
            is_quiet: words.quiet.iter().any(|quiet| quiet == section),
            is_plan: false,
            says_open: false,
            readings: Vec::new(),
            faults: Vec::new(),
            said: Vec::new(),
            rest: Vec::new(),
            known: None,
            list: Vec::new(),
            shares: None,
        };
        reader.says_open = reader.has(&words.cues.open, 0..text.len());
        reader
    }

    pub(super) fn place(&self) -> PhraseScope<'t> {
        PhraseScope {
            text: self.text.get(..self.sentence.end).unwrap_or_default(),
            from: self.sentence.start,
            year: self.tables.year(),
        }
    }

    /// Whether a cue stands in a range of the text.
    pub(super) fn has(&self, cue: &Cue, range: Range<usize>) -> bool {
        let is_within = self.sentence.start <= range.start && range.end <= self.sentence.end;
        let may_stand = !is_within || self.cues_said.may_hold(cue);
        may_stand && cue.find(self.place(), range).is_some()
    }

    pub(super) fn in_sentence(&self, cue: &Cue) -> bool {
        self.place_in_sentence(cue).is_some()
    }

    /// Where a cue stands in the sentence.
    pub(super) fn place_in_sentence(&self, cue: &Cue) -> Option<Range<usize>> {
        let may_stand = self.cues_said.may_hold(cue);
        let found = may_stand.then(|| cue.find(self.place(), self.sentence.clone()));
        found.flatten()
    }

    pub(super) fn slice(&self, range: Range<usize>) -> &'t str {
        self.text.get(range).unwrap_or_default()
    }

    pub(super) fn year(&self) -> i32 {
        self.tables.year()
    }

    /// Reads the whole passage.
    pub(super) fn read(&mut self) {
        let mut context = Context::default();
        let mut line_start = 0;
        for line in self.text.split('\n') {
            context = Context {
                thing: None,
                last: None,
                growing: None,
                whole: None,
                verb: "",
                wholes: Vec::new(),
                other_said: false,
                ..context
            };
            self.line(line, line_start, &mut context);
            line_start += line.len() + 1;
        }
        self.sentence = 0..self.text.len();
        self.cues_said = CuesSaid::ANY;
        if self.is_overview {
            self.parts_for_whole();
        }
        self.readings.append(&mut self.rest);
    }

    /// Reads a line that begins at a byte of the text.
    pub(super) fn read_line(&mut self, line: &str, mut start: usize, context: &mut Context<'t>) {
        for sentence in line.split_inclusive(SENTENCE_ENDS) {
            let end = start + sentence.trim_end_matches(SENTENCE_ENDS).len();
            if end > start {
                self.sentence = start..end;
                self.read_sentence(context);
            }
            start += sentence.len();
        }
    }

    fn read_sentence(&mut self, context: &mut Context<'t>) {
        let range = self.sentence.clone();
        let sentence = sentence::read(self.slice(range.clone()), self.issuer, self.year());
        self.cues_said = sentence.cues;
        if let Some(topic) = sentence.topic {
            *context = Context {
                topic,
                thing: (topic == "requests").then_some("req"),
                last: None,
                growing: None,
                whole: None,
                wholes: Vec::new(),
                ..std::mem::take(context)
            };
        }
        let cues = &self.words.cues;
        self.is_plan = self.in_sentence(&cues.plan) && !self.in_sentence(&cues.carry);
        *context = Context {
            year: self.year(),
            other_said: false,
            listing: false,
            prior: None,
            list_verb: None,
            lent: Vec::new(),
            part_of_year: false,
            other_subject: false,
            ..std::mem::take(context)
        };
        let tokens = sentence.tokens.iter();
        let tokens: Vec<_> = tokens
            .map(|token| token.within(self.text, range.start))
            .collect();
        self.list.clear();
        let first = self.readings.len();
        self.clauses(nested(tokens.clone()), context);
        self.own_sum(first);
        self.sum_lists();
        self.sum_groups(first);
        self.bare_sums(first);
        self.stale_year(&tokens, first);
        self.note_the_rest(&tokens, first);
        self.note_what_is_said(&tokens, first);
    }

    /// Figures that count nothing a table holds, such as people and days.
    fn note_the_rest(&mut self, tokens: &[Token<'t>], first: usize) {
        let mine = self.readings.get(first..).unwrap_or_default();
        let mut after_negation = false;
        for token in tokens {
            let span = token.start..token.end;
            let is_read = mine.iter().any(|reading| reading.span == span);
            if token.is_any(&[Class::Number, Class::Percent]) && !is_read && !after_negation {
                let mut rest = Reading::new(span.clone(), span, token.amount, self.year());
                rest.doubt = super::reading::Doubt::Any;
                self.rest.push(rest);
            }
            after_negation = token.class == Class::Negation;
        }
    }

    pub(super) fn clauses(&mut self, tokens: Vec<Token<'t>>, context: &mut Context<'t>) {
        let mut clause = Vec::new();
        for token in tokens {
            if token.class != Class::Sign {
                clause.push(token);
                continue;
            }
            self.clause(&std::mem::take(&mut clause), context);
            if token.text == "；" {
                context.listing = false;
                context.other_subject = false;
                context.list_verb = None;
                self.list.push(Event::Semicolon);
            } else if token.text == "：" {
                self.list.push(Event::Listing);
            }
        }
        self.clause(&clause, context);
    }

    /// What stands in a bracket.
    pub(super) fn bracket(
        &mut self,
        bracket: &Token<'t>,
        context: &mut Context<'t>,
        before: Option<&Token<'t>>,
    ) {
        let is_last_year = before.is_some_and(|token| {
            token.class == Class::Last
                || token.class == Class::Year && token.year == self.year() - 1
        });
        if is_last_year
            && let [number] = bracket.inner.as_slice()
            && number.class == Class::Number
            && let Some(base) = self.base(context)
        {
            let span = number.start..number.end;
            let mut reading =
                Reading::new(span.clone(), span, number.amount, self.year() - 1).about(&base);
            reading.kind = ClaimKind::Prior;
            context.prior = Some(reading.value());
            self.judge(reading);
            return;
        }
        let mut inner = Context {
            listing: true,
            ..context.clone()
        };
        self.list.push(Event::Open);
        self.clauses(bracket.inner.clone(), &mut inner);
        self.list.push(Event::Close);
        context.wholes = inner.wholes;
    }

    /// Sets a figure against the tables and keeps it.
    pub(super) fn judge(&mut self, mut reading: Reading) -> usize {
        let held: Vec<_> = reading
            .readings
            .iter()
            .map(|rows| {
                (
                    rows,
                    self.tables.value(rows, &reading.columns, reading.year),
                )
            })
            .filter(|(_, held)| *held != Held::Absent)
            .collect();
        let known: Vec<_> = held
            .iter()
            .filter_map(|(rows, held)| Some((*rows, held.known()?)))
            .collect();
        let fitting = known
            .iter()
            .find(|(_, value)| super::reading::fits(&reading.amount, *value));
        let is_this_year = reading.year == self.year();
        reading.expected = known.first().map(|(_, value)| *value);
        let bound = fitting.or(known.first()).map(|(rows, _)| (*rows).clone());
        let (is_blank, all_known) = (
            !held.is_empty() && known.is_empty(),
            known.len() == held.len(),
        );
        let values: Vec<_> = known.iter().map(|(_, value)| *value).collect();
        reading.verdict = match fitting {
            Some(_) if !is_this_year => Verdict::Prior,
            Some(_) if !reading.is_exact() => Verdict::AtLeast,
            Some(_) => Verdict::Equal,
            None if all_known && self.is_prior_of_shown(&reading) => Verdict::Different,
            None if reading.is_part || reading.doubt != super::reading::Doubt::None => {
                Verdict::Unknown
            }
            None if !known.is_empty() && all_known => Verdict::Different,
            None if is_blank || !all_known => Verdict::Unchecked,
            None => Verdict::Unknown,
        };
        reading.is_part_verdict = reading.is_part && fitting.is_none();
        reading.bound = bound.unwrap_or_default();
        let place = self.readings.len();
        self.readings.push(reading);
        if self
            .reading(place)
            .is_some_and(|reading| reading.verdict == Verdict::Different)
        {
            self.find_count(place, &values);
        }
        place
    }

    /// 公开行政许可131件, which is last year's figure: what is published need not be all there is, but it is not that.
    fn is_prior_of_shown(&self, reading: &Reading) -> bool {
        let last_year =
            |rows: &super::words::Rows| self.tables.value(rows, &[], self.year() - 1).known();
        reading.verb == "publish"
            && reading.doubt == super::reading::Doubt::Aside
            && !reading.is_part
            && reading.is_exact()
            && reading.year == self.year()
            && reading.value() > Number::from(LEAST_TOLD)
            && reading.readings.first().and_then(last_year) == Some(reading.value())
    }

    pub(super) fn reading(&self, place: usize) -> Option<&Reading> {
        self.readings.get(place)
    }

    /// What a figure of growth is measured by: the last whole that was counted.
    pub(super) fn base(&self, context: &Context<'t>) -> Option<Reading> {
        if let Some(growing) = &context.growing {
            return Some(growing.clone());
        }
        if context.last.is_none()
            && context.topic == "requests"
            && matches!(context.thing, Some("req") | None)
            && context.previous.is_none()
        {
            let mut base = Reading::new(0..0, 0..0, super::numerals::Amount::NONE, self.year());
            base.thing = Some("req");
            base.verb = "recv";
            base.readings = reads("req", "recv");
            base.kind = ClaimKind::Growth;
            return Some(base);
        }
        self.reading(context.last?).cloned()
    }

    /// The first reading of a row of requests, in this year's report.
    pub(super) fn requests(&self, verb: &str) -> Option<Number> {
        self.tables.now(Words::reads("req", verb)?.first()?, &[])
    }
}

/// The readings of a thing with a verb.
pub(super) fn reads(thing: &str, verb: &str) -> Vec<super::words::Rows> {
    let reads = Words::reads(thing, verb).unwrap_or_default().iter();
    reads.map(|rows| Cow::Borrowed(rows.as_slice())).collect()
}
