//! A growth rate in the text is that of the two years' tables.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::RoundingStrategy;

use crate::check::prose::{Pattern, Prose};
use crate::check::{Findings, Level, Rule, Subject, figures, mention};
use crate::report::Number;

/// A growth rate in the text is that of the two years' tables.
pub(super) const RULE: Rule = Rule {
    name: "text-growth",
    title: "正文的增减幅度与两年的数字不一致",
    level: Level::Query,
    card: include_str!("text_growth.md"),
    check,
};

const NEW: &str = "requests.new_received@total";
const OVER: &str = "requests.carried_over@total";

/// A count of requests received and, right after it, how it changed.
static PATTERN: Pattern = LazyLock::new(|| {
    Regex::new(
        "(?:新收|收到|受理|收办|接收)[^，。；、\\n]{0,24}?申请[^，。；、\\n]{0,8}?\\d+[件份条宗]，?\
        (?:(?:较|比|与)?(?:上一?年度?|去年)?(?:同期)?(?:相比)?，?)(?:同比)?\
        (?P<way>增长|增加|上升|提高|下降|减少|降低)了?(?P<rate>\\d+(?:\\.\\d+)?)%",
    )
    .ok()
});

fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let report = subject.report;
    for (section, id) in report.edition().passages() {
        let prose = Prose::new(report.text(id));
        let found = PATTERN
            .iter()
            .flat_map(|regex| regex.captures_iter(prose.text()));
        for captures in found {
            let (Some(all), Some(rate)) = (captures.get(0), captures.name("rate")) else {
                continue;
            };
            let falls = captures
                .name("way")
                .is_some_and(|way| matches!(way.as_str(), "下降" | "减少" | "降低"));
            let before = prose.sentence_before(all.start());
            if before.contains("其中")
                || !mention::is_on_requests(&format!("{before}{}", all.as_str()))
                || !mention::is_of_year(before, "", report.year())
            {
                continue;
            }
            let Some(prior) = figures::prior(rule, subject, findings) else {
                return;
            };
            let digits = rate
                .as_str()
                .split_once('.')
                .map_or(0, |(_, decimals)| decimals.len());
            let ways: [&[&str]; 2] = [&[NEW], &[NEW, OVER]];
            let rates: Vec<_> = ways
                .iter()
                .filter_map(|keys| {
                    let (now, old) = (figures::sum(report, keys)?, figures::sum(prior, keys)?);
                    growth(now, old, falls, u32::try_from(digits).ok()?)
                })
                .collect();
            let Some(right) = rates.first() else {
                figures::not_filled(rule, findings, 1);
                continue;
            };
            if rates
                .iter()
                .any(|right| Number::read(rate.as_str()) == Some(*right))
            {
                continue;
            }
            let way = captures.name("way").map_or("", |way| way.as_str());
            let message = if right.is_negative() {
                format!("正文写“{way}{}%”，按两年的数字，方向相反", rate.as_str())
            } else {
                format!("正文写“{way}{}%”，按两年的数字应为{right}%", rate.as_str())
            };
            let mut finding = prose.finding(rule, section, (all.start(), all.end()), message);
            finding.cells = figures::cells(report, &[NEW]);
            findings.report(finding);
        }
    }
}

/// By how many percent a figure rose, or fell, to so many digits.
fn growth(now: Number, old: Number, falls: bool, digits: u32) -> Option<Number> {
    let change = if falls { old - now } else { now - old };
    let rate = change.times(100).decimal().checked_div(old.decimal())?;
    let rounded = rate.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero);
    Number::read(&rounded.to_string())
}
