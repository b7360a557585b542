//! What a template leaves to be filled in does not stay in the report.

use crate::check::pattern::Pattern;
use crate::check::{Findings, Rule, Subject};

/// Signs and sentences that only a template holds.
static PATTERN: Pattern = Pattern::after(
    &[
        "具体网址",
        "请在此填写",
        "请在此处填写",
        "此处填写",
        "该部分以表格形式报告",
        "××",
        "___",
        "＿＿",
        "〇〇",
        "○○",
        "待补充",
        "待填写",
    ],
    || "[×_＿〇○]*".to_owned(),
);
/// The name of what belongs in a place.
static NAME: Pattern = Pattern::after(&["{"], || "[a-z_]+\\}".to_owned());
/// Letters in a name's or a number's place.
static LETTERS: Pattern = Pattern::after(&["X", "x", "Ｘ", "ｘ"], || "[XxＸｘ]+".to_owned());

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    for passage in subject.passages() {
        let (section, prose) = (passage.section, &passage.words);
        let text = prose.text();
        let mut letters = prose.hits(&LETTERS);
        letters.retain(|hit| {
            let before = text.get(..hit.all.start);
            let before = before.and_then(|text| text.chars().next_back());
            let after = text.get(hit.all.end..).and_then(|text| text.chars().next());
            let is_latin = |c: Option<char>| {
                c.is_some_and(|c| c.is_ascii_alphanumeric() || "./-_@:：".contains(c))
            };
            !is_latin(before) && !is_latin(after)
        });
        let signs = prose.hits(&PATTERN).into_iter().chain(prose.hits(&NAME));
        for found in signs.chain(letters).map(|hit| hit.all) {
            let message = format!(
                "“{}”是模板里的占位文字，应换成实际内容或者删去",
                found.words
            );
            findings.report(prose.finding(rule, section, (found.start, found.end), message));
        }
    }
}
