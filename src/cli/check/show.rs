//! What a check prints for one file.

use std::path::Path;

use serde_json::{Value, json};

use crate::check::claims::Claim;
use crate::check::{Finding, Findings, Level, lapsed};
use crate::cli::Outcome;
use crate::cli::format::OutputFormat;
use crate::disk;
use crate::report::Draft;
use crate::sheet::finding_json;

/// What is printed for a file.
pub(super) fn shown(
    format: OutputFormat,
    with_claims: bool,
    file: &Path,
    draft: &Draft,
    findings: &Findings,
) -> String {
    let claims = with_claims.then_some(&findings.claims);
    match format {
        OutputFormat::Text => {
            let claims = claims.map(|claims| claims_text(file, draft, claims));
            claims.unwrap_or_default() + &text(file, draft, findings)
        }
        OutputFormat::Json => {
            let mut object = json(file, draft, findings);
            if let (Some(claims), Some(object)) = (claims, object.as_object_mut()) {
                object.insert("claims".to_owned(), claims_json(draft, claims));
            }
            format!("{object}\n")
        }
    }
}

/// The figures of the texts, one a line.
fn claims_text(file: &Path, draft: &Draft, claims: &[Claim]) -> String {
    let edition = draft.report().edition();
    let line = |claim: &Claim| {
        let section = edition.section(&claim.section);
        let section = section.map_or("", |section| section.label.as_str());
        let said = claim.explained(edition);
        format!("{}:{section}: “{}”{said}\n", disk::shown(file), claim.says)
    };
    claims.iter().map(line).collect()
}

fn claims_json(draft: &Draft, claims: &[Claim]) -> Value {
    let edition = draft.report().edition();
    let one = |claim: &Claim| {
        let about: Vec<_> = claim
            .about
            .iter()
            .map(|&id| edition.field(id).key.as_str())
            .collect();
        json!({
            "section": claim.section, "start": claim.start, "end": claim.end, "says": claim.says,
            "value": claim.value.to_string(), "about": about, "year": claim.year, "verdict": claim.verdict.id(),
        })
    };
    claims.iter().map(one).collect()
}

/// How the command ends for one file.
pub(super) fn outcome(findings: &Findings) -> Outcome {
    if findings.count(Level::Error) > 0 {
        Outcome::Refused
    } else {
        Outcome::Done
    }
}

/// One finding a line: `文件:部分:格: 级别[规则] 说明`.
pub(in crate::cli) fn text(file: &Path, draft: &Draft, findings: &Findings) -> String {
    let edition = draft.report().edition();
    let mut lines = String::new();
    for finding in &findings.list {
        let section = finding
            .section
            .as_deref()
            .and_then(|id| edition.section(id));
        let section = section.map_or("全文", |section| section.label.as_str());
        let cell = finding
            .cells
            .first()
            .map_or("", |&id| edition.field(id).label.as_str());
        let explained = explanation(finding);
        let fixes: Vec<_> = finding.fixes.iter().map(|fix| fix.title.as_str()).collect();
        let fixes = match fixes.as_slice() {
            [] => String::new(),
            fixes => format!("（可改：{}）", fixes.join("；")),
        };
        let (level, rule, message) = (finding.level.name(), finding.rule.name, &finding.message);
        lines.push_str(&format!(
            "{}:{section}:{cell}: {level}[{rule}] {message}{explained}{fixes}\n",
            disk::shown(file)
        ));
        for folded in &finding.consequences {
            let (message, explained) = (&folded.message, explanation(folded));
            lines.push_str(&format!("    同一原因: {message}{explained}\n"));
        }
    }
    let counts = [Level::Error, Level::Query, Level::Advice]
        .map(|level| format!("{}{}个", level.name(), findings.count(level)));
    let count_of = |count: usize, words: &str| match count {
        0 => String::new(),
        count => format!("，{words}{count}项"),
    };
    let unchecked = count_of(findings.unchecked.len(), "未核查");
    let lapsed = count_of(lapsed(draft, findings).len(), "说明失效");
    lines.push_str(&format!(
        "{}: {}{unchecked}{lapsed}\n",
        disk::shown(file),
        counts.join("，")
    ));
    lines
}

/// The explanation of a finding as it follows its sentence.
fn explanation(finding: &Finding) -> String {
    let text = finding.explanation.as_ref();
    text.map(|text| format!("（说明：{text}）"))
        .unwrap_or_default()
}

fn json(file: &Path, draft: &Draft, findings: &Findings) -> Value {
    let list = findings.list.iter();
    let list: Vec<_> = list.map(|finding| finding_json(draft, finding)).collect();
    let unchecked = findings
        .unchecked
        .iter()
        .map(|item| json!({ "rule": item.rule, "reason": item.reason }));
    let lapsed = lapsed(draft, findings).into_iter();
    let lapsed = lapsed
        .map(|explanation| json!({ "rule": explanation.rule, "explanation": explanation.text }));
    json!({
        "file": file.display().to_string(),
        "errors": findings.count(Level::Error),
        "queries": findings.count(Level::Query),
        "advice": findings.count(Level::Advice),
        "findings": list,
        "unchecked": unchecked.collect::<Vec<_>>(),
        "lapsed": lapsed.collect::<Vec<_>>(),
    })
}
