//! What a card on the start screen tells of a draft, read beside the frame. It knows no widget.

use std::path::Path;

use crate::app::actions::Action;
use crate::app::effects::Effect;
use crate::app::state::recent::{DraftSummaries, DraftSummary};
use crate::app::state::{OpenDraft, State};
use crate::app::system::shell::Moment;
use crate::open;

impl DraftSummary {
    /// How far the draft is, in a word.
    #[must_use]
    pub fn stage(&self) -> &'static str {
        match (self.blank, self.findings) {
            (0, [0, 0, _]) => "可以公开",
            (0, _) => "待处理",
            _ => "填写中",
        }
    }

    fn of(path: &Path) -> Option<Self> {
        let draft = open::open(path).ok()?.draft;
        let written = std::fs::metadata(path).and_then(|file| file.modified());
        let open = OpenDraft::new(draft, None, true);
        let progress = open.total_progress();
        let report = open.draft.report();
        Some(Self {
            issuer: report.issuer().to_owned(),
            year: report.year(),
            saved: written.ok().map(Moment::of),
            blank: progress.blank,
            published: open.draft.standing().says(),
            findings: progress.findings,
        })
    }
}

impl State {
    /// Has the recent drafts read, each by itself, so that a slow disk holds up only its own card.
    pub(in crate::app) fn glance_at_recent(&mut self) -> Vec<Effect> {
        if self.open.is_some() || self.glances.is_some() {
            return Vec::new();
        }
        self.glances = Some(DraftSummaries::new());
        let recent = self.settings.recent.iter();
        recent
            .map(|recent| {
                let path = recent.path.clone();
                Effect::start("", move || {
                    let glance = DraftSummary::of(&path);
                    Action::Glanced(path, glance)
                })
            })
            .collect()
    }
}
