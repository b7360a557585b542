//! The text follows the tables: figures that were equal are written anew when their cells change.

use std::collections::BTreeSet;

use super::issuer::Issuer;
use super::ratio::{is_written, rounded};
use super::reader::PassageReader;
use super::reading::{ClaimKind, Reading, Verdict};
use super::tables::{KnownSums, Tables};
use super::words::{self, Rows};
use super::written::number;
use crate::check::prose::Prose;
use crate::form::FieldId;
use crate::report::{Edit, Entry, Report};
use crate::text;

/// How often the texts are read anew, for figures that rest on other figures of the text.
const ROUNDS: usize = 4;

/// What becomes of the texts when cells change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Followed {
    /// The changes of the texts.
    pub edits: Vec<Edit>,
    /// What each figure was and became, in order.
    pub changes: Vec<(String, String)>,
    /// How many words that were true are no longer so, and hold no figure that could be changed.
    pub left: usize,
    /// The figures whose cells were emptied, now or before, which is to be told the next time: an undo may bring
    /// back that they are.
    pub ties: Vec<Tie>,
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
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
    /// Its cells are not filled in now.
    is_open: bool,
}

/// What the texts of `after` must say so that the figures that the tables of `before` held are those of its own.
///
/// The figures of `ties` were held before their cells were emptied. A passage that changed as well is left alone.
#[must_use]
pub fn follow(before: &Report, after: &Report, prior: Option<&Report>, ties: &[Tie]) -> Followed {
    if before.edition().id != after.edition().id || before.year() != after.year() {
        return Followed::default();
    }
    let mut cells = before.edition().cells();
    if cells.all(|id| before.entry(id) == after.entry(id)) {
        return Followed {
            ties: ties.to_vec(),
            ..Followed::default()
        };
    }
    let passages: Vec<_> = passages(after)
        .filter(|&(_, id)| before.text(id) == after.text(id) && !after.text(id).is_empty())
        .collect();
    let mut bound = Vec::new();
    for (section, id) in &passages {
        read(before, prior, section, *id, &mut |reading, prose| {
            bound.extend(Tie::of(*id, reading, prose, ties));
        });
    }
    if bound.is_empty() {
        return Followed {
            ties: ties.to_vec(),
            ..Followed::default()
        };
    }
    let mut report = after.clone();
    let mut followed = Followed {
        ties: ties.to_vec(),
        ..Followed::default()
    };
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
    for mut tie in bound {
        let now = tie.now.take();
        let was = now
            .as_ref()
            .map(|now| std::mem::replace(&mut tie.was, now.clone()));
        let change = was.zip(now).filter(|(was, now)| was != now);
        followed.changes.extend(change);
        if tie.is_open && !followed.ties.contains(&tie) {
            followed.ties.push(tie);
        }
    }
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
    bound: &mut [Tie],
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
        let (start, _) = prose.written(reading.span.start, reading.span.end);
        let mut mine = bound.iter_mut().filter(|bound| bound.passage == id);
        let Some(mine) = mine.find(|bound| bound.start == start) else {
            return;
        };
        mine.is_open = is_open(reading);
        if reading.verdict != Verdict::Different {
            return;
        }
        let value = match mine.kind {
            ClaimKind::Count => tables.now(&mine.rows, &mine.columns),
            ClaimKind::Growth | ClaimKind::Share | ClaimKind::Rate | ClaimKind::Sum => {
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

impl Tie {
    /// A figure that is what the tables hold, or was when its cells were filled in.
    fn of(passage: FieldId, reading: &Reading, prose: &Prose, ties: &[Self]) -> Option<Self> {
        let (start, _) = prose.written(reading.span.start, reading.span.end);
        let said = prose.text().get(reading.span.clone()).unwrap_or_default();
        match reading.verdict {
            Verdict::Equal | Verdict::AtLeast => Some(Self {
                passage,
                start,
                kind: reading.kind,
                rows: reading.bound.clone(),
                columns: reading.columns.clone(),
                rate: reading
                    .rates
                    .iter()
                    .position(|rate| is_written(*rate, reading)),
                was: said.to_owned(),
                now: None,
                is_open: false,
            }),
            _ if is_open(reading) => {
                let is_of = |tie: &Self| {
                    tie.columns == reading.columns && reading.readings.contains(&tie.rows)
                };
                let is_it = |tie: &&Self| {
                    tie.passage == passage
                        && tie.kind == reading.kind
                        && tie.was == said
                        && (reading.readings.is_empty() || is_of(tie))
                };
                // The text may have been written on meanwhile: of those that say the same, the nearest is it.
                let own = ties.iter().filter(is_it);
                let tie = own.min_by_key(|tie| tie.start.abs_diff(start))?;
                Some(Self {
                    start,
                    ..tie.clone()
                })
            }
            _ => None,
        }
    }
}

/// Whether a figure waits for cells, or for another figure that does.
fn is_open(reading: &Reading) -> bool {
    let rests_on_others = matches!(reading.kind, ClaimKind::Share | ClaimKind::Rate);
    reading.verdict == Verdict::Unchecked
        || reading.verdict == Verdict::Unknown && rests_on_others && reading.rates.is_empty()
}
