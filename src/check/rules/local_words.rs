//! Words that the county does not want to read.

use crate::check::local::LocalWord;
use crate::check::{Findings, Rule, Subject};

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let Some(local) = subject.local() else { return };
    for passage in subject.passages() {
        for LocalWord { words, why } in &local.forbidden {
            let mut found = passage.text.match_indices(words.as_str());
            let Some((start, hit)) = found.next() else {
                continue;
            };
            let times = match found.count() {
                0 => String::new(),
                more => format!("，共{}处", more + 1),
            };
            let why = if why.is_empty() {
                String::new()
            } else {
                format!("，{why}")
            };
            let name = local.name.trim();
            let message = format!("“{name}”要求不用“{words}”{why}{times}");
            findings.report(passage.finding(rule, start..start + hit.len(), message));
        }
    }
}
