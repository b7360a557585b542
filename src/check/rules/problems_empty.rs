//! The section on problems must say something of problems and of improvement.

use crate::check::keys::KEYS;
use crate::check::prose;
use crate::check::words::WORDS;
use crate::check::{Finding, Findings, Limit, Rule, Subject};

/// Words that a passage on problems uses.
const PROBLEM: &[&str] = &[
    "问题",
    "不足",
    "不够",
    "不高",
    "不强",
    "不及时",
    "不到位",
    "短板",
    "差距",
    "薄弱",
    "欠缺",
    "有待",
    "仍需",
    "困难",
    "缺乏",
];
/// Words that a passage on improvement uses.
const IMPROVEMENT: &[&str] = &[
    "改进",
    "改为",
    "推进",
    "落实",
    "建立",
    "整改",
    "下一步",
    "今后",
    "将",
    "措施",
    "加强",
    "提升",
    "提高",
    "完善",
    "加大",
    "强化",
    "优化",
    "针对",
];

/// Words that say that there are no problems.
const DENIALS: &[&str] = &[
    "不存在明显问题",
    "不存在突出问题",
    "不存在问题",
    "没有明显问题",
    "没有突出问题",
    "没有发现问题",
    "未发现问题",
    "未发现明显问题",
    "无明显问题",
    "无突出问题",
    "未发现突出问题",
    "不存在任何问题",
    "不存在主要问题",
    "暂无问题",
    "无存在问题",
    "没有存在问题",
    "问题：无",
    "情况：无",
];
/// So many characters beside commonplaces say something.
const LEAST_SAID: usize = 4;

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let least = subject.terms.settings.count(Limit::ProblemsLeast);
    let passages = subject.report.edition().passages();
    for (section, id) in passages.filter(|(section, _)| section.id == KEYS.problems) {
        let text = subject.report.written(id);
        let bare = subject.report.bare_headings(id);
        let length = text.chars().filter(|c| c.is_alphanumeric()).count();
        let speaks = |words: &[&str]| words.iter().any(|word| text.contains(word));
        let (lack, message) = if length == 0 && !bare.is_empty() {
            let message = "本部分只有标题，标题下面没有内容，应写明主要问题和改进情况";
            (String::new(), message.to_owned())
        } else if length == 0 {
            let message = "本部分没有内容，应写明主要问题和改进情况";
            (String::new(), message.to_owned())
        } else if length < least {
            let message = format!("本部分只有{length}个字，应写明主要问题和改进情况");
            (length.to_string(), message)
        } else if !speaks(PROBLEM) {
            ("问题".to_owned(), "本部分没有写存在的问题".to_owned())
        } else if let Some(words) = DENIALS.iter().find(|words| text.contains(**words)) {
            let message = format!("本部分写“{words}”，应写明主要问题和改进情况");
            ((*words).to_owned(), message)
        } else if only_commonplaces(&text) {
            let message = "本部分只有套话，应写出具体的问题和做法";
            ("套话".to_owned(), message.to_owned())
        } else if !speaks(IMPROVEMENT) {
            ("改进".to_owned(), "本部分没有写改进情况".to_owned())
        } else if !bare.is_empty() {
            ("标题".to_owned(), prose::nothing_under(&bare))
        } else {
            continue;
        };
        let finding = Finding::new(rule, message).in_section(section);
        findings.report(finding.resting_on(lack).resting_on(bare.join("、")));
    }
}

/// Whether nothing is left once the words that fit any report are taken away.
fn only_commonplaces(text: &str) -> bool {
    let mut rest = text.to_owned();
    for words in &WORDS.lists.commonplaces {
        rest = rest.replace(words.as_str(), "");
    }
    rest.chars().filter(|c| c.is_alphanumeric()).count() < LEAST_SAID
}
