//! The text follows the tables: figures that were equal are written anew when their cells change.

use std::collections::BTreeSet;

use rust_decimal::{Decimal, RoundingStrategy};

use super::issuer::Issuer;
use super::numerals::Amount;
use super::ratio::{is_written, rounded};
use super::reader::PassageReader;
use super::reading::{ClaimKind, Reading, Verdict};
use super::tables::{KnownSums, Tables};
use super::words::{self, Rows};
use crate::check::prose::Prose;
use crate::form::FieldId;
use crate::report::{Edit, Entry, Number, Report};
use crate::text;

/// How often the texts are read anew, for figures that rest on other figures of the text.
const ROUNDS: usize = 4;
const NUMERALS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// What becomes of the texts when cells change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Followed {
    /// The changes of the texts.
    pub edits: Vec<Edit>,
    /// What each figure was and became, in order.
    pub changes: Vec<(String, String)>,
    /// How many words that were true are no longer so, and hold no figure that could be changed.
    pub left: usize,
}

impl Followed {
    /// A change of cells with what follows from it, as one.
    #[must_use]
    pub fn with(self, cells: Edit) -> Edit {
        if self.edits.is_empty() {
            return cells;
        }
        Edit::All(std::iter::once(cells).chain(self.edits).collect())
    }

    /// What was done, in one sentence; empty when nothing was.
    #[must_use]
    pub fn told(&self) -> String {
        let count = self.changes.len();
        let new: BTreeSet<_> = self.changes.iter().map(|(_, new)| new.as_str()).collect();
        let new: Vec<_> = new.into_iter().collect();
        let done = match new.as_slice() {
            [] => String::new(),
            [only] => format!("正文{count}处随之改为{only}"),
            _ => format!("正文{count}处的数字随之改了"),
        };
        match (self.left, done.is_empty()) {
            (0, _) => done,
            (left, true) => format!("正文{left}处写的与表不再一致，要自己改"),
            (left, false) => format!("{done}，还有{left}处要自己改"),
        }
    }
}

/// A figure that was what the tables held.
#[derive(Debug)]
struct Bound {
    passage: FieldId,
    /// Where it begins now, in characters.
    start: usize,
    kind: ClaimKind,
    rows: Rows,
    columns: Vec<&'static str>,
    /// Which of the shares it may be it was.
    rate: Option<usize>,
    /// Its number as it was, and as it is now.
    was: String,
    now: Option<String>,
}

/// What the texts of `after` must say so that the figures that the tables of `before` held are those of its own.
///
/// A passage that changed as well is left alone.
#[must_use]
pub fn follow(before: &Report, after: &Report, prior: Option<&Report>) -> Followed {
    let cells_differ = before.edition().id != after.edition().id
        || before.year() != after.year()
        || before
            .edition()
            .cells()
            .all(|id| before.entry(id) == after.entry(id));
    if cells_differ {
        return Followed::default();
    }
    let passages: Vec<_> = passages(after)
        .filter(|&(_, id)| before.text(id) == after.text(id) && !after.text(id).is_empty())
        .collect();
    let mut bound = Vec::new();
    for (section, id) in &passages {
        read(before, prior, section, *id, &mut |reading, prose| {
            bound.extend(Bound::of(*id, reading, prose));
        });
    }
    if bound.is_empty() {
        return Followed::default();
    }
    let mut report = after.clone();
    let mut followed = Followed::default();
    for _ in 0..ROUNDS {
        let mut is_changed = false;
        followed.left = 0;
        for (section, id) in &passages {
            let (changes, left) = write(&mut report, prior, section, *id, &mut bound);
            is_changed |= changes;
            followed.left += left;
        }
        if !is_changed {
            break;
        }
    }
    for (_, id) in &passages {
        if report.text(*id) != after.text(*id) {
            let text = Entry::Text(report.text(*id).to_owned());
            followed.edits.push(Edit::Enter(*id, text));
        }
    }
    let changes = bound
        .into_iter()
        .filter_map(|bound| Some((bound.was, bound.now?)));
    followed.changes = changes.filter(|(was, now)| was != now).collect();
    followed
}

/// The passages that hold figures.
fn passages(report: &Report) -> impl Iterator<Item = (String, FieldId)> {
    let sections = &words::words().sections;
    let passages = report.edition().passages();
    let passages = passages.filter(|(section, _)| sections.contains(&section.id));
    let passages: Vec<_> = passages
        .map(|(section, id)| (section.id.clone(), id))
        .collect();
    passages.into_iter()
}

/// Reads one passage and hands over its figures.
fn read(
    report: &Report,
    prior: Option<&Report>,
    section: &str,
    id: FieldId,
    take: &mut dyn FnMut(&Reading, &Prose),
) {
    let issuer = Issuer::new(report.issuer());
    let prose = Prose::squeezed(report.text(id));
    let known = KnownSums::default();
    let tables = Tables {
        report,
        prior,
        known: &known,
    };
    let mut reader = PassageReader::new(tables, &issuer, section, prose.text());
    reader.read();
    for reading in &reader.readings {
        take(reading, &prose);
    }
}

