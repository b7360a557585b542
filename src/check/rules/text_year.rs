//! The text speaks of the report year.

use crate::check::keys::KEYS;
use crate::check::pattern::{DIGITS, Hit, Pattern};
use crate::check::{Findings, Rule, Subject, claims, mention};

/// A day of the counting period, or a year that begins a sentence and a report of its own.
static STRONG: Pattern = Pattern::at(DIGITS, || {
    "(?P<year>[0-9]{4})年(?:1月1日|12月31日|度?政府信息公开(?:工作)?年度报告|(?P<opens>度?，))"
        .to_owned()
})
.needing(&["年"], 4);
static YEAR: Pattern =
    Pattern::at(DIGITS, || "(?P<year>[0-9]{4})年".to_owned()).needing(&["年"], 4);
/// Words of comparing, of history and of what is to come.
const ASIDE: &[&str] = &[
    "较",
    "比",
    "上年",
    "去年",
    "同期",
    "结转",
    "转入",
    "转来",
    "遗留",
    "未办",
    "以来",
    "历年",
    "累计",
    "逐年",
    "修订",
    "修正",
    "施行",
    "印发",
    "出台",
    "发布",
    "换届",
    "成立",
    "原",
    "曾",
    "启动",
    "考核",
    "评估",
    "反馈",
    "指出",
    "针对",
    "整改",
    "起",
    "开始",
    "至今",
    "连续",
    "相继",
    "规划",
    "通过",
    "公布",
    "国务院令",
    "改革",
    "设立",
    "上线",
    "年底",
    "末",
    "年报",
    "年度报告",
    "预算",
    "决算",
    "计划",
    "要点",
    "将",
    "继续",
    "下一步",
];

/// Words beside a day that is not one of the counting period.
const IN_FORCE: &[&str] = &[
    "施行", "实施", "执行", "公布", "以来", "较", "比", "生效", "有效",
];

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let report = subject.report;
    let (year, last) = (
        report.year().to_string(),
        report.year().saturating_sub(1).to_string(),
    );
    let next = report.year().saturating_add(1).to_string();
    for passage in subject.passages() {
        let (section, prose) = (passage.section, &passage.prose);
        let text = prose.text();
        let mut seen = Vec::new();
        let begins_sentence = |hit: &&Hit<'_>| {
            let before = text.get(..hit.all.start).unwrap_or_default();
            before.is_empty() || before.ends_with(['。', '\n'])
        };
        let (strong, weak) = (prose.hits(&STRONG), prose.hits(&YEAR));
        let strong = strong
            .iter()
            .filter(|hit| hit.part("opens").is_none() || begins_sentence(hit));
        let named = strong
            .map(|hit| (hit.part("year"), true))
            .chain(weak.iter().map(|hit| (hit.part("year"), false)));
        for (named, is_strong) in named {
            let Some(named) = named else { continue };
            let before = prose.sentence_before(named.start);
            let sentence = format!("{before}{}", prose.sentence_after(named.start));
            let is_title = before.matches('《').count() > before.matches('》').count();
            let ends = ['。', '\n'];
            let head = text
                .get(..named.start)
                .and_then(|head| head.rsplit(ends).next());
            let tail = text
                .get(named.start..)
                .and_then(|tail| tail.split(ends).next());
            let names_year =
                |part: Option<&str>| part.is_some_and(|part| part.contains(&format!("{year}年")));
            let is_compared = mention::has_any(&sentence, &["较", "比", "同期", "上年", "去年"])
                || names_year(head)
                || names_year(tail)
                || subject.claims().has_prior_beside(
                    &section.id,
                    passage.text,
                    prose.written(named.start, named.end),
                );
            let is_history = mention::has_any(&sentence, ASIDE);
            let is_day = is_strong && has_day(prose.sentence_after(named.end));
            let flagged = match (is_strong, named.words) {
                (_, found) if found == year || is_title => false,
                (true, found) if found == next => {
                    section.id != KEYS.problems && !is_history && !sentence.contains("截")
                }
                (true, _) if is_day => !mention::has_any(&sentence, IN_FORCE),
                (true, _) => {
                    !is_history && !is_compared && !prose.sentence_after(named.end).contains("日前")
                }
                (false, found) => found == last && !is_history && !is_compared,
            };
            if !flagged || seen.contains(&named.start) {
                continue;
            }
            seen.push(named.start);
            let message = format!("正文写的是{}年，报告年度是{year}年", named.words);
            let stretch = (named.start, named.end);
            let mut finding = prose.finding(rule, section, stretch, message);
            if mention::is_about_this_report(&sentence) {
                let written = prose.written(stretch.0, stretch.1);
                let edit = passage.putting(written, &year);
                finding = finding.fixed_by(format!("改为{year}年"), edit);
            }
            findings.report(finding);
        }
    }
    claims::report(rule, subject, findings);
}

/// Whether a year is followed by a day, not by the days before it.
fn has_day(rest: &str) -> bool {
    let rest = rest.split_once('日').map(|(_, rest)| rest);
    rest.is_some_and(|rest| !rest.starts_with(['前', '之']))
}
