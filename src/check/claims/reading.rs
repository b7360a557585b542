//! One figure of the text while it is read, and what came before it.

use std::ops::Range;

use super::numerals::{Amount, Vague};
use super::words::Rows;
use crate::form::FieldId;
use crate::report::Number;
use rust_decimal::Decimal;

/// What became of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is what the tables hold.
    Equal,
    /// It is not what the tables hold.
    Different,
    /// It is what last year's report holds.
    Prior,
    /// It is vague, and the tables hold what fits.
    AtLeast,
    /// The tables do not know it, or only the whole that it is a part of.
    Unknown,
    /// The tables know it, and the cell or last year's report is not filled in.
    Unchecked,
}

/// How a figure is a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ClaimKind {
    Count,
    /// Nothing of something.
    Zero,
    /// All of something.
    All,
    /// A figure of last year that stands beside this year's.
    Prior,
    Growth,
    Share,
    Rate,
    /// What the figures before it come to.
    Sum,
    /// How all reviews or lawsuits ended.
    Outcome,
    /// The fee for handling information, which has a rule of its own.
    Fee,
}

/// Why a figure that differs need not be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doubt {
    None,
    /// Its verb makes it a count of something else.
    Aside,
    /// A word that nothing knows qualifies it.
    Qualified,
    /// It follows a count of something else.
    AfterAside,
    Any,
}

impl Doubt {
    pub(super) fn or(self, is: bool, other: Self) -> Self {
        if self == Self::None && is {
            other
        } else {
            self
        }
    }
}

/// What makes a figure a part.
pub(super) const CHANNEL: &str = "channel";
pub(super) const TIME: &str = "time";
pub(super) const AREA: &str = "area";

/// One figure of the text.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says one thing of the text by itself"
)]
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reading {
    /// The words that make the claim.
    pub quote: Range<usize>,
    /// The number, or the words that stand for one.
    pub span: Range<usize>,
    pub amount: Amount,
    pub thing: Option<&'static str>,
    pub verb: &'static str,
    pub columns: Vec<&'static str>,
    /// The readings that may each be right.
    pub readings: Vec<Rows>,
    pub year: i32,
    pub kind: ClaimKind,
    pub doubt: Doubt,
    pub is_part: bool,
    /// What kind of part.
    pub group: &'static str,
    pub by_channel: bool,
    /// Words before it, which no table knows, may make it a part.
    pub is_qualified: bool,
    /// The subject of the sentence before makes it a part.
    pub same_subject: bool,
    /// The whole before it.
    pub whole: Option<usize>,
    /// Whether its verdict was given as that of a part.
    pub is_part_verdict: bool,
    pub verdict: Verdict,
    /// What should stand there.
    pub expected: Option<Number>,
    /// The reading that it is, or else should be.
    pub bound: Rows,
    /// The shares that it may be, of one whole and of another.
    pub rates: Vec<Decimal>,
}

impl Reading {
    pub(super) fn new(quote: Range<usize>, span: Range<usize>, amount: Amount, year: i32) -> Self {
        Self {
            quote,
            span,
            amount,
            thing: None,
            verb: "",
            columns: Vec::new(),
            readings: Vec::new(),
            year,
            kind: ClaimKind::Count,
            doubt: Doubt::None,
            is_part: false,
            group: "",
            by_channel: false,
            is_qualified: false,
            same_subject: false,
            whole: None,
            is_part_verdict: false,
            verdict: Verdict::Unknown,
            expected: None,
            bound: Rows::default(),
            rates: Vec::new(),
        }
    }

    pub(super) fn value(&self) -> Number {
        self.amount.value
    }

    pub(super) fn is_exact(&self) -> bool {
        self.amount.vague == Vague::Exact
    }

    /// Takes over what another figure is about.
    pub(super) fn about(mut self, other: &Self) -> Self {
        self.thing = other.thing;
        self.verb = other.verb;
        self.readings.clone_from(&other.readings);
        self.columns.clone_from(&other.columns);
        self
    }
}

/// What is wrong with a figure of the text.
#[derive(Debug, Clone)]
pub(super) struct Fault {
    /// The rule whose finding it is.
    pub rule: &'static str,
    pub quote: Range<usize>,
    pub message: String,
    pub expected: Option<String>,
    pub actual: Option<String>,
    pub cells: Vec<FieldId>,
    /// What to write where, when that is certain.
    pub fix: Option<(Range<usize>, String, String)>,
    /// The figure it is about.
    pub reading: Option<usize>,
}

/// Half of the last digit that is written.
pub(super) fn tolerance(amount: &Amount) -> Decimal {
    let last = Decimal::new(5, (amount.decimals + 1).min(28));
    last.saturating_mul(Decimal::from(amount.scale))
}

/// Whether a figure of the tables is what a number says.
pub(super) fn fits(amount: &Amount, held: Number) -> bool {
    let (value, held) = (amount.value.decimal(), held.decimal());
    let apart = held.saturating_sub(value).abs();
    let mut step = Decimal::ONE;
    let mut whole = value.trunc();
    while !whole.is_zero() && (whole % Decimal::TEN).is_zero() {
        whole /= Decimal::TEN;
        step *= Decimal::TEN;
    }
    match amount.vague {
        Vague::Exact => {
            apart < Decimal::new(5, 3) || amount.scale > 1 && apart <= tolerance(amount)
        }
        Vague::AtLeast => {
            let tenth = value.saturating_mul(Decimal::new(11, 1));
            value <= held && (held < value.saturating_add(step) || held <= tenth)
        }
        Vague::About => apart <= step,
    }
}

/// What the sentences before leave for the next.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says one thing of the text by itself"
)]
#[derive(Debug, Clone, Default)]
pub(super) struct Context<'t> {
    pub topic: &'static str,
    pub thing: Option<&'static str>,
    pub verb: &'static str,
    /// Which of review and litigation was spoken of last.
    pub dispute: Option<&'static str>,
    /// Figures by their place in the list of all.
    pub last: Option<usize>,
    pub whole: Option<usize>,
    /// What was last said to have grown, where no figure of it stands.
    pub growing: Option<Reading>,
    pub previous: Option<usize>,
    pub wholes: Vec<usize>,
    /// The year spoken of, and that at the beginning of the clause.
    pub year: i32,
    pub year_before: i32,
    /// Something else was counted in this sentence.
    pub other_said: bool,
    pub list_verb: Option<&'static str>,
    /// Last year's figure in the sentence.
    pub prior: Option<Number>,
    /// Words of a clause without a number, lent to the next.
    pub lent: Vec<super::token::Token<'t>>,
    /// The sentence is about a part of the year.
    pub part_of_year: bool,
    /// Another body is the subject of what follows.
    pub other_subject: bool,
    /// Parts are being listed.
    pub listing: bool,
}