/// Writes the bound figures of a passage that are no longer equal; whether there were any, and how many words hold none.
fn write(
    report: &mut Report,
    prior: Option<&Report>,
    section: &str,
    id: FieldId,
    bound: &mut [Bound],
) -> (bool, usize) {
    let mut left = 0;
    let mut changes: Vec<(usize, usize, String)> = Vec::new();
    let text = report.text(id).to_owned();
    let known = KnownSums::default();
    let tables = Tables {
        report,
        prior,
        known: &known,
    };
    read(report, prior, section, id, &mut |reading, prose| {
        if reading.verdict != Verdict::Different {
            return;
        }
        let (start, _) = prose.written(reading.span.start, reading.span.end);
        let mut mine = bound.iter().filter(|bound| bound.passage == id);
        let Some(mine) = mine.find(|bound| bound.start == start) else {
            return;
        };
        let value = match mine.kind {
            ClaimKind::Count => tables.now(&mine.rows, &mine.columns),
            ClaimKind::Growth | ClaimKind::Share | ClaimKind::Rate => {
                let rate = mine.rate.and_then(|rate| reading.rates.get(rate));
                let rate = rate.and_then(|rate| rounded(*rate, reading.amount.decimals));
                rate.or(reading.expected)
            }
            // Words such as 没有 and 全部 hold no figure.
            _ => None,
        };
        match value.and_then(|value| number(reading, prose, &text, value)) {
            Some(change) => changes.push(change),
            None => left += 1,
        }
    });
    changes.sort_by(|a, b| b.cmp(a));
    changes.dedup_by_key(|(start, ..)| *start);
    let mut new = text.clone();
    for (start, end, by) in &changes {
        new = text::replaced(&new, (*start, *end), by);
        let grown = by.chars().count();
        for other in bound.iter_mut().filter(|bound| bound.passage == id) {
            if other.start > *start {
                other.start = (other.start + grown + start).saturating_sub(*end);
            } else if other.start == *start {
                other.now = Some(by.clone());
            }
        }
    }
    let is_changed = new != text;
    if is_changed {
        report.apply(Edit::Enter(id, Entry::Text(new)));
    }
    (is_changed, left)
}

impl Bound {
    fn of(passage: FieldId, reading: &Reading, prose: &Prose) -> Option<Self> {
        let holds = matches!(reading.verdict, Verdict::Equal | Verdict::AtLeast);
        let (start, _) = prose.written(reading.span.start, reading.span.end);
        let was = prose.text().get(reading.span.clone()).unwrap_or_default();
        holds.then(|| Self {
            passage,
            start,
            kind: reading.kind,
            rows: reading.bound.clone(),
            columns: reading.columns.clone(),
            rate: reading
                .rates
                .iter()
                .position(|rate| is_written(*rate, reading)),
            was: was.to_owned(),
            now: None,
        })
    }
}

/// Where a figure's number stands in the text as written, and what to write there instead.
fn number(
    reading: &Reading,
    prose: &Prose,
    text: &str,
    value: Number,
) -> Option<(usize, usize, String)> {
    if value.is_negative() {
        return None;
    }
    let span = reading.span.clone();
    let words = prose.text().get(span.clone())?;
    let amount = &reading.amount;
    let whole = || {
        let (start, end) = prose.written(span.start, span.end);
        Some((start, end, format!("{value}{}", amount.unit)))
    };
    let is_digit = |c: char| c.is_ascii_digit() || c == '.';
    let first = words.find(|c: char| c.is_ascii_digit());
    if !reading.is_exact() {
        return whole();
    }
    let Some(first) = first else {
        let by = in_numerals(words, amount, value);
        let is_figure = by.is_some() || !amount.unit.is_empty() && amount.unit != "倍";
        let (start, end, digits) = whole().filter(|_| is_figure)?;
        return Some((start, end, by.unwrap_or(digits)));
    };
    let rest = words.get(first..)?;
    let length = rest.find(|c| !is_digit(c)).unwrap_or(rest.len());
    let (start, end) = prose.written(span.start + first, span.start + first + length);
    let by = scaled(amount, value);
    let had_commas = text
        .chars()
        .skip(start)
        .take(end - start)
        .any(|c| matches!(c, ',' | '，'));
    Some((start, end, if had_commas { with_commas(&by) } else { by }))
}

/// A value as the number before 万 or 亿 that stands for it, to as many decimals as were written.
fn scaled(amount: &Amount, value: Number) -> String {
    if amount.scale <= 1 {
        return value.to_string();
    }
    let exact = value.decimal() / Decimal::from(amount.scale);
    let short =
        exact.round_dp_with_strategy(amount.decimals, RoundingStrategy::MidpointAwayFromZero);
    if short.is_zero() {
        return exact.normalize().to_string();
    }
    let decimals = usize::try_from(amount.decimals).unwrap_or_default();
    format!("{short:.decimals$}")
}

/// Thousands set off by commas.
fn with_commas(number: &str) -> String {
    let (whole, rest) = number.split_at(number.find('.').unwrap_or(number.len()));
    let mut text = String::new();
    for (place, c) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(c);
    }
    text + rest
}

/// A small number in Chinese numerals with its unit.
fn in_numerals(words: &str, amount: &Amount, value: Number) -> Option<String> {
    let value: usize = value.to_string().parse().ok()?;
    let digit = |at: usize| NUMERALS.get(at).copied();
    if amount.unit.is_empty() || !words.ends_with(amount.unit) || !(1..100).contains(&value) {
        return None;
    }
    let (tens, ones) = (value / 10, value % 10);
    let mut text = String::new();
    if value == 2 {
        text.push('两');
    } else {
        if tens > 1 {
            text.push(digit(tens)?);
        }
        if tens > 0 {
            text.push('十');
        }
        if ones > 0 {
            text.push(digit(ones)?);
        }
    }
    Some(text + amount.unit)
}
