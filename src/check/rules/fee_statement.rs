//! The last section must say whether the charge for processing information was taken.

use crate::check::{Finding, Findings, Rule, Subject, mention};
use crate::form::SectionBody;
use crate::report::{Edit, Entry};

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let report = subject.report;
    for (section, id) in report.edition().passages() {
        let SectionBody::Passage { skeletons, .. } = &section.body else {
            continue;
        };
        let text = report.text(id).trim();
        let charges = skeletons.iter();
        let charges = charges.filter(|skeleton| skeleton.has_none() && !skeleton.blanks.is_empty());
        for charge in charges {
            if text.contains(&charge.name) || says_of_charges(text) {
                continue;
            }
            let statement = charge.none(&|name| match name {
                "year" => report.year().to_string(),
                _ => String::new(),
            });
            let says_nothing = text.chars().filter(|c| c.is_alphanumeric()).count() <= 1;
            let mended = if says_nothing {
                statement
            } else {
                format!("{text}\n{statement}")
            };
            findings.report(
                Finding::new(
                    rule,
                    format!("没有说明{}的收取情况，没有收取的也应说明", charge.name),
                )
                .in_section(section)
                .resting_on(&charge.name)
                .fixed_by(
                    "写入“没有收费”的说明（收过费的须改数字）",
                    Edit::Enter(id, Entry::Text(mended)),
                ),
            );
        }
    }
}

/// Whether a sentence says what was charged, in whatever honest words: 零收费, 未收取任何费用.
fn says_of_charges(text: &str) -> bool {
    const CHARGES: &[&str] = &[
        "收费",
        "费用",
        "收取",
        "处理费",
        "检索费",
        "邮寄费",
        "复制费",
    ];
    const AMOUNT: &[&str] = &[
        "零", "未", "没有", "无", "不", "0", "０", "免", "元", "通知", "没",
    ];
    let mut sentences = text.split(['。', '；', '\n']);
    sentences
        .any(|sentence| mention::has_any(sentence, CHARGES) && mention::has_any(sentence, AMOUNT))
}
