//! A clause that is last year's but for its figures has this year's figures.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::check::{Findings, Rule, Subject, figures};
use crate::form::SectionBody;
use crate::report::Number;

/// Letters from which on a clause that is alike is no chance.
const LEAST: usize = 6;
/// Figures below this stay the same for years without anybody's doing.
const SMALL: i64 = 10;
/// What is counted anew every year.
const UNITS: &str = "条件次篇份期场项批";

/// A clause with what its figures are.
struct Clause {
    /// The words, every figure masked.
    words: String,
    /// Each figure that is counted anew, with its bytes.
    figures: Vec<(Range<usize>, Number)>,
}

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let Some(prior) = figures::prior(rule, subject, findings) else {
        return;
    };
    let report = subject.report;
    // What a cell of this year holds is this year's figure, whatever last year's was.
    let held: BTreeSet<_> = report
        .edition()
        .cells()
        .filter_map(|id| report.value(id))
        .collect();
    for passage in subject.passages() {
        if matches!(
            passage.section.body,
            SectionBody::Passage { optional: true, .. }
        ) {
            continue;
        }
        let Some(older) = prior.same_field(report, passage.id) else {
            continue;
        };
        let mut known: BTreeMap<String, Vec<Vec<Number>>> = BTreeMap::new();
        for clause in clauses(prior.text(older)) {
            let values = clause.figures.iter().map(|(_, value)| *value).collect();
            known.entry(clause.words).or_default().push(values);
        }
        for clause in clauses(passage.text) {
            let Some(before) = known.get(&clause.words) else {
                continue;
            };
            for (place, (range, value)) in clause.figures.iter().enumerate() {
                let is_old = before.iter().any(|values| values.get(place) == Some(value));
                if !is_old || held.contains(value) || subject.is_carried(passage, range) {
                    continue;
                }
                let message = format!(
                    "“{}”与上年度报告的说法和数字都相同，核实{value}是不是本年的数",
                    clause_of(passage.text, range)
                );
                findings.report(passage.finding(rule, range.clone(), message));
            }
        }
    }
}

/// The clauses of a text that hold a figure.
fn clauses(text: &str) -> Vec<Clause> {
    let mut start = 0;
    let mut found = Vec::new();
    for piece in text.split_inclusive(['，', '。', '；', '：', '、', '！', '？', '\n']) {
        found.extend(clause(start, piece));
        start += piece.len();
    }
    found
}

fn clause(start: usize, piece: &str) -> Option<Clause> {
    let (mut words, mut figures) = (String::new(), Vec::new());
    let mut chars = piece.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !c.is_ascii_digit() {
            if c.is_alphanumeric() {
                words.push(c);
            }
            continue;
        }
        let mut end = at + 1;
        while let Some((next, _)) = chars.next_if(|(_, c)| c.is_ascii_digit() || *c == '.') {
            end = next + 1;
        }
        words.push('#');
        let value = Number::read(piece.get(at..end)?);
        let rest = piece
            .get(end..)?
            .trim_start_matches(['余', '多', '万', '人', ' ']);
        let is_counted = rest.starts_with(|c| UNITS.contains(c));
        let value = value.filter(|value| *value >= Number::from(SMALL) && is_counted);
        figures.extend(value.map(|value| (start + at..start + end, value)));
    }
    let says = words.chars().filter(|c| *c != '#').count() >= LEAST;
    (says && !figures.is_empty()).then_some(Clause { words, figures })
}

/// The clause around some bytes, as written.
fn clause_of<'t>(text: &'t str, range: &Range<usize>) -> &'t str {
    let stops = ['，', '。', '；', '：', '、', '！', '？', '\n'];
    let head = text.get(..range.start).unwrap_or_default();
    let start = head.rfind(stops).map_or(0, |at| {
        at + head
            .get(at..)
            .and_then(|rest| rest.chars().next())
            .map_or(0, char::len_utf8)
    });
    let tail = text.get(range.end..).unwrap_or_default();
    let end = range.end + tail.find(stops).unwrap_or(tail.len());
    text.get(start..end).unwrap_or_default().trim()
}
