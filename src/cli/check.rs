//! `nianbao check`: every rule over every file.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::args::Format;
use super::{Outcome, print};
use crate::check::{Finding, Findings, Level, check_draft};
use crate::open;
use crate::report::Draft;

pub(super) fn run(
    files: &[PathBuf],
    prior: Option<&Path>,
    format: Format,
) -> anyhow::Result<Outcome> {
    let prior = prior.map(open::open_prior).transpose()?;
    let mut outcome = Outcome::Done;
    let mut unreadable = None;
    for file in files {
        let mut draft = match open::open(file) {
            Ok(opened) => opened.draft,
            // The other files are checked all the same.
            Err(error) if files.len() > 1 => {
                unreadable.get_or_insert(error);
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        if prior.is_some() {
            draft.set_prior(prior.clone());
        }
        let findings = check_draft(&draft);
        if findings.count(Level::Error) > 0 {
            outcome = Outcome::Refused;
        }
        let shown = match format {
            Format::Text => text(file, &draft, &findings),
            Format::Json => format!("{}\n", json(file, &draft, &findings)),
        };
        print(&shown)?;
    }
    match unreadable {
        Some(error) => Err(error.into()),
        None => Ok(outcome),
    }
}

/// One finding a line: `文件:部分:格: 级别[规则] 说明`.
pub(super) fn text(file: &Path, draft: &Draft, findings: &Findings) -> String {
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
        let explained = finding
            .explanation
            .as_ref()
            .map(|text| format!("（说明：{text}）"))
            .unwrap_or_default();
        let (level, rule, message) = (finding.level.name(), finding.rule.name, &finding.message);
        lines.push_str(&format!(
            "{}:{section}:{cell}: {level}[{rule}] {message}{explained}\n",
            file.display()
        ));
    }
    let counts = [Level::Error, Level::Query, Level::Advice]
        .map(|level| format!("{}{}个", level.name(), findings.count(level)));
    let unchecked = findings.unchecked.len();
    let unchecked = if unchecked > 0 {
        format!("，未核查{unchecked}项")
    } else {
        String::new()
    };
    lines.push_str(&format!(
        "{}: {}{unchecked}\n",
        file.display(),
        counts.join("，")
    ));
    lines
}

fn json(file: &Path, draft: &Draft, findings: &Findings) -> Value {
    let list: Vec<_> = findings
        .list
        .iter()
        .map(|finding| finding_json(draft, finding))
        .collect();
    let unchecked = findings
        .unchecked
        .iter()
        .map(|item| json!({ "rule": item.rule, "reason": item.reason }));
    json!({
        "file": file.display().to_string(),
        "errors": findings.count(Level::Error),
        "queries": findings.count(Level::Query),
        "advice": findings.count(Level::Advice),
        "findings": list,
        "unchecked": unchecked.collect::<Vec<_>>(),
    })
}

fn finding_json(draft: &Draft, finding: &Finding) -> Value {
    let edition = draft.report().edition();
    let cells: Vec<_> = finding
        .cells
        .iter()
        .map(|&id| edition.field(id).key.as_str())
        .collect();
    let mut object = json!({
        "rule": finding.rule.name,
        "level": finding.level.id(),
        "section": finding.section,
        "cells": cells,
        "message": finding.message,
    });
    if let Some(object) = object.as_object_mut() {
        let mut add = |name: &str, value: &Option<String>| {
            if let Some(value) = value {
                object.insert(name.to_owned(), json!(value));
            }
        };
        add("expected", &finding.expected);
        add("actual", &finding.actual);
        add("explanation", &finding.explanation);
        if let Some(span) = &finding.text {
            object.insert(
                "text".to_owned(),
                json!({ "section": span.section, "start": span.start, "end": span.end }),
            );
        }
    }
    object
}
