//! Findings and the sheet as JSON.

use serde_json::{Map, Value, json};

use super::{Paper, RuleOutcome, Sheet};
use crate::check::{Finding, Fix, Level, lapsed};
use crate::report::{Confirmation, Draft, Edit, Entry, Report};

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
        if !finding.fixes.is_empty() {
            let fixes = finding
                .fixes
                .iter()
                .map(|fix| fix_json(draft.report(), fix));
            object.insert("fixes".to_owned(), fixes.collect());
        }
    }
    object
}

/// A change that would mend a finding: what the cells would hold, and what would stand where in the texts.
fn fix_json(report: &Report, fix: &Fix) -> Value {
    let (mut cells, mut texts) = (Map::new(), Vec::new());
    let whole = fix.edit(report);
    let mut open = vec![&whole];
    while let Some(edit) = open.pop() {
        match edit {
            Edit::Enter(id, Entry::Text(text)) => {
                let field = report.edition().field(*id);
                let section = report.edition().section_of(*id);
                let (start, end, with) = changed(report.text(*id), text);
                texts.push(json!({
                    "section": section.map_or(&field.key, |section| &section.id),
                    "start": start, "end": end, "with": with,
                }));
            }
            Edit::Enter(id, entry) => {
                let value = Some(entry.shown()).filter(|shown| !shown.is_empty());
                cells.insert(report.edition().field(*id).key.clone(), json!(value));
            }
            Edit::All(edits) => open.extend(edits.iter().rev()),
            Edit::Replace(_) => {}
        }
    }
    json!({ "title": fix.title, "cells": cells, "texts": texts })
}

/// The stretch of a text in which another differs, in characters, numbers whole, and what stands there in the other.
fn changed(old: &str, new: &str) -> (usize, usize, String) {
    let (old, new): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
    let same =
        |pairs: &mut dyn Iterator<Item = (&char, &char)>| pairs.take_while(|(a, b)| a == b).count();
    let mut start = same(&mut old.iter().zip(&new));
    let most = old.len().min(new.len()) - start;
    let mut tail = same(&mut old.iter().rev().zip(new.iter().rev())).min(most);
    let is_digit = |c: Option<&char>| c.is_some_and(char::is_ascii_digit);
    while start > 0 && is_digit(old.get(start - 1)) {
        start -= 1;
    }
    while tail > 0 && is_digit(old.get(old.len() - tail)) {
        tail -= 1;
    }
    let with = new.get(start..new.len() - tail).unwrap_or_default();
    (start, old.len() - tail, with.iter().collect())
}

pub(super) fn sheet_json(sheet: &Sheet<'_>) -> Value {
    let Sheet {
        draft,
        findings,
        settings: _,
        by,
        on,
    } = sheet;
    let report = draft.report();
    let rules: Vec<_> = sheet
        .outcomes()
        .into_iter()
        .map(|(rule, outcome)| {
            let (result, found, reasons) = match outcome {
                RuleOutcome::Passed => ("passed", 0, Vec::new()),
                RuleOutcome::Found(found) => ("found", found, Vec::new()),
                RuleOutcome::Unchecked(reasons) => ("unchecked", 0, reasons),
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
        "title": sheet.title_of(Paper::SelfCheck),
        "form": report.edition().id,
        "issuer": report.issuer(),
        "year": report.year(),
        "prior": draft.prior().map(|prior| prior.source.as_str()),
        "local_rules": sheet.local().map(|local| json!({ "name": local.name, "by": local.by, "on": local.on })),
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
