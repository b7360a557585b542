//! A second report in the same document: only the first one is read, and the other is kept whole.

use super::normal::fold;
use super::rows::flatten;
use super::{Block, Doc, LeftOut};
use crate::doc::loose::is_prose;
use crate::form::Edition;

/// How many lines above its first heading can be a report's title.
const TITLE: usize = 3;

/// The document without the reports behind its first one.
pub(super) fn without(mut doc: Doc, edition: &Edition, notes: &mut Vec<String>) -> Doc {
    let Some(at) = start(&doc, edition) else {
        return doc;
    };
    notes.push("文件里有两份报告，只导入了前面一份，请核对是不是要的那一份".to_owned());
    let behind = doc.left_out.extract_if(.., |left| left.before > at);
    let behind: Vec<LeftOut> = behind.collect();
    for block in doc.blocks.split_off(at) {
        match block {
            Block::Heading { text, .. } | Block::Paragraph(text) => {
                doc.leave_out("后面一份报告", &text);
            }
            Block::Table(table) => {
                for line in flatten(&table) {
                    doc.leave_out("后面一份报告", &line);
                }
            }
        }
    }
    let before = doc.blocks.len();
    let behind = behind.into_iter().map(|left| LeftOut { before, ..left });
    doc.left_out.extend(behind);
    doc
}

/// Where the second report begins: the first heading comes again after text of the first report.
fn start(doc: &Doc, edition: &Edition) -> Option<usize> {
    let mut headings = edition
        .sections
        .iter()
        .map(|section| fold(&section.heading))
        .filter(|heading| !heading.is_empty());
    let (first, second) = (headings.next()?, headings.next()?);
    let text = |block: &Block| match block {
        Block::Heading { text, .. } | Block::Paragraph(text) => Some(text.clone()),
        Block::Table(_) => None,
    };
    let is = |block: &Block, heading: &str| text(block).is_some_and(|text| fold(&text) == heading);
    let begun = doc.blocks.iter().position(|block| is(block, &first))?;
    let again = doc.blocks.iter().skip(begun + 1);
    let again = begun + 1 + again.into_iter().position(|block| is(block, &first))?;
    let between = doc.blocks.get(begun..again)?;
    let has_text = between.iter().any(|block| match block {
        Block::Table(_) => true,
        _ => text(block).is_some_and(|text| is_prose(&text)),
    });
    if !has_text || !between.iter().any(|block| is(block, &second)) {
        return None;
    }
    let is_title = |at: usize| {
        let line = doc.blocks.get(at).and_then(text);
        line.is_some_and(|line| !is_prose(&line) && (line.contains("报告") || line.contains('年')))
    };
    let lines = (1..=TITLE)
        .take_while(|back| is_title(again - back))
        .count();
    Some(again - lines)
}
