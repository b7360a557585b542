//! The report as JSON: every cell by its key, every text by its section.

use serde_json::{Map, Value, json};

use super::ExportError;
use crate::report::{Draft, Number, Report};

/// Writes a draft as JSON; never refused, whatever is missing.
pub fn write(draft: &Draft) -> Result<Vec<u8>, ExportError> {
    let report = draft.report();
    let edition = report.edition();
    let mut notes: Vec<Value> = draft.notes().iter().map(|note| json!(note)).collect();
    let (mut cells, mut stated) = (Map::new(), Map::new());
    for id in edition.cells() {
        let field = edition.field(id);
        let value = report.value(id);
        cells.insert(field.key.clone(), value.map_or(Value::Null, figure));
        let shown = report.entry(id).shown();
        if field.is_total() {
            if let Some(number) = report
                .entry(id)
                .number()
                .filter(|number| Some(*number) != value)
            {
                stated.insert(field.key.clone(), figure(number));
            }
        } else if value.is_none() && !shown.is_empty() {
            notes.push(json!(format!("{}填的“{shown}”不是数字", field.label)));
        }
    }
    let document = json!({
        "form": edition.id,
        "issuer": report.issuer(),
        "year": report.year(),
        "title": report.title(),
        "cells": cells,
        "stated": stated,
        "sections": sections(report),
        "notes": notes,
    });
    let mut bytes = serde_json::to_vec_pretty(&document).map_err(|error| ExportError::Build {
        format: "JSON",
        reason: error.to_string(),
    })?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn figure(number: Number) -> Value {
    json!(number.to_string())
}

fn sections(report: &Report) -> Vec<Value> {
    let passages = report.edition().passages();
    let printed = passages
        .filter(|(section, field)| !section.heading.is_empty() || !report.text(*field).is_empty());
    let one = printed.map(|(section, field)| json!({ "id": section.id, "heading": section.heading, "text": report.text(field) }));
    one.collect()
}
