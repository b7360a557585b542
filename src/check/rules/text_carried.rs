//! The text carries over and forward as many requests as the table.

use crate::check::mention;
use crate::check::pattern::Pattern;
use crate::check::{Findings, Rule, Subject};

/// From last year, and to the next one.
static PATTERNS: [(&str, Pattern); 3] = [
    (
        "requests.carried_over@total",
        Pattern::after(&["上年", "上一年"], || {
            mention::counted("度?结转[^，。；、\\n未无没]{0,16}?{count}")
        }),
    ),
    (
        "requests.carried_forward@total",
        Pattern::after(&["结转"], || {
            mention::counted("(?:至|到|入)?(?:下一?年|次年|明年)[^，。；、\\n未无没]{0,16}?{count}")
        }),
    ),
    (
        "requests.carried_forward@total",
        Pattern::at(mention::COUNT_BEGINS, || {
            mention::counted("{count}(?:申请)?结转(?:至|到|入)?(?:下一?年|次年|明年)")
        })
        .needing(&["结转"], 90),
    ),
];

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    for passage in subject.passages() {
        let (section, prose) = (passage.section, &passage.prose);
        for (key, pattern) in &PATTERNS {
            let mentions = mention::mentions_of_any_year(prose, pattern);
            mention::compare_with_table(
                rule,
                subject,
                findings,
                (section, prose),
                &mentions,
                &[key],
            );
        }
    }
}
