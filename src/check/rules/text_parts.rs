//! Parts that the text lists after a whole add up to it.

use crate::check::mention;
use crate::check::pattern::{NUMERALS, Pattern};
use crate::check::prose::Prose;
use crate::check::subject::Passage;
use crate::check::{Finding, Findings, Rule, Subject};
use crate::report::Number;

const NUMBER: &str = "[0-9]+(?:，[0-9]{3})*(?:\\.[0-9]+)?|[〇零一二两三四五六七八九十百千万]+";
const UNIT: &str = "万元|元|件次|人次|件|条|份|宗|起|篇|个|期|次|场|项|例";

/// How many bytes the longest number and its unit take.
const LONGEST: usize = 90;

/// A whole and the word that begins the list of its parts.
static WHOLE: Pattern = Pattern::at(NUMERALS, || {
    format!("(?P<n>{NUMBER})(?P<unit>{UNIT})(?:申请|信息)?[，：]?其中[，：]?")
})
.needing(&["其中"], LONGEST);
/// A whole whose parts stand in brackets after it.
static BRACKETED: Pattern = Pattern::at(NUMERALS, || {
    format!("(?P<n>{NUMBER})(?P<unit>{UNIT})[（(]其中[，：:]?(?P<list>[^（）()。\\n]*)[）)]")
})
.needing(&["（其中", "(其中"], LONGEST);
/// One part: what it is, how many, and what follows.
static PART: Pattern = Pattern::at_start(|| {
    format!(
        "(?P<what>.*?)(?P<near>约|近|超|逾|各|第|每|达)?(?P<n>{NUMBER})(?P<more>余|多|几)?(?P<unit>{UNIT})(?P<rest>.*)$"
    )
});
/// Words of a list that is not the whole, or overlaps.
const OPEN: &[&str] = &[
    "等",
    "其中",
    "包括",
    "含",
    "其余",
    "其他均",
    "之外",
    "另",
    "同时",
    "重复",
    "平均",
    "以来",
];

/// What became of a list.
#[derive(Debug, PartialEq, Eq)]
enum Parts {
    /// Too few parts with a count of the same unit, or not all of them.
    Unclear,
    /// The sums of the first two, three, … parts; the last one before a `；` comes first.
    Sums(Vec<Number>),
}

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let passages = subject.passages().iter();
    // Without this word no pattern can match.
    for passage in passages.filter(|passage| passage.text.contains("其中")) {
        plain(rule, findings, passage);
        bracketed(rule, findings, passage);
    }
}

/// Lists that follow in the sentence.
fn plain(rule: &'static Rule, findings: &mut Findings, passage: &Passage<'_>) {
    let prose = &passage.prose;
    let text = prose.text();
    for hit in WHOLE.hits(prose) {
        let (Some(n), unit) = (hit.part("n"), hit.words("unit")) else {
            continue;
        };
        let line = text.get(hit.all.end..).unwrap_or_default();
        let list = line.split(['。', '\n']).next().unwrap_or_default();
        let Some(whole) = mention::read_number(n.words) else {
            continue;
        };
        let before = text.get(..n.start).unwrap_or_default();
        let is_vague = before.ends_with(['约', '近', '超', '逾', '余']);
        let clause = before.rsplit(['，', '。', '；', '、', '\n']).next();
        let says_all = clause.is_some_and(says_all);
        let Some(sum) = fault(list, whole, unit, says_all).filter(|_| !is_vague) else {
            continue;
        };
        let message = message(whole, unit, sum);
        let end = hit.all.end + list.split('；').next().unwrap_or_default().len();
        findings.report(prose.finding(rule, passage.section, (n.start, end), message));
    }
}

/// Lists in brackets behind the whole.
fn bracketed(rule: &'static Rule, findings: &mut Findings, passage: &Passage<'_>) {
    let text = passage.text;
    for hit in BRACKETED.hits_in(text) {
        let (all, unit) = (hit.all, hit.words("unit"));
        let list = Prose::without_brackets(hit.words("list"));
        let Some(whole) = mention::read_number(hit.words("n")) else {
            continue;
        };
        let Some(sum) = fault(list.text(), whole, unit, true) else {
            continue;
        };
        let chars = |byte: usize| text.get(..byte).unwrap_or_default().chars().count();
        let finding = Finding::new(rule, message(whole, unit, sum));
        findings.report(finding.on_text(passage.section, chars(all.start), chars(all.end)));
    }
}

/// Whether a clause says that its count is of all.
fn says_all(clause: &str) -> bool {
    let words = ["公共", "共同", "共享", "共建", "中共", "总体", "总量"];
    let plain = words
        .iter()
        .fold(clause.to_owned(), |text, word| text.replace(word, ""));
    mention::has_any(&plain, &["共", "总", "合计"])
}

fn message(whole: Number, unit: &str, sum: Number) -> String {
    format!("总数是{whole}{unit}，“其中”各项相加是{sum}{unit}")
}

/// The sum of a list that should be the whole and is not.
fn fault(list: &str, whole: Number, unit: &str, says_all: bool) -> Option<Number> {
    let Parts::Sums(sums) = parts(list, unit) else {
        return None;
    };
    let sum = *sums.first()?;
    // Without a word for all, parts that stay below the whole need not be all of them.
    let is_fault = !sums.contains(&whole) && (says_all || sum > whole);
    is_fault.then_some(sum)
}

/// Reads the parts of a list, up to the first thing that is no part.
fn parts(list: &str, unit: &str) -> Parts {
    let (mut sums, mut sum, mut count) = (Vec::new(), Number::ZERO, 0);
    let mut first_end = None;
    for (number, clause) in list.split('；').enumerate() {
        for item in clause.split(['，', '、']) {
            if mention::has_any(item, OPEN) {
                return Parts::Unclear;
            }
            let Some(part) = PART.hits_in(item).into_iter().next() else {
                continue;
            };
            if part.words("unit") != unit {
                break;
            }
            let is_plain = part.part("near").is_none() && part.part("more").is_none();
            let is_one = PART.hits_in(part.words("rest")).is_empty();
            let Some(value) = mention::read_number(part.words("n")).filter(|_| is_plain && is_one)
            else {
                return Parts::Unclear;
            };
            sum = sum + value;
            count += 1;
            if count >= 2 {
                sums.push(sum);
            }
        }
        if number == 0 {
            first_end = sums.last().copied();
        }
    }
    // A list may go on after a semicolon; the sum of its first clause is the likelier one.
    let Some(end) = first_end.or(sums.last().copied()) else {
        return Parts::Unclear;
    };
    sums.insert(0, end);
    Parts::Sums(sums)
}
