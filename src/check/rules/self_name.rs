//! An authority calls itself by what it is.

use crate::check::prose;
use crate::check::{Findings, Rule, Subject, issuer};
use crate::report::{Edit, Entry};

/// How authorities call themselves, and how the names end that fit.
const NAMES: &[(&str, &[&str])] = &[
    ("我乡", &["乡"]),
    ("我镇", &["镇"]),
    ("我街道", &["街道", "街道办事处", "办事处"]),
    ("我局", &["局"]),
];

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let report = subject.report;
    let name = issuer::bare(report.issuer());
    let fitting = NAMES
        .iter()
        .find(|(_, ends)| ends.iter().any(|end| name.ends_with(end)));
    let Some((fitting, _)) = fitting else {
        return;
    };
    for passage in subject.passages() {
        let (section, prose) = (passage.section, &passage.words);
        for (own, _) in NAMES.iter().filter(|(own, _)| own != fitting) {
            for (start, words) in prose.text().match_indices(own) {
                let rest = prose.sentence_after(start + words.len());
                if rest.starts_with(['镇', '街', '乡', '限'])
                    || prose.sentence_before(start).ends_with('自')
                {
                    continue;
                }
                let stretch = (start, start + words.len());
                let written = prose.written(stretch.0, stretch.1);
                let mended = prose::replaced(passage.text, written, fitting);
                let message = format!("正文自称“{own}”，机关名称是{}", report.issuer());
                findings.report(prose.finding(rule, section, stretch, message).fixed_by(
                    format!("改为{fitting}"),
                    Edit::Enter(passage.id, Entry::Text(mended)),
                ));
            }
        }
    }
}
