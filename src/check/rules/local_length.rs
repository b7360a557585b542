//! A part is not longer than the county asks for.

use crate::check::local::is_part;
use crate::check::{Finding, Findings, Rule, Subject};

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let Some(local) = subject.local() else { return };
    for (part, &most) in &local.longest {
        for passage in subject.passages() {
            // As word processors count: signs too, but no spaces.
            let length = passage.text.chars().filter(|c| !c.is_whitespace()).count();
            if !is_part(passage.section, part) || length <= most {
                continue;
            }
            let over = length - most;
            let name = local.name.trim();
            let message =
                format!("本部分有{length}个字，“{name}”要求不超过{most}个字，删去{over}个字");
            let finding = Finding::new(rule, message).in_section(passage.section);
            let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX).into();
            findings.report(finding.comparing(count(most), count(length)));
        }
    }
}
