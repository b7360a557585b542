//! The text names as many requests of each kind of applicant as the table.

use crate::check::mention::{self, Expected};
use crate::check::pattern::Pattern;
use crate::check::{Findings, Rule, Subject, figures};

const NEW: &str = "requests.new_received@";
const OVER: &str = "requests.carried_over@";
const DONE: &str = "requests.results.total_processed@";

/// What may stand between an applicant and a count.
const GAP: &str =
    "(?:申请人?|提出|提交|递交|的|政府信息公开|信息公开|共计?|合计|数为|为|有|计|：){0,4}";

/// How the text names an applicant, before or after the count, and the columns that are meant.
static APPLICANTS: [(&[&str], Pattern); 6] = [
    (
        &["natural_person"],
        Pattern::after(&["自然人"], || counted("")),
    ),
    (
        &[
            "commercial_enterprise",
            "research_institution",
            "public_welfare_org",
            "legal_service_org",
            "other_org",
        ],
        Pattern::after(&["法人"], || {
            counted("(?:或者|或|和|及|与|、)?(?:其他|非法人)组织")
        }),
    ),
    (
        &["commercial_enterprise"],
        Pattern::after(&["商业"], || counted("(?:企业|公司)")),
    ),
    (
        &["research_institution"],
        Pattern::after(&["科研"], || counted("(?:机构|单位)")),
    ),
    (
        &["public_welfare_org"],
        Pattern::after(&["社会公益"], || counted("(?:性)?组织")),
    ),
    (
        &["legal_service_org"],
        Pattern::after(&["法律服务"], || counted("(?:机构|组织)")),
    ),
];

/// Words of other business, and of one result only.
const OTHERS: &[&str] = &[
    "复议",
    "诉讼",
    "许可",
    "处罚",
    "予以公开",
    "部分公开",
    "不予公开",
    "无法提供",
    "不予处理",
    "其他处理",
    "结转",
    "信访",
    "投诉",
    "举报",
    "热线",
    "留言",
];

/// The rest of an applicant's name, and a count.
fn counted(rest: &str) -> String {
    mention::counted(&format!("{rest}{GAP}{{count}}"))
}

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let report = subject.report;
    for passage in subject.passages() {
        let (section, prose) = (passage.section, &passage.prose);
        for (columns, pattern) in &APPLICANTS {
            let mut mentions = mention::parts(prose, pattern);
            mentions.retain(|m| {
                let sentence = format!("{}{}", m.before, m.words);
                mention::is_on_requests(&sentence)
                    && sentence.contains("申请")
                    && !mention::has_any(&sentence, OTHERS)
                    && mention::is_of_year(m.before, m.words, report.year())
            });
            if mentions.is_empty() {
                continue;
            }
            let keys = |row: &str| {
                columns
                    .iter()
                    .map(|c| format!("{row}{c}"))
                    .collect::<Vec<_>>()
            };
            let sum = |rows: &[&str]| {
                let keys: Vec<_> = rows.iter().flat_map(|row| keys(row)).collect();
                figures::sum(report, &keys.iter().map(String::as_str).collect::<Vec<_>>())
            };
            let new = keys(NEW);
            let new: Vec<_> = new.iter().map(String::as_str).collect();
            let Some(expected) = mention::expect(rule, report, findings, &new) else {
                continue;
            };
            for mention in mentions {
                let mut values = expected.values.clone();
                values.extend(sum(&[NEW, OVER]));
                if mention::has_any(mention.before, &["办结", "答复", "办理"]) {
                    values.extend(sum(&[DONE]));
                }
                values.dedup();
                let expected = Expected {
                    values,
                    cells: expected.cells.clone(),
                };
                let one = std::slice::from_ref(&mention);
                mention::compare(rule, subject, findings, (section, prose), one, &expected);
            }
        }
    }
}
