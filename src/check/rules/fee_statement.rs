//! The last section must say whether the charge for processing information was taken.

use crate::check::{Finding, Findings, Level, Rule, Subject};
use crate::report::{Edit, Entry};

/// The last section must say whether the charge for processing information was taken.
pub(super) const RULE: Rule = Rule {
    name: "fee-statement",
    title: "没有报告信息处理费",
    level: Level::Query,
    card: include_str!("fee_statement.md"),
    check,
};

/// The charge exists from this year on.
const SINCE: u16 = 2021;

fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let report = subject.report;
    if report.year() < SINCE {
        return;
    }
    let passages = report.edition().passages();
    for (section, id) in passages.filter(|(section, _)| section.id == "other_matters") {
        let text = report.text(id).trim();
        if ["信息处理费", "收费通知"]
            .iter()
            .any(|word| text.contains(word))
        {
            continue;
        }
        let statement = format!(
            "{}年，本机关发出收费通知0件，总金额0元，实际收取0元。",
            report.year()
        );
        let says_nothing = text.chars().filter(|c| c.is_alphanumeric()).count() <= 1;
        let mended = if says_nothing {
            statement
        } else {
            format!("{text}\n{statement}")
        };
        findings.report(
            Finding::new(rule, "没有说明信息处理费的收取情况，没有收取的也应说明")
                .in_section(section)
                .fixed_by(
                    "写入“没有收费”的说明（收过费的须改数字）",
                    Edit::Enter(id, Entry::Text(mended)),
                ),
        );
    }
}
