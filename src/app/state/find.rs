//! The search: what is looked for and where it stands.

use crate::form::{FieldId, Kind};
use crate::report::Report;
use crate::text;

/// The search as it stands.
#[derive(Debug, Clone, Default)]
pub struct Find {
    /// What is looked for.
    pub pattern: String,
    /// What takes its place.
    pub replacement: String,
    /// Whether the replacement is asked for as well.
    pub replaces: bool,
    /// The place that was last stepped to.
    pub current: Option<FindMatch>,
    /// Whether the box for the pattern should take the focus.
    pub focus: bool,
}

/// A place that matches, in characters of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FindMatch {
    /// The text.
    pub field: FieldId,
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
}

impl Find {
    /// All places that match, in the order of the report.
    #[must_use]
    pub fn hits(&self, report: &Report) -> Vec<FindMatch> {
        let pattern = folded(&self.pattern);
        let edition = report.edition();
        let texts = edition
            .ids()
            .filter(|&id| matches!(edition.field(id).kind, Kind::Line | Kind::Prose));
        texts
            .flat_map(|field| places(report.text(field), &pattern, field))
            .collect()
    }
}

pub(in crate::app) fn places(text: &str, pattern: &[char], field: FieldId) -> Vec<FindMatch> {
    let text = folded(text);
    let mut hits = Vec::new();
    let mut at = 0;
    while !pattern.is_empty() && at + pattern.len() <= text.len() {
        let end = at + pattern.len();
        if text.get(at..end) == Some(pattern) {
            hits.push(FindMatch {
                field,
                start: at,
                end,
            });
            at = end;
        } else {
            at += 1;
        }
    }
    hits
}

/// One character for one, so that places stay where they are.
fn folded(text: &str) -> Vec<char> {
    let fold = |c: char| {
        let c = text::half_width(c);
        c.to_lowercase().next().unwrap_or(c)
    };
    text.chars().map(fold).collect()
}
