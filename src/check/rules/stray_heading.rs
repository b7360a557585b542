//! A section holds no heading of the first level and no second title.

use std::sync::LazyLock;

use regex::Regex;

use crate::check::prose::Pattern;
use crate::check::{Findings, Level, Rule, Subject};

/// A section holds no heading of the first level and no second title.
pub(super) const RULE: Rule = Rule {
    name: "stray-heading",
    title: "部分之内又有一级标题或报告标题",
    level: Level::Advice,
    card: include_str!("stray_heading.md"),
    check,
};

/// A heading of the first level on a line of its own.
static HEADING: Pattern =
    LazyLock::new(|| Regex::new("(?m)^[一二三四五六七八九十]{1,2}、[^。；\\n]{2,30}$").ok());
/// The title of a whole report on a line of its own.
static TITLE: Pattern = LazyLock::new(|| {
    Regex::new("(?m)^[^。；\\n《》]{0,40}政府信息公开(?:工作)?(?:年度)?报告$").ok()
});

fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    for passage in subject.passages() {
        let (section, prose) = (passage.section, &passage.words);
        let text = prose.text();
        let first_level = |line: &str| {
            let numbered = line.starts_with(|c| "一二三四五六七八九十".contains(c));
            numbered && !written_in_brackets(passage.text, line)
        };
        let headings = HEADING.iter().flat_map(|regex| regex.find_iter(text));
        let headings = headings
            .filter(|found| first_level(found.as_str()))
            .map(|found| (found, "像是一级标题，部分之内的标题应从（一）起"));
        let titles = TITLE.iter().flat_map(|regex| regex.find_iter(text));
        let titles = titles.map(|found| (found, "像是报告标题，部分之内不应再有"));
        for (found, fault) in headings.chain(titles) {
            let message = format!("“{}”{fault}", found.as_str());
            findings.report(prose.finding(rule, section, (found.start(), found.end()), message));
        }
    }
}

/// Whether a line was numbered as （一） and only lost its brackets in matching.
fn written_in_brackets(text: &str, line: &str) -> bool {
    let number: String = line.chars().take_while(|&c| c != '、').collect();
    text.contains(&format!("（{number}）、")) || text.contains(&format!("({number})、"))
}
