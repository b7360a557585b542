//! Findings and the sheet as JSON.

use serde_json::{Value, json};

use super::{Outcome, Sheet};
use crate::check::{Finding, Level, lapsed};
use crate::report::{Confirmation, Draft};

/// One finding, as programs read it.
#[must_use]
pub fn finding_json(draft: &Draft, finding: &Finding) -> Value {
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
        if !finding.consequences.is_empty() {
            let folded = finding.consequences.iter();
            let folded: Vec<_> = folded.map(|folded| finding_json(draft, folded)).collect();
            object.insert("consequences".to_owned(), json!(folded));
        }
    }
    object
}

pub(super) fn sheet_json(sheet: &Sheet<'_>) -> Value {
    let Sheet {
        draft,
        findings,
        by,
        on,
    } = sheet;
    let report = draft.report();
    let rules: Vec<_> = sheet
        .outcomes()
        .into_iter()
        .map(|(rule, outcome)| {
            let (result, found, reasons) = match outcome {
                Outcome::Passed => ("passed", 0, Vec::new()),
                Outcome::Found(found) => ("found", found, Vec::new()),
                Outcome::Unchecked(reasons) => ("unchecked", 0, reasons),
            };
            json!({
                "rule": rule.name,
                "title": rule.title,
                "level": rule.level.id(),
                "result": result,
                "findings": found,
                "reasons": reasons,
            })
        })
        .collect();
    let list = findings.list.iter();
    let list: Vec<_> = list.map(|finding| finding_json(draft, finding)).collect();
    let lapsed = lapsed(draft, findings).into_iter();
    let lapsed: Vec<_> = lapsed
        .map(|explanation| json!({ "rule": explanation.rule, "explanation": explanation.text }))
        .collect();
    let confirmation = draft.confirmation().map(
        |Confirmation {
             year,
             by,
             on,
             channels,
         }| json!({ "year": year, "by": by, "on": on, "channels": channels }),
    );
    json!({
        "title": sheet.title(),
        "form": report.edition().id,
        "issuer": report.issuer(),
        "year": report.year(),
        "prior": draft.prior().map(|prior| prior.source.as_str()),
        "checked_on": on,
        "checked_by": by,
        "errors": findings.count(Level::Error),
        "queries": findings.count(Level::Query),
        "advice": findings.count(Level::Advice),
        "publishable": findings.blocking() == 0,
        "rules": rules,
        "findings": list,
        "confirmation": confirmation,
        "lapsed": lapsed,
    })
}
