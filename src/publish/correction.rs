//! What is said of a correction, in the report or beside it (更正说明).

use super::Occasion;
use crate::date::Day;
use crate::doc::{Block, Doc};
use crate::export::{ExportError, docx};
use crate::report::{Choices, Draft};

/// What the file beside the report is called.
pub const NAME: &str = "更正说明.docx";

/// A day as it is written in a text.
fn written(day: &str) -> String {
    Day::read(day).map_or_else(
        || day.to_owned(),
        |day| format!("{}年{}月{}日", day.year, day.month, day.day),
    )
}

/// What the last part of the report may say of its correction.
#[must_use]
pub fn sentence(draft: &Draft, occasion: &Occasion) -> String {
    let before = draft.last_publication();
    let before = before.map_or_else(String::new, |before| written(&before.on));
    let reason = occasion.reason.trim().trim_end_matches('。');
    let on = written(&occasion.on);
    format!("更正说明：本报告于{before}发布，{on}更正，原因是{reason}。")
}

/// A page beside the report that lists what was corrected.
///
/// # Errors
/// When the document cannot be made.
pub fn page(draft: &Draft, occasion: &Occasion) -> Result<Vec<u8>, ExportError> {
    let report = draft.report();
    let mut blocks = vec![Block::Paragraph(sentence(draft, occasion))];
    for (number, change) in (1_usize..).zip(draft.changes_since_publication()) {
        let text = change.says();
        blocks.push(Block::Paragraph(format!(
            "{number}.{}：{text}。",
            change.name()
        )));
    }
    let doc = Doc {
        issuer: report.issuer().to_owned(),
        year: Some(report.year()),
        title: format!("{}更正说明", report.title()),
        blocks,
        signature: vec![report.issuer().to_owned(), written(&occasion.on)],
        ..Doc::default()
    };
    docx::bytes(&doc, &Choices::default())
}
