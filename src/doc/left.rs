//! What of a document goes nowhere: all of it is kept, with the passage that could take it.

use super::Doc;
use crate::form::{self, Edition, FieldId};

/// Text that went nowhere, and where it could go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// What it seems to be.
    pub what: String,
    /// The whole of it, line by line.
    pub text: String,
    /// The passage in or next to which it stood.
    pub passage: FieldId,
    /// Whether it stood before the text of the passage.
    pub is_before: bool,
}

impl Left {
    /// A sentence that says all of it.
    #[must_use]
    pub fn note(&self) -> String {
        let lines: Vec<&str> = self.text.lines().collect();
        format!("{}没有导入：“{}”", self.what, lines.join("／"))
    }
}

/// Collects what goes nowhere while the sections are read.
pub(super) struct Collector<'a> {
    edition: &'a Edition,
    /// The section that is being read.
    pub section: usize,
    /// What was found, neighbours of one kind together.
    pub left: Vec<Left>,
}

impl<'a> Collector<'a> {
    pub fn new(edition: &'a Edition) -> Self {
        Self {
            edition,
            section: 0,
            left: Vec::new(),
        }
    }

    /// Adds a line.
    pub fn add(&mut self, what: &str, line: &str) {
        let Some(passage) = passage_near(self.edition, self.section) else {
            return;
        };
        match self.left.last_mut() {
            Some(last) if last.what == what && last.passage == passage => {
                last.text.push('\n');
                last.text.push_str(line);
            }
            _ => self.left.push(Left {
                what: what.to_owned(),
                text: line.to_owned(),
                passage,
                is_before: self.section == 0,
            }),
        }
    }
}

/// What the reader left out, each with the passage it stood nearest to.
pub(super) fn of_site(doc: &Doc, edition: &Edition, starts: &[Option<usize>]) -> Vec<Left> {
    let mut out = Collector::new(edition);
    for left in &doc.left_out {
        let begun = |start: &Option<usize>| start.is_some_and(|start| start < left.before);
        out.section = starts.iter().rposition(begun).unwrap_or(0);
        for line in left.text.lines() {
            out.add(left.what, line);
        }
    }
    out.left
}

/// The passage of a section, or the last one before it.
fn passage_near(edition: &Edition, section: usize) -> Option<FieldId> {
    let passages = edition.sections.iter().take(section + 1);
    let mut passages = passages.filter_map(|section| match &section.body {
        form::SectionBody::Passage { field, .. } => Some(*field),
        form::SectionBody::Table(_) => None,
    });
    passages.next_back()
}
