//! The text cites the letter that prescribes this year's form.

use crate::check::prose::{self, Prose};
use crate::check::{Findings, Rule, Subject, mention};
use crate::form;
use crate::report::{Edit, Entry};

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let report = subject.report;
    let edition = report.edition();
    let own = plain(&edition.notice);
    let foreign: Vec<_> = form::notices()
        .iter()
        .map(|notice| plain(notice))
        .filter(|notice| *notice != own)
        .collect();
    for passage in subject.passages() {
        let (section, prose) = (passage.section, &passage.words);
        for notice in &foreign {
            for (start, words) in prose.text().match_indices(notice.as_str()) {
                let stretch = (start, start + words.len());
                let written = prose.written(stretch.0, stretch.1);
                let cited: String = passage
                    .text
                    .chars()
                    .skip(written.0)
                    .take(written.1 - written.0)
                    .collect();
                let message = format!(
                    "引用的是{cited}，{}年的报告适用{}",
                    report.year(),
                    edition.notice
                );
                let mut finding = prose.finding(rule, section, stretch, message);
                let (before, after) = (prose.sentence_before(start), prose.sentence_after(start));
                if mention::is_about_this_report(&format!("{before}{after}")) {
                    let mended = prose::replaced(passage.text, written, &edition.notice);
                    let edit = Edit::Enter(passage.id, Entry::Text(mended));
                    finding = finding.fixed_by(format!("改为{}", edition.notice), edit);
                }
                findings.report(finding);
            }
        }
    }
}

fn plain(notice: &str) -> String {
    Prose::without_brackets(notice).text().to_owned()
}
