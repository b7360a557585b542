//! What a template leaves to be filled in does not stay in the report.

use std::sync::LazyLock;

use regex::Regex;

use crate::check::prose::Pattern;
use crate::check::{Findings, Level, Rule, Subject};

/// What a template leaves to be filled in does not stay in the report.
pub(super) const RULE: Rule = Rule {
    name: "placeholder",
    title: "模板里的占位文字没有替换",
    level: Level::Error,
    card: include_str!("placeholder.md"),
    check,
};

/// Signs and sentences that only a template holds.
static PATTERN: Pattern = LazyLock::new(|| {
    Regex::new(
        "具体网址|请在此(?:处)?填写|此处填写|该部分以表格形式报告|×{2,}|_{3,}|＿{2,}|〇{2,}|○{2,}|待补充|待填写|\\{[a-z_]+\\}",
    )
    .ok()
});
/// Letters in a name's or a number's place.
static LETTERS: Pattern = LazyLock::new(|| Regex::new("[XxＸｘ]{2,}").ok());

fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    for passage in subject.passages() {
        let (section, prose) = (passage.section, &passage.words);
        let text = prose.text();
        let signs = PATTERN.iter().flat_map(|regex| regex.find_iter(text));
        let letters = LETTERS
            .iter()
            .flat_map(|regex| regex.find_iter(text))
            .filter(|found| {
                let before = text
                    .get(..found.start())
                    .and_then(|text| text.chars().next_back());
                let after = text.get(found.end()..).and_then(|text| text.chars().next());
                let is_latin = |c: Option<char>| {
                    c.is_some_and(|c| c.is_ascii_alphanumeric() || "./-_@:：".contains(c))
                };
                !is_latin(before) && !is_latin(after)
            });
        for found in signs.chain(letters) {
            let message = format!(
                "“{}”是模板里的占位文字，应换成实际内容或者删去",
                found.as_str()
            );
            findings.report(prose.finding(rule, section, (found.start(), found.end()), message));
        }
    }
}
