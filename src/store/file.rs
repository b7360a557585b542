//! The shape of a draft file, and the way between it and a draft.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::choices::ChoicesFile;
use super::{Fault, header};
use crate::form::{self, Kind};
use crate::report::{Draft, Edit, Entry, Explanation, Prior, Report};

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct DraftFile {
    version: u32,
    report: ReportFile,
    #[serde(default)]
    prior: Option<PriorFile>,
    #[serde(default)]
    explanations: Vec<ExplanationFile>,
    #[serde(default)]
    notes: Vec<String>,
    #[serde(default, skip_serializing_if = "ChoicesFile::is_usual")]
    choices: ChoicesFile,
}

/// Only what was stated: a key that is not there is blank.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReportFile {
    form: String,
    year: u16,
    /// Cover lines and passages by key.
    texts: BTreeMap<String, String>,
    /// Figures by key, as decimal strings.
    cells: BTreeMap<String, String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PriorFile {
    source: String,
    report: ReportFile,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExplanationFile {
    rule: String,
    basis: String,
    text: String,
}

/// Reads the body of a draft file of the newest version.
pub(super) fn parse(body: &str) -> Result<Draft, Fault> {
    let file: DraftFile = ron::from_str(body).map_err(|error| {
        // The header line stands above the body.
        let (line, column) = (error.span.start.line + 1, error.span.start.col);
        Fault::Damaged(format!("第{line}行第{column}列读不懂"))
    })?;
    let mut draft = Draft::new(report(&file.report)?);
    if let Some(prior) = file.prior {
        draft.set_prior(Some(Prior {
            report: report(&prior.report)?,
            source: prior.source,
        }));
    }
    let explanations = file.explanations.into_iter();
    let explanation = |ExplanationFile { rule, basis, text }| Explanation { rule, basis, text };
    draft.set_explanations(explanations.map(explanation).collect());
    draft.set_notes(file.notes);
    draft.set_choices(file.choices.read());
    Ok(draft)
}

fn report(file: &ReportFile) -> Result<Report, Fault> {
    let edition = form::by_id(&file.form)
        .ok_or_else(|| Fault::Damaged(format!("没有“{}”这个格式版本", file.form)))?;
    let mut report = Report::new(edition.clone(), file.year);
    for (key, text) in file.texts.iter().chain(&file.cells) {
        let id = edition
            .find(key)
            .ok_or_else(|| Fault::Damaged(format!("表中没有“{key}”这一格")))?;
        let kind = edition.field(id).kind;
        // Text is kept to the letter, even where it is only spaces.
        let entry = if kind == Kind::Prose {
            Entry::Text(text.clone())
        } else {
            Entry::read(kind, text)
        };
        report.apply(Edit::Enter(id, entry));
    }
    Ok(report)
}

pub(super) fn write(draft: &Draft) -> String {
    let explanations = draft.explanations().iter().cloned();
    let explanation = |Explanation { rule, basis, text }| ExplanationFile { rule, basis, text };
    let file = DraftFile {
        version: header::VERSION,
        report: report_file(draft.report()),
        prior: draft.prior().map(|Prior { report, source }| PriorFile {
            source: source.clone(),
            report: report_file(report),
        }),
        explanations: explanations.map(explanation).collect(),
        notes: draft.notes().to_vec(),
        choices: ChoicesFile::write(draft.choices()),
    };
    let pretty = ron::ser::PrettyConfig::new()
        .new_line("\n")
        .escape_strings(true);
    let mut text = ron::ser::to_string_pretty(&file, pretty).unwrap_or_default();
    text.push('\n');
    text
}

fn report_file(report: &Report) -> ReportFile {
    let edition = report.edition();
    let (mut texts, mut cells) = (BTreeMap::new(), BTreeMap::new());
    for id in edition.ids() {
        let field = edition.field(id);
        let entry = report.entry(id);
        if *entry != Entry::Blank {
            let place = if field.kind.is_number() {
                &mut cells
            } else {
                &mut texts
            };
            place.insert(field.key.clone(), entry.shown());
        }
    }
    ReportFile {
        form: edition.id.clone(),
        year: report.year(),
        texts,
        cells,
    }
}
