//! The sums of the last section fit each other and the tables.

use crate::check::keys::KEYS;
use crate::check::mention;
use crate::check::pattern::{Hit, Pattern};
use crate::check::subject::Passage;
use crate::check::{Findings, Rule, Subject, figures};
use crate::report::Number;

/// How many 元 make one 万元.
const UNIT: i64 = 10_000;

const MONEY: &str = "(?P<n>[0-9]+(?:，[0-9]{3})*(?:\\.[0-9]+)?)(?P<unit>万?元)";

/// Notices that were sent; the other group holds that there were none.
static NOTICES: Pattern = Pattern::at(
    &["发出", "开具", "下达", "送达", "制发", "未", "没有"],
    || {
        mention::counted(
            "(?:发出|开具|下达|送达|制发)[^，。；、\\n]{0,6}?(?:收费|缴费)通知书?(?:的?件数)?(?:共计?|总计|为|：)?{count}|(?P<none>(?:未|没有)(?:发出|开具|下达|送达|制发)[^，。；、\\n]{0,6}?(?:收费|缴费)通知)",
        )
    },
);
/// What the notices demand.
static DEMANDED: Pattern = Pattern::at(&["通知", "应收", "的", "总金额", "金额"], || {
    format!("(?:通知|应收)?(?:的?总?金额|应收)(?:共计?|总计|合计|为|：)?{MONEY}")
});
/// What was taken in; the other group holds that nothing was.
static TAKEN: Pattern = Pattern::at(
    &["实际收取", "实际收到", "实收", "收取", "未", "没有"],
    || {
        format!(
            "(?:实际收取|实际收到|实收|收取)[^，。；、\\n0-9]{{0,12}}?{MONEY}|(?P<none>(?:未|没有)(?:实际)?收取[^，。；、\\n0-9]{{0,8}}?费)"
        )
    },
);
/// A figure of the text, in 件 or in 元.
#[derive(Debug, Clone, Copy)]
struct Said {
    start: usize,
    end: usize,
    value: Number,
}

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let Some(passage) = subject.passage(KEYS.other_matters) else {
        return;
    };
    let (notices, demanded) = (notices(passage), first(passage, &DEMANDED));
    let taken = first(passage, &TAKEN);
    if let Some(notices) = notices {
        unpaid(rule, subject, findings, passage, notices);
    }
    if notices.is_some_and(|notices| notices.value.is_zero()) {
        for (sum, what) in [(demanded, "总金额"), (taken, "实际收取")] {
            if let Some(sum) = sum.filter(|sum| !sum.value.is_zero()) {
                let message = format!("没有发出收费通知，{what}却是{}元", sum.value);
                report(rule, findings, passage, sum, message);
            }
        }
    } else if let (Some(demanded), Some(taken)) = (demanded, taken) {
        compare(rule, findings, passage, demanded, taken);
    }
    within_charges(rule, subject, findings, passage, taken);
}

/// What was taken is part of what was demanded, and both are in the same unit.
fn compare(
    rule: &'static Rule,
    findings: &mut Findings,
    passage: &Passage<'_>,
    demanded: Said,
    taken: Said,
) {
    if taken.value > demanded.value {
        let message = format!(
            "实际收取{}元，多于收费通知的总金额{}元",
            taken.value, demanded.value
        );
        report(rule, findings, passage, taken, message);
    } else if !taken.value.is_zero() && demanded.value == taken.value.times(UNIT) {
        let message = format!(
            "总金额{}元正好是实际收取{}元的{UNIT}倍，可能写错了单位",
            demanded.value, taken.value
        );
        report(rule, findings, passage, demanded, message);
    }
}

/// The charge for information is one of the charges of the table.
fn within_charges(
    rule: &'static Rule,
    subject: &Subject<'_>,
    findings: &mut Findings,
    passage: &Passage<'_>,
    taken: Option<Said>,
) {
    let Some(taken) = taken.filter(|taken| !taken.value.is_zero()) else {
        return;
    };
    if subject.report.edition().find(KEYS.fees).is_none() {
        return;
    }
    let Some((cell, fees)) = figures::figure(subject.report, KEYS.fees) else {
        figures::not_filled(rule, findings, 1);
        return;
    };
    if taken.value > fees.times(UNIT) {
        let message = format!(
            "实际收取信息处理费{}元，多于表中全年的收费{fees}万元",
            taken.value
        );
        let mut finding =
            passage
                .prose
                .finding(rule, passage.section, (taken.start, taken.end), message);
        finding.cells = vec![cell];
        findings.report(finding);
    }
}

/// Requests given up because a notice was not paid need a notice.
fn unpaid(
    rule: &'static Rule,
    subject: &Subject<'_>,
    findings: &mut Findings,
    passage: &Passage<'_>,
    notices: Said,
) {
    let unpaid = figures::figure(subject.report, KEYS.fee_not_paid);
    if let Some((cell, count)) = unpaid.filter(|(_, count)| *count > notices.value) {
        let message = if notices.value.is_zero() {
            format!("没有发出收费通知，表中却有{count}件因逾期不缴费不再处理")
        } else {
            format!(
                "发出收费通知{}件，表中却有{count}件因逾期不缴费不再处理",
                notices.value
            )
        };
        let mut finding =
            passage
                .prose
                .finding(rule, passage.section, (notices.start, notices.end), message);
        finding.cells = vec![cell];
        findings.report(finding);
    }
}

fn report(
    rule: &'static Rule,
    findings: &mut Findings,
    passage: &Passage<'_>,
    said: Said,
    message: String,
) {
    let stretch = (said.start, said.end);
    findings.report(
        passage
            .prose
            .finding(rule, passage.section, stretch, message),
    );
}

fn notices(passage: &Passage<'_>) -> Option<Said> {
    passage.prose.hits(&NOTICES).iter().find_map(|hit| {
        let value = match hit.part("n") {
            Some(count) => mention::read_number(count.words)?,
            None => Number::ZERO,
        };
        let is_vague = hit.part("near").is_some() || hit.part("more").is_some();
        (!is_vague).then_some(Said {
            start: hit.all.start,
            end: hit.all.end,
            value,
        })
    })
}

fn first(passage: &Passage<'_>, pattern: &Pattern) -> Option<Said> {
    passage.prose.hits(pattern).iter().find_map(said)
}

/// A sum in 元; nothing taken is 0.
fn said(hit: &Hit<'_>) -> Option<Said> {
    let value = match hit.part("n") {
        Some(digits) => {
            let value = Number::read(&digits.words.replace('，', ","))?;
            let is_large = hit.words("unit") == "万元";
            value.times(if is_large { UNIT } else { 1 })
        }
        None => Number::ZERO,
    };
    Some(Said {
        start: hit.all.start,
        end: hit.all.end,
        value,
    })
}
