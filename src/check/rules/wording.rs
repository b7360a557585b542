//! Frequent misprints, and those the filer listed.

use std::collections::BTreeSet;

use aho_corasick::AhoCorasick;

use crate::check::settings::Misprint;
use crate::check::{Finding, Findings, Rule, Subject};
use crate::report::{Edit, Entry};

/// What is written and what is meant; nothing that could be right in any sentence.
const MISPRINTS: &[(&str, &str)] = &[
    ("子以公开", "予以公开"),
    ("子以答复", "予以答复"),
    ("子以处理", "予以处理"),
    ("不子公开", "不予公开"),
    ("不子处理", "不予处理"),
    ("年度止件", "年度废止件"),
    ("年止件", "年废止件"),
    ("行政复仪", "行政复议"),
    ("行政复义", "行政复议"),
    ("行政诉松", "行政诉讼"),
    ("行政诉颂", "行政诉讼"),
    ("性文建", "性文件"),
    ("性文档件", "性文件"),
    ("依申清", "依申请"),
    ("申清公开", "申请公开"),
    ("申情人", "申请人"),
    ("依申请公升", "依申请公开"),
    ("主动公升", "主动公开"),
    ("信息公升", "信息公开"),
    ("政务公升", "政务公开"),
    ("信息工开", "信息公开"),
    ("政务工开", "政务公开"),
    ("主动工开", "主动公开"),
    ("信息公开公开", "信息公开"),
    ("政府信息信息", "政府信息"),
    ("信息处里费", "信息处理费"),
    ("公开条列", "公开条例"),
    ("中华人民共合国", "中华人民共和国"),
    ("国务院今第", "国务院令第"),
    ("截止目前", "截至目前"),
    ("布署", "部署"),
    ("再接再励", "再接再厉"),
    ("部份", "部分"),
    ("帐户", "账户"),
];

pub(super) fn check(rule: &'static Rule, subject: &Subject<'_>, findings: &mut Findings) {
    let own = subject.terms.settings.misprints.iter();
    let own = own.map(|Misprint { wrong, right }| (wrong.as_str(), right.as_str()));
    let all: Vec<_> = MISPRINTS
        .iter()
        .copied()
        .chain(own)
        .filter(|(wrong, right)| !wrong.is_empty() && !right.contains(wrong))
        .collect();
    let Ok(search) = AhoCorasick::new(all.iter().map(|(wrong, _)| wrong)) else {
        return;
    };
    for passage in subject.passages() {
        let found = search.find_overlapping_iter(passage.text);
        let found: BTreeSet<_> = found.map(|hit| hit.pattern().as_usize()).collect();
        for &(wrong, right) in found.into_iter().filter_map(|index| all.get(index)) {
            let Some((head, _)) = passage.text.split_once(wrong) else {
                continue;
            };
            let start = head.chars().count();
            let end = start + wrong.chars().count();
            let count = passage.text.matches(wrong).count();
            let times = if count > 1 {
                format!("，共{count}处")
            } else {
                String::new()
            };
            let message = format!("“{wrong}”可能是“{right}”{times}");
            let mended = passage.text.replace(wrong, right);
            let edit = Edit::Enter(passage.id, Entry::Text(mended));
            findings.report(
                Finding::new(rule, message)
                    .on_text(passage.section, start, end)
                    .fixed_by(format!("改为“{right}”"), edit),
            );
        }
    }
}
