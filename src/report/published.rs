//! What was published of a report (发布), and what was changed since.
//!
//! It stands outside the steps that can be taken back: nobody can take back that a report was published.

use super::differences::{Difference, by_sentence, of_reports};
use super::{Draft, Publication};

/// How a draft stands to what was published of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing of it was published.
    Unpublished,
    /// It is as it was published last.
    Published,
    /// It was changed since, in so many places.
    Changed(usize),
}

impl Standing {
    /// In a few words; nothing for what was not published.
    #[must_use]
    pub fn says(self) -> Option<String> {
        match self {
            Self::Unpublished => None,
            Self::Published => Some("已发布".to_owned()),
            Self::Changed(count) => Some(format!("发布后又改过（{count}处）")),
        }
    }
}

impl Draft {
    /// What was published last.
    #[must_use]
    pub fn last_publication(&self) -> Option<&Publication> {
        self.publications().last()
    }

    /// What the report says otherwise than when it was published last: cell by cell, sentence by sentence.
    #[must_use]
    pub fn changes_since_publication(&self) -> Vec<Difference> {
        let last = self.last_publication();
        last.map_or_else(Vec::new, |last| {
            by_sentence(of_reports(&last.report, self.report()))
        })
    }

    /// How it stands to what was published.
    #[must_use]
    pub fn standing(&self) -> Standing {
        match (
            self.last_publication(),
            self.changes_since_publication().len(),
        ) {
            (None, _) => Standing::Unpublished,
            (Some(_), 0) => Standing::Published,
            (Some(_), count) => Standing::Changed(count),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form;
    use crate::report::{Edit, Entry, Report};

    fn publication(draft: &Draft) -> Publication {
        Publication {
            on: "2026-01-12".to_owned(),
            by: "甲".to_owned(),
            folder: "乙".to_owned(),
            reason: String::new(),
            digest: "丙".to_owned(),
            report: draft.report().clone(),
            choices: draft.choices().clone(),
        }
    }

    #[test]
    fn what_was_published_cannot_be_taken_back_and_undo_goes_on() {
        let edition = form::by_id("2021").unwrap();
        let mut draft = Draft::new(Report::new(edition.clone(), 2025));
        let text = edition.find("overview").unwrap();
        let write = |draft: &mut Draft, words: &str| {
            draft.edit("改正文", Edit::Enter(text, Entry::Text(words.to_owned())));
        };
        write(&mut draft, "甲。乙。丙。");
        write(&mut draft, "甲。丁。丙。");
        assert_eq!(draft.standing(), Standing::Unpublished);
        let before = draft.revision();
        draft.record(publication(&draft));
        assert_eq!(draft.standing(), Standing::Published);
        assert_ne!(draft.revision(), before, "it is to be saved");
        draft.undo();
        assert_eq!(draft.standing(), Standing::Changed(1));
        let changes = draft.changes_since_publication();
        let texts: Vec<_> = changes
            .iter()
            .map(|one| (one.before.as_str(), one.after.as_str()))
            .collect();
        assert_eq!(texts, [("丁。", "乙。")]);
        assert_ne!(
            draft.revision(),
            before,
            "no content without the record comes back"
        );
        draft.undo();
        assert_eq!(draft.publications().len(), 1);
        draft.redo();
        draft.redo();
        assert_eq!(draft.standing(), Standing::Published);
    }
}
