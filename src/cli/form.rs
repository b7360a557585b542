//! `nianbao form`: the statutory forms, for people and for programs.

use anyhow::anyhow;
use serde_json::{Value, json};

use super::format::OutputFormat;
use super::{Outcome, form_ids, print};
use crate::form::{self, Edition, SectionBody, SquareContent};

pub(super) fn run(id: Option<&str>, format: OutputFormat) -> anyhow::Result<Outcome> {
    let shown = match (id, format) {
        (None, OutputFormat::Text) => form::all().iter().map(|edition| summary(edition)).collect(),
        (None, OutputFormat::Json) => pretty(&Value::Array(
            form::all().iter().map(|edition| head(edition)).collect(),
        )),
        (Some(id), format) => {
            let edition = form::by_id(id)
                .ok_or_else(|| anyhow!("没有“{id}”这个格式版本，可选{}", form_ids()))?;
            match format {
                OutputFormat::Text => text(&edition),
                OutputFormat::Json => pretty(&whole(&edition)),
            }
        }
    };
    print(&shown)?;
    Ok(Outcome::Done)
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

fn summary(edition: &Edition) -> String {
    let last = edition
        .years
        .1
        .map_or_else(|| "至今".to_owned(), |year| format!("至{year}年"));
    format!(
        "{}\t{}年{last}\t{}\t{}\n",
        edition.id, edition.years.0, edition.name, edition.notice
    )
}

fn text(edition: &Edition) -> String {
    let mut lines = summary(edition);
    for section in &edition.sections {
        lines.push_str(&format!("\n{}（{}）\n", section.label, section.id));
        if let SectionBody::Table(table) = &section.body {
            for id in table.fields() {
                let field = edition.field(id);
                let total = if field.is_total() { "\t合计" } else { "" };
                lines.push_str(&format!("{}\t{}{total}\n", field.key, field.label));
            }
        }
    }
    lines
}

fn head(edition: &Edition) -> Value {
    json!({
        "id": edition.id,
        "name": edition.name,
        "from": edition.years.0,
        "to": edition.years.1,
        "notice": edition.notice,
        "title": edition.title,
    })
}

fn whole(edition: &Edition) -> Value {
    let mut form = head(edition);
    let sections: Vec<_> = edition
        .sections
        .iter()
        .map(|section| {
            json!({ "id": section.id, "heading": section.heading, "kind": match section.body {
                SectionBody::Table(_) => "table",
                SectionBody::Passage { .. } => "passage",
            }})
        })
        .collect();
    let tables: Vec<_> = edition.tables().map(|(section, table)| {
        let squares: Vec<_> = table.grid.squares.iter().map(|square| {
            let (kind, text, key) = match &square.content {
                SquareContent::Head(text) => ("head", Some(text), None),
                SquareContent::Label(text) => ("label", Some(text), None),
                SquareContent::Value(id) => ("value", None, Some(&edition.field(*id).key)),
            };
            json!({ "row": square.row, "column": square.column, "rowspan": square.row_span,
                "colspan": square.column_span, "kind": kind, "text": text, "cell": key })
        }).collect();
        json!({ "id": section.id, "rows": table.grid.rows, "columns": table.grid.columns,
            "header_rows": table.grid.header_rows, "widths": table.grid.widths, "squares": squares })
    }).collect();
    let cells: Vec<_> = edition.cells().map(|id| {
        let field = edition.field(id);
        json!({ "key": field.key, "label": field.label, "computed": field.is_total(), "help": field.help })
    }).collect();
    if let Some(form) = form.as_object_mut() {
        form.insert("sections".to_owned(), Value::Array(sections));
        form.insert("tables".to_owned(), Value::Array(tables));
        form.insert("cells".to_owned(), Value::Array(cells));
    }
    form
}
