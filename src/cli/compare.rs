//! `nianbao compare`: whether a published page says what the draft says.

use std::path::Path;

use serde_json::json;

use super::format::OutputFormat;
use super::{Outcome, print};
use crate::compare::{PageComparison, Scope, compare};
use crate::disk;
use crate::form::Edition;
use crate::open::{self, OpenError};

pub(super) fn run(file: &Path, published: &Path, format: OutputFormat) -> anyhow::Result<Outcome> {
    let draft = open::open(file)?.draft;
    let page = open::open_page(published)?;
    let scope = Scope::of_name(&published.to_string_lossy());
    let comparison = compare(&draft, &page, scope).map_err(|reason| OpenError::NoReport {
        path: published.to_path_buf(),
        reason,
    })?;
    print(&match format {
        OutputFormat::Text => text(published, &comparison),
        OutputFormat::Json => json(file, published, draft.report().edition(), &comparison),
    })?;
    Ok(if comparison.is_same() {
        Outcome::Done
    } else {
        Outcome::Refused
    })
}

fn text(published: &Path, comparison: &PageComparison) -> String {
    let mut said = format!("{}：{}\n", comparison.summary(), disk::shown(published));
    for difference in &comparison.differences {
        said.push_str(&format!("{difference}\n"));
    }
    for text in &comparison.passed_over {
        said.push_str(&format!("不是报告的文字，没有核对：“{text}”\n"));
    }
    said
}

fn json(file: &Path, published: &Path, edition: &Edition, comparison: &PageComparison) -> String {
    let differences = comparison.differences.iter().map(|difference| {
        let section = difference.section.and_then(|at| edition.sections.get(at));
        let cell = difference.cell.map(|id| edition.field(id).key.as_str());
        json!({
            "kind": difference.kind.id(),
            "section": section.map(|section| section.id.as_str()),
            "cell": cell,
            "place": difference.place,
            "expected": difference.expected,
            "found": difference.found,
            "message": difference.to_string(),
        })
    });
    let texts = comparison.scope.left_out().into_iter();
    let others = comparison.passed_over.iter().map(String::as_str);
    let object = json!({
        "file": file.display().to_string(),
        "published": published.display().to_string(),
        "same": comparison.is_same(),
        "figures": comparison.figures,
        "labels": comparison.labels,
        "paragraphs": comparison.paragraphs,
        "differences": differences.collect::<Vec<_>>(),
        "not_compared": texts.chain(others).collect::<Vec<_>>(),
    });
    format!("{object}\n")
}
