//! A section holds no heading of the first level and no second title.

use crate::check::{Findings, Rule, Subject};
use crate::text;

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    for passage in subject.passages() {
        let (section, prose) = (passage.section, &passage.words);
        let mut start = 0;
        for line in prose.text().split('\n') {
            let stretch = (start, start + line.len());
            start = stretch.1 + 1;
            let mut report = |fault: &str| {
                let message = format!("“{line}”{fault}");
                findings.report(prose.finding(rule, section, stretch, message));
            };
            if is_heading(line) && !written_in_brackets(passage.text, line) {
                report("像是一级标题，部分之内的标题应从（一）起");
            }
            if is_title(line) {
                report("像是报告标题，部分之内不应再有");
            }
        }
    }
}

/// Whether a line is written as a heading of the first level.
fn is_heading(line: &str) -> bool {
    line.split_once('、').is_some_and(|(number, words)| {
        (1..=2).contains(&number.chars().count())
            && text::is_number(number)
            && (2..=30).contains(&words.chars().count())
            && !words.contains(['。', '；'])
    })
}

/// Whether a line is written as the title of a whole report.
fn is_title(line: &str) -> bool {
    let Some(line) = line.strip_suffix("报告") else {
        return false;
    };
    let line = line.strip_suffix("年度").unwrap_or(line);
    let line = line.strip_suffix("工作").unwrap_or(line);
    line.strip_suffix("政府信息公开").is_some_and(|issuer| {
        issuer.chars().count() <= 40 && !issuer.contains(['。', '；', '《', '》'])
    })
}

/// Whether a line was numbered as （一） and only lost its brackets in matching.
fn written_in_brackets(text: &str, line: &str) -> bool {
    let number: String = line.chars().take_while(|&c| c != '、').collect();
    text.contains(&format!("（{number}）、")) || text.contains(&format!("({number})、"))
}
